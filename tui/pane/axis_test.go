package pane

import (
	"testing"

	"dateline/timeline/edtf"
)

func TestEveryDayIsInTheBarOfItsNumber(t *testing.T) {
	for _, c := range append(scales()[:25], zoomLevels...) {
		for d := edtf.DayOf(-300, 1, 1); d < edtf.DayOf(2500, 1, 1); d += 97 {
			for hour := 0; hour < 24; hour += 5 {
				n := c.number(d, hour)
				from, at := c.begin(n)
				next, until := c.begin(n + 1)
				if d < from || d == from && hour < at || next < d || next == d && until <= hour || c.number(from, at) != n || c.number(next, until) != n+1 {
					t.Fatalf("%s: %s %d h is in bar %d, which is from %s %d h to before %s %d h", c, d, hour, n, from, at, next, until)
				}
				if from.Spell(edtf.ToMonth) != (next-1).Spell(edtf.ToMonth) && c.months == 0 && until == 0 {
					t.Fatalf("%s: a bar from %s to before %s crosses a month line", c, from, next)
				}
			}
		}
	}
	for text, c := range map[string]scale{"2024-06-16": {parts: 6}, "2024-04-01": {months: 3}, "2020-01-01": {months: 120}} {
		d := edtf.DayOf(2024, 6, 19)
		if got, _ := c.begin(c.number(d, 0)); got.String() != text {
			t.Errorf("the bar of %s for %s begins on %s, want %s", c, d, got, text)
		}
	}
}

func TestCountsTakeFiveCells(t *testing.T) {
	for n, want := range map[int]string{0: "0", 11: "11", 9999: "9,999", 10_000: "10k", 99_499: "99k", 999_499: "999k", 999_500: "1.0M", 1_234_567: "1.2M", 9_960_000: "10M", 2e9: "2.0G"} {
		if got := short(n); got != want || len(got) > 5 {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
