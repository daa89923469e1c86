package tui

import (
	"fmt"
	"strings"
	"testing"

	"dateline/timeline/text"
)

func TestSelectedTimeBecomesThePeriodOfTheFilter(t *testing.T) {
	file := inside(t)
	years := onDates(t, "1850", "1900-06-01", "2024-06-19")
	for _, c := range []struct {
		file   File
		w      int
		filter string
		keys   []string
		want   string
	}{
		{file, 120, "", []string{"v", "enter"}, "since:2023-05-27 until:2023-05-31"}, // sixths of a month
		{file, 46, "", []string{"v", "enter"}, "since:2023-05-17 until:2023-05-31"},  // halves
		{file, 46, "", []string{"v", "l", "right", "h", "enter"}, "since:2023-05-17 until:2023-06-15"},
		{file, 46, "", []string{"G", "v", "h", "h", "enter"}, "since:2024-09-01 until:2024-10-16"},
		{file, 46, "", []string{"v", "h", "enter"}, "since:2023-05-17 until:2023-05-31"}, // no further than the period
		{file, 46, "", []string{"v", "G", "enter"}, "since:2023-05-17 until:2024-10-16"},
		{file, 46, "", []string{"G", "v", "g", "]", "enter"}, "since:2023-06-16 until:2024-10-16"},
		{file, 120, "", []string{"z", "t", "2024-06-12", "enter", "v", "]", "enter"}, "since:2024-06-12 until:2024-06-30"},
		{file, 120, "", []string{"z", "t", "2024-06-12", "enter", "v", "]", "]", "enter"}, "since:2024-06-12 until:2024-07-31"},
		{file, 120, "", []string{"z", "t", "2024-06-12", "enter", "v", "[", "enter"}, "since:2024-06-01 until:2024-06-12"},
		{file, 120, "", []string{"z", "t", "2024-06-12", "enter", "v", "[", "[", "enter"}, "since:2024-05-01 until:2024-06-12"},
		{file, 46, "actor:putin since:2024 status:confirmed", []string{"v", "enter"}, "actor:putin status:confirmed since:2024-01-01 until:2024-01-16"},
		{file, 46, "until:2023-12", []string{"v", "G", "enter"}, "since:2023-05-17 until:2024-10-16"}, // also where the filter hid all
		{file, 46, "actor:nobody", []string{"v", "enter"}, "actor:nobody since:2023-05-17 until:2023-05-31"},
		{file, 46, "since:2024", []string{"v", "l", "esc"}, "since:2024"},
		{file, 46, "since:2024", []string{"v", "l", "q"}, "since:2024"},
		{years, 80, "", []string{"G", "v", "enter"}, "since:2020 until:2024"},
		{years, 80, "", []string{"z", "G", "v", "enter"}, "since:2024 until:2024"},
	} {
		m := start(t, c.file, c.w, 36, c.filter)
		press(m, c.keys...)
		if got := m.query.String(); got != c.want || !is[*browsing](m) || m.histogram.Selecting() {
			t.Errorf("%q %v at %d: got %s in in %s, want %s", c.filter, c.keys, c.w, got, m.top().about(m).name, c.want)
		}
	}
}

// The chip counts the events that Enter shows.
func TestCountOfSelectedTimeIsWhatItShows(t *testing.T) {
	for _, file := range []File{inside(t), coarse(t)} {
		for _, filter := range []string{"", "since:2024-02 until:2024-06", "-since:2024-06", "status:reported on:2024", "has:uncertain"} {
			for _, keys := range [][]string{{"v"}, {"v", "l"}, {"v", "]"}, {"v", "G"}, {"G", "v", "h", "h", "["}, {"z", "z", "v", "]"}, {"z", "G", "v", "g"}} {
				m := start(t, file, 120, 36, filter)
				press(m, keys...)
				chip := m.chips().Period
				press(m, "enter")
				if want := ": " + text.Counted(m.shown.Rows.Len(), "event"); !strings.HasSuffix(chip, want) {
					t.Errorf("%s %q %v: the chip is %q; %s is shown", file.Name, filter, keys, chip, m.query)
				}
			}
		}
	}
}

