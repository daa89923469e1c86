package timeline_test

import (
	"fmt"
	"slices"
	"testing"

	"dateline/timeline"
)

// Timelines of more than 32,768 events are looked through from several goroutines,
// each of which has a stretch of every bitset. These have enough copies of a few
// events for that, in two orders: copies side by side, and the few in turn. What a
// query selects of the few it must select of the many, and nothing else.

// turns is how many copies there are of each of the fixture's events: enough, and
// not a multiple of 64.
const turns = 2801

func TestManyEventsAreSelectedAsFewAre(t *testing.T) {
	t.Parallel()
	n := fixture().Len()
	if n*turns < 1<<15 {
		t.Fatalf("%d events are looked through from one goroutine", n*turns)
	}
	for _, c := range []struct {
		order   string
		queries []string
		id      func(k, turn int) string
		sameDay bool // so that ids alone order the events
	}{
		{order: "side by side", queries: []string{"since:2024-06", "until:2023", "on:2024-02 -status:confirmed", "-on:2024", "has:uncertain"}, id: func(k, turn int) string { return fmt.Sprintf("%02d-%05d", k, turn) }},
		{order: "in turn", queries: []string{
			"status:confirmed", "sources:>=3", "origins:<2", "kind:official", "publisher:kcna", "topic:treaty", "actor:korea", "place:russia",
			"has:answer", "has:quote,caveat", "korea", "-said", "/k.*ea/", "(topic:arms | actor:kim) -place:moscow",
		}, id: func(k, turn int) string { return fmt.Sprintf("%05d-%02d", turn, k) }, sameDay: true},
	} {
		few := timeline.New(timeline.About{}, register(), copied(1, c.id, c.sameDay))
		events := copied(turns, c.id, c.sameDay)
		kept := timeline.New(timeline.About{}, register(), events)
		stored, _ := indexed(timeline.About{}, register(), events)
		for _, text := range c.queries {
			var want []int
			selected := few.Select(query(t, text))
			for i := range n * turns {
				k := i / turns
				if c.sameDay {
					k = i % n
				}
				if _, ok := selected.Has(k); ok {
					want = append(want, i)
				}
			}
			for name, tl := range map[string]*timeline.Timeline{"kept": kept, "stored": stored} {
				got := tl.Select(query(t, text))
				if !slices.Equal(got.All(), want) {
					t.Errorf("%s, %s: %s selects %d of %d events, or others than the %d it should", c.order, name, text, got.Len(), tl.Len(), len(want))
				}
				if got.Uncertain != selected.Uncertain*turns {
					t.Errorf("%s, %s: %s: %d are uncertain, want %d", c.order, name, text, got.Uncertain, selected.Uncertain*turns)
				}
			}
		}
		for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField, timeline.OriginsField} {
			want := few.Tally(f, query(t, "-topic:treaty"))
			for k := range want {
				want[k].Shown *= turns
				want[k].All *= turns
			}
			for name, tl := range map[string]*timeline.Timeline{"kept": kept, "stored": stored} {
				if got := tl.Tally(f, query(t, "-topic:treaty")); !slices.Equal(got, want) {
					t.Errorf("%s, %s: %v is counted as %v, want %v", c.order, name, f, got, want)
				}
			}
		}
	}
}

// copied makes so many copies of each of the fixture's events, each of which answers
// the copies of its own turn.
func copied(turns int, id func(k, turn int) string, sameDay bool) []timeline.Event {
	tl := fixture()
	at := make(map[string]int)
	for k := range tl.Len() {
		at[tl.Event(k).ID] = k
	}
	var all []timeline.Event
	for turn := range turns {
		for k := range tl.Len() {
			e := *tl.Event(k)
			e.ID = id(k, turn)
			e.Answers = slices.Clone(e.Answers)
			for n, other := range e.Answers {
				e.Answers[n] = id(at[other], turn)
			}
			if sameDay {
				e.Date = day("2024-06-19")
			}
			all = append(all, e)
		}
	}
	return all
}
