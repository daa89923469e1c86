package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// keysOfMap lists every key of the key map, as messages.
func keysOfMap() []tea.KeyPressMsg {
	var msgs []tea.KeyPressMsg
	seen := map[string]bool{}
	for _, a := range actions() {
		for _, name := range a.Keys() {
			if !seen[name] {
				seen[name] = true
				msgs = append(msgs, message(name))
			}
		}
	}
	return msgs
}

// message makes the key press of a binding's name.
func message(name string) tea.KeyPressMsg {
	msg, ok := keyNamed(name)
	if !ok {
		panic("no key is called " + name)
	}
	return msg
}

func TestEveryNameOfAKeyIsThatOfItsMessage(t *testing.T) {
	for _, msg := range keysOfMap() {
		if !key.Matches(msg, key.NewBinding(key.WithKeys(msg.String()))) || msg.String() == "" {
			t.Errorf("%v has no name", msg)
		}
	}
}

// ways lead into each place, from browsing.
var ways = map[string][]string{
	"browsing": nil, "reading": {"enter"}, "detail": {"tab"}, "searching": {"/", "kim"}, "filtering": {"f", "actor:"},
	"picking": {"a", "p"}, "briefing": {"B"}, "helping": {"?"}, "narrowing help": {"?", "/", "mark"}, "palette": {":"}, "narrowing palette": {":", "mark"}, "sources": {"s"}, "listing": {"p"}, "facets": {"F"}, "facets at the end": {"F", "G"}, "who": {"w"}, "who of nobody": {"f", "actor:nobody", "enter", "w"}, "messages": {"m", "P"}, "found": {"/", "kim", "enter"}, "ranging": {"v"}, "ranging far": {"z", "v", "G"}, "nothing": {"f", "actor:nobody", "enter"},
	"going": {"t", "2024"}, "asking": {"e", "x"}, "asking over the brief": {"B", "p"}, "copying": {"Y"}, "marked": {"m", "'"},
}

func TestEveryKeyInEveryPlaceKeepsTheFrameWhole(t *testing.T) {
	t.Parallel()
	file := inside(t)
	sizes := [][2]int{{46, 20}, {160, 20}, {120, 36}, {30, 8}, {1, 1}}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range sizes {
				for _, msg := range keysOfMap() {
					m := start(t, file, size[0], size[1], "")
					press(m, way...)
					m.Update(msg)
					if exact(t, m); t.Failed() {
						t.Fatalf("at %v, then %s", size, msg)
					}
				}
			}
		})
	}
}

func TestRandomKeysAndSizesKeepTheFrameWhole(t *testing.T) {
	t.Parallel()
	file := inside(t)
	keys := keysOfMap()
	rng := rand.New(rand.NewPCG(1, 2))
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	for round := range rounds {
		m := start(t, file, 80, 24, "")
		var typed []string
		for range 150 {
			switch rng.IntN(8) {
			case 0:
				m.Update(tea.WindowSizeMsg{Width: 1 + rng.IntN(220), Height: 1 + rng.IntN(70)})
			case 1:
				r := []rune("김путin -\"(:|/")[rng.IntN(13)]
				m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			default:
				msg := keys[rng.IntN(len(keys))]
				typed = append(typed, msg.String())
				m.Update(msg)
			}
			if exact(t, m); t.Failed() {
				t.Fatalf("round %d, after %v", round, typed)
			}
		}
	}
}

func TestEscNeverQuits(t *testing.T) {
	m := start(t, inside(t), 80, 24, "actor:putin since:2024")
	press(m, "/", "treaty", "enter", "enter")
	for range 10 {
		if cmd := press(m, "esc"); cmd != nil && !strings.HasPrefix(m.notice.text, "Dropped ") {
			t.Fatal("Esc asked for something of the program")
		}
	}
	if !m.query.Empty() || m.shown.Search.Needle != "" || m.reading {
		t.Errorf("after ten times Esc: filter %q, search %q, reading %v; want none", m.query, m.shown.Search.Needle, m.reading)
	}
}

