package edtf

import "strings"

// Ends returns the two ends of an interval, the zero Date for one that is open
// or unknown. A date that is no interval is both of its ends.
func (d Date) Ends() (start, end Date) {
	first, last, slash := strings.Cut(d.text, "/")
	if !slash {
		return d, d
	}
	start, _ = read(first) // what is open or unknown is no date by itself
	end, _ = read(last)
	return start, end
}

// Stated returns the year, the month and the day that d states, qualified or
// not: 0 for a month or a day that it does not, and 21 to 24 for the month of a
// season. It is false where not even the year is one: 201X, 2023/2024.
func (d Date) Stated() (year, month, day int, ok bool) {
	p, _ := d.ends()
	if d.Interval() || !p.known() || p.form.years() > 1 {
		return 0, 0, 0, false
	}
	return int(p.year), p.month, p.day, true
}
