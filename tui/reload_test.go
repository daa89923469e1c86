package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// events is a file of events, each with a date, a title and so many sources.
func events(t *testing.T, sources int, titles ...string) File {
	t.Helper()
	var list []string
	for _, title := range titles {
		var cited []string
		for n := range sources {
			cited = append(cited, fmt.Sprintf(`{"url": "https://%s.example/%d", "archived": "https://archive.example/%s"}`, title, n+1, title))
		}
		list = append(list, fmt.Sprintf(`{"id": %q, "date": "2024-01-01", "title": "Event %s", "sources": [%s]}`, title, title, strings.Join(cited, ",")))
	}
	return read(t, "events.json", "["+strings.Join(list, ",")+"]")
}

// reread reloads a file that another program changed.
func reread(m *model, file File) {
	m.loading.edited = false
	m.Update(partMsg{Part{File: file, Last: true}})
}

// A menu of sources acted on the event under the cursor by then, or crashed.
func TestMenuOfSourcesOpensWhatItNamed(t *testing.T) {
	m := start(t, events(t, 2, "a", "b"), 100, 30, "")
	opened := ""
	m.Browse = func(url string) error { opened = url; return nil }
	for want, keys := range map[string][]string{"https://b.example/2": {"down", "down"}, "https://archive.example/b": {"down"}} {
		reread(m, events(t, 2, "a", "b"))
		press(m, "G", "s")
		reread(m, events(t, 0))
		press(m, keys...)
		do(m, press(m, "enter"))
		if opened != want {
			t.Errorf("%v opened %q, want %q", keys, opened, want)
		}
	}
}

// A crash: a heading was taken for a value.
func TestFacetsOfNothingHaveNothingToWant(t *testing.T) {
	m := start(t, events(t, 1, "a"), 100, 30, "")
	press(m, "F")
	reread(m, events(t, 0))
	press(m, "space", "!", "enter")
	exact(t, m)
}

func TestLeavingASearchAfterAReloadGoesBackToItsEvent(t *testing.T) {
	m := start(t, events(t, 1, "b", "c"), 100, 30, "")
	press(m, "/", "event", "enter", "g", "j", "/", "zz")
	reread(m, events(t, 1, "a", "b", "c"))
	press(m, "esc")
	if got := m.shown.Event(m.list.Event()).ID; got != "c" {
		t.Errorf("it goes to %s, want c", got)
	}
	press(m, "n")
	if got := m.shown.Event(m.list.Event()).ID; got != "a" {
		t.Errorf("n goes to %s, want a", got)
	}
}

func TestJumpListOutlastsAReload(t *testing.T) {
	m := start(t, events(t, 1, "b", "c", "d"), 100, 30, "")
	press(m, "G", "g")
	reread(m, events(t, 1, "a", "b", "c", "d"))
	press(m, "H")
	if got := m.shown.Event(m.list.Event()).ID; got != "d" {
		t.Errorf("H goes to %s, want d", got)
	}
}

// A file that changes while it is read is shown, and reloaded.
func TestChangeWhileReadingIsReadToo(t *testing.T) {
	m := start(t, events(t, 1, "a"), 100, 30, "")
	began := 0
	m.Load = func() Loading { began++; return Loading{Shown: func() {}} }
	m.reload()
	for range 3 {
		m.Update(changedMsg{})
	}
	if began != 1 {
		t.Errorf("%d readings go on at once", began)
	}
	reread(m, events(t, 1, "a", "b"))
	if m.shown.Len() != 2 || began != 2 {
		t.Errorf("%d events are shown, want 2; %d readings have begun, want 2", m.shown.Len(), began)
	}
}

// marks is a viewer of a file of one event that saves marks, and whose reading again
// ends when a test says so.
func marks(t *testing.T) (File, *model) {
	t.Helper()
	file := events(t, 1, "a")
	file.SaveMargin = new(savedMargin).save
	m := start(t, file, 100, 30, "")
	m.Load = func() Loading { return Loading{Shown: func() {}} }
	return file, m
}

func TestMarkMadeWhileTheFileIsReadStays(t *testing.T) {
	file, m := marks(t)
	press(m, "m")
	m.Update(partMsg{Part{File: file, Last: true}})
	if m.shown.Marked().Len() != 1 {
		t.Error("the mark is gone")
	}
}

// The file may have been read before a mark was on disk that was being written then.
func TestMarkThatIsWrittenWhileTheFileIsReadStays(t *testing.T) {
	file, m := marks(t)
	m.Update(tea.KeyPressMsg{Code: 'm', Text: "m"})
	m.reload()
	written(m)
	m.Update(partMsg{Part{File: file, Last: true}})
	if m.shown.Marked().Len() != 1 {
		t.Error("the mark is gone")
	}
}

// The file may have been read while a mark was on disk that has been removed since.
func TestMarkRemovedWhileTheFileIsReadIsGone(t *testing.T) {
	file, m := marks(t)
	m.reload()
	press(m, "m", "U")
	file.Margin.Marks = map[string]timeline.Tier{"a": timeline.Must}
	m.Update(partMsg{Part{File: file, Last: true}})
	if m.shown.Marked().Len() != 0 {
		t.Error("the mark is there again")
	}
}

