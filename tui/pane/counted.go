package pane

import (
	"slices"
	"sort"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Counted is what is known of events that are in a store: how many there are, and how
// many of them a query selects. Of either it may be known how many are filed in each
// month, by its first day; edtf.Future has those without a day.
type Counted struct {
	All    int
	Events int  // that the query selects; -1 until it is known
	Exact  bool // Events is no estimate

	AllMonths, Months map[edtf.Day]int // nil until they are known
}

// A filing adds up the events that are filed in each month, or on each day, that has
// any.
type filing struct {
	starts []edtf.Day
	before [3][]int // of each count of a tally, before each start and after the last
}

// ShowCounted returns a Shown of which only the counts are known, and the names, which
// t has.
func ShowCounted(t *timeline.Timeline, q timeline.Query, c Counted) *Shown {
	s := &Shown{Timeline: t, Query: q, counted: &c, filed: new(filing)}
	for month := range c.AllMonths {
		if month != edtf.Future {
			s.filed.starts = append(s.filed.starts, month)
		}
	}
	slices.Sort(s.filed.starts)
	for k, by := range [...]map[edtf.Day]int{ofAll: c.AllMonths, ofShown: c.Months, ofDoubt: nil} {
		n := 0
		s.filed.before[k] = append(s.filed.before[k], 0)
		for _, month := range s.filed.starts {
			n += by[month]
			s.filed.before[k] = append(s.filed.before[k], n)
		}
	}
	return s
}

// fileByDay adds up the events of the timeline that s has the beginning of. None has
// a time of day.
func (s *Shown) fileByDay(days []timeline.Filed) {
	s.filed = new(filing)
	var n tally
	for _, day := range days {
		if day.Day != edtf.Future {
			s.filed.starts = append(s.filed.starts, day.Day)
			s.filed.add(n)
		}
		for status, events := range day.Events {
			n[ofAll], n[ofShown] = n[ofAll]+events, n[ofShown]+events
			if doubt := slices.Contains(doubtful, timeline.Status(status)); doubt && events > 0 {
				n[ofDoubt], s.doubted = n[ofDoubt]+events, true
			}
		}
	}
	s.filed.add(n)
}

func (f *filing) add(n tally) {
	for k := range f.before {
		f.before[k] = append(f.before[k], n[k])
	}
}

// Len counts all events.
func (s *Shown) Len() int {
	if s.counted != nil {
		return s.counted.All
	}
	return s.Timeline.Len()
}

// Hidden counts the events that the query hides.
func (s *Shown) Hidden() int {
	switch {
	case s.counted == nil:
		return s.Len() - s.Rows.Len()
	case s.Query.Empty():
		return 0
	}
	return s.counted.All - max(0, s.counted.Events)
}

// Period returns the first and the last day that an event is filed under; in a store
// they are those of a month.
func (s *Shown) Period() (first, last edtf.Day, ok bool) {
	if s.filed == nil {
		return s.Timeline.Period()
	}
	starts := s.filed.starts
	if len(starts) == 0 {
		return 0, 0, false
	}
	first, last = starts[0], starts[len(starts)-1]
	if s.counted != nil {
		month := scale{months: 1}
		last = monthStart(month.number(last, 0)+1) - 1
	}
	return first, last, true
}

// filedBefore counts the events that are filed before a day; in a store, before its
// month.
func (s *Shown) filedBefore(d edtf.Day) int {
	if s.filed == nil {
		return s.Timeline.From(d)
	}
	return s.filed.tally(d)[ofAll]
}

// filedOn returns the day that the n-th event is filed under; in a store, the first of
// its month.
func (s *Shown) filedOn(n int) edtf.Day {
	if s.filed == nil {
		return s.Timeline.Day(n)
	}
	k := sort.Search(len(s.filed.starts), func(k int) bool { return s.filed.before[ofAll][k+1] > n })
	if k == len(s.filed.starts) {
		return edtf.Future
	}
	return s.filed.starts[k]
}

// tally counts the events filed at the starts before a day.
func (f *filing) tally(d edtf.Day) (n tally) {
	i := sort.Search(len(f.starts), func(i int) bool { return f.starts[i] >= d })
	for k := range n {
		n[k] = f.before[k][i]
	}
	return n
}

// Between counts the events that a store selects and files in some months.
func (s *Shown) Between(from, last edtf.Day) int {
	return s.filed.tally(last + 1)[ofShown] - s.filed.tally(from)[ofShown]
}

// finest is the narrowest bar that the events can be counted by.
func (s *Shown) finest() scale {
	switch {
	case s.counted != nil:
		return scale{months: 1}
	case s.filed != nil:
		return daily
	case s.hours[ofAll] != nil:
		return scale{hours: 1}
	}
	return daily
}

// selected counts the events shown, in words.
func (s *Shown) selected() string {
	if s.unchecked {
		return "…"
	}
	switch c := s.counted; {
	case c == nil:
		return text.Grouped(s.Rows.Len())
	case c.Events < 0:
		return "…"
	case !c.Exact:
		return "≈ " + text.Grouped(c.Events)
	default:
		return text.Grouped(c.Events)
	}
}
