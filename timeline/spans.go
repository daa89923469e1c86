package timeline

import "dateline/timeline/edtf"

// spans is what is known of how long and how coarse the dates of the events are.
type spans struct {
	precision []edtf.Precision // by event
	wide      []uint32         // the events whose date covers more than a day, in order
}

func (t *Timeline) indexSpans() {
	t.spans = spans{precision: make([]edtf.Precision, t.Len())}
	for i := range t.events {
		if t.from[i] != t.to[i] {
			t.spans.precision[i] = t.events[i].Date.Precision()
			t.spans.wide = append(t.spans.wide, uint32(i))
		}
	}
}

// Precision returns how finely event i states the end of its date that it is
// filed under.
func (t *Timeline) Precision(i int) edtf.Precision { return t.spans.precision[i] }

// Overlapping counts the events of a selection whose date shares a day with
// from..to, both included, as a query with since: and until: would. It looks
// only at dates of more than a day one by one.
func (t *Timeline) Overlapping(s Selection, from, to edtf.Day) int {
	first, end := t.From(from), t.From(to+1)
	n := s.Rank(end) - s.Rank(first)
	for _, i := range t.spans.wide {
		i := int(i)
		if (i < first || i >= end) && t.from[i] <= to && t.to[i] >= from && t.from[i] <= t.to[i] {
			if _, ok := s.Has(i); ok {
				n++
			}
		}
	}
	return n
}
