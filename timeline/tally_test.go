package timeline_test

import (
	"fmt"
	"reflect"
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
		if all := tl.Companions(t.Context(), tl.Select(timeline.Query{}), "", nil); len(all) != 1 || all[0].Events != 1 {
			t.Errorf("%q: %v named, want one actor", name, all)
		}
		if n := tl.Select(timeline.Query{}.And(timeline.Is(timeline.ActorField, name))).Len(); n != 0 {
			t.Errorf("%q: asking for it finds %d events, want 0", name, n)
		}
	}
}

func TestCompanionsAreNamedTogether(t *testing.T) {
	tl := fixture.Timeline()
	year := []edtf.Day{edtf.DayOf(2023, 1, 1), edtf.DayOf(2024, 1, 1), edtf.DayOf(2025, 1, 1)}
	for _, c := range []struct{ query, actor, want string }{
		{`topic:summit`, `Kim Jong Un`, `Vladimir Putin 2 treaty [1 1]`},
		{`topic:summit`, ``, `Kim Jong Un 2 treaty [1 1], Vladimir Putin 2 treaty [1 1]`},
		{`actor:kirby`, `Russia`, `John Kirby 1 cargo [1 0], North Korea 1 cargo [1 0]`},
		{`actor:kirby`, `Kim Jong Un`, ``},
		{`id:rumour`, ``, ``},
	} {
		var said []string
		for _, with := range tl.Companions(t.Context(), tl.Select(fixture.Query(t, c.query)), c.actor, year) {
			said = append(said, fmt.Sprintf("%s %d %s %v", with.Name, with.Events, tl.Event(with.Last).ID, with.Bins))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%q of %q:\n got %s\nwant %s", c.actor, c.query, got, c.want)
		}
	}
}

// What is said of two actors is what a filter on both shows.
func TestCompanionsAreWhatAFilterOnBothShows(t *testing.T) {
	shared := timeline.New(timeline.About{}, []timeline.Actor{{Name: "Kim", Aliases: []string{"Leader"}}, {Name: "Lee", Aliases: []string{"Leader"}}, {Name: "Leader"}}, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Actors: []string{"Kim", "Ann"}}, {ID: "b", Date: fixture.Day("2024"), Actors: []string{"Leader", "Lee"}},
		{ID: "c", Date: fixture.Day("2024"), Actors: []string{"Lee", "Kim", "Ann"}},
	})
	for _, tl := range []*timeline.Timeline{fixture.Timeline(), fixture.Shipped(t), shared} {
		for _, text := range []string{``, `since:2024-06`, `-topic:missile kind:official`, `actor:putin`} {
			q := fixture.Query(t, text)
			all := shownOf(tl.TallyUnder(timeline.ActorField, q))
			for k, a := range append([]timeline.Count{{}}, all[:min(len(all), 12)]...) {
				of := q
				if k > 0 {
					of = q.And(timeline.Is(timeline.ActorField, a.Value))
				}
				got := make(map[string]timeline.Companion)
				for _, c := range tl.Companions(t.Context(), tl.Select(q), a.Value, nil) {
					got[c.Name] = c
				}
				for _, b := range all {
					if b.Value == a.Value {
						continue
					}
					both := of.And(timeline.Is(timeline.ActorField, b.Value))
					s, last := tl.Select(both), -1
					for _, i := range s.All() {
						if tl.Day(i) != edtf.Future {
							last = i
						}
					}
					if c := got[b.Value]; c.Events != s.Len() || c.Events > 0 && c.Last != last {
						t.Errorf("%s: got %+v, want %d, last %d", both, c, s.Len(), last)
					}
					delete(got, b.Value)
				}
				if len(got) > 0 {
					t.Errorf("%q has company that no event names: %v", a.Value, got)
				}
			}
		}
	}
}

func shownOf(counts []timeline.Count) []timeline.Count {
	return slices.DeleteFunc(counts, func(c timeline.Count) bool { return c.Shown == 0 })
}

// Events without a day come last, and must not pass for the last meeting.
func TestLastOfCompanionsHasADay(t *testing.T) {
	both := []string{"A", "B"}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{ID: "a", Date: fixture.Day("2024"), Actors: both}, {ID: "undated", Date: fixture.Day("../.."), Actors: both}})
	for query, want := range map[string]timeline.Companion{
		"": {Name: "B", Events: 2, Last: 0, Bins: []int{1}}, "id:undated": {Name: "B", Events: 1, Last: -1},
	} {
		got := tl.Companions(t.Context(), tl.Select(fixture.Query(t, query)), "A", []edtf.Day{edtf.DayOf(2024, 1, 1), edtf.DayOf(2025, 1, 1)})
		if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%q: got %+v, want %+v", query, got, want)
		}
	}
}
