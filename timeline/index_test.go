package timeline_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

// indexed makes a timeline that reads its events again, of the events that New
// would keep; their places are their numbers. Two goroutines index them.
func indexed(about timeline.About, actors []timeline.Actor, events []timeline.Event) (t *timeline.Timeline, issues []timeline.Issue) {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	return indexedIn(order, about, actors, events)
}

// indexedIn is indexed for events that are read in another order.
func indexedIn(order []int, about timeline.About, actors []timeline.Actor, events []timeline.Event) (t *timeline.Timeline, issues []timeline.Issue) {
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return events[at.At], nil })
	x.Files = []string{"one.json"}
	const each = 3
	var wait sync.WaitGroup
	for half := range 2 {
		wait.Go(func() {
			in := x.Indexer()
			for k, i := range order {
				if k/each%2 != half {
					continue
				}
				r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1})
				if !in.Add(&r) {
					panic(fmt.Sprintf("%q cannot be indexed", events[i].ID))
				}
				if k%each == each-1 {
					in.Flush()
				}
			}
			in.Flush()
		})
	}
	wait.Wait()
	x.Issues = func(issue timeline.Issue) { issues = append(issues, issue) }
	return x.Timeline(about, actors), issues
}

// again is the same timeline in the form that reads its events again; they are
// read in another order.
func again(tl *timeline.Timeline, actors []timeline.Actor) *timeline.Timeline {
	var events []timeline.Event
	for i := range tl.Len() {
		events = append(events, *tl.Event(i))
	}
	other, issues := indexedIn(rand.New(rand.NewPCG(1, 2)).Perm(len(events)), tl.About, actors, events)
	if slices.ContainsFunc(issues, func(i timeline.Issue) bool { return i.Kind == timeline.TakenID }) {
		panic("ids that are unique are found twice")
	}
	return other
}

// checkSame holds that two timelines are the same to whoever asks.
func checkSame(t *testing.T, got, want *timeline.Timeline) {
	t.Helper()
	if got.Len() != want.Len() {
		t.Fatalf("got %d events, want %d", got.Len(), want.Len())
	}
	for i := range want.Len() {
		e := want.Event(i)
		if !reflect.DeepEqual(got.Event(i), e) {
			t.Errorf("event %d: got %v, want %v", i, got.Event(i), e)
		}
		if g, w := about(got, i), about(want, i); g != w {
			t.Errorf("%s: got %s, want %s", e.ID, g, w)
		}
		if k, ok := got.Find(e.ID); k != i || !ok {
			t.Errorf("%s is found at %d, %t; want %d", e.ID, k, ok, i)
		}
	}
	if k, ok := got.Find("no such id"); ok {
		t.Errorf("an id that no event has is found at %d", k)
	}
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField, timeline.OriginsField} {
		if g, w := got.Tally(f, timeline.Query{}), want.Tally(f, timeline.Query{}); !reflect.DeepEqual(g, w) {
			t.Errorf("%v: got %v, want %v", f, g, w)
		}
	}
	if err := got.Err(); err != nil {
		t.Error(err)
	}
}

// about is all that a timeline says of event i without the event.
func about(tl *timeline.Timeline, i int) string {
	from, to := tl.Span(i)
	sources, origins := tl.Counts(i)
	return fmt.Sprint(tl.Day(i), from, to, sources, origins, tl.Reach(i), tl.Answers(i), tl.AnsweredBy(i),
		tl.From(tl.Day(i)), tl.From(from), tl.Rests(i), tl.Precision(i), tl.Date(i).Column(), tl.Overlapping(tl.Select(timeline.Query{}), from, to))
}

func TestIndexedTimelineEqualsTheOneThatKeepsItsEvents(t *testing.T) {
	t.Parallel()
	checkSame(t, again(fixture.Timeline(), fixture.Register()), fixture.Timeline())
	tl := fixture.Shipped(t)
	checkSame(t, again(tl, shippedRegister(tl)), tl)
}

// shippedRegister is the register of the timeline that the program ships with, as
// far as its events name it.
func shippedRegister(tl *timeline.Timeline) []timeline.Actor {
	var actors []timeline.Actor
	for _, c := range tl.Tally(timeline.ActorField, timeline.Query{}) {
		if a := tl.Actor(c.Value); len(a.Names()) > 1 || a.Role != "" {
			actors = append(actors, a)
		}
	}
	return actors
}

