package timeline_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

func TestCompleteProposesFieldsAndValues(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct{ before, word, choices string }{
		{`ac`, `ac`, `actor:`},
		{`AC`, `AC`, `actor:`},
		{`s`, `s`, `status: since: sources:`},
		{`kim -to`, `to`, `topic:`},
		{`kim !to`, `to`, `topic:`},
		{`(kim | pl`, `pl`, `place:`},
		{`kim xyz`, `xyz`, ``},
		{`kim `, ``, `actor: place: topic: kind: publisher: status: since: until: on: sources: origins: has: marked: id:`},
		{`status:`, ``, `confirmed reported claimed alleged disputed unverified`},
		{`status:d`, `d`, `disputed`},
		{`status:alleged,d`, `d`, `disputed`},
		{`-status:(alleged|u`, `u`, `unverified`},
		{`kind:s`, `s`, `state-media social`},
		{`has:a`, `a`, `answer archive`},
		{`marked:`, ``, `could should must`},
		{`actor:kim`, `kim`, `"Kim Jong Un"`},
		{`actor:"kim jo`, `"kim jo`, `"Kim Jong Un"`},
		{`actor:putin,김`, `김`, `"Kim Jong Un"`},
		{`actor:dp`, `dp`, `"North Korea"`},
		{`actor:korea`, `korea`, `"North Korea" "South Korea"`},
		{`actor:ministry`, `ministry`, `"Foreign Ministry of Russia"`},
		{`place:rus`, `rus`, `Russia "Moscow, Russia" "Khasan, Russia" "Vostochny Cosmodrome, Russia"`},
		{`topic:tr`, `tr`, `treaty troops arms-transfer`},
		{`publisher:k`, `k`, `KCNA Kremlin KBS`},
		{`since:`, ``, ``},
		{`id:vis`, `vis`, ``},
	} {
		start, end, choices := tl.Complete(c.before, len(c.before))
		if got := c.before[start:end]; got != c.word || strings.Join(choices, " ") != c.choices {
			t.Errorf("%s: got %q for %q, want %q for %q", c.before, choices, got, c.choices, c.word)
		}
	}
}

func TestCompleteProposesNumbers(t *testing.T) {
	if _, _, got := fixture.Timeline().Complete("sources:", 8); strings.Join(got, " ") != ">=2 >=3 <2" {
		t.Errorf("got %q, want >=2 >=3 <2", got)
	}
}

func TestWhatCompleteProposesCanBeAsked(t *testing.T) {
	tl := fixture.Shipped(t)
	for _, before := range []string{"status:", "kind:", "has:", "marked:", "actor:", "place:", "topic:", "publisher:", "kim -actor:(a|"} {
		start, end, choices := tl.Complete(before, len(before))
		for _, choice := range choices {
			text := before[:start] + choice + before[end:]
			if strings.Contains(before, "(") {
				text += ")"
			}
			q, err := timeline.ParseQuery(text)
			if err != nil {
				t.Errorf("%s completes to %s: %v", before, text, err)
			} else if err := tl.Check(q); err != nil {
				t.Errorf("%s completes to %s: %v", before, text, err)
			}
		}
	}
}

func FuzzComplete(f *testing.F) {
	for _, c := range queries {
		f.Add(c.text, len(c.text))
	}
	tl := fixture.Timeline()
	f.Fuzz(func(t *testing.T, text string, at int) {
		if at < 0 || at > len(text) || at < len(text) && !utf8.RuneStart(text[at]) {
			return
		}
		if start, end, _ := tl.Complete(text, at); start < 0 || start > end || end > len(text) {
			t.Errorf("%q at %d: got %d to %d", text, at, start, end)
		}
	})
}

func TestCheckNamesWhatNoEventHas(t *testing.T) {
	tl := fixture.Timeline()
	for _, c := range []struct {
		query       string
		column      int
		reason, try string
	}{
		{`actor:puttin`, 7, "unknown actor puttin", "did you mean Vladimir Putin?"},
		{`kim -actor:"Kim Jong Um"`, 12, "unknown actor Kim Jong Um", "did you mean Kim Jong Un?"},
		{`place:Moscow,Pyongyong`, 14, "unknown place Pyongyong", "did you mean Pyongyang, North Korea?"},
		{`(a | topic:treety)`, 12, "unknown topic treety", "did you mean treaty?"},
		{`publisher:xyzzy`, 11, "unknown publisher xyzzy", ""},
	} {
		err := tl.Check(fixture.Query(t, c.query))
		var bad *timeline.QueryError
		if !errors.As(err, &bad) || bad.Column != c.column || bad.Reason != c.reason || bad.Try != c.try {
			t.Errorf("%s: got %v, want column %d, %q, %q", c.query, err, c.column, c.reason, c.try)
		}
	}
	for _, c := range queries {
		if strings.Contains(c.text, "utin") && c.ids == "" {
			continue // actor:utin is asked for to find nothing
		}
		if err := tl.Check(fixture.Query(t, c.text)); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	var bad *timeline.QueryError
	if err := tl.Check(timeline.Query{}.And(timeline.Is(timeline.ActorField, "nobody"))); !errors.As(err, &bad) || bad.Column != 1 {
		t.Errorf("a name that nobody typed: got %v, want column 1", err)
	}
	if err := tl.Check(fixture.Query(t, "kind:ngo id:nothing nonsense status:claimed")); err != nil {
		t.Errorf("only names are checked: %v", err)
	}
}
