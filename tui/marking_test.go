package tui

import (
	"errors"
	"maps"
	"testing"

	"dateline/timeline"
)

func TestMarkCyclesAndIsSaved(t *testing.T) {
	file := inside(t)
	var saved map[string]timeline.Tier
	file.SaveMarks = func(marks map[string]timeline.Tier) error { saved = maps.Clone(marks); return nil }
	m := start(t, file, 120, 36, "")
	id := m.t.Event(m.list.event()).ID
	for _, want := range []timeline.Tier{timeline.Must, timeline.Should, timeline.Could, timeline.NoTier, timeline.Must} {
		press(m, "m")
		if got := m.t.Mark(m.list.event()); got != want || saved[id] != want {
			t.Errorf("the mark is %s and %s is saved, want %s", got, saved[id], want)
		}
	}
	press(m, "f", "marked", "enter")
	if m.list.rows.Len() != 1 {
		t.Errorf("marked shows %d events, want 1", m.list.rows.Len())
	}
	press(m, "m", "m", "m")
	if m.list.rows.Len() != 0 {
		t.Errorf("unmarked, it shows %d events", m.list.rows.Len())
	}
	exact(t, m)
}

func TestClearingMarksIsAskedTwice(t *testing.T) {
	file := inside(t)
	file.Marks = map[string]timeline.Tier{file.Timeline.Event(0).ID: timeline.Must, file.Timeline.Event(5).ID: timeline.Could}
	m := start(t, file, 120, 36, "")
	press(m, "'")
	if m.list.event() != 5 {
		t.Errorf("' went to event %d, want 5", m.list.event())
	}
	press(m, `"`)
	if m.list.event() != 0 {
		t.Errorf("\" went to event %d, want 0", m.list.event())
	}
	press(m, "M", "j", "M")
	if len(m.marks) != 2 {
		t.Fatal("marks were cleared at once")
	}
	press(m, "M")
	if len(m.marks) != 0 {
		t.Fatal("marks were not cleared")
	}
}

func TestMarksThatCannotBeSavedAreTold(t *testing.T) {
	file := inside(t)
	file.SaveMarks = func(map[string]timeline.Tier) error { return errors.New("the disk is full") }
	m := start(t, file, 120, 36, "")
	press(m, "m")
	if m.notice.text != "the marks are not saved: the disk is full" {
		t.Errorf("got %q", m.notice.text)
	}
}

// What another viewer marked is there after the file is read again.
func TestReloadTakesMarksAsTheyAreKept(t *testing.T) {
	file := inside(t)
	ids := []string{file.Timeline.Event(0).ID, file.Timeline.Event(1).ID}
	file.Marks = map[string]timeline.Tier{ids[0]: timeline.Must}
	file.SaveMarks = func(map[string]timeline.Tier) error { return nil }
	m := start(t, file, 120, 36, "")
	again := file
	again.Marks = map[string]timeline.Tier{ids[0]: timeline.Must, ids[1]: timeline.Could}
	m.Update(loadedMsg{file: again})
	if m.t.Mark(0) != timeline.Must || m.t.Mark(1) != timeline.Could {
		t.Errorf("after reading again the marks are %v", m.marks)
	}
	again.Marks, again.SaveMarks = nil, nil
	m.Update(loadedMsg{file: again})
	if m.marked() != 2 {
		t.Errorf("where nothing is kept, %d marks outlast the reading, want 2", m.marked())
	}
}
