package format

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// The dates of Markwhen, as its own parser reads them: see @markwhen/parser on npm.
// A date that depends on another event, or on the day of reading, is an error.

// A markwhenPoint is a date, one end of a range, or what is told instead of one.
type markwhenPoint struct {
	date     string // in EDTF, without a time
	clock    string // 09:30:00, or nothing
	zone     string // of the clock, as EDTF spells it
	now      bool
	hour     bool // only a time of day is told
	bc       bool
	duration []markwhenAmount
	relative bool   // to another event or to the day of reading
	fault    string // why there is no such date
	warning  string
}

// A markwhenAmount is part of a duration: 2 weeks.
type markwhenAmount struct {
	n    int
	unit string
}

const (
	monthPattern = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	clockPattern = `(\d{1,2}(?::\d{2})?(?:\s?[ap]m)?)`
	unitPattern  = `(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|h|(?:(?:week|work|business)\s*)?days?|d|weeks?|w|months?|years?|y)`
)

var (
	isoMoment     = text.Pattern{Expr: `(?i)^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d*)?(Z|[+-]\d{2}:?\d{2})?$`}
	isoDay        = text.Pattern{Expr: `(?i)^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:,?\s+` + clockPattern + `)?)?)?$`}
	isoWeek       = text.Pattern{Expr: `(?i)^(\d{4})-?W(\d{2})(?:-?([1-7]))?$`}
	slashDay      = text.Pattern{Expr: `(?i)^(\d{1,2})/(\d{1,2})/(\d{1,5})(?:[,\s]+` + clockPattern + `)?$`}
	slashYear     = text.Pattern{Expr: `(?i)^(\d{4})/(\d{1,2})(?:/(\d{1,2}))?$`}
	slashMonth    = text.Pattern{Expr: `(?i)^(\d{1,2})/(\d{1,5})$`}
	eraYear       = text.Pattern{Expr: `(?i)^(\d{1,5})\s?(BCE|BC|AD|CE)?$`}
	dayMonth      = text.Pattern{Expr: `(?i)^(\d{1,2})(?:st|nd|rd|th)?\s+` + monthPattern + `,?(?:\s+(\d{4}),?)?(?:\s+` + clockPattern + `)?$`}
	monthDay      = text.Pattern{Expr: `(?i)^` + monthPattern + `\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}),?)?(?:\s+` + clockPattern + `)?$`}
	monthYear     = text.Pattern{Expr: `(?i)^` + monthPattern + `(?:,?\s+(\d{1,4}))?$`}
	clockAlone    = text.Pattern{Expr: `(?i)^(\d{1,2}(?::\d{2})?\s?[ap]m|[012]?\d(?::\d{2})?)$`}
	duration      = text.Pattern{Expr: `(?i)^(?:-?\d+\W*` + unitPattern + `\s*,?\s*)+$`}
	amount        = text.Pattern{Expr: `(?i)(-?\d+)\W*` + unitPattern}
	relativeDate  = text.Pattern{Expr: `(?i)^(?:(?:by|before|after)?\s*(?:!\w+(?:\.(?:start|end))?|\.(?:start|end))?\s*(?:plus\b|\+)?\s*(?:-?\d+\W*` + unitPattern + `\s*,?\s*)*|today|tomorrow|yesterday)$`}
	recurrenceEnd = text.Pattern{Expr: `(?i)(^|\s)every\b[^:]*$`}
	rangeSign     = text.Pattern{Expr: `(?i)\s*[-–—/]\s*|\s+(?:to|until|till?)\s+`}
)

