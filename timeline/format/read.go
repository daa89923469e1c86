// Package format brings timelines in from files and takes them out again. It
// knows how events are written down; what they are is package timeline's.
//
// A file is a JSON object with "events", a bare JSON array of events, or JSON
// Lines, one event a line:
//
//	{"id": "kitty-hawk", "date": "1903-12-17", "title": "First flight", "sources": [
//	  {"publisher": "Smithsonian", "title": "The Wright Brothers"}]}
//
// Files of other formats, from CSV to GDELT, are known by what they hold and read
// by mappings, which say what a format's columns become.
//
// Reading is strict and never silent: whatever is not as the format has it is a
// Problem with file, line and column, and the rest is read.
package format

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A File is a text to read, with the name that problems call it by. One that is
// too large to be held is read through Data.
type File struct {
	Name string
	Text string

	// Columns says which column of a CSV or TSV file sets which field, for those
	// whose names do not say it: see ParseColumns. Other files have no use for it.
	Columns map[string]string

	Data io.ReaderAt // if not nil, instead of Text
	Size int64       // of Data, in bytes

	counted, lines int // how far lines were counted, and how many there were
}

// Contents reads the file from its beginning.
func (f *File) Contents() io.Reader {
	r, size := f.reader()
	return io.NewSectionReader(r, 0, size)
}

// reader returns what the file is read through, and its size.
func (f *File) reader() (io.ReaderAt, int64) {
	if f.Data != nil {
		return f.Data, f.Size
	}
	return strings.NewReader(f.Text), int64(len(f.Text))
}

// Read makes one timeline of the files given. Events that occur in several
// files with the same content are one. What is not sound is left out and
// reported; the error is not nil only if a file is no timeline at all, and then
// the report is of all files still.
func Read(files ...File) (*timeline.Timeline, Report, error) {
	m := newMerger()
	files = slices.Clone(files)
	var refused error
	for i := range files {
		if err := m.add(&files[i]); refused == nil {
			refused = err
		}
	}
	if !m.plain {
		refused = cmp.Or(refused, m.refuseColumns(files))
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
	plain    bool // there was a CSV or TSV file whose columns may be named
}

func newMerger() *merger {
	return &merger{first: make(map[string]int), leftOut: make(map[string]bool), order: make(map[*File]int), kept: make(map[string]bool)}
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

// refuseColumns reports that columns were named and no file has any.
func (m *merger) refuseColumns(files []File) error {
	for i := range files {
		if files[i].Columns != nil {
			d := &decoder{file: &files[i], out: m}
			return d.refuse("there is nothing to map: this is not CSV or TSV with columns of its own")
		}
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
		known[text.Fold(name)] = true
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
			if _, ok := m.first[text.Clean(id)]; !ok {
				reason := "there is no event with this id"
				if m.leftOut[id] {
					reason = "the event with this id is left out"
				}
				m.say(e.file, e.places.answers[k], Problem{Event: e.ID, Field: fieldOf("answers", id), Text: reason, Warning: true})
			}
		}
		if len(m.actors) == 0 || e.places.end == 0 {
			continue // what is not dateline's own knows no register
		}
		for k, name := range e.Actors {
			if known[name] {
				continue
			}
			if !folded {
				fold(known, names)
				folded = true
			}
			if !known[text.Fold(name)] {
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
	if near := text.Nearest(name, names); near != "" {
		return fmt.Sprintf("the register has no such actor; did you mean %s?", near)
	}
	return "the register has no such actor"
}

// read reads the file, in whatever format it is.
func (d *decoder) read(about *timeline.About) error {
	d.scanner = scanner{text: d.file.Text, blemish: d.mar}
	if strings.HasPrefix(d.text, "\ufeff") {
		d.at = len("\ufeff")
	}
	switch d.peek(); {
	case strings.HasPrefix(d.text, "\xff\xfe"), strings.HasPrefix(d.text, "\xfe\xff"):
		return d.refuse("this is UTF-16; save it as UTF-8")
	case d.at >= len(d.text):
		return d.refuse("the file is empty; a timeline is a JSON object with \"events\"")
	}
	return d.readAs(look(d.text, beginning(d.text)), about)
}

// readAs reads the file in the format that its head shows.
func (d *decoder) readAs(h *head, about *timeline.About) error {
	t, f, err := h.mappingFor(d.file.Columns)
	d.out.plain = d.out.plain || h.plain
	switch {
	case err != nil:
		d.at = h.from
		return d.refuse(err.Error())
	case t == nil:
		return d.readOwn(about)
	}
	if unread := h.unread(t); unread != "" {
		d.warn(h.from, "", unread)
	}
	return d.readMapped(t, f, h.body, about)
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
