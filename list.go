package main

import (
	"bufio"
	"fmt"
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
	rows := o.Select(o.query).All()
	dates := 0
	for _, i := range rows {
		dates = max(dates, ansi.StringWidth(o.Event(i).Date.Column()))
	}
	w := bufio.NewWriter(c.out)
	for k := range rows {
		i := rows[k]
		if c.order == "newest" {
			i = rows[len(rows)-1-k]
		}
		e := o.Event(i)
		date := e.Date.Column()
		fmt.Fprintf(w, "%s%s  %s  %-6s  %s\n", date, strings.Repeat(" ", dates-ansi.StringWidth(date)), e.Status.Short(), o.Rests(i), e.Title)
	}
	if err := w.Flush(); err != nil {
		return fail(err)
	}
	c.warn(o)
	return nil
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
