package timeline_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

// stored makes a timeline of n stored events, each of which takes as many bytes as
// a goroutine reads in one go. Glance may be nil.
func stored(n int, decode timeline.Decoder, glance timeline.Glance) *timeline.Timeline {
	x := timeline.NewIndex(decode)
	x.Glance = glance
	in := x.Indexer()
	for i := range n {
		e := numbered(i)
		r := timeline.NewRecord(&e, timeline.Extent{At: int64(i), Len: 1 << 16})
		in.Add(&r)
	}
	in.Flush()
	t := x.Timeline(timeline.About{}, nil)
	return t
}

func numbered(i int) timeline.Event {
	return timeline.Event{ID: fmt.Sprintf("e-%03d", i), Date: fixture.Day("2024-06-19"), Title: fmt.Sprintf("Event %d", i)}
}

func TestEventsReadAheadComeInTheOrderAskedFor(t *testing.T) {
	const n = 100
	large := stored(n, func(at timeline.Extent) (timeline.Event, error) { return numbered(int(at.At)), nil }, nil)
	var events []timeline.Event
	for i := range n {
		events = append(events, numbered(i))
	}
	kept := timeline.New(timeline.About{}, nil, events)
	all := large.Select(timeline.Query{})
	for _, asked := range [][]int{nil, {7}, {7, 3, 7}, all.All(), slices.Collect(all.Ordered(true))} {
		for name, tl := range map[string]*timeline.Timeline{"stored": large, "kept": kept} {
			var events, titles []int
			for i, e := range tl.Events(slices.Values(asked)) {
				events = append(events, i)
				if want := numbered(i); !reflect.DeepEqual(*e, want) {
					t.Errorf("%s: got %v, want %v", name, *e, want)
				}
			}
			for i, title := range tl.Titles(slices.Values(asked)) {
				titles = append(titles, i)
				if want := numbered(i).Title; title != want {
					t.Errorf("%s: got %q, want %q", name, title, want)
				}
			}
			if !slices.Equal(events, asked) || !slices.Equal(titles, asked) {
				t.Errorf("%s: got events %v and titles %v, want %v", name, events, titles, asked)
			}
		}
	}
}

// Who looks at the first lines of a list does not wait for the last.
func TestReadingAheadEndsWithItsCaller(t *testing.T) {
	const n = 1000
	var read atomic.Int64
	tl := stored(n, func(at timeline.Extent) (timeline.Event, error) {
		read.Add(1)
		return numbered(int(at.At)), nil
	}, nil)
	for range tl.Events(tl.Select(timeline.Query{}).Ordered(false)) {
		break
	}
	after := read.Load()
	if after == 0 || after > n/2 {
		t.Errorf("for one event %d of %d are read", after, n)
	}
}

// What a glance tells is taken only of the event that the index knows; the rest
// is decoded.
func TestTitleAtAGlanceIsThatOfTheEvent(t *testing.T) {
	gone := errors.New("it is gone")
	tl := stored(4, func(at timeline.Extent) (timeline.Event, error) {
		if at.At == 3 {
			return timeline.Event{}, gone
		}
		e := numbered(int(at.At))
		e.Title += ", decoded"
		return e, nil
	}, func(extents []timeline.Extent, onlyTitles bool, see func(int, *timeline.Record)) {
		for k, at := range extents {
			if at.At == 1 || at.At == 3 || !onlyTitles {
				continue
			}
			id := [...]string{"e-000", "e-001", "another"}[at.At]
			see(k, &timeline.Record{ID: []byte(id), Title: []byte("At a\x1b glance")})
		}
	})
	var got []string
	for i, title := range tl.Titles(tl.Select(timeline.Query{}).Ordered(false)) {
		got = append(got, title)
		if e := tl.Event(i); i > 0 && title != e.Title {
			t.Errorf("event %d: got title %q, want %q", i, title, e.Title)
		}
	}
	want := []string{"At a glance", "Event 1, decoded", "Event 2, decoded", "This event can no longer be read: it is gone"}
	if !slices.Equal(got, want) || !errors.Is(tl.Err(), gone) {
		t.Errorf("got %q, %v; want %q", got, tl.Err(), want)
	}
}

// A panic in a goroutine of ours would end the program with the terminal as it is.
func TestPanicWhileReadingOrSearchingIsTheCallers(t *testing.T) {
	tl := stored(10, func(timeline.Extent) (timeline.Event, error) { panic("broken") }, nil)
	for name, call := range map[string]func(){
		"reading ahead": func() {
			for range tl.Events(tl.Select(timeline.Query{}).Ordered(false)) {
			}
		},
		"share": func() { timeline.Share(5, func(int) { panic("broken") }) },
		"split": func() { timeline.Split(1<<17, func(int, int) { panic("broken") }) },
	} {
		func() {
			defer func() {
				if fault := recover(); fault != "broken" {
					t.Errorf("%s: the caller recovers %v, want broken", name, fault)
				}
			}()
			call()
		}()
	}
}
