package format

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The fast scanner would silently take one field for another.
func TestFastScannerNumbersFieldsAsTheTablesDo(t *testing.T) {
	for _, tt := range []struct {
		of    string
		names []string // by the fast scanner's number
		table []string
	}{
		{"an event", []string{
			idField: "id", eventDateField: "date", tzField: "tz", reportedField: "reported", titleField: "title", summaryField: "summary",
			actorsField: "actors", placesField: "places", topicsField: "topics", statusField: "status", importanceField: "importance", weightField: "weight", caveatField: "caveat",
			answersField: "answers", deniesField: "denies", confidenceField: "confidence", credibilityField: "credibility", sourcesField: "sources",
		}, eventFieldNames},
		{"a source", []string{
			urlField: "url", headlineField: "title", publisherField: "publisher", authorField: "author", viaField: "via",
			attributedField: "attributed_to", kindField: "kind", publishedField: "published", accessedField: "accessed",
			archivedField: "archived", languageField: "language", supportsField: "supports", quoteField: "quote", quoteByField: "quote_by", reliabilityField: "reliability",
		}, sourceFieldNames},
	} {
		if !slices.Equal(tt.names, tt.table) {
			t.Errorf("%s: the fast scanner has %q, the table %q", tt.of, tt.names, tt.table)
		}
	}
}

// A backslash was once passed over: escapes of large files were indexed as they
// are written.
func TestStringEndsAtAQuotationMarkABackslashOrAControlCharacter(t *testing.T) {
	const long = 40 // as many bytes as are looked at together, twice, and some
	for c := range 256 {
		for at := range long {
			text := bytes.Repeat([]byte("a"), long)
			text[at] = byte(c)
			want := long
			if c == '"' || c == '\\' || c < ' ' {
				want = at
			}
			if got := stringEnd(text, 0); got != want {
				t.Errorf("%q: got %d, want %d", text, got, want)
			}
		}
	}
}

// faultyValues are JSON values of every type, some of them right for one field or
// another, and texts that are no JSON.
var faultyValues = []string{
	`"a"`, `""`, `" "`, `"\u0061"`, `"A b_c"`, `"--"`, "\"a\u0301\"", `"İd"`, `"\u200b"`, `"\u0000"`, "\"\x7f\"", `"b\n"`,
	`"2024"`, `"2024-06-19"`, `"2024-13"`, `"2024-02-30"`, `"2024-06~"`, `"2023-01"`, `"2024-06-19T12:00:00Z"`, `"2019/.."`, `"../.."`, `"1 May 2024"`,
	`"https://a.example/"`, `"http://a.example"`, `"https://"`, `"https:///x"`, `"https://?x"`, `"https://a b"`, `"ftp://a.example"`, `"https://a.example/\u0020"`, `"https://a.example/\/"`, `"HTTPS://a.example"`, "\"https://a\u00a0b\"",
	`"confirmed"`, `"Confirmed"`, `"high"`, `"wire"`, `"A"`, `"G"`, `"not stated"`,
	`"word word word word word word word word word word word word word word word word word word word word"`,
	`"word word word word word word word word word word word word word word word word word word word word word"`,
	"\"一 二 三\u3000四 五 六 七 八 九 十 一 二 三 四 五 六 七 八 九 十 一\"",
	`"see [1]"`, `"see [2] and [0]"`, `"in [2024], [12345] and []"`, `"\u005b9]"`,
	"0", "1", "3", "6", "7", "-1", "3.0", "3.5", "3e0", "30e-1", "03", "+3", "1e400", "true", "false", "null", "nul", "NaN",
	`[]`, `[""]`, `["a"]`, `["a","a"]`, `["b","","nobody","nobody"]`, `["\u200b"]`, `["a",1]`, `["a",null]`, `["a",["b"]]`, `[1]`, `[{}]`, `["a",]`, `["a" "b"]`, `["a"`,
	`{}`, `{"a":1}`, `{"a":1,"a":2}`, `{"a":}`, `{"a" 1}`, `{a:1}`, `{"a":1`, `{"ko":"x"}`,
	`[{"url":"https://a.example"}]`, `[{"url":""}]`, `[{"publisher":"P"}]`, `[{"publisher":"P","title":"T"}]`, `[{"url":"https://a.example"},{}]`, `[{"url":"https://a.example","url":"https://b.example"}]`,
	`[{"url":"https://a.example","extra":1}]`, `[{"url":"https://a.example","_extra":"\ud800"}]`, `[{"url":"https://a.example","published":"2024-13"}]`, `[{"url":"https://a.example"} {"url":"https://b.example"}]`,
	`"\x"`, `"\u12"`, `"\ud800"`, `"\ud83d\ude00"`, `"\ud83d\u0041"`, "\"\xff\"", "\"\xc3\"", "\"a\tb\"", "\"\x01\"", `"a`, `'a'`, ``,
	strings.Repeat("[", 60) + strings.Repeat("]", 60), strings.Repeat("[", 120) + strings.Repeat("]", 120),
}

