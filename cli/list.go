package cli

import (
	"fmt"
	"io"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"dateline/timeline/edtf"
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
	var last struct { // most dates are those of the event before
		edtf.Date
		column string
		width  int
	}
	date := func(i int) (s string, width int) {
		if d := o.Date(i); d != last.Date || last.column == "" {
			last.Date, last.column = d, d.Column()
			last.width = ansi.StringWidth(last.column)
		}
		if clock := o.Time(i); clock != "" {
			return last.column + " " + clock, last.width + len(" ") + ansi.StringWidth(clock)
		}
		return last.column, last.width
	}
	widest := 0
	for k := range rows.Len() {
		_, width := date(rows.At(k))
		widest = max(widest, width)
	}
	c.warn(o)
	return c.write(func(w io.Writer) error {
		var line []byte
		say := func(s string, blanks int) {
			line = append(line, s...)
			for range blanks {
				line = append(line, ' ')
			}
		}
		for i, title := range o.Titles(rows.Ordered(c.newest())) {
			when, width := date(i)
			rests := o.Rests(i)
			line = line[:0]
			say(when, widest-width+2)
			say(o.Status(i).Short(), 2)
			say(rests, max(0, len("1s/1o ")-len(rests))+2) // ASCII
			say(title, 0)
			line = append(line, '\n')
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
