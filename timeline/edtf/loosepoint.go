package edtf

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A partial is one meaning of one end of a range, or of a date that is none. It
// may lack what the other end states.
type partial struct {
	form       form
	year       int64 // the first of a decade or century
	month, day int   // month is a season or another part of a year if over 20, or the number of a week
	number     int64 // of bareNumber, and its digits
	digits     int
	yearless   bool
	iso        bool // year, month and day in this order
	era        meaning
	marks      marks // of this date
	lead       marks // by the words before it: of the range that it begins
	trail      marks // by the words after it: of the range that it ends
	order      Order
	clock      packedClock
	nextDay    bool // the clock shows 24:00
	weekday    int  // 1 for Sunday, 0 if none is named
	dropped    string
	warning    string
}

// Forms that EDTF has not.
const (
	bareNumber form = iota + 100 // 12 in 12–17 June, 18 in 1914–18
	week                         // 2031-W12
	clockOnly                    // 17:00
)

// points returns the meanings of a text as a date without a range.
func (p *looseParser) points(ts []token) []partial {
	var d partial
	ts, ok := p.cutClock(slices.Clone(ts), &d)
	if !ok {
		return nil
	}
	if ts, ok = p.strip(ts, &d); !ok {
		return nil
	}
	if len(ts) == 0 {
		if d.clock == 0 {
			p.fail(vague, 0, "the date is missing")
			return nil
		}
		d.form = clockOnly
		return []partial{d}
	}
	if found, ok := p.strictPoint(ts, d); ok {
		return found
	}
	return p.shaped(ts, d)
}

// strip removes what stands around the numbers and names of a date: doubt,
// weekdays, eras, words without meaning.
func (p *looseParser) strip(ts []token, d *partial) ([]token, bool) {
	for len(ts) > 0 {
		first, last, n := ts[0], ts[len(ts)-1], len(ts)
		switch {
		case first.means == emptyWord || first.means == amWord || strings.IndexByte(",.@'", first.kind) >= 0:
			ts = ts[1:]
		case first.doubt() != 0 && first.kind != '?' && first.kind != '%':
			d.lead |= first.doubt()
			ts = ts[1:]
		case first.means == partWord:
			d.lead |= approximate
			d.drop(first.text)
			ts = ts[1:]
			if len(ts) > 0 && ts[0].kind == '-' {
				ts = ts[1:]
			}
		case first.means == weekdayWord && d.weekday == 0:
			d.weekday = int(first.value) + 1
			ts = ts[1:]
		case first.means == dayPartWord:
			d.drop(first.text)
			ts = ts[1:]
		case first.means == afterChrist && d.era == 0:
			d.era = afterChrist
			ts = ts[1:]
		case last.kind == '.' && n > 1 && ts[n-2].kind != '.' || last.kind == ',' || last.means == emptyWord:
			ts = ts[:n-1]
		case last.kind != word && last.doubt() != 0 && !last.gap:
			d.marks |= last.doubt()
			ts = ts[:n-1]
		case n > 1 && strings.EqualFold(last.text, "so") && ts[n-2].means == orWord: // 1914 or so
			d.trail |= approximate
			ts = ts[:n-2]
		case last.text == "c" && n > 1 && ts[n-2].ordinal: // 19th c.
			return ts, true
		case last.doubt() != 0 && (n > 1 || last.kind != word):
			d.trail |= last.doubt()
			ts = ts[:n-1]
		case n > 2 && ts[n-2].means == afterChrist && last.kind == numeral && d.era == 0: // 24 August AD 79
			d.era = afterChrist
			ts = append(ts[:n-2], last)
		case last.means == weekdayWord && d.weekday == 0 && n > 1:
			d.weekday = int(last.value) + 1
			ts = ts[:n-1]
		case last.means == dayPartWord:
			d.drop(last.text)
			ts = ts[:n-1]
		case (last.means == beforeChrist || last.means == afterChrist) && d.era == 0:
			d.era = last.means
			ts = ts[:n-1]
		case last.kind == ')' || last.kind == ']':
			open := n - 1
			for open >= 0 && ts[open].kind != '(' && ts[open].kind != '[' {
				open--
			}
			if open < 1 {
				return ts, true
			}
			inner := partial{weekday: d.weekday}
			rest, ok := p.strip(ts[open+1:n-1], &inner)
			if !ok || len(rest) > 0 || inner.era != 0 {
				if len(rest) > 0 {
					p.unknown(rest[0])
				}
				return ts, false
			}
			d.trail |= inner.marks | inner.lead | inner.trail
			d.weekday = inner.weekday
			d.drop(inner.dropped)
			ts = ts[:open]
		default:
			return ts, true
		}
	}
	return ts, true
}

