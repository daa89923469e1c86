package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"dateline/timeline"
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
	w.look.isLine = true
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
		if !began && w.glance(file, pos) {
			pos = w.look.at + 1
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
// file it puts that of a line.
func (w *worker) more(file, pos int, to int64) error {
	w.base += int64(pos)
	w.buf = w.buf[:copy(w.buf, w.buf[pos:])]
	old, at := len(w.buf), w.base+int64(len(w.buf))
	left := w.size(file) - at
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
	return w.fill(file, w.buf[old:], at)
}

func tooLong(name string) error {
	return fmt.Errorf("%s: an event is longer than %d MB", name, longestRecord>>20)
}

func (o *opening) size(file int) int64 {
	_, size := o.files[file].reader()
	return size
}

// fill reads as many bytes as buf has from a file.
func (o *opening) fill(file int, buf []byte, at int64) error {
	r, _ := o.files[file].reader()
	n, err := r.ReadAt(buf, at)
	switch {
	case n == len(buf):
		return nil
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s: the file was cut short while it was read", o.files[file].Name)
	}
	return fmt.Errorf("%s: %w", o.files[file].Name, err)
}

// glance indexes the event on the line at hand, if it is as the most are.
func (w *worker) glance(file, pos int) bool {
	look := &w.look
	if w.audit != nil || !look.event(w.buf, pos) {
		return false
	}
	look.record.File, look.record.At = file, w.base+int64(look.at-look.record.Len)
	if look.peek() != '\n' || !w.in.Add(&look.record) {
		return false
	}
	w.stat.found++
	w.stat.sound++
	return true
}

// line is glance by the decoder.
func (w *worker) line(file int, at int64, line []byte) {
	d := newDecoder(string(line))
	d.isLine = true
	if d.peek() == 0 && d.at == len(line) {
		return // it is blank
	}
	d.readEvent()
	d.finish("the event")
	w.take(d, file, from(at))
}

// from is where in a file an offset lies that counts from base.
func from(base int64) func(offset int) int64 {
	return func(offset int) int64 { return base + int64(offset) }
}

// newDecoder returns a decoder of a text of its own.
func newDecoder(text string) *decoder {
	d := &decoder{file: &File{Text: text}, out: newMerger()}
	d.scanner = scanner{text: text, blemish: d.mar}
	return d
}

// take takes what a decoder has read of a file: its events, and its errors. An
// offset of its text lies at that place in the file.
func (w *worker) take(d *decoder, file int, at func(offset int) int64) {
	m := d.out
	w.stat.found += m.report.Found
	w.stat.leftOut += m.report.LeftOut
	w.stat.sound += len(m.events)
	w.stat.broken = w.stat.broken || d.broken
	for i := range m.events {
		e := &m.events[i]
		place := timeline.Place{File: file, At: at(e.places.event), Len: e.places.end - e.places.event}
		place.Sum = checksum(0, []byte(d.text[e.places.event:e.places.end]))
		if w.audit != nil {
			w.note(w.audit.seed, e, place, at)
			continue
		}
		r := timeline.NewRecord(&e.Event, place)
		if !w.in.Add(&r) {
			panic("format: an event that is sound cannot be indexed: " + e.ID)
		}
	}
	for id := range m.leftOut {
		w.leave(id)
	}
	for _, p := range m.problems {
		if !p.Warning || w.audit != nil {
			w.complaints.add(complaint{Problem: p.Problem, spot: spot{file, at(p.at)}})
		}
	}
}
