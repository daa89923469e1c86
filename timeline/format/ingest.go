package format

import (
	"context"
	"hash/maphash"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"dateline/timeline"
)

// An ingest reads files into an index. It divides them into stretches, which
// several goroutines read: of JSON Lines and of formats with a record a line,
// many; of any other file, one that is the whole.
type ingest struct {
	watch      Watch
	ctx        context.Context
	files      []File
	tables     []*tableStream // by file; nil if it is dateline's own JSON
	firstBlock int64
	block      int64
	slow       bool // the decoder reads every event
	index      *timeline.Index
	rereaders  sync.Pool // of *rereader
	problems   problems
	anyCSV     bool // there is a CSV or TSV file whose columns may be mapped

	mu      sync.Mutex
	states  []state  // by file
	frames  []*frame // by file; nil if it has none
	seed    maphash.Seed
	leftOut map[uint64]bool // by hash: the ids of events with errors
	done    int64
	shown   int64 // how much was done when a timeline was last handed out

	dealing sync.Mutex // held while a stretch is dealt out
	dealt   stretch    // the last

	telling sync.Mutex     // held while progress is told
	about   timeline.About // as far as it is known, like the following
	cast    []timeline.Actor
	known   Original

	actors  []registered    // of all files
	names   []string        // of these actors
	unknown map[string]bool // actors that were reported already

	pointed   *decoder // of the event that point read last
	pointedAt timeline.Extent
}

// A frame is what a file holds beside its events.
type frame struct {
	text      string
	hole, gap int64 // where in text the events were, and how long they were
	apart     bool  // the text is not in the file: see File.Frame
}

// at is where in the file an offset of the frame's text is.
func (f *frame) at(offset int) int64 {
	switch at := int64(offset); {
	case f.apart:
		return 0
	case at < f.hole:
		return at
	}
	return int64(offset) + f.gap
}

// A stretch of a file is read by one goroutine.
type stretch struct {
	file     int
	from, to int64
}

// A state is how far the reading of a file has come.
type state struct {
	found, leftOut, good int
	lines                bool
	malformed            bool           // its JSON has an end too early, or none
	refused              *Problem       // it is no timeline at all
	format               string         // its name
	about                timeline.About // of a table
}

// A registered actor knows where it was read.
type registered struct {
	timeline.Actor
	where location
}

func newIngest(watch Watch, files []File) *ingest {
	in := &ingest{ctx: context.Background(), files: slices.Clone(files), tables: make([]*tableStream, len(files)), states: make([]state, len(files)), frames: make([]*frame, len(files)),
		firstBlock: firstBlock, block: block, problems: newProblems(), seed: maphash.MakeSeed(), leftOut: make(map[uint64]bool), unknown: make(map[string]bool)}
	if _, streams := in.total(); streams || in.size() >= Large {
		in.watch = watch
	}
	in.index, in.known.read = timeline.NewIndex(in.decode), in.written
	in.index.Glance, in.index.Issues, in.index.Spool = in.glance, in.issue, in.watch.Spool
	for i := range files {
		in.index.Files = append(in.index.Files, files[i].Name)
	}
	return in
}

// timeline reads the files. A file that is no timeline is an error of the report
// alone.
func (in *ingest) timeline(ctx context.Context) (*timeline.Timeline, Report, error) {
	in.ctx = ctx
	err := in.recogniseAll()
	if err == nil {
		err = in.read()
	}
	if ctx.Err() != nil {
		r, _ := in.report()
		return in.index.SoFar(in.about, in.cast), r, ctx.Err()
	}
	if err != nil {
		return nil, Report{}, err
	}
	for i, s := range in.tables {
		if s == nil {
			continue
		}
		s.ids = nil // all are known
		if late := s.late.names; late != nil {
			in.problems.add(Problem{Text: "these columns come late in the file and are not read: " + someOf(late), Warning: true, where: location{i, 0}})
		}
	}
	for i, f := range in.files {
		if f.Note == nil {
			continue
		}
		if note := f.Note(); note != "" {
			in.problems.add(Problem{Text: note, Warning: true, where: location{file: i}})
		}
	}
	about := in.readFrames()
	in.checkEmpty()
	in.checkRegister()
	var actors []timeline.Actor
	for _, a := range in.actors {
		actors = append(actors, a.Actor)
	}
	t := in.index.Timeline(about, actors)
	r, err := in.report()
	r.ingest = in
	return t, r, err
}

