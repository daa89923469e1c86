package edtf

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A bound is what words around a date say of the time that it limits.
type bound uint8

const (
	noBound      bound = iota
	betweenBound       // between A and B
	sinceBound         // since A: and still
	untilBound         // until A
	afterBound         // some time after A
	beforeBound        // some time before A
)

// boundWords are the words before and after a date that make it a limit.
var boundWords = [...]struct{ before, after string }{
	betweenBound: {"between", ""},
	sinceBound: {"since|from|starting|as of|as from|on or after|not before|no earlier than|not earlier than",
		"or later|and later|or after|and after|onwards|onward"},
	untilBound: {"until|till|up to|through|on or before|not after|no later than|not later than",
		"or earlier|and earlier|or before|and before|at the latest"},
	afterBound:  {"after|later than|post", ""},
	beforeBound: {"before|prior to|earlier than|pre|by", ""},
}

func isBar(c rune) bool { return c == '|' }

// cutBound cuts the words that make the date a limit.
func (p *looseParser) cutBound(ts []token) (bound, []token) {
	if len(ts) == 0 {
		return noBound, ts
	}
	start, end := p.text[ts[0].at:], p.text[:ts[len(ts)-1].end]
	for b, w := range boundWords {
		for words := range strings.FieldsFuncSeq(w.before, isBar) {
			if rest, ok := cutWords(start, words); ok {
				ts = from(ts, len(p.text)-len(rest))
				if len(ts) > 0 && ts[0].kind == '-' {
					ts = ts[1:] // pre-1914
				}
				return bound(b), ts
			}
		}
	}
	for b, w := range boundWords {
		for words := range strings.FieldsFuncSeq(w.after, isBar) {
			if i := len(end) - len(words); i > 0 && strings.EqualFold(end[i:], words) && (end[i-1] == ' ' || end[i-1] == ',') {
				for len(ts) > 0 && ts[len(ts)-1].at >= i {
					ts = ts[:len(ts)-1]
				}
				return bound(b), ts
			}
		}
	}
	if n := len(ts); n == 2 && ts[1].kind == '+' {
		return sinceBound, ts[:n-1]
	}
	return noBound, ts
}

// cutWords cuts words, in any case, from the beginning of s.
func cutWords(s, words string) (rest string, ok bool) {
	if len(s) < len(words) || !strings.EqualFold(s[:len(words)], words) {
		return s, false
	}
	rest = s[len(words):]
	c, _ := utf8.DecodeRuneInString(rest)
	return rest, rest == "" || !unicode.IsLetter(c)
}

// from returns the tokens that begin at byte i or later.
func from(ts []token, i int) []token {
	for len(ts) > 0 && ts[0].at < i {
		ts = ts[1:]
	}
	return ts
}

// addBound adds the meaning of a date with the words around it.
func (p *looseParser) addBound(b bound, d partial, words string) {
	if !p.complete(&d) {
		return
	}
	first, last := d.spelled()
	r := Reading{order: d.order}
	text := ""
	switch b {
	case noBound:
		p.single(d)
		return
	case sinceBound:
		text = first + "/.."
	case untilBound:
		text = "../" + last
	case afterBound:
		text = first + "/"
		r.warn(fmt.Sprintf("“%s” is kept as %s, with the end unknown", words, text))
	case beforeBound:
		text = "/" + last
		r.warn(fmt.Sprintf("“%s” is kept as %s, with the start unknown", words, text))
	}
	if d.clock != 0 {
		r.Time = strings.TrimSpace(words)
	}
	p.finish(text, r, d, d)
}

// single adds a date that is no range.
func (p *looseParser) single(d partial) {
	r := Reading{order: d.order}
	first, last := d.spelled()
	text := first
	switch {
	case d.clock != 0 && d.marks == 0 && d.form == wholeDay:
		text += "T" + d.clock.spelled()
	case d.clock != 0:
		r.Time = d.clock.words()
	case first != last:
		if text = d.unspecified(); text == "" {
			text = first + "/" + last
		}
	}
	p.finish(text, r, d, d)
}

