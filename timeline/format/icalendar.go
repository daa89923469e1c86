package format

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// iCalendar reads RFC 5545 and vCalendar 1.0, with an event for each VEVENT and
// VJOURNAL, and for each date of one that repeats. The STATUS of a calendar is
// about an appointment, not about a claim, so it is no status here.
var iCalendar = mapping{
	syntax: icalSyntax{},
	columns: slices.Concat(kept("RECURRENCE-ID", "DTSTART;TZID", "DTSTART", "DTEND;TZID", "DTEND", "DURATION", "X-ALT-DESC", "RRULE"), []column{
		{"UID", func(r *rowDecoder, c cell) { r.event.ID = strings.TrimSuffix(c.text, "@dateline") }},
		{"SUMMARY", calendarTitle},
		{"DESCRIPTION", calendarText},
		{"COMMENT", calendarText},
		{"CONTACT", func(r *rowDecoder, c cell) { r.addSummary("Contact: " + c.text + ".") }},
		{"LOCATION", func(r *rowDecoder, c cell) { addEach(&r.event.Places, splitList(oneLine(c.text))) }},
		{"CATEGORIES", (*rowDecoder).topic},
		{"ORGANIZER;CN", (*rowDecoder).actor},
		{"ORGANIZER", participant},
		{"ATTENDEE;CN", (*rowDecoder).actor},
		{"ATTENDEE", participant},
		{"URL", (*rowDecoder).url},
		{"ATTACH", attachment},
		{"CONFERENCE", attachment},
		{"STATUS", calendarStatus},
		{"PRIORITY", calendarPriority},
		{"RDATE", checkDates},
		{"EXDATE", checkDates},
		{"EXRULE", func(r *rowDecoder, c cell) { r.warn(c, "dates that a rule takes out of a series are not read") }},
		{"X-DATELINE-EDTF", (*rowDecoder).edtf},
	}),
	finish: finishVEVENT,
}

// calendarPriority weighs an event: 1 is the highest priority and 9 the lowest, 0 is
// none (RFC 5545, 3.8.1.9).
func calendarPriority(r *rowDecoder, c cell) {
	if len(c.text) == 1 && '1' <= c.text[0] && c.text[0] <= '9' {
		r.event.Weight = int('9' - c.text[0] + 1)
	}
}

// notRead are the properties of an event that say nothing about it that dateline
// has a field for. Those that begin with X- are not read either.
var notRead = map[string]bool{"DTSTAMP": true, "CREATED": true, "LAST-MODIFIED": true, "SEQUENCE": true, "CLASS": true, "TRANSP": true,
	"GEO": true, "RELATED-TO": true, "REQUEST-STATUS": true, "RESOURCES": true, "COLOR": true, "IMAGE": true, "METHOD": true, "DCREATED": true,
	"AALARM": true, "DALARM": true, "MALARM": true, "PALARM": true, "RNUM": true, "BUSYSTATUS": true, "TZID": true}

