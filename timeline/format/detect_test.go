package format

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Each file is known as what it is and, of no other particular format.
func TestFormatsAreKnownByWhatTheyHold(t *testing.T) {
	for path, want := range map[string]string{
		"formats/acled.csv":              "ACLED",
		"formats/calendar.ics":           "iCalendar",
		"formats/gdelt-1.0-backfile.csv": "GDELT",
		"formats/gdelt-1.0-daily.csv":    "GDELT",
		"formats/gdelt-2.0.CSV":          "GDELT",
		"formats/markwhen.mw":            "markwhen",
		"formats/own.csv":                "dateline CSV",
		"formats/plain.csv":              "",
		"formats/plain.tsv":              "",
		"formats/plaso-dynamic.csv":      "plaso",
		"formats/plaso-l2t.csv":          "plaso l2tcsv",
		"formats/plaso.jsonl":            "plaso json_line",
		"formats/semicolons.csv":         "",
		"formats/timelinejs.csv":         "TimelineJS",
		"formats/timelinejs.json":        "TimelineJS",
		"formats/timesketch.csv":         "Timesketch",
		"formats/timesketch.jsonl":       "Timesketch",
		"formats/ucdp.csv":               "UCDP GED",
		"unread/feed.json":               "JSON Feed",
		"unread/followthemoney.jsonl":    "FollowTheMoney",
		"unread/gkg.csv":                 "GDELT GKG",
		"unread/icews.tab":               "ICEWS",
		"unread/l2ttln.txt":              "plaso's l2ttln",
		"unread/mentions.csv":            "GDELT Mentions",
		"unread/page.html":               "a web page or XML",
		"unread/places.geojson":          "GeoJSON",
		"unread/polecat.txt":             "POLECAT",
		"unread/schema-org.jsonld":       "JSON-LD",
		"unread/sheet.xlsx":              "a spreadsheet",
		"unread/timemap.json":            "TimeMap",
		"brief.json":                     "",
		"../../testdata/frozen.json":     "",
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
				if !f.guess && f.known(look(text, strings.IndexFunc(text, func(c rune) bool { return c != '\n' && c != '\r' }))) {
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

// Private fields that another format has make no other format of a file that says
// whose it is.
func TestAStatedVersionIsDatelines(t *testing.T) {
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

// FuzzSeparated holds the reader of CSV to the standard library's.
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
		want := csv.NewReader(strings.NewReader(text))
		want.FieldsPerRecord = -1
		s := &csvSyntax{comma: ',', quotes: true}
		for span := range s.records(text, 0) {
			record := text[span.start:span.end]
			cells, bad := s.cells(record, nil)
			var got []string
			for _, c := range cells {
				// The standard library has \n for \r\n.
				got = append(got, strings.ReplaceAll(c.text, "\r\n", "\n"))
				if bad == nil && !strings.Contains(c.text, `"`) && !strings.HasPrefix(record[c.at:], c.text) {
					t.Fatalf("%q: %q is not at %d", record, c.text, c.at)
				}
			}
			row, err := want.Read()
			if (err != nil) != (bad != nil) {
				t.Fatalf("%q: got fault %v, encoding/csv has %v", record, bad, err)
			}
			if bad != nil {
				return // where they go on after a mistake differs
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
