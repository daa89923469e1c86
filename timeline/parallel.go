package timeline

import (
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// workers is how many goroutines can run at once.
func workers() int { return runtime.GOMAXPROCS(0) }

// A crew is a group of goroutines that work for one caller. A panic in one of
// them becomes a panic of the caller, which can recover from it.
type crew struct {
	wait  sync.WaitGroup
	fault atomic.Pointer[any]
}

func (c *crew) start(work func()) {
	c.wait.Go(func() {
		defer func() {
			if fault := recover(); fault != nil {
				c.fault.CompareAndSwap(nil, &fault)
			}
		}()
		work()
	})
}

// finish waits for all that were started.
func (c *crew) finish() {
	c.wait.Wait()
	if fault := c.fault.Load(); fault != nil {
		panic(*fault)
	}
}

// share calls work for every number below n, on several goroutines.
func share(n int, work func(k int)) {
	var next atomic.Int64
	var crew crew
	for range min(n, workers()) {
		crew.start(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				work(k)
			}
		})
	}
	crew.finish()
}

// together runs several functions at once.
func together(works ...func()) {
	share(len(works), func(k int) { works[k]() })
}

// parallelMin is how many events make a second goroutine worthwhile.
const parallelMin = 1 << 15

// split calls work for consecutive stretches of n events: for one, or for
// several at once if there are many events.
func split(n int, work func(from, to int)) {
	if n < parallelMin {
		work(0, n)
		return
	}
	var crew crew
	for from, to := range stretches(n, workers()) {
		crew.start(func() { work(from, to) })
	}
	crew.finish()
}

// stretches divides n positions among workers. Each stretch begins at a multiple
// of 64, so that no two of them share a word of a bitset.
func stretches(n, workers int) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		each := ((n+workers-1)/workers + 63) &^ 63
		for from := 0; from < n; from += each {
			if !yield(from, min(from+each, n)) {
				return
			}
		}
	}
}
