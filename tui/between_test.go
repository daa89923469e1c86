package tui

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// What happens between messages: keys, parts of the file and results of jobs that
// come while others are on their way.

// late has all jobs of a viewer take their time, however few its events.
func late(m *model) *model {
	m.jobs.large = 0
	return m
}

func TestKeysBehindAKeyThatWaitsForASearchWaitToo(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b", "c", "d"), 100, 30, ""))
	cmd := press(m, "/", "event c")
	press(m, "enter", "j", "/", "x")
	if got := typed(m); got != "event c" || !is[*searching](m) {
		t.Errorf("while the search is on its way the prompt has %q", got)
	}
	settle(m, cmd)
	if got := typed(m); got != "x" || !is[*searching](m) {
		t.Errorf("afterwards the prompt has %q, want x", got)
	}
	settle(m, press(m, "esc"))
	if got := m.shown.Event(m.list.Event()).ID; got != "d" {
		t.Errorf("the cursor is on %s, want d", got)
	}
}

func TestNextFoundWaitsForTheSearch(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b", "c"), 100, 30, ""))
	settle(m, press(m, "/", "event"))
	press(m, "enter", "/")
	cmd := press(m, "b")
	searched := press(m, "esc") // which searches for the text before
	press(m, "n", "n")
	if m.list.Event() != 0 {
		t.Error("n does not wait")
	}
	settle(m, tea.Batch(cmd, searched))
	if m.list.Event() != 2 {
		t.Errorf("the cursor is on event %d, want 2", m.list.Event())
	}
}

func TestActorIsFollowedAsOftenAsAsked(t *testing.T) {
	file := read(t, "events.json", `[`+strings.Join([]string{
		`{"id": "a", "date": "2024-01", "title": "A", "actors": ["Ann"], "sources": [{"url": "https://x.example"}]}`,
		`{"id": "b", "date": "2024-02", "title": "B", "actors": ["Bob"], "sources": [{"url": "https://x.example"}]}`,
		`{"id": "c", "date": "2024-03", "title": "C", "actors": ["Cid", "Ann"], "sources": [{"url": "https://x.example"}]}`,
		`{"id": "d", "date": "2024-04", "title": "D", "actors": ["Ann"], "sources": [{"url": "https://x.example"}]}`,
		`{"id": "e", "date": "2024-05", "title": "E", "actors": ["Ann"], "sources": [{"url": "https://x.example"}]}`,
	}, ",")+`]`)
	m := late(start(t, file, 100, 30, ""))
	cmd := press(m, "*")
	press(m, "*", "j")
	settle(m, cmd)
	if got := m.shown.Event(m.list.Event()).ID; got != "e" {
		t.Errorf("the cursor is on %s, want e", got)
	}
}

func TestPlacesThatAreCountedTakeKeysAfterwards(t *testing.T) {
	file := read(t, "events.json", `{"actors": [{"name": "Ann"}], "events": [
{"id": "a", "date": "2024-01", "title": "A", "actors": ["Ann", "Bob"], "sources": [{"url": "https://x.example"}]},
{"id": "b", "date": "2024-02", "title": "B", "actors": ["Bob"], "sources": [{"url": "https://x.example"}]}]}`)
	for _, c := range []struct {
		keys []string // the last ones are pressed while what the first ones open is counted
		want string
	}{
		{[]string{"w", "enter"}, `actor:Bob actor:Ann`},
		{[]string{"a", "ann", "enter"}, `actor:Ann`},
		{[]string{"a", "down", "enter"}, `actor:Ann`},
		{[]string{"a", "tab", "ann", "enter"}, `actor:Bob`}, // letters behind a key that waits wait too
	} {
		m := late(start(t, file, 100, 30, ""))
		cmd := press(m, c.keys[0])
		press(m, c.keys[1:]...)
		settle(m, cmd)
		_, cmd = m.Update(nil)
		settle(m, cmd)
		if got := m.query.String(); got != c.want {
			t.Errorf("%q filter by %q, want %q", c.keys, got, c.want)
		}
	}
}

// A key for a brief that is not made yet waits for it.
func TestBriefIsSavedOnceItIsMade(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b"), 100, 30, ""))
	saver(m)
	cmd := press(m, "B")
	press(m, "x")
	if typed(m) != "" || briefOf(m) != nil {
		t.Fatal("the key does not wait")
	}
	settle(m, cmd)
	if got := typed(m); got != "brief.txt" {
		t.Errorf("the prompt has %q, want brief.txt", got)
	}
}

// Esc gives up a filter while a part of the file is on its way with it: the part is
// shown, by the filter before.
func TestGivingUpAFilterKeepsThePartThatArrives(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b"), 100, 30, "event"))
	filter := press(m, "f", "actor:nobody", "enter")
	_, part := m.Update(partMsg{Part{File: events(t, 1, "a", "b", "c"), Last: true}})
	given := press(m, "esc")
	settle(m, tea.Batch(filter, part, given))
	if got := m.query.String(); got != "event" || m.shown.Query.String() != "event" || m.shown.Rows.Len() != 3 || m.waiting {
		t.Errorf("the filter is %q, %d events are shown by %q; want 3 by event", got, m.shown.Rows.Len(), m.shown.Query)
	}
	if got := m.notice.text; !strings.HasPrefix(got, "Reloaded") {
		t.Errorf("said %q, want that the file is reloaded", got)
	}
}

