package export_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline/timeline"
	"dateline/timeline/export"
	"dateline/timeline/internal/fixture"
	"dateline/timeline/text"
)

// pageOf writes the events of a timeline that a query selects as a page.
func pageOf(t *testing.T, tl *timeline.Timeline, query string) string {
	t.Helper()
	q := fixture.Query(t, query)
	var b strings.Builder
	if err := export.WriteHTML(&b, tl, tl.Select(q).Ordered(false), export.Provenance{Query: q, File: "in.json", Digest: strings.Repeat("0a", 32), On: fixture.Today}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	policy    = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`)
	inline    = regexp.MustCompile(`(?s)<(script|style)>(.*?)</(?:script|style)>`)
	elementID = regexp.MustCompile(` id="([^"]*)"`)
	anchorTo  = regexp.MustCompile(`<a href="#([^"]*)"`)
	reference = regexp.MustCompile(`(?i)\s(src|srcset|data|action|formaction|poster|background|ping|style|on[a-z]+|href)\s*=\s*"([^"]*)"`)
	outside   = regexp.MustCompile(`https?://[^"\s<]*`)
)

// body is a page without its style, its script and its names.
func body(page string) string {
	return regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>`).ReplaceAllString(page, "")
}

func TestPageAsksForNothingAndRunsOnlyItsOwnScript(t *testing.T) {
	for name, page := range map[string]string{"shipped": pageOf(t, fixture.Shipped(t), ""), "hostile": pageOf(t, hostileTimeline(), "")} {
		hashes := make(map[string]string)
		for _, m := range inline.FindAllStringSubmatch(page, -1) {
			sum := sha256.Sum256([]byte(m[2]))
			hashes[m[1]] += fmt.Sprintf(" 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:]))
			if m[1] == "style" && strings.Contains(m[2], "url(") || strings.Contains(m[2], "@import") {
				t.Errorf("%s: the style loads something", name)
			}
		}
		if got := policy.FindStringSubmatch(page); got == nil || got[1] != "default-src 'none'; style-src"+hashes["style"]+"; script-src"+hashes["script"]+"; base-uri 'none'; form-action 'none'" {
			t.Errorf("%s: the policy is %v, the hashes are %v", name, got, hashes)
		}
		for _, m := range reference.FindAllStringSubmatch(body(page), -1) {
			if m[1] != "href" || !strings.HasPrefix(m[2], "#") && !strings.HasPrefix(m[2], "https://") && !strings.HasPrefix(m[2], "http://") {
				t.Errorf("%s: an element has %s", name, m[0])
			}
		}
	}
}

// No address is on the page but those of the sources.
func TestPageHasNoAddressButItsSources(t *testing.T) {
	tl := fixture.Shipped(t)
	known := make(map[string]bool)
	for i := range tl.Len() {
		e := tl.Event(i)
		for _, s := range e.Sources {
			known[s.URL], known[s.Archived] = true, true
		}
	}
	found := 0
	for _, address := range outside.FindAllString(pageOf(t, tl, ""), -1) {
		if address == "http://www.w3.org/2000/svg" { // a name, not an address
			continue
		}
		found++
		if address = strings.NewReplacer("&amp;", "&", "&#39;", "'").Replace(address); !known[address] {
			t.Errorf("%s is no source's", address)
		}
	}
	if found < 400 {
		t.Errorf("only %d addresses were found", found)
	}
}

func TestAnchorsOfThePageAreUniqueAndLedTo(t *testing.T) {
	for name, page := range map[string]string{"shipped": pageOf(t, fixture.Shipped(t), ""), "selected": pageOf(t, fixture.Shipped(t), "status:disputed"), "hostile": pageOf(t, hostileTimeline(), "")} {
		seen := make(map[string]bool)
		for _, m := range elementID.FindAllStringSubmatch(body(page), -1) {
			if seen[m[1]] || strings.ContainsAny(m[1], " \"<>") {
				t.Errorf("%s: the id %q is there twice, or is none", name, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range anchorTo.FindAllStringSubmatch(page, -1) {
			if !seen[m[1]] {
				t.Errorf("%s: a link leads to %q, which is not on the page", name, m[1])
			}
		}
	}
}

// The page itself is small: the rest is what the events say.
func TestPageWithoutEventsIsSmall(t *testing.T) {
	const most = 60_000
	if n := len(pageOf(t, fixture.Timeline(), "actor:nobody")); n > most {
		t.Errorf("a page without events has %d bytes, want at most %d", n, most)
	}
}

func hostileTimeline() *timeline.Timeline {
	const hostile = `<script>alert(1)</script></noscript></style><img src=x onerror=alert(1)>" onmouseover="alert(1)' &lt; \"`
	return timeline.New(timeline.About{Title: hostile, Description: hostile, Language: hostile}, []timeline.Actor{{Name: hostile, Aliases: []string{hostile + "2"}}}, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024-06"), TZ: hostile, Title: hostile, Summary: hostile + " [1].", Caveat: hostile, Actors: []string{hostile}, Places: []string{hostile}, Topics: []string{hostile}, Confidence: hostile,
			Sources: []timeline.Source{
				{URL: "javascript:alert(1)", Title: hostile, Publisher: hostile, Author: hostile, Via: hostile, AttributedTo: hostile, Supports: hostile, Quote: hostile, QuoteBy: hostile, Reliability: hostile, Archived: "data:text/html," + hostile},
				{URL: "https://bank.example@evil.example/" + hostile}}},
		{ID: hostile, Date: fixture.Day("2024-06"), Title: hostile, Answers: []string{"a"}, Denies: []string{"a"}},
		{ID: "a/1", Date: fixture.Day("2024-07"), Title: "As the anchor of a source"},
		{ID: "/filter", Date: fixture.Day("2024-07"), Title: "As the anchor of a field"},
		{ID: "a b?c#d%20é", Date: fixture.Day("../.."), Title: "No word of an address"},
	})
}

