package timeline

import (
	"iter"
	"slices"
	"sort"

	"dateline/timeline/edtf"
)

// A Selection is the positions of the events that a query selects, in order.
type Selection struct {
	rows []uint32
	all  int // instead of rows: how many of the first events
	// Uncertain counts the selected events that may not match in truth, because
	// their date is uncertain or coarser than the query's.
	Uncertain int
}

// Len is the number of events selected.
func (s Selection) Len() int { return s.all + len(s.rows) }

// At returns the position in the timeline of the k-th event selected.
func (s Selection) At(k int) int {
	if k < s.all {
		return k
	}
	return int(s.rows[k])
}

// All lists the positions of the events selected.
func (s Selection) All() []int {
	all := make([]int, s.Len())
	for k := range all {
		all[k] = s.At(k)
	}
	return all
}

// Ordered goes through the positions of the events selected, oldest first or
// newest first.
func (s Selection) Ordered(newest bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for k := range s.Len() {
			if newest {
				k = s.Len() - 1 - k
			}
			if !yield(s.At(k)) {
				return
			}
		}
	}
}

// Rank returns how many of the events selected come before position i.
func (s Selection) Rank(i int) int {
	if s.rows == nil {
		return min(max(i, 0), s.all)
	}
	return sort.Search(len(s.rows), func(k int) bool { return int(s.rows[k]) >= i })
}

// RankFrom is Rank for a position at or after the k-th event selected, and fast
// if it is near.
func (s Selection) RankFrom(k, i int) int {
	if s.rows == nil {
		return max(k, s.Rank(i))
	}
	return k + rankNear(s.rows[k:], uint32(i))
}

// Has reports whether the event at position i is selected, and its rank.
func (s Selection) Has(i int) (k int, ok bool) {
	k = s.Rank(i)
	return k, k < s.Len() && s.At(k) == i
}

// firstIn returns the first event in both selections from position i on, or -1. It
// leaps over those that only one of them has.
func (s Selection) firstIn(other Selection, i int) int {
	for agreed := 0; agreed < 2; s, other = other, s {
		k := s.Rank(i)
		if k == s.Len() {
			return -1
		}
		if at := s.At(k); at == i {
			agreed++
		} else {
			i, agreed = at, 1
		}
	}
	return i
}

// lastIn returns the last event in both selections up to position i, or -1.
func (s Selection) lastIn(other Selection, i int) int {
	for agreed := 0; agreed < 2; s, other = other, s {
		k := s.Rank(i+1) - 1
		if k < 0 {
			return -1
		}
		if at := s.At(k); at == i {
			agreed++
		} else {
			i, agreed = at, 1
		}
	}
	return i
}

// And returns the events in both selections, in time that grows with the smaller
// of them.
func (s Selection) And(other Selection) Selection {
	switch {
	case s.rows == nil && other.rows == nil:
		return Selection{all: min(s.all, other.all)}
	case s.rows == nil:
		return Selection{rows: other.rows[:other.Rank(s.all)]}
	case other.rows == nil:
		return other.And(s)
	}
	small, large := s.rows, other.rows
	if len(small) > len(large) {
		small, large = large, small
	}
	var both []uint32
	for _, i := range small {
		large = large[rankNear(large, i):]
		if len(large) > 0 && large[0] == i {
			both = append(both, i)
		}
	}
	return Selection{rows: both}
}

// rankNear returns how many rows come before i, which is probably near the
// first.
func rankNear(rows []uint32, i uint32) int {
	n := 1
	for n < len(rows) && rows[n] < i {
		n *= 2
	}
	n, _ = slices.BinarySearch(rows[:min(n, len(rows))], i)
	return n
}

// indexWide finds the events, from one on, whose date covers more than a day.
func (t *Timeline) indexWide(from int) {
	isWide := t.dates.matching(func(d edtf.Date) bool {
		from, to := d.Span()
		return from != to
	})
	for i, d := range t.dates.numbers[from:] {
		if isWide[d] == 1 {
			t.wide = append(t.wide, uint32(from+i))
		}
	}
}

// Wide selects the events whose date covers more than a day. The caller must
// not change it.
func (t *Timeline) Wide() Selection { return Selection{rows: t.wide} }

// Precision returns how finely the date of event i states the day that the event
// is filed under.
func (t *Timeline) Precision(i int) edtf.Precision { return t.dates.date(i).Precision() }

// Overlapping counts the events of a selection whose date shares a day with
// from..to, both included, as a query with since: and until: would. It examines
// only the dates of more than a day one by one.
func (t *Timeline) Overlapping(s Selection, from, to edtf.Day) int {
	first, end := t.From(from), t.From(to+1)
	n := s.Rank(end) - s.Rank(first)
	for _, i := range t.wide {
		i := int(i)
		if (i < first || i >= end) && t.dates.date(i).Overlaps(from, to) {
			if _, ok := s.Has(i); ok {
				n++
			}
		}
	}
	return n
}
