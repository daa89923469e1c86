package export

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// WriteICalendar writes events of a timeline as iCalendar (RFC 5545), an entry each.
//
// An event that states a time of day has an entry at that time: in the event's zone,
// in UTC if only the offset of the time is known, or else in whatever zone the reader
// is. Any other has an all-day entry, which lasts from the earliest to the latest day
// that its date allows: June is 30 days long. If one end is open or unknown, the
// entry covers the other. Events with neither end known, or in years outside 1 to
// 9999, are left out and counted. The date itself is in X-DATELINE-EDTF and, in
// words, in the description.
//
// The entries' day of revision is the day that the file was updated, so that the same
// file makes the same calendar, or today if the file has no such day.
func WriteICalendar(w io.Writer, t *timeline.Timeline, events iter.Seq[int], today edtf.Day) (leftOut int, err error) {
	var c calendar
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//Dateline//Dateline//EN")
	c.text("NAME", t.Title)         // RFC 7986
	c.text("X-WR-CALNAME", t.Title) // what most programs read instead
	c.zones(t, events)
	revised := calendarDay(revision(t.Updated, today)) + "T000000Z"
	for i, e := range t.Events(events) {
		if !c.event(t, i, e, revised) {
			leftOut++
		}
		if err := c.flush(w); err != nil {
			return leftOut, err
		}
	}
	c.line("END:VCALENDAR")
	return leftOut, cmp.Or(c.flush(w), t.Err())
}

// revision is the day that a file was updated, if that is a day, else today.
func revision(updated string, today edtf.Day) edtf.Day {
	d, err := edtf.Parse(updated)
	if from, to := d.Span(); err == nil && from == to && inCalendar(from, to) {
		return from
	}
	return today
}

// A calendar holds lines of iCalendar until they are written.
type calendar struct{ strings.Builder }

func (c *calendar) flush(w io.Writer) error {
	_, err := io.WriteString(w, c.String())
	c.Reset()
	return err
}

// event adds event i. It returns false, and adds nothing, if the date does not fit
// into a calendar.
func (c *calendar) event(t *timeline.Timeline, i int, e *timeline.Event, revised string) bool {
	first, last := knownEnds(e.Date)
	from, ok := first.Earliest()
	to, _ := last.Latest()
	if !ok || !inCalendar(from, to) {
		return false
	}
	c.line("BEGIN:VEVENT")
	c.text("UID", e.ID+"@dateline")
	c.line("DTSTAMP:" + revised)
	if at, zone, ok := start(e); ok {
		c.line("DTSTART" + zone + ":" + at)
	} else {
		c.line("DTSTART;VALUE=DATE:" + calendarDay(from))
		c.line("DTEND;VALUE=DATE:" + calendarDay(to+1)) // the day after the last
	}
	c.line("TRANSP:TRANSPARENT") // does not make anyone busy
	c.text("SUMMARY", e.Title)
	c.text("DESCRIPTION", strings.Join(plain(t, i, e), "\n"))
	c.text("LOCATION", strings.Join(e.Places, "; "))
	c.texts("CATEGORIES", e.Topics)
	for k := range e.Sources {
		if url := e.Sources[k].URL; text.IsWeb(url) {
			c.line("URL:" + uri(url))
			break
		}
	}
	c.text("X-DATELINE-EDTF", e.Date.String())
	c.line("END:VEVENT")
	return true
}

// start returns when an event with a time of day starts, and the parameter that names
// its zone. It is false if the event states no time, or lasts several days.
func start(e *timeline.Event) (at, zone string, ok bool) {
	local, clock, ok := localTime(e)
	if !ok {
		return "", "", false
	}
	if in := timeline.Zone(e.TZ); in != nil {
		there := wall(local, in)
		if _, offset := there.Zone(); !clock.Zoned || offset == int(clock.Offset/time.Second) {
			if in.String() == "UTC" {
				return local.Format(calendarTime) + "Z", "", true
			}
			return local.Format(calendarTime), ";TZID=" + in.String(), true
		}
	}
	if clock.Zoned {
		return local.Add(-clock.Offset).Format(calendarTime) + "Z", "", true
	}
	return local.Format(calendarTime), "", true
}

const calendarTime = "20060102T150405"

