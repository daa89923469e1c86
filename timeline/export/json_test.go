package export_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// The fixture has every field, private ones at every level, and dates of every
// kind.
func TestExportOpensAsTheSameTimeline(t *testing.T) {
	for _, path := range []string{"../testdata/frozen.json", "testdata/export.json"} {
		before, out, _ := fixture.Exported(t, "json", fixture.File(t, path))
		after, second, _ := fixture.Exported(t, "json", out)
		if !fixture.SameTimeline(before, after) {
			t.Errorf("%s: exported and opened, it is another timeline:\n%s", path, out)
		}
		if second != out {
			t.Errorf("%s: exported twice, it is not the same text:\n%s", path, second)
		}
	}
}

func TestLinesOpenAsTheSameEvents(t *testing.T) {
	for _, path := range []string{"../testdata/frozen.json", "testdata/export.json"} {
		before, out, _ := fixture.Exported(t, "jsonl", fixture.File(t, path))
		after, _, _ := fixture.Exported(t, "jsonl", out)
		if before.Len() != after.Len() {
			t.Fatalf("%s: got %d events, want %d", path, after.Len(), before.Len())
		}
		for i := range before.Len() {
			if got, want := after.Event(i), before.Event(i); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %v, want %v", path, got, want)
			}
		}
	}
}

// Private fields and characters that are not shown survive; nothing that a
// terminal acts on is written as it is.
func TestExportKeepsWhatIsNotShown(t *testing.T) {
	const record = `{"id": "a", "date": "2024", "title": "T \u202e\u001b[2J\u009b", "_ticket": {"any": [1.50, null]}, "colour": "red", "sources": [{"url": "https://a.example", "_seen": true}]}`
	for _, as := range []string{"json", "jsonl"} {
		_, out, _ := fixture.Exported(t, as, strings.ReplaceAll(record, `\u202e`, "\u202e")+"\n")
		for _, want := range []string{`\u202e\u001b[2J\u009b`, `_ticket`, `1.50`, `_seen`, `colour`} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %s is not in %s", as, want, out)
			}
		}
		if i := strings.IndexFunc(strings.ReplaceAll(out, "\n", ""), func(r rune) bool { return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) }); i >= 0 {
			t.Errorf("%s: an unsafe character in %q", as, out)
		}
	}
}

func TestExportKeepsTheFieldsOfTheFile(t *testing.T) {
	for _, c := range []struct {
		files []string
		want  string // between what the format knows and the events
	}{
		{[]string{`{"_a": {"deep": [1.50, {}]}, "title": "T", "events": [], "_b": null}`}, "  \"_a\": {\n    \"deep\": [\n      1.50,\n      {}\n    ]\n  },\n  \"_b\": null,\n"},
		{[]string{`{"events": [], "colour": "red"}`}, "  \"colour\": \"red\",\n"},
		{[]string{`{"events": [], "_a": 1}`, `{"events": [], "_b": 2, "_a": 3}`}, "  \"_a\": 1,\n  \"_b\": 2,\n"},
		{[]string{`{"events": [], "_a": 1, "\u005fa": 2}`}, "  \"_a\": 1,\n"},
		{[]string{"{\"_a\u202e\": \"\u202e\", \"events\": []}"}, "  \"_a\\u202e\": \"\\u202e\",\n"},
		{[]string{`[` + fixture.EventJSON("a", "2024") + `]`, `{"events": [], "_b": 2}`}, "  \"_b\": 2,\n"},
		{[]string{"{\"_a\": \"a\tbare tab\", \"_b\": 1, \"events\": []}"}, "  \"_b\": 1,\n"}, // what is no JSON spoils nothing else
	} {
		_, out, _ := fixture.Exported(t, "json", c.files...)
		_, rest, _ := strings.Cut(out, "\n  \"schemaVersion\": \"1.0\",\n")
		got, _, ok := strings.Cut(strings.TrimPrefix(rest, "  \"title\": \"T\",\n"), `  "actors": [`)
		if !ok || got != c.want {
			t.Errorf("%s: got %q, want %q", c.files, got, c.want)
		}
	}
}