// Odd texts index as they are kept: nothing is left of some, others fold alike.
func TestIndexedTextIsCleanAndFolded(t *testing.T) {
	t.Parallel()
	odd := []string{"", " ", "\u200b", "a\tb [1] c", "Ё\x01й", "\u202eevil", "Café [2]", "CAFE\u0301", "one\u00a0[1]two", "[12345] [1", "[\x011] x", "ſ", "“q” – ’s", "\ufffd\xff", "  [3]  [4]"}
	var events []timeline.Event
	for i, a := range odd {
		for j, b := range odd {
			events = append(events, timeline.Event{ID: fmt.Sprintf("e%d-%d", i, j), Date: fixture.Day("2024"), Title: "t" + a, Summary: b + "x" + a,
				Caveat: b, Actors: []string{a, b}, Places: []string{b, a + "," + b}, Topics: []string{a},
				Sources: []timeline.Source{{Publisher: a, AttributedTo: b, URL: "https://" + a + "/" + b, Quote: b, Archived: a}, {Publisher: b, URL: "http://h", Quote: a + b}}})
		}
	}
	want := timeline.New(timeline.About{}, nil, events)
	got, _ := indexed(timeline.About{}, nil, events)
	checkSame(t, got, want)
	for _, a := range odd {
		for _, text := range []string{"has:caveat", "has:quote", "has:archive", "origins:2", timeline.Is(timeline.TextField, "x"+a).String(), timeline.Is(timeline.TextField, "tx").String()} {
			q, err := timeline.ParseQuery(text)
			if err != nil {
				continue
			}
			checkSelect(t, got, q)
			checkSelect(t, want, q)
		}
	}
}

func TestOfEventsWithOneIDTheFirstStays(t *testing.T) {
	t.Parallel()
	events := []timeline.Event{
		{ID: "a", Date: fixture.Day("2024-03"), Title: "first", Answers: []string{"b"}},
		{ID: "b", Date: fixture.Day("2024-02"), Title: "b", Actors: []string{"an alias", "Nobody"}},
		{ID: "a", Date: fixture.Day("2024-01"), Title: "second", Answers: []string{"c", "nobody"}, Actors: []string{"Somebody"}},
		{ID: "c", Date: fixture.Day("2024"), Title: "c", Answers: []string{"a", "a", "c", "nobody"}},
	}
	register := []timeline.Actor{{Name: "A", Aliases: []string{"An alias"}}}
	got, issues := indexed(timeline.About{}, register, events)
	want := timeline.New(timeline.About{}, register, []timeline.Event{events[0], events[1], events[3]})
	checkSame(t, got, want)
	at := func(i int) timeline.Extent { return timeline.Extent{At: int64(i), Len: 1} }
	if want := []timeline.Issue{
		{Kind: timeline.TakenID, Event: at(2), ID: "a", Other: at(0)},
		{Kind: timeline.AnswersItself, Event: at(3), ID: "c", Name: "c", Nth: 2},
		{Kind: timeline.UnknownAnswer, Event: at(3), ID: "c", Name: "nobody", Nth: 3},
		{Kind: timeline.UnknownActor, Event: at(1), ID: "b", Name: "Nobody"},
	}; !slices.Equal(issues, want) {
		t.Errorf("got issues %v, want %v", issues, want)
	}
	if len(got.Select(fixture.Query(t, "second")).All())+len(got.Select(fixture.Query(t, "has:answer")).All()) != 3 {
		t.Error("the second is still found")
	}
}

func TestWhatIsNoEventIsNotIndexed(t *testing.T) {
	in := timeline.NewIndex(nil).Indexer()
	for _, e := range []timeline.Event{
		{Date: fixture.Day("2024"), Title: "no id"}, {ID: "no-date", Title: "x"}, {ID: "no-title", Date: fixture.Day("2024"), Title: "\u200b "},
	} {
		if r := timeline.NewRecord(&e, timeline.Extent{}); in.Add(&r) {
			t.Errorf("%v is taken", e)
		}
	}
	if r := (timeline.Record{ID: []byte("x"), Title: []byte("x"), Date: []byte("2024-13")}); in.Add(&r) {
		t.Error("a date that is none is taken")
	}
}

// A moment counts as its day wherever the index is asked.
func TestMomentIsIndexedAsItsDay(t *testing.T) {
	t.Parallel()
	events := []timeline.Event{
		{ID: "b", Date: fixture.Day("2024-06-19T12:00:00Z"), Title: "b"}, {ID: "a", Date: fixture.Day("2024-06-19"), Title: "a"},
		{ID: "c", Date: fixture.Day("2024-06-19T09:00:00"), Title: "c"}, {ID: "d", Date: fixture.Day("-0043-03-15T09:00:00"), Title: "d"},
	}
	got, _ := indexed(timeline.About{}, nil, events)
	checkSame(t, got, timeline.New(timeline.About{}, nil, events))
	for _, text := range []string{"on:2024-06-19", "since:2024-06-20", "until:2024-06-18", "-on:2024"} {
		checkSelect(t, got, fixture.Query(t, text))
	}
}

