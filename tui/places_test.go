package tui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// View was where scrolls were clamped and lines laid out.
func TestViewChangesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range scenes {
		for _, size := range sizes {
			m := start(t, inside(t), size[0], size[1], c.filter)
			press(m, c.keys...)
			press(m, "J", "J", "G")
			before, first := state(m), m.View().Content
			if m.View().Content != first {
				t.Errorf("%s at %v: a second View differs", c.name, size)
			}
			if after := state(m); after != before {
				t.Errorf("%s at %v: View changed the model from\n%s\nto\n%s", c.name, size, before, after)
			}
		}
	}
}

// state writes all that View might change.
func state(m *model) string {
	s := fmt.Sprintf("%+v", *m)
	for _, p := range m.places {
		s += fmt.Sprintf("\n%+v", reflect.ValueOf(p).Elem())
		if p, ok := p.(prompter); ok {
			s += fmt.Sprintf("\n%+v", *p.line())
		}
	}
	return s
}

// ? was done at once, and what was pressed before it after it.
func TestHelpWaitsBehindKeysThatWait(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	cmd := press(m, "f", "actor:ann", "enter")
	press(m, "j", "j", "?")
	if is[*helping](m) {
		t.Fatal("the help overtakes keys that wait")
	}
	settle(m, cmd)
	if !is[*helping](m) || m.list.Row() != 2 {
		t.Errorf("in %s, on row %d; want help, 2", m.top().about(m).name, m.list.Row())
	}
}

// With nothing in the queue the help opens while a filter runs, and Esc closes it
// before it cancels the filter.
func TestHelpOpensWhileAFilterRuns(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	cmd := press(m, "f", "actor:ann", "enter")
	press(m, "?")
	if press(m, "/", "jump"); !is[*helping](m) || !frame(t, m).Contains("narrow: jump") {
		t.Fatalf("in %s:\n%s", m.top().about(m).name, frame(t, m).Golden())
	}
	press(m, "esc", "esc")
	if is[*helping](m) || !m.waiting {
		t.Errorf("in %s, waiting %t", m.top().about(m).name, m.waiting)
	}
	settle(m, cmd)
	if m.query.String() != "actor:ann" || m.shown.Rows.Len() == large {
		t.Errorf("the filter is %q", m.query)
	}
}

// Clicks were done at once, on rows about to change.
func TestMouseWaitsBehindKeysThatWait(t *testing.T) {
	m := startWith(t, Config{Mouse: true}, manyEvents(large), 100, 24, "")
	cmd := press(m, "f", "actor:ann", "enter")
	press(m, "j")
	m.Update(tea.MouseClickMsg{X: 5, Y: m.layout.list.y + 5, Button: tea.MouseLeft})
	if m.list.Row() != 0 || len(m.ahead) != 2 {
		t.Fatalf("on row %d, %d wait", m.list.Row(), len(m.ahead))
	}
	settle(m, cmd)
	if want, _ := m.list.RowAt(5); m.list.Row() != want || want < 2 {
		t.Errorf("on row %d, want %d", m.list.Row(), want)
	}
}

// Letters are keys in the help until / has them narrow it, and Esc goes back to all.
func TestLettersNarrowTheHelpAfterASlash(t *testing.T) {
	for key, closes := range map[string]bool{"j": false, "G": false, "q": true, "esc": true, "?": true, "f1": true, "ctrl+c": true} {
		m := start(t, inside(t), 80, 24, "")
		press(m, "?")
		m.Update(message(key))
		if is[*helping](m) == closes {
			t.Errorf("%s closes the help: %t, want %t", key, !closes, closes)
		}
	}
	m := start(t, inside(t), 80, 24, "")
	press(m, "?", "/", "jq")
	if f := frame(t, m); !f.Contains("narrow: jq") {
		t.Errorf("jq does not narrow the help:\n%s", f.Golden())
	}
	press(m, "ctrl+u", "jump", "enter", "j")
	if f := frame(t, m); !f.Contains("narrowed: jump") {
		t.Errorf("Enter does not keep what is narrowed:\n%s", f.Golden())
	}
	if press(m, "/", "esc"); !is[*helping](m) || of[*helping](m).Typed() != "" {
		t.Errorf("Esc leaves the text %q, in %s", of[*helping](m).Typed(), m.top().about(m).name)
	}
}

// A click on the rows below a picker or a menu took a row that was out of view.
func TestClickBelowAListSelectsNothing(t *testing.T) {
	for _, way := range []string{"a", ":"} {
		m := startWith(t, Config{Mouse: true}, inside(t), 80, 24, "")
		press(m, way)
		before := exact(t, m)
		for y := m.layout.body.y + m.layout.body.h; y < m.h; y++ {
			for range 2 {
				m.Update(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft})
			}
			if exact(t, m) != before {
				t.Errorf("%s: a click in row %d changes the screen", way, y)
			}
		}
	}
}

// The problems of the file before stayed on the page.
func TestProblemsPageFollowsAReload(t *testing.T) {
	file := events(t, 1, "a")
	file.Problems = []string{strings.Repeat("old ", 3)}
	m := start(t, file, 80, 24, "")
	press(m, "p")
	file = events(t, 1, "a")
	file.Problems = []string{"a new problem"}
	reread(m, file)
	if s := frame(t, m); !s.Contains("a new problem") || s.Contains("old") {
		t.Errorf("the page is\n%s", s.Golden())
	}
}

// The help over a question over the brief is left one by one.
func TestQuestionOverAQuestionGoesBackToTheFirst(t *testing.T) {
	m := start(t, inside(t), 80, 24, "topic:treaty")
	saver(m)
	press(m, "B", "p", "f1")
	if !is[*helping](m) || len(m.places) != 4 {
		t.Fatalf("in %s, %d places deep", m.top().about(m).name, len(m.places))
	}
	for _, want := range []string{"ask", "brief", "list"} {
		if press(m, "esc"); m.top().about(m).name != want {
			t.Errorf("Esc leads to %s, want %s", m.top().about(m).name, want)
		}
	}
}
