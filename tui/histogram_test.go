package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

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
		{inside(t), "zz", "The bars are days already."},
		{inside(t), "zZ", "1 week"},
		{inside(t), "Z", "The whole period is in view."},
		{inside(t), "+-", "1 week"},
		{short, "z", "The bars are days already."},
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
			got = m.histogram.BarWidth()
		}
		if got != c.want {
			t.Errorf("%q: got %s, want %s", c.keys, got, c.want)
		}
	}
}

// bars returns the lowest row of the histogram.
func bars(m *model) string { return ansi.Strip(m.histogram.View(m.styles)[m.layout.histogram.h-1]) }

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
