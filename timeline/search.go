package timeline

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync/atomic"
)

// Search is Select for those who cannot wait: it ends when ctx is done, with its
// error, and leaves a processor to others meanwhile.
func (t *Timeline) Search(ctx context.Context, q Query) (Selection, error) {
	s := evaluation{t, ctx, max(1, workers()-1)}.selection(q)
	return s, ctx.Err()
}

// A search finds events until its context is done; what it has found then means
// nothing.
type evaluation struct {
	*Timeline
	ctx     context.Context
	workers int // that look through the texts
}

// atOnce is a search that ends when all is found.
func (t *Timeline) evaluation() evaluation { return evaluation{t, context.Background(), workers()} }

func (t evaluation) selection(q Query) Selection {
	s := Selection{rows: t.query(q, byOverlap).rows()}
	if q.Dated() && t.ctx.Err() == nil {
		s.Uncertain = len(s.rows) - t.query(q, certainly).count()
	}
	return s
}

func (t evaluation) query(q Query, c certainty) bitset {
	set := newBitset(t.Len())
	set.fill()
	for _, term := range q.terms {
		set.and(t.term(term, c))
	}
	return set
}

func (t evaluation) term(term Term, c certainty) bitset {
	if term.not {
		c = c.not()
	}
	set := newBitset(t.Len())
	for _, q := range term.group {
		set.or(t.query(q, c))
	}
	for _, v := range term.values {
		t.value(set, term.field, v, c)
	}
	if term.not {
		set.invert()
	}
	return set
}

// value adds to set the events that have v. A query is asked several times over,
// for its rows and for the counts of each facet beside it: what takes time is
// remembered.
func (t evaluation) value(set bitset, f Field, v value, c certainty) {
	switch f {
	case ActorField, PlaceField:
		t.names[f].addEvents(set, t.namesMeant(f, v.text))
	case MarkedField:
		t.addMarked(set, v)
	case HasField:
		t.selectFeature(set, v.feature)
	case IDField:
		if i, ok := t.Find(v.text); ok {
			set.add(i)
		}
	default:
		asked := cacheKey{f, v.write(f), c}
		found, ok := t.text.remembered(asked)
		if !ok {
			found = newBitset(set.n)
			t.scan(found, f, v, c)
			if t.ctx.Err() == nil {
				needle := v.folded
				if f != TextField || v.regexp != nil {
					needle = ""
				}
				t.text.remember(cachedResult{asked, needle, found})
			}
		}
		set.or(found)
	}
}

// scan adds to set the events that have v, for which it looks at each.
func (t evaluation) scan(set bitset, f Field, v value, c certainty) {
	switch f {
	case StatusField:
		addMatches(set, t.status, truthTable(len(statuses), func(s int) bool { return Status(s) == v.status }))
	case SinceField, UntilField, OnField:
		t.selectDays(set, v, f, c)
	case SourcesField:
		addMatches(set, t.sources, truthTable(mostCounted+1, v.compare))
	case OriginsField:
		addMatches(set, t.origins, truthTable(mostCounted+1, v.compare))
	case TextField:
		t.inText(set, v)
	default:
		t.names[f].addEvents(set, t.namesMeant(f, v.text))
	}
}

// inText adds to set the events whose text has what v means. A regular
// expression is held against every event as it is written.
func (t evaluation) inText(set bitset, v value) {
	if v.regexp != nil {
		set.addWhere(func(i int) bool { return t.ctx.Err() == nil && v.regexp.MatchString(t.textOf(i)) })
		return
	}
	t.inNames(set, v.folded)
	h := t.text
	if some, ok := t.text.wider(v.folded); ok {
		h.narrow(set, some, v.folded)
		return
	}
	h.find(set, v.folded, t.ctx, t.workers)
}

// inNames adds to set the events that have a name in which a needle occurs.
func (t evaluation) inNames(set bitset, needle string) {
	for _, f := range []Field{ActorField, PlaceField, PublisherField} {
		t.names[f].addEvents(set, t.namesWith(f, needle))
	}
}

// A question is what the events are looked through for.
type cacheKey struct {
	field Field
	value string // as a query has it
	certainty
}

// An answered question has the events that were found.
type cachedResult struct {
	cacheKey
	needle string // if text was looked for
	set    bitset
}

// mostAnswered is how many answers are remembered.
const maxCached = 16

func (l *haystack) remember(a cachedResult) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.recent) == maxCached {
		l.recent = slices.Delete(l.recent, 0, 1)
	}
	l.recent = append(l.recent, a)
}

func (l *haystack) remembered(asked cacheKey) (found bitset, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := slices.IndexFunc(l.recent, func(a cachedResult) bool { return a.cacheKey == asked })
	if k < 0 {
		return bitset{}, false
	}
	return l.recent[k].set, true
}

// wider returns the events that were found by a text which lies within a needle,
// if they are few: who types on finds among them.
func (l *haystack) wider(needle string) (some bitset, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range slices.Backward(l.recent) {
		if a.needle != "" && strings.Contains(needle, a.needle) && a.set.count() <= a.set.n/narrowShare {
			return a.set, true
		}
	}
	return bitset{}, false
}

// few is what share of the events is quicker looked at one by one.
const narrowShare = 16

// narrow adds to found those of some events in whose passages a needle occurs.
func (h *haystack) narrow(found, some bitset, needle string) {
	for _, i := range some.rows() {
		if bytes.Contains(h.of(i), []byte(needle)) {
			found.add(int(i))
		}
	}
}

// find adds to found the events in whose passages a needle occurs.
func (h *haystack) find(found bitset, needle string, ctx context.Context, workers int) {
	rare := h.rarest(needle)
	parts := make([]bitset, workers)
	var next atomic.Int64
	share(len(parts), func(w int) {
		parts[w] = newBitset(found.n)
		for n := int(next.Add(1)) - 1; n < len(h.passages) && ctx.Err() == nil; n = int(next.Add(1)) - 1 {
			h.findIn(n, parts[w], needle, rare)
		}
	})
	for _, part := range parts {
		found.or(part)
	}
}

// findIn adds to found the events in whose text a needle occurs, of the n-th
// passages.
func (h *haystack) findIn(n int, found bitset, needle string, rare int) {
	h.passages[n].find([]byte(needle), rare, func(r int) {
		if h.place == nil {
			found.add(r)
		} else if i := h.place[r]; i != noPlace {
			found.add(int(i))
		}
	})
}
