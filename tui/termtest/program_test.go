package termtest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// TestMain is also the program that the tests run in the terminal.
func TestMain(m *testing.M) {
	if os.Getenv("TERMTEST_PROGRAM") == "" {
		os.Exit(m.Run())
	}
	if _, err := tea.NewProgram(&program{}).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("after the program")
	os.Exit(7)
}

// program prints its input.
type program struct {
	w, h       int
	background string
	keys       []string
	pasted     string
	lines      int
}

func (p *program) Init() tea.Cmd { return tea.RequestBackgroundColor }

func (p *program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		p.background = map[bool]string{true: "dark", false: "light"}[msg.IsDark()]
	case tea.PasteMsg:
		p.pasted = msg.Content
	case tea.KeyPressMsg:
		p.keys = append(p.keys, msg.String())
		switch msg.String() {
		case "q":
			return p, tea.Quit
		case "y":
			return p, tea.SetClipboard("김정은 и Путин")
		case "0":
			p.keys = []string{"0"}
		case "enter":
			p.lines++
		}
	}
	return p, nil
}

func (p *program) View() tea.View {
	red := lipgloss.NewStyle().Foreground(lipgloss.Color("#ff0000")).Bold(true)
	rows := []string{
		fmt.Sprintf("size %dx%d", p.w, p.h),
		"background " + p.background,
		"keys " + strings.Join(p.keys, " "),
		fmt.Sprintf("pasted %q", p.pasted),
		"│김정은│" + red.Render("red") + "│",
		lipgloss.NewStyle().Reverse(true).Render("reversed") + " " +
			lipgloss.NewStyle().Faint(true).Render("faint") + " " +
			lipgloss.NewStyle().Hyperlink("https://example.org/a;b").Render("link"),
		strings.Repeat("선", p.lines),
		"│",
	}
	v := tea.NewView(strings.Join(rows, "\n"))
	v.AltScreen = true
	v.WindowTitle = "Москва; 最近"
	if len(p.keys)%2 == 1 {
		v.Cursor = tea.NewCursor(5, 2)
	}
	return v
}