// doubt returns the qualifiers that a word or sign stands for.
func (t token) doubt() marks {
	switch {
	case t.means == aboutWord || t.kind == '~':
		return approximate
	case t.means == maybeWord || t.kind == '?':
		return uncertain
	case t.kind == '%':
		return uncertain | approximate
	}
	return 0
}

// drop notes a word that the date does not keep.
func (d *partial) drop(word string) {
	if d.dropped != "" && word != "" {
		d.dropped += " "
	}
	d.dropped += word
}

func (p *looseParser) unknown(t token) {
	switch t.kind {
	case word:
		weight := plausible
		if strings.Trim(strings.ToUpper(t.text), "UXYESPTZ") == "" {
			weight = vague // perhaps EDTF with a mistake
		}
		if t.means != unknownWord {
			p.fail(weight, t.at, fmt.Sprintf("“%s” does not belong here", t.text))
			return
		}
		p.fail(weight, t.at, fmt.Sprintf("“%s” is no part of a date", t.text))
	case numeral:
		p.fail(vague, t.at, fmt.Sprintf("the number %s is one too many", t.text))
	default:
		p.fail(vague, t.at, fmt.Sprintf("“%c” does not belong here", t.mark))
	}
}

// strictPoint reads a point that is spelled in EDTF.
func (p *looseParser) strictPoint(ts []token, d partial) ([]partial, bool) {
	from, to := ts[0].at, ts[0].end
	for _, t := range ts[1:] {
		if t.at != to {
			return nil, false
		}
		to = t.end
	}
	text := p.text[from:to]
	q, bad := readPoint(text)
	if bad != nil || q.form == moment || q.form == wholeMonth && q.marks == 0 {
		return nil, false // 1910-12 may be 1910 to 1912
	}
	if q.form == season && q.marks == 0 {
		d.order |= YearFirst // 1921-22 may be 1921 to 1922
	}
	d.form, d.year, d.month, d.day, d.iso = q.form, q.year, q.month, q.day, len(ts) > 1
	d.marks |= q.marks
	if d.era == beforeChrist {
		if d.year < 0 {
			return nil, true
		}
		if d.year == 0 {
			p.fail(certain, from, "there is no year 0 BC")
			return nil, true
		}
	}
	return []partial{d}, true
}

// A shape is the kinds of the tokens of a date in a row, with their values.
type shape struct {
	space [longestTokens]byte
	code  []byte
	n     [8]int64 // the numbers
	width [8]int   // how many digits each has
	count int
	month int // or the season, or another part of the year
	joint rune
	gaps  bool // a numeral stands after a blank
}

