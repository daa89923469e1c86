package format

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A row decodes one record at a time by a table. What it makes of a record
// depends on the record's text alone, so that any can be decoded again.
type row struct {
	*table
	form form

	index  map[string]int // of each column, by its name
	header []int          // which column each of a separated form is, or -1
	next   int            // the column after the one that was taken last
	last   int            // the column that was asked for last
	dates  recentDates
	reuses bool   // the memory of an event for the next, which nobody may keep
	cells  []cell // of a form that must see all of them before it takes any
	values []cell // of each column, the first; empty if there is none

	record string
	reading
	filled  bool // it has any value
	broken  bool // it is not written as its form has it
	dated   bool // it has a date, sound or not
	passed  bool // it is no event, and nothing is wrong with that
	pointed bool // what looks like a pointer in its summary is one
}

// A reading is what a row makes of a record.
type reading struct {
	event    timeline.Event
	problems []pending // at offsets in the record
	spoilt   bool      // it has a problem that leaves it out
	derived  bool      // its id is made of its text
}

// cleared is a reading of nothing, in the memory of r. It holds on to no text.
func (r *reading) cleared(reuses bool) reading {
	c := reading{problems: r.problems[:0]}
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
func (r *reading) problem(p pending) Problem {
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

func newRow(t *table, f form) *row {
	r := &row{table: t, form: f, index: make(map[string]int, len(t.columns)), values: make([]cell, len(t.columns))}
	for i, c := range t.columns {
		r.index[c.name] = i
	}
	if s, ok := f.(*separated); ok {
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
func (r *row) another() *row {
	return &row{table: r.table, form: r.form, index: r.index, header: r.header, values: make([]cell, len(r.values))}
}

// decode makes an event of a record, with its problems. It is false if the
// record is none: if it is empty, or of another kind.
func (r *row) decode(record string) bool {
	clear(r.values)
	r.cells, r.next = r.cells[:0], 0
	r.record, r.reading = record, r.reading.cleared(r.reuses)
	r.filled, r.broken, r.dated, r.passed, r.pointed = false, false, false, false, false
	r.event.Status = r.status
	if utf8.ValidString(record) {
		r.form.values(r)
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

// take gives a column its value. A form calls it for every value of the record,
// also for those that the table does not read.
func (r *row) take(name, text string, at int) {
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
func (r *row) set(i int, text string, at int) {
	end := len(text)
	for end > 0 && isBlank(text[end-1]) {
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
	for isBlank(text[start]) {
		start++
	}
	c := cell{r.columns[i].name, strings.Trim(timeline.Clean(text[start:end]), " "), at + start}
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
func (r *row) cell(name string) cell {
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
func (r *row) value(name string) string { return r.cell(name).text }

// fault reports that the record is not written as its form has it.
func (r *row) fault(at int, reason string) {
	r.spoilt, r.broken = true, true
	r.problems = append(r.problems, pending{Problem: Problem{Text: reason}, at: at})
}

// spoil reports an error that leaves the event out.
func (r *row) spoil(c cell, reason string) {
	r.spoilt = true
	r.problems = append(r.problems, pending{Problem: Problem{Field: fieldOf(c.column, c.text), Text: reason}, at: c.at})
}

// warn reports what does not leave the event out.
func (r *row) warn(c cell, reason string) {
	r.problems = append(r.problems, pending{Problem: Problem{Field: fieldOf(c.column, c.text), Text: reason, Warning: true}, at: c.at})
}

// check sees that the event has what it needs, and gives it an id if the format
// has none.
func (r *row) check() {
	e := &r.event
	if !r.broken && !r.dated {
		r.needs("date")
	}
	if !r.broken && strings.TrimSpace(timeline.Clean(e.Title)) == "" {
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

func (r *row) needs(field string) {
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

// derivedID makes an id of the day of an event and of a digest of its record: as
// long as the record stays as it is, so does the id.
func derivedID(date edtf.Date, record string) string {
	digest := sha256.Sum256([]byte(record))
	id := hex.EncodeToString(digest[:5])
	if day, ok := date.Filed(); ok && kebab(day.String()) {
		return day.String() + "-" + id
	}
	return id
}

// rowIDs counts how often ids have been made of rows.
type rowIDs struct {
	seed maphash.Seed
	seen map[uint64]uint32 // by hash, of which millions take little
}

func newRowIDs() *rowIDs { return &rowIDs{maphash.MakeSeed(), make(map[uint64]uint32)} }

// count returns how often an id has been made, this time included.
func (ids *rowIDs) count(id string) int {
	hash := maphash.String(ids.seed, id)
	ids.seen[hash]++
	return int(ids.seen[hash])
}

// repeatedID is the id of a row of which so many are the same, itself included.
func repeatedID(id string, times int) string {
	if times < 2 {
		return id
	}
	return id + "-" + strconv.Itoa(times)
}

// What a column sets that needs no more than its value.

func (r *row) id(c cell)       { r.event.ID = cmp.Or(r.event.ID, c.text) }
func (r *row) tz(c cell)       { r.event.TZ = c.text }
func (r *row) title(c cell)    { r.event.Title = cmp.Or(r.event.Title, c.text) }
func (r *row) summary(c cell)  { r.tell(c.text) }
func (r *row) caveat(c cell)   { r.doubt(c.text) }
func (r *row) actor(c cell)    { add(&r.event.Actors, c.text) }
func (r *row) actors(c cell)   { addAll(&r.event.Actors, list(c.text)) }
func (r *row) place(c cell)    { add(&r.event.Places, c.text) }
func (r *row) places(c cell)   { addAll(&r.event.Places, list(c.text)) }
func (r *row) topic(c cell)    { add(&r.event.Topics, c.text) }
func (r *row) topics(c cell)   { addAll(&r.event.Topics, list(c.text)) }
func (r *row) edtf(c cell)     { r.event.Date, r.dated = r.spelled(c), true }
func (r *row) reported(c cell) { r.event.Reported = r.anyDate(c) }

// url adds a source that is an address and nothing more.
func (r *row) url(c cell) {
	if fault := faultyAddress(c.text); fault != "" && c.text != "" {
		r.warn(c, fault+"; it is not read")
	}
	r.link(c.text)
}

// link adds a source by its address, unless it is there or no address.
func (r *row) link(address string) {
	if !isAddress(address) {
		return
	}
	for i := range min(len(r.event.Sources), mostCompared) {
		if r.event.Sources[i].URL == address {
			return
		}
	}
	r.event.Sources = append(r.event.Sources, source{URL: address})
}

// cites adds a source that a data set names and says no more of: the record
// itself, which cites it.
func (r *row) cites(dataset, record, name string) {
	if name != "" {
		r.event.Sources = append(r.event.Sources, source{Publisher: dataset, Title: record, AttributedTo: name, Kind: timeline.Dataset})
	}
}

// tell adds to the summary.
func (r *row) tell(text string) { r.event.Summary = joined(r.event.Summary, text) }

// doubt adds to the caveat.
func (r *row) doubt(text string) { r.event.Caveat = joined(r.event.Caveat, text) }

// joined is one text after the other, parted by a blank.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// mostCompared is with how many items of a list a new one is compared, so that a
// hostile list takes no hour.
const mostCompared = 1000

// add adds texts to a list, each once.
func add(to *[]string, texts ...string) { addAll(to, slices.Values(texts)) }

func addAll(to *[]string, texts iter.Seq[string]) {
	for text := range texts {
		if text != "" && !slices.Contains((*to)[:min(len(*to), mostCompared)], text) {
			*to = append(*to, text)
		}
	}
}

// list parts a value at semicolons and bars.
func list(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest, more := text, true; more; {
			end := strings.IndexByte(rest, ';')
			if end < 0 {
				end = len(rest)
			}
			if bar := strings.IndexByte(rest[:end], '|'); bar >= 0 {
				end = bar
			}
			part := strings.TrimSpace(rest[:end])
			if more = end < len(rest); more {
				rest = rest[end+1:]
			}
			if part != "" && !yield(part) {
				return
			}
		}
	}
}

// within is a place with what it lies in, each once.
func within(places ...string) string {
	var names []string
	add(&names, places...)
	return strings.Join(names, ", ")
}

// isAddress reports whether text is an address that a source may have.
func isAddress(text string) bool { return faultyAddress(text) == "" }

// numbered is a number with its noun, as a file has the number.
func numbered(n, one, many string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}
