package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

func (c *command) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list [FILE...]",
		Short:   "Print one event a line: date, status, sources/origins, title",
		Example: "  dateline list --filter status:disputed",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := c.open(args)
			if err != nil {
				return err
			}
			return c.printList(o)
		},
	}
}

// printList prints the matching events, a line each, and says on the error
// stream what could not be read.
func (c *command) printList(o *opened) error {
	rows := o.Select(o.query)
	dates := 0
	for k := range rows.Len() {
		dates = max(dates, ansi.StringWidth(o.Date(rows.At(k)).Column()))
	}
	c.warn(o)
	return c.write(func(w io.Writer) error {
		for i, title := range o.Titles(rows.Ordered(c.order == "newest")) {
			date := o.Date(i).Column() // which shows no time of day
			blanks := strings.Repeat(" ", dates-ansi.StringWidth(date))
			if _, err := fmt.Fprintf(w, "%s%s  %s  %-6s  %s\n", date, blanks, o.Status(i).Short(), o.Rests(i), title); err != nil {
				return err
			}
		}
		return o.Err()
	})
}

// warn says on the error stream what of the files could not be read, and what of
// the filter no event can have.
func (c *command) warn(o *opened) {
	if left := o.leftOut("dateline check says why"); left != "" {
		fmt.Fprintln(c.errs, "dateline: "+left)
	}
	if err := o.Check(o.query); err != nil {
		fmt.Fprintln(c.errs, "dateline: "+err.Error())
	}
}
