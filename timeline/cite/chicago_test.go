package cite_test

import (
	"slices"
	"testing"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/internal/fixture"
)

const address = "https://x.example/1"

func TestCitationIsAChicagoNote(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Author: "A. Writer", Title: "Treaty Signed", Publisher: "TASS", Published: fixture.Day("2024-10-08"), URL: address},
			"A. Writer, “Treaty Signed,” TASS, October 8, 2024, https://x.example/1."},
		{timeline.Source{Title: "Treaty Signed", Publisher: "KCNA", Via: "KCNA Watch", Published: fixture.Day("2024-10-08")},
			"“Treaty Signed,” KCNA, via KCNA Watch, October 8, 2024."},
		{timeline.Source{Publisher: "KCNA", Published: fixture.Day("2024-06"), URL: address}, "KCNA, June 2024, https://x.example/1."}, // no title
		{timeline.Source{Title: "Treaty Signed", Publisher: "TASS", URL: address}, "“Treaty Signed,” TASS, n.d., https://x.example/1."},
		{timeline.Source{Publisher: "TASS", Accessed: fixture.Day("2024-10-09")}, "TASS, accessed October 9, 2024."},
		{timeline.Source{Publisher: "TASS", Published: fixture.Day("2024-10-08"), Accessed: fixture.Day("2024-10-09")}, "TASS, October 8, 2024."},
		{timeline.Source{Title: "Did They Sign?", Publisher: "TASS", Published: fixture.Day("2024")}, "“Did They Sign?” TASS, 2024."},
		{timeline.Source{Title: "Signed!", Publisher: "TASS", URL: address}, "“Signed!” TASS, n.d., https://x.example/1."},
		{timeline.Source{Author: "A. Writer", Title: "Did They Sign?", URL: address}, "A. Writer, “Did They Sign?” n.d., https://x.example/1."},
		{timeline.Source{Title: "북러 조약", Publisher: "연합뉴스", Published: fixture.Day("2024-06-19")}, "“북러 조약,” 연합뉴스, June 19, 2024."},
		{timeline.Source{Title: "Торговля растёт…", Publisher: "Ведомости"}, "“Торговля растёт…,” Ведомости, n.d."},
		{timeline.Source{Title: `Kim calls Putin "closest comrade"`, Publisher: "AFP"}, "“Kim calls Putin ‘closest comrade,’” AFP, n.d."},
		{timeline.Source{Title: "'Comrade'", Publisher: "AFP"}, "“'Comrade,'” AFP, n.d."},
		{timeline.Source{Title: "“Comrade?”", Publisher: "AFP"}, "“‘Comrade?’” AFP, n.d."},
		{timeline.Source{Title: "The workers’", Publisher: "AFP"}, "“The workers’,” AFP, n.d."},
		{timeline.Source{Title: "The workers'", Publisher: "AFP"}, "“The workers',” AFP, n.d."},
		{timeline.Source{URL: address}, "https://x.example/1."},
		{timeline.Source{Publisher: "TASS", Published: fixture.Day("2024"), URL: address, Archived: "https://a.example/1"},
			"TASS, 2024, https://x.example/1, archived at https://a.example/1."},
		{timeline.Source{Publisher: "Herodotus", Published: fixture.Day("-0429")}, "Herodotus, 430 BC."},
	} {
		if got := cite.Chicago(&c.source); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestAPAEntries(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Author: "A. Writer", Title: "Treaty Signed", Publisher: "TASS", Published: fixture.Day("2024-10-08"), URL: address},
			"A. Writer. (2024, October 8). Treaty Signed. TASS. https://x.example/1"},
		{timeline.Source{Title: "Treaty Signed", Publisher: "TASS", Published: fixture.Day("2024-10-08"), URL: address},
			"TASS. (2024, October 8). Treaty Signed. https://x.example/1"}, // no author
		{timeline.Source{Author: "TASS", Title: "Treaty Signed", Publisher: "TASS"}, "TASS. (n.d.). Treaty Signed."},
		{timeline.Source{Title: "Treaty Signed", Publisher: "KCNA", Via: "KCNA Watch", Published: fixture.Day("2024-10-08"), URL: address},
			"KCNA. (2024, October 8). Treaty Signed. Via KCNA Watch. https://x.example/1"},
		{timeline.Source{Author: "A. Writer", Title: "Treaty Signed", Publisher: "KCNA", Via: "KCNA Watch"},
			"A. Writer. (n.d.). Treaty Signed. KCNA, via KCNA Watch."},
		{timeline.Source{Publisher: "KCNA", Published: fixture.Day("2024-06"), Kind: timeline.StateMedia}, "KCNA. (2024, June). [News item]."}, // no title
		{timeline.Source{Title: "Treaty Signed", Published: fixture.Day("2024")}, "Treaty Signed. (2024)."},                                    // nobody to put in front
		{timeline.Source{URL: address}, "[Publication]. (n.d.). https://x.example/1"},
		{timeline.Source{Publisher: "ACLED", Title: "Events", Kind: timeline.Dataset}, "ACLED. (n.d.). Events [Data set]."},
		{timeline.Source{Publisher: "TASS", Title: "Did They Sign?"}, "TASS. (n.d.). Did They Sign?"},
		{timeline.Source{Publisher: "TASS", Title: "‘Did They Sign?’"}, "TASS. (n.d.). ‘Did They Sign?’"},
		{timeline.Source{Publisher: "AFP", Title: `Kim calls Putin "closest comrade"`}, `AFP. (n.d.). Kim calls Putin "closest comrade".`},
		{timeline.Source{Publisher: "TASS", Title: "Treaty Signed", URL: address, Accessed: fixture.Day("2024-10-09")},
			"TASS. (n.d.). Treaty Signed. Retrieved October 9, 2024, from https://x.example/1"},
		{timeline.Source{Publisher: "TASS", Title: "Treaty Signed", URL: address, Accessed: fixture.Day("2024-10-09"), Published: fixture.Day("2024-10-08")},
			"TASS. (2024, October 8). Treaty Signed. https://x.example/1"},
		{timeline.Source{Publisher: "TASS", Title: "Treaty Signed", URL: address, Accessed: fixture.Day("2024-10-09"), Archived: "https://a.example/1"},
			"TASS. (n.d.). Treaty Signed. https://x.example/1 (archived at https://a.example/1)"},
		{timeline.Source{Publisher: "TASS", Title: "Treaty Signed", Archived: "https://a.example/1"}, "TASS. (n.d.). Treaty Signed. https://a.example/1"},
	} {
		if got := cite.APA(&c.source); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestEveryKindIsDescribedInBrackets(t *testing.T) {
	for _, k := range append(timeline.Kinds(), timeline.NoKind) {
		if got := cite.Bracketed(k); len(got) < len("[Image]") || got[0] != '[' || got[len(got)-1] != ']' {
			t.Errorf("%s: got %q", k, got)
		}
	}
}

func TestManualsWriteDatesNoMoreExactlyThanTheyAre(t *testing.T) {
	for _, c := range []struct{ date, chicago, apa string }{
		{"2024-10-08", "October 8, 2024", "2024, October 8"},
		{"2024-10-08T12:00:00+09:00", "October 8, 2024", "2024, October 8"},
		{"2024-06", "June 2024", "2024, June"},
		{"2024", "2024", "2024"},
		{"2024-21", "spring 2024", "2024, spring"},
		{"2024-06~", "ca. June 2024", "ca. 2024, June"},
		{"2024-10-08?", "[October 8, 2024?]", "[2024, October 8?]"},
		{"2024%", "[ca. 2024?]", "[ca. 2024?]"},
		{"2024-06-XX", "June 2024", "2024, June"},
		{"2024-XX-XX", "2024", "2024"},
		{"201X", "2010s", "2010s"},
		{"2024-06-18/2024-06-19", "June 18–19, 2024", "2024, June 18–19"},
		{"2024-06-30/2024-07-02", "June 30–July 2, 2024", "2024, June 30–July 2"},
		{"2023-12-30/2024-01-02", "December 30, 2023–January 2, 2024", "2023, December 30–2024, January 2"},
		{"2024-06/2024-07", "June–July 2024", "2024, June–July"},
		{"2024/2024-06", "2024–June 2024", "2024–2024, June"},
		{"2023/2024", "2023–2024", "2023–2024"},
		{"2024-06-18/2024-06-19~", "June 18, 2024–ca. June 19, 2024", "2024, June 18–ca. 2024, June 19"},
		{"2024-06/2024-06", "June 2024", "2024, June"},
		{"2024-06/..", "from June 2024", "from 2024, June"},
		{"../2024-06-19", "until June 19, 2024", "until 2024, June 19"},
		{"2024/", "2024 – end unknown", "2024 – end unknown"},
		{"/..", "start unknown, no end", "start unknown, no end"},
		{"0999-06-01", "1 June AD 999", "1 June AD 999"},
		{"-0429", "430 BC", "430 BC"},
		{"-0429/-0428", "430 BC–429 BC", "430 BC–429 BC"},
	} {
		s := timeline.Source{Publisher: "TASS", Published: fixture.Day(c.date)}
		if got, want := cite.Chicago(&s), "TASS, "+c.chicago+"."; got != want {
			t.Errorf("%s: got %s, want %s", c.date, got, want)
		}
		if got, want := cite.APA(&s), "TASS. ("+c.apa+"). [Publication]."; got != want {
			t.Errorf("%s: got %s, want %s", c.date, got, want)
		}
	}
}

func TestDistinctSourcesAreToldByWhatIsCited(t *testing.T) {
	base := timeline.Source{Author: "A", Title: "T", Publisher: "P", Via: "V", Published: fixture.Day("2024"), URL: address}
	again := base
	again.Supports, again.Quote, again.QuoteBy, again.AttributedTo = "the date", "q", "b", "KCNA"
	again.Kind, again.Language, again.Archived, again.Accessed = timeline.Wire, "en", "https://a.example/1", fixture.Day("2024-10-09")
	sources := []timeline.Source{base, again}
	for _, change := range []func(*timeline.Source){
		func(s *timeline.Source) { s.Author = "B" },
		func(s *timeline.Source) { s.Title = "U" },
		func(s *timeline.Source) { s.Publisher = "Q" },
		func(s *timeline.Source) { s.Via = "" },
		func(s *timeline.Source) { s.Published = fixture.Day("2024-01") },
		func(s *timeline.Source) { s.URL += "/2" },
	} {
		other := base
		change(&other)
		sources = append(sources, other, other)
	}
	got := slices.Collect(cite.Distinct(slices.Values(sources)))
	if len(got) != 7 {
		t.Fatalf("got %d sources, want 7: %v", len(got), got)
	}
	// The first has learnt what the second knows of the same page.
	want := base
	want.Kind, want.Language, want.Archived, want.Accessed = again.Kind, again.Language, again.Archived, again.Accessed
	if got[0] != want {
		t.Errorf("got %v, want %v", got[0], want)
	}
	if sources[0] != base {
		t.Error("the sources given have changed")
	}
}

func TestSourceNoteAddsWhatAReaderWeighsItBy(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Publisher: "TASS", Title: "No Proof"}, "“No Proof,” TASS, n.d."},
		{timeline.Source{Publisher: "TASS", Title: "No Proof", Kind: timeline.StateMedia}, "“No Proof,” TASS, n.d. state-media"},
		{timeline.Source{Publisher: "Yonhap", Title: "Kim", Kind: timeline.Wire, AttributedTo: "KCNA"}, "“Kim,” Yonhap, n.d. wire, citing KCNA"},
		{timeline.Source{Publisher: "Yonhap", Title: "Kim", AttributedTo: "KCNA"}, "“Kim,” Yonhap, n.d. citing KCNA"},
		{timeline.Source{Kind: timeline.Wire}, "wire"}, // an address that stands elsewhere
	} {
		if got := cite.Note(&c.source); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestCitationEndsInOneStop(t *testing.T) {
	for _, c := range []struct {
		source timeline.Source
		want   string
	}{
		{timeline.Source{Title: "Treaty Signed"}, "“Treaty Signed,” n.d."},
		{timeline.Source{Author: "A. Writer", Title: "Signed?"}, "A. Writer, “Signed?” n.d."},
		{timeline.Source{Title: "Report Issued.", Publisher: "KCNA"}, "“Report Issued,” KCNA, n.d."},
		{timeline.Source{Publisher: "Planet Labs Inc.", URL: "https://x.example/a."}, "Planet Labs Inc., n.d., https://x.example/a."},
		{timeline.Source{}, ""},
	} {
		if got := cite.Chicago(&c.source); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	if got := cite.Note(&timeline.Source{}); got != "" {
		t.Errorf("the note of nothing is %q", got)
	}
}
