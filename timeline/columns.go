package timeline

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sort"

	"dateline/timeline/edtf"
)

// A dateColumn holds the dates of all events. Equal dates are stored once, so
// that a question about dates is answered once for all events that share one.
type dateColumn struct {
	distinct []edtf.Date // in the order of compareDates
	numbers  []uint32    // by event: index in distinct
}

// compareDates orders distinct dates.
func compareDates(a, b edtf.Date) int {
	return cmp.Or(edtf.Compare(a, b), cmp.Compare(a.String(), b.String()))
}

func (c *dateColumn) date(i int) edtf.Date { return c.distinct[c.numbers[i]] }

func (c *dateColumn) day(i int) edtf.Day { return filed(c.date(i)) }

// filed is the day that a date is filed under: edtf.Future if it has none.
func filed(d edtf.Date) edtf.Day {
	if day, ok := d.Filed(); ok {
		return day
	}
	return edtf.Future
}

// matching is the truth table of a condition over the distinct dates.
func (c *dateColumn) matching(holds func(edtf.Date) bool) []uint8 {
	return truthTable(len(c.distinct), func(k int) bool { return holds(c.distinct[k]) })
}

// A truthTable has, for each number below n, 1 if a condition holds and 0 if not.
func truthTable(n int, holds func(k int) bool) []uint8 {
	table := make([]uint8, n)
	for k := range table {
		if holds(k) {
			table[k] = 1
		}
	}
	return table
}

// A runningMax holds the latest of the days of each event and those before it.
type runningMax struct {
	starts []uint32 // the first event with each maximum
	days   []edtf.Day
}

// push appends the day of event i.
func (m *runningMax) push(i int, day edtf.Day) {
	if n := len(m.days); n == 0 || day > m.days[n-1] {
		m.starts, m.days = append(m.starts, uint32(i)), append(m.days, day)
	}
}

func (m *runningMax) at(i int) edtf.Day { return m.days[m.before(i+1)-1] }

// before returns how many of the maxima start before event i.
func (m *runningMax) before(i int) int {
	return sort.Search(len(m.starts), func(k int) bool { return int(m.starts[k]) >= i })
}

// cut drops the maxima from event i on.
func (m *runningMax) cut(i int) {
	n := m.before(i)
	m.starts, m.days = m.starts[:n], m.days[:n]
}

// A listColumn holds a short list of numbers for each event, all in one array.
type listColumn struct {
	starts  ascending // by event: start of its list in numbers; then the end of the last
	numbers packed
}

// span returns where in numbers the list of event i lies.
func (c *listColumn) span(i int) (from, to int) { return c.starts.at(i), c.starts.at(i + 1) }

// list goes through the numbers of event i.
func (c *listColumn) list(i int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for k, to := c.span(i); k < to && yield(c.numbers.at(k)); k++ {
		}
	}
}

// endList ends the list of the current event.
func (c *listColumn) endList() { c.starts.add(c.numbers.len()) }

// cut drops the lists from event i on.
func (c *listColumn) cut(i int) {
	from := c.starts.at(i)
	c.starts.cut(i + 1)
	c.numbers = packed{cut(c.numbers.bytes, from), cut(c.numbers.twos, from), cut(c.numbers.fours, from)}
}

func cut[T any](column []T, n int) []T { return column[:min(n, len(column))] }

// An ascending column has numbers of which each is at least the one before, and
// hardly more.
type ascending struct {
	base []uint32 // of each stretch
	off  []uint16 // from there; nil if one does not fit
	all  []uint32 // instead
}

const stretchBits = 6

// cut leaves the first n numbers.
func (c *ascending) cut(n int) {
	c.base, c.off, c.all = cut(c.base, (n+1<<stretchBits-1)>>stretchBits), cut(c.off, n), cut(c.all, n)
}

func (c *ascending) len() int { return len(c.off) + len(c.all) }

func (c *ascending) at(i int) int {
	if c.all != nil {
		return int(c.all[i])
	}
	return int(c.base[i>>stretchBits]) + int(c.off[i])
}

func (c *ascending) add(n int) {
	if c.all == nil {
		if len(c.off)&(1<<stretchBits-1) == 0 {
			c.base = append(c.base, uint32(n))
		}
		if off := n - int(c.base[len(c.base)-1]); off <= math.MaxUint16 {
			c.off = append(c.off, uint16(off))
			return
		}
		all := make([]uint32, len(c.off), cap(c.off)+1)
		for i := range all {
			all[i] = uint32(c.at(i))
		}
		c.base, c.off, c.all = nil, nil, all
	}
	c.all = append(c.all, uint32(n))
}

// A packed column has numbers of as many bytes as the greatest needs: it uses one
// of its fields.
type packed struct {
	bytes []uint8
	twos  []uint16
	fours []uint32
}

func (p *packed) len() int { return len(p.bytes) + len(p.twos) + len(p.fours) }

func (p *packed) at(k int) uint32 {
	switch {
	case p.bytes != nil:
		return uint32(p.bytes[k])
	case p.twos != nil:
		return uint32(p.twos[k])
	}
	return p.fours[k]
}

// add appends a number. The column makes room for so many when it must.
func (p *packed) add(n uint32, most int) {
	if p.len() == 0 && p.bytes == nil {
		p.bytes = make([]uint8, 0, most)
	}
	if p.bytes != nil && n > math.MaxUint8 {
		p.twos, p.bytes = widened[uint16](p.bytes), nil
	}
	if p.twos != nil && n > math.MaxUint16 {
		p.fours, p.twos = widened[uint32](p.twos), nil
	}
	switch {
	case p.bytes != nil:
		p.bytes = append(p.bytes, uint8(n))
	case p.twos != nil:
		p.twos = append(p.twos, uint16(n))
	default:
		p.fours = append(p.fours, n)
	}
}

func widened[W, N uint8 | uint16 | uint32](narrow []N) []W {
	wide := make([]W, len(narrow), max(cap(narrow), 1))
	for k, n := range narrow {
		wide[k] = W(n)
	}
	return wide
}

// A wordList has the words of each event of a part.
type wordList struct {
	starts []uint32 // by event; then the end of the last
	words  []uint32
}

func (l *wordList) of(i int) []uint32 { return l.words[l.starts[i]:l.starts[i+1]] }

// links lead from events to other events. They are sorted by from.
type links struct{ from, to []uint32 }

// newLinks sorts links; those of one event stay in order.
func newLinks(from, to []uint32) links {
	order := make([]int, len(from))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(from[a]) - int(from[b]) })
	l := links{make([]uint32, len(from)), make([]uint32, len(from))}
	for k, o := range order {
		l.from[k], l.to[k] = from[o], to[o]
	}
	return l
}

// targets lists the events that event i leads to.
func (l *links) targets(i int) []int {
	k, _ := slices.BinarySearch(l.from, uint32(i))
	var to []int
	for ; k < len(l.from) && l.from[k] == uint32(i); k++ {
		to = append(to, int(l.to[k]))
	}
	return to
}
