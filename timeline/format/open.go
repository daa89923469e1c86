// Package format reads timelines from files. It knows how events are written
// down; package timeline knows what they are.
//
// A file is a JSON object with "events", a bare JSON array of events, or JSON
// Lines, one event a line:
//
//	{"id": "kitty-hawk", "date": "1903-12-17", "title": "First flight", "sources": [
//	  {"publisher": "Smithsonian", "title": "The Wright Brothers"}]}
//
// Files of other formats, from CSV to GDELT, are recognised by their contents and
// read by mappings, which say what a format's columns become.
//
// There is one way in, whatever a file's size (see ingest):
//
//	bytes → records → index → timeline
//
// Reading is strict and never silent: whatever breaks the rules of a format is a
// Problem with file, line and column, and the rest is read.
package format

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"dateline/timeline"
)

// A File is a text to read, with the name that problems call it by. One that is
// too large for memory is read through Data.
type File struct {
	Name string
	Text string

	// Note, unless it is nil, is asked once all is read, for a warning at the file's
	// beginning: how its bytes were read. It may be empty.
	Note func() string

	// In is the folder that the file was found in, empty if the file was named itself.
	// A file of a folder that is no timeline at all does not keep the others from
	// being opened.
	In string

	// Columns says which column of a CSV or TSV file sets which field, where the
	// names of the columns do not: see ParseColumns. Other files have no use for it.
	Columns map[string]string

	// Frame is what the file holds beside its events, as a JSON object without any,
	// where a database keeps the two apart. The text is then JSON Lines, or empty.
	Frame string

	Data io.ReaderAt // if not nil, instead of Text; it must stay open, and may be a Stream
	Size int64       // of Data that is no Stream, in bytes
}

// A Stream is text that is still coming, and can be read as far as it has come.
// Several goroutines may use it.
type Stream interface {
	io.ReaderAt
	// Await waits until so many bytes have come, and returns how many have: fewer
	// only if there are no more, or with an error.
	Await(ctx context.Context, least int64) (int64, error)
	// Size is how many bytes have come, and Total how many will have, as far as
	// that is known: it is 0 if nobody knows.
	Size() int64
	Total() int64
}

// Contents reads the file from its beginning.
func (f *File) Contents() io.Reader { return io.NewSectionReader(f.reader(), 0, f.size()) }

func (f *File) reader() io.ReaderAt {
	if f.Data != nil {
		return f.Data
	}
	return strings.NewReader(f.Text)
}

// stream returns the file's Data if it is still coming, else nil.
func (f *File) stream() Stream {
	s, _ := f.Data.(Stream)
	return s
}

// size is how much of the file there is.
func (f *File) size() int64 {
	if s := f.stream(); s != nil {
		return s.Size()
	}
	if f.Data != nil {
		return f.Size
	}
	return int64(len(f.Text))
}

// await returns how much of the file there is once so many bytes have come: fewer
// only if there are no more.
func (f *File) await(ctx context.Context, least int64) (int64, error) {
	s := f.stream()
	if s == nil {
		return f.size(), nil
	}
	n, err := s.Await(ctx, least)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("%s: %w", f.Name, err)
	}
	return n, err
}

// reach returns how far to read from an offset: so far at most, but no further
// than a stream has come. Ended reports whether the file ends there.
func (f *File) reach(ctx context.Context, from, most int64) (to int64, ended bool, err error) {
	least := most
	if f.stream() != nil {
		least = min(most, firstBlock)
	}
	switch size, err := f.await(ctx, from+least+1); { // one more tells whether it ends
	case err != nil:
		return from, false, err
	case size <= from+least:
		return max(from, size), true, nil
	default:
		return min(from+most, size-1), false, nil
	}
}

// read reads len(buf) bytes.
func (f *File) read(buf []byte, at int64) error {
	n, err := f.reader().ReadAt(buf, at)
	switch {
	case n == len(buf):
		return nil
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s: the file was cut short while it was read", f.Name)
	}
	return fmt.Errorf("%s: %w", f.Name, err)
}

