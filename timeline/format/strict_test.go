package format_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// values are JSON values, valid and invalid.
var values = []string{
	"0", "-0", "1", "-1", "10", "1.5", "1.50", "1e5", "1E+5", "1e-05", "0.0", "0e0", "123456789012345678901234567890",
	"00", "01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "--1", "0x10", "1_000", "NaN", "Infinity", "-Infinity", "1 2", "١",
	"true", "false", "null", "True", "nul", "nulll", "truefalse", "undefined", "TRUE",
	`""`, `"a"`, `"\""`, `"\\"`, `"\/"`, `"\b\f\n\r\t"`, `"\u0041"`, `"\uD83D\uDE00"`, `"é"`, "\"\u2028\"", "\"\x7f\"", `"\u0000"`,
	`"`, `"a`, `"\`, `"\"`, `"\x41"`, `"\u12"`, `"\u12G4"`, `"\U0041"`, `"\'"`, "\"\n\"", "\"\t\"", "\"\x00\"", "\"\x1f\"", `'a'`, "`a`", "“a”",
	"[]", "[1]", "[1,2]", "[1, 2 ]", "[[]]", "[{}]", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[1,,2]", "[]]", "[}",
	"{}", `{"a":1}`, `{"a":1,"b":2}`, `{"a":1,"a":2}`, `{"":1}`, `{"a":{"b":[]}}`, "{", "}", `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`,
	`{a:1}`, `{'a':1}`, `{1:1}`, `{"a" 1}`, `{"a":1 "b":2}`, `{"a"::1}`, `{"a":1]`, `{null:1}`,
	"", " ", " 1 ", "\t1\r\n", "\v1", "\f1", "\u00a01", "\ufeff1", "// 1", "/* 1 */ 1", "1 // 2", "# 1", "\x001", "1\x00",
}

// refused reports whether reading a text finds a problem, other than that it has
// no events.
func refused(text string) bool {
	_, report, err := format.Read(format.File{Name: "test.json", Text: text})
	return err != nil || slices.ContainsFunc(report.Problems, func(p format.Problem) bool { return p.Text != "the file has no events" })
}

// encoding/json accepts half surrogate pairs and bytes that are not UTF-8. In all
// else the two agree.
func TestJSONIsReadAsStrictlyAsTheStandardLibraryDoes(t *testing.T) {
	for _, v := range values {
		for _, text := range []string{
			`{"_x":` + v + `,"events":[` + event("a", "2024") + `]}`,
			`{"events":[` + event("a", "2024") + `],"_x":` + v + `}`,
			"{\n\"events\":[" + event("a", "2024") + "],\n\"_x\":[" + v + "]}",
		} {
			if got, want := !refused(text), json.Valid([]byte(text)); got != want {
				t.Errorf("%q: accepted %t, encoding/json says %t", text, got, want)
			}
		}
	}
}

func TestJSONIsReadMoreStrictlyThanByTheStandardLibrary(t *testing.T) {
	for _, v := range []string{`"\ud83d"`, `"\udE00"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\ude00\ud83d"`, "\"\xff\"", "\"\xc3\"", "\"\xed\xa0\x80\"", "\"\\n\xff\"", nested(100)} {
		text := `{"events":[` + event("a", "2024") + `],"_x":` + v + `}`
		if !json.Valid([]byte(text)) || !refused(text) {
			t.Errorf("%.40q: encoding/json says %t, refused %t; want true and true", text, json.Valid([]byte(text)), refused(text))
		}
	}
}

func nested(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

func TestNestingIsBounded(t *testing.T) {
	for depth, want := range map[int]bool{98: false, 99: false, 100: true, 1000: true, 1000000: true} {
		if got := refused(`{"events":[` + event("a", "2024") + `],"_x":` + nested(depth) + `}`); got != want {
			t.Errorf("%d deep: refused %t, want %t", depth+1, got, want)
		}
	}
	for _, opening := range []string{"[", `{"a":`, `[{"a":`, `{"events":[`} {
		if !refused(strings.Repeat(opening, 100000)) {
			t.Errorf("100000 of %s are accepted", opening)
		}
	}
}

func TestTextCutAnywhereIsNeverTakenForWhole(t *testing.T) {
	lines := event("a", "2023") + "\n" + `{"id": "b", "date": "2024-06~", "title": "한 \u00e9", "sources": [{"url": "https://a.example"}]}`
	object := "{\n \"title\": \"T\",\n \"actors\": [{\"name\": \"A\", \"native\": {\"ko\": \"한\"}}],\n \"events\": [" + strings.Replace(lines, "\n", ",\n", 1) + "]\n}"
	array := "[" + strings.Replace(lines, "\n", ", ", 1) + "]"
	for _, text := range []string{object, array, "\ufeff" + array, lines} {
		if refused(text) {
			t.Fatalf("whole, it is refused: %s", text)
		}
		for n := range len(text) {
			if !refused(text[:n]) && !wholeLines(text[:n]) {
				t.Errorf("cut after %d bytes, it is taken for whole: %s", n, text[:n])
			}
		}
	}
}

// wholeLines reports whether every line that is not blank is a JSON object.
func wholeLines(text string) bool {
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if line = strings.TrimSpace(line); line != "" && (line[0] != '{' || !json.Valid([]byte(line))) {
			return false
		}
	}
	return true
}

