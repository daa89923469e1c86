// Package format brings timelines in from files and takes them out again. It
// knows how events are written down; what they are is package timeline's.
//
// A file is a JSON object with "events", a bare JSON array of events, or JSON
// Lines, one event a line:
//
//	{"id": "kitty-hawk", "date": "1903-12-17", "title": "First flight", "sources": [
//	  {"publisher": "Smithsonian", "title": "The Wright Brothers"}]}
//
// Reading is strict and never silent: whatever is not as the format has it is a
// Problem with file, line and column, and the rest is read.
package format

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"dateline/timeline"
)

// A File is a text to read, with the name that problems call it by.
type File struct {
	Name string
	Text string

	counted, lines int // how far lines were counted, and how many there were
}

// Read makes one timeline of the files given. Events that occur in several
// files with the same content are one. What is not sound is left out and
// reported; the error is not nil only if a file is no timeline at all, and then
// the report is of all files still.
func Read(files ...File) (*timeline.Timeline, Report, error) {
	m := merger{first: make(map[string]int), leftOut: make(map[string]bool), order: make(map[*File]int), kept: make(map[string]bool)}
	files = slices.Clone(files)
	var refused error
	for i := range files {
		if err := m.add(&files[i]); refused == nil {
			refused = err
		}
	}
	m.resolve()
	if refused != nil {
		return nil, m.done(), refused
	}
	events := make([]timeline.Event, len(m.events))
	for i := range m.events {
		events[i] = m.events[i].Event
	}
	actors := make([]timeline.Actor, len(m.actors))
	for i := range m.actors {
		actors[i] = m.actors[i].Actor
	}
	return timeline.New(m.about, actors, events), m.done(), nil
}

// A merger gathers what the files hold.
type merger struct {
	about    timeline.About
	actors   []registered
	events   []located
	first    map[string]int // by id, the event that has it
	leftOut  map[string]bool
	order    map[*File]int
	kept     map[string]bool // by name, the fields in report.original.further
	problems []pending
	report   Report
}

// A registered actor knows where it was read.
type registered struct {
	timeline.Actor
	file *File
	at   int
	end  int
}

// A located event knows where it was read.
type located struct {
	timeline.Event
	file   *File
	places places
}

func (m *merger) add(file *File) error {
	m.order[file] = len(m.order)
	d := &decoder{file: file, out: m}
	about := m.about
	if err := d.read(&about); err != nil {
		return err
	}
	if m.about.Title == "" {
		m.about = about
	}
	return nil
}

// event takes an event that is sound in itself.
func (m *merger) event(e timeline.Event, file *File, at places) {
	i, taken := m.first[e.ID]
	if !taken {
		m.first[e.ID] = len(m.events)
		m.events = append(m.events, located{e, file, at})
		return
	}
	first := &m.events[i]
	if first.file != file && reflect.DeepEqual(first.Event, e) {
		m.report.Found-- // it has been found already
		return
	}
	m.report.LeftOut++
	reason := "this id is taken; ids must be unique"
	if first.file != file {
		reason = "another file has this id with other content"
	}
	m.problems = append(m.problems, pending{Problem{Event: e.ID, Text: reason}, file, at.event, first})
}

// register gathers the names of the register's actors, as they are spelt, and
// warns of one that two of them have.
func (m *merger) register() (known map[string]bool, names []string) {
	known = make(map[string]bool)
	owner := make(map[string]string)
	for _, a := range m.actors {
		for _, name := range a.Names() {
			if of, taken := owner[name]; taken && of != a.Name {
				m.say(a.file, a.at, Problem{Field: fieldOf("name", name), Text: fmt.Sprintf("%s and %s both have this name", of, a.Name), Warning: true})
			}
			owner[name] = a.Name
			known[name] = true
			names = append(names, name)
		}
	}
	return known, names
}

