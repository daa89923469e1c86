package tui

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"dateline/timeline"
)

// A savedMargin keeps a margin in memory, as the program does in a file.
type savedMargin struct {
	now timeline.Margin
	err error
}

func (s *savedMargin) save(e timeline.MarginEdit) (timeline.Margin, error) {
	if s.err == nil {
		s.now = s.now.With(e)
	}
	return s.now, s.err
}

func TestMarkCyclesAndIsSaved(t *testing.T) {
	file := inside(t)
	var saved savedMargin
	file.SaveMargin = saved.save
	m := start(t, file, 120, 48, "")
	id := m.shown.Event(m.list.Event()).ID
	for _, want := range []timeline.Tier{timeline.Must, timeline.Should, timeline.Could, timeline.NoTier, timeline.Must} {
		press(m, "m")
		if got := m.shown.Mark(m.list.Event()); got != want || saved.now.Marks[id] != want {
			t.Errorf("the mark is %s and %s is saved, want %s", got, saved.now.Marks[id], want)
		}
	}
	press(m, "f", "marked", "enter")
	if m.shown.Rows.Len() != 1 {
		t.Errorf("marked shows %d events, want 1", m.shown.Rows.Len())
	}
	press(m, "m", "m", "m")
	if m.shown.Rows.Len() != 0 {
		t.Errorf("pane.Unmarked, it shows %d events", m.shown.Rows.Len())
	}
	exact(t, m)
}

func TestClearingMarksIsAsked(t *testing.T) {
	file := inside(t)
	file.Margin.Marks = map[string]timeline.Tier{file.Timeline.Event(0).ID: timeline.Must, file.Timeline.Event(5).ID: timeline.Could}
	m := start(t, file, 120, 36, "")
	press(m, "'")
	if m.list.Event() != 5 {
		t.Errorf("' went to event %d, want 5", m.list.Event())
	}
	press(m, `"`)
	if m.list.Event() != 0 {
		t.Errorf("\" went to event %d, want 0", m.list.Event())
	}
	press(m, "M", "enter", "M", "esc", "M")
	if len(m.margin.Marks) != 2 {
		t.Fatal("marks were cleared without a y")
	}
	press(m, "y", "enter")
	if len(m.margin.Marks) != 0 {
		t.Fatal("marks were not cleared")
	}
}

func TestMarksThatCannotBeSavedAreTold(t *testing.T) {
	file := inside(t)
	saved := savedMargin{err: errors.New("the disk is full")}
	file.SaveMargin = saved.save
	m := start(t, file, 120, 36, "")
	press(m, "m")
	if !strings.HasPrefix(m.notice.text, "marks and notes are not saved: the disk is full") {
		t.Errorf("got %q", m.notice.text)
	}
	if said := m.finish(); len(said) != 1 || said[0] != "marks and notes are not saved: the disk is full" {
		t.Errorf("at the end it says %q", said)
	}
	saved.err = nil
	press(m, "j", "m")
	if len(saved.now.Marks) != 2 || m.notice.text != "Marks and notes are saved again." {
		t.Errorf("saved are %v; said %q", saved.now.Marks, m.notice.text)
	}
	saved.err = errors.New("the disk is full")
	press(m, "j", "m")
	saved.err = nil
	if said := m.finish(); len(said) != 0 || len(saved.now.Marks) != 3 {
		t.Errorf("at the end it says %q, and saved are %v", said, saved.now.Marks)
	}
}

// Marks of another viewer are there after a reload.
func TestReloadTakesMarksAsTheyAreKept(t *testing.T) {
	file := inside(t)
	ids := []string{file.Timeline.Event(0).ID, file.Timeline.Event(1).ID}
	file.Margin.Marks = map[string]timeline.Tier{ids[0]: timeline.Must}
	file.SaveMargin = (&savedMargin{now: file.Margin}).save
	m := start(t, file, 120, 36, "")
	again := file
	again.Margin.Marks = map[string]timeline.Tier{ids[0]: timeline.Must, ids[1]: timeline.Could}
	reread(m, again)
	if m.shown.Mark(0) != timeline.Must || m.shown.Mark(1) != timeline.Could {
		t.Errorf("after reading again the marks are %v", m.margin.Marks)
	}
	again.Margin.Marks, again.SaveMargin = nil, nil
	reread(m, again)
	if m.shown.Marked().Len() != 2 {
		t.Errorf("where nothing is kept, %d marks outlast the reading, want 2", m.shown.Marked().Len())
	}
}

