package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

func tallied(counts []timeline.Count) string {
	var said []string
	for _, c := range counts {
		said = append(said, fmt.Sprintf("%s %d/%d", c.Value, c.Shown, c.All))
	}
	return strings.Join(said, ", ")
}

func TestTallyCountsUnderAllOtherFilters(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct {
		field timeline.Field
		query string
		want  string
	}{
		{timeline.StatusField, ``, `confirmed 3/3, alleged 2/2, reported 2/2, unverified 2/2, claimed 1/1, disputed 1/1, not stated 1/1`},
		{timeline.StatusField, `status:disputed`, `confirmed 3/3, alleged 2/2, reported 2/2, unverified 2/2, claimed 1/1, disputed 1/1, not stated 1/1`},
		{timeline.StatusField, `topic:treaty status:disputed`, `confirmed 1/3, reported 1/2, alleged 0/2, unverified 0/2, claimed 0/1, disputed 0/1, not stated 0/1`},
		{timeline.OriginsField, ``, `1 4/4, 2 4/4, >=3 3/3, 0 1/1`},
		{timeline.OriginsField, `status:disputed,unverified origins:2`, `1 2/4, 0 1/1, 2 0/4, >=3 0/3`},
		{timeline.TopicField, `actor:kim`, `summit 2/2, diplomacy 1/2, treaty 1/2, arms-transfer 0/3, statement 0/2, economy 0/1, labour 0/1, missile 0/1, satellite 0/1, troops 0/1`},
		{timeline.KindField, `id:visit,treaty kind:news`, `wire 2/5, official 2/4, state-media 2/4, research 0/2, broadcast 0/1, dataset 0/1, imagery 0/1, news 0/1, ngo 0/1, other 0/1, social 0/1, un 0/1`},
		{timeline.ActorField, `-actor:kim until:2023-11`, `North Korea 2/5, Kim Jong Un 1/2, Russia 1/2, Vladimir Putin 1/2, Foreign Ministry of Russia 1/1, John Kirby 1/1, South Korea 0/3, Choe Son Hui 0/1`},
		{timeline.PlaceField, `(place:moscow | id:visit)`, `Russia 3/4, Moscow, Russia 2/2, Khasan, Russia 1/1, Vostochny Cosmodrome, Russia 1/1, Kharkiv, Ukraine 0/1, Pyongyang, North Korea 0/1, Rajin, North Korea 0/1, Seoul, South Korea 0/1, Sohae, North Korea 0/1, Tumangang 0/1`},
	} {
		if got := tallied(tl.Tally(c.field, fixture.Query(t, c.query))); got != c.want {
			t.Errorf("%s under %q:\n got %s\nwant %s", c.field, c.query, got, c.want)
		}
	}
}

// The picker promises a number beside each name; choosing it must keep that.
func TestChoosingAValueShowsItsCount(t *testing.T) {
	tl := fixture.Shipped(t)
	fields := []timeline.Field{timeline.ActorField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField, timeline.OriginsField}
	for _, text := range []string{``, `since:2024-06`, `actor:putin`, `-topic:missile kind:official`, `(status:disputed | has:answer)`} {
		q := fixture.Query(t, text)
		for _, f := range fields {
			for _, c := range tl.Tally(f, q) {
				chosen := q.WithoutField(f).And(timeline.Is(f, c.Value))
				if got := tl.Select(chosen).Len(); got != c.Shown {
					t.Errorf("%s shows %d, the tally said %d", chosen, got, c.Shown)
				}
				if got := tl.Select(timeline.Query{}.And(timeline.Is(f, c.Value))).Len(); got != c.All {
					t.Errorf("%s:%s has %d events, the tally said %d", f, c.Value, got, c.All)
				}
			}
		}
	}
}