// parsePoint reads one end of a date. ok is false if the text is none in markwhen.
func (s markwhenSyntax) parsePoint(point string) (p markwhenPoint, ok bool) {
	point = strings.TrimSpace(point)
	match := func(p *text.Pattern) []string { return p.Regexp().FindStringSubmatch(point) }
	if m := match(&isoMoment); m != nil {
		zone := strings.ToUpper(m[3])
		if len(zone) == len("+0900") {
			zone = zone[:3] + ":" + zone[3:]
		}
		return p.at(m[1], m[2], zone), true
	}
	if strings.EqualFold(point, "now") {
		return markwhenPoint{now: true}, true
	}
	if m := match(&isoDay); m != nil {
		return p.day(m[1], m[2], m[3], m[4]), true
	}
	if m := match(&isoWeek); m != nil {
		return p.week(m[1], m[2], m[3]), true
	}
	if m := match(&slashYear); m != nil {
		return p.day(m[1], m[2], m[3], ""), true
	}
	if m := match(&slashDay); m != nil {
		return s.slashed(m[1], m[2], m[3], m[4]), true
	}
	if m := match(&slashMonth); m != nil {
		if len(m[2]) < 3 {
			return markwhenPoint{fault: "the year is missing or too short; write four digits"}, true
		}
		return p.day(m[2], m[1], "", ""), true
	}
	if m := match(&clockAlone); m != nil {
		if clock, ok := clockOf(m[1]); ok {
			return markwhenPoint{hour: true, clock: clock}, true
		}
	}
	if m := match(&eraYear); m != nil {
		n, _ := strconv.Atoi(m[1])
		if p.bc = strings.HasPrefix(strings.ToUpper(m[2]), "B"); p.bc {
			n = 1 - n
		}
		p.date = yearText(n)
		return p, true
	}
	for _, m := range [][]string{match(&dayMonth), swapped(match(&monthDay))} {
		switch {
		case m == nil:
		case m[3] == "":
			return markwhenPoint{fault: "the year is missing; write it behind the day"}, true
		default:
			return p.day(m[3], monthNumber(m[2]), m[1], m[4]), true
		}
	}
	if m := match(&monthYear); m != nil {
		if len(m[2]) < 3 {
			return markwhenPoint{fault: "the year is missing or too short; write four digits"}, true
		}
		return p.day(m[2], monthNumber(m[1]), "", ""), true
	}
	if match(&duration) != nil {
		for _, m := range amount.Regexp().FindAllStringSubmatch(point, -1) {
			n, err := strconv.Atoi(m[1])
			if err != nil || n > 1_000_000 || n < 0 {
				return markwhenPoint{fault: "this duration is not read"}, true
			}
			p.duration = append(p.duration, markwhenAmount{n, strings.ToLower(m[2])})
		}
		return p, true
	}
	isWord := point == "by" || point == "before" || point == "after" || point == "plus" || point == "+"
	return markwhenPoint{relative: true}, !isWord && relativeDate.Regexp().MatchString(point)
}

func swapped(m []string) []string {
	if m != nil {
		m[1], m[2] = m[2], m[1]
	}
	return m
}

func yearText(n int) string {
	switch {
	case n > 9999:
		return fmt.Sprintf("Y%d", n)
	case n < -9999:
		return fmt.Sprintf("Y-%d", -n)
	case n < 0:
		return fmt.Sprintf("-%04d", -n)
	}
	return fmt.Sprintf("%04d", n)
}

// monthNumber returns the number of a month that is named.
func monthNumber(name string) string {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	return strconv.Itoa(strings.Index(names, strings.ToLower(name[:3]))/3 + 1)
}

// day is a point that states a year, a month and a day, as far as they are given,
// and a time.
func (p markwhenPoint) day(year, month, day, clock string) markwhenPoint {
	n, _ := strconv.Atoi(year)
	date := yearText(n)
	for _, part := range []string{month, day} {
		if part != "" {
			date += fmt.Sprintf("-%02s", part)
		}
	}
	return p.at(date, clock, "")
}

func (p markwhenPoint) at(date, clock, zone string) markwhenPoint {
	if _, err := edtf.Parse(date); err != nil {
		p.fault = err.(*edtf.Error).Reason
		return p
	}
	p.date, p.zone = date, zone
	if clock != "" {
		ok := false
		if p.clock, ok = clockOf(clock); !ok {
			p.fault = "there is no such time of day"
		}
	}
	return p
}

// clockOf reads 10am, 2:30 pm, 18:30, 9:18:56.
func clockOf(text string) (clock string, ok bool) {
	text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, form := range []string{"15:04:05", "15:04", "3:04pm", "3pm", "15"} {
		if t, err := time.Parse(form, text); err == nil {
			return t.Format(time.TimeOnly), true
		}
	}
	return "", false
}

