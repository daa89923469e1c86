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

func TestCursorsOfPairsMoveInTwoLists(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 120, 36, "")
	press(m, "w")
	for _, step := range []struct{ key, want string }{
		{"", "A with B: 3 events, last 1 Mar 2024"},
		{"j", "B with A: 3 events, last 1 Mar 2024"},
		{"l", "B with A: 3 events, last 1 Mar 2024"},
		{"j", "B with C: 1 event, last 1 Mar 2024"},
		{"G", "B with C: 1 event, last 1 Mar 2024"},
		{"h", "B with C: 1 event, last 1 Mar 2024"},
		{"G", "D with A: 1 event, last 1 May 2024"},
		{"up", "C with A: 2 events, last 1 Apr 2024"},
		{"tab", "C with A: 2 events, last 1 Apr 2024"},
		{"down", "C with B: 1 event, last 1 Mar 2024"},
		{"left", "C with B: 1 event, last 1 Mar 2024"},
		{"g", "A with B: 3 events, last 1 Mar 2024"},
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

// Where one list is drawn alone, l goes on to those named with the actor.
func TestPairsOnANarrowScreenAreOneListAtATime(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 46, 20, "")
	press(m, "w")
	if s := frame(t, m); !s.Contains(" > A ") || !s.Contains("4 actors") || s.Contains("A with 3 others") {
		t.Errorf("the actors are\n%s", s.Golden())
	}
	press(m, "l", "j", "j")
	if s := frame(t, m); !s.Contains(" > D ") || !s.Contains("A with 3 others") || s.Contains("4 actors") {
		t.Errorf("the others are\n%s", s.Golden())
	}
	press(m, "enter")
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
		{"", []string{"w", "/", "d", "enter"}, "actor:D actor:A", "list"},
		{"", []string{"w", "D", "tab", "enter"}, "actor:D actor:A", "list"},
		{"", []string{"w", "l", "C", "enter"}, "actor:A actor:C", "list"},
		{"", []string{"w", "l", "X", "backspace", "enter"}, "actor:A actor:B", "list"},
		{"", []string{"w", "X", "esc", "enter"}, "actor:A actor:B", "list"},
		{"", []string{"w", "X", "enter"}, "", "pairs"},
		{"", []string{"w", "esc"}, "", "list"},
		{"", []string{"w", "w"}, "", "list"},
		{"", []string{"w", "q"}, "", "list"},
		{"actor:nobody", []string{"w", "enter"}, "actor:nobody", "pairs"},
	} {
		m := start(t, meetings(t, "A", "B", "C", "D"), 80, 24, c.filter)
		press(m, c.keys...)
		if got := m.query.String(); got != c.want || m.top().about(m).name != c.place {
			t.Errorf("%q, then %v: %s in %s, want %s in %s", c.filter, c.keys, got, m.top().about(m).name, c.want, c.place)
		}
	}
}

// Every actor is reached, however many there are, and none is walked in Update.
func TestPairsReachTenThousandActors(t *testing.T) {
	m := start(t, crowd(t, large, 10_000), 120, 36, "")
	settle(m, press(m, "w"))
	if !frame(t, m).Contains("10,000 actors") {
		t.Fatalf("not all are there:\n%s", frame(t, m).Golden())
	}
	settle(m, press(m, "G"))
	last, _ := of[*pairing](m).Names()
	if !frame(t, m).Contains("> " + last) {
		t.Errorf("the last, %s, is not on screen:\n%s", last, frame(t, m).Golden())
	}
	settle(m, press(m, "/", "09999"))
	if actor, with := of[*pairing](m).Names(); actor != actorNamed(9999) || with == "" {
		t.Errorf("09999 leads to %q with %q", actor, with)
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

// The pairs follow a reload.
func TestPairsAreThoseOfTheFileReadAgain(t *testing.T) {
	m := start(t, meetings(t, "A", "B", "C", "D"), 120, 36, "")
	press(m, "w", "l", "j")
	m.Update(partMsg{Part{File: meetings(t, "C", "X", "A", "D"), Last: true}})
	if got, want := of[*pairing](m).Caption(), "A with C: 2 events, last 1 Apr 2024"; got != want {
		t.Errorf("read again, the cursors are on %s; want %s", got, want)
	}
}

func TestClickOnAPairFiltersOnIt(t *testing.T) {
	for _, size := range sizes {
		m := start(t, meetings(t, "A", "B", "C", "D"), size[0], size[1], "")
		m.Mouse = true
		press(m, "w", "l", "j")
		x, y, ok := frame(t, m).Find("> C ")
		if !ok {
			t.Fatalf("no cursor at %v", size)
		}
		press(m, "k")
		for range 2 {
			m.Update(tea.MouseClickMsg{X: x + 1, Y: y, Button: tea.MouseLeft})
		}
		if got, want := m.query.String(), "actor:A actor:C"; !is[*browsing](m) || got != want {
			t.Errorf("at %v two clicks on %d,%d lead to %s and %q, want %q", size, x, y, m.top().about(m).name, got, want)
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
