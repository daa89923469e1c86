package format

import (
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
	if _, loose := edtf.ParseLoose(c.text); loose != nil { // it knows 3/12/2024
		err = loose
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

// looseDate reads a date as a person or a spreadsheet may have written it: see
// edtf.Convention. What the date does not spell of the text is in a warning, or
// in the summary.
func (r *rowDecoder) looseDate(c cell) edtf.Date { return r.dateOf("date", c, edtf.Convention{}) }

// dateOf is looseDate of a cell that sets a field, with what the row says beyond
// the cell.
func (r *rowDecoder) dateOf(field string, c cell, known edtf.Convention) edtf.Date {
	if date, err := r.dates.parse(c.text); err == nil && !known.Years && !mayBeSpan(c.text) {
		return date
	}
	given := r.given[c.column]
	known.Order |= given.Order
	known.Epoch = given.Epoch || isTimeName(c.column)
	reading, err := known.Parse(c.text)
	if known.Order == 0 && (err != nil || reading.Assumes() != 0 || mayBeSpan(c.text)) {
		if known.Order = r.orders.of(c.column); known.Order != 0 {
			reading, err = known.Parse(c.text)
		}
	}
	if err != nil {
		r.rejectDate(field, c, err.(*edtf.Error))
		return edtf.Date{}
	}
	if reading.Warning != "" {
		r.warn(c, reading.Warning)
	}
	if reading.Zone != "" && r.event.TZ == "" {
		r.event.TZ = reading.Zone
	}
	if field == "date" || field == "end" {
		r.addTime(reading.Time)
	}
	return reading.Date
}

// addTime says in the summary at what hours an event was, as far as its date
// cannot.
func (r *rowDecoder) addTime(hours string) {
	if hours != "" {
		r.addSummary("Time: " + hours + ".")
	}
}

// rejectDate says why a cell is no date and, where it may be two, how to say
// which.
func (r *rowDecoder) rejectDate(field string, c cell, e *edtf.Error) {
	reason := reasonOf(e)
	if orders := e.Settled(); orders != 0 && r.given != nil {
		switch way := "--map " + field + "=" + c.column; {
		case orders&(edtf.DayFirst|edtf.MonthFirst) != 0:
			reason += "; say which with " + way + ":dmy or :mdy"
		case orders&edtf.Counted != 0:
			reason += "; if so, say it with " + way + ":epoch"
		default:
			reason += "; say which with " + way + ":ymd for months or :years for spans of years"
		}
	}
	c.at += runes(c.text, e.Column-1)
	r.reject(c, reason)
}

// mayBeSpan reports whether a text that is a month or a season in EDTF, as
// 1910-12, may be a span of years.
func mayBeSpan(text string) bool {
	return len(text) == len("1910-12") && text[4] == '-' && text[5:] > text[2:4] && digits(text[:4]) && digits(text[5:])
}

// isTimeName reports whether a column is named as times are: timestamp,
// created_at, start time. A long number there counts seconds.
func isTimeName(column string) bool {
	name := alike(column)
	for _, part := range [...]string{"timestamp", "epoch", "unix"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return name == "ts" || name == "tsms" || strings.HasSuffix(name, "time") || strings.HasSuffix(strings.ToLower(column), "_at") || strings.HasSuffix(column, "At")
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

// interval returns the interval from one date to another, or start if they are
// equal or end is none. Hours that it cannot spell are in the summary. A mistake
// is reported of the cell.
func (r *rowDecoder) interval(c cell, start, end edtf.Date) edtf.Date {
	reading, err := edtf.Between(start, end)
	if err != nil {
		r.reject(c, reasonOf(err.(*edtf.Error)))
		return edtf.Date{}
	}
	r.addTime(reading.Time)
	return reading.Date
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
