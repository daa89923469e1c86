package pane

import (
	"slices"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

func TestMonthStopsAtEveryHeading(t *testing.T) {
	for _, newest := range []bool{false, true} {
		l := listOf(t, coarse(t), "", newest)
		var want []int
		for _, sep := range l.shown.separators {
			if sep.kind == isHeading {
				want = append(want, sep.row)
			}
		}
		got := []int{l.Row()}
		for l.Month(1) {
			got = append(got, l.Row())
		}
		if !slices.Equal(got, want) {
			t.Errorf("newest first %t: forward it stops at rows %v, want %v", newest, got, want)
		}
		got = []int{l.Row()}
		for l.Month(-1) {
			got = append(got, l.Row())
		}
		slices.Reverse(want)
		if !slices.Equal(got, want) {
			t.Errorf("newest first %t: back it stops at rows %v, want %v", newest, got, want)
		}
	}
}

func TestRowShowsTheTimeOfADay(t *testing.T) {
	var events []timeline.Event
	for _, text := range []string{"2024-06-19T09:05:30+09:00", "2024-06-20"} {
		date, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, timeline.Event{ID: text, Date: date, Title: "A"})
	}
	l := listOf(t, timeline.New(timeline.About{}, nil, events), "", false)
	for i, want := range []string{"19 09:05", "20"} {
		if got := listDate(l.shown.Timeline, i); got != want {
			t.Errorf("row %d is dated %s, want %s", i, got, want)
		}
	}
}
