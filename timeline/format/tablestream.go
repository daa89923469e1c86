package format

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"dateline/timeline"
)

// A tableStream hands out the records of a file that a mapping reads. Several
// goroutines read it, a batch of records at a time: the next to ask gets the
// records that come next, because only there is it known where a record begins.
// A file whose records neither have lines of their own nor lie in a list of JSON is
// one batch.
type tableStream struct {
	file    int
	syntax  syntax
	lines   lineSyntax  // the syntax, or nil
	list    *jsonList   // nil if the records are in none
	row     *rowDecoder // to be copied by the goroutines that decode
	headSum uint32      // a checksum of what stands before the records: their meaning depends on it

	mu   sync.Mutex
	at   int64           // where the next batch begins
	turn <-chan struct{} // closed when all records before it have their ids

	ids *idCounter

	names []string // in the records at the head of the file, where each has its own
	late  nameSet  // those of later records, which are not read

	repeatedMu sync.Mutex    // held for a moment only: a screen may wait
	repeated   map[int64]int // by offset: which of several equal rows it is, from the second on
}

// tableBlock is how long the stretches of a table are: the rows of one are
// decoded before the first of them has its id.
const tableBlock = 1 << 20

func newTableStream(file int, h *head, m *mapping, s syntax, start string) *tableStream {
	lines, _ := s.(lineSyntax)
	turn := make(chan struct{})
	close(turn)
	t := &tableStream{file: file, syntax: s, lines: lines, row: newRowDecoder(m, s), headSum: checksum(0, []byte(start[:h.body])),
		at: int64(h.body), turn: turn, ids: newIDCounter(), repeated: make(map[int64]int)}
	if j, ok := s.(*jsonRecords); ok {
		if at, depth, is := j.list(start, h.body); is {
			t.list = &jsonList{jsonRecords: j, head: start[h.body:at], body: int64(h.body), depth: depth}
			t.at = int64(at)
		}
	}
	return t
}

// inBatches reports whether the records are found as the text comes.
func (t *tableStream) inBatches() bool { return t.lines != nil || t.list != nil }

// A batch is records of a table that follow each other.
type batch struct {
	text    string
	at      int64 // where the text begins in the file
	records []span
	frame   string          // what the file holds beside its records, once all have been found
	faults  []*fault        // why there are no more
	notes   []*fault        // warnings of what holds the records
	turn    <-chan struct{} // closed when all records before have their ids
	named   chan<- struct{} // to be closed when these have theirs
}

// batch takes the next records of a table, those that lie before an offset, but
// one at least. It has none if they have been taken.
func (w *worker) batch(t *tableStream, to int64) (b batch, err error) {
	f := &w.files[t.file]
	b.records = w.spare.records[:0]
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at >= to {
		return b, nil
	}
	b.at = t.at
	end := int(to - b.at)
	switch {
	case t.list != nil:
		end, err = w.listed(t, &b, to)
		if err != nil {
			return b, err
		}
	case t.lines == nil:
		b.at = 0
		if b.text, err = f.text(0, to); err != nil {
			return b, err
		}
		b.frame = b.text
		b.findAll(t.syntax, int(t.at))
	default:
		for end = 0; end == 0; to += int64(len(b.text)) {
			size, err := f.await(w.ctx, to+1)
			if err != nil {
				return b, err
			}
			to = min(to, size)
			if to-b.at > longestRecord {
				return b, tooLong(f.Name)
			}
			if b.text, err = f.text(b.at, to); err != nil {
				return b, err
			}
			end = b.find(t.lines, to == size)
		}
	}
	named := make(chan struct{})
	t.at, b.turn, b.named, t.turn = t.at+int64(end), t.turn, named, named
	return b, nil
}

// findAll finds the records from an offset on, of a text that is whole.
func (b *batch) findAll(s syntax, from int) {
	for record, fault := range s.records(b.text, from) {
		if fault != nil {
			if record.start < record.end {
				b.notes = append(b.notes, fault)
			} else {
				b.faults = append(b.faults, fault)
			}
			continue
		}
		b.records = append(b.records, record)
	}
}

// find finds the batch's records, and returns where the first begins that its
// text does not hold whole.
func (b *batch) find(s lineSyntax, whole bool) (end int) {
	for end < len(b.text) {
		record, next := s.next(b.text, end, whole)
		if next < 0 {
			break
		}
		if record.start < record.end {
			b.records = append(b.records, record)
		}
		end = min(next, len(b.text))
	}
	return end
}

