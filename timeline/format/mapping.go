package format

import (
	"iter"
	"slices"

	"dateline/timeline"
)

// A mapping says how the records of a format become events: by what a file in the
// format is known, and which of its columns sets what. To add a format is to add
// a table to mappings; docs/formats.md shows a small one.
//
// What a format does not state a table leaves unstated. Least of all does it
// confirm: what machines have coded is unverified, what people have coded is
// reported, and anything else has no status.
type mapping struct {
	name    string             // as people call the format
	known   func(h *head) bool // whether a file is in it
	syntax  syntax             // how records are written, if the head does not show it
	columns []column           // those that are read, best in the format's order
	status  timeline.Status    // of every event
	finish  func(*rowDecoder)  // sets what takes more than one column, or is nil
	about   func(string) about // reads what a file says of itself, or is nil
	instead string             // of a format that is not read: what it is, and what is
}

// A column of a format, by its name there, and what its value sets. One that
// sets nothing by itself is read for what finish makes of it.
type column struct {
	name string
	sets func(*rowDecoder, cell)
}

// mappings are the formats besides dateline's own JSON, in the order in which they
// are tried.
var mappings = slices.Concat([]*mapping{
	&ownCSV, &acled, &ucdp, &gdelt, &plasoDynamic, &plasoL2T, &plasoLines, &timesketch,
	&timelineJS, &timelineJSSheet, &iCalendar,
}, unread, []*mapping{&markwhen})

// A syntax is a way in which records are written one after the other. It knows
// where they lie and what values they have, and nothing of what these mean.
type syntax interface {
	// records finds where the records of a text lie, from an offset on. After a
	// fault there are no more.
	records(text string, from int) iter.Seq2[span, *fault]
	// values takes the row's record apart, and calls its take with each value.
	values(*rowDecoder)
}

// A lineSyntax syntax has records that follow each other on lines of their own, so that
// those of a stretch of a file can be read without the rest.
type lineSyntax interface {
	syntax
	// next finds the record that begins at an offset of a text, empty if there is
	// none on its line, and where the next begins: -1 if the text is not the whole
	// and the record may go on behind it.
	next(text string, at int, whole bool) (record span, next int)
}

// inOrder finds the records of a lineSyntax syntax.
func inOrder(f lineSyntax, text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		for at := from; at < len(text); {
			var record span
			record, at = f.next(text, at, true)
			if record.start < record.end && !yield(record, nil) {
				return
			}
		}
	}
}

// A span is where a record lies: the offsets of its first byte and of the one
// after its last.
type span struct{ start, end int }

// readMapped reads the records of a file, from an offset on, by a table.
func (d *decoder) readMapped(t *mapping, f syntax, from int, about *timeline.About) error {
	if t.about != nil {
		*about = t.about(d.text)
	}
	r, ids := newRowDecoder(t, f), newIDCounter()
	for s, fault := range f.records(d.text, from) {
		if fault != nil {
			d.broken = true
			d.say(fault.at, Problem{Text: fault.reason})
			break
		}
		if !r.decode(d.text[s.start:s.end]) {
			continue
		}
		e := &r.event
		if r.derived {
			e.ID = repeatedID(e.ID, ids.count(e.ID))
		}
		for _, p := range r.problems {
			d.say(s.start+p.at, r.problem(p))
		}
		d.out.report.Found++
		if r.spoilt {
			d.out.report.LeftOut++
			d.out.leftOut[e.ID] = true
			continue
		}
		d.sound++
		d.out.event(*e, d.file, places{event: s.start})
	}
	if d.broken && d.sound == 0 {
		return d.firstError()
	}
	return nil
}
