package format

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
)

// The page on formats has this mapping as its example.

// ships is the movement log of Harbour Office H.
var ships = mapping{
	status: timeline.Reported,
	columns: []column{
		{"movement_no", (*rowDecoder).id},
		{"moved_on", func(r *rowDecoder, c cell) { r.event.Date, r.dated = r.looseDate(c), true }},
		{"vessel", (*rowDecoder).actor},
		{"berth", (*rowDecoder).place},
		{"remark", (*rowDecoder).title},
		{"notice", (*rowDecoder).url},
	},
}

func TestFormatIsOneMapping(t *testing.T) {
	known := hasColumns("vessel", "berth", "moved_on")
	h := look("movement_no,moved_on,vessel,berth,remark,notice\nm1,2024-03-12T10:00Z,Vessel V,Berth B,Vessel V leaves,https://example.org/m1\n", 0, nil)
	if !known(h) {
		t.Fatal("it is not known")
	}
	r := newRowDecoder(&ships, h.syntax)
	for s := range h.syntax.records(h.text, h.body) {
		if !r.decode(h.text[s.start:s.end]) || len(r.problems) > 0 {
			t.Fatal(r.problems)
		}
	}
	got := objectJSON(&r.event, eventFields)
	want := `{"id":"m1","date":"2024-03-12T10:00:00Z","title":"Vessel V leaves","actors":["Vessel V"],"places":["Berth B"],"status":"reported","sources":[{"url":"https://example.org/m1"}]}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPageOnFormatsListsThemAll(t *testing.T) {
	page := textOf(t, "../../docs/formats.md")
	for _, f := range formats {
		if !strings.Contains(page, f.name) {
			t.Errorf("%s is not on it", f.name)
		}
	}
	for _, f := range csvFields {
		names := strings.Join(f.names, ", ")
		if names == "" {
			names = "none"
		}
		if row := fmt.Sprintf("| `%s` | %s |\n", f.name, names); !strings.Contains(page, row) {
			t.Errorf("it lacks %s", row)
		}
	}
	_, example, _ := strings.Cut(page, "```go\n")
	example, _, _ = strings.Cut(example, "```")
	if example == "" || !strings.Contains(textOf(t, "detect_test.go"), example) {
		t.Error("its example is not the one above")
	}
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCAMEOCodesHaveNames(t *testing.T) {
	for _, c := range []struct {
		names map[string]string
		count int
		code  string
		want  string
	}{
		{cameoCountries(), 261, "PRK", "North Korea"},
		{cameoRoles(), 39, "GOV", "Government"},
		{cameoEvents(), 316, "020", "Make an appeal or request, not specified below"},
	} {
		if len(c.names) != c.count || c.names[c.code] != c.want {
			t.Errorf("got %d names, %s is %q; want %d and %q", len(c.names), c.code, c.names[c.code], c.count, c.want)
		}
		for code, name := range c.names {
			if strings.TrimSpace(code) != code || strings.TrimSpace(name) == "" {
				t.Errorf("code %q has the name %q", code, name)
			}
		}
	}
	if got := cameoEvent("020"); got != "Make an appeal or request" {
		t.Errorf("020 is %q in a title", got)
	}
	if got := cameoEvent("999"); got != "" {
		t.Errorf("the unknown code 999 is %q", got)
	}
}

// Each file is known as what it is and, of no other particular format.
func TestFormatsAreDetectedByContents(t *testing.T) {
	for path, want := range map[string]string{
		"formats/acled.csv":               "ACLED",
		"formats/acled-1997.csv":          "ACLED",
		"formats/chainsaw.csv":            "Chainsaw",
		"formats/chainsaw.json":           "Chainsaw",
		"formats/hayabusa.csv":            "Hayabusa",
		"formats/hayabusa.jsonl":          "Hayabusa",
		"formats/ucdp-early.csv":          "UCDP GED",
		"formats/ucdp-prio.csv":           "UCDP/PRIO",
		"formats/calendar.ics":            "iCalendar",
		"formats/gdelt-1.0-backfile.csv":  "GDELT",
		"formats/gdelt-1.0-daily.csv":     "GDELT",
		"formats/gdelt-2.0.CSV":           "GDELT",
		"formats/markwhen.mw":             "markwhen",
		"formats/own.csv":                 "dateline CSV",
		"formats/keyed.json":              "",
		"formats/legacy-timelinejs.json":  "",
		"formats/others.json":             "",
		"formats/others.jsonl":            "",
		"formats/places.geojson":          "",
		"formats/plain.csv":               "",
		"formats/rows.json":               "",
		"formats/schema-org.jsonld":       "",
		"formats/sparql.json":             "",
		"formats/plain.tsv":               "",
		"formats/plaso-dynamic.csv":       "plaso",
		"formats/plaso-l2t.csv":           "plaso l2tcsv",
		"formats/plaso.jsonl":             "plaso json_line",
		"formats/semicolons.csv":          "",
		"formats/timelinejs.csv":          "TimelineJS",
		"formats/timelinejs.json":         "TimelineJS",
		"formats/timesketch.csv":          "Timesketch",
		"formats/timesketch.jsonl":        "Timesketch",
		"formats/ucdp.csv":                "UCDP GED",
		"unread/feed.json":                "JSON Feed",
		"unread/followthemoney.jsonl":     "FollowTheMoney",
		"unread/gkg.csv":                  "GDELT GKG",
		"unread/icews.tab":                "ICEWS",
		"unread/l2ttln.txt":               "plaso's l2ttln",
		"unread/mentions.csv":             "GDELT Mentions",
		"unread/page.html":                "a web page or XML",
		"unread/polecat.txt":              "POLECAT",
		"unread/sheet.xlsx":               "a spreadsheet",
		"unread/timemap.json":             "TimeMap",
		"../../brief/testdata/brief.json": "",
		"../../testdata/frozen.json":      "",
	} {
		text, err := os.ReadFile(filepath.Join("testdata", path))
		if err != nil {
			t.Fatal(err)
		}
		// Blank lines, a byte order mark and CRLF make no difference.
		plain := strings.TrimPrefix(string(text), "\ufeff")
		for _, text := range []string{plain, "\n\n" + plain, strings.ReplaceAll(plain, "\n", "\r\n")} {
			var got []string
			for _, f := range formats {
				if !f.guess && f.knows(look(text, strings.IndexFunc(text, func(c rune) bool { return c != '\n' && c != '\r' }), nil)) {
					got = append(got, f.name)
				}
			}
			if !slices.Equal(got, strings.FieldsFunc(want, func(c rune) bool { return c == 0 })) {
				t.Errorf("%s: got %q, want %q", path, got, want)
			}
		}
		_, _, err = Read(File{Name: "any.thing", Text: string(text)})
		if refused := err != nil; refused != strings.HasPrefix(path, "unread") {
			t.Errorf("%s by another name: %v", path, err)
		}
	}
}

// Private fields with the names of another format do not change the format of a
// file that states a version.
func TestFileWithAVersionIsDatelineJSON(t *testing.T) {
	for _, text := range []string{
		`{"schemaVersion": "1.0", "associations": [], "events": []}`,
		`{"schemaVersion": "1.0", "events": [{"id": "a", "date": "2024", "title": "T", "start_date": {"year": "2024"}}]}`,
		`{"type": "x", "features": [], "schemaVersion": "1.0", "events": [{"id": "a", "date": "2024", "title": "T"}]}`,
	} {
		_, report, err := Read(File{Name: "own.json", Text: text})
		if err != nil || report.Errors() > 0 {
			t.Errorf("%s: %v, %v", text, err, report.Problems)
		}
	}
}

// rfc4180 matches a record in which every quotation mark stands where RFC 4180 has
// one: of others the two readers make different things.
var rfc4180 = regexp.MustCompile(`(?s)^("([^"]|"")*"|[^",]*)(,("([^"]|"")*"|[^",]*))*$`)

// FuzzSeparated compares the CSV reader with the standard library.
func FuzzSeparated(f *testing.F) {
	paths, err := filepath.Glob("testdata/formats*/*.*sv")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, text := range []string{"a,\"b\nc\",d\r\n\n\"\"\"\",\"\"\nx", "\"a\"b,c\nd", "\"a,b\nc,d\n", "a\"b\nc", "\r\n\r", ",\n,,", "\"a\"\r", "a\rb\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		// The standard library has a line end for CRLF, and none for CR.
		lineEnds := strings.NewReplacer("\r\n", "\n", "\r", "\n")
		within := func(cell string) string {
			return strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return r == '\r' || r == '\n' }), "\n")
		}
		want := csv.NewReader(strings.NewReader(lineEnds.Replace(text)))
		want.FieldsPerRecord, want.LazyQuotes = -1, true
		s := &csvSyntax{comma: ','}
		for span := range s.records(text, 0) {
			record := text[span.start:span.end]
			cells, doubt := s.cells(record, nil, marksClose)
			if doubt != nil || !rfc4180.MatchString(record) {
				return // what it makes of these differs
			}
			var got []string
			for _, c := range cells {
				if !strings.Contains(c.text, `"`) && !strings.HasPrefix(within(record[c.at:]), within(c.text)) {
					t.Fatalf("%q: %q is not at %d", record, c.text, c.at)
				}
				got = append(got, within(c.text))
			}
			row, err := want.Read()
			if err != nil {
				t.Fatalf("%q: encoding/csv has %v", record, err)
			}
			for i := range row {
				row[i] = within(row[i])
				if i < len(got) && strings.TrimRight(got[i], " \t") == strings.TrimRight(row[i], "\" \t") {
					row[i] = got[i] // blanks after a quotation
				}
			}
			if !reflect.DeepEqual(got, row) {
				t.Fatalf("%q: got %q, encoding/csv has %q", record, got, row)
			}
		}
		if row, err := want.Read(); !errors.Is(err, io.EOF) {
			t.Fatalf("encoding/csv has more: %q, %v", row, err)
		}
	})
}