func TestNoteIsKeptBesideTheEvent(t *testing.T) {
	file := inside(t)
	var saved savedMargin
	file.SaveMargin = saved.save
	m := start(t, file, 120, 48, "")
	id := m.shown.Event(m.list.Event()).ID
	press(m, "e", "ask Kim", "enter")
	if got := saved.now.Notes[id]; got != "ask Kim" || m.notice.text != "Note saved." {
		t.Fatalf("kept %q, said %q", got, m.notice.text)
	}
	if f := frame(t, m); !f.Contains("n>31") || !f.Contains("Note     ask Kim") {
		t.Errorf("the note is not on screen:\n%s", f.Golden())
	}
	press(m, "f", "has:note", "enter")
	if n := m.shown.Rows.Len(); n != 1 {
		t.Errorf("has:note shows %d events, want 1", n)
	}
	press(m, "e", "esc", "e", "ctrl+u", "enter")
	if _, kept := saved.now.Notes[id]; kept || m.shown.Rows.Len() != 0 {
		t.Errorf("an empty note is kept: %v, %d shown", saved.now.Notes, m.shown.Rows.Len())
	}
}

func TestNoteFromAnEditorKeepsItsLines(t *testing.T) {
	m := start(t, inside(t), 120, 48, "")
	m.Update(notedMsg{id: m.shown.Event(0).ID, text: "one\n\x1b[31mtwo\n"})
	if got := m.shown.Note(0); got != "one\n\x1b[31mtwo" {
		t.Errorf("the note is %q", got)
	}
	if f := frame(t, m); !f.Contains("Note     one") || !f.Contains("         [31mtwo") {
		t.Errorf("the note is not on screen:\n%s", f.Golden())
	}
	m.Update(notedMsg{id: m.shown.Event(0).ID, err: errors.New("exit status 1")})
	if m.shown.Note(0) == "" || !m.notice.failure {
		t.Error("an editor that failed changed the note, or was not told of")
	}
}

// What another viewer marks is on screen when this one has saved its own, and what
// the other removed is not saved again.
func TestMarksOfAnotherViewerAreTakenOver(t *testing.T) {
	file := events(t, 1, "a", "b", "c")
	file.Margin.Marks = map[string]timeline.Tier{"a": timeline.Must}
	disk := &savedMargin{now: file.Margin}
	file.SaveMargin = disk.save
	m := start(t, file, 100, 30, "")
	disk.now = timeline.Margin{Marks: map[string]timeline.Tier{"c": timeline.Could}} // by the other
	press(m, "j", "m")
	want := map[string]timeline.Tier{"b": timeline.Must, "c": timeline.Could}
	if !maps.Equal(disk.now.Marks, want) || !maps.Equal(m.margin.Marks, want) {
		t.Errorf("saved are %v, the screen has %v; want %v", disk.now.Marks, m.margin.Marks, want)
	}
}

// A draft that was left is offered again, and is gone when the note is saved.
func TestDraftIsOfferedAgain(t *testing.T) {
	file := events(t, 1, "a")
	disk := new(savedMargin)
	file.SaveMargin = disk.save
	drafts := map[string]string{"a": "half a\nnote"}
	m := startWith(t, Config{
		Draft:     func(id string) (string, bool) { note, ok := drafts[id]; return note, ok },
		DropDraft: func(id string) { delete(drafts, id) },
	}, file, 100, 30, "")
	press(m, "e")
	if got := typed(m); got != "half a"+lineEnd+"note" {
		t.Fatalf("the prompt has %q", got)
	}
	press(m, "!", "enter")
	if disk.now.Notes["a"] != "half a\nnote!" || len(drafts) > 0 {
		t.Errorf("saved is %q, drafts are %q", disk.now.Notes["a"], drafts)
	}
}