// The file was cut short, or something else was written over it.
func TestEventThatCanNoLongerBeReadSaysSo(t *testing.T) {
	events := []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Title: "one"}, {ID: "b", Date: fixture.Day("2025~"), Title: "two"}}
	var broken error
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return events[at.At], broken })
	in := x.Indexer()
	for i := range events {
		r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1})
		in.Add(&r)
	}
	in.Flush()
	tl := x.Timeline(timeline.About{}, nil)
	if tl.Event(0).Title != "one" || tl.Err() != nil {
		t.Errorf("got %q, %v", tl.Event(0).Title, tl.Err())
	}
	broken = errors.New("the file ends\x1b[2J too early")
	if e := tl.Event(1); e.Title != "This event can no longer be read: the file ends[2J too early" || e.Date != fixture.Day("2025~") {
		t.Errorf("got %v", e)
	}
	if err := tl.Err(); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}

	broken = nil
	events[0], events[1] = events[1], events[0]
	x = timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return events[1-at.At], broken })
	in = x.Indexer()
	for i := range events {
		r := timeline.NewRecord(&events[i], timeline.Extent{At: int64(i), Len: 1})
		in.Add(&r)
	}
	in.Flush()
	tl = x.Timeline(timeline.About{}, nil)
	if e := tl.Event(0); !strings.Contains(e.Title, "another event, b, has taken its place") {
		t.Errorf("got %v", e)
	}
}

func TestTimelineSoFarGrows(t *testing.T) {
	t.Parallel()
	whole := fixture.Shipped(t)
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return *whole.Event(int(at.At)), nil })
	in := x.Indexer()
	for i := range whole.Len() {
		r := timeline.NewRecord(whole.Event(i), timeline.Extent{At: int64(i), Len: 1})
		in.Add(&r)
		if i%100 == 99 {
			in.Flush()
			var events []timeline.Event
			for k := range i + 1 {
				events = append(events, *whole.Event(k))
			}
			checkSame(t, x.SoFar(whole.About, nil), timeline.New(whole.About, nil, events))
		}
	}
}

// Dates of every kind: from and to are the same whether they were asked of the
// event or of the index.
func TestEveryKindOfDateIsIndexed(t *testing.T) {
	t.Parallel()
	var events []timeline.Event
	for i, s := range strings.Fields("1985 1985-04 1985-04-12 1985-04-12T23:20:30 2004-02-01/2005-02 1985-04/.. ../1985 1985/ /1985 ../.. 2001-21 1984? 2004-06~ 2004-06-11% 201X 20XX 2004-XX 1985-04-XX -0043 Y-17000 Y170000000000000 /.. 2004?/2005~") {
		if d, err := edtf.Parse(s); err == nil {
			events = append(events, timeline.Event{ID: fmt.Sprint("e", 100-i), Date: d, Title: s})
		}
	}
	got, _ := indexed(timeline.About{}, nil, events)
	want := timeline.New(timeline.About{}, nil, events)
	checkSame(t, got, want)
	for _, e := range events {
		for _, field := range []string{"since", "until", "on", "-on", "-(since:1985 | until)"} {
			text := field + ":" + e.Date.String()
			q, err := timeline.ParseQuery(text)
			if err != nil {
				continue
			}
			checkSelect(t, got, q)
			if g, w := got.Select(q), want.Select(q); !reflect.DeepEqual(g, w) {
				t.Errorf("%s: got %v, want %v", text, g, w)
			}
		}
	}
}

func FuzzIndexedText(f *testing.F) {
	for _, s := range []string{"", "  A-b", "Kim  Jong-un's visit", "ABCDEFGH ijklmnop", "word [1] word", "tab\t[1]", "naïve café", "Ким Чен Ын", "김정은 7", "“q”"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		e := timeline.Event{ID: "a", Date: fixture.Day("2024"), Title: "x" + a, Summary: a + b, Sources: []timeline.Source{{Quote: b, Publisher: a, URL: b}}}
		got, _ := indexed(timeline.About{}, nil, []timeline.Event{e})
		want := timeline.New(timeline.About{}, nil, []timeline.Event{e})
		if g, w := timeline.TextOf(got), timeline.TextOf(want); g != w {
			t.Errorf("got %q, want %q", g, w)
		}
		if g, w := about(got, 0), about(want, 0); g != w {
			t.Errorf("got %s, want %s", g, w)
		}
	})
}

