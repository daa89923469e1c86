package tui

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui/termtest"
)

// sizes are those that every layout has a golden frame at.
var sizes = [][2]int{{46, 20}, {80, 24}, {120, 36}, {200, 60}}

// inside is the timeline that the program ships with.
func inside(t testing.TB) File {
	t.Helper()
	text, err := os.ReadFile("../events.json")
	if err != nil {
		t.Fatal(err)
	}
	return read(t, "events.json", string(text))
}

func read(t testing.TB, name, text string) File {
	t.Helper()
	tl, report, err := format.Read(format.File{Name: name, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	file := File{Timeline: tl, Name: name, Digest: func() string { return "0123456789abcdef0123" }}
	for _, p := range report.Problems {
		file.Problems = append(file.Problems, p.String())
	}
	if report.LeftOut > 0 {
		file.LeftOut = fmt.Sprintf("%d of %d events left out", report.LeftOut, report.Found)
	}
	return file
}

// start returns the viewer as it is once file is read, on a screen of w by h.
func start(t testing.TB, file File, w, h int, filter string) *model {
	t.Helper()
	return startWith(t, Config{}, file, w, h, filter)
}

// startWith is start with more of the world.
func startWith(t testing.TB, cfg Config, file File, w, h int, filter string) *model {
	t.Helper()
	query, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Query, cfg.Today, cfg.Browse = query, "8 October 2024", func(string) error { return errors.New("no browser here") }
	m := newModel(cfg)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.Update(loadedMsg{file: file})
	return m
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace}, "f1": {Code: tea.KeyF1}, "f5": {Code: tea.KeyF5},
	"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+l": {Code: 'l', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl},
}

// press types keys: a name, or text letter by letter. It returns what the last
// one asked of the program.
func press(m *model, keys ...string) (cmd tea.Cmd) {
	for _, k := range keys {
		if msg, ok := named[k]; ok {
			_, cmd = m.Update(msg)
			continue
		}
		for _, r := range k {
			_, cmd = m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return cmd
}

// frame returns what is on screen, having checked that it is exactly as large.
func frame(t testing.TB, m *model) *termtest.Screen {
	t.Helper()
	return termtest.Draw(exact(t, m), m.w, m.h, false)
}

// exact returns the frame, having checked that it has exactly the screen's size.
func exact(t testing.TB, m *model) string {
	t.Helper()
	if m.facets.counting {
		m.Update(talliedMsg{tally(m.t, m.query)})
	}
	content := m.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) != m.h {
		t.Errorf("the frame has %d rows, want %d", len(lines), m.h)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w != m.w {
			t.Errorf("row %d has %d cells, want %d: %q", y, w, m.w, ansi.Strip(line))
		}
	}
	return content
}

func TestFramesAreAsDrawn(t *testing.T) {
	file := inside(t)
	for _, c := range []struct {
		name   string
		filter string
		keys   []string
	}{
		{"browse", "", nil},
		{"filtered", `actor:"Vladimir Putin"`, []string{"j", "j"}},
		{"read", "", []string{"]", "]", "]", "enter"}},
		{"dispute", "id:2023-09-05-us-warns-arms-talks,2023-09-15-kremlin-denies-agreements", []string{"enter"}},
		{"end", "", []string{"G"}},
		{"newest", "since:2024-09", []string{"S", "g"}},
		{"pick", "status:disputed", []string{"a", "kim"}},
		{"search", "", []string{"/", "treaty", "enter"}},
		{"filtering", "", []string{"f", "actr:kim"}},
		{"nothing", "actor:putin place:tokyo topic:nuclear", nil},
		{"facets", "status:disputed topic:arms-transfer", []string{"F", "j", "j"}},
		{"who", "since:2024", []string{"w", "j"}},
		{"brief", `topic:treaty`, []string{"B"}},
		{"help", "", []string{"?"}},
	} {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				m := start(t, file, size[0], size[1], c.filter)
				press(m, c.keys...)
				m.notice.text = ""
				termtest.Golden(t, name, frame(t, m).Golden())
			})
		}
	}
}

func TestSmallScreensDropPartsInOrder(t *testing.T) {
	file := inside(t)
	for _, size := range [][2]int{{40, 12}, {30, 8}, {29, 8}, {80, 15}, {80, 11}, {80, 9}} {
		name := fmt.Sprintf("small-%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			termtest.Golden(t, name, frame(t, start(t, file, size[0], size[1], "actor:putin")).Golden())
		})
	}
}

// TestColoursRepeatWords draws the styles of two screens, a letter a cell, for
// a dark and for a light terminal.
func TestColoursRepeatWords(t *testing.T) {
	file := inside(t)
	for _, dark := range []bool{true, false} {
		name := map[bool]string{true: "colours-dark", false: "colours-light"}[dark]
		t.Run(name, func(t *testing.T) {
			m := start(t, file, 80, 24, "since:2024-06 actor:putin")
			m.restyle(dark)
			press(m, "j")
			screen := frame(t, m)
			termtest.Golden(t, name, screen.Golden()+"\n"+styleGrid(screen))
		})
	}
}

// styleGrid draws a letter for each cell: R reversed, b bold, f faint, and a
// digit or a letter for a colour.
func styleGrid(s *termtest.Screen) string {
	var b strings.Builder
	seen := map[string]byte{}
	for y := range s.Height {
		for x := range s.Width {
			c := byte('.')
			switch fg := s.Foreground(x, y); {
			case s.Reversed(x, y):
				c = 'R'
			case fg != "":
				if _, ok := seen[fg]; !ok {
					seen[fg] = byte('0' + len(seen))
				}
				c = seen[fg]
			case s.Bold(x, y):
				c = 'b'
			case s.Faint(x, y):
				c = 'f'
			}
			b.WriteByte(c)
		}
		b.WriteByte('\n')
	}
	for i := range len(seen) {
		for fg, c := range seen {
			if c == byte('0'+i) {
				fmt.Fprintf(&b, "%c is %s\n", c, fg)
			}
		}
	}
	return b.String()
}

// TestASCIIDrawsNothingElse looks at panes whose data is ASCII but for the signs
// that the program itself draws.
func TestASCIIDrawsNothingElse(t *testing.T) {
	for filter, file := range map[string]File{"topic:submarine": inside(t), "": coarse(t)} {
		for _, size := range sizes {
			for _, way := range [][]string{nil, {"enter"}, {"?"}, {"f", "kim"}, {"F"}, {"w"}, {"z", "z"}, {"v", "l"}} {
				m := start(t, file, size[0], size[1], filter)
				m.ASCII = true
				press(m, way...)
				for _, r := range exact(t, m) {
					if r > '~' {
						t.Errorf("%v at %v draws %q", way, size, r)
					}
				}
			}
		}
	}
}
