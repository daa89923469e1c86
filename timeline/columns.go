package timeline

import (
	"slices"
	"sort"

	"dateline/timeline/edtf"
)

// A dateColumn holds the dates of all events. Equal dates are stored once, so
// that a question about dates is answered once for all events that share one.
type dateColumn struct {
	distinct []edtf.Date // in the order of edtf.Compare
	numbers  []uint32    // by event: index in distinct
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

func (m *runningMax) at(i int) edtf.Day {
	return m.days[sort.Search(len(m.starts), func(k int) bool { return int(m.starts[k]) > i })-1]
}

// A listColumn holds a short list of numbers for each event, all in one array.
type listColumn struct {
	starts  []uint32 // by event: start of its list in numbers; then the end of the last
	numbers []uint32
}

func newListColumn(events int) listColumn { return listColumn{starts: make([]uint32, 1, events+1)} }

func (c *listColumn) list(i int) []uint32 { return c.numbers[c.starts[i]:c.starts[i+1]:c.starts[i+1]] }

// endList ends the list of the current event.
func (c *listColumn) endList() { c.starts = append(c.starts, uint32(len(c.numbers))) }

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
