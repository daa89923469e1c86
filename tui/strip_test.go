package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/edtf"
)

func TestEveryDayIsInTheBucketThatItIsNumbered(t *testing.T) {
	for _, s := range append(steps, rungs...) {
		for day := edtf.DayOf(-300, 1, 1); day < edtf.DayOf(2500, 1, 1); day += 97 {
			n := s.number(day)
			if from, next := s.begin(n), s.begin(n+1); day < from || next <= day || s.number(from) != n || s.number(next) != n+1 {
				t.Fatalf("%s: %s is in bucket %d, which is from %s to before %s", s, day, n, from, next)
			}
		}
	}
	for text, s := range map[string]step{"2024-06-17": {days: 7}, "2024-04-01": {months: 3}, "2020-01-01": {months: 120}} {
		day := edtf.DayOf(2024, 6, 19)
		if got := s.begin(s.number(day)).String(); got != text {
			t.Errorf("the %s of %s begins on %s, want %s", s, day, got, text)
		}
	}
}

func TestZoomStopsAtWidthsThatHaveAName(t *testing.T) {
	short := onDates(t, "2024-06-01", "2024-06-19")
	long := onDates(t, "1200", "1999-06-01", "2024-06-19")
	for _, c := range []struct {
		file File
		keys string
		want string
	}{
		{inside(t), "", "1 week"},
		{inside(t), "z", "1 day"},
		{inside(t), "zz", "No bar is narrower than a day."},
		{inside(t), "zZ", "1 week"},
		{inside(t), "Z", "The whole period is in view."},
		{inside(t), "+-", "1 week"},
		{short, "z", "No bar is narrower than a day."},
		{long, "", "20 years"},
		{long, "z", "10 years"},
		{long, "zz", "1 year"},
		{long, "zzz", "1 quarter"},
		{long, "zzzz", "1 month"},
		{long, "zzzzz", "1 week"},
		{long, "zzzzzz", "1 day"},
		{long, "zzzzzzZZ", "1 month"},
		{long, "zzzzzzZZZZZZZ", "The whole period is in view."},
	} {
		m := start(t, c.file, 120, 36, "")
		press(m, c.keys)
		got := m.notice.text
		if width, ok := strings.CutPrefix(got, "A bar is "); ok {
			got = strings.TrimSuffix(width, ".")
		}
		if c.keys == "" {
			got = m.strip.step.String()
		}
		if got != c.want {
			t.Errorf("%q: got %s, want %s", c.keys, got, c.want)
		}
	}
}

func TestWindowHasTheCursorAndAQuarterOnEitherSide(t *testing.T) {
	for _, width := range []int{46, 80, 120, 200} {
		for _, keys := range []string{"z", "zz", "zzz"} {
			m := start(t, inside(t), width, 36, "")
			press(m, keys)
			p := &m.strip
			for range m.list.rows.Len() {
				day := m.t.Day(m.list.event())
				at := p.step.number(day) - p.first
				left, right := at, len(p.buckets)-1-at
				if left < 0 || right < 0 || p.before && left < len(p.buckets)/4 || p.after && right < len(p.buckets)/4 {
					t.Fatalf("%d wide, %s: %s is bucket %d of %d in view", width, keys, day, at, len(p.buckets))
				}
				if n := len(p.buckets) * p.each; n > p.columns {
					t.Fatalf("%d wide, %s: bars take %d columns of %d", width, keys, n, p.columns)
				}
				press(m, "j")
			}
		}
	}
}

// A window counts as counting one by one does, shown and in all.
func TestBucketsCountTheEventsFiledInThem(t *testing.T) {
	for _, keys := range []string{"", "z", "zz"} {
		m := start(t, coarse(t), 80, 24, "-id:e01,e07,e15")
		press(m, keys)
		for range m.list.rows.Len() {
			p := &m.strip
			for n, b := range p.buckets {
				next := p.step.begin(p.first + n + 1)
				all, shown := 0, 0
				for i := range m.t.Len() {
					if day := m.t.Day(i); b.from <= day && day < next {
						all++
						if _, ok := m.list.rows.Has(i); ok {
							shown++
						}
					}
				}
				if b.all != all || b.shown != shown {
					t.Fatalf("%q: %s counts %d of %d, want %d of %d", keys, b.from, b.shown, b.all, shown, all)
				}
			}
			press(m, "j")
		}
	}
}

// bars returns the lowest row of the histogram.
func bars(m *model) string { return ansi.Strip(m.strip.view(m.styles)[m.layout.strip.h-1]) }

func TestHistogramSaysWhatIsLeftOutOnEitherSide(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	for _, c := range []struct{ keys, begins, ends string }{
		{"", " 2023-05 ", " 2024-10 "},
		{"z", " 2023-05-31 ", " 2023-08-10›"},
		{"G", "‹2024-07-29 ", " 2024-10-08 "},
		{"Z", " 2023-05 ", " 2024-10 "},
	} {
		press(m, c.keys)
		if got := bars(m); !strings.HasPrefix(got, c.begins) || !strings.Contains(got, c.ends+" ") {
			t.Errorf("after %q the histogram is %q, want %q and %q", c.keys, got, c.begins, c.ends)
		}
	}
}

func TestHistogramDrawsWhereTheEventMayHaveBeen(t *testing.T) {
	file := onDates(t, "2024-06-01", "2024-06-05/2024-06-08", "2024-06-06", "2024-06-10/2024-06-12", "2024-06-20/..", "2024-06-24/2024-07-10", "2024-07", "2024-07-12")
	for _, c := range []struct{ filter, at, want string }{
		{"", "e00", "█   ██══ █══       █   █══════█═════════ █"},
		{"", "e04", "█   ██══ █══       █═══█══════█══════════█"}, // it goes on
		{"", "e06", "█   ██══ █══       █   █══════█??????????█"}, // some time in July
		{"-id:e01", "e00", "█   ░█   █══       █   █══════█═════════ █"},
	} {
		m := start(t, file, 120, 36, c.filter)
		press(m, ":", c.at, "enter")
		got, _, _ := strings.Cut(strings.TrimPrefix(bars(m), " 2024-06 "), " 2024-07 ")
		if got != c.want {
			t.Errorf("%s at %s: got\n%s want\n%s", c.filter, c.at, got, c.want)
		}
	}
}
