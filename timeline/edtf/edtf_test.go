package edtf

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

// must parses a date that the test knows to be valid.
func must(t testing.TB, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lines returns the lines of a file in testdata without its comments.
func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(string(data), "\n"), func(line string) bool {
		return line == "" || line[0] == '#'
	})
}

func firstField(line string) string { return strings.Fields(line)[0] }

// invalid returns the texts of testdata/invalid.txt.
func invalid(t testing.TB) []string {
	t.Helper()
	var texts []string
	for _, line := range lines(t, "invalid.txt") {
		quoted, err := strconv.QuotedPrefix(strings.TrimPrefix(line, "date "))
		if err != nil {
			t.Fatalf("testdata/invalid.txt: %s: %v", line, err)
		}
		s, _ := strconv.Unquote(quoted)
		texts = append(texts, s)
	}
	return texts
}

func TestValidDatesHaveTheirBounds(t *testing.T) {
	end := func(day Day, ok bool, limit Day, span Day) string {
		switch {
		case ok:
			return day.String()
		case span == limit:
			return "open"
		}
		return "unknown"
	}
	valid := lines(t, "valid.txt")
	if len(valid) < 200 {
		t.Errorf("testdata/valid.txt has %d dates, want 200", len(valid))
	}
	for _, line := range valid {
		want := strings.Fields(line)
		d := must(t, want[0])
		if d.String() != want[0] {
			t.Errorf("Parse(%q) prints %q", want[0], d)
		}
		from, to := d.Span()
		earliest, known := d.Earliest()
		if got := end(earliest, known, Past, from); got != want[1] && !neitherKnown(want) {
			t.Errorf("%s: earliest is %s, want %s", d, got, want[1])
		}
		latest, known := d.Latest()
		if got := end(latest, known, Future, to); got != want[2] && !neitherKnown(want) {
			t.Errorf("%s: latest is %s, want %s", d, got, want[2])
		}
	}
}

// neitherKnown reports whether a line of valid.txt states no day; the span is
// then all of time, which says nothing of which end is open.
func neitherKnown(fields []string) bool {
	return strings.Trim(fields[1], "openukw") == "" && strings.Trim(fields[2], "openukw") == ""
}

func TestNeitherEndKnownSpansAllOfTime(t *testing.T) {
	for _, s := range []string{"../..", "/..", "../"} {
		d := must(t, s)
		_, earliest := d.Earliest()
		_, latest := d.Latest()
		from, to := d.Span()
		if earliest || latest || from != Past || to != Future {
			t.Errorf("%s spans %d to %d, want all of time, neither end known", s, from, to)
		}
	}
}

func TestInvalidDatesSayWhereAndWhy(t *testing.T) {
	texts := invalid(t)
	if len(texts) < 150 {
		t.Errorf("testdata/invalid.txt has %d texts, want 150", len(texts))
	}
	for i, want := range lines(t, "invalid.txt") {
		d, err := Parse(texts[i])
		if err == nil {
			t.Errorf("Parse(%q) accepts it; want %s", texts[i], want)
			continue
		}
		if got := err.Error(); got != want {
			t.Errorf("Parse(%q):\n got %s\nwant %s", texts[i], got, want)
		}
		if !d.IsZero() {
			t.Errorf("Parse(%q) returns %v beside its error", texts[i], d)
		}
	}
}

func TestSuggestionsAreValid(t *testing.T) {
	for _, s := range invalid(t) {
		var bad *Error
		if _, err := Parse(s); !errors.As(err, &bad) {
			t.Fatalf("Parse(%q) gives %v, want an *Error", s, err)
		}
		if bad.Input != s {
			t.Errorf("Parse(%q) blames %q", s, bad.Input)
		}
		if better := bad.Suggestion(); better != "" {
			must(t, better)
		}
	}
}

