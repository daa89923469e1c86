package cli

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
	"dateline/tui"
)

func (c *command) citeCommand() *cobra.Command {
	var as string
	var all bool
	formats := citationFormats()
	others, last := strings.Join(formats[1:len(formats)-1], ", "), formats[len(formats)-1]
	cmd := &cobra.Command{
		Use:   "cite [FILE...]",
		Short: "Print the sources of the matching events, to cite them",
		Long: `Cite prints the sources of the matching events, each once, in the order in which
the events cite them: as notes of the Chicago Manual of Style, as an APA
reference list, or for a program that manages references, as CSL-JSON, RIS or
BibLaTeX. What a source does not state is not made up. The key of a source is
the same whatever else is printed. Of more than 10,000 matching events the
sources are printed only with --all.`,
		Example: `  dateline cite --filter 'topic:treaty' --format apa
  dateline cite --format biblatex > sources.bib`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(formats, as) {
				return fmt.Errorf("--format is %s, %s or %s, not %s", formats[0], others, last, as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			events := o.Select(o.query)
			if err := tooMany(events.Len(), all, "cite"); err != nil {
				return err
			}
			c.warn(o)
			return c.write(func(w io.Writer) error { return writeCitations(w, as, o.Timeline, events.Ordered(c.order == "newest")) })
		},
	}
	cmd.Flags().StringVar(&as, "format", formats[0], fmt.Sprintf("`%s`, %s or %s", formats[0], others, last))
	cmd.Flags().BoolVar(&all, "all", false, allUsage)
	return cmd
}

// writeCitations writes the sources of events.
func writeCitations(w io.Writer, as string, t *timeline.Timeline, events iter.Seq[int]) error {
	err := format.WriteCitations(w, as, func(yield func(timeline.Source) bool) {
		for _, e := range t.Events(events) {
			for _, s := range e.Sources {
				if !yield(s) {
					return
				}
			}
		}
	})
	return cmp.Or(err, t.Err())
}

// allUsage is what --all is for.
const allUsage = "take all that match, however many they are"

// tooMany refuses to make for people what is made of more events than a person
// could look through, unless it is to be made of all.
func tooMany(events int, all bool, verb string) error {
	if all || events <= timeline.MostRead {
		return nil
	}
	return fail(fmt.Errorf("%s match, and %s takes at most %s: narrow them with --filter, or say --all",
		text.Counted(events, "event"), verb, text.Grouped(timeline.MostRead)))
}

// citationFormats are the names of the formats that sources are cited in.
func citationFormats() []string {
	var names []string
	for _, f := range format.CitationFormats() {
		names = append(names, f.Name)
	}
	return names
}

// citationForms are the ways in which the viewer copies sources.
func citationForms() []tui.Form {
	var forms []tui.Form
	for _, f := range format.CitationFormats() {
		forms = append(forms, tui.Form{Name: f.Name, About: f.About, Write: func(sources []timeline.Source) (string, error) {
			var b strings.Builder
			err := format.WriteCitations(&b, f.Name, slices.Values(sources))
			return strings.TrimRight(b.String(), "\r\n"), err
		}})
	}
	return append(forms, tui.Form{Name: "markdown", About: "a line of Markdown, with links", Write: func(sources []timeline.Source) (string, error) {
		var lines []string
		for i := range sources {
			lines = append(lines, format.MarkdownCitation(&sources[i]))
		}
		return strings.Join(lines, "\n"), nil
	}})
}
