package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline/brief"
	"dateline/timeline/text"
)

func (c *command) citeCommand() *cobra.Command {
	var as string
	var all bool
	cmd := &cobra.Command{
		Use:   "cite [FILE...]",
		Short: "Print the sources of the matching events as citations",
		Long: `Cite prints each source of the matching events once, in the order in which the
events cite them:
` + formatTable(citationFormats()) + `

Cite adds nothing that a source does not state. The key of a source does not
depend on what else is printed. Above 10,000 matching events it needs --all.`,
		Example: `  dateline cite --filter 'topic:treaty' --format apa
  dateline cite --format biblatex > sources.bib`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := findFormat(citationFormats(), as)
			if err != nil {
				return err
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			events := o.Select(o.query)
			if err := checkCount(events.Len(), all, "cite"); err != nil {
				return err
			}
			c.warn(o)
			return c.write(func(w io.Writer) error { return writeSources(w, f, o.Timeline, events.Ordered(c.newest())) })
		},
	}
	addFormatFlag(cmd, &as, citationFormats())
	cmd.Flags().BoolVar(&all, "all", false, allUsage)
	return cmd
}

// allUsage is the help of --all.
const allUsage = "include every matching event, even above 10,000"

// checkCount refuses more events than a person could look through, unless --all
// is given.
func checkCount(events int, all bool, verb string) error {
	if all || events <= brief.MostRead {
		return nil
	}
	return fail(fmt.Errorf("%s match; %s takes at most %s: narrow them with --filter, or use --all",
		text.Counted(events, "event"), verb, text.Grouped(brief.MostRead)))
}
