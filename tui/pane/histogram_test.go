package pane

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// histogramOf is a list and a histogram that follows its cursor.
func histogramOf(t *testing.T, tl *timeline.Timeline, filter string, w, h, zooms int) (*List, *Histogram) {
	t.Helper()
	l := listOf(t, tl, filter, false)
	var p Histogram
	p.Show(l.shown, l.Event())
	p.Resize(w, h)
	for range zooms {
		p.ZoomIn()
	}
	return l, &p
}

// scattered is a timeline of a random period and density, perhaps with times,
// dates of months and years, intervals and outliers. Half of it is disputed.
func scattered(t *testing.T, r *rand.Rand) *timeline.Timeline {
	t.Helper()
	n := 1 + r.IntN(60)
	start := edtf.DayOf([]int{-300, -1, 1601, 1890, 2023, 9980}[r.IntN(6)], 1+r.IntN(12), 1+r.IntN(28))
	length := []int{1, 3, 40, 100, 500, 900, 4000, 40_000, 110_000, 700_000}[r.IntN(10)]
	timed := length <= 40 && r.IntN(2) == 0
	var events []timeline.Event
	add := func(text string) {
		date, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, timeline.Event{ID: fmt.Sprint("e", len(events)), Date: date, Title: "A", Status: []timeline.Status{timeline.Confirmed, timeline.Disputed}[r.IntN(2)]})
	}
	for range n {
		text := (start + edtf.Day(r.IntN(length))).String()
		switch k := r.IntN(12); {
		case timed:
			text += fmt.Sprintf("T%02d:30:00", r.IntN(24)) + []string{"", "Z", "+09:00"}[r.IntN(3)]
		case text[0] == 'Y': // EDTF has no months there
			text, _, _ = strings.Cut(text, "-")
		case k == 0:
			text = text[:len(text)-3]
		case k == 1:
			text = text[:len(text)-6]
		case k == 2:
			text += "/.."
		}
		add(text)
	}
	switch r.IntN(6) {
	case 0:
		add("1450-03-01")
	case 1:
		add("9999-12-31")
	}
	return timeline.New(timeline.About{}, nil, events)
}

// The axis is of the timeline alone, its bars hold every event once, none of them
// crosses a month line, and what stands in a cell is what a click there finds.
func TestBarsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		tl := scattered(t, r)
		w, h, zooms := 30+r.IntN(180), 2+r.IntN(6), r.IntN(4)
		l, p := histogramOf(t, tl, "", w, h, zooms)
		few, q := histogramOf(t, tl, "status:disputed", w, h, 0)
		q.zoom = p.zoom
		q.count()
		for range min(l.shown.Rows.Len(), 5) {
			row := r.IntN(l.shown.Rows.Len())
			l.ToRow(row)
			p.Follow(l.Event())
			q.Follow(l.Event())
			at := fmt.Sprintf("%d events by %s at %dx%d, the cursor on %s", tl.Len(), p.BarWidth(), w, h, tl.Date(l.Event()))
			checkBars(t, at, p, l.shown)
			checkBars(t, at+", filtered", q, few.shown)
			same := func(a, b bar) bool { return a.number == b.number && a.from == b.from && a.x == b.x }
			if p.axis != q.axis || p.each != q.each || !slices.EqualFunc(p.bars, q.bars, same) {
				t.Fatalf("%s: a filter changes the axis", at)
			}
		}
		if p.axis.scale == p.fit && tl.Len() > 1 && zooms == 0 {
			if taken := p.axis.count() * p.each; taken*2 < p.sides.room {
				t.Errorf("%d events from %s to %s at %d: bars of %s take %d cells of %d", tl.Len(), tl.Day(0), tl.Day(tl.From(edtf.Future)-1), w, p.BarWidth(), taken, p.sides.room)
			}
		}
	}
}

