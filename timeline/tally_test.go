package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
)

func tallied(counts []timeline.Count) string {
	var said []string
	for _, c := range counts {
		said = append(said, fmt.Sprintf("%s %d/%d", c.Value, c.Shown, c.All))
	}
	return strings.Join(said, ", ")
}

func TestTallyCountsUnderAllOtherFilters(t *testing.T) {
	tl := fixture()
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
		if got := tallied(tl.Tally(c.field, query(t, c.query))); got != c.want {
			t.Errorf("%s under %q:\n got %s\nwant %s", c.field, c.query, got, c.want)
		}
	}
}

// The picker promises a number beside each name; choosing it must keep that.
func TestChoosingAValueShowsItsCount(t *testing.T) {
	tl := shipped(t)
	fields := []timeline.Field{timeline.ActorField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.StatusField, timeline.OriginsField}
	for _, text := range []string{``, `since:2024-06`, `actor:putin`, `-topic:missile kind:official`, `(status:disputed | has:answer)`} {
		q := query(t, text)
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
	tl := fixture()
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
		term := query(t, c.query).Terms()[0]
		field, _ := term.Field()
		names := tl.Named(field, term.Values()[0])
		slices.Sort(names)
		if got := strings.Join(names, "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}

// An actor called "–" crashed the picker: it was tallied, and Is panics on a
// name that folds to nothing.
func TestWhateverIsTalliedCanBeAskedFor(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{
		ID: "a", Date: day("2024"), Actors: []string{"–", "'", "", "Kim"}, Places: []string{"-"}, Topics: []string{"—"},
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

func TestHidesAddUpToWhatIsHidden(t *testing.T) {
	tl := fixture()
	for _, c := range []struct{ query, want string }{
		{``, ``},
		{`actor:kim`, `actor:kim 10`},
		{`actor:kim since:2024 status:confirmed`, `actor:kim 10, since:2024 1, status:confirmed 0`},
		{`status:confirmed since:2024 actor:kim`, `status:confirmed 9, since:2024 2, actor:kim 0`},
		{`-sources:0 sources:0`, `-sources:0 1, sources:0 11`},
	} {
		var said []string
		sum := 0
		q := query(t, c.query)
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
	tl := shipped(t)
	s := newSpeaker(tl)
	for range 300 {
		q := query(t, s.query(0))
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
	tl := fixture()
	for _, c := range []struct{ query, want string }{
		{`actor:kim status:disputed`, `drop 1 status:disputed: 2, drop 0 actor:kim: 1`},
		{`actor:nobody`, `drop 0 actor:nobody: 12`},
		{`actor:nobody topic:nothing`, ``}, // neither alone helps
		{`id:visit since:2024 has:quote`, `drop 0 id:visit: 1, drop 1 since:2024: 1`},
	} {
		var said []string
		q := query(t, c.query)
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
