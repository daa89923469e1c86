package format_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/timeline/format"
)

// NUL ended the text for the scanner, and hid what followed.
func TestNothingMayFollowTheEndNotEvenNUL(t *testing.T) {
	for _, text := range []string{"[]\x00", "[]\x00]]]", `{"events":[]}` + "\x00 x", event("a", "2024") + "\x00", event("a", "2024") + "\n\x00" + event("b", "2024")} {
		if !refused(text) {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestNoFieldOccursTwiceInSilence(t *testing.T) {
	for _, text := range []string{
		`{"title": "A", "title": "B", "events": []}`,
		`{"events": [], "events": []}`,
		`{"events": [], "actors": [{"name": "A", "native": {"ko": "가", "ko": "나"}}]}`,
	} {
		if !refused(text) {
			t.Errorf("%s is accepted", text)
		}
	}
}

func TestEveryProblemOfAnEventIsTold(t *testing.T) {
	for text, want := range map[string]int{
		`{"schemaVersion": "1.0", "events": [{"id": "a", "date": "2024-13", "summary": "S [9]", "sources": []}]}`: 4, // date, title, sources, mark
		`[{"id": "a", "status": "x", "date": "", "title": "T", "sources": [{"url": "https://a.example"}]}]`:       2,
	} {
		if _, report, _ := format.Read(format.File{Name: "a.json", Text: text}); len(report.Problems) != want {
			t.Errorf("%s: got\n%s, want %d problems", text, told(report, nil), want)
		}
	}
}

func TestColumnsDoNotCountTheByteOrderMark(t *testing.T) {
	for _, bom := range []string{"", "\ufeff"} {
		_, report, err := format.Read(format.File{Name: "a.json", Text: bom + "[" + event("a", "2024-13") + "]"})
		if !strings.HasPrefix(told(report, err), "a.json:1:28: ") {
			t.Errorf("with %q before it: %s", bom, told(report, err))
		}
	}
}

func TestIDIsKebabCase(t *testing.T) {
	for _, id := range []string{" ", "A b", "a_b", "-a"} {
		if !refused("[" + event(id, "2024") + "]") {
			t.Errorf("id %q is accepted", id)
		}
	}
}

func TestAddressHasAHost(t *testing.T) {
	for _, url := range []string{"https://", "http:///x", "https:// a.example", "https://a b"} {
		if text := `[{"id": "a", "date": "2024", "title": "T", "sources": [{"url": "` + url + `"}]}]`; !refused(text) {
			t.Errorf("%s is accepted", url)
		}
	}
}

func TestUnknownFieldIsShownAsWritten(t *testing.T) {
	_, report, err := format.Read(format.File{Name: "a.json", Text: `{"events": [], "ti\u200btle": 1}`})
	if got := told(report, err); strings.Contains(got, ": title:") {
		t.Errorf("got %s", got)
	}
}

func TestEventAnsweringItselfIsAProblem(t *testing.T) {
	if !refused(`[{"id": "a", "date": "2024", "title": "T", "answers": ["a"], "sources": [{"url": "https://a.example"}]}]`) {
		t.Error("accepted")
	}
}

func TestBrokenFirstLineDoesNotStopTheRest(t *testing.T) {
	tl, report, err := format.Read(format.File{Name: "a.jsonl", Text: `{"id": "a", "date` + "\n" + event("b", "2024") + "\n" + event("c", "2024")})
	if err != nil || tl.Len() != 2 || report.LeftOut != 1 {
		t.Errorf("got %s", told(report, err))
	}
}

func TestProblemLineIsNotAsLongAsTheFile(t *testing.T) {
	_, report, _ := format.Read(format.File{Name: "a.json", Text: "[" + event("a", strings.Repeat("9", 100000)) + "]"})
	if got := len(report.Problems[0].String()); got > 500 {
		t.Errorf("got %d bytes", got)
	}
}

// Looking for what each of many unknown actors was meant for took half a minute.
func TestManyUnknownActorsTakeLittleLongerWithARegister(t *testing.T) {
	took := func(hasRegister bool) time.Duration {
		var b strings.Builder
		b.WriteString("{")
		if hasRegister {
			b.WriteString(`"actors": [`)
			for i := range 150 {
				fmt.Fprintf(&b, `{"name": "Minister of State Number %d", "aliases": ["Minister %d", "Excellency %d"]},`, i, i, i)
			}
			b.WriteString(`{"name": "Kim"}], `)
		}
		b.WriteString(`"events": [`)
		for i := range 20000 {
			fmt.Fprintf(&b, `{"id": "e%d", "date": "2024", "title": "T", "actors": ["Nobody %d"], "sources": [{"url": "https://a.example"}]},`, i, i)
		}
		b.WriteString(event("last", "2024") + "]}")
		text := b.String()
		best := time.Hour
		for range 5 { // others use the machine too
			start := time.Now()
			format.Read(format.File{Name: "a.json", Text: text})
			best = min(best, time.Since(start))
		}
		return best
	}
	without, with := took(false), took(true)
	if with > 6*without {
		t.Errorf("took %v, and %v without a register", with, without)
	}
}

// Each source and each actor of an event was compared with all others.
func TestTimeIsLinearInTheSourcesAndActorsOfAnEvent(t *testing.T) {
	const n = 80000
	events := func(parts int) string {
		var all []string
		for part := range parts {
			var actors, sources []string
			for i := part * n / parts; i < (part+1)*n/parts; i++ {
				actors = append(actors, fmt.Sprintf(`"Actor %d"`, i))
				sources = append(sources, fmt.Sprintf(`{"url": "https://a.example/%d", "title": "T", "publisher": "P %d"}`, i, i))
			}
			all = append(all, fmt.Sprintf(`{"id": "a-%d", "date": "2031", "title": "T", "actors": [%s], "sources": [%s]}`, part, strings.Join(actors, ","), strings.Join(sources, ",")))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	took := func(text string) time.Duration {
		start := time.Now()
		if _, err := format.Check(format.File{Name: "a.json", Text: text}); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	one, many := events(1), events(16)
	var ratios []float64
	for range 10 { // others use the machine too
		ratio := float64(took(one)) / float64(took(many))
		if ratio <= 8 { // comparing all would take 16 times as long
			return
		}
		ratios = append(ratios, ratio)
	}
	t.Errorf("one event always takes longer than eight times as long as sixteen that have as many: %.1f", ratios)
}

// A file of which nothing is sound was refused with whatever was told last.
func TestRefusedFileIsToldItsFirstError(t *testing.T) {
	text := "[\n  {\"id\": \"a\" \"date\": \"2024\"},\n  {\"id\": \"b\", \"date\": \"2024\"}\n]"
	_, _, err := format.Read(format.File{Name: "f.json", Text: text})
	if want := "f.json:2:14: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want it to begin with %s", err, want)
	}
}

// The screen crashed on an actor whose name folds to nothing and whom an event
// called by an alias.
func TestActorNeedsANameThatFoldsToSomething(t *testing.T) {
	for name, said := range map[string]string{
		"—": `name "—": `, "\u200b": `name "\u200b": `, "ʻ": `name "ʻ": `, " ": `name " ": `, "": "name: an actor needs one", "1": "", "!": "",
	} {
		text := fmt.Sprintf(`{"actors": [{"name": %q, "aliases": ["Dash"]}], "events": [%s]}`, name, event("a", "2024"))
		report, err := format.Check(format.File{Name: "a.json", Text: text})
		if got := told(report, err); !strings.Contains(got, said) || report.Errors() > 0 != (said != "") {
			t.Errorf("%q: got %q, want %q", name, got, said)
		}
	}
}

// Files are read in blocks to find the column of a problem. A character that two
// blocks share is one.
func TestColumnCountsACharacterBetweenBlocksOnce(t *testing.T) {
	for shift := range 4 {
		text := "[" + strings.Repeat(" ", shift) + `{"id": "a", "date": "2024", "title": "` + strings.Repeat("김", 200_000) + `"}, {"id": "b", "date": "2024-13", "title": "B"}]`
		at := strings.Index(text, "2024-13")
		report, err := format.Check(format.File{Name: "a.json", Data: strings.NewReader(text), Size: int64(len(text))})
		want := fmt.Sprintf("a.json:1:%d: ", utf8.RuneCountInString(text[:at])+6)
		if got := told(report, err); !strings.Contains(got, want) {
			t.Errorf("shifted by %d: got %.300q, want %q", shift, got, want)
		}
	}
}
