package edtf

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Parse reads a date. The Date refers to s and copies nothing. An error is an
// [*Error].
func Parse(s string) (Date, error) {
	d, bad := read(s)
	if bad != nil {
		bad.Input = s
		return Date{}, bad
	}
	return d, nil
}

// read is Parse with an error that lacks the input.
func read(s string) (Date, *Error) {
	start, end, slash, bad := readEnds(s)
	if bad != nil {
		return Date{}, bad
	}
	if !slash {
		return Date{text: s, from: start.from, to: start.to, clock: start.clock, marks: start.marks}, nil
	}
	d := Date{text: s, from: start.from, to: end.to, marks: interval | start.marks | end.marks}
	if !start.known() {
		d.marks |= noEarliest
	}
	if !end.known() {
		d.marks |= noLatest
	}
	// An unknown end counts as the known one; if both are unknown, as any day.
	if start.form == unknownEnd && end.known() {
		d.from = end.from
	}
	if end.form == unknownEnd && start.known() {
		d.to = start.to
	}
	if d.from > d.to {
		return Date{}, fault(strings.IndexByte(s, '/')+1, "the interval ends before it starts")
	}
	return d, nil
}

// ends returns the two ends of an interval, or the same point twice.
func (d Date) ends() (start, end point) {
	start, end, slash, _ := readEnds(d.text)
	if !slash {
		return start, start
	}
	return start, end
}

// readEnds reads a date without a slash into start, or an interval.
func readEnds(s string) (start, end point, slash bool, bad *Error) {
	i := strings.IndexByte(s, '/')
	if i < 0 {
		start, bad = readPoint(s)
		return start, end, false, bad
	}
	if len(s) == 1 {
		return start, end, true, fault(0, "an interval needs a date on one side of its slash")
	}
	if j := strings.IndexByte(s[i+1:], '/'); j >= 0 {
		// The text before the slash is not read yet and may not be ASCII.
		column := utf8.RuneCountInString(s[:i+1+j])
		return start, end, true, fault(column, "an interval has one slash")
	}
	if start, bad = readEnd(s[:i], Past); bad != nil {
		return start, end, true, bad
	}
	if end, bad = readEnd(s[i+1:], Future); bad != nil {
		bad.Column += i + 1
	}
	return start, end, true, bad
}

// readEnd reads one side of an interval; limit is where it lies if open.
func readEnd(s string, limit Day) (point, *Error) {
	switch s {
	case "":
		return point{form: unknownEnd, from: limit, to: limit}, nil
	case "..":
		return point{form: openEnd, text: s, from: limit, to: limit}, nil
	}
	p, bad := readPoint(s)
	if bad != nil {
		return p, bad
	}
	switch p.form {
	case longYear:
		return p, fault(0, "a long year stands alone, not in an interval")
	case decade, century, someMonth, someDay, someMonthDay:
		return p, fault(strings.IndexByte(s, 'X'), "unspecified digits in an interval are EDTF level 2")
	case moment:
		return p, fault(strings.IndexByte(s, 'T'), "an interval takes no time of day")
	}
	return p, nil
}

// readPoint reads a date without a slash.
func readPoint(s string) (point, *Error) {
	if s != "" && s[0] == 'Y' {
		return readLongYear(s)
	}
	p, i, bad := readYear(s)
	if bad != nil {
		return p, bad
	}
	if i < len(s) && s[i] == '-' {
		if i, bad = p.readMonth(s, i+1); bad != nil {
			return p, bad
		}
		if i < len(s) && s[i] == '-' {
			if i, bad = p.readDay(s, i+1); bad != nil {
				return p, bad
			}
		}
	}
	p.text = s[:i]
	if i < len(s) && s[i] == 'T' && p.form == wholeDay {
		p.form = moment
		p.time = s[i+1:]
		if p.clock, bad = readTime(s, i+1); bad != nil {
			return p, bad
		}
		i = len(s)
	}
	p.bound()
	return p.readQualifier(s, i)
}

