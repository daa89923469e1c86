package format_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/format"
)

// read reads one file that the test knows to be sound.
func read(t *testing.T, text string) *timeline.Timeline {
	t.Helper()
	tl, report, err := format.Read(format.File{Name: "test.json", Text: text})
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%.200s: %s", text, told(report, err))
	}
	return tl
}

// ids names the events in order.
func ids(tl *timeline.Timeline) string {
	var names []string
	for i := range tl.Len() {
		names = append(names, tl.Event(i).ID)
	}
	return strings.Join(names, " ")
}

// event writes a sound event.
func event(id, date string) string {
	return fmt.Sprintf(`{"id": %q, "date": %q, "title": "T", "sources": [{"url": "https://a.example/1"}]}`, id, date)
}

func TestReadTakesAllThreeForms(t *testing.T) {
	a, b := event("a", "2023"), event("b", "2024")
	for _, c := range []struct{ name, text, want string }{
		{"object", `{"schemaVersion": "1.0", "events": [` + b + "," + a + `]}`, "a b"},
		{"object over lines", "{\n \"events\": [\n" + b + ",\n" + a + "\n]\n}\n", "a b"},
		{"object with its events first", `{"events": [` + a + `], "title": "T"}`, "a"},
		{"object of no events", `{"events": []}`, ""},
		{"array", "[" + b + "," + a + "]", "a b"},
		{"array of none", " [ ] ", ""},
		{"lines", b + "\n" + a + "\n", "a b"},
		{"lines without a last end", b + "\n" + a, "a b"},
		{"lines with blank ones", "\n\n" + b + "\n\n \t\n" + a + "\n\n", "a b"},
		{"one line", a, "a"},
		{"CRLF object", "{\r\n\"events\": [\r\n" + a + "\r\n]\r\n}\r\n", "a"},
		{"CRLF lines", b + "\r\n" + a + "\r\n", "a b"},
		{"BOM object", "\ufeff{\"events\": [" + a + "]}", "a"},
		{"BOM array", "\ufeff[" + a + "]", "a"},
		{"BOM lines", "\ufeff" + a + "\n" + b, "a b"},
		{"version 1", `{"schemaVersion": "1", "events": []}`, ""},
	} {
		tl, report, err := format.Read(format.File{Name: c.name, Text: c.text})
		if none := c.want == ""; err != nil || report.Errors() > 0 || report.Warnings() > 0 != none {
			t.Errorf("%s: %s", c.name, told(report, err))
			continue
		}
		if got := ids(tl); got != c.want || report.Found != tl.Len() || report.LeftOut != 0 {
			t.Errorf("%s: got %q, %d found, %d left out; want %q", c.name, got, report.Found, report.LeftOut, c.want)
		}
	}
}

