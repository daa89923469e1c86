package brief_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/internal/fixture"
	"dateline/timeline/text"
)

func briefOn(t *testing.T, text string) *brief.Brief {
	t.Helper()
	return brief.New(fixture.Timeline(), fixture.Query(t, text), brief.Options{})
}

// under returns the lines of a section.
func under(b *brief.Brief, heading string) []string {
	var lines []string
	found := false
	for _, line := range b.Page(120) {
		switch {
		case line.Heading:
			found = line.Text == heading
		case found && line.Text != "":
			lines = append(lines, strings.TrimSpace(line.Text))
		}
	}
	return lines
}

func TestBriefPage(t *testing.T) {
	b := brief.New(fixture.Timeline(), fixture.Query(t, `topic:arms,treaty since:2023-10-12`), brief.Options{
		AsOf: fixture.Day("2024-10-08"), File: "neighbours.json", Digest: strings.Repeat("0123456789abcdef", 4),
	})
	var page strings.Builder
	for _, line := range b.Page(80) {
		page.WriteString(line.Text + "\n")
	}
	fixture.Golden(t, "testdata/brief.txt", page.String())
}

func TestBriefNumbersSourcesThroughout(t *testing.T) {
	b := briefOn(t, "id:visit,treaty,protest")
	for i, want := range []struct {
		text  string
		notes []int
	}{
		{"The two met at the cosmodrome [1]. Nothing was signed, the Kremlin said [2].", []int{1, 2, 3}},
		{"It promises mutual help [4], KCNA reported [5].", []int{4, 5, 6, 7}},
		{"Seoul called the treaty a threat [7].", []int{7, 8}}, // its first source is the treaty's last
	} {
		e := b.Events[i]
		if e.Text != want.text || !slices.Equal(e.Notes, want.notes) {
			t.Errorf("%s: got %q and %v, want %q and %v", e.ID, e.Text, e.Notes, want.text, want.notes)
		}
		for _, n := range e.Notes {
			if !slices.ContainsFunc(e.Sources, func(s timeline.Source) bool { return s.URL == b.Sources[n-1].URL }) {
				t.Errorf("%s: note %d is %s, which is no source of it", e.ID, n, b.Sources[n-1].URL)
			}
		}
	}
	if len(b.Sources) != 8 {
		t.Errorf("got %d sources, want 8", len(b.Sources))
	}
}

func TestSourceWithoutAddressIsSharedByItsCitation(t *testing.T) {
	image := timeline.Source{Publisher: "Planet", Title: "Image 7"}
	other := timeline.Source{Publisher: "Planet", Title: "Image 8"}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Sources: []timeline.Source{image}},
		{ID: "b", Date: fixture.Day("2024"), Sources: []timeline.Source{other, image}},
	})
	b := brief.New(tl, timeline.Query{}, brief.Options{})
	if got := fmt.Sprint(b.Events[0].Notes, b.Events[1].Notes); got != "[1] [2 1]" {
		t.Errorf("got %s, want [1] [2 1]", got)
	}
}