var goodEvent = map[string]string{
	"id": `"a"`, "date": `"2024-06-19"`, "tz": `"UTC"`, "reported": `"2024-07"`, "title": `"T"`, "summary": `"S [1]"`, "actors": `["A"]`, "places": `["P"]`, "topics": `["t"]`,
	"status": `"alleged"`, "caveat": `"C"`, "answers": `["b"]`, "denies": `["d"]`, "importance": `"must"`, "weight": `12`, "confidence": `"low"`, "credibility": `3`, "sources": `[{"url":"https://a.example"}]`,
}

var goodSource = map[string]string{
	"url": `"https://a.example"`, "title": `"T"`, "publisher": `"P"`, "author": `"A"`, "via": `"V"`, "attributed_to": `"O"`, "kind": `"wire"`, "published": `"2024"`,
	"accessed": `"2024"`, "archived": `"https://b.example"`, "language": `"en"`, "supports": `"S"`, "quote": `"Q"`, "quote_by": `"B"`, "reliability": `"A"`,
}

// written writes the fields of a table as an object, with values of its own for
// some.
func written(names []string, good, own map[string]string) string {
	var members []string
	for _, name := range names {
		value, given := own[name]
		if !given {
			value = good[name]
		}
		if value != "absent" {
			members = append(members, fmt.Sprintf("%q:%s", name, value))
		}
	}
	return "{" + strings.Join(members, ",") + own["more"] + "}"
}

// faultyEvents is an event with every kind of wrong value of every field.
func faultyEvents() []string {
	var events []string
	add := func(own map[string]string) { events = append(events, written(eventFieldNames, goodEvent, own)) }
	addSource := func(own map[string]string) {
		add(map[string]string{"sources": "[" + written(sourceFieldNames, goodSource, own) + "]"})
	}
	for _, value := range append([]string{"absent"}, faultyValues...) {
		for _, name := range eventFieldNames {
			add(map[string]string{name: value})
		}
		for _, name := range sourceFieldNames {
			addSource(map[string]string{name: value})
		}
		add(map[string]string{"more": `,"_more":` + value})
		add(map[string]string{"more": `,"more":` + value})
		addSource(map[string]string{"more": `,"more":` + value})
	}
	for _, name := range eventFieldNames {
		add(map[string]string{"more": fmt.Sprintf(",%q:%s", name, goodEvent[name])})
		add(map[string]string{name: "absent", "more": fmt.Sprintf(`,"\u%04x%s":%s`, name[0], name[1:], goodEvent[name])})
	}
	for _, name := range sourceFieldNames {
		addSource(map[string]string{"more": fmt.Sprintf(",%q:%s", name, goodSource[name])})
	}
	addSource(map[string]string{"url": "absent"})
	addSource(map[string]string{"url": "absent", "title": "absent"})
	addSource(map[string]string{"url": "absent", "publisher": `""`})
	add(map[string]string{"reported": `"2024-06-18"`})
	add(map[string]string{"date": `"../.."`, "reported": `"2024-06-18"`})
	return append(events, "", " ", "{", "}", "[]", "1", `"a"`, "null", "{}{}", "{} x", "\ufeff{}", `{"id":"a","date":"2024","title":"T",}`, `{,}`, `{"id"}`,
		`{"id":"a" "date":"2024"}`, `{"id":"a";"date":"2024"}`, "{\"\xff\":1}", `{"\ud800":1}`, `{"":1}`, `{"_":1}`)
}

