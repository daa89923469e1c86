package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/export"
	"dateline/timeline/text"
)

func (c *command) exportCommand() *cobra.Command {
	var as string
	var withNotes bool
	cmd := &cobra.Command{
		Use:   "export [FILE...]",
		Short: "Print the matching events for other programs",
		Long: `Export prints the matching events in a format for other programs:
` + formatTable(exportFormats()) + `

Events whose dates do not fit a calendar or a TimelineJS axis are left out and
counted on standard error.`,
		Example: `  dateline export --filter topic:treaty --output treaty.json
  dateline export --format csv --output events.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := findFormat(exportFormats(), as)
			if err != nil {
				return err
			}
			if withNotes && as != "json" && as != "jsonl" {
				return fmt.Errorf("--with-notes is for --format json or jsonl, not %s", as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			if withNotes && !o.query.AsksMargin() { // open adds it then
				c.addMargin(o)
			}
			events := o.Select(o.query)
			c.warn(o)
			leftOut := 0
			if err := c.write(func(w io.Writer) (err error) {
				leftOut, err = f.write(w, eventList{o, events.Ordered(c.newest()), withNotes})
				return err
			}); err != nil {
				return err
			}
			if leftOut > 0 {
				c.say("%s of %s left out: their dates do not fit %s", text.Grouped(leftOut), text.Counted(events.Len(), "event"), as)
			}
			return nil
		},
	}
	addFormatFlag(cmd, &as, exportFormats())
	cmd.Flags().BoolVar(&withNotes, "with-notes", false, "add your notes, which are private, as the field _note (JSON, JSON Lines)")
	return cmd
}

// notedRecords are events with the reader's notes, in a private field.
type notedRecords struct{ export.Records }

func (r notedRecords) Event(t *timeline.Timeline, i int) (string, error) {
	record, err := r.Records.Event(t, i)
	if note := t.Note(i); note != "" && err == nil {
		record = strings.TrimSuffix(record, "}") + `, "_note": ` + text.QuoteJSON(note) + "}"
	}
	return record, err
}
