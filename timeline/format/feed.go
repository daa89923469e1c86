package format

import (
	"errors"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"dateline/timeline"
)

// A feed hands out the records of a file that a table reads and that is too large
// to be held. Several goroutines read it, a batch of records at a time: whoever
// asks next gets those that come next, for only there is it known where a record
// begins.
type feed struct {
	file   int
	syntax lineSyntax
	row    *rowDecoder // to be copied by those who decode
	headed uint32      // a sum of what stands before the records: their meaning hangs on it
	plain  bool        // its columns may be named by a person
	unread pending     // a warning of columns that are not read, if any are not

	mu   sync.Mutex
	at   int64           // where the next batch begins
	turn <-chan struct{} // closed when all records before it have their ids

	ids *idCounter

	repeating sync.Mutex    // held for a moment only: a screen may wait
	repeated  map[int64]int // by place: which of several rows that are the same, from the second on
}

// tableBlock is how long the stretches are that a table is read in: the rows of
// one are decoded before the first of them has its id.
const tableBlock = 1 << 20

// longestHead is how much of a file is read to know its format.
const longestHead = 1 << 18

// feeds finds the feeds among files; for dateline's own JSON there is none. It
// is not ok if a file is in a format that must be read at once, or is refused.
func feeds(files []File) (all []*feed, ok bool) {
	mapped, plain := false, false
	for i := range files {
		f, ok := newFeed(i, &files[i])
		if !ok {
			return nil, false
		}
		all = append(all, f)
		mapped = mapped || files[i].Columns != nil
		plain = plain || f != nil && f.plain
	}
	return all, plain || !mapped
}

func newFeed(number int, file *File) (f *feed, ok bool) {
	r, size := file.reader()
	head := make([]byte, min(size, longestHead))
	if n, err := r.ReadAt(head, 0); err != nil && n < len(head) {
		return nil, true // reading it will tell
	}
	text := string(head)
	from := beginning(text)
	if from == len(text) {
		return nil, false
	}
	h := look(text, from)
	t, anySyntax, err := h.mappingFor(file.Columns)
	if err != nil || t == nil {
		return nil, err == nil && (text[from] == '[' || text[from] == '{')
	}
	syntax, ok := anySyntax.(lineSyntax)
	if !ok || h.body == len(text) {
		return nil, false
	}
	turn := make(chan struct{})
	close(turn)
	return &feed{file: number, syntax: syntax, row: newRowDecoder(t, syntax), headed: checksum(0, head[:h.body]), plain: h.plain,
		unread: pending{Problem: Problem{Text: h.unread(t), Warning: true}, at: h.from},
		at:     int64(h.body), turn: turn, ids: newIDCounter(), repeated: make(map[int64]int)}, true
}

// A batch is records of a feed that follow each other.
type batch struct {
	text    string
	at      int64 // where the text begins in the file
	records []span
	turn    <-chan struct{} // closed when all records before have their ids
	named   chan<- struct{} // to be closed when these have theirs
}

// batch takes the next records of a feed, those that lie before an offset, but
// one at least. It has none if they have been taken.
func (w *worker) batch(f *feed, to int64) (b batch, err error) {
	b.records = w.spare.records[:0]
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at >= to {
		return b, nil
	}
	b.at = f.at
	end := 0
	for end == 0 {
		if to-b.at > longestRecord {
			return b, tooLong(w.files[f.file].Name)
		}
		if b.text, err = w.string(f.file, b.at, to); err != nil {
			return b, err
		}
		end = b.find(f.syntax, to == w.size(f.file))
		to = min(to+int64(len(b.text)), w.size(f.file))
	}
	named := make(chan struct{})
	f.at, b.turn, b.named, f.turn = b.at+int64(end), f.turn, named, named
	return b, nil
}

