package timeline

import (
	"iter"

	"dateline/timeline/text"
)

// Events goes through the events at some positions, in the order given, each
// with its position. It reads ahead, on every processor, and keeps none: it is
// for writing many events, each needed once. Their texts are safe, but not cut
// for a screen: see text.Safe. What Event says of an event that cannot be read
// holds here too.
func (t *Timeline) Events(positions iter.Seq[int]) iter.Seq2[int, *Event] {
	return func(yield func(int, *Event) bool) {
		prefetch(t.store, positions, t.store.fetchAll(t, text.Safe), yield)
	}
}

// fetchAll returns a function that reads the events at some positions.
func (s *store) fetchAll(t *Timeline, fit func(string) string) func(at []int, events []Event) {
	return func(at []int, events []Event) {
		for k, i := range at {
			events[k] = s.fetch(t, i, fit)
		}
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
		reading = reading[1:]
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
