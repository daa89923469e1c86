package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A Count says how many events have a value: of all events, and of those that
// the rest of a query shows.
type Count struct {
	Value      string
	Shown, All int
}

// Tally counts the values of a field under all other filters: the query's own
// terms about the field are left aside, so that the counts say what choosing a
// value would show. It knows the list fields, StatusField and OriginsField,
// whose values are 0, 1, 2 and >=3. Most shown comes first, then most of all,
// then by name.
func (t *Timeline) Tally(f Field, q Query) []Count { return t.TallyUnder(f, q.WithoutField(f)) }

// TallyUnder counts the values of a field as Tally does, among the events that q
// selects.
func (t *Timeline) TallyUnder(f Field, q Query) []Count {
	return t.tally(f, t.selectSet(q, byOverlap))
}

func (t *Timeline) tally(f Field, shown bitset) []Count {
	var counts []Count
	switch f {
	case StatusField:
		counts = t.tallyStatus(shown)
	case OriginsField:
		counts = t.tallyOrigins(shown)
	default:
		counts = t.tallyNames(f, shown)
	}
	counts = slices.DeleteFunc(counts, func(c Count) bool { return c.All == 0 })
	slices.SortFunc(counts, func(a, b Count) int {
		switch {
		case a.Shown != b.Shown:
			return b.Shown - a.Shown
		case a.All != b.All:
			return b.All - a.All
		}
		return strings.Compare(a.Value, b.Value)
	})
	return counts
}

func (c *Count) add(shown bool) {
	c.All++
	if shown {
		c.Shown++
	}
}

func (t *Timeline) tallyStatus(shown bitset) []Count {
	counts := make([]Count, len(statuses))
	for s := range statuses {
		counts[s].Value = Status(s).String()
	}
	for i, s := range t.status {
		counts[s].add(shown.has(i))
	}
	return counts
}

// An originClass is the events whose number of origins is from least to most.
type originClass struct {
	value       string // of OriginsField
	least, most int
}

var originClasses = [...]originClass{{"0", 0, 0}, {"1", 1, 1}, {"2", 2, 2}, {">=3", 3, math.MaxUint16}}

func (t *Timeline) tallyOrigins(shown bitset) []Count {
	counts := make([]Count, len(originClasses))
	for n, class := range originClasses {
		counts[n].Value = class.value
	}
	for i, n := range t.origins {
		counts[min(int(n), len(counts)-1)].add(shown.has(i))
	}
	return counts
}

// tallyNames counts what asking for each name of a list field finds: the events
// that have it, or what lies in it.
func (t *Timeline) tallyNames(f Field, shown bitset) []Count {
	column := &t.names[f]
	have := column.counts // of the events shown
	if shown.count() < t.Len() {
		have = make([]uint32, len(column.names))
		for _, i := range shown.rows() {
			for _, n := range column.list(int(i)) {
				have[n]++
			}
		}
	}
	counts := make([]Count, len(column.names))
	for n, name := range column.names {
		counts[n] = Count{Value: name, Shown: int(have[n]), All: int(column.counts[n])}
	}
	for _, n := range t.spellingsOf(f).ambiguous {
		c := &counts[n]
		set := t.selectTerm(Is(f, c.Value), byOverlap)
		c.All = set.count()
		set.and(shown)
		c.Shown = set.count()
	}
	return counts
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
		left.and(t.selectTerm(term, byOverlap))
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
		if n := t.selectSet(q.Without(i), byOverlap).count(); n > 0 {
			rescues = append(rescues, Rescue{i, term, n})
		}
	}
	slices.SortStableFunc(rescues, func(a, b Rescue) int { return cmp.Compare(b.Shown, a.Shown) })
	return rescues
}
