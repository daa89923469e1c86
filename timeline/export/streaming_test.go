package export_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// A weighing writer takes text in, and now and then looks how much memory is in
// use.
type weighing struct{ written, weighed, most int }

func (w *weighing) Write(p []byte) (int, error) {
	const often = 1 << 18
	if w.written += len(p); w.written-w.weighed >= often {
		w.weighed = w.written
		w.most = max(w.most, inUse())
	}
	return len(p), nil
}

// inUse is how many bytes are held.
func inUse() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// What is written to a file must fit on the disk, not in memory. Citations hold
// what tells sources apart.
func TestExportsHoldNoMoreThanTheyAreWriting(t *testing.T) {
	const events = 10_000
	var b strings.Builder
	for i := range events {
		fmt.Fprintf(&b, `{"id":"e-%06d","date":"2024-06-%02d","title":"Event %d","summary":"%s","sources":[{"url":"https://p.example/%d","publisher":"P","title":"Title %d"}]}`+"\n",
			i, i%30+1, i, strings.Repeat("Words. ", 240), i, i)
	}
	file := format.File{Name: "large.jsonl", Data: strings.NewReader(b.String()), Size: int64(b.Len())}
	tl, report, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	all := tl.Select(timeline.Query{})
	for i := range all.Ordered(false) {
		tl.Event(i) // the timeline keeps those that were read last
	}
	check := func(as string, most int, write func(io.Writer) error) {
		t.Helper()
		before := inUse()
		w := &weighing{}
		if err := write(w); err != nil || w.written < events*40 || w.most == 0 {
			t.Fatalf("%s: %d bytes, %v", as, w.written, err)
		}
		if held := w.most - before; held > most {
			t.Errorf("%s: of %d bytes that were written %d were held, want at most %d", as, w.written, held, most)
		}
	}
	ahead := (runtime.GOMAXPROCS(0) + 2) << 18 // by each processor, and of what is written
	for as, write := range fixture.Exports {
		check(as, ahead, func(w io.Writer) error {
			_, err := write(w, tl, all.Ordered(true), report)
			return err
		})
	}
	for _, as := range cite.Formats() {
		check(as.Name, events*120, func(w io.Writer) error {
			return as.Write(w, func(yield func(timeline.Source) bool) {
				for i := range all.Ordered(false) {
					if !yield(tl.Event(i).Sources[0]) {
						return
					}
				}
			})
		})
	}
	runtime.KeepAlive(report)
}