// shapeOf returns the shape of ts:
//
//	Y n d L  a number of four, three, one or two, or more digits
//	m s q h  a month, a season, a quarter, a half
//	w        a week
//	e C      the s of a decade, a century
func (p *looseParser) shapeOf(ts []token) (s shape, ok bool) {
	s.code = s.space[:0]
	named := false
	for i := 0; i < len(ts); i++ {
		t := ts[i]
		if s.count == len(s.n) {
			p.unknown(t)
			return s, false
		}
		number := func(t token) {
			s.n[s.count], s.width[s.count] = t.value, len(t.text)
			s.count++
		}
		next := token{}
		if i+1 < len(ts) {
			next = ts[i+1]
		}
		if t.kind == numeral && t.ordinal || t.means == ordinalWord {
			k := i + 1
			if next.kind == '-' && k+1 < len(ts) { // 19th-century
				k++
				next = ts[k]
			}
			isCentury := next.means == centuryWord || next.means == aboutWord && next.text == "c"
			if isCentury || next.means == quarterWord || next.means == halfWord {
				i = k
			}
			switch {
			case isCentury:
				number(t)
				s.code = append(s.code, 'C')
				continue
			case next.means == quarterWord && t.value >= 1 && t.value <= 4:
				s.month, named = int(32+t.value), true
				s.code = append(s.code, 'q')
				continue
			case next.means == halfWord && t.value >= 1 && t.value <= 2:
				s.month, named = int(39+t.value), true
				s.code = append(s.code, 'h')
				continue
			case t.means == ordinalWord:
				p.unknown(t)
				return s, false
			}
		}
		switch {
		case t.kind == numeral:
			number(t)
			if next.kind == '\'' && i+2 < len(ts) && ts[i+2].means == decadeWord {
				i++
				next = ts[i+1]
			}
			if next.means == decadeWord && !next.gap {
				i++
				s.code = append(s.code, 'e')
				continue
			}
			s.gaps = s.gaps || t.gap && i > 0
			s.code = append(s.code, numberCode(len(t.text)))
		case t.means == monthWord || t.means == seasonWord:
			code := byte('m')
			if t.means == seasonWord {
				code = 's'
			}
			s.month, named = int(t.value), true
			s.code = append(s.code, code)
		case (t.means == quarterWord || t.means == halfWord || t.means == weekWord) && next.kind == numeral:
			i++
			named = true
			most, base, code := int64(4), int64(32), byte('q')
			if t.means == halfWord {
				most, base, code = 2, 39, 'h'
			} else if t.means == weekWord {
				most, base, code = 53, 0, 'w'
			}
			if next.value < 1 || next.value > most {
				p.fail(certain, next.at, fmt.Sprintf("there is no %s %s", map[byte]string{'q': "quarter", 'h': "half", 'w': "week"}[code], next.text))
				return s, false
			}
			s.month = int(base + next.value)
			s.code = append(s.code, code)
		case t.means == emptyWord || t.means == amWord:
		case t.means == dayPartWord && next.kind != 0:
			p.unknown(t)
			return s, false
		case t.kind == '-' || t.kind == '/' || t.kind == '.' || t.kind == ',':
			if t.kind != ',' && t.kind != '.' || !named && t.kind == '.' {
				s.joint = t.mark
			}
			s.code = append(s.code, t.kind)
		default:
			p.unknown(t)
			return s, false
		}
	}
	if named || len(s.code) > 0 && (s.code[len(s.code)-1] == 'e' || s.code[len(s.code)-1] == 'C') {
		kept := s.code[:0]
		for _, c := range s.code {
			if c != '-' && c != '/' && c != '.' && c != ',' {
				if c == 'n' {
					c = 'Y'
				}
				kept = append(kept, c)
			}
		}
		s.code = kept
	}
	return s, true
}

func numberCode(digits int) byte {
	switch {
	case digits <= 2:
		return 'd'
	case digits == 3:
		return 'n'
	case digits == 4:
		return 'Y'
	}
	return 'L'
}