// fold notes names as they fold; most files never need it.
func fold(known map[string]bool, names []string) {
	for _, name := range names {
		known[timeline.Fold(name)] = true
	}
}

// mostSuggested is for how many unknown actors the nearest known one is looked
// for, which takes time.
const mostSuggested = 100

// resolve checks what shows only once all files are read.
func (m *merger) resolve() {
	known, names := m.register()
	unknown, folded := 0, false
	for i := range m.events {
		e := &m.events[i]
		for k, id := range e.Answers {
			if id == e.ID {
				m.say(e.file, e.places.answers[k], Problem{Event: e.ID, Field: fieldOf("answers", id), Text: "an event does not answer itself"})
			}
			if _, ok := m.first[timeline.Clean(id)]; !ok {
				reason := "there is no event with this id"
				if m.leftOut[id] {
					reason = "the event with this id is left out"
				}
				m.say(e.file, e.places.answers[k], Problem{Event: e.ID, Field: fieldOf("answers", id), Text: reason, Warning: true})
			}
		}
		if len(m.actors) == 0 {
			continue
		}
		for k, name := range e.Actors {
			if known[name] {
				continue
			}
			if !folded {
				fold(known, names)
				folded = true
			}
			if !known[timeline.Fold(name)] {
				text := "the register has no such actor"
				if unknown++; unknown <= mostSuggested {
					text = unregistered(name, names)
				}
				m.say(e.file, e.places.actors[k], Problem{Event: e.ID, Field: fieldOf("actors", name), Text: text, Warning: true})
			}
			known[name] = true // said once
		}
	}
}

func unregistered(name string, names []string) string {
	if near := timeline.Nearest(name, names); near != "" {
		return fmt.Sprintf("the register has no such actor; did you mean %s?", near)
	}
	return "the register has no such actor"
}

// read reads the file in whichever of the three forms it has.
func (d *decoder) read(about *timeline.About) error {
	d.scanner = scanner{text: d.file.Text, blemish: d.mar}
	if strings.HasPrefix(d.text, "\ufeff") {
		d.at = len("\ufeff")
	}
	switch c := d.peek(); {
	case strings.HasPrefix(d.text, "\xff\xfe"), strings.HasPrefix(d.text, "\xfe\xff"):
		return d.refuse("this is UTF-16; save it as UTF-8")
	case d.at >= len(d.text):
		return d.refuse("the file is empty; a timeline is a JSON object with \"events\"")
	case c == '[':
		d.readEvents()
		d.finish("the timeline")
	case c == '{' && d.isLines():
		d.readLines()
	case c == '{':
		members(d, fileFields, about)
		if !d.whole && d.fault == nil {
			return d.refuse("this is not a timeline: the object has no \"events\"")
		}
		d.finish("the timeline")
	default:
		d.fail(d.at, "this is not a timeline: there is %s where an object or an array of events belongs", d.found())
		d.finish("the timeline")
	}
	if d.broken && d.sound == 0 {
		return d.firstError()
	}
	return nil
}

// firstError is the first error told of the file: what follows often follows
// from it.
func (d *decoder) firstError() error {
	i := slices.IndexFunc(d.out.problems, func(p pending) bool { return p.file == d.file && !p.Warning })
	return errors.New(d.out.problems[i].found().String())
}

// refuse reports that the file is no timeline at all.
func (d *decoder) refuse(reason string) error {
	d.out.say(d.file, d.at, Problem{Text: reason})
	return errors.New(d.out.problems[len(d.out.problems)-1].found().String())
}

// finish reports a mistake in the JSON itself, or what follows the end.
func (d *decoder) finish(of string) {
	if d.peek(); d.fault == nil && d.at < len(d.text) {
		d.fail(d.at, "there is %s after the end of %s", d.found(), of)
	}
	d.tellFault()
}

