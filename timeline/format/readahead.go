package format

import (
	"bytes"
	"runtime"
	"slices"
	"sync"
)

// A readahead reads the events of an array ahead of its window, on all processors.
// Where an event begins far ahead can only be guessed: where something that looks
// like one has a comma behind it. The window takes a run of events that was read
// from there if it comes to the very byte where the run begins. If it does not, the
// guess was wrong, since a text or a field holds what looks like an event, and the
// window reads on by itself. A nil readahead reads nothing.
type readahead struct {
	*ingest
	file   int
	origin int64 // where the first chunk begins
	size   int64 // of a chunk
	wait   sync.WaitGroup

	mu      sync.Mutex
	changed *sync.Cond    // when anything below has, or more of a stream has come
	passed  int           // the chunk that the window is in
	next    int           // the chunk to read next
	runs    map[int][]run // by chunk, if it has been read
	over    bool          // no more is read
}

// A run is events that follow each other.
type run struct {
	from, to int64 // where its first begins, and the event behind its last
	take     func(*state)
}

// mostAhead is how many chunks for each processor are read ahead of the window.
const mostAhead = 3

// readAhead begins to read ahead, if there is much to read. The reader of a large
// file waits until its first events are on screen.
func (w *window) readAhead() {
	f := &w.files[w.file]
	origin, size := w.base+int64(len(w.buf)), min(w.block, tableBlock)
	if w.slow || w.full || f.size()-origin < 2*size {
		return
	}
	if w.watch.Ready != nil && !isClosed(w.watch.Ready) {
		return
	}
	a := &readahead{ingest: w.ingest, file: w.file, origin: origin, size: size, runs: make(map[int][]run)}
	a.changed = sync.NewCond(&a.mu)
	for range runtime.GOMAXPROCS(0) {
		a.wait.Go(a.read)
	}
	w.ahead, w.border = a, origin
}

func (a *readahead) stop() {
	if a == nil {
		return
	}
	a.end()
	a.wait.Wait()
}

func (a *readahead) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	a.changed.Broadcast()
}

// read reads chunks. If it panics, so will the window, when it comes there.
func (a *readahead) read() {
	defer func() {
		if recover() != nil {
			a.end()
		}
	}()
	w := a.worker()
	for {
		n, from, ok := a.claim()
		if !ok {
			return
		}
		runs := w.runs(a.file, from, from+a.size)
		a.mu.Lock()
		a.runs[n] = runs
		a.changed.Broadcast()
		a.mu.Unlock()
	}
}

// claim waits until a chunk is to be read, and returns where it begins.
func (a *readahead) claim() (n int, from int64, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for !a.over && (a.next > a.passed+mostAhead*runtime.GOMAXPROCS(0) || !a.hasCome(a.next)) {
		a.changed.Wait()
	}
	n = a.next
	from = a.origin + int64(n)*a.size
	if a.over || from >= a.files[a.file].size() {
		return 0, 0, false
	}
	a.next++
	return n, from, true
}

// hasCome reports whether a chunk can be read.
func (a *readahead) hasCome(n int) bool {
	f := &a.files[a.file]
	return f.stream() == nil || a.origin+int64(n+1)*a.size <= f.size()
}

// of returns the runs of the chunk that has an offset, and where the next chunk
// begins. The window is there: what lies before is forgotten. A chunk of a stream
// that has not come is left to the window.
func (a *readahead) of(at int64) (runs []run, end int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := int((at - a.origin) / a.size)
	for k := a.passed; k < n; k++ {
		delete(a.runs, k)
	}
	a.passed = n
	if a.next < n || a.next == n && !a.hasCome(n) {
		a.next = n + 1
		a.runs[n] = nil
	}
	a.changed.Broadcast()
	for !a.over {
		if _, is := a.runs[n]; is {
			break
		}
		a.changed.Wait()
	}
	return a.runs[n], a.origin + int64(n+1)*a.size
}

// catchUp takes what was read ahead of the window, and moves the window behind it.
func (w *window) catchUp() error {
	at := w.base + int64(w.pos)
	if w.ahead == nil {
		w.readAhead()
	}
	if w.ahead == nil || at < w.border {
		return nil
	}
	from := at
	for w.border <= at {
		runs, end := w.ahead.of(at)
		k := slices.IndexFunc(runs, func(r run) bool { return r.from >= at })
		switch {
		case k < 0:
			w.border = end
		case runs[k].from > at:
			w.border = runs[k].from
		default:
			if at == from {
				w.indexer.Flush()
			}
			runs[k].take(&w.state)
			at, w.border = runs[k].to, runs[k].to
			if err := w.passedUpTo(at); err != nil {
				return err
			}
		}
	}
	if at == from {
		return nil
	}
	return w.jump(at)
}

// jump moves the window to an offset of the file, which is behind it.
func (w *window) jump(at int64) error {
	from := max(0, at-longestLead)
	w.buf = slices.Grow(w.buf[:0], int(at-from))[:at-from]
	if err := w.files[w.file].read(w.buf, from); err != nil {
		return err
	}
	w.base, w.pos = from, int(at-from)
	return w.slide()
}

// runs reads the events that begin within a chunk of an array. It finds no more of
// them if the file cannot be read: the window will say why.
func (w *worker) runs(file int, from, to int64) (runs []run) {
	f := &w.files[file]
	n := int(min(to+w.firstBlock, f.size()) - from)
	w.buf, w.base = slices.Grow(w.buf[:0], n)[:n], from
	if f.read(w.buf, from) != nil {
		return nil
	}
	for pos := 0; from+int64(pos) < to; {
		next := bytes.IndexByte(w.buf[pos:], '{')
		if next < 0 {
			break
		}
		pos += next
		begin := pos
		w.state = state{}
		join := w.indexer.Apart(func() {
			for from+int64(pos) < to && w.fastElement(file, pos, ",") != 0 {
				pos = w.fast.at
			}
		})
		if pos == begin {
			pos++
			continue
		}
		found, counted := w.state.found, w.counted()
		runs = append(runs, run{from + int64(begin), from + int64(pos), func(s *state) {
			join()
			s.found += found
			s.good += found
			w.count(file, counted)
		}})
	}
	return runs
}
