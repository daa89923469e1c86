package format

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/timeline/text"
)

// A recurrence is an RRULE of RFC 5545, 3.3.10. Its times are those of a clock at
// the place, whatever the zone.
type recurrence struct {
	freq     string
	interval int
	count    int    // 0 if it has no end or ends at a time
	until    string // as written, or empty
	weekFrom time.Weekday

	months, weeks, yearDays, monthDays, positions, hours, minutes, seconds []int
	days                                                                   []weekdayNumber
}

// A weekdayNumber is a weekday of every week, or the nth in a month or a year,
// from the end if n is negative.
type weekdayNumber struct {
	n   int
	day time.Weekday
}

var weekdayNames = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// parseRecurrence reads an RRULE.
func parseRecurrence(text string) (r recurrence, ok bool) {
	r.interval, r.weekFrom = 1, time.Monday
	for part := range strings.SplitSeq(strings.ToUpper(text), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		good := true
		switch name {
		case "":
		case "FREQ":
			r.freq = value
		case "INTERVAL":
			r.interval, good = number(value, 1, 100_000)
		case "COUNT":
			r.count, good = number(value, 1, 1<<30)
		case "UNTIL":
			_, _, good = calendarTime(value)
			r.until = value
		case "WKST":
			n := slices.Index(weekdayNames, value)
			good = n >= 0
			r.weekFrom = time.Weekday(max(n, 0))
		case "BYMONTH":
			r.months, good = numbers(value, 12)
		case "BYWEEKNO":
			r.weeks, good = numbers(value, 53)
		case "BYYEARDAY":
			r.yearDays, good = numbers(value, 366)
		case "BYMONTHDAY":
			r.monthDays, good = numbers(value, 31)
		case "BYSETPOS":
			r.positions, good = numbers(value, 366)
		case "BYHOUR":
			r.hours, good = numbers(value, 23)
		case "BYMINUTE":
			r.minutes, good = numbers(value, 59)
		case "BYSECOND":
			r.seconds, good = numbers(value, 59)
		case "BYDAY":
			r.days, good = weekdayNumbers(value)
		default:
			good = strings.HasPrefix(name, "X-")
		}
		if !good {
			return r, false
		}
	}
	switch r.freq {
	case "YEARLY", "MONTHLY", "WEEKLY", "DAILY":
		return r, true
	case "HOURLY", "MINUTELY", "SECONDLY":
		return r, r.positions == nil && r.weeks == nil && r.yearDays == nil
	}
	return r, false
}

func number(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(text, "+"))
	return n, err == nil && n >= least && n <= most
}

