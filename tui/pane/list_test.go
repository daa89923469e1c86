package pane

import (
	"slices"
	"testing"
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