// onlyOnce are the properties of which an event has one.
var onlyOnce = []string{"UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "STATUS", "RECURRENCE-ID"}

func finishVEVENT(r *rowDecoder) {
	if id := r.value("RECURRENCE-ID"); id != "" {
		r.event.ID += "-" + id // the events of a series share its UID
	}
	if html := r.cell("X-ALT-DESC"); r.event.Summary == "" && html.text != "" {
		calendarText(r, html)
	}
	if start := r.cell("DTSTART"); !r.dated && start.text != "" {
		r.event.Date, r.dated = calendarDate(r, start), true
	}
	e := &r.event
	if i := slices.IndexFunc(e.Sources, func(s source) bool { return s.URL == r.value("URL") }); i > 0 {
		e.Sources = slices.Insert(slices.Delete(e.Sources, i, i+1), 0, source{URL: r.value("URL")}) // before the links of the text
	}
	switch {
	case strings.TrimSpace(e.Title) != "" || strings.TrimSpace(e.Summary) != "":
		return // the title, or its first sentence will be
	case len(e.Places) > 0:
		e.Title = e.Places[0]
		r.report(Problem{Field: "title", Text: "there is no SUMMARY; the place is the title", Warning: true}, 0)
	case len(e.Topics) > 0:
		e.Title = e.Topics[0]
		r.report(Problem{Field: "title", Text: "there is no SUMMARY; the category is the title", Warning: true}, 0)
	default:
		e.Title = "untitled"
		r.report(Problem{Field: "title", Text: "there is no SUMMARY; the title is “untitled”", Warning: true}, 0)
	}
}

// calendarTitle reads a SUMMARY.
func calendarTitle(r *rowDecoder, c cell) { r.event.Title = cmp.Or(r.event.Title, oneLine(c.text)) }

// calendarText reads a text that may be HTML. Its links are offered as sources.
func calendarText(r *rowDecoder, c cell) {
	text, links := c.text, addressInText.Regexp().FindAllString(c.text, -1)
	if htmlInText.Regexp().MatchString(text) {
		text, links = stripHTML(text)
		links = append(links, addressInText.Regexp().FindAllString(text, -1)...)
	}
	r.addSummary(text)
	for _, address := range links {
		r.addLink(strings.TrimRight(address, ".,;:!?)]>'"))
	}
}

var (
	htmlInText    = text.Pattern{Expr: `(?i)<(/?(a|abbr|b|body|br|div|em|font|h[1-6]|head|html|hr|i|img|li|meta|ol|p|pre|span|strong|style|table|tbody|td|th|title|tr|u|ul)(\s[^<>]*|/?)|!--.*?--|!doctype[^<>]*)>|&(#\d+|#x[0-9a-f]+|amp|lt|gt|quot|nbsp|apos);`}
	addressInText = text.Pattern{Expr: `https?://[^\s<>"]+`}
)

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// participant reads who takes part if only an address says it.
func participant(r *rowDecoder, c cell) {
	name, isAddress := cutPrefixFold(c.text, "mailto:")
	if !isAddress && strings.Contains(name, ":") {
		return // urn:uuid:…, invalid:nomail
	}
	addUnique(&r.event.Actors, strings.TrimSpace(name))
}

func cutPrefixFold(text, prefix string) (string, bool) {
	if len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
		return text[len(prefix):], true
	}
	return text, false
}

// checkDates warns of the dates of a list that are none.
func checkDates(r *rowDecoder, c cell) {
	for item := range strings.SplitSeq(c.text, ",") {
		item, _, _ = strings.Cut(item, "/")
		if _, _, ok := calendarTime(strings.TrimSpace(item)); !ok {
			r.warn(c, "a date in a calendar is 20240312 or 20240312T093000; what is none is not read")
			return
		}
	}
}

