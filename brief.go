package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
)

func (c *command) briefCommand() *cobra.Command {
	var as, title, bottomLine string
	cmd := &cobra.Command{
		Use:   "brief [FILE...]",
		Short: "Print a brief of the matching events, with their sources",
		Long: `Brief prints what to take into a meeting: the matching events, oldest first,
with status, caveats and numbered sources; claims beside their denials; who is
who; and what rests on one origin only. It invents nothing: without
--bottom-line it leaves a line to write on.`,
		Example: `  dateline brief --filter 'actor:putin since:2024-06'
  dateline brief --format markdown | pandoc -o brief.docx`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if as != "text" && as != "markdown" {
				return fmt.Errorf("--format is text or markdown, not %s", as)
			}
			o, err := c.open(args)
			if err != nil {
				return err
			}
			b := timeline.NewBrief(o.Timeline, o.query, timeline.BriefOptions{
				Title: timeline.Clean(title), BottomLine: timeline.Clean(bottomLine),
				AsOf: c.date(), File: timeline.Clean(o.name), Digest: o.digest(),
				LeftOut: o.leftOut(""), Newest: c.order == "newest",
			})
			c.warn(o)
			return c.write(func(w io.Writer) error {
				if as == "markdown" {
					return format.WriteMarkdown(w, b)
				}
				return writeText(w, b)
			})
		},
	}
	cmd.Flags().StringVar(&as, "format", "text", "`text` or markdown")
	cmd.Flags().StringVar(&title, "title", "", "`TITLE` of the brief; else the timeline's")
	cmd.Flags().StringVar(&bottomLine, "bottom-line", "", "`TEXT` of the bottom line")
	return cmd
}

// pageWidth is the width in cells of a printed page of text.
const pageWidth = 80

func writeText(w io.Writer, b *timeline.Brief) error {
	for _, line := range b.Page(pageWidth) {
		if _, err := fmt.Fprintln(w, line.Text); err != nil {
			return err
		}
	}
	return nil
}
