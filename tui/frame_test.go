package tui

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui/termtest"
)

// sizes are the screens of which every layout has a golden frame.
var sizes = [][2]int{{46, 20}, {80, 24}, {120, 36}, {200, 60}}

// frozen is a copy of the timeline that the program ships with, read once.
var frozen = sync.OnceValues(func() (File, error) {
	text, err := os.ReadFile("../timeline/testdata/frozen.json")
	if err != nil {
		return File{}, err
	}
	return readFile("events.json", string(text))
})

// inside returns the frozen timeline, which tests share as it does not change.
func inside(t testing.TB) File {
	t.Helper()
	file, err := frozen()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t testing.TB, name, text string) File {
	t.Helper()
	file, err := readFile(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func readFile(name, text string) (File, error) {
	tl, report, err := format.Read(format.File{Name: name, Text: text})
	if err != nil {
		return File{}, err
	}
	file := File{Timeline: tl, Name: name, Digest: func() string { return "0123456789abcdef0123" }}
	for _, p := range report.Problems {
		file.Problems = append(file.Problems, p.String())
	}
	if report.LeftOut > 0 {
		file.LeftOut = fmt.Sprintf("%d of %d events left out", report.LeftOut, report.Found)
	}
	return file, nil
}

// start returns the viewer as it is once file is read, on a screen of w by h.
func start(t testing.TB, file File, w, h int, filter string) *model {
	t.Helper()
	return startWith(t, Config{}, file, w, h, filter)
}

// startWith is start with a configuration.
func startWith(t testing.TB, cfg Config, file File, w, h int, filter string) *model {
	t.Helper()
	query, err := timeline.ParseQuery(filter)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Load == nil {
		cfg.Load = func() Loading { return Loading{Shown: func() {}, Stop: func() {}} } // it never ends
	}
	cfg.Query, cfg.Today, cfg.Browse = query, today(), func(string) error { return errors.New("no browser here") }
	m := newModel(cfg)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	_, cmd := m.Update(partMsg{Part{File: file, Last: true}})
	settle(m, cmd)
	return m
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace}, "f1": {Code: tea.KeyF1}, "f5": {Code: tea.KeyF5},
	"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+l": {Code: 'l', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl},
	"ctrl+a": {Code: 'a', Mod: tea.ModCtrl}, "alt+d": {Code: 'd', Mod: tea.ModAlt}, "alt+delete": {Code: tea.KeyDelete, Mod: tea.ModAlt},
}

// press types keys: a name, or text letter by letter. It returns the command of
// the last one.
func press(m *model, keys ...string) (cmd tea.Cmd) {
	for _, k := range keys {
		if msg, ok := named[k]; ok {
			_, cmd = m.Update(msg)
			written(m)
			continue
		}
		for _, r := range k {
			_, cmd = m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			written(m)
		}
	}
	return cmd
}

// written waits for the writes of the model, and gives it their results.
func written(m *model) {
	for _, q := range []*queue{&m.keeping, &m.exporting} {
		for q.now != nil {
			<-q.now.ended
			m.Update(wroteMsg{q, q.now})
		}
	}
}

// frame returns the screen, and checks that the frame has exactly its size.
func frame(t testing.TB, m *model) *termtest.Screen {
	t.Helper()
	return termtest.Draw(exact(t, m), m.w, m.h, false)
}

// exact returns the frame, and checks that it has exactly the screen's size.
func exact(t testing.TB, m *model) string {
	t.Helper()
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

// scenes are ways into every place, each with something to look at.
var scenes = []struct {
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
	{"margin", "since:2024-09", []string{"m", "j", "m", "m", "j", "e", "ask about 김정은", "enter"}},
	{"pick", "status:disputed", []string{"a", "kim"}},
	{"search", "", []string{"/", "treaty", "enter"}},
	{"searching", "", []string{"/", "trea"}},
	{"filtering", "", []string{"f", "actr:kim"}},
	{"going", "", []string{"t", "2024-6"}},
	{"asking", "", []string{"e", "ask about 김정은"}},
	{"nothing", "actor:putin place:tokyo topic:nuclear", nil},
	{"facets", "status:disputed topic:arms-transfer", []string{"F", "j", "j"}},
	{"who", "since:2024", []string{"w", "j"}},
	{"brief", `topic:treaty`, []string{"B"}},
	{"saving", `topic:treaty`, []string{"B", "p"}},
	{"bottom-line", `topic:treaty`, []string{"B", "l", "Ask for the text of the treaty."}},
	{"finding", `topic:treaty`, []string{"B", "/", "partnership"}},
	{"counting", `topic:treaty`, []string{"120"}},
	{"why", `topic:treaty`, []string{"B", "W", "/", "treaty", "enter"}},
	{"problems", "", []string{"p"}},
	{"messages", "", []string{"m", "P"}},
	{"palette", "", []string{":", "month"}},
	{"sources", "", []string{"s", "j"}},
	{"copying", "", []string{"Y"}},
	{"views", "", []string{"V"}},
	{"ranging", "", []string{"v", "l", "l"}},
	{"help", "", []string{"?"}},
	{"narrowed", "", []string{"?", "/", "mark"}},
}

// sceneAt shows one of them, in a program with everything configured.
func sceneAt(t *testing.T, n, w, h int, dark bool) *termtest.Screen {
	t.Helper()
	c := scenes[n]
	var kept shelf
	kept.views = []View{{Name: "pre-meeting", Order: "newest", Zoom: "week"}}
	m := startWith(t, kept.config(), inside(t), w, h, c.filter)
	saver(m)
	m.restyle(dark)
	press(m, c.keys...)
	m.notice.text = ""
	return frame(t, m)
}

func TestFramesAreAsDrawn(t *testing.T) {
	for n, c := range scenes {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				dark, light := sceneAt(t, n, size[0], size[1], true).Golden(), sceneAt(t, n, size[0], size[1], false).Golden()
				if dark != light {
					t.Errorf("a light terminal shows other text:\n%s", light)
				}
				termtest.Golden(t, name, dark)
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

// TestColoursRepeatWords draws the styles of every place, a letter a cell, with
// the letters' colours in a dark and in a light terminal.
func TestColoursRepeatWords(t *testing.T) {
	t.Parallel()
	for n, c := range scenes {
		name := "colours-" + c.name
		t.Run(name, func(t *testing.T) {
			grid, dark := styleGrid(sceneAt(t, n, 80, 24, true))
			other, light := styleGrid(sceneAt(t, n, 80, 24, false))
			if grid != other {
				t.Errorf("a light terminal has other styles:\n%s", other)
			}
			termtest.Golden(t, name, grid+"\ndark\n"+dark+"\nlight\n"+light)
		})
	}
}

// styleGrid draws a letter for each cell: R reversed, b bold, f faint, and a
// digit for a colour, which it lists.
func styleGrid(s *termtest.Screen) (grid, colours string) {
	var b, legend strings.Builder
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
				fmt.Fprintf(&legend, "%c is %s\n", c, fg)
			}
		}
	}
	return b.String(), legend.String()
}

// TestASCIIDrawsNothingElse looks at panes with ASCII data only.
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