func numbers(text string, most int) (all []int, ok bool) {
	for item := range strings.SplitSeq(text, ",") {
		n, ok := number(item, -most, most)
		if !ok {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

func weekdayNumbers(text string) (all []weekdayNumber, ok bool) {
	for item := range strings.SplitSeq(text, ",") {
		at := max(0, len(item)-2)
		day := slices.Index(weekdayNames, item[at:])
		n, ok := 0, true
		if at > 0 {
			n, ok = number(item[:at], -53, 53)
		}
		if day < 0 || !ok {
			return nil, false
		}
		all = append(all, weekdayNumber{n, time.Weekday(day)})
	}
	return all, true
}

// mostEmpty is after how many days without an occurrence that a rule has looked at,
// or hours, minutes or seconds, it is taken to have no more.
const mostEmpty = 20_000

// from returns the occurrences of a rule in order, the first at start, to the last
// at which one may lie.
func (r recurrence) from(start, last time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if !yield(start) {
			return
		}
		n, empty := 1, 0
		for k := 0; empty < mostEmpty; k++ {
			begins, looked, times := r.period(start, k)
			if begins.After(last) {
				return
			}
			empty += looked
			for _, t := range times {
				switch {
				case !t.After(start):
					continue
				case t.After(last), r.count > 0 && n >= r.count, !yield(t):
					return
				}
				n, empty = n+1, 0
			}
		}
	}
}

// period returns when the kth year, month, week, day, hour, minute or second
// begins that a rule has, at how many days it looks there, and its occurrences.
func (r recurrence) period(start time.Time, k int) (begins time.Time, looked int, times []time.Time) {
	y, m, d := start.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	k *= r.interval
	length := 1 // in days
	switch r.freq {
	case "YEARLY":
		begins = time.Date(y+k, 1, 1, 0, 0, 0, 0, time.UTC)
		length = begins.AddDate(1, 0, -1).YearDay()
		if r.weeks == nil && r.yearDays == nil && r.monthDays == nil && r.days == nil {
			if r.monthDays = []int{d}; r.months == nil {
				r.months = []int{int(m)}
			}
		}
	case "MONTHLY":
		begins = time.Date(y, m+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
		length = begins.AddDate(0, 1, -1).Day()
		if r.monthDays == nil && r.days == nil && r.yearDays == nil && r.weeks == nil {
			r.monthDays = []int{d}
		}
	case "WEEKLY":
		begins = midnight.AddDate(0, 0, 7*k-(int(start.Weekday()-r.weekFrom)+7)%7)
		length = 7
		if r.days == nil && r.monthDays == nil && r.yearDays == nil {
			r.days = []weekdayNumber{{0, start.Weekday()}}
		}
	case "DAILY":
		begins = midnight.AddDate(0, 0, k)
	default:
		unit := map[string]time.Duration{"HOURLY": time.Hour, "MINUTELY": time.Minute, "SECONDLY": time.Second}[r.freq]
		begins = start.Add(time.Duration(k) * unit)
		if r.onDay(begins) && among(r.hours, begins.Hour()) && among(r.minutes, begins.Minute()) && among(r.seconds, begins.Second()) {
			times = []time.Time{begins}
		}
		return begins, 1, times
	}
	for day, i := begins, 0; i < length; day, i = day.AddDate(0, 0, 1), i+1 {
		if !among(r.months, int(day.Month())) {
			left := day.AddDate(0, 1, -day.Day()).Day() - day.Day() // the rest of the month
			day, i = day.AddDate(0, 0, left), i+left
			continue
		}
		if looked++; !r.onDay(day) {
			continue
		}
		for _, hour := range orElse(r.hours, start.Hour()) {
			for _, minute := range orElse(r.minutes, start.Minute()) {
				for _, second := range orElse(r.seconds, start.Second()) {
					times = append(times, day.Add(time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute+time.Duration(second)*time.Second))
				}
			}
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	if r.positions == nil {
		return begins, max(looked, 1), times
	}
	var chosen []time.Time
	for i, t := range times {
		if slices.Contains(r.positions, i+1) || slices.Contains(r.positions, i-len(times)) {
			chosen = append(chosen, t)
		}
	}
	return begins, max(looked, 1), chosen
}

func among(all []int, n int) bool { return all == nil || slices.Contains(all, n) }

func orElse(all []int, n int) []int {
	if all == nil {
		return []int{n}
	}
	return all
}

// amongEnds reports whether a list has n, or n counted from the end of total.
func amongEnds(all []int, n, total int) bool {
	return all == nil || slices.Contains(all, n) || slices.Contains(all, n-total-1)
}

// onDay reports whether a rule has occurrences on a day.
func (r *recurrence) onDay(day time.Time) bool {
	year := day.AddDate(0, 0, 1-day.YearDay())
	yearLength := year.AddDate(1, 0, -1).YearDay()
	monthLength := day.AddDate(0, 1, -day.Day()).Day()
	if !among(r.months, int(day.Month())) || !amongEnds(r.monthDays, day.Day(), monthLength) || !amongEnds(r.yearDays, day.YearDay(), yearLength) {
		return false
	}
	if r.weeks != nil {
		week, total := r.week(day)
		if !amongEnds(r.weeks, week, total) {
			return false
		}
	}
	n, length := day.YearDay(), yearLength
	if r.freq == "MONTHLY" || r.months != nil {
		n, length = day.Day(), monthLength
	}
	return r.days == nil || slices.ContainsFunc(r.days, func(w weekdayNumber) bool {
		switch {
		case w.day != day.Weekday():
			return false
		case w.n == 0 || r.freq != "MONTHLY" && r.freq != "YEARLY":
			return true
		case w.n > 0:
			return (n+6)/7 == w.n
		}
		return (length-n)/7+1 == -w.n
	})
}

// week returns the number of a day's week in its year, and how many the year has.
// The first week is the first that has four days of the year.
func (r *recurrence) week(day time.Time) (week, total int) {
	first := func(year int) time.Time {
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
		return fourth.AddDate(0, 0, -(int(fourth.Weekday()-r.weekFrom)+7)%7)
	}
	year := day.Year() + 1
	for first(year).After(day) {
		year--
	}
	days := func(to time.Time) int { return int(to.Sub(first(year)).Hours()) / 24 }
	return days(day)/7 + 1, cmp.Or(days(first(year+1))/7, 52)
}

// mostInstances is how many events are made of one that repeats.
const mostInstances = 1000

// A series is what the record of an event says of its dates.
type series struct {
	uid, zone, replaces string // replaces: which date of its series this one is in place of
	start               time.Time
	timed, utc, dated   bool
	rule                string
	more, except        []string  // RDATE and EXDATE
	last                time.Time // the last date that is stated
}

// readSeries reads the dates of a record.
func readSeries(record string) (s series) {
	within := 0
	for at := 0; at < len(record); {
		line, next := unfolded(record, at)
		at = next
		name, parameters, value, _ := property(line)
		value = strings.TrimSpace(text.Safe(value)) // as the decoder takes it
		switch {
		case name == "BEGIN":
			within++
		case name == "END":
			within--
		case within != 1:
		case name == "UID":
			s.uid = value
		case name == "RECURRENCE-ID":
			s.replaces = value
			s.see(value)
		case name == "DTSTART":
			for _, p := range parameters {
				if p[0] == "TZID" {
					s.zone = zoneName(p[1])
				}
			}
			s.start, s.timed, s.dated = calendarTime(value)
			s.utc = strings.HasSuffix(value, "Z")
			s.see(value)
		case name == "DTEND":
			s.see(value)
		case name == "RRULE":
			s.rule = value
			if rule, ok := parseRecurrence(value); ok && rule.until != "" {
				s.see(rule.until)
			}
		case name == "RDATE" || name == "EXDATE":
			for item := range strings.SplitSeq(value, ",") {
				item, _, _ = strings.Cut(strings.TrimSpace(item), "/") // the end of a period
				s.see(item)
				if name == "RDATE" {
					s.more = append(s.more, item)
				} else {
					s.except = append(s.except, item)
				}
			}
		}
	}
	return s
}

// see notes the last date that is stated.
func (s *series) see(value string) {
	if t, _, ok := calendarTime(value); ok && t.After(s.last) {
		s.last = t
	}
}

// occurrences returns the dates of a series, that of its start first and the others
// in order, to the last at which one may lie.
func (s series) occurrences(start, last time.Time) iter.Seq[time.Time] {
	var more []time.Time
	for _, item := range s.more {
		if t, ok := s.local(item); ok && !t.Equal(start) {
			more = append(more, t)
		}
	}
	slices.SortFunc(more, time.Time.Compare)
	return func(yield func(time.Time) bool) {
		before := func(t time.Time, others bool) bool { // those of RDATE before t
			for len(more) > 0 && (more[0].Before(t) || others) {
				if t := more[0]; !yield(t) {
					return false
				}
				for t := more[0]; len(more) > 0 && more[0].Equal(t); {
					more = more[1:]
				}
			}
			if len(more) > 0 && more[0].Equal(t) {
				more = more[1:]
			}
			return true
		}
		rule, ok := parseRecurrence(s.rule)
		if s.rule == "" || !ok {
			if yield(start) {
				before(last, true)
			}
			return
		}
		if until, ok := s.local(rule.until); ok {
			if len(rule.until) == len("20060102") {
				until = until.AddDate(0, 0, 1).Add(-time.Second)
			}
			if until.Before(last) {
				last = until
			}
		}
		for t := range rule.from(start, last) {
			if !t.Equal(start) && !before(t, false) || !yield(t) {
				return
			}
		}
		before(last, true)
	}
}

// local reads a date as a clock shows it that the start of the series is stated by.
func (s series) local(value string) (time.Time, bool) {
	t, _, ok := calendarTime(value)
	if ok && strings.HasSuffix(value, "Z") && !s.utc {
		if place, err := time.LoadLocation(s.zone); err == nil && s.zone != "" {
			t = onClock(t, place)
		}
	}
	return t, ok
}

// among reports whether an occurrence is one of some dates.
func (s series) among(t time.Time, dates []string) bool {
	return slices.ContainsFunc(dates, func(value string) bool {
		date, ok := s.local(value)
		return ok && (date.Equal(t) || len(value) == len("20060102") && value == t.Format("20060102"))
	})
}
