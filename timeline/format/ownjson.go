package format

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A window moves over a file that is one JSON text, and indexes its events as it
// passes them. What else the file holds, its frame, it keeps: the frame of
//
//	{"title": "T", "events": [{…}, {…}]}
//
// is {"title": "T", "events": []}, which the decoder reads.
type window struct {
	*worker
	file int
	pos  int  // where in buf the window is
	full bool // buf reaches the end of the file

	text   string // a piece of buf, for the decoder
	textAt int    // where in buf it begins

	frame    strings.Builder
	framing  bool  // what is passed belongs to the frame
	kept     int   // where in buf begins what is not in the frame yet
	hole     int64 // where in the frame the events were, from its beginning
	gap      int64 // how long they were
	over     bool  // what follows cannot be read
	passedTo int64 // how much has been counted as read

	ahead  *readahead // nil if there is none
	border int64      // where in the file something may be taken from it next
}

// document indexes the events of a file that is one JSON text.
func (w *worker) document(file int) error {
	d := &window{worker: w, file: file}
	err := d.pass()
	d.ahead.stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frames[file] = &frame{d.frame.String(), d.hole, d.gap, false}
	return err
}

// secure makes sure that there is text ahead, unless the file ends. An event that
// is longer is read all the same, with more of the file at once.
func (w *window) secure() error {
	if w.full || int64(len(w.buf)-w.pos) >= w.firstBlock/2 {
		return nil
	}
	return w.slide()
}

// longestLead is how much of the line at hand a window keeps behind it.
const longestLead = 1 << 17

// slide reads on, and drops what lies before the line at hand.
func (w *window) slide() error {
	if w.framing {
		w.frame.Write(w.buf[w.kept:w.pos])
	}
	keep := w.lineStart()
	w.buf = w.buf[:copy(w.buf, w.buf[keep:])]
	w.base, w.pos, w.text, w.textAt = w.base+int64(keep), w.pos-keep, "", 0
	w.kept = w.pos
	old, at := len(w.buf), w.base+int64(len(w.buf))
	most := w.blockAt(stretch{file: w.file, from: at})
	if w.ahead != nil {
		most = w.firstBlock // it has the rest
	}
	to, full, err := w.files[w.file].reach(w.ctx, at, max(most, int64(old)))
	if err != nil {
		return err
	}
	w.buf = append(w.buf, make([]byte, to-at)...)
	w.full = full
	w.indexer.Flush()
	if err := w.files[w.file].read(w.buf[old:], at); err != nil {
		return err
	}
	return w.passedUpTo(w.base + int64(w.pos))
}

// passedUpTo notes that the file has been read up to an offset.
func (w *window) passedUpTo(at int64) error {
	before := w.passedTo
	if w.passedTo = at; at == before {
		return nil
	}
	return w.passed(at - before)
}

// pass indexes the events of the file.
func (w *window) pass() error {
	w.buf, w.base, w.framing, w.fast.isLine = w.buf[:0], 0, true, false
	if err := w.slide(); err != nil {
		return err
	}
	if bytes.HasPrefix(w.buf, []byte("\ufeff")) {
		w.pos = len("\ufeff")
	}
	c, err := w.next()
	if c == '/' || c == '#' {
		w.pos = afterComments(string(w.buf), w.pos)
		c = w.buf[w.pos]
	}
	if err == nil && c == '[' {
		err = w.events("]")
	} else if err == nil && c == '{' {
		err = w.members()
	}
	for err == nil && !w.over {
		w.pos = len(w.buf)
		if w.full || w.frame.Len() > longestRecord {
			w.frame.Write(w.buf[w.kept:])
			return nil
		}
		err = w.slide()
	}
	return err
}

// members passes the members of the file's object, up to its events.
func (w *window) members() error {
	w.pos++
	for {
		if err := w.secure(); err != nil {
			return err
		}
		f := &w.fast
		f.text, f.at, f.depth, f.cut = w.buf, w.pos, 0, false
		field, _, ok := f.name(eventsLabel)
		if ok && field == 0 && f.peek() == '[' {
			w.pos = f.at
			return w.events("]}")
		}
		switch {
		case ok && f.skip() && f.take(','):
			w.pos = f.at
		case f.cut && !w.full && len(w.buf) < longestRecord:
			if err := w.slide(); err != nil {
				return err
			}
		default:
			return w.seek()
		}
	}
}

