package format

import (
	"fmt"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
)

// recentDates are the last two dates parsed: neighbouring rows often share
// theirs.
type recentDates struct {
	text [2]string
	date [2]edtf.Date
}

func (d *recentDates) parse(text string) (edtf.Date, error) {
	for k, known := range d.text {
		if text == known && text != "" {
			return d.date[k], nil
		}
	}
	date, err := edtf.Parse(text)
	if err == nil {
		d.text[0], d.date[0], d.text[1], d.date[1] = text, date, d.text[0], d.date[0]
	}
	return date, err
}

// strictDate reads a cell that is a date in EDTF.
func (r *rowDecoder) strictDate(c cell) edtf.Date {
	date, err := r.dates.parse(c.text)
	if err == nil {
		return date
	}
	if reason := yearLast(c.text); reason != "" {
		r.reject(c, reason)
		return edtf.Date{}
	}
	fault := err.(*edtf.Error)
	c.at += runes(c.text, fault.Column-1)
	r.reject(c, reasonOf(fault))
	return edtf.Date{}
}

// parseDate reads a date in EDTF that was made from a cell.
func (r *rowDecoder) parseDate(c cell, text string) edtf.Date {
	date, err := r.dates.parse(text)
	if err != nil {
		r.reject(c, reasonOf(err.(*edtf.Error)))
	}
	return date
}

func reasonOf(e *edtf.Error) string {
	if better := e.Suggestion(); better != "" {
		return e.Reason + "; write " + better
	}
	return e.Reason
}

// looseDate reads a date as a person or a spreadsheet may have written it, if it
// has one meaning: see edtf.ParseLoose. A time of day is dropped, except in EDTF.
func (r *rowDecoder) looseDate(c cell) edtf.Date {
	date, err := r.dates.parse(c.text)
	if err == nil {
		return date
	}
	if day, clock, _ := splitClock(c.text); clock != "" {
		if date, err := edtf.Parse(day); err == nil {
			return date
		}
	}
	if date, err := edtf.ParseLoose(c.text); err == nil {
		return date
	}
	if digits(c.text) && len(c.text) > len("2024") {
		r.reject(c, "this may be a number of days or seconds; write a date, such as 2024-03-12")
		return edtf.Date{}
	}
	return r.strictDate(c)
}

// yearLast explains the mistake in a date such as 3/12/2024. For any other text
// it returns nothing.
func yearLast(text string) string {
	text, _, _ = strings.Cut(text, " ")
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || !digits(strings.Join(parts, "")) {
		return ""
	}
	a, _ := strconv.Atoi(parts[0])
	b, _ := strconv.Atoi(parts[1])
	year := parts[2]
	if len(year) != 4 {
		return "write the year first, in four digits, such as 2024-03-12"
	}
	var ways []string
	for _, way := range [][2]int{{b, a}, {a, b}} {
		iso := fmt.Sprintf("%s-%02d-%02d", year, way[0], way[1])
		if _, err := edtf.Parse(iso); err == nil {
			addUnique(&ways, iso)
		}
	}
	switch len(ways) {
	case 0:
		return "there is no such day"
	case 1:
		return "the year comes first; write " + ways[0]
	}
	return "this may be either of two days; write " + strings.Join(ways, " or ")
}

// isoDay reads the day of a cell that is a date of ISO 8601, with or without a
// time of day. A time in UTC sets the zone of the event.
func (r *rowDecoder) isoDay(c cell) edtf.Date {
	day, _, utc := splitClock(c.text)
	if utc {
		r.event.TZ = "UTC"
	}
	if day == c.text {
		return r.strictDate(c)
	}
	return r.parseDate(c, day)
}

// splitClock splits a day of ISO 8601 from its time of day, which follows a T or
// a blank, and reports whether the time is in UTC.
func splitClock(text string) (day, clock string, utc bool) {
	const length = len("2024-03-12")
	if len(text) <= length || text[length] != 'T' && text[length] != ' ' || text[4] != '-' || text[7] != '-' {
		return text, "", false
	}
	clock = text[length+1:]
	for _, zone := range []string{"Z", "UTC", "+00:00", "+0000", "+00"} {
		utc = utc || strings.HasSuffix(clock, zone)
	}
	return text[:length], clock, utc
}

// packedDay reads the day of a cell that begins with YYYYMMDD.
func (r *rowDecoder) packedDay(c cell) edtf.Date {
	iso := unpackedDay(c.text)
	if iso == "" {
		r.reject(c, "a date in this format has eight digits, such as 20240312")
		return edtf.Date{}
	}
	return r.parseDate(c, iso)
}

// unpackedDay spells YYYYMMDD as EDTF does, or returns nothing.
func unpackedDay(text string) string {
	const length = len("20240312")
	if len(text) < length || !digits(text[:length]) {
		return ""
	}
	return text[:4] + "-" + text[4:6] + "-" + text[6:8]
}

// interval returns the interval from one date to another, without times of day,
// or start if they are equal or end is none. A mistake is reported of the cell.
func (r *rowDecoder) interval(c cell, start, end edtf.Date) edtf.Date {
	from, _, _ := splitClock(start.String())
	to, _, _ := splitClock(end.String())
	if to == "" || from == to {
		return start
	}
	return r.parseDate(c, from+"/"+to)
}

// isClock reports whether text is a time of day alone: 9:30, 17:00:00.
func isClock(text string) bool {
	return fits(text, "d:dd") || fits(text, "dd:dd")
}

// digits reports whether text is one or more digits.
func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// fits reports whether text begins with a pattern, in which d is a digit.
func fits(text, pattern string) bool {
	if len(text) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		isDigit := '0' <= text[i] && text[i] <= '9'
		if pattern[i] == 'd' && !isDigit || pattern[i] != 'd' && text[i] != pattern[i] {
			return false
		}
	}
	return true
}
