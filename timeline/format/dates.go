package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

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

// settleDate chooses the columns of the date: its own, or a single one of days.
// Records without one may have columns of years, months and days. Beside another
// date, a column of times is no date.
func (p fieldColumns) settleDate() {
	p.divide("date", "time")
	p.divide("end", "end_time")
	switch {
	case p["date"] != nil:
	case p["year"] != nil:
		p["date"] = p["year"][:1]
	default:
		p["date"] = p["day"]
	}
}

// divide moves the columns of a field that are named as those of another, but for
// the first, to that other.
func (p fieldColumns) divide(field, other string) {
	i := slices.IndexFunc(csvFields, func(f csvField) bool { return f.name == other })
	for k := len(p[field]) - 1; k > 0; k-- {
		if name := p[field][k]; (headerNames{alike(name)}).find(csvFields[i].names...) == 0 {
			p[other] = append(p[other], name)
			p[field] = slices.Delete(p[field], k, k+1)
		}
	}
}

// date reads the date, and its end if the row has one.
func (p fieldCells) date(r *rowDecoder) {
	c, clock := p.cell(r, "date"), p.cell(r, "time")
	if c.text == "" {
		if c = p.cell(r, "year"); c.text == "" {
			c, clock = clock, cell{}
		}
	}
	if c.text == "" {
		return
	}
	r.dated = true
	known := p.stated(r)
	byParts := p.has(r, "year", c)
	var start edtf.Date
	if byParts {
		start = r.partedDate(c, p.cell(r, "month"), p.cell(r, "day"))
	} else {
		start = r.dateOf("date", c, known)
	}
	if start.IsZero() {
		return
	}
	start = r.timed(c, start, clock)
	if known.Year > 0 && !byParts {
		if year, _, _, ok := start.Stated(); ok && int64(year) != known.Year {
			r.warn(p.cell(r, "year"), fmt.Sprintf("the date is of %d", year))
		}
	}
	r.event.Date = start
	switch end := p.end(r, start); {
	case end.IsZero():
	case strings.HasPrefix(end.String(), withoutClock(start)+"/"):
		r.event.Date = end // it goes on
	default:
		r.event.Date = r.interval(p.lastCell(r), start, end)
	}
}

// stated returns what the columns beside a date say of its year.
func (p fieldCells) stated(r *rowDecoder) (known edtf.Convention) {
	if c := p.cell(r, "year"); c.text != "" {
		if year, err := strconv.ParseInt(strings.TrimSuffix(c.text, ".0"), 10, 64); err == nil && year >= 100 && year <= 9999 {
			known.Year = year
		}
	}
	if p["century"] != nil {
		if century, err := edtf.ParseLoose(p.cell(r, "century").text); err == nil {
			day, _ := century.Date.Earliest()
			year, _, _ := day.Civil()
			known.From = int64(year)
		}
	}
	return known
}

// lastCell returns the cell of the end, or of its time.
func (p fieldCells) lastCell(r *rowDecoder) cell {
	for _, field := range [...]string{"end", "end_year"} {
		if c := p.cell(r, field); c.text != "" {
			return c
		}
	}
	return p.cell(r, "end_time")
}

// end reads the end of a row that starts on a date. It is zero if the row states
// none.
func (p fieldCells) end(r *rowDecoder, start edtf.Date) edtf.Date {
	c, clock := p.cell(r, "end"), p.cell(r, "end_time")
	if c.text == "" {
		c = p.cell(r, "end_year")
	}
	if c.text == "" || isClock(c.text) {
		if c.text == "" {
			c = clock
		}
		if c.text == "" {
			return edtf.Date{}
		}
		day, ok := start.Earliest()
		if !ok || start.Precision() != edtf.ToDay {
			r.addTime("until " + c.text)
			return edtf.Date{}
		}
		return r.timed(c, r.parseDate(c, day.String()), c)
	}
	if p.has(r, "end_year", c) {
		return r.timed(c, r.partedDate(c, p.cell(r, "end_month"), p.cell(r, "end_day")), clock)
	}
	known := edtf.Convention{}
	if year, _, _, ok := start.Stated(); ok && year > 0 {
		known.Year = int64(year) // the end may leave it out
	}
	switch strings.ToLower(c.text) {
	case "present", "now", "ongoing", "today", "current", "open", "..":
		if _, ok := start.Earliest(); ok && !start.Interval() {
			return r.parseDate(c, withoutClock(start)+"/..")
		}
	case "unknown", "?":
		if _, ok := start.Earliest(); ok && !start.Interval() {
			return r.parseDate(c, withoutClock(start)+"/")
		}
	}
	return r.timed(c, r.dateOf("end", c, known), clock)
}

func withoutClock(d edtf.Date) string {
	day, _, _ := strings.Cut(d.String(), "T")
	return day
}

// timed returns a date at the time of day of another cell. What cannot be joined
// to the date is said in the summary.
func (r *rowDecoder) timed(c cell, date edtf.Date, clock cell) edtf.Date {
	if clock.text == "" || date.IsZero() {
		return date
	}
	if _, known := date.Clock(); !known {
		reading, err := edtf.ParseLoose(date.String() + " " + clock.text)
		if _, timed := reading.Date.Clock(); err == nil && timed && reading.Time == "" && reading.Warning == "" {
			return reading.Date
		}
	}
	switch {
	case c != clock && strings.Contains(c.text, clock.text):
	case isClock(clock.text):
		r.addTime(clock.text)
	default:
		r.addSummary(clock.column + ": " + clock.text + ".")
	}
	return date
}

