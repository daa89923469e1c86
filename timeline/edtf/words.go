package edtf

import (
	"strconv"
	"strings"
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
// Where an end of an interval bears a qualifier both are spelled out, so that
// it is plain to which one it belongs. Words of the zero Date are empty.
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

// openWords describes an end that is not known, where the other is not either.
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

// betweenWords joins two known ends and says what they share only once.
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

// yearsWords returns two years, the era said once where it is shared:
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

// yearWords returns a year as people say it: "1914", and with the era where
// the number alone would not read as a year: "1235 BC", "AD 476", "AD 17,000".
func yearWords(year int64) string {
	switch {
	case year <= 0:
		return yearNumber(year) + " BC"
	case year < 1000 || year > 9999:
		return "AD " + yearNumber(year)
	}
	return yearNumber(year)
}

// yearNumber returns a year within its era, in which there is no year 0.
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
