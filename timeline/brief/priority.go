package brief

import (
	"cmp"
	"slices"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// byPriority lists the n most important of the selected events, the most important
// first, and counts those marked must, listed or not.
//
// Events marked must come first, then should, then could, then the rest. Within a
// tier an event's position by date (newest first) and its position by number of
// origins (most first) are added, and the smallest sum comes first; of equal sums,
// the newer event.
func byPriority(t *timeline.Timeline, s timeline.Selection, n int) (events []int, musts int) {
	byOrigins := positionsByOrigins(t, s)
	type candidate struct {
		event, sum int
		tier       timeline.Tier
	}
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(a.sum, b.sum), cmp.Compare(b.event, a.event))
	}
	var best []candidate
	keep := func() {
		slices.SortFunc(best, order)
		best = best[:min(n, len(best))]
	}
	for k := range s.Len() {
		i := s.At(k)
		byDate := s.Len() - k
		if t.Day(i) == edtf.Future {
			byDate = s.Len() // an undated event counts as the oldest
		}
		_, origins := t.Counts(i)
		r := candidate{i, byDate + byOrigins[origins], t.Mark(i)}
		if r.tier == timeline.Must {
			musts++
		}
		if best = append(best, r); len(best) >= 2*n+1000 {
			keep() // keeps sorting cheap, however many there are
		}
	}
	keep()
	for _, r := range best {
		events = append(events, r.event)
	}
	return events, musts
}

// positionsByOrigins returns the position of events by their number of origins: one
// more than the number of events that have more origins.
func positionsByOrigins(t *timeline.Timeline, s timeline.Selection) map[int]int {
	count := make(map[int]int)
	for _, i := range s.All() {
		_, origins := t.Counts(i)
		count[origins]++
	}
	positions := make(map[int]int)
	for n := range count {
		positions[n] = 1
		for m, events := range count {
			if m > n {
				positions[n] += events
			}
		}
	}
	return positions
}
