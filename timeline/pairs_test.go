package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// paired writes the pairs that any event names, with the id of the last.
func paired(tl *timeline.Timeline, p timeline.Pairs) string {
	var said []string
	for i, a := range p.Actors {
		for j, b := range p.Actors[i:] {
			pair := p.Of(i, i+j)
			if pair.Events == 0 {
				continue
			}
			last := "no day"
			if pair.Last >= 0 {
				last = tl.Event(pair.Last).ID
			}
			if j == 0 {
				said = append(said, fmt.Sprintf("%s %d %s", a, pair.Events, last))
				continue
			}
			said = append(said, fmt.Sprintf("%s + %s %d %s", a, b, pair.Events, last))
		}
	}
	return strings.Join(said, ", ")
}

func TestPairsSayWhoIsNamedWithWhom(t *testing.T) {
	tl := fixture()
	for _, c := range []struct {
		query string
		n     int
		want  string
	}{
		{``, 3, `North Korea 5 troops, North Korea + South Korea 1 troops, South Korea 3 troops, Kim Jong Un 2 treaty`},
		{`topic:summit`, 9, `Kim Jong Un 2 treaty, Kim Jong Un + Vladimir Putin 2 treaty, Vladimir Putin 2 treaty`},
		{`actor:kirby`, 2, `North Korea 1 cargo, North Korea + Russia 1 cargo, Russia 1 cargo`},
		{`(actor:kirby | id:troops)`, 1, `North Korea 2 troops`},
		{`id:rumour`, 9, ``},
		{``, 0, ``},
	} {
		if got := paired(tl, tl.Pairs(tl.Select(query(t, c.query)), c.n)); got != c.want {
			t.Errorf("%q, %d actors:\n got %s\nwant %s", c.query, c.n, got, c.want)
		}
	}
}

// What the matrix says of two actors is what the filter that it writes shows.
func TestPairsAreWhatAFilterOnBothShows(t *testing.T) {
	tl := shipped(t)
	for _, text := range []string{``, `since:2024-06`, `-topic:missile kind:official`, `actor:putin`} {
		q := query(t, text)
		p := tl.Pairs(tl.Select(q), 30)
		if named := len(shownOf(tl.TallyUnder(timeline.ActorField, q))); p.Named != named || len(p.Actors) != min(30, named) {
			t.Fatalf("%q names %d actors, %d of them paired; want %d and at most 30", text, p.Named, len(p.Actors), named)
		}
		for i, a := range p.Actors {
			for j, b := range p.Actors {
				both := q.And(timeline.Is(timeline.ActorField, a), timeline.Is(timeline.ActorField, b))
				if got, want := p.Of(i, j), pairOf(tl, tl.Select(both)); got != want {
					t.Errorf("%s: got %+v, want %+v", both, got, want)
				}
			}
		}
	}
}

func shownOf(counts []timeline.Count) []timeline.Count {
	return slices.DeleteFunc(counts, func(c timeline.Count) bool { return c.Shown == 0 })
}

func pairOf(tl *timeline.Timeline, s timeline.Selection) timeline.Pair {
	p := timeline.Pair{Events: s.Len(), Last: -1}
	for _, i := range s.All() {
		if tl.Day(i) != edtf.Future {
			p.Last = i
		}
	}
	return p
}

// Events without a day come last, and must not pass for the last meeting; what
// lies at the end of a word of 64 events counts as well.
func TestLastOfAPairHasADay(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 128} {
		var events []timeline.Event
		for i := range n {
			events = append(events, timeline.Event{ID: fmt.Sprint(i), Date: day(fmt.Sprintf("%04d", 1000+i)), Actors: []string{"A", "B"}})
		}
		events = append(events, timeline.Event{ID: "undated", Date: day("../.."), Actors: []string{"A", "B"}})
		tl := timeline.New(timeline.About{}, nil, events)
		p := tl.Pairs(tl.Select(timeline.Query{}), 2)
		if got, want := p.Of(0, 1), (timeline.Pair{Events: n + 1, Last: n - 1}); got != want {
			t.Errorf("%d events with a day: got %+v, want %+v", n, got, want)
		}
		only := tl.Pairs(tl.Select(query(t, "id:undated")), 2)
		if got, want := only.Of(0, 1), (timeline.Pair{Events: 1, Last: -1}); got != want {
			t.Errorf("the event without a day: got %+v, want %+v", got, want)
		}
	}
}
