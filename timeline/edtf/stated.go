package edtf

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
