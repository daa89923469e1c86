package export_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
	"dateline/timeline/internal/fixture"
)

func TestICalendar(t *testing.T) {
	_, out, leftOut := fixture.Exported(t, "ics", fixture.File(t, "testdata/export.json"))
	fixture.Golden(t, "testdata/export.ics", unix(t, out))
	if leftOut != 5 { // all of time, two BC, the year 17,000, and a day without a next
		t.Errorf("%d are left out, want 5", leftOut)
	}
}

// properties reads the lines of iCalendar unfolded, and checks how they are
// folded.
func properties(t *testing.T, text string) []string {
	t.Helper()
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets, UTF-8 %t: %q", len(line), utf8.ValidString(line), line)
		}
	}
	return strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n")
}

// property returns the value of the first property that begins so.
func property(properties []string, name string) string {
	for _, p := range properties {
		if value, ok := strings.CutPrefix(p, name); ok {
			return value
		}
	}
	return ""
}

// entry is the calendar of one event.
func entry(t *testing.T, e timeline.Event) (of []string, leftOut int) {
	t.Helper()
	var b strings.Builder
	leftOut, err := export.WriteICalendar(&b, timeline.New(timeline.About{}, nil, []timeline.Event{e}), slices.Values([]int{0}), fixture.Today)
	if err != nil {
		t.Fatal(err)
	}
	return properties(t, b.String()), leftOut
}

func TestCalendarStatesTheDaysThatADateAllows(t *testing.T) {
	for date, want := range map[string]string{ // start, and the day after the end
		"2024-06-19":            "20240619 20240620",
		"2024-06-19?":           "20240619 20240620",
		"2024-02-28":            "20240228 20240229",
		"2024-12-31":            "20241231 20250101",
		"2024-06-12/2024-06-17": "20240612 20240618",
		"2023-12/2024-02":       "20231201 20240301",
		"2024-06~":              "20240601 20240701",
		"2024-06-XX":            "20240601 20240701",
		"2024":                  "20240101 20250101",
		"2024-24":               "20241201 20250301",
		"197X":                  "19700101 19800101",
		"2024-06-19/..":         "20240619 20240620",
		"2024-06/":              "20240601 20240701",
		"../2024-06":            "20240601 20240701",
		"/2024-06-19":           "20240619 20240620",
		"0001":                  "00010101 00020101",
		"9999-12-30":            "99991230 99991231",
		"../..":                 " ",
		"/..":                   " ",
		"0000":                  " ",
		"-0043-03-15":           " ",
		"0000-12-31/0001-01-01": " ",
		"9999-12-31":            " ",
		"Y17000":                " ",
	} {
		d, err := edtf.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		of, leftOut := entry(t, timeline.Event{ID: "a", Title: "T", Date: d})
		got := property(of, "DTSTART;VALUE=DATE:") + " " + property(of, "DTEND;VALUE=DATE:")
		if got != want || leftOut == 1 != (want == " ") {
			t.Errorf("%s: got %q, %d left out, want %q", date, got, leftOut, want)
		}
		if kept := property(of, "X-DATELINE-EDTF:"); leftOut == 0 && kept != date {
			t.Errorf("%s is kept as %q", date, kept)
		}
	}
}

func day(t *testing.T) edtf.Date {
	t.Helper()
	d, err := edtf.Parse("2024-06-19")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCalendarTextIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"a, b; c":           `a\, b\; c`,
		`C:\new`:            `C:\\new`,
		`\n`:                `\\n`,
		"BEGIN:VALARM":      "BEGIN:VALARM",
		"a\r\nEND:VEVENT":   "a  END:VEVENT",
		`say "a": b`:        `say "a": b`,
		"김정은, <b>":          `김정은\, <b>`,
		"":                  "",
		"\u202eoverride\a ": "override ",
	} {
		of, _ := entry(t, timeline.Event{ID: "a", Date: day(t), Title: text, Topics: []string{text, "t"}, Places: []string{text, "p"}})
		if got := property(of, "SUMMARY:"); got != want {
			t.Errorf("%q: got the summary %q, want %q", text, got, want)
		}
		wantTopics, wantPlaces := "t", "p"
		if want != "" {
			wantTopics, wantPlaces = want+",t", want+`\; p`
		}
		if got := property(of, "CATEGORIES:"); got != wantTopics {
			t.Errorf("%q: got the categories %q, want %q", text, got, wantTopics)
		}
		if got := property(of, "LOCATION:"); got != wantPlaces {
			t.Errorf("%q: got the location %q, want %q", text, got, wantPlaces)
		}
	}
}

