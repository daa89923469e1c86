package pane

import (
	"testing"

	"dateline/timeline/edtf"
)

func TestEveryDayIsInTheBinOfItsNumber(t *testing.T) {
	for _, s := range append(binWidths, zoomLevels...) {
		for day := edtf.DayOf(-300, 1, 1); day < edtf.DayOf(2500, 1, 1); day += 97 {
			n := s.number(day)
			if from, next := s.begin(n), s.begin(n+1); day < from || next <= day || s.number(from) != n || s.number(next) != n+1 {
				t.Fatalf("%s: %s is in bin %d, which is from %s to before %s", s, day, n, from, next)
			}
		}
	}
	for text, s := range map[string]binWidth{"2024-06-17": {days: 7}, "2024-04-01": {months: 3}, "2020-01-01": {months: 120}} {
		day := edtf.DayOf(2024, 6, 19)
		if got := s.begin(s.number(day)).String(); got != text {
			t.Errorf("the %s of %s begins on %s, want %s", s, day, got, text)
		}
	}
}
