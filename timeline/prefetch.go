package timeline

import (
	"iter"
	"slices"

	"dateline/timeline/text"
)

// Events goes through the events at some positions, in the order given, each
// with its position. It reads ahead, on every processor, and keeps none: it is
// for writing many events, each needed once. Their texts are safe, but not cut
// for a screen: see text.Safe. What Event says of an event that cannot be read
// holds here too.
func (t *Timeline) Events(positions iter.Seq[int]) iter.Seq2[int, *Event] {
	return Ahead(t, positions, func(i int) Event { return t.store.fetch(t, i, text.Safe) })
}

// Ahead is Events for what read makes of each event. Several goroutines call it.
func Ahead[T any](t *Timeline, positions iter.Seq[int], read func(i int) T) iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		prefetch(t.store, positions, func(at []int, into []T) {
			for k, i := range at {
				into[k] = read(i)
			}
		}, yield)
	}
}

// Titles yields the titles of events, safe as those of Events, and reads little
// else.
func (t *Timeline) Titles(positions iter.Seq[int]) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		prefetch(t.store, positions, func(at []int, titles []string) { t.store.titles(t, at, titles) },
			func(i int, title *string) bool { return yield(i, *title) })
	}
}

// A batch is some positions whose events one goroutine reads.
type batch[T any] struct {
	at   []int
	read []T
	crew crew // of one goroutine
}

// batchSize is how many bytes of a file the events of a batch take: enough to be
// worth a goroutine, little to wait for or to hold.
const batchSize = 1 << 16

// prefetch reads from the events at some positions, and yields the results in
// order. It has one more batch under way than there are processors, so that none
// waits for the caller. When it returns, all reading has ended.
func prefetch[T any](s *store, positions iter.Seq[int], read func(at []int, into []T), yield func(int, *T) bool) {
	var reading []*batch[T] // the first is to be yielded next
	defer func() {
		for _, b := range reading {
			b.crew.wait.Wait()
		}
	}()
	begin := func(at []int) {
		b := &batch[T]{at: at, read: make([]T, len(at))}
		reading = append(reading, b)
		b.crew.start(func() { read(b.at, b.read) })
	}
	end := func() bool {
		b := reading[0]
		b.crew.finish()
		reading = slices.Delete(reading, 0, 1) // forgets it
		for k, i := range b.at {
			if !yield(i, &b.read[k]) {
				return false
			}
		}
		return true
	}
	var at []int
	size := 0
	for i := range positions {
		at = append(at, i)
		if size += s.extent(i).Len; size < batchSize {
			continue
		}
		begin(at)
		at, size = nil, 0
		if len(reading) > workers() && !end() {
			return
		}
	}
	begin(at)
	for len(reading) > 0 && end() {
	}
}
