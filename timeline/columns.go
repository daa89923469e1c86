package timeline

import (
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"dateline/timeline/edtf"
)

// when holds the dates of events: every date once, in order, and for each event
// which it has. Whatever a date is asked is asked once for all events that have
// it.
type dateColumn struct {
	distinct []edtf.Date // by edtf.Compare
	numbers  []uint32    // by event: which of dates
}

func (w *dateColumn) date(i int) edtf.Date { return w.distinct[w.numbers[i]] }

func (w *dateColumn) day(i int) edtf.Day { return filed(w.date(i)) }

// filed is the day that a date is filed under; what has none comes last.
func filed(d edtf.Date) edtf.Day {
	if day, ok := d.Filed(); ok {
		return day
	}
	return edtf.Future
}

// holding says of each date whether something holds for it: 1, or 0.
func (w *dateColumn) matching(holds func(edtf.Date) bool) []uint8 {
	return truthTable(len(w.distinct), func(k int) bool { return holds(w.distinct[k]) })
}

// table says of each number below n whether something holds for it: 1, or 0.
func truthTable(n int, holds func(k int) bool) []uint8 {
	of := make([]uint8, n)
	for k := range of {
		if holds(k) {
			of[k] = 1
		}
	}
	return of
}

// addColumn adds to set the positions for whose number in a column something
// holds.
func addMatches[N ~uint8 | ~uint16 | ~uint32](set bitset, column []N, holds []uint8) {
	split(len(column), func(from, to int) {
		for i := from; i < to; i += 64 {
			var word uint64
			for k, n := range column[i:min(i+64, to)] {
				word |= uint64(holds[n]) << k
			}
			set.words[i/64] |= word
		}
	})
}

// addLists adds to set the positions that have a number in their list for which
// something holds. Few lists do, so that it looks at the numbers before the lists.
func addListMatches(set bitset, l *listColumn, holds []uint8) {
	split(len(l.starts)-1, func(from, to int) {
		i := from
		first := l.starts[from]
		for k, n := range l.numbers[first:l.starts[to]] {
			if holds[n] == 0 {
				continue
			}
			for l.starts[i+1] <= first+uint32(k) {
				i++
			}
			set.add(i)
		}
	})
}

// steps holds a day for each event that never falls from one to the next.
type runningMax struct {
	starts []uint32 // the event from which on it is the day
	days   []edtf.Day
}

// climb notes the day of event i, the next.
func (s *runningMax) push(i int, day edtf.Day) {
	if n := len(s.days); n == 0 || day > s.days[n-1] {
		s.starts, s.days = append(s.starts, uint32(i)), append(s.days, day)
	}
}

func (s *runningMax) at(i int) edtf.Day {
	return s.days[sort.Search(len(s.starts), func(k int) bool { return int(s.starts[k]) > i })-1]
}

// lists holds a short list of numbers for each event, all in one array.
type listColumn struct {
	starts  []uint32 // by event: where its list begins; and where the last ends
	numbers []uint32
}

func newListColumn(events int) listColumn { return listColumn{starts: make([]uint32, 1, events+1)} }

// of returns the list of event i.
func (l *listColumn) list(i int) []uint32 { return l.numbers[l.starts[i]:l.starts[i+1]:l.starts[i+1]] }

// next ends the list at hand.
func (l *listColumn) endList() { l.starts = append(l.starts, uint32(len(l.numbers))) }

// links say of some events which others they lead to.
type links struct{ from, to []uint32 } // by from

// newLinks puts links in order; those of one event stay as they are.
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

// of lists the events that event i leads to.
func (l *links) targets(i int) []int {
	k, _ := slices.BinarySearch(l.from, uint32(i))
	var to []int
	for ; k < len(l.from) && l.from[k] == uint32(i); k++ {
		to = append(to, int(l.to[k]))
	}
	return to
}

// workers is how many goroutines are worth having.
func workers() int { return runtime.GOMAXPROCS(0) }

// A crew is goroutines that work for one caller. A panic in one of them becomes
// the caller's, who may recover from it.
type crew struct {
	wait  sync.WaitGroup
	fault atomic.Pointer[any]
}

func (c *crew) start(work func()) {
	c.wait.Go(func() {
		defer func() {
			if fault := recover(); fault != nil {
				c.fault.CompareAndSwap(nil, &fault)
			}
		}()
		work()
	})
}

func (c *crew) finish() {
	c.wait.Wait()
	if fault := c.fault.Load(); fault != nil {
		panic(*fault)
	}
}

// share calls work for every number below n, from several goroutines at once.
func share(n int, work func(k int)) {
	var next atomic.Int64
	var crew crew
	for range min(n, workers()) {
		crew.start(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				work(k)
			}
		})
	}
	crew.finish()
}

// together does several works at once.
func together(works ...func()) {
	share(len(works), func(k int) { works[k]() })
}

// fewest is how many events are worth a second goroutine.
const parallelMin = 1 << 15

// split calls work for stretches of n events, at once when they are many. The
// stretches begin and end at multiples of 64, so that a bitset may be filled.
func split(n int, work func(from, to int)) {
	if n < parallelMin {
		work(0, n)
		return
	}
	each := (n/workers() + 63) &^ 63
	var crew crew
	for from := 0; from < n; from += each {
		crew.start(func() { work(from, min(from+each, n)) })
	}
	crew.finish()
}