func TestNamedAreTheValuesThatAQueryMeans(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct{ query, want string }{
		{`actor:kim`, `Kim Jong Un`},
		{`actor:DPRK`, `North Korea`},
		{`place:korea`, `Pyongyang, North Korea|Rajin, North Korea|Seoul, South Korea|Sohae, North Korea`},
		{`place:russia`, `Russia`}, // of all that lie in it, itself
		{`place:khasan`, `Khasan, Russia`},
		{`status:DSP`, `disputed`},
		{`origins:1`, `1`},
		{`origins:=2`, `2`},
		{`origins:>=2`, `2|>=3`},
		{`origins:>2`, `>=3`},
		{`origins:<2`, `0|1`},
		{`origins:3`, ``}, // some, but not all, of three or more
		{`origins:>=4`, ``},
	} {
		term := fixture.Query(t, c.query).Terms()[0]
		field, _ := term.Field()
		names := tl.Named(field, term.Values()[0])
		slices.Sort(names)
		if got := strings.Join(names, "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}

func TestPlaceIsCountedWithThePlacesInIt(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Title: "A", Places: []string{"Seoul"}}, {ID: "b", Date: fixture.Day("2024"), Title: "B", Places: []string{"Jongno, Seoul"}},
	})
	if got, want := tallied(tl.Tally(timeline.PlaceField, timeline.Query{})), "Seoul 2/2, Jongno, Seoul 1/1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// An actor called "–" crashed the picker: it was tallied, and Is panics on a
// name that folds to nothing.
func TestWhateverIsTalliedCanBeAskedFor(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{
		ID: "a", Date: fixture.Day("2024"), Actors: []string{"–", "'", "", "Kim"}, Places: []string{"-"}, Topics: []string{"—"},
		Sources: []timeline.Source{{Publisher: "-"}, {Publisher: "Kim"}},
	}})
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.PublisherField} {
		for _, c := range tl.Tally(f, timeline.Query{}) {
			if got := tl.Select(timeline.Query{}.And(timeline.Is(f, c.Value))).Len(); got != c.Shown {
				t.Errorf("%s:%s shows %d, the tally said %d", f, c.Value, got, c.Shown)
			}
		}
	}
}

func TestTallyCountsAllButTheHiddenOne(t *testing.T) {
	got := tallied(fixture.Timeline().Tally(timeline.StatusField, fixture.Query(t, "-id:trade")))
	if want := "confirmed 3/3, alleged 2/2, reported 2/2, unverified 2/2, claimed 1/1, disputed 1/1, not stated 0/1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got = tallied(fixture.Timeline().Tally(timeline.KindField, fixture.Query(t, "-id:trade")))
	if !strings.Contains(got, "dataset 0/1") {
		t.Errorf("got %s, want no dataset", got)
	}
}

// More than twelve, which a sort that is not stable would still leave in order.
func TestRescuesOfOneSizeStayInOrder(t *testing.T) {
	var events []timeline.Event
	var q timeline.Query
	for k := range 60 {
		topic := fmt.Sprint(k)
		for n := range 1 + k%3 {
			events = append(events, timeline.Event{ID: fmt.Sprintf("%d-%d", k, n), Date: fixture.Day("2024"), Title: topic, Topics: []string{topic}})
		}
		q = q.And(timeline.IsNot(timeline.TopicField, topic))
	}
	for k, r := range timeline.New(timeline.About{}, nil, events).Rescues(q) {
		if want := k%20*3 + 2 - k/20; r.Index != want || r.Shown != 3-k/20 {
			t.Errorf("rescue %d drops term %d and shows %d, want term %d", k, r.Index, r.Shown, want)
		}
	}
}

