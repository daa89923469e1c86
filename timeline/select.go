package timeline

import (
	"iter"
	"math/bits"
	"slices"
	"sort"

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

// Ordered goes through the positions of the events selected, oldest first or
// newest first.
func (s Selection) Ordered(newest bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for k := range s.rows {
			if newest {
				k = len(s.rows) - 1 - k
			}
			if !yield(int(s.rows[k])) {
				return
			}
		}
	}
}

// Rank returns how many of the events selected stand before position i.
func (s Selection) Rank(i int) int {
	return sort.Search(len(s.rows), func(k int) bool { return int(s.rows[k]) >= i })
}

// RankFrom is Rank for who stands at the k-th event selected, and looks for a
// position that is further on and likely near.
func (s Selection) RankFrom(k, i int) int { return k + before(s.rows[k:], uint32(i)) }

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
func (t *Timeline) Select(q Query) Selection { return t.evaluation().selection(q) }

// A certainty says how dates that are not exact are taken: as Query.Match takes
// them, by overlap; or as matching only if they do whatever the true date is;
// or as matching if they conceivably do, which is what not matching surely
// means.
type certainty int

const (
	byOverlap certainty = iota
	certainly
	possibly
)

// not is the certainty with which a term must fail for its negation to hold
// with c.
func (c certainty) not() certainty {
	return [...]certainty{byOverlap: byOverlap, certainly: possibly, possibly: certainly}[c]
}

func (t *Timeline) selectSet(q Query, c certainty) bitset {
	return t.evaluation().query(q, c)
}

func (t *Timeline) selectTerm(term Term, c certainty) bitset {
	return t.evaluation().term(term, c)
}

func (t *Timeline) selectFeature(set bitset, f feature) {
	switch f {
	case hasAnswer:
		for _, l := range []links{t.answers, t.answeredBy} {
			for _, i := range l.from {
				set.add(int(i))
			}
		}
	case hasNote:
		for i := range t.margin.notes {
			set.add(i)
		}
	case hasUncertain:
		t.selectDates(set, func(d edtf.Date) bool { return d.Uncertain() || d.Approximate() })
	default:
		addMatches(set, t.traits, truthTable(1<<8, func(has int) bool { return traits(has)&f.trait() != 0 }))
	}
}

func (t *Timeline) selectDays(set bitset, v value, f Field, c certainty) {
	from, to := v.days(f)
	t.selectDates(set, func(d edtf.Date) bool {
		switch overlaps := d.Overlaps(from, to); c {
		case certainly:
			return overlaps && d.Certainly(from, to)
		case possibly:
			return overlaps || vague(d)
		default:
			return overlaps
		}
	})
}

// selectDates adds to set the events for whose date something holds.
func (t *Timeline) selectDates(set bitset, holds func(edtf.Date) bool) {
	hold := t.dates.matching(holds)
	addMatches(set, t.dates.numbers, hold)
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

// A bitset holds a set of positions.
type bitset struct {
	words []uint64
	n     int
}

func newBitset(n int) bitset { return bitset{make([]uint64, (n+63)/64), n} }

func (b bitset) add(i int) { b.words[i/64] |= 1 << (i % 64) }

func (b bitset) remove(i int) { b.words[i/64] &^= 1 << (i % 64) }

// addWhere adds the positions at which something holds. It asks from several
// goroutines at once.
func (b bitset) addWhere(holds func(i int) bool) {
	split(b.n, func(from, to int) {
		for i := from; i < to; i++ {
			if holds(i) {
				b.add(i)
			}
		}
	})
}

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
