package brief_test

import (
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

// pageText is a brief's page at the width of paper.
func pageText(b *brief.Brief) string {
	var text strings.Builder
	for _, line := range b.Page(brief.PageWidth) {
		text.WriteString(line.Text + "\n")
	}
	return text.String()
}

func TestBriefsOfTheShippedTimeline(t *testing.T) {
	tl := fixture.Shipped(t)
	for name, c := range map[string]struct {
		query string
		opt   brief.Options
	}{
		"brief-putin-a4":      {"actor:putin since:2024-06", brief.Options{Paper: brief.A4}},
		"brief-putin-letter":  {"actor:putin since:2024-06", brief.Options{Paper: brief.Letter}},
		"brief-answer-a4":     {"has:answer", brief.Options{Paper: brief.A4, BottomLine: "Each side denies what the other claims."}},
		"brief-answer-letter": {"has:answer", brief.Options{Paper: brief.Letter, Minutes: 1.5}},
	} {
		c.opt.AsOf, c.opt.File, c.opt.Digest = "8 October 2024", "events.json", strings.Repeat("0123456789abcdef", 4)
		c.opt.Since = brief.Since(tl, fixture.Day("2024-10"), fixture.Query(t, c.query))
		fixture.Golden(t, "testdata/"+name+".txt", pageText(brief.New(tl, fixture.Query(t, c.query), c.opt)))
	}
}

var footnote = regexp.MustCompile(`\[(\d+)\]`)

// Whatever is asked for, on whatever paper, a page is a page, and its footnotes
// and its sources are the same.
func TestEveryBriefFitsItsPage(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	unmarked := fixture.Shipped(t)
	for range 150 {
		marks := make(map[string]timeline.Tier)
		for range random.Intn(30) {
			marks[unmarked.Event(random.Intn(unmarked.Len())).ID] = timeline.Tier(random.Intn(4))
		}
		tl := unmarked.WithMargin(timeline.Margin{Marks: marks})
		text := anyQuery(random, tl)
		q := fixture.Query(t, text)
		opt := brief.Options{Paper: brief.Paper(1 + random.Intn(2)), AsOf: "8 October 2024", File: "events.json", Newest: random.Intn(2) == 0}
		if random.Intn(2) == 0 {
			opt.BottomLine = strings.Repeat("They will meet again. ", random.Intn(200))
		}
		if random.Intn(2) == 0 {
			opt.Since = brief.Since(tl, fixture.Day("2024-03"), q)
		}
		if random.Intn(4) == 0 {
			opt.Minutes = random.Float64() * 3
		}
		b := brief.New(tl, q, opt)
		lines := b.Page(brief.PageWidth)
		if len(lines) > opt.Paper.Lines() {
			t.Errorf("%q: %d lines on %s", text, len(lines), opt.Paper)
		}
		if b.Pages() > 1 {
			t.Errorf("%q: %v pages", text, b.Pages())
		}
		cited := make(map[string]bool)
		sources := 0
		for _, line := range lines {
			if w := ansi.StringWidth(line.Text); w > brief.PageWidth {
				t.Errorf("%q: %q is %d cells wide", text, line.Text, w)
			}
			for _, m := range footnote.FindAllString(line.Text, -1) {
				if sources > 0 && strings.HasPrefix(line.Text, m) {
					if want := fmt.Sprintf("[%d]", sources); m != want || !cited[m] {
						t.Errorf("%q: source %s stands where %s does; cited: %v", text, m, want, cited[m])
					}
					sources++
				} else {
					cited[m] = true
				}
			}
			if line.Heading && line.Text == "SOURCES" {
				sources = 1
			}
		}
		if len(cited) != max(0, sources-1) {
			t.Errorf("%q: %d footnotes, %d sources", text, len(cited), sources-1)
		}
		if len(b.Events) < b.Selected && b.Pages() < 0.5 && opt.Minutes == 0 {
			t.Errorf("%q: %s events shown on %v of a page", text, b.Shown(), b.Pages())
		}
	}
}

// anyQuery writes a query of up to three terms about the timeline's own values.
func anyQuery(random *rand.Rand, tl *timeline.Timeline) string {
	var terms []string
	for range random.Intn(4) {
		e := tl.Event(random.Intn(tl.Len()))
		switch random.Intn(7) {
		case 0:
			terms = append(terms, fmt.Sprintf("actor:%q", e.Actors[0]))
		case 1:
			terms = append(terms, "topic:"+e.Topics[0])
		case 2:
			terms = append(terms, "status:"+e.Status.String())
		case 3:
			terms = append(terms, "since:"+e.Date.String())
		case 4:
			terms = append(terms, "until:"+e.Date.String())
		case 5:
			terms = append(terms, "origins:>=2")
		case 6:
			terms = append(terms, "has:answer")
		}
	}
	return strings.Join(terms, " ")
}

// many is a timeline of events with long titles, a must, a should and a could
// among every ten.
func many(n int) *timeline.Timeline {
	var events []timeline.Event
	marks := make(map[string]timeline.Tier)
	for i := range n {
		id := fmt.Sprintf("e%03d", i)
		events = append(events, timeline.Event{
			ID: id, Date: fixture.Day(fmt.Sprintf("%d-01-01", 1000+i)), Title: "What happened as number " + id + " of all that happened in these years",
			Summary: "It happened, one said [1][2]. It did not, said another [2]. Nobody else spoke.", Caveat: "Perhaps it never did.",
			Sources: []timeline.Source{{Publisher: "One", Title: "Paper " + id}, {Publisher: "Two", Title: "Paper " + id}},
		})
		marks[id] = []timeline.Tier{timeline.Must, timeline.Should, timeline.Could, 0, 0, 0, 0, 0, 0, 0}[i%10]
	}
	return timeline.New(timeline.About{Title: "Many"}, nil, events).WithMargin(timeline.Margin{Marks: marks})
}

func TestTheLeastImportantAreDroppedFirst(t *testing.T) {
	tl := many(60)
	b := brief.New(tl, timeline.Query{}, brief.Options{Paper: brief.A4})
	tiers := func(events []*timeline.Event) (tiers []timeline.Tier) {
		for _, e := range events {
			i, _ := tl.Find(e.ID)
			tiers = append(tiers, tl.Mark(i))
		}
		return tiers
	}
	var shown []*timeline.Event
	for _, e := range b.Events {
		shown = append(shown, e.Event)
	}
	lowest, highest := slices.Min(tiers(shown)), slices.Max(tiers(b.Dropped))
	if len(shown)+len(b.Dropped) != 60 || lowest < highest {
		t.Errorf("%d events are shown, down to %s; %d are dropped, up to %s", len(shown), lowest, len(b.Dropped), highest)
	}
	if !slices.IsSortedFunc(tiers(b.Dropped), func(a, b timeline.Tier) int { return int(b) - int(a) }) {
		t.Errorf("the first dropped are not the most important: %v", tiers(b.Dropped))
	}
	if !slices.IsSortedFunc(shown, func(a, b *timeline.Event) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("what is shown is not in the order of time")
	}
	if got, want := b.Dropped[0].Title, b.NotShown(); !strings.Contains(want, got) || !strings.HasSuffix(want, " more") {
		t.Errorf("got %q, want %q named, and how many more", want, got)
	}
}

// Unmarked events go by the sum of two places: by date, newest first, and by
// number of origins, most first.
func TestUnmarkedEventsGoByDateAndOrigins(t *testing.T) {
	b := brief.New(fixture.Timeline(), timeline.Query{}, brief.Options{Minutes: 0.01})
	var got []string
	for _, e := range b.Dropped {
		got = append(got, e.ID)
	}
	// By date from troops (1) to visit (12); origins 4 treaty, 3 launch troops,
	// 2 visit trade shells protest, 1 cargo denial winter talks, 0 rumour.
	want := []string{"troops", "treaty", "protest", "shells", "trade", "launch", "talks", "rumour", "winter", "visit", "denial", "cargo"}
	if len(b.Events) > 0 || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// An undated event counts as the oldest; of equal sums the later in order is first.
func TestUndatedEventsCountAsTheOldest(t *testing.T) {
	var events []timeline.Event
	for id, date := range map[string]string{"old": "1990", "new": "2020", "undated": "../.."} {
		events = append(events, timeline.Event{ID: id, Date: fixture.Day(date), Title: id, Sources: []timeline.Source{{Publisher: "P"}}})
	}
	b := brief.New(timeline.New(timeline.About{}, nil, events), timeline.Query{}, brief.Options{Minutes: 0.001})
	var got []string
	for _, e := range b.Dropped {
		got = append(got, e.ID)
	}
	if want := []string{"new", "undated", "old"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestABriefKnowsAHundredDroppedEvents(t *testing.T) {
	b := brief.New(many(300), timeline.Query{}, brief.Options{Paper: brief.A4})
	if got := len(b.Dropped); got != 100 {
		t.Errorf("got %d, want 100", got)
	}
	if b.Selected != 300 || b.Musts != 30 {
		t.Errorf("%d are selected, %d are musts", b.Selected, b.Musts)
	}
}

func TestAMustThatDoesNotFitIsSaid(t *testing.T) {
	tl := many(60)
	all := make(map[string]timeline.Tier)
	for i := range tl.Len() {
		all[tl.Event(i).ID] = timeline.Must
	}
	b := brief.New(tl.WithMargin(timeline.Margin{Marks: all}), timeline.Query{}, brief.Options{Paper: brief.Letter})
	if b.DroppedMusts() != 60-len(b.Events) || len(b.Events) == 60 {
		t.Errorf("%d musts are dropped, %d shown", b.DroppedMusts(), len(b.Events))
	}
	want := fmt.Sprintf("EVENTS (%d of 60; %d events marked must do not fit)\n", len(b.Events), b.DroppedMusts())
	if page := pageText(b); !strings.Contains(page, want) {
		t.Errorf("no %q in\n%s", want, page)
	}
	for _, e := range b.Events {
		if e.Text != "" || e.Caveat != "" {
			t.Errorf("a must is dropped, yet %s has the room for %q %q", e.ID, e.Text, e.Caveat)
		}
	}
}

// What fits gives nothing up; what nearly fits gives up little.
func TestABriefGivesUpLittleByLittle(t *testing.T) {
	tl := many(60)
	for n := range 9 {
		q := fixture.Query(t, fmt.Sprintf("until:%d", 1000+n))
		b := brief.New(tl, q, brief.Options{Paper: brief.A4})
		whole := brief.New(tl, q, brief.Options{})
		if whole.Pages() <= 1 && (b.Pages() > whole.Pages() || len(b.Events) < b.Selected) {
			t.Errorf("%d events take %v of a page, of which %s are shown on %v", n+1, whole.Pages(), b.Shown(), b.Pages())
		}
		for i, e := range b.Events {
			if e.Text == "" {
				t.Errorf("%d events: number %d has no sentence", n+1, i)
			}
		}
	}
}

func TestABriefOfEndlessTextFits(t *testing.T) {
	endless := strings.Repeat("endless ", 1000) + "end"
	for name, e := range map[string]timeline.Event{
		"title":    {Title: endless},
		"sentence": {Title: "T", Summary: endless + " [1].", Sources: []timeline.Source{{Publisher: "P", Title: "T"}}},
		"source":   {Title: "T", Sources: []timeline.Source{{Publisher: endless, Title: endless, Kind: timeline.News}}},
		"address":  {Title: "T", Sources: []timeline.Source{{URL: "https://a.example/" + strings.Repeat("x", 6000)}}},
		"actor":    {Title: "T", Actors: []string{endless}},
		"answer":   {Title: endless, Answers: []string{"short"}},
	} {
		e.ID, e.Date, e.Caveat = "long", fixture.Day("2024"), endless
		tl := timeline.New(timeline.About{Title: endless}, []timeline.Actor{{Name: endless, Role: endless}}, []timeline.Event{e, {ID: "short", Date: fixture.Day("2023"), Title: "Short"}})
		q := fixture.Query(t, fmt.Sprintf("-actor:%q", endless[:2000])).And()
		for _, paper := range []brief.Paper{brief.A4, brief.Letter} {
			b := brief.New(tl, q, brief.Options{
				Paper: paper, BottomLine: endless, AsOf: "8 October 2024", File: endless + "/the-end.json", LeftOut: endless, Since: brief.Since(tl, fixture.Day("2000"), q),
			})
			if page := b.Page(brief.PageWidth); len(page) > paper.Lines() {
				t.Errorf("%s: %d lines on %s:\n%s", name, len(page), paper, pageText(b))
			}
			if len(b.Events) == 0 {
				t.Errorf("%s: not even the short event is shown", name)
			}
			if !strings.Contains(b.Foot(), "/the-end.json · ") {
				t.Errorf("%s: the foot names no file: %s", name, b.Foot())
			}
		}
	}
}

func TestABriefFitsItsMinutes(t *testing.T) {
	tl := fixture.Shipped(t)
	for _, minutes := range []float64{1, 2, 5, 20} {
		for _, paper := range []brief.Paper{brief.NoPaper, brief.A4} {
			b := brief.New(tl, timeline.Query{}, brief.Options{Paper: paper, Minutes: minutes})
			if _, aloud := b.Seconds(); float64(aloud) > minutes*60 || len(b.Events) == 0 {
				t.Errorf("%v minutes, %s: it takes %d seconds, with %d events", minutes, paper, aloud, len(b.Events))
			}
		}
	}
}

func TestMeterSaysPagesAndTime(t *testing.T) {
	b := brief.New(fixture.Timeline(), fixture.Query(t, "id:visit"), brief.Options{Paper: brief.A4})
	lines := len(b.Page(brief.PageWidth))
	if got, want := b.Pages(), float64(lines)/60; got != want {
		t.Errorf("got %v pages, want %v", got, want)
	}
	if got, want := b.Meter(), "0.4 page, 19 s to read"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	all := brief.New(fixture.Shipped(t), timeline.Query{}, brief.Options{})
	silent, _ := all.Seconds()
	if got, want := all.Meter(), fmt.Sprintf("pages, %d min %d s to read", silent/60, silent%60); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want …%q", got, want)
	}
}

func BenchmarkBrief(b *testing.B) {
	for _, c := range []struct {
		name string
		of   *timeline.Timeline
	}{{"shipped", fixture.Shipped(b)}, {"100,000", synthetic(100_000)}} {
		for _, paper := range []brief.Paper{brief.A4, brief.NoPaper} {
			b.Run(c.name+"/"+paper.String(), func(b *testing.B) {
				for b.Loop() {
					brief.New(c.of, timeline.Query{}, brief.Options{Paper: paper})
				}
			})
		}
	}
}

// synthetic is a timeline of the fixture's events over and over, a day apart.
func synthetic(n int) *timeline.Timeline {
	base := append(fixture.Arms(), fixture.Diplomacy()...)
	events := make([]timeline.Event, n)
	for i := range events {
		events[i] = base[i%len(base)]
		events[i].ID = fmt.Sprintf("e%d", i)
		events[i].Date = fixture.Day(edtf.DayOf(1700, 1, 1+i).String())
	}
	return timeline.New(timeline.About{Title: "Synthetic"}, fixture.Register(), events)
}
