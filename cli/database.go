package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/postgres"
	"dateline/timeline/text"
	"dateline/tui"
)

// The limits of what comes from a database, unless --most and --timeout say others.
const (
	mostLoaded     = 2_000_000
	defaultTimeout = 30 * time.Second
)

// hasStore reports whether any of the arguments names a database.
func hasStore(args []string) bool { return slices.ContainsFunc(args, postgres.IsURL) }

// sourceName is how messages and titles show an argument: the URL of a database
// without a password.
func sourceName(arg string) string {
	if postgres.IsURL(arg) {
		return postgres.Name(arg)
	}
	return arg
}

// database returns the store of a URL. It connects once, and learns again what the
// store holds whenever the viewer opens it again.
func (c *command) database(ctx context.Context, address string, args []string) (*postgres.Store, error) {
	if s := c.stores[address]; s != nil {
		return s, s.Refresh(ctx)
	}
	s, err := postgres.Open(ctx, address, c.databaseOptions(address, args))
	if err == nil {
		if c.stores == nil {
			c.stores = make(map[string]*postgres.Store)
		}
		c.stores[address] = s
	}
	return s, err
}

func (c *command) databaseOptions(address string, args []string) postgres.Options {
	if postgres.HasPassword(address) {
		c.say("everybody on this machine can see the password in this URL; use ~/.pgpass or PGPASSWORD")
	}
	today, _ := c.day().Filed()
	return postgres.Options{
		Timeout: c.timeout, Columns: c.columns, Today: today,
		Password: func() (string, error) { return c.askPassword(postgres.Name(address)) },
		Margin: func() timeline.Margin {
			marks, err := c.marksFile(args)
			if err != nil {
				return timeline.Margin{}
			}
			m, _ := marks.read() // the viewer and c.addMargin say what is wrong
			return m
		},
	}
}

// askPassword asks for a password on the terminal.
func (c *command) askPassword(of string) (string, error) {
	terminal, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return "", fmt.Errorf("%s wants a password; give it in ~/.pgpass or PGPASSWORD", of)
	}
	defer terminal.Close()
	fmt.Fprintf(terminal, "Password for %s: ", of)
	password, err := term.ReadPassword(terminal.Fd())
	fmt.Fprintln(terminal)
	return string(password), err
}

// connect opens the databases among the arguments before the viewer has the
// terminal, since one may want a password.
func (c *command) connect(args []string) error {
	for _, arg := range args {
		if postgres.IsURL(arg) {
			if _, err := c.database(context.Background(), arg, args); err != nil {
				return fail(err)
			}
		}
	}
	return nil
}

// closeStores closes the connections, so that the servers need not wonder.
func (c *command) closeStores() {
	for _, s := range c.stores {
		s.Close()
	}
}

// wholeOf returns what the databases among the arguments hold, which names mean in a
// query the same as there; nil if there is none.
func (c *command) wholeOf(ctx context.Context, q timeline.Query, args []string) (*timeline.Whole, error) {
	var of *timeline.Whole
	for _, arg := range args {
		s := c.stores[arg]
		if s == nil {
			continue
		}
		whole, err := s.Whole(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(args) == 1 {
			return whole, nil
		}
		if of == nil {
			of = new(timeline.Whole)
		}
		for f, names := range whole.Names {
			of.Names[f] = append(of.Names[f], names...)
		}
	}
	return of, nil
}

// narrows reports whether the viewer narrows a database of which too much is selected:
// it does if that is all that it opens.
func narrows(args []string) bool { return len(args) == 1 && postgres.IsURL(args[0]) }

// A scoped store is what the viewer narrows.
type scoped struct {
	*postgres.Store
	c    *command
	args []string
}

func (s scoped) Most() int { return int(s.c.most) }

func (s scoped) Open(q timeline.Query) tui.Loading { return s.c.load(q, s.args, false).loading() }

// A tooMuch error has the viewer narrow what is to be loaded.
type tooMuch struct{ error }

func (*tooMuch) Is(target error) bool { return target == tui.ErrTooMuch }

// decidedHere says that a database selected more than a query does, if it did.
func (c *command) decidedHere(ctx context.Context, q timeline.Query, args []string) string {
	for _, arg := range args {
		if s := c.stores[arg]; s != nil {
			if all, err := s.Decides(ctx, q); err == nil && !all {
				return "The database could not decide all of the filter. What it selected was looked through here."
			}
		}
	}
	return ""
}

// fromDatabase returns the files of a store, with what a query selects of each, which
// goes on coming while they are read. Its error is that there is nothing to read.
func (c *command) fromDatabase(ctx context.Context, s *postgres.Store, q timeline.Query) ([]format.File, error) {
	files, err := c.selected(ctx, s, q)
	if errors.Is(err, errNothing) && s.Events() <= mostToExplain {
		files, err = c.selected(ctx, s, timeline.Query{})
	}
	if errors.Is(err, errNothing) {
		err = nil
	}
	return files, err
}

// mostToExplain is how many events of a store are loaded where a query selects none,
// to say why.
const mostToExplain = 20_000

var errNothing = errors.New("the query selects nothing")

// selected is fromDatabase of just what a query selects.
func (c *command) selected(ctx context.Context, s *postgres.Store, q timeline.Query) ([]format.File, error) {
	files := s.Files()
	writers := make([]*io.PipeWriter, len(files))
	for i := range files {
		var r *io.PipeReader
		r, writers[i] = io.Pipe()
		context.AfterFunc(ctx, func() { r.CloseWithError(ctx.Err()) })
		files[i].Data = newStream(r, math.MaxInt64)
	}
	started, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		start := sync.OnceFunc(func() { close(started) })
		before, line := 0, []byte(nil)
		err := s.Select(ctx, q, c.most, func(file int, event []byte) error {
			start()
			for ; before < file; before++ { // they come one after the other
				writers[before].Close()
			}
			line = append(append(line[:0], event...), '\n')
			_, err := writers[file].Write(line)
			return err
		})
		for _, w := range writers[before:] {
			w.CloseWithError(err)
		}
		ended <- err
	}()
	select {
	case <-started:
		return files, nil // a later error is that of reading
	case err := <-ended:
		return files, cmp.Or(err, errNothing)
	}
}

