package pane

import (
	"fmt"
	"slices"
	"time"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A scale is how much time a bar of the histogram covers: some hours, up to a day;
// a part of a month, so that no bar crosses the line between two; or some months.
type scale struct {
	hours  int // a divisor of 24
	parts  int // of a month
	months int
}

// daily is the scale of days.
var daily = scale{hours: 24}

// The zoom levels, from the finest. A week is a quarter of a month.
var zoomLevels = []scale{{hours: 1}, daily, {parts: 4}, {months: 1}, {months: 3}, {months: 12}, {months: 120}, {months: 1200}, {months: 12000}}

// The names of the first zoom levels.
var zoomNames = []string{"hour", "day", "week", "month", "quarter", "year"}

// Zooms lists the scales that a histogram can be asked for.
func Zooms() []string { return slices.Clone(zoomNames) }

// zoomNamed returns the scale with a name, or zero.
func zoomNamed(name string) scale {
	if i := slices.Index(zoomNames, name); i >= 0 {
		return zoomLevels[i]
	}
	return scale{}
}

// name is the inverse of zoomNamed.
func (c scale) name() string {
	if i := slices.Index(zoomLevels, c); i >= 0 && i < len(zoomNames) {
		return zoomNames[i]
	}
	return ""
}

// scales lists all that a whole period may be drawn at, from the finest.
func scales() []scale {
	all := []scale{{hours: 1}, {hours: 6}, daily}
	for _, parts := range []int{10, 6, 5, 4, 3, 2} {
		all = append(all, scale{parts: parts})
	}
	for _, months := range []int{1, 2, 3, 6} {
		all = append(all, scale{months: months})
	}
	for years := 1; years <= 1e15; years *= 10 {
		all = append(all, scale{months: 12 * years}, scale{months: 24 * years}, scale{months: 60 * years})
	}
	return all
}

func (c scale) String() string {
	switch {
	case c.hours == 1:
		return "an hour"
	case c == daily:
		return "a day"
	case c.hours > 0:
		return text.Counted(c.hours, "hour")
	case c.parts > 0:
		return map[int]string{2: "half", 3: "a third of", 4: "a quarter of", 5: "a fifth of", 6: "a sixth of", 10: "a tenth of"}[c.parts] + " a month"
	case c.months == 1:
		return "a month"
	case c.months == 12:
		return "a year"
	case c.months%12 == 0:
		return text.Counted(c.months/12, "year")
	}
	return text.Counted(c.months, "month")
}

// length is the approximate number of days in a bar.
func (c scale) length() float64 {
	switch {
	case c.hours > 0:
		return float64(c.hours) / 24
	case c.parts > 0:
		return 30.44 / float64(c.parts)
	}
	return 30.44 * float64(c.months)
}

func (c scale) finer(than scale) bool { return c.length() < than.length() }

// unit is what a window shows whole: a day of hours, or a month of days or of
// parts. Of longer bars each may stand alone.
func (c scale) unit() scale {
	switch {
	case c.hours == 24, c.parts > 0:
		return scale{months: 1}
	case c.hours > 0:
		return daily
	}
	return c
}

// inUnit is the most bars in a unit.
func (c scale) inUnit() int {
	switch {
	case c == daily:
		return 31
	case c.hours > 0:
		return 24 / c.hours
	}
	return max(1, c.parts)
}

// number returns the bar of a day and hour. Bars of several months are counted
// from a January, those of several years from year 0.
func (c scale) number(d edtf.Day, hour int) int {
	if c.hours > 0 {
		return int(d)*(24/c.hours) + hour/c.hours
	}
	year, month, dd := d.Civil()
	n := year*12 + month - 1
	if c.parts > 0 {
		return n*c.parts + (dd-1)*c.parts/daysOf(n)
	}
	return floorDiv(n, c.months)
}

// begin returns the day and hour at which a bar begins.
func (c scale) begin(number int) (d edtf.Day, hour int) {
	switch {
	case c.hours > 0:
		per := 24 / c.hours
		n := floorDiv(number, per)
		return edtf.Day(n), (number - n*per) * c.hours
	case c.parts > 0:
		n := floorDiv(number, c.parts)
		part := number - n*c.parts
		return monthStart(n) + edtf.Day((part*daysOf(n)+c.parts-1)/c.parts), 0
	}
	return monthStart(number * c.months), 0
}

// monthStart returns the first day of a month, counted from January of year 0.
func monthStart(n int) edtf.Day {
	year := floorDiv(n, 12)
	return edtf.DayOf(year, n-12*year+1, 1)
}

func daysOf(month int) int { return int(monthStart(month+1) - monthStart(month)) }

func floorDiv(a, b int) int {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

// in returns the widest zoom level finer than c, and no finer than finest.
func (c scale) in(finest scale) (finer scale, ok bool) {
	for _, level := range slices.Backward(zoomLevels) {
		if level.finer(c) && !level.finer(finest) {
			return level, true
		}
	}
	return c, false
}

// out returns the finest zoom level coarser than c.
func (c scale) out() (coarser scale, ok bool) {
	for _, level := range zoomLevels {
		if c.finer(level) {
			return level, true
		}
	}
	return c, false
}

// An axis numbers the bars of a period, in whole units. Outliers at an end are one
// bar: the one before the first of the others, or after the last.
type axis struct {
	scale
	first, last edtf.Day // of the period
	from, to    edtf.Day // of the units without outliers
}

// over returns the axis at a scale of a period whose outliers lie outside of
// from..to.
func (c scale) over(first, last, from, to edtf.Day) axis {
	u := c.unit()
	begin, _ := u.begin(u.number(from, 0))
	next, _ := u.begin(u.number(to, 0) + 1)
	return axis{c, first, last, begin, next - 1}
}

func (a axis) cutBefore() bool { return a.first < a.from }
func (a axis) cutAfter() bool  { return a.to < a.last }

// ends returns the first and the last bar, without outliers.
func (a axis) ends() (first, last int) { return a.number(a.from, 0), a.number(a.to, 23) }

// bar returns the bar of a day and hour.
func (a axis) bar(d edtf.Day, hour int) int {
	first, last := a.ends()
	switch {
	case d < a.from:
		return first - 1
	case d > a.to:
		return last + 1
	}
	return a.number(d, hour)
}

// limit returns the bar nearest to n that the period has.
func (a axis) limit(n int) int { return max(a.bar(a.first, 0), min(n, a.bar(a.last, 23))) }

// starts returns the day and hour at which a bar begins.
func (a axis) starts(n int) (d edtf.Day, hour int) {
	switch first, last := a.ends(); {
	case n < first && a.cutBefore():
		return a.first, 0
	case n > last+1 && a.cutAfter():
		return a.last + 1, 0
	}
	return a.begin(n)
}

// count is the number of bars, without outliers.
func (a axis) count() int {
	first, last := a.ends()
	return last - first + 1
}

// estimate says how many bars there are, in floating point: the ends may be
// further apart than an int64 counts days.
func (a axis) estimate() float64 { return (float64(a.to) - float64(a.from)) / a.length() }

// outliers returns the days without the outliers at the ends of a period: at most
// one event in a hundred, or one, without which it is at most half as long. The
// others keep their shape.
func (s *Shown) outliers() (from, to edtf.Day) {
	from, to, _ = s.Period()
	n := s.filedBefore(edtf.Future)
	few := max(1, n/100)
	const others = 4 // fewer have no shape
	before, after := 0, 0
	for n > others {
		middle := from/2 + to/2
		switch i := s.filedBefore(middle); {
		case before < i && i <= few && n-i-after >= others && !sameMonth(s.filedOn(before), s.filedOn(i)):
			before, from = i, s.filedOn(i)
		case after < n-i && n-i <= few && i-before >= others && !sameMonth(s.filedOn(i-1), s.filedOn(n-1-after)):
			after, to = n-i, s.filedOn(i-1)
		default:
			return from, to
		}
	}
	return from, to
}

func sameMonth(a, b edtf.Day) bool {
	month := scale{months: 1}
	return month.number(a, 0) == month.number(b, 0)
}

// year returns the year that names the bar beginning on a day. One of several years
// BC is named for the second, as 100 BC is year -99.
func (c scale) year(d edtf.Day) int {
	year := yearOf(d)
	if year < 0 && c.months > 12 {
		year++
	}
	return year
}

func yearOf(d edtf.Day) int {
	year, _, _ := d.Civil()
	return year
}

func monthOf(d edtf.Day) string {
	_, month, _ := d.Civil()
	return time.Month(month).String()[:3]
}

// named names the time of a day on an axis.
func (c scale) named(d edtf.Day) string {
	if c.hours > 1 {
		return monthOf(d) + " " + yearName(yearOf(d))
	}
	return yearName(c.year(d))
}

// apart names the time of an outlier as finely as it takes to tell it from another
// day.
func apart(d, other edtf.Day) string {
	if yearOf(d) == yearOf(other) {
		return monthOf(d)
	}
	return yearName(yearOf(d))
}

// short writes a count in at most five cells: 9,999, 12k, 1.2M.
func short(n int) string {
	if n < 10_000 {
		return text.Grouped(n)
	}
	f, unit := float64(n)/1000, 0
	for f >= 999.5 {
		f, unit = f/1000, unit+1
	}
	digits := 0
	if f < 9.95 {
		digits = 1
	}
	return fmt.Sprintf("%.*f%c", digits, f, "kMGTPE"[unit])
}
