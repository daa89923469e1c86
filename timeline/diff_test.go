package timeline_test

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

// summed is a timeline that reads its events again, each with a sum of all that
// it holds and of a word more. After a while they cannot be read.
func summed(more string, events []timeline.Event, readable *bool) *timeline.Timeline {
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) {
		if !*readable {
			return timeline.Event{}, errors.New("it is gone")
		}
		return events[at.At], nil
	})
	in := x.Indexer()
	for i := range events {
		r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1})
		r.Sum = crc32.ChecksumIEEE(fmt.Append(nil, events[i], more))
		in.Add(&r)
	}
	in.Flush()
	tl := x.Timeline(timeline.About{}, nil)
	return tl
}

func TestTimelinesDifferInTheirEvents(t *testing.T) {
	t.Parallel()
	event := func(id, date, title string) timeline.Event {
		return timeline.Event{ID: id, Date: fixture.Day(date), Title: title}
	}
	a, b, c := event("a", "2024-01", "A"), event("b", "2024-02", "B"), event("c", "2024-03", "C")
	later := event("a", "2025", "A")
	type list = []timeline.Event
	for _, tt := range []struct {
		before, after list
		want          timeline.Difference
	}{
		{list{a, b, c}, list{c, b, a}, timeline.Difference{}},
		{list{}, list{}, timeline.Difference{}},
		{list{}, list{a, b}, timeline.Difference{New: 2}},
		{list{a, b, c}, list{b}, timeline.Difference{Gone: 2}},
		{list{a, c}, list{a, b, c}, timeline.Difference{New: 1}},
		{list{a, b, c}, list{later, b, c}, timeline.Difference{Changed: 1}},
		{list{a, b}, list{event("b", "2024-02", "Other"), c}, timeline.Difference{New: 1, Changed: 1, Gone: 1}},
	} {
		readable := true
		before, after := summed("", tt.before, &readable), summed("", tt.after, &readable)
		beforeKept, afterKept := timeline.New(timeline.About{}, nil, tt.before), timeline.New(timeline.About{}, nil, tt.after)
		for _, pair := range [][2]*timeline.Timeline{
			{before, after}, {beforeKept, afterKept}, {beforeKept, after}, {before, afterKept},
			{before, summed("written anew", tt.after, &readable)},
		} {
			if got := timeline.Diff(t.Context(), pair[0], pair[1]); got != tt.want {
				t.Errorf("from %v to %v: got %+v, want %+v", tt.before, tt.after, got, tt.want)
			}
		}
	}
}

// What was written over can no longer be read, and of many events nobody waits
// for it: then it is said no more exactly than it is known.
func TestDifferenceIsNoMoreExactThanIsKnown(t *testing.T) {
	t.Parallel()
	var events []timeline.Event
	for i := range 6000 {
		events = append(events, timeline.Event{ID: fmt.Sprint(i), Date: fixture.Day("2024"), Title: "T"})
	}
	yes, no := true, false
	many := timeline.Difference{NewOrChanged: 6000, GoneOrChanged: 6000}
	if got := timeline.Diff(t.Context(), summed("", events, &yes), summed("anew", events, &yes)); got != many {
		t.Errorf("of 6,000 written anew: got %+v, want %+v", got, many)
	}
	half := events[:5000] // as many as are read
	if got := timeline.Diff(t.Context(), summed("", half, &yes), summed("anew", half, &yes)); got != (timeline.Difference{}) {
		t.Errorf("of 5,000 written anew: got %+v, want no difference", got)
	}
	one := timeline.Difference{NewOrChanged: 2, GoneOrChanged: 1}
	if got := timeline.Diff(t.Context(), summed("", events[:1], &no), summed("anew", events[:2], &yes)); got != one {
		t.Errorf("of what cannot be read: got %+v, want %+v", got, one)
	}
}

// Who no longer wants to know had thousands of events read all the same, once for
// each key pressed meanwhile.
func TestDifferEndsWithItsContext(t *testing.T) {
	t.Parallel()
	read := 0
	events := []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Title: "A"}, {ID: "b", Date: fixture.Day("2024"), Title: "B"}}
	indexed := func(sum uint32) *timeline.Timeline {
		x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { read++; return events[at.At], nil })
		in := x.Indexer()
		for i := range events {
			r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1, Sum: sum})
			in.Add(&r)
		}
		in.Flush()
		tl := x.Timeline(timeline.About{}, nil)
		return tl
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if timeline.Diff(ctx, indexed(1), indexed(2)); read > 0 {
		t.Errorf("%d events are read", read)
	}
}
