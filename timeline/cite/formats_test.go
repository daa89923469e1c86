package cite_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/edtf"
	"dateline/timeline/internal/fixture"
)

// cited writes sources, made fit for a Timeline, in a format.
func cited(t testing.TB, as string, sources ...timeline.Source) string {
	t.Helper()
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{Sources: sources}})
	var b strings.Builder
	if err := formatNamed(t, as).Write(&b, slices.Values(tl.Event(0).Sources)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func formatNamed(t testing.TB, name string) cite.Format {
	t.Helper()
	for _, f := range cite.Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no format %s", name)
	return cite.Format{}
}

// citationFormats are the names of all formats.
func citationFormats() []string {
	var names []string
	for _, f := range cite.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// shippedSources are all sources of the timeline that the program ships with.
func shippedSources(t *testing.T) []timeline.Source {
	tl := fixture.Shipped(t)
	var sources []timeline.Source
	for i := range tl.Len() {
		sources = append(sources, tl.Event(i).Sources...)
	}
	return sources
}

func date(t testing.TB, s string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCitationsOfRealSources covers what the shipped sources have: a carrier,
// three scripts, quotation marks, an ampersand, an address with a per cent sign,
// and titles and dates that are missing.
func TestCitationsOfRealSources(t *testing.T) {
	var sources []timeline.Source
	for _, address := range []string{
		"https://kcnawatch.org/newstream/1728373232-835535064/respected-comrade-kim-jong-un-sends-greetings-to-russian-president",
		"https://kcnawatch.org/newstream/1695006862-203035755/kim-jong-un-visits-various-objects-in-vladivostok-of-russia",
		"https://ria.ru/20240214/forum-1927299954.html",
		"https://m.yonhapnewstv.co.kr/news/MYH20240927002800641",
		"https://big5.sputniknews.cn/amp/20241118/1062704340.html",
		"https://complianceconcourse.willkie.com/articles/us-imposes-sanctions-to-disrupt-the-transfer-of-arms-between-dprk-and-russia/",
		"https://press.un.org/en/2023/sgsm21817.doc.htm",
		"https://mid.ru/en/maps/gb/1927290/?COUNTRY_CODE=gb&lang=en",
		"http://rodong.rep.kp/en/index.php?MTJAMjAyNC0wMi0yMS1IMDA2QDNANDlAQDBANTgz=%3D",
	} {
		i := slices.IndexFunc(shippedSources(t), func(s timeline.Source) bool { return s.URL == address })
		if i < 0 {
			t.Fatalf("no shipped source is at %s", address)
		}
		sources = append(sources, shippedSources(t)[i])
	}
	for _, as := range citationFormats() {
		fixture.Golden(t, "testdata/cited/real."+as, cited(t, as, sources...))
	}
}

// TestCitationsOfSparseSources covers a full source of each kind, a source
// without an address, and an address alone.
func TestCitationsOfSparseSources(t *testing.T) {
	var sources []timeline.Source
	for _, kind := range append(timeline.Kinds(), timeline.NoKind) {
		name := strings.ReplaceAll(kind.String(), " ", "-")
		sources = append(sources,
			timeline.Source{Kind: kind, Author: "A. Writer", Title: "T", Publisher: "P", Published: date(t, "2024-06"), URL: "https://x.example/" + name,
				Accessed: date(t, "2024-11-02"), Archived: "https://archive.example/a_b%20c#d", Language: "ru", Via: "V"},
			timeline.Source{Kind: kind, Author: "A. Writer", Title: "Printed " + name, Publisher: "P"},
			timeline.Source{Kind: kind, URL: "https://y.example/" + name},
		)
	}
	for _, as := range citationFormats() {
		fixture.Golden(t, "testdata/cited/sparse."+as, cited(t, as, sources...))
	}
}

func TestCitationDates(t *testing.T) {
	for _, c := range []struct{ date, csl, ris, year, bib string }{
		{"2024-10-08", `{"date-parts":[[2024,10,8]]}`, "2024/10/08/", "2024", "2024-10-08"},
		{"2024-10", `{"date-parts":[[2024,10]]}`, "2024/10//", "2024", "2024-10"},
		{"2024", `{"date-parts":[[2024]]}`, "2024///", "2024", "2024"},
		{"2024-10-08?", `{"date-parts":[[2024,10,8]],"circa":true}`, "2024/10/08/8 October 2024 ?", "2024", "2024-10-08?"},
		{"2024-10~", `{"date-parts":[[2024,10]],"circa":true}`, "2024/10//c. October 2024", "2024", "2024-10~"},
		{"2024%", `{"date-parts":[[2024]],"circa":true}`, "2024///c. 2024 ?", "2024", "2024%"},
		{"2024-21", `{"date-parts":[[2024]],"season":1}`, "2024///spring 2024", "2024", "2024-21"},
		{"2024-10-XX", `{"date-parts":[[2024,10]]}`, "2024/10//", "2024", "2024-10-XX"},
		{"2024-XX-XX", `{"date-parts":[[2024]]}`, "2024///", "2024", "2024-XX-XX"},
		{"201X", `{"literal":"2010s"}`, "///2010s", "", "201X"},
		{"2024-06-18/2024-06-19", `{"date-parts":[[2024,6,18],[2024,6,19]]}`, "2024/06//18–19 June 2024", "2024", "2024-06-18/2024-06-19"},
		{"2024-06/2024-07", `{"date-parts":[[2024,6],[2024,7]]}`, "2024///June–July 2024", "2024", "2024-06/2024-07"},
		{"2023/2024~", `{"date-parts":[[2023],[2024]],"circa":true}`, "2023///2023 – c. 2024", "2023", "2023/2024~"},
		{"2024-21/2024-22", `{"literal":"spring–summer 2024"}`, "2024///spring–summer 2024", "2024", "2024-21/2024-22"},
		{"2024-06-18/..", `{"literal":"from 18 June 2024"}`, "2024///from 18 June 2024", "2024", "2024-06-18/.."},
		{"../2024-06-18", `{"literal":"until 18 June 2024"}`, "2024///until 18 June 2024", "2024", "../2024-06-18"},
		{"2024-06-18/", `{"literal":"18 June 2024 – end unknown"}`, "2024///18 June 2024 – end unknown", "2024", "2024-06-18/"},
		{"/..", `{"literal":"start unknown, no end"}`, "///start unknown, no end", "", "/.."},
		{"-0043-03-15", `{"date-parts":[[-44,3,15]]}`, "///15 March 44 BC", "", "-0043-03-15"},
		{"0000", `{"date-parts":[[-1]]}`, "///1 BC", "", "0000"},
		{"0476", `{"date-parts":[[476]]}`, "0476///", "0476", "0476"},
		{"Y-17000", `{"date-parts":[[-17001]]}`, "///17,001 BC", "", "Y-17000"},
		{"-004X", `{"literal":"50–41 BC, year not stated"}`, "///50–41 BC, year not stated", "", ""},
		{"2024-10-08T23:20:30+09", `{"date-parts":[[2024,10,8]]}`, "2024/10/08/", "2024", "2024-10-08T23:20:30+09:00"},
		{"2024-10-08T23:20:30Z", `{"date-parts":[[2024,10,8]]}`, "2024/10/08/", "2024", "2024-10-08T23:20:30Z"},
		{"2024-10-08T23:20:30-09:30", `{"date-parts":[[2024,10,8]]}`, "2024/10/08/", "2024", "2024-10-08T23:20:30-09:30"},
	} {
		s := timeline.Source{Publisher: "TASS", Title: "T", Published: date(t, c.date), Accessed: date(t, "2024-11-02")}
		var items []struct{ Issued, Accessed json.RawMessage }
		if err := json.Unmarshal([]byte(cited(t, "csl", s)), &items); err != nil {
			t.Fatal(err)
		}
		var issued strings.Builder
		for field := range strings.FieldsSeq(string(items[0].Issued)) {
			issued.WriteString(field)
		}
		if got := issued.String(); got != strings.ReplaceAll(c.csl, " ", "") {
			t.Errorf("%s: CSL has %s, want %s", c.date, got, c.csl)
		}
		ris := cited(t, "ris", s)
		if want := "\r\nDA  - " + c.ris + "\r\n"; !strings.Contains(ris, want) {
			t.Errorf("%s: %q is not in RIS:\n%s", c.date, want, ris)
		}
		if got := strings.Contains(ris, "\r\nPY  - "+c.year+"\r\n"); got != (c.year != "") {
			t.Errorf("%s: RIS has the year %q: %t:\n%s", c.date, c.year, got, ris)
		}
		bib := cited(t, "biblatex", s)
		if want := "\n  date         = {" + c.bib + "},\n"; strings.Contains(bib, want) != (c.bib != "") {
			t.Errorf("%s: %q in BibLaTeX, or no date:\n%s", c.date, want, bib)
		}
	}
}

func TestBibLaTeXEscapesWhatTeXActsOn(t *testing.T) {
	for title, want := range map[string]string{
		`50% of $5 & #1 a_b`:       `50\% of \$5 \& \#1 a\_b`,
		`~ ^ \`:                    `{\textasciitilde} {\textasciicircum} {\textbackslash}`,
		`{braces} in {pairs {}}`:   `\{braces\} in \{pairs \{\}\}`,
		`} unbalanced {`:           `{\textbraceright} unbalanced {\textbraceleft}`,
		`{`:                        `{\textbraceleft}`,
		`\textbf{x}`:               `{\textbackslash}textbf\{x\}`,
		`북러 "조약" и «договор»`:      `북러 "조약" и «договор»`,
		"a\r\n@article{b,\r\nc":    `a  @article{\textbraceleft}b,  c`,
		"plain, with a = and a \"": `plain, with a = and a "`,
	} {
		out := cited(t, "biblatex", timeline.Source{Title: title, Publisher: title, Author: title, URL: "https://x.example"})
		for _, field := range []string{"author       = {{", "title        = {{", "organization = {{"} {
			if line := "\n  " + field + want + "}},\n"; !strings.Contains(out, line) {
				t.Errorf("%q: %q is not in\n%s", title, line, out)
			}
		}
	}
}

func TestBibLaTeXLeavesAddressesAsTheyAre(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.example/a_b?c=%20&d=~e#f$g": "https://x.example/a_b?c=%20&d=~e#f$g",
		`https://x.example/{a}\b c^`:           "https://x.example/%7Ba%7D%5Cb%20c%5E",
	} {
		out := cited(t, "biblatex", timeline.Source{URL: address})
		if line := "\n  url          = {" + want + "},\n"; !strings.Contains(out, line) {
			t.Errorf("%q is not in\n%s", line, out)
		}
	}
}

func TestRISHasOneValueALine(t *testing.T) {
	long := strings.Repeat("long ", 2000)
	out := cited(t, "ris", timeline.Source{Title: "a\r\nER  - \r\nTY  - NEWS", Publisher: "b  - c", Author: long})
	want := "TY  - GEN\r\nID  - " + key(t, out) + "\r\nAU  - " + strings.TrimSpace(long) + "\r\nTI  - a ER - TY - NEWS\r\nPB  - b - c\r\nER  - \r\n"
	if out != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

// key finds the key of the one reference in RIS.
func key(t *testing.T, ris string) string {
	t.Helper()
	_, rest, ok := strings.Cut(ris, "\r\nID  - ")
	key, _, _ := strings.Cut(rest, "\r\n")
	if !ok || strings.Contains(rest, "ID  - ") {
		t.Fatalf("not one key in %q", ris)
	}
	return key
}

func TestKeyIsTheSameInAnySelection(t *testing.T) {
	sources := slices.Collect(cite.Distinct(slices.Values(shippedSources(t))))
	var items []struct{ ID string }
	if err := json.Unmarshal([]byte(cited(t, "csl", sources...)), &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != len(sources) {
		t.Fatalf("%d references of %d sources", len(items), len(sources))
	}
	seen := make(map[string]bool)
	for i := range sources {
		id := items[i].ID
		if seen[id] {
			t.Errorf("%s is the key of two sources", id)
		}
		seen[id] = true
		if alone := key(t, cited(t, "ris", sources[i])); alone != id {
			t.Errorf("the key is %s, and alone %s", id, alone)
		}
		if bib := cited(t, "biblatex", sources[i]); !strings.Contains(bib, "{"+id+",\n") {
			t.Errorf("BibLaTeX has not the key %s:\n%s", id, bib)
		}
	}
}

func TestKeysAreMadeOfWhatAReaderKnowsASourceBy(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string // without its digest
	}{
		{timeline.Source{Publisher: "KCNA", Title: "The Kim Jong Un", Published: date(t, "2024-10-08")}, "kcna-2024-kim-"},
		{timeline.Source{Author: "A. Writer", Publisher: "KCNA", Published: date(t, "2023/2024")}, "writer-2023-"},
		{timeline.Source{Publisher: "연합뉴스", Title: "북러 조약", URL: "https://www.yna.co.kr/1"}, "yna-"},
		{timeline.Source{Publisher: "Ведомости", Title: "Élan"}, "source-elan-"},
		{timeline.Source{Publisher: "The", Title: "A Supercalifragilistic Word"}, "the-supercalifragili-"},
		{timeline.Source{URL: "https://x.example/1", Published: date(t, "-0043")}, "example-"},
	} {
		got := key(t, cited(t, "ris", c.source))
		if stem, digest := got[:len(got)-6], got[len(got)-6:]; stem != c.want || strings.Trim(digest, "0123456789abcdef") != "" {
			t.Errorf("got %s, want %s and six digits", got, c.want)
		}
	}
}

func TestSourceCitedTwiceIsListedOnce(t *testing.T) {
	s := timeline.Source{Publisher: "KCNA", Title: "T", URL: "https://x.example/1", Supports: "the date"}
	again := s
	again.Supports, again.Quote, again.QuoteBy = "the place", "Words", "Somebody"
	for _, as := range citationFormats() {
		if got, want := cited(t, as, s, again, s), cited(t, as, s); got != want {
			t.Errorf("%s: got\n%s, want\n%s", as, got, want)
		}
	}
}

func TestNoSourcesAreCitedSoundly(t *testing.T) {
	for _, as := range citationFormats() {
		want := ""
		if as == "csl" {
			want = "[]\n"
		}
		if got := cited(t, as); got != want {
			t.Errorf("%s: got %q, want %q", as, got, want)
		}
	}
}

func TestCitationsSayWhenTheyCannotBeWritten(t *testing.T) {
	sources := []timeline.Source{{Publisher: "KCNA", Title: "T"}}
	for _, f := range cite.Formats() {
		if err := f.Write(fixture.FullDisk{}, slices.Values(sources)); !errors.Is(err, fixture.ErrFull) {
			t.Errorf("%s: got %v, want %v", f.Name, err, fixture.ErrFull)
		}
	}
}