func TestErrorShowsTheStartOfALongInput(t *testing.T) {
	_, err := Parse("2024" + strings.Repeat("한", 1000))
	want := `date "2024` + strings.Repeat("한", 56) + `…", column 5: nothing but a qualifier follows a date`
	if err.Error() != want {
		t.Errorf("got %s\nwant %s", err, want)
	}
}

func TestQualifiersNeverMoveABound(t *testing.T) {
	for _, s := range []string{"1984", "2004-06", "2004-06-11", "2001-24", "-0044-03-15", "1984/2004-06"} {
		from, to := must(t, s).Span()
		for _, qualifier := range []string{"?", "~", "%"} {
			d := must(t, s+qualifier)
			if gotFrom, gotTo := d.Span(); gotFrom != from || gotTo != to {
				t.Errorf("%s spans %s to %s, %s does not", s, from, to, d)
			}
		}
	}
}

func TestEitherEndMayBeQualified(t *testing.T) {
	for _, test := range []struct {
		date                   string
		uncertain, approximate bool
	}{
		{"1984", false, false},
		{"1984?", true, false},
		{"1984~", false, true},
		{"1984%", true, true},
		{"1984?/2004", true, false},
		{"1984/2004?", true, false},
		{"1984~/2004?", true, true},
		{"1984/2004%", true, true},
		{"../2004~", false, true},
		{"2004?/", true, false},
		{"201X", false, false},
		{"1985-04-XX", false, false},
	} {
		d := must(t, test.date)
		if d.Uncertain() != test.uncertain || d.Approximate() != test.approximate {
			t.Errorf("%s: uncertain %t, approximate %t", d, d.Uncertain(), d.Approximate())
		}
	}
}

func TestIntervalsHaveASlash(t *testing.T) {
	for date, want := range map[string]bool{
		"2024": false, "201X": false, "2024-06-19T10:30:00Z": false,
		"2024/2025": true, "2024/..": true, "/2024": true, "../..": true,
	} {
		if got := must(t, date).Interval(); got != want {
			t.Errorf("%s: Interval is %t", date, got)
		}
	}
}

// days returns the span of a date, for tests of overlap.
func days(t testing.TB, s string) (from, to Day) {
	t.Helper()
	return must(t, s).Span()
}

func TestUnknownEndCountsAsTheKnownOne(t *testing.T) {
	for date, like := range map[string]string{
		"1985/": "1985", "/1985": "1985", "1985-04/": "1985-04", "/1985-04-12~": "1985-04-12",
	} {
		from, to := days(t, date)
		wantFrom, wantTo := days(t, like)
		if from != wantFrom || to != wantTo {
			t.Errorf("%s spans %s to %s, want that of %s", date, from, to, like)
		}
	}
}

