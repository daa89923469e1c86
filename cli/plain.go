package cli

import (
	"fmt"
	"io"

	"dateline/timeline/text"
)

// printPlain prints the matching events as flat text, a paragraph each, without
// borders, columns or repaints: for screen readers and dumb terminals.
func (c *command) printPlain(o *opened) error {
	rows := o.Select(o.query)
	c.warn(o)
	return c.write(func(w io.Writer) error {
		if o.Title != "" {
			fmt.Fprintf(w, "%s\n", o.Title)
		}
		fmt.Fprintf(w, "%s of %s.\n", text.Grouped(rows.Len()), text.Counted(o.Len(), "event"))
		if !o.query.Empty() {
			fmt.Fprintf(w, "Filter: %s\n", text.Clean(o.query.String()))
		}
		k := 0
		for i := range rows.Ordered(c.order == "newest") {
			k++
			fmt.Fprintf(w, "\n%s. ", text.Grouped(k))
			for _, line := range o.Tell(i) {
				if _, err := fmt.Fprintln(w, line); err != nil {
					return err
				}
			}
		}
		return o.Err()
	})
}
