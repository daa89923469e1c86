package timeline_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

func TestCompleteProposesFieldsAndValues(t *testing.T) {
	tl := fixture.Dated()
	for _, c := range []struct{ before, word, choices string }{
		{`ac`, `ac`, `actor:`},
		{`AC`, `AC`, `actor:`},
		{`s`, `s`, `said: status: since: sources:`},
		{`kim -to`, `to`, `topic:`},
		{`kim !to`, `to`, `topic:`},
		{`(kim | pl`, `pl`, `place:`},
		{`kim xyz`, `xyz`, ``},
		{`kim `, ``, `actor: place: topic: kind: publisher: origin: said: status: since: until: before: after: on: known: sources: origins: has: title: quote: role: url: file: marked: id:`},
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
		{`since:`, ``, `today yesterday -7d -30d -1y`},
		{`known:-3`, `-3`, `-30d`},
		{`origin:`, ``, `KCNA Yonhap Kremlin "38 North" "A channel" "A pamphlet" "Conflict Armament Research" Customs "Joint Chiefs of Staff" KBS Planet Reuters TASS "Truth Hounds" "UN News" Vedomosti "White House"`},
		{`said:김`, `김`, `"Kim Jong-un, via KCNA"`},
		{`role:p`, `p`, `"President of Russia"`},
		{`id:vis`, `vis`, ``},
	} {
		start, end, choices := tl.Complete(c.before, len(c.before))
		if got := c.before[start:end]; got != c.word || strings.Join(choices, " ") != c.choices {
			t.Errorf("%s: got %q for %q, want %q for %q", c.before, choices, got, c.choices, c.word)
		}
	}
}

func TestCompleteProposesNumbers(t *testing.T) {
	if _, _, got := fixture.Dated().Complete("sources:", 8); strings.Join(got, " ") != ">=2 >=3 <2" {
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
			} else if err := tl.Check(q); err != nil && strings.Contains(err.Error(), "unknown") {
				t.Errorf("%s completes to %s: %v", before, text, err)
			}
		}
	}
}

func FuzzComplete(f *testing.F) {
	for _, c := range queries {
		f.Add(c.text, len(c.text))
	}
	tl := fixture.Dated()
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
	tl := fixture.Dated()
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
		if err := tl.Check(fixture.Query(t, c.text)); (err != nil) != (c.ids == "") {
			t.Errorf("%s: selects %q, and Check says: %v", c.text, c.ids, err)
		}
	}
	var bad *timeline.QueryError
	if err := tl.Check(timeline.Query{}.And(timeline.Is(timeline.ActorField, "nobody"))); !errors.As(err, &bad) || bad.Column != 1 {
		t.Errorf("a name that nobody typed: got %v, want column 1", err)
	}
}

func TestCheckSaysWhyAQuerySelectsNothing(t *testing.T) {
	tl := marked(fixture.Dated()).WithToday(edtf.DayOf(2026, 11, 30))
	for query, want := range map[string]string{
		"since:2024-09 until:2024-06":           `no day is both since September 2024 and until June 2024; exchange the dates`,
		"until:2023 kim after:2023":             `no day is both until 2023 and after 2023; exchange the dates`,
		"on:2023-12 on:2024-06":                 `no day is both in December 2023 and in June 2024`,
		"before:2023-09-12":                     `no event is dated before 12 September 2023; the dates here reach from 12 September 2023 to 31 December 2024`,
		"until:2020 -since:-30d":                `no event is dated until 2020; the dates here reach from 12 September 2023 to 31 December 2024`,
		"on:today -id:troops":                   `no event matches both on:today and -id:troops`,
		"topic:moscow":                          `unknown topic moscow; moscow is a place: write place:moscow`,
		"place:putin":                           `unknown place putin; putin is an actor: write actor:putin`,
		"topic:disputed":                        `unknown topic disputed; disputed is a status: write status:disputed`,
		"publisher:official":                    `unknown publisher official; official is a kind of source: write kind:official`,
		"said:kirby":                            `nobody called kirby is quoted; kirby is an actor: write actor:kirby`,
		"said:lavrof":                           `nobody called lavrof is quoted; did you mean Sergei Lavrov?`,
		"origin:kremlim":                        `unknown origin kremlim; did you mean Kremlin?`,
		"summit -topic:summit":                  `no event contains “summit”; summit is a topic: write topic:summit`,
		"nonsense":                              `no event contains “nonsense”`,
		"status:confirmed status:disputed":      `an event has only one status; write status:confirmed,disputed for either`,
		"status:confirmed -status:confirmed":    `status:confirmed and -status:confirmed exclude each other`,
		"-actor:putin kim actor:putin":          `-actor:putin and actor:putin exclude each other`,
		"sources:>5":                            `events here have 0 to 4 sources`,
		"origins>=9":                            `events here have 0 to 4 origins`,
		"known:2020":                            `no event was known by 2020; it must be over or reported by then, and have a source published by then`,
		"known:2023-12 sources:3":               `no event has sources:3 among the sources published by then`,
		"role:presidant":                        `no actor here has the role presidant`,
		"file:other":                            `no file is called other`,
		"id:nothing":                            `no event has the id nothing`,
		"title:cosmodrome":                      `no title contains “cosmodrome”`,
		"quote:/^x/":                            `no quotation contains /^x/`,
		"url:nowhere.example":                   `no source has an address with nowhere.example`,
		"-(korea | -korea)":                     `-(korea | -korea) excludes every event`,
		"(sources:>5 | title:zzz)":              `events here have 0 to 4 sources`,
		"actor:putin topic:labour":              `no event matches both actor:putin and topic:labour`,
		"actor:kirby -topic:summit place:seoul": `no event matches both actor:kirby and place:seoul`,
	} {
		err := tl.Check(fixture.Query(t, query))
		if err == nil {
			t.Errorf("%s: nothing is said", query)
			continue
		}
		if _, got, _ := strings.Cut(err.Error(), ": "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}