// text reads the bytes from one offset to before another.
func (f *File) text(from, to int64) (string, error) {
	if f.Data == nil {
		return f.Text[from:to], nil
	}
	var b strings.Builder
	b.Grow(int(to - from))
	buf := make([]byte, min(to-from, firstBlock))
	for from < to {
		buf = buf[:min(to-from, firstBlock)]
		if err := f.read(buf, from); err != nil {
			return "", err
		}
		b.Write(buf)
		from += int64(len(buf))
	}
	return b.String(), nil
}

// Large is the size in bytes from which on files are best left on disk, and a
// Watch is shown events before all are read.
const Large = 16 << 20

// A Watch follows the reading of large files. The zero Watch does not.
type Watch struct {
	// Ready, unless it is nil, is to be closed when the first events have been
	// shown. One goroutine reads until there are some, and waits for that.
	Ready <-chan struct{}
	// Progress, unless it is nil, is told how far reading is. The goroutines that
	// read call it, one at a time; it should return soon.
	Progress func(Progress)
	// Spool, unless it is nil, takes the text that searches need, instead of memory.
	Spool timeline.Spool
}

// Progress is how far reading is.
type Progress struct {
	Done, Total int64 // bytes; Total is 0 if nobody knows it
	// Timeline holds events that have been read so far, and is never empty. It is
	// nil if few have come since the last.
	Timeline *timeline.Timeline
	Report   Report // for exports of Timeline; problems come when all is read
}

// Open makes one timeline of files. Events that occur in several files with the
// same content are one. What has an error is left out and reported; the error is
// not nil only if a file cannot be read or is no timeline at all, and then the
// report is still of all files. Events are read again from the files when they
// are asked for.
//
// When ctx is done, Open returns what it has read so far and the context's error.
func Open(ctx context.Context, watch Watch, files ...File) (*timeline.Timeline, Report, error) {
	t, r, err := newIngest(watch, files).timeline(ctx)
	if err == nil && r.refused != nil {
		return nil, r, r.refused
	}
	return t, r, err
}

// Read is Open without a Watch.
func Read(files ...File) (*timeline.Timeline, Report, error) {
	return Open(context.Background(), Watch{}, files...)
}

// Check reports every problem of the files. The error is not nil only if one
// cannot be read.
func Check(files ...File) (Report, error) {
	_, r, err := newIngest(Watch{}, files).timeline(context.Background())
	return r, err
}

// The functions of this file read events again when they are asked for.

// decode reads the event of an extent.
func (in *ingest) decode(at timeline.Extent) (timeline.Event, error) {
	record, err := in.text(at)
	if err != nil {
		return timeline.Event{}, err
	}
	var e timeline.Event
	if t := in.tables[at.File]; t != nil {
		e, err = t.decode(t.row.another(), at, record)
	} else {
		e, err = decodeEvent(record)
	}
	if err != nil {
		return e, fmt.Errorf("%s: %w", in.files[at.File].Name, err)
	}
	return e, nil
}

// decodeEvent reads an event that is JSON, whatever else is wrong with it.
func decodeEvent(record string) (timeline.Event, error) {
	d := newDecoder(record)
	var e timeline.Event
	members(d, eventFields, &e)
	if d.fault == nil && d.at < len(record) {
		d.fail(d.at, "there is more than an event")
	}
	if d.fault != nil {
		return e, errors.New(d.fault.reason)
	}
	return e, nil
}

// text reads the text of an extent, unless it has been changed.
func (in *ingest) text(at timeline.Extent) (string, error) {
	buf := make([]byte, at.Len)
	if err := in.files[at.File].read(buf, at.At); err != nil {
		return "", err
	}
	if !in.holds(at, buf) {
		return "", fmt.Errorf("%s: the event has been changed since it was read", in.files[at.File].Name)
	}
	return string(buf), nil
}

