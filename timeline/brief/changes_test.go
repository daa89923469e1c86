package brief_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/internal/fixture"
)

// changed is the fixture after something happened to it.
func changed(change func(events map[string]*timeline.Event)) *timeline.Timeline {
	events := append(fixture.Arms(), fixture.Diplomacy()...)
	byID := make(map[string]*timeline.Event)
	for i := range events {
		byID[events[i].ID] = &events[i]
	}
	change(byID)
	events = slices.DeleteFunc(events, func(e timeline.Event) bool { return e.ID == "" })
	return timeline.New(timeline.About{Title: "Two neighbours"}, fixture.Register(), events)
}

func TestSnapshotTellsWhatChanged(t *testing.T) {
	last := brief.NewSnapshot(fixture.Timeline(), "1 June 2024")
	for name, c := range map[string]struct {
		change  func(map[string]*timeline.Event)
		query   string
		summary string
		lines   []string
	}{
		"nothing": {func(map[string]*timeline.Event) {}, "", "nothing has changed", nil},
		"status": {func(e map[string]*timeline.Event) { e["cargo"].Status = timeline.Disputed }, "",
			"1 of another status", []string{"13 October 2023 · White House says North Korea shipped arms to Russia: alleged → disputed"}},
		"status of what is not selected": {func(e map[string]*timeline.Event) { e["cargo"].Status = timeline.Disputed }, "topic:treaty", "nothing has changed", nil},
		"text":                           {func(e map[string]*timeline.Event) { e["talks"].Caveat = "Perhaps." }, "", "1 with other text", []string{"June 2024 · The minister is expected in Moscow: text changed"}},
		"date":                           {func(e map[string]*timeline.Event) { e["talks"].Date = fixture.Day("2024-06~") }, "", "1 with other text", []string{"c. June 2024 · The minister is expected in Moscow: text changed"}},
		"source":                         {func(e map[string]*timeline.Event) { e["talks"].Sources[0].Quote = "Yes" }, "", "1 with other text", []string{"June 2024 · The minister is expected in Moscow: text changed"}},
		"sources": {func(e map[string]*timeline.Event) {
			e["protest"].Sources = append(e["protest"].Sources[:1:1], timeline.Source{URL: "https://a.example"}, timeline.Source{Publisher: "B", Title: "C"})
		}, "", "1 with other sources", []string{"20 June 2024 · Seoul protests: 2 sources added, 1 source withdrawn"}},
		"what no reader calls a change": {func(e map[string]*timeline.Event) {
			p := e["protest"]
			p.Actors, p.Sources = slices.Clone(p.Actors), slices.Clone(p.Sources)
			slices.Reverse(p.Actors)
			p.Importance, p.Sources[0].Accessed, p.Sources[0].Archived = timeline.Must, fixture.Day("2025"), "https://archive.example/1"
			p.Sources[0].URL = strings.Replace(p.Sources[0].URL, "https://", "http://www.", 1) + "/#top,"
		}, "", "nothing has changed", nil},
		"sources in another order": {func(e map[string]*timeline.Event) { slices.Reverse(e["protest"].Sources) }, "", "nothing has changed", nil},
		"new":                      {func(e map[string]*timeline.Event) { e["talks"].ID = "other" }, "id:other", "1 new, 1 withdrawn", []string{"June 2024 · The minister is expected in Moscow: withdrawn", "June 2024 · The minister is expected in Moscow: new"}},
		"withdrawn":                {func(e map[string]*timeline.Event) { e["launch"].ID = "" }, "topic:treaty", "1 withdrawn", []string{"21 November 2023 · A satellite is launched at Sohae: withdrawn"}},
		"much of one": {func(e map[string]*timeline.Event) {
			e["treaty"].Status, e["treaty"].Title, e["treaty"].Sources = timeline.Claimed, "A pact", nil
		}, "", "1 of another status, 1 with other sources, 1 with other text",
			[]string{"18–19 June 2024 · A pact: confirmed → claimed, 4 sources withdrawn, text changed"}},
		"what moved comes first": {func(e map[string]*timeline.Event) {
			e["visit"].Title, e["treaty"].Status, e["launch"].ID = "A visit", timeline.Claimed, ""
		}, "", "1 of another status, 1 with other text, 1 withdrawn", []string{
			"18–19 June 2024 · A treaty is signed in Pyongyang: confirmed → claimed",
			"21 November 2023 · A satellite is launched at Sohae: withdrawn",
			"12–17 September 2023 · A visit: text changed",
		}},
	} {
		got := last.Compare(changed(c.change), fixture.Query(t, c.query))
		if got.Heading() != "Since the last brief, 1 June 2024" || got.Summary() != c.summary || !slices.Equal(got.Lines(), c.lines) {
			t.Errorf("%s: got %s: %s\n%s\nwant %s\n%s", name, got.Heading(), got.Summary(), strings.Join(got.Lines(), "\n"), c.summary, strings.Join(c.lines, "\n"))
		}
	}
}

