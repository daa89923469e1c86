package edtf

// A point is what stands on one side of a slash, or without one: a date, an
// open end or an unknown end.
type point struct {
	form     form
	marks    marks  // uncertain and approximate
	text     string // without qualifier and time of day
	time     string // of a moment, with the zone
	year     int64  // the first of a decade or century
	month    int    // or the season, 21 to 24
	day      int
	from, to Day // both included
}

// A form says which parts of a point are stated.
type form uint8

const (
	unknownEnd   form = iota // nothing
	openEnd                  // ..
	wholeYear                // 1985
	longYear                 // Y17000
	decade                   // 198X
	century                  // 19XX
	wholeMonth               // 1985-04
	season                   // 1985-21
	someMonth                // 1985-XX
	wholeDay                 // 1985-04-12
	someDay                  // 1985-04-XX
	someMonthDay             // 1985-XX-XX
	moment                   // 1985-04-12T23:20:30
)

// years returns how many years a point of this form may lie in.
func (f form) years() int64 {
	switch f {
	case decade:
		return 10
	case century:
		return 100
	}
	return 1
}

// known reports whether p is a date, not an open or an unknown end.
func (p point) known() bool { return p.form > openEnd }

// same reports whether p and q are spelled alike.
func (p point) same(q point) bool { return p.text == q.text && p.marks == q.marks }

// bound sets the first and the last day p may mean. A qualifier moves neither.
func (p *point) bound() {
	switch p.form {
	case wholeDay, moment:
		p.from = civilDay(p.year, p.month, p.day)
		p.to = p.from
	case wholeMonth, someDay:
		p.from = civilDay(p.year, p.month, 1)
		p.to = p.from + Day(daysIn(p.year, p.month)) - 1
	case season:
		first := firstMonth(p.month)
		p.from, p.to = civilDay(p.year, first, 1), DayOf(int(p.year), first+3, 0)
	default:
		p.from, p.to = civilDay(p.year, 1, 1), civilDay(p.lastYear(), 12, 31)
	}
}

// lastYear returns the last year p may lie in. There is no -0000, so that
// -000X ends with -0001.
func (p point) lastYear() int64 {
	last := p.year + p.form.years() - 1
	if last == 0 && p.year < 0 {
		return -1
	}
	return last
}

// firstMonth returns the first of the three months of a season.
func firstMonth(season int) int { return 3 * (season - 20) }
