package tui

import (
	"fmt"
	"time"

	"dateline/timeline/edtf"
)

// A heading is what events of a list stand under: the month that they are filed
// under or, of events that state no day, no month or no year, what they do
// state. An interval stands under the month that it begins in, if it states
// that. The zero heading is of events without a date.
//
// The order of events being what it is, a heading may stand in a list twice:
// what states only January comes between those of the first and the second.
type heading struct {
	stated      edtf.Precision // ToDay is of whole months
	year, month int            // the first, where it is several
}

// headingOf returns what event i stands under.
func (l *list) headingOf(i int) heading {
	day := l.t.Day(i)
	if day == edtf.Future {
		return heading{}
	}
	year, month, _ := day.Civil()
	stated := l.t.Precision(i)
	switch {
	case stated == edtf.ToMonth && l.t.Date(i).Interval():
		stated = edtf.ToDay
	case stated == edtf.ToSeason:
		if month < 3 {
			year, month = year-1, 12
		}
		month -= month % 3
	case stated >= edtf.ToYear:
		year, month = firstOf(year, yearsIn(stated)), 1
	}
	return heading{stated, year, month}
}

func yearsIn(stated edtf.Precision) int {
	return [...]int{edtf.ToYear: 1, edtf.ToDecade: 10, edtf.ToCentury: 100}[stated]
}

// firstOf returns the first of the years that are spelled like year but for the
// digits that n counts: 2020 of 202X, -29 of -002X.
func firstOf(year, n int) int {
	if year < 0 {
		return year - year%n - n + 1
	}
	return year - year%n
}

// days returns the first and the last day of what the heading names.
func (h heading) days() (from, to edtf.Day) {
	year, month := h.year, h.month
	switch h.stated {
	case edtf.ToDay, edtf.ToMonth:
		month++
	case edtf.ToSeason:
		month += 3
	default:
		year += yearsIn(h.stated)
	}
	return edtf.DayOf(h.year, h.month, 1), edtf.DayOf(year, month, 0)
}

// under counts the events that stand under a heading, shown or not. What states
// no day is filed under the first day of what it states, or the last.
func (l *list) under(h heading) int {
	if h == (heading{}) {
		return l.t.Len() - l.t.From(edtf.Future)
	}
	from, to := h.days()
	n := 0
	if h.stated == edtf.ToDay {
		n = l.t.From(to+1) - l.t.From(from)
	}
	wide := l.t.Wide()
	for _, day := range []edtf.Day{from, to} {
		first, end := wide.Rank(l.t.From(day)), wide.Rank(l.t.From(day+1))
		for k := first; k < end; k++ {
			switch is := l.headingOf(wide.At(k)) == h; {
			case is && h.stated != edtf.ToDay:
				n++
			case !is && h.stated == edtf.ToDay:
				n--
			}
		}
	}
	return n
}

func (h heading) String() string {
	switch {
	case h == heading{}:
		return "date not known"
	case h.stated == edtf.ToDay:
		return fmt.Sprintf("%s %s", yearName(h.year), time.Month(h.month))
	case h.stated == edtf.ToMonth:
		return fmt.Sprintf("%s %s, day not stated", yearName(h.year), time.Month(h.month))
	case h.stated == edtf.ToSeason:
		season := [...]string{3: "spring", 6: "summer", 9: "autumn", 12: "winter"}[h.month]
		return fmt.Sprintf("%s %s, month not stated", yearName(h.year), season)
	case h.stated == edtf.ToYear:
		return yearName(h.year) + ", month not stated"
	}
	return fmt.Sprintf("%s–%s, year not stated", yearName(h.year), yearName(h.year+yearsIn(h.stated)-1))
}

func yearName(year int) string {
	if year <= 0 {
		return fmt.Sprintf("%d BC", 1-year)
	}
	return fmt.Sprint(year)
}
