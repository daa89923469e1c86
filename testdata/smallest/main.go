// Smallest is the smallest Bubble Tea program that fills a screen, at the frame
// rate of dateline: what dateline's first frame and keys are measured against.
package main

import (
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
)

type model struct{ w, h, n int }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if msg.String() == "q" {
			return m, tea.Quit
		}
		m.n++
	}
	return m, nil
}

func (m model) View() tea.View {
	line := strings.Repeat("x", max(0, m.w-8))
	var b strings.Builder
	for y := range m.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "ready %2d", (m.n+y)%100)
		b.WriteString(line)
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