func TestHTMLBecomesPlainText(t *testing.T) {
	for markup, want := range map[string]string{
		"plain":                                         "plain",
		"a <b>bold</b> word":                            "a bold word",
		"un<b>bro</b>ken":                               "unbroken",
		"<p>one</p><p>two</p>":                          "one two",
		"one<br>two<BR/>three<br />four":                "one two three four",
		"<ul><li>a</li><li>b</li></ul>":                 "a b",
		"1 < 2 and 3 > 2":                               "1 < 2 and 3 > 2",
		"a<3 b":                                         "a<3 b",
		"<3":                                            "<3",
		"a <b":                                          "a <b",
		"a &lt;b&gt; c":                                 "a <b> c",
		"&amp;lt;":                                      "&lt;",
		"caf&eacute; &#8211; &#x41; &nbsp;x":            "café – A x",
		"&bogus; & more":                                "&bogus; & more",
		"a<!-- <b> -->b":                                "a b",
		"a<!-- never closed":                            "a",
		"<script>alert('<b>')</script>x":                "x",
		"<style>p > a {}</style >x":                     "x",
		"<SCRIPT>never closed":                          "",
		"<script></scripting>x</script>y":               "y",
		`<a title="a > b" href="/x">y</a>`:              "y /x",
		`<img src="x" alt="not shown">z`:                "z",
		"<!DOCTYPE html><html>x</html>":                 "x",
		`<a href='https://a.example/'>l</a>`:            "l https://a.example/",
		`<a href=https://a.example/ b>l</a>`:            "l https://a.example/",
		`<A b c HREF = "https://a.example/">`:           " https://a.example/",
		`<a href="https://a.example/?x=1&amp;y=2"></a>`: " https://a.example/?x=1&y=2",
		`<a data-href="no">l</a>`:                       "l",
		`<a href="never closed>l</a>`:                   `<a href="never closed>l</a>`,
	} {
		text, links := stripHTML(markup)
		if got := strings.Join(slices.Insert(links, 0, text), " "); got != want {
			t.Errorf("%s: got %q, want %q", markup, got, want)
		}
	}
}

