package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"dateline/timeline/edtf"
	"dateline/tui"
)

// view opens the viewer or, where there is no terminal, prints the list.
func (c *command) view(_ *cobra.Command, args []string) error {
	query, err := c.query()
	if err != nil {
		return err
	}
	if err := checkWord("theme", c.theme); err != nil {
		return err
	}
	out, onTerminal := c.out.(*os.File)
	onTerminal = onTerminal && c.output == standardOutput && term.IsTerminal(out.Fd()) && c.env("TERM") != "dumb"
	if c.plain || !onTerminal {
		return c.printAll(args)
	}
	in, err := keyboard(c.in)
	if err != nil {
		return c.printAll(args)
	}
	if in != c.in {
		defer in.Close()
	}
	first := sync.OnceValue(func() *reading { return c.read(args) })
	if throughPipe(args) {
		<-first().begun
	}
	loading := make(chan struct{}) // closed when the viewer has the first reading
	changes, stop := watch(args)
	defer stop()
	cfg := tui.Config{
		Load: func() tui.Loading {
			select {
			case <-loading:
				return c.read(args).loading()
			default:
				defer close(loading)
				return first().loading()
			}
		},
		Changes: changes,
		Query:   query,
		Newest:  c.order == "newest",
		At:      c.at,
		Today:   c.date(),
		Theme:   tui.Theme(c.theme),
		ASCII:   c.ascii,
		Mouse:   c.mouse,
		Keys:    c.keys,
		Edit:    editor(c.env, out),
		Copy:    clipboard(c.env),
		Save:    save(c.env),
		Briefs:  briefForms(),
		Forms:   citationForms(),
		Browse:  browse,
	}
	c.giveViews(&cfg)
	if !c.noState {
		cfg.KeepTyped = func(text string) (string, error) { return keepTyped(text, c.env) }
	}
	return c.show(cfg, in, out, func() error {
		<-loading // not before: the viewer starts faster alone, and then waits for a tick
		return first().beginning()
	})
}

// throughPipe reports whether any of the files comes through a pipe. Its other end
// has the keyboard until there are events, since it may ask for a password.
func throughPipe(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		info, err := os.Stat(name)
		return name == "-" || err == nil && !info.Mode().IsRegular() && !info.IsDir()
	})
}

// printAll prints what the viewer would show.
func (c *command) printAll(args []string) error {
	o, err := c.open(args)
	if err != nil {
		return err
	}
	if err := c.checkAt(o); err != nil {
		return err
	}
	if c.plain {
		return c.printPlain(o)
	}
	return c.printList(o)
}

// checkAt checks that --at is a date or the id of an event.
func (c *command) checkAt(o *opened) error {
	if c.at == "" {
		return nil
	}
	_, wrong := edtf.ParseTyped(c.at, 0) // from whatever day
	if _, ok := o.Find(c.at); ok || wrong == nil {
		return nil
	}
	return fmt.Errorf("--at %s: no event has this id; %w", c.at, wrong)
}

// show runs the viewer. The screen is touched only when a check, which may take
// its time, finds nothing wrong. A signal to end restores the terminal first.
func (c *command) show(cfg tui.Config, in io.Reader, out *os.File, check func() error) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	screen := &curtain{File: out}
	wrong := make(chan error, 1)
	go func() {
		if err := check(); err != nil {
			wrong <- err
			cancel()
			return
		}
		screen.raise()
	}()
	var received os.Signal
	ended := make(chan struct{})
	go func() {
		select {
		case received = <-signals:
			cancel()
		case <-ctx.Done():
		}
		close(ended)
	}()
	err := tui.Run(ctx, cfg, in, screen, os.Environ())
	cancel()
	<-ended
	screen.drop()
	select {
	case err := <-wrong:
		return err
	default:
	}
	if number, ok := received.(syscall.Signal); ok {
		return &signalled{number}
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// toView is what the viewer is given of an opened timeline. What came on standard
// input has no name to keep marks by.
func (c *command) toView(o *opened, args []string) tui.File {
	f := tui.File{Timeline: o.Timeline, Name: o.name, Digest: o.digest, LeftOut: o.leftOut(""), Problems: problemsOf(o.report), Exports: c.exportForms(o)}
	if c.noState || slices.Contains(args, "-") {
		f.Unkept = "Marks and notes are not kept."
		return f
	}
	state, err := stateOf(args, c.env)
	if err == nil {
		f.Margin, err = state.margin()
	}
	if err != nil {
		f.Unkept = "Marks and notes are not kept: " + err.Error() // and what cannot be read is not written over
		return f
	}
	f.SaveMargin = state.keeper(o.name, f.Margin)
	return f
}

// signalled is how the viewer ends when a signal ended it.
type signalled struct{ syscall.Signal }

func (s *signalled) Error() string { return s.Signal.String() }

// asciiLocale reports whether the environment promises no more than ASCII.
func asciiLocale(env func(string) string) bool {
	if env("TERM") == "linux" {
		return true
	}
	locale := cmp.Or(env("LC_ALL"), env("LC_CTYPE"), env("LANG"))
	return locale == "C" || locale == "POSIX"
}

// keyboard returns where keys come from: standard input or, when that is not a
// terminal, the terminal itself.
func keyboard(in io.Reader) (*os.File, error) {
	if f, ok := in.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return f, nil
	}
	return os.Open("/dev/tty")
}