func TestOverlap(t *testing.T) {
	for _, test := range []struct {
		date, period        string
		overlaps, certainly bool
	}{
		{"2024-06-19", "2024-06-19", true, true},
		{"2024-06-19", "2024", true, true},
		{"2024-06-19", "2024-06-20/2024-06-30", false, false},
		{"2024-06-19?", "2024", true, false},
		{"2024-06-19~", "2024", true, false},
		{"2024-06", "2024", true, true},
		{"2024-06", "2024-06", true, true},
		{"2024-06", "2024-06-01/2024-06-07", true, false},
		{"2024-06", "2024-06-15/..", true, false},
		{"2024-06", "2024-07/..", false, false},
		{"201X", "2019-12-31", true, false},
		{"201X", "2010/2019", true, true},
		{"1985-04-XX", "1985-04", true, true},
		{"2024-24", "2025-02-28", true, false},
		{"2024-24", "2024-12/2025-02", true, true},
		// An interval is there in between, wherever it starts and ends.
		{"2023/2025", "2024-06-19", true, true},
		{"2023/2025", "2025-06-19", true, false},
		{"2023/2025", "2023-12-31", true, true},
		{"2023/2025", "2023-12-30", true, false},
		{"2023/2025", "2025-01-01", true, true},
		{"2023-09-12/2023-09-17", "2023-09-17/2023-10", true, true},
		{"2023-09-12/2023-09-17", "2023-09-18/2023-10", false, false},
		{"2023-09-12~/2023-09-17", "2023-09", true, false},
		// No interval ends before it starts: this one starts in March at the latest.
		{"2004/2004-03", "2004-01/2004-03", true, true},
		{"2004-03/2004", "2004-03/2004-12", true, true},
		{"1914/..", "2024", true, true},
		{"1914/..", "1914-06", true, false},
		{"1914/..", "1913", false, false},
		{"../2021", "1900", true, true},
		{"../2021", "2021-06", true, false},
		{"../2021", "2022", false, false},
		{"../..", "2024", true, true},
		{"2019/", "2019", true, true},
		{"2019/", "2019-06", true, false},
		{"2019/", "2020", false, false},
		{"/2021", "2021", true, true},
		{"/2021", "2020", false, false},
		{"/..", "2024", true, false},
		{"../", "2024", true, false},
	} {
		d := must(t, test.date)
		from, to := days(t, test.period)
		if got := d.Overlaps(from, to); got != test.overlaps {
			t.Errorf("%s overlaps %s: %t", d, test.period, got)
		}
		if got := d.Certainly(from, to); got != test.certainly {
			t.Errorf("%s certainly overlaps %s: %t", d, test.period, got)
		}
	}
}

func TestZeroDateStatesNothing(t *testing.T) {
	var d Date
	_, earliest := d.Earliest()
	_, latest := d.Latest()
	if !d.IsZero() || earliest || latest {
		t.Error("the zero Date knows a bound")
	}
	if from, to := d.Span(); from <= to {
		t.Errorf("the zero Date spans %s to %s", from, to)
	}
	if d.Overlaps(Past, Future) || d.Certainly(Past, Future) {
		t.Error("the zero Date overlaps all of time")
	}
	if s := d.String() + d.Words() + d.Column() + d.Short(); s != "" {
		t.Errorf("the zero Date prints %q", s)
	}
	if must(t, "2024").IsZero() {
		t.Error("2024 is the zero Date")
	}
}

func TestDatesSpelledAlikeAreEqual(t *testing.T) {
	s := "1984~/2004-06"
	if must(t, s) != must(t, strings.Clone(s)) {
		t.Errorf("two dates %s differ", s)
	}
	if must(t, "2024") == must(t, "2024?") {
		t.Error("2024 equals 2024?")
	}
}

func TestDateIsSmall(t *testing.T) {
	if got := unsafe.Sizeof(Date{}); strconv.IntSize == 64 && got > 48 {
		t.Errorf("a Date takes %d bytes, want 48", got)
	}
}

func BenchmarkParse(b *testing.B) {
	for name, s := range map[string]string{
		"day":         "2024-06-19",
		"month":       "2024-06",
		"interval":    "2023-09-12/2023-09-17",
		"qualified":   "2004-06-11%",
		"unspecified": "1985-XX-XX",
		"season":      "2001-24",
		"moment":      "1985-04-12T23:20:30+04:30",
		"invalid":     "3/12/2024",
		"level2":      "2004-06-~11",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(s)
			}
		})
	}
}

func TestParseAllocatesNothing(t *testing.T) {
	for _, line := range lines(t, "valid.txt") {
		s := firstField(line)
		if n := testing.AllocsPerRun(10, func() { Parse(s) }); n > 0 {
			t.Errorf("Parse(%q) allocates %v times", s, n)
		}
	}
}

