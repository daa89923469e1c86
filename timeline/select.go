package timeline

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
	"sync"

	"dateline/timeline/edtf"
)

// A Selection is the events that a query selected, in order.
type Selection struct {
	rows []uint32
	// Uncertain counts the events whose date, being uncertain or coarse, may
	// in truth lie outside what the query asked for.
	Uncertain int
}

// Len is the number of events selected.
func (s Selection) Len() int { return len(s.rows) }

// At returns the position in the timeline of the k-th event selected.
func (s Selection) At(k int) int { return int(s.rows[k]) }

// All lists the positions of the events selected.
func (s Selection) All() []int {
	all := make([]int, len(s.rows))
	for k, i := range s.rows {
		all[k] = int(i)
	}
	return all
}

// Rank returns how many of the events selected stand before position i.
func (s Selection) Rank(i int) int {
	return sort.Search(len(s.rows), func(k int) bool { return int(s.rows[k]) >= i })
}

// Has reports whether the event at position i is selected, and as which.
func (s Selection) Has(i int) (k int, ok bool) {
	k = s.Rank(i)
	return k, k < len(s.rows) && int(s.rows[k]) == i
}

// And returns what both selections have, in time that grows with the smaller of
// them.
func (s Selection) And(other Selection) Selection {
	few, many := s.rows, other.rows
	if len(few) > len(many) {
		few, many = many, few
	}
	var both []uint32
	for _, i := range few {
		many = many[before(many, i):]
		if len(many) > 0 && many[0] == i {
			both = append(both, i)
		}
	}
	return Selection{rows: both}
}

// before returns how many of rows come before i, which is likely near their
// beginning.
func before(rows []uint32, i uint32) int {
	n := 1
	for n < len(rows) && rows[n] < i {
		n *= 2
	}
	n, _ = slices.BinarySearch(rows[:min(n, len(rows))], i)
	return n
}

// Select returns the events that match a query.
func (t *Timeline) Select(q Query) Selection {
	set := t.selectSet(q, asMatched)
	s := Selection{rows: set.rows()}
	if q.Dated() {
		s.Uncertain = len(s.rows) - t.selectSet(q, surely).count()
	}
	return s
}

// A certainty says how dates that are not exact are taken: as Query.Match takes
// them, by overlap; or as matching only if they do whatever the true date is;
// or as matching if they conceivably do, which is what not matching surely
// means.
type certainty int

const (
	asMatched certainty = iota
	surely
	conceivably
)

// not is the certainty with which a term must fail for its negation to hold
// with c.
func (c certainty) not() certainty {
	return [...]certainty{asMatched: asMatched, surely: conceivably, conceivably: surely}[c]
}

func (t *Timeline) selectSet(q Query, c certainty) bitset {
	set := newBitset(t.Len())
	set.fill()
	for _, term := range q.terms {
		set.and(t.selectTerm(term, c))
	}
	return set
}

func (t *Timeline) selectTerm(term Term, c certainty) bitset {
	if term.not {
		c = c.not()
	}
	set := newBitset(t.Len())
	for _, q := range term.group {
		set.or(t.selectSet(q, c))
	}
	for _, v := range term.values {
		t.selectValue(set, term.field, v, c)
	}
	if term.not {
		set.invert()
	}
	return set
}

// selectValue adds to set the events that have v.
func (t *Timeline) selectValue(set bitset, f Field, v value, c certainty) {
	switch f {
	case ActorField, PlaceField, TopicField, PublisherField, KindField:
		column := &t.names[f]
		for _, n := range t.find(f, v.text) {
			for _, i := range column.postings[n] {
				set.add(int(i))
			}
		}
	case StatusField:
		for i, s := range t.status {
			if s == v.status {
				set.add(i)
			}
		}
	case SinceField, UntilField, OnField:
		t.selectDays(set, v, f, c)
	case SourcesField:
		for i, n := range t.sources {
			if v.compare(int(n)) {
				set.add(i)
			}
		}
	case OriginsField:
		for i, n := range t.origins {
			if v.compare(int(n)) {
				set.add(i)
			}
		}
	case MarkedField:
		for i := range t.events {
			if v.marks(t.Mark(i)) {
				set.add(i)
			}
		}
	case HasField:
		for i := range t.events {
			if v.feature.of(t, i) {
				set.add(i)
			}
		}
	case IDField:
		if i, ok := t.byID[v.text]; ok {
			set.add(i)
		}
	default:
		t.selectText(set, v)
	}
}

