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
	"fmt"
	"reflect"
	"strings"

	"dateline/timeline"
)

// A File is a text to read, with the name that problems call it by.
type File struct {
	Name string
	Text string
}

// Read makes one timeline of the files given. Events that occur in several
// files with the same content are one. What is not sound is left out and
// reported; the error is not nil only if a file is no timeline at all.
func Read(files ...File) (*timeline.Timeline, Report, error) {
	m := merger{first: make(map[string]located)}
	for i := range files {
		if err := m.add(&files[i]); err != nil {
			return nil, m.report, err
		}
	}
	m.resolve()
	events := make([]timeline.Event, len(m.events))
	for i := range m.events {
		events[i] = m.events[i].Event
	}
	return timeline.New(m.about, m.actors, events), m.report, nil
}

// A located event knows where it was read.
type located struct {
	timeline.Event
	place place
}

type merger struct {
	about  timeline.About
	actors []timeline.Actor
	events []located
	first  map[string]located // by id
	report Report
}

// add reads a file into the merger.
func (m *merger) add(file *File) error {
	d := &decoder{file: file, report: &m.report, event: m.event, actor: m.actor}
	before := m.about
	if err := d.read(&m.about); err != nil {
		return err
	}
	if before.Title != "" {
		m.about = before
	}
	return nil
}

func (m *merger) actor(a timeline.Actor) { m.actors = append(m.actors, a) }

// event takes an event that is sound in itself.
func (m *merger) event(e timeline.Event, at place) {
	l := located{e, at}
	first, taken := m.first[e.ID]
	if !taken {
		m.first[e.ID] = l
		m.events = append(m.events, l)
		return
	}
	m.report.Found--
	if first.place.file != at.file && reflect.DeepEqual(first.Event, e) {
		return
	}
	m.report.Found++
	m.report.LeftOut++
	m.report.Problems = append(m.report.Problems, at.problem(e.ID, "", fmt.Sprintf("this id is taken by the event at %s; ids must be unique", first.place)))
}

// resolve checks what only shows once all files are read.
func (m *merger) resolve() {
	for _, e := range m.events {
		for _, id := range e.Answers {
			if _, ok := m.first[id]; !ok {
				m.report.Problems = append(m.report.Problems, e.place.problem(e.ID, fmt.Sprintf("answers %q", id), "there is no event with this id"))
			}
		}
	}
}

func (p place) problem(event, field, text string) Problem {
	line, column := p.position()
	return Problem{File: p.file.Name, Line: line, Column: column, Event: event, Field: field, Text: text}
}

// read reads the file in whichever of the three forms it has.
func (d *decoder) read(about *timeline.About) error {
	d.scanner = scanner{text: d.file.Text}
	if strings.HasPrefix(d.text, "\ufeff") {
		d.at = len("\ufeff")
	}
	switch c := d.peek(); {
	case d.at >= len(d.text):
		return fmt.Errorf("%s: the file is empty; a timeline is a JSON object with \"events\"", timeline.Clean(d.file.Name))
	case c == '[':
		d.array(d.readEvent)
		d.finish()
	case c == '{' && d.isLines():
		d.readLines()
	case c == '{':
		if !d.readObject(about) {
			return fmt.Errorf("%s: this is not a timeline: the object has no \"events\"", timeline.Clean(d.file.Name))
		}
		d.finish()
	default:
		d.fail(d.at, "this is not a timeline: there is %s where an object or an array of events belongs", d.found())
		d.finish()
	}
	if d.fault != nil && d.count == 0 {
		return fmt.Errorf("%s", d.problemAt(d.fault.at, "", d.fault.reason))
	}
	return nil
}

// finish reports a fault, or what follows the end.
func (d *decoder) finish() {
	if d.fault == nil && d.peek() != 0 {
		d.fail(d.at, "there is %s after the end of the timeline", d.found())
	}
	if d.fault != nil {
		d.say(d.problemAt(d.fault.at, "", d.fault.reason))
	}
}

// isLines reports whether the text is JSON Lines: its first line is a whole
// object that is no timeline of itself.
func (d *decoder) isLines() bool {
	end := strings.IndexByte(d.text[d.at:], '\n')
	if end < 0 {
		end = len(d.text) - d.at
	}
	line := scanner{text: d.text[:d.at+end], at: d.at}
	whole := false
	line.object(func(name string, _ int) {
		if name == "events" {
			whole = true
		}
		line.skip()
	})
	return line.fault == nil && !whole
}

func (d *decoder) readLines() {
	text := d.text
	for start := d.at; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		d.scanner = scanner{text: text[:end], at: start}
		if d.peek() != 0 {
			d.readEvent()
			if d.fault == nil && d.peek() != 0 {
				d.fail(d.at, "there is %s after the end of the event", d.found())
			}
			if d.fault != nil {
				d.say(d.problemAt(d.fault.at, "", d.fault.reason))
				d.fault = nil
			}
		}
		start = end + 1
	}
}
