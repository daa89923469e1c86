package tui

import (
	"maps"
	"strings"
	"testing"

	"dateline/timeline"
)

// Whatever changes what is shown can be taken back and done again, and the notice
// says what is back.
func TestUndoTakesBackEveryKindOfChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		keys         []string
		undone, back string
	}{
		{"a filter", []string{"f", "actor:putin", "enter"}, "Undone: no filter again.", "Redone: filter actor:putin is back."},
		{"an actor", []string{"a", "putin", "enter"}, "Undone: no filter again.", `Redone: filter actor:"Vladimir Putin" is back.`},
		{"a facet", []string{"F", "space", "esc"}, "Undone: no filter again.", "Redone: filter status:confirmed is back."},
		{"a pair", []string{"w", "enter"}, "Undone: no filter again.", "Redone: filter actor:"},
		{"a period", []string{"v", "l", "enter"}, "Undone: no filter again.", "Redone: filter since:"},
		{"the order", []string{"S"}, "Undone: oldest first again.", "Redone: newest first again."},
		{"the zoom", []string{"z"}, "Undone: a bar is", "Redone: a bar is"},
		{"a mark", []string{"m"}, "has no mark again.", "is marked must again."},
		{"a note", []string{"e", "ask", "enter"}, "Undone: the note on “", "” is back."},
		{"the place of a filter", []string{"G", "f", "actor:putin", "enter", "g"}, "Undone: no filter again.", "Redone: filter actor:putin is back."},
	} {
		m := start(t, inside(t), 120, 36, "")
		first := m.scene()
		if c.keys[0] == "G" {
			press(m, "G")
			first = m.scene()
		}
		press(m, c.keys...)
		last, margin := m.scene(), m.margin
		press(m, "U")
		if now := m.scene(); !now.shows(&first) || now.event != first.event || len(m.margin.Marks)+len(m.margin.Notes) > 0 || !strings.Contains(m.notice.text, c.undone) {
			t.Errorf("%s: undone, it shows %v, said %q", c.name, now, m.notice.text)
		}
		press(m, "U")
		if m.notice.text != "Nothing to undo." {
			t.Errorf("%s: then it said %q", c.name, m.notice.text)
		}
		m.Update(message("ctrl+r"))
		if now := m.scene(); !now.shows(&last) || !maps.Equal(m.margin.Marks, margin.Marks) || !maps.Equal(m.margin.Notes, margin.Notes) || !strings.Contains(m.notice.text, c.back) {
			t.Errorf("%s: redone, it shows %v, said %q", c.name, now, m.notice.text)
		}
		m.Update(message("ctrl+r"))
		if m.notice.text != "Nothing to redo." {
			t.Errorf("%s: then it said %q", c.name, m.notice.text)
		}
	}
}

// Esc drops terms one by one, and each comes back.
func TestTermsThatEscDropsComeBack(t *testing.T) {
	t.Parallel()
	m := start(t, inside(t), 120, 36, "actor:putin topic:treaty")
	press(m, "esc")
	if m.notice.text != "Dropped topic:treaty; U brings it back." {
		t.Errorf("said %q", m.notice.text)
	}
	press(m, "esc", "U", "U")
	if got := m.query.String(); got != "actor:putin topic:treaty" {
		t.Errorf("the filter is %q", got)
	}
}

// A new change takes the place of those undone.
func TestChangeAfterUndoForgetsWhatCouldBeRedone(t *testing.T) {
	t.Parallel()
	m := start(t, inside(t), 120, 36, "")
	press(m, "S", "z", "U", "f", "actor:putin", "enter")
	m.Update(message("ctrl+r"))
	if m.notice.text != "Nothing to redo." {
		t.Errorf("said %q", m.notice.text)
	}
	press(m, "U", "U", "U")
	if m.shown.Newest || !m.query.Empty() || m.notice.text != "Nothing to undo." {
		t.Errorf("newest %t, filter %q, said %q", m.shown.Newest, m.query, m.notice.text)
	}
}

// Marks come back with the marks that another viewer has set meanwhile.
func TestUndoOfMarksKeepsThoseOfOthers(t *testing.T) {
	t.Parallel()
	file := inside(t)
	var saved timeline.Margin
	file.SaveMargin = func(e timeline.MarginEdit) (timeline.Margin, error) { saved = saved.With(e); return saved, nil }
	m := start(t, file, 120, 36, "")
	mine, other := m.shown.Event(0).ID, m.shown.Event(5).ID
	settle(m, press(m, "m"))
	press(m, "M", "y")
	settle(m, press(m, "enter"))
	saved.Marks = map[string]timeline.Tier{other: timeline.Could}
	again := inside(t)
	again.SaveMargin = file.SaveMargin
	again.Margin = saved
	m.reload()
	m.Update(partMsg{Part{File: again, Last: true}})
	settle(m, press(m, "U"))
	if want := (map[string]timeline.Tier{mine: timeline.Must, other: timeline.Could}); !maps.Equal(saved.Marks, want) || !maps.Equal(m.margin.Marks, want) {
		t.Errorf("saved %v, shown %v, want %v", saved.Marks, m.margin.Marks, want)
	}
}

// Keys that take counts.
func TestCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys string
		row  int
	}{
		{"5j", 5}, {"10G", 9}, {"10g", 9}, {"10gg", 9}, {"10ggg", 0}, {"G5k", 118}, {"999999999999G", 123}, {"50%", 61}, {"100%", 123}, {"999%", 123}, {"1%", 1},
		{"3d", 3}, {"10G3u", 6}, {"G10j", 123}, {"12fj", 1}, {"2 ", 0},
	} {
		m := start(t, inside(t), 120, 36, "")
		if c.keys == "2 " {
			c.row = 2 * m.list.Height()
		}
		for _, key := range c.keys {
			press(m, string(key))
			if key == 'f' {
				press(m, "esc")
			}
		}
		if m.list.Row() != c.row || m.count != 0 {
			t.Errorf("%s goes to row %d with count %d, want %d", c.keys, m.list.Row(), m.count, c.row)
		}
	}
	m := start(t, inside(t), 120, 36, "")
	for _, key := range []string{"esc", "ctrl+c"} {
		if cmd := press(m, "5", key, "j", "k"); m.count != 0 || m.list.Row() != 0 || cmd != nil {
			t.Errorf("%s leaves a count of %d", key, m.count)
		}
	}
	press(m, "%")
	if want := "% needs a number before it: 50% goes halfway."; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
}
