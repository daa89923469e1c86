package export_test

import (
	"strings"
	"testing"

	"dateline/timeline/export"
	"dateline/timeline/internal/fixture"
)

func TestPlainSaysAllThatTheScreenShows(t *testing.T) {
	tl := fixture.Shipped(t)
	for i := range tl.Len() {
		told := strings.Join(export.Plain(tl, i), "\n")
		e := tl.Event(i)
		parts := append([]string{e.Title, e.Date.Words(), e.Status.String(), e.Summary, e.Caveat, e.Rests()}, append(e.Actors, e.Places...)...)
		for _, s := range e.Sources {
			parts = append(parts, s.Publisher, s.Supports, s.Quote, s.QuoteBy, s.URL, s.AttributedTo, s.Via)
		}
		for _, j := range append(tl.Answers(i), tl.AnsweredBy(i)...) {
			parts = append(parts, tl.Event(j).Title)
		}
		for _, part := range parts {
			if !strings.Contains(told, part) {
				t.Errorf("%s: %q is not told in\n%s", e.ID, part, told)
			}
		}
	}
}