func TestDisputesPairBothWaysEvenWithTheHidden(t *testing.T) {
	for query, want := range map[string]string{
		"id:cargo":                              "cargo-denial",
		"id:denial":                             "cargo-denial",
		"id:cargo,denial":                       "cargo-denial",
		"id:protest":                            "treaty-protest",
		"has:answer":                            "cargo-denial treaty-protest",
		"":                                      "cargo-denial treaty-protest",
		"id:visit":                              "",
		"topic:treaty,arms-transfer since:2024": "treaty-protest",
	} {
		var pairs []string
		b := briefOn(t, query)
		for _, d := range slices.Concat(b.Denied, b.Answered) {
			pairs = append(pairs, d.Claim.ID+"-"+d.Answer.ID)
		}
		if got := strings.Join(pairs, " "); got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

func TestBriefListsWhatRestsOnOneOrigin(t *testing.T) {
	got := under(briefOn(t, ""), "RESTS ON ONE ORIGIN ONLY")
	want := []string{"White House: 13 Oct 2023", "TASS: 18 Oct 2023", "38 North: winter 2023", "A channel: Jun 2024"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheOriginOfMostEventsIsFirst(t *testing.T) {
	var events []timeline.Event
	for i, publisher := range []string{"Once", "Twice", "Twice"} {
		events = append(events, timeline.Event{
			ID: fmt.Sprint(i), Date: fixture.Day("2024"), Title: "T", Sources: []timeline.Source{{Publisher: publisher, Title: "T"}},
		})
	}
	b := brief.New(timeline.New(timeline.About{}, nil, events), timeline.Query{}, brief.Options{})
	if len(b.OneOrigin) != 2 || b.OneOrigin[0].Name != "Twice" {
		t.Errorf("got %v", b.OneOrigin)
	}
}

func TestBriefIntroducesPeopleAndBodiesButNoStates(t *testing.T) {
	got := under(briefOn(t, "since:2024-06-01 -id:trade"), "WHO IS WHO")
	want := []string{
		"Choe Son Hui (최선희)",
		"Kim Jong Un (김정은, Ким Чен Ын), North Korean leader",
		"Vladimir Putin (Владимир Путин), President of Russia",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBriefIntroducesTwelveAtMost(t *testing.T) {
	var actors []timeline.Actor
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprintf("Minister %02d", i))
		actors = append(actors, timeline.Actor{Name: names[i], Role: "minister"})
	}
	tl := timeline.New(timeline.About{}, actors, []timeline.Event{{ID: "cabinet", Date: fixture.Day("2024"), Actors: names}})
	if got := len(brief.New(tl, timeline.Query{}, brief.Options{}).People); got != 12 {
		t.Errorf("got %d, want 12", got)
	}
}

func TestBriefSaysItsScopePeriodAndFoot(t *testing.T) {
	for _, c := range []struct{ query, scope, period, foot string }{
		{``, "All events", "12 September 2023 and on", "12 of 12 events shown"},
		{`actor:"Kim Jong Un"`, "Events naming Kim Jong Un", "12 September 2023 to 19 June 2024", `2 of 2 events shown · of 12 in all · filter actor:"Kim Jong Un"`},
		{`id:denial`, "Events called “Moscow calls the claim baseless”", "18 October 2023", "1 of 1 event shown · of 12 in all · filter id:denial"},
		{`topic:troops`, "Topic: troops", "from 8 October 2024", "1 of 1 event shown · of 12 in all · filter topic:troops"},
		{`sources:99`, "Events based on 99 sources", "no events", "0 of 0 events shown · of 12 in all · filter sources:99"},
		{`on:2024-06-15`, "Events on 15 June 2024", "2024", "2 of 2 events shown · of 12 in all · filter on:2024-06-15 · 2 by uncertain date"},
	} {
		b := briefOn(t, c.query)
		foot, words, _ := strings.Cut(b.Foot(), " · "+text.Counted(b.Words(), "word")+": ")
		if b.Scope != c.scope || b.Period != c.period || foot != c.foot || !strings.HasSuffix(words, " aloud") {
			t.Errorf("%q:\n got %s | %s | %s\nwant %s | %s | %s", c.query, b.Scope, b.Period, b.Foot(), c.scope, c.period, c.foot)
		}
	}
}

func TestFootNamesTheFileAndItsDigest(t *testing.T) {
	b := brief.New(fixture.Timeline(), timeline.Query{}, brief.Options{File: "a.json", Digest: "0123456789abcdef0123"})
	if got, want := b.Foot(), "a.json · sha256 0123456789abcdef · 12 of 12 events shown · "; !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s…", got, want)
	}
}

func TestBriefTakesItsTitleFromTheTimeline(t *testing.T) {
	if got := briefOn(t, "").Title; got != "Two neighbours" {
		t.Errorf("got %q", got)
	}
	b := brief.New(fixture.Timeline(), timeline.Query{}, brief.Options{Title: "Mine"})
	if b.Title != "Mine" {
		t.Errorf("got %q, want Mine", b.Title)
	}
}

func TestNoLineIsWiderThanThePage(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture.Timeline(), fixture.Shipped(t)} {
		b := brief.New(tl, fixture.Query(t, "until:2030"), brief.Options{AsOf: fixture.Day("2024-10-08"), BottomLine: strings.Repeat("so ", 99)})
		for _, width := range []int{40, 80, 120} {
			for _, line := range b.Page(width) {
				if ansi.StringWidth(line.Text) > width {
					t.Errorf("%d cells: %q has %d", width, line.Text, ansi.StringWidth(line.Text))
				}
			}
		}
	}
}

func TestBottomLineIsTheAuthorsOrBlank(t *testing.T) {
	for bottomLine, want := range map[string]string{"": "  " + strings.Repeat("_", 74), "They will meet again.": "  They will meet again."} {
		b := brief.New(fixture.Timeline(), timeline.Query{}, brief.Options{BottomLine: bottomLine})
		lines := b.Page(80)
		i := slices.Index(lines, brief.Line{Text: "BOTTOM LINE", Heading: true})
		if i < 0 || lines[i+1].Text != want {
			t.Errorf("%q: got %v", bottomLine, lines[:10])
		}
	}
}

// An event without a summary left a line of four blanks.
func TestNoLineOfAPageEndsInABlank(t *testing.T) {
	for _, line := range briefOn(t, "").Page(80) {
		if strings.HasSuffix(line.Text, " ") {
			t.Errorf("%q", line.Text)
		}
	}
}

// A mark beyond an event's sources must not point at another event's source.
func TestMarkWithoutASourcePointsAtNothing(t *testing.T) {
	sources := []timeline.Source{{URL: "https://a.example"}, {URL: "https://b.example"}}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2023"), Sources: sources},
		{ID: "b", Date: fixture.Day("2024"), Summary: "Said [1][2].", Sources: []timeline.Source{{URL: "https://c.example"}}},
	})
	b := brief.New(tl, timeline.Query{}, brief.Options{})
	if got := b.Events[1].Text; strings.Contains(got, "[2]") {
		t.Errorf("got %q; [2] is %s", got, b.Sources[1].URL)
	}
}