// size is how much of the files there is.
func (in *ingest) size() (size int64) {
	for i := range in.files {
		size += in.files[i].size()
	}
	return size
}

// total is how long the files will be, 0 if nobody knows, and whether one of them
// is still coming.
func (in *ingest) total() (total int64, streams bool) {
	known := true
	for i := range in.files {
		n := in.files[i].size()
		if s := in.files[i].stream(); s != nil {
			n, streams = s.Total(), true
			known = known && n > 0
		}
		total += n
	}
	if !known {
		total = 0
	}
	return total, streams
}

// recogniseAll finds out how the files are written.
func (in *ingest) recogniseAll() error {
	mapped := -1
	for i := range in.files {
		if err := in.recognise(i); err != nil {
			return err
		}
		if mapped < 0 && in.files[i].Columns != nil {
			mapped = i
		}
	}
	if mapped >= 0 && !in.anyCSV && in.states[mapped].refused == nil {
		in.refuse(mapped, 0, "there is nothing to map: this is "+in.states[mapped].format+", and dateline knows its fields")
	}
	return nil
}

// deal deals out the next stretch of the files. It has none if all have been.
func (in *ingest) deal() (s stretch, ok bool, err error) {
	in.dealing.Lock()
	defer in.dealing.Unlock()
	for ; in.dealt.file < len(in.files); in.dealt = (stretch{file: in.dealt.file + 1}) {
		f, t := &in.files[in.dealt.file], in.tables[in.dealt.file]
		s = stretch{in.dealt.file, in.dealt.to, 0}
		switch most := in.blockAt(s); {
		case in.states[s.file].refused != nil:
			continue
		case t == nil && !in.states[s.file].lines:
			s.to = math.MaxInt64
			ok = s.from < s.to
		case t != nil && !t.inBatches():
			s.to, err = f.await(in.ctx, math.MaxInt64)
			ok = s.from == 0
		default:
			if t != nil {
				most = min(most, tableBlock)
			}
			s.to, _, err = f.reach(in.ctx, s.from, most)
			ok = s.from < s.to
		}
		if err != nil || ok {
			in.dealt = s
			return s, err == nil, err
		}
	}
	return s, false, nil
}

// dealNoMore has deal find nothing left.
func (in *ingest) dealNoMore() {
	in.dealing.Lock()
	in.dealt.file = len(in.files)
	in.dealing.Unlock()
}

// blockAt is how much is read at once where a stretch begins. What is still coming
// is divided finely, so that nobody waits for it long.
func (in *ingest) blockAt(s stretch) int64 {
	switch {
	case s.from == 0:
		return in.firstBlock
	case in.files[s.file].stream() != nil:
		return min(in.block, tableBlock)
	}
	return in.block
}

// longestHead is how much of a file is read to recognise its format, if that is
// enough.
const longestHead = 1 << 18

// recognise finds out how a file is written.
func (in *ingest) recognise(i int) error {
	f := &in.files[i]
	if f.Frame != "" {
		in.states[i].lines, in.states[i].format = true, "dateline JSON"
		in.frames[i] = &frame{text: f.Frame, apart: true}
		in.begun(f.Frame)
		return nil
	}
	for n := int64(longestHead); ; n *= 4 {
		size, err := f.await(in.ctx, n+1)
		if err != nil {
			return err
		}
		head, err := f.text(0, min(n, size))
		if err != nil {
			return err
		}
		if in.recogniseBy(i, head, n >= size) {
			return nil
		}
	}
}

// recogniseBy finds out how a file is written by its beginning, which may be the
// whole. It returns false if that is too little.
func (in *ingest) recogniseBy(i int, start string, whole bool) bool {
	d := newDecoder(start)
	switch c := d.peek(); {
	case c == 0 && d.at == len(start):
		if whole {
			in.refuse(i, d.at, "the file is empty; a timeline is a JSON object with \"events\"")
		}
		return whole
	}
	h := look(start, beginning(start), in.files[i].Columns)
	m, s, err := h.mappingFor()
	in.anyCSV = in.anyCSV || h.plain
	in.states[i].format = h.format
	switch {
	case h.isShort(whole):
		return false
	case err != nil:
		in.refuse(i, h.from, err.Error())
	case m == nil:
		if reason := h.notATimeline(); reason != "" {
			in.refuse(i, h.from, reason)
			return true
		}
		var known bool
		in.states[i].lines, known = d.isLines(whole)
		return known
	case h.body == len(start) && !whole:
		return false // the header may go on
	default:
		in.tables[i] = newTableStream(i, h, m, s, start)
		in.tables[i].row.orders = &columnOrders{mapping: m, syntax: s, body: h.body, start: func() (string, bool) {
			to, ended, err := in.files[i].reach(in.ctx, int64(h.body), learnedFrom)
			if err != nil {
				return "", false
			}
			text, err := in.files[i].text(int64(h.body), to)
			return text, err == nil && ended
		}}
		if _, isTable := s.(*csvSyntax); h.plain && !isTable {
			in.tables[i].names = h.names
		}
		for _, note := range append([]string{h.linesAbove(), h.further(m)}, m.notes...) {
			if note != "" {
				in.problems.add(Problem{Text: note, Warning: true, where: location{i, int64(h.from)}})
			}
		}
	}
	return true
}

