// Package cli is the command line and the world outside the program: arguments,
// files, saved state, the editor and the browser. Each verb has a file of its own.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/format"
	"dateline/timeline/postgres"
	"dateline/timeline/text"
	"dateline/tui"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // a problem in the data, or while running
	exitUsage  = 2
)

// Run runs the program with the text of the built-in timeline, and with its
// arguments, environment and streams. It returns the exit code.
func Run(builtIn string, args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	c := &command{builtIn: builtIn, env: env, in: in, out: out, errs: errs, today: time.Now()}
	code := c.execute(args)
	if c.builtInShown {
		c.warnUnread() // what was piped in may have come meanwhile
	}
	return code
}

// execute runs a command line, and returns its exit code.
func (c *command) execute(args []string) int {
	root := c.root()
	c.configure = sync.OnceValue(func() error { return c.applyConfig(root) })
	root.SetArgs(args)
	root.SetIn(c.in)
	printed := &checkedWriter{Writer: c.out}
	root.SetOut(printed)
	root.SetErr(c.errs)
	code := c.report(root.Execute())
	c.closeStores()
	if code == exitOK && printed.err != nil {
		code = c.report(fail(fmt.Errorf("standard output: %w", pathless(printed.err))))
	}
	return code
}

// A checkedWriter remembers the first error, which the library that prints the help
// ignores.
type checkedWriter struct {
	io.Writer
	err error
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.err = cmp.Or(w.err, err)
	return n, err
}

// report prints an error and returns its exit code.
func (c *command) report(err error) int {
	var signalled *signalError
	var strict *strictError
	var failure *failure
	var mistakes *mistakesError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &signalled):
		return 128 + int(signalled.Signal)
	case errors.As(err, &strict):
		for _, line := range problemLines(strict.report) {
			fmt.Fprintln(c.errs, line)
		}
		return exitFailed
	case errors.As(err, &failure):
		if failure.error != nil {
			c.say("%s", failure)
		}
		return exitFailed
	case errors.As(err, &mistakes):
		for _, line := range mistakes.lines() {
			c.say("%s", line)
		}
	default:
		first, _, _ := strings.Cut(err.Error(), "\n")
		c.say("%s; see dateline help", first)
	}
	return exitUsage
}

// say prints a line on standard error.
func (c *command) say(message string, args ...any) {
	fmt.Fprintln(c.errs, "dateline: "+text.Clean(fmt.Sprintf(message, args...)))
}

// A strictError refuses files with errors, as --strict asks.
type strictError struct{ report format.Report }

func (e *strictError) Error() string { return text.Counted(e.report.Errors(), "error") }

// A failure is an error in the data or while running; any other error is wrong
// usage. A nil error has been reported already.
type failure struct{ error }

func (f *failure) Unwrap() error { return f.error }

func fail(err error) error { return &failure{err} }