func (t *Timeline) selectDays(set bitset, v value, f Field, c certainty) {
	from, to := v.days(f)
	for i := range t.from {
		overlaps := t.from[i] <= to && t.to[i] >= from && t.from[i] <= t.to[i]
		switch c {
		case surely:
			overlaps = overlaps && t.events[i].Date.Certainly(from, to)
		case conceivably:
			overlaps = overlaps || vague(t.events[i].Date)
		}
		if overlaps {
			set.add(i)
		}
	}
}

// vague reports whether the true date may lie outside the span: it is
// qualified, or an end is not known.
func vague(d edtf.Date) bool {
	if d.Uncertain() || d.Approximate() {
		return true
	}
	_, starts := d.Earliest()
	_, ends := d.Latest()
	from, to := d.Span()
	return !starts && from != edtf.Past || !ends && to != edtf.Future
}

func (t *Timeline) selectText(set bitset, v value) {
	if v.regexp != nil {
		for i := range t.events {
			if v.regexp.MatchString(t.textOf(i)) {
				set.add(i)
			}
		}
		return
	}
	t.text.of(t).find(v.folded, set)
}

// A lazyText is the haystack of a timeline, made when text is first asked for.
type lazyText struct {
	once     sync.Once
	haystack haystack
}

func (l *lazyText) of(t *Timeline) haystack {
	l.once.Do(func() { l.haystack = newHaystack(t) })
	return l.haystack
}

// A haystack is the folded text of all events in one string.
type haystack struct {
	text string
	end  []int // where each event's text ends
}

func newHaystack(t *Timeline) haystack {
	var b strings.Builder
	h := haystack{end: make([]int, t.Len())}
	for i := range h.end {
		t.writeText(i, func(s string) {
			b.WriteString(Fold(s))
			b.WriteByte('\n')
		})
		h.end[i] = b.Len()
	}
	h.text = b.String()
	return h
}

// find adds to set the events in whose text needle occurs.
func (h haystack) find(needle string, set bitset) {
	for at := 0; ; {
		hit := strings.Index(h.text[at:], needle)
		if hit < 0 {
			return
		}
		i, found := slices.BinarySearch(h.end, at+hit)
		if found {
			i++
		}
		set.add(i)
		at = h.end[i]
	}
}

// A bitset holds a set of positions.
type bitset struct {
	words []uint64
	n     int
}

func newBitset(n int) bitset { return bitset{make([]uint64, (n+63)/64), n} }

func (b bitset) add(i int) { b.words[i/64] |= 1 << (i % 64) }

func (b bitset) fill() {
	for w := range b.words {
		b.words[w] = ^uint64(0)
	}
	b.trim()
}

func (b bitset) invert() {
	for w := range b.words {
		b.words[w] = ^b.words[w]
	}
	b.trim()
}

// trim clears the bits beyond the last position.
func (b bitset) trim() {
	if rest := b.n % 64; rest != 0 {
		b.words[len(b.words)-1] &= 1<<rest - 1
	}
}

func (b bitset) and(other bitset) {
	for w := range b.words {
		b.words[w] &= other.words[w]
	}
}

func (b bitset) or(other bitset) {
	for w := range b.words {
		b.words[w] |= other.words[w]
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b.words {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b bitset) has(i int) bool { return b.words[i/64]&(1<<(i%64)) != 0 }

func (b bitset) rows() []uint32 {
	rows := make([]uint32, 0, b.count())
	for w, word := range b.words {
		for word != 0 {
			rows = append(rows, uint32(w*64+bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
	return rows
}