// week is a point that is a week of ISO 8601, or a day of one.
func (p markwhenPoint) week(year, week, weekday string) markwhenPoint {
	y, _ := strconv.Atoi(year)
	w, _ := strconv.Atoi(week)
	fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, 7*(w-1)-(int(fourth.Weekday())+6)%7)
	if gotYear, gotWeek := monday.ISOWeek(); gotYear != y || gotWeek != w {
		p.fault = fmt.Sprintf("%s has no week %d", year, w)
		return p
	}
	if p.date = monday.Format(time.DateOnly) + "/" + monday.AddDate(0, 0, 6).Format(time.DateOnly); weekday != "" {
		p.date = monday.AddDate(0, 0, int(weekday[0]-'1')).Format(time.DateOnly)
	}
	return p
}

// slashed reads a day as the header has it, or else as markwhen does, the month
// first. A day that the order does not allow is read the other way, if no header
// states the order.
func (s markwhenSyntax) slashed(a, b, year, clock string) (p markwhenPoint) {
	if len(year) < 3 {
		p.fault = "the year is too short; write four digits"
		return p
	}
	monthFirst, dayFirst := p.day(year, a, b, clock), p.day(year, b, a, clock)
	switch {
	case s.dayFirst:
		return dayFirst
	case monthFirst.fault != "" && dayFirst.fault == "":
		return dayFirst
	case monthFirst.fault == "" && dayFirst.fault == "" && a != b:
		monthFirst.warning = "this is read as month/day/year; if the day comes first, write dateFormat: d/M/y at the top of the file"
	}
	return monthFirst
}

// A markwhenWhen is what stands before the colon of an event.
type markwhenWhen struct {
	from, to markwhenPoint
	isRange  bool
	repeats  string // every 2 weeks for 10 times
}

// parseWhen reads a date or a range of them. ok is false if the text is none in
// markwhen.
func (s markwhenSyntax) parseWhen(text string) (w markwhenWhen, ok bool) {
	if at := recurrenceEnd.Regexp().FindStringIndex(text); at != nil {
		text, w.repeats = text[:at[0]], strings.TrimSpace(text[at[0]:])
	}
	if w.from, ok = s.parsePoint(text); ok && (!w.from.relative || strings.TrimSpace(text) == "") {
		return w, w.repeats != "" || strings.TrimSpace(text) != ""
	}
	best := w
	signs := rangeSign.Regexp().FindAllStringIndex(text, 20)
	slices.SortStableFunc(signs, func(a, b []int) int { // 1817-06/1929 is not a range from 1817
		return strings.IndexByte(text[b[0]:b[1]], '/') - strings.IndexByte(text[a[0]:a[1]], '/')
	})
	for _, at := range signs {
		if text[at[0]:at[1]] == "/" && strings.Count(text, "/") > 1 {
			continue // of a day such as 10/3/2033
		}
		from, isFrom := s.parsePoint(text[:at[0]])
		to, isTo := s.parsePoint(text[at[1]:])
		if !isFrom || !isTo || at[0] == 0 || at[1] == len(text) {
			continue
		}
		if to.bc && !from.bc && digits(strings.TrimSpace(text[:at[0]])) {
			from, _ = s.parsePoint(text[:at[0]] + " BC") // 300–200 BC
		}
		if from.hour && !to.hour || to.hour && len(from.date) != len(time.DateOnly) && !from.hour {
			continue // 12 - 15 June 2024, 1914-18
		}
		found := markwhenWhen{from: from, to: to, isRange: true, repeats: w.repeats}
		if found.fault() == "" {
			return found, true
		}
		if !ok {
			best, ok = found, true
		}
	}
	return best, ok
}

// fault says why a date cannot be read, if that is so.
func (w *markwhenWhen) fault() string {
	to := &w.to
	switch {
	case w.from.fault != "":
		return w.from.fault
	case w.isRange && to.fault != "":
		return to.fault
	case w.from.date != "" && !(w.isRange && to.relative):
		return ""
	case w.from.hour:
		return "a time alone is of the day of the event before; write the day too. A year before 100 has four digits, 0023"
	case w.from.now:
		return "“now” is the day of reading; write the day"
	}
	return "this date depends on another event or on the day of reading; write the day"
}