func TestManyEventsAreFoundAsOneIs(t *testing.T) {
	t.Parallel()
	events := []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Title: "A"}, {ID: "b", Date: fixture.Day("2023"), Title: "B"}, {ID: "c", Date: fixture.Day("2025"), Title: "C"}}
	stored, _ := indexed(timeline.About{}, nil, events)
	stored.Event(2) // one that has been read lately
	want := map[string]int{"c": 2, "b": 0}
	for _, tl := range []*timeline.Timeline{stored, timeline.New(timeline.About{}, nil, events)} {
		if got := tl.FindAll(slices.Values([]string{"c", "nobody", "b", "c", ""})); !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// Parts that are in order by themselves may follow each other in any: by date, and
// by place where dates are alike.
func TestPartsAreOrderedAmongEachOther(t *testing.T) {
	for _, c := range []struct {
		parts []string // each event is id@date
		want  string
	}{
		{[]string{"a@2024-01 b@2024-02", "c@2024-03 d@2024-04"}, "a b c d"},
		{[]string{"a@2024-02 b@2024-03", "c@2024-01"}, "c a b"},
		{[]string{"b@2024", "a@2024"}, "b a"},
		{[]string{"b@2024-06~", "a@2024-06"}, "b a"},
		{[]string{"a@2024 c@2024", "b@2024 d@2024"}, "a c b d"},
		{[]string{"b@2024-06-19T12:00:00", "a@2024-06-19T11:00:00 c@2024-06-19"}, "c a b"},
		{[]string{"a@2024-02 b@2024-03", "a@2024-01"}, "a b"}, // the first of an id stays
		{[]string{"b@2024-01", "a@2024-01", "b@2024-01", "c@2023"}, "c b a"},
	} {
		var events []timeline.Event
		x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) { return events[at.At], nil })
		in := x.Indexer()
		for _, part := range c.parts {
			for _, said := range strings.Fields(part) {
				id, date, _ := strings.Cut(said, "@")
				events = append(events, timeline.Event{ID: id, Date: fixture.Day(date), Title: said})
				r := timeline.NewRecord(&events[len(events)-1], timeline.Extent{At: int64(len(events) - 1), Len: 1})
				in.Add(&r)
			}
			in.Flush()
		}
		tl := x.Timeline(timeline.About{}, nil)
		if got := inOrder(tl); got != c.want {
			t.Errorf("%q: the order is %s, want %s", c.parts, got, c.want)
		}
		checkSame(t, tl, timeline.New(timeline.About{}, nil, events))
	}
}

// Files come in the order in which they were named, wherever an event is in each.
func TestOfTwoFilesTheFirstHasTheFirstOfAnID(t *testing.T) {
	places := []timeline.Extent{{File: 1, At: 0, Len: 1}, {File: 0, At: 50, Len: 1}, {File: 0, At: 20, Len: 1}}
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) {
		return timeline.Event{ID: "a", Date: fixture.Day("2024"), Title: fmt.Sprintf("%d/%d", at.File, at.At)}, nil
	})
	for _, at := range places {
		in := x.Indexer()
		e := timeline.Event{ID: "a", Date: fixture.Day("2024"), Title: "t"}
		r := timeline.NewRecord(&e, at)
		in.Add(&r)
		in.Flush()
	}
	var seconds []int64
	x.Issues = func(issue timeline.Issue) {
		if issue.Other != places[2] {
			t.Errorf("the first is said to be %v, want %v", issue.Other, places[2])
		}
		seconds = append(seconds, issue.Event.At)
	}
	tl := x.Timeline(timeline.About{}, nil)
	if got := tl.Event(0).Title; tl.Len() != 1 || got != "0/20" {
		t.Errorf("%d events, the first %s; want one, 0/20", tl.Len(), got)
	}
	if !slices.Equal(seconds, []int64{50, 0}) {
		t.Errorf("the second ones are at %v, want 50, 0", seconds)
	}
}

// An event does not answer itself, nor another twice.
func TestEventAnswersOthersOnce(t *testing.T) {
	events := []timeline.Event{
		{ID: "a", Date: fixture.Day("2024-01"), Title: "t", Answers: []string{"a", "b", "nobody", "b", "c", "b"}},
		{ID: "b", Date: fixture.Day("2024-02"), Title: "t", Answers: []string{"b"}},
		{ID: "c", Date: fixture.Day("2024-03"), Title: "t", Answers: []string{"a", "a"}},
	}
	stored, _ := indexed(timeline.About{}, nil, events)
	for _, tl := range []*timeline.Timeline{timeline.New(timeline.About{}, nil, events), stored} {
		got := fmt.Sprint(tl.Answers(0), tl.Answers(1), tl.Answers(2), tl.AnsweredBy(0), tl.AnsweredBy(1), tl.AnsweredBy(2))
		if want := "[1 2] [] [0] [2] [0] [0]"; got != want {
			t.Errorf("answers are %s, want %s", got, want)
		}
	}
}