// When a reload failed, p said that the file had no problems.
func TestFileThatCannotBeReadAgainIsToldUntilItCan(t *testing.T) {
	m := start(t, events(t, 1, "a"), 100, 30, "")
	m.Update(partMsg{Part{Err: errors.New("events.json:1:9: it ends here"), Last: true}})
	press(m, "j")
	if s := frame(t, m); !s.Contains("the file cannot be reloaded; p shows why") {
		t.Errorf("the status row is silent:\n%s", s.Golden())
	}
	press(m, "p")
	if s := frame(t, m); !s.Contains("events.json:1:9: it ends here") {
		t.Errorf("p does not show why:\n%s", s.Golden())
	}
	press(m, "esc")
	reread(m, events(t, 1, "a"))
	press(m, "j")
	if s := frame(t, m); s.Contains("cannot be reloaded") {
		t.Errorf("it is still told:\n%s", s.Golden())
	}
}

func TestBriefFollowsAReload(t *testing.T) {
	m := start(t, events(t, 1, "a", "b"), 100, 30, "")
	saver(m)
	press(m, "B", "p")
	reread(m, events(t, 1, "a", "b", "c"))
	if n := len(briefOf(m).Events); n != 3 || !is[*asking](m) {
		t.Errorf("the brief has %d events, want 3; in %s", n, m.top().about(m).name)
	}
	press(m, "esc")
	reread(m, events(t, 0))
	if !is[*browsing](m) {
		t.Error("a brief of nothing stays")
	}
}

func TestReadingAgainSaysWhatIsOther(t *testing.T) {
	for _, c := range []struct {
		before, after File
		want          string
	}{
		{events(t, 1, "a"), events(t, 1, "a"), "nothing has changed"},
		{events(t, 1, "a", "b"), events(t, 1, "b", "c"), "1 event added, 1 removed"},
		{events(t, 1, "a"), events(t, 2, "a", "b"), "1 event added, 1 changed"},
		{events(t, 0), manyEvents(1200), "1,200 events added"},
		{manyEvents(6000), crowd(t, 6000, 10), "5,999 events added or changed, 5,999 removed or changed"}, // too many to be read
	} {
		if got, _ := difference(t.Context(), c.before.Timeline, c.after.Timeline); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	m := start(t, events(t, 1, "a"), 100, 30, "")
	reread(m, events(t, 1, "a", "b"))
	if want := "Reloaded: 1 event added."; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
}

// A crash: a search that began on the last event outlived it by one reload, and
// the next reload looked for an event behind the last. With the help over it, the
// search kept its position in the timeline before.
func TestSearchOutlastsTheEventItBeganOn(t *testing.T) {
	for _, help := range [][]string{nil, {"f1"}} {
		m := start(t, events(t, 1, "a", "b", "c"), 100, 30, "")
		press(m, "G", "/")
		press(m, help...)
		for _, left := range [][]string{{"a", "b"}, {"a", "b", "x"}, {"a"}, nil, {"y"}, {"y", "z"}} {
			reread(m, events(t, 1, left...))
			exact(t, m)
		}
		press(m, "esc", "esc", "esc")
		exact(t, m)
	}
}

// A save with a mistake took events off the screen, and the cursor with them.
func TestSaveThatLosesEventsIsNotReloaded(t *testing.T) {
	m := start(t, events(t, 1, "a", "b", "c"), 100, 30, "")
	press(m, "G")
	broken := events(t, 1, "a", "x")
	broken.Faults, broken.Fault, broken.Problems = 1, "events.json:3:1: a comma is missing", []string{"events.json:3:1: a comma is missing"}
	for range 3 {
		reread(m, broken)
		if got := m.shown.Event(m.list.Event()).ID; m.shown.Len() != 3 || got != "c" || !strings.Contains(m.notice.text, "events.json:3:1: a comma is missing") {
			t.Fatalf("%d events, at %s, said %q", m.shown.Len(), got, m.notice.text)
		}
	}
	grown := events(t, 1, "a", "b", "c", "d")
	grown.Faults, grown.Fault = 1, "events.json:9:1: an event needs a title" // it never was there
	if reread(m, grown); m.shown.Len() != 4 || !strings.Contains(m.notice.text, grown.Fault) {
		t.Errorf("a save that loses nothing is not shown: %d events, said %q", m.shown.Len(), m.notice.text)
	}
	broken.Lost = 1 // by no more errors than the save before
	if reread(m, broken); m.shown.Len() != 4 {
		t.Errorf("a save that loses events is shown: %d", m.shown.Len())
	}
	m.loading.asked = true
	if reread(m, broken); m.shown.Len() != 2 {
		t.Errorf("who asks for the rest gets %d events, want 2", m.shown.Len())
	}
}

func TestCursorGoesBackToAnEventThatReturns(t *testing.T) {
	for _, moves := range []bool{false, true} {
		m := start(t, events(t, 1, "a", "b", "c", "d"), 100, 30, "")
		press(m, "j")
		reread(m, events(t, 1, "a", "c", "d"))
		reread(m, events(t, 1))
		reread(m, events(t, 1, "d"))
		want := "b"
		if moves {
			reread(m, events(t, 1, "c", "d"))
			press(m, "g")
			want = "c"
		}
		reread(m, events(t, 1, "a", "b", "c", "d"))
		if got := m.shown.Event(m.list.Event()).ID; got != want {
			t.Errorf("moved %t: the cursor is on %s, want %s", moves, got, want)
		}
	}
}
