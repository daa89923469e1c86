package timeline

import (
	"context"
	"slices"
	"strings"
	"sync"

	"dateline/timeline/edtf"
)

// Select returns the events that match a query.
func (t *Timeline) Select(q Query) Selection { return t.evaluation().selection(q) }

// Search is Select for a caller that may lose interest: it stops when ctx is
// done, and returns the error of ctx. It leaves one processor to others.
func (t *Timeline) Search(ctx context.Context, q Query) (Selection, error) {
	e := t.evaluation()
	e.ctx, e.workers = ctx, max(1, workers()-1)
	s := e.selection(q)
	return s, ctx.Err()
}

// An evaluation finds the events that match queries. Once its context is done,
// its results are meaningless.
type evaluation struct {
	*Timeline
	ctx     context.Context
	workers int      // for searching text
	horizon *horizon // nil: all sources count
}

func (t *Timeline) evaluation() evaluation {
	return evaluation{t, context.Background(), workers(), nil}
}

func (e evaluation) selection(q Query) Selection {
	if q.Empty() {
		return Selection{all: e.Len()}
	}
	s := Selection{rows: e.query(q, byOverlap).rows()}
	if q.Dated() && e.ctx.Err() == nil {
		s.Uncertain = len(s.rows) - e.query(q, certainly).count()
	}
	return s
}

// A certainty says when an inexact date matches.
type certainty int

const (
	byOverlap certainty = iota // if it shares a day with the days asked for
	certainly                  // if it does whatever the true date is
	possibly                   // unless it certainly does not
)

// negated is the certainty with which a term must match so that its negation
// does not match with certainty c.
func (c certainty) negated() certainty {
	return [...]certainty{byOverlap: byOverlap, certainly: possibly, possibly: certainly}[c]
}

func (e evaluation) query(q Query, c certainty) bitset {
	set := newBitset(e.Len())
	set.fill()
	e = e.under(q)
	for _, term := range q.terms {
		set.and(e.term(term, c))
	}
	return set
}

// term evaluates a term. Many ids take hardly longer than one.
func (e evaluation) term(term Term, c certainty) bitset {
	if term.not {
		c = c.negated()
	}
	set := newBitset(e.Len())
	for _, q := range term.group {
		set.or(e.query(q, c))
	}
	if term.field == IDField {
		for _, i := range e.FindAll(slices.Values(term.Values())) {
			set.add(i)
		}
	} else {
		for _, v := range term.values {
			e.value(set, term.field, v, c)
		}
	}
	if term.not {
		set.invert()
	}
	return set
}

// value adds to set the events that match v. A query is evaluated several times,
// for its rows and for the counts of each facet beside it, so the results that
// take time are cached.
func (e evaluation) value(set bitset, f Field, v value, c certainty) {
	switch f {
	case ActorField, PlaceField:
		e.names[f].addEvents(set, e.namesMeant(f, v.text))
	case MarkedField:
		e.addMarked(set, v)
	case RoleField:
		e.names[ActorField].addEvents(set, e.actorsWithRole(v.folded))
	case FileField:
		e.addFiles(set, e.filesMeant(v.folded))
	case HasField:
		if !e.limits(f, v) {
			e.addFeature(set, v.feature)
			return
		}
		fallthrough
	default:
		set.or(e.cached(f, v, c))
	}
}

// cached returns the events that match v, for fields that need a look at every
// event.
func (e evaluation) cached(f Field, v value, c certainty) bitset {
	key := cacheKey{field: f, value: v.write(f), certainty: c}
	if e.limits(f, v) {
		key.horizon = *e.horizon
	}
	found, ok := e.results.get(key)
	if ok {
		return found
	}
	found = newBitset(e.Len())
	e.scan(found, f, v, c)
	if e.ctx.Err() == nil {
		needle := v.folded
		if f != TextField && f != TitleField && f != QuoteField || v.regexp != nil || key.horizon != (horizon{}) {
			needle = ""
		}
		e.results.put(cachedResult{key, needle, found})
	}
	return found
}

// scan adds to set the events that match v, for fields that need a look at every
// event.
func (e evaluation) scan(set bitset, f Field, v value, c certainty) {
	if e.limits(f, v) {
		e.addSources(set, e.publicBy(*e.horizon), f, v)
		return
	}
	switch f {
	case StatusField:
		addMatches(set, e.status, truthTable(len(statuses), func(s int) bool { return Status(s) == v.status }))
	case SinceField, UntilField, BeforeField, AfterField, OnField:
		from, to := e.days(v, f)
		e.addDates(set, func(d edtf.Date) bool { return c.matches(d, from, to) })
	case KnownField:
		set.or(e.publicBy(e.horizonOf(v)))
	case SourcesField:
		addMatches(set, e.sources, truthTable(mostCounted+1, v.matchesNumber))
	case OriginsField:
		addMatches(set, e.origins, truthTable(mostCounted+1, v.matchesNumber))
	case TextField:
		e.addText(set, v)
	case TitleField:
		if v.regexp != nil {
			e.addMatching(set, v, inTitle)
			return
		}
		e.addPassages(set, v.folded, inTitle)
	case QuoteField:
		if v.regexp != nil {
			e.addMatching(set, v, inQuotes)
			return
		}
		e.addPassages(set, v.folded, inQuotes)
	case URLField:
		sourced := newBitset(set.n)
		addMatches(sourced, e.sources, truthTable(mostCounted+1, func(n int) bool { return n > 0 }))
		e.addSources(set, sourced, f, v)
	default:
		e.names[f].addEvents(set, e.namesMeant(f, v.text))
	}
}

