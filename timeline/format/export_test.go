package format_test

import (
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/format"
)

// An export writes some events of a timeline.
type export func(w io.Writer, t *timeline.Timeline, events []int, r format.Report) (leftOut int, err error)

// The exports, by the name that the command line has for them.
var exports = map[string]export{
	"json": func(w io.Writer, t *timeline.Timeline, events []int, r format.Report) (int, error) {
		return 0, format.WriteJSON(w, t, events, r)
	},
	"jsonl": func(w io.Writer, t *timeline.Timeline, events []int, r format.Report) (int, error) {
		return 0, format.WriteLines(w, t, events, r)
	},
}

// exported reads files, and writes all of their events.
func exported(t *testing.T, as string, texts ...string) (tl *timeline.Timeline, out string, leftOut int) {
	t.Helper()
	var files []format.File
	for _, text := range texts {
		files = append(files, format.File{Name: "in.json", Text: text})
	}
	tl, report, err := format.Read(files...)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	leftOut, err = exports[as](&b, tl, tl.Select(timeline.Query{}).All(), report)
	if err != nil {
		t.Fatal(err)
	}
	return tl, b.String(), leftOut
}

func file(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The fixture has every field, private ones at every level, and dates of every
// kind.
func TestExportOpensAsTheSameTimeline(t *testing.T) {
	for _, path := range []string{"../../events.json", "testdata/export.json"} {
		before, out, _ := exported(t, "json", file(t, path))
		after, second, _ := exported(t, "json", out)
		if !reflect.DeepEqual(before, after) {
			t.Errorf("%s: exported and opened, it is another timeline:\n%s", path, out)
		}
		if second != out {
			t.Errorf("%s: exported twice, it is not the same text:\n%s", path, second)
		}
	}
}

func TestLinesOpenAsTheSameEvents(t *testing.T) {
	for _, path := range []string{"../../events.json", "testdata/export.json"} {
		before, out, _ := exported(t, "jsonl", file(t, path))
		after, _, _ := exported(t, "jsonl", out)
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
		_, out, _ := exported(t, as, strings.ReplaceAll(record, `\u202e`, "\u202e")+"\n")
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
		{[]string{`[` + event("a", "2024") + `]`, `{"events": [], "_b": 2}`}, "  \"_b\": 2,\n"},
		{[]string{"{\"_a\": \"a\tbare tab\", \"_b\": 1, \"events\": []}"}, "  \"_b\": 1,\n"}, // what is no JSON spoils nothing else
	} {
		_, out, _ := exported(t, "json", c.files...)
		_, rest, _ := strings.Cut(out, "\n  \"schemaVersion\": \"1.0\",\n")
		got, _, ok := strings.Cut(strings.TrimPrefix(rest, "  \"title\": \"T\",\n"), `  "actors": [`)
		if !ok || got != c.want {
			t.Errorf("%s: got %q, want %q", c.files, got, c.want)
		}
	}
}

// A full disk may be found at any piece that is written.
func TestExportsSayWhenTheyCannotBeWritten(t *testing.T) {
	tl, report, err := format.Read(format.File{Name: "in.json", Text: file(t, "testdata/export.json")})
	if err != nil {
		t.Fatal(err)
	}
	events := tl.Select(timeline.Query{}).All()
	for as, write := range exports {
		pieces := &filling{room: 1 << 30}
		if _, err := write(pieces, tl, events, report); err != nil {
			t.Fatal(err)
		}
		if pieces.written < len(events)-3 {
			t.Errorf("%s: %d events are written in %d pieces", as, len(events), pieces.written)
		}
		for room := range pieces.written {
			w := &filling{room: room}
			if _, err := write(w, tl, events, report); !errors.Is(err, errFull) || w.written != room {
				t.Errorf("%s: after %d pieces of %d got %v, want %v", as, w.written, room, err, errFull)
			}
		}
	}
}

// A filling disk has room for some more pieces.
type filling struct{ room, written int }

func (f *filling) Write(p []byte) (int, error) {
	if f.written == f.room {
		return 0, errFull
	}
	f.written++
	return len(p), nil
}