// Whatever the reader stops, a change meanwhile does not start again; when nobody
// stops it, it does.
func TestStoppedReadingIsNotBegunAgain(t *testing.T) {
	for _, c := range []struct{ stopped, again bool }{{true, false}, {false, true}} {
		m := start(t, events(t, 1, "a"), 100, 30, "")
		begun := 0
		m.Load = func() Loading { begun++; return Loading{Shown: func() {}, Stop: func() {}} }
		press(m, "R")
		m.Update(changedMsg{})
		m.Update(partMsg{Part{File: events(t, 1, "a", "b"), Last: true, Stopped: c.stopped}})
		if again := begun == 2; again != c.again {
			t.Errorf("stopped %t: it is read again: %t, want %t", c.stopped, again, c.again)
		}
		press(m, "R") // and can be asked for
		if want := 2; begun != want {
			t.Errorf("stopped %t: R has it read: %d times in all, want %d", c.stopped, begun, want)
		}
	}
}

// A file turns out to be there while something else is being typed: the text is not
// taken for the answer.
func TestQuestionDoesNotTakeThePlaceOfAnother(t *testing.T) {
	m := start(t, events(t, 1, "a"), 100, 30, "")
	m.Save = func(_ string, over bool, _ func(io.Writer) error) error {
		if over {
			t.Error("the file is written over")
		}
		return ErrExists
	}
	press(m, "e", "half a note")
	m.writeFile(file{}, "x.json", false)
	written(m)
	if got := typed(m); got != "half a note" || !strings.Contains(m.notice.text, "x.json") && !strings.Contains(m.notice.text, "not saved") {
		t.Errorf("the prompt has %q, said %q", got, m.notice.text)
	}
	press(m, "y", "enter")
	if got := m.margin.Notes["a"]; got != "half a notey" {
		t.Errorf("the note is %q", got)
	}
}

// An error that comes after a part is the last word, and the part stays.
func TestPartThatArrivesStaysWhenTheRestFails(t *testing.T) {
	m, _ := reads(t)
	late(m)
	_, cmd := m.Update(partMsg{Part{Done: 1, Total: 4, File: events(t, 1, "a", "b")}})
	_, failed := m.Update(partMsg{Part{Err: errors.New("events.json:9:1: it ends here"), Last: true}})
	if m.err != nil {
		t.Fatalf("the viewer ends: %v", m.err)
	}
	// The part asks for the next, which does not come.
	for _, msg := range results(cmd) {
		m.Update(msg)
	}
	settle(m, failed)
	press(m, "j")
	if m.shown.Len() != 2 || !strings.Contains(foot(m), "only 25% was read") {
		t.Errorf("%d events are shown, the status row says %q", m.shown.Len(), foot(m))
	}
}

// results runs the jobs of a command, and nothing else that it batches.
func results(cmd tea.Cmd) (msgs []tea.Msg) {
	found := make(chan tea.Msg, 100)
	tellAll(cmd, found)
	for {
		if msg, ok := (<-found).(finishedMsg); ok {
			return append(msgs, msg)
		}
	}
}

func TestListsOfWhatWasHaveAnEnd(t *testing.T) {
	var titles []string
	for n := range 300 {
		titles = append(titles, fmt.Sprintf("t%03d", n))
	}
	m := start(t, events(t, 1, titles...), 100, 30, "")
	for n := range 120 {
		m.say(fmt.Sprintf("Notice %d.", n))
		m.jump(299 - n)
	}
	if n := len(m.said); n != mostSaid || m.said[n-1] != "Notice 119." || m.said[0] != "Notice 20." {
		t.Errorf("%d notices are kept, from %q to %q; want %d, from 20 to 119", n, m.said[0], m.said[n-1], mostSaid)
	}
	back := 0
	for before := -1; before != m.list.Event() && back < 200; back++ {
		before = m.list.Event()
		press(m, "H")
	}
	if back-1 != mostJumps {
		t.Errorf("H goes back %d times, want %d", back-1, mostJumps)
	}
	forward := 0
	for before := -1; before != m.list.Event() && forward < 200; forward++ {
		before = m.list.Event()
		press(m, "L")
	}
	if forward-1 != mostJumps || m.list.Event() != 299-119 {
		t.Errorf("L goes forward %d times, to event %d", forward-1, m.list.Event())
	}
}

// The cursor of a reader who moved follows its event through a part that puts others
// before it; a selection of none is found again.
func TestMarginOutlastsTheTimelineItWasWrittenIn(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b"), 100, 30, ""))
	filter := press(m, "f", "marked", "enter")
	settle(m, filter)
	if m.shown.Rows.Len() != 0 {
		t.Fatal("something is marked")
	}
	settle(m, press(m, "esc"))
	settle(m, press(m, "j", "m"))
	settle(m, press(m, "f", "marked", "enter"))
	if got := m.shown.Rows.All(); !slices.Equal(got, []int{1}) {
		t.Errorf("marked are %v, want event 1", got)
	}
	_, part := m.Update(partMsg{Part{File: events(t, 1, "0", "a", "b"), Last: true}})
	settle(m, part)
	if got := m.shown.Rows.All(); !slices.Equal(got, []int{2}) || m.shown.Mark(2) == timeline.NoTier {
		t.Errorf("marked are %v, want event 2", got)
	}
}