func TestSinceADayCountsWhatBecamePublic(t *testing.T) {
	late := changed(func(e map[string]*timeline.Event) { e["visit"].Reported = fixture.Day("2024-10-09") })
	for since, want := range map[string]string{
		"2024-10-08": "visit trade rumour troops", // the trade, perhaps
		"2024-10-09": "visit trade rumour",        // troops began before
		"2024-10":    "visit trade rumour troops",
		"2024-06-20": "visit trade talks protest rumour troops", // in 2024 and June, perhaps
		"2030":       "",
	} {
		c := brief.Since(late, fixture.Day(since), timeline.Query{})
		var got []string
		for _, change := range c.List {
			got = append(got, change.ID)
		}
		if strings.Join(got, " ") != want || c.New != len(got) {
			t.Errorf("%s: got %q (%d), want %q", since, got, c.New, want)
		}
	}
}

// What is new and shown is marked there, and not listed once more.
func TestBriefSaysWhatIsNew(t *testing.T) {
	tl := changed(func(e map[string]*timeline.Event) { e["visit"].Title = "A visit" })
	last := brief.Snapshot{Day: "1 June 2024", Events: map[string]brief.Fingerprint{}}
	for id, e := range brief.NewSnapshot(fixture.Timeline(), "").Events {
		if id != "treaty" {
			last.Events[id] = e
		}
	}
	b := brief.New(tl, timeline.Query{}, brief.Options{Since: last.Compare(tl, timeline.Query{})})
	page := pageText(b)
	for _, want := range []string{
		"SINCE THE LAST BRIEF, 1 JUNE 2024: 1 new, 1 with other text\n  12–17 September 2023 · A visit: text changed\n\nKEY POINTS",
		"New: A treaty is signed in Pyongyang.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	for since, want := range map[*brief.Changes]bool{nil: false, new(brief.Changes): true, {Since: "June"}: false} {
		b := brief.New(tl, timeline.Query{}, brief.Options{Since: since})
		if got := strings.Contains(pageText(b), "no earlier brief"); got != want {
			t.Errorf("%+v: no earlier brief is said: %v, want %v", since, got, want)
		}
	}
}

func TestChangesBeyondTheRoomAreCounted(t *testing.T) {
	tl := many(60)
	b := brief.New(tl, timeline.Query{}, brief.Options{Paper: brief.A4, Since: brief.Since(tl, fixture.Day("1000"), timeline.Query{})})
	listed := len(b.Since.List)
	if listed == 0 || b.Since.More != 60-listed-len(b.Events) || b.Since.New != 60 {
		t.Errorf("%d changes are listed and %d more, of %d; %d are marked", listed, b.Since.More, b.Since.New, len(b.Events))
	}
	if page, want := pageText(b), fmt.Sprintf("\n  and %d more\n", b.Since.More); !strings.Contains(page, want) {
		t.Errorf("no %q in\n%s", want, page)
	}
}
