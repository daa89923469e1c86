package cli

import (
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline/text"
)

func (c *command) exportCommand() *cobra.Command {
	var as string
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
			o, err := c.open(args)
			if err != nil {
				return err
			}
			events := o.Select(o.query)
			c.warn(o)
			leftOut := 0
			if err := c.write(func(w io.Writer) (err error) {
				leftOut, err = f.write(w, eventList{o, events.Ordered(c.newest())})
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
	return cmd
}
