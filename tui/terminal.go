package tui

import (
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// This file asks of the terminal what Bubble Tea does not ask for, and gives it
// back.

// framesPerSecond is twice the usual. A frame is written only on a tick, so this
// halves the time to the first one and from a key to its frame.
const framesPerSecond = 120

func options(cfg Config, in io.Reader, out io.Writer, environ []string) []tea.ProgramOption {
	opts := []tea.ProgramOption{tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(environ), tea.WithFPS(framesPerSecond)}
	// All colours are among the sixteen. Bubble Tea would look for more: it would read
	// the terminal's description and, within tmux, wait for another program.
	profile := colorprofile.Ascii
	if cfg.Theme != Mono && colored(environ) {
		profile = min(max(colorprofile.Env(environ), profile), colorprofile.ANSI)
	}
	opts = append(opts, tea.WithColorProfile(profile))
	if r := cfg.Remote; r != nil {
		size := r.Size.clipped()
		opts = append(opts, tea.WithWindowSize(size.Width, size.Height))
	}
	return opts
}

// colored reports whether the environment allows colours: NO_COLOR with any value
// refuses them (https://no-color.org), CLICOLOR_FORCE asks for them, and CLICOLOR=0
// refuses them again (https://bixense.com/clicolors).
func colored(environ []string) bool {
	env := tea.EnvMsg(environ)
	force := env.Getenv("CLICOLOR_FORCE")
	return env.Getenv("NO_COLOR") == "" && (env.Getenv("CLICOLOR") != "0" || force != "" && force != "0")
}

// The largest screen that is drawn. Bubble Tea ignores a larger size.
const mostColumns, mostRows = 1024, 1024

// clipped returns a command that brings the size of a terminal too large to draw,
// such as one that states 65,535 columns, and nil for any other.
func clipped(out io.Writer) tea.Cmd {
	f, ok := out.(term.File)
	if !ok {
		return nil
	}
	w, h, err := term.GetSize(f.Fd())
	if err != nil || w <= mostColumns && h <= mostRows {
		return nil
	}
	return func() tea.Msg { return tea.WindowSizeMsg{Width: min(w, mostColumns), Height: min(h, mostRows)} }
}

// wholeFrames has frames shown whole (mode 2026) over SSH, where Bubble Tea asks
// few terminals whether they can: one that cannot ignores the mode.
func wholeFrames(env tea.EnvMsg) tea.Cmd {
	if _, overSSH := env.LookupEnv("SSH_TTY"); !overSSH {
		return nil
	}
	return func() tea.Msg { return tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset} }
}

// auto reports whether the colours follow the terminal's background.
func (c *Config) auto() bool { return c.Theme == Auto || c.Theme == "" }

// askBackground has the terminal tell its background now and, if it can, whenever it turns
// light or dark (mode 2031).
func (m *model) askBackground() tea.Cmd {
	if !m.auto() {
		return nil
	}
	return tea.Batch(tea.RequestBackgroundColor, tea.Raw(ansi.SetModeLightDark))
}

// lend gives the terminal, as it was, to the program that a command starts, or to
// the shell, and takes it again.
func (m *model) lend(cmd tea.Cmd) tea.Cmd {
	if !m.auto() {
		return cmd
	}
	return tea.Sequence(tea.Raw(ansi.ResetModeLightDark), cmd, m.askBackground())
}

// suspend stops the program until the shell continues it.
func (m *model) suspend() tea.Cmd {
	if m.Remote != nil {
		return m.say("Nothing can be suspended over SSH; " + m.keys.first("quit-now") + " ends the session.")
	}
	if m.Suspending != nil {
		m.Suspending()
	}
	return m.lend(tea.Suspend)
}

// awaitStop waits for another program to ask that this one be suspended.
func awaitStop(stops <-chan struct{}) tea.Cmd {
	if stops == nil {
		return nil
	}
	return func() tea.Msg {
		<-stops
		return stoppedMsg{}
	}
}

// themes are those that can be chosen.
var themes = []Theme{Auto, Light, Dark, Mono}

// openThemes lists the themes.
func (m *model) openThemes() {
	var items []item
	for _, t := range themes {
		about := map[Theme]string{Auto: "as the terminal is", Light: "for a light terminal", Dark: "for a dark terminal", Mono: "no colours"}[t]
		items = append(items, item{Name: string(t), About: about, Do: with((*model).setTheme, t)})
	}
	m.openMenu("theme", items)
}

// profile is what the theme and the environment allow.
func (m *model) profile() colorprofile.Profile {
	if m.Theme == Mono || !m.colours {
		return colorprofile.Ascii
	}
	return colorprofile.ANSI // all colours are among the sixteen
}

// setTheme changes the colours.
func (m *model) setTheme(t Theme) tea.Cmd {
	followed := m.auto()
	m.Theme = t
	profile := m.profile()
	draw := []tea.Cmd{func() tea.Msg { return tea.ColorProfileMsg{Profile: profile} }}
	switch {
	case t == Auto:
		draw = append(draw, m.askBackground())
	case followed:
		draw = append(draw, tea.Raw(ansi.ResetModeLightDark))
	}
	if t == Light || t == Dark {
		m.restyle(t == Dark)
	}
	said := "Theme: " + string(t) + "."
	if !m.colours {
		said += " NO_COLOR or CLICOLOR in the environment leaves the colours out."
	}
	return tea.Batch(tea.Sequence(append(draw, tea.ClearScreen)...), m.say(said))
}

// taskbar shows how far a file has been read whose first events are on screen.
func (m *model) taskbar() *tea.ProgressBar {
	part := &m.loading.part
	if !m.loading.on() || !m.loaded() || part.Total <= 0 {
		return nil
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, int(part.Done*100/part.Total))
}
