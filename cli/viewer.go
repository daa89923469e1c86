package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"dateline/timeline/export"
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
	if c.plain && c.line {
		return errors.New("--plain prints all events and --line opens the viewer; leave one out")
	}
	out, onTerminal := c.out.(*os.File)
	onTerminal = onTerminal && c.output == standardOutput && term.IsTerminal(out.Fd()) && c.env("TERM") != "dumb"
	if !c.line && (c.plain || !onTerminal) {
		return c.print(args)
	}
	in := c.in
	if !c.line || slices.Contains(args, "-") {
		terminal, err := keyboard(c.in)
		if err != nil {
			return c.print(args)
		}
		if in != terminal {
			defer terminal.Close()
		}
		in = terminal
	}
	c.builtInShown = len(args) == 0
	c.sayUnkept()
	if err := c.connect(args); err != nil {
		return err
	}
	first := sync.OnceValue(func() *load { return c.load(query, args, true) })
	if readsPipe(args) {
		<-first().started
	}
	loading := make(chan struct{}) // closed when the viewer has taken the first load
	changes, stop := watch(args)
	defer stop()
	keys, _ := in.(*os.File)
	notes := c.newDrafts(args, keys, out)
	suspend, suspending, ignore := suspensions(&notes.editing)
	defer ignore()
	cfg := tui.Config{
		Load: func() tui.Loading {
			select {
			case <-loading:
				return c.load(query, args, false).loading()
			default:
				defer close(loading)
				return first().loading()
			}
		},
		Changes: changes,
		Query:   query,
		Newest:  c.newest(),
		At:      c.at,
		Today:   c.day(),
		Theme:   tui.Theme(c.theme),
		ASCII:   c.ascii,
		Mouse:   c.mouse,
		Line:    c.line,
		Plain:   export.Plain,
		Keys:    c.keys,
		Copy:    copier(c.env),
		Save:    save(c.env),
		Briefs:  briefForms(),
		Forms:   citationForms(),
		Browse:  browse,
	}
	if narrows(args) {
		cfg.Store = scoped{c.stores[args[0]], c, args}
	}
	if !c.noState {
		cfg.KeepTyped = func(text string) (string, error) { return keepTyped(text, c.env) }
	}
	cfg.Stops, cfg.Suspending = suspend, suspending
	cfg.Draft, cfg.KeepDraft, cfg.DropDraft = notes.find, notes.keep, notes.drop
	if onTerminal && notes.editor != "" {
		cfg.Edit = notes.edit
	}
	if h := c.history(); h != nil {
		cfg.History, cfg.Remember = h.read, h.add
		defer func() {
			if err := h.close(); err != nil {
				c.say("what was typed in prompts is not kept: %s", err)
			}
		}()
	}
	c.setViews(&cfg)
	silent := hasStore(args) || slices.ContainsFunc(args, isPipe) && !readsPipe(args) // whoever writes to it may take long
	err = c.show(cfg, in, out, notes, silent, func() error {
		<-loading // the viewer draws its first frame sooner if it starts alone
		return first().wait()
	})
	for _, left := range notes.left() {
		c.say("%s", left)
	}
	return err
}

// print prints the events that the viewer would show.
func (c *command) print(args []string) error {
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

// readsPipe reports whether a file comes from a program that a shell has connected.
// That program has the keyboard until there are events, since it may ask for a
// password.
func readsPipe(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return name == "-" || isPipe(name) && (strings.HasPrefix(name, "/dev/") || strings.HasPrefix(name, "/proc/"))
	})
}

// isPipe reports whether a name is that of a pipe.
func isPipe(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode()&fs.ModeNamedPipe != 0
}

// keyboard returns standard input or, if that is not a terminal, the terminal.
func keyboard(in io.Reader) (*os.File, error) {
	if f, ok := in.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return f, nil
	}
	return os.Open("/dev/tty")
}

// asciiLocale reports whether the environment promises no more than ASCII.
func asciiLocale(env func(string) string) bool {
	if env("TERM") == "linux" {
		return true
	}
	locale := cmp.Or(env("LC_ALL"), env("LC_CTYPE"), env("LANG"))
	return locale == "C" || locale == "POSIX"
}

// show runs the viewer. Nothing is drawn until check, which may block, has
// succeeded, unless the viewer is to be seen at once. After a signal the terminal
// is restored before the program ends.
func (c *command) show(cfg tui.Config, in io.Reader, terminal *os.File, notes *drafts, atOnce bool, check func() error) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, endings()...)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	screen := &heldOutput{File: terminal, to: c.out}
	if atOnce {
		screen.release()
	}
	failure := make(chan error, 1)
	go func() {
		if err := check(); err != nil {
			failure <- err
			cancel()
			return
		}
		screen.release()
	}()
	var received os.Signal
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case s := <-signals:
				if s == os.Interrupt && notes.editing.Load() {
					continue // it is the editor's
				}
				received = s
				cancel()
			case <-ctx.Done():
				return
			}
		}
	}()
	err := tui.Run(ctx, cfg, in, screen, os.Environ())
	cancel()
	<-ended
	screen.drop()
	select {
	case err := <-failure:
		return err
	default:
	}
	if s, ok := received.(syscall.Signal); ok {
		if err != nil {
			c.say("%s", err)
		}
		return &signalError{s}
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// A signalError means that a signal ended the program.
type signalError struct{ syscall.Signal }

func (s *signalError) Error() string { return s.Signal.String() }

// A heldOutput is a terminal whose output is held until it is released. The
// viewer starts while its timeline is opened, and an error is printed on a screen
// that nothing has touched.
type heldOutput struct {
	term.File
	to       io.Writer // the same, or a file in its place
	mu       sync.Mutex
	released bool
	dropped  bool
	held     []byte
}

func (h *heldOutput) Write(text []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.released {
		return h.to.Write(text)
	}
	h.held = append(h.held, text...)
	return len(text), nil
}

// release writes the held output, unless it was dropped. A terminal that cannot
// be written to fails at the next Write.
func (h *heldOutput) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.released || h.dropped {
		return
	}
	h.to.Write(h.held)
	h.released, h.held = true, nil
}

// drop discards the held output.
func (h *heldOutput) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dropped, h.held = true, nil
}
