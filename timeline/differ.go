package timeline

import (
	"cmp"
	"context"
	"reflect"
	"slices"
)

// A Difference counts in what the events of a timeline differ from those of one
// before, by their ids and what they hold.
type Difference struct {
	New, Changed, Gone int
	// Of many events that differ, and of those that can no longer be read, it is
	// not known which: NewOrChanged and GoneOrChanged count them, and the others
	// are 0.
	NewOrChanged, GoneOrChanged int
}

// mostRead is how many events are read to learn what became of them.
const mostRead = 10_000

// Diff says in what a timeline differs from one before. Events are told apart by
// a checksum of their texts; few of them are read. When ctx is done it ends soon,
// and the result means nothing.
func Diff(ctx context.Context, before, after *Timeline) Difference {
	gone, come := unlike(ctx, before, after)
	switch {
	case len(gone) == 0 || len(come) == 0:
		return Difference{New: len(come), Gone: len(gone)}
	case len(gone)+len(come) > mostRead:
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
		e, err := before.store.read(before, i)
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

// unlike lists the events of each of two timelines whose texts the other has not.
func unlike(ctx context.Context, before, after *Timeline) (gone, come []int) {
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

// sum is a sum of the text of event i, and its length: texts that differ have the
// same once in four thousand million times.
func (s *store) sum(i int) uint64 {
	at := s.place(i)
	return uint64(at.Len)<<32 | uint64(at.Sum)
}
