package edtf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// An Order is a set of habits in writing dates. Some texts have a meaning only
// under one of them.
type Order uint8

const (
	DayFirst   Order = 1 << iota // 3/4/2024 is 3 April
	MonthFirst                   // 3/4/2024 is 4 March
	YearFirst                    // 2010/12 is December 2010
	YearSpans                    // 2010/12 is 2010 to 2012
	Counted                      // 1723474994 counts seconds since 1970
)

// rivals are the orders of which at most one can hold.
var rivals = [...]Order{DayFirst | MonthFirst, YearFirst | YearSpans}

// Without returns o without both of two orders that contradict each other.
func (o Order) Without() Order {
	for _, both := range rivals {
		if o&both == both {
			o &^= both
		}
	}
	return o
}

// A Convention is what is known about dates from elsewhere, such as from the
// other cells of a column. The zero Convention knows nothing.
type Convention struct {
	Order Order
	Year  int64 // the year that another column states, which completes 5-Aug-24; 0 if none does
	From  int64 // the first year of the century that another column states, or 0
	Years bool  // a plain number is a year, and a negative one a year BC: 79, -44
	Epoch bool  // a long number is a count of seconds since 1970, or of parts of them
}

// fullYear returns the year that two digits stand for, or 0 if nothing states it.
func (c Convention) fullYear(n int64) int64 {
	switch {
	case n == c.Year%100 && c.Year > 0:
		return c.Year
	case c.Year == 0 && c.From > 0 && n > 0 && n < 100:
		return c.From - c.From%100 + n
	}
	return 0
}

// A Reading is a date with what its text says beyond it.
type Reading struct {
	Date    Date
	Zone    string // the IANA time zone that the text names
	Time    string // the hours that Date does not spell: "09:00–17:00"
	Warning string // what of the text is not kept, or may be meant otherwise
	order   Order  // the habits that the reading assumes
}

// ParseLoose reads a date as Parse does or, failing that, as people and
// spreadsheets write it: 19 June 2024, 20240619, c. 1914, 12-17 June 2031,
// 44 BC. It takes the whole text or refuses it. A text that has two meanings, as
// 3/4/2024 has, is an error that names both.
func ParseLoose(s string) (Reading, error) { return Convention{}.Parse(s) }

// Parse is [ParseLoose] for dates that follow a convention. An error is an
// [*Error].
func (c Convention) Parse(s string) (Reading, error) {
	strict := Date{}
	var bad *Error
	if !c.Years || !isYear(s) {
		if strict, bad = read(s); bad == nil && !c.maySpan(s) {
			return Reading{Date: strict}, nil
		}
		if d, ok := plainMoment(s); ok {
			return Reading{Date: d}, nil
		}
	}
	p := looseParser{Convention: c}
	found := p.read(s)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		p.bad, p.weight = nil, 0
		p.fail(certain, 0, "this may be "+found[0].said()+" or "+found[1].said())
		p.bad.order = found[0].order | found[1].order
	case bad == nil && !strict.IsZero():
		return Reading{Date: strict}, nil
	case bad != nil && (p.bad == nil || p.bad.Reason == bad.Reason || p.weight < plausible && (!strings.Contains(s, " ") || strings.ContainsAny(s, "[{"))):
		p.bad = bad
	case p.bad == nil:
		p.bad = fault(0, "this is no date")
	}
	p.bad.Input = s
	return Reading{}, p.bad
}

// Assumes returns the orders without which the text would have no meaning, or
// another one.
func (r Reading) Assumes() Order { return r.order }

// said tells one meaning from another.
func (r Reading) said() string {
	if r.Time == "" {
		return r.Date.String()
	}
	return r.Date.String() + ", " + r.Time
}

// maySpan reports whether a date such as 1910-12, in EDTF a month, or 1921-22, in
// EDTF a season, may be a span of years. A month is one only if other dates are.
func (c Convention) maySpan(s string) bool {
	if len(s) != len("1910-12") || s[4] != '-' || !allDigits(s[5:]) || !allDigits(s[:4]) || s[5:] <= s[2:4] {
		return false
	}
	return c.Order&YearSpans != 0 || s[5:] > "12" && c.Order&YearFirst == 0
}

// Shows returns the orders that s follows whatever else it means: DayFirst of
// 13/6/2024, none of 3/4/2024.
func (c Convention) Shows(s string) Order {
	c.Order = 0
	p := looseParser{Convention: c}
	shown := ^Order(0)
	for _, reading := range p.read(s) {
		shown &= reading.order
	}
	if shown == ^Order(0) {
		return 0
	}
	return shown
}