// end returns where a range ends, which begins on a day.
func (w *markwhenWhen) end() (date, clock, fault string) {
	to := w.to
	switch {
	case to.now:
		return "..", "", ""
	case to.hour:
		if day, err := time.Parse(time.DateOnly, w.from.date); err == nil && to.clock < w.from.clock {
			return day.AddDate(0, 0, 1).Format(time.DateOnly), to.clock, ""
		}
		return w.from.date, to.clock, ""
	case to.duration == nil:
		return to.date, to.clock, ""
	}
	form, unit := time.DateOnly, 3
	switch len(w.from.date) {
	case len("2024"):
		form, unit = "2006", 1
	case len("2024-03"):
		form, unit = "2006-01", 2
	}
	start, err := time.Parse(form, w.from.date)
	if err != nil {
		return "", "", "a duration needs a day to begin on"
	}
	timed := w.from.clock != ""
	if clock, err := time.Parse(time.TimeOnly, w.from.clock); err == nil {
		start = start.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute + time.Duration(clock.Second())*time.Second)
	}
	end := start
	for _, a := range to.duration {
		fine := 3
		switch u := a.unit; {
		case strings.HasPrefix(u, "y"):
			end, fine = end.AddDate(a.n, 0, 0), 1
		case strings.HasPrefix(u, "mo"):
			end, fine = end.AddDate(0, a.n, 0), 2
		case strings.HasSuffix(u, "days") || strings.HasSuffix(u, "day") || u == "d":
			if u != "d" && strings.TrimSpace(strings.TrimRight(u, "days")) != "" {
				for left := min(a.n, 10_000); left > 0; {
					if end = end.AddDate(0, 0, 1); end.Weekday() != time.Sunday && end.Weekday() != time.Saturday {
						left--
					}
				}
			} else {
				end = end.AddDate(0, 0, a.n)
			}
		case strings.HasPrefix(u, "w"):
			end = end.AddDate(0, 0, 7*a.n)
		case strings.HasPrefix(u, "h"):
			end, timed = end.Add(time.Duration(a.n)*time.Hour), true
		case strings.HasPrefix(u, "min"):
			end, timed = end.Add(time.Duration(a.n)*time.Minute), true
		case strings.HasPrefix(u, "s"):
			end, timed = end.Add(time.Duration(a.n)*time.Second), true
		}
		if fine > unit {
			return "", "", "the duration is finer than the date; write when it ends"
		}
	}
	switch {
	case timed:
		return end.Format(time.DateOnly), end.Format(time.TimeOnly), ""
	case !end.After(start):
		return w.from.date, "", ""
	}
	return end.Add(-time.Second).Format(form), "", "" // the first moment after it is told
}

// markwhenDate reads the date of an event, or of a range of days.
func markwhenDate(r *rowDecoder, c cell) {
	r.dated = true
	s, _ := r.syntax.(markwhenSyntax)
	w, ok := s.parseWhen(c.text)
	fault := w.fault()
	if !ok || fault != "" {
		if _, err := edtf.ParseLoose(c.text); ok && (err != nil || s.dayFirst && strings.Contains(c.text, "/")) {
			r.reject(c, fault)
		} else {
			r.event.Date = r.looseDate(c)
		}
		return
	}
	if w.repeats != "" {
		r.warn(c, fmt.Sprintf("the event repeats, “%s”; only its first date is read", shortened(w.repeats)))
	}
	if warning := cmp.Or(w.from.warning, w.to.warning); warning != "" {
		r.warn(c, warning)
	}
	from, last, ends := w.from.date, w.from.date, ""
	if w.isRange {
		if last, ends, fault = w.end(); fault != "" {
			r.reject(c, fault)
			return
		}
	}
	begins := strings.TrimSuffix(w.from.clock, ":00")
	ends = strings.TrimSuffix(ends, ":00")
	first, _, _ := strings.Cut(from, "/") // a week has a first and a last day
	if _, sunday, isWeek := strings.Cut(last, "/"); isWeek {
		last = sunday
	}
	if first != last {
		switch {
		case begins != "" && ends != "":
			r.addSummary("Time: " + begins + " on the first day to " + ends + " on the last.")
		case begins != "":
			r.addSummary("Time: from " + begins + " on the first day.")
		case ends != "":
			r.addSummary("Time: until " + ends + " on the last day.")
		}
		r.event.Date = r.parseDate(c, first+"/"+last)
		return
	}
	switch {
	case w.from.clock == "":
		r.event.Date = r.parseDate(c, first)
	default:
		r.event.Date = r.parseDate(c, first+"T"+w.from.clock+w.from.zone)
	}
	switch {
	case ends != "" && begins != "" && ends != begins:
		r.addSummary("Time: " + begins + "–" + ends + ".")
	case ends != "" && begins == "":
		r.addSummary("Time: until " + ends + ".")
	}
}
