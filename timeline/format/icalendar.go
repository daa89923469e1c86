package format

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"dateline/timeline/edtf"
)

// iCalendar reads RFC 5545, with an event for each VEVENT. The STATUS of a
// calendar is about an appointment, not about a claim, so it is no status here.
var iCalendar = mapping{
	syntax: icalSyntax{},
	columns: []column{
		{"UID", func(r *rowDecoder, c cell) { r.event.ID = strings.TrimSuffix(c.text, "@dateline") }},
		{"RECURRENCE-ID", nil},
		{"DTSTART;TZID", nil},
		{"DTSTART", nil},
		{"DTEND", nil},
		{"DURATION", nil},
		{"SUMMARY", (*rowDecoder).title},
		{"DESCRIPTION", (*rowDecoder).summary},
		{"LOCATION", (*rowDecoder).places},
		{"CATEGORIES", (*rowDecoder).topic},
		{"ORGANIZER;CN", (*rowDecoder).actor},
		{"ATTENDEE;CN", (*rowDecoder).actor},
		{"URL", (*rowDecoder).url},
		{"STATUS", calendarStatus},
		{"RRULE", func(r *rowDecoder, c cell) { r.warn(c, "the event repeats; only its first date is read") }},
		{"RDATE", func(r *rowDecoder, c cell) { r.warn(c, "the event repeats; only its first date is read") }},
		{"X-DATELINE-EDTF", (*rowDecoder).edtf},
	},
	finish: finishVEVENT,
	about:  calendarAbout,
}

func finishVEVENT(r *rowDecoder) {
	if id := r.value("RECURRENCE-ID"); id != "" {
		r.event.ID += "-" + id // the events of a series share its UID
	}
	if start := r.cell("DTSTART"); !r.dated && start.text != "" {
		r.event.Date, r.dated = calendarDate(r, start), true
	}
}

// calendarDate reads the date of an event: a time, a day, or an interval of days.
// An event in a calendar ends at the first moment after it.
func calendarDate(r *rowDecoder, c cell) edtf.Date {
	start, timed, ok := calendarTime(c.text)
	if !ok {
		r.reject(c, "a date in a calendar is 20240312 or 20240312T093000")
		return edtf.Date{}
	}
	utc := strings.HasSuffix(c.text, "Z")
	if r.event.TZ = r.value("DTSTART;TZID"); utc {
		r.event.TZ = "UTC"
	}
	end, ok := start, true
	if e := r.cell("DTEND"); e.text != "" {
		if end, _, ok = calendarTime(e.text); !ok {
			r.reject(e, "a date in a calendar is 20240312 or 20240312T093000")
			return edtf.Date{}
		}
		c = e
	} else if e := r.cell("DURATION"); e.text != "" {
		if end, ok = after(start, e.text); !ok {
			r.reject(e, "a duration is P3D, P2W or PT1H30M")
			return edtf.Date{}
		}
		c = e
	}
	if end.After(start) {
		end = end.Add(-time.Second)
	}
	first, last := start.Format(time.DateOnly), end.Format(time.DateOnly)
	switch {
	case first != last:
		return r.parseDate(c, first+"/"+last)
	case timed && utc:
		return r.parseDate(c, start.Format(time.RFC3339))
	case timed:
		return r.parseDate(c, start.Format("2006-01-02T15:04:05"))
	}
	return r.parseDate(c, first)
}

// calendarTime reads a day, with or without a time of day.
func calendarTime(text string) (t time.Time, timed, ok bool) {
	if t, err := time.Parse("20060102", text); err == nil {
		return t, false, true
	}
	t, err := time.Parse("20060102T150405", strings.TrimSuffix(text, "Z"))
	return t, true, err == nil
}

// after adds a duration of RFC 5545 to a time: P15DT5H0M20S, P7W.
func after(t time.Time, duration string) (time.Time, bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(duration, "+"), "P")
	if !ok || rest == "" {
		return t, false
	}
	for rest = strings.ReplaceAll(rest, "T", ""); rest != ""; {
		size := strings.IndexAny(rest, "WDHMS")
		if size < 1 || size > 6 {
			return t, false
		}
		n, err := strconv.Atoi(rest[:size])
		if err != nil || n < 0 {
			return t, false
		}
		switch rest[size] {
		case 'W':
			t = t.AddDate(0, 0, 7*n)
		case 'D':
			t = t.AddDate(0, 0, n)
		case 'H':
			t = t.Add(time.Duration(n) * time.Hour)
		case 'M':
			t = t.Add(time.Duration(n) * time.Minute)
		case 'S':
			t = t.Add(time.Duration(n) * time.Second)
		}
		rest = rest[size+1:]
	}
	return t, true
}

