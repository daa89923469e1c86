package timeline

import (
	"bytes"
	"strings"

	"dateline/timeline/text"
)

// A Record is what an index needs to know of one event. Its texts are as the
// file has them, but for how the file writes them down; they may be overwritten
// once the record has been added.
type Record struct {
	Place
	ID, Date, Title, Summary []byte
	Status                   Status
	Caveat                   []byte
	Actors, Places, Topics   [][]byte
	Answers                  [][]byte
	Sources                  []SourceRecord

	scratch []byte // texts that were set
}

// A SourceRecord is what an index needs to know of one source.
type SourceRecord struct {
	URL, Publisher, AttributedTo []byte
	Quote, Archived              []byte
	Kind                         Kind
}

// A Place is where an event is written down.
type Place struct {
	File int    // which of several
	At   int64  // bytes from its beginning
	Len  int    // bytes
	Sum  uint32 // of its text, to tell whether that has changed
}

// NewRecord makes a record of an event.
func NewRecord(e *Event, at Place) Record {
	var r Record
	r.Set(e, at)
	return r
}

// Set makes r the record of an event. It uses the memory of what r was before.
func (r *Record) Set(e *Event, at Place) {
	r.scratch = r.scratch[:0]
	r.Place, r.Status = at, e.Status
	r.ID, r.Date, r.Title, r.Summary, r.Caveat = r.set(e.ID), r.set(e.Date.String()), r.set(e.Title), r.set(e.Summary), r.set(e.Caveat)
	r.Actors, r.Places, r.Topics = r.setAll(r.Actors[:0], e.Actors), r.setAll(r.Places[:0], e.Places), r.setAll(r.Topics[:0], e.Topics)
	r.Answers = r.setAll(r.Answers[:0], e.Answers)
	r.Sources = r.Sources[:0]
	for i := range e.Sources {
		s := &e.Sources[i]
		r.Sources = append(r.Sources, SourceRecord{r.set(s.URL), r.set(s.Publisher), r.set(s.AttributedTo), r.set(s.Quote), r.set(s.Archived), s.Kind})
	}
}

func (r *Record) set(text string) []byte {
	from := len(r.scratch)
	r.scratch = append(r.scratch, text...)
	return r.scratch[from:]
}

func (r *Record) setAll(to [][]byte, texts []string) [][]byte {
	for _, text := range texts {
		to = append(to, r.set(text))
	}
	return to
}

func (r *Record) features() features {
	var has features
	if !empty(r.Caveat) {
		has |= 1 << hasCaveat
	}
	for i := range r.Sources {
		if !empty(r.Sources[i].Quote) {
			has |= 1 << hasQuote
		}
		if !empty(r.Sources[i].Archived) {
			has |= 1 << hasArchive
		}
	}
	return has
}

// empty reports whether nothing is left of a text once it is clean.
func empty(s []byte) bool {
	return len(s) == 0 || (s[0] < ' ' || s[0] >= 0x7f) && text.Clean(string(s)) == ""
}

// blank reports whether nothing that shows is left of a text once it is clean.
func blank(s []byte) bool {
	return len(s) == 0 || (s[0] <= ' ' || s[0] >= 0x7f) && strings.TrimSpace(text.Clean(string(s))) == ""
}

// appendText adds the record's folded text, as Event.appendText does.
func (r *Record) appendText(text []byte) []byte {
	text = append(appendFolded(text, r.Title), '\n')
	text = append(appendSummary(text, r.Summary, len(r.Sources)), '\n')
	for i := range r.Sources {
		if quote := r.Sources[i].Quote; !empty(quote) {
			text = append(appendFolded(text, quote), '\n')
		}
	}
	return text
}

// textRoom is how many bytes appendText needs for most records, or a few less.
func (r *Record) textRoom() int {
	n := len(r.Title) + len(r.Summary) + 2*text.FoldingRoom
	for i := range r.Sources {
		n += len(r.Sources[i].Quote) + text.FoldingRoom
	}
	return n
}

// appendFolded adds text cleaned and folded.
func appendFolded(to, s []byte) []byte {
	f := text.NewFolding(to, len(s))
	if f.Add(s) {
		return f.End()
	}
	return append(to, text.Fold(text.Clean(string(s)))...)
}

// appendSummary adds a summary cleaned, without its footnote marks, and folded.
func appendSummary(to, summary []byte, sources int) []byte {
	f := text.NewFolding(to, len(summary))
	rest, known := summary, true
	for known {
		i := bytes.IndexByte(rest, '[')
		if i < 0 {
			known = f.Add(rest)
			break
		}
		if n, length := markAt(rest[i:]); 1 <= n && n <= sources {
			known = f.Add(bytes.TrimRight(rest[:i], " "))
			rest = rest[i+length:]
			continue
		}
		known = f.Add(rest[:i+1])
		rest = rest[i+1:]
	}
	if known && (!f.Controlled || bytes.IndexByte(summary, '[') < 0) {
		return f.End()
	}
	return append(to, text.Fold(WithoutPointers(text.Clean(string(summary)), sources))...)
}