func TestLeavingASelectionLeavesAllAsItWas(t *testing.T) {
	for n, size := range append(sizes, sizes...) {
		m := start(t, inside(t), size[0], size[1], []string{"actor:putin", ""}[n/len(sizes)])
		press(m, "z", "z", "j", "j", "j", "d", "d", "k")
		m.notice.text = ""
		before := exact(t, m)
		press(m, "v", "]", "]", "]", "G")
		if exact(t, m) == before {
			t.Errorf("%v: nothing shows the selection", size)
		}
		press(m, "?", "esc", "esc")
		if after := exact(t, m); after != before {
			t.Errorf("%v: the screen is\n%s\nwant\n%s", size, after, before)
		}
	}
}

// Their labels are, between brackets: bars in reverse video would look like others.
func TestSelectedBarsAreMarked(t *testing.T) {
	for _, height := range []int{20, 36, 60} {
		m := start(t, inside(t), 120, height, "")
		press(m, "t", "2024-06-12", "enter", "z", "v", "l", "l", "o", "h")
		screen, l := frame(t, m), m.layout.histogram
		if got := axis(m); !strings.Contains(got, "10[11 12 13 14]15") {
			t.Errorf("%d high: the axis is %q", height, got)
		}
		for y := range l.h {
			reversed := 0
			for x := range m.w {
				if screen.Reversed(x, l.y+y) {
					reversed++
				}
			}
			want := 0
			if y == l.h-1 {
				want = 4*3 - 1
			}
			if reversed != want {
				t.Errorf("%d high: row %d of the histogram has %d reversed cells, want %d", height, y, reversed, want)
			}
		}
	}
}

// A click on a column goes to the days drawn in it.
func TestColumnOfABarIsThatOfItsDays(t *testing.T) {
	for _, width := range []int{46, 120, 200} {
		for _, keys := range []string{"", "z", "zz"} {
			m := start(t, inside(t), width, 36, "")
			press(m, keys, "t", "2024-06-12", "enter", "v")
			screen, marked := frame(t, m), 0
			want, _ := m.histogram.Selected()
			for x := range width {
				day, _, ok := m.histogram.DaysAt(x)
				if screen.Reversed(x, m.layout.histogram.y+m.layout.histogram.h-1) {
					marked++
					if !ok || day != want {
						t.Errorf("%d wide, %q: column %d is marked for %s, and is of %s", width, keys, x, want, day)
					}
				} else if again, _, _ := m.histogram.DaysAt(x + 1); ok && day == want && again == want {
					t.Errorf("%d wide, %q: column %d is of %s and is not marked", width, keys, x, day)
				}
			}
			if marked == 0 {
				t.Errorf("%d wide, %q: no column is marked", width, keys)
			}
		}
	}
}

func TestHistogramThatIsNotThereIsSaidNotToBe(t *testing.T) {
	for _, c := range []struct {
		file   File
		height int
		want   string
	}{
		{inside(t), 13, "The histogram has no room: it needs 14 rows."},
		{read(t, "none.json", `{"events":[]}`), 24, "There is no histogram: no event has a date."},
		{onDates(t, "../.."), 24, "There is no histogram: no event has a date."},
	} {
		m := start(t, c.file, 80, c.height, "")
		for _, key := range []string{"v", "z", "Z"} {
			if press(m, key); m.notice.text != c.want || !is[*browsing](m) {
				t.Errorf("%s says %q in in %s, want %q", key, m.notice.text, m.top().about(m).name, c.want)
			}
		}
	}
}

// A selection outlasts a resize, which would change the bars, and a reload.
func TestSelectionKeepsItsDays(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	press(m, "t", "2024-06-12", "enter", "v", "l")
	selected := func() string {
		since, until := m.histogram.Period()
		return fmt.Sprintf("%s to %s: %d events", since, until, of[*ranging](m).shows)
	}
	want := selected()
	for _, size := range [][2]int{{46, 20}, {200, 60}, {80, 13}, {120, 36}} {
		m.resize(size[0], size[1])
		exact(t, m)
		m.Update(partMsg{Part{File: inside(t), Last: true}})
		exact(t, m)
		if got := selected(); got != want {
			t.Errorf("%v: got %q, want %q", size, got, want)
		}
	}
	press(m, "?")
	m.Update(partMsg{Part{File: read(t, "none.json", `{"events":[]}`), Last: true}})
	exact(t, m)
	press(m, "esc", "l", "G", "[", "enter")
	exact(t, m)
}