func TestDayIsSplitFromItsTime(t *testing.T) {
	for _, c := range []struct {
		text, day, clock string
		utc              bool
	}{
		{"2024-03-12", "2024-03-12", "", false},
		{"2024-03-12T10:00:00", "2024-03-12", "10:00:00", false},
		{"2024-03-12T10:00:00Z", "2024-03-12", "10:00:00Z", true},
		{"2024-03-12 10:00:00 UTC", "2024-03-12", "10:00:00 UTC", true},
		{"2024-03-12T10:00:00.123+00:00", "2024-03-12", "10:00:00.123+00:00", true},
		{"2024-03-12 10:00:00+00", "2024-03-12", "10:00:00+00", true},
		{"2024-03-12T10:00:00+0000", "2024-03-12", "10:00:00+0000", true},
		{"2024-03-12T10:00:00+09:00", "2024-03-12", "10:00:00+09:00", false},
		{"12 March 2024", "12 March 2024", "", false},
		{"2024-03-12/2024-03-14", "2024-03-12/2024-03-14", "", false},
	} {
		day, clock, utc := splitClock(c.text)
		if day != c.day || clock != c.clock || utc != c.utc {
			t.Errorf("%s: got %q, %q, %t; want %q, %q, %t", c.text, day, clock, utc, c.day, c.clock, c.utc)
		}
	}
}

// A misplaced quotation mark must not swallow the rows that follow.
func TestRecordWithAMisplacedQuotationMarkEndsOnItsLine(t *testing.T) {
	for text, want := range map[string][]string{
		"a\"b\nc\",d\ne":      {"a\"b", "c\",d", "e"},
		"ab\"c\nd\",e":        {"ab\"c", "d\",e"},
		"\"a\nb\"c\nd":        {"\"a", "b\"c", "d"},
		"a \"b,\"c\nd\",e\nf": {"a \"b,\"c\nd\",e", "f"},
		"\"a\nb,c\nd":         {"\"a", "b,c", "d"},
		"a,\"b\nc\",d\r\ne\n": {"a,\"b\nc\",d", "e"},
	} {
		s := &csvSyntax{comma: ','}
		var got []string
		for span := range s.records(text, 0) {
			got = append(got, text[span.start:span.end])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
