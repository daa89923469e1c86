package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// tellAll runs a command, and each of a batch, and tells what they return.
func tellAll(cmd tea.Cmd, told chan<- tea.Msg) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			told <- msg
			return
		}
		for _, cmd := range batch {
			tellAll(cmd, told)
		}
	}()
}

// settle runs a command and takes the results of jobs, until none runs.
func settle(m *model, cmd tea.Cmd) {
	told := make(chan tea.Msg, 100)
	tellAll(cmd, told)
	for m.awaitsAny() {
		_, cmd := m.Update(<-told)
		tellAll(cmd, told)
	}
}

// manyEvents are events of ten years that are made when they are asked for. One in
// seven names Ann.
func manyEvents(n int) File {
	event := func(i int) timeline.Event {
		date, _ := edtf.Parse(edtf.DayOf(2014, 1, 1+i*3652/n).String())
		e := timeline.Event{ID: fmt.Sprintf("e%07d", i), Date: date, Title: fmt.Sprintf("Event number %d", i), Actors: []string{"Bob"}, Topics: []string{[]string{"treaty", "visit"}[i%2]}}
		if i%7 == 0 {
			e.Actors = []string{"Ann", "Bob"}
		}
		return e
	}
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return event(int(at.At)), nil })
	in := x.Indexer()
	for i := range n {
		e := event(i)
		r := timeline.NewRecord(&e, timeline.Extent{At: int64(i), Len: 1})
		in.Add(&r)
	}
	in.Flush()
	t := x.Timeline(timeline.About{Title: "Many"}, nil)
	return File{Timeline: t, Name: "many.jsonl", Digest: func() string { return "" }}
}

func TestKeysWaitForWhatTheyActOn(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	cmd := press(m, "f", "actor:ann", "enter")
	press(m, "j", "j")
	if m.list.Row() != 0 || m.shown.Rows.Len() != large {
		t.Fatal("Update did not leave the filter to a command")
	}
	settle(m, cmd)
	if want := (large + 6) / 7; m.shown.Rows.Len() != want || m.list.Row() != 2 {
		t.Errorf("%d events are shown, the cursor is on row %d; want %d, 2", m.shown.Rows.Len(), m.list.Row(), want)
	}
	if s := frame(t, m); !s.Contains("2,858 of 20,000 events") {
		t.Errorf("the header does not say how many:\n%s", s.Golden())
	}
}

func TestEscGivesUpAFilterThatTakesItsTime(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "topic:treaty")
	cmd := press(m, "f", "/number 1.*9/", "enter")
	press(m, "j", "esc")
	settle(m, cmd)
	if got := m.query.String(); got != "topic:treaty" || m.shown.Rows.Len() != large/2 || m.list.Row() != 0 {
		t.Errorf("the filter is %q, %d events are shown, the cursor is on row %d", got, m.shown.Rows.Len(), m.list.Row())
	}
	settle(m, press(m, "esc"))
	if !m.query.Empty() || m.shown.Rows.Len() != large {
		t.Errorf("the next drops no term: %q", m.query)
	}
}

// The job of the first text takes longer; that of the last counts.
func TestOnlyTheLastJobCounts(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	press(m, "/")
	late := press(m, "number 3")
	settle(m, press(m, "33"))
	m.Update(late())
	if want := "“number 333” 1/"; !strings.Contains(frame(t, m).Golden(), want) || m.shown.Event(m.list.Event()).Title != "Event number 333" {
		t.Errorf("the search is not for the last:\n%s", frame(t, m).Golden())
	}
	cmd := press(m, "9")
	press(m, "enter")
	if !is[*searching](m) {
		t.Error("Enter does not wait for what it keeps")
	}
	settle(m, cmd)
	if got := m.shown.Event(m.list.Event()).Title; !is[*browsing](m) || got != "Event number 3339" {
		t.Errorf("Enter keeps %s", got)
	}
}

func TestJobEndsWhenItIsCancelled(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	ended := make(chan error, 1)
	m.start(jobRange, large, func(ctx context.Context) func(*model) {
		<-ctx.Done()
		ended <- ctx.Err()
		return func(*model) { t.Error("the result of a cancelled job is taken") }
	})
	_, cmd := m.Update(nil)
	done := make(chan tea.Msg)
	go func() { done <- cmd() }()
	m.cancel(jobRange)
	if <-ended == nil {
		t.Error("it was not told")
	}
	m.Update(<-done)
}

func TestOrderMarksAndViewsOfManyEvents(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	settle(m, press(m, "S"))
	if !m.shown.Newest || m.shown.At(m.list.Row()) != m.list.Event() {
		t.Error("S does not turn the order, or loses the event")
	}
	press(m, "m")
	settle(m, press(m, "f", "marked", "enter"))
	if m.shown.Rows.Len() != 1 {
		t.Errorf("%d are marked, want 1", m.shown.Rows.Len())
	}
	settle(m, press(m, "m"))
	m.showView(View{Name: "Ann's", Query: timeline.Query{}.And(timeline.Is(timeline.ActorField, "Ann")), Order: "oldest"})
	_, cmd := m.Update(nil)
	settle(m, cmd)
	if want := "View “Ann's”: 2,858 of 20,000 events."; m.notice.text != want || m.shown.Newest {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
}

// A part of the timeline arrives while the part before is searched: hits in that
// are no positions in this.
func TestJobsInTheTimelineBeforeAreCancelled(t *testing.T) {
	m := start(t, manyEvents(large), 100, 24, "")
	press(m, "/")
	settle(m, press(m, "number 7"))
	press(m, "enter", "R")
	_, cmd := m.Update(partMsg{Part{File: manyEvents(2 * large), Last: true}})
	arriving := messages(cmd)
	press(m, "/", "number 3")
	late := press(m, "esc") // which searches for what was searched for before
	for _, msg := range arriving {
		_, cmd = m.Update(msg)
		settle(m, cmd)
	}
	m.Update(late())
	want := m.shown.Select(timeline.Query{}.And(timeline.Is(timeline.TextField, "number 7"))).Len()
	if got := m.shown.Search.Hits.Len(); got != want || m.shown.Len() != 2*large {
		t.Errorf("%d of the %d events that hold it are found", got, want)
	}
}