// finish adds the meaning that text spells, with what a and b say beyond it.
func (p *looseParser) finish(text string, r Reading, a, b partial) {
	date, bad := read(text)
	if bad != nil {
		p.fail(certain, 0, bad.Reason)
		return
	}
	r.Date = date
	if a.clock != 0 && date.marks&noEarliest == 0 {
		r.Date.clock = a.clock
	}
	r.warn(a.warning)
	if b.warning != a.warning {
		r.warn(b.warning)
	}
	for _, d := range [...]partial{a, b} {
		if d.dropped != "" && !strings.Contains(r.Warning, "“"+d.dropped+"”") {
			r.warn("“" + d.dropped + "” is not kept")
		}
	}
	from, to := date.Span()
	r.checkWeekday(a.weekday, from)
	if b.weekday != a.weekday {
		r.checkWeekday(b.weekday, to)
	}
	p.add(r)
}

func (r *Reading) warn(what string) {
	if r.Warning != "" && what != "" {
		r.Warning += "; "
	}
	r.Warning += what
}

// checkWeekday warns if a day is not the weekday that is stated, 1 for Sunday.
func (r *Reading) checkWeekday(stated int, d Day) {
	if stated == 0 || d == Past || d == Future {
		return
	}
	if actual := d.weekday(); actual != time.Weekday(stated-1) {
		r.warn(fmt.Sprintf("%s is a %s, not a %s", d, actual, time.Weekday(stated-1)))
	}
}

// complete reports whether d states a whole date, and fills in the year of
// another column.
func (p *looseParser) complete(d *partial) bool {
	switch {
	case d.form == clockOnly:
		p.fail(plausible, 0, "the day is missing")
	case d.clock != 0 && d.form != wholeDay && (d.form != week || d.day == 0):
		p.fail(certain, 0, "a time of day needs a day")
	case d.form == bareNumber:
		if d.digits <= 2 {
			p.fail(plausible, 0, "a year has four digits")
		}
	case d.yearless && p.Year == 0 && d.form == wholeDay:
		p.fail(plausible, 0, "the year is missing, or has two digits")
	case d.yearless && p.Year == 0:
		p.fail(plausible, 0, "the year is missing")
	case d.form == wholeDay && d.month == 0:
		p.fail(plausible, 0, "the month is missing")
	default:
		if d.yearless {
			d.year, d.yearless = p.Year, false
		}
		d.marks |= d.lead | d.trail
		return d.settle(p)
	}
	return false
}

// settle turns a year BC into that of EDTF, a day of a week into one of a month, and
// 24:00 into the next day.
func (d *partial) settle(p *looseParser) bool {
	if d.era == beforeChrist {
		if d.year == 0 && d.form != century {
			p.fail(certain, 0, "there is no year 0 BC")
			return false
		}
		d.era = 0
		switch d.form {
		case decade:
			d.year = 1 - (d.year + 9)
		case century:
			d.year = 1 - (d.year + 100)
		default:
			d.year = 1 - d.year
		}
	}
	if d.form == week {
		monday := isoWeek(d.year, d.month)
		if y, _, _ := (monday + 3).civil(); y != d.year {
			p.fail(certain, 0, fmt.Sprintf("%d has 52 weeks", d.year))
			return false
		}
		if d.day > 0 {
			d.form = wholeDay
			d.year, d.month, d.day = (monday + Day(d.day-1)).civil()
		}
	}
	if d.nextDay && d.form == wholeDay {
		d.nextDay = false
		day := civilDay(d.year, d.month, d.day)
		if year, month, number := day.civil(); year == d.year && month == d.month && number == d.day { // else it does not exist
			d.year, d.month, d.day = (day + 1).civil()
		}
	}
	return true
}

