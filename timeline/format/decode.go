package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A decoder turns JSON into events and actors, and reports what is wrong.
type decoder struct {
	scanner
	file   *File
	report *Report
	event  func(timeline.Event, place)
	actor  func(timeline.Actor)
	count  int // events found, sound or not

	spoilt bool // the record at hand has a problem that leaves it out
}

// A field of the format: its name, and how to read its value into a record.
type field[T any] struct {
	name string
	read func(*decoder, string, *T)
}

// The fields of the format, in the order in which it is documented.
var (
	eventFields = []field[timeline.Event]{
		{"id", func(d *decoder, name string, e *timeline.Event) { e.ID = d.textOf(name) }},
		{"date", func(d *decoder, name string, e *timeline.Event) { e.Date = d.date(name) }},
		{"tz", func(d *decoder, name string, e *timeline.Event) { e.TZ = d.textOf(name) }},
		{"reported", func(d *decoder, name string, e *timeline.Event) { e.Reported = d.date(name) }},
		{"title", func(d *decoder, name string, e *timeline.Event) { e.Title = d.textOf(name) }},
		{"summary", func(d *decoder, name string, e *timeline.Event) { e.Summary = d.textOf(name) }},
		{"actors", func(d *decoder, name string, e *timeline.Event) { e.Actors = d.texts(name) }},
		{"places", func(d *decoder, name string, e *timeline.Event) { e.Places = d.texts(name) }},
		{"topics", func(d *decoder, name string, e *timeline.Event) { e.Topics = d.texts(name) }},
		{"status", func(d *decoder, name string, e *timeline.Event) { e.Status = d.status(name) }},
		{"caveat", func(d *decoder, name string, e *timeline.Event) { e.Caveat = d.textOf(name) }},
		{"answers", func(d *decoder, name string, e *timeline.Event) { e.Answers = d.texts(name) }},
		{"confidence", func(d *decoder, name string, e *timeline.Event) { e.Confidence = d.oneOf(name, confidences) }},
		{"credibility", func(d *decoder, name string, e *timeline.Event) { e.Credibility = d.credibility(name) }},
		{"sources", func(d *decoder, name string, e *timeline.Event) {
			d.list(name, func() {
				if s, ok := d.source(); ok {
					e.Sources = append(e.Sources, s)
				}
			})
		}},
	}
	sourceFields = []field[timeline.Source]{
		{"url", func(d *decoder, name string, s *timeline.Source) { s.URL = d.address(name) }},
		{"title", func(d *decoder, name string, s *timeline.Source) { s.Title = d.textOf(name) }},
		{"publisher", func(d *decoder, name string, s *timeline.Source) { s.Publisher = d.textOf(name) }},
		{"author", func(d *decoder, name string, s *timeline.Source) { s.Author = d.textOf(name) }},
		{"via", func(d *decoder, name string, s *timeline.Source) { s.Via = d.textOf(name) }},
		{"attributed_to", func(d *decoder, name string, s *timeline.Source) { s.AttributedTo = d.textOf(name) }},
		{"kind", func(d *decoder, name string, s *timeline.Source) { s.Kind = d.kind(name) }},
		{"published", func(d *decoder, name string, s *timeline.Source) { s.Published = d.date(name) }},
		{"accessed", func(d *decoder, name string, s *timeline.Source) { s.Accessed = d.date(name) }},
		{"archived", func(d *decoder, name string, s *timeline.Source) { s.Archived = d.address(name) }},
		{"language", func(d *decoder, name string, s *timeline.Source) { s.Language = d.textOf(name) }},
		{"supports", func(d *decoder, name string, s *timeline.Source) { s.Supports = d.textOf(name) }},
		{"quote", func(d *decoder, name string, s *timeline.Source) { s.Quote = d.textOf(name) }},
		{"quote_by", func(d *decoder, name string, s *timeline.Source) { s.QuoteBy = d.textOf(name) }},
		{"reliability", func(d *decoder, name string, s *timeline.Source) { s.Reliability = d.oneOf(name, reliabilities) }},
	}
	actorFields = []field[timeline.Actor]{
		{"name", func(d *decoder, name string, a *timeline.Actor) { a.Name = d.textOf(name) }},
		{"kind", func(d *decoder, name string, a *timeline.Actor) { a.Kind = d.oneOf(name, actorKinds) }},
		{"aliases", func(d *decoder, name string, a *timeline.Actor) { a.Aliases = d.texts(name) }},
		{"native", func(d *decoder, name string, a *timeline.Actor) { a.Native = d.native(name) }},
		{"role", func(d *decoder, name string, a *timeline.Actor) { a.Role = d.textOf(name) }},
		{"wikidata", func(d *decoder, name string, a *timeline.Actor) { a.Wikidata = d.textOf(name) }},
	}
)