func (c *command) loadCommand() *cobra.Command {
	var onlyPrint bool
	cmd := &cobra.Command{
		Use:   "load URL [FILE...]",
		Short: "Copy files into a PostgreSQL database",
		Long: `Load copies files, or the built-in timeline, into tables of a PostgreSQL database,
which it makes if they are missing: postgres://user@host/database?table=events.
Events that the database has already are left alone, so that loading again does no
harm. Each file is copied whole or not at all.`,
		Example: "  dateline load postgres:///history my-events.json\n  dateline postgres:///history",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case !postgres.IsURL(args[0]):
				return fmt.Errorf("%s: name the database first, as postgres://user@host/database", args[0])
			case onlyPrint:
				schema, err := postgres.Schema(args[0])
				if err != nil {
					return err
				}
				return c.write(func(w io.Writer) error { _, err := io.WriteString(w, schema); return err })
			}
			return c.loadFiles(args[0], args[1:])
		},
	}
	cmd.Flags().BoolVar(&onlyPrint, "print", false, "print the SQL that makes the tables, and do nothing")
	return cmd
}

// loadFiles copies files into a database, one after the other.
func (c *command) loadFiles(address string, args []string) error {
	if _, err := c.query(); err != nil {
		return err
	}
	if hasStore(args) {
		return errors.New("load takes files; export a database first to load it into another")
	}
	ctx := context.Background()
	files, strays, err := c.files(ctx, timeline.Query{}, args)
	if err != nil {
		return fail(err)
	}
	for _, stray := range strays {
		c.say("%s", stray)
	}
	l, err := postgres.OpenLoader(ctx, address, c.databaseOptions(address, nil))
	if err != nil {
		return fail(err)
	}
	defer l.Close()
	whole := true
	for _, f := range files {
		t, report, err := format.Open(ctx, format.Watch{}, f)
		if err != nil {
			return fail(err)
		}
		if c.strict && report.Errors() > 0 {
			return &strictError{report}
		}
		loaded, err := l.Load(ctx, f, t, report.Original(), func(int) {})
		if err != nil {
			return fail(err)
		}
		said := text.Counted(loaded.New, "new event")
		if loaded.Known > 0 {
			said += ", " + text.Grouped(loaded.Known) + " there already"
		}
		if n := len(loaded.Others); n > 0 {
			said += fmt.Sprintf(", %s left out: the database has their ids with other content, such as %s", text.Grouped(n), loaded.Others[0])
		}
		if report.LeftOut > 0 {
			said += fmt.Sprintf(", %s with errors left out; dateline check shows why", text.Grouped(report.LeftOut))
		}
		whole = whole && len(loaded.Others)+report.LeftOut == 0
		c.say("%s: %s in %s", f.Name, said, l.Name())
	}
	if !whole {
		return fail(nil)
	}
	return nil
}