// attachment reads the address of an ATTACH or a CONFERENCE.
func attachment(r *rowDecoder, c cell) {
	if isAddress(c.text) {
		r.addLink(c.text)
	} else {
		r.warn(cell{c.column, shortened(c.text), c.at}, "this is no address of a page; it is not read")
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
	zone := zoneName(r.value("DTSTART;TZID"))
	utc := strings.HasSuffix(c.text, "Z")
	if r.event.TZ = zone; utc {
		r.event.TZ = "UTC"
	}
	end := start
	if e := r.cell("DTEND"); e.text != "" {
		if end, _, ok = calendarTime(e.text); !ok {
			r.reject(e, "a date in a calendar is 20240312 or 20240312T093000")
			return edtf.Date{}
		}
		end = sameZone(end, strings.HasSuffix(e.text, "Z"), zoneName(r.value("DTEND;TZID")), utc, zone)
		c = e
	} else if e := r.cell("DURATION"); e.text != "" {
		if end, ok = after(start, e.text); !ok {
			r.reject(e, "a duration is P3D, P2W or PT1H30M")
			return edtf.Date{}
		}
		c = e
	}
	if r.nth > 0 {
		length := end.Sub(start)
		stamp := "20060102"
		if timed {
			stamp = "20060102T150405"
		}
		start = r.occurrence(start) // a shift of 300 years is no Duration
		end = start.Add(length)
		r.event.ID = cmp.Or(r.event.ID, derivedID(edtf.Date{}, r.record)) + "-" + start.Format(stamp)
	}
	if end.Before(start) {
		r.warn(c, "the event ends before it starts; its end is not read")
		end = start
	}
	hours := func(t time.Time) string { return t.Format("15:04") }
	begins, ends := hours(start), hours(end)
	if hour, minute, second := end.Clock(); end.After(start) && hour+minute+second == 0 {
		end, ends = end.AddDate(0, 0, -1), "24:00" // it ends with the day before
	}
	first, last := start.Format(time.DateOnly), end.Format(time.DateOnly)
	switch {
	case first != last && timed:
		r.addSummary("Time: " + begins + " on the first day to " + ends + " on the last.")
		fallthrough
	case first != last:
		return r.parseDate(c, first+"/"+last)
	case !timed:
		return r.parseDate(c, first)
	case begins != ends:
		r.addSummary("Time: " + begins + "–" + ends + ".")
	}
	if utc {
		return r.parseDate(c, start.Format("2006-01-02T15:04:05Z"))
	}
	return r.parseDate(c, start.Format("2006-01-02T15:04:05"))
}

// sameZone returns the time at which an event ends by the clock that its start is
// stated by, if both zones are known.
func sameZone(end time.Time, endUTC bool, endZone string, utc bool, zone string) time.Time {
	if endUTC == utc && (endZone == zone || endZone == "") {
		return end
	}
	from, to := time.UTC, time.UTC
	var err error
	if !endUTC {
		if from, err = time.LoadLocation(endZone); err != nil || endZone == "" {
			return end
		}
	}
	if !utc {
		if to, err = time.LoadLocation(zone); err != nil || zone == "" {
			return end
		}
	}
	return onClock(atClock(end, from), to)
}

// atClock returns the moment when a clock in a place shows a time.
func atClock(t time.Time, place *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, place)
}

// onClock returns the time that a clock in a place shows at a moment.
func onClock(t time.Time, place *time.Location) time.Time { return atClock(t.In(place), time.UTC) }

// zoneName returns the name of a time zone without what programs put before it:
// /mozilla.org/20050126_1/Europe/Berlin.
func zoneName(name string) string {
	for rest := strings.TrimPrefix(name, "/"); ; {
		if _, err := time.LoadLocation(rest); err == nil && rest != "" {
			return rest
		}
		var found bool
		if _, rest, found = strings.Cut(rest, "/"); !found {
			return name
		}
	}
}

