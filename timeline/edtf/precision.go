package edtf

// A Precision is how finely a date says when.
type Precision uint8

// From the finest to the coarsest. A time of day is no finer than its day.
const (
	ToDay Precision = iota
	ToMonth
	ToSeason
	ToYear
	ToDecade
	ToCentury
)

// Precision returns how finely d states the end under which a list files it:
// see [Date.Filed]. Digits that are not stated state nothing: 2024-XX is no
// finer than 2024. Where d states neither end it is ToDay.
func (d Date) Precision() Precision {
	if d.from == d.to {
		return ToDay
	}
	p, end := d.ends()
	if !p.known() {
		p = end
	}
	switch p.form {
	case wholeMonth, someDay:
		return ToMonth
	case season:
		return ToSeason
	case wholeYear, longYear, someMonth, someMonthDay:
		return ToYear
	case decade:
		return ToDecade
	case century:
		return ToCentury
	}
	return ToDay
}

// Spell returns d in EDTF: to the day, to the month, or to the year it lies in.
// EDTF has no months in years of more than four digits; of those it returns the
// year.
func (d Day) Spell(p Precision) string {
	if d == Past || d == Future {
		return d.String()
	}
	year, month, _ := d.civil()
	text := appendYear(make([]byte, 0, 10), year)
	switch {
	case p > ToMonth || text[0] == 'Y':
		return string(text)
	case p == ToMonth:
		return string(append(text, '-', byte('0'+month/10), byte('0'+month%10)))
	}
	return d.String()
}
