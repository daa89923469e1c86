package timeline

import (
	"cmp"
	"slices"
)

// A Count says how many events have a value: of all events, and of those that
// the rest of a query shows.
type Count struct {
	Value      string
	Shown, All int
}

// Tally counts the values of a field under all other filters: the query's own
// terms about the field are left aside, so that the counts say what choosing a
// value would show. It knows the list fields and StatusField. Most shown comes
// first, then most of all, then by name.
func (t *Timeline) Tally(f Field, q Query) []Count { return t.TallyUnder(f, q.WithoutField(f)) }

// TallyUnder counts the values of a field as Tally does, among the events that q
// selects.
func (t *Timeline) TallyUnder(f Field, q Query) []Count {
	shown := t.selectSet(q, asMatched)
	var counts []Count
	if f == StatusField {
		counts = t.tallyStatus(shown)
	} else {
		column := &t.names[f]
		for n, name := range column.names {
			c := Count{Value: name}
			for _, i := range t.eventsOf(f, n) {
				c.All++
				if shown.has(int(i)) {
					c.Shown++
				}
			}
			if c.All > 0 {
				counts = append(counts, c)
			}
		}
	}
	slices.SortStableFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Shown, a.Shown), cmp.Compare(b.All, a.All), cmp.Compare(a.Value, b.Value))
	})
	return counts
}

func (t *Timeline) tallyStatus(shown bitset) []Count {
	var counts []Count
	for s := range statuses {
		c := Count{Value: Status(s).String()}
		for i, status := range t.status {
			if status == Status(s) {
				c.All++
				if shown.has(i) {
					c.Shown++
				}
			}
		}
		if c.All > 0 {
			counts = append(counts, c)
		}
	}
	return counts
}

// eventsOf lists the events that asking for a name finds: those that have it, or
// what lies in it.
func (t *Timeline) eventsOf(f Field, n int) []uint32 {
	c := &t.names[f]
	meant := t.waysOf(f).said[Fold(c.names[n])]
	if len(meant) < 2 {
		return c.postings[n]
	}
	var events []uint32
	for _, m := range meant {
		events = append(events, c.postings[m]...)
	}
	slices.Sort(events)
	return slices.Compact(events)
}

// A Hidden says how many events one term of a query hid.
type Hidden struct {
	Term Term
	N    int
}

// Hides counts, for each term in turn, the events that it hid and no term
// before it did. The counts add up to what the query hides in all.
func (t *Timeline) Hides(q Query) []Hidden {
	left := newBitset(t.Len())
	left.fill()
	hidden := make([]Hidden, len(q.terms))
	for i, term := range q.terms {
		before := left.count()
		left.and(t.selectTerm(term, asMatched))
		hidden[i] = Hidden{term, before - left.count()}
	}
	return hidden
}

// A Rescue is a term whose dropping would show events.
type Rescue struct {
	Index int // of the term, for Query.Without
	Term  Term
	Shown int // what would be shown without it
}

// Rescues lists the terms of a query that selects nothing which, dropped alone,
// would leave a query that selects something; most shown first.
func (t *Timeline) Rescues(q Query) []Rescue {
	var rescues []Rescue
	for i, term := range q.terms {
		if n := t.selectSet(q.Without(i), asMatched).count(); n > 0 {
			rescues = append(rescues, Rescue{i, term, n})
		}
	}
	slices.SortStableFunc(rescues, func(a, b Rescue) int { return cmp.Compare(b.Shown, a.Shown) })
	return rescues
}
