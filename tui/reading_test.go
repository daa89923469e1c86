package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Two columns are there so that most events are read without scrolling.
func TestMostEventsAreReadWithoutScrolling(t *testing.T) {
	for _, c := range []struct{ w, h, least int }{{120, 36, 83}, {200, 60, 115}} {
		m := start(t, inside(t), c.w, c.h, "")
		press(m, "enter")
		fit := 0
		for range m.shown.Rows.Len() {
			if !strings.Contains(exact(t, m), " below: ") {
				fit++
			}
			press(m, "J")
		}
		if t.Logf("at %dx%d %d of %d events fit", c.w, c.h, fit, m.shown.Rows.Len()); fit < c.least {
			t.Errorf("at %dx%d %d events fit, want %d", c.w, c.h, fit, c.least)
		}
	}
}

// quiet is a timeline of events of few lines.
func quiet(t *testing.T) File {
	t.Helper()
	var events []string
	for i := 1; i < 29; i++ {
		events = append(events, fmt.Sprintf(`{"id":"e%d","date":"2024-02-%02d","title":"Event %d","sources":[{"publisher":"P","title":"T"}]}`, i, i, i))
	}
	return read(t, "quiet.jsonl", strings.Join(events, "\n"))
}

// The rows below an event that is read hold the list around it, which is clicked.
func TestListFillsTheRowsBelowAnEvent(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		m := start(t, quiet(t), size[0], size[1], "")
		press(m, strings.Repeat("j", 13), "enter")
		s := frame(t, m)
		_, y, ok := s.Find("Event 16")
		if !ok || !s.Contains("Event 12") {
			t.Fatalf("at %v the neighbours are not there:\n%s", size, s.Golden())
		}
		m.Update(tea.MouseClickMsg{X: 20, Y: y, Button: tea.MouseLeft})
		if e := m.shown.Event(m.list.Event()); e.ID != "e16" || !m.reading {
			t.Errorf("at %v a click on Event 16 leads to %s", size, e.ID)
		}
	}
	m := start(t, quiet(t), 80, 15, "")
	if press(m, "enter"); frame(t, m).Contains("Event 2") {
		t.Errorf("there is no room for a list:\n%s", frame(t, m).Golden())
	}
}

// Whatever links two events is named as in the data: only a rejection is a denial.
func TestLinksAreNamedAsInTheData(t *testing.T) {
	file := read(t, "links.json", `[
		{"id":"said","date":"2024-01-01","title":"First said"}, {"id":"claim","date":"2024-01-02","title":"Then claimed"},
		{"id":"both","date":"2024-01-03","title":"Rejected and answered","denies":["claim"],"answers":["said"]},
		{"id":"reply","date":"2024-01-04","title":"A reply","answers":["both"]}]`)
	for id, want := range map[string]string{
		"said":  "said and answered; said 1 January 2024 not stated this event; answer 3 January 2024 not stated; Rejected and answered",
		"claim": "claim and denial; claim 2 January 2024 not stated this event; denial 3 January 2024 not stated; Rejected and answered",
		"both": "claims and answers; said 1 January 2024 not stated; First said; claim 2 January 2024 not stated; Then claimed; " +
			"denial 3 January 2024 not stated this event; answer 4 January 2024 not stated; A reply",
		"reply": "said and answered; said 3 January 2024 not stated; Rejected and answered; answer 4 January 2024 not stated this event",
	} {
		m := start(t, file, 80, 24, "id:"+id)
		press(m, "enter")
		var got []string
		_, lines, _ := strings.Cut(frame(t, m).Text(), "─ ")
		for line := range strings.Lines(lines) {
			words := strings.Join(strings.Fields(strings.Trim(line, ">─ \n")), " ")
			if words == "" {
				break
			}
			got = append(got, words)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", id, got, want)
		}
	}
}

// c chooses among claims and answers, and Enter goes to the one chosen.
func TestClaimsAreChosenFromTheList(t *testing.T) {
	file := read(t, "links.json", `[{"id":"a","date":"2024-01-01","title":"A"},{"id":"b","date":"2024-01-02","title":"B"},
		{"id":"c","date":"2024-01-03","title":"C","denies":["a","b"]}]`)
	for _, size := range sizes {
		for presses, want := range map[string]string{"c": "a", "cc": "b", "ccc": "a"} {
			m := start(t, file, size[0], size[1], "")
			press(m, "G", presses, "enter")
			if e := m.shown.Event(m.list.Event()); e.ID != want {
				t.Errorf("at %v %s and Enter lead to %s, want %s", size, presses, e.ID, want)
			}
		}
	}
}
