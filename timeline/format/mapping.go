package format

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A mapping says how the records of a format become events: which of its columns
// sets which field.
//
// What a format does not state stays unstated. No mapping confirms an event:
// those coded by machines are unverified, those coded by people are reported, and
// all others have no status.
type mapping struct {
	syntax  syntax                     // how records are written, if the head of a file does not show it
	columns []column                   // the columns that are read, best in the format's order
	status  timeline.Status            // of every event
	finish  func(*rowDecoder)          // sets fields made of several columns, or is nil
	given   map[string]edtf.Convention // how columns write dates, as the user says; not nil if the user may say it
	leaves  string                     // the format's other columns, which docs/formats.md says are left out
	// same reports whether two records of one id in a file are one event, or is nil.
	same func(a, b *timeline.Event) bool

	joins    bool     // values of one name are joined, where no setter takes each
	untitled bool     // the titles are first sentences
	notes    []string // warnings of the file: what is not read of it
}

// A column is a column of a format, by its name there. A nil sets leaves its
// value to finish. One named a.* takes each value in an object a that no other
// takes, with its name in front.
type column struct {
	name string
	sets func(*rowDecoder, cell)
}

// kept returns columns that are left to finish.
func kept(names ...string) (columns []column) {
	for _, name := range names {
		columns = append(columns, column{name, nil})
	}
	return columns
}

// A syntax is how records are written one after the other. It finds records and
// their values, and knows nothing of their meaning.
type syntax interface {
	// records finds the records of a text, from an offset on. A fault ends them. One
	// with a span is no more than a warning of it.
	records(text string, from int) iter.Seq2[span, *fault]
	// values splits the decoder's record, and passes each value to its take.
	values(*rowDecoder)
}

// A titled syntax is of files that may say what the timeline is called.
type titled interface {
	syntax
	// about reads what a file says of itself, and names what of that is not read.
	about(text string) (a about, unread []string)
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

// A span is a part of a text, from the byte at start to the one before end. Where a
// record is several events, nth counts them.
type span struct{ start, end, nth int }

// A rowDecoder decodes one record at a time with a mapping. The result depends on
// the text of the record alone, so that any record can be decoded again.
type rowDecoder struct {
	*mapping
	syntax syntax

	index  map[string]int // columns of the mapping by name
	header []int          // in CSV, the column of the mapping for each cell, -1 or unheaded
	next   int            // the column after the last that was taken
	last   int            // the last column that was looked up
	dates  recentDates
	orders *columnOrders
	nulls  bool   // cells may say that they have no value
	reuses bool   // each event takes the memory of the one before, which nobody keeps
	cells  []cell // scratch space of CSV
	values []cell // the first cell of each column; empty if the record has none

	others *nameSet // of values that the mapping does not read; nil if nobody asks

	record  string
	at      int64 // where the record is in its file
	item    int   // which object in a list the values are from; 0 is the record itself
	cited   []cited
	several []string // the columns whose value is several, joined
	nth     int      // which of the record's events
	series  struct {
		record string
		dates  []time.Time // of the record's events, as far as they were needed
	}
	decoded
	filled     bool // the record has a value
	broken     bool // its syntax is faulty
	dated      bool // it has a date, valid or not
	skipped    bool // it is valid, but no event
	keepsMarks bool // its summary has footnote marks
}

// A nameSet is names in the order in which they came first.
type nameSet struct {
	names []string
	has   map[string]bool
}

func (s *nameSet) add(name string) {
	if !s.has[name] {
		if s.has == nil {
			s.has = make(map[string]bool)
		}
		name = strings.Clone(name)
		s.has[name] = true
		s.names = append(s.names, name)
	}
}

// A decoded record is an event with its problems.
type decoded struct {
	event    timeline.Event
	problems []Problem // at offsets in the record
	rejected bool      // an error leaves the event out
	derived  bool      // the id is derived from the text
}

// cleared returns an empty value in the memory of r, which keeps no text alive.
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

// A cell is a value of a record, clean and trimmed.
type cell struct {
	column string
	text   string
	at     int // offset in the record
}

func newRowDecoder(m *mapping, s syntax) *rowDecoder {
	r := &rowDecoder{mapping: m, syntax: s, index: make(map[string]int, len(m.columns)), values: make([]cell, len(m.columns))}
	for i, c := range m.columns {
		r.index[c.name] = i
	}
	if s, ok := s.(*csvSyntax); ok {
		r.nulls = m != &ownCSV
		for _, name := range s.header {
			i, ok := r.index[name]
			if !ok {
				i = -1
			}
			if name == "" {
				i = unheaded
			}
			r.header = append(r.header, i)
		}
	}
	return r
}

// another returns a decoder for another goroutine.
func (r *rowDecoder) another() *rowDecoder {
	return &rowDecoder{mapping: r.mapping, syntax: r.syntax, orders: r.orders, nulls: r.nulls, index: r.index, header: r.header, values: make([]cell, len(r.values))}
}

// decode decodes a record. It is false if the record is no event: if it is empty,
// or of another kind.
func (r *rowDecoder) decode(record string) bool {
	clear(r.values)
	r.cells, r.next, r.item = r.cells[:0], 0, 0
	r.cited, r.several = r.cited[:0], r.several[:0]
	r.record, r.decoded = record, r.decoded.cleared(r.reuses)
	r.filled, r.broken, r.dated, r.skipped, r.keepsMarks = false, false, false, false, false
	r.event.Status = r.status
	if _, folds := r.syntax.(icalSyntax); folds || utf8.ValidString(record) {
		r.syntax.values(r)
	} else {
		r.filled = true
		r.malformed(invalidAt(record), "these bytes are not UTF-8; save the file as UTF-8, or name its encoding with --encoding")
	}
	if !r.filled {
		return false
	}
	if r.finish != nil && !r.broken {
		r.finish(r)
	}
	if r.skipped {
		return false
	}
	r.check()
	return true
}

// take sets a column to a value. A syntax calls it for every value of the record,
// whether or not the mapping reads it.
func (r *rowDecoder) take(name, text string, at int) {
	i := r.next
	if i >= len(r.columns) || r.columns[i].name != name {
		known := false
		if i, known = r.index[name]; !known {
			i = -1
			if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
				if any, known := r.index[name[:dot]+".*"]; known && text != "" {
					i, text = any, name[dot+1:]+": "+text
				}
			}
			if r.others != nil {
				r.others.add(name)
			}
		}
	}
	r.set(i, text, at)
}

