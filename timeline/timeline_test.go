package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

// dated makes a timeline of events that have dates and nothing else; "id@date"
// names the id too.
func dated(dates ...string) *timeline.Timeline {
	var events []timeline.Event
	for _, d := range dates {
		id, date, named := strings.Cut(d, "@")
		if !named {
			date = id
		}
		e := timeline.Event{ID: id, Title: id}
		if date != "" {
			e.Date = fixture.Day(date)
		}
		events = append(events, e)
	}
	return timeline.New(timeline.About{}, nil, events)
}

func inOrder(tl *timeline.Timeline) string { return fixture.IDs(tl, tl.Select(timeline.Query{})) }

func TestOrderIsByEarliestThenNarrowest(t *testing.T) {
	for _, want := range []string{
		"2023 2024",
		"2024-03-01 2024-03 2024-21 2024-03-01/..", // a spring outlasts its first month
		"-0043 0001 1903-12-17",
		"2024-06-18/2024-06-19 2024-06-19",
		"2024-06-19 2024-06-19/2024-06-20 2024-06-19/..",
		"2024-06 2024-06-02",
		"2024-06-01 2024-06 a@2024-06-01T00:00:00 b@2024-06-01T09:00:00", // those without a time come first
		"a@2024-06-19T10:00:00+09:00 b@2024-06-19T02:00:00Z c@2024-06-19T03:30:00 d@2024-06-19T00:00:00-05:00",
		"../2024-01 2024-01-31/2024-02", // filed under its end where the start is open
		"2024-12-31 nothing@",
	} {
		dates := strings.Fields(want)
		backwards := slices.Clone(dates)
		slices.Reverse(backwards)
		for _, given := range [][]string{dates, backwards} {
			var named []string
			for _, d := range dates {
				id, _, _ := strings.Cut(d, "@")
				named = append(named, id)
			}
			if got := inOrder(dated(given...)); got != strings.Join(named, " ") {
				t.Errorf("%q: got %s, want %s", given, got, strings.Join(named, " "))
			}
		}
	}
}

// Equal dates are in the order of the file, whatever the ids; a qualifier moves
// nothing.
func TestEqualDatesKeepTheirPlaces(t *testing.T) {
	for _, given := range []string{
		"c@2024-06-19 a@2024-06-19 b@2024-06-19",
		"b@2024-06? c@2024-06 a@2024-06~",
		"z@2024-06-19T09:00:00Z y@2024-06-19T18:00:00+09:00 x@2024-06-19T09:00:00",
	} {
		var want []string
		for _, d := range strings.Fields(given) {
			want = append(want, d[:1])
		}
		if got := inOrder(dated(strings.Fields(given)...)); got != strings.Join(want, " ") {
			t.Errorf("%s: got %s", given, got)
		}
	}
}