func TestReadKeepsEveryField(t *testing.T) {
	tl := read(t, `{"title": "T", "description": "D", "language": "en", "updated": "2031-05-20", "license": "MIT",
"actors": [{"name": "Kim Jong Un", "kind": "person", "aliases": ["Kim Jong-un"], "native": {"ko": "김정은", "ru": "Ким Чен Ын"}, "role": "leader", "wikidata": "Q56226"}],
"events": [{"id": "i", "date": "2031-05-03/2031-05-04~", "tz": "UTC", "reported": "2031-05-05", "title": "T", "summary": "S [1]", "actors": ["Kim Jong Un", "김정은"],
"places": ["p"], "topics": ["t"], "status": "disputed", "caveat": "c", "answers": ["j"], "denies": ["j"], "importance": "must", "weight": 3, "confidence": "moderate", "credibility": 4, "sources": [
{"url": "https://u.example", "title": "st", "publisher": "p", "author": "a", "via": "v", "attributed_to": "o", "kind": "state-media", "published": "2031",
"accessed": "2031-05-06", "archived": "https://w.example", "language": "ru", "supports": "s", "quote": "q", "quote_by": "b", "reliability": "B"}]},
`+event("j", "2032")+`]}`)
	e := tl.Event(0)
	s := e.Sources[0]
	a := tl.Actor("김정은")
	e.Sources = nil
	got := fmt.Sprintf("%+v\n%+v\n%+v\n%+v", tl.About, a, *e, s)
	for _, want := range []string{
		"Title:T", "Description:D", "Language:en", "Updated:2031-05-20", "License:MIT",
		"Name:Kim Jong Un", "Kind:person", "Aliases:[Kim Jong-un]", "Native:[{Language:ko Name:김정은} {Language:ru Name:Ким Чен Ын}]", "Role:leader", "Wikidata:Q56226",
		"ID:i", "Date:2031-05-03/2031-05-04~", "TZ:UTC", "Reported:2031-05-05", "Summary:S [1]", "Actors:[Kim Jong Un 김정은]", "Places:[p]", "Topics:[t]", "Status:disputed",
		"Caveat:c", "Answers:[j]", "Denies:[j]", "Importance:must", "Weight:3", "Confidence:moderate", "Credibility:4",
		"URL:https://u.example", "Title:st", "Publisher:p", "Author:a", "Via:v", "AttributedTo:o", "Kind:state-media", "Published:2031", "Accessed:2031-05-06",
		"Archived:https://w.example", "Language:ru", "Supports:s", "Quote:q", "QuoteBy:b", "Reliability:B",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

func TestReadUndoesEscapes(t *testing.T) {
	for written, want := range map[string]string{
		`\"\\\/`: `"\/`, `caf\u00e9`: "café", `\uAC00`: "가", `\ud83d\uDE00`: "😀", `a\tb\nc`: "a b c",
		"\u007f\u0085x": "x", `\u001b[2J`: "[2J", `é\n`: "é ", `한\u0301`: "한\u0301",
	} {
		if got := read(t, `[{"id": "a", "date": "2024", "title": "`+written+`", "sources": [{"url": "https://a.example"}]}]`).Event(0).Title; got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
	}
}

func TestPrivateFieldsAreSilent(t *testing.T) {
	read(t, `{"$schema": "https://s.example", "_note": {"a": [1, 2, {"b": null}]}, "actors": [{"name": "A", "_x": 1}], "events": [
{"id": "a", "date": "2024", "title": "T", "_ticket": true, "sources": [{"url": "https://a.example", "_y": -1.5e3}]}]}`)
}

func TestSameEventInTwoFilesIsOne(t *testing.T) {
	a, b := event("a", "2023"), event("b", "2024")
	tl, report, err := format.Read(
		format.File{Name: "one.json", Text: `{"title": "One", "events": [` + a + `]}`},
		format.File{Name: "two.jsonl", Text: b + "\n" + a},
		format.File{Name: "three.json", Text: `{"title": "Three", "events": [` + b + `]}`},
	)
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(told(report, err))
	}
	if got := ids(tl); got != "a b" || report.Found != 2 || report.LeftOut != 0 {
		t.Errorf("got %q, %d found, %d left out; want a b, 2 and 0", got, report.Found, report.LeftOut)
	}
	if tl.Title != "One" {
		t.Errorf("the title is %q, want that of the first file", tl.Title)
	}
}

func TestDifferentEventsOfOneIDAreTold(t *testing.T) {
	tl, report, err := format.Read(
		format.File{Name: "one.json", Text: "[" + event("a", "2023") + "]"},
		format.File{Name: "two.json", Text: "[\n  " + event("a", "2024") + "]"},
	)
	got := told(report, err)
	for _, want := range []string{`two.json:2:3: event "a": `, "one.json:1:2", "1 of 2 events left out"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if tl.Len() != 1 || tl.Event(0).Date.String() != "2023" {
		t.Errorf("got %d events, the first of %s; want the one of 2023", tl.Len(), tl.Event(0).Date)
	}
}

func TestAnswersResolveAcrossFiles(t *testing.T) {
	denial := `[{"id": "denial", "date": "2024", "title": "T", "answers": ["claim"], "sources": [{"url": "https://a.example"}]}]`
	tl, report, err := format.Read(format.File{Name: "one.json", Text: denial}, format.File{Name: "two.json", Text: "[" + event("claim", "2023") + "]"})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(told(report, err))
	}
	if i, _ := tl.Find("claim"); len(tl.AnsweredBy(i)) != 1 {
		t.Errorf("the claim is answered by %v", tl.AnsweredBy(i))
	}
}

func TestOneFileThatIsNoTimelineStopsAll(t *testing.T) {
	tl, _, err := format.Read(format.File{Name: "one.json", Text: "[" + event("a", "2023") + "]"}, format.File{Name: "two.txt", Text: "hello"})
	if err == nil || tl != nil || !strings.HasPrefix(err.Error(), "two.txt:1:1: ") {
		t.Errorf("got %v", err)
	}
}

func TestReadOfNoFilesIsAnEmptyTimeline(t *testing.T) {
	tl, report, err := format.Read()
	if err != nil || tl.Len() != 0 || report.Found != 0 {
		t.Errorf("got %d events, %s", tl.Len(), told(report, err))
	}
}

// Each problem counted the lines from the top of its file: 40,000 took seconds.
func TestReportListsAThousandProblemsAndCountsAll(t *testing.T) {
	var b strings.Builder
	for i := range 2500 {
		fmt.Fprintf(&b, "{\"id\": \"e%d\", \"date\": \"2024\", \"title\": \"T\", \"x%d\": 0, \"sources\": [{\"url\": \"https://a.example\"}]}\n", i, i)
	}
	b.WriteString(event("bad", "2024-13"))
	_, report, err := format.Read(format.File{Name: "many.jsonl", Text: b.String()})
	if err != nil || len(report.Problems) != 1000 || report.Unlisted() != 1501 || report.Warnings() != 2500 || report.Errors() != 1 {
		t.Errorf("got %d listed, %d not, %d warnings, %d errors, %v; want 1000, 1501, 2500 and 1",
			len(report.Problems), report.Unlisted(), report.Warnings(), report.Errors(), err)
	}
	if last := report.Problems[len(report.Problems)-1]; last.Line != 1000 {
		t.Errorf("the last listed is %s", last)
	}
}