func (e evaluation) addFeature(set bitset, f feature) {
	switch f {
	case hasAnswer:
		for _, l := range []links{e.answers, e.answeredBy} {
			for _, i := range l.from {
				set.add(int(i))
			}
		}
	case hasNote:
		for i := range e.margin.notes {
			set.add(i)
		}
	case hasUncertain:
		e.addDates(set, func(d edtf.Date) bool { return d.Uncertain() || d.Approximate() })
	default:
		addMatches(set, e.features, truthTable(1<<len(featureNames), func(has int) bool { return has&(1<<f) != 0 }))
	}
}

func (e evaluation) addDates(set bitset, holds func(edtf.Date) bool) {
	addMatches(set, e.dates.numbers, e.dates.matching(holds))
}

// matches reports whether a date matches days.
func (c certainty) matches(d edtf.Date, from, to edtf.Day) bool {
	switch overlaps := d.Overlaps(from, to); c {
	case certainly:
		return overlaps && d.Certainly(from, to)
	case possibly:
		return overlaps || mayLieOutside(d)
	default:
		return overlaps
	}
}

// days returns the days that a date means as the value of a field. Only its first
// day counts for since: and before:, and its last for until: and after:.
func (t *Timeline) days(v value, f Field) (from, to edtf.Day) {
	d := v.date.On(t.reference())
	from, to = d.Span()
	switch {
	case d.IsZero():
	case f == SinceField:
		return from, edtf.Future
	case f == UntilField:
		return edtf.Past, to
	case f == BeforeField && from != edtf.Past:
		return edtf.Past, from - 1
	case f == AfterField && to != edtf.Future:
		return to + 1, edtf.Future
	case f == BeforeField || f == AfterField:
		return edtf.Future, edtf.Past
	}
	return from, to
}

// mayLieOutside reports whether the true date may lie outside the span of d: it
// is qualified, or an end is unknown.
func mayLieOutside(d edtf.Date) bool {
	if d.Uncertain() || d.Approximate() {
		return true
	}
	_, starts := d.Earliest()
	_, ends := d.Latest()
	from, to := d.Span()
	return !starts && from != edtf.Past || !ends && to != edtf.Future
}

// matchesNumber reports whether a number of sources or origins matches v.
func (v value) matchesNumber(n int) bool {
	switch v.op {
	case "<":
		return n < v.number
	case "<=":
		return n <= v.number
	case ">":
		return n > v.number
	case ">=":
		return n >= v.number
	case "..":
		return v.number <= n && n <= v.most
	}
	return n == v.number
}

// addMarked adds to set the events whose mark matches v.
func (e evaluation) addMarked(set bitset, v value) {
	for i, mark := range e.margin.marks {
		if v.matchesMark(mark) {
			set.add(i)
		}
	}
}

// matchesMark reports whether a mark matches v: any mark, if v names none.
func (v value) matchesMark(mark Tier) bool { return mark != NoTier && (v.text == "" || mark == v.tier) }

// addText adds to set the events whose text matches v. A regular expression is
// matched against the text as written, any other value against folded text.
func (e evaluation) addText(set bitset, v value) {
	if v.regexp != nil {
		e.addMatching(set, v, inText)
		return
	}
	e.addWith(set, v.folded)
}

// addWith adds to set the events in whose text a folded text occurs.
func (e evaluation) addWith(set bitset, folded string) {
	for _, f := range []Field{ActorField, PlaceField, PublisherField} {
		e.names[f].addEvents(set, e.namesWith(f, folded))
	}
	e.addPassages(set, folded, inText)
}

// addPassages adds to set the events in whose passages of a kind a folded text
// occurs.
func (e evaluation) addPassages(set bitset, needle string, kind passageKind) {
	e.text.find(set, needle, kind, e.results.containing(needle, kind), e.ctx, e.workers)
}

// A resultCache keeps the latest results of single values.
type resultCache struct {
	mu      sync.Mutex // held only for a moment
	results []cachedResult
}

// maxCached is how many results are kept.
const maxCached = 16

type cacheKey struct {
	field Field
	value string // as a query writes it
	certainty
	horizon // of terms about sources
}

type cachedResult struct {
	cacheKey
	needle string // the folded text that was searched for, if any
	set    bitset
}

func (c *resultCache) put(r cachedResult) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.results) == maxCached {
		c.results = slices.Delete(c.results, 0, 1)
	}
	c.results = append(c.results, r)
}

func (c *resultCache) get(key cacheKey) (set bitset, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := slices.IndexFunc(c.results, func(r cachedResult) bool { return r.cacheKey == key })
	if k < 0 {
		return bitset{}, false
	}
	return c.results[k].set, true
}

// containing returns the latest result of a text that occurs in a needle, if it
// is small: the needle, being typed letter by letter, need only be searched for
// among those events. Otherwise it is nil.
func (c *resultCache) containing(needle string, kind passageKind) *bitset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range slices.Backward(c.results) {
		if r.needle != "" && (r.field == TextField || kindOf(r.field) == kind) && strings.Contains(needle, r.needle) && r.set.count() <= r.set.n/narrowShare {
			return &r.set
		}
	}
	return nil
}

// narrowShare: up to one event in so many is faster to search alone.
const narrowShare = 16
