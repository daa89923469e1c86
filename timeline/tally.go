package timeline

import (
	"cmp"
	"context"
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
// whose values are 0, 1, 2 and >=3, and FileField. Counts are sorted by Shown, then All, then
// name.
func (t *Timeline) Tally(f Field, q Query) []Count { return t.TallyUnder(f, q.WithoutField(f)) }

// TallyUnder counts the values of a field among the events that q selects.
func (t *Timeline) TallyUnder(f Field, q Query) []Count {
	e := t.evaluation()
	return e.under(q).tally(f, e.query(q, byOverlap))
}

func (e evaluation) tally(f Field, shown bitset) []Count {
	var counts []Count
	switch f {
	case StatusField:
		counts = e.tallyStatus(shown)
	case OriginsField:
		counts = e.tallyOrigins(shown)
	case FileField:
		counts = e.tallyFiles(shown)
	default:
		counts = e.tallyNames(f, shown)
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

func (e evaluation) tallyOrigins(shown bitset) []Count {
	counts := make([]Count, len(originClasses))
	for n, class := range originClasses {
		counts[n].Value = class.value
	}
	for i, n := range e.origins {
		counts[min(int(n), len(counts)-1)].increment(shown.has(i) && e.horizon == nil)
	}
	if e.horizon != nil {
		for _, event := range e.readAll(&shown) {
			n := len((&Event{Sources: publishedBy(event.Sources, *e.horizon)}).Origins())
			counts[min(n, len(counts)-1)].Shown++
		}
	}
	return counts
}

func (t *Timeline) tallyFiles(shown bitset) []Count {
	if len(t.files) < 2 {
		return nil // one file is no choice
	}
	counts := make([]Count, len(t.files))
	for n, name := range t.files {
		counts[n].Value = name
	}
	for i := range t.Len() {
		counts[slices.Index(t.files, t.files[t.store.extent(i).File])].increment(shown.has(i))
	}
	return counts
}

// tallyNames counts, for each name of a list field, the events that a query for
// it selects.
func (e evaluation) tallyNames(f Field, shown bitset) []Count {
	column := &e.names[f]
	have := column.counts // of the events shown
	switch {
	case e.horizon != nil && f.aboutSources():
		have = e.tallyKnown(f, shown)
	case shown.count() < e.Len():
		have = make([]uint32, len(column.names))
		for _, i := range shown.rows() {
			for n := range column.list(int(i)) {
				have[n]++
			}
		}
	}
	counts := make([]Count, len(column.names))
	for n, name := range column.names {
		counts[n] = Count{Value: name, Shown: int(have[n]), All: int(column.counts[n])}
	}
	for _, n := range e.spellingsOf(f).ambiguous {
		c := &counts[n]
		c.All = e.evaluation().term(Is(f, c.Value), byOverlap).count()
		set := e.term(Is(f, c.Value), byOverlap)
		set.and(shown)
		c.Shown = set.count()
	}
	return counts
}

// tallyKnown counts, for each name of a list field, the events shown that have it
// from a source within the horizon.
func (e evaluation) tallyKnown(f Field, shown bitset) []uint32 {
	have := make([]uint32, len(e.names[f].names))
	for _, event := range e.readAll(&shown) {
		seen := make(map[int]bool)
		for _, s := range publishedBy(event.Sources, *e.horizon) {
			if n, ok := e.nameNumber(f, s.name(f)); ok && !seen[n] {
				seen[n] = true
				have[n]++
			}
		}
	}
	return have
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
	e := t.evaluation().under(q)
	for i, term := range q.terms {
		before := left.count()
		left.and(e.term(term, byOverlap))
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

// A Companion is an actor named together with another, or one of all.
type Companion struct {
	Name   string
	Events int   // in which both are named
	Last   int   // the position of the last of them that has a date, or -1
	Bins   []int // how many of them lie from each day given to the next
}

// Companions counts the events of a selection that name an actor together with
// each other one, or each actor if actor is "", most often first. An event names
// an actor if a query for that actor selects it. It ends early when ctx is done.
func (t *Timeline) Companions(ctx context.Context, s Selection, actor string, days []edtf.Day) []Companion {
	e, column := t.evaluation(), &t.names[ActorField]
	e.ctx = ctx
	own := -1
	if actor != "" {
		if n, ok := t.nameNumber(ActorField, actor); ok {
			own = n
		}
		named := e.term(Is(ActorField, actor), byOverlap)
		s = s.And(Selection{rows: named.rows()})
	}
	var found []Companion
	at := make([]int32, len(column.names)) // by name: its place in found, from 1
	dated := t.From(edtf.Future)
	count := func(n, i, bin int) {
		if n == own {
			return
		}
		if at[n] == 0 {
			found = append(found, Companion{Name: column.names[n], Last: -1})
			at[n] = int32(len(found))
		}
		c := &found[at[n]-1]
		c.Events++
		if i < dated {
			c.Last = i
		}
		if 0 <= bin && bin < len(days)-1 {
			if c.Bins == nil {
				c.Bins = make([]int, len(days)-1)
			}
			c.Bins[bin]++
		}
	}
	eachBin := func(s Selection, f func(i, bin int)) {
		bin := -1
		for k := range s.Len() {
			i := s.At(k)
			if k%4096 == 0 && ctx.Err() != nil {
				return
			}
			for bin+1 < len(days) && t.Day(i) >= days[bin+1] {
				bin++
			}
			f(i, bin)
		}
	}
	ambiguous := make(map[uint32]bool)
	for _, n := range t.spellingsOf(ActorField).ambiguous {
		ambiguous[uint32(n)] = true
		named := e.term(Is(ActorField, column.names[n]), byOverlap)
		eachBin(s.And(Selection{rows: named.rows()}), func(i, bin int) { count(n, i, bin) })
	}
	eachBin(s, func(i, bin int) {
		for n := range column.list(i) {
			if !ambiguous[n] {
				count(int(n), i, bin)
			}
		}
	})
	slices.SortFunc(found, func(a, b Companion) int { return cmp.Or(b.Events-a.Events, strings.Compare(a.Name, b.Name)) })
	return found
}