// shaped returns the meanings of a point by its shape.
func (p *looseParser) shaped(ts []token, d partial) []partial {
	s, ok := p.shapeOf(ts)
	if !ok {
		return nil
	}
	n, at := s.n, ts[0].at
	year := func(y int64) []partial { d.form, d.year = wholeYear, y; return p.one(d) }
	month := func(y int64, m int) []partial { d.form, d.year, d.month = wholeMonth, y, m; return p.one(d) }
	day := func(y int64, m, day int) []partial {
		d.form, d.year, d.month, d.day = wholeDay, y, m, day
		return p.one(d)
	}
	part := func(y int64) []partial { d.form, d.year, d.month = season, y, s.month; return p.one(d) }
	code := string(s.code)
	switch code {
	case "Y":
		return year(n[0])
	case "n", "d", "L", "d.", "n.":
		switch {
		case d.era != 0 || code == "n" && (p.Years || (d.marks|d.lead|d.trail)&approximate != 0):
			return year(n[0])
		case code == "d" || code == "d.":
			bare := d
			bare.form, bare.number, bare.digits = bareNumber, n[0], s.width[0]
			if p.Years {
				return append(year(n[0]), bare)
			}
			return []partial{bare}
		case s.width[0] == len("20240619"):
			return day(n[0]/10000, int(n[0]/100%100), int(n[0]%100))
		case s.width[0] == len("20240619093000") && d.clock == 0:
			return p.packedMoment(n[0], d)
		case code == "n":
			p.fail(plausible, at, fmt.Sprintf("a year has four digits: %04d; a decade is %sX", n[0], ts[0].text))
		case s.width[0] > len("20240619"):
			if since, ok := sinceEpoch(ts[0].text); ok {
				p.fail(certain, at, fmt.Sprintf("this may be a time counted from 1970, %s", since))
				p.bad.order = Counted
			}
		case s.width[0] == len("202406"):
			p.fail(certain, at, "six digits may be a month or a day; write a month as 2024-06")
		}
		return nil
	case "d,n", "n,n": // 12,000 BC
		if d.era != 0 && s.width[1] == 3 && s.n[0] > 9 {
			return year(n[0]*1000 + n[1])
		}
	case "Y-d", "Y/d", "Y.d", "Y d":
		d.order = YearFirst
		d.iso = true
		if n[1] == 0 {
			return year(n[0])
		}
		return month(n[0], int(n[1]))
	case "Y-d-d", "Y/d/d", "Y.d.d", "Ydd", "Y.d.d.":
		d.iso = true
		return p.zeroed(n[0], n[1], n[2], d)
	case "Y-n":
		first := civilDay(n[0], 1, 1)
		if n[1] < 1 || n[1] > int64(civilDay(n[0], 12, 31)-first)+1 {
			p.fail(certain, ts[len(ts)-1].at, fmt.Sprintf("%d has no day %d", n[0], n[1]))
			return nil
		}
		_, m, dd := (first + Day(n[1]-1)).civil()
		return day(n[0], m, dd)
	case "d/Y", "d-Y", "d.Y":
		return month(n[1], int(n[0]))
	case "d/d/Y", "d-d-Y", "d.d.Y":
		return p.eitherOrder(n[0], n[1], n[2], d, s.code[1] == '.')
	case "d/d/d", "d-d-d", "d.d.d":
		return p.twoDigitYear(ts, n[0], n[1], n[2], d)
	case "d/d", "d-d", "d.d", "d.d.":
		d.yearless = true
		if s.code[1] == '-' {
			d.iso = true
			d.form, d.month, d.day = wholeDay, int(n[0]), int(n[1])
			return append(p.eitherOrder(n[0], n[1], 0, d, false), d)
		}
		return p.eitherOrder(n[0], n[1], 0, d, s.code[1] == '.')
	case "dY", "d,Y":
		d.form, d.year, d.day = wholeDay, n[1], int(n[0])
		return []partial{d}
	case "dmY":
		return day(n[1], s.month, int(n[0]))
	case "mdY":
		return day(n[1], s.month, int(n[0]))
	case "Ymd":
		return day(n[0], s.month, int(n[1]))
	case "Ydm":
		return day(n[0], s.month, int(n[1]))
	case "mY", "Ym":
		return month(n[0], s.month)
	case "dmd", "mdd":
		return p.wordedShortYear(ts, n[0], n[1], s, d, code)
	case "md", "dm":
		if d.era != 0 && code == "md" { // March 44 BC
			return month(n[0], s.month)
		}
		d.form, d.month, d.day, d.yearless = wholeDay, s.month, int(n[0]), true
		return []partial{d}
	case "m":
		d.form, d.month, d.yearless = wholeMonth, s.month, true
		return []partial{d}
	case "s", "q", "h":
		d.form, d.month, d.yearless = season, s.month, true
		return []partial{d}
	case "sY", "Ys", "qY", "Yq", "hY", "Yh":
		return part(n[0])
	case "sd", "ds":
		if d.era != 0 {
			return part(n[0])
		}
	case "wY", "Yw", "Ywd":
		d.form, d.year, d.month, d.day = week, n[0], s.month, int(n[1])
		if d.day > 7 {
			p.fail(certain, ts[len(ts)-1].at, "a week has seven days")
			return nil
		}
		return p.one(d)
	case "e":
		return p.decade(ts, n[0], s.width[0], d)
	case "C":
		if n[0] < 1 || n[0] > 99 {
			return nil
		}
		d.form, d.year = century, 100*(n[0]-1)
		return []partial{d}
	}
	p.fail(vague, at, "this is no date; write one such as 2024-06-19 or 19 June 2024")
	return nil
}

func (p *looseParser) one(d partial) []partial { return []partial{d} }

// zeroed returns a day whose month, or day, may be 0: not known.
func (p *looseParser) zeroed(year, month, day int64, d partial) []partial {
	d.form, d.year, d.month, d.day = wholeDay, year, int(month), int(day)
	switch {
	case year == 0 && month == 0 && day == 0:
		p.fail(certain, 0, "no date is stated")
		return nil
	case month == 0 && day == 0:
		d.form = wholeYear
	case day == 0:
		d.form = wholeMonth
	}
	return []partial{d}
}

