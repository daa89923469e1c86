package format

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A way to break the JSON of an event.
type breakage struct {
	name  string
	apply func(r *rand.Rand, event string) string // returns "" if it does not fit
	costs int                                     // how many events may be lost
	lines bool                                    // only if each event has lines of its own
	alike bool                                    // not if the event has a list of objects like events
}

// replaceOne replaces one of the occurrences of a part of a text.
func replaceOne(r *rand.Rand, text, old, new string) string {
	n := strings.Count(text, old)
	if n == 0 {
		return ""
	}
	at := 0
	for range r.IntN(n) + 1 {
		at += strings.Index(text[at:], old) + len(old)
	}
	return text[:at-len(old)] + new + text[at:]
}

func replacing(old, new string) func(r *rand.Rand, event string) string {
	return func(r *rand.Rand, event string) string { return replaceOne(r, event, old, new) }
}

var breakages = []breakage{
	{name: "no comma", apply: replacing(`",`, `"`), costs: 1},
	{name: "two commas", apply: replacing(`",`, `",,`), costs: 1},
	{name: "a comma too many", apply: replacing(`]`, `,]`), costs: 1},
	{name: "a comma before the brace", apply: replacing(`}`, `,}`), costs: 1},
	{name: "no colon", apply: replacing(`":`, `"`), costs: 1},
	{name: "an equals sign", apply: replacing(`":`, `"=`), costs: 1},
	{name: "a comment", apply: replacing(`",`, `", /* {not} "an" [event */`), costs: 1},
	{name: "a comment at the end of the line", apply: replacing(",\n", ", // {it isn't\n"), costs: 1, lines: true},
	{name: "a comment with a hash", apply: replacing(",\n", ", # don't [\n"), costs: 1, lines: true},
	{name: "curly quotation marks", apply: func(r *rand.Rand, event string) string {
		for strings.Contains(event, `"`) {
			event = strings.Replace(strings.Replace(event, `"`, "“", 1), `"`, "”", 1)
		}
		return event
	}, costs: 1},
	{name: "single quotation marks", apply: func(r *rand.Rand, event string) string { return strings.ReplaceAll(event, `"`, `'`) }, costs: 1},
	{name: "a string without an end", apply: func(r *rand.Rand, event string) string {
		return replaceOne(r, event, []string{`",`, `"]`, `"}`}[r.IntN(3)], []string{`,`, `]`, `}`}[r.IntN(3)])
	}, costs: 1},
	{name: "a string that is not closed", apply: func(r *rand.Rand, event string) string {
		i := r.IntN(3)
		return replaceOne(r, event, []string{`",`, `"]`, `"}`}[i], []string{`,`, `]`, `}`}[i])
	}, costs: 1},
	{name: "quotation marks in a string", apply: replacing("word", `"word"`), costs: 1},
	{name: "a line end in a string", apply: replacing("word", "\nword"), costs: 1},
	{name: "True", apply: replacing(`"T`, `True, "T`), costs: 1},
	{name: "None", apply: replacing(`["A"]`, "None"), costs: 1},
	{name: "NaN", apply: replacing(`"date"`, `"_x":NaN,"date"`), costs: 1},
	{name: "a bracket too many", apply: replacing(`]`, `]]`), costs: 1},
	{name: "an opening bracket too many", apply: replacing(`[`, `[[`), costs: 1},
	{name: "a brace too many", apply: replacing(`}`, `}}`), costs: 1},
	{name: "no opening bracket", apply: replacing(`[`, ``), costs: 1},
	{name: "no closing bracket", apply: replacing(`]`, ``), costs: 1},
	{name: "no opening brace", apply: func(r *rand.Rand, event string) string { return strings.Replace(event, "{", "", 1) }, costs: 1},
	{name: "no closing brace", apply: replacing(`}`, ``), costs: 2},
	{name: "cut", apply: func(r *rand.Rand, event string) string {
		i := strings.Index(event, `"date"`)
		return event[:i+r.IntN(len(event)-i)]
	}, costs: 2, alike: true},
}