// seek looks for the events of an object that ends or goes wrong before them.
// Reading the frame will tell what is wrong.
func (w *window) seek() error {
	for {
		f := &w.fast
		if at := nextMember(string(w.buf), w.pos, []string{"events"}); at >= 0 {
			f.text, f.at, f.depth, f.cut = w.buf, at, 0, false
			if _, _, ok := f.name(eventsLabel); ok && f.peek() == '[' {
				w.pos = f.at
				return w.events("]}")
			}
			return nil
		}
		if w.full || len(w.buf)-w.pos >= farthest {
			return nil
		}
		if err := w.slide(); err != nil {
			return err
		}
	}
}

// events indexes the array of events at hand. The frame gets its brackets; if
// what follows the array cannot be read, it gets an end instead.
func (w *window) events(end string) error {
	w.pos++
	w.frame.Write(w.buf[w.kept:w.pos])
	w.framing, w.hole = false, int64(w.frame.Len())
	w.begun(w.frame.String() + end)
	from := w.base + int64(w.pos)
	closed, err := w.elements()
	if closed {
		w.pos--
	}
	if w.over {
		w.frame.WriteString(end)
	}
	w.framing, w.kept, w.gap = true, w.pos, w.base+int64(w.pos)-from
	return err
}

// elements indexes events up to the end of their array. That it has none, the
// frame will tell.
func (w *window) elements() (closed bool, err error) {
	c, err := w.next()
	if c == ']' {
		w.pos++
		return true, err
	}
	for err == nil && w.pos < len(w.buf) && !closed && !w.over {
		if err = w.catchUp(); err == nil {
			err = w.secure()
		}
		if err != nil {
			break
		}
		closed, err = w.element()
		if err == nil && !closed && !w.over {
			_, err = w.next()
		}
	}
	return closed, err
}

// next moves to the next byte that is not white space, or to the end of the file,
// and returns it.
func (w *window) next() (byte, error) {
	for {
		w.fast.text, w.fast.at = w.buf, w.pos
		c := w.fast.peek()
		w.pos = w.fast.at
		if w.pos < len(w.buf) || w.full {
			return c, nil
		}
		if err := w.slide(); err != nil {
			return 0, err
		}
	}
}

// element indexes the event at hand, and moves behind what follows it: the comma
// or the end of the array.
func (w *window) element() (closed bool, err error) {
	if c := w.fastElement(w.file, w.pos, ",]"); c != 0 {
		w.pos = w.fast.at
		return c == ']', nil
	}
	return w.decodeElement()
}

// fastElement indexes the event that begins at pos in buf, if one of some bytes
// follows it, and returns that byte; the scanner is then behind it. It returns 0 if
// the decoder must read the event.
func (w *worker) fastElement(file, pos int, ends string) (end byte) {
	f := &w.fast
	if w.slow || !f.event(w.buf, pos) {
		return 0
	}
	c := f.peek()
	f.at++
	if strings.IndexByte(ends, c) < 0 || c == ',' && (f.peek() == ']' || f.cut) || !w.accept(file, w.base+int64(pos)) {
		return 0
	}
	return c
}

// decodeElement is element by the decoder, which is given a piece of the buffer. An
// event that is longer is decoded when there is more of it.
func (w *window) decodeElement() (closed bool, err error) {
	for size := 1 << 11; ; {
		fresh := w.pos >= w.textAt+len(w.text)
		if fresh {
			w.textAt = w.lineStart()
			w.text = string(w.buf[w.textAt:min(len(w.buf), w.pos+size)])
		}
		to := w.textAt + len(w.text)
		closed, cut := w.decodePiece(to == len(w.buf))
		if !cut {
			return closed, nil
		}
		if to == len(w.buf) {
			return false, w.slide() // the rest, or what follows it, lies further on
		}
		if fresh {
			size *= 8
		}
		w.text, w.textAt = "", 0
	}
}

// lineStart returns where in buf the end of the line before the one at hand is, or
// where the window is if that is far.
func (w *window) lineStart() int {
	if start := max(0, bytes.LastIndexByte(w.buf[:w.pos], '\n')); w.pos-start <= longestLead {
		return start
	}
	return w.pos // it is all in one line
}

