package cli

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui"
)

// A reading is a timeline being read for the viewer.
type reading struct {
	parts chan tui.Part // at most one: the last that has not been taken
	shown func()        // the first events are on screen: read with all processors
	stop  func()
	begun chan struct{} // closed when there are events, or it has ended
	ended chan struct{} // closed when it has
	err   error         // when it has: why there is no timeline, or it has not what --at names
	told  int64         // the percentage told last
}

// read begins to read the files named, or the timeline inside.
func (c *command) read(args []string) *reading {
	ctx, stop := context.WithCancel(context.Background())
	ready := make(chan struct{})
	r := &reading{
		parts: make(chan tui.Part, 1), shown: sync.OnceFunc(func() { close(ready) }), stop: stop,
		begun: make(chan struct{}), ended: make(chan struct{}),
	}
	begin := sync.OnceFunc(func() { close(r.begun) })
	go func() {
		defer begin()
		defer close(r.ended)
		o, err := c.prepare(args)
		if err != nil {
			r.fail(err)
			return
		}
		if large := anyLarge(o.files); large || len(args) == 0 {
			putOffCollection(ready, large)
		}
		watch := format.Watch{Ready: ready, Progress: func(p format.Progress) {
			part := tui.Part{Done: p.Done, Total: p.Total}
			if p.Timeline != nil {
				part.File = c.toView(o.with(p.Timeline, p.Report), args)
			}
			r.tell(part)
			if p.Timeline != nil {
				begin()
			}
		}}
		t, report, err := format.Open(ctx, watch, o.files...)
		part := tui.Part{Last: true, Stopped: err != nil && ctx.Err() != nil}
		if err != nil && !part.Stopped {
			r.fail(fail(err))
			return
		}
		o = o.with(t, report)
		part.File = c.toView(o, args)
		if !part.Stopped { // one brief is compared with the next only of all that there is
			part.File.Since = func(q timeline.Query) (*timeline.Changes, error) { return c.sinceLast(o, q) }
			part.File.Briefed = func() error { return c.snapshot(o) }
		}
		r.err = c.checkAt(o)
		r.tell(part)
	}()
	return r
}

// putOffCollection leaves garbage alone until the first events are on screen, or
// ought to be: there is little by then. From there on it is collected as before
// or, of large files, often: reading leaves little behind, but asking does.
func putOffCollection(shown <-chan struct{}, large bool) {
	percent := debug.SetGCPercent(-1)
	if percent < 0 {
		return // it is put off already
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

func (r *reading) fail(err error) {
	r.err = err
	r.tell(tui.Part{Err: err, Last: true})
}

// tell hands out a part. One that nobody has taken yet gives way, but for the
// timeline that it brought. Who reads never waits for who draws.
func (r *reading) tell(p tui.Part) {
	if p.Total > 0 {
		percent := p.Done * 100 / p.Total
		if percent == r.told && p.File.Timeline == nil {
			return
		}
		r.told = percent
	}
	select {
	case missed := <-r.parts:
		if p.File.Timeline == nil && p.Err == nil {
			p.File = missed.File
		}
	default:
	}
	r.parts <- p
}

// beginning waits for the first events, and says what is to be told before the
// screen is touched: what is no timeline is none at its beginning either. Where the
// rest is still being read, the viewer looks for the event that --at names.
func (r *reading) beginning() error {
	<-r.begun
	select {
	case <-r.ended:
		return r.err
	default:
		return nil
	}
}

// loading is the reading as the viewer knows it.
func (r *reading) loading() tui.Loading {
	return tui.Loading{Parts: r.parts, Shown: r.shown, Stop: r.stop}
}
