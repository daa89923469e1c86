package format

import (
	"encoding/json"
	"errors"
	"io"
	"runtime"

	"dateline/timeline"
)

// A keptReport is what is kept of a report, and of the files beside their events.
type keptReport struct {
	Problems         []Problem
	Found, LeftOut   int
	Errors, Warnings int
	Further          [][2]string
	Actors           []string
	Repeated         []map[int64]int // by file: see tableStream
	Sizes            []int64         // of the files
	Lines            []bool          // whether they are dateline's own JSON Lines
	More             []byte
}

// Keep writes a timeline that Open has made whole of files, and more that the
// caller wants to keep with it, for Kept. Few formats cannot be kept: those whose
// events are only known from the whole file.
func Keep(w io.Writer, t *timeline.Timeline, r Report, more []byte) error {
	in := r.ingest
	k := keptReport{Problems: r.Problems, Found: r.Found, LeftOut: r.LeftOut, Errors: r.errors, Warnings: r.warnings, Actors: r.original.actors, More: more}
	if in == nil || r.refused != nil || len(r.Strays) > 0 {
		return errors.New("not all of the files was read")
	}
	for _, f := range r.original.further {
		k.Further = append(k.Further, [2]string{f.name, f.value})
	}
	for i, s := range in.tables {
		var repeated map[int64]int
		switch {
		case in.states[i].refused != nil:
			return errors.New("a file is no timeline")
		case s != nil && !s.inBatches():
			return errors.New("the format needs the whole file")
		case s != nil:
			repeated = s.repeated
		}
		k.Repeated, k.Sizes = append(k.Repeated, repeated), append(k.Sizes, in.files[i].size())
		k.Lines = append(k.Lines, s == nil && in.states[i].lines)
	}
	text, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return t.Keep(w, text)
}

// A Kept is an index that Keep has written.
type Kept struct {
	*timeline.Kept
	report keptReport
	in     *ingest // of the files, once they are recognised
}

// OpenKept opens a kept index of that size. Only its head has been checked.
func OpenKept(r io.ReaderAt, size int64) (*Kept, error) {
	k, err := timeline.OpenKept(r, size)
	if err != nil {
		return nil, err
	}
	kept := &Kept{Kept: k}
	return kept, json.Unmarshal(k.More(), &kept.report)
}

// More is what was given to Keep.
func (k *Kept) More() []byte { return k.report.More }

// recognise recognises the files that were kept.
func (k *Kept) recognise(files []File) (*ingest, error) {
	if k.in != nil {
		return k.in, nil
	}
	in := newIngest(Watch{}, files)
	kept := &k.report
	if len(kept.Sizes) != len(files) || len(kept.Repeated) != len(files) || len(kept.Lines) != len(files) {
		return nil, errors.New("other files were kept")
	}
	for i := range files {
		if err := in.recognise(i); err != nil {
			return nil, err
		}
		if in.states[i].refused != nil {
			return nil, errors.New("a file is no timeline")
		}
		if s := in.tables[i]; s != nil && kept.Repeated[i] != nil {
			s.repeated = kept.Repeated[i]
		}
	}
	in.problems = newProblems()
	k.in = in
	return in, nil
}

// Preview returns the first and the last events of the files, as they are now, with the
// number of all on each day. It is nil if there is none.
func (k *Kept) Preview(files ...File) (*timeline.Timeline, error) {
	in, err := k.recognise(files)
	if err != nil {
		return nil, err
	}
	x := timeline.NewIndex(in.decode)
	x.Glance, x.Files = in.glance, in.index.Files
	return x.Preview(k.Kept)
}

// Open is Open for files that were kept and are as they were, but for what may have
// been appended to the last. The error is timeline.ErrReadAll if that must be read
// with all the rest.
func (k *Kept) Open(files ...File) (*timeline.Timeline, Report, error) {
	in, err := k.recognise(files)
	if err != nil {
		return nil, Report{}, err
	}
	kept := &k.report
	last := len(files) - 1
	appended := files[last].size() - kept.Sizes[last]
	room := 0
	if appended > 0 {
		room = int(1<<10 + int64(kept.Found)*appended/kept.Sizes[last]*5/4)
	}
	t, err := in.index.Kept(k.Kept, room)
	if err == nil && appended > 0 {
		if !kept.Lines[last] {
			return nil, Report{}, timeline.ErrReadAll
		}
		t, err = in.readOn(t, last, kept.Sizes[last])
	}
	if err != nil {
		return nil, Report{}, err
	}
	r := Report{Problems: kept.Problems, Found: kept.Found + in.states[last].found, LeftOut: kept.LeftOut, errors: kept.Errors, warnings: kept.Warnings, ingest: in}
	r.original = Original{actors: kept.Actors, read: in.written}
	for _, f := range kept.Further {
		r.original.further = append(r.original.further, member{f[0], f[1]})
	}
	return t, r, nil
}

// readOn reads what has been appended to a file since it was as long as it was kept.
// That must be JSON Lines without problems.
func (in *ingest) readOn(t *timeline.Timeline, file int, from int64) (*timeline.Timeline, error) {
	f := &in.files[file]
	before, err := f.text(from-1, from)
	if err != nil {
		return nil, err
	}
	if in.tables[file] != nil || !in.states[file].lines || before != "\n" {
		return nil, timeline.ErrReadAll
	}
	workers := int64(runtime.GOMAXPROCS(0))
	in.block = min(in.block, (f.size()-from+workers-1)/workers)
	in.dealt = stretch{file: file, to: from}
	if err := in.read(); err != nil {
		return nil, err
	}
	if in.problems.errors+in.problems.warnings > 0 {
		return nil, timeline.ErrReadAll
	}
	return in.index.Append(t)
}
