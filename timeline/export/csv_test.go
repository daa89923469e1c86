package export_test

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
	"dateline/timeline/internal/fixture"
)

// unix is text whose lines all end in CRLF, with LF instead.
func unix(t *testing.T, text string) string {
	t.Helper()
	lines := strings.ReplaceAll(text, "\r\n", "\n")
	if strings.ContainsRune(lines, '\r') || strings.Count(lines, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("not every line ends in CRLF: %q", text)
	}
	return lines
}

func TestCSV(t *testing.T) {
	_, out, _ := fixture.Exported(t, "csv", fixture.File(t, "testdata/export.json"))
	fixture.Golden(t, "testdata/export.csv", unix(t, out))
}

// rows reads CSV with the standard library.
func rows(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVOfTheTimelineInsideHoldsWhatItHolds(t *testing.T) {
	tl, out, _ := fixture.Exported(t, "csv", fixture.File(t, "../testdata/frozen.json"))
	table := rows(t, out)
	want := []string{"id", "date", "earliest", "latest", "reported", "status", "title", "summary", "actors", "places", "topics", "sources", "origins", "urls"}
	if !slices.Equal(table[0], want) {
		t.Errorf("got the columns %q, want %q", table[0], want)
	}
	if len(table)-1 != tl.Len() {
		t.Fatalf("got %d rows, want %d", len(table)-1, tl.Len())
	}
	for i, row := range table[1:] {
		e := tl.Event(i)
		from, to := tl.Span(i)
		sources, origins := tl.Counts(i)
		want := []string{e.ID, e.Date.String(), from.String(), to.String(), e.Reported.String(), e.Status.String(), e.Title, e.Summary,
			strings.Join(e.Actors, "; "), strings.Join(e.Places, "; "), strings.Join(e.Topics, "; "), strconv.Itoa(sources), strconv.Itoa(origins)}
		if got := row[:len(want)]; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if urls := strings.Split(row[13], "; "); len(urls) != len(e.Sources) || urls[0] != e.Sources[0].URL {
			t.Errorf("%s: got the addresses %q of %d sources", e.ID, urls, len(e.Sources))
		}
	}
}

// cell exports one event with a title and actors, and returns those cells as
// they are written.
func cells(t *testing.T, title string, actors ...string) (titleCell, actorsCell string) {
	t.Helper()
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{ID: "a", Title: title, Actors: actors}})
	var b strings.Builder
	if err := export.WriteCSV(&b, tl, slices.Values([]int{0})); err != nil {
		t.Fatal(err)
	}
	line := strings.Split(b.String(), "\r\n")[1]
	inner, ok := strings.CutPrefix(line, "a,,,,,,")
	inner, isEnd := strings.CutSuffix(inner, ",,,0,0,")
	titleCell, actorsCell, hasBoth := strings.Cut(inner, ",,")
	if !ok || !isEnd || !hasBoth {
		t.Fatalf("the line is %q", line)
	}
	return titleCell, actorsCell
}

func TestNoCellIsAFormula(t *testing.T) {
	for title, want := range map[string]string{
		`=HYPERLINK("https://evil.example","x")`: `"'=HYPERLINK(""https://evil.example"",""x"")"`,
		"+1":                                     "'+1",
		"-1":                                     "'-1",
		"@SUM(A1:A9)":                            "'@SUM(A1:A9)",
		"＝1+1":                                   "'＝1+1",
		"＋1":                                     "'＋1",
		"－1":                                     "'－1",
		"＠SUM":                                   "'＠SUM",
		"\t=1+1":                                 `" '=1+1"`, // what begins as a tab, or a line end, is a blank
		"\r\n=1+1":                               `"  '=1+1"`,
		"'=1+1":                                  "''=1+1", // or taking the apostrophe away would free it
		" ' =1":                                  `" ' '=1"`,
		"a;=1+1":                                 `"a;'=1+1"`,
		"a; -b;c":                                `"a; '-b;c"`,
		"=1;=2":                                  `"'=1;'=2"`,
		"a,=1":                                   `"a,=1"`,
		"1=1":                                    "1=1",
		"a-b, c+d":                               `"a-b, c+d"`,
		"'tis":                                   "'tis",
		"say \"=1\"":                             `"say ""=1"""`,
		"김정은":                                    "김정은",
		"":                                       "",
	} {
		if got, _ := cells(t, title); got != want {
			t.Errorf("%q: got %s, want %s", title, got, want)
		}
	}
}

