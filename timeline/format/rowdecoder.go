package format

import (
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A row decodes one record at a time by a table. What it makes of a record
// depends on the record's text alone, so that any can be decoded again.
type rowDecoder struct {
	*mapping
	syntax syntax

	index  map[string]int // of each column, by its name
	header []int          // which column each of a csvSyntax syntax is, or -1
	next   int            // the column after the one that was taken last
	last   int            // the column that was asked for last
	dates  recentDates
	reuses bool   // the memory of an event for the next, which nobody may keep
	cells  []cell // of a syntax that must see all of them before it takes any
	values []cell // of each column, the first; empty if there is none

	record string
	decoded
	filled  bool // it has any value
	broken  bool // it is not written as its syntax has it
	dated   bool // it has a date, sound or not
	passed  bool // it is no event, and nothing is wrong with that
	pointed bool // what looks like a pointer in its summary is one
}

// A decoded is what a row makes of a record.
type decoded struct {
	event    timeline.Event
	problems []pending // at offsets in the record
	spoilt   bool      // it has a problem that leaves it out
	derived  bool      // its id is made of its text
}

// cleared is a decoded of nothing, in the memory of r. It holds on to no text.
func (r *decoded) cleared(reuses bool) decoded {
	c := decoded{problems: r.problems[:0]}
	if e := &r.event; reuses {
		clear(e.Actors)
		clear(e.Places)
		clear(e.Topics)
		clear(e.Sources)
		c.event = timeline.Event{Actors: e.Actors[:0], Places: e.Places[:0], Topics: e.Topics[:0], Sources: e.Sources[:0]}
	}
	return c
}

// problem is one of the record's, with the event's id. One that nobody has seen
// names nothing.
func (r *decoded) problem(p pending) Problem {
	if !r.derived || !r.spoilt {
		p.Event = r.event.ID
	}
	return p.Problem
}

// A cell is a value of a record, clean and without blanks around it.
type cell struct {
	column string
	text   string
	at     int // in the record
}

func newRowDecoder(t *mapping, f syntax) *rowDecoder {
	r := &rowDecoder{mapping: t, syntax: f, index: make(map[string]int, len(t.columns)), values: make([]cell, len(t.columns))}
	for i, c := range t.columns {
		r.index[c.name] = i
	}
	if s, ok := f.(*csvSyntax); ok {
		for _, name := range s.header {
			i, ok := r.index[name]
			if !ok {
				i = -1
			}
			r.header = append(r.header, i)
		}
	}
	return r
}

// another is a row for another goroutine.
func (r *rowDecoder) another() *rowDecoder {
	return &rowDecoder{mapping: r.mapping, syntax: r.syntax, index: r.index, header: r.header, values: make([]cell, len(r.values))}
}

// decode makes an event of a record, with its problems. It is false if the
// record is none: if it is empty, or of another kind.
func (r *rowDecoder) decode(record string) bool {
	clear(r.values)
	r.cells, r.next = r.cells[:0], 0
	r.record, r.decoded = record, r.decoded.cleared(r.reuses)
	r.filled, r.broken, r.dated, r.passed, r.pointed = false, false, false, false, false
	r.event.Status = r.status
	if utf8.ValidString(record) {
		r.syntax.values(r)
	} else {
		r.filled = true
		r.fault(invalidAt(record), "these bytes are not UTF-8; save the file as UTF-8")
	}
	if !r.filled {
		return false
	}
	if r.finish != nil && !r.broken {
		r.finish(r)
	}
	if r.passed {
		return false
	}
	r.check()
	return true
}

// take gives a column its value. A syntax calls it for every value of the record,
// also for those that the table does not read.
func (r *rowDecoder) take(name, text string, at int) {
	i := r.next
	if i >= len(r.columns) || r.columns[i].name != name {
		known := false
		if i, known = r.index[name]; !known {
			i = -1
		}
	}
	r.set(i, text, at)
}

// set gives column i its value; -1 is one that the table does not read.
func (r *rowDecoder) set(i int, s string, at int) {
	end := len(s)
	for end > 0 && isBlank(s[end-1]) {
		end--
	}
	if end == 0 {
		return
	}
	r.filled = true
	if i < 0 {
		return
	}
	r.next = i + 1
	start := 0
	for isBlank(s[start]) {
		start++
	}
	c := cell{r.columns[i].name, strings.Trim(text.Clean(s[start:end]), " "), at + start}
	if c.text == "" {
		return
	}
	if r.values[i].text == "" {
		r.values[i] = c
	}
	if sets := r.columns[i].sets; sets != nil {
		sets(r, c)
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func hasBlank(text string) bool {
	for i := range len(text) {
		if isBlank(text[i]) {
			return true
		}
	}
	return false
}

// cell is the value of a column, empty if the record has none.
func (r *rowDecoder) cell(name string) cell {
	for range r.columns {
		if r.last++; r.last >= len(r.columns) {
			r.last = 0
		}
		if r.columns[r.last].name == name {
			return r.values[r.last]
		}
	}
	panic("format: " + r.name + " reads no column " + name)
}

// value is the text of a column's cell.
func (r *rowDecoder) value(name string) string { return r.cell(name).text }

// fault reports that the record is not written as its syntax has it.
func (r *rowDecoder) fault(at int, reason string) {
	r.spoilt, r.broken = true, true
	r.problems = append(r.problems, pending{Problem: Problem{Text: reason}, at: at})
}

// spoil reports an error that leaves the event out.
func (r *rowDecoder) spoil(c cell, reason string) {
	r.spoilt = true
	r.problems = append(r.problems, pending{Problem: Problem{Field: fieldOf(c.column, c.text), Text: reason}, at: c.at})
}

// warn reports what does not leave the event out.
func (r *rowDecoder) warn(c cell, reason string) {
	r.problems = append(r.problems, pending{Problem: Problem{Field: fieldOf(c.column, c.text), Text: reason, Warning: true}, at: c.at})
}

// check sees that the event has what it needs, and gives it an id if the format
// has none.
func (r *rowDecoder) check() {
	e := &r.event
	if !r.broken && !r.dated {
		r.needs("date")
	}
	if !r.broken && strings.TrimSpace(text.Clean(e.Title)) == "" {
		r.needs("title")
	}
	if e.ID == "" {
		e.ID, r.derived = derivedID(e.Date, r.record), true
	}
	if !r.pointed {
		e.Summary = unpointed(e.Summary)
	}
	if early := reportedEarly(e); early != "" {
		r.problems = append(r.problems, pending{Problem: Problem{Field: fieldOf("reported", e.Reported.String()), Text: early, Warning: true}})
	}
}

func (r *rowDecoder) needs(field string) {
	r.spoilt = true
	r.problems = append(r.problems, pending{Problem: Problem{Field: field, Text: "an event needs one"}})
}

// unpointed is a summary in which nothing points at a source: [1] in the text of
// another format is not about the sources that dateline counts.
func unpointed(summary string) string {
	pointers := timeline.Pointers(summary)
	if pointers == nil {
		return summary
	}
	var b strings.Builder
	b.Grow(len(summary))
	at := 0
	for _, p := range pointers {
		b.WriteString(summary[at:p.Start])
		b.WriteByte('(')
		b.WriteString(summary[p.Start+1 : p.End-1])
		b.WriteByte(')')
		at = p.End
	}
	b.WriteString(summary[at:])
	return b.String()
}