// readYear reads a year of four characters with its sign and returns where it
// ends.
func readYear(s string) (p point, i int, bad *Error) {
	negative := s != "" && s[0] == '-'
	if negative {
		i = 1
	}
	first := i
	for i < len(s) && i < first+4 && isDigit(s[i]) {
		p.year = p.year*10 + int64(s[i]-'0')
		i++
	}
	switch {
	case i == first+4:
		p.form = wholeYear
	case i == first+3 && strings.HasPrefix(s[i:], "X"):
		p.form = decade
		p.year *= 10
		i++
	case i == first+2 && strings.HasPrefix(s[i:], "XX"):
		p.form = century
		p.year *= 100
		i += 2
	default:
		return p, i, noYear(s, i)
	}
	if !negative {
		return p, i, nil
	}
	if p.form == wholeYear && p.year == 0 {
		return p, i, fault(0, "there is no year -0000")
	}
	// Negative decades count away from zero: -120X is -1209 to -1200.
	p.year = -p.year - p.form.years() + 1
	return p, i, nil
}

// readLongYear reads a year of five digits or more after its Y.
func readLongYear(s string) (point, *Error) {
	p := point{form: longYear}
	first := len("Y")
	negative := strings.HasPrefix(s[first:], "-")
	if negative {
		first++
	}
	i := first
	for i < len(s) && isDigit(s[i]) {
		if p.year <= maxYear { // too large already: further digits cannot help
			p.year = p.year*10 + int64(s[i]-'0')
		}
		i++
	}
	switch {
	case i < len(s) && s[i] == 'E':
		return p, fault(i, "a year with an exponent is EDTF level 2")
	case i < len(s) && s[i] == 'S':
		return p, fault(i, "significant digits are EDTF level 2")
	case i == first && i < len(s):
		return p, stray(s, i, longDigits)
	case i < first+5:
		return p, fault(i, longDigits)
	case s[first] == '0':
		return p, fault(first, "a year after Y does not start with 0")
	case p.year > maxYear:
		return p, fault(first, fmt.Sprintf("years beyond %d are past counting in days", int64(maxYear)))
	}
	if negative {
		p.year = -p.year
	}
	p.text = s[:i]
	p.bound()
	return p.readQualifier(s, i)
}

// readMonth reads the month or season at i and returns where it ends.
func (p *point) readMonth(s string, i int) (int, *Error) {
	if p.form != wholeYear {
		return i, fault(i, "a month of an unspecified year is EDTF level 2")
	}
	if strings.HasPrefix(s[i:], "XX") {
		p.form = someMonth
		return i + 2, nil
	}
	n, bad := readPair(s, i, "month")
	switch {
	case bad != nil:
		return i, bad
	case n >= 1 && n <= 12:
		p.form = wholeMonth
	case n >= 21 && n <= 24:
		p.form = season
	case n >= 25 && n <= 41:
		return i, fault(i, fmt.Sprintf("%d (%s) is EDTF level 2", n, groupingOf(n).name))
	default:
		return i, fault(i, "there is no month "+s[i:i+2])
	}
	p.month = n
	return i + 2, nil
}

// readDay reads the day at i and returns where it ends.
func (p *point) readDay(s string, i int) (int, *Error) {
	if p.form == season {
		return i, fault(i, "a season has no days")
	}
	if strings.HasPrefix(s[i:], "XX") {
		if p.form == someMonth {
			p.form = someMonthDay
		} else {
			p.form = someDay
		}
		return i + 2, nil
	}
	n, bad := readPair(s, i, "day")
	switch {
	case bad != nil:
		return i, bad
	case p.form == someMonth:
		return i, fault(i, "a day of an unspecified month is EDTF level 2")
	case n < 1 || n > 31:
		return i, fault(i, "there is no day "+s[i:i+2])
	case n > daysIn(p.year, p.month):
		return i, fault(i, fmt.Sprintf("%s %s has %d days",
			monthName(p.month), yearWords(p.year), daysIn(p.year, p.month)))
	}
	p.form = wholeDay
	p.day = n
	return i + 2, nil
}

