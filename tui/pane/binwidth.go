package pane

import (
	"slices"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A binWidth is how much time a bin of the histogram covers: so many days or, if
// days is 0, months.
type binWidth struct {
	days, months int
}

// The widths that a reader can name at a glance.
var binWidths = []binWidth{
	{days: 1}, {days: 2}, {days: 3}, {days: 7}, {days: 14},
	{months: 1}, {months: 2}, {months: 3}, {months: 6},
	{months: 12}, {months: 24}, {months: 60}, {months: 120}, {months: 240}, {months: 600},
	{months: 1200}, {months: 6000}, {months: 12000},
}

// The zoom levels: day, week, month, quarter and year; in a long timeline also
// ten, a hundred and a thousand years.
var zoomLevels = []binWidth{{days: 1}, {days: 7}, {months: 1}, {months: 3}, {months: 12}, {months: 120}, {months: 1200}, {months: 12000}}

// The names of the first zoom levels.
var zoomNames = []string{"day", "week", "month", "quarter", "year"}

// Zooms lists the widths that a histogram's bars can be asked to have.
func Zooms() []string { return slices.Clone(zoomNames) }

// zoomNamed returns the width with a name, or zero.
func zoomNamed(name string) binWidth {
	if i := slices.Index(zoomNames, name); i >= 0 {
		return zoomLevels[i]
	}
	return binWidth{}
}

// name is the inverse of zoomNamed.
func (w binWidth) name() string {
	if i := slices.Index(zoomLevels[:len(zoomNames)], w); i >= 0 {
		return zoomNames[i]
	}
	return ""
}

func (w binWidth) String() string {
	switch {
	case w.days == 0 && w.months%12 == 0:
		return text.Counted(w.months/12, "year")
	case w == binWidth{months: 3}:
		return "1 quarter"
	case w.days == 0:
		return text.Counted(w.months, "month")
	case w.days%7 == 0:
		return text.Counted(w.days/7, "week")
	}
	return text.Counted(w.days, "day")
}

// length is the approximate number of days in a bin.
func (w binWidth) length() float64 {
	if w.days > 0 {
		return float64(w.days)
	}
	return float64(w.months) * 30.4
}

func (w binWidth) narrower(than binWidth) bool { return w.length() < than.length() }

// precision is the coarsest that tells the ends of bins apart.
func (w binWidth) precision() edtf.Precision {
	switch {
	case w.days > 0:
		return edtf.ToDay
	case w.months%12 == 0:
		return edtf.ToYear
	}
	return edtf.ToMonth
}

// firstMonday begins bin 0, where bins are days.
const firstMonday edtf.Day = 4 // 5 January 1970

// number returns the bin that a day is in. Weeks begin on Monday, and bins of
// months with a January.
func (w binWidth) number(day edtf.Day) int {
	if w.days > 0 {
		return floorDiv(int(day-firstMonday), w.days)
	}
	year, month, _ := day.Civil()
	return floorDiv(year*12+month-1, w.months)
}

// begin returns the first day of a bin.
func (w binWidth) begin(number int) edtf.Day {
	if w.days > 0 {
		return firstMonday + edtf.Day(number*w.days)
	}
	return edtf.DayOf(0, number*w.months+1, 1)
}

func floorDiv(a, b int) int {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

// fits reports whether so many bins reach from first to last. It calculates in
// floating point, since the ends may be further apart than an int64 counts days.
func (w binWidth) fits(first, last edtf.Day, bins int) bool {
	return (float64(last)-float64(first))/w.length()+2 <= float64(bins)
}

// narrowest returns the narrowest width at which room bins reach from first to
// last.
func narrowest(first, last edtf.Day, room int) binWidth {
	for _, w := range binWidths {
		if w.fits(first, last, room) {
			return w
		}
	}
	w := binWidths[len(binWidths)-1]
	for !w.fits(first, last, room) {
		w.months *= 10
	}
	return w
}

// in returns the widest zoom level narrower than w.
func (w binWidth) in() (narrower binWidth, ok bool) {
	for i := len(zoomLevels) - 1; i >= 0; i-- {
		if zoomLevels[i].narrower(w) {
			return zoomLevels[i], true
		}
	}
	return w, false
}

// out returns the narrowest zoom level wider than w.
func (w binWidth) out() (wider binWidth, ok bool) {
	for _, level := range zoomLevels {
		if w.narrower(level) {
			return level, true
		}
	}
	return w, false
}
