package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/tui/termtest"
)

func TestZoomStopsAtWidthsThatHaveAName(t *testing.T) {
	short := onDates(t, "2024-06-01", "2024-06-19")
	timed := onDates(t, "2024-06-01T09:30:00", "2024-06-19")
	long := onDates(t, "1200", "1999-06-01", "2024-06-19")
	for _, c := range []struct {
		file File
		keys string
		want string
	}{
		{inside(t), "", "a sixth of a month"},
		{inside(t), "z", "a day"},
		{inside(t), "zz", "A bar is a day already."},
		{inside(t), "zZ", "a sixth of a month"},
		{inside(t), "Z", "The whole period is in view."},
		{inside(t), "+-", "a sixth of a month"},
		{short, "z", "A bar is a day already."},
		{timed, "", "6 hours"},
		{timed, "z", "an hour"},
		{timed, "zz", "A bar is an hour already."},
		{long, "", "20 years"},
		{long, "z", "10 years"},
		{long, "zz", "a year"},
		{long, "zzz", "3 months"},
		{long, "zzzz", "a month"},
		{long, "zzzzz", "a quarter of a month"},
		{long, "zzzzzz", "a day"},
		{long, "zzzzzzZZ", "a month"},
		{long, "zzzzzzZZZZZZZ", "The whole period is in view."},
	} {
		m := start(t, c.file, 120, 36, "")
		press(m, c.keys)
		got, _, _ := strings.Cut(m.notice.text, ";") // then the key that takes it back
		if got != "" {
			got = strings.TrimSuffix(got, ".") + "."
		}
		if got == "A bar is "+m.histogram.BarWidth()+"." || got == "" {
			got = m.histogram.BarWidth()
		}
		if got != c.want {
			t.Errorf("%q: got %s, want %s", c.keys, got, c.want)
		}
	}
}

// axis returns the labels of the histogram.
func axis(m *model) string { return ansi.Strip(m.histogram.View(m.styles)[m.layout.histogram.h-1]) }

func TestHistogramSaysWhereItsWindowIs(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	for _, c := range []struct{ keys, begins, ends, beyond string }{
		{"", " 2023 May ", " Oct", ""},
		{"z", " May 2023 1  2 ", " 30 31 ›", "0 before, 123 after"},
		{"G", "‹Oct 2024 1  2 ", " 30 31", "117 before, 0 after"},
		{"Z", " 2023 May ", " Oct", ""},
	} {
		press(m, c.keys)
		if got := axis(m); !strings.HasPrefix(got, c.begins) || !strings.HasSuffix(strings.TrimRight(got, " "), c.ends) {
			t.Errorf("after %q the axis is %q, want %q and %q", c.keys, got, c.begins, c.ends)
		}
		if got := m.histogram.Beyond(); got != c.beyond {
			t.Errorf("after %q it says %q, want %q", c.keys, got, c.beyond)
		}
	}
}

// The cell under every bar that the event may belong to is in reverse video.
func TestHistogramMarksWhereTheEventMayHaveBeen(t *testing.T) {
	file := onDates(t, "2024-06-01", "2024-06-05/2024-06-08", "2024-06-06", "2024-06-20/..", "2024-07", "2024-07-12")
	for at, want := range map[string]string{"e00": "1", "e01": "5   ", "e02": " ", "e03": "20   25    Jul 5    10   15   20   25   30", "e04": "Jul 5    10   15   20   25   30"} {
		m := start(t, file, 120, 36, "")
		press(m, ":", at, "enter")
		screen, got := frame(t, m), ""
		for x, r := range []rune(axis(m)) {
			if screen.Reversed(x, m.layout.histogram.y+m.layout.histogram.h-1) {
				got += string(r)
			}
		}
		if got != want && !(at == "e03" && strings.HasPrefix(got, "20   25")) {
			t.Errorf("at %s %q is marked, want %q", at, got, want)
		}
	}
}

// Intervals go on where nothing begins, and a filter leaves a trace of what it
// hides.
func TestHistogramDrawsWhatHasNoBar(t *testing.T) {
	file := onDates(t, "2024-06-01", "2024-06-05/2024-06-08", "2024-06-06", "2024-06-10/2024-06-12", "2024-06-20/..", "2024-06-24/2024-07-10", "2024-07", "2024-07-12")
	for _, c := range []struct {
		h    int
		want []string
	}{
		{20, []string{"  █   ·█   █__"}},
		{24, []string{"    1     █    █   █__", "  all     ▆   ▆▆   ▆  "}},
	} {
		m := start(t, file, 80, c.h, "-id:e01")
		for y, want := range c.want {
			if got := ansi.Strip(m.histogram.View(m.styles)[y]); !strings.Contains(got, want) {
				t.Errorf("%d high, row %d is %q, want %q in it", c.h, y, got, want)
			}
		}
	}
}

func TestHistogramStatesAreAsDrawn(t *testing.T) {
	outlier := onDates(t, "1601", "2023-05-31", "2023-09-13", "2023-09-14", "2024-01-02", "2024-02-29", "2024-06-19", "2024-06-19", "2024-10-08")
	hours := onDates(t, "2024-06-19T09:30:00", "2024-06-19T09:45:00", "2024-06-19T14:00:00+09:00", "2024-06-20T01:00:00", "2024-06-20T23:59:59")
	ages := onDates(t, "-0299", "-0043-03-15", "0014-08-19", "0070", "0476-09-04", "0079-10-24", "1066-10-14", "1492-10-12")
	for _, c := range []struct {
		name, filter string
		file         File
		keys         []string
	}{
		{"whole", "", inside(t), []string{"t", "2024-06-19", "enter"}},
		{"filtered", "actor:putin", inside(t), []string{"t", "2024-05-16", "enter"}},
		{"selecting", "", inside(t), []string{"t", "2024-06-18", "enter", "z", "z", "v", "l", "l"}},
		{"outlier", "", outlier, []string{"t", "2024-06-19", "enter"}},
		{"outlier-here", "", outlier, nil},
		{"hours", "", hours, nil},
		{"ages", "-id:e04", ages, []string{"j", "j"}},
	} {
		for _, size := range sizes {
			name := fmt.Sprintf("histogram-%s-%dx%d", c.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				var golden strings.Builder
				for _, ascii := range []bool{false, true} {
					m := startWith(t, Config{ASCII: ascii}, c.file, size[0], size[1], c.filter)
					press(m, c.keys...)
					l := m.layout.histogram
					rows := strings.Split(exact(t, m), "\n")[l.y : l.y+l.h]
					screen := termtest.Draw(strings.Join(rows, "\n"), l.w, l.h, false)
					golden.WriteString(screen.Golden())
					if grid, _ := styleGrid(screen); !ascii {
						golden.WriteString(grid)
					}
				}
				fmt.Fprintln(&golden, start(t, c.file, size[0], size[1], "").histogram.BarWidth())
				termtest.Golden(t, name, golden.String())
			})
		}
	}
}