// longestLoose is the length in bytes of the longest text that is read loosely.
// Errors must stay cheap, and no date is longer.
const longestLoose = 120

// Weights of reasons: the heaviest is reported.
const (
	vague     = iota // a word is unknown; the strict parser may know better
	plausible        // the text is a date, but for this
	certain          // nothing else can be meant
)

// A looseParser reads one text. It collects every meaning that the text may have.
type looseParser struct {
	Convention
	text   string
	zone   string
	space  [longestTokens]token
	found  []Reading
	bad    *Error
	weight int
	missed string // what an order that is known leaves without a meaning
}

// fail keeps a reason unless it has a heavier one. at is a byte of the text.
func (p *looseParser) fail(weight, at int, reason string) {
	if p.bad == nil || weight > p.weight {
		p.weight = weight
		p.bad = &Error{Column: utf8.RuneCountInString(p.text[:min(at, len(p.text))]) + 1, Reason: reason}
	}
}

// read returns the meanings of s.
func (p *looseParser) read(s string) []Reading {
	if len(s) > longestLoose {
		return nil
	}
	if strings.ContainsFunc(s, isFullWidth) {
		s = strings.Map(asciiOf, s)
	}
	s, p.zone = cutZone(s)
	p.text = s
	if p.Epoch {
		if d, ok := sinceEpoch(s); ok {
			return []Reading{{Date: d}}
		}
	}
	for _, c := range [...]struct{ words, digits string }{{"month and day", "-XX-XX"}, {"month", "-XX"}, {"day", "-XX"}} {
		for _, end := range [...]string{", " + c.words + " not stated", ", " + c.words + " unknown", " (" + c.words + " unknown)"} {
			if whole, ok := strings.CutSuffix(s, end); ok {
				return p.unstated(whole, c.digits)
			}
		}
	}
	tokens, ok := p.tokens(s)
	if !ok || len(tokens) == 0 {
		return nil
	}
	if p.Years && isYear(s) {
		p.plainYear(s)
		return p.found
	}
	if states := strings.ToLower(strings.Trim(s, "().?- ")); states == "" || strings.Contains(" undated unknown tbd tbc tba n/a na n.d nd none null no date date unknown ", " "+states+" ") {
		p.fail(certain, 0, "no date is stated")
		return nil
	}
	p.dates(tokens)
	if len(p.found) == 0 && p.missed != "" {
		p.fail(certain, 0, p.missed)
	}
	if len(p.found) == 0 {
		p.dayNumber(tokens)
	}
	return p.found
}

// unstated returns the meaning of a year or month whose months or days are said
// not to be stated.
func (p *looseParser) unstated(s, digits string) []Reading {
	found := p.read(s)
	if len(found) != 1 {
		return nil
	}
	d, bad := read(found[0].Date.String() + digits)
	if bad != nil {
		return nil
	}
	found[0].Date = d
	return found
}

// dates reads a date or a range of dates.
func (p *looseParser) dates(ts []token) {
	words := p.text
	b, ts := p.cutBound(ts)
	if len(ts) == 0 {
		p.fail(plausible, 0, "the date is missing")
		return
	}
	if b == noBound || b == sinceBound || b == betweenBound {
		p.ranges(ts, b)
	}
	switch {
	case b == betweenBound:
		p.fail(plausible, ts[0].at, "“between” needs two dates with “and” between them")
	case b == noBound || len(p.found) == 0:
		for _, d := range p.points(ts) {
			p.addBound(b, d, words)
		}
	}
}

// ranges reads a range of dates at each place where it may be divided.
func (p *looseParser) ranges(ts []token, b bound) {
	for i := range ts {
		kind, size := separatorAt(ts[i:], b)
		left, right := ts[:i], ts[min(i+size, len(ts)):]
		switch {
		case kind == 0 || (kind == '-' || kind == '/') && p.joins(ts, i):
		case kind == 'o' || kind == '&':
			p.alternatives(left, right, ts[i])
		default:
			p.addRange(left, right, ts[i])
		}
	}
}

