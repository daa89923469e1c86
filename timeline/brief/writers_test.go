package brief_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/internal/fixture"
)

// written is what a writer makes of a brief of a timeline's events.
func written(t *testing.T, write func(io.Writer, *brief.Brief) error, tl *timeline.Timeline, text string, opt brief.Options) string {
	t.Helper()
	q, err := timeline.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := write(&b, brief.New(tl, q, opt)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBriefOfTheShippedTimeline(t *testing.T) {
	tl := fixture.Shipped(t)
	const about = "actor:putin since:2024-06"
	opt := brief.Options{AsOf: fixture.Day("2024-10-08"), File: "events.json", Digest: strings.Repeat("0123456789abcdef", 4), Paper: brief.A4}
	q, err := timeline.ParseQuery(about)
	if err != nil {
		t.Fatal(err)
	}
	opt.Since = brief.Since(tl, tl.Event(tl.Len()-1).Date, q)
	for name, write := range map[string]func(io.Writer, *brief.Brief) error{
		"putin.md": brief.WriteMarkdown, "putin.html": brief.WriteHTML, "putin.json": brief.WriteJSON,
	} {
		fixture.Golden(t, "testdata/"+name, written(t, write, tl, about, opt))
	}
}

// Every writer writes all of what fits, and each footnote with its source.
func TestEveryFormatHoldsTheWholeBrief(t *testing.T) {
	tl := fixture.Shipped(t)
	for _, text := range []string{"", "has:answer", "actor:\"Kim Yo Jong\""} {
		q, err := timeline.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		b := brief.New(tl, q, brief.Options{Paper: brief.A4, AsOf: fixture.Day("2024-10-08")}).Printed()
		for name, write := range map[string]func(io.Writer, *brief.Brief) error{
			"Markdown": brief.WriteMarkdown, "HTML": brief.WriteHTML, "JSON": brief.WriteJSON,
		} {
			var out strings.Builder
			if err := write(&out, b); err != nil {
				t.Fatal(err)
			}
			said := plainOf(out.String())
			wants := []string{b.Title, b.Scope, b.Period}
			for _, e := range b.Events {
				wants = append(wants, e.Title, e.Caveat, e.Denial[:min(len(e.Denial), 12)])
				if e.Text != "" {
					wants = append(wants, timeline.WithoutMarks(e.Text, timeline.HighestMark)[:20])
				}
			}
			for _, d := range slices.Concat(b.Denied, b.Answered) {
				wants = append(wants, d.Claim.Title, d.Answer.Title)
			}
			for _, m := range b.People {
				wants = append(wants, m.Name, m.Role)
			}
			for _, o := range b.OneOrigin {
				wants = append(wants, o.Name)
			}
			for _, s := range b.Sources {
				wants = append(wants, s.URL)
			}
			for _, want := range wants {
				if !strings.Contains(said, plainOf(want)) {
					t.Errorf("%s of %q: no %q in\n%s", name, text, want, out.String())
				}
			}
		}
	}
}

// plainOf undoes what writers do to text.
func plainOf(s string) string {
	return strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", `\`, "").Replace(s)
}

var (
	reference = regexp.MustCompile(`href="#([^"]*)"`)
	anchor    = regexp.MustCompile(` id="([^"]*)"`)
	address   = regexp.MustCompile(`(?:href|src)="([^"#][^"]*)"`)
	tag       = regexp.MustCompile(`</?([a-z0-9]+)`)
)

func TestHTMLLeadsFromFootnotesToSourcesAndBack(t *testing.T) {
	for _, text := range []string{"", "has:answer", "actor:putin"} {
		tl := fixture.Shipped(t)
		out := written(t, brief.WriteHTML, tl, text, brief.Options{Paper: brief.Letter})
		ids := make(map[string]bool)
		for _, m := range anchor.FindAllStringSubmatch(out, -1) {
			if ids[m[1]] {
				t.Errorf("%q: two elements are %s", text, m[1])
			}
			ids[m[1]] = true
		}
		leads := make(map[string]bool)
		for _, m := range reference.FindAllStringSubmatch(out, -1) {
			leads[m[1]] = true
			if !ids[m[1]] {
				t.Errorf("%q: #%s leads nowhere", text, m[1])
			}
		}
		for n := 1; ids[fmt.Sprintf("source-%d", n)]; n++ {
			for _, id := range []string{fmt.Sprintf("source-%d", n), fmt.Sprintf("cited-%d", n)} {
				if !leads[id] {
					t.Errorf("%q: nothing leads to #%s", text, id)
				}
			}
		}
	}
}

func TestHTMLNeedsNothingElseAndRunsNothing(t *testing.T) {
	const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)' &lt;`
	tl := fixture.Shipped(t)
	date := tl.Event(0).Date
	tl = timeline.New(timeline.About{Title: hostile, Language: hostile}, []timeline.Actor{
		{Name: hostile, Role: hostile, Native: []timeline.Native{{Language: hostile, Name: hostile}}},
	}, []timeline.Event{
		{ID: "a", Date: date, Title: hostile, Summary: hostile + " [1].", Caveat: hostile, Actors: []string{hostile}, Sources: []timeline.Source{
			{URL: "javascript:alert(1)", Title: hostile, Publisher: hostile, Archived: "data:text/html," + hostile},
		}},
		{ID: "b", Date: date, Title: hostile, Answers: []string{"a"}, Sources: []timeline.Source{{URL: `https://a.example/"><script>`, Title: hostile}}},
	})
	for _, paper := range []brief.Paper{brief.NoPaper, brief.A4} {
		out := written(t, brief.WriteHTML, tl, "", brief.Options{
			Title: hostile, BottomLine: hostile, File: hostile, Digest: hostile, LeftOut: hostile, Paper: paper,
			Since: &brief.Changes{Since: hostile, List: []brief.Change{{ID: "c", Title: hostile, Withdrawn: true}}},
		})
		for _, m := range tag.FindAllStringSubmatch(out, -1) {
			if !strings.Contains(" html head meta title style body main header h1 p section h2 ul ol li div b i sup span time a table thead tbody tr th td footer ", " "+m[1]+" ") {
				t.Errorf("there is a <%s>", m[1])
			}
		}
		for _, m := range address.FindAllStringSubmatch(out, -1) {
			if !strings.HasPrefix(m[1], "https://a.example/") {
				t.Errorf("it leads to %s", m[1])
			}
		}
		for _, bad := range []string{`" onmouseover`, "@import", "url("} {
			if strings.Contains(out, bad) {
				t.Errorf("%q is in\n%s", bad, out)
			}
		}
	}
}

func TestHTMLSaysOfWhatLanguageThingsAre(t *testing.T) {
	tl := fixture.Shipped(t)
	out := written(t, brief.WriteHTML, tl, `actor:"Kim Jong Un" topic:treaty`, brief.Options{Paper: brief.A4})
	for _, want := range []string{`<html lang="en">`, `<span lang="ko">김정은</span>, <span lang="ru">Ким Чен Ын</span>`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestJSONBriefHasNoNullLists(t *testing.T) {
	empty := timeline.New(timeline.About{}, nil, nil)
	full := fixture.Shipped(t)
	for _, tl := range []*timeline.Timeline{empty, full} {
		var b map[string]any
		if err := json.Unmarshal([]byte(written(t, brief.WriteJSON, tl, "", brief.Options{Paper: brief.A4})), &b); err != nil {
			t.Fatal(err)
		}
		for name, v := range b {
			if v == nil && name != "since" && name != "profile" {
				t.Errorf("%s is null", name)
			}
		}
	}
	out := written(t, brief.WriteJSON, empty, "", brief.Options{Since: &brief.Changes{Since: "June"}})
	if strings.Contains(strings.Replace(out, `"profile": null`, "", 1), "null") {
		t.Errorf("there is a null in\n%s", out)
	}
}

var fieldName = regexp.MustCompile(`"([a-zA-Z0-9]+)": `)

func TestEveryFieldOfTheJSONBriefIsExplained(t *testing.T) {
	docs, err := os.ReadFile("../../docs/brief.md")
	if err != nil {
		t.Fatal(err)
	}
	tl := fixture.Shipped(t)
	out := written(t, brief.WriteJSON, tl, "has:answer", brief.Options{Since: &brief.Changes{Since: "June", List: []brief.Change{{Withdrawn: true}}}})
	for _, m := range fieldName.FindAllStringSubmatch(out, -1) {
		if !strings.Contains(string(docs), "`"+m[1]+"`") && !strings.Contains(string(docs), "`"+m[1]+"[]`") {
			t.Errorf("docs/brief.md does not name %s", m[1])
		}
	}
}
