package timeline_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
	"dateline/timeline/text"
)

// checkSelect compares the fast path with the slow one for every event.
func checkSelect(t *testing.T, tl *timeline.Timeline, q timeline.Query) {
	t.Helper()
	selection := tl.Select(q)
	n := 0
	for i := range tl.Len() {
		want := q.Match(tl, i)
		k, got := selection.Has(i)
		if got != want || k != n {
			t.Errorf("%s: Select has %s: %t as number %d, Match says %t and %d", q, tl.Event(i).ID, got, k, want, n)
		}
		if want {
			n++
		}
	}
	if selection.Len() != n || selection.Uncertain > n {
		t.Errorf("%s: %d selected, %d of them uncertain; %d match", q, selection.Len(), selection.Uncertain, n)
	}
}

func TestSelectEqualsMatchOnTheTables(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture.Dated(), again(fixture.Timeline(), fixture.Register())} {
		for _, c := range queries {
			checkSelect(t, tl, fixture.Query(t, c.text))
		}
	}
}

func TestSelectEqualsMatchOnQueriesMadeUp(t *testing.T) {
	t.Parallel()
	checkMadeUp(t, marked(fixture.Dated()), 5000)
	checkMadeUp(t, marked(fixture.Shipped(t)), 1000)
	checkMadeUp(t, marked(again(fixture.Dated(), fixture.Register())), 2000)
}

// marked gives three of four events a mark.
func marked(tl *timeline.Timeline) *timeline.Timeline {
	marks := make(map[string]timeline.Tier)
	for i := range tl.Len() {
		marks[tl.Event(i).ID] = timeline.Tier(i % 4)
	}
	return tl.WithMargin(timeline.Margin{Marks: marks, Notes: map[string]string{tl.Event(1).ID: "a note"}})
}

func checkMadeUp(t *testing.T, tl *timeline.Timeline, n int) {
	t.Helper()
	s := newSpeaker(tl)
	some := 0
	for range n {
		text := s.query(0)
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		checkSelect(t, tl, checkRoundTrip(t, text, q))
		if k := tl.Select(q).Len(); 0 < k && k < tl.Len() {
			some++
		}
	}
	if some < n/3 {
		t.Errorf("of %d queries only %d select some events and hide others: they prove little", n, some)
	}
}

// checkRoundTrip holds that a query's text reads as the query.
func checkRoundTrip(t *testing.T, text string, q timeline.Query) timeline.Query {
	t.Helper()
	again, err := timeline.ParseQuery(q.String())
	if err != nil {
		t.Fatalf("%q prints %q: %v", text, q, err)
	}
	if again.String() != q.String() {
		t.Fatalf("%q prints %q, which prints %q", text, q, again)
	}
	return again
}

func FuzzQuery(f *testing.F) {
	for _, c := range queries {
		f.Add(c.text)
	}
	for _, c := range wrongQueries {
		f.Add(c.text)
	}
	f.Add("marked -marked:must,should (a | marked)")
	tl, stored := marked(fixture.Dated()), marked(again(fixture.Timeline(), fixture.Register()))
	f.Fuzz(func(t *testing.T, text string) {
		q, err := timeline.ParseQuery(text)
		var bad *timeline.QueryError
		if err != nil {
			if !errors.As(err, &bad) || bad.Column < 1 || bad.Column > utf8.RuneCountInString(text)+1 || bad.Reason == "" {
				t.Errorf("%q: the error is %#v", text, err)
			}
			return
		}
		again := checkRoundTrip(t, text, q)
		checkSelect(t, tl, q)
		checkSelect(t, stored, q)
		if got, want := fixture.IDs(tl, tl.Select(again)), fixture.IDs(tl, tl.Select(q)); got != want {
			t.Errorf("%q selects %q, its own text %q selects %q", text, want, q, got)
		}
	})
}

