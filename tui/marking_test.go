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