// joins reports whether the separator at i is part of a date, or of its parts: it
// stands without blanks, as another of its kind does.
func (p *looseParser) joins(ts []token, i int) bool {
	switch {
	case ts[i].gap && i+1 < len(ts) && ts[i+1].gap:
		return false
	case i >= 2 && ts[i-2].kind == ':':
		return i >= 4 && ts[i-4].kind == ':' && ts[i].mark != '–' // 09:30:00-05:00
	case i >= 1 && (ts[i-1].means == amWord || ts[i-1].means == pmWord):
		return false
	}
	for k, t := range ts {
		if k != i && t.kind == ts[i].kind && t.mark == ts[i].mark && (k == 0 || !t.gap) {
			return true
		}
	}
	return false
}

// addRange adds the meanings of a range with these ends.
func (p *looseParser) addRange(left, right []token, sep token) {
	if len(left) == 0 && sep.kind != '.' || len(right) == 0 && sep.kind != '.' && sep.kind != '-' {
		return
	}
	starts, startKnown := p.ends(left, sep)
	if len(starts) == 0 {
		return
	}
	ends, endKnown := p.ends(right, sep)
	for _, a := range starts {
		for _, b := range ends {
			if !startKnown && !endKnown {
				continue
			}
			p.join(a, b, sep)
		}
	}
}

// ends reads one end of a range: a date or the words for an open or unknown end.
func (p *looseParser) ends(ts []token, sep token) (found []partial, known bool) {
	switch {
	case len(ts) == 0 && sep.kind == '.':
		return []partial{{form: openEnd}}, false
	case len(ts) == 0 || isUnknown(ts):
		return []partial{{form: unknownEnd}}, false
	case isOpen(ts):
		return []partial{{form: openEnd}}, false
	}
	return p.points(ts), true
}

// alternatives explains why two dates are not one, if they are two dates.
func (p *looseParser) alternatives(left, right []token, sep token) {
	inner := looseParser{Convention: p.Convention, text: p.text}
	inner.addRange(left, right, sep)
	if len(inner.found) == 0 {
		inner.addRange(right, left, sep)
	}
	if len(inner.found) == 0 {
		return
	}
	p.fail(certain, sep.at, "this names two dates")
	p.bad.better = inner.found[0].Date.String()
}

// add adds a meaning, once.
func (p *looseParser) add(r Reading) {
	for _, both := range rivals {
		if p.Order&both != 0 && r.order&both != 0 && p.Order&r.order&both == 0 {
			p.missed = "the dates here have " + p.Order.habit(both) + ", and this would be " + r.Date.String()
			return
		}
	}
	r.Zone = p.zone
	for i, known := range p.found {
		if known.Date == r.Date {
			p.found[i].order &= r.order
			return
		}
	}
	p.found = append(p.found, r)
}

// habit says which of two orders o has.
func (o Order) habit(both Order) string {
	switch o & both {
	case DayFirst:
		return "the day first"
	case MonthFirst:
		return "the month first"
	case YearFirst:
		return "a month after the year"
	}
	return "the last year after the first"
}

// dayNumber explains a number that spreadsheets have for a day.
func (p *looseParser) dayNumber(ts []token) {
	if len(ts) != 1 && !(len(ts) == 3 && ts[1].kind == '.' && ts[2].kind == numeral) || ts[0].kind != numeral || len(ts[0].text) != 5 {
		return
	}
	const firstOfExcel = -25_569 // 30 December 1899
	day := Day(ts[0].value + firstOfExcel)
	p.fail(certain, 0, fmt.Sprintf("this may be a day number of a spreadsheet, %s in Excel; show the column as dates there and save it again", day))
}

// isYear reports whether s is a whole number such as 79, -44 or 1066, as a column
// of years holds it.
func isYear(s string) bool {
	digits := strings.TrimPrefix(strings.TrimSuffix(s, ".0"), "-")
	return allDigits(digits) && len(digits) < 10
}

// plainYear reads a number in a column of years. A negative one counts years BC,
// as people do, unless it has the four digits of EDTF with a leading zero.
func (p *looseParser) plainYear(s string) {
	s = strings.TrimSuffix(s, ".0") // of a spreadsheet or a data frame
	digits, bc := strings.CutPrefix(s, "-")
	n := int64(0)
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	switch {
	case len(digits) == 4 && digits[0] == '0':
		if d, bad := read(s); bad == nil {
			p.add(Reading{Date: d})
		}
		return
	case n == 0:
		p.fail(certain, 0, "there is no year 0; 1 BC is -1, or 0000 in EDTF")
		return
	case bc:
		n = 1 - n
	}
	d, bad := read(string(appendYear(nil, n)))
	if bad != nil {
		p.fail(certain, 0, bad.Reason)
		return
	}
	p.add(Reading{Date: d})
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
