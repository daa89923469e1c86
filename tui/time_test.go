package tui

import (
	"fmt"
	"strings"
	"testing"

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
