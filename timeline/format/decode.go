package format

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A decoder reads dateline's own JSON strictly, and says what is wrong with it.
// What it makes of an event is the truth; the fast scanner agrees with it.
type decoder struct {
	scanner
	events   []decodedEvent // those without an error
	actors   []decodedActor
	further  []member  // of the file itself, that the format does not know
	problems []Problem // at offsets of the text
	count    int       // events, with errors or without
	leftOut  []string  // the ids of events with errors

	hasEvents bool // the file is an object that has events
	malformed bool // the text is not JSON
	refused   bool // the last problem is that the file is no timeline at all

	near nearby // if not nil, what earlier decoders have found

	// Of the record at hand.
	id       string
	rejected bool // it has an error
	offsets  offsets
}

// A decodedEvent knows where in the text it was read.
type decodedEvent struct {
	timeline.Event
	offsets offsets
}

// A decodedActor knows where in the text it was read.
type decodedActor struct {
	timeline.Actor
	at, end int
}

// offsets say where the parts of an event are, for problems that show only when
// more of it is known.
type offsets struct {
	event, end                       int
	actors, answers, denies, sources []int
}

// newDecoder returns a decoder of a text, at its beginning.
func newDecoder(text string) *decoder {
	d := &decoder{}
	d.scanner = scanner{text: text, badString: d.rejectString}
	if strings.HasPrefix(text, "\ufeff") {
		d.at = len("\ufeff")
	}
	return d
}

// reportFault reports a mistake in the JSON itself, if there is one, and lets the
// scanner move again.
func (d *decoder) reportFault() {
	f := d.fault
	if f == nil {
		return
	}
	d.fault, d.malformed = nil, true
	d.report(f.at, Problem{Event: d.id, Text: f.reason})
}

// rejectString reports a mistake within a string, which leaves out the record at
// hand.
func (d *decoder) rejectString(at int, reason string) { d.reject(at, "", reason) }

// members reads an object into a record by a table of fields.
// It reports which of the fields the object has. A field that is null is absent.
func members[T any](d *decoder, fields []field[T], record *T) (has fieldSet) {
	d.object(memberReader(d, fields, record, &has))
	return has
}

// memberReader returns a function that reads a member of an object into a record,
// and notes in has which it was.
func memberReader[T any](d *decoder, fields []field[T], record *T, has *fieldSet) func(name string, at int) {
	next := 0
	return func(name string, at int) {
		for k := range fields {
			f := (next + k) % len(fields)
			if fields[f].name != name {
				continue
			}
			if d.null() {
				return
			}
			if *has&(1<<f) != 0 {
				d.reject(at, name, "this field occurs twice")
			}
			*has |= 1 << f
			fields[f].read(d, name, record)
			next = f + 1
			return
		}
		value := d.skip()
		d.unknown(at, name, fieldNames(fields))
		if _, ofFile := any(record).(*about); ofFile && d.fault == nil {
			d.keep(name, value)
		}
	}
}

// keep keeps a field of a file that the format does not know, unless a mistake
// within its strings makes it no JSON.
func (d *decoder) keep(name, value string) {
	if utf8.ValidString(value) && json.Valid([]byte(value)) {
		d.further = append(d.further, member{name, value})
	}
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
	d.report(at, unknownField(name, d.nearest(name, known)))
}

// unknownField is the problem of a field that the format does not have; near is
// the field that it may be meant for.
func unknownField(name, near string) Problem {
	reason := "there is no such field; private fields begin with _"
	if near != "" {
		reason = fmt.Sprintf("there is no such field; did you mean %s?", near)
	}
	if text.Clean(name) != name {
		name = strconv.QuoteToASCII(name)
	}
	return Problem{Field: name, Text: reason, Warning: true}
}

func (d *decoder) readEvent() {
	d.count++
	d.peek()
	before := len(d.problems)
	d.id, d.rejected, d.offsets = "", false, offsets{event: d.at}
	var e timeline.Event
	if d.expect('{', "an event", "an object") {
		has := members(d, eventFields, &e)
		d.checkEvent(&e, has, before)
	}
	for i := before; i < len(d.problems); i++ {
		d.problems[i].Event = e.ID
	}
	d.id = e.ID
	if d.rejected || d.fault != nil {
		d.leftOut = append(d.leftOut, e.ID)
		return
	}
	d.offsets.end = d.at
	d.events = append(d.events, decodedEvent{e, d.offsets})
}

// sources reads a list of sources, and where each begins.
func (d *decoder) sources(name string) (sources []timeline.Source, offsets []int) {
	d.list(name, func() {
		d.peek()
		at := d.at
		if !d.expect('{', name, "an object for each source") {
			return
		}
		var s timeline.Source
		has := members(d, sourceFields, &s)
		if s.URL == "" && !has.names("url", sourceFieldNames) && (s.Publisher == "" || s.Title == "") {
			if d.fault == nil {
				if _, is, _ := lineOf(d.text[at:d.at]); is {
					d.fail(at, "this is no source but looks like an event: is a ']' or '}' missing before it?")
				}
			}
			d.reject(at, name, "a source needs a url, or a publisher and a title")
		}
		if n := len(strings.Fields(s.Quote)); n > longestQuote {
			d.warnOf(longQuotation, at, "quote", fmt.Sprintf("it has %d words; quote at most %d", n, longestQuote))
		}
		sources, offsets = append(sources, s), append(offsets, at)
	})
	return sources, offsets
}

