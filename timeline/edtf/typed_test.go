package edtf_test

import (
	"testing"

	"dateline/timeline/edtf"
)

// A Wednesday, in a timeline of which little is left.
var reference = edtf.Reference{Here: edtf.DayOf(2024, 6, 19), Today: edtf.DayOf(2024, 8, 7), Last: edtf.DayOf(2024, 10, 8)}

func TestTypedDateIsReadAsAPersonMeansIt(t *testing.T) {
	for _, c := range []struct{ text, spelled, want string }{
		{"2024-06", "2024-06", "2024-06"},
		{"2023", "2023", "2023"},
		{" 2024-10-08 ", "2024-10-08", "2024-10-08"},
		{"2024–10–08", "2024-10-08", "2024-10-08"},
		{"2024-06-12/2024-06-17", "2024-06-12/2024-06-17", "2024-06-12/2024-06-17"},
		{"../2021", "../2021", "../2021"},
		{"19 June 2024", "2024-06-19", "2024-06-19"},
		{"June 19, 2024", "2024-06-19", "2024-06-19"},
		{"june 2024", "2024-06", "2024-06"},
		{"2024-06..2024-08", "2024-06/2024-08", "2024-06/2024-08"},
		{"2024-06…june 2025", "2024-06/2025-06", "2024-06/2025-06"},
		{"2024-06..", "2024-06/..", "2024-06/.."},
		{"..june 2024", "../2024-06", "../2024-06"},

		{"-30d", "-30d", "2024-05-20"},
		{"−30 days", "-30d", "2024-05-20"},
		{"30 days ago", "-30d", "2024-05-20"},
		{"+2w", "+2w", "2024-07-03"},
		{"1m", "+1m", "2024-07-19"},
		{"-1Y", "-1y", "2023-06-19"},
		{"2 years ago", "-2y", "2022-06-19"},

		{"today", "today", "2024-08-07"},
		{"Yesterday", "yesterday", "2024-08-06"},
		{"tomorrow", "tomorrow", "2024-08-08"},
		{"this week", "this week", "2024-08-05/2024-08-11"},
		{"last week", "last week", "2024-07-29/2024-08-04"},
		{"last month", "last month", "2024-07"},
		{"next year", "next year", "2025"},

		{"fri", "fri", "2024-06-21"},
		{"Wednesday", "wednesday", "2024-06-26"},
		{"tue", "tue", "2024-06-25"},

		{"july", "july", "2024-07"},
		{"JUN", "jun", "2024-06"}, // the next begins after the last event
		{"may", "may", "2024-05"},
		{"19 june", "19 june", "2024-06-19"},
		{"20 june", "20 june", "2024-06-20"},
		{"8 october", "8 october", "2024-10-08"},
		{"9 october", "9 october", "2023-10-09"},
		{"29 feb", "29 feb", "2024-02-29"},
		{"summer", "summer", "2024-22"},

		{"-30d..today", "-30d..today", "2024-05-20/2024-08-07"},
		{"july..", "july..", "2024-07/.."},
	} {
		d, err := edtf.ParseTyped(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got := d.On(reference).String(); got != c.want || d.String() != c.spelled {
			t.Errorf("%q: got %s, written %s; want %s, written %s", c.text, got, d, c.want, c.spelled)
		}
		if again, err := edtf.ParseTyped(d.String()); err != nil || again.On(reference) != d.On(reference) || again.String() != d.String() {
			t.Errorf("%q is written %q, which is read as %s, %v", c.text, d, again, err)
		}
	}
	for _, text := range []string{"", "soon", "2024-13", "10000000d", "d", "12", "we", "3/4/2024", "-3 days ago", "31 june", "..", "noon", "10:00", "june 31", "kim..putin"} {
		if d, err := edtf.ParseTyped(text); err == nil {
			t.Errorf("%q is read as %s, %s", text, d, d.On(reference))
		}
	}
}

// Near the end of a timeline, the next Friday or June would find nothing.
func TestNamedDayIsNoLaterThanTheLast(t *testing.T) {
	end := edtf.Reference{Here: edtf.DayOf(2024, 10, 8), Today: edtf.DayOf(2026, 11, 30), Last: edtf.DayOf(2024, 10, 8)}
	for text, want := range map[string]string{
		"june": "2024-06", "october": "2024-10", "december": "2023-12", "29 feb": "2024-02-29",
		"tue": "2024-10-08", "wed": "2024-10-02", "winter": "2023-24", "today": "2026-11-30", "-1w": "2024-10-01",
	} {
		d, err := edtf.ParseTyped(text)
		if got := d.On(end).String(); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestTypedDateWithoutAReferenceIsNone(t *testing.T) {
	nowhere := edtf.Reference{Here: edtf.Past, Today: edtf.Past, Last: edtf.Past}
	for _, text := range []string{"june", "fri", "-30d", "today", "last week", "-30d..today"} {
		d, err := edtf.ParseTyped(text)
		if got := d.On(nowhere); err != nil || !got.IsZero() {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
	}
}

// A month or a year on, a day that the month lacks is its last.
func TestDistanceStaysWithinTheMonth(t *testing.T) {
	for _, c := range []struct{ from, by, want string }{
		{"2024-03-31", "-1m", "2024-02-29"},
		{"2024-01-31", "1m", "2024-02-29"},
		{"2024-02-29", "1y", "2025-02-28"},
		{"2024-12-31", "+2m", "2025-02-28"},
	} {
		from, _ := edtf.Parse(c.from)
		here, _ := from.Filed()
		d, err := edtf.ParseTyped(c.by)
		if got := d.On(edtf.Reference{Here: here, Today: here, Last: edtf.Future}).String(); err != nil || got != c.want {
			t.Errorf("%s %s: got %s %v, want %s", c.from, c.by, got, err, c.want)
		}
	}
}

func FuzzParseTyped(f *testing.F) {
	for _, text := range []string{"-30d", "last week", "19 june", "june..today", "2024-06..", "fri", "3 months ago", "c. june", "3/4/2024"} {
		f.Add(text, int64(19893), int64(20000))
	}
	f.Fuzz(func(t *testing.T, text string, here, last int64) {
		d, err := edtf.ParseTyped(text)
		if err != nil {
			return
		}
		again, err := edtf.ParseTyped(d.String())
		r := edtf.Reference{Here: edtf.Day(here), Today: edtf.Day(here), Last: edtf.Day(last)}
		if err != nil || again.String() != d.String() || again.On(r) != d.On(r) {
			t.Errorf("%q is written %q, which is read as %q, %v", text, d, again, err)
		}
	})
}
