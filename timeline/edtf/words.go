package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Words returns d for people, in British order, as uncertain as it is:
//
//	19 June 2024                    2024-06-19
//	c. June 2024                    2024-06~
//	20 December 2023 ?              2023-12-20?
//	12–17 September 2023            2023-09-12/2023-09-17
//	from 1914, until 2021           1914/.., ../2021
//	2019 – end unknown              2019/
//	April 1985, day not stated      1985-04-XX
//	1970s                           197X
//	spring 2024                     2024-21
//	1235 BC                         -1234 (0000 is 1 BC)
//	12 April 1985, 23:20:30+04:30   1985-04-12T23:20:30+04:30
//
// Where an end of an interval has a qualifier both ends are spelled out, to show
// which one it belongs to. Words of the zero Date are empty.
func (d Date) Words() string {
	start, end := d.ends()
	switch {
	case !d.Interval():
		return start.words()
	case start.known() && end.known():
		return betweenWords(start, end)
	case start.known() && end.form == openEnd:
		return "from " + start.words()
	case start.known():
		return start.words() + " – end unknown"
	case start.form == openEnd && end.known():
		return "until " + end.words()
	case end.known():
		return "start unknown – " + end.words()
	}
	return openWords(start, "start") + ", " + openWords(end, "end")
}

// openWords describes an end of an interval whose two ends are not known.
func openWords(p point, which string) string {
	if p.form == openEnd {
		return "no " + which
	}
	return which + " unknown"
}

// words returns p for people with its qualifier: "c. June 2024 ?".
func (p point) words() string {
	s := p.plainWords()
	if p.marks&approximate != 0 {
		s = "c. " + s
	}
	if p.marks&uncertain != 0 {
		s += " ?"
	}
	return s
}

func (p point) plainWords() string {
	switch p.form {
	case wholeYear, longYear:
		return yearWords(p.year)
	case wholeMonth:
		return monthName(p.month) + " " + yearWords(p.year)
	case season:
		return seasonName(p.month) + " " + yearWords(p.year)
	case wholeDay:
		return strconv.Itoa(p.day) + " " + monthName(p.month) + " " + yearWords(p.year)
	case moment:
		return strconv.Itoa(p.day) + " " + monthName(p.month) + " " + yearWords(p.year) + ", " + p.time
	case decade:
		if p.year > 0 && p.year%100 != 0 {
			return yearWords(p.year) + "s"
		}
		return yearsWords(p.year, p.lastYear()) + ", year not stated"
	case century:
		return yearsWords(p.year, p.lastYear()) + ", year not stated"
	case someMonth:
		return yearWords(p.year) + ", month not stated"
	case someDay:
		return monthName(p.month) + " " + yearWords(p.year) + ", day not stated"
	case someMonthDay:
		return yearWords(p.year) + ", month and day not stated"
	}
	return ""
}

// betweenWords joins two known ends and states shared parts once.
func betweenWords(a, b point) string {
	if a.same(b) {
		return a.words()
	}
	if a.form == b.form && a.marks == 0 && b.marks == 0 {
		sameYear := a.year == b.year
		switch {
		case a.form == wholeYear && (a.year > 0) == (b.year > 0):
			return yearsWords(a.year, b.year)
		case a.form == wholeMonth && sameYear:
			return monthName(a.month) + "–" + b.words()
		case a.form == season && sameYear:
			return seasonName(a.month) + "–" + b.words()
		case a.form == wholeDay && sameYear && a.month == b.month:
			return strconv.Itoa(a.day) + "–" + b.words()
		case a.form == wholeDay && sameYear:
			return strconv.Itoa(a.day) + " " + monthName(a.month) + " – " + b.words()
		}
	}
	return a.words() + " – " + b.words()
}

// yearsWords returns two years, with a shared era stated once:
// "1914–1918", "201–101 BC", "AD 476–480", "1 BC – AD 9".
func yearsWords(first, last int64) string {
	switch {
	case last <= 0:
		return yearNumber(first) + "–" + yearWords(last)
	case first <= 0:
		return yearWords(first) + " – " + yearWords(last)
	}
	return yearWords(first) + "–" + yearNumber(last)
}

// yearWords returns a year as people write it: "1914", with the era where the
// number alone would not look like a year: "1235 BC", "AD 476", "AD 17,000".
func yearWords(year int64) string {
	switch {
	case year <= 0:
		return yearNumber(year) + " BC"
	case year < 1000 || year > 9999:
		return "AD " + yearNumber(year)
	}
	return yearNumber(year)
}

// yearNumber returns a year counted in its era, which has no year 0.
func yearNumber(year int64) string {
	if year <= 0 {
		year = 1 - year
	}
	s := strconv.FormatInt(year, 10)
	if year <= 9999 {
		return s
	}
	var b strings.Builder
	for i := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func monthName(month int) string {
	return [...]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}[month-1]
}

func seasonName(season int) string {
	return [...]string{"spring", "summer", "autumn", "winter"}[season-21]
}

// Column returns d in ISO form, compact enough for a column of a list:
//
//	2024-06-19           a day; of a moment, its calendar day
//	~2024-08             approximate
//	2023-12-20?          uncertain
//	2023-09-10/12        the end without the year or month of the start
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

// after returns p without the year, or year and month, of the start of its
// interval, if they share it and have the same precision.
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

// shortCells is the greatest width of Short, whose characters are all one cell
// wide.
const shortCells = 10

// Short returns d for a list under a heading that states the month of
// [Date.Filed]. It is at most ten cells wide and shows no day that is not stated;
// "…" stands for an end that does not fit.
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

// betweenShort joins two known ends and drops detail of the second until they
// fit.
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

// monthIndex counts months, 12 a year. A season has the index of its first month,
// a year that of January.
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
