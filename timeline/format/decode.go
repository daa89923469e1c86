package format

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A decoder turns the JSON of one file into events and actors, and reports what
// is wrong.
type decoder struct {
	scanner
	file  *File
	out   *merger
	sound int  // events without a problem that leaves them out
	whole bool // the file is an object that has events

	broken bool // the JSON itself is

	// Of the record at hand.
	id     string
	spoilt bool // it has a problem that leaves it out
	places places
}

// places are the offsets of what an event holds, for problems that show only
// when more of it is known.
type places struct {
	event, end               int // the end only of dateline's own JSON
	actors, answers, sources []int
}

// members reads an object into a record by a table of fields.
// It reports which of the fields the object has.
func members[T any](d *decoder, fields []field[T], record *T) (has fieldSet) {
	next := 0
	d.object(func(name string, at int) {
		for k := range fields {
			f := (next + k) % len(fields)
			if fields[f].name != name {
				continue
			}
			if has&(1<<f) != 0 {
				d.spoil(at, name, "this field occurs twice")
			}
			has |= 1 << f
			fields[f].read(d, name, record)
			next = f + 1
			return
		}
		value := d.skip()
		d.unknown(at, name, fieldNames(fields))
		if _, ofFile := any(record).(*about); ofFile && d.fault == nil {
			d.out.keep(name, value)
		}
	})
	return has
}

// A fieldSet has the bit of each field of a table that an object has.
type fieldSet uint32

// names reports whether the set has the field of that name.
func (s fieldSet) names(name string, fields []string) bool {
	return s&(1<<slices.Index(fields, name)) != 0
}

var (
	eventFieldNames  = fieldNames(eventFields)
	sourceFieldNames = fieldNames(sourceFields)
)

func (d *decoder) unknown(at int, name string, known []string) {
	if strings.HasPrefix(name, "_") {
		return
	}
	reason := "the format has no such field; private ones begin with _"
	if near := text.Nearest(name, known); near != "" {
		reason = fmt.Sprintf("the format has no such field; did you mean %s?", near)
	}
	if text.Clean(name) != name {
		name = strconv.QuoteToASCII(name)
	}
	d.warn(at, name, reason)
}

func (d *decoder) readEvent() {
	d.out.report.Found++
	d.peek()
	said := len(d.out.problems)
	d.id = ""
	d.spoilt, d.places = false, places{event: d.at}
	var e timeline.Event
	if d.expect('{', "an event", "an object") {
		has := members(d, eventFields, &e)
		d.checkEvent(&e, has, said)
	}
	for i := said; i < len(d.out.problems); i++ {
		d.out.problems[i].Event = e.ID
	}
	d.id = e.ID
	if d.spoilt || d.fault != nil {
		d.out.report.LeftOut++
		d.out.leftOut[e.ID] = true
		return
	}
	d.sound++
	d.places.end = d.at
	d.out.event(e, d.file, d.places)
}

// sources reads a list of sources, and where each begins.
func (d *decoder) sources(name string) (sources []timeline.Source, places []int) {
	d.list(name, func() {
		d.peek()
		at := d.at
		if !d.expect('{', name, "an object for each source") {
			return
		}
		var s timeline.Source
		has := members(d, sourceFields, &s)
		if s.URL == "" && !has.names("url", sourceFieldNames) && (s.Publisher == "" || s.Title == "") {
			d.spoil(at, name, "a source needs a url, or a publisher and a title")
		}
		if n := len(strings.Fields(s.Quote)); n > longestQuote {
			d.warn(at, "quote", fmt.Sprintf("it has %d words; quote at most %d", n, longestQuote))
		}
		sources, places = append(sources, s), append(places, at)
	})
	return sources, places
}

func (d *decoder) readActor() {
	d.peek()
	at := d.at
	d.spoilt = false
	var a timeline.Actor
	if d.expect('{', "actors", "an object for each actor") {
		members(d, actorFields, &a)
		switch {
		case d.spoilt:
		case a.Name == "":
			d.spoil(at, "name", "an actor needs one")
		case text.Fold(text.Clean(a.Name)) == "":
			d.spoil(at, fieldOf("name", a.Name), "there is nothing in this name to search for; it needs a letter or a digit")
		}
	}
	if !d.spoilt && d.fault == nil {
		d.out.actors = append(d.out.actors, registered{a, d.file, at, d.at})
	}
}

