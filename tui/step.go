package tui

import (
	"slices"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A step is the width of a bucket: so many days or, if days is 0, months.
type step struct {
	days, months int
}

// The steps that a reader can name at a glance.
var steps = []step{
	{days: 1}, {days: 2}, {days: 3}, {days: 7}, {days: 14},
	{months: 1}, {months: 2}, {months: 3}, {months: 6},
	{months: 12}, {months: 24}, {months: 60}, {months: 120}, {months: 240}, {months: 600},
	{months: 1200}, {months: 6000}, {months: 12000},
}

// The steps that zooming stops at: day, week, month, quarter and year; in a long
// timeline also ten, a hundred and a thousand years.
var rungs = []step{{days: 1}, {days: 7}, {months: 1}, {months: 3}, {months: 12}, {months: 120}, {months: 1200}, {months: 12000}}

// The steps that have a name, narrowest first: the first of the rungs.
var zooms = []string{"day", "week", "month", "quarter", "year"}

// Zooms are the widths that a histogram's bars can be asked to have.
func Zooms() []string { return slices.Clone(zooms) }

// zoomNamed returns the step of a name; none has the zero step.
func zoomNamed(name string) step {
	if i := slices.Index(zooms, name); i >= 0 {
		return rungs[i]
	}
	return step{}
}

// name is what zoomNamed knows a step by, or "".
func (s step) name() string {
	if i := slices.Index(rungs[:len(zooms)], s); i >= 0 {
		return zooms[i]
	}
	return ""
}

func (s step) String() string {
	switch {
	case s.days == 0 && s.months%12 == 0:
		return text.Counted(s.months/12, "year")
	case s == step{months: 3}:
		return "1 quarter"
	case s.days == 0:
		return text.Counted(s.months, "month")
	case s.days%7 == 0:
		return text.Counted(s.days/7, "week")
	}
	return text.Counted(s.days, "day")
}

// length is about how many days a bucket has.
func (s step) length() float64 {
	if s.days > 0 {
		return float64(s.days)
	}
	return float64(s.months) * 30.4
}

func (s step) narrower(than step) bool { return s.length() < than.length() }

// precision is what the ends of buckets are told apart by.
func (s step) precision() edtf.Precision {
	switch {
	case s.days > 0:
		return edtf.ToDay
	case s.months%12 == 0:
		return edtf.ToYear
	}
	return edtf.ToMonth
}

// firstMonday is the beginning of bucket 0, where buckets are of days.
const firstMonday edtf.Day = 4 // 5 January 1970

// number returns which bucket a day is in. Weeks begin on Monday, and buckets of
// months with a January.
func (s step) number(day edtf.Day) int {
	if s.days > 0 {
		return floorDiv(int(day-firstMonday), s.days)
	}
	year, month, _ := day.Civil()
	return floorDiv(year*12+month-1, s.months)
}

// begin returns the first day of a bucket.
func (s step) begin(number int) edtf.Day {
	if s.days > 0 {
		return firstMonday + edtf.Day(number*s.days)
	}
	return edtf.DayOf(0, number*s.months+1, 1)
}

func floorDiv(a, b int) int {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

// fits reports whether so many buckets reach from first to last. It reckons in
// floating point, since the ends may be further apart than an int64 counts days.
func (s step) fits(first, last edtf.Day, buckets int) bool {
	return (float64(last)-float64(first))/s.length()+2 <= float64(buckets)
}

// narrowest returns the narrowest step of which room buckets reach from first
// to last.
func narrowest(first, last edtf.Day, room int) step {
	for _, s := range steps {
		if s.fits(first, last, room) {
			return s
		}
	}
	s := steps[len(steps)-1]
	for !s.fits(first, last, room) {
		s.months *= 10
	}
	return s
}

// in returns the widest of the rungs that is narrower than s.
func (s step) in() (narrower step, ok bool) {
	for i := len(rungs) - 1; i >= 0; i-- {
		if rungs[i].narrower(s) {
			return rungs[i], true
		}
	}
	return s, false
}

// out returns the narrowest of the rungs that is wider than s.
func (s step) out() (wider step, ok bool) {
	for _, r := range rungs {
		if s.narrower(r) {
			return r, true
		}
	}
	return s, false
}
