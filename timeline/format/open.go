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
	"strings"

	"dateline/timeline"
)

// A File is a text to read, with the name that problems call it by. One that is
// too large for memory is read through Data.
type File struct {
	Name string
	Text string

	// Note is said in a warning at the file's beginning: how its bytes were read.
	Note string

	// In is the folder that the file was found in, empty if the file was named itself.
	// A file of a folder that is no timeline at all does not keep the others from
	// being opened.
	In string

	// Columns says which column of a CSV or TSV file sets which field, where the
	// names of the columns do not: see ParseColumns. Other files have no use for it.
	Columns map[string]string

	Data io.ReaderAt // if not nil, instead of Text; it must stay open
	Size int64       // of Data, in bytes
}

// Contents reads the file from its beginning.
func (f *File) Contents() io.Reader { return io.NewSectionReader(f.reader(), 0, f.size()) }

func (f *File) reader() io.ReaderAt {
	if f.Data != nil {
		return f.Data
	}
	return strings.NewReader(f.Text)
}

func (f *File) size() int64 {
	if f.Data != nil {
		return f.Size
	}
	return int64(len(f.Text))
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
}

// Progress is how far reading is.
type Progress struct {
	Done, Total int64 // bytes
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
