package timeline_test

import (
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/text"
)

// place:Russia shows what happened in Khasan, Russia; the tally counted only
// what is said to be in "Russia".
func TestChoosingAPlaceShowsItsCount(t *testing.T) {
	for _, tl := range []*timeline.Timeline{fixture(), shipped(t)} {
		for _, c := range tl.Tally(timeline.PlaceField, timeline.Query{}) {
			if got := tl.Select(timeline.Query{}.And(timeline.Is(timeline.PlaceField, c.Value))).Len(); got != c.Shown {
				t.Errorf("place:%s shows %d, the tally said %d", c.Value, got, c.Shown)
			}
		}
	}
}

// Two files may each bring a register.
func TestActorOfTwoRegistersIsOne(t *testing.T) {
	tl := timeline.New(timeline.About{}, []timeline.Actor{
		{Name: "Kim Jong Un", Aliases: []string{"Kim Jong-un"}, Role: "leader"},
		{Name: "Kim Jong Un", Native: []timeline.Native{{Language: "ko", Name: "김정은"}}},
	}, []timeline.Event{{ID: "a", Date: day("2024"), Actors: []string{"Kim Jong Un"}}, {ID: "b", Date: day("2024"), Actors: []string{"김정은"}}})
	if got := tallied(tl.Tally(timeline.ActorField, timeline.Query{})); got != "Kim Jong Un 2/2" {
		t.Errorf("got %s, want Kim Jong Un 2/2", got)
	}
	if got := tl.Actor("김정은").Role; got != "leader" {
		t.Errorf("by the second register's name: role %q, want leader", got)
	}
}

func TestCleanLeavesNoHalfOfAFlag(t *testing.T) {
	for s, want := range map[string]string{"a🇷b": "ab", "🇷🇺🇰!": "🇷🇺!", "🇷🇺": "🇷🇺"} {
		if got := text.Clean(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// An event without a date matches no date, by either path.
func TestEventWithoutDateMatchesNoDate(t *testing.T) {
	tl := dated("none@", "2024")
	for _, text := range []string{"since:../2024", "until:2024/..", "on:2024", "since:2024", "-since:../2024"} {
		checkSelect(t, tl, query(t, text))
	}
}

func TestLocateTakesMarksWithTheirLetters(t *testing.T) {
	for _, c := range []struct{ text, sought, want string }{
		{"x\u0303y", "x", "x\u0303"},
		{"Кита\u0301й", "кита", "Кита\u0301"},
	} {
		start, end, _ := text.Locate(c.text, text.Fold(c.sought))
		if got := c.text[start:end]; got != c.want {
			t.Errorf("%q in %q: got %q, want %q", c.sought, c.text, got, c.want)
		}
	}
}

func TestWrapBreaksWideTextInOneCell(t *testing.T) {
	if got := strings.Join(text.Wrap("北abc", 1), "|"); got != "北|a|b|c" {
		t.Errorf("got %s, want 北|a|b|c", got)
	}
}

func TestNothingIsNearAnotherLetter(t *testing.T) {
	if got := text.Nearest("X", []string{"A", "B"}); got != "" {
		t.Errorf("got %q, want none", got)
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

func TestParenthesesDoNotChangeWhatIsUncertain(t *testing.T) {
	tl := fixture()
	for _, pair := range [][2]string{{"-on:2023 id:rumour", "-(on:2023) id:rumour"}} {
		a, b := tl.Select(query(t, pair[0])), tl.Select(query(t, pair[1]))
		if a.Uncertain != b.Uncertain {
			t.Errorf("%s: %d uncertain; %s: %d", pair[0], a.Uncertain, pair[1], b.Uncertain)
		}
	}
}

func TestStatusOfNothingIsNone(t *testing.T) {
	for _, word := range []string{"", "'", "–"} {
		if got, ok := timeline.ParseStatus(word); ok {
			t.Errorf("%q is %s", word, got)
		}
	}
}

func TestCleanLeavesNoMarkOnABlank(t *testing.T) {
	for s, want := range map[string]string{"a \u0335b": "a b", "x\t\u0301": "x ", "\u0301x": "x"} {
		if got := text.Clean(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestCompleteProposesNumbers(t *testing.T) {
	if _, _, got := fixture().Complete("sources:", 8); strings.Join(got, " ") != ">=2 >=3 <2" {
		t.Errorf("got %q, want >=2 >=3 <2", got)
	}
}

// A crash: a regular expression was checked as typed and compiled as composed,
// where U+212A is K: from k to K is no range.
func TestRegexpThatIsWrongOnceComposedIsRefused(t *testing.T) {
	for _, text := range []string{"/[k-\u212a]/", "/x[\u212b-\u00c4]/", "/a{1\u037e2}[z-\u2126]/"} {
		if q, err := timeline.ParseQuery(text); err == nil {
			fixture().Select(q)
		}
	}
	if _, err := timeline.ParseQuery("/[k-\u212a]/"); err == nil || !strings.Contains(err.Error(), "invalid character class range") {
		t.Errorf("from k to the kelvin sign: error %v, want an invalid range", err)
	}
}

// A crash: an alias led to an actor whose own name folds to nothing, which no
// query can ask for.
func TestActorWhoseNameFoldsToNothingIsNobody(t *testing.T) {
	for _, name := range []string{"—", " ", "\u200b", "ʻ", ""} {
		tl := timeline.New(timeline.About{}, []timeline.Actor{{Name: name, Aliases: []string{"Dash"}}},
			[]timeline.Event{{ID: "a", Date: day("2024"), Actors: []string{"Dash", name}}, {ID: "b", Date: day("2024"), Actors: []string{name}}})
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