// The words that a field of few words takes.
var (
	confidences   = []string{"high", "moderate", "low"}    // ICD 203
	reliabilities = []string{"A", "B", "C", "D", "E", "F"} // the Admiralty code
	actorKinds    = []string{"person", "state", "organisation"}
	statusWords   = words(timeline.Statuses())
	kindWords     = words(timeline.Kinds())
)

// members reads an object into a record by a table of fields, and says where
// each known field stood.
func members[T any](d *decoder, fields []field[T], record *T) {
	var seen [32]bool
	next := 0
	d.object(func(name string, at int) {
		for k := range fields {
			f := (next + k) % len(fields)
			if fields[f].name != name {
				continue
			}
			if seen[f] {
				d.spoil(at, name, "this field occurs twice")
			}
			seen[f] = true
			fields[f].read(d, name, record)
			next = f + 1
			return
		}
		d.skip()
		d.unknown(at, name, fieldNames(fields))
	})
}

func fieldNames[T any](fields []field[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func (d *decoder) unknown(at int, name string, known []string) {
	if strings.HasPrefix(name, "_") || name == "$schema" {
		return
	}
	text := "the format has no such field; private ones begin with _"
	if near := timeline.Nearest(name, known); near != "" {
		text = fmt.Sprintf("the format has no such field; did you mean %s?", near)
	}
	d.warn(at, name, text)
}

func (d *decoder) readEvent() {
	d.count++
	d.report.Found++
	d.peek()
	at, said := d.at, len(d.report.Problems)
	d.spoilt = false
	var e timeline.Event
	if d.expect('{', "an event", "an object") {
		members(d, eventFields, &e)
		d.checkEvent(at, &e)
	}
	for i := said; i < len(d.report.Problems); i++ {
		d.report.Problems[i].Event = e.ID
	}
	if d.spoilt || d.fault != nil {
		d.report.LeftOut++
		return
	}
	d.event(e, place{d.file, at})
}

func (d *decoder) checkEvent(at int, e *timeline.Event) {
	if d.fault != nil || d.spoilt {
		return
	}
	switch {
	case e.ID == "":
		d.spoil(at, "id", "an event needs one")
	case e.Date.IsZero():
		d.spoil(at, "date", "an event needs one")
	case strings.TrimSpace(e.Title) == "":
		d.spoil(at, "title", "an event needs one")
	}
	if len(e.Sources) == 0 {
		d.warn(at, "sources", "the event rests on nothing")
	}
	for _, m := range timeline.Marks(e.Summary) {
		if m.Source < 1 || m.Source > len(e.Sources) {
			d.warn(at, fmt.Sprintf("summary [%d]", m.Source), fmt.Sprintf("there is no such source; the event has %d", len(e.Sources)))
		}
	}
	reported, known := e.Reported.Latest()
	if earliest, ok := e.Date.Earliest(); ok && known && reported < earliest {
		d.warn(at, fmt.Sprintf("reported %q", e.Reported), fmt.Sprintf("this is before the event's own date, %s", e.Date))
	}
}

func (d *decoder) source() (s timeline.Source, ok bool) {
	d.peek()
	at := d.at
	if !d.expect('{', "sources", "an object for each source") {
		return s, false
	}
	members(d, sourceFields, &s)
	if d.fault == nil && s.URL == "" && (s.Publisher == "" || s.Title == "") {
		d.spoil(at, "sources", "a source needs a url, or a publisher and a title")
	}
	return s, true
}

func (d *decoder) readActor() {
	d.peek()
	at := d.at
	d.spoilt = false
	var a timeline.Actor
	if d.expect('{', "actors", "an object for each actor") {
		members(d, actorFields, &a)
		if d.fault == nil && a.Name == "" {
			d.spoil(at, "name", "an actor needs one")
		}
	}
	if !d.spoilt && d.fault == nil {
		d.actor(a)
	}
}

// readObject reads the object form; it is false when there are no events.
func (d *decoder) readObject(about *timeline.About) (events bool) {
	texts := map[string]*string{"title": &about.Title, "description": &about.Description, "language": &about.Language, "updated": &about.Updated, "license": &about.License}
	known := []string{"schemaVersion", "title", "description", "language", "updated", "license", "actors", "events"}
	d.object(func(name string, at int) {
		switch text := texts[name]; {
		case text != nil:
			*text = d.textOf(name)
		case name == "events":
			events = true
			d.list(name, d.readEvent)
		case name == "actors":
			d.list(name, d.readActor)
		case name == "schemaVersion":
			if v := d.textOf(name); v != "" && v != "1" && !strings.HasPrefix(v, "1.") {
				d.spoil(at, fmt.Sprintf("schemaVersion %q", v), "this program reads version 1.0")
			}
		default:
			d.skip()
			d.unknown(at, name, known)
		}
	})
	return events || d.fault != nil
}

// expect reports whether the value at hand begins with c; if not, it is skipped
// and the record spoilt.
func (d *decoder) expect(c byte, name, what string) bool {
	if d.peek() == c {
		return true
	}
	at, found := d.at, d.found()
	d.skip()
	d.spoil(at, name, fmt.Sprintf("needs %s, not %s", what, found))
	return false
}

func (d *decoder) list(name string, element func()) {
	if d.expect('[', name, "a list, [ … ]") {
		d.array(element)
	}
}

func (d *decoder) textOf(name string) string {
	if !d.expect('"', name, "a string") {
		return ""
	}
	return d.string()
}

func (d *decoder) texts(name string) []string {
	var texts []string
	d.list(name, func() {
		if s := d.textOf(name); s != "" {
			texts = append(texts, s)
		}
	})
	return texts
}

func (d *decoder) date(name string) edtf.Date {
	d.peek()
	at := d.at
	text := d.textOf(name)
	if d.fault != nil || text == "" && d.spoilt {
		return edtf.Date{}
	}
	date, err := edtf.Parse(text)
	if err != nil {
		e := err.(*edtf.Error)
		reason := e.Reason
		if e.Try != "" {
			reason += "; " + e.Try
		}
		d.spoil(at+e.Column, fmt.Sprintf("%s %q", name, text), reason)
	}
	return date
}

func (d *decoder) status(name string) timeline.Status {
	i := d.choice(name, statusWords)
	if i < 0 {
		return timeline.NotStated
	}
	return timeline.Statuses()[i]
}

func (d *decoder) kind(name string) timeline.Kind {
	i := d.choice(name, kindWords)
	if i < 0 {
		return timeline.NoKind
	}
	return timeline.Kinds()[i]
}

func (d *decoder) oneOf(name string, words []string) string {
	if i := d.choice(name, words); i >= 0 {
		return words[i]
	}
	return ""
}

// choice reads one of a few words and returns which, or -1.
func (d *decoder) choice(name string, words []string) int {
	d.peek()
	at := d.at
	text := d.textOf(name)
	i := slices.Index(words, text)
	if i >= 0 || text == "" {
		return i
	}
	reason := "it is one of " + strings.Join(words, ", ")
	if near := timeline.Nearest(text, words); near != "" {
		reason = fmt.Sprintf("did you mean %s?", near)
	}
	d.spoil(at, fmt.Sprintf("%s %q", name, text), reason)
	return -1
}

// words spells out what a field of few words takes.
func words[T fmt.Stringer](values []T) []string {
	var words []string
	for _, v := range values {
		words = append(words, v.String())
	}
	return words
}

func (d *decoder) credibility(name string) int {
	d.peek()
	at := d.at
	text := d.skip()
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 6 {
		d.spoil(at, fmt.Sprintf("%s %s", name, text), "it is a number from 1 to 6, the Admiralty code's")
	}
	return n
}

func (d *decoder) address(name string) string {
	d.peek()
	at := d.at
	text := d.textOf(name)
	if text != "" && !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		d.spoil(at, fmt.Sprintf("%s %q", name, text), "an address begins with http:// or https://")
	}
	return text
}

func (d *decoder) native(name string) []timeline.Native {
	var native []timeline.Native
	if d.expect('{', name, "an object of names by language") {
		d.object(func(language string, _ int) {
			native = append(native, timeline.Native{Language: language, Name: d.textOf(name)})
		})
	}
	return native
}

// spoil reports an error that leaves out the record at hand.
func (d *decoder) spoil(at int, field, text string) {
	d.spoilt = true
	if d.fault == nil {
		d.say(d.problemAt(at, field, text))
	}
}

func (d *decoder) warn(at int, field, text string) {
	if d.fault != nil {
		return
	}
	p := d.problemAt(at, field, text)
	p.Warning = true
	d.say(p)
}

func (d *decoder) problemAt(at int, field, text string) Problem {
	return place{d.file, at}.problem("", field, text)
}

func (d *decoder) say(p Problem) { d.report.Problems = append(d.report.Problems, p) }
