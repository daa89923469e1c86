package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/format"
	"dateline/timeline/postgres"
	"dateline/tui"
)

// A load is a timeline that is being loaded for the viewer.
type load struct {
	parts   chan tui.Part // holds at most the latest untaken part
	shown   func()        // the first events are drawn: use every processor
	stop    func()
	started chan struct{} // closed when there are events, or the load has ended
	ended   chan struct{}
	err     error // set before ended is closed: there is no timeline, or --at is wrong
	step    int64 // of the last part sent: a percentage, or so many times 4 MB
}

// load starts to load the named files, or the built-in timeline. The index of large
// files is kept if they are read for the first time: a file that grows would have
// it written all the time.
func (c *command) load(query timeline.Query, args []string, first bool) *load {
	ctx, stop := context.WithCancel(context.Background())
	ready := make(chan struct{})
	l := &load{
		parts: make(chan tui.Part, 1), shown: sync.OnceFunc(func() { close(ready) }), stop: stop,
		started: make(chan struct{}), ended: make(chan struct{}),
	}
	start := sync.OnceFunc(func() { close(l.started) })
	go func() {
		defer start()
		defer close(l.ended)
		defer func() {
			if fault := recover(); fault != nil { // the viewer has the terminal
				l.fail(fail(fmt.Errorf("internal error while loading: %v", fault)))
			}
		}()
		began := time.Now()
		o, err := c.prepare(ctx, query, args)
		if err != nil {
			if many := new(postgres.TooManyError); errors.As(err, &many) && narrows(args) {
				err = &tooMuch{err}
			}
			l.fail(err)
			return
		}
		if large := anyLarge(o.files); large || len(args) == 0 {
			delayCollection(ready, large)
		}
		cache := c.cacheOf(o.files)
		kept, said := c.loadKept(ctx, l, o, cache, ready, start)
		if kept != nil {
			if first && cache.stale {
				cache.keep(kept.Timeline, kept.report, began)
			}
			return
		}
		watch := format.Watch{Ready: ready, Spool: spoolFor(o.files), Progress: func(p format.Progress) {
			part := tui.Part{Done: p.Done, Total: p.Total}
			if p.Timeline != nil {
				part.File = c.viewerFile(o.with(p.Timeline, p.Report))
			}
			l.send(part)
			if p.Timeline != nil {
				start()
			}
		}}
		t, report, err := format.Open(ctx, watch, o.files...)
		part := tui.Part{Last: true, Stopped: err != nil && ctx.Err() != nil}
		if err != nil && !part.Stopped {
			l.fail(fail(err))
			return
		}
		o = o.with(t, report)
		part.File, part.Said = c.viewerFile(o), cmp.Or(said, c.decidedHere(ctx, query, args))
		if !part.Stopped { // briefs of a part of the timeline are not compared
			part.File = c.wholeFile(o)
		}
		l.err = c.checkAt(o)
		l.send(part)
		if anyLarge(o.files) {
			for _, later := range []time.Duration{time.Second, 10 * time.Second} { // what reading needed, and what showing it did
				time.AfterFunc(later, debug.FreeOSMemory)
			}
		}
		if first && cache != nil && !part.Stopped {
			cache.keep(o.Timeline, o.report, began) // without it the next viewer reads the file
		}
	}()
	return l
}

// loadKept sends the viewer the index that is kept of the files, first as it is and
// then as checked. It returns nil, and why if the reader should know, if the files
// must be read.
func (c *command) loadKept(ctx context.Context, l *load, o *opened, cache *cache, ready <-chan struct{}, start func()) (kept *opened, said string) {
	if cache == nil {
		return nil, ""
	}
	const changed = "The file has changed since it was last read: it was read anew."
	k, err := cache.open()
	switch {
	case err == errChanged:
		return nil, changed
	case k == nil:
		return nil, ""
	}
	total := int64(0)
	for _, f := range o.files {
		total += f.Size
	}
	show := func(t *timeline.Timeline, report format.Report, preview bool) {
		o = o.with(t, report)
		l.send(tui.Part{File: c.viewerFile(o), Total: total, Checking: true, Preview: preview})
		start()
		select { // the events are on screen before anything else takes the processors
		case <-ready:
		case <-ctx.Done():
		}
	}
	if t, err := k.Preview(o.files...); t != nil && err == nil {
		show(t, format.Report{}, true)
	}
	t, report, err := k.Open(o.files...)
	if err != nil {
		return nil, ""
	}
	show(t, report, false)
	var mu sync.Mutex
	if err := k.check(func(done int64) {
		mu.Lock()
		defer mu.Unlock()
		l.send(tui.Part{Done: min(done, total), Total: total, Checking: true})
	}); err == errChanged {
		return nil, changed
	} else if err != nil {
		return nil, ""
	}
	l.err = c.checkAt(o)
	l.send(tui.Part{Last: true, File: c.wholeFile(o)})
	return o, ""
}

// wholeFile is viewerFile for a timeline that is whole: its briefs can be compared.
func (c *command) wholeFile(o *opened) tui.File {
	f := c.viewerFile(o)
	f.Since = func(q timeline.Query) (*brief.Changes, error) { return c.sinceLast(o, q) }
	f.Briefed = func() error { return c.recordBrief(o) }
	return f
}