// readQualifier reads what may follow a date: one of ? ~ % and then nothing.
func (p point) readQualifier(s string, i int) (point, *Error) {
	if i == len(s) {
		return p, nil
	}
	switch s[i] {
	case '?':
		p.marks = uncertain
	case '~':
		p.marks = approximate
	case '%':
		p.marks = uncertain | approximate
	default:
		return p, afterDate(s, i, p.form)
	}
	switch p.form {
	case longYear:
		return p, fault(i, "a long year takes no qualifier")
	case decade, century, someMonth, someDay, someMonthDay:
		return p, fault(i, "unspecified digits take no qualifier")
	}
	if i+1 < len(s) {
		return p, afterQualifier(s, i+1)
	}
	return p, nil
}

// readPair reads the two digits at i, which an error calls what.
func readPair(s string, i int, what string) (int, *Error) {
	for j := i; j < i+2; j++ {
		if j == len(s) || !isDigit(s[j]) {
			return 0, noPair(s, i, j, what)
		}
	}
	return int(s[i]-'0')*10 + int(s[i+1]-'0'), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Zones lie between -12:00 and +14:00, in minutes.
const (
	westernmost = -12 * 60
	easternmost = 14 * 60
)

// readTime reads hh:mm:ss and an optional zone, from i to the end of s. ISO
// 8601-2 requires seconds and allows no fractions of them.
func readTime(s string, i int) (packedClock, *Error) {
	seconds := 0
	for n, unit := range [...]struct {
		name string
		last int
	}{{"hour", 23}, {"minute", 59}, {"second", 59}} {
		if n > 0 {
			if i == len(s) || s[i] != ':' {
				return 0, noColon(s, i, unit.name)
			}
			i++
		}
		v, bad := readPair(s, i, unit.name)
		if bad != nil {
			return 0, bad
		}
		if v > unit.last {
			return 0, fault(i, fmt.Sprintf("there is no %s %d", unit.name, v))
		}
		seconds = seconds*60 + v
		i += 2
	}
	c := Clock{Since: time.Duration(seconds) * time.Second}
	switch {
	case i == len(s):
		return c.packed(), nil
	case s[i:] == "Z":
		c.Zoned = true
		return c.packed(), nil
	case s[i] != '+' && s[i] != '-':
		return 0, afterTime(s, i)
	}
	minutes, bad := readOffset(s, i)
	c.Offset, c.Zoned = time.Duration(minutes)*time.Minute, true
	return c.packed(), bad
}

// readOffset reads ±hh or ±hh:mm from i to the end of s, in minutes.
func readOffset(s string, i int) (int, *Error) {
	sign := i
	hours, bad := readPair(s, i+1, "zone hour")
	if bad != nil {
		return 0, bad
	}
	i += len("+00")
	minutes := 0
	if i < len(s) && s[i] == ':' {
		if minutes, bad = readPair(s, i+1, "zone minute"); bad != nil {
			return 0, bad
		}
		if minutes > 59 {
			return 0, fault(i+1, fmt.Sprintf("there is no minute %d", minutes))
		}
		i += len(":00")
	}
	offset := hours*60 + minutes
	if s[sign] == '-' {
		offset = -offset
	}
	if offset < westernmost || offset > easternmost {
		return 0, fault(sign, "zones lie between -12:00 and +14:00")
	}
	if i < len(s) {
		return 0, afterTime(s, i)
	}
	return offset, nil
}

// A point is one end of an interval, or a date that is no interval: a date, an
// open end or an unknown end.
type point struct {
	form     form
	marks    marks  // uncertain and approximate
	text     string // without qualifier and time of day
	time     string // of a moment, with the zone
	clock    packedClock
	year     int64 // the first of a decade or century
	month    int   // or the season, 21 to 24
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

// years returns how many years a point of this form covers.
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

// bound sets the first and last day that p may mean. A qualifier moves neither.
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

// lastYear returns the last year that p may mean. There is no -0000, so -000X
// ends with -0001.
func (p point) lastYear() int64 {
	last := p.year + p.form.years() - 1
	if last == 0 && p.year < 0 {
		return -1
	}
	return last
}

// firstMonth returns the first of the three months of a season.
func firstMonth(season int) int { return 3 * (season - 20) }