// refuse reports that a file is no timeline at all.
func (in *ingest) refuse(file int, at int, reason string) {
	p := Problem{Text: reason, where: location{file, int64(at)}}
	in.problems.add(p)
	if s := &in.states[file]; s.refused == nil {
		s.refused = &p
	}
}

// read indexes the files. A panic while it does, in whichever goroutine, becomes
// the caller's, who can recover from it.
func (in *ingest) read() error {
	var wait sync.WaitGroup
	var fail, end sync.Once
	var failed error
	ended := make(chan struct{}) // no stretch is left
	var fault atomic.Pointer[any]
	work := func() {
		defer func() {
			if f := recover(); f != nil {
				fault.CompareAndSwap(nil, &f)
				in.dealNoMore()
				end.Do(func() { close(ended) })
			}
		}()
		var w *worker
		for {
			s, ok, err := in.deal()
			if ok && w == nil {
				w = in.worker()
			}
			if ok {
				err = w.stretch(s)
			}
			if err != nil {
				fail.Do(func() { failed = err })
				in.dealNoMore()
			} else if !ok {
				end.Do(func() { close(ended) })
				return
			}
		}
	}
	wait.Go(work)
	for range runtime.GOMAXPROCS(0) - 1 {
		wait.Go(func() {
			if in.watch.Ready != nil {
				select {
				case <-in.watch.Ready:
				case <-ended:
				}
			}
			work()
		})
	}
	wait.Wait()
	if f := fault.Load(); f != nil {
		panic(*f)
	}
	return failed
}

// begun takes what is known of a file before its events.
func (in *ingest) begun(text string) {
	d := newDecoder(text)
	var about timeline.About
	if d.readDocument(&about); d.malformed {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.about.Title == "" {
		in.about = about
	}
	for _, a := range d.actors {
		in.cast = append(in.cast, a.Actor)
		in.known.actors = append(in.known.actors, d.text[a.at:a.end])
	}
	in.known.keep(d.further)
}

// keep keeps fields of a file that the format does not know, the first of each
// name.
func (o *Original) keep(further []member) {
	for _, f := range further {
		if !slices.ContainsFunc(o.further, func(other member) bool { return other.name == f.name }) {
			o.further = append(o.further, f)
		}
	}
}

// rarer is by how much more must have been read for another timeline to be
// handed out, so that making them costs less than reading.
const rarer = 4

// passed notes that so many bytes have been read, and tells of it.
func (w *worker) passed(bytes int64) error {
	w.mu.Lock()
	w.done += bytes
	w.mu.Unlock()
	if w.watch.Progress != nil {
		w.telling.Lock()
		defer w.telling.Unlock()
		p := w.progress()
		w.watch.Progress(p)
		if p.Timeline != nil {
			w.rest()
		}
	}
	return w.ctx.Err()
}

// rest leaves the processors to the screen until the first events are on it.
func (w *worker) rest() {
	if w.watch.Ready != nil {
		select {
		case <-w.watch.Ready:
		case <-w.ctx.Done():
		}
	}
}

func (in *ingest) progress() Progress {
	in.mu.Lock()
	total, streams := in.total()
	p := Progress{Done: in.done, Total: total}
	due := (streams || in.done < total) && in.done >= rarer*in.shown
	if due {
		in.shown = in.done
	}
	about, cast, known := in.about, in.cast, in.known
	in.mu.Unlock()
	if due {
		if t := in.index.SoFar(about, cast); t.Len() > 0 {
			p.Timeline, p.Report = t, Report{original: known}
		}
	}
	return p
}