func TestCalendarLinesAreFoldedBetweenCharacters(t *testing.T) {
	for _, character := range []string{"x", "é", "한", "😀", `\`, ";"} {
		for n := range 160 {
			title := strings.Repeat(character, n) + "."
			of, _ := entry(t, timeline.Event{ID: strings.Repeat("i", n), Date: day(t), Title: title})
			want := strings.NewReplacer(`\`, `\\`, ";", `\;`).Replace(title)
			if got := property(of, "SUMMARY:"); got != want {
				t.Fatalf("got %q, want %q", got, want)
			}
		}
	}
}

func TestCalendarLinksTheFirstAddressThereIs(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/b;c,d?e=f&g#h": "https://a.example/b;c,d?e=f&g#h",
		"https://a.example/한 <b>\\":       "https://a.example/%ED%95%9C%20%3Cb%3E%5C",
		"javascript:alert(1)":             "https://next.example",
		"":                                "https://next.example",
	} {
		of, _ := entry(t, timeline.Event{ID: "a", Date: day(t), Title: "T", Sources: []timeline.Source{{URL: url}, {URL: "https://next.example"}}})
		if got := property(of, "URL:"); got != want {
			t.Errorf("%q: got %q, want %q", url, got, want)
		}
	}
}

// The same file gives the same calendar, whenever it is exported.
func TestCalendarIsStampedWithTheDayOfTheFile(t *testing.T) {
	for updated, want := range map[string]string{
		"2026-11-24":           "20261124T000000Z",
		"2026-11-24T18:30:00Z": "20261124T000000Z",
		"":                     "20310601T000000Z",
		"2026-11":              "20310601T000000Z",
		"last week":            "20310601T000000Z",
		"-0043-03-15":          "20310601T000000Z",
	} {
		_, out, _ := fixture.Exported(t, "ics", `{"updated": "`+updated+`", "events": [`+fixture.EventJSON("a", "2024")+`]}`)
		if got := property(properties(t, out), "DTSTAMP:"); got != want {
			t.Errorf("%q: got %s, want %s", updated, got, want)
		}
	}
}

func TestCalendarStatesTimes(t *testing.T) {
	for _, c := range []struct{ date, tz, want string }{
		{"2024-06-19T23:30:00-12:00", "", "DTSTART:20240620T113000Z"},
		{"2024-06-19T23:30:00Z", "", "DTSTART:20240619T233000Z"},
		{"2024-06-19T23:30:00", "", "DTSTART:20240619T233000"},
		{"2024-06-19T09:30:00", "Asia/Pyongyang", "DTSTART;TZID=Asia/Pyongyang:20240619T093000"},
		{"2024-06-19T09:30:00+09:00", "Asia/Pyongyang", "DTSTART;TZID=Asia/Pyongyang:20240619T093000"},
		{"2024-06-19T09:30:00+08:00", "Asia/Pyongyang", "DTSTART:20240619T013000Z"}, // the offset is the time's own
		{"2024-06-19T09:30:00", "UTC", "DTSTART:20240619T093000Z"},
		{"2024-06-19T09:30:00", "Nowhere", "DTSTART:20240619T093000"},
	} {
		lines, _ := entry(t, timeline.Event{ID: "a", Date: fixture.Day(c.date), TZ: c.tz, Title: "A"})
		if !slices.Contains(lines, c.want) || property(lines, "DTEND") != "" {
			t.Errorf("%s in %q: %q, want %s", c.date, c.tz, lines, c.want)
		}
	}
}

// A calendar names the zones of its entries, with the changes of their clocks.
func TestCalendarDefinesItsZones(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024-03-01T09:00:00"), TZ: "Europe/Warsaw", Title: "A"},
		{ID: "b", Date: fixture.Day("2024-11-01T09:00:00"), TZ: "Europe/Warsaw", Title: "B"},
		{ID: "c", Date: fixture.Day("2024-11-01T09:00:00"), TZ: "Asia/Kolkata", Title: "C"},
	})
	var b strings.Builder
	if _, err := export.WriteICalendar(&b, tl, tl.Select(timeline.Query{}).Ordered(false), 0); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(properties(t, b.String()), "\n")
	if got := strings.Count(text, "BEGIN:VTIMEZONE"); got != 2 {
		t.Errorf("%d zones, want 2", got)
	}
	for _, want := range []string{
		"BEGIN:DAYLIGHT\nDTSTART:20240331T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT",
		"BEGIN:STANDARD\nDTSTART:20241027T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD",
		"TZOFFSETTO:+0530",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the calendar lacks %q:\n%s", want, text)
		}
	}
}
