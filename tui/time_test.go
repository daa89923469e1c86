package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/tui/termtest"
)

// onDates is a timeline of events that have a date each.
func onDates(t testing.TB, dates ...string) File {
	t.Helper()
	var events []string
	for i, date := range dates {
		events = append(events, fmt.Sprintf(`{"id":"e%02d","date":%q,"title":"On %s","status":"reported","actors":["Anna","Boris"],"sources":[{"url":"https://example.org/%d"}]}`, i, date, date, i))
	}
	return read(t, "dates.json", `{"title":"Dates","events":[`+strings.Join(events, ",")+`]}`)
}

// coarse has dates of every precision, intervals with events in them, a gap and
// a burst.
func coarse(t testing.TB) File {
	return onDates(t, "2023-12-30/2024-01-03", "2024-01-01", "2024-01", "2024", "2024-01-02", "2024-01-15/2024-01-19", "2024-01-17", "2024-01-18/2024-01-22",
		"2024-01-22", "2024-02~", "2024-02-28/2024-03-04", "2024-03-02", "2024-03-XX", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-06",
		"2024-03-06", "2024-03-06", "2024-03-06", "2024-21", "2024-06/2024-08", "2024-06-03", "2025/2026", "2025-06-11/..", "2025-06-30", "202X", "../2025-12")
}

// drawn holds the frames after some keys to golden ones, at all sizes.
func drawn(t *testing.T, name string, file File, filter string, keys ...string) {
	t.Helper()
	for _, size := range sizes {
		name := fmt.Sprintf("%s-%dx%d", name, size[0], size[1])
		t.Run(name, func(t *testing.T) {
			m := start(t, file, size[0], size[1], filter)
			press(m, keys...)
			m.notice.text = ""
			termtest.Golden(t, name, frame(t, m).Golden())
		})
	}
}

func TestDatesOfEveryPrecisionAreAsDrawn(t *testing.T) {
	file := coarse(t)
	drawn(t, "coarse", file, "")
	drawn(t, "coarse-end", file, "", "G")
	drawn(t, "coarse-newest", file, "", "S", "g")
}

func TestZoomAndRangeAreAsDrawn(t *testing.T) {
	file := inside(t)
	drawn(t, "zoomed", file, "", "t", "2024-06-19", "enter", "z", "z")
	drawn(t, "zoomed-filtered", file, "actor:putin", "t", "2024-09-17", "enter", "z", "z")
	drawn(t, "range", file, "actor:putin since:2024-03", "t", "2024-05-12", "enter", "v", "]", "h")
	drawn(t, "range-zoomed", file, "", "t", "2024-06-12", "enter", "z", "z", "v", "]", "]")
}

// headings writes the headings of a list, each with its counts.
func headings(m *model) string {
	var said []string
	for _, b := range m.list.breaks {
		switch {
		case b.kind == isHeading && b.again:
			said = append(said, b.heading.String()+" again")
		case b.kind == isHeading:
			said = append(said, fmt.Sprintf("%s %d/%d", b.heading, b.events, b.all))
		}
	}
	return strings.Join(said, "; ")
}

func TestHeadingsSayNoMoreThanDatesDo(t *testing.T) {
	for _, c := range []struct{ dates, filter, want string }{
		{"2024-06-01 2024-06-30 2024-07-01", "", "2024 June 2/2; 2024 July 1/1"},
		{"2024-06-02 2024-06 2024-06~ 2024-06-XX", "", "2024 June, day not stated 3/3; 2024 June 1/1"},
		{"2024-06-01 2024-06 2024-06-02", "", "2024 June 2/2; 2024 June, day not stated 1/1; 2024 June again"},
		{"2024 2024-XX 2024-01-02", "", "2024, month not stated 2/2; 2024 January 1/1"},
		{"2024-01-01 2024-01 2024 2024-01-02", "", "2024 January 2/2; 2024 January, day not stated 1/1; 2024, month not stated 1/1; 2024 January again"},
		{"2024-21 2024-24 2025-01-01", "", "2024 spring, month not stated 1/1; 2024 winter, month not stated 1/1; 2025 January 1/1"},
		{"2024-06/2024-08 2024-06-12/2024-06-17", "", "2024 June 2/2"},
		{"2024/2026 2024-01-05", "", "2024, month not stated 1/1; 2024 January 1/1"},
		{"../2024 ../2024-06-30 2024-12-31", "", "2024 June 1/1; 2024 December 1/1; 2024, month not stated 1/1"},
		{"197X 19XX -002X", "", "30 BC–21 BC, year not stated 1/1; 1900–1999, year not stated 1/1; 1970–1979, year not stated 1/1"},
		{"-0043-03-15 0000 Y17000", "", "44 BC March 1/1; 1 BC, month not stated 1/1; 17000, month not stated 1/1"},
		{"../.. 2024-06-01", "", "2024 June 1/1; date not known 1/1"},
		{"2024-06-01 2024-06-02 2024-06 2024-06~", "id:e01,e02", "2024 June, day not stated 1/2; 2024 June 1/2"},
	} {
		m := start(t, onDates(t, strings.Fields(c.dates)...), 80, 24, c.filter)
		if got := headings(m); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.dates, got, c.want)
		}
	}
}

func TestHeadingsCountEveryEventOnce(t *testing.T) {
	for _, file := range []File{coarse(t), inside(t)} {
		for _, filter := range []string{"", "id:e01,e02,e05,e09,e23", "since:2024-03"} {
			m := start(t, file, 80, 24, filter)
			for range 2 {
				shown, all := 0, 0
				for _, b := range m.list.breaks {
					if b.kind == isHeading && !b.again {
						shown, all = shown+b.events, all+b.all
					}
				}
				if shown != m.list.rows.Len() || filter == "" && all != m.t.Len() {
					t.Errorf("%s %q: the headings count %d of %d events, want %d of %d", file.Name, filter, shown, all, m.list.rows.Len(), m.t.Len())
				}
				press(m, "S")
			}
		}
	}
}

