package format

import (
	"bytes"
	"fmt"
	"slices"
)

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
	left := w.files[file].size() - at
	switch {
	case left == 0:
		w.buf = append(w.buf, '\n')
		return nil
	case old > longestRecord:
		return tooLong(w.files[file].Name)
	case at < to:
		left = min(left, to-at, int64(max(piece, old)))
	default:
		left = min(left, int64(max(piece>>6, old))) // the rest of the last line
	}
	w.buf = slices.Grow(w.buf, int(left))[:old+int(left)]
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