// A full disk may be found at any piece that is written.
func TestExportsSayWhenTheyCannotBeWritten(t *testing.T) {
	tl, report, err := format.Read(format.File{Name: "in.json", Text: fixture.File(t, "testdata/export.json")})
	if err != nil {
		t.Fatal(err)
	}
	events := tl.Select(timeline.Query{})
	for as, write := range fixture.Exports {
		pieces := &filling{room: 1 << 30}
		if _, err := write(pieces, tl, events.Ordered(false), report); err != nil {
			t.Fatal(err)
		}
		if pieces.written < events.Len()-3 {
			t.Errorf("%s: %d events are written in %d pieces", as, events.Len(), pieces.written)
		}
		for room := range pieces.written {
			w := &filling{room: room}
			if _, err := write(w, tl, events.Ordered(false), report); !errors.Is(err, fixture.ErrFull) || w.written != room {
				t.Errorf("%s: after %d pieces of %d got %v, want %v", as, w.written, room, err, fixture.ErrFull)
			}
		}
	}
}

// A filling disk has room for some more pieces.
type filling struct{ room, written int }

func (f *filling) Write(p []byte) (int, error) {
	if f.written == f.room {
		return 0, fixture.ErrFull
	}
	f.written++
	return len(p), nil
}

// Whatever a file holds, every export of it can be read by what it is for.
func FuzzExport(f *testing.F) {
	for _, s := range []string{"T", "=1;\t+2", "a, b; c\\", `"<script>'`, strings.Repeat("한", 80), "[1][2]\r\n=1", "\u202e\u0301\U0001f469\u200d", "\xff"} {
		f.Add(s, "2024-06-19", "https://a.example/"+s)
		f.Add("T", "../..", s)
	}
	for _, d := range []string{"-0044-02-29", "Y17000", "2024-06/..", "/2024", "9999"} {
		f.Add("T", d, "http://a.example")
	}
	f.Fuzz(func(t *testing.T, text, date, url string) {
		written, err := json.Marshal(map[string]any{"title": text, "_private": text, "events": []any{map[string]any{
			"id": text, "date": date, "title": text, "summary": text, "caveat": text, "actors": []string{text, "B"}, "places": []string{text}, "topics": []string{text, text},
			"sources": []any{map[string]any{"url": url, "title": text, "publisher": text}},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		if tl, _, err := format.Read(format.File{Text: string(written)}); err != nil || tl.Len() == 0 {
			return // it has no event to export
		}
		before, out, _ := fixture.Exported(t, "json", string(written))
		if after, _, _ := fixture.Exported(t, "json", out); !fixture.SameTimeline(before, after) {
			t.Errorf("another timeline opens: %s", out)
		}
		_, out, _ = fixture.Exported(t, "csv", string(written))
		table := rows(t, out)
		if len(table) != 2 || len(table[1]) != 14 || len(strings.Split(table[1][8], "; ")) != len(before.Event(0).Actors) {
			t.Errorf("not a row of 14 cells: %s", out)
		}
		for _, cell := range table[1] {
			for part := range strings.SplitSeq(cell, ";") {
				if strings.IndexAny(strings.TrimLeft(part, " \t\r\n"), "=+-@＝＋－＠") == 0 {
					t.Errorf("a spreadsheet runs %q", cell)
				}
			}
		}
		_, out, leftOut := fixture.Exported(t, "ics", string(written))
		all := properties(t, out)
		entries := slices.DeleteFunc(slices.Clone(all), func(p string) bool { return p != "BEGIN:VEVENT" })
		if len(entries)+leftOut != 1 || property(all, "DTSTART;VALUE=DATE:") == "" && leftOut == 0 {
			t.Errorf("%d left out of %s", leftOut, out)
		}
		for _, p := range all[:len(all)-1] {
			if name, _, ok := strings.Cut(p, ":"); !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-;=") != "" {
				t.Errorf("no property: %q", p)
			}
		}
		_, out, leftOut = fixture.Exported(t, "timelinejs", string(written))
		var of show
		if err := json.Unmarshal([]byte(out), &of); err != nil || len(of.Events)+leftOut != 1 || strings.ContainsAny(out, "<>&") {
			t.Errorf("%d left out, %v, of %s", leftOut, err, out)
		}
	})
}
