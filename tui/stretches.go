package tui

import (
	"sort"

	"dateline/timeline/edtf"
)

// A stretch is the days that shown intervals cover without a break, and the
// events from the first of them to the last that falls within, counted in the
// order of time. What falls within is tied to the interval in the spine, and
// the days are drawn in the histogram.
//
// An interval that is open goes no further than where it is filed, or it would
// tie all that follows. A date that is coarse is no interval: in June is when it
// was, not how long.
type stretch struct {
	from, to    edtf.Day
	first, last int
}

// findStretches finds them in the order of time.
func (l *list) findStretches() []stretch {
	var found []stretch
	last := &stretch{to: edtf.Past}
	for k := range l.rows.Len() {
		i := l.rows.At(k)
		from, to := l.t.Span(i)
		interval := l.interval(i)
		if interval && (from == edtf.Past || to == edtf.Future) {
			from, to = l.t.Day(i), l.t.Day(i)
		}
		switch {
		case interval && from > last.to:
			found = append(found, stretch{from, to, k, k})
			last = &found[len(found)-1]
		case interval:
			last.to, last.last = max(last.to, to), k
		case last.holds(from, to):
			last.last = k
		}
	}
	return found
}

func (l *list) interval(i int) bool {
	from, to := l.t.Span(i)
	return from != to && l.t.Event(i).Date.Interval()
}

// holds reports whether a date certainly falls within.
func (s *stretch) holds(from, to edtf.Day) bool { return s.from <= from && from <= to && to <= s.to }

// around returns the stretch that has the k-th event between its first and its
// last.
func (l *list) around(k int) *stretch {
	n := sort.Search(len(l.stretches), func(n int) bool { return l.stretches[n].last >= k })
	if n == len(l.stretches) || l.stretches[n].first > k {
		return nil
	}
	return &l.stretches[n]
}

// tie draws how a row is tied to those above and below it: with an interval or
// with what falls within the same. It is empty for other rows.
func (l *list) tie(row int) string {
	k := l.row(row)
	s := l.around(k)
	if s == nil || !l.interval(l.rows.At(k)) && !s.holds(l.t.Span(l.rows.At(k))) {
		return ""
	}
	top, bottom := s.first, s.last
	if l.newest {
		top, bottom = bottom, top
	}
	switch {
	case k == top && k != bottom:
		return "╓"
	case k == bottom && k != top:
		return "╙"
	}
	return "╟"
}

// tied reports whether a row and the one above it lie in one stretch.
func (l *list) tied(row int) bool {
	if row == 0 {
		return false
	}
	s := l.around(l.row(row))
	return s != nil && s == l.around(l.row(row-1))
}