// isoWeek returns the Monday of a week of ISO 8601: week 1 holds 4 January.
func isoWeek(year int64, week int) Day {
	fourth := civilDay(year, 1, 4)
	return fourth - Day((fourth.weekday()+6)%7) + Day(7*(week-1))
}

// spelled returns the first and last date of level 1 that d covers, the same
// unless it is a time that level 1 has not.
func (d partial) spelled() (first, last string) {
	qualifier := ""
	switch d.marks {
	case uncertain:
		qualifier = "?"
	case approximate:
		qualifier = "~"
	case uncertain | approximate:
		qualifier = "%"
	}
	year := string(appendYear(nil, d.year))
	switch d.form {
	case decade, century:
		return year + qualifier, string(appendYear(nil, d.year+d.form.years()-1)) + qualifier
	case season:
		if d.month > 24 {
			first, last = groupingOf(d.month).ends(year)
			return first + qualifier, last + qualifier
		}
		year += fmt.Sprintf("-%02d", d.month)
	case week:
		monday := isoWeek(d.year, d.month)
		return monday.String() + qualifier, (monday + 6).String() + qualifier
	case wholeMonth:
		year += fmt.Sprintf("-%02d", d.month)
	case wholeDay:
		year += fmt.Sprintf("-%02d-%02d", d.month, d.day)
	case someMonth:
		year += "-XX"
	case someDay:
		year += fmt.Sprintf("-%02d-XX", d.month)
	case someMonthDay:
		year += "-XX-XX"
	}
	return year + qualifier, year + qualifier
}

// unspecified spells a decade or century with unspecified digits, if that covers
// the same years.
func (d partial) unspecified() string {
	if d.marks != 0 || d.year > 9999 {
		return ""
	}
	year := string(appendYear(nil, d.year))
	digits := 1
	if d.form == century {
		digits = 2
	}
	text := year[:len(year)-digits] + "XX"[:digits]
	q, bad := readPoint(text)
	if bad != nil || q.form != d.form || q.year != d.year || q.lastYear() != d.year+d.form.years()-1 {
		return ""
	}
	return text
}

