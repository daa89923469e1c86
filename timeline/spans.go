package timeline

import "dateline/timeline/edtf"

// indexSpans finds the events whose date covers more than a day.
func (t *Timeline) indexSpans() {
	isWide := t.dates.matching(func(d edtf.Date) bool {
		from, to := d.Span()
		return from != to
	})
	for i, d := range t.dates.numbers {
		if isWide[d] == 1 {
			t.wide = append(t.wide, uint32(i))
		}
	}
}

// Wide selects the events whose date covers more than a day. The caller must
// not change it.
func (t *Timeline) Wide() Selection { return Selection{rows: t.wide} }

// Precision returns how finely event i states the end of its date that it is
// filed under.
func (t *Timeline) Precision(i int) edtf.Precision { return t.dates.date(i).Precision() }

// Overlapping counts the events of a selection whose date shares a day with
// from..to, both included, as a query with since: and until: would. It looks
// only at dates of more than a day one by one.
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