func TestHidesAddUpToWhatIsHidden(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct{ query, want string }{
		{``, ``},
		{`actor:kim`, `actor:kim 10`},
		{`actor:kim since:2024 status:confirmed`, `actor:kim 10, since:2024 1, status:confirmed 0`},
		{`status:confirmed since:2024 actor:kim`, `status:confirmed 9, since:2024 2, actor:kim 0`},
		{`-sources:0 sources:0`, `-sources:0 1, sources:0 11`},
	} {
		var said []string
		sum := 0
		q := fixture.Query(t, c.query)
		for _, h := range tl.Hides(q) {
			said = append(said, fmt.Sprintf("%s %d", h.Term, h.N))
			sum += h.N
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
		if hidden := tl.Len() - tl.Select(q).Len(); sum != hidden {
			t.Errorf("%s: the terms hide %d, in all %d are hidden", c.query, sum, hidden)
		}
	}
}

func TestHidesAddUpOnQueriesMadeUp(t *testing.T) {
	tl := fixture.Shipped(t)
	s := newSpeaker(tl)
	for range 300 {
		q := fixture.Query(t, s.query(0))
		sum := 0
		for _, h := range tl.Hides(q) {
			sum += h.N
		}
		if hidden := tl.Len() - tl.Select(q).Len(); sum != hidden {
			t.Errorf("%s: the terms hide %d, in all %d are hidden", q, sum, hidden)
		}
	}
}

func TestRescuesSayWhichTermToDrop(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct{ query, want string }{
		{`actor:kim status:disputed`, `drop 1 status:disputed: 2, drop 0 actor:kim: 1`},
		{`actor:nobody`, `drop 0 actor:nobody: 12`},
		{`actor:nobody topic:nothing`, ``}, // neither alone helps
		{`id:visit since:2024 has:quote`, `drop 0 id:visit: 1, drop 1 since:2024: 1`},
	} {
		var said []string
		q := fixture.Query(t, c.query)
		for _, r := range tl.Rescues(q) {
			said = append(said, fmt.Sprintf("drop %d %s: %d", r.Index, r.Term, r.Shown))
			if got := tl.Select(q.Without(r.Index)).Len(); got != r.Shown {
				t.Errorf("%s without %s shows %d, promised %d", q, r.Term, got, r.Shown)
			}
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.query, got, c.want)
		}
	}
}

// place:Russia shows what happened in Khasan, Russia; the tally counted only
// what is said to be in "Russia".
func TestChoosingAPlaceShowsItsCount(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture.Timeline(), fixture.Shipped(t)} {
		for _, c := range tl.Tally(timeline.PlaceField, timeline.Query{}) {
			if got := tl.Select(timeline.Query{}.And(timeline.Is(timeline.PlaceField, c.Value))).Len(); got != c.Shown {
				t.Errorf("place:%s shows %d, the tally said %d", c.Value, got, c.Shown)
			}
		}
	}
}

// A crash: an alias led to an actor whose own name folds to nothing, which no
// query can ask for.
func TestActorWhoseNameFoldsToNothingIsNobody(t *testing.T) {
	for _, name := range []string{"—", " ", "\u200b", "ʻ", ""} {
		tl := timeline.New(timeline.About{}, []timeline.Actor{{Name: name, Aliases: []string{"Dash"}}},
			[]timeline.Event{{ID: "a", Date: fixture.Day("2024"), Actors: []string{"Dash", name}}, {ID: "b", Date: fixture.Day("2024"), Actors: []string{name}}})
		if got := tallied(tl.Tally(timeline.ActorField, timeline.Query{})); got != "Dash 1/1" {
			t.Errorf("%q: tally %s, want Dash 1/1", name, got)
		}
		if p := tl.Pairs(tl.Select(timeline.Query{}), 10); p.Named != 1 || p.Of(0, 0).Events != 1 {
			t.Errorf("%q: %d actors named, want 1", name, p.Named)
		}
		if n := tl.Select(timeline.Query{}.And(timeline.Is(timeline.ActorField, name))).Len(); n != 0 {
			t.Errorf("%q: asking for it finds %d events, want 0", name, n)
		}
	}
}

// paired writes the pairs that any event names, with the id of the last.
func paired(tl *timeline.Timeline, p timeline.Pairs) string {
	var said []string
	for i, a := range p.Actors {
		for j, b := range p.Actors[i:] {
			pair := p.Of(i, i+j)
			if pair.Events == 0 {
				continue
			}
			last := "no day"
			if pair.Last >= 0 {
				last = tl.Event(pair.Last).ID
			}
			if j == 0 {
				said = append(said, fmt.Sprintf("%s %d %s", a, pair.Events, last))
				continue
			}
			said = append(said, fmt.Sprintf("%s + %s %d %s", a, b, pair.Events, last))
		}
	}
	return strings.Join(said, ", ")
}

