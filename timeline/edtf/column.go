package edtf

import (
	"fmt"
	"unicode/utf8"
)

// Column returns d in ISO form, compact enough for a column of a list:
//
//	2024-06-19           and for a moment its calendar day
//	~2024-08             approximate
//	2023-12-20?          uncertain
//	2023-09-10/12        the end without what it shares with the start
//	2023-10-28/11-03
//	2023-12-30/2024-01-02
//	2024-06-01/..        open
//	2024-06-01/?         unknown
//
// Seasons and unspecified digits are as in EDTF: 2024-21, 1985-04-XX.
func (d Date) Column() string {
	start, end := d.ends()
	if !d.Interval() || start.known() && start.same(end) {
		return start.marked(start.text)
	}
	return start.column() + "/" + end.marked(end.after(start))
}

func (p point) column() string { return p.marked(p.after(point{})) }

// after returns p without the year, or year and month, that it shares with the
// start of its interval. Only dates of the same precision are shortened.
func (p point) after(start point) string {
	switch {
	case p.form == unknownEnd:
		return "?"
	case p.form == openEnd:
		return ".."
	case p.form != start.form || p.year != start.year:
		return p.text
	case p.form == wholeMonth, p.form == wholeDay && p.month == start.month:
		return p.text[len(p.text)-len("06"):]
	case p.form == wholeDay:
		return p.text[len(p.text)-len("06-19"):]
	}
	return p.text
}

// marked puts the qualifier of p around s: "~s", "s?", "~s?".
func (p point) marked(s string) string {
	if p.marks&approximate != 0 {
		s = "~" + s
	}
	if p.marks&uncertain == 0 {
		return s
	}
	if s[len(s)-1] == '?' {
		s += " "
	}
	return s + "?"
}

// shortCells is the width that Short keeps to. Each character it writes takes
// one cell.
const shortCells = 10

// Short returns what is left of d where a heading already says the month of
// [Date.Filed]. It takes at most ten cells and shows no day that is not
// stated; what does not fit is "…".
//
//	19, 03          a day                10–12    within the month
//	~11, 20?        qualified            28–3 Nov within a year
//	06-??           a month alone        30–2025-01
//	2024-??         a year alone         Jun–Aug, 2005–2010
//	spring          a season             28→, →28 open
//	197X            a decade             28–?, ?–28 unknown
func (d Date) Short() string {
	start, end := d.ends()
	switch {
	case !d.Interval() || start.known() && start.same(end):
		return start.alone()
	case start.known() && end.known():
		return betweenShort(start, end)
	case start.form == openEnd:
		return "→" + end.edge()
	case end.form == openEnd:
		return start.edge() + "→"
	}
	return start.edge() + "–" + end.edge()
}

// alone is Short for a date without a slash.
func (p point) alone() string {
	switch p.form {
	case unknownEnd:
		return ""
	case wholeYear:
		return first(p.marked(p.text+"-??"), p.marked(p.text))
	case longYear:
		return first(p.text, "year")
	case wholeMonth, someDay:
		return p.marked(fmt.Sprintf("%02d-??", p.month))
	case season:
		return p.marked(seasonName(p.month))
	case someMonth, someMonthDay:
		return p.text[:yearLen(p.text)] + "-??"
	case wholeDay, moment:
		return p.marked(fmt.Sprintf("%02d", p.day))
	}
	return p.text
}

// edge is Short for one end of an interval: "28", "Jun", "spr", "2004".
func (p point) edge() string {
	switch p.form {
	case unknownEnd:
		return "?"
	case openEnd:
		return ""
	case wholeMonth:
		return p.marked(monthName(p.month)[:3])
	case season:
		return p.marked(seasonName(p.month)[:3])
	case wholeDay:
		return p.marked(fmt.Sprintf("%02d", p.day))
	}
	return p.marked(p.text)
}

// betweenShort joins two known ends and gives up detail of the second until
// they fit.
func betweenShort(a, b point) string {
	left := a.edge() + "–"
	if a.form == wholeDay && b.form == wholeDay && a.year == b.year && a.month == b.month {
		return left + b.edge()
	}
	var day, month, year string
	year = left + b.marked(b.text[:yearLen(b.text)])
	near := b.monthIndex()-a.monthIndex() < 12
	if a.form == wholeYear {
		near = a.year == b.year
	}
	switch {
	case b.form == wholeYear:
	case b.form == season && near:
		month = left + b.edge()
	case b.form == season:
	case near:
		name := monthName(b.month)[:3]
		month = left + b.marked(name)
		if b.form == wholeDay {
			day = left + b.marked(fmt.Sprintf("%d %s", b.day, name))
		}
	default:
		month = left + b.marked(b.text[:yearLen(b.text)+len("-06")])
	}
	return first(day, month, year, left+"…")
}

// first returns the first of the texts that is not empty and fits Short, and
// failing that the last.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" && utf8.RuneCountInString(s) <= shortCells {
			return s
		}
	}
	return texts[len(texts)-1]
}

// monthIndex counts months, so that it grows by 12 a year. A season counts by
// its first month, a year by its January.
func (p point) monthIndex() int64 {
	month := p.month
	switch p.form {
	case season:
		month = firstMonth(p.month)
	case wholeYear:
		month = 1
	}
	return p.year*12 + int64(month)
}

// yearLen returns the length of the four-digit year that s starts with.
func yearLen(s string) int {
	if s[0] == '-' {
		return len("-0044")
	}
	return len("2024")
}
