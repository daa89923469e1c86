package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
)

func (c *command) citeCommand() *cobra.Command {
	var as string
	formats := format.CitationFormats()
	last := len(formats) - 1
	choice := strings.Join(formats[:last], ", ") + " or " + formats[last]
	cmd := &cobra.Command{
		Use:   "cite [FILE...]",
		Short: "Print the sources of the matching events, to cite them",
		Long: `Cite prints the sources of the matching events, each once, in the order in which
the events cite them: as notes of the Chicago Manual of Style, as an APA
reference list, or for a program that manages references, as CSL-JSON, RIS or
BibLaTeX. What a source does not state is not made up. Its key is the same
whatever else is printed.`,
		Example: `  dateline cite --filter 'topic:treaty' --format apa
  dateline cite --format biblatex > sources.bib`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(formats, as) {
				return fmt.Errorf("--format is %s, not %s", choice, as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			rows := o.Select(o.query).All()
			if c.order == "newest" {
				slices.Reverse(rows)
			}
			var sources []timeline.Source
			for _, i := range rows {
				sources = append(sources, o.Event(i).Sources...)
			}
			c.warn(o)
			return c.write(func(w io.Writer) error { return format.WriteCitations(w, as, sources) })
		},
	}
	cmd.Flags().StringVar(&as, "format", formats[0], "`"+formats[0]+"`, "+strings.TrimPrefix(choice, formats[0]+", "))
	return cmd
}