// tellFault reports a mistake in the JSON itself, if there is one, and lets the
// scanner move again.
func (d *decoder) tellFault() {
	f := d.fault
	if f == nil {
		return
	}
	d.fault, d.broken = nil, true
	d.say(f.at, Problem{Event: d.id, Text: f.reason})
}

// mar reports a mistake within a string, which spoils the record at hand.
func (d *decoder) mar(at int, reason string) { d.spoil(at, "", reason) }

// readEvents reads an array of events. After an event that is not JSON it goes
// on with the next line that begins as that event's line did.
func (d *decoder) readEvents() {
	if !d.expect('[', "events", "a list, [ … ]") {
		return
	}
	open := d.at
	d.at++
	depth := d.depth
	if d.peek() == ']' {
		d.at++
		return
	}
	for {
		d.peek()
		start := d.at
		if start >= len(d.text) {
			d.id = ""
			d.fail(open, "the array that begins here is not closed")
			return
		}
		d.readEvent()
		if d.fault == nil {
			d.id = ""
			switch c := d.peek(); {
			case c == ',':
				d.at++
				if d.peek() != ']' {
					continue
				}
				d.fail(d.at, "there is nothing between the comma and this ']'")
			case c == ']':
				d.at++
				return
			case d.at >= len(d.text):
				d.fail(open, "the array that begins here is not closed")
			default:
				d.fail(d.at, "there is %s where a comma or ']' belongs", d.found())
			}
		}
		next, ok := d.resume(start)
		if !ok {
			if strings.Contains(d.text[min(d.fault.at+1, len(d.text)):], "{") {
				d.fault.reason += "; what follows in this file was not read"
			}
			return
		}
		d.tellFault()
		d.at, d.depth = next, depth
	}
}

// resume finds where to go on after a fault in or behind the event that begins
// at start: at the next line that is indented as the event's line and begins an
// object too.
func (d *decoder) resume(start int) (next int, ok bool) {
	line := strings.LastIndexByte(d.text[:start], '\n') + 1
	lead := d.text[line:start]
	indent := lead[:len(lead)-len(strings.TrimLeft(lead, " \t"))]
	if line == 0 || strings.Trim(lead, " \t},") != "" {
		return 0, false
	}
	from := max(start, strings.LastIndexByte(d.text[:min(d.fault.at, len(d.text))], '\n'))
	for {
		i := strings.Index(d.text[from:], "\n"+indent)
		if i < 0 {
			return 0, false
		}
		from += i + 1 + len(indent)
		// The line may close the event before: "}, {".
		rest := strings.TrimLeft(strings.TrimPrefix(d.text[from:], "}"), ", \t")
		if strings.HasPrefix(rest, "{") {
			return len(d.text) - len(rest), true
		}
	}
}

// isLines reports whether the text is JSON Lines: its first line is a whole
// object with the makings of an event or, if that line is broken, its second.
func (d *decoder) isLines() bool {
	first, rest, _ := strings.Cut(d.text[d.at:], "\n")
	if whole, isEvent := isObject(first); whole {
		return isEvent
	}
	second, _, _ := strings.Cut(rest, "\n")
	whole, isEvent := isObject(second)
	return strings.HasPrefix(second, "{") && whole && isEvent
}

// isObject reports whether a line is a whole object, and one that has a field
// which events need and no events of its own.
func isObject(line string) (whole, isEvent bool) {
	s := scanner{text: line}
	isTimeline := false
	s.object(func(name string, _ int) {
		isTimeline = isTimeline || name == "events"
		isEvent = isEvent || name == "id" || name == "date"
		s.skip()
	})
	s.peek()
	return s.fault == nil && s.at == len(line), isEvent && !isTimeline
}

func (d *decoder) readLines() {
	text := d.text
	for start := d.at; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		d.scanner = scanner{text: text[:end], at: start, blemish: d.mar, isLine: true}
		if d.peek() != 0 || d.at < end {
			d.readEvent()
			d.finish("the event")
		}
		start = end + 1
	}
}