// viewerFile returns an opened timeline as the viewer takes it.
func (c *command) viewerFile(o *opened) tui.File {
	f := tui.File{Timeline: o.Timeline, Name: o.name, Digest: o.digest, LeftOut: o.leftOut(""), Problems: problemLines(o.report), Exports: exportForms(o)}
	f.Faults, f.Lost = o.report.Errors()+len(o.strays), o.report.LeftOut
	if i := slices.IndexFunc(o.report.Problems, func(p format.Problem) bool { return !p.Warning }); i >= 0 {
		f.Fault = o.report.Problems[i].String()
	} else if f.Faults > 0 {
		f.Fault = o.strays[0]
	}
	marks, err := c.marksFile(o.args)
	if err == nil {
		f.Margin, err = marks.read()
	}
	f.Margin = o.Current(f.Margin)
	if err == nil {
		err = unkept(marks.path)
	}
	switch {
	case err == errNoState:
		f.Unkept = "Marks and notes are not saved (--no-state)."
		return f
	case err != nil:
		f.Unkept = "Marks and notes are not saved: " + err.Error() // a broken file is not overwritten
		return f
	}
	f.SaveMargin = func(e timeline.MarginEdit) (timeline.Margin, error) { return marks.edit(o.name, o.Timeline, e) }
	return f
}

// delayCollection turns the garbage collector off until the first events are
// drawn, or a second has passed: there is little garbage by then. Afterwards large
// files have it collected often, since queries make much.
func delayCollection(shown <-chan struct{}, large bool) {
	percent := debug.SetGCPercent(-1)
	if percent < 0 {
		return // it is off already
	}
	if large {
		percent = often
	}
	go func() {
		select {
		case <-shown:
		case <-time.After(time.Second):
		}
		debug.SetGCPercent(percent)
	}()
}

func (l *load) fail(err error) {
	l.err = err
	l.send(tui.Part{Err: err, Last: true})
}

// send offers a part to the viewer. An untaken part is replaced, keeping its
// timeline, so that loading never blocks.
func (l *load) send(p tui.Part) {
	if p.Done > 0 {
		step := p.Done >> 22
		if p.Total > 0 {
			step = p.Done * 100 / p.Total
		}
		if step == l.step && p.File.Timeline == nil {
			return
		}
		l.step = step
	}
	select {
	case untaken := <-l.parts:
		if p.File.Timeline == nil && p.Err == nil {
			p.File = untaken.File
		}
	default:
	}
	l.parts <- p
}

// wait waits for the first events. It returns the error of a load that has ended;
// a later error, such as an unknown --at, is left to the viewer.
func (l *load) wait() error {
	<-l.started
	select {
	case <-l.ended:
		if errors.Is(l.err, tui.ErrTooMuch) {
			return nil // the viewer narrows it
		}
		return l.err
	default:
		return nil
	}
}

// loading returns the load as the viewer takes it.
func (l *load) loading() tui.Loading {
	return tui.Loading{Parts: l.parts, Shown: l.shown, Stop: l.stop}
}

// A changed file is reloaded when it has been left alone for a moment, since
// editors write in several steps, or when it has been growing for long.
const (
	settling = 150 * time.Millisecond
	growing  = time.Second
)

// watch sends when one of the named files may have changed or been replaced. It
// relies on the system's notifications and does not poll. A file that cannot be
// watched is skipped: the viewer has a key that reloads.
func watch(names []string) (changes <-chan struct{}, stop func()) {
	names = slices.DeleteFunc(slices.Clone(names), postgres.IsURL) // R asks those again
	if len(names) == 0 {
		return nil, func() {}
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, func() {}
	}
	watched := make(map[string]bool) // files, links and missing folders
	folders := make(map[string]bool)
	add := func(name string) {
		for _, path := range links(name) {
			for watched[path] = true; w.Add(filepath.Dir(path)) != nil && path != filepath.Dir(path); watched[path] = true {
				path = filepath.Dir(path) // it may be made again
			}
		}
	}
	addAll := func() {
		for _, name := range names {
			add(name)
			if path, err := filepath.Abs(name); err == nil && isDir(path) && w.Add(path) == nil {
				folders[path] = true
				files, _ := filesIn(path)
				for _, file := range files {
					if info, err := os.Lstat(file); err == nil && info.Mode()&os.ModeSymlink != 0 {
						add(file)
					}
				}
			}
		}
	}
	addAll()
	changed := make(chan struct{}, 1)
	go func() {
		var settled, late <-chan time.Time
		tell := func() {
			settled, late = nil, nil
			addAll() // a link may lead elsewhere now
			select {
			case changed <- struct{}{}:
			default: // the last change has not been taken yet
			}
		}
		for {
			select {
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if (watched[e.Name] || folders[filepath.Dir(e.Name)]) && !e.Has(fsnotify.Chmod) {
					if settled = time.After(settling); late == nil {
						late = time.After(growing)
					}
				}
			case <-w.Errors:
			case <-settled:
				tell()
			case <-late:
				tell()
			}
		}
	}()
	return changed, func() { w.Close() }
}

// links returns the absolute path of a file, the symbolic links on the way to it,
// folders included, and the paths that they lead to.
func links(name string) (paths []string) {
	path, err := filepath.Abs(name)
	const most = 40 // as Linux limits them
	for n := 0; err == nil && name != "-" && n < most; n++ {
		paths = append(paths, path)
		link, to := firstLink(path)
		if link == "" {
			break
		}
		paths = append(paths, link)
		path = filepath.Join(to, path[len(link):])
	}
	return paths
}

// firstLink returns the first part of a path that is a symbolic link, and where it
// leads.
func firstLink(path string) (link, to string) {
	for i := len(filepath.VolumeName(path)) + 1; i <= len(path); i++ {
		if i < len(path) && !os.IsPathSeparator(path[i]) {
			continue
		}
		if to, err := os.Readlink(path[:i]); err == nil {
			if !filepath.IsAbs(to) {
				to = filepath.Join(filepath.Dir(path[:i]), to)
			}
			return path[:i], to
		}
	}
	return "", ""
}