// calendarTime reads a day, with or without a time of day.
func calendarTime(text string) (t time.Time, timed, ok bool) {
	if t, err := time.Parse("20060102", text); err == nil {
		return t, false, true
	}
	for _, form := range []string{"20060102T150405", "20060102T1504", time.DateOnly, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(form, strings.TrimSuffix(text, "Z")); err == nil {
			return t, form != time.DateOnly, true
		}
	}
	return t, false, false
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

// occurrence returns when the occurrence begins that the decoder reads, of a
// series that begins at start.
func (r *rowDecoder) occurrence(start time.Time) time.Time {
	if r.series.record != r.record || r.nth >= len(r.series.dates) {
		r.series.record, r.series.dates = r.record, r.series.dates[:0]
		for t := range readSeries(r.record).occurrences(start, endOfTime) {
			if r.series.dates = append(r.series.dates, t); len(r.series.dates) > min(2*r.nth, mostInstances) {
				break
			}
		}
	}
	if r.nth < len(r.series.dates) {
		return r.series.dates[r.nth]
	}
	return start
}

// endOfTime is behind all dates of a calendar.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// An icalSyntax has a record from each BEGIN:VEVENT to its END:VEVENT, and the
// same of VJOURNAL. One that repeats is a record for each of its dates.
type icalSyntax struct{}

func (icalSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	spans, others := calendarSpans(text, from)
	all := make([]series, len(spans))
	moved := make(map[string][]string)
	var last time.Time
	for i, at := range spans {
		all[i] = readSeries(text[at.start:at.end])
		if s := &all[i]; s.replaces != "" {
			moved[s.uid] = append(moved[s.uid], s.replaces)
		}
		if all[i].last.After(last) {
			last = all[i].last
		}
	}
	last = last.AddDate(1, 0, 0)
	return func(yield func(span, *fault) bool) {
		for i, at := range spans {
			if s := &all[i]; s.replaces != "" || !s.dated || s.rule == "" && s.more == nil {
				if !yield(at, nil) {
					return
				}
			} else if !s.each(at, moved[s.uid], last, yield) {
				return
			}
		}
		for _, f := range others {
			if !yield(span{start: f.at, end: f.at + 1}, f) {
				return
			}
		}
	}
}

// each finds a record for each date of a series, and says which are not read.
func (s *series) each(at span, moved []string, last time.Time, yield func(span, *fault) bool) bool {
	n, all := 0, 0
	var latest time.Time
	more := false
	for t := range s.occurrences(s.start, endOfTime) {
		if more = t.After(last) || all >= mostInstances; more {
			break
		}
		if latest = t; !s.among(t, s.except) && !s.among(t, moved) {
			if n++; !yield(span{at.start, at.end, all}, nil) {
				return false
			}
		}
		all++
	}
	said := ""
	switch _, ok := parseRecurrence(s.rule); {
	case s.rule != "" && !ok:
		said = fmt.Sprintf("the event repeats by a rule that is not understood, RRULE:%s; only the dates that it states are read", shortened(s.rule))
	case more:
		said = fmt.Sprintf("the event repeats, RRULE:%s; %d of its dates are read, the last on %s", shortened(s.rule), n, latest.Format(time.DateOnly))
	case n == 0:
		said = "the event repeats, but each of its dates is taken out or moved"
	default:
		return true
	}
	return yield(at, &fault{at.start, said})
}

// calendarSpans finds the events of a calendar, and counts what else it has.
func calendarSpans(text string, from int) (spans []span, others []*fault) {
	open, kind := -1, ""
	counts := make(map[string]int)
	first := make(map[string]int)
	for at := from; at < len(text); {
		end, next := calendarLine(text, at)
		word, name, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(text[at:end])), ":")
		name = strings.TrimSpace(name)
		isEvent := name == "VEVENT" || name == "VJOURNAL"
		switch {
		case word == "BEGIN" && isEvent:
			if open >= 0 {
				spans = append(spans, span{start: open, end: at})
			}
			open, kind = at, name
		case word == "END" && open >= 0 && (name == kind || name == "VCALENDAR"):
			if name == "VCALENDAR" {
				end = at
			}
			spans = append(spans, span{start: open, end: end})
			open = -1
		case word == "BEGIN" && open < 0 && name != "VCALENDAR" && name != "VTIMEZONE" && name != "STANDARD" && name != "DAYLIGHT" && name != "VALARM":
			if counts[name]++; counts[name] == 1 {
				first[name] = at
			}
		}
		at = next
	}
	if open >= 0 {
		spans = append(spans, span{start: open, end: len(text)})
	}
	for name, n := range counts {
		others = append(others, &fault{first[name], fmt.Sprintf("%s not read: %s is no event", counted(strconv.Itoa(n), "component is", "components are"), name)})
	}
	slices.SortFunc(others, func(a, b *fault) int { return cmp.Compare(a.at, b.at) })
	return spans, others
}

