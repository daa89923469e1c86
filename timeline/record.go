package timeline

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
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
	File int   // which of several
	At   int64 // bytes from its beginning
	Len  int   // bytes
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

func (r *Record) traits() traits {
	var has traits
	if !empty(r.Caveat) {
		has |= caveat
	}
	for i := range r.Sources {
		if !empty(r.Sources[i].Quote) {
			has |= quote
		}
		if !empty(r.Sources[i].Archived) {
			has |= archive
		}
	}
	return has
}

// empty reports whether nothing is left of a text once it is clean.
func empty(text []byte) bool {
	return len(text) == 0 || (text[0] < ' ' || text[0] >= 0x7f) && Clean(string(text)) == ""
}

// blank reports whether nothing that shows is left of a text once it is clean.
func blank(text []byte) bool {
	return len(text) == 0 || (text[0] <= ' ' || text[0] >= 0x7f) && strings.TrimSpace(Clean(string(text))) == ""
}

// appendText adds the record's folded text, as Event.appendText does.
func (r *Record) appendText(text []byte) []byte {
	text = append(appendFolded(text, r.Title), '\n')
	text = append(appendSummary(text, r.Summary), '\n')
	for i := range r.Sources {
		if quote := r.Sources[i].Quote; !empty(quote) {
			text = append(appendFolded(text, quote), '\n')
		}
	}
	return text
}

// foldedASCII is what each character of ASCII folds to: see foldRune.
const foldedASCII = "\x00\x00\x00\x00\x00\x00\x00\x00\x00     \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	" !\"#$%&\x00()*+, ./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x00"

// appendFolded adds text cleaned and folded.
func appendFolded(to, text []byte) []byte {
	if to, ok := appendSimple(to, text); ok {
		return to
	}
	return append(to, Fold(Clean(string(text)))...)
}

// appendSimple is appendFolded for text that foldSimple knows, which cleaning
// does not change but for what folding drops. If it does not know the text, it
// adds nothing.
func appendSimple(to, text []byte) (folded []byte, ok bool) {
	start := len(to)
	to = slices.Grow(to, len(text)+8)
	at := start
	room := to[:cap(to)]
	blank := true // what was written last; no text begins with one
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			if w, ok := foldEight(binary.LittleEndian.Uint64(text[i:]), blank); ok {
				binary.LittleEndian.PutUint64(room[at:], w)
				i, at, blank = i+8, at+8, byte(w>>56) == ' '
				continue
			}
		}
		f, size := rune(foldedASCII[text[i]&0x7f]), 1
		if text[i] >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(text[i:])
			if f, ok = foldRune(r); !ok {
				return to[:start], false
			}
			size = n
		}
		i += size
		if f == 0 || f == ' ' && blank {
			continue
		}
		at += utf8.EncodeRune(room[at:], f)
		blank = f == ' '
	}
	if blank && at > start {
		at--
	}
	return room[:at], true
}

// A word of eight bytes with each one, and with each's highest bit.
const (
	ones = 0x0101010101010101
	high = 0x80 * ones
)

// foldEight folds eight characters at once, if each is ASCII, none is dropped,
// and no blank follows another; blank says that one stands before them. See
// "Determine if a word has a zero byte" and "… a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func foldEight(w uint64, blank bool) (folded uint64, ok bool) {
	hyphen, apostrophe, delete, space := w^ones*'-', w^ones*'\'', w^ones*0x7f, w^ones*' '
	odd := w | (w-ones*' ')&^w | (hyphen-ones)&^hyphen | (apostrophe-ones)&^apostrophe | (delete-ones)&^delete
	blanks := (space - ones) &^ space & high
	if odd&high != 0 || blanks&(blanks<<8) != 0 || blank && byte(blanks) != 0 {
		return 0, false
	}
	capital := (w + (0x80-'A')*ones) &^ (w + (0x80-'Z'-1)*ones) & high
	return w + capital>>2, true
}

// appendSummary adds a summary cleaned, without its pointers, and folded.
func appendSummary(to, summary []byte) []byte {
	if bytes.IndexByte(summary, '[') < 0 {
		return appendFolded(to, summary)
	}
	if !controlled(summary) {
		var scratch [1 << 10]byte
		if to, ok := appendSimple(to, withoutPointers(scratch[:0], summary)); ok {
			return to
		}
	}
	return append(to, Fold(WithoutPointers(Clean(string(summary))))...)
}

// controlled reports whether a text has control characters of ASCII.
func controlled(text []byte) bool {
	i := 0
	for ; i+8 <= len(text); i += 8 {
		w := binary.LittleEndian.Uint64(text[i:])
		last := w ^ ones*0x7f
		if ((w-ones*' ')&^w|(last-ones)&^last)&high != 0 {
			return true
		}
	}
	for _, c := range text[i:] {
		if c < ' ' || c == 0x7f {
			return true
		}
	}
	return false
}

// withoutPointers is WithoutPointers for bytes; it adds to a slice.
func withoutPointers(to, summary []byte) []byte {
	for {
		i := bytes.IndexByte(summary, '[')
		if i < 0 {
			return append(to, summary...)
		}
		end := i + 1
		for end < len(summary) && end-i <= 4 && '0' <= summary[end] && summary[end] <= '9' {
			end++
		}
		if end > i+1 && end < len(summary) && summary[end] == ']' {
			to = append(to, bytes.TrimRight(summary[:i], " ")...)
			summary = summary[end+1:]
			continue
		}
		to = append(to, summary[:i+1]...)
		summary = summary[i+1:]
	}
}