// A match is uncertain when the true date may lie outside what was asked.
func TestUncertainCountsMatchesThatMayLieOutside(t *testing.T) {
	tl := fixture.Dated()
	for _, c := range []struct {
		query, selected string
		uncertain       int
	}{
		{`since:2024-06-15 id:talks`, `talks`, 1}, // June, in mid-June
		{`since:2024-06 id:talks`, `talks`, 0},
		{`since:2024-06-01 id:talks`, `talks`, 0},
		{`until:2024-06-15 id:talks`, `talks`, 1},
		{`until:2024-06-30 id:talks`, `talks`, 0},
		{`on:2024-06-15 id:talks`, `talks`, 1},
		{`on:2024 id:talks`, `talks`, 0},
		{`on:2024-06-01/2024-06-30 id:talks`, `talks`, 0},
		{`on:2024-06-15,2024 id:talks`, `talks`, 0},
		{`since:2024-06-19 id:treaty`, `treaty`, 0}, // an interval certainly includes its last day
		{`on:2024-07 id:trade`, `trade`, 1},
		{`on:2024 id:rumour`, `rumour`, 1}, // qualified: perhaps not even that year
		{`-on:2023 id:rumour`, `rumour`, 1},
		{`-on:2023 id:shells`, `shells`, 1}, // approximate
		{`-on:2023 id:troops`, `troops`, 0}, // an open end is no doubt about the beginning
		{`-on:2023 id:talks`, `talks`, 0},
		{`since:2030`, `troops`, 0}, // open is no doubt: it goes on
		{`id:rumour`, `rumour`, 0},
		{`status:unverified`, `talks rumour`, 0},
		{`(since:2024-06-15 | status:unverified) id:talks`, `talks`, 0}, // matches in any case
		{`(since:2024-06-15 | status:confirmed) id:talks`, `talks`, 1},
		{`since:2024-06-15`, `trade talks treaty protest rumour troops`, 3},
	} {
		s := tl.Select(fixture.Query(t, c.query))
		if got := fixture.IDs(tl, s); got != c.selected || s.Uncertain != c.uncertain {
			t.Errorf("%s: got %q, %d uncertain; want %q, %d", c.query, got, s.Uncertain, c.selected, c.uncertain)
		}
	}
}

func TestParenthesesDoNotChangeWhatIsUncertain(t *testing.T) {
	tl := fixture.Dated()
	for _, pair := range [][2]string{{"-on:2023 id:rumour", "-(on:2023) id:rumour"}} {
		a, b := tl.Select(fixture.Query(t, pair[0])), tl.Select(fixture.Query(t, pair[1]))
		if a.Uncertain != b.Uncertain {
			t.Errorf("%s: %d uncertain; %s: %d", pair[0], a.Uncertain, pair[1], b.Uncertain)
		}
	}
}

// An event without a date matches no date, by either path.
func TestEventWithoutDateMatchesNoDate(t *testing.T) {
	tl := dated("none@", "2024")
	for _, text := range []string{"since:../2024", "until:2024/..", "on:2024", "since:2024", "-since:../2024"} {
		checkSelect(t, tl, fixture.Query(t, text))
	}
}

// needles are texts as a person types them on, letter by letter, and others.
func needles() []string {
	var all []string
	for _, text := range []string{"north korea", "treaty said", "kremlin", "e", "the", "김정은", "putin"} {
		for i := range text {
			if i > 0 {
				all = append(all, strings.TrimSpace(text[:i]))
			}
		}
		all = append(all, text)
	}
	return all
}

