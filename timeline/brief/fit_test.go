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
		c.opt.AsOf, c.opt.File, c.opt.Digest = fixture.Day("2024-10-08"), "events.json", strings.Repeat("0123456789abcdef", 4)
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
	briefs := 150
	if testing.Short() {
		briefs = 30
	}
	for range briefs {
		marks := make(map[string]timeline.Tier)
		for range random.Intn(30) {
			marks[unmarked.Event(random.Intn(unmarked.Len())).ID] = timeline.Tier(random.Intn(4))
		}
		tl := unmarked.WithMargin(timeline.Margin{Marks: marks})
		text := anyQuery(random, tl)
		q := fixture.Query(t, text)
		opt := brief.Options{Paper: brief.Paper(1 + random.Intn(2)), AsOf: fixture.Day("2024-10-08"), File: "events.json", Newest: random.Intn(2) == 0}
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
		for _, line := range lines {
			if w := ansi.StringWidth(line.Text); w > brief.PageWidth {
				t.Errorf("%q: %q is %d cells wide", text, line.Text, w)
			}
		}
		body, sources, _ := strings.Cut(pageText(b), "\nSOURCES\n")
		cited := footnote.FindAllString(body, -1)
		slices.Sort(cited)
		listed := footnote.FindAllString(sources, -1)
		for k, n := range listed {
			if want := fmt.Sprintf("[%d]", k+1); n != want {
				t.Errorf("%q: source %s stands where %s does", text, n, want)
			}
		}
		slices.Sort(listed)
		if cited = slices.Compact(cited); !slices.Equal(cited, listed) {
			t.Errorf("%q: footnotes %v, sources %v", text, cited, listed)
		}
		if len(b.Events) < b.Selected && b.Pages() < 0.92 && opt.Minutes == 0 {
			t.Errorf("%q: %d of %d events shown on %v of a page", text, len(b.Events), b.Selected, b.Pages())
		}
		printed := b.Printed()
		if fill := printed.Filled(); fill > 1 || len(printed.Events) < printed.Selected && fill < 0.92 && opt.Minutes == 0 {
			t.Errorf("%q: %d of %d events fill %v of the sheet", text, len(printed.Events), printed.Selected, fill)
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
	if got, want := b.Left(), fmt.Sprintf("and %d more", len(b.Dropped)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// dropped are the ids of what a brief without room drops, the most important first.
func dropped(tl *timeline.Timeline, q timeline.Query) []string {
	var ids []string
	for _, e := range brief.New(tl, q, brief.Options{Minutes: 0.001}).Dropped {
		ids = append(ids, e.ID)
	}
	return ids
}

// The reader's mark, the author's importance, weight, links, the lead, origins and
// date decide, in this order.
func TestWhatMattersIsDecidedInOrder(t *testing.T) {
	sources := func(n int) (list []timeline.Source) {
		for k := range n {
			list = append(list, timeline.Source{Publisher: fmt.Sprint("P", k), Title: "T"})
		}
		return list
	}
	day := 0
	event := func(e timeline.Event) timeline.Event {
		day++
		e.Date, e.Title = fixture.Day(fmt.Sprintf("2024-06-%02d", day)), e.ID
		return e
	}
	events := []timeline.Event{
		event(timeline.Event{ID: "marked-must"}),
		event(timeline.Event{ID: "must", Importance: timeline.Must}),
		event(timeline.Event{ID: "marked-should", Importance: timeline.Could}),
		event(timeline.Event{ID: "should", Importance: timeline.Should, Weight: 1}),
		event(timeline.Event{ID: "weighty", Weight: 9}),
		event(timeline.Event{ID: "light", Weight: 8, Sources: sources(3)}),
		event(timeline.Event{ID: "answered"}),
		event(timeline.Event{ID: "led", Actors: []string{"Kim", "Lee"}}),
		event(timeline.Event{ID: "sourced", Actors: []string{"Lee", "Kim"}, Sources: sources(3)}),
		event(timeline.Event{ID: "old", Sources: sources(1)}),
		event(timeline.Event{ID: "new", Sources: sources(1)}),
		event(timeline.Event{ID: "answer", Answers: []string{"answered"}, Sources: sources(9)}),
		{ID: "undated", Title: "undated", Date: fixture.Day("../.."), Sources: sources(1)},
	}
	tl := timeline.New(timeline.About{}, nil, events).WithMargin(timeline.Margin{Marks: map[string]timeline.Tier{"marked-must": timeline.Must, "marked-should": timeline.Should}})
	want := []string{"marked-must", "must", "marked-should", "should", "weighty", "light", "answer", "answered", "sourced", "new", "old", "undated", "led"}
	if got := dropped(tl, timeline.Query{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := dropped(tl, fixture.Query(t, "actor:kim")); !slices.Equal(got, []string{"led", "sourced"}) {
		t.Errorf("whom the filter names leads no more: %q", got)
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
	want := fmt.Sprintf("and %d more; %d events that must be told do not fit\n", b.DroppedMusts(), b.DroppedMusts())
	if page := pageText(b); !strings.Contains(page, want) {
		t.Errorf("no %q in\n%s", want, page)
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
			t.Errorf("%d events take %v of a page, of which %d are shown on %v", n+1, whole.Pages(), len(b.Events), b.Pages())
		}
		for i, e := range b.Events {
			if e.Text == "" && e.Point > 0 {
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
				Paper: paper, BottomLine: endless, AsOf: fixture.Day("2024-10-08"), File: endless + "/the-end.json", LeftOut: endless, Since: brief.Since(tl, fixture.Day("2000"), q),
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
	if got, want := b.Meter(), "0.4 page, 17 s to read"; got != want {
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