// values takes the properties of the event itself. A parameter has the names of
// both, DTSTART;TZID, and comes before its property; each item of a list is a
// value.
func (icalSyntax) values(r *rowDecoder) {
	within, ended := 0, false
	name, pending, from := "", "", 0 // a property that lines without a name may continue
	var parameters [][2]string
	flush := func() {
		if name != "" {
			r.takeProperty(name, parameters, pending, from)
		}
		name = ""
	}
	for at := 0; at < len(r.record) && !ended; {
		line, next := unfolded(r.record, at)
		if !utf8.ValidString(line) {
			r.filled = true
			r.malformed(at, "these bytes are not UTF-8; save the file as UTF-8")
			return
		}
		key, with, value, ok := property(line)
		switch {
		case strings.TrimSpace(line) == "":
		case !ok || !r.isProperty(key, line):
			if within == 1 {
				r.report(Problem{Text: "this line has no NAME:value; it is read on from the line above", Warning: true}, at)
				pending += " " + line
			}
		case key == "BEGIN":
			flush()
			within++
		case key == "END":
			flush()
			within--
			value = strings.TrimSpace(value)
			ended = strings.EqualFold(value, "VEVENT") || strings.EqualFold(value, "VJOURNAL")
		case within == 1:
			flush()
			name, parameters, pending, from = key, with, value, at+len(line)-len(value)
			for isQuotedPrintable(with) && strings.HasSuffix(pending, "=") && next < len(r.record) {
				end, after := calendarLine(r.record, next)
				pending, next = strings.TrimSuffix(pending, "=")+r.record[next:end], after
			}
		}
		at = next
	}
	flush()
	if !ended {
		r.filled = true
		r.report(Problem{Text: "the event that begins here has no END; it is read as far as it goes", Warning: true}, 0)
	}
}

// takeProperty takes a property with its parameters.
func (r *rowDecoder) takeProperty(name string, parameters [][2]string, value string, at int) {
	r.filled = true
	binary, named := false, false
	for _, p := range parameters {
		r.take(name+";"+p[0], unescapedParameter.Replace(p[1]), at)
		binary = binary || p[0] == "ENCODING" && (strings.EqualFold(p[1], "BASE64") || strings.EqualFold(p[1], "B"))
		named = named || p[0] == "CN" && strings.TrimSpace(p[1]) != ""
	}
	if isQuotedPrintable(parameters) {
		value = fromQuotedPrintable(value)
	}
	_, known := r.index[name]
	switch {
	case binary:
		r.warn(cell{name, "", at}, "a file within the calendar is not read")
		return
	case slices.Contains(onlyOnce, name) && r.value(name) != "":
		r.warn(cell{name, shortened(value), at}, "the event has another; this one is not read")
		return
	case named && (name == "ATTENDEE" || name == "ORGANIZER"):
		return
	case !known && !notRead[name] && !strings.HasPrefix(name, "X-"):
		r.warn(cell{name, shortened(value), at}, "this property is not read")
	}
	for _, v := range commaSeparated(name, value) {
		r.take(name, unescaped.Replace(v), at)
	}
}

// isProperty reports whether a line begins with the name of a property, and not
// with a word of the text above.
func (r *rowDecoder) isProperty(name, line string) bool {
	_, known := r.index[name]
	return known || name == "BEGIN" || name == "END" || strings.HasPrefix(line, name) && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// about reads the name and description of the calendar.
func (icalSyntax) about(text string) (a about, unread []string) {
	for at := 0; at < len(text); {
		line, next := unfolded(text, at)
		name, _, value, _ := property(line)
		switch name {
		case "BEGIN":
			if v := strings.TrimSpace(value); strings.EqualFold(v, "VEVENT") || strings.EqualFold(v, "VJOURNAL") {
				return a, nil
			}
		case "NAME", "X-WR-CALNAME":
			a.Title = unescaped.Replace(value)
		case "DESCRIPTION", "X-WR-CALDESC":
			a.Description = unescaped.Replace(value)
		}
		at = next
	}
	return a, nil
}