func TestOneLongLineIsReadAndCounted(t *testing.T) {
	var events []string
	for i := range 2000 {
		events = append(events, event(fmt.Sprintf("e%d", i), "2024"))
	}
	head := `{"events":[` + strings.Join(events, ",") + `,{"id":"한국","date":"`
	_, report, err := format.Read(format.File{Name: "long.json", Text: head + `2024-13","title":"T","sources":[{"url":"https://a.example"}]}]}`})
	want := fmt.Sprintf("long.json:1:%d: event \"한국\": date \"2024-13\": there is no month 13\n1 of 2001 events left out\n", len([]rune(head))+6)
	if got := told(report, err); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The fields of the format, with a value of the right type.
var eventFields = map[string]string{
	"id": `"a"`, "date": `"2024"`, "title": `"T"`, "sources": `[{"url": "https://a.example"}]`, "tz": `"UTC"`, "reported": `"2024"`, "summary": `"S"`,
	"actors": `["A"]`, "places": `["P"]`, "topics": `["t"]`, "status": `"alleged"`, "caveat": `"C"`, "answers": `["b"]`, "denies": `["b"]`, "importance": `"must"`, "weight": `12`, "confidence": `"low"`, "credibility": `3`,
}

var sourceFields = map[string]string{
	"url": `"https://a.example"`, "title": `"T"`, "publisher": `"P"`, "author": `"A"`, "via": `"V"`, "attributed_to": `"O"`, "kind": `"wire"`, "published": `"2024"`,
	"accessed": `"2024"`, "archived": `"https://b.example"`, "language": `"en"`, "supports": `"S"`, "quote": `"Q"`, "quote_by": `"B"`, "reliability": `"A"`,
}

var actorFields = map[string]string{
	"name": `"A"`, "kind": `"state"`, "aliases": `["B"]`, "native": `{"ko": "C"}`, "role": `"R"`, "wikidata": `"Q1"`,
}

var timelineFields = map[string]string{
	"schemaVersion": `"1.0"`, "title": `"T"`, "description": `"D"`, "language": `"en"`, "updated": `"2024"`, "license": `"MIT"`, "actors": "[]", "events": "[" + event("a", "2024") + "]",
}

// object writes an object of fields, one of them with a different value.
func object(fields map[string]string, name, value string) string {
	var members []string
	for f, v := range fields {
		if f == name {
			v = value
		}
		members = append(members, fmt.Sprintf("%q:%s", f, v))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func TestWrongTypeIsReportedAtTheValue(t *testing.T) {
	for _, record := range []struct {
		fields map[string]string
		around string
	}{
		{eventFields, "[%s," + event("b", "2024") + "]"},
		{sourceFields, `[{"id": "a", "date": "2024", "title": "T", "sources": [%s]}]`},
		{actorFields, `{"events": [` + event("a", "2024") + `], "actors": [%s]}`},
		{timelineFields, "%s"},
	} {
		if text := fmt.Sprintf(record.around, object(record.fields, "", "")); refused(text) {
			t.Fatalf("right in every type, it is refused: %s", text)
		}
		for name, right := range record.fields {
			wrongs := []string{"12", "1.5", "true", "[1]", "[[null]]", `{"ko": 1}`}
			for _, other := range []string{`"a b"`, "[]", "{}"} {
				if other[0] != right[0] {
					wrongs = append(wrongs, other)
				}
			}
			for _, wrong := range wrongs {
				if name == "weight" && wrong == "12" {
					continue // any whole number is right
				}
				text := fmt.Sprintf(record.around, object(record.fields, name, "\n"+wrong))
				_, report, err := format.Read(format.File{Name: "types.json", Text: text})
				if err != nil || report.Errors() == 0 || report.Problems[0].Line != 2 {
					t.Errorf("%s: %s: %s", name, wrong, told(report, err))
				}
			}
		}
	}
}

// A value that is null is as if absent, wherever it stands.
func TestNullIsAsIfAbsent(t *testing.T) {
	const wanted = "2024  a\n  title: T\n  actors: A\n  source\n    url: https://a.example/\n"
	for _, text := range []string{
		`{"schemaVersion": null, "title": null, "actors": null, "events": [{"id": "a", "date": "2024", "title": "T", "summary": null, "caveat": null, "places": null, "status": null, "credibility": null,
			"actors": [null, "A", null], "sources": [null, {"url": "https://a.example/", "published": null}]}]}`,
		`{"id": "a", "date": "2024", "title": "T", "actors": ["A"], "tz": null, "sources": [{"url": "https://a.example/", "kind": null}]}`,
		`{"actors": [null, {"name": "A", "role": null, "native": {"ko": null}}], "events": [{"id": "a", "date": "2024", "title": "T", "actors": ["A"], "sources": [{"url": "https://a.example/"}]}]}`,
	} {
		tl, report, err := format.Read(format.File{Name: "f.json", Text: text})
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("%s: %s", text, told(report, err))
		} else if got := strings.TrimSpace(inFull(tl)) + "\n"; got != wanted {
			t.Errorf("%s: got\n%s", text, got)
		}
	}
	_, report, _ := format.Read(format.File{Name: "f.json", Text: `{"schemaVersion": "1.0", "events": [{"id": "a", "date": null, "title": "T"}]}`})
	if report.Errors() != 1 || report.Problems[0].Text != "an event needs one" {
		t.Errorf("a date that is null: %s", told(report, nil))
	}
}

// told returns the report of a file as a user sees it.
func told(report format.Report, err error) string {
	var b strings.Builder
	for _, p := range report.Problems {
		fmt.Fprintln(&b, p)
	}
	if err != nil {
		fmt.Fprintln(&b, "error:", err)
	}
	fmt.Fprintf(&b, "%d of %d events left out\n", report.LeftOut, report.Found)
	return b.String()
}

func TestBrokenFilesAreExplained(t *testing.T) {
	paths, err := filepath.Glob("testdata/broken/*.json*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no broken files:", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tl, report, err := format.Read(format.File{Name: filepath.Base(path), Text: string(text)})
		if err == nil && len(report.Problems) == 0 {
			t.Errorf("%s: nothing is wrong with it", path)
		}
		if err == nil && tl.Len() != report.Found-report.LeftOut {
			t.Errorf("%s: %d found, %d left out, %d there", path, report.Found, report.LeftOut, tl.Len())
		}
		fixture.Golden(t, strings.TrimSuffix(path, filepath.Ext(path))+".txt", told(report, err))
	}
}

// The time to read a text is proportional to its length, whatever it contains.
func TestHostileTextIsReadInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const n = 100_000
	slide := func(text string) string {
		return fmt.Sprintf(`{"events": [{"start_date": {"year": 2024}, "text": {"headline": "T", "text": %q}}]}`, text)
	}
	numbered := func(text string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, text, i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"quotation marks":      "date,title\n" + strings.Repeat("\"", n),
		"lines of one mark":    "date,title\n" + strings.Repeat("2024,\"a\n", n),
		"lines of doubled":     "date,title\n" + strings.Repeat("2024,\"\"\"\n", n),
		"a long header":        "date,title" + numbered(",c%d") + "\n",
		"many actors":          "date,title,actors\n2024,T," + numbered("a%d;") + "\n",
		"many addresses":       "date,title,url\n2024,T," + numbered("https://a.example/%d ") + numbered(";https://a.example/%d") + "\n",
		"tags that never end":  slide(strings.Repeat(`<a "`, n)),
		"scripts that do not":  slide(strings.Repeat(`<script>`, n)),
		"links in a slide":     slide(numbered(`<a href='https://a.example/%d'>`)),
		"a folded line":        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240312\nSUMMARY:T" + strings.Repeat("\n a", n) + "\nEND:VEVENT\n",
		"components":           "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\n", n),
		"a long description":   "2024: T\n" + strings.Repeat("word [a](b) #tag\n", n),
		"links in a line":      "2024: T " + numbered("[a](https://a.example/%d)"),
		"brackets":             "2024: T " + strings.Repeat("[", n) + strings.Repeat("](", n),
		"headings":             "2024: T\n" + strings.Repeat("#\n", n),
		"lists in lists":       strings.Repeat(`[{"a":`, n),
		"objects in a list":    `{"events": [{"start_date": {"year": 2024}}` + strings.Repeat(`,{}`, n) + "]}",
		"fields of a line":     `{"message": "T", "datetime": "2024", "timestamp_desc": "d"` + numbered(`, "f%d": 1`) + "}",
		"tabs":                 "900000001\t20240312" + strings.Repeat("\t", 59) + "\n" + strings.Repeat("\t", n),
		"rows that are alike":  "date,title\n" + strings.Repeat("2024,T\n", n),
		"rows without a value": "date,title\n" + strings.Repeat(",\n", n),
	} {
		start := time.Now()
		_, report, _ := format.Read(format.File{Name: name, Text: text})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d events, and it took %s", name, report.Found, took)
		}
	}
}
