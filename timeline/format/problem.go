package format

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Problem is something wrong with a file, said so that it can be mended:
// where, what, and what would be right. Its text is clean (text.Clean).
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1
	Column  int    `json:"column"` // in characters, from 1
	Event   string `json:"event,omitempty"`
	Field   string `json:"field,omitempty"` // name and value, if the problem is with one field
	Text    string `json:"text"`
	Warning bool   `json:"warning"` // what it concerns is kept
}

// String is one line, as compilers write them:
//
//	events.json:41:12: event "kitty-hawk": date "1903-13": there is no month 13
func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: ", p.File, p.Line, p.Column)
	if p.Warning {
		b.WriteString("warning: ")
	}
	if p.Event != "" {
		fmt.Fprintf(&b, "event %q: ", p.Event)
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Text)
	return text.Clean(b.String())
}

// mostProblems is how many problems a report lists.
const mostProblems = 1000

// A Report says how reading went.
type Report struct {
	Problems []Problem // in the order of the files, at most 1,000
	Found    int       // events in the files, sound or not
	LeftOut  int       // of those, how many the timeline lacks

	errors, warnings int // listed or not
	original         Original
}

// Original returns what was read, as the files have it, for export.
func (r Report) Original() *Original { return &r.original }

// An Original is what was read, as the files have it.
type Original struct {
	further []member // of the file itself, that the format does not know
	actors  []string
	events  map[string]string                    // by id
	read    func(timeline.Place) (string, error) // of events that are stored
}

// Event returns event i of the timeline that was read with it as JSON: as its file
// has it or, if that is another format, as dateline understands it.
func (o *Original) Event(t *timeline.Timeline, i int) (string, error) {
	if o.read != nil {
		return o.read(t.Place(i))
	}
	return o.event(t.Event(i)), nil
}

// Actors returns the entries of the files' registers as JSON.
func (o *Original) Actors() []string { return o.actors }

// Members returns what the files say of themselves that the format does not know,
// private fields included: names, and values as JSON.
func (o *Original) Members() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, m := range o.further {
			if !yield(m.name, m.value) {
				return
			}
		}
	}
}

// A member is one of a JSON object: its name, and its value as written.
type member struct{ name, value string }

// keep keeps a field of a file that the format does not know, unless it has been
// found before, or a mistake within its strings makes it no JSON.
func (m *merger) keep(name, value string) {
	if !m.kept[name] && utf8.ValidString(value) && json.Valid([]byte(value)) {
		m.kept[name] = true
		m.report.original.further = append(m.report.original.further, member{name, value})
	}
}

// Errors counts the problems that are errors, listed or not.
func (r Report) Errors() int { return r.errors }

// Warnings counts the problems that are warnings, listed or not.
func (r Report) Warnings() int { return r.warnings }

// Unlisted counts the problems beyond those listed.
func (r Report) Unlisted() int { return r.errors + r.warnings - len(r.Problems) }

// A pending problem knows its place, but not yet the line: counting lines is
// for those that are listed.
type pending struct {
	Problem
	file *File
	at   int
	see  *located // an event that the text points at
}

func (m *merger) say(file *File, at int, p Problem) {
	m.problems = append(m.problems, pending{p, file, at, nil})
}

// done puts the problems in order and finds the lines of those it lists.
func (m *merger) done() Report {
	r := m.report
	for _, p := range m.problems {
		if p.Warning {
			r.warnings++
		} else {
			r.errors++
		}
	}
	slices.SortStableFunc(m.problems, func(a, b pending) int {
		return cmp.Or(cmp.Compare(m.order[a.file], m.order[b.file]), cmp.Compare(a.at, b.at))
	})
	r.original.events = make(map[string]string, len(m.events))
	for _, e := range m.events {
		if e.places.end == 0 {
			continue
		}
		r.original.events[e.ID] = e.file.Text[e.places.event:e.places.end]
	}
	for _, a := range m.actors {
		r.original.actors = append(r.original.actors, a.file.Text[a.at:a.end])
	}
	for _, p := range m.problems[:min(len(m.problems), mostProblems)] {
		r.Problems = append(r.Problems, p.found())
	}
	return r
}

func (p pending) found() Problem {
	p.File = p.file.Name
	p.Line, p.Column = p.file.position(p.at)
	if p.see != nil {
		line, column := p.see.file.position(p.see.places.event)
		p.Text += fmt.Sprintf(": see %s:%d:%d", p.see.file.Name, line, column)
	}
	return p.Problem.clean()
}

// position turns an offset into a line and a column, in characters, from 1. It
// counts on from where it was last asked for, if that was before.
func (f *File) position(at int) (line, column int) {
	at = min(at, len(f.Text))
	if at < f.counted {
		f.counted, f.lines = 0, 0
	}
	f.lines += strings.Count(f.Text[f.counted:at], "\n")
	f.counted = at
	before := strings.TrimPrefix(f.Text[strings.LastIndexByte(f.Text[:at], '\n')+1:at], "\ufeff")
	return f.lines + 1, utf8.RuneCountInString(before) + 1
}
