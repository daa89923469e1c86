// Package edtf reads dates as historians write them: ISO 8601-2:2019, known
// as the Extended Date/Time Format, levels 0 and 1, complete.
//
//	1985  1985-04  1985-04-12              a year, a month, a day
//	1985-04-12T23:20:30+04:30              a moment, zone optional
//	2004-02-01/2005-02                     an interval, its ends as precise as known
//	1985-04/..  ../1985  1985/  /1985      an open end; an unknown end
//	2001-21                                spring; 22, 23, 24 the other seasons
//	1984?  2004-06~  2004-06-11%           uncertain, approximate, both
//	201X  20XX  2004-XX  1985-04-XX        digits not stated
//	-0043  Y-17000                         44 BC; more than four digits
//
// A [Date] keeps its spelling, knows the earliest and latest day it may mean, and
// prints for people, without ever stating a day that was not given:
//
//	d, err := edtf.Parse("2024-06~")
//	d.Words()    // "c. June 2024"
//	d.Earliest() // 2024-06-01, true
//
// The calendar is real: 29 February 2023 is an error. An error says where the
// spelling goes wrong and suggests a valid one where it can.
//
// No time of day moves a bound, no zone is converted, and the day is the day as
// written; [Date.Clock] tells the time. It reads no level 2, no week dates and no
// durations. Parse reads EDTF alone; [ParseLoose] also reads "19 June 2024", and
// [ParseTyped] "+2w" and "fri".
//
// The specification is https://www.loc.gov/standards/datetime/. Where that
// leaves bounds open we follow meteorologists: seasons are northern and last
// three whole months, and winter belongs to the year in which it begins.
package edtf

import (
	"cmp"
	"strings"
	"time"
)

// A Date is a point or stretch of time as a historian would write it, in EDTF.
// It keeps its spelling: String returns exactly what [Parse] was given. Dates
// are equal (==) when they are spelled alike and state the same time of day. The zero Date states nothing and
// overlaps nothing.
type Date struct {
	text     string
	from, to Day // the span
	clock    packedClock
	marks    marks
}

// marks are the further properties of a Date.
type marks uint8

const (
	interval marks = 1 << iota
	uncertain
	approximate
	noEarliest // the start is open or unknown
	noLatest   // the end is open or unknown
)

// String returns exactly what Parse was given.
func (d Date) String() string { return d.text }

// IsZero reports whether d is the zero Date, which no spelling gives.
func (d Date) IsZero() bool { return d.text == "" }

// Interval reports whether d is written with a slash.
func (d Date) Interval() bool { return d.marks&interval != 0 }

// Ends returns the start and end of an interval as they are spelled; an open or
// unknown one is the zero Date. Both ends of any other date are d.
func (d Date) Ends() (start, end Date) {
	before, after, slash := strings.Cut(d.text, "/")
	if !slash {
		return d, d
	}
	// An open or unknown end, ".." or "", does not parse.
	start, _ = Parse(before)
	end, _ = Parse(after)
	return start, end
}

// Starting returns the start of an interval that states one, else d.
func (d Date) Starting() Date {
	start, _ := d.Ends()
	return cmp.Or(start, d)
}

// Ending returns the end of an interval that states one, else d.
func (d Date) Ending() Date {
	_, end := d.Ends()
	return cmp.Or(end, d)
}

// Uncertain reports whether any end of d is marked ? or %.
func (d Date) Uncertain() bool { return d.marks&uncertain != 0 }

// Approximate reports whether any end of d is marked ~ or %.
func (d Date) Approximate() bool { return d.marks&approximate != 0 }

// Earliest returns the first day d may mean. It is false when the start is
// open or unknown. Qualifiers do not move it.
func (d Date) Earliest() (Day, bool) {
	if d.IsZero() || d.marks&noEarliest != 0 {
		return 0, false
	}
	return d.from, true
}

// Latest returns the last day d may mean. It is false when the end is open or
// unknown. Qualifiers do not move it.
func (d Date) Latest() (Day, bool) {
	if d.IsZero() || d.marks&noLatest != 0 {
		return 0, false
	}
	return d.to, true
}

// Span returns the days d covers, both included, for matching by overlap. An
// open end is Past or Future. An unknown end counts as the known one: 1985/
// spans 1985. Where neither end is known the span is all of time. The span of
// the zero Date is empty: it ends before it starts.
func (d Date) Span() (from, to Day) {
	if d.IsZero() {
		return Future, Past
	}
	return d.from, d.to
}

// Overlaps reports whether the span of d shares a day with from..to, both
// included: whether d may lie in that time.
func (d Date) Overlaps(from, to Day) bool {
	return !d.IsZero() && d.from <= to && d.to >= from
}