// holds reports whether the text of an extent is as it was.
func (in *ingest) holds(at timeline.Extent, text []byte) bool {
	t := in.tables[at.File]
	switch {
	case t == nil:
		return checksum(0, text) == at.Sum
	case t.lines != nil:
		return checksum(t.headSum, text) == at.Sum
	}
	return at.Sum-checksum(t.headSum, text) < mostInstances // the sum says which of the record's events this is
}

// A rereader reads the records of events again.
type rereader struct {
	fastScanner
	buf   []byte
	table *tableStream
	row   *rowDecoder // of the table
	made  timeline.Record
}

// glance reads the records of events. JSON it leaves to the fast scanner if that can
// read it: the events were checked when they were indexed.
func (in *ingest) glance(at []timeline.Extent, onlyTitles bool, see func(k int, r *timeline.Record)) {
	r, known := in.rereaders.Get().(*rereader)
	if !known {
		r = new(rereader)
	}
	defer in.rereaders.Put(r)
	r.onlyTitles = onlyTitles
	for done := 0; done < len(at); {
		n, from, to := neighbours(at[done:])
		r.buf = slices.Grow(r.buf[:0], int(to-from))[:to-from]
		if in.files[at[done].File].read(r.buf, from) == nil {
			for k := done; k < done+n; k++ {
				start := int(at[k].At - from)
				if text := r.buf[start : start+at[k].Len]; in.holds(at[k], text) {
					if record := r.reread(in.tables[at[k].File], at[k], text); record != nil {
						see(k, record)
					}
				}
			}
		}
		done += n
	}
}

// reread returns the record of an event of a table or, if that is nil, of JSON. It is
// nil if only the decoder can tell.
func (r *rereader) reread(t *tableStream, at timeline.Extent, text []byte) *timeline.Record {
	if t == nil {
		if !r.fields(text, 0) || !r.onlyTitles && r.at < len(text) {
			return nil
		}
		return &r.record
	}
	if r.table != t {
		r.table, r.row = t, t.row.another()
		r.row.reuses = true
	}
	e, err := t.decode(r.row, at, string(text))
	if err != nil {
		return nil
	}
	r.made.Set(&e, at)
	return &r.made
}

// Events with less than widestGap bytes between them are read at once, since that
// costs less than another call of the system.
const (
	widestGap = 1 << 13
	mostRead  = 1 << 18
)

// neighbours returns how many of the first events are read at once, and between
// which offsets of their file.
func neighbours(at []timeline.Extent) (n int, from, to int64) {
	from, to = at[0].At, at[0].At+int64(at[0].Len)
	for n = 1; n < len(at) && at[n].File == at[0].File; n++ {
		next := at[n]
		low, high := min(from, next.At), max(to, next.At+int64(next.Len))
		if high-low > min(mostRead, to-from+int64(next.Len)+widestGap) {
			break
		}
		from, to = low, high
	}
	return n, from, to
}

// written reads an event as it is exported: as dateline's own JSON has it.
func (in *ingest) written(at timeline.Extent) (string, error) {
	if in.tables[at.File] == nil {
		return in.text(at)
	}
	e, err := in.decode(at)
	return objectJSON(&e, eventFields), err
}

// same reports whether two events with one id are one: if they are of different
// files and have the same content, or as their format says.
func (in *ingest) same(a, b timeline.Extent) bool {
	one := func(first, second *timeline.Event) bool { return reflect.DeepEqual(first, second) }
	if t := in.tables[a.File]; t != nil && t.row.same != nil {
		one = t.row.same
	} else if a.File == b.File {
		return false
	}
	if in.tables[a.File] == nil && in.tables[b.File] == nil {
		first, err := in.text(a)
		if err != nil {
			return false
		}
		if second, err := in.text(b); err != nil || second == first {
			return err == nil
		}
	}
	first, err := in.decode(a)
	if err != nil {
		return false
	}
	second, err := in.decode(b)
	return err == nil && one(&first, &second)
}
