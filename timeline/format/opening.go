package format

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"dateline/timeline"
)

// An opening is the indexing of large files.
type opening struct {
	watch      Watch
	files      []File
	feeds      []*feed // by file; nil if it is dateline's own JSON
	firstBlock int64
	block      int64
	index      *timeline.Index
	glancers   sync.Pool // of *fastScanner, for who reads events again
	audit      *audit    // if all is to be told, and nothing indexed
	complaints complaints

	mu     sync.Mutex
	stats  []stat   // by file
	frames []*frame // by file; nil if it has none
	done   int64
	total  int64
	shown  int64 // how much was done when a timeline was last handed out

	telling sync.Mutex     // held while progress is told
	about   timeline.About // as far as it is known, as are these
	cast    []timeline.Actor
	known   Original
}

// A frame is what a file holds beside its events.
type frame struct {
	text      string
	hole, gap int64 // where in text the events were, and how long they were
}

// at is where in the file an offset of the frame's text lies.
func (f *frame) at(offset int) int64 {
	if at := int64(offset); at < f.hole {
		return at
	}
	return int64(offset) + f.gap
}

// A stretch of a file is read by one goroutine.
type stretch struct {
	file     int
	from, to int64
	lines    bool
}

// newOpening prepares to open files. It is not ok if they cannot be indexed.
func newOpening(watch Watch, files []File) (o *opening, ok bool) {
	all, ok := feeds(files)
	if !ok {
		return nil, false
	}
	o = &opening{watch: watch, files: files, feeds: all, total: size(files), stats: make([]stat, len(files)), frames: make([]*frame, len(files)),
		firstBlock: firstBlock, block: block}
	o.index, o.known.read = timeline.NewIndex(o.decode), o.written
	o.index.Glance = o.glance
	for i, f := range all {
		if f != nil && f.unread.Text != "" {
			o.complaints.add(complaint{Problem: f.unread.Problem, spot: spot{i, int64(f.unread.at)}})
		}
	}
	return o, true
}

// timeline indexes the files.
func (o *opening) timeline(ctx context.Context) (*timeline.Timeline, Report, error) {
	stretches, err := o.stretches()
	if err == nil {
		err = o.read(ctx, stretches)
	}
	if ctx.Err() != nil {
		r, _, _ := o.report(nil)
		r.original = o.known
		return o.index.SoFar(o.about, o.cast), r, ctx.Err()
	}
	if err != nil {
		return nil, Report{}, err
	}
	for _, f := range o.feeds {
		if f != nil {
			f.ids = nil // all are known
		}
	}
	about, m := o.readFrames()
	var actors []timeline.Actor
	for _, a := range m.actors {
		actors = append(actors, a.Actor)
	}
	t, twins := o.index.Timeline(about, actors)
	r, refused, err := o.report(twins)
	r.original = m.report.original
	if err = cmp.Or(refused, err); err != nil {
		return nil, r, err
	}
	return t, r, nil
}

// stretches parts the files. Of JSON Lines and feeds several goroutines read;
// any other file has to be read in one go.
func (o *opening) stretches() ([]stretch, error) {
	var all []stretch
	for i := range o.files {
		size := o.size(i)
		head := make([]byte, min(size, firstBlock))
		if err := o.fill(i, head, 0); err != nil {
			return nil, err
		}
		if o.feeds[i] == nil && !isLines(string(head)) {
			all = append(all, stretch{i, 0, size, false})
			continue
		}
		block := o.block
		if o.feeds[i] != nil {
			block = min(block, tableBlock)
		}
		for from, to := int64(0), o.firstBlock; from < size; from, to = to, to+block {
			all = append(all, stretch{i, from, min(to, size), true})
		}
	}
	return all, nil
}

// isLines reports whether a file that begins so is JSON Lines.
func isLines(head string) bool {
	d := newDecoder(strings.TrimPrefix(head, "\ufeff"))
	return d.peek() == '{' && d.isLines()
}