func TestYearInBracketsStaysInABrief(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Summary: "In May [2024] he said so [1].", Sources: []timeline.Source{{URL: "https://a.example"}}},
	})
	b := brief.New(tl, timeline.Query{}, brief.Options{})
	if got, want := b.Events[0].Text, "In May [2024] he said so [1]."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A year in brackets became a footnote mark once a brief had as many sources.
func TestYearInBracketsIsNoFootnoteOfALongBrief(t *testing.T) {
	sources := make([]timeline.Source, 2100)
	for i := range sources {
		sources[i].URL = fmt.Sprintf("https://a.example/%d", i)
	}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Title: "T", Summary: "In May [2024] he said so [1].", Sources: sources[:1]},
		{ID: "b", Date: fixture.Day("2024"), Title: "T", Sources: sources},
	})
	b := brief.New(tl, timeline.Query{}, brief.Options{})
	for want, write := range map[string]func(io.Writer, *brief.Brief) error{
		"In May [2024] he said":   brief.WriteHTML,
		`In May \[2024\] he said`: brief.WriteMarkdown,
	} {
		var out strings.Builder
		if err := write(&out, b); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%.5000s (%v)", want, out.String(), err)
		}
	}
}

func TestNoEventDisputesItself(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Answers: []string{"a"}}})
	if got := brief.New(tl, timeline.Query{}, brief.Options{}).Answered; len(got) != 0 {
		t.Errorf("got %d disputes", len(got))
	}
}
