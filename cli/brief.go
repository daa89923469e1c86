package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// briefFlags are the flags of dateline brief.
type briefFlags struct {
	format, title, bottomLine, page, since string
	minutes                                float64
	all, why, withNotes, annex             bool
}

func (c *command) briefCommand() *cobra.Command {
	var f briefFlags
	cmd := &cobra.Command{
		Use:   "brief [FILE...]",
		Short: "Print a one-page brief of the matching events, with sources",
		Long: `Brief prints one page for a meeting: the changes since the last brief; three to
seven key points, each in the sentences that carry its claim, with who denies it;
every other event in a line, as far as the page goes; and who is who. The sources
are numbered. Your marks decide first what matters, then the author's importance,
then what a format states (mentions, deaths), then claims and answers, whether
whom the filter names leads the event, independent origins, and last the date;
--why says so of each event. Brief invents nothing: if neither --bottom-line nor
the file has a bottom line, it leaves a blank line for one. HTML, Markdown and
JSON hold what fits the printed sheet, text what fits a page of lines. Above
10,000 matching events it needs --all.`,
		Example: `  dateline brief --filter 'actor:putin since:2024-06'
  dateline brief --format html --page letter > brief.html
  dateline brief --minutes 2 --since 2024-06
  dateline brief --filter topic:treaty --why
  dateline brief --format markdown | pandoc -o brief.docx`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("minutes") && !(f.minutes > 0) {
				return fmt.Errorf("--minutes must be above 0, not %v", f.minutes)
			}
			return c.brief(args, f)
		},
	}
	addFormatFlag(cmd, &f.format, briefFormats())
	flags := cmd.Flags()
	flags.StringVar(&f.title, "title", "", "`TITLE` of the brief, instead of the timeline's")
	flags.StringVar(&f.bottomLine, "bottom-line", "", "`TEXT` of the bottom line, instead of the timeline's")
	flags.StringVar(&f.page, "page", "a4", "fit one page of `PAPER`: a4 or letter; none has no limit")
	flags.Float64Var(&f.minutes, "minutes", 0, "fit into this many `MINUTES` of reading aloud")
	flags.StringVar(&f.since, "since", "last", "list changes since `WHEN`: the last saved brief, a date, or never")
	flags.BoolVar(&f.all, "all", false, allUsage)
	flags.BoolVar(&f.why, "why", false, "print why each event is where it is, instead of the brief")
	flags.BoolVar(&f.withNotes, "with-notes", false, "add your notes, which are private, as points to make")
	flags.BoolVar(&f.annex, "annex", false, "add the sources in full, on pages of their own")
	for flag, values := range map[string][]string{"page": {"a4", "letter", "none"}, "since": {"last", "never"}, "minutes": nil, "title": nil, "bottom-line": nil} {
		cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	return cmd
}

func (c *command) brief(args []string, f briefFlags) error {
	as, err := findFormat(briefFormats(), f.format)
	if err != nil {
		return err
	}
	paper, ok := brief.ParsePaper(f.page)
	if !ok {
		return fmt.Errorf("--page must be a4, letter or none, not %s", f.page)
	}
	day, err := parseSince(f.since)
	if err != nil {
		return err
	}
	o, err := c.open(args)
	if err != nil {
		return err
	}
	if !o.query.AsksMargin() { // open adds it then
		c.addMargin(o)
	}
	if err := checkCount(o.Select(o.query).Len(), f.all, "brief"); err != nil {
		return err
	}
	opt := brief.Options{
		Title: text.Clean(f.title), BottomLine: text.Clean(f.bottomLine),
		AsOf: c.day(), File: text.Clean(o.name), Digest: o.digest(), LeftOut: o.leftOut(""),
		Newest: c.newest(), Paper: paper, Minutes: f.minutes, WithNotes: f.withNotes, Annex: f.annex,
	}
	switch {
	case f.since == "last":
		if opt.Since, err = c.sinceLast(o, o.query); err != nil {
			c.say("%s", err)
		}
	case f.since != "never":
		opt.Since = brief.Since(o.Timeline, day, o.query)
	}
	b := brief.New(o.Timeline, o.query, opt)
	if err := o.Err(); err != nil {
		return fail(err)
	}
	c.warn(o)
	if left := b.MustsLeft(); left != "" {
		c.say("%s", left)
	}
	if err := c.write(func(w io.Writer) error {
		if f.why {
			return brief.WriteWhy(w, b.Printed())
		}
		_, err := as.write(w, b)
		return err
	}); err != nil {
		return err
	}
	if f.why || !c.writesFile() {
		return nil
	}
	err = c.recordBrief(o)
	if errors.Is(err, errTooLarge) {
		c.say("%s", err)
		return nil
	}
	return err
}

// parseSince parses --since, if it is a date.
func parseSince(since string) (edtf.Date, error) {
	if since == "last" || since == "never" {
		return edtf.Date{}, nil
	}
	day, err := edtf.Parse(since)
	if err != nil {
		return day, fmt.Errorf("--since must be last, never or a date: %w", err)
	}
	return day, nil
}