// A command is the state that all verbs share.
type command struct {
	builtIn   string
	env       func(string) string
	in        io.Reader
	out, errs io.Writer
	today     time.Time

	// Flags.
	filter     string
	order      string
	output     string
	force      bool
	strict     bool
	columns    map[string]string // of CSV, by field
	maxSize    byteSize
	most       int64            // events of a database
	timeout    time.Duration    // of a statement there
	encoding   *format.Encoding // nil: it is detected
	plain      bool
	line       bool
	noState    bool
	noCache    bool
	cacheSize  byteSize
	stateFile  string // instead of the one in the state directory
	theme      string
	ascii      bool
	mouse      bool
	at         string
	configFile string
	viewName   string

	// configure calls applyConfig once, which sets flags and the fields below.
	configure func() error
	keys      tui.Keys
	opening   tui.View // that viewName names

	served *served // the timeline of a server, for its sessions

	stores map[string]*postgres.Store // that were opened, by URL

	piped        *format.File // standard input, which can be read once
	builtInShown bool         // since no file was named
	toldUnread   bool         // that standard input is not read
	toldUnkept   bool         // why nothing is kept
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "dateline [FILE...]",
		Short: "Browse a timeline of sourced events",
		Long: `Dateline is a terminal viewer for timelines of sourced events. Browse them,
filter them by actor, read each beside its sources, and print a brief. Without
FILE it opens the built-in timeline: relations between Russia and North Korea,
September 2023 to October 2024. "-" is standard input.`,
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
	flags.StringVar(&c.filter, "filter", c.filter, "show only events that match `QUERY`")
	flags.StringVar(&c.order, "order", cmp.Or(c.order, "oldest"), "sort by `ORDER`: "+choice(words("order"))+" first")
	root.SetFlagErrorFunc(flagError)
	if c.served != nil {
		return c.remoteRoot(root)
	}
	flags.StringVarP(&c.output, "output", "o", standardOutput, "write to `FILE`; - is standard output")
	flags.BoolVar(&c.force, "force", false, "overwrite an existing file")
	flags.StringVar(&c.viewName, "view", "", "use the filter and order of the saved view `NAME`")
	flags.StringVar(&c.configFile, "config", "", "read the configuration from `FILE`")
	flags.BoolVar(&c.strict, "strict", false, "refuse files with errors")
	flags.Func("map", "read fields from the columns of a CSV file named in `FIELD=COLUMN,...`", c.mapColumns)
	c.maxSize = defaultMost
	flags.Var(&c.maxSize, "max-size", "read at most `SIZE` of a packed file or a pipe, such as 500M or 8G")
	flags.Int64Var(&c.most, "most", mostLoaded, "load at most `N` events of a database")
	flags.DurationVar(&c.timeout, "timeout", defaultTimeout, "let a database work on a query for `TIME`, such as 30s or 5m")
	flags.BoolVar(&c.noState, "no-state", false, "ignore marks, notes and the last brief, and save nothing")
	flags.BoolVar(&c.noCache, "no-cache", false, "read large files anew, and keep no index of them")
	c.cacheSize = defaultCache
	flags.Var(&c.cacheSize, "cache-size", "keep at most `SIZE` of indexes of large files, such as 500M or 8G")
	flags.Func("state", "keep marks, notes and the last brief in `FILE`, instead of the state folder", c.setState)
	flags.Func("encoding", "read text in the encoding `NAME`, such as windows-1251", c.parseEncoding)
	root.Flags().BoolVar(&c.plain, "plain", false, "print the events as plain text with their sources")
	root.Flags().BoolVar(&c.line, "line", false, "answer each key with a line of text: for screen readers and braille")
	root.Flags().StringVar(&c.theme, "theme", "auto", "use the colours of `THEME`: "+choice(words("theme")))
	root.Flags().BoolVar(&c.mouse, "mouse", false, "enable the mouse (F2 toggles)")
	root.Flags().BoolVar(&c.ascii, "ascii", asciiLocale(c.env), "draw with ASCII only")
	root.Flags().StringVar(&c.at, "at", "", "start at the event with this `ID`, or at a date")
	c.completeFlags(root)
	root.AddCommand(c.listCommand(), c.briefCommand(), c.citeCommand(), c.exportCommand(), c.checkCommand(), c.loadCommand(), c.schemaCommand(), c.stateCommand(), c.serveCommand())
	return root
}

// setState parses --state.
func (c *command) setState(name string) (err error) {
	if name == "" || isDir(name) {
		return errors.New("name a file, which need not exist yet")
	}
	c.stateFile, err = filepath.Abs(name)
	return err
}

// date is today, for people.
func (c *command) date() string { return c.today.Format("2 January 2006") }

// day is today as a date.
func (c *command) day() edtf.Date {
	d, _ := edtf.Parse(c.today.Format(time.DateOnly))
	return d
}

func (c *command) newest() bool { return c.order == "newest" }

// query returns the query of --view and --filter. It applies the configuration
// first, and checks --order.
func (c *command) query() (timeline.Query, error) {
	if err := c.configure(); err != nil {
		return timeline.Query{}, err
	}
	query, err := timeline.ParseQuery(c.filter)
	if err != nil {
		return query, fmt.Errorf("--%w", err)
	}
	return c.opening.Query.And(query.Terms()...), checkWord("order", c.order)
}

// An opened is a timeline with its query and the report on its files.
type opened struct {
	*timeline.Timeline
	query  timeline.Query
	report format.Report
	files  []format.File
	strays []string // which files of folders are not among them, and why
	name   string
	whole  *timeline.Whole // what the databases among the files hold, or nil
	args   []string        // the files as they were named
	today  time.Time
}