func TestOrderOfTheFixture(t *testing.T) {
	want := "visit cargo denial launch winter trade shells talks treaty protest rumour troops"
	if got := inOrder(fixture.Timeline()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFromFindsTheFirstEventOfADayOrLater(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct{ day, id string }{
		{"0001-01-01", "visit"},
		{"2023-09-12", "visit"},
		{"2023-09-13", "cargo"}, // the visit is filed under its first day
		{"2023-10-13", "cargo"},
		{"2023-12-02", "trade"},
		{"2024-06-01", "talks"},
		{"2024-06-02", "treaty"},
		{"2024-10-08", "troops"},
	} {
		d, _ := fixture.Day(c.day).Earliest()
		i := tl.From(d)
		if got := tl.Event(i).ID; got != c.id {
			t.Errorf("from %s: got %s, want %s", c.day, got, c.id)
		}
		if tl.Day(i) < d || i > 0 && tl.Day(i-1) >= d {
			t.Errorf("from %s: event %d is filed under %s, the one before under %s", c.day, i, tl.Day(i), tl.Day(i-1))
		}
	}
	if got := tl.From(edtf.DayOf(2024, 10, 9)); got != tl.Len() {
		t.Errorf("from after the last: got %d, want %d", got, tl.Len())
	}
}

func TestPeriodIsFromFirstToLastDayFiledUnder(t *testing.T) {
	for _, c := range []struct {
		dates       string
		first, last string
	}{
		{"2024-06", "2024-06-01", "2024-06-01"},
		{"2023-09-12/2023-09-17 2024-10-08/..", "2023-09-12", "2024-10-08"},
		{"../2024-01 2024-06 none@", "2024-01-31", "2024-06-01"},
		{"-0043 2024", "-0043-01-01", "2024-01-01"},
	} {
		first, last, ok := dated(strings.Fields(c.dates)...).Period()
		if !ok || first.String() != c.first || last.String() != c.last {
			t.Errorf("%s: got %s to %s, %t, want %s to %s", c.dates, first, last, ok, c.first, c.last)
		}
	}
	for _, tl := range []*timeline.Timeline{dated(), dated("none@")} {
		if first, last, ok := tl.Period(); ok {
			t.Errorf("of %d undated events: got %s to %s", tl.Len(), first, last)
		}
	}
}

func TestEventWithoutDateIsFiledLast(t *testing.T) {
	tl := dated("none@", "2024")
	if got := tl.Day(1); tl.Event(1).ID != "none" || got != edtf.Future {
		t.Errorf("last is %s, filed under %s", tl.Event(1).ID, got)
	}
}

func TestFindKnowsEveryID(t *testing.T) {
	tl := fixture.Timeline()
	for i := range tl.Len() {
		if got, ok := tl.Find(tl.Event(i).ID); !ok || got != i {
			t.Errorf("%s: got %d, %t, want %d", tl.Event(i).ID, got, ok, i)
		}
	}
	if i, ok := tl.Find("nothing"); ok {
		t.Errorf("nothing is found at %d", i)
	}
}

func TestAnswersAreKnownFromBothSides(t *testing.T) {
	tl := fixture.Timeline()
	cargo, _ := tl.Find("cargo")
	denial, _ := tl.Find("denial")
	if got := tl.Answers(denial); !slices.Equal(got, []int{cargo}) {
		t.Errorf("the denial answers %v, want %d", got, cargo)
	}
	if got := tl.AnsweredBy(cargo); !slices.Equal(got, []int{denial}) {
		t.Errorf("the claim is answered by %v, want %d", got, denial)
	}
	if got := tl.Answers(cargo); got != nil {
		t.Errorf("the claim answers %v", got)
	}
	lone := timeline.New(timeline.About{}, nil, []timeline.Event{{ID: "a", Answers: []string{"gone"}}})
	if got := lone.Answers(0); got != nil {
		t.Errorf("an answer to nothing answers %v", got)
	}
}

// More than twelve, which a sort that is not stable would still leave in order.
func TestAnswersComeInTheOrderOfTheEvent(t *testing.T) {
	var events []timeline.Event
	var answers []string
	for k := range 40 {
		id := fmt.Sprintf("claim-%02d", k*7%40)
		answers = append(answers, id)
		events = append(events, timeline.Event{ID: id, Date: fixture.Day("2024-01"), Title: id}, timeline.Event{ID: "reply-" + id, Date: fixture.Day("2024-03"), Title: id, Answers: []string{id}})
	}
	tl := timeline.New(timeline.About{}, nil, append(events, timeline.Event{ID: "denial", Date: fixture.Day("2024-02"), Title: "All of it is denied", Answers: answers}))
	denial, _ := tl.Find("denial")
	var got []string
	for _, i := range tl.Answers(denial) {
		got = append(got, tl.Event(i).ID)
	}
	if !slices.Equal(got, answers) {
		t.Errorf("got %q, want %q", got, answers)
	}
}

func TestEventIsAnsweredInTheOrderOfTheTimeline(t *testing.T) {
	events := []timeline.Event{{ID: "a", Date: fixture.Day("2024-01"), Title: "A"}, {ID: "b", Date: fixture.Day("2024-01"), Title: "B"}, {ID: "c", Date: fixture.Day("2024-01"), Title: "C"}}
	for k := range 60 {
		id := fmt.Sprintf("reply-%02d", k)
		events = append(events, timeline.Event{ID: id, Date: fixture.Day("2024-02"), Title: id, Answers: [][]string{{"c", "a"}, {"b"}, {"b", "c"}, {"a"}}[k%4]})
	}
	tl := timeline.New(timeline.About{}, nil, events)
	for i, want := range []int{30, 30, 30} {
		if got := tl.AnsweredBy(i); len(got) != want || !slices.IsSorted(got) {
			t.Errorf("%s is answered by %v", tl.Event(i).ID, got)
		}
	}
}

func TestActorIsFoundByAnyName(t *testing.T) {
	tl := fixture.Timeline()
	for name, want := range map[string]string{
		"Kim Jong Un": "Kim Jong Un", "KIM JONG-UN": "Kim Jong Un", "김정은": "Kim Jong Un", "Ким Чен Ын": "Kim Jong Un",
		"Choe Son-hui": "Choe Son Hui", "dprk": "North Korea", "John Kirby": "John Kirby", "nobody": "nobody",
	} {
		if got := tl.Actor(name); got.Name != want {
			t.Errorf("%s: got %s, want %s", name, got.Name, want)
		}
	}
}

func TestNewLeavesItsArgumentsAlone(t *testing.T) {
	actors := []timeline.Actor{{Name: "K\x07", Aliases: []string{"a\x07"}, Native: []timeline.Native{{Language: "ko", Name: "b\x07"}}}}
	events := []timeline.Event{
		{ID: "b", Date: fixture.Day("2024"), Actors: []string{"x\x07"}, Sources: []timeline.Source{{Title: "y\x07"}}},
		{ID: "a", Date: fixture.Day("2023")},
	}
	tl := timeline.New(timeline.About{}, actors, events)
	if events[0].ID != "b" || events[0].Actors[0] != "x\x07" || events[0].Sources[0].Title != "y\x07" {
		t.Errorf("the events became %+v", events)
	}
	if actors[0].Name != "K\x07" || actors[0].Aliases[0] != "a\x07" || actors[0].Native[0].Name != "b\x07" {
		t.Errorf("the actors became %+v", actors)
	}
	if e := tl.Event(1); e.Actors[0] != "x" || e.Sources[0].Title != "y" {
		t.Errorf("the timeline has %+v", e)
	}
}

func TestEventsKnowHowFinelyTheyStateWhen(t *testing.T) {
	tl := dated("2024-01-01", "2024-01-01/2024-01-05", "2024-01", "2024-21", "2024")
	got := ""
	for i := range tl.Len() {
		got += fmt.Sprintf("%s %d, ", tl.Event(i).ID, tl.Precision(i))
	}
	if want := "2024-01-01 0, 2024-01-01/2024-01-05 0, 2024-01 1, 2024 3, 2024-21 2, "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Two files may each bring a register.
func TestActorOfTwoRegistersIsOne(t *testing.T) {
	tl := timeline.New(timeline.About{}, []timeline.Actor{
		{Name: "Kim Jong Un", Aliases: []string{"Kim Jong-un"}, Role: "leader"},
		{Name: "Kim Jong Un", Native: []timeline.Native{{Language: "ko", Name: "김정은"}}},
	}, []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Actors: []string{"Kim Jong Un"}}, {ID: "b", Date: fixture.Day("2024"), Actors: []string{"김정은"}}})
	if got := tallied(tl.Tally(timeline.ActorField, timeline.Query{})); got != "Kim Jong Un 2/2" {
		t.Errorf("got %s, want Kim Jong Un 2/2", got)
	}
	if got := tl.Actor("김정은").Role; got != "leader" {
		t.Errorf("by the second register's name: role %q, want leader", got)
	}
}

func TestLeadIsTheFirstActorByAnyName(t *testing.T) {
	tl := fixture.Timeline()
	for id, want := range map[string]string{
		"cargo":  "John Kirby",
		"denial": "Foreign Ministry of Russia",
	} {
		i, _ := tl.Find(id)
		actor, events, ok := tl.Lead(i)
		if !ok || actor != want || fixture.IDs(tl, events) != fixture.IDs(tl, tl.Select(timeline.Query{}.And(timeline.Is(timeline.ActorField, actor)))) {
			t.Errorf("%s: got %s in %s", id, actor, fixture.IDs(tl, events))
		}
	}
	if actor, _, ok := dated("2024").Lead(0); ok {
		t.Errorf("an event without actors leads with %s", actor)
	}
}

func TestDenialIsAnAnswerThatRejectsTheClaim(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "claim", Date: fixture.Day("2024-01"), Title: "Claim", Importance: timeline.Must},
		{ID: "debate", Date: fixture.Day("2024-02"), Title: "Debate", Answers: []string{"claim"}},
		{ID: "denial", Date: fixture.Day("2024-03"), Title: "Denial", Answers: []string{"debate", "claim"}, Denies: []string{"claim"}},
	})
	if got := tl.AnsweredBy(0); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("the claim is answered by %v", got)
	}
	if got := tl.Answers(2); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("the denial answers %v", got)
	}
	for _, tt := range []struct {
		answer, to int
		denies     bool
	}{{1, 0, false}, {2, 0, true}, {2, 1, false}, {0, 2, false}} {
		if got := tl.Denies(tt.answer, tt.to); got != tt.denies {
			t.Errorf("event %d denies %d: %v", tt.answer, tt.to, got)
		}
	}
	if tl.Importance(0) != timeline.Must || tl.Importance(1) != timeline.NoTier {
		t.Errorf("importance is %v and %v", tl.Importance(0), tl.Importance(1))
	}
}