// join adds the meaning of a range, whose ends complete each other.
func (p *looseParser) join(a, b partial, sep token) {
	if a.form == openEnd || a.form == unknownEnd || b.form == openEnd || b.form == unknownEnd {
		p.halfOpen(a, b)
		return
	}
	order := a.order | b.order
	if order != order.Without() {
		return
	}
	switch {
	case a.era == 0 && a.form != clockOnly:
		a.era = b.era
	case a.era == beforeChrist && b.era == 0:
		later := b // 44 BC – 14 may end after the turn of the era
		later.era = afterChrist
		p.join(a, later, sep)
		b.era = beforeChrist
	}
	switch {
	case b.form == clockOnly && a.form == wholeDay && a.clock != 0:
		clock := b.clock
		b = a
		b.clock = clock
	case a.form == clockOnly && b.form == wholeDay && b.clock != 0:
		clock := a.clock
		a = b
		a.clock = clock
	case b.form == bareNumber && a.form == season && a.month == 24 && b.number == (a.year+1)%100:
		p.addBound(noBound, a, "") // winter 2031/32
		return
	case b.form == wholeYear && a.form == season && a.month == 24 && b.year == a.year+1:
		p.addBound(noBound, a, "")
		return
	case b.form == bareNumber && a.clock == 0:
		if !b.abbreviates(&a, sep) {
			return
		}
		if a.form == wholeYear {
			order |= YearSpans
		}
	case a.form == bareNumber && b.form == wholeDay && b.month != 0:
		start := a
		a = b
		a.day, a.marks, a.lead, a.trail, a.clock, a.weekday = int(start.number), start.marks, start.lead, start.trail, start.clock, start.weekday
	case a.form == bareNumber && b.form == wholeYear && b.era != 0: // 44–43 BC
		a.form, a.year = wholeYear, a.number
	case a.form == bareNumber && b.form == century && a.number > 0: // 3rd–5th century
		a.form, a.year = century, 100*(a.number-1)
	case b.form == wholeDay && b.month == 0 && a.form == wholeDay && a.yearless:
		b.month = a.month // June 12–17 2031
	}
	if a.form == bareNumber || b.form == bareNumber || a.form == clockOnly || b.form == clockOnly {
		return
	}
	inferred := false
	switch {
	case a.yearless && b.yearless:
		if p.Year == 0 {
			p.fail(plausible, 0, "the year is missing")
			return
		}
	case a.yearless:
		if !sameFineness(a, b) {
			return
		}
		a.year, a.yearless = b.year, false
		if after(a, b) {
			a.year--
			inferred = true
		}
	case b.yearless:
		if !sameFineness(a, b) {
			return
		}
		b.year, b.yearless = a.year, false
	}
	whole := a.lead | b.trail
	a.marks |= whole | a.trail
	b.marks |= whole | b.lead
	if !p.complete(&a) || !p.complete(&b) {
		return
	}
	first, _ := a.spelled()
	_, last := b.spelled()
	r := Reading{order: order}
	if inferred {
		r.warn("the start is taken to be in " + yearWords(a.year))
	}
	text := first + "/" + last
	switch sameDay := first == last && a.form == wholeDay; {
	case sameDay && a.clock != 0 && b.clock != 0:
		r.Time = a.clock.words() + "–" + b.clock.words()
		if text = first; a.marks == 0 {
			text += "T" + a.clock.spelled()
		}
	case sameDay && a.clock == 0 && b.clock == 0:
		text = first
	default:
		r.Time = acrossDays(a.clock, b.clock, b.clock != 0)
	}
	p.finish(text, r, a, b)
}

// Between returns the interval from one date to another, or start if they are the
// same. What it does not spell of their times of day is in Time. An error is an
// [*Error].
func Between(start, end Date) (Reading, error) {
	first, last := bare(start.Starting()), bare(end.Ending())
	r := Reading{Date: start}
	from, fromTimed := start.clock, start.clock != 0
	to, toTimed := end.clock, end.clock != 0 && !end.Interval()
	switch {
	case last == "" || start == end:
		return r, nil
	case first == last:
		if fromTimed && toTimed {
			r.Time = from.words() + "–" + to.words()
		} else if toTimed {
			r.Time = "until " + to.words()
		}
		return r, nil
	}
	if strings.Contains(first, "X") {
		first, _ = memberEnds(first, true)
	}
	if strings.Contains(last, "X") {
		_, last = memberEnds(last, true)
	}
	d, err := Parse(first + "/" + last)
	if err != nil {
		return Reading{}, err
	}
	d.clock = from
	r.Date, r.Time = d, acrossDays(from, to, toTimed)
	return r, nil
}

// bare returns the spelling of a date without its time of day.
func bare(d Date) string {
	day, _, _ := strings.Cut(d.text, "T")
	return day
}

// acrossDays words the hours at which an interval of days starts and ends.
func acrossDays(from, to packedClock, ends bool) string {
	switch {
	case from != 0 && ends:
		return from.words() + " on the first day to " + to.words() + " on the last"
	case from != 0:
		return "from " + from.words() + " on the first day"
	case ends:
		return "until " + to.words() + " on the last day"
	}
	return ""
}

// sameFineness reports whether a range may state the year of its ends once.
func sameFineness(a, b partial) bool {
	return a.form == b.form && (a.form != season || (a.month > 24) == (b.month > 24)) && (a.month == 0) == (b.month == 0)
}

// after reports whether a begins after b within their common year.
func after(a, b partial) bool {
	return a.month > b.month || a.month == b.month && a.day > b.day
}

