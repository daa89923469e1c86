// Package cli is the command line and the world outside: arguments, files,
// state, the editor, the browser. Each verb has a file of its own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
	"dateline/tui"
)

// insideName is the file name of the timeline inside.
const insideName = "events.json"

// Exit codes.
const (
	done    = 0
	failed  = 1 // a problem in the data, or while running
	misused = 2 // wrong usage
)

// Run runs the program with the text of the timeline inside, and with its
// arguments, environment and streams. It returns the exit code.
func Run(inside string, args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	c := &command{inside: inside, env: env, in: in, out: out, errs: errs, today: time.Now()}
	root := c.root()
	c.settled = sync.OnceValue(func() error { return c.settle(root) })
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.Execute()
	if err == nil {
		return done
	}
	var signalled *signalled
	if errors.As(err, &signalled) {
		return 128 + int(signalled.Signal)
	}
	var refused *refused
	if errors.As(err, &refused) {
		for _, line := range problemsOf(refused.report) {
			fmt.Fprintln(errs, line)
		}
		return failed
	}
	var fault *fault
	if errors.As(err, &fault) {
		if fault.err != nil {
			fmt.Fprintln(errs, "dateline: "+text.Clean(fault.err.Error()))
		}
		return failed
	}
	var mistaken *mistaken
	if errors.As(err, &mistaken) {
		for _, line := range mistaken.lines() {
			fmt.Fprintln(errs, "dateline: "+text.Clean(line))
		}
		return misused
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(errs, "dateline: %s; see dateline help\n", text.Clean(first))
	return misused
}

// refused is what --strict makes of a file with errors.
type refused struct{ report format.Report }

func (r *refused) Error() string {
	return text.Counted(r.report.Errors(), "error") + "; dateline check shows them"
}

// A fault is an error in the data or while running. Any other error is wrong
// usage. One without an error has been reported already.
type fault struct{ err error }

func (f *fault) Error() string {
	if f.err == nil {
		return "there are problems"
	}
	return f.err.Error()
}

func (f *fault) Unwrap() error { return f.err }

func fail(err error) error { return &fault{err} }

// A command is what all verbs share.
type command struct {
	inside    string
	env       func(string) string
	in        io.Reader
	out, errs io.Writer
	today     time.Time

	filter     string
	order      string
	output     string
	force      bool
	strict     bool
	columns    map[string]string // of CSV, by field
	plain      bool
	noState    bool
	theme      string
	ascii      bool
	mouse      bool
	at         string
	configFile string
	viewName   string

	// settled does what settle does, once. What it finds is below.
	settled func() error
	keys    tui.Keys
	opening tui.View // the one that viewName names
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "dateline [FILE...]",
		Short: "Browse a timeline of sourced events",
		Long: `Dateline is a terminal viewer for timelines of sourced events: browse them,
filter them by actor, read each beside the sources it rests on, and print a
brief of them. Without FILE it opens the timeline inside: relations between
Russia and North Korea, September 2023 to October 2024. "-" is standard input.`,
		Example: `  dateline --filter 'actor:putin since:2024-06'
  dateline brief --format markdown --filter 'topic:treaty' > brief.md
  dateline check my-events.json`,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Version:           version(),
		RunE:              c.view,
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.checkOutput() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.filter, "filter", "", "show only events that match `QUERY`")
	flags.StringVar(&c.order, "order", "oldest", "`oldest` or newest first")
	flags.StringVarP(&c.output, "output", "o", standardOutput, "write to `FILE`; - is standard output")
	flags.BoolVar(&c.force, "force", false, "let --output write over a file")
	flags.StringVar(&c.viewName, "view", "", "show only events of the saved view `NAME`, in its order")
	flags.StringVar(&c.configFile, "config", "", "read the configuration `FILE`")
	flags.BoolVar(&c.strict, "strict", false, "open nothing that has an error")
	flags.Func("map", "take fields from the columns of CSV that these `FIELD=COLUMN,...` name", c.mapColumns)
	root.Flags().BoolVar(&c.noState, "no-state", false, "keep no marks, notes or views")
	root.Flags().BoolVar(&c.plain, "plain", false, "print the events as flat text, each with its sources")
	root.Flags().StringVar(&c.theme, "theme", "auto", "`auto`, light, dark or mono")
	root.Flags().BoolVar(&c.mouse, "mouse", false, "take the mouse, as F2 does")
	root.Flags().BoolVar(&c.ascii, "ascii", asciiLocale(c.env), "draw with ASCII only")
	root.Flags().StringVar(&c.at, "at", "", "open at the event with this `id`, or at a date")
	root.AddCommand(c.listCommand(), c.briefCommand(), c.citeCommand(), c.exportCommand(), c.checkCommand(), c.schemaCommand())
	return root
}

// date is the day at hand, for people.
func (c *command) date() string { return c.today.Format("2 January 2006") }

// query is what --view and --filter ask for together. The flags are settled
// first, and --order is checked.
func (c *command) query() (timeline.Query, error) {
	if err := c.settled(); err != nil {
		return timeline.Query{}, err
	}
	query, err := timeline.ParseQuery(c.filter)
	if err != nil {
		return query, fmt.Errorf("--%w", err)
	}
	return c.opening.Query.And(query.Terms()...), checkWord("order", c.order)
}

// An opened timeline is one with the query asked of it, and how reading went.
type opened struct {
	*timeline.Timeline
	query  timeline.Query
	report format.Report
	files  []format.File
	name   string
	args   []string // the files as they were named
}

// open reads the files named, or the timeline inside, and the flags.
func (c *command) open(args []string) (*opened, error) {
	o, err := c.prepare(args)
	if err != nil {
		return nil, err
	}
	t, report, err := format.Open(context.Background(), format.Watch{}, o.files...)
	if err != nil {
		return nil, fail(err)
	}
	if anyLarge(o.files) {
		// What is written now needs no more room for more events.
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		debug.SetGCPercent(int(max(1, min(often, 100*mostGarbage/m.HeapAlloc))))
	}
	return o.with(t, report), nil
}

// How much garbage may gather beside the index of large files: so many hundredths
// of its size, and of what is made of it without a screen so many bytes at most.
// The index has few pointers: collecting often costs little, and saves much.
const (
	often       = 10
	mostGarbage = 12 << 20
)

// anyLarge reports whether any of the files stays where it is.
func anyLarge(files []format.File) bool {
	return slices.ContainsFunc(files, func(f format.File) bool { return f.Data != nil })
}

// prepare finds the files named, and checks the flags; no timeline is there yet.
func (c *command) prepare(args []string) (*opened, error) {
	query, err := c.query()
	if err != nil {
		return nil, err
	}
	files, err := c.files(args)
	if err != nil {
		return nil, fail(err)
	}
	if c.strict {
		report, err := format.Check(files...)
		if err != nil {
			return nil, fail(err)
		}
		if report.Errors() > 0 {
			return nil, &refused{report}
		}
	}
	return &opened{query: query, files: files, name: fileNames(files), args: args}, nil
}

// with is what was prepared with the timeline that was read, or a part of it.
func (o opened) with(t *timeline.Timeline, report format.Report) *opened {
	o.Timeline, o.report = t, report
	return &o
}
