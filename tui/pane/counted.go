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

// byMonth adds up the events of each month that has any.
type byMonth struct {
	starts []edtf.Day
	before [2][]int // the events of all, and of those selected, before each month and after the last
}

// ShowCounted returns a Shown of which only the counts are known, and the names, which
// t has.
func ShowCounted(t *timeline.Timeline, q timeline.Query, c Counted) *Shown {
	s := &Shown{Timeline: t, Query: q, counted: &c, filed: new(byMonth)}
	for month := range c.AllMonths {
		if month != edtf.Future {
			s.filed.starts = append(s.filed.starts, month)
		}
	}
	slices.Sort(s.filed.starts)
	for k, by := range [...]map[edtf.Day]int{c.AllMonths, c.Months} {
		n := 0
		s.filed.before[k] = append(s.filed.before[k], 0)
		for _, month := range s.filed.starts {
			n += by[month]
			s.filed.before[k] = append(s.filed.before[k], n)
		}
	}
	return s
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
	if s.counted == nil {
		return s.Timeline.Period()
	}
	starts := s.filed.starts
	if len(starts) == 0 {
		return 0, 0, false
	}
	month := scale{months: 1}
	return starts[0], monthStart(month.number(starts[len(starts)-1], 0)+1) - 1, true
}

// From returns the position of the first event filed on a day or later; in a store, in
// its month or later.
func (s *Shown) From(d edtf.Day) int {
	if s.counted == nil {
		return s.Timeline.From(d)
	}
	return s.filed.before[0][s.filed.at(d)]
}

// Day returns the day that an event is filed under; in a store, the first of its month.
func (s *Shown) Day(i int) edtf.Day {
	if s.counted == nil {
		return s.Timeline.Day(i)
	}
	k := sort.Search(len(s.filed.starts), func(k int) bool { return s.filed.before[0][k+1] > i })
	if k == len(s.filed.starts) {
		return edtf.Future
	}
	return s.filed.starts[k]
}

// at returns how many months begin before a day.
func (c *byMonth) at(d edtf.Day) int {
	return sort.Search(len(c.starts), func(i int) bool { return c.starts[i] >= d })
}

// tally counts the events of the months that begin before a day.
func (c *byMonth) tally(d edtf.Day) tally {
	i := c.at(d)
	return tally{ofAll: c.before[0][i], ofShown: c.before[1][i]}
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