func TestPairsSayWhoIsNamedWithWhom(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct {
		query string
		n     int
		want  string
	}{
		{``, 3, `North Korea 5 troops, North Korea + South Korea 1 troops, South Korea 3 troops, Kim Jong Un 2 treaty`},
		{`topic:summit`, 9, `Kim Jong Un 2 treaty, Kim Jong Un + Vladimir Putin 2 treaty, Vladimir Putin 2 treaty`},
		{`actor:kirby`, 2, `North Korea 1 cargo, North Korea + Russia 1 cargo, Russia 1 cargo`},
		{`(actor:kirby | id:troops)`, 1, `North Korea 2 troops`},
		{`id:rumour`, 9, ``},
		{``, 0, ``},
	} {
		if got := paired(tl, tl.Pairs(tl.Select(fixture.Query(t, c.query)), c.n)); got != c.want {
			t.Errorf("%q, %d actors:\n got %s\nwant %s", c.query, c.n, got, c.want)
		}
	}
}

// What the matrix says of two actors is what the filter that it writes shows.
func TestPairsAreWhatAFilterOnBothShows(t *testing.T) {
	tl := fixture.Shipped(t)
	for _, text := range []string{``, `since:2024-06`, `-topic:missile kind:official`, `actor:putin`} {
		q := fixture.Query(t, text)
		p := tl.Pairs(tl.Select(q), 30)
		if named := len(shownOf(tl.TallyUnder(timeline.ActorField, q))); p.Named != named || len(p.Actors) != min(30, named) {
			t.Fatalf("%q names %d actors, %d of them paired; want %d and at most 30", text, p.Named, len(p.Actors), named)
		}
		for i, a := range p.Actors {
			for j, b := range p.Actors {
				both := q.And(timeline.Is(timeline.ActorField, a), timeline.Is(timeline.ActorField, b))
				if got, want := p.Of(i, j), pairOf(tl, tl.Select(both)); got != want {
					t.Errorf("%s: got %+v, want %+v", both, got, want)
				}
			}
		}
	}
}

func shownOf(counts []timeline.Count) []timeline.Count {
	return slices.DeleteFunc(counts, func(c timeline.Count) bool { return c.Shown == 0 })
}

func pairOf(tl *timeline.Timeline, s timeline.Selection) timeline.Pair {
	p := timeline.Pair{Events: s.Len(), Last: -1}
	for _, i := range s.All() {
		if tl.Day(i) != edtf.Future {
			p.Last = i
		}
	}
	return p
}

// Events without a day come last, and must not pass for the last meeting; what
// lies at the end of a word of 64 events counts as well.
func TestLastOfAPairHasADay(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 128} {
		var events []timeline.Event
		for i := range n {
			events = append(events, timeline.Event{ID: fmt.Sprint(i), Date: fixture.Day(fmt.Sprintf("%04d", 1000+i)), Actors: []string{"A", "B"}})
		}
		events = append(events, timeline.Event{ID: "undated", Date: fixture.Day("../.."), Actors: []string{"A", "B"}})
		tl := timeline.New(timeline.About{}, nil, events)
		p := tl.Pairs(tl.Select(timeline.Query{}), 2)
		if got, want := p.Of(0, 1), (timeline.Pair{Events: n + 1, Last: n - 1}); got != want {
			t.Errorf("%d events with a day: got %+v, want %+v", n, got, want)
		}
		only := tl.Pairs(tl.Select(fixture.Query(t, "id:undated")), 2)
		if got, want := only.Of(0, 1), (timeline.Pair{Events: 1, Last: -1}); got != want {
			t.Errorf("the event without a day: got %+v, want %+v", got, want)
		}
	}
}