// partedDate reads a date whose year, month and day stand in cells of their own.
func (r *rowDecoder) partedDate(c, month, day cell) edtf.Date {
	known := edtf.Convention{Years: true}
	m, d := wholeNumber(month.text), wholeNumber(day.text)
	switch {
	case m == "" || m == "0" || m == "00":
		if d != "" && d != "0" && d != "00" {
			if digits(d) {
				r.warn(day, "a day needs a month; it is ignored")
			} else {
				c.text = d + " " + c.text
				return r.dateOf("year", c, known) // 14 March, in one cell
			}
		}
		return r.dateOf("year", c, known)
	case d == "0" || d == "00":
		d = ""
	}
	year := r.dateOf("year", c, known)
	if year.IsZero() {
		return year
	}
	text := year.String()
	if digits(m) {
		if text += "-" + padded(m); d != "" {
			text += "-" + padded(d)
		}
		return r.parseDate(month, text)
	}
	if n, _, _, ok := year.Stated(); ok && n < 0 {
		text = fmt.Sprintf("%d BC", 1-n)
	}
	whole := month
	whole.text = strings.TrimSpace(d + " " + m + " " + text)
	return r.dateOf("month", whole, edtf.Convention{})
}

// wholeNumber returns a whole number without the fraction that a data frame adds
// to it, and any other text as it is.
func wholeNumber(text string) string {
	if number, ok := strings.CutSuffix(text, ".0"); ok && digits(number) {
		return number
	}
	return text
}

func padded(number string) string {
	if len(number) == 1 {
		return "0" + number
	}
	return number
}

// columnOrders are the orders in which the columns of a table write the numbers of
// a date. They are learned from the beginning of the file, when a date is met
// that only they can settle, so that a row has the same meaning whenever it is
// decoded.
type columnOrders struct {
	mapping *mapping
	syntax  syntax
	body    int                              // where the records begin
	start   func() (text string, whole bool) // the beginning of the records

	mu    sync.Mutex
	known map[string]edtf.Order
}

// learnedFrom is how much of a file shows the orders of its columns.
const learnedFrom = 4 << 20

// enoughShown is how many dates of a column settle its order, so that few rows of
// a large file are read twice.
const enoughShown = 1000

// of returns the order of a column; none if its dates show none, or several. A
// nil columnOrders knows none.
func (o *columnOrders) of(column string) edtf.Order {
	if o == nil {
		return 0
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	order, ok := o.known[column]
	if !ok {
		if o.known == nil {
			o.known = make(map[string]edtf.Order)
		}
		order = o.learn(column)
		o.known[column] = order
	}
	return order
}

// learn returns the order that the dates of a column show.
func (o *columnOrders) learn(name string) edtf.Order {
	plain := &mapping{columns: []column{{name, nil}}}
	r := newRowDecoder(plain, o.syntax)
	text, whole := o.start()
	if _, ok := o.syntax.(lineSyntax); ok && !whole {
		text = text[:strings.LastIndexAny(text, "\r\n")+1]
	}
	shown, count := edtf.Order(0), 0
	for record, fault := range o.syntax.records(text, 0) {
		if fault != nil || count == enoughShown {
			break
		}
		clear(r.values)
		r.at = int64(o.body + record.start)
		r.cells, r.next, r.record, r.decoded = r.cells[:0], 0, text[record.start:record.end], r.decoded.cleared(true)
		o.syntax.values(r)
		if s := (edtf.Convention{}).Shows(r.values[0].text); s != 0 {
			shown |= s
			count++
		}
	}
	return shown.Without()
}

// A dateStyle is how a user says that a column writes its dates, after its name:
// --map date=When:dmy.
type dateStyle struct {
	name  string
	means edtf.Convention
}

var dateStyles = []dateStyle{
	{"dmy", edtf.Convention{Order: edtf.DayFirst}},
	{"mdy", edtf.Convention{Order: edtf.MonthFirst}},
	{"ymd", edtf.Convention{Order: edtf.YearFirst}},
	{"years", edtf.Convention{Order: edtf.YearSpans}},
	{"epoch", edtf.Convention{Epoch: true}},
}

// cutStyle cuts the style of its dates from the name of a column, as a user gives
// both. A column whose name ends so is found by its whole name.
func cutStyle(name string, header []string) (string, edtf.Convention, error) {
	column, style, ok := cutLast(name, ":")
	if !ok || newHeader(header).find(name) >= 0 {
		return name, edtf.Convention{}, nil
	}
	var names []string
	for _, s := range dateStyles {
		if strings.EqualFold(strings.TrimSpace(style), s.name) {
			return strings.TrimSpace(column), s.means, nil
		}
		names = append(names, s.name)
	}
	return name, edtf.Convention{}, fmt.Errorf("there is no way %q to write dates; the ways are %s", style, strings.Join(names, ", "))
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
