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

// findStretches finds them in the order of time. It looks at dates of more than
// a day one by one, and passes over the days between.
func (l *list) findStretches() []stretch {
	var found []stretch
	seen := 0 // the rows that have been looked at
	days := func(until int) {
		if n := len(found) - 1; n >= 0 {
			if within := min(until, l.rows.RankFrom(seen, l.t.From(found[n].to+1))); within > seen {
				found[n].last = within - 1
			}
		}
		seen = until
	}
	wide := l.rows.And(l.t.Wide())
	for w := range wide.Len() {
		i := wide.At(w)
		k := l.rows.RankFrom(seen, i)
		days(k)
		seen++
		from, to := l.t.Span(i)
		interval := l.interval(i)
		if interval && (from == edtf.Past || to == edtf.Future) {
			from, to = l.t.Day(i), l.t.Day(i)
		}
		last := &stretch{to: edtf.Past}
		if n := len(found) - 1; n >= 0 {
			last = &found[n]
		}
		switch {
		case interval && from > last.to:
			found = append(found, stretch{from, to, k, k})
		case interval:
			last.to, last.last = max(last.to, to), k
		case last.holds(from, to):
			last.last = k
		}
	}
	days(l.rows.Len())
	return found
}

func (l *list) interval(i int) bool {
	from, to := l.t.Span(i)
	return from != to && l.t.Date(i).Interval()
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