// open opens the named files, or the built-in timeline.
func (c *command) open(args []string) (*opened, error) {
	if c.served != nil {
		return c.openServed(args)
	}
	if c.builtInShown = len(args) == 0; c.builtInShown {
		c.warnUnread()
	}
	query, err := c.query()
	if err != nil {
		return nil, err
	}
	o, err := c.prepare(context.Background(), query, args)
	if err != nil {
		return nil, err
	}
	c.sayUnkept()
	t, report, ok := c.openKept(o.files)
	if !ok {
		if anyLarge(o.files) {
			debug.SetGCPercent(whileReading)
		}
		t, report, err = format.Open(context.Background(), format.Watch{Spool: spoolFor(o.files)}, o.files...)
		if err != nil {
			return nil, fail(err)
		}
	}
	if anyLarge(o.files) {
		// Writing needs no room for more events.
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		debug.SetGCPercent(int(max(1, min(often, 100*mostGarbage/m.HeapAlloc))))
	}
	if o = o.with(t, report); o.query.AsksMargin() {
		c.addMargin(o)
	}
	return o, nil
}

// The most garbage beside the index of large files: a percentage of the index and,
// without a screen, a number of bytes. The index has few pointers, so collecting
// often costs little and saves much.
const (
	whileReading = 30
	often        = 10
	mostGarbage  = 12 << 20
)

// anyLarge reports whether any of the files is left on disk.
func anyLarge(files []format.File) bool {
	return slices.ContainsFunc(files, func(f format.File) bool { return f.Data != nil })
}

// prepare checks the flags and finds the files, but does not open the timeline.
func (c *command) prepare(ctx context.Context, query timeline.Query, args []string) (*opened, error) {
	files, strays, err := c.files(ctx, query, args)
	if err != nil {
		return nil, fail(err)
	}
	whole, err := c.wholeOf(ctx, query, args)
	if err != nil {
		return nil, fail(err)
	}
	name := fileNames(files)
	if len(args) == 1 {
		name = sourceName(args[0])
	}
	if c.strict && len(strays) > 0 {
		return nil, fail(errors.New(strays[0]))
	}
	if c.strict {
		report, err := format.Check(files...)
		if err != nil {
			return nil, fail(err)
		}
		if report.Errors() > 0 {
			return nil, &strictError{report}
		}
	}
	return &opened{query: query, files: files, strays: strays, name: name, whole: whole, args: args, today: c.today}, nil
}

// with returns o with its timeline, or the part of it that has been read.
func (o opened) with(t *timeline.Timeline, report format.Report) *opened {
	if o.whole != nil {
		t = t.PartOf(o.whole)
	}
	o.Timeline, o.report = t, report
	o.strays = slices.Concat(o.strays, report.Strays)
	return o.on(o.today)
}

// on returns o on another day.
func (o opened) on(now time.Time) *opened {
	today, _ := edtf.Parse(now.Format(time.DateOnly))
	day, _ := today.Filed()
	o.Timeline, o.today = o.WithToday(day), now
	return &o
}

// checkAt checks that --at is a date or the id of an event.
func (c *command) checkAt(o *opened) error {
	if c.at == "" {
		return nil
	}
	if _, ok := o.Find(c.at); ok {
		return nil
	}
	d, err := edtf.ParseTyped(c.at)
	if err == nil && !d.Relative() {
		if _, placed := d.On(edtf.Reference{}).Filed(); !placed {
			err = fmt.Errorf("%s has neither a start nor an end", c.at)
		}
	}
	if err != nil {
		return fmt.Errorf("--at %s: no event has this id; %w", c.at, err)
	}
	return nil
}

// warn reports events that could not be read, why the query selects none, and what
// it does not count.
func (c *command) warn(o *opened) {
	for _, stray := range o.strays {
		c.say("%s", stray)
	}
	if left := o.leftOut("dateline check shows why"); left != "" && left != o.strayed() {
		c.say("%s", left)
	}
	var bad *timeline.QueryError
	switch err := o.Check(o.query); {
	case errors.As(err, &bad) && o.Select(o.query).Len() == 0:
		c.say("0 events: %s", bad.Why())
	case err != nil:
		c.say("%s", err)
	}
	if remark := o.Remark(o.query); remark != "" {
		c.say("%s", remark)
	}
}

// version is the module's version and the commit that the program was built from,
// as far as they are known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "built from source"
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			v += ", commit " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			v += ", changed"
		}
	}
	return v
}

// Command returns the command line, for its manual.
func Command() *cobra.Command {
	return (&command{env: func(string) string { return "" }}).root()
}