// Typing on looks only among what was found before; it finds the same.
func TestTextIsFoundAgainAsAtFirst(t *testing.T) {
	t.Parallel()
	for _, tl := range []*timeline.Timeline{fixture.Shipped(t), again(fixture.Shipped(t), shippedRegister(fixture.Shipped(t)))} {
		for _, needle := range needles() {
			q := timeline.Query{}.And(timeline.Is(timeline.TextField, needle))
			checkSelect(t, tl, q)
			checkSelect(t, tl, q)
		}
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tl := again(fixture.Dated(), fixture.Register())
	for _, text := range []string{"treaty", "/treaty/", "status:confirmed", "-(treaty | a)"} {
		if s, err := tl.Search(ctx, fixture.Query(t, text)); err == nil {
			t.Errorf("%s: %v is said to be complete", text, s)
		}
		checkSelect(t, tl, fixture.Query(t, text)) // and nothing false is remembered
	}
}

func TestSearchOnOneProcessorFindsAll(t *testing.T) {
	setWorkers(t, 1)
	tl := fixture.Dated()
	for text, want := range map[string]string{"promises": "treaty", "status:confirmed": "visit launch treaty", `/mutual/`: "treaty"} {
		if got, err := tl.Search(t.Context(), fixture.Query(t, text)); err != nil || fixture.IDs(tl, got) != want {
			t.Errorf("%s: got %q and %v, want %q", text, fixture.IDs(tl, got), err, want)
		}
	}
}

// A session of a day asks thousands of questions.
func TestCacheOfResultsIsBounded(t *testing.T) {
	tl := fixture.Dated()
	for n := range 3 * timeline.MaxCached {
		checkSelect(t, tl, fixture.Query(t, fmt.Sprintf("sources:>=%d -origins:%d", n%5, n)))
	}
	if got := timeline.Cached(tl); got != timeline.MaxCached {
		t.Errorf("got %d results, want %d", got, timeline.MaxCached)
	}
}

// Panes and searches share a timeline.
func TestTimelineIsSharedWithoutLocks(t *testing.T) {
	t.Parallel()
	tl := again(fixture.Shipped(t), nil)
	want := tl.Select(fixture.Query(t, "korea")).Len()
	var wait sync.WaitGroup
	for n := range 4 {
		wait.Go(func() {
			for i := range tl.Len() {
				if tl.Event((i+n*7)%tl.Len()).ID == "" {
					t.Error("an event has no id")
				}
				if i%10 == 0 {
					if got := tl.Select(fixture.Query(t, "korea")).Len(); got != want {
						t.Errorf("got %d, want %d", got, want)
					}
				}
			}
		})
	}
	wait.Wait()
}

// A speaker makes up queries about a timeline by the grammar of ParseQuery.
type speaker struct {
	*rand.Rand
	names map[timeline.Field][]string
	words []string // of titles
}

func newSpeaker(tl *timeline.Timeline) *speaker {
	s := &speaker{Rand: rand.New(rand.NewPCG(2023, 2024)), names: make(map[timeline.Field][]string)}
	for _, f := range []timeline.Field{timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.PublisherField, timeline.OriginField, timeline.SaidField, timeline.StatusField} {
		for _, c := range tl.Tally(f, timeline.Query{}) {
			s.names[f] = append(s.names[f], c.Value)
		}
	}
	for _, name := range s.names[timeline.ActorField] {
		a := tl.Actor(name)
		s.names[timeline.ActorField] = append(s.names[timeline.ActorField], a.Names()[1:]...)
	}
	for i := range tl.Len() {
		s.names[timeline.IDField] = append(s.names[timeline.IDField], tl.Event(i).ID)
		s.words = append(s.words, strings.Fields(tl.Event(i).Title)...)
	}
	return s
}

func (s *speaker) field(fields ...timeline.Field) timeline.Field { return fields[s.IntN(len(fields))] }

func (s *speaker) pick(words ...string) string { return words[s.IntN(len(words))] }

// query says one to three terms, now and then with an alternative.
func (s *speaker) query(depth int) string {
	var terms []string
	for range 1 + s.IntN(3) {
		terms = append(terms, s.term(depth))
	}
	said := strings.Join(terms, " ")
	if s.IntN(4) == 0 {
		said += " | " + s.term(depth)
	}
	return said
}

func (s *speaker) term(depth int) string {
	not := s.pick("", "", "", "-", "!")
	if depth < 3 && s.IntN(5) == 0 {
		return not + "(" + s.query(depth+1) + ")"
	}
	if s.IntN(20) == 0 {
		return not + "marked"
	}
	f := s.pick("", "", "actor", "place", "topic", "kind", "publisher", "origin", "said", "status", "since", "until", "before", "after", "on", "known", "known", "sources", "origins", "has", "title", "quote", "role", "url", "file", "marked", "id")
	values := []string{s.value(f)}
	for s.IntN(3) == 0 {
		values = append(values, s.value(f))
	}
	if f == "" {
		return not + strings.Join(values, ",")
	}
	if s.IntN(4) == 0 {
		return not + f + ":(" + strings.Join(values, s.pick(",", "|", " , ", " | ")) + ")"
	}
	return not + f + ":" + strings.Join(values, ",")
}

func (s *speaker) value(f string) string {
	switch f {
	case "actor":
		return s.name(timeline.ActorField)
	case "place":
		return s.name(timeline.PlaceField)
	case "topic":
		return s.name(timeline.TopicField)
	case "publisher":
		return s.name(timeline.PublisherField)
	case "origin":
		return s.name(timeline.OriginField)
	case "said":
		return s.name(s.field(timeline.SaidField, timeline.ActorField))
	case "role":
		return s.pick("president", "leader", "foreign", "of")
	case "url":
		return s.pick("kremlin.example", "reuters", "https://kcna", "1", "example/2", "x")
	case "file":
		return s.pick("events", "test.json", "x")
	case "kind":
		return quote(s.pick(s.names[timeline.KindField]...))
	case "status":
		return quote(s.pick(s.names[timeline.StatusField]...))
	case "id":
		return quote(s.pick(s.names[timeline.IDField]...))
	case "has":
		return s.pick("answer", "caveat", "quote", "archive", "uncertain")
	case "marked":
		return s.pick("must", "should", "could")
	case "sources", "origins":
		return fmt.Sprintf("%s%d", s.pick("", "=", "<", "<=", ">", ">= ", "≥", "0..", "..", "0-"), s.IntN(8))
	case "since", "until", "before", "after", "on", "known":
		if s.IntN(8) == 0 {
			return s.pick("-30d", "june", `"last year"`, "19 june", "today", "2023-10..june", "fri", "October 14, 2023")
		}
		return s.date()
	}
	return s.text()
}

// name says a name, or some of its words, or the beginning of one.
func (s *speaker) name(f timeline.Field) string {
	name := s.pick(s.names[f]...)
	switch s.IntN(3) {
	case 0:
		words := strings.Fields(name)
		name = strings.Join(words[s.IntN(len(words)):], " ")
	case 1:
		r := []rune(name)
		name = string(r[:1+s.IntN(len(r))])
	}
	return quote(name)
}

func (s *speaker) text() string {
	word := s.pick(s.words...)
	if s.IntN(4) == 0 {
		return "/" + s.pick("^the", `\bkim\b`, "[0-9]{4}", "ru.*ko", "к.м", `\d+ (tons|days)`, "$", "sanc[a-z]+", "(treaty|visit)s?", "k+im", "(?:ru){1,2}", "(łódź|orte)", "ки[мн]", "tre{2,}", "(a|treaty)") + "/"
	}
	if text.Fold(word) == "" {
		word = "x"
	}
	return quote(word)
}

func (s *speaker) date() string {
	d := fmt.Sprintf("%d", 2023+s.IntN(2))
	switch s.IntN(6) {
	case 0:
		return d + s.pick("", "-10..")
	case 1:
		return d + "-2" + s.pick("1", "2", "3", "4")
	case 2:
		return fmt.Sprintf("%s-%02d", d, 1+s.IntN(12))
	case 3:
		return fmt.Sprintf("%s-%02d-%02d/..", d, 1+s.IntN(12), 1+s.IntN(28))
	case 4:
		return fmt.Sprintf("../%s-%02d~", d, 1+s.IntN(12))
	}
	return fmt.Sprintf("%s-%02d-%02d", d, 1+s.IntN(12), 1+s.IntN(28))
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// A text that begins each event's is found in each.
func TestTextAtTheBeginningOfAnEventIsFound(t *testing.T) {
	var events []timeline.Event
	for n, title := range []string{"Alpha", "alpha beta", "Beta", "Alpha", "a", "alphabet"} {
		events = append(events, timeline.Event{ID: fmt.Sprintf("e%d", n), Date: fixture.Day("2024"), Title: title})
	}
	stored, _ := indexed(timeline.About{}, nil, events)
	for _, tl := range []*timeline.Timeline{timeline.New(timeline.About{}, nil, events), stored} {
		for text, want := range map[string]string{"alpha": "e0 e1 e3 e5", "a": "e0 e1 e2 e3 e4 e5", "beta": "e1 e2", "alphabet": "e5"} {
			if got := fixture.IDs(tl, tl.Select(timeline.Query{}.And(timeline.Is(timeline.TextField, text)))); got != want {
				t.Errorf("%s is found in %s, want %s", text, got, want)
			}
		}
	}
}

// A regular expression finds less than its text does, which folds: its events were
// no narrower search for that.
func TestRegexpDoesNotNarrowASearch(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture.Dated(), again(fixture.Timeline(), fixture.Register())} {
		if n := tl.Select(fixture.Query(t, "/cafe/")).Len(); n != 0 {
			t.Fatalf("/cafe/ finds %d events, want none", n)
		}
		if got := fixture.IDs(tl, tl.Select(fixture.Query(t, "cafe"))); got != "denial" {
			t.Errorf("cafe is found in %q, want denial", got)
		}
	}
}
