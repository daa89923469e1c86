package timeline_test

import (
	"fmt"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

func TestOverlappingCountsWhatAPeriodWouldSelect(t *testing.T) {
	tl := dated("2023-12-30/2024-01-03", "2024-01-01", "2024-01", "2024", "2024-01-15", "2024-01-31/..", "2024-02-01", "2024-02-XX",
		"../2024-03", "/2024-03-05", "2024-03-01/", "202X", "../..", "2024-21", "nothing@")
	all := query(t, "")
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

func TestEventsKnowHowFinelyTheyStateWhen(t *testing.T) {
	tl := dated("2024-01-01", "2024-01-01/2024-01-05", "2024-01", "2024-21", "2024")
	got := ""
	for i := range tl.Len() {
		got += fmt.Sprintf("%s %d, ", tl.Event(i).ID, tl.Precision(i))
	}
	if want := "2024-01-01 0, 2024-01-01/2024-01-05 0, 2024-01 1, 2024 3, 2024-21 2, "; got != want {
		t.Errorf("got %s, want %s", got, want)
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
			got := ids(tl, tl.Select(query(t, a)).And(tl.Select(query(t, b))))
			if want := ids(tl, tl.Select(query(t, a+" "+b))); got != want {
				t.Errorf("%q and %q: got %s, want %s", a, b, got, want)
			}
		}
	}
}

func TestPeriodOfAQueryIsReplaced(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "since:2024-06 until:2024-09",
		"actor:kim":                  "actor:kim since:2024-06 until:2024-09",
		"since:2023 actor:kim":       "actor:kim since:2024-06 until:2024-09",
		"until:2023 since:2022,2021": "since:2024-06 until:2024-09",
		"-since:2024 on:2024-07":     "-since:2024 on:2024-07 since:2024-06 until:2024-09",
		"(since:2024 | topic:un)":    "(since:2024 | topic:un) since:2024-06 until:2024-09",
	} {
		if got := query(t, text).Between("2024-06", "2024-09").String(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestLeadIsTheFirstActorByAnyName(t *testing.T) {
	tl := fixture()
	for id, want := range map[string]string{
		"cargo":  "John Kirby",
		"denial": "Foreign Ministry of Russia",
	} {
		i, _ := tl.Find(id)
		actor, events, ok := tl.Lead(i)
		if !ok || actor != want || ids(tl, events) != ids(tl, tl.Select(timeline.Query{}.And(timeline.Is(timeline.ActorField, actor)))) {
			t.Errorf("%s: got %s in %s", id, actor, ids(tl, events))
		}
	}
	if actor, _, ok := dated("2024").Lead(0); ok {
		t.Errorf("an event without actors leads with %s", actor)
	}
}