func calendarStatus(r *rowDecoder, c cell) {
	switch strings.ToUpper(c.text) {
	case "CANCELLED":
		r.addCaveat("The calendar says that this was cancelled.")
	case "TENTATIVE":
		r.addCaveat("The calendar says that this is tentative.")
	}
}

// An icalSyntax has a record from each BEGIN:VEVENT to its END:VEVENT.
type icalSyntax struct{}

func (icalSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		open := -1
		for at := from; at < len(text); {
			end := lineEnd(text, at)
			line := strings.TrimSpace(text[at:end])
			begins := strings.EqualFold(line, "BEGIN:VEVENT")
			if open >= 0 && begins && !yield(span{open, at}, nil) {
				return
			}
			if begins {
				open = at
			}
			if open >= 0 && strings.EqualFold(line, "END:VEVENT") {
				if !yield(span{open, end}, nil) {
					return
				}
				open = -1
			}
			at = end + 1
		}
		if open >= 0 {
			yield(span{open, len(text)}, nil)
		}
	}
}

// values takes the properties of the event itself. A parameter has the names of
// both, DTSTART;TZID, and comes before its property; each item of a list is a
// value.
func (icalSyntax) values(r *rowDecoder) {
	within, ended := 0, false
	for at := 0; at < len(r.record); {
		line, next := unfolded(r.record, at)
		name, parameters, value, ok := property(line)
		switch {
		case strings.TrimSpace(line) == "":
		case !ok:
			r.report(Problem{Text: fmt.Sprintf("%q is not NAME:value; it is ignored", shortened(line)), Warning: true}, at)
		case name == "BEGIN":
			within++
		case name == "END":
			within--
			ended = within == 0
		case within == 1:
			r.filled = true
			for _, p := range parameters {
				r.take(name+";"+p[0], p[1], at)
			}
			for _, v := range commaSeparated(name, value) {
				r.take(name, unescaped.Replace(v), at+len(line)-len(value))
			}
		}
		at = next
	}
	if !ended {
		r.filled = true
		r.malformed(0, "the event that begins here has no END:VEVENT")
	}
}

// unfolded reads a line with its continuation lines, which begin with a blank.
func unfolded(text string, at int) (line string, next int) {
	end := lineEnd(text, at)
	line = strings.TrimSuffix(text[at:end], "\r")
	goesOn := func() bool { return end+1 < len(text) && (text[end+1] == ' ' || text[end+1] == '\t') }
	if !goesOn() {
		return line, end + 1
	}
	var b strings.Builder
	b.WriteString(line)
	for goesOn() {
		from := end + 2
		end = lineEnd(text, from)
		b.WriteString(strings.TrimSuffix(text[from:end], "\r"))
	}
	return b.String(), end + 1
}

// property splits NAME;PARAMETER=value;…:value, and puts the names in capitals.
func property(line string) (name string, parameters [][2]string, value string, ok bool) {
	quoted, from := false, 0
	add := func(end int) {
		if from == 0 {
			name = strings.ToUpper(line[:end])
			return
		}
		key, value, _ := strings.Cut(line[from:end], "=")
		parameters = append(parameters, [2]string{strings.ToUpper(key), strings.Trim(value, `"`)})
	}
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			add(i)
			from = i + 1
		case c == ':':
			add(i)
			return name, parameters, line[i+1:], name != ""
		}
	}
	return "", nil, "", false
}

// commaSeparated splits values that are lists at the commas that are not escaped.
func commaSeparated(name, value string) []string {
	if name != "CATEGORIES" {
		return []string{value}
	}
	var parts []string
	from := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ',':
			parts = append(parts, value[from:i])
			from = i + 1
		}
	}
	return append(parts, value[from:])
}

var unescaped = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n")

// calendarAbout reads the name and description of the calendar.
func calendarAbout(text string) about {
	var a about
	for at := 0; at < len(text); {
		line, next := unfolded(text, at)
		name, _, value, _ := property(line)
		switch name {
		case "BEGIN":
			if strings.EqualFold(strings.TrimSpace(value), "VEVENT") {
				return a
			}
		case "NAME", "X-WR-CALNAME":
			a.Title = unescaped.Replace(value)
		case "DESCRIPTION", "X-WR-CALDESC":
			a.Description = unescaped.Replace(value)
		}
		at = next
	}
	return a
}
