package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
)

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
