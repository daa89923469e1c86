package timeline_test

import (
	"slices"
	"testing"

	"dateline/timeline"
)

// A chip on screen is a term; keys and pickers edit terms, never text.

func TestAndAddsTermsAndLeavesTheQueryAlone(t *testing.T) {
	q := query(t, "actor:kim since:2024")
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
	q := query(t, "actor:kim (a | b) since:2024")
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
		if got := query(t, c.text).WithoutField(c.field).String(); got != c.want {
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
		wanted, excluded := query(t, c.text).Values(c.field)
		if !slices.Equal(wanted, c.wanted) || !slices.Equal(excluded, c.excluded) {
			t.Errorf("%s, %s: got %q and %q, want %q and %q", c.text, c.field, wanted, excluded, c.wanted, c.excluded)
		}
	}
}

func TestTermKnowsItsFieldUnlessItIsAGroup(t *testing.T) {
	terms := query(t, "-actor:kim (a | b) word").Terms()
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
		if got := query(t, text).Dated(); got != want {
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
