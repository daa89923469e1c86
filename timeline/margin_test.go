package timeline_test

import (
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

func TestMarkedAsksForTheReadersMarks(t *testing.T) {
	plain := fixture.Timeline()
	tl := plain.WithMargin(timeline.Margin{Marks: map[string]timeline.Tier{"visit": timeline.Must, "cargo": timeline.Should, "treaty": timeline.Could, "gone": timeline.Must}})
	for _, c := range []struct{ text, canonical, ids string }{
		{`marked`, `marked`, `visit cargo treaty`},
		{`MARKED`, `marked`, `visit cargo treaty`},
		{`-marked actor:kim,putin`, `-marked actor:kim,putin`, ``},
		{`!marked id:visit,launch`, `-marked id:visit,launch`, `launch`},
		{`marked:must`, `marked:must`, `visit`},
		{`marked:Should,could`, `marked:should,could`, `cargo treaty`},
		{`marked:(must|should)`, `marked:must,should`, `visit cargo`},
		{`-marked:must marked`, `-marked:must marked`, `cargo treaty`},
		{`(marked | id:launch)`, `(marked | id:launch)`, `visit cargo launch treaty`},
		{`marked|id:launch`, `(marked | id:launch)`, `visit cargo launch treaty`},
		{`"marked"`, `"marked"`, ``}, // the word
		{`marked,visits`, `"marked",visits`, `visit`},
		{`markedly`, `markedly`, ``},
	} {
		q := fixture.Query(t, c.text)
		if got := fixture.IDs(tl, tl.Select(q)); got != c.ids || q.String() != c.canonical {
			t.Errorf("%s: got %s, %q, want %s, %q", c.text, q, got, c.canonical, c.ids)
		}
		checkSelect(t, tl, checkRoundTrip(t, c.text, q))
	}
	if got := fixture.IDs(plain, plain.Select(fixture.Query(t, "marked"))); got != "" {
		t.Errorf("the timeline without marks has %s marked", got)
	}
}

func TestMarkedEventsAreInOrder(t *testing.T) {
	tl := fixture.Timeline()
	marks := make(map[string]timeline.Tier)
	for i := range tl.Len() {
		marks[tl.Event(i).ID] = timeline.Could
	}
	tl = tl.WithMargin(timeline.Margin{Marks: marks})
	if got, want := fixture.IDs(tl, tl.Marked()), inOrder(tl); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMarkIsTheEventsOwn(t *testing.T) {
	tl := fixture.Timeline().WithMargin(timeline.Margin{Marks: map[string]timeline.Tier{"treaty": timeline.Must}})
	for i := range tl.Len() {
		want := timeline.NoTier
		if tl.Event(i).ID == "treaty" {
			want = timeline.Must
		}
		if got := tl.Mark(i); got != want {
			t.Errorf("%s: got %s, want %s", tl.Event(i).ID, got, want)
		}
	}
}