// Events that name very many actors are compared in another way than most.
func TestEventsOfManyActorsShareOne(t *testing.T) {
	names := func(prefix string, more ...string) []string {
		for i := range 100 {
			more = append(more, fmt.Sprint(prefix, i))
		}
		return more
	}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024-01"), Title: "A", Actors: names("a", "Shared")},
		{ID: "b", Date: fixture.Day("2024-02"), Title: "B", Actors: append(names("b"), "shared")},
		{ID: "c", Date: fixture.Day("2024-03"), Title: "C", Actors: names("c")},
	})
	all := tl.Select(timeline.Query{})
	for i, want := range [][2]int{{-1, 1}, {0, -1}, {-1, -1}} {
		if before, after := tl.Sharing(i, i, all); before != want[0] || after != want[1] {
			t.Errorf("event %d: got %d, %d, want %v", i, before, after, want)
		}
	}
}

// The nearest events that share an actor are those that a walk finds.
func TestSharingFindsTheNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var events []timeline.Event
	for i := range 300 {
		e := timeline.Event{ID: fmt.Sprint(i), Date: fixture.Day("2024-01-01"), Title: "T"}
		for range r.IntN(3) {
			e.Actors = append(e.Actors, fmt.Sprint("A ", r.IntN(40)))
		}
		e.Topics = []string{fmt.Sprint("topic-", r.IntN(3))}
		events = append(events, e)
	}
	tl := timeline.New(timeline.About{}, nil, events)
	for _, query := range []string{"", "topic:topic-1", "-topic:topic-0", "topic:none"} {
		among := tl.Select(fixture.Query(t, query))
		for i := range tl.Len() {
			near := func(step int) int {
				for j := i + step; j >= 0 && j < tl.Len(); j += step {
					_, is := among.Has(j)
					if is && slices.ContainsFunc(tl.Event(j).Actors, func(name string) bool { return slices.Contains(tl.Event(i).Actors, name) }) {
						return j
					}
				}
				return -1
			}
			if before, after := tl.Sharing(i, i, among); before != near(-1) || after != near(1) {
				t.Fatalf("%q: beside event %d: got %d and %d, want %d and %d", query, i, before, after, near(-1), near(1))
			}
		}
	}
}
