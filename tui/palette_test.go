package tui

import (
	"strings"
	"testing"

	"dateline/timeline"
)

// The palette has what can be done in the place it is opened in, and goes back
// there.
func TestPaletteOfAPlace(t *testing.T) {
	for _, c := range []struct {
		name, keys, typed string
		want              func(m *model) bool
	}{
		{"the paper of a brief", "B", "paper", func(m *model) bool { return m.mode == briefing && m.paper == timeline.Letter }},
		{"a copy of a brief", "B", "copy-brief", func(m *model) bool {
			return m.mode == briefing && strings.HasPrefix(m.notice.text, "Sent to the terminal")
		}},
		{"out of a brief", "B", "back", func(m *model) bool { return m.mode == browsing }},
		{"a pair", "w", "filter-pair", func(m *model) bool { return m.mode == browsing && !m.query.Empty() }},
		{"a stretch of time", "v", "range-keep", func(m *model) bool { return m.mode == browsing && !m.query.Empty() }},
		{"a page", "P", "quit-now", func(m *model) bool { return true }},
		{"the brief, from the list", "", "paper", func(m *model) bool { return m.mode == briefing && strings.HasPrefix(m.notice.text, "a: fit it to A4") }},
		{"the facets, from the list", "", "exclude-value", func(m *model) bool { return m.focus == onFacets && strings.HasPrefix(m.notice.text, "!: exclude") }},
		{"pairs, from the detail", "tab", "filter-pair", func(m *model) bool { return m.mode == pairing && strings.HasPrefix(m.notice.text, "Enter: filter") }},
		{"time, from the list", "", "range-keep", func(m *model) bool { return m.mode == ranging && strings.HasPrefix(m.notice.text, "Enter: filter") }},
	} {
		for _, size := range [][2]int{{46, 20}, {80, 24}, {200, 60}} {
			m := start(t, inside(t), size[0], size[1], "")
			press(m, strings.Fields(c.keys)...)
			press(m, ":", c.typed, "enter")
			if !c.want(m) {
				t.Errorf("%s at %v: mode %v, notice %q", c.name, size, m.modeName(), m.notice.text)
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

// Whatever the palette names can be chosen wherever the palette opens.
func TestEveryItemOfThePaletteCanBeChosen(t *testing.T) {
	for _, keys := range []string{"", "tab", "enter", "F", "w", "v", "B", "P"} {
		m := start(t, inside(t), 120, 36, "")
		press(m, strings.Fields(keys)...)
		press(m, ":")
		for i := range m.menu.items {
			m := start(t, inside(t), 120, 36, "")
			press(m, strings.Fields(keys)...)
			press(m, ":")
			m.menu.cursor = i
			press(m, "enter")
			frame(t, m)
		}
	}
}
