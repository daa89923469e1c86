package timeline

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"dateline/timeline/text"
)

// A Difference counts how the events of a timeline differ from those of an
// earlier one. An event is the same if its id is.
type Difference struct {
	New, Changed, Gone int
	// If many events differ, or some can no longer be read, only these
	// are known, and the others are 0.
	NewOrChanged, GoneOrChanged int
}

// maxRead is how many events are read for a comparison.
const maxRead = 10_000

// Diff compares a timeline with an earlier one. Events are compared by checksum,
// and few of them are read. When ctx is done, Diff returns soon and its result is
// meaningless.
func Diff(ctx context.Context, before, after *Timeline) Difference {
	gone, come := unmatched(ctx, before, after)
	switch {
	case len(gone) == 0 || len(come) == 0:
		return Difference{New: len(come), Gone: len(gone)}
	case len(gone)+len(come) > maxRead:
		return Difference{NewOrChanged: len(come), GoneOrChanged: len(gone)}
	}
	events := make([]Event, len(come))
	for k, i := range come {
		if ctx.Err() != nil {
			return Difference{}
		}
		events[k] = *after.Event(i)
	}
	d, was := Difference{Gone: len(gone)}, make(map[string]*Event)
	for _, i := range gone {
		if ctx.Err() != nil {
			return Difference{}
		}
		e, err := before.store.read(before, i, text.Clean)
		if err != nil {
			return Difference{NewOrChanged: len(come), GoneOrChanged: len(gone)}
		}
		was[e.ID] = &e
	}
	for k := range events {
		e, known := was[events[k].ID]
		switch {
		case !known:
			d.New++
			continue
		case !reflect.DeepEqual(*e, events[k]):
			d.Changed++
		}
		d.Gone--
	}
	return d
}

// unmatched lists the events of each of two timelines whose checksum no event of
// the other has.
func unmatched(ctx context.Context, before, after *Timeline) (gone, come []int) {
	b, a := before.store, after.store
	n, m := before.Len(), after.Len()
	start := 0
	for start < min(n, m) && b.sum(start) == a.sum(start) {
		start++
	}
	for n > start && m > start && b.sum(n-1) == a.sum(m-1) {
		n, m = n-1, m-1
	}
	type summed struct {
		sum uint64
		i   int
	}
	sums := func(s *store, end int) (all []summed) {
		if ctx.Err() != nil {
			return nil
		}
		for i := start; i < end; i++ {
			all = append(all, summed{s.sum(i), i})
		}
		slices.SortFunc(all, func(a, b summed) int { return cmp.Compare(a.sum, b.sum) })
		return all
	}
	were, are := sums(b, n), sums(a, m)
	for len(were) > 0 || len(are) > 0 {
		switch {
		case len(are) == 0 || len(were) > 0 && were[0].sum < are[0].sum:
			gone, were = append(gone, were[0].i), were[1:]
		case len(were) == 0 || are[0].sum < were[0].sum:
			come, are = append(come, are[0].i), are[1:]
		default:
			were, are = were[1:], are[1:]
		}
	}
	return gone, come
}

// sum joins the checksum and the length of the text of event i: two texts that
// differ share it once in four thousand million times.
func (s *store) sum(i int) uint64 {
	at := s.extent(i)
	return uint64(at.Len)<<32 | uint64(at.Sum)
}
