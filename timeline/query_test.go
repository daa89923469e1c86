package timeline_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
	"dateline/timeline/text"
)

// queries are queries of every kind, in the form in which String writes them
// (empty: just so), with the events of the fixture that they select.
var queries = []struct{ text, canonical, ids string }{
	// Names: any of them, any spelling, any script, whole before part.
	{`actor:"Kim Jong Un"`, ``, `visit treaty`},
	{`actor:"kim jong-un"`, ``, `visit treaty`},
	{`actor:"KIM  JONG UN"`, ``, `visit treaty`},
	{`actor:김정은`, ``, `visit treaty`},
	{`actor:"김 정은"`, ``, `visit treaty`},
	{`actor:정은`, ``, `visit treaty`},
	{`actor:"Ким Чен Ын"`, ``, `visit treaty`},
	{`actor:putin`, ``, `visit treaty`},
	{`actor:vlad`, ``, `visit treaty`},
	{`actor:utin`, ``, ``},
	{`actor:"Choe Son Hui"`, ``, `talks`},
	{`actor:"Ch'oe Son-hui"`, ``, `talks`},
	{`actor:DPRK`, ``, `cargo launch winter trade troops`},
	{`actor:КНДР`, ``, `cargo launch winter trade troops`},
	{`actor:russia`, ``, `cargo trade`},
	{`actor:"of Russia"`, ``, `denial`},
	{`actor:korea`, ``, `cargo launch winter trade shells protest troops`},
	{`actor:kirby`, ``, `cargo`},
	{`Actor:kirby`, `actor:kirby`, `cargo`},
	{`actor:kim,kirby`, ``, `visit cargo treaty`},
	{`actor:kim|kirby`, `actor:kim,kirby`, `visit cargo treaty`},
	{`actor:(kim|kirby)`, `actor:kim,kirby`, `visit cargo treaty`},
	{`actor:( kim , "of Russia" )`, `actor:kim,"of Russia"`, `visit denial treaty`},
	{`-actor:korea`, ``, `visit denial talks treaty rumour`},
	{`!actor:korea,kim`, `-actor:korea,kim`, `denial talks rumour`},
	{`place:Moscow`, ``, `denial talks`},
	{`place:Russia`, ``, `visit denial talks troops`},
	{`place:"Moscow, Russia"`, ``, `denial talks`},
	{`place:"North Korea"`, ``, `cargo launch treaty`},
	{`place:cosmodrome`, ``, `visit`},
	{`place:tuman`, ``, `winter`},
	{`topic:treaty`, ``, `treaty protest`},
	{`topic:arms`, ``, `cargo denial shells`},
	{`topic:"arms transfer"`, ``, `cargo denial shells`},
	{`topic:(summit|missile)`, `topic:summit,missile`, `visit launch treaty`},
	{`publisher:kcna`, ``, `visit launch treaty`},
	{`publisher:"conflict armament"`, ``, `shells`},
	{`publisher:38`, ``, `winter`},

	{`origin:kcna`, ``, `visit launch treaty`},
	{`origin:"White House"`, ``, `cargo`},
	{`origin:reuters`, ``, `treaty`},
	{`said:putin`, ``, `treaty`},
	{`said:김정은`, ``, `visit`},
	{`said:lavrov,putin`, ``, `denial treaty`},
	{`role:president`, ``, `visit treaty`},
	{`role:korean`, ``, `visit treaty`},

	// Parts of the text.
	{`title:treaty`, ``, `treaty`},
	{`title:/^a /`, ``, `launch treaty`},
	{`quote:proof`, ``, `denial`},
	{`quote:"MUTUAL help",moment`, ``, `visit treaty`},
	{`quote:/^a crucial/`, ``, `visit`},
	{`-quote:proof has:quote`, ``, `visit treaty`},
	{`url:kcna.example`, ``, `visit launch treaty`},
	{`url:yna.example/3`, ``, `treaty protest`},
	{`url:https://kremlin.example/1`, `url:"https://kremlin.example/1"`, `visit`},
	{`url:na.example`, ``, ``},

	// Words of few values.
	{`kind:official`, ``, `visit cargo launch treaty`},
	{`kind:un,ngo`, ``, `protest troops`},
	{`kind:"State Media"`, `kind:state-media`, `visit denial launch treaty`},
	{`kind:dataset,imagery,social,other,broadcast,news`, ``, `trade shells talks troops`},
	{`-kind:wire,research`, ``, `denial trade talks rumour troops`},
	{`status:confirmed`, ``, `visit launch treaty`},
	{`status:CNF,dsp`, `status:confirmed,disputed`, `visit denial launch treaty`},
	{`status:alleged,claimed,unverified`, ``, `cargo shells talks rumour troops`},
	{`status:"not stated"`, ``, `trade`},
	{`-status:reported`, ``, `visit cargo denial launch trade shells talks treaty rumour troops`},
	{`has:answer`, ``, `cargo denial treaty protest`},
	{`has:caveat`, ``, `cargo trade`},
	{`has:quote`, ``, `visit denial treaty`},
	{`has:Archive`, `has:archive`, `visit treaty`},
	{`has:uncertain`, ``, `shells rumour`},
	{`-has:answer has:quote`, ``, `visit`},
	{`id:treaty`, ``, `treaty`},
	{`id:treaty,visit,nothing`, ``, `visit treaty`},

	// Dates match by overlap; of since and until the near end counts.
	{`since:2024-06-19`, ``, `trade talks treaty protest rumour troops`},
	{`since:2024-06`, ``, `trade talks treaty protest rumour troops`},
	{`since:2024-10-09`, ``, `trade rumour troops`},
	{`since:2030`, ``, `troops`},
	{`until:2023-10-13`, ``, `visit cargo`},
	{`until:2023-12`, ``, `visit cargo denial launch winter`},
	{`until:2023`, ``, `visit cargo denial launch winter`},
	{`on:2023-09-15`, ``, `visit`},
	{`on:2024-02`, ``, `winter trade shells`},
	{`on:2024-02-29,2024-03-01`, ``, `winter trade shells`},
	{`on:2023`, ``, `visit cargo denial launch winter`},
	{`on:2023-23`, ``, `visit cargo denial launch`},
	{`on:2023-10-14/2023-11`, ``, `denial launch`},
	{`on:2024-10-08/..`, ``, `trade rumour troops`},
	{`since:2023-10 until:2023-11`, ``, `cargo denial launch`},
	{`-since:2024`, ``, `visit cargo denial launch`},

	{`before:2023-10-13`, ``, `visit`},
	{`after:2024-06-20`, ``, `trade talks rumour troops`},
	{`after:2023-10 before:2024`, ``, `launch winter`},
	{`before:../2024`, ``, ``},
	{`date:2023-11`, `on:2023-11`, `launch`},
	{`date<2023-10-13`, `before:2023-10-13`, `visit`},
	{`date <= 2023-10-13`, `until:2023-10-13`, `visit cargo`},
	{`date>=2024-10-09`, `since:2024-10-09`, `trade rumour troops`},
	{`on:>2024-06-20`, `after:2024-06-20`, `trade talks rumour troops`},
	{`since:19 June 2024`, `since:2024-06-19`, `trade talks treaty protest rumour troops`},
	{`since:"June 2024"`, `since:2024-06`, `trade talks treaty protest rumour troops`},
	{`on:june`, ``, `trade talks treaty protest`}, // the last event is of 8 October 2024
	{`on:june 2024`, `on:2024-06`, `trade talks treaty protest`},
	{`on:"june" 2024`, `on:june "2024"`, ``},
	{`on:december`, ``, `winter`},
	{`since:-1m`, ``, `trade rumour troops`},
	{`since:2 weeks ago -trade`, `since:-2w -trade`, `rumour troops`},
	{`on:yesterday`, ``, `trade rumour`},
	{`date:2023-10..2023-11`, `on:2023-10/2023-11`, `cargo denial launch`},
	{`on:november..`, ``, `launch winter trade shells talks treaty protest rumour troops`},

	// What was known by a day: an event that is over or reported, and its dated sources.
	{`known:2023-09-16`, ``, ``},
	{`known:2023-09-17`, ``, `visit`},
	{`known:2023-10-13`, ``, `visit cargo`}, // KCNA's report is of September, no day stated
	{`known:2023-12-30`, ``, `visit cargo denial`},
	{`known:2023`, ``, `visit cargo denial winter`},
	{`known:2024-10-08`, ``, `visit cargo denial winter treaty`},
	{`known:2024-10`, ``, `visit cargo denial winter treaty troops`}, // of an open end the beginning counts
	{`known:2024-10 sources:1`, ``, `denial winter troops`},
	{`sources:2 known:2024-06`, ``, `visit cargo treaty`},
	{`known:2024-06-19 sources:2`, ``, `visit cargo`},
	{`known:2024-06-19 kind:wire`, ``, `cargo`},
	{`known:2023-09-29 quote:moment`, ``, ``},
	{`known:2023-09-30 quote:moment`, ``, `visit`},
	{`known:2024-06 (sources:>=2 | origin:tass)`, ``, `visit cargo denial treaty`},
	{`(known:2023-10 sources:1 | topic:troops)`, ``, `denial troops`},
	{`-known:2024`, ``, `launch trade shells talks protest rumour`},
	{`known:2023-10-13,2024-06-20 sources:1`, ``, `denial winter treaty`},

	// Numbers.
	{`sources:3`, ``, `visit launch shells troops`},
	{`sources:=3`, `sources:3`, `visit launch shells troops`},
	{`sources:>=3`, ``, `visit launch shells treaty troops`},
	{`sources:>3`, ``, `treaty`},
	{`sources:<=1`, ``, `denial winter talks rumour`},
	{`sources:<1`, ``, `rumour`},
	{`sources:0,4`, ``, `treaty rumour`},
	{`sources>3`, `sources:>3`, `treaty`},
	{`sources >= 3`, `sources:>=3`, `visit launch shells treaty troops`},
	{`sources≥3`, `sources:>=3`, `visit launch shells treaty troops`},
	{`origins=2`, `origins:2`, `visit trade shells protest`},
	{`-origins<2`, `-origins:<2`, `visit launch trade shells treaty protest troops`},
	{`sources:3..5`, ``, `visit launch shells treaty troops`},
	{`sources:3–5`, `sources:3..5`, `visit launch shells treaty troops`},
	{`sources:4..`, `sources:>=4`, `treaty`},
	{`sources:..1`, `sources:<=1`, `denial winter talks rumour`},
	{`"sources>3"`, ``, ``},
	{`sources ">3"`, `sources ">3"`, ``},
	{`sources:>=02`, `sources:>=2`, `visit cargo launch trade shells treaty protest troops`},
	{`origins:2`, ``, `visit trade shells protest`},
	{`origins:<2`, ``, `cargo denial winter talks rumour`},
	{`-origins:>=2`, ``, `cargo denial winter talks rumour`},

	// Free text: title, summary, actors by all names, places, publishers, quotations.
	{`cosmodrome`, ``, `visit`},
	{`"mutual help"`, ``, `treaty`},
	{`Kharkiv`, ``, `shells`},
	{`путин`, ``, `visit treaty`},
	{`"ким чен ын"`, ``, `visit treaty`},
	{`cafe`, ``, `denial`},
	{`tass`, ``, `denial`},
	{`baseless,threat`, ``, `denial protest`},
	{`baseless | threat`, `(baseless | threat)`, `denial protest`},
	{`-korea`, ``, `visit denial talks rumour`},
	{`!korea -moscow`, `-korea -moscow`, `visit rumour`},
	{`"-korea"`, ``, `cargo launch winter trade shells treaty protest troops`},
	{`said`, ``, `visit cargo denial launch shells troops`},
	{`"kremlin said"`, ``, `visit`},
	{`/sea and rail|^seoul/`, ``, `cargo protest`},
	{`/KREML[IV]N/`, ``, `visit treaty`},
	{`-/[aeiou]t/`, ``, `winter talks`},
	{`/a\/b/,orbit`, ``, `launch`},
	{`"since:2024"`, ``, ``},
	{`"a \"quoted\" \\ word"`, ``, ``},

	// Terms together.
	{``, ``, `visit cargo denial launch winter trade shells talks treaty protest rumour troops`},
	{"  \t ", ``, `visit cargo denial launch winter trade shells talks treaty protest rumour troops`},
	{`actor:kim status:confirmed since:2024`, ``, `treaty`},
	{`(topic:summit | status:disputed) kind:official`, ``, `visit treaty`},
	{`topic:summit | status:disputed kind:official`, `(topic:summit | status:disputed kind:official)`, `visit treaty`},
	{`topic:treaty|status:disputed`, `(topic:treaty | status:disputed)`, `denial treaty protest`},
	{`topic:treaty|-korea`, `(topic:treaty | -korea)`, `visit denial talks treaty protest rumour`},
	{`topic:treaty|!korea`, `(topic:treaty | -korea)`, `visit denial talks treaty protest rumour`},
	{`-(topic:treaty | place:Russia)`, ``, `cargo launch winter trade shells rumour`},
	{`-(-(kim))`, ``, `visit treaty`},
	{`((kim))`, `(kim)`, `visit treaty`},
	{`(a | (sources:0 | (id:visit -korea)))`, ``, `visit cargo denial launch winter trade shells talks treaty protest rumour troops`},
	{`kim"jong un"`, `kim "jong un"`, `visit treaty`},
}