// read indexes stretches of the files.
func (o *opening) read(ctx context.Context, stretches []stretch) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	var fail, end sync.Once
	var failed error
	ended := make(chan struct{}) // no stretch is left
	work := func() {
		w := &worker{opening: o, ctx: ctx, in: o.index.Indexer()}
		for {
			n := int(next.Add(1)) - 1
			if n >= len(stretches) {
				w.end()
				end.Do(func() { close(ended) })
				return
			}
			if err := w.stretch(stretches[n]); err != nil {
				fail.Do(func() { failed = err })
				next.Add(int64(len(stretches)))
			}
		}
	}
	wait.Go(work)
	for range min(runtime.GOMAXPROCS(0), len(stretches)) - 1 {
		wait.Go(func() {
			if o.watch.Ready != nil {
				select {
				case <-o.watch.Ready:
				case <-ended:
				}
			}
			work()
		})
	}
	wait.Wait()
	return failed
}

// A worker indexes events from one goroutine.
type worker struct {
	*opening
	ctx   context.Context
	in    *timeline.Indexer
	look  fastScanner
	buf   []byte
	base  int64 // where buf begins in the file
	spare spare
	stat  stat // of the stretch at hand
	ledger
}

// end hands over what is left.
func (w *worker) end() {
	w.in.Flush()
	if w.audit != nil {
		w.audit.add(w.ledger)
	}
}

// stat says how reading went.
type stat struct {
	found, leftOut, sound int // events
	broken                bool
}

func (w *worker) stretch(s stretch) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	w.stat = stat{}
	var err error
	switch feed := w.feeds[s.file]; {
	case feed != nil:
		err = w.rows(feed, s.to)
		w.in.Flush()
	case s.lines:
		err = w.lines(s.file, s.from, s.to)
		w.in.Flush()
	default:
		window := &window{worker: w, file: s.file}
		err = window.pass()
		w.in.Flush()
		w.keep(s.file, &frame{window.frame.String(), window.hole, window.gap})
	}
	w.add(s.file, w.stat)
	if err != nil || !s.lines {
		return err
	}
	return w.passed(s.to - s.from)
}

func (o *opening) keep(file int, f *frame) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.frames[file] = f
}

func (o *opening) add(file int, s stat) {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := &o.stats[file]
	all.found += s.found
	all.leftOut += s.leftOut
	all.sound += s.sound
	all.broken = all.broken || s.broken
}

// begun takes what is known of a file before its events.
func (o *opening) begun(text string) {
	d := newDecoder(strings.TrimPrefix(text, "\ufeff"))
	var about timeline.About
	if d.readOwn(&about) != nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.about.Title == "" {
		o.about = about
	}
	for _, a := range d.out.actors {
		o.cast = append(o.cast, a.Actor)
		o.known.actors = append(o.known.actors, d.text[a.at:a.end])
	}
	for _, f := range d.out.report.original.further {
		if !slices.ContainsFunc(o.known.further, func(other member) bool { return other.name == f.name }) {
			o.known.further = append(o.known.further, f)
		}
	}
}

// rarer is by how much more must have been read for a timeline to be handed out
// again, so that making them costs less than reading.
const rarer = 4

// passed notes that so much has been read, and tells of it. Its error is that
// reading is to end.
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

func (o *opening) progress() Progress {
	o.mu.Lock()
	p := Progress{Done: o.done, Total: o.total}
	due := o.done < o.total && o.done >= rarer*o.shown
	if due {
		o.shown = o.done
	}
	about, cast, known := o.about, o.cast, o.known
	o.mu.Unlock()
	if due {
		if t := o.index.SoFar(about, cast); t.Len() > 0 {
			p.Timeline, p.Report = t, Report{original: known}
		}
	}
	return p
}

// readFrames reads what the files hold beside their events. The merger has their
// registers.
func (o *opening) readFrames() (about timeline.About, m *merger) {
	m = newMerger()
	w := &worker{opening: o, in: o.index.Indexer()}
	written := &m.report.original
	written.read = o.written
	for i, f := range o.frames {
		if f == nil {
			continue
		}
		d := newDecoder(f.text)
		d.sound = o.stats[i].sound // for what is broken beyond use
		d.out.kept = m.kept
		own := about
		d.at = len(f.text) - len(strings.TrimPrefix(f.text, "\ufeff"))
		w.stat = stat{broken: d.readOwn(&own) != nil}
		if about.Title == "" {
			about = own
		}
		for _, a := range d.out.actors {
			written.actors = append(written.actors, f.text[a.at:a.end])
			m.actors = append(m.actors, registered{Actor: a.Actor, file: &o.files[i], at: int(f.at(a.at))})
		}
		written.further = append(written.further, d.out.report.original.further...)
		w.take(d, i, f.at)
		w.add(i, w.stat)
	}
	w.end()
	return about, m
}