func TestEscGoesBackOneLayerAtATime(t *testing.T) {
	m := start(t, inside(t), 80, 24, "actor:putin since:2024")
	press(m, "/", "treaty", "enter", "enter", "B")
	for _, want := range []string{
		"detail, search, 2 terms", "list, search, 2 terms", "list, 2 terms", "list, 1 terms", "list, 0 terms", "list, 0 terms",
	} {
		press(m, "esc")
		got := m.top().about(m).name
		if m.shown.Search.Needle != "" {
			got += ", search"
		}
		if got += fmt.Sprintf(", %d terms", len(m.query.Terms())); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestPickerWritesTheFilter(t *testing.T) {
	file := inside(t)
	for _, c := range []struct {
		filter string
		keys   []string
		want   string
	}{
		{"", []string{"a", "putin", "enter"}, `actor:"Vladimir Putin"`},
		{"", []string{"a", "김정은", "enter"}, `actor:"Kim Jong Un"`},
		{"", []string{"a", "КИМ ЧЕН"[:6], "enter"}, `actor:"Kim Jong Un"`},
		{"", []string{"a", "lavrov", "space", "ctrl+u", "peskov", "space", "enter"}, `actor:"Sergei Lavrov","Dmitry Peskov"`},
		{"", []string{"a", "kimjongun", "!", "enter"}, `-actor:"Kim Jong Un"`},
		{"topic:un", []string{"a", "lavrov", "enter"}, `topic:un actor:"Sergei Lavrov"`},
		{"actor:putin", []string{"a", "lavrov", "enter"}, `actor:"Sergei Lavrov"`},
		{`actor:"Vladimir Putin"`, []string{"a", "lavrov", "space", "enter"}, `actor:"Vladimir Putin","Sergei Lavrov"`},
		{`actor:"Vladimir Putin"`, []string{"a", "putin", "space", "enter"}, ``},
		{`actor:putin actor:"Kim Jong Un"`, []string{"a", "lavrov", "enter"}, `actor:putin actor:"Sergei Lavrov"`},
		{`actor:putin actor:"Kim Jong Un"`, []string{"a", "lavrov", "space", "enter"}, `actor:putin actor:"Kim Jong Un","Sergei Lavrov"`},
		{`actor:putin actor:"Kim Jong Un"`, []string{"a", "putin", "space", "enter"}, `actor:"Kim Jong Un"`},
		{"actor:putin", []string{"a", "lavrov", "esc"}, `actor:putin`},
	} {
		m := start(t, file, 80, 24, c.filter)
		press(m, c.keys...)
		if got := m.query.String(); got != c.want {
			t.Errorf("%q, then %v: got %s, want %s", c.filter, c.keys, got, c.want)
		}
	}
}

func TestSearchMovesAndHidesNothing(t *testing.T) {
	m := start(t, inside(t), 80, 24, "")
	all := m.shown.Rows.Len()
	press(m, "/", "treaty", "enter")
	first := m.list.Event()
	if n := m.shown.Rows.Len(); n != all {
		t.Fatalf("a search hid %d events", all-n)
	}
	press(m, "n")
	if m.list.Event() <= first {
		t.Errorf("n went from event %d to %d", first, m.list.Event())
	}
	press(m, "N")
	if m.list.Event() != first {
		t.Errorf("N went to event %d, want back to %d", m.list.Event(), first)
	}
	press(m, "/", "submarine", "esc")
	if m.list.Event() != first || m.shown.Search.Text != "treaty" {
		t.Errorf("Esc left event %d and search %q, want %d and treaty", m.list.Event(), m.shown.Search.Text, first)
	}
}

func TestCursorStaysOnItsEventThroughFilterAndOrder(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	press(m, "/", "closest comrade", "enter", "esc")
	at := m.list.Event()
	press(m, "S")
	if m.list.Event() != at {
		t.Errorf("S moved the cursor from %d to %d", at, m.list.Event())
	}
	press(m, "a", "putin", "enter")
	if m.list.Event() != at {
		t.Errorf("the filter moved the cursor from %d to %d", at, m.list.Event())
	}
	if shows := ansi.Strip(m.detail.View(m.styles)[0]); !strings.HasPrefix(m.shown.Event(at).Title, strings.TrimSpace(shows)) {
		t.Errorf("the detail shows %q, want event %d", shows, at)
	}
}

func TestEnterGoesFromClaimToAnswerAndBack(t *testing.T) {
	m := start(t, inside(t), 120, 36, "id:2023-09-05-us-warns-arms-talks,2023-09-15-kremlin-denies-agreements")
	claim := m.list.Event()
	press(m, "enter", "enter")
	if m.list.Event() == claim {
		t.Fatal("Enter did not leave the claim")
	}
	press(m, "enter")
	if m.list.Event() != claim {
		t.Fatal("Enter did not come back to the claim")
	}
}

// TestFrameCostDoesNotGrowWithTheTimeline holds that panes draw only the rows in
// view.
func TestFrameCostDoesNotGrowWithTheTimeline(t *testing.T) {
	many := 100_000
	if testing.Short() {
		many = 20_000
	}
	allocs := func(file File, zoomed string) float64 {
		m := start(t, file, 120, 36, "")
		press(m, zoomed, "d", "d")
		return testing.AllocsPerRun(20, func() {
			press(m, "j", "k")
			m.View()
		})
	}
	little, large := madeUp(1000), madeUp(many)
	for _, zoomed := range []string{"", "zz"} {
		if few, many := allocs(little, zoomed), allocs(large, zoomed); many > few*1.25 { // fewer headings, more rows
			t.Errorf("%q: a frame takes %.0f allocations with %d events and %.0f with 1,000", zoomed, many, large.Timeline.Len(), few)
		}
	}
}

func TestNoKeyMeansTwoThings(t *testing.T) {
	names := map[string]bool{}
	for _, a := range actions() {
		if names[a.name] {
			t.Errorf("two actions are called %s", a.name)
		}
		names[a.name] = true
	}
	for _, fault := range keyMap(actions()).conflicts() {
		t.Error(fault.Text)
	}
}

func TestKeyWithoutAMeaningSaysSo(t *testing.T) {
	m := start(t, inside(t), 80, 24, "")
	press(m, "0")
	if want := "0 does nothing here; ? lists the keys."; m.notice.text != want {
		t.Errorf("it says %q, want %q", m.notice.text, want)
	}
}

func TestFocusIsOnAPaneThatIsThere(t *testing.T) {
	m := start(t, inside(t), 100, 30, "")
	press(m, "tab")
	m.Update(tea.WindowSizeMsg{Width: 50, Height: 20})
	if m.layout.detail.empty() {
		t.Error("the detail has the focus and no room")
	}
}

// The term that Esc drops was cut where the chips did not fit.
func TestLastTermIsInView(t *testing.T) {
	m := start(t, inside(t), 46, 20, "topic:arms-transfer status:confirmed since:2023 until:2024")
	if s := frame(t, m); !s.Contains(" until:2024 ") {
		t.Errorf("the last term is not there:\n%s", s.Golden())
	}
}

// A click on the bar of a month said that it had no event.
func TestClickOnABarGoesToItsFirstEvent(t *testing.T) {
	m := startWith(t, Config{Mouse: true}, inside(t), 120, 36, "")
	gone := map[int]bool{}
	for x := range m.layout.histogram.w {
		from, to, ok := m.histogram.DaysAt(x)
		if !ok {
			continue
		}
		m.Update(tea.MouseClickMsg{X: x, Y: 1, Button: tea.MouseLeft})
		m.Update(tea.MouseReleaseMsg{X: x, Y: 1, Button: tea.MouseLeft})
		landed := m.shown.Day(m.list.Event())
		if within := from <= landed && landed <= to; within != (m.notice.text == "") {
			t.Errorf("column %d, %s to %s, went to %s: %q", x, from, to, landed, m.notice.text)
		} else if within && from < landed {
			gone[m.list.Event()] = true
		}
		m.hush()
	}
	if len(gone) == 0 {
		t.Error("every bar begins with an event")
	}
}

// Each motion scrolled the histogram under the pointer.
func TestDraggingSelectsWhatThePointerPasses(t *testing.T) {
	m := startWith(t, Config{Mouse: true}, inside(t), 120, 36, "")
	press(m, "t", "2024-06-19", "enter", "z")
	x := 0
	for ; ; x++ {
		if _, _, ok := m.histogram.DaysAt(x); ok {
			break
		}
	}
	want, _, _ := m.histogram.DaysAt(x + 40)
	m.Update(tea.MouseClickMsg{X: x, Y: 1, Button: tea.MouseLeft})
	for dx := range 40 {
		m.Update(tea.MouseMotionMsg{X: x + dx + 1, Y: 1, Button: tea.MouseLeft})
	}
	if _, got := m.histogram.Selected(); got != want {
		t.Errorf("selected to %d, want %d", got, want)
	}
}

// On a narrow screen an address that was copied was cut off.
func TestWhatIsSaidIsSaidWhole(t *testing.T) {
	m := start(t, inside(t), 46, 20, "")
	m.say("In tmux's buffer, and sent to the terminal's clipboard: http://www.kcna.kp/en/article/q/9939293f2c72823021067600ce0db105.kcmsf END")
	if s := frame(t, m); !s.Contains("http://www.kcna.kp/") || !s.Contains("END") {
		t.Errorf("it is cut:\n%s", s.Golden())
	}
}

// A crash: the textinput looked for a word behind the last character.
func TestDeletingTheWordThatIsTheLastCharacter(t *testing.T) {
	for _, keys := range []string{"alt+d", "alt+delete"} {
		m := start(t, events(t, 1, "a"), 100, 30, "")
		press(m, "f", "ab", "left", keys)
		if got := typed(m); got != "a" {
			t.Errorf("%s leaves %q, want a", keys, got)
		}
		press(m, "ctrl+a", keys, keys)
		if got := typed(m); got != "" {
			t.Errorf("%s leaves %q, want nothing", keys, got)
		}
	}
}
