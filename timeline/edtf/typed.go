package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Typed is a date as a person types it: in EDTF, in words as [ParseLoose] reads
// them, from one day to another, or relative to days that only its reader knows.
//
//	2024-06  19 June 2024  2024-06..2024-08
//	today  yesterday  -30d  +2w  3 months ago  last week  june  19 june  fri
type Typed struct {
	text     string // as String writes it
	date     Date   // of one that is not relative; of a yearless one, in leapYear
	form     typedForm
	n        int // how far; or which weekday
	unit     byte
	from, to *Typed // of a range with a relative end; nil for an open end
}

type typedForm uint8

const (
	stated   typedForm = iota
	distance           // n units from here
	nearby             // n units from today
	weekday            // n days after Sunday
	yearless           // date in another year
	spanning           // from one date to another
)

// A Reference is the days that a relative date is reckoned from.
type Reference struct {
	Here  Day // -30d counts from here, and june is the next one after here
	Today Day
	Last  Day // june comes no later than this: if the next does, it is the latest before
}

// ParseTyped reads a date as a person types it.
func ParseTyped(text string) (Typed, error) {
	text = strings.TrimSpace(strings.Map(typedSign, text))
	if d, err := Parse(text); err == nil {
		return Typed{text: text, date: d}, nil
	}
	words := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if t, ok := relative(words); ok {
		return t, nil
	}
	if from, to, isRange := strings.Cut(strings.ReplaceAll(text, "…", ".."), ".."); isRange && from+to != "" && len(text) <= longestLoose {
		return typedRange(from, to)
	}
	r, err := ParseLoose(text)
	if err == nil && r.Warning == "" {
		return Typed{text: r.Date.String(), date: r.Date}, nil
	}
	if t, ok := withoutYear(words); ok {
		return t, nil
	}
	switch {
	case err == nil:
		return Typed{}, &Error{Input: text, Column: 1, Reason: r.Warning}
	case strings.ContainsAny(text, "0123456789"):
		return Typed{}, err
	}
	return Typed{}, &Error{Input: text, Column: 1, Reason: "this is no date", better: "2024-06-19, 19 June 2024, june, fri, today or -30d"}
}

// typedSign undoes what keyboards make of a minus.
func typedSign(r rune) rune {
	if r == '–' || r == '—' || r == '−' {
		return '-'
	}
	return r
}

var (
	distanceWords = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([+-]?)(\d{1,6}) ?(d|w|m|y|days?|weeks?|months?|years?)( ago)?$`)
	})
	nearbyWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(last|this|next) (week|month|year)$`) })
)

// relative reads the words for days near today or here.
func relative(words string) (Typed, bool) {
	for n, word := range []string{"yesterday", "today", "tomorrow"} {
		if words == word {
			return Typed{text: word, form: nearby, n: n - 1, unit: 'd'}, true
		}
	}
	if m := nearbyWords().FindStringSubmatch(words); m != nil {
		return Typed{text: words, form: nearby, n: map[string]int{"last": -1, "this": 0, "next": 1}[m[1]], unit: m[2][0]}, true
	}
	if m := distanceWords().FindStringSubmatch(words); m != nil && (m[4] == "" || m[1] == "") {
		n, _ := strconv.Atoi(m[2])
		if m[1] == "-" || m[4] != "" {
			n = -n
		}
		return Typed{text: fmt.Sprintf("%+d%c", n, m[3][0]), form: distance, n: n, unit: m[3][0]}, true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(words) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), words) {
			return Typed{text: words, form: weekday, n: int(d)}, true
		}
	}
	return Typed{}, false
}

const leapYear = "2024"

// withoutYear reads a month, a season or a day of a month.
func withoutYear(words string) (Typed, bool) {
	r, err := ParseLoose(words + " " + leapYear)
	if err != nil || r.Warning != "" || r.Time != "" || r.Date.Precision() > ToSeason || strings.Contains(words, ":") {
		return Typed{}, false
	}
	return Typed{text: words, date: r.Date, form: yearless}, true
}