func TestHostileTextIsTextOnThePage(t *testing.T) {
	page := pageOf(t, hostileTimeline(), "")
	want := pageOf(t, fixture.Timeline(), "actor:nobody")
	for _, tag := range []string{"<script", "<style", "<img", "</style", "</script", "javascript:", " onerror=alert(1)>\""} {
		if got, want := strings.Count(page, tag), strings.Count(want, tag); got != want {
			t.Errorf("%q is there %d times, want %d", tag, got, want)
		}
	}
	if strings.Count(page, "<noscript>") != strings.Count(page, "</noscript>") {
		t.Error("a text ends an element")
	}
	if !strings.Contains(page, "(opens evil.example)") {
		t.Error("nothing says which host a disguised address opens")
	}
}

func TestTooManyEventsAreRefusedWithAdvice(t *testing.T) {
	events := make([]timeline.Event, export.MostOnPage+1)
	for i := range events {
		events[i] = timeline.Event{ID: fmt.Sprint(i), Date: fixture.Day("2024"), Title: "T"}
	}
	tl := timeline.New(timeline.About{}, nil, events)
	err := export.WriteHTML(io.Discard, tl, tl.Select(timeline.Query{}).Ordered(false), export.Provenance{})
	if err == nil || err.Error() != "20,001 events are too many for a page of HTML, which holds 20,000: filter them first (--filter)" {
		t.Errorf("got %v", err)
	}
}

// A value that is the whole name of an actor means that actor alone, even where the
// page has only others whose names contain it.
func TestPageHasTheNamesThatItsOwnContain(t *testing.T) {
	tl := timeline.New(timeline.About{}, []timeline.Actor{{Name: "North Korea", Aliases: []string{"DPRK"}}, {Name: "Elsewhere"}}, []timeline.Event{
		{ID: "a", Date: fixture.Day("2024"), Title: "A", Actors: []string{"North Korean army"}, Places: []string{"New York"}},
		{ID: "b", Date: fixture.Day("2024"), Title: "B", Actors: []string{"DPRK", "Korean army"}, Places: []string{"York", "Bath"}},
	})
	var names struct{ Actor, Place [][]string }
	page := pageOf(t, tl, "id:a")
	_, list, _ := strings.Cut(page, `<script type="application/json">`)
	list, _, _ = strings.Cut(list, "</script>")
	if err := json.Unmarshal([]byte(list), &names); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(names.Actor, names.Place), "[[North Korean army] [Korean army] [North Korea DPRK]] [[New York] [York]]"; got != want {
		t.Errorf("the names are %s, want %s", got, want)
	}
}

// The script folds by the browser's tables, and by a list of what these lack.
func TestScriptHasTheLettersThatOnlyFoldReplaces(t *testing.T) {
	var pairs []string
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || unicode.Is(unicode.Cherokee, r) || norm.NFKC.String(string(r)) != string(r) || unicode.ToLower(r) != r {
			continue // a Cherokee letter folds to its capital, and in the browser to the small one
		}
		folded := text.Fold(string(r))
		if folded == "" || folded == strings.Map(withoutMarks, norm.NFC.String(strings.Map(withoutMarks, norm.NFD.String(string(r))))) {
			continue
		}
		pairs = append(pairs, string(r)+folded)
	}
	if want := `"` + strings.Join(pairs, " ") + `".split(`; !strings.Contains(fixture.File(t, "page.js"), want) {
		t.Errorf("page.js lacks %s", want)
	}
}

func withoutMarks(r rune) rune {
	if 0x300 <= r && r <= 0x36f {
		return -1
	}
	return r
}

// Without the script every event is there whole: its text, and its sources in order.
func TestPageIsWholeWithoutItsScript(t *testing.T) {
	tl := fixture.Shipped(t)
	page := body(pageOf(t, tl, ""))
	at := 0
	for i := range tl.Len() {
		e := tl.Event(i)
		for _, said := range slices.Concat([]string{`<article id="` + e.ID + `"`, escaped(e.Title), escaped(e.Date.Words()), e.Status.String(), e.Rests()}, sourcesOf(e)) {
			n := strings.Index(page[at:], said)
			if n < 0 {
				t.Fatalf("%s: %q is missing", e.ID, said)
			}
			at += n
		}
	}
}

func sourcesOf(e *timeline.Event) []string {
	var said []string
	for n, s := range e.Sources {
		said = append(said, fmt.Sprintf(`<li id="%s/%d">`, e.ID, n+1), escaped(s.Publisher), escaped(s.Title))
	}
	return said
}

var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace
