package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// meetings is a timeline in which A meets B three times, C twice and D once,
// and B meets C once.
func meetings(t *testing.T, a, b, c, d string) File {
	t.Helper()
	var events strings.Builder
	for i, actors := range [][]string{{a, b}, {a, b}, {a, b, c}, {a, c}, {a, d}} {
		fmt.Fprintf(&events, `{"id":"e%d","date":"2024-0%d","title":"A meeting","actors":["%s"],"sources":[{"publisher":"P","title":"T"}]}`+"\n", i, i+1, strings.Join(actors, `","`))
	}
	return read(t, "meetings.jsonl", events.String())
}

func TestCursorOfPairsMovesByCells(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 120, 36, "")
	press(m, "w")
	for _, step := range []struct{ key, want string }{
		{"", "A and B: 3 events, last together March 2024"},
		{"l", "A and C: 2 events, last together April 2024"},
		{"j", "B and C: 1 event, last together March 2024"},
		{"l", "B and D: no event together"},
		{"G", "D: 1 event, last May 2024"},
		{"l", "D: 1 event, last May 2024"},
		{"k", "C and D: no event together"},
		{"h", "C: 2 events, last April 2024"},
		{"h", "B: 3 events, last March 2024"},
		{"j", "C: 2 events, last April 2024"},
		{"g", "A and C: 2 events, last together April 2024"},
		{"down", "B and C: 1 event, last together March 2024"},
		{"up", "A and C: 2 events, last together April 2024"},
	} {
		if step.key != "" {
			press(m, step.key)
		}
		if got := of[*pairing](m).Caption(); got != step.want {
			t.Errorf("after %q: %s, want %s", step.key, got, step.want)
		}
		if !frame(t, m).Contains(step.want) {
			t.Errorf("%q is not on screen", step.want)
		}
	}
}

func TestPairsWithoutRoomForAMatrixAreAList(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 46, 20, "")
	press(m, "w")
	text := frame(t, m).Text()
	at := 0
	for _, want := range []string{">A and B ", " A and C ", " A and D ", " B and C "} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("no %q in its place:\n%s", want, text)
		}
		at += i
	}
	press(m, "G", "k", "enter")
	if got, want := m.query.String(), "actor:A actor:D"; got != want {
		t.Errorf("Enter wrote %s, want %s", got, want)
	}
}

func TestPairIsWrittenAsTwoTerms(t *testing.T) {
	for _, c := range []struct {
		filter string
		keys   []string
		want   string
		place  string
	}{
		{"", []string{"w", "enter"}, "actor:A actor:B", "list"},
		{"since:2024-02", []string{"w", "enter"}, "since:2024-02 actor:A actor:B", "list"},
		{"actor:B", []string{"w", "enter"}, "actor:B actor:A", "list"},
		{"", []string{"w", "h", "enter"}, "actor:A", "list"},
		{"", []string{"w", "l", "l", "j", "enter"}, "", "pairs"}, // B and D never meet
		{"", []string{"w", "esc"}, "", "list"},
		{"", []string{"w", "w"}, "", "list"},
		{"", []string{"w", "q"}, "", "list"},
		{"actor:nobody", []string{"w", "enter"}, "actor:nobody", "pairs"},
	} {
		m := start(t, meetings(t, "A", "B", "C", "D"), 80, 24, c.filter)
		press(m, c.keys...)
		if got := m.query.String(); got != c.want || m.top().about(m).name != c.place {
			t.Errorf("%q, then %v: %s in in %s, want %s in in %s", c.filter, c.keys, got, m.top().about(m).name, c.want, c.place)
		}
	}
}

func TestPairsStandUprightInKorean(t *testing.T) {
	file := meetings(t, "김정은", "블라디미르 푸틴", "조선민주주의인민공화국", "최선희")
	for _, size := range sizes {
		m := start(t, file, size[0], size[1], "")
		press(m, "w", "l")
		s := frame(t, m)
		if !s.Contains("김정은") || !s.Contains("블라디미르") {
			t.Errorf("at %v:\n%s", size, s.Golden())
		}
	}
}

// The matrix follows a reload.
func TestPairsAreThoseOfTheFileReadAgain(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 120, 36, "")
	press(m, "w", "l")
	m.Update(partMsg{Part{File: meetings(t, "C", "X", "A", "D"), Last: true}})
	if got, want := of[*pairing](m).Caption(), "C and A: 2 events, last together April 2024"; got != want {
		t.Errorf("read again, the cursor is on %s; want %s", got, want)
	}
}

func TestClickOnACellGoesThere(t *testing.T) {
	for _, size := range sizes {
		m := start(t, meetings(t, "A", "B", "C", "D"), size[0], size[1], "")
		m.Mouse = true
		press(m, "w", "l")
		x, y, ok := frame(t, m).Find(">")
		if !ok {
			t.Fatalf("no cursor at %v", size)
		}
		press(m, "k", "h")
		was := of[*pairing](m).Caption()
		for range 2 {
			m.Update(tea.MouseClickMsg{X: x + 1, Y: y, Button: tea.MouseLeft})
		}
		if !is[*browsing](m) || m.query.Empty() {
			t.Errorf("at %v two clicks on %d,%d from %q lead to in %s and %q", size, x, y, was, m.top().about(m).name, m.query)
		}
	}
}

func TestPairsOfManyEventsAreCountedBesideTheFrames(t *testing.T) {
	for _, size := range sizes {
		m := start(t, crowd(t, large, 10), size[0], size[1], "")
		counted := press(m, "w")
		if s := frame(t, m); !s.Contains("Counting the events shown…") {
			t.Errorf("at %v:\n%s", size, s.Golden())
		}
		press(m, "j", "k")
		settle(m, counted)
		if s := frame(t, m); !is[*pairing](m) || s.Contains("Counting") || !s.Contains("2,000 ") {
			t.Errorf("at %v, in in %s:\n%s", size, m.top().about(m).name, s.Golden())
		}
		press(m, "esc")
		counted = press(m, "w")
		press(m, "enter") // which waits for what it acts on
		settle(m, counted)
		if !is[*browsing](m) || len(m.query.Terms()) != 2 {
			t.Errorf("at %v, in in %s, Enter wrote %q", size, m.top().about(m).name, m.query)
		}
	}
}
