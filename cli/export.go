package cli

import (
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// An export writes some events of a timeline, and counts those whose dates it
// has no place for.
type export func(w io.Writer, o *opened, events iter.Seq[int]) (leftOut int, err error)

// export returns the export of a format, or nil if there is no such format.
func (c *command) export(as string) export {
	switch as {
	case "json":
		return func(w io.Writer, o *opened, events iter.Seq[int]) (int, error) {
			return 0, format.WriteJSON(w, o.Timeline, events, o.report)
		}
	case "jsonl":
		return func(w io.Writer, o *opened, events iter.Seq[int]) (int, error) {
			return 0, format.WriteLines(w, o.Timeline, events, o.report)
		}
	case "csv":
		return func(w io.Writer, o *opened, events iter.Seq[int]) (int, error) {
			return 0, format.WriteCSV(w, o.Timeline, events)
		}
	case "ics":
		return func(w io.Writer, o *opened, events iter.Seq[int]) (int, error) {
			year, month, day := c.today.Date()
			return format.WriteICalendar(w, o.Timeline, events, edtf.DayOf(year, int(month), day))
		}
	case "timelinejs":
		return func(w io.Writer, o *opened, events iter.Seq[int]) (int, error) {
			return format.WriteTimelineJS(w, o.Timeline, events)
		}
	}
	return nil
}

func (c *command) exportCommand() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use:   "export [FILE...]",
		Short: "Print the matching events for other programs",
		Long: `Export prints the matching events for other programs:

  json        as their file has them, private fields included, with the register
  jsonl       as their file has them, one event a line
  csv         a row each, for a spreadsheet
  ics         all-day entries of a calendar (iCalendar)
  timelinejs  slides of a TimelineJS timeline

An event whose date has no place in a calendar or on an axis is left out, and
counted on the error stream.`,
		Example: `  dateline export --filter topic:treaty --output treaty.json
  dateline export --format csv --output events.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			export := c.export(as)
			if export == nil {
				return fmt.Errorf("--format is json, jsonl, csv, ics or timelinejs, not %s", as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			events := o.Select(o.query)
			c.warn(o)
			leftOut := 0
			if err := c.write(func(w io.Writer) (err error) {
				leftOut, err = export(w, o, events.Ordered(c.order == "newest"))
				return err
			}); err != nil {
				return err
			}
			if leftOut > 0 {
				fmt.Fprintf(c.errs, "dateline: %s of %s left out: %s has no place for their dates\n",
					text.Grouped(leftOut), text.Counted(events.Len(), "event"), as)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&as, "format", "json", "`json`, jsonl, csv, ics or timelinejs")
	return cmd
}