// ordered lists dates in the order of Compare; those on one line are equal.
var ordered = [][]string{
	{"Y-13800000000"},
	{"-1234"},
	{"-0044-03-15"},
	{"0000"},
	{"1914-06-28/1914-07-01"},
	{"1914-06-28/1918"},
	{"1914-06-28/.."},
	{"201X"},
	{"2019", "2019/", "2019?", "2019-XX", "2019-XX-XX", "2019/2019-12"},
	{"2019-01-02"},
	{"2021-12-31", "/2021-12-31"},
	{"/2021"},
	{"../2021"},
	{"2023-09-12/2023-09-13"},
	{"2023-09-12/2023-09-17"},
	{"2024-06-01"},
	{"2024-06-01/2024-06-29"},
	{"2024-06", "2024-06~", "2024-06-XX", "2024-06/"},
	{"2024-06/2024-07"},
	{"2024-22"},
	{"2024-06-01/.."},
	{"2024-06-02"},
	{"2024-06-19", "2024-06-19T00:30:00+09:00", "2024-06-19T23:59:59Z", "2024-06-19%"},
	{"Y17000"},
	{"../..", "/..", "../"},
}

func TestOrder(t *testing.T) {
	for i, these := range ordered {
		for j, those := range ordered {
			want := cmp.Compare(i, j)
			for _, a := range these {
				for _, b := range those {
					if got := Compare(must(t, a), must(t, b)); got != want {
						t.Errorf("Compare(%s, %s) is %d, want %d", a, b, got, want)
					}
				}
			}
		}
	}
	if Compare(Date{}, must(t, "Y17000")) != 1 || Compare(Date{}, must(t, "../..")) != 0 {
		t.Error("the zero Date does not come last")
	}
}

func TestSortingIsTheSameFromAnyStart(t *testing.T) {
	var dates []Date
	for _, line := range lines(t, "valid.txt") {
		dates = append(dates, must(t, firstField(line)))
	}
	slices.SortFunc(dates, Compare)
	want := slices.Clone(dates)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(dates), func(i, j int) { dates[i], dates[j] = dates[j], dates[i] })
		slices.SortFunc(dates, Compare)
		for i := range dates {
			if Compare(dates[i], want[i]) != 0 {
				t.Fatalf("place %d has %s, once %s", i, dates[i], want[i])
			}
		}
	}
}

func TestDatesAreFiledUnderTheDayTheySortBy(t *testing.T) {
	for _, test := range []struct {
		date        string
		year, month int
	}{
		{"2024-06-19", 2024, 6},
		{"2024-06", 2024, 6},
		{"2024", 2024, 1},
		{"2024-24", 2024, 12},
		{"201X", 2010, 1},
		{"2023-12-30/2024-01-02", 2023, 12},
		{"2024-06-01/..", 2024, 6},
		{"2024-06-19/", 2024, 6},
		{"../2021", 2021, 12},
		{"/2021-06", 2021, 6},
		{"-1234", -1234, 1},
		{"Y170000002", 170000002, 1},
		{"../..", 0, 0},
		{"/..", 0, 0},
	} {
		year, month := 0, 0
		if day, ok := must(t, test.date).Filed(); ok {
			year, month, _ = day.Civil()
		}
		if year != test.year || month != test.month {
			t.Errorf("%s is filed under %d-%02d, want %d-%02d", test.date, year, month, test.year, test.month)
		}
	}
}

