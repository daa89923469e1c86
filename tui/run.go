package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

// Run shows the viewer until its reader quits or ctx ends. It writes the first
// frame at once, and waits for no answer from the terminal. When it ends, the
// reader's work has been saved, or the error says in one line what is not, and
// where the text that was being typed is; so it does after a panic, with the
// terminal restored.
func Run(ctx context.Context, cfg Config, in io.Reader, out io.Writer, environ []string) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	if cfg.Line {
		cfg.Theme = Mono // the terminal is asked nothing
	}
	made := sync.OnceValue(func() *model { return newModel(cfg) })
	opts := append(options(cfg, in, out, environ), tea.WithContext(ctx), tea.WithoutSignalHandler())
	g := &guarded{made: made, ctx: ctx, end: end, clipped: clipped(out)}
	if cfg.Line {
		g.model = made()
		opts = append(opts, g.speakTo(out, in)...)
	}
	if cfg.Remote != nil {
		nothing := ended{make(chan struct{})}
		defer close(nothing.closed)
		opts = append(opts, tea.WithInput(nothing))
	}
	p := tea.NewProgram(g, opts...)
	if cfg.Remote != nil {
		go cfg.Remote.follow(ctx, p, in, tea.EnvMsg(environ).Getenv("TERM"))
	}
	if g.lines != nil && !g.lines.echo {
		go g.lines.follow(in, p, ctx.Done())
	}
	_, err := p.Run()
	if g.lines != nil {
		g.lines.endLine()
	}
	if cfg.auto() {
		io.WriteString(out, ansi.ResetModeLightDark)
	}
	crash, crashed := context.Cause(ctx).(*crash)
	if crashed && g.model == nil {
		return crash
	}
	m := made()
	if crashed {
		return m.rescue(crash)
	}
	said := m.finish()
	if ctx.Err() != nil {
		said, err = append(said, m.keepTyped()...), nil
	}
	switch {
	case len(said) > 0:
		return errors.New(strings.Join(said, "; "))
	case err != nil:
		return err
	}
	return m.err
}

// makeWidths builds the table of character widths, which the renderer would build
// on the first character that is not ASCII, after the first tick.
func makeWidths() tea.Msg {
	ansi.StringWidthWc("─")
	return nil
}

// A guarded model ends the program in order when the model or one of its commands
// panics: it cancels the program's context, so that the terminal is restored, and
// no longer touches the model.
//
// The model is made while the renderer waits for its first tick, and then gets what
// has come before.
type guarded struct {
	*model
	made  func() *model
	early []tea.Msg
	lines *speaker // shows it, in place of its frames; may be nil
	ctx   context.Context
	end   context.CancelCauseFunc
	view  tea.View // the last one

	clipped tea.Cmd // brings the size of a terminal that is too large, or nil
}

// madeMsg brings the model.
type madeMsg struct{ *model }

func (g *guarded) shown() tea.Model {
	if g.lines != nil {
		return g.lines
	}
	return g.model
}

// A crash is a panic of the viewer, told in one line.
type crash struct{ where, why, kept string }

func (c *crash) Error() string {
	return fmt.Sprintf("internal error in %s: %s%s", c.where, c.why, c.kept)
}

// CrashedIn returns the place of the panic that Run's error tells of; it is empty
// for any other error.
func CrashedIn(err error) string {
	if c := new(crash); errors.As(err, &c) {
		return c.where
	}
	return ""
}

func (g *guarded) Init() (cmd tea.Cmd) {
	defer g.catch()
	begin := func() tea.Msg { return madeMsg{g.made()} }
	return g.guard(tea.Batch(begin, g.clipped))
}

func (g *guarded) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	if g.ctx.Err() != nil {
		return m, nil
	}
	defer g.catch()
	switch made, ok := msg.(madeMsg); {
	case ok:
		g.model = made.model
		cmds := []tea.Cmd{g.guard(g.shown().Init())}
		for _, msg := range g.early {
			_, cmd := g.Update(msg)
			cmds = append(cmds, cmd)
		}
		return m, tea.Batch(cmds...)
	case g.model == nil:
		g.early = append(g.early, msg)
		return m, nil
	}
	_, cmd = g.shown().Update(msg)
	return m, g.guard(cmd)
}

func (g *guarded) View() tea.View {
	switch {
	case g.model == nil:
		g.view.AltScreen = true
	case g.ctx.Err() == nil:
		defer g.catch()
		g.view = g.shown().View()
	}
	return g.view
}

// guard returns a command that does not panic.
func (g *guarded) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.catch()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i, cmd := range batch {
				batch[i] = g.guard(cmd)
			}
		}
		return msg
	}
}

// catch, deferred, ends the program if there is a panic.
func (g *guarded) catch() {
	if fault := recover(); fault != nil {
		g.end(&crash{where: panicked(), why: text.Clean(fmt.Sprint(fault))})
	}
}

// panicked returns the place of the panic at hand: the function, the file without
// its folder, and the line.
func panicked() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "dateline/"); ours {
			return fmt.Sprintf("%s (%s:%d)", name, path.Base(f.File), f.Line)
		}
		if !more {
			return "a library"
		}
	}
}

// rescue saves the reader's work after a crash: marks, notes and the text being
// typed. The error says where it is.
func (m *model) rescue(c *crash) (err error) {
	defer func() {
		if recover() != nil { // the model may be broken anywhere
			err = c
		}
	}()
	var said []string
	saves := m.file.SaveMargin != nil
	unwritten := m.finish()
	if saves && len(unwritten) == 0 {
		said = append(said, "marks and notes are saved")
	}
	for _, s := range append(append(said, unwritten...), m.keepTyped()...) {
		c.kept += "; " + s
	}
	return c
}
