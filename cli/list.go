package cli

import (
	"fmt"
	"io"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"dateline/timeline/export"
	"dateline/timeline/text"
)

func (c *command) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list [FILE...]",
		Short:   "Print one event per line: date, status, sources/origins, title",
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

// printList prints the matching events, one per line.
func (c *command) printList(o *opened) error {
	rows := o.Select(o.query)
	date := func(i int) string {
		if clock := o.Time(i); clock != "" {
			return o.Date(i).Column() + " " + clock
		}
		return o.Date(i).Column()
	}
	width := 0
	for k := range rows.Len() {
		width = max(width, ansi.StringWidth(date(rows.At(k))))
	}
	c.warn(o)
	return c.write(func(w io.Writer) error {
		var line []byte
		padded := func(s string, width int) {
			line = append(line, s...)
			for range width - ansi.StringWidth(s) {
				line = append(line, ' ')
			}
			line = append(line, "  "...)
		}
		for i, title := range o.Titles(rows.Ordered(c.newest())) {
			line = line[:0]
			padded(date(i), width)
			padded(o.Status(i).Short(), 0)
			padded(o.Rests(i), len("1s/1o "))
			line = append(append(line, title...), '\n')
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return o.Err()
	})
}

// printPlain prints each matching event as a paragraph of plain text, without
// borders or columns: for screen readers and dumb terminals.
func (c *command) printPlain(o *opened) error {
	rows := o.Select(o.query)
	c.warn(o)
	return c.write(func(w io.Writer) error {
		if o.Title != "" {
			fmt.Fprintf(w, "%s\n", o.Title)
		}
		fmt.Fprintf(w, "%s of %s.\n", text.Grouped(rows.Len()), text.Counted(o.Total(), "event"))
		if !o.query.Empty() {
			fmt.Fprintf(w, "Filter: %s\n", text.Clean(o.query.String()))
		}
		k := 0
		for i := range rows.Ordered(c.newest()) {
			k++
			fmt.Fprintf(w, "\n%s. ", text.Grouped(k))
			for _, line := range export.Plain(o.Timeline, i) {
				if _, err := fmt.Fprintln(w, line); err != nil {
					return err
				}
			}
		}
		return o.Err()
	})
}
