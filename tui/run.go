package tui

import (
	"context"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Run shows the viewer until its reader leaves. It waits for no answer of the
// terminal: the first frame is written at once.
// When ctx ends it leaves too, and restores the terminal. So it does after a panic,
// which is returned as an error of one line, once the reader's work is saved.
func Run(ctx context.Context, cfg Config, in io.Reader, out io.Writer, environ []string) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	m := newModel(cfg)
	opts := append(options(cfg, in, out, environ), tea.WithContext(ctx), tea.WithoutSignalHandler())
	_, err := tea.NewProgram(&guarded{model: m, ctx: ctx, end: end}, opts...).Run()
	if crash, ok := context.Cause(ctx).(*crash); ok {
		return m.rescue(crash)
	}
	if err != nil {
		return err
	}
	return m.err
}

// framesPerSecond is twice the usual, since a frame leaves only on a tick: it
// halves the time to the first one, and that from a key to what it does.
const framesPerSecond = 120

// makeWidths makes the table of how wide characters are, which the renderer asks
// for the first that is not ASCII. Else the first frame would wait for that after
// its tick.
func makeWidths() tea.Msg {
	ansi.StringWidthWc("─")
	return nil
}

func options(cfg Config, in io.Reader, out io.Writer, environ []string) []tea.ProgramOption {
	opts := []tea.ProgramOption{tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(environ), tea.WithFPS(framesPerSecond)}
	if cfg.Theme == Mono || noColor(environ) {
		opts = append(opts, tea.WithColorProfile(colorprofile.Ascii))
	}
	return opts
}

// noColor reports whether NO_COLOR is set to anything at all, as
// https://no-color.org asks.
func noColor(environ []string) bool {
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, "NO_COLOR="); ok && value != "" {
			return true
		}
	}
	return false
}