// abbreviates turns the number b into the end that it abbreviates: 1914–18,
// 2023-09-10/12, June 12–17, 2023-09/12.
func (b *partial) abbreviates(a *partial, sep token) bool {
	end := *a
	end.marks, end.lead, end.trail, end.weekday, end.dropped = b.marks, b.lead, b.trail, b.weekday, b.dropped
	end.clock, end.nextDay = b.clock, b.nextDay
	switch {
	case a.marks != 0 && !sep.gap:
		return false // 2004?-06 is EDTF level 2
	case a.form == wholeYear && b.era != beforeChrist && a.year >= 1000:
		base := int64(100)
		if b.digits == 1 {
			base = 10
		}
		end.year = a.year - a.year%base + b.number
		if base == 100 && a.year%100 == 99 && b.number == 0 {
			end.year = a.year + 1
		}
		if end.year <= a.year {
			return false
		}
	case a.form == wholeYear && b.era == beforeChrist:
		end.year = b.number // 44–43 BC
	case a.form == wholeYear && b.era == afterChrist:
		end.year = b.number
	case a.form == wholeDay:
		end.day = int(b.number)
	case a.form == wholeMonth && a.iso && sep.kind == '/':
		end.month = int(b.number)
	default:
		return false
	}
	if b.era != 0 {
		end.era = b.era
	}
	*b = end
	return true
}

// halfOpen adds the meaning of a range with an open or unknown end.
func (p *looseParser) halfOpen(a, b partial) {
	known := &a
	if a.form == openEnd || a.form == unknownEnd {
		known = &b
	}
	if !p.complete(known) {
		return
	}
	first, last := known.spelled()
	text := ""
	switch {
	case b.form == openEnd:
		text = first + "/.."
	case b.form == unknownEnd:
		text = first + "/"
	case a.form == openEnd:
		text = "../" + last
	default:
		text = "/" + last
	}
	r := Reading{order: known.order}
	if known.clock != 0 {
		r.Time = "from " + known.clock.words()
		if known == &b {
			r.Time = "until " + known.clock.words()
		}
	}
	p.finish(text, r, *known, *known)
}

// separatorAt returns the separator of a range with which ts begins, and how many
// tokens it has: - and / as written, t for a word, and o or & for a word between
// two dates that are no range. It is 0 if there is none.
func separatorAt(ts []token, b bound) (kind byte, size int) {
	switch t := ts[0]; {
	case t.kind == '-' && len(ts) > 1 && ts[1].kind == '-' && !ts[1].gap:
		return 't', 2
	case t.kind == '-' || t.kind == '/':
		return t.kind, 1
	case t.kind == '.' && len(ts) > 1 && ts[1].kind == '.' && !ts[1].gap:
		return 't', 2
	case t.means == toWord:
		return 't', 1
	case b == betweenBound && (t.means == andWord || t.kind == '&'):
		return 't', 1
	case t.means == orWord:
		return 'o', 1
	case t.means == andWord || t.kind == '&' || t.kind == ',' || t.kind == ';':
		return '&', 1
	}
	return 0, 0
}

// isUnknown reports whether ts are the words for an unknown end of a range.
func isUnknown(ts []token) bool {
	if len(ts) == 1 {
		return ts[0].kind == '?' || ts[0].means == missingWord
	}
	return len(ts) == 2 && ts[1].means == missingWord && (ts[0].means == partWord) // end unknown
}

// isOpen reports whether ts are the words for an open end of a range.
func isOpen(ts []token) bool {
	for len(ts) > 1 && ts[0].means == emptyWord {
		ts = ts[1:] // the present
	}
	if len(ts) == 2 && strings.EqualFold(ts[1].text, "day") {
		ts = ts[:1] // present day
	}
	return len(ts) == 1 && (ts[0].means == openWord || strings.EqualFold(ts[0].text, "open")) ||
		len(ts) == 2 && ts[0].kind == '.' && ts[1].kind == '.'
}