// spare is memory that a worker uses for one batch after the other.
type spare struct {
	records []span
	waiting []waitingRow
	text    []byte
}

// A waitingRow is a row that waits for its id, or behind one that does.
type waitingRow struct {
	decoded
	at span
}

// rows indexes the next records of a table, those that lie before an offset.
func (w *worker) rows(t *tableStream, to int64) error {
	b, err := w.batch(t, to)
	if err != nil || b.named == nil {
		return err
	}
	w.spare.records = b.records
	if s, ok := t.syntax.(titled); ok && b.frame != "" {
		w.state.about, _ = s.about(b.frame)
	}
	r := t.row.another()
	r.reuses = true
	if t.names != nil {
		r.others = new(nameSet)
	}
	waiting := w.spare.waiting[:0]
	for _, at := range b.records {
		r.nth = at.nth
		r.at = b.at + int64(at.start)
		if !r.decode(b.text[at.start:at.end]) {
			continue
		}
		if r.derived && isClosed(b.turn) && len(waiting) == 0 {
			r.event.ID = t.nameRow(r.event.ID, b.at+int64(at.start))
			w.row(t, &r.decoded, at, &b)
		} else if r.derived || len(waiting) > 0 {
			n := len(waiting)
			waiting = slices.Grow(waiting, 1)[:n+1]
			waiting[n].at = at
			waiting[n].decoded, r.decoded = r.decoded, waiting[n].decoded
		} else {
			w.row(t, &r.decoded, at, &b)
		}
	}
	t.addNames(r.others)
	<-b.turn
	for i := range waiting {
		if r := &waiting[i]; r.derived {
			r.event.ID = t.nameRow(r.event.ID, b.at+int64(r.at.start))
		}
	}
	close(b.named)
	for i := range waiting {
		w.row(t, &waiting[i].decoded, waiting[i].at, &b)
		waiting[i].decoded = waiting[i].cleared(true)
	}
	w.spare.waiting = waiting
	for _, f := range b.notes {
		w.problems.add(Problem{Text: f.reason, Warning: true, where: location{t.file, b.at + int64(f.at)}})
	}
	for _, f := range b.faults {
		w.state.malformed = true
		w.problems.add(Problem{Text: f.reason, where: location{t.file, b.at + int64(f.at)}})
	}
	return nil
}

// addNames keeps names that the head of the file does not have.
func (t *tableStream) addNames(others *nameSet) {
	if others == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range others.names {
		if !slices.Contains(t.names, name) {
			t.late.add(name)
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// nameRow returns the id of a row that begins at an offset.
func (t *tableStream) nameRow(id string, at int64) string {
	times := t.ids.count(id)
	if times > 1 {
		t.repeatedMu.Lock()
		t.repeated[at] = times
		t.repeatedMu.Unlock()
	}
	return repeatedID(id, times)
}

// row indexes a row of a batch. Its texts are the batch's: what is kept of them
// is copied.
func (w *worker) row(t *tableStream, r *decoded, at span, b *batch) {
	e := &r.event
	for _, p := range r.problems {
		if !r.derived || !r.rejected { // an id that nobody has seen names nothing
			p.Event = strings.Clone(e.ID)
		}
		p.where = location{t.file, b.at + int64(at.start) + p.where.at}
		w.problems.add(p)
	}
	w.state.found++
	if r.rejected {
		w.state.leftOut++
		w.leftIDs = append(w.leftIDs, strings.Clone(e.ID))
		return
	}
	w.state.good++
	w.spare.text = append(w.spare.text[:0], b.text[at.start:at.end]...)
	w.add(e, timeline.Extent{File: t.file, At: b.at + int64(at.start), Len: at.end - at.start, Sum: checksum(t.headSum, w.spare.text) + uint32(at.nth)})
}

// decode reads the event of a record again, with a decoder of the table.
func (t *tableStream) decode(r *rowDecoder, at timeline.Extent, record string) (timeline.Event, error) {
	r.nth = int(at.Sum - checksum(t.headSum, []byte(record)))
	r.at = at.At
	if !r.decode(record) || r.rejected {
		return timeline.Event{}, errors.New("the row has been changed since it was read")
	}
	e := r.event
	if r.derived {
		t.repeatedMu.Lock()
		e.ID = repeatedID(e.ID, t.repeated[at.At])
		t.repeatedMu.Unlock()
	}
	return e, nil
}
