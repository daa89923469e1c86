package timeline_test

import (
	"errors"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
)

// checkSelect compares the fast path with the slow one for every event.
func checkSelect(t *testing.T, tl *timeline.Timeline, q timeline.Query) {
	t.Helper()
	selection := tl.Select(q)
	n := 0
	for i := range tl.Len() {
		want := q.Match(tl, i)
		k, got := selection.Has(i)
		if got != want || k != n {
			t.Errorf("%s: Select has %s: %t as number %d, Match says %t and %d", q, tl.Event(i).ID, got, k, want, n)
		}
		if want {
			n++
		}
	}
	if selection.Len() != n || selection.Uncertain > n {
		t.Errorf("%s: %d selected, %d of them uncertain; %d match", q, selection.Len(), selection.Uncertain, n)
	}
}

// checkRoundTrip holds that a query's text reads as the query.
func checkRoundTrip(t *testing.T, text string, q timeline.Query) timeline.Query {
	t.Helper()
	again, err := timeline.ParseQuery(q.String())
	if err != nil {
		t.Fatalf("%q prints %q: %v", text, q, err)
	}
	if again.String() != q.String() {
		t.Fatalf("%q prints %q, which prints %q", text, q, again)
	}
	return again
}

func TestSelectEqualsMatchOnTheTables(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture(), again(fixture(), register())} {
		for _, c := range queries {
			checkSelect(t, tl, query(t, c.text))
		}
	}
}

func TestSelectEqualsMatchOnQueriesMadeUp(t *testing.T) {
	t.Parallel()
	checkMadeUp(t, marked(fixture()), 5000)
	checkMadeUp(t, marked(shipped(t)), 1000)
	checkMadeUp(t, marked(again(fixture(), register())), 2000)
}

// marked gives three of four events a mark.
func marked(tl *timeline.Timeline) *timeline.Timeline {
	marks := make(map[string]timeline.Tier)
	for i := range tl.Len() {
		marks[tl.Event(i).ID] = timeline.Tier(i % 4)
	}
	return tl.WithMargin(timeline.Margin{Marks: marks, Notes: map[string]string{tl.Event(1).ID: "a note"}})
}

func checkMadeUp(t *testing.T, tl *timeline.Timeline, n int) {
	t.Helper()
	s := newSpeaker(tl)
	some := 0
	for range n {
		text := s.query(0)
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		checkSelect(t, tl, checkRoundTrip(t, text, q))
		if k := tl.Select(q).Len(); 0 < k && k < tl.Len() {
			some++
		}
	}
	if some < n/3 {
		t.Errorf("of %d queries only %d select some events and hide others: they prove little", n, some)
	}
}

func FuzzQuery(f *testing.F) {
	for _, c := range queries {
		f.Add(c.text)
	}
	for _, c := range wrongQueries {
		f.Add(c.text)
	}
	f.Add("marked -marked:must,should (a | marked)")
	tl, stored := marked(fixture()), marked(again(fixture(), register()))
	f.Fuzz(func(t *testing.T, text string) {
		q, err := timeline.ParseQuery(text)
		var bad *timeline.QueryError
		if err != nil {
			if !errors.As(err, &bad) || bad.Column < 1 || bad.Column > utf8.RuneCountInString(text)+1 || bad.Reason == "" {
				t.Errorf("%q: the error is %#v", text, err)
			}
			return
		}
		again := checkRoundTrip(t, text, q)
		checkSelect(t, tl, q)
		checkSelect(t, stored, q)
		if got, want := ids(tl, tl.Select(again)), ids(tl, tl.Select(q)); got != want {
			t.Errorf("%q selects %q, its own text %q selects %q", text, want, q, got)
		}
	})
}

func TestRankCountsTheSelectedBefore(t *testing.T) {
	tl := fixture()
	s := tl.Select(query(t, "status:confirmed")) // visit, launch and treaty: 0, 3 and 8
	for _, c := range []struct {
		i, rank int
		has     bool
	}{{0, 0, true}, {1, 1, false}, {3, 1, true}, {4, 2, false}, {8, 2, true}, {9, 3, false}, {11, 3, false}, {99, 3, false}} {
		if k, ok := s.Has(c.i); s.Rank(c.i) != c.rank || k != c.rank || ok != c.has {
			t.Errorf("event %d: got rank %d, %d, %t, want %d, %t", c.i, s.Rank(c.i), k, ok, c.rank, c.has)
		}
	}
	for k, want := range []int{0, 3, 8} {
		if got := s.At(k); got != want {
			t.Errorf("number %d is at %d, want %d", k, got, want)
		}
	}
}

func TestSelectionOfNothingIsEmpty(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture(), timeline.New(timeline.About{}, nil, nil)} {
		s := tl.Select(query(t, "sources:99"))
		if k, ok := s.Has(0); s.Len() != 0 || len(s.All()) != 0 || s.Rank(5) != 0 || k != 0 || ok {
			t.Errorf("of %d events: got %v", tl.Len(), s)
		}
	}
}

// A match is uncertain when the true date may lie outside what was asked.
func TestUncertainCountsMatchesThatMayLieOutside(t *testing.T) {
	tl := fixture()
	for _, c := range []struct {
		query, selected string
		uncertain       int
	}{
		{`since:2024-06-15 id:talks`, `talks`, 1}, // June, in mid-June
		{`since:2024-06 id:talks`, `talks`, 0},
		{`since:2024-06-01 id:talks`, `talks`, 0},
		{`until:2024-06-15 id:talks`, `talks`, 1},
		{`until:2024-06-30 id:talks`, `talks`, 0},
		{`on:2024-06-15 id:talks`, `talks`, 1},
		{`on:2024 id:talks`, `talks`, 0},
		{`on:2024-06-01/2024-06-30 id:talks`, `talks`, 0},
		{`on:2024-06-15,2024 id:talks`, `talks`, 0},
		{`since:2024-06-19 id:treaty`, `treaty`, 0}, // an interval certainly includes its last day
		{`on:2024-07 id:trade`, `trade`, 1},
		{`on:2024 id:rumour`, `rumour`, 1}, // qualified: perhaps not even that year
		{`-on:2023 id:rumour`, `rumour`, 1},
		{`-on:2023 id:talks`, `talks`, 0},
		{`since:2030`, `troops`, 0}, // open is no doubt: it goes on
		{`id:rumour`, `rumour`, 0},
		{`status:unverified`, `talks rumour`, 0},
		{`(since:2024-06-15 | status:unverified) id:talks`, `talks`, 0}, // matches in any case
		{`(since:2024-06-15 | status:confirmed) id:talks`, `talks`, 1},
		{`since:2024-06-15`, `trade talks treaty protest rumour troops`, 3},
	} {
		s := tl.Select(query(t, c.query))
		if got := ids(tl, s); got != c.selected || s.Uncertain != c.uncertain {
			t.Errorf("%s: got %q, %d uncertain; want %q, %d", c.query, got, s.Uncertain, c.selected, c.uncertain)
		}
	}
}
