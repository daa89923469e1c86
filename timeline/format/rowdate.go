package format

import "strings"

// settleDate chooses the columns of the date: its own, or those of year, month and
// day, or a single one of days.
func (p fieldColumns) settleDate() {
	switch {
	case p["date"] != nil:
		p["year"], p["month"], p["day"] = nil, nil, nil
	case p["year"] != nil:
		p["date"] = p["year"]
	default:
		p["date"] = p["day"]
	}
}

// date reads the date, and its end if the row has one.
func (p fieldColumns) date(r *rowDecoder) {
	c := p.cell(r, "date")
	if c.text == "" {
		return
	}
	if month, day := p.cell(r, "month"), p.cell(r, "day"); month.text != "" {
		switch {
		case !digits(month.text):
			c.text = strings.TrimSpace(day.text + " " + month.text + " " + c.text)
		case day.text != "":
			c.text += "-" + padded(month.text) + "-" + padded(day.text)
		default:
			c.text += "-" + padded(month.text)
		}
	}
	r.event.Date, r.dated = r.looseDate(c), true
	if end := p.cell(r, "end"); end.text != "" && !isClock(end.text) && !r.event.Date.IsZero() {
		if last := r.looseDate(end); !last.IsZero() {
			r.event.Date = r.interval(end, r.event.Date, last)
		}
	}
}

func padded(number string) string {
	if len(number) == 1 {
		return "0" + number
	}
	return number
}