// localTime returns the time on the clock, as if that were in UTC, of an event that
// states it and lasts a day.
func localTime(e *timeline.Event) (time.Time, edtf.Clock, bool) {
	clock, ok := e.Date.Clock()
	from, to := e.Date.Span()
	if !ok || from != to {
		return time.Time{}, clock, false
	}
	year, month, day := from.Civil()
	return time.Date(year, time.Month(month), day, 0, 0, 0, int(clock.Since), time.UTC), clock, true
}

// wall returns the time at which the clocks of a zone show a time.
func wall(local time.Time, zone *time.Location) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, zone)
}

// zones adds the zones that start names, each with the changes of its clocks between
// the first event there and the last.
func (c *calendar) zones(t *timeline.Timeline, events iter.Seq[int]) {
	type stay struct{ from, to time.Time }
	stays := make(map[string]stay)
	timed := func(yield func(int) bool) {
		for i := range events {
			if t.Time(i) != "" && !yield(i) {
				return
			}
		}
	}
	for _, e := range t.Events(timed) {
		at, zone, ok := start(e)
		name, named := strings.CutPrefix(zone, ";TZID=")
		if !ok || !named {
			continue
		}
		local, _ := time.Parse(calendarTime, at)
		there := wall(local, timeline.Zone(name))
		s, known := stays[name]
		if !known || there.Before(s.from) {
			s.from = there
		}
		if !known || there.After(s.to) {
			s.to = there
		}
		stays[name] = s
	}
	for _, name := range slices.Sorted(maps.Keys(stays)) {
		c.line("BEGIN:VTIMEZONE")
		c.line("TZID:" + name)
		for at := stays[name].from; ; {
			from, to := at.ZoneBounds()
			c.observance(at, from)
			if to.IsZero() || to.After(stays[name].to) {
				break
			}
			at = to
		}
		c.line("END:VTIMEZONE")
	}
}

// observance adds what the clocks of a zone show at a time, since from if that is not
// zero.
func (c *calendar) observance(at, from time.Time) {
	name, offset := at.Zone()
	kind, before, onset := "STANDARD", offset, "19700101T000000"
	if at.IsDST() {
		kind = "DAYLIGHT"
	}
	if !from.IsZero() {
		_, before = from.Add(-time.Second).Zone()
		onset = from.UTC().Add(time.Duration(before) * time.Second).Format(calendarTime)
	}
	c.line("BEGIN:" + kind)
	c.line("DTSTART:" + onset)
	c.line("TZOFFSETFROM:" + calendarOffset(before))
	c.line("TZOFFSETTO:" + calendarOffset(offset))
	c.text("TZNAME", name)
	c.line("END:" + kind)
}

// calendarOffset spells seconds from UTC: +0530, -00:25:21 as -002521.
func calendarOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 > 0 {
		s += fmt.Sprintf("%02d", seconds%60)
	}
	return s
}

// knownEnds returns the ends of a date, the known end in place of one that is open or
// unknown.
func knownEnds(d edtf.Date) (start, end edtf.Date) {
	start, end = d.Ends()
	return cmp.Or(start, end), cmp.Or(end, start)
}

// inCalendar reports whether the days and the day after them are in the years 1 to
// 9999.
func inCalendar(from, to edtf.Day) bool {
	return from >= edtf.DayOf(1, 1, 1) && to < edtf.DayOf(9999, 12, 31)
}

func calendarDay(d edtf.Day) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%04d%02d%02d", year, month, day)
}

// text adds a property with a text, unless it is empty.
func (c *calendar) text(name, value string) {
	c.texts(name, []string{value})
}

// texts adds a property with a list of texts, unless all are empty.
func (c *calendar) texts(name string, values []string) {
	var escaped []string
	for _, v := range values {
		if v != "" {
			escaped = append(escaped, calendarEscaper.Replace(v))
		}
	}
	if len(escaped) > 0 {
		c.line(name + ":" + strings.Join(escaped, ","))
	}
}

var calendarEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// longestLine is the most octets in a line, without its end.
const longestLine = 75

// line adds a line, folded if it is too long, but never within a character.
func (c *calendar) line(s string) {
	for room := longestLine; len(s) > room; room = longestLine - len(" ") {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		c.WriteString(s[:cut] + "\r\n ")
		s = s[cut:]
	}
	c.WriteString(s + "\r\n")
}

// uri escapes the characters that RFC 3986 does not allow.
func uri(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