// string reads a stretch of a file by and by, so that it is not held twice.
func (w *worker) string(file int, from, to int64) (string, error) {
	var b strings.Builder
	b.Grow(int(to - from))
	for from < to {
		n := min(to-from, firstBlock)
		w.buf = slices.Grow(w.buf[:0], int(n))[:n]
		if err := w.fill(file, w.buf, from); err != nil {
			return "", err
		}
		b.Write(w.buf)
		from += n
	}
	return b.String(), nil
}

// find finds the batch's records, and where the one begins that its text does not
// hold the whole of.
func (b *batch) find(f lineSyntax, whole bool) (end int) {
	for end < len(b.text) {
		record, next := f.next(b.text, end, whole)
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

// A spare is memory that a worker uses for one batch after the other.
type spare struct {
	records []span
	waiting []placed
	record  timeline.Record
	text    []byte
}

// A placed record is what was decoded of one, and where it lies in its batch.
type placed struct {
	decoded
	at span
}

// rows indexes the next records of a feed, those that lie before an offset.
func (w *worker) rows(f *feed, to int64) error {
	b, err := w.batch(f, to)
	if err != nil || b.named == nil {
		return err
	}
	w.spare.records = b.records
	r := f.row.another()
	r.reuses = true
	waiting := w.spare.waiting[:0] // for ids, or behind those that do
	for _, at := range b.records {
		switch {
		case !r.decode(b.text[at.start:at.end]):
		case r.derived || len(waiting) > 0:
			n := len(waiting)
			waiting = slices.Grow(waiting, 1)[:n+1]
			waiting[n].at = at
			waiting[n].decoded, r.decoded = r.decoded, waiting[n].decoded
		default:
			w.row(f, &r.decoded, at, &b)
		}
	}
	<-b.turn
	for i := range waiting {
		if r := &waiting[i]; r.derived {
			r.event.ID = f.named(r.event.ID, b.at+int64(r.at.start))
		}
	}
	close(b.named)
	for i := range waiting {
		w.row(f, &waiting[i].decoded, waiting[i].at, &b)
		waiting[i].decoded = waiting[i].cleared(true)
	}
	w.spare.waiting = waiting
	return nil
}

// named is the id of a row that begins at an offset.
func (f *feed) named(id string, at int64) string {
	times := f.ids.count(id)
	if times > 1 {
		f.repeating.Lock()
		f.repeated[at] = times
		f.repeating.Unlock()
	}
	return repeatedID(id, times)
}

// row indexes what was read of a record that lies there in a batch. Its texts are
// the batch's: what is kept of them is copied.
func (w *worker) row(f *feed, r *decoded, at span, b *batch) {
	e := &r.event
	for _, p := range r.problems {
		c := complaint{Problem: r.problem(p), spot: spot{f.file, b.at + int64(at.start+p.at)}}
		c.Event = strings.Clone(c.Event)
		w.complaints.add(c)
	}
	w.stat.found++
	place := timeline.Place{File: f.file, At: b.at + int64(at.start), Len: at.end - at.start}
	w.spare.text = append(w.spare.text[:0], b.text[at.start:at.end]...)
	place.Sum = checksum(f.headed, w.spare.text)
	if r.rejected {
		w.stat.leftOut++
		if w.audit != nil {
			w.leave(strings.Clone(e.ID))
		}
		return
	}
	w.stat.sound++
	if w.audit != nil {
		w.ids = append(w.ids, audited{maphash.String(w.audit.seed, e.ID), place})
		return
	}
	w.spare.record.Set(e, place)
	if !w.in.Add(&w.spare.record) {
		panic("format: a row that is sound cannot be indexed: " + e.ID)
	}
}

// decode reads the event of a record again.
func (f *feed) decode(at timeline.Place, record string) (timeline.Event, error) {
	r := f.row.another()
	if !r.decode(record) || r.rejected {
		return timeline.Event{}, errors.New("the row has been changed since it was read")
	}
	e := r.event
	if r.derived {
		f.repeating.Lock()
		e.ID = repeatedID(e.ID, f.repeated[at.At])
		f.repeating.Unlock()
	}
	return e, nil
}
