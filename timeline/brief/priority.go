package brief

import (
	"cmp"
	"slices"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// foremost lists the selected events that matter most to the reader, at most n,
// the first first, and counts those marked must, listed or not.
//
// What must be said comes before what should, what could and what is not
// marked. Within a tier an event's place by date (the newest is first) and its
// place by number of origins (the most is first) are added, and the smallest
// sum comes first; of equal ones, the newer.
func foremost(t *timeline.Timeline, s timeline.Selection, n int) (events []int, musts int) {
	byOrigins := placesByOrigins(t, s)
	type ranked struct {
		event, sum int
		tier       timeline.Tier
	}
	order := func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(a.sum, b.sum), cmp.Compare(b.event, a.event))
	}
	var best []ranked
	keep := func() {
		slices.SortFunc(best, order)
		best = best[:min(n, len(best))]
	}
	for k := range s.Len() {
		i := s.At(k)
		byDate := s.Len() - k
		if t.Day(i) == edtf.Future {
			byDate = s.Len() // nobody knows when it was
		}
		_, origins := t.Counts(i)
		r := ranked{i, byDate + byOrigins[origins], t.Mark(i)}
		if r.tier == timeline.Must {
			musts++
		}
		if best = append(best, r); len(best) >= 2*n+1000 {
			keep() // so that sorting stays cheap, however many there are
		}
	}
	keep()
	for _, r := range best {
		events = append(events, r.event)
	}
	return events, musts
}

// placesByOrigins returns, by number of origins, the place of an event that
// rests on so many: one more than there are events that rest on more.
func placesByOrigins(t *timeline.Timeline, s timeline.Selection) map[int]int {
	count := make(map[int]int)
	for _, i := range s.All() {
		_, origins := t.Counts(i)
		count[origins]++
	}
	places := make(map[int]int)
	for n := range count {
		places[n] = 1
		for m, events := range count {
			if m > n {
				places[n] += events
			}
		}
	}
	return places
}