func (d *decoder) version(name string) {
	d.peek()
	at := d.at
	v := d.textOf(name)
	if v == "" || v == "1" || v == "1.0" {
		return
	}
	field := fieldOf(name, v)
	if strings.HasPrefix(v, "1.") {
		d.warn(at, field, "this program knows version 1.0, and leaves out what is newer")
		return
	}
	d.spoil(at, field, "this program reads version 1.0")
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

// texts reads a list of strings, and where each begins. Empty ones are dropped.
func (d *decoder) texts(name string) (texts []string, places []int) {
	d.list(name, func() {
		d.peek()
		at := d.at
		if s := d.textOf(name); s != "" {
			texts, places = append(texts, s), append(places, at)
		}
	})
	return texts, places
}

func (d *decoder) date(name string) edtf.Date {
	d.peek()
	at := d.at
	if !d.expect('"', name, "a string") {
		return edtf.Date{}
	}
	text := d.string()
	if d.fault != nil {
		return edtf.Date{}
	}
	date, err := edtf.Parse(text)
	if err != nil {
		e := err.(*edtf.Error)
		reason := e.Reason
		if better := e.Suggestion(); better != "" {
			reason += "; write " + better
		}
		d.spoil(at+1+runes(text, e.Column-1), fieldOf(name, text), reason)
	}
	return date
}

// fieldOf names a field with its value.
func fieldOf(name, value string) string {
	return fmt.Sprintf("%s %q", name, shortened(value))
}

// shortened is the beginning of a value: a problem is to be read at a glance.
func shortened(value string) string {
	const shown = 60
	if r := []rune(value); len(r) > shown {
		return string(r[:shown]) + "…"
	}
	return value
}

// runes returns how many bytes the first n runes of s take.
func runes(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// choice reads one of a few words and returns which, or -1.
func (d *decoder) choice(name string, words []string) int {
	d.peek()
	at := d.at
	s := d.textOf(name)
	i := slices.Index(words, s)
	if i >= 0 || d.fault != nil || s == "" && d.spoilt {
		return i
	}
	reason := "it is one of " + strings.Join(words, ", ")
	if near := text.Nearest(s, words); near != "" {
		reason = fmt.Sprintf("did you mean %s?", near)
	}
	d.spoil(at, fieldOf(name, s), reason)
	return -1
}

func (d *decoder) credibility(name string) int {
	d.peek()
	at := d.at
	text := d.skip()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 1 || n > 6 || n != math.Trunc(n) {
		d.spoil(at, name+" "+shortened(text), "it is a number from 1 to 6, the Admiralty code's")
	}
	return int(n)
}

func (d *decoder) address(name string) string {
	d.peek()
	at := d.at
	text := d.textOf(name)
	if fault := faultyAddress(text); text != "" && fault != "" {
		d.spoil(at, fieldOf(name, text), fault)
	}
	return text
}

// faultyAddress says what is wrong with an address, if anything is.
func faultyAddress(text string) string {
	_, rest, _ := strings.Cut(text, "://")
	switch {
	case !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://"):
		return "an address begins with http:// or https://"
	case rest == "" || strings.ContainsRune("/?#", rune(rest[0])):
		return "the address names no host"
	case hasBlank(text):
		return "an address has no blanks; write %20"
	}
	return ""
}

func (d *decoder) native(name string) []timeline.Native {
	var native []timeline.Native
	if d.expect('{', name, "an object of names by language") {
		seen := make(map[string]bool)
		d.object(func(language string, at int) {
			if seen[language] {
				d.spoil(at, name+" "+language, "this language occurs twice")
			}
			seen[language] = true
			native = append(native, timeline.Native{Language: language, Name: d.textOf(name)})
		})
	}
	return native
}

// spoil reports an error that leaves out the record at hand.
func (d *decoder) spoil(at int, field, text string) {
	d.spoilt = true
	d.say(at, Problem{Field: field, Text: text})
}

// warn reports what does not leave out the record at hand.
func (d *decoder) warn(at int, field, text string) {
	d.say(at, Problem{Field: field, Text: text, Warning: true})
}

// say reports a problem, unless the text itself is broken: what is said after
// that follows from it.
func (d *decoder) say(at int, p Problem) {
	if d.fault == nil {
		d.out.say(d.file, at, p)
	}
}
