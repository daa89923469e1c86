package edtf

import (
	"math"
	"strconv"
	"time"
)

// A Day counts days from 1 January 1970 in the proleptic Gregorian calendar,
// whose year 0 is 1 BC.
type Day int64

// Past and Future are the days of an open end: before and after every other.
// They have no civil date.
const (
	Past   Day = math.MinInt64
	Future Day = math.MaxInt64
)

// maxYear is the last year whose days fit a Day, rounded down. The first is
// -maxYear.
const maxYear = 25_000_000_000_000_000

// The calendar repeats after 400 years. Counted from 1 March of year 0, where
// leap days come last, day 0 of the epoch falls at epochShift.
const (
	cycleYears = 400
	cycleDays  = 146_097
	epochShift = 719_468
)

// DayOf returns the day of a civil date. Months and days outside their usual
// range are carried over, so that DayOf(y, m+1, 0) is the last day of month m.
// Years whose days do not fit a Day give Past or Future.
func DayOf(year, month, day int) Day {
	y := int64(year)
	if month < 1 || month > 12 {
		y += int64(floorDiv(month-1, 12))
		month = floorMod(month-1, 12) + 1
	}
	if y > maxYear {
		return Future
	}
	if y < -maxYear {
		return Past
	}
	return civilDay(y, month, day)
}

// civilDay is DayOf for a month in 1..12 and a year that fits.
func civilDay(year int64, month, day int) Day {
	if month <= 2 {
		year--
		month += 12
	}
	cycle := floorDiv(year, cycleYears)
	y := year - cycle*cycleYears
	inYear := int64((153*(month-3)+2)/5 + day - 1)
	return Day(cycle*cycleDays + y*365 + y/4 - y/100 + inYear - epochShift)
}

// Civil returns the year, month and day of d: 0, 0, 0 for Past and Future.
func (d Day) Civil() (year, month, day int) {
	if d == Past || d == Future {
		return 0, 0, 0
	}
	y, m, day := d.civil()
	return int(y), m, day
}

func (d Day) civil() (year int64, month, day int) {
	// Shift within the cycle, not before: the sum must not overflow.
	n := floorMod(int64(d), cycleDays) + epochShift
	cycle := floorDiv(int64(d), cycleDays) + n/cycleDays
	n %= cycleDays
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= y*365 + y/4 - y/100
	m := (5*n + 2) / 153
	day = int(n - (153*m+2)/5 + 1)
	month = int(m + 3)
	year = y + cycle*cycleYears
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func (d Day) weekday() time.Weekday {
	const thursday = 4 // 1 January 1970
	return time.Weekday(floorMod(int64(d)+thursday, 7))
}

// String returns d in ISO form, 2024-06-19. The year is spelled as EDTF does:
// -0043-03-15, Y17000-01-01. Past and Future are "..".
func (d Day) String() string {
	if d == Past || d == Future {
		return ".."
	}
	year, month, day := d.civil()
	b := appendYear(make([]byte, 0, 10), year)
	b = append(b, '-', byte('0'+month/10), byte('0'+month%10))
	b = append(b, '-', byte('0'+day/10), byte('0'+day%10))
	return string(b)
}

// appendYear spells a year as EDTF does: 0476, -0043, Y17000, Y-17000.
func appendYear(b []byte, year int64) []byte {
	if year > 9999 || year < -9999 {
		return strconv.AppendInt(append(b, 'Y'), year, 10)
	}
	if year < 0 {
		b = append(b, '-')
		year = -year
	}
	for unit := int64(1000); unit > 0; unit /= 10 {
		b = append(b, byte('0'+year/unit%10))
	}
	return b
}

func daysIn(year int64, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	}
	return 31
}

func leap(year int64) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

func floorDiv[T int | int64](a, b T) T {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod[T int | int64](a, b T) T {
	return a - floorDiv(a, b)*b
}