// unheaded stands for a column without a name.
const unheaded = -2

// set sets column i to a value; -1 is a column that the mapping does not read.
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
		if i == unheaded {
			r.report(Problem{Text: fmt.Sprintf("this cell is in a column without a name, and is not read: %q", strings.TrimSpace(s)), Kind: "a column without a name", Warning: true}, at)
		}
		return
	}
	r.next = i + 1
	start := 0
	for isBlank(s[start]) {
		start++
	}
	c := cell{r.columns[i].name, strings.Trim(text.Safe(s[start:end]), " "), at + start}
	if c.text == "" || r.nulls && isNull(c.text) {
		return
	}
	sets := r.columns[i].sets
	if r.values[i].text == "" {
		r.values[i] = c
	} else if r.joins && sets == nil {
		r.values[i].text += " " + c.text
		r.several = append(r.several, c.column)
	}
	if sets != nil {
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

// cell returns the value of a column, empty if the record has none.
func (r *rowDecoder) cell(name string) cell {
	for range r.columns {
		if r.last++; r.last >= len(r.columns) {
			r.last = 0
		}
		if r.columns[r.last].name == name {
			return r.values[r.last]
		}
	}
	panic("format: no column " + name + " in the mapping")
}

// value returns the text of a column's cell.
func (r *rowDecoder) value(name string) string { return r.cell(name).text }

// report adds a problem at an offset of the record.
func (r *rowDecoder) report(p Problem, at int) {
	p.where.at = int64(at)
	r.problems = append(r.problems, p)
}

// malformed reports a mistake in the syntax of the record.
func (r *rowDecoder) malformed(at int, reason string) {
	r.rejected, r.broken = true, true
	r.report(Problem{Text: reason}, at)
}

// reject reports an error, which leaves the event out.
func (r *rowDecoder) reject(c cell, reason string) {
	r.rejected = true
	r.report(Problem{Field: fieldOf(c.column, c.text), Text: reason}, c.at)
}

// warn reports a problem that does not leave the event out.
func (r *rowDecoder) warn(c cell, reason string) {
	r.report(Problem{Field: fieldOf(c.column, c.text), Text: reason, Warning: true}, c.at)
}

// check checks that the event has all that it needs, and derives an id if the
// format has none.
func (r *rowDecoder) check() {
	e := &r.event
	if !r.broken && !r.dated {
		r.require("date")
	}
	if !r.broken && strings.TrimSpace(text.Clean(e.Title)) == "" && !r.borrowTitle() {
		r.require("title")
	}
	if e.ID == "" {
		e.ID, r.derived = derivedID(e.Date, r.record), true
	}
	if !r.keepsMarks {
		e.Summary = withoutMarks(e.Summary, len(e.Sources))
	}
	for i := range e.Sources {
		for _, p := range disguised(&e.Sources[i]) {
			r.report(p, 0)
		}
	}
	if early := reportedEarly(e); early != "" {
		r.report(Problem{Field: fieldOf("reported", e.Reported.String()), Text: early, Warning: true, Kind: fixedWarnings[reportedBefore].Kind}, 0)
	}
}

func (r *rowDecoder) require(field string) {
	r.rejected = true
	r.report(Problem{Field: field, Text: "an event needs one"}, 0)
}

// borrowTitle makes the title of an event without one: the first sentence of the
// summary, or the title of a source. It returns false if there is neither.
func (r *rowDecoder) borrowTitle() bool {
	e := &r.event
	if first := firstSentence(e.Summary); first != "" {
		if e.Title = first; first == strings.TrimSpace(e.Summary) {
			e.Summary = ""
		}
		if r.untitled {
			return true
		}
		r.report(Problem{Field: "title", Text: "it is empty; the first sentence of the text is the title", Warning: true}, 0)
		return true
	}
	for i := range e.Sources {
		if e.Title = firstSentence(e.Sources[i].Title); e.Title != "" {
			r.report(Problem{Field: "title", Text: "it is empty; the title of a source is the title", Warning: true}, 0)
			return true
		}
	}
	return false
}

// longestSentence is how long a first sentence may be as a title, in bytes.
const longestSentence = 300

// firstSentence returns the first sentence of a text, in one line. One that is too
// long ends in an ellipsis.
func firstSentence(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	for _, sentence := range timeline.Sentences(s) {
		s = strings.TrimSpace(sentence)
		break
	}
	if len(s) <= longestSentence {
		return s
	}
	cut := strings.LastIndexByte(s[:longestSentence], ' ')
	if cut < 0 {
		cut = wholeRunes([]byte(s[:longestSentence]))
	}
	return s[:cut] + "…"
}

// withoutMarks returns a summary without footnote marks: in the text of another
// format, [1] does not refer to the sources that dateline counts, and becomes (1).
func withoutMarks(summary string, sources int) string {
	var b strings.Builder
	for seg := range timeline.Segments(summary, max(sources, timeline.UnsourcedMark-1)) {
		if b.Len() == 0 {
			if seg.Mark == "" {
				return summary
			}
			b.Grow(len(summary))
		}
		b.WriteString(seg.Text)
		if seg.Mark != "" {
			b.WriteString("(" + seg.Mark[1:len(seg.Mark)-1] + ")")
		}
	}
	return b.String()
}

// derivedID makes an id of an event's day and a digest of its record, so that the
// id stays the same as long as the record does.
func derivedID(date edtf.Date, record string) string {
	digest := sha256.Sum256([]byte(record))
	id := hex.EncodeToString(digest[:5])
	if day, ok := date.Filed(); ok && kebab(day.String()) {
		return day.String() + "-" + id
	}
	return id
}

// An idCounter counts how often each derived id has been made.
type idCounter struct {
	seed maphash.Seed
	seen map[uint64]uint32 // by hash, to take little memory for millions
}

func newIDCounter() *idCounter { return &idCounter{maphash.MakeSeed(), make(map[uint64]uint32)} }

// count counts an id, and returns how often it has been made.
func (ids *idCounter) count(id string) int {
	hash := maphash.String(ids.seed, id)
	ids.seen[hash]++
	return int(ids.seen[hash])
}

// repeatedID returns the id of a row that is the same as earlier ones: the second
// has times 2.
func repeatedID(id string, times int) string {
	if times < 2 {
		return id
	}
	return id + "-" + strconv.Itoa(times)
}