// nested is a list of objects that look like events.
const nested = `"_related":[{"id":"x","date":"2020","title":"Not an event","sources":[]},{"id":"y","date":"2021","title":"Nor this"}],`

// sampleEvent writes an event as people do: in one line or in several, some with
// a place for nested objects.
func sampleEvent(r *rand.Rand, id int, lines, alike bool) string {
	blank := ""
	if lines {
		blank = "\n    "
	}
	source := fmt.Sprintf(`{"url":"https://a.example/%d","publisher":"It's word {1}"}`, id)
	other := ""
	if alike {
		other = blank + "@@"
	}
	return fmt.Sprintf(`{%s"id":"e-%d",%s"date":"20%02d-05-04",%s"title":"T [%d] word",%s"summary":"A word, \"quoted\": [1] and {2}",%s%s"actors":["A"],%s"sources":[%s,%s]}`,
		blank, id, blank, id%100, blank, id, blank, other, blank, blank, source, source)
}

// A missing comma in one event emptied a timeline, or made events of its sources.
func TestBrokenEventCostsNoOther(t *testing.T) {
	t.Parallel()
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	r := rand.New(rand.NewPCG(5, 6))
	for _, b := range breakages {
		for round := range rounds * 4 {
			lines, alike := round%2 == 0, round%4 >= 2
			if b.lines && !lines || b.alike && alike {
				continue
			}
			const n = 12
			k := r.IntN(n - 1)
			events := make([]string, n)
			for i := range events {
				events[i] = sampleEvent(r, i, lines, alike && i == k)
			}
			if events[k] = b.apply(r, events[k]); events[k] == "" {
				continue
			}
			events[k] = strings.Replace(events[k], "@@", nested, 1)
			between := ","
			if lines {
				between = ",\n  "
			}
			before, after := "[", "]"
			if round%3 == 0 {
				before, after = `{"title":"X","events":[`, `],"license":"MIT","actors":[{"name":"A"}]}`
			}
			from := len(before) + len(strings.Join(events[:k], between))
			to := from + len(between+events[k]+between) + 1
			text := before + strings.Join(events, between) + after
			if json.Valid([]byte(text)) {
				continue // the change was within a string
			}
			file := File{Name: "a.json", Text: text}
			checkReadingIn(t, []int64{10, 100, 1000, block}[r.IntN(4)], file)
			tl, report, err := reading(false, block, []File{file}).timeline(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			read := make(map[string]bool)
			for i := range tl.Len() {
				read[tl.Event(i).ID] = true
			}
			problem := ""
			for i := range n {
				if !read[fmt.Sprintf("e-%d", i)] && (i < k || i >= k+b.costs) {
					problem += fmt.Sprintf(" e-%d is lost;", i)
				}
				delete(read, fmt.Sprintf("e-%d", i))
			}
			for id := range read {
				problem += " there is " + id + ";"
			}
			if report.Errors() == 0 || report.Errors() > 4 {
				problem += fmt.Sprintf(" %d errors;", report.Errors())
			}
			for _, p := range report.Problems {
				if at := offsetOf(text, p.Line, p.Column); !p.Warning && (at < from-1 || at > to) {
					problem += " " + p.String() + " is elsewhere;"
				}
			}
			if problem != "" {
				t.Errorf("%s, round %d:%s\n%s\nproblems %v", b.name, round, problem, text[from:min(len(text), to+100)], report.Problems)
			}
		}
	}
}

// offsetOf returns the offset of a place in a text of ASCII and quotation marks.
func offsetOf(text string, line, column int) int {
	at := 0
	for range line - 1 {
		at = lineEnd(text, at) + 1
	}
	return at + runes(text[at:], column-1)
}

// What a file holds beside its events, and before them, may be faulty too.
func TestMistakesAroundTheEventsCostNone(t *testing.T) {
	event := func(id string) string {
		return fmt.Sprintf(`{"id":%q,"date":"2024","title":"T","sources":[{"url":"https://a.example"}]}`, id)
	}
	two := event("a") + "," + event("b")
	for _, tt := range []struct {
		text          string
		events        int
		problem, more string // of the first error; the title or actors that are read all the same
	}{
		{"// exported\n# by hand\n[" + two + "]", 2, "1:1: JSON has no comments", ""},
		{"/* a\nb */ {\"title\":\"X\",\"events\":[" + two + "]}", 2, "1:1: JSON has no comments", "X"},
		{`{"title":"X" "description":"D","events":[` + two + `]}`, 2, "1:14: expected a comma or '}', found a string", "XD"},
		{`{"title":'X',"description":"D","events":[` + two + `]}`, 2, "1:10: expected a value, found a single quotation mark (JSON has double ones)", "D"},
		{"{\"title\":\"X,\n\"events\":[" + two + `]}`, 2, "1:10: the string that begins here is not closed on its line", ""},
		{`{"language":None,"title":"X","events":[` + two + `]}`, 2, "1:13: expected a value, found None (JSON has null)", "X"},
		{`{"actors":[{"name":"A"} {"name":"B"},{"name" "C"},{"name":"D"}],"events":[` + two + `],}`, 2, "1:25: expected a comma or ']', found an object", "ABD"},
		{`{"events":[` + two + `,],"title":"X"}`, 2, "", "X"},
		{`{"events":[` + two + `],"license":"MIT" "title":"X"}`, 2, "", "X"},
		{`{"events":[,` + event("a") + `,,` + event("b") + `]}`, 2, "1:12: there is nothing between two commas", ""},
		{event("a") + ",\n" + event("b") + ",\n", 2, "1:77: event \"a\": there is ',' after the end of the event", ""},
		{"{\"id\":\"x\" \"date\":\"2024\"}\n{\"id\":}\n" + event("a") + "\n" + event("b"), 2, "1:11: event \"x\": expected a comma or '}', found a string", ""},
		{"[" + event("a") + "\n" + event("b") + "]", 2, "2:1: expected a comma or ']', found an object", ""},
		{"[" + two + ",{\"id\":\"c\",\"date\":\"20", 2, "1:173: event \"c\": the string that begins here is not closed", ""},
	} {
		file := File{Name: "a.json", Text: tt.text}
		checkReading(t, file)
		tl, report, err := reading(false, block, []File{file}).timeline(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		more := tl.About.Title + tl.About.Description
		for _, a := range report.Original().actors {
			more += strings.NewReplacer(`{"name":"`, "", `"}`, "").Replace(a)
		}
		if tl.Len() != tt.events || report.Errors() == 0 || more != tt.more {
			t.Errorf("%s: %d events, %q, %v", tt.text, tl.Len(), more, report.Problems)
		}
		first := ""
		for _, p := range report.Problems {
			if !p.Warning && first == "" {
				first = strings.TrimPrefix(p.String(), "a.json:")
			}
		}
		if tt.problem != "" && first != tt.problem {
			t.Errorf("%s: got %q, want %q", tt.text, first, tt.problem)
		}
	}
}

// A mistake in the JSON of TimelineJS costs the slide that has it.
func TestBrokenSlideCostsNoOther(t *testing.T) {
	slide := func(year string) string {
		return `{"start_date":{"year":` + year + `},"text":{"headline":"T` + year + `"}}`
	}
	for _, broken := range []string{
		`{"start_date":{"year":2021} "text":{"headline":"T"}}`, `{"start_date":{"year":2021,},"text":{"headline":"T"}}`, `{"start_date":{"year":2021},"text":{"headline":“T”}}`,
		`{"start_date":{"year":2021},"text":{"headline":"T}}`, `{"start_date":{"year":2021},"text":{"headline":"T"}`, `// a comment` + "\n", `{"start_date":{"year":None},"text":{"headline":"T"}}`,
	} {
		events, problems := dated(t, "a.json", `{"events":[`+slide("2020")+",\n"+broken+",\n"+slide("2022")+",\n"+slide("2023")+"\n]}")
		if len(events) != 3 || len(problems) == 0 {
			t.Errorf("%s: got %q, %q", broken, events, problems)
		}
	}
	if events, problems := dated(t, "a.json", `{"events":[`+slide("2020")+" "+slide("2022")+",]}"); len(events) != 2 || len(problems) == 0 {
		t.Errorf("got %q, %q", events, problems)
	}
}
