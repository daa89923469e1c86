package timeline_test

import (
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

func TestRankCountsTheSelectedBefore(t *testing.T) {
	tl := fixture.Timeline()
	s := tl.Select(fixture.Query(t, "status:confirmed")) // visit, launch and treaty: 0, 3 and 8
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
	for _, tl := range []*timeline.Timeline{fixture.Timeline(), timeline.New(timeline.About{}, nil, nil)} {
		s := tl.Select(fixture.Query(t, "sources:99"))
		if k, ok := s.Has(0); s.Len() != 0 || len(s.All()) != 0 || s.Rank(5) != 0 || k != 0 || ok {
			t.Errorf("of %d events: got %v", tl.Len(), s)
		}
	}
}

func TestSelectionsHaveInCommonWhatBothHave(t *testing.T) {
	var dates []string
	for d := range edtf.Day(3000) {
		dates = append(dates, d.String())
	}
	tl := dated(dates...)
	periods := []string{"", "until:1969", "on:1970-01-01", "since:1977", "on:1971", "on:1971,1974", "since:1971-06-05", "-on:1970-12", "-on:1971,1972,1973"}
	for _, a := range periods {
		for _, b := range periods {
			got := fixture.IDs(tl, tl.Select(fixture.Query(t, a)).And(tl.Select(fixture.Query(t, b))))
			if want := fixture.IDs(tl, tl.Select(fixture.Query(t, a+" "+b))); got != want {
				t.Errorf("%q and %q: got %s, want %s", a, b, got, want)
			}
		}
	}
}

func TestOverlappingCountsWhatAPeriodWouldSelect(t *testing.T) {
	tl := dated("2023-12-30/2024-01-03", "2024-01-09/2024-01-10", "2024-01-01", "2024-01", "2024", "2024-01-15", "2024-01-31/..", "2024-02-01", "2024-02-XX",
		"../2024-03", "/2024-03-05", "2024-03-01/", "202X", "../..", "2024-21", "nothing@")
	all := fixture.Query(t, "")
	for _, q := range []timeline.Query{all, all.And(timeline.IsNot(timeline.IDField, "2024-01", "../2024-03"))} {
		for from := edtf.DayOf(2023, 12, 20); from < edtf.DayOf(2024, 4, 10); from += 3 {
			for _, to := range []edtf.Day{from, from + 2, from + 40} {
				period := q.Between(from.String(), to.String())
				got, want := tl.Overlapping(tl.Select(q), from, to), tl.Select(period).Len()
				if got != want {
					t.Errorf("%s: counted %d, selects %d", period, got, want)
				}
			}
		}
	}
}