// decodePiece decodes the element at hand in text, which may reach the end of buf.
// It changes nothing if the element may be cut.
func (w *window) decodePiece(last bool) (closed, cut bool) {
	start, full := w.pos-w.textAt, last && w.full
	whole := full || last && len(w.buf)-w.pos >= longestRecord
	d := newDecoder(w.text)
	d.at, d.near = start, w.near
	d.element(d.readEvent)
	at := from(w.base + int64(w.textAt))
	if d.peek(); d.fault == nil && d.at == len(d.text) && full {
		if !d.rejected || !resume(d.text, start, true).found {
			w.pos = w.textAt + d.at
			w.take(d, w.file, at)
			return false, false
		}
		d.fail(start, notClosed)
	}
	more, cut := d.follow(start, start, 0, whole)
	if cut && !whole {
		return false, true
	}
	w.over = d.fault != nil
	d.reportFault()
	w.pos = w.textAt + d.at
	w.take(d, w.file, at)
	return !more && !w.over, false
}

// The lengths of the blocks that a file is read in. The first is short, so that
// its events can be shown at once.
const (
	firstBlock = 1 << 16
	block      = 1 << 23
)

// longestRecord is how long the text of one event may be.
const longestRecord = 1 << 28

// piece is how much of a stretch is read at once: so little that it stays in the
// cache of a processor until it has been indexed.
const piece = 1 << 18

// lines indexes the events of JSON Lines whose lines begin within a stretch of
// a file.
func (w *worker) lines(file int, from, to int64) error {
	w.fast.isLine = true
	w.buf, w.base = w.buf[:0], max(0, from-1) // a line begins behind the end of another
	if err := w.more(file, 0, to); err != nil {
		return err
	}
	pos := 0
	if from == 0 && bytes.HasPrefix(w.buf, []byte("\ufeff")) {
		pos = len("\ufeff")
	}
	began := from > 0 // the line at hand began before the stretch
	for w.base+int64(pos) < to {
		if !began && w.fastLine(file, pos) {
			pos = w.fast.at + 1
			continue
		}
		end := bytes.IndexByte(w.buf[pos:], '\n')
		if end < 0 {
			if err := w.more(file, pos, to); err != nil {
				return err
			}
			pos = 0
			continue
		}
		if !began {
			w.line(file, w.base+int64(pos), w.buf[pos:pos+end])
		}
		began = false
		pos += end + 1
	}
	return nil
}

// more drops what lies before pos, and reads on in the file. Behind the end of the
// file it adds the end of a line.
func (w *worker) more(file, pos int, to int64) error {
	w.base += int64(pos)
	w.buf = w.buf[:copy(w.buf, w.buf[pos:])]
	old, at := len(w.buf), w.base+int64(len(w.buf))
	n := int64(max(piece>>6, old)) // the rest of the last line
	if at < to {
		n = min(to-at, int64(max(piece, old)))
	}
	size, err := w.files[file].await(w.ctx, at+1)
	n = min(n, size-at)
	switch {
	case err != nil:
		return err
	case n == 0:
		w.buf = append(w.buf, '\n')
		return nil
	case old > longestRecord:
		return tooLong(w.files[file].Name)
	}
	w.buf = slices.Grow(w.buf, int(n))[:old+int(n)]
	return w.files[file].read(w.buf[old:], at)
}

func tooLong(name string) error {
	return fmt.Errorf("%s: an event is longer than %d MB", name, longestRecord>>20)
}

// fastLine indexes the event on the line at hand. It returns false if the
// decoder must read it.
func (w *worker) fastLine(file, pos int) bool {
	f := &w.fast
	if w.slow || !f.event(w.buf, pos) {
		return false
	}
	at := w.base + int64(f.at-f.record.Len)
	return f.peek() == '\n' && w.accept(file, at)
}

// line is fastLine by the decoder.
func (w *worker) line(file int, at int64, line []byte) {
	d := newDecoder(string(line))
	d.at, d.isLine, d.near = 0, true, w.near
	if d.peek() == 0 && d.at == len(line) {
		return // it is blank
	}
	d.readEvent()
	d.finish("the event")
	w.take(d, file, from(at))
}

// from returns where in a file an offset is that counts from base.
func from(base int64) func(offset int) int64 {
	return func(offset int) int64 { return base + int64(offset) }
}
