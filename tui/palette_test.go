package tui

import (
	"dateline/timeline/brief"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// The palette has the actions of the place it is opened in, and goes back there.
func TestPaletteOfAPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, keys, typed string
		want              func(m *model) bool
	}{
		{"the paper of a brief", "B", "paper", func(m *model) bool { return is[*briefing](m) && m.asked.Paper == brief.Letter }},
		{"a copy of a brief", "B", "copy-brief", func(m *model) bool {
			return is[*briefing](m) && strings.HasPrefix(m.notice.text, "Sent to the terminal")
		}},
		{"out of a brief", "B", "back", func(m *model) bool { return is[*browsing](m) }},
		{"a pair", "w", "filter-pair", func(m *model) bool { return is[*browsing](m) && !m.query.Empty() }},
		{"a period", "v", "range-keep", func(m *model) bool { return is[*browsing](m) && !m.query.Empty() }},
		{"out of a page", "P", "back", func(m *model) bool { return is[*browsing](m) }},
		{"the brief, from the list", "", "paper", func(m *model) bool {
			return is[*briefing](m) && strings.HasPrefix(m.notice.text, "Press a to fit the brief to A4")
		}},
		{"the facets, from the list", "", "exclude-value", func(m *model) bool {
			return m.focus == onFacets && strings.HasPrefix(m.notice.text, "Press ! to exclude")
		}},
		{"pairs, from the detail", "tab", "filter-pair", func(m *model) bool {
			return is[*pairing](m) && strings.HasPrefix(m.notice.text, "Press Enter to filter")
		}},
		{"the list, from a brief", "B", "order", func(m *model) bool { return is[*browsing](m) && m.shown.Newest }},
		{"the list, from a period", "v", "filter", func(m *model) bool { return is[*filtering](m) && !m.histogram.Selecting() }},
		{"the list, from pairs", "w", "pick-actors", func(m *model) bool { return is[*picking](m) }},
		{"the list, from the facets", "F", "search", func(m *model) bool { return is[*searching](m) }},
		{"a date, from a brief", "B", "2024-06-19", func(m *model) bool {
			return is[*browsing](m) && m.shown.Date(m.list.Event()).String() == "2024-06-19"
		}},
		{"time, from the list", "", "range-keep", func(m *model) bool {
			return is[*ranging](m) && strings.HasPrefix(m.notice.text, "Press Enter to filter")
		}},
	} {
		for _, size := range [][2]int{{46, 20}, {80, 24}, {200, 60}} {
			m := start(t, inside(t), size[0], size[1], "")
			press(m, strings.Fields(c.keys)...)
			press(m, ":", c.typed, "enter")
			if s := frame(t, m); !c.want(m) || !s.Contains(m.notice.text[:min(len(m.notice.text), 20)]) {
				t.Errorf("%s: in %s, notice %q:\n%s", c.name, m.top().about(m).name, m.notice.text, s.Golden())
			}
		}
	}

	for _, keys := range []string{"B", "w", "v", "P", "F"} {
		m := start(t, inside(t), 80, 24, "")
		press(m, keys)
		before := frame(t, m).Golden()
		press(m, ":", "x", "esc")
		if got := frame(t, m).Golden(); got != before {
			t.Errorf("%s: after the palette is left: got\n%s\nwant\n%s", keys, got, before)
		}
	}
}

// Every item can be chosen wherever the palette opens.
func TestEveryItemOfThePaletteCanBeChosen(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{"", "tab", "enter", "F", "w", "v", "B", "P"} {
		m := start(t, inside(t), 120, 36, "topic:treaty")
		press(m, strings.Fields(keys)...)
		press(m, ":")
		for i := range of[*choosing](m).Items {
			m := start(t, inside(t), 120, 36, "topic:treaty")
			press(m, strings.Fields(keys)...)
			press(m, ":")
			of[*choosing](m).Move(i)
			press(m, "enter")
			frame(t, m)
		}
	}
}

// An action chosen from the palette waits as its key would, also when it is
// clicked.
func TestWhatIsChosenWaitsForTheBrief(t *testing.T) {
	for _, clicked := range []bool{false, true} {
		m := startWith(t, Config{Mouse: true}, manyEvents(large), 100, 24, "topic:treaty")
		cmd := press(m, "B")
		press(m, ":", "copy-brief")
		if clicked {
			m.Update(tea.MouseClickMsg{X: 1, Y: m.layout.body.y + 2, Button: tea.MouseLeft})
		} else {
			press(m, "enter")
		}
		if !is[*briefing](m) || len(m.ahead) != 1 {
			t.Fatalf("mode %s, %d things wait", m.top().about(m).name, len(m.ahead))
		}
		settle(m, cmd)
		if briefOf(m) == nil || !strings.HasPrefix(m.notice.text, "Sent to the terminal") {
			t.Errorf("said %q", m.notice.text)
		}
	}
}
