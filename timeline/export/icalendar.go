package export

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// WriteICalendar writes events of a timeline as iCalendar (RFC 5545), an all-day
// entry each, without times of day and zones.
//
// An entry lasts from the earliest to the latest day that its date allows: June is 30
// days long. If one end is open or unknown, the entry covers the other. Events with
// neither end known, or in years outside 1 to 9999, are left out and counted. The
// date itself is in X-DATELINE-EDTF and, in words, in the description.
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
	start, end := knownEnds(e.Date)
	from, ok := start.Earliest()
	to, _ := end.Latest()
	if !ok || !inCalendar(from, to) {
		return false
	}
	c.line("BEGIN:VEVENT")
	c.text("UID", e.ID+"@dateline")
	c.line("DTSTAMP:" + revised)
	c.line("DTSTART;VALUE=DATE:" + calendarDay(from))
	c.line("DTEND;VALUE=DATE:" + calendarDay(to+1)) // the day after the last
	c.line("TRANSP:TRANSPARENT")                    // does not make anyone busy
	c.text("SUMMARY", e.Title)
	c.text("DESCRIPTION", strings.Join(plain(t, i, e), "\n"))
	c.text("LOCATION", strings.Join(e.Places, "; "))
	c.texts("CATEGORIES", e.Topics)
	for k := range e.Sources {
		if url := e.Sources[k].URL; isWeb(url) {
			c.line("URL:" + uri(url))
			break
		}
	}
	c.text("X-DATELINE-EDTF", e.Date.String())
	c.line("END:VEVENT")
	return true
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

// isWeb reports whether an address may become a link.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
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
