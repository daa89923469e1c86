package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// briefFlags are the flags of dateline brief.
type briefFlags struct {
	format, title, bottomLine, page, since string
	minutes                                float64
	all                                    bool
}

func (c *command) briefCommand() *cobra.Command {
	var f briefFlags
	cmd := &cobra.Command{
		Use:   "brief [FILE...]",
		Short: "Print a brief of the matching events on one page, with their sources",
		Long: `Brief prints what to take into a meeting, on one page: what has changed since
the last brief; the events that matter most, oldest first, with status and
numbered sources; claims beside their denials; who is who; and what rests on one
origin only. What does not fit it names. Events marked must come before those
marked should and could, and all before those without a mark. It invents
nothing: without --bottom-line, or one in the file, it leaves a line to write on.
Of more than 10,000 matching events it is made only with --all.`,
		Example: `  dateline brief --filter 'actor:putin since:2024-06'
  dateline brief --format html --page letter > brief.html
  dateline brief --minutes 2 --since 2024-06
  dateline brief --format markdown | pandoc -o brief.docx`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("minutes") && !(f.minutes > 0) {
				return fmt.Errorf("--minutes is a number above 0, not %v", f.minutes)
			}
			return c.brief(args, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "`text`, markdown, html or json")
	flags.StringVar(&f.title, "title", "", "`TITLE` of the brief; else the timeline's")
	flags.StringVar(&f.bottomLine, "bottom-line", "", "`TEXT` of the bottom line; else the timeline's")
	flags.StringVar(&f.page, "page", "a4", "fit it on one page, `a4` or letter; or none")
	flags.Float64Var(&f.minutes, "minutes", 0, "fit it into so many `MINUTES`, read aloud")
	flags.StringVar(&f.since, "since", "last", "what is new since the `last` brief that was saved, a date, or never")
	flags.BoolVar(&f.all, "all", false, allUsage)
	flags.BoolVar(&c.noState, "no-state", false, "read no marks and no earlier brief, and remember nothing")
	return cmd
}

func (c *command) brief(args []string, f briefFlags) error {
	write, ok := map[string]func(io.Writer, *timeline.Brief) error{
		"text": writeText, "markdown": format.WriteMarkdown, "html": format.WriteHTML, "json": format.WriteBriefJSON,
	}[f.format]
	if !ok {
		return fmt.Errorf("--format is text, markdown, html or json, not %s", f.format)
	}
	paper, ok := timeline.ParsePaper(f.page)
	if !ok {
		return fmt.Errorf("--page is a4, letter or none, not %s", f.page)
	}
	day, err := sinceDay(f.since)
	if err != nil {
		return err
	}
	o, err := c.open(args)
	if err != nil {
		return err
	}
	c.remind(o)
	if err := tooMany(o.Select(o.query).Len(), f.all, "brief"); err != nil {
		return err
	}
	opt := timeline.BriefOptions{
		Title: text.Clean(f.title), BottomLine: text.Clean(f.bottomLine),
		AsOf: c.date(), File: text.Clean(o.name), Digest: o.digest(), LeftOut: o.leftOut(""),
		Newest: c.order == "newest", Paper: paper, Minutes: f.minutes,
	}
	switch {
	case f.since == "last":
		if opt.Since, err = c.sinceLast(o, o.query); err != nil {
			c.complain(err)
		}
	case f.since != "never":
		opt.Since = o.Since(day, o.query)
	}
	b := timeline.NewBrief(o.Timeline, o.query, opt)
	if err := o.Err(); err != nil {
		return fail(err)
	}
	c.warn(o)
	if left := b.MustsLeft(); left != "" {
		fmt.Fprintln(c.errs, "dateline: "+left)
	}
	if err := c.write(func(w io.Writer) error { return write(w, b) }); err != nil {
		return err
	}
	if !c.saves() {
		return nil
	}
	err = c.snapshot(o)
	if errors.Is(err, errUnremembered) {
		c.complain(err)
		return nil
	}
	return err
}

// sinceDay reads --since, if it is a date.
func sinceDay(since string) (edtf.Date, error) {
	if since == "last" || since == "never" {
		return edtf.Date{}, nil
	}
	day, err := edtf.Parse(since)
	if err != nil {
		return day, fmt.Errorf("--since is last, never or a date: %w", err)
	}
	return day, nil
}

func writeText(w io.Writer, b *timeline.Brief) error {
	for _, line := range b.Page(timeline.PageWidth) {
		if _, err := fmt.Fprintln(w, line.Text); err != nil {
			return err
		}
	}
	return nil
}
