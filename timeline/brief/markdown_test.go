package brief_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

func markdown(t *testing.T, tl *timeline.Timeline, opt brief.Options) string {
	t.Helper()
	var b strings.Builder
	if err := brief.WriteMarkdown(&b, brief.New(tl, timeline.Query{}, opt)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdownBrief(t *testing.T) {
	text, err := os.ReadFile("testdata/brief.json")
	if err != nil {
		t.Fatal(err)
	}
	fixture.Golden(t, "testdata/brief.md", markdown(t, fixture.Read(t, string(text)), brief.Options{
		AsOf: fixture.Day("2024-10-08"), File: "brief.json", Digest: "0123456789abcdef0123456789abcdef", BottomLine: "They will <talk>.",
	}))
}

func TestMarkdownReadsTextAsTextOnly(t *testing.T) {
	date, err := edtf.Parse("2024")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"<script>alert(1)</script>":   `\<script\>alert(1)\</script\>`,
		"<!-- x -->":                  `\<!-- x --\>`,
		"AT&T &lt;b&gt;":              `AT\&T \&lt;b\&gt;`,
		"a | b":                       `a \| b`,
		"`code` ``x``":                "\\`code\\` \\`\\`x\\`\\`",
		"*em* **strong** _em_":        `\*em\* \*\*strong\*\* \_em\_`,
		"[link](javascript:alert(1))": `\[link\](javascript:alert(1))`,
		"![image](x)":                 `!\[image\](x)`,
		"a[^1] b":                     `a\[\^1\] b`,
		"[^1]: a note":                `\[\^1\]: a note`,
		"# heading":                   `\# heading`,
		"~~struck~~ H~2~O":            `\~\~struck\~\~ H\~2\~O`,
		"$x^2$":                       `\$x\^2\$`,
		`C:\new`:                      `C:\\new`,
		"plain, — ‘text’ 한국 ½":        "plain, — ‘text’ 한국 ½",
	} {
		tl := timeline.New(timeline.About{Title: text}, nil, []timeline.Event{
			{ID: "a", Date: date, Title: text, Summary: text, Caveat: text, Sources: []timeline.Source{{Publisher: text, Title: text}}},
			{ID: "b", Date: date, Title: "No", Answers: []string{"a"}},
		})
		out := markdown(t, tl, brief.Options{BottomLine: text})
		for _, place := range []string{"# " + want + "\n", "\n\n" + want + "\n\n## Key points\n", "**" + want, "*Caveat: " + want + "*", "| **2024:** " + want + "[^1] | **2024:** No |", "[^1]: “" + want} {
			if !strings.Contains(out, place) {
				t.Errorf("%q: %q is not in\n%s", text, place, out)
			}
		}
	}
}

func TestMarkdownTurnsMarksIntoFootnotes(t *testing.T) {
	tl := fixture.Read(t, `[{"id": "a", "date": "2024", "title": "T", "summary": "One [1], both[1][2]; [sic].", "sources": [{"url": "https://a.example"}, {"url": "https://b.example"}]}]`)
	out := markdown(t, tl, brief.Options{})
	for _, want := range []string{`One[^1], both[^1][^2]; \[sic\].`, "[^1]: ", "[^2]: ", "<https://a.example>", "**2024**\n\n   **T.** One"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

func TestMarkdownAddressesStayWithinTheirBrackets(t *testing.T) {
	tl := fixture.Read(t, `[{"id": "a", "date": "2024", "title": "T", "sources": [{"url": "https://a.example/<b>c>", "archived": "https://b.example/>"}]}]`)
	out := markdown(t, tl, brief.Options{})
	for _, want := range []string{"<https://a.example/%3Cb%3Ec%3E>", "(archived: <https://b.example/%3E>)"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

func TestMarkdownSaysWhenItCannotBeWritten(t *testing.T) {
	b := brief.New(timeline.New(timeline.About{}, nil, nil), timeline.Query{}, brief.Options{})
	if err := brief.WriteMarkdown(fixture.FullDisk{}, b); !errors.Is(err, fixture.ErrFull) {
		t.Errorf("got %v, want %v", err, fixture.ErrFull)
	}
}

func TestMarkdownTextBeginsNoBlockAndCitesNobody(t *testing.T) {
	for _, text := range []string{"1. Then", "2) then", "- then", "+ then", "=====", "@mfa_russia", "{.class}", "    code", ": defined", "c. June 2024", "(1) first", "A) first", "iv. fourth", "#. any"} {
		tl := timeline.New(timeline.About{}, nil, nil)
		out := markdown(t, tl, brief.Options{BottomLine: text})
		if strings.Contains(out, "\n\n"+strings.ReplaceAll(text, "_", `\_`)+"\n\n") {
			t.Errorf("%q stands as it is", text)
		}
	}
}
