package format

import (
	"iter"

	"dateline/timeline"
)

// A mapping says how the records of a format become events: which of its columns
// sets which field.
//
// What a format does not state stays unstated. No mapping confirms an event:
// those coded by machines are unverified, those coded by people are reported, and
// all others have no status.
type mapping struct {
	syntax  syntax             // how records are written, if the head of a file does not show it
	columns []column           // the columns that are read, best in the format's order
	status  timeline.Status    // of every event
	finish  func(*rowDecoder)  // sets fields made of several columns, or is nil
	about   func(string) about // reads what a file says of itself, or is nil
}

// A column is a column of a format, by its name there. A nil sets leaves its
// value to finish.
type column struct {
	name string
	sets func(*rowDecoder, cell)
}

// A syntax is how records are written one after the other. It finds records and
// their values, and knows nothing of their meaning.
type syntax interface {
	// records finds the records of a text, from an offset on. A fault ends them.
	records(text string, from int) iter.Seq2[span, *fault]
	// values splits the decoder's record, and passes each value to its take.
	values(*rowDecoder)
}

// A lineSyntax has records on lines of their own, so that part of a file can be
// read without the rest.
type lineSyntax interface {
	syntax
	// next finds the record that begins at an offset of a text, empty if its line
	// has none, and where the next begins. That is -1 if the text is not the whole
	// and may cut the record short.
	next(text string, at int, whole bool) (record span, next int)
}

// inOrder finds the records of a line syntax.
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

// A span is a part of a text, from the byte at start to the one before end.
type span struct{ start, end int }