func checkBars(t *testing.T, at string, p *Histogram, s *Shown) {
	t.Helper()
	view := p.View(look)
	if len(view) != p.h {
		t.Fatalf("%s: %d rows, want %d", at, len(view), p.h)
	}
	var rows [][]rune
	for _, line := range view {
		if n := ansi.StringWidth(line); n != p.w {
			t.Fatalf("%s: a row of %d cells, want %d: %q", at, n, p.w, ansi.Strip(line))
		}
		rows = append(rows, []rune(ansi.Strip(line)))
	}
	drawn := "\n" + ansi.Strip(strings.Join(view, "\n"))
	if len(p.bars) == 0 {
		t.Fatalf("%s: no bars", at)
	}
	end := 0
	inView := tally{}
	months := map[int]int{}
	month := scale{months: 1}
	for i, b := range p.bars {
		if b.x < end || b.x+p.ink() > p.w {
			t.Fatalf("%s: bar %d is at %d, within %d to %d:%s", at, i, b.x, end, p.w, drawn)
		}
		end = b.x + p.ink()
		for x := b.x; x < b.x+p.ink(); x++ {
			if from, to, ok := p.DaysAt(x); !ok || from != b.from || to < from || i+1 < len(p.bars) && to > p.bars[i+1].from {
				t.Fatalf("%s: column %d is of %s to %s, want from %s:%s", at, x, from, to, b.from, drawn)
			}
		}
		last := p.end(i) - 1
		var want tally
		for e := range s.Len() {
			d, hour := s.Day(e), s.Hour(e)
			if p.axis.hours == 0 || p.axis.hours == 24 || p.outlier(b) != "" {
				hour = b.hour
			}
			if b.from <= d && d <= last && p.axis.bar(d, hour) == b.number {
				_, shown := s.Rows.Has(e)
				want[ofAll]++
				if shown {
					want[ofShown]++
				}
				if shown && s.Status(e) == timeline.Disputed {
					want[ofDoubt]++
				}
			}
		}
		if b.events != want {
			t.Fatalf("%s: the bar from %s to %s counts %v, want %v", at, b.from, last, b.events, want)
		}
		for k := range want {
			inView[k] += want[k]
		}
		if p.outlier(b) == "" && p.axis.months <= 1 {
			m := month.number(b.from, 0)
			if m != month.number(last, 0) {
				t.Fatalf("%s: a bar from %s to %s", at, b.from, last)
			}
			months[m] += b.events[ofAll]
		}
		ink := ' '
		for y := range p.h - 1 {
			if r := rows[y][b.x]; ink == ' ' {
				ink = r
			}
		}
		if b.events[ofShown] > 0 && ink == ' ' {
			t.Fatalf("%s: nothing is drawn for the bar of %s:%s", at, b.from, drawn)
		}
	}
	if p.axis.unit() == month && p.sides.room >= p.axis.inUnit()*p.each {
		for m, n := range months {
			from, _ := month.begin(m)
			next, _ := month.begin(m + 1)
			if want := s.From(next) - s.From(from); n != want {
				t.Fatalf("%s: the bars of %s count %d, want %d:%s", at, from, n, want, drawn)
			}
		}
	}
	before, after := p.beyond()
	if dated := s.Timeline.From(edtf.Future); !before && !after && inView[ofAll] != dated {
		t.Fatalf("%s: all bars count %d events of %d:%s", at, inView[ofAll], dated, drawn)
	}
	labels := p.labels()
	for i, l := range labels[:max(0, len(labels)-1)] {
		if next := labels[i+1]; l.x+width(l.text) >= next.x && !next.tick && p.outlier(p.bars[next.bar]) == "" && p.outlier(p.bars[l.bar]) == "" || l.x+width(l.text) > next.x {
			t.Fatalf("%s: %q at %d meets %q at %d:%s", at, l.text, l.x, next.text, next.x, drawn)
		}
	}
}

func TestWindowHasTheCursorAndAQuarterOnEitherSide(t *testing.T) {
	for _, w := range []int{46, 80, 120, 200} {
		for zooms := range 4 {
			l, p := histogramOf(t, coarse(t), "", w, 3, zooms)
			for range l.shown.Dated() {
				d := l.shown.Day(l.Event())
				n := len(p.bars)
				at := slices.IndexFunc(p.bars, func(b bar) bool { return b.number == p.axis.bar(d, 0) })
				before, after := p.beyond()
				unit := p.axis.inUnit()
				if at < 0 || before && at < n/4-unit || after && n-1-at < n/4-unit {
					t.Fatalf("%d wide, zoomed %d times: %s is bar %d of %d in view", w, zooms, d, at, n)
				}
				l.Move(1)
				p.Follow(l.Event())
			}
		}
	}
}

// Outliers leave the others their shape, whatever their years.
func TestOutliersStandApart(t *testing.T) {
	close := []string{"2023-05-31", "2023-09-13", "2024-01-02", "2024-06-19", "2024-10-08"}
	for _, c := range []struct {
		dates []string
		want  string
	}{
		{nil, ""},
		{[]string{"1601"}, "1 event before 2023 stands apart: the axis is cut"},
		{[]string{"-0500-03"}, "1 event before 2023 stands apart: the axis is cut"},
		{[]string{"9999-12-31"}, "1 event after 2024 stands apart: the axis is cut"},
		{[]string{"1601", "9999"}, "1 event before 2023 and 1 after 2024 stand apart: the axis is cut"},
		{[]string{"1601", "1602"}, ""}, // more than one in a hundred
		{[]string{"2023-01"}, ""},      // not twice as long
		{[]string{"../1914"}, "1 event before 2023 stands apart: the axis is cut"},
	} {
		tl := onDates(t, append(c.dates, close...)...)
		for _, w := range []int{46, 80, 120, 200} {
			_, p := histogramOf(t, tl, "", w, 5, 0)
			want := c.want
			if w < 60 {
				want = strings.TrimSuffix(want, ": the axis is cut")
			}
			if got := p.Beyond(); got != want {
				t.Errorf("%d wide, %v: got %q, want %q", w, c.dates, got, want)
			}
			checkBars(t, fmt.Sprint(c.dates), p, p.shown)
			p.Select()
			p.ExtendFar(false)
			from, _ := p.Selected()
			p.ExtendFar(true)
			if _, to := p.Selected(); from > tl.Day(0) || to < tl.Day(tl.Len()-1) {
				t.Errorf("%d wide, %v: everything selected is %s to %s", w, c.dates, from, to)
			}
		}
	}
}

func TestZoomedWindowSaysWhatIsBeyond(t *testing.T) {
	tl := onDates(t, "2024-01-02", "2024-01-05", "2024-06-19", "2024-10-08", "2024-11-01", "2025-09-30")
	for filter, want := range map[string]string{"": "2 before, 3 after", "-id:e00,e05": "1 before, 2 after"} {
		l, p := histogramOf(t, tl, filter, 80, 5, 1)
		l.To(2)
		p.Follow(2)
		if got := p.Beyond(); got != want {
			t.Errorf("%q by %s: got %q, want %q", filter, p.BarWidth(), got, want)
		}
	}
}
