package export

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"iter"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// WriteTimelineJS writes events of a timeline for TimelineJS 3
// (https://timeline.knightlab.com/docs/json-format.html): a slide each, grouped by
// status, after a title slide.
//
// A slide shows the date in words. On the axis, start and end are as exact as the
// date: a year, a month, a day, or the time of day that it states. An open or unknown end is omitted; events with
// neither end known are left out and counted. TimelineJS draws a month on its first
// day.
//
// All text is escaped, and only http and https addresses become links.
func WriteTimelineJS(w io.Writer, t *timeline.Timeline, events iter.Seq[int]) (leftOut int, err error) {
	head := fmt.Sprintf("{\n\"scale\": %q,\n", slideScale(t, events))
	if t.Title != "" || t.Description != "" {
		title, err := json.Marshal(slide{Text: slideText{html.EscapeString(t.Title), paragraphHTML(html.EscapeString(t.Description))}})
		if err != nil {
			return 0, err
		}
		head += fmt.Sprintf("\"title\": %s,\n", title)
	}
	if _, err := io.WriteString(w, head+"\"events\": ["); err != nil {
		return 0, err
	}
	separator := "\n"
	for _, e := range t.Events(events) {
		s, ok := newSlide(e)
		if !ok {
			leftOut++
			continue
		}
		text, err := json.Marshal(s)
		if err != nil {
			return leftOut, err
		}
		if _, err := io.WriteString(w, separator+string(text)); err != nil {
			return leftOut, err
		}
		separator = ",\n"
	}
	_, err = io.WriteString(w, "\n]\n}\n")
	return leftOut, cmp.Or(err, t.Err())
}

// A slide shows an event. The title slide has no date.
type slide struct {
	ID       string     `json:"unique_id,omitempty"`
	Start    *slideDate `json:"start_date,omitempty"`
	End      *slideDate `json:"end_date,omitempty"`
	Words    string     `json:"display_date,omitempty"`
	Group    string     `json:"group,omitempty"`
	Text     slideText  `json:"text"`
	Autolink bool       `json:"autolink"` // whether addresses in the text are made links
}

// slideText is in HTML.
type slideText struct {
	Headline string `json:"headline"`
	Text     string `json:"text"`
}

// A slideDate is the stated part of a day. There is no year 0: -1 is 1 BC.
type slideDate struct {
	Year  int `json:"year"`
	Month int `json:"month,omitempty"`
	Day   int `json:"day,omitempty"`
	*slideTime
}

// A slideTime is the time of day on the clocks at the place.
type slideTime struct {
	Hour   int `json:"hour"`
	Minute int `json:"minute"`
	Second int `json:"second"`
}

func newSlide(e *timeline.Event) (s slide, ok bool) {
	start, end, ok := slideDates(e.Date)
	if !ok {
		return slide{}, false
	}
	s = slide{
		ID:    e.ID,
		Start: &start,
		Words: e.Date.Words(),
		Group: e.Status.String(),
		Text:  slideText{html.EscapeString(e.Title), slideHTML(e)},
	}
	if start.before(end) {
		s.End = &end
	} else if clock, ok := e.Date.Clock(); ok {
		since := int(clock.Since / time.Second)
		start.slideTime = &slideTime{since / 3600, since / 60 % 60, since % 60}
	}
	return s, true
}

// slideDates returns the start and the end of a date; ok is false if neither is
// known.
func slideDates(d edtf.Date) (start, end slideDate, ok bool) {
	first, last := knownEnds(d)
	start, _ = sides(first)
	_, end = sides(last)
	return start, end, !first.IsZero()
}

// sides returns the first and last day, month or year of a date that is no interval,
// no more exact than the date.
func sides(d edtf.Date) (from, to slideDate) {
	first, last := d.Span()
	from, to = civil(first), civil(last)
	if first != last {
		from.Day, to.Day = 0, 0
		if from.Month == 1 && to.Month == 12 {
			from.Month, to.Month = 0, 0
		}
	}
	return from, to
}

func civil(d edtf.Day) slideDate {
	year, month, day := d.Civil()
	if year > 0 {
		return slideDate{year, month, day, nil}
	}
	if month == 2 && day == 29 {
		day = 0 // TimelineJS has leap years elsewhere
	}
	return slideDate{year - 1, month, day, nil}
}

// before reports whether TimelineJS draws one date before another.
func (s slideDate) before(other slideDate) bool {
	return edtf.DayOf(s.Year, max(s.Month, 1), max(s.Day, 1)) < edtf.DayOf(other.Year, max(other.Month, 1), max(other.Day, 1))
}

// slideScale is the scale of the axis that fits all the events.
func slideScale(t *timeline.Timeline, events iter.Seq[int]) string {
	const first, last = -271820, 275759 // the years of JavaScript's clock
	for i := range events {
		if start, end, ok := slideDates(t.Date(i)); ok && (start.Year < first || end.Year > last) {
			return "cosmological"
		}
	}
	return "human"
}

// slideHTML is an event in HTML: its summary, its status, and its sources, to which
// the footnote marks of the summary link.
func slideHTML(e *timeline.Event) string {
	body := paragraphHTML(pointedHTML(e))
	if !e.Reported.IsZero() && e.Reported != e.Date {
		body += paragraphHTML("Reported " + html.EscapeString(e.Reported.Words()) + ".")
	}
	body += paragraphHTML(html.EscapeString(fmt.Sprintf("Status %s: %s. Rests on %s.", e.Status, e.Status.Meaning(), e.Rests())))
	if e.Caveat != "" {
		body += paragraphHTML("Caveat: " + html.EscapeString(e.Caveat))
	}
	if len(e.Sources) == 0 {
		return body
	}
	body += "<ol>"
	for i := range e.Sources {
		s := &e.Sources[i]
		body += "<li>" + linkHTML(s.URL, cite.Note(s))
		if text.IsWeb(s.Archived) {
			body += " (" + linkHTML(s.Archived, "archived") + ")"
		}
		body += "</li>"
	}
	return body + "</ol>"
}

// pointedHTML returns the summary of an event with its footnote marks linked.
func pointedHTML(e *timeline.Event) string {
	var b strings.Builder
	for seg := range timeline.Segments(e.Summary, len(e.Sources)) {
		b.WriteString(html.EscapeString(seg.Text))
		if seg.Mark != "" {
			b.WriteString(linkHTML(e.Sources[seg.Source-1].URL, seg.Mark))
		}
	}
	return b.String()
}

// linkHTML links a label to an address of the web.
func linkHTML(address, label string) string {
	if !text.IsWeb(address) {
		return html.EscapeString(label)
	}
	return fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(address), html.EscapeString(label))
}

func paragraphHTML(inner string) string {
	if inner == "" {
		return ""
	}
	return "<p>" + inner + "</p>"
}