func TestDateIsAsPreciseAsItIsWritten(t *testing.T) {
	for text, want := range map[string]Precision{
		"2024-06-19":            ToDay,
		"2024-06-19~":           ToDay,
		"2024-06-19T10:00:00Z":  ToDay,
		"2024-06":               ToMonth,
		"2024-06?":              ToMonth,
		"2024-06-XX":            ToMonth,
		"2024-21":               ToSeason,
		"2024":                  ToYear,
		"2024-XX":               ToYear,
		"2024-XX-XX":            ToYear,
		"Y17000":                ToYear,
		"202X":                  ToDecade,
		"20XX":                  ToCentury,
		"2024-06-12/2024-06-17": ToDay,
		"2024-06-12/2024":       ToDay,
		"2024-06/2024-08-01":    ToMonth,
		"2024-06/2024-06-01":    ToDay, // the first is the only day
		"2024/..":               ToYear,
		"../2024-06":            ToMonth,
		"/2024":                 ToYear,
		"../..":                 ToDay,
	} {
		if got := must(t, text).Precision(); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}

func TestDaysAreSpelledAsFinelyAsAsked(t *testing.T) {
	for _, test := range []struct {
		day       Day
		precision Precision
		want      string
	}{
		{DayOf(2024, 6, 19), ToDay, "2024-06-19"},
		{DayOf(2024, 6, 19), ToMonth, "2024-06"},
		{DayOf(2024, 6, 19), ToYear, "2024"},
		{DayOf(-43, 3, 15), ToDay, "-0043-03-15"},
		{DayOf(-43, 3, 15), ToMonth, "-0043-03"},
		{DayOf(-43, 3, 15), ToYear, "-0043"},
		{DayOf(17000, 3, 15), ToDay, "Y17000"},
		{DayOf(17000, 3, 15), ToMonth, "Y17000"},
		{DayOf(-17000, 3, 15), ToYear, "Y-17000"},
	} {
		got := test.day.Spell(test.precision)
		if got != test.want {
			t.Errorf("%s to %d: got %s, want %s", test.day, test.precision, got, test.want)
		}
		if from, to := must(t, got).Span(); test.day < from || to < test.day {
			t.Errorf("%s does not lie in %s", test.day, got)
		}
	}
}

func TestDateStatesNoMoreThanItIsWrittenWith(t *testing.T) {
	for _, c := range []struct {
		date             string
		year, month, day int
		ok               bool
	}{
		{"1985", 1985, 0, 0, true},
		{"1985-04", 1985, 4, 0, true},
		{"1985-04-12", 1985, 4, 12, true},
		{"1985-04-12T23:20:30Z", 1985, 4, 12, true},
		{"1985-04?", 1985, 4, 0, true},
		{"2001-23~", 2001, 23, 0, true},
		{"1985-04-XX", 1985, 4, 0, true},
		{"1985-XX", 1985, 0, 0, true},
		{"1985-XX-XX", 1985, 0, 0, true},
		{"0000", 0, 0, 0, true},
		{"-0043-03", -43, 3, 0, true},
		{"Y-17000", -17000, 0, 0, true},
		{"198X", 0, 0, 0, false},
		{"19XX", 0, 0, 0, false},
		{"1985/1985", 0, 0, 0, false},
		{"1985/", 0, 0, 0, false},
	} {
		year, month, day, ok := must(t, c.date).Stated()
		if year != c.year || month != c.month || day != c.day || ok != c.ok {
			t.Errorf("%s: got %d %d %d %t, want %d %d %d %t", c.date, year, month, day, ok, c.year, c.month, c.day, c.ok)
		}
	}
	if _, _, _, ok := (Date{}).Stated(); ok {
		t.Error("the zero Date states something")
	}
}

func TestEndsOfAnInterval(t *testing.T) {
	for _, c := range []struct{ date, start, end string }{
		{"1985-04?/2001-21%", "1985-04?", "2001-21%"},
		{"1985/..", "1985", ""},
		{"../1985-04-12~", "", "1985-04-12~"},
		{"1985/", "1985", ""},
		{"/1985", "", "1985"},
		{"-0044/0476", "-0044", "0476"},
		{"../", "", ""},
		{"1985-XX", "1985-XX", "1985-XX"},
		{"2024-06~", "2024-06~", "2024-06~"},
	} {
		start, end := must(t, c.date).Ends()
		if start.String() != c.start || end.String() != c.end {
			t.Errorf("%s: got %q and %q, want %q and %q", c.date, start, end, c.start, c.end)
		}
		if start.String() != "" && start != must(t, c.start) {
			t.Errorf("%s: its start is not what %s is", c.date, c.start)
		}
	}
	start, end := (Date{}).Ends()
	if !start.IsZero() || !end.IsZero() {
		t.Errorf("the zero Date ends in %q and %q", start, end)
	}
}