// eitherOrder returns the days that a date with the year last may be; a year of 0
// is none.
func (p *looseParser) eitherOrder(a, b, year int64, d partial, dots bool) []partial {
	var found []partial
	for _, way := range [...]struct {
		day, month int64
		order      Order
	}{{a, b, DayFirst}, {b, a, MonthFirst}} {
		e := p.zeroed(year, way.month, way.day, d)
		if d.yearless {
			e = []partial{d}
			e[0].form, e[0].month, e[0].day = wholeDay, int(way.month), int(way.day)
		}
		if len(e) == 0 || e[0].month > 12 || e[0].month < 1 && e[0].form != wholeYear || way.day > 31 {
			continue
		}
		e[0].order |= way.order
		found = append(found, e[0])
		if dots && p.Order&MonthFirst == 0 {
			return found // dates with full stops have the day first
		}
	}
	if len(found) == 0 && !d.yearless {
		p.fail(certain, 0, fmt.Sprintf("neither %d nor %d is a month", a, b))
	}
	return found
}

// twoDigitYear returns the days that three short numbers may be.
func (p *looseParser) twoDigitYear(ts []token, a, b, c int64, d partial) []partial {
	if d.era != 0 {
		return p.eitherOrder(a, b, c, d, false)
	}
	if p.Year == 0 && p.From == 0 {
		p.shortYear(ts[len(ts)-1], c)
		return nil
	}
	var found []partial
	if year := p.fullYear(c); year != 0 {
		found = p.eitherOrder(a, b, year, d, false)
	}
	if year := p.fullYear(a); year != 0 && (p.Year != 0 || a > 31) {
		e := d
		e.order = YearFirst
		found = append(found, p.zeroed(year, b, c, e)...)
	}
	if found == nil {
		p.fail(certain, ts[0].at, fmt.Sprintf("no number here is the year %d that the row states", p.Year))
	}
	return found
}

// wordedShortYear returns the days that a month by name and two short numbers may
// be.
func (p *looseParser) wordedShortYear(ts []token, a, b int64, s shape, d partial, code string) []partial {
	d.form, d.month = wholeDay, s.month
	if d.era != 0 {
		d.year, d.day = b, int(a)
		return []partial{d}
	}
	last := ts[len(ts)-1]
	if year := p.fullYear(b); year != 0 {
		d.year, d.day = year, int(a)
		return []partial{d}
	}
	if year := p.fullYear(a); year != 0 && code == "dmd" && p.Year != 0 {
		d.year, d.day = year, int(b)
		return []partial{d}
	}
	if p.Year == 0 {
		p.shortYear(last, b)
		return nil
	}
	p.fail(certain, last.at, fmt.Sprintf("the year %02d is not %d, the year that the row states", b, p.Year))
	return nil
}

func (p *looseParser) shortYear(t token, n int64) {
	p.fail(certain, t.at, fmt.Sprintf("the year has two digits: %02d may be %d or %d; write four digits", n%100, 1900+n%100, 2000+n%100))
}

// packedMoment reads YYYYMMDDhhmmss.
func (p *looseParser) packedMoment(n int64, d partial) []partial {
	hour, minute, second := n/10000%100, n/100%100, n%100
	if hour > 23 || minute > 59 || second > 59 {
		p.fail(certain, 0, "there is no such time of day")
		return nil
	}
	n /= 1_000_000
	d.form, d.year, d.month, d.day = wholeDay, n/10000, int(n/100%100), int(n%100)
	d.clock = Clock{Since: time.Duration(hour*3600+minute*60+second) * time.Second}.packed()
	return []partial{d}
}

// decade reads 1850s. 1900s may be ten years or a hundred: the wider is right in
// either case.
func (p *looseParser) decade(ts []token, year int64, digits int, d partial) []partial {
	switch {
	case year%10 != 0 || digits != 4 && d.era == 0:
		p.fail(certain, ts[0].at, "a decade is written 1850s")
		return nil
	case year%100 == 0:
		d.form, d.year = century, year
		d.warning = fmt.Sprintf("this may be the years %d to %d or %d to %d; the longer time is kept", year, year+9, year, year+99)
	default:
		d.form, d.year = decade, year
	}
	return []partial{d}
}