func TestBurstsAreDaysWithUnusuallyManyEvents(t *testing.T) {
	some := func(date string, n int) string { return strings.Repeat(date+" ", n) }
	for _, c := range []struct{ dates, want string }{
		{some("2024-06-19", 3) + "2024-06-01", ""},
		{some("2024-06-19", 4) + "2024-06-01 2024-06-02", "4 events on 19 June before e00"},
		{some("2024-06-19", 4) + some("2024-06-20", 5) + "2024-06-01 2024-06-02 2024-06-03", "9 events in 2 days before e00"},
		{some("2024-06-19", 4) + some("2024-06-21", 4) + "2024-06-01 2024-06-02 2024-06-03", "4 events on 19 June before e00; 4 events on 21 June before e04"},
		{some("2024-06-19", 4) + some("2024-06-20", 4), ""}, // as usual
		{some("2024-06-19", 6) + some("2024-06-21", 2) + some("2024-07-01", 2), "6 events on 19 June before e00"},
		{some("2024-06-19", 5) + some("2024-06-21", 2) + some("2024-07-01", 2), ""},
		{some("2024-06", 5) + "2024-06-01 2024-06-02", ""},
		{some("2024-06-19/2024-06-20", 5) + "2024-06-01 2024-06-02", ""},
	} {
		m := start(t, onDates(t, strings.Fields(c.dates)...), 80, 24, "")
		var said []string
		for n, b := range m.list.breaks {
			if b.kind == isBurst {
				said = append(said, strings.Trim(m.list.viewBreak(m.styles, n), " │\x1b[0;2m")+" before "+m.t.Event(m.list.at(b.row)).ID)
			}
		}
		if got := strings.Join(said, "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.dates, got, c.want)
		}
	}
}

func TestBurstStandsAboveItsFirstRowInEitherOrder(t *testing.T) {
	m := start(t, onDates(t, strings.Fields("2024-06-01 2024-06-02 2024-06-03 2024-06-19 2024-06-19 2024-06-19 2024-06-19 2024-06-20 2024-06-20 2024-06-20 2024-06-20")...), 80, 24, "")
	for _, want := range []string{"2024-06-19", "2024-06-20"} {
		row := m.list.breaks[len(m.list.breaks)-1].row
		if m.list.newest {
			row = m.list.breaks[1].row
		}
		if got := m.t.Event(m.list.at(row)).Date.String(); got != want {
			t.Errorf("newest first %t: the burst stands above %s, want %s", m.list.newest, got, want)
		}
		press(m, "S")
	}
}

// ties draws the spine of a list, a sign a row.
func ties(m *model) string {
	signs := ""
	for row := range m.list.rows.Len() {
		signs += cmp.Or(m.list.tie(row), "├")
	}
	return signs
}

func TestWhatFallsWithinAnIntervalIsTiedToIt(t *testing.T) {
	for _, c := range []struct{ dates, filter, want string }{
		{"2024-06-11 2024-06-12/2024-06-17 2024-06-18", "", "├╟├"},
		{"2024-06-12/2024-06-17 2024-06-12 2024-06-17 2024-06-18", "", "├╓╙├"}, // a day stands before an interval that begins on it
		{"2024-06-12/2024-06-17 2024-06-13 2024-06-14 2024-06-18", "", "╓╟╙├"},
		{"2024-06-12/2024-06-17 2024-06-15/2024-06-20 2024-06-19 2024-06-21/2024-06-22", "", "╓╟╙╟"},
		{"2024-05-28/2024-06-03 2024-06 2024-06-02", "", "╓├╙"}, // in June, but not surely then
		{"2024-05-28/2024-07-03 2024-06 2024-07-04", "", "╓╙├"},
		{"2024-06-12/.. 2024-06-13", "", "╟├"},
		{"2024/ 2024-06-13", "", "╓╙"},
		{"../2024-06-12 2024-06-13", "", "╟├"},
		{"2024-06 2024-06-13", "", "├├"},
		{"../.. 2024-06-13", "", "├╟"},
		{"2024-06-12/2024-06-17 2024-06-13 2024-06-14", "-id:e00", "├├"},
	} {
		m := start(t, onDates(t, strings.Fields(c.dates)...), 80, 24, c.filter)
		if got := ties(m); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.dates, c.filter, got, c.want)
		}
		press(m, "S")
		upside := strings.NewReplacer("╓", "╙", "╙", "╓")
		if got := upside.Replace(ties(m)); backwards(got) != c.want {
			t.Errorf("%s %s, newest first: got %s, want %s the other way", c.dates, c.filter, got, c.want)
		}
	}
}

func backwards(s string) string {
	runes := []rune(s)
	slices.Reverse(runes)
	return string(runes)
}

func TestHeadingIsPinnedOverWhateverIsScrolledTo(t *testing.T) {
	for _, width := range []int{46, 120} {
		m := start(t, inside(t), width, 20, "")
		for range m.list.rows.Len() {
			press(m, "j")
			top := ansi.Strip(m.list.view(m.styles, true)[0])
			if want := m.list.breaks[m.list.headingOn(m.list.top)].heading.String(); !strings.Contains(top, want+" ─") {
				t.Fatalf("%d wide: the top line is %q, want %s", width, top, want)
			}
		}
	}
}
