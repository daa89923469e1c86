package format

import (
	"hash/maphash"

	"dateline/timeline"
)

// A worker indexes events from one goroutine.
type worker struct {
	*ingest
	indexer *timeline.Indexer
	fast    fastScanner
	buf     []byte
	base    int64 // where buf begins in the file
	spare   spare
	record  timeline.Record
	state   state // of the stretch at hand
	leftIDs []string
	near    nearby
}

func (in *ingest) worker() *worker {
	return &worker{ingest: in, indexer: in.index.Indexer(), near: make(nearby)}
}

func (w *worker) stretch(s stretch) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	w.state = state{}
	var err error
	inOne := false
	switch table := w.tables[s.file]; {
	case table != nil:
		err = w.rows(table, s.to)
	case w.states[s.file].lines:
		err = w.lines(s.file, s.from, s.to)
	default:
		inOne = true
		err = w.document(s.file)
	}
	w.indexer.Flush()
	w.count(s.file, w.counted())
	w.merge(s.file)
	if err != nil || inOne {
		return err
	}
	return w.passed(s.to - s.from)
}

// accept indexes the event that the fast scanner has read. It returns false if
// the decoder must read it, because it has a warning that may be listed.
func (w *worker) accept(file int, at int64) bool {
	f := &w.fast
	if len(f.warnings) > 0 && !w.settled(location{file, at}) {
		return false
	}
	f.record.File, f.record.At = file, at
	if !w.indexer.Add(&f.record) {
		return false
	}
	w.state.found++
	w.state.good++
	for _, n := range f.warnings {
		f.known[n].count++
	}
	return true
}

// settled reports whether the warnings of the fast scanner need only be counted.
func (w *worker) settled(here location) bool {
	for _, n := range w.fast.warnings {
		k := &w.fast.known[n]
		if k.is && k.behind.compare(here) < 0 {
			continue
		}
		if k.behind, k.is = w.problems.settled(w.problems.keyOf(k.in(here))); !k.is || k.behind.compare(here) >= 0 {
			return false
		}
	}
	return true
}

// counted returns the warnings that the fast scanner has counted since the last call.
func (w *worker) counted() (counted []knownWarning) {
	for i := range w.fast.known {
		k := &w.fast.known[i]
		if k.count > 0 {
			counted = append(counted, *k)
		}
		k.count, k.is = 0, false
	}
	return counted
}

// count reports warnings that were only counted in a file.
func (in *ingest) count(file int, counted []knownWarning) {
	for i := range counted {
		in.problems.countOnly(in.problems.keyOf(counted[i].in(location{file: file})), counted[i].count)
	}
}

// take takes what a decoder has read: events, and problems. Where returns the
// offset in the file of one in the decoder's text.
func (w *worker) take(d *decoder, file int, where func(offset int) int64) {
	w.state.found += d.count
	w.state.leftOut += len(d.leftOut)
	w.state.good += len(d.events)
	w.state.malformed = w.state.malformed || d.malformed
	for i := range d.events {
		e := &d.events[i]
		extent := timeline.Extent{File: file, At: where(e.offsets.event), Len: e.offsets.end - e.offsets.event}
		extent.Sum = checksum(0, []byte(d.text[e.offsets.event:e.offsets.end]))
		w.add(&e.Event, extent)
	}
	w.leftIDs = append(w.leftIDs, d.leftOut...)
	for _, p := range d.problems {
		p.where = location{file, where(int(p.where.at))}
		w.problems.add(p)
	}
}

// add indexes an event that has been decoded.
func (w *worker) add(e *timeline.Event, extent timeline.Extent) {
	w.record.Set(e, extent)
	if !w.indexer.Add(&w.record) {
		panic("format: an event without errors cannot be indexed: " + e.ID)
	}
}

// merge adds the state of a stretch to that of its file.
func (w *worker) merge(file int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := &w.states[file]
	s.found += w.state.found
	s.leftOut += w.state.leftOut
	s.good += w.state.good
	s.malformed = s.malformed || w.state.malformed
	if w.state.about != (timeline.About{}) {
		s.about = w.state.about
	}
	for _, id := range w.leftIDs {
		w.leftOut[maphash.String(w.seed, id)] = true
	}
	w.leftIDs = w.leftIDs[:0]
}
