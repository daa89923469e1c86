package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"dateline/timeline/edtf"
)

// A Count says how many events have a value: of those selected, and of all.
type Count struct {
	Value      string
	Shown, All int
}

// Tally counts the values of a field among the events that a query selects, its
// own terms about the field left aside: each count says how many events choosing
// that value would show. It counts the list fields, StatusField and OriginsField,
// whose values are 0, 1, 2 and >=3. Counts are sorted by Shown, then All, then
// name.
func (t *Timeline) Tally(f Field, q Query) []Count { return t.TallyUnder(f, q.WithoutField(f)) }

// TallyUnder counts the values of a field among the events that q selects.
func (t *Timeline) TallyUnder(f Field, q Query) []Count {
	return t.tally(f, t.evaluation().query(q, byOverlap))
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
		return cmp.Or(b.Shown-a.Shown, b.All-a.All, strings.Compare(a.Value, b.Value))
	})
	return counts
}

func (c *Count) increment(shown bool) {
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
		counts[s].increment(shown.has(i))
	}
	return counts
}

// An originClass is a value of OriginsField in a tally: the events with from
// least to most origins.
type originClass struct {
	value       string
	least, most int
}

var originClasses = [...]originClass{{"0", 0, 0}, {"1", 1, 1}, {"2", 2, 2}, {">=3", 3, math.MaxUint16}}

func (t *Timeline) tallyOrigins(shown bitset) []Count {
	counts := make([]Count, len(originClasses))
	for n, class := range originClasses {
		counts[n].Value = class.value
	}
	for i, n := range t.origins {
		counts[min(int(n), len(counts)-1)].increment(shown.has(i))
	}
	return counts
}

// tallyNames counts, for each name of a list field, the events that a query for
// it selects.
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
		set := t.evaluation().term(Is(f, c.Value), byOverlap)
		c.All = set.count()
		set.and(shown)
		c.Shown = set.count()
	}
	return counts
}

// A Hidden says how many events a term of a query hides.
type Hidden struct {
	Term Term
	N    int
}

// Hides counts, for each term in turn, the events that it hides and no earlier
// term does. The sum is the number of events that the query hides.
func (t *Timeline) Hides(q Query) []Hidden {
	left := newBitset(t.Len())
	left.fill()
	hidden := make([]Hidden, len(q.terms))
	for i, term := range q.terms {
		before := left.count()
		left.and(t.evaluation().term(term, byOverlap))
		hidden[i] = Hidden{term, before - left.count()}
	}
	return hidden
}

// A Rescue is a term without which a query selects events.
type Rescue struct {
	Index int // of the term, for Query.Without
	Term  Term
	Shown int // events selected without it
}

// Rescues lists the terms of a query that selects nothing, without any one of
// which it would select events; the one that shows most first.
func (t *Timeline) Rescues(q Query) []Rescue {
	var rescues []Rescue
	for i, term := range q.terms {
		if n := t.evaluation().query(q.Without(i), byOverlap).count(); n > 0 {
			rescues = append(rescues, Rescue{i, term, n})
		}
	}
	slices.SortStableFunc(rescues, func(a, b Rescue) int { return cmp.Compare(b.Shown, a.Shown) })
	return rescues
}

// Pairs counts the events that name two actors, for the actors that most of some
// events name.
type Pairs struct {
	Actors []string // most named first
	Named  int      // how many actors the events name in all
	counts []Pair   // a row for each of Actors, with a cell for each
}

// A Pair counts the events that name two actors.
type Pair struct {
	Events int
	Last   int // the position of the last of them that has a date, or -1
}

// Pairs counts the pairs of the n actors that most of the selected events name.
// An event names an actor if a query for that actor selects it.
func (t *Timeline) Pairs(s Selection, n int) Pairs {
	shown := newBitset(t.Len())
	for _, i := range s.rows {
		shown.add(int(i))
	}
	var p Pairs
	var events []bitset // by actor
	for _, c := range t.tally(ActorField, shown) {
		if c.Shown == 0 {
			break
		}
		p.Named++
		if len(events) == n {
			continue
		}
		p.Actors = append(p.Actors, c.Value)
		set := t.evaluation().term(Is(ActorField, c.Value), byOverlap)
		set.and(shown)
		events = append(events, set)
	}
	dated := t.From(edtf.Future)
	p.counts = make([]Pair, len(events)*len(events))
	for i := range events {
		for j := i; j < len(events); j++ {
			count, last := events[i].common(events[j], dated)
			p.counts[i*len(events)+j] = Pair{count, last}
			p.counts[j*len(events)+i] = Pair{count, last}
		}
	}
	return p
}

// Of counts the events that name both of two actors, given by their indexes in
// Actors; for one and the same, the events that name that one.
func (p *Pairs) Of(i, j int) Pair { return p.counts[i*len(p.Actors)+j] }
