package format

import (
	"fmt"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
)

// recentDates are dates that were parsed last: rows that follow each other often
// have the same.
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

// spelled reads a cell that is a date in EDTF, word for word.
func (r *rowDecoder) spelled(c cell) edtf.Date {
	date, err := r.dates.parse(c.text)
	if err == nil {
		return date
	}
	if reason := slashed(c.text); reason != "" {
		r.spoil(c, reason)
		return edtf.Date{}
	}
	fault := err.(*edtf.Error)
	c.at += runes(c.text, fault.Column-1)
	r.spoil(c, reasonOf(fault))
	return edtf.Date{}
}

// made reads a date in EDTF that was made of a cell.
func (r *rowDecoder) made(c cell, text string) edtf.Date {
	date, err := r.dates.parse(text)
	if err != nil {
		r.spoil(c, reasonOf(err.(*edtf.Error)))
	}
	return date
}

func reasonOf(e *edtf.Error) string {
	if better := e.Suggestion(); better != "" {
		return e.Reason + "; write " + better
	}
	return e.Reason
}

// anyDate reads a date as a person or a spreadsheet may have written it, if that
// has one meaning: EDTF, a day with a time of day, which goes, 12 March 2024,
// 20240312, 2024/3/12. It never guesses which of two numbers is the day.
func (r *rowDecoder) anyDate(c cell) edtf.Date {
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
		r.spoil(c, "a count of days or seconds is no date here; write it as one, such as 2024-03-12")
		return edtf.Date{}
	}
	return r.spelled(c)
}

// slashed says what is wrong with a date such as 3/12/2024, and what would be
// right; of any other text it says nothing.
func slashed(text string) string {
	text, _, _ = strings.Cut(text, " ")
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || !digits(strings.Join(parts, "")) {
		return ""
	}
	a, _ := strconv.Atoi(parts[0])
	b, _ := strconv.Atoi(parts[1])
	year := parts[2]
	if len(year) != 4 {
		return "a date here is year, month, day, with four digits for the year, such as 2024-03-12"
	}
	var ways []string
	for _, way := range [][2]int{{b, a}, {a, b}} {
		iso := fmt.Sprintf("%s-%02d-%02d", year, way[0], way[1])
		if _, err := edtf.Parse(iso); err == nil {
			add(&ways, iso)
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
// time of day. If that is in UTC, the event's zone is.
func (r *rowDecoder) isoDay(c cell) edtf.Date {
	day, _, utc := splitClock(c.text)
	if utc {
		r.event.TZ = "UTC"
	}
	if day == c.text {
		return r.spelled(c)
	}
	return r.made(c, day)
}

// splitClock parts a day of ISO 8601 from its time of day, which may follow a T
// or a blank, and tells whether that is in UTC.
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

// packedDay reads the day of a cell that is YYYYMMDD, whatever follows.
func (r *rowDecoder) packedDay(c cell) edtf.Date {
	iso := unpackedDay(c.text)
	if iso == "" {
		r.spoil(c, "a date here is year, month and day in eight digits, such as 20240312")
		return edtf.Date{}
	}
	return r.made(c, iso)
}

// unpackedDay spells the day of YYYYMMDD, or returns nothing.
func unpackedDay(text string) string {
	const length = len("20240312")
	if len(text) < length || !digits(text[:length]) {
		return ""
	}
	return text[:4] + "-" + text[4:6] + "-" + text[6:8]
}

// stretch is the interval from one date to another, days at most, or the one if
// they are the same or there is no other. A mistake is the cell's.
func (r *rowDecoder) stretch(c cell, start, end edtf.Date) edtf.Date {
	from, _, _ := splitClock(start.String())
	to, _, _ := splitClock(end.String())
	if from == "" || to == "" || from == to {
		return start
	}
	return r.made(c, from+"/"+to)
}

// isClock reports whether text is a time of day and no more: 9:30, 17:00:00.
func isClock(text string) bool {
	return fits(text, "d:dd") || fits(text, "dd:dd")
}

// digits reports whether text is digits, and some.
func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// fits reports whether text begins as a pattern has it, in which d is a digit.
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
