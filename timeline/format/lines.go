package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"dateline/timeline"
)

// The lengths of the blocks that a file is read in. The first is short, so that
// its events can be shown at once.
const (
	firstBlock = 1 << 17
	block      = 1 << 22
)

// longestRecord is how long the text of one event may be.
const longestRecord = 1 << 28

// lines indexes the events of JSON Lines whose lines begin within a stretch of
// a file.
func (w *worker) lines(file int, from, to int64) error {
	start := max(0, from-1) // a line begins behind the end of another
	if err := w.read(file, start, to); err != nil {
		return err
	}
	pos := 0
	if from > 0 {
		pos = bytes.IndexByte(w.buf, '\n') + 1
		if pos == 0 {
			return nil
		}
	} else if bytes.HasPrefix(w.buf, []byte("\ufeff")) {
		pos = len("\ufeff")
	}
	last := int(to - start)
	for pos < last {
		end := bytes.IndexByte(w.buf[pos:], '\n')
		for end < 0 {
			more, err := w.more(file, start)
			if err != nil {
				return err
			}
			end = bytes.IndexByte(w.buf[pos:], '\n')
			if end < 0 && !more {
				end = len(w.buf) - pos
			}
		}
		w.line(file, start+int64(pos), w.buf[pos:pos+end])
		pos += end + 1
	}
	return nil
}

// read reads a stretch of a file.
func (w *worker) read(file int, from, to int64) error {
	n := int(to - from)
	if cap(w.buf) < n {
		w.buf = make([]byte, n, n+n/8)
	}
	w.buf = w.buf[:n]
	return w.fill(file, w.buf, from)
}

// more reads a file on behind what has been read from start on. It reports
// whether there was more.
func (w *worker) more(file int, start int64) (bool, error) {
	at := start + int64(len(w.buf))
	n := int(min(w.size(file)-at, int64(max(1<<16, len(w.buf)-block))))
	if n == 0 {
		return false, nil
	}
	if len(w.buf) > longestRecord {
		return false, tooLong(w.files[file].Name)
	}
	w.buf = append(w.buf, make([]byte, n)...)
	return true, w.fill(file, w.buf[len(w.buf)-n:], at)
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

// line indexes the event on a line.
func (w *worker) line(file int, at int64, line []byte) {
	w.look.record.Place = timeline.Place{File: file, At: at}
	if w.audit == nil && w.look.event(line, 0) {
		w.look.record.At = at + int64(w.look.at-w.look.record.Len)
		if w.look.peek() == 0 && w.look.at == len(line) && w.in.Add(&w.look.record) {
			w.stat.found++
			w.stat.sound++
			return
		}
	}
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
		if w.audit != nil {
			w.note(w.audit.seed, e, place, at)
		} else if r := timeline.NewRecord(&e.Event, place); !w.in.Add(&r) {
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