// Certainly reports whether d shares a day with from..to whatever the true date
// is: d has no qualifier, and every day that it may mean overlaps. 2024-06 is
// certainly in 2024, but not certainly in the first week of June; 2023/2025 is
// certainly in 2024.
func (d Date) Certainly(from, to Day) bool {
	if d.IsZero() || d.Uncertain() || d.Approximate() {
		return false
	}
	if !d.Interval() {
		return d.to <= to && d.from >= from
	}
	latestStart, earliestEnd := d.inner()
	return latestStart <= to && earliestEnd >= from
}

// inner returns the latest day on which the interval d may start and the
// earliest on which it may end, given that no interval ends before it starts.
func (d Date) inner() (latestStart, earliestEnd Day) {
	start, end := d.ends()
	latestStart, earliestEnd = start.to, end.from
	if start.form == unknownEnd {
		latestStart = Future
	}
	if end.form == unknownEnd {
		earliestEnd = Past
	}
	if end.form != unknownEnd {
		latestStart = min(latestStart, end.to)
	}
	if start.form != unknownEnd {
		earliestEnd = max(earliestEnd, start.from)
	}
	return latestStart, earliestEnd
}

// Compare orders dates for a list: by the earliest day, or the latest where
// the start is open or unknown; then by the latest, so that the narrower comes
// first. Dates with neither come last. It returns -1, 0 or +1.
func Compare(a, b Date) int {
	x, xok := a.Filed()
	y, yok := b.Filed()
	if !xok || !yok {
		return compareBool(!xok, !yok)
	}
	return cmp.Or(
		cmp.Compare(x, y),
		cmp.Compare(a.to, b.to),
		cmp.Compare(b.from, a.from),
	)
}

// Filed returns the day by which a list sorts d: its earliest or, where the start
// is open or unknown, its latest. It is false when neither is known.
func (d Date) Filed() (Day, bool) {
	if day, ok := d.Earliest(); ok {
		return day, true
	}
	return d.Latest()
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Stated returns the year, month and day that d states, qualified or not. An
// unstated month or day is 0; the month of a season is 21 to 24. It is false
// where d states no single year: 201X, 2023/2024.
func (d Date) Stated() (year, month, day int, ok bool) {
	p, _ := d.ends()
	if d.Interval() || !p.known() || p.form.years() > 1 {
		return 0, 0, 0, false
	}
	return int(p.year), p.month, p.day, true
}

// A Precision is how finely a date is stated.
type Precision uint8

// From the finest to the coarsest. A time of day is no finer than its day.
const (
	ToDay Precision = iota
	ToMonth
	ToSeason
	ToYear
	ToDecade
	ToCentury
)

// Precision returns how finely d states the end by which a list sorts it: see
// [Date.Filed]. Unspecified digits add nothing: 2024-XX is no finer than 2024.
// Where d states neither end it is ToDay.
func (d Date) Precision() Precision {
	if d.from == d.to {
		return ToDay
	}
	p, end := d.ends()
	if !p.known() {
		p = end
	}
	switch p.form {
	case wholeMonth, someDay:
		return ToMonth
	case season:
		return ToSeason
	case wholeYear, longYear, someMonth, someMonthDay:
		return ToYear
	case decade:
		return ToDecade
	case century:
		return ToCentury
	}
	return ToDay
}

// Spell returns d in EDTF, to the day, the month or the year. EDTF has no months
// in years of more than four digits; for those it returns the year.
func (d Day) Spell(p Precision) string {
	if d == Past || d == Future {
		return d.String()
	}
	year, month, _ := d.civil()
	text := appendYear(make([]byte, 0, 10), year)
	switch {
	case p > ToMonth || text[0] == 'Y':
		return string(text)
	case p == ToMonth:
		return string(append(text, '-', byte('0'+month/10), byte('0'+month%10)))
	}
	return d.String()
}

// A Clock is a time of day as it is written, in the zone in which it is written.
type Clock struct {
	Since  time.Duration // since local midnight
	Offset time.Duration // of the zone from UTC, in whole minutes, if it is stated
	Zoned  bool          // the offset is stated
}

// Clock returns the time of day that d states; that of an interval is the time
// at which it starts. A fraction of a second is kept here alone, because EDTF has
// none. It is false where d states no time.
func (d Date) Clock() (Clock, bool) { return d.clock.unpacked(), d.clock != 0 }

// A packedClock is a Clock in eight bytes, 0 for none: from the lowest, a bit
// that is always set, one if it is zoned, eleven of the minutes of the offset
// above the westernmost, and the nanoseconds since midnight.
type packedClock uint64

const offsetBits = 11

func (c Clock) packed() packedClock {
	p := packedClock(c.Since)<<offsetBits | packedClock(c.Offset/time.Minute-westernmost)
	p <<= 2
	if c.Zoned {
		p |= 2
	}
	return p | 1
}

func (p packedClock) unpacked() Clock {
	if p == 0 {
		return Clock{}
	}
	return Clock{
		Since:  time.Duration(p >> (offsetBits + 2)),
		Offset: (time.Duration(p>>2&(1<<offsetBits-1)) + westernmost) * time.Minute,
		Zoned:  p&2 != 0,
	}
}