func TestQuerySelectsWhatItSays(t *testing.T) {
	tl := fixture.Dated()
	for _, c := range queries {
		q, err := timeline.ParseQuery(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := fixture.IDs(tl, tl.Select(q)); got != c.ids {
			t.Errorf("%s selects %q, want %q", c.text, got, c.ids)
		}
	}
}

func TestQueryPrintsWhatParsesToTheSame(t *testing.T) {
	for _, c := range queries {
		want := c.canonical
		if want == "" {
			want = strings.TrimSpace(c.text)
		}
		got := fixture.Query(t, c.text).String()
		if got != want {
			t.Errorf("%s prints %s, want %s", c.text, got, want)
		}
		if again := fixture.Query(t, got).String(); again != got {
			t.Errorf("%s prints %s, which prints %s", c.text, got, again)
		}
	}
}

// wrongQueries are no queries: the column, and a part of the reason and of the
// advice.
var wrongQueries = []struct {
	text        string
	column      int
	reason, try string
}{

	{`actr:kim`, 1, `unknown field actr`, `did you mean actor?`},
	{`kim actr:kim`, 5, `unknown field actr`, `did you mean actor?`},
	{`-actr:kim`, 2, `unknown field actr`, `did you mean actor?`},
	{`김정은 placd:x`, 5, `unknown field placd`, `did you mean place?`},
	{`(kim | stat:x)`, 8, `unknown field stat`, `did you mean status?`},
	{`colour:red`, 1, `unknown field colour`, `the fields are actor, place, topic, kind, publisher, origin, said, status, since, until, before, after, on, known, sources, origins, has, `},
	{`https://example.org`, 1, `unknown field https`, `put text with a colon in quotes`},
	{`status:confimed`, 8, `unknown status confimed`, `did you mean confirmed?`},
	{`status:true`, 8, `unknown status true`, `use one of not stated, confirmed, reported, claimed, alleged, disputed, unverified`},
	{`status:confirmed,reportd`, 18, `unknown status reportd`, `did you mean reported?`},
	{`kind:offical`, 6, `unknown kind of source offical`, `did you mean official?`},
	{`kind:"not stated"`, 6, `unknown kind of source not stated`, `use one of official, state-media`},
	{`has:answers`, 5, `unknown value of has: answers`, `did you mean answer?`},
	{`has:denial`, 5, `unknown value of has: denial`, `use one of answer, caveat, quote, archive, note, uncertain`},
	{`since:soon`, 7, `this is no date`, `write 2024-06-19, 19 June 2024, june, fri, today or -30d`},
	{`since:3/4/2024`, 7, `this may be 2024-04-03 or 2024-03-04`, ``},
	{`since:30d`, 7, `30d may be ahead or back`, `write since:-30d or since:+30d`},
	{`on:june..kim`, 4, `this is no date`, ``},
	{`on:..`, 4, `this is no date`, `2024-06`},
	{`sources:5..3`, 9, `5..3 ends before it begins`, `write sources:3..5`},
	{`sources > many`, 9, `sources: needs a number, not > many`, `sources:>=2`},
	{`sources:many`, 9, `sources: needs a number, not many`, `for example sources:>=2`},
	{`sources:>=`, 9, `sources: needs a number, not >=`, `sources:>=2`},
	{`origins:=>2`, 9, `origins: needs a number, not =>2`, `for example origins:>=2`},
	{`origins:1.5`, 9, `origins: needs a number, not 1.5`, `origins:>=2`},
	{`sources:99999999999999999999`, 9, `needs a number`, `sources:>=2`},
	{`sources:-1`, 9, `needs a number, not -1`, `sources:>=2`},
	{`actor:`, 7, `actor: needs a value`, `for example actor:"two words"`},
	{`actor: kim`, 7, `actor: needs a value`, `for example`},
	{`actor:kim,`, 11, `actor: needs a value`, `for example`},
	{`actor:(kim|)`, 12, `actor: needs a value`, `for example`},
	{`actor:""`, 7, `actor: needs a value`, `for example`},
	{`actor:"'"`, 7, `actor: needs a name`, `for example`},
	{`actor:(kim`, 7, `this ( is not closed`, ``},
	{`id:`, 4, `id: needs a value`, `for example id:`},
	{`kim (`, 5, `this ( is not closed`, ``},
	{`(kim | un`, 1, `this ( is not closed`, ``},
	{`kim)`, 4, `unmatched )`, ``},
	{`-()`, 2, `these parentheses are empty`, ``},
	{`kim |`, 6, `a term is missing beside |`, `to search for the sign itself, write "|"`},
	{`| kim`, 1, `a term is missing beside |`, ``},
	{`kim || un`, 6, `a term is missing beside |`, ``},
	{`kim "jong un`, 5, `this quotation mark is not closed`, ``},
	{`a /kim`, 3, `this regular expression has no closing /`, `put a path in quotes`},
	{`a /k(im/`, 3, `missing closing )`, `RE2`},
	{`//`, 1, `nothing to search for`, ``},
	{`-`, 2, `nothing to search for`, ``},
	{`kim !`, 6, `nothing to search for`, ``},
	{`,kim`, 1, `nothing to search for`, ``},
	{`kim,`, 5, `nothing to search for`, ``},
	{`""`, 1, `nothing to search for`, ``},
	{`a "–"`, 3, `nothing to search for`, ``},
	{strings.Repeat("(", 51) + "a" + strings.Repeat(")", 51), 52, `nested too deeply`, ``},
}

func TestWrongQuerySaysWhereAndWhatWouldBeRight(t *testing.T) {
	for _, c := range wrongQueries {
		q, err := timeline.ParseQuery(c.text)
		var bad *timeline.QueryError
		if !errors.As(err, &bad) {
			t.Errorf("%s: got %s and error %v, want a *QueryError", c.text, q, err)
			continue
		}
		if bad.Column != c.column || !strings.Contains(bad.Reason, c.reason) || !strings.Contains(bad.Try, c.try) {
			t.Errorf("%s: got column %d, %q, %q; want column %d, %q, %q", c.text, bad.Column, bad.Reason, bad.Try, c.column, c.reason, c.try)
		}
		if !strings.HasPrefix(err.Error(), fmt.Sprintf("filter, column %d: ", c.column)) {
			t.Errorf("%s: the error reads %q", c.text, err)
		}
		if !q.Empty() {
			t.Errorf("%s: got query %s beside an error", c.text, q)
		}
	}
}

func TestQueryErrorIsOneCleanLine(t *testing.T) {
	_, err := timeline.ParseQuery("status:\"\x1b]0;x\a\u202e\n\"")
	if got := err.Error(); got != text.Clean(got) {
		t.Errorf("got %q", got)
	}
}

func TestFiftyParenthesesNest(t *testing.T) {
	s := strings.Repeat("(", 50) + "a" + strings.Repeat(")", 50)
	if _, err := timeline.ParseQuery(s); err != nil {
		t.Error(err)
	}
}

func TestWrongDateIsPointedAtWhereItGoesWrong(t *testing.T) {
	_, err := timeline.ParseQuery("kim since:2024-13")
	if got := err.(*timeline.QueryError); got.Column != 16 || strings.Contains(got.Reason, "column") {
		t.Errorf("got %v, want column 16 and no other", got)
	}
}

func TestFieldAmongValuesIsAMistake(t *testing.T) {
	for _, text := range []string{`actor:kim,status:disputed`, `actor:kim|statsu:disputed`, `topic:(a|kind:wire)`} {
		if q, err := timeline.ParseQuery(text); err == nil {
			t.Errorf("%s reads as %s", text, q)
		}
	}
}

func TestValuesInParenthesesNeedASignBetween(t *testing.T) {
	_, err := timeline.ParseQuery("actor:(kim putin)")
	if got := err.(*timeline.QueryError); got.Column != 12 || strings.Contains(got.Reason, "not closed") {
		t.Errorf("got %v, want column 12 and word of a comma", got)
	}
}

// A crash: a regular expression was checked as typed and compiled as composed,
// where U+212A is K: from k to K is no range.
func TestRegexpThatIsWrongOnceComposedIsRefused(t *testing.T) {
	for _, text := range []string{"/[k-\u212a]/", "/x[\u212b-\u00c4]/", "/a{1\u037e2}[z-\u2126]/"} {
		if q, err := timeline.ParseQuery(text); err == nil {
			fixture.Dated().Select(q)
		}
	}
	if _, err := timeline.ParseQuery("/[k-\u212a]/"); err == nil || !strings.Contains(err.Error(), "invalid character class range") {
		t.Errorf("from k to the kelvin sign: error %v, want an invalid range", err)
	}
}

// A chip on screen is a term; keys and pickers edit terms, never text.

func TestAndAddsTermsAndLeavesTheQueryAlone(t *testing.T) {
	q := fixture.Query(t, "actor:kim since:2024")
	longer := q.And(timeline.IsNot(timeline.TopicField, "missile"), timeline.Is(timeline.StatusField, "CNF", "not stated"))
	if got, want := longer.String(), `actor:kim since:2024 -topic:missile status:confirmed,"not stated"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	other := q.And(timeline.Is(timeline.PlaceField, "Moscow, Russia"))
	if got, want := other.String(), `actor:kim since:2024 place:"Moscow, Russia"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := q.String(), "actor:kim since:2024"; got != want {
		t.Errorf("the query itself became %s, want %s", got, want)
	}
}

func TestWithoutDropsOneTerm(t *testing.T) {
	q := fixture.Query(t, "actor:kim (a | b) since:2024")
	for i, want := range []string{"(a | b) since:2024", "actor:kim since:2024", "actor:kim (a | b)"} {
		if got := q.Without(i).String(); got != want {
			t.Errorf("without term %d: got %s, want %s", i, got, want)
		}
	}
	if got := q.String(); got != "actor:kim (a | b) since:2024" {
		t.Errorf("the query itself became %s", got)
	}
}

func TestWithoutFieldDropsItsTermsButNoGroup(t *testing.T) {
	for _, c := range []struct {
		text  string
		field timeline.Field
		want  string
	}{
		{"actor:kim topic:a -actor:lee", timeline.ActorField, "topic:a"},
		{"actor:kim (actor:lee | b)", timeline.ActorField, "(actor:lee | b)"},
		{"actor:kim", timeline.PlaceField, "actor:kim"},
		{"(a | b)", timeline.ActorField, "(a | b)"},
		{"kim -lee actor:choe", timeline.TextField, "actor:choe"},
		{"", timeline.ActorField, ""},
	} {
		if got := fixture.Query(t, c.text).WithoutField(c.field).String(); got != c.want {
			t.Errorf("%s without %s: got %s, want %s", c.text, c.field, got, c.want)
		}
	}
}

func TestValuesTellsWantedFromExcluded(t *testing.T) {
	for _, c := range []struct {
		text             string
		field            timeline.Field
		wanted, excluded []string
	}{
		{`actor:"Kim Jong Un",putin -actor:lee actor:choe`, timeline.ActorField, []string{"Kim Jong Un", "putin", "choe"}, []string{"lee"}},
		{`status:CNF -status:"not stated"`, timeline.StatusField, []string{"confirmed"}, []string{"not stated"}},
		{`kind:"State Media"`, timeline.KindField, []string{"state-media"}, nil},
		{`(actor:kim | actor:lee)`, timeline.ActorField, nil, nil},
		{`topic:a`, timeline.ActorField, nil, nil},
	} {
		wanted, excluded := fixture.Query(t, c.text).Values(c.field)
		if !slices.Equal(wanted, c.wanted) || !slices.Equal(excluded, c.excluded) {
			t.Errorf("%s, %s: got %q and %q, want %q and %q", c.text, c.field, wanted, excluded, c.wanted, c.excluded)
		}
	}
}

func TestTermKnowsItsFieldUnlessItIsAGroup(t *testing.T) {
	terms := fixture.Query(t, "-actor:kim (a | b) word").Terms()
	for i, want := range []struct {
		field timeline.Field
		ok    bool
	}{{timeline.ActorField, true}, {0, false}, {timeline.TextField, true}} {
		got, ok := terms[i].Field()
		if ok != want.ok || ok && got != want.field {
			t.Errorf("%s: got %q, %t, want %q, %t", terms[i], got, ok, want.field, want.ok)
		}
	}
}

func TestQueryIsDatedWhereverItAsksAboutDates(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "kim": false, "id:2024": false, "since:2024": true, "-until:2024": true,
		"on:2024": true, "(a | b)": false, "(a | -(b on:2024))": true,
	} {
		if got := fixture.Query(t, text).Dated(); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

// Whatever a picker shows must survive the trip through text.
func TestAnyNameInATermSurvivesAsText(t *testing.T) {
	for _, name := range []string{
		"Kim", "Kim Jong Un", "-x", "!x", "/x/", `"x"`, `a\b`, `\`, "a,b", "a|b", "(a)", "a:b", "since:2024",
		"«x»", "김정은", "a\u00a0b", "x–y", "O’Neil", "AT&T", "a  b", "50%", "#1", "'x'", "…",
	} {
		q := timeline.Query{}.And(timeline.Is(timeline.ActorField, name, "other"), timeline.IsNot(timeline.TextField, name))
		again, err := timeline.ParseQuery(q.String())
		if err != nil {
			t.Errorf("%q is written %s: %v", name, q, err)
			continue
		}
		wanted, _ := again.Values(timeline.ActorField)
		_, excluded := again.Values(timeline.TextField)
		if again.String() != q.String() || !slices.Equal(wanted, []string{name, "other"}) || !slices.Equal(excluded, []string{name}) {
			t.Errorf("%q is written %s, which reads %q and %q", name, q, wanted, excluded)
		}
	}
}

func TestPeriodOfAQueryIsReplaced(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "since:2024-06 until:2024-09",
		"actor:kim":                  "actor:kim since:2024-06 until:2024-09",
		"since:2023 actor:kim":       "actor:kim since:2024-06 until:2024-09",
		"until:2023 since:2022,2021": "since:2024-06 until:2024-09",
		"-since:2024 on:2024-07":     "-since:2024 on:2024-07 since:2024-06 until:2024-09",
		"(since:2024 | topic:un)":    "(since:2024 | topic:un) since:2024-06 until:2024-09",
	} {
		if got := fixture.Query(t, text).Between("2024-06", "2024-09").String(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Operators may be words, as people write them elsewhere.
func TestWordsAreOperatorsBetweenTerms(t *testing.T) {
	for typed, want := range map[string]string{
		"putin or kim":                   "(putin | kim)",
		"putin OR kim visit":             "(putin | kim visit)",
		"putin and kim":                  "putin kim",
		"putin AND kim or choe":          "(putin kim | choe)",
		"not putin":                      "-putin",
		"kim not putin":                  "kim -putin",
		"kim and not putin":              "kim -putin",
		"not (putin or kim)":             "-(putin | kim)",
		"not(putin or kim)":              "-(putin | kim)",
		"not not kim":                    "kim",
		"not -kim":                       "kim",
		"(putin or kim) topic:un":        "(putin | kim) topic:un",
		"actor:putin or place:pyongyang": "(actor:putin | place:pyongyang)",
		"actor:putin or kim | choe":      "(actor:putin | kim | choe)",
		"or":                             `"or"`,
		"not":                            `"not"`,
		"(and)":                          `("and")`,
		`putin "or" kim`:                 `putin "or" kim`,
		`"NOT"`:                          `"NOT"`,
		"actor:or":                       "actor:or",
		"or,and":                         `"or","and"`,
		"Not guilty":                     "Not guilty",
		"order nothing android":          "order nothing android",
		"actor:putin, kim":               "actor:putin,kim",
		"actor:putin , kim":              "actor:putin,kim",
		`status:disputed, alleged -un`:   "status:disputed,alleged -un",
		"putin, kim":                     "putin,kim",
		"–topic:missile —un −us":         "-topic:missile -un -us",
		"since:2024–06 until:2024−10–08": "since:2024-06 until:2024-10-08",
		"actor:“Kim Jong Un”":            `actor:"Kim Jong Un"`,
		"„free text“ «more of it» ”last”": `"free text" "more of it" last`,
		`“a \" b"`:  `"a \" b"`,
		`"a “b” c"`: `"a “b” c"`,
		`"–x"`:      `"–x"`,
	} {
		q, err := timeline.ParseQuery(typed)
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		if got := q.String(); got != want {
			t.Errorf("%s: got %s, want %s", typed, got, want)
		}
		if again, err := timeline.ParseQuery(q.String()); err != nil || again.String() != q.String() {
			t.Errorf("%s: %s is read as %s, %v", typed, q, again, err)
		}
	}
	for typed, want := range map[string]string{
		"putin or":       `filter, column 9: a term is missing beside or; to search for the word itself, write "or"`,
		"or kim":         `filter, column 1: a term is missing beside or; to search for the word itself, write "or"`,
		"a or or b":      `filter, column 6: a term is missing beside or; to search for the word itself, write "or"`,
		"putin and":      `filter, column 10: a term is missing after and; to search for the word itself, write "and"`,
		"AND putin":      `filter, column 1: a term is missing before AND; to search for the word itself, write "AND"`,
		"putin and or b": `filter, column 11: a term is missing after and; to search for the word itself, write "and"`,
		"putin not":      `filter, column 10: a term is missing after not; to search for the word itself, write "not"`,
		"not or kim":     `filter, column 5: a term is missing after not; to search for the word itself, write "not"`,
		"a | | b":        `filter, column 5: a term is missing beside |; to search for the sign itself, write "|"`,
		"“free text":     "filter, column 1: this quotation mark is not closed",
		"actor:a, un:b":  `filter, column 10: un:b looks like another field, not a value of actor:; separate fields with a space, or put the text in quotes`,
	} {
		if _, err := timeline.ParseQuery(typed); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", typed, err, want)
		}
	}
}

func TestEarlierQueriesKeepTheirMeaning(t *testing.T) {
	for saved, want := range map[string]string{
		"putin or kim":        `putin "or" kim`,
		"not kim and actor:a": `"not" kim "and" actor:a`,
		"–x “y":               `"–x" "“y"`,
		"actor:kim | choe":    "(actor:kim | choe)",
	} {
		q, err := timeline.ParseEarlierQuery(saved)
		if err != nil || q.String() != want {
			t.Errorf("%s: got %s, %v, want %s", saved, q, err, want)
		}
	}
}