func TestListsPartAtSemicolons(t *testing.T) {
	for _, c := range []struct {
		actors []string
		want   string
	}{
		{[]string{"A"}, "A"},
		{[]string{"A", "B"}, `"A; B"`},
		{[]string{"A; B", "C;  D;", "E;F"}, `"A;B; C;D;; E;F"`},
		{[]string{"A", "=B"}, `"A; '=B"`},
		{[]string{"Kim, Jong Un", `"K"`}, `"Kim, Jong Un; ""K"""`},
	} {
		_, got := cells(t, "T", c.actors...)
		if got != c.want {
			t.Errorf("%q: got %s, want %s", c.actors, got, c.want)
		}
		if n := len(strings.Split(got, "; ")); n != len(c.actors) {
			t.Errorf("%q: %s parts into %d", c.actors, got, n)
		}
	}
}

func TestDaysOfCSVAreEmptyWhereOpenOrUnknown(t *testing.T) {
	for date, want := range map[string][2]string{
		"2024-02":       {"2024-02-01", "2024-02-29"},
		"2024-06-19?":   {"2024-06-19", "2024-06-19"},
		"2024-06-19/..": {"2024-06-19", ""},
		"/2024":         {"", "2024-12-31"},
		"../..":         {"", ""},
		"-0043":         {"'-0043-01-01", "'-0043-12-31"},
		"Y17000":        {"Y17000-01-01", "Y17000-12-31"},
	} {
		d, err := edtf.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := export.WriteCSV(&b, timeline.New(timeline.About{}, nil, []timeline.Event{{Date: d}}), slices.Values([]int{0})); err != nil {
			t.Fatal(err)
		}
		if row := rows(t, b.String())[1]; [2]string(row[2:4]) != want {
			t.Errorf("%s: got %q, want %q", date, row[2:4], want)
		}
	}
}

// Words are spelt with joiners, and emoji sequences lose their meaning without.
func TestExportsKeepJoiners(t *testing.T) {
	spelt := "می\u200cخواهم क्\u200dष 👨\u200d👩\u200d👧 ❤\ufe0f ｶﾞｲﾄﾞ"
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{
		ID: "a", Date: fixture.Day("2031-01-04"), Title: spelt, Summary: "A\u202eb\u200b c", Places: []string{spelt},
		Sources: []timeline.Source{{Title: spelt, Publisher: "P"}},
	}})
	var csv, ics, slides strings.Builder
	if err := export.WriteCSV(&csv, tl, tl.Select(timeline.Query{}).Ordered(false)); err != nil {
		t.Fatal(err)
	}
	export.WriteICalendar(&ics, tl, tl.Select(timeline.Query{}).Ordered(false), 0)
	export.WriteTimelineJS(&slides, tl, tl.Select(timeline.Query{}).Ordered(false))
	for name, out := range map[string]string{"csv": csv.String(), "ics": strings.ReplaceAll(ics.String(), "\r\n ", ""), "timelinejs": slides.String()} {
		if n := strings.Count(out, spelt); n < 2 {
			t.Errorf("%s has the text %d times:\n%s", name, n, out)
		}
		if strings.ContainsAny(out, "\u202e\u200b") {
			t.Errorf("%s has a bidirectional override or a blank that cannot be seen", name)
		}
	}
	for _, title := range tl.Titles(tl.Select(timeline.Query{}).Ordered(false)) {
		if title != spelt {
			t.Errorf("a list has %q", title)
		}
	}
}
