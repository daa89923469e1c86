package timeline

import (
	"bytes"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Record is what an index needs to know of one event. Its texts are as the
// file has them, with escapes undone; they may be overwritten once the record
// has been added.
type Record struct {
	Extent
	ID, Date, Title, Summary []byte
	TZ                       []byte
	Status                   Status
	Importance               Tier
	Weight                   int
	Caveat                   []byte
	Actors, Places, Topics   [][]byte
	Answers, Denies          [][]byte
	Sources                  []SourceRecord

	date    edtf.Date // the date that Set was given, which may tell more than its text
	scratch []byte    // holds the texts that Set was given
}

// A SourceRecord is what an index needs to know of one source.
type SourceRecord struct {
	URL, Publisher, AttributedTo []byte
	Quote, QuoteBy, Archived     []byte
	Kind                         Kind
}

// An Extent is the bytes of a file that an event is written in.
type Extent struct {
	File int    // which of several
	At   int64  // bytes from its beginning
	Len  int    // bytes
	Sum  uint32 // a checksum of the text, and of what its meaning depends on
}

// NewRecord makes a record of an event.
func NewRecord(e *Event, at Extent) Record {
	var r Record
	r.Set(e, at)
	return r
}

// Set makes r the record of an event, in the memory that r has.
func (r *Record) Set(e *Event, at Extent) {
	r.scratch = r.scratch[:0]
	r.Extent, r.Status, r.Importance, r.Weight = at, e.Status, e.Importance, e.Weight
	r.date, r.TZ = e.Date, r.set(e.TZ)
	r.ID, r.Date, r.Title, r.Summary, r.Caveat = r.set(e.ID), r.set(e.Date.String()), r.set(e.Title), r.set(e.Summary), r.set(e.Caveat)
	r.Actors, r.Places, r.Topics = r.setAll(r.Actors[:0], e.Actors), r.setAll(r.Places[:0], e.Places), r.setAll(r.Topics[:0], e.Topics)
	r.Answers, r.Denies = r.setAll(r.Answers[:0], e.Answers), r.setAll(r.Denies[:0], e.Denies)
	r.Sources = r.Sources[:0]
	for i := range e.Sources {
		s := &e.Sources[i]
		r.Sources = append(r.Sources, SourceRecord{r.set(s.URL), r.set(s.Publisher), r.set(s.AttributedTo), r.set(s.Quote), r.set(s.QuoteBy), r.set(s.Archived), s.Kind})
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

// empty reports whether a text is empty once it is clean.
func empty(s []byte) bool {
	return len(s) == 0 || (s[0] < ' ' || s[0] >= 0x7f) && text.Clean(string(s)) == ""
}

// blank reports whether a text is empty once it is clean and trimmed.
func blank(s []byte) bool {
	return len(s) == 0 || (s[0] <= ' ' || s[0] >= 0x7f) && strings.TrimSpace(text.Clean(string(s))) == ""
}

// appendText adds the folded text of the record that only this event has.
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

// textLen is about how many bytes appendText adds.
func (r *Record) textLen() int {
	n := len(r.Title) + len(r.Summary) + 2*text.FolderRoom + 1
	for i := range r.Sources {
		n += len(r.Sources[i].Quote) + text.FolderRoom
	}
	return n
}

// appendFolded adds text cleaned and folded.
func appendFolded(to, s []byte) []byte {
	f := text.NewFolder(to, len(s))
	if f.Add(s) {
		return f.Bytes()
	}
	return append(to, text.Fold(text.Clean(string(s)))...)
}

// appendSummary adds a summary cleaned, without its footnote marks, and folded.
func appendSummary(to, summary []byte, sources int) []byte {
	f := text.NewFolder(to, len(summary))
	known := true
	for seg := range Segments(summary, sources) {
		if len(seg.Mark) > 0 {
			seg.Text = bytes.TrimRight(seg.Text, " ")
		}
		if known = f.Add(seg.Text); !known {
			break
		}
	}
	if known && (!f.Controls() || bytes.IndexByte(summary, '[') < 0) {
		return f.Bytes()
	}
	return append(to, text.Fold(WithoutMarks(text.Clean(string(summary)), sources))...)
}