// typedRange reads a range. An end that is missing is open.
func typedRange(from, to string) (Typed, error) {
	t := Typed{form: spanning}
	isRelative := false
	for _, end := range []struct {
		text string
		to   **Typed
	}{{from, &t.from}, {to, &t.to}} {
		if strings.TrimSpace(end.text) == "" {
			continue
		}
		d, err := ParseTyped(end.text)
		if err == nil && (d.form == spanning || d.date.Interval()) {
			err = &Error{Input: end.text, Column: 1, Reason: "a range has two ends"}
		}
		if err != nil {
			return t, err
		}
		*end.to = &d
		isRelative = isRelative || d.Relative()
	}
	if isRelative {
		t.text = t.from.end() + ".." + t.to.end()
		return t, nil
	}
	spelled := t.spell(Reference{})
	d, err := Parse(spelled)
	return Typed{text: spelled, date: d}, err
}

func (t *Typed) end() string {
	if t == nil {
		return ""
	}
	return t.text
}

// spell writes a range in EDTF.
func (t Typed) spell(r Reference) string {
	from, to := "..", ".."
	if t.from != nil {
		from = t.from.On(r).Starting().String()
	}
	if t.to != nil {
		to = t.to.On(r).Ending().String()
	}
	return from + "/" + to
}

// String returns the date in a form that ParseTyped reads: in EDTF if it is not
// relative.
func (t Typed) String() string { return t.text }

// Relative reports whether the date depends on a Reference.
func (t Typed) Relative() bool { return t.form != stated }

// On returns the date that t means. It is the zero Date if there is none.
func (t Typed) On(r Reference) Date {
	switch t.form {
	case distance:
		return dateOf(onward(r.Here, t.n, t.unit), ToDay)
	case nearby:
		day := onward(r.Today, t.n, t.unit)
		switch t.unit {
		case 'w':
			monday := day - Day((day.weekday()+6)%7)
			d, _ := Parse(monday.String() + "/" + (monday + 6).String())
			return d
		case 'm':
			return dateOf(day, ToMonth)
		case 'y':
			return dateOf(day, ToYear)
		}
		return dateOf(day, ToDay)
	case weekday:
		return dateOf(weekdayNear(time.Weekday(t.n), r), ToDay)
	case yearless:
		return t.inYearNear(r)
	case spanning:
		d, _ := Parse(t.spell(r))
		return d
	}
	return t.date
}

func dateOf(day Day, p Precision) Date {
	d, _ := Parse(day.Spell(p)) // of Past or Future it is none
	return d
}

// onward returns the day so many units after another. If a month is too short, it
// is the last day of the month.
func onward(day Day, n int, unit byte) Day {
	year, month, inMonth := day.Civil()
	switch {
	case day == Past || day == Future:
		return day
	case unit == 'w':
		return day + Day(7*n)
	case unit == 'm':
		return within(year, month+n, inMonth)
	case unit == 'y':
		return within(year+n, month, inMonth)
	}
	return day + Day(n)
}

// within returns a day of a month, or the last day if the month is shorter.
func within(year, month, day int) Day {
	first := DayOf(year, month, 1)
	return first + min(Day(day-1), DayOf(year, month+1, 1)-first-1)
}

// weekdayNear returns the next such day after here or, if that is too late, the
// latest that is not.
func weekdayNear(d time.Weekday, r Reference) Day {
	if r.Here == Past || r.Here == Future {
		return r.Here
	}
	day := r.Here + 1 + Day((d-r.Here.weekday()+6)%7)
	if day > r.Last {
		day = r.Last - Day(floorMod(int64(r.Last)-int64(day), 7))
	}
	return day
}

// inYearNear returns the date of the next year whose date is after here or, if that
// is too late, of the latest year whose date is not.
func (t Typed) inYearNear(r Reference) Date {
	const leapYears = 8 // apart at most
	in := func(year int) (Date, Day) {
		d, err := Parse(strings.ReplaceAll(t.date.String(), leapYear, fmt.Sprintf("%04d", year)))
		if day, ok := d.Filed(); ok && err == nil {
			return d, day
		}
		return Date{}, Past
	}
	here, _, _ := r.Here.Civil()
	for year := here; year <= here+leapYears; year++ {
		if d, day := in(year); day > r.Here {
			if day <= r.Last {
				return d
			}
			break
		}
	}
	last, _, _ := r.Last.Civil()
	if r.Last == Future {
		last = here + leapYears
	}
	for year := last; year >= last-leapYears; year-- {
		if d, day := in(year); day != Past && day <= r.Last {
			return d
		}
	}
	return Date{}
}
