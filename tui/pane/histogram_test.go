package pane

import (
	"testing"

	"dateline/timeline"
)

// histogramOf is a list and a histogram that follows its cursor.
func histogramOf(t *testing.T, tl *timeline.Timeline, filter string, width, zooms int) (*List, *Histogram) {
	t.Helper()
	l := listOf(t, tl, filter, false)
	var p Histogram
	p.Show(l.shown, l.Event())
	p.Resize(width, 2)
	for range zooms {
		p.ZoomIn()
	}
	return l, &p
}

func TestWindowHasTheCursorAndAQuarterOnEitherSide(t *testing.T) {
	for _, width := range []int{46, 80, 120, 200} {
		for zooms := range 4 {
			l, p := histogramOf(t, coarse(t), "", width, zooms)
			for range l.shown.Dated() {
				day := l.shown.Day(l.Event())
				at := p.width.number(day) - p.first
				left, right := at, len(p.bins)-1-at
				if left < 0 || right < 0 || p.before && left < len(p.bins)/4 || p.after && right < len(p.bins)/4 {
					t.Fatalf("%d wide, zoomed %d times: %s is bin %d of %d in view", width, zooms, day, at, len(p.bins))
				}
				if n := len(p.bins) * p.each; n > p.columns {
					t.Fatalf("%d wide, zoomed %d times: bars take %d columns of %d", width, zooms, n, p.columns)
				}
				l.Move(1)
				p.Follow(l.Event())
			}
		}
	}
}

// A window counts as counting one by one does, shown and in all.
func TestBinsCountTheEventsFiledInThem(t *testing.T) {
	for zooms := range 3 {
		l, p := histogramOf(t, coarse(t), "-id:e01,e07,e15", 80, zooms)
		s := l.shown
		for range s.Rows.Len() {
			for n, b := range p.bins {
				next := p.width.begin(p.first + n + 1)
				all, shown := 0, 0
				for i := range s.Len() {
					if day := s.Day(i); b.from <= day && day < next {
						all++
						if _, ok := s.Rows.Has(i); ok {
							shown++
						}
					}
				}
				if b.all != all || b.shown != shown {
					t.Fatalf("zoomed %d times: %s counts %d of %d, want %d of %d", zooms, b.from, b.shown, b.all, shown, all)
				}
			}
			l.Move(1)
			p.Follow(l.Event())
		}
	}
}