// onDay writes an event of some actors on the n-th day.
func onDay(id string, n int, actors string) string {
	return fmt.Sprintf(`{"id": %q, "date": "2024-01-%02d", "title": "T", "actors": [%s], "sources": [{"url": "https://x.example"}]}`, id, n, actors)
}

// A leap that looked among the rows before is not taken when others are shown.
func TestLeapEndsWithTheRowsItLookedAmong(t *testing.T) {
	before := read(t, "events.json", "["+onDay("a", 1, `"Ann"`)+","+onDay("b", 2, `"Bob"`)+","+onDay("c", 3, `"Ann"`)+"]")
	after := read(t, "events.json", "["+onDay("a", 1, `"Ann"`)+","+onDay("b", 2, `"Bob"`)+","+onDay("x", 2, `"Bob"`)+","+onDay("c", 3, `"Ann"`)+"]")
	for _, key := range []string{"*", "}"} {
		m := late(start(t, before, 100, 30, ""))
		leap := press(m, key)
		_, part := m.Update(partMsg{Part{File: after, Last: true}})
		settle(m, tea.Batch(part))
		for _, msg := range results(leap) {
			m.Update(msg)
		}
		if got := m.shown.Event(m.list.Event()).ID; got != "a" {
			t.Errorf("%s: the cursor is on %s, want a", key, got)
		}
	}
}

// Who moves to another event follows that event's actor.
func TestFollowingBeginsAnewFromAnotherEvent(t *testing.T) {
	var list []string
	for n, actor := range []string{"Ann", "Bob", "Ann", "Bob", "Ann"} {
		list = append(list, onDay(fmt.Sprint("e", n), n+1, `"`+actor+`"`))
	}
	m := start(t, read(t, "events.json", "["+strings.Join(list, ",")+"]"), 100, 30, "")
	press(m, "*", "j", "*")
	if m.notice.text != "No further event with Bob: this is 2 of 2." || m.list.Event() != 3 {
		t.Errorf("the cursor is on event %d, said %q", m.list.Event(), m.notice.text)
	}
	press(m, "k", "*")
	if got := m.list.Event(); got != 4 {
		t.Errorf("from event 2 * leads to event %d, want 4", got)
	}
}

func TestJumpForgetsWhatWasAheadOfIt(t *testing.T) {
	m := start(t, events(t, 1, "a", "b", "c", "d"), 100, 30, "")
	press(m, "G", "g", "H", "H")
	m.jump(2)
	at := m.list.Event()
	press(m, "L")
	if got := m.list.Event(); got != at || !strings.Contains(m.notice.text, "No later jump") {
		t.Errorf("L goes from event %d to %d, said %q", at, got, m.notice.text)
	}
}

func TestNoteWrittenWhileTheFileIsReadStays(t *testing.T) {
	file := events(t, 1, "a")
	file.SaveMargin = new(savedMargin).save
	m := start(t, file, 100, 30, "")
	m.loading.edited = false
	press(m, "e", "a note", "enter")
	m.Update(partMsg{Part{File: file, Last: true}})
	if got := m.shown.Note(0); got != "a note" {
		t.Errorf("the note is %q", got)
	}
}

// Who has pressed a key is not taken to where --at says any more.
func TestBeginningDoesNotMoveWhoHasMoved(t *testing.T) {
	for _, keys := range [][]string{nil, {"j"}} {
		m := newModel(Config{At: "c", Load: func() Loading { return Loading{Shown: func() {}, Stop: func() {}} }})
		m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
		m.Init()
		m.Update(partMsg{Part{Done: 1, Total: 4, File: events(t, 1, "a", "b")}})
		press(m, keys...)
		m.Update(partMsg{Part{File: events(t, 1, "a", "b", "c"), Last: true}})
		want := map[bool]string{true: "c", false: "b"}[keys == nil]
		if got := m.shown.Event(m.list.Event()).ID; got != want {
			t.Errorf("after %q the cursor is on %s, want %s", keys, got, want)
		}
	}
}

// Of a drag that waits only the last move counts.
func TestMotionsThatWaitAreOne(t *testing.T) {
	m := late(start(t, events(t, 1, "a", "b"), 100, 30, ""))
	filter := press(m, "f", "event", "enter")
	for x := range 50 {
		m.Update(tea.MouseMotionMsg{X: x, Y: 2, Button: tea.MouseLeft})
	}
	press(m, "j")
	if n := len(m.ahead); n != 2 {
		t.Errorf("%d messages wait, want a motion and a key", n)
	}
	settle(m, filter)
	if m.list.Row() != 1 {
		t.Errorf("the cursor is on row %d, want 1", m.list.Row())
	}
}
