package format

import (
	"encoding/json"
	"errors"
	"io"

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
		k.Repeated = append(k.Repeated, repeated)
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

// Open is Open for files that were kept, and are as they were.
func (k *Kept) Open(files ...File) (*timeline.Timeline, Report, error) {
	in := newIngest(Watch{}, files)
	kept := &k.report
	if len(kept.Repeated) != len(files) {
		return nil, Report{}, errors.New("other files were kept")
	}
	for i := range files {
		if err := in.recognise(i); err != nil {
			return nil, Report{}, err
		}
		if in.states[i].refused != nil {
			return nil, Report{}, errors.New("a file is no timeline")
		}
		if s := in.tables[i]; s != nil && kept.Repeated[i] != nil {
			s.repeated = kept.Repeated[i]
		}
	}
	in.problems = newProblems()
	t, err := in.index.Kept(k.Kept)
	if err != nil {
		return nil, Report{}, err
	}
	r := Report{Problems: kept.Problems, Found: kept.Found, LeftOut: kept.LeftOut, errors: kept.Errors, warnings: kept.Warnings, ingest: in}
	r.original = Original{actors: kept.Actors, read: in.written}
	for _, f := range kept.Further {
		r.original.further = append(r.original.further, member{f[0], f[1]})
	}
	return t, r, nil
}
