// Smallest is the smallest Bubble Tea program that fills a screen with rows and
// scrolls them by one with each key, at dateline's frame rate: the baseline for its
// first frame and its keys. Ctrl-C ends it.
package main

import (
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
)

type model struct{ w, h, top int }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return m, tea.Quit
		}
		m.top++
	}
	return m, nil
}

func (m model) View() tea.View {
	rest := strings.Repeat("x", max(0, m.w-8))
	var b strings.Builder
	for y := range m.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "row %3d %s", (m.top+y)%1000, rest)
	}
	v := tea.NewView(b.String())
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(model{}, tea.WithFPS(120)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