func (d *decoder) readActor() {
	if d.null() {
		return
	}
	d.peek()
	at := d.at
	d.rejected = false
	var a timeline.Actor
	if d.expect('{', "actors", "an object for each actor") {
		members(d, actorFields, &a)
		switch {
		case d.rejected:
		case a.Name == "":
			d.reject(at, "name", "an actor needs one")
		case text.Fold(text.Clean(a.Name)) == "":
			d.reject(at, fieldOf("name", a.Name), "this name has no letter or digit to search for")
		}
	}
	if !d.rejected && d.fault == nil {
		d.actors = append(d.actors, decodedActor{a, at, d.at})
	}
}

// expect reports whether the value at hand begins with c; if not, it is skipped
// and the record spoilt.
func (d *decoder) expect(c byte, name, what string) bool {
	if d.peek() == c {
		return true
	}
	at, found := d.at, d.found()
	d.skip()
	d.reject(at, name, fmt.Sprintf("needs %s, not %s", what, found))
	return false
}

func (d *decoder) list(name string, element func()) {
	if d.expect('[', name, "a list, [ … ]") {
		d.array(func() {
			if !d.null() {
				element()
			}
		})
	}
}

// null reports whether the value at hand is null, and skips it.
func (d *decoder) null() bool {
	return d.peek() == 'n' && d.skip() != ""
}

func (d *decoder) textOf(name string) string {
	if !d.expect('"', name, "a string") {
		return ""
	}
	return d.string()
}

// texts reads a list of strings, and where each begins. Empty ones are dropped.
func (d *decoder) texts(name string) (texts []string, offsets []int) {
	d.list(name, func() {
		d.peek()
		at := d.at
		if s := d.textOf(name); s != "" {
			texts, offsets = append(texts, s), append(offsets, at)
		}
	})
	return texts, offsets
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
		d.reject(at+1+runes(text, e.Column-1), fieldOf(name, text), reasonOf(e))
	}
	return date
}

// fieldOf names a field with its value.
func fieldOf(name, value string) string {
	return fmt.Sprintf("%s %q", name, shortened(value))
}

// shortened is the beginning of a value: a problem should fit on a line.
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
	if i >= 0 || d.fault != nil || s == "" && d.rejected {
		return i
	}
	reason := "use one of " + strings.Join(words, ", ")
	if near := d.nearest(s, words); near != "" {
		reason = fmt.Sprintf("did you mean %s?", near)
	}
	d.reject(at, fieldOf(name, s), reason)
	return -1
}

func (d *decoder) credibility(name string) int {
	return d.number(name, 1, 6, "use a number from 1 to 6, as in the Admiralty code")
}

func (d *decoder) weight(name string) int {
	return d.number(name, 0, math.MaxUint32, "use a whole number, 0 or more")
}

// number reads a whole number between two others, both included.
func (d *decoder) number(name string, least, most float64, right string) int {
	d.peek()
	at := d.at
	text := d.skip()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < least || n > most || n != math.Trunc(n) {
		d.reject(at, name+" "+shortened(text), right)
		return 0
	}
	return int(n)
}

func (d *decoder) address(name string) string {
	d.peek()
	at := d.at
	text := d.textOf(name)
	if fault := faultyAddress(text); text != "" && fault != "" {
		d.reject(at, fieldOf(name, text), fault)
	}
	return text
}

// faultyAddress says what is wrong with an address, if anything is.
func faultyAddress(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	switch {
	case !text.IsWeb(address):
		return "an address begins with http:// or https://"
	case rest == "" || strings.ContainsRune("/?#", rune(rest[0])):
		return "the address has no host"
	case hasBlank(address):
		return "an address has no spaces; write %20"
	}
	return ""
}

func (d *decoder) native(name string) []timeline.Native {
	var native []timeline.Native
	if d.expect('{', name, "an object of names by language") {
		seen := make(map[string]bool)
		d.object(func(language string, at int) {
			if seen[language] {
				d.reject(at, name+" "+language, "this language occurs twice")
			}
			seen[language] = true
			if d.null() {
				return
			}
			native = append(native, timeline.Native{Language: language, Name: d.textOf(name)})
		})
	}
	return native
}

// reject reports an error, which leaves out the record at hand.
func (d *decoder) reject(at int, field, text string) {
	d.rejected = true
	d.report(at, Problem{Field: field, Text: text})
}

// warn reports a problem with which the record at hand is kept.
func (d *decoder) warn(at int, field, text string) {
	d.report(at, Problem{Field: field, Text: text, Warning: true})
}

// warnOf is warn for one of fixedWarnings.
func (d *decoder) warnOf(kind, at int, field, text string) {
	p := fixedWarnings[kind]
	p.Field, p.Text = field, text
	d.report(at, p)
}

// nearest is text.Nearest, which takes long.
func (d *decoder) nearest(word string, names []string) string {
	if d.near == nil {
		return text.Nearest(word, names)
	}
	return d.near.nearest(word, names)
}

// A nearby remembers the names that are nearest to words, by the word and the first
// of the names.
type nearby map[[2]string]string

func (n nearby) nearest(word string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	key := [2]string{word, names[0]}
	near, known := n[key]
	if !known {
		const most = 10_000
		if len(n) >= most {
			clear(n)
		}
		near = text.Nearest(word, names)
		n[key] = near
	}
	return near
}

// report adds a problem, unless the text is malformed: later problems only follow
// from that.
func (d *decoder) report(at int, p Problem) {
	if d.fault == nil {
		p.where.at = int64(at)
		d.problems = append(d.problems, p)
	}
}
