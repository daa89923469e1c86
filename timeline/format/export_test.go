package format_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/format"
)

func exported(t *testing.T, text string, write func(*strings.Builder, *timeline.Timeline, []int, format.Report) error) (*timeline.Timeline, string) {
	t.Helper()
	tl, report, err := format.Read(format.File{Name: "in.json", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := write(&b, tl, tl.Select(timeline.Query{}).All(), report); err != nil {
		t.Fatal(err)
	}
	return tl, b.String()
}

func asObject(b *strings.Builder, t *timeline.Timeline, events []int, r format.Report) error {
	return format.WriteJSON(b, t, events, r)
}

func asLines(b *strings.Builder, t *timeline.Timeline, events []int, r format.Report) error {
	return format.WriteLines(b, t, events, r)
}

func TestExportOpensAsTheSameTimeline(t *testing.T) {
	text, err := os.ReadFile("../../events.json")
	if err != nil {
		t.Fatal(err)
	}
	before, out := exported(t, string(text), asObject)
	after, report, err := format.Read(format.File{Name: "out.json", Text: out})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	if !reflect.DeepEqual(before.About, after.About) || before.Len() != after.Len() {
		t.Fatalf("got %v with %d events, want %v with %d", after.About, after.Len(), before.About, before.Len())
	}
	for i := range before.Len() {
		a, b := before.Event(i), after.Event(i)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("got %v, want %v", b, a)
		}
		for _, name := range a.Actors {
			if !reflect.DeepEqual(before.Actor(name), after.Actor(name)) {
				t.Errorf("%s: got %v, want %v", name, after.Actor(name), before.Actor(name))
			}
		}
	}
	if again, second := exported(t, out, asObject); again.Len() != after.Len() || second != out {
		t.Error("exported twice, it is not the same text")
	}
}

// Private fields and characters that are not shown survive; nothing that a
// terminal acts on is written as it is.
func TestExportKeepsWhatIsNotShown(t *testing.T) {
	const record = `{"id": "a", "date": "2024", "title": "T \u202e\u001b[2J\u009b", "_ticket": {"any": [1.50, null]}, "colour": "red", "sources": [{"url": "https://a.example", "_seen": true}]}`
	for name, write := range map[string]func(*strings.Builder, *timeline.Timeline, []int, format.Report) error{"object": asObject, "lines": asLines} {
		text := strings.ReplaceAll(record, `\u202e`, "\u202e") + "\n"
		_, out := exported(t, text, write)
		for _, want := range []string{`\u202e\u001b[2J\u009b`, `_ticket`, `1.50`, `_seen`, `colour`} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %s is not in %s", name, want, out)
			}
		}
		if i := strings.IndexFunc(strings.ReplaceAll(out, "\n", ""), func(r rune) bool { return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) }); i >= 0 {
			t.Errorf("%s: an unsafe character in %q", name, out)
		}
	}
}