// A large file once showed, unmended and without a word, 30 of 137 kinds of event
// that a small one leaves out.
func TestFastScannerAgreesWithTheDecoderOnEveryFault(t *testing.T) {
	t.Parallel()
	lines := []string{"%s\n" + `{"id":"b","date":"2024","title":"T"}`, `{"id":"c","date":"2024","title":"T"}` + "\n%s"}
	documents := []string{"[\n%s,\n" + `{"id":"b","date":"2024","title":"T"}]`, `{"actors":[{"name":"B"}],"events":[%s]}`}
	for i, event := range faultyEvents() {
		if testing.Short() && i%5 != 0 {
			continue
		}
		for _, as := range []string{lines[i%2], documents[i/2%2]} {
			text := fmt.Sprintf(as, event)
			checkReadingIn(t, 100, File{Name: "faulty", Text: text})
			if t.Failed() {
				t.Fatalf("of %s", text)
			}
		}
	}
}

// Whatever stands before an event, its faults are found: all in one file, and
// behind the first thousand problems, where warnings are only counted.
func TestFaultsAreFoundWhereverTheyAre(t *testing.T) {
	t.Parallel()
	events := faultyEvents()
	var lines, list strings.Builder
	for round := range 2 {
		for i, event := range events {
			event = strings.ReplaceAll(strings.ReplaceAll(event, "\n", ""), `"id":"a"`, fmt.Sprintf(`"id":"a-%d-%d"`, round, i))
			fmt.Fprintf(&lines, "%s\n", event)
			fmt.Fprintf(&list, ",\n%s", event)
		}
	}
	for _, length := range []int64{37, 1_000, 50_000, block} {
		checkReadingIn(t, length, File{Name: "faulty.jsonl", Text: `{"id":"first","date":"2024","title":"T"}` + "\n" + lines.String()})
		checkReadingIn(t, length, File{Name: "faulty.json", Text: `[{"id":"first","date":"2024","title":"T"}` + list.String() + "]"})
	}
}

// The faults of one event are the same in files of any form and size, with a
// byte order mark or without.
func FuzzFaults(f *testing.F) {
	step := 7
	if testing.Short() {
		step = 70
	}
	for i, event := range faultyEvents() {
		if i%step == 0 {
			f.Add(event)
		}
	}
	f.Fuzz(func(t *testing.T, event string) {
		sound := `{"id":"b","date":"2024","title":"T","sources":[{"url":"https://a.example"}]}`
		checkReading(t, File{Name: "a.jsonl", Text: sound + "\n" + event + "\n"})
		checkReading(t, File{Name: "a.json", Text: "[" + sound + "," + event + "]"})
	})
}

// The same bytes are the same timeline from memory and from a file, small or made
// large by blanks.
func TestSizeChangesNothing(t *testing.T) {
	t.Parallel()
	events := faultyEvents()
	text := `{"id":"first","date":"2024","title":"T"}` + "\n" + strings.Join(events, "\n") + "\n"
	small := []File{{Name: "faulty", Text: text}}
	blanks := text + strings.Repeat(" ", Large)
	large := []File{{Name: "faulty", Data: strings.NewReader(blanks), Size: int64(len(blanks))}}
	want, wantReport, err := Open(context.Background(), Watch{}, small...)
	if err != nil {
		t.Fatal(err)
	}
	got, gotReport, err := Open(context.Background(), Watch{}, large...)
	if err != nil {
		t.Fatal(err)
	}
	checkReports(t, gotReport, wantReport)
	checkSame(t, got, want)
	checked, err := Check(large...)
	if err != nil {
		t.Fatal(err)
	}
	checkReports(t, checked, wantReport)
}
