package tui

import (
	"context"
	"fmt"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A search moves among the events that hold a text; it hides nothing.
type search struct {
	text   string
	needle string // folded
	hits   timeline.Selection
}

// look finds the shown events that hold text.
func look(ctx context.Context, t *timeline.Timeline, q timeline.Query, s string) search {
	needle := text.Fold(s)
	if needle == "" {
		return search{}
	}
	hits, _ := t.Search(ctx, q.And(timeline.Is(timeline.TextField, s)))
	return search{s, needle, hits}
}

// seek searches for a text, and then goes to where then says.
func (m *model) seek(s string, then func(*model)) {
	t, q := m.t, m.query
	m.setSearch(search{text: s, needle: text.Fold(s)})
	m.send(forHits, t.Len(), func(ctx context.Context) func(*model) {
		f := look(ctx, t, q, s)
		return func(m *model) {
			m.setSearch(f)
			then(m)
		}
	})
}

// from returns the event found nearest to one, in the direction of step, and
// around the end; the one itself counts if here.
func (f *search) from(event, step int, here bool) (int, bool) {
	n := f.hits.Len()
	if n == 0 {
		return 0, false
	}
	k, on := f.hits.Has(event)
	switch {
	case on && here:
	case on:
		k += step
	case step < 0:
		k--
	}
	return f.hits.At((k + n) % n), true
}

// status says which of the found events the reader is on.
func (f *search) status(event int, newest bool) string {
	n := f.hits.Len()
	if n == 0 {
		return fmt.Sprintf("“%s” not found", text.Clean(f.text))
	}
	if k, on := f.hits.Has(event); on {
		if newest {
			k = n - 1 - k
		}
		return fmt.Sprintf("“%s” %s/%s", text.Clean(f.text), text.Grouped(k+1), text.Grouped(n))
	}
	return fmt.Sprintf("“%s” %s found", text.Clean(f.text), text.Grouped(n))
}
