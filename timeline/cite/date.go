package cite

import (
	"strconv"
	"strings"
	"time"

	"dateline/timeline/edtf"
)

// A manual is a manual of style, with its order of the parts of a date.
type manual uint8

const (
	chicago manual = iota // October 8, 2024
	apa                   // 2024, October 8
)

// date writes d in the style of the manual, no more exact than d: an approximate date
// has "ca.", an uncertain one brackets and a question mark. Other dates, which
// manuals do not cover, are written as edtf writes them in words.
func (m manual) date(d edtf.Date) string {
	start, end := d.Ends()
	switch {
	case start.IsZero() && end.IsZero():
		return d.Words()
	case start == end:
		return m.point(start)
	case !start.IsZero() && !end.IsZero():
		return m.between(start, end)
	case strings.HasSuffix(d.String(), "/.."):
		return "from " + m.point(start)
	case strings.HasPrefix(d.String(), "../"):
		return "until " + m.point(end)
	}
	return d.Words()
}

// point writes a date that is no interval.
func (m manual) point(d edtf.Date) string {
	year, month, day, ok := d.Stated()
	if !ok || year < 1000 || year > 9999 {
		return d.Words() // an era, or a decade
	}
	text := m.order(year, monthAndDay(month, day), day > 0)
	if d.Approximate() {
		text = "ca. " + text
	}
	if d.Uncertain() {
		text = "[" + text + "?]"
	}
	return text
}

// between writes two dates without repeating the parts that they share.
func (m manual) between(a, b edtf.Date) string {
	year, month, day, ok := a.Stated()
	lastYear, lastMonth, lastDay, known := b.Stated()
	alike := year == lastYear && (month > 0) == (lastMonth > 0) && (day > 0) == (lastDay > 0)
	qualified := a.Uncertain() || a.Approximate() || b.Uncertain() || b.Approximate()
	if !ok || !known || !alike || qualified || month == 0 {
		return m.point(a) + "–" + m.point(b)
	}
	end := monthAndDay(lastMonth, lastDay)
	if month == lastMonth {
		end = strconv.Itoa(lastDay)
	}
	return m.order(year, monthAndDay(month, day)+"–"+end, day > 0)
}

// order puts the parts of a date in the manual's order; exact dates have a day.
func (m manual) order(year int, monthAndDay string, exact bool) string {
	y := strconv.Itoa(year)
	switch {
	case monthAndDay == "":
		return y
	case m == apa:
		return y + ", " + monthAndDay
	case exact:
		return monthAndDay + ", " + y
	}
	return monthAndDay + " " + y
}

// monthAndDay writes the stated parts: "October 8", "October", "spring" for month
// 21, or nothing.
func monthAndDay(month, day int) string {
	switch {
	case month == 0:
		return ""
	case month > 12:
		return [...]string{"spring", "summer", "autumn", "winter"}[month-21]
	case day == 0:
		return time.Month(month).String()
	}
	return time.Month(month).String() + " " + strconv.Itoa(day)
}
