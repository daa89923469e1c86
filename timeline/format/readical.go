package format

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"dateline/timeline/edtf"
)

// iCalendar is RFC 5545, an event a VEVENT. A calendar's STATUS says whether an
// appointment holds, not whether a claim does, and so is no status here.
var iCalendar = mapping{
	name:   "iCalendar",
	known:  func(h *head) bool { return h.begins("BEGIN:VCALENDAR") },
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
		{"RRULE", func(r *rowDecoder, c cell) { r.warn(c, "the event repeats; only the first is read") }},
		{"RDATE", func(r *rowDecoder, c cell) { r.warn(c, "the event repeats; only the first is read") }},
		{"X-DATELINE-EDTF", (*rowDecoder).edtf},
	},
	finish: finishVEVENT,
	about:  calendarAbout,
}

func finishVEVENT(r *rowDecoder) {
	if id := r.value("RECURRENCE-ID"); id != "" {
		r.event.ID += "-" + id // one of a series, all of which have the series' UID
	}
	if start := r.cell("DTSTART"); !r.dated && start.text != "" {
		r.event.Date, r.dated = calendarDate(r, start), true
	}
}

// calendarDate reads when an event is: a moment, a day, or from one day to
// another. The end of a calendar's event is the first moment after it.
func calendarDate(r *rowDecoder, c cell) edtf.Date {
	start, timed, ok := calendarTime(c.text)
	if !ok {
		r.spoil(c, "a calendar writes 20240312 or 20240312T093000")
		return edtf.Date{}
	}
	utc := strings.HasSuffix(c.text, "Z")
	if r.event.TZ = r.value("DTSTART;TZID"); utc {
		r.event.TZ = "UTC"
	}
	end, ok := start, true
	if e := r.cell("DTEND"); e.text != "" {
		if end, _, ok = calendarTime(e.text); !ok {
			r.spoil(e, "a calendar writes 20240312 or 20240312T093000")
			return edtf.Date{}
		}
		c = e
	} else if e := r.cell("DURATION"); e.text != "" {
		if end, ok = after(start, e.text); !ok {
			r.spoil(e, "a duration is written P3D, P2W or PT1H30M")
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
		return r.made(c, first+"/"+last)
	case timed && utc:
		return r.made(c, start.Format(time.RFC3339))
	case timed:
		return r.made(c, start.Format("2006-01-02T15:04:05"))
	}
	return r.made(c, first)
}

// calendarTime reads a day, or a day and a time of day.
func calendarTime(text string) (t time.Time, timed, ok bool) {
	if t, err := time.Parse("20060102", text); err == nil {
		return t, false, true
	}
	t, err := time.Parse("20060102T150405", strings.TrimSuffix(text, "Z"))
	return t, true, err == nil
}

// after is a time a duration later, as RFC 5545 writes it: P15DT5H0M20S, P7W.
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
		r.doubt("The calendar says that this was cancelled.")
	case "TENTATIVE":
		r.doubt("The calendar says that this is tentative.")
	}
}

// icalSyntax is a syntax with a record from each BEGIN:VEVENT to its END:VEVENT.
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

// values takes the properties of the event itself. A parameter is a value by the
// name of both, DTSTART;TZID, and comes before its property's; a list is as many
// values.
func (icalSyntax) values(r *rowDecoder) {
	within, ended := 0, false
	for at := 0; at < len(r.record); {
		line, next := unfolded(r.record, at)
		name, parameters, value, ok := property(line)
		switch {
		case strings.TrimSpace(line) == "":
		case !ok:
			r.problems = append(r.problems, pending{Problem: Problem{Text: fmt.Sprintf("%q is no property, NAME:value; it is not read", shortened(line)), Warning: true}, at: at})
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
			for _, v := range commaParted(name, value) {
				r.take(name, unescaped.Replace(v), at+len(line)-len(value))
			}
		}
		at = next
	}
	if !ended {
		r.filled = true
		r.fault(0, "the event that begins here has no END:VEVENT")
	}
}

// unfolded reads a line that may go on in the next, which then begins with a
// blank.
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

// property parts NAME;PARAMETER=value;…:value, the names in capitals.
func property(line string) (name string, parameters [][2]string, value string, ok bool) {
	quoted, from := false, 0
	part := func(end int) {
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
			part(i)
			from = i + 1
		case c == ':':
			part(i)
			return name, parameters, line[i+1:], name != ""
		}
	}
	return "", nil, "", false
}

// commaParted parts the values that are lists at the commas that stand for
// themselves.
func commaParted(name, value string) []string {
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

// calendarAbout reads what the calendar is called.
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
