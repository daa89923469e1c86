package timeline_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

func TestOriginsCountWhomSourcesRestOnOnce(t *testing.T) {
	for _, c := range []struct {
		sources []timeline.Source
		origins string
		rests   string
	}{
		{nil, "", "no sources"},
		{[]timeline.Source{{Publisher: "KCNA"}}, "KCNA", "1 source, 1 origin"},
		{[]timeline.Source{{Publisher: "KCNA"}, {Publisher: "Yonhap", AttributedTo: "kcna"}}, "KCNA", "2 sources, 1 origin"},
		{[]timeline.Source{{Publisher: "Yonhap", AttributedTo: "KCNA"}, {Publisher: "KCNA"}, {Publisher: "TASS"}}, "KCNA TASS", "3 sources, 2 origins"},
		{[]timeline.Source{{Publisher: "Le-Monde"}, {Publisher: "LE MONDE"}}, "Le-Monde", "2 sources, 1 origin"},
		{[]timeline.Source{{URL: "https://a.example"}, {URL: "https://b.example"}}, "a.example b.example", "2 sources, 2 origins"},
	} {
		e := timeline.Event{Sources: c.sources}
		if got := strings.Join(e.Origins(), " "); got != c.origins {
			t.Errorf("%v: got origins %q, want %q", c.sources, got, c.origins)
		}
		if got := e.Rests(); got != c.rests {
			t.Errorf("%v: got %q, want %q", c.sources, got, c.rests)
		}
	}
}

func TestHostOfAnAddress(t *testing.T) {
	for _, c := range []struct{ address, host string }{
		{"https://tass.example/world/1", "tass.example"},
		{"https://tass.example", "tass.example"},
		{"https://tass.example?id=1", "tass.example"},
		{"https://tass.example#top", "tass.example"},
		{"https://tass.example/?next=https://other.example/", "tass.example"},
		{"https://TASS.Example/World", "tass.example"},
		{"https://tass.example:8443/1", "tass.example"},
		{"https://reader:secret@tass.example/1", "tass.example"},
		{"https://other.example@tass.example/1", "tass.example"},
		{"https://tass.example/%zz", "tass.example"},
		{"http://[2001:DB8::1]:8080/1", "2001:db8::1"},
		{"http://[2001:db8::1]", "2001:db8::1"},
		{"http://192.0.2.1:80/", "192.0.2.1"},
		{"https://пример.рф/1", "пример.рф"},
		{"https://ПРИМЕР.рф/1", "пример.рф"},
		{"https://a%C2%85b.example/", "ab.example"},
		{"https://tass.example:port/1", "tass.example:port"},
		{"https://:80/1", ""},
		{"https:///1", ""},
		{"tass.example/1", ""},
		{"//tass.example/1", ""},
		{"", ""},
	} {
		s := timeline.Source{URL: c.address}
		if got := s.Host(); got != c.host {
			t.Errorf("%s: got %q, want %q", c.address, got, c.host)
		}
	}
}

func TestFootnoteMarksAreNumbersOfSources(t *testing.T) {
	for _, c := range []struct {
		summary   string
		sources   int
		marks     []int
		unsourced []int
		without   string
	}{
		{"Signed [1][2]. Denied [10].", 10, []int{1, 2, 10}, nil, "Signed. Denied."},
		{"Signed [1][2]. Denied [10].", 2, []int{1, 2}, []int{10}, "Signed. Denied [10]."},
		{"In May [2024] he said so [1].", 1, []int{1}, nil, "In May [2024] he said so."},
		{"In May [2024] he said so.", 2024, []int{2024}, nil, "In May he said so."},
		{"Signed [1].", 0, nil, []int{1}, "Signed [1]."},
		{"[99] and [100]", 1, nil, []int{99}, "[99] and [100]"},
		{"Signed[1].", 1, []int{1}, nil, "Signed."},
		{"[1] Signed", 1, []int{1}, nil, " Signed"},
		{"It said [sic] so [1]", 1, []int{1}, nil, "It said [sic] so"},
		{"[] [a] [1a] [ 1] [-1] [1.5]", 9, nil, nil, "[] [a] [1a] [ 1] [-1] [1.5]"},
		{"[0] and [9999]", 9999, []int{9999}, []int{0}, "[0] and"},
		{"[12345]", 99999, nil, nil, "[12345]"},
		{"[01]", 1, []int{1}, nil, ""},
		{"[[1]]", 1, []int{1}, nil, "[]"},
		{"[1", 1, nil, nil, "[1"},
		{"[", 1, nil, nil, "["},
		{"", 1, nil, nil, ""},
		{"서명 [1] 했다", 1, []int{1}, nil, "서명 했다"},
	} {
		var got []int
		whole := ""
		for seg := range timeline.Segments(c.summary, c.sources) {
			whole += seg.Text + seg.Mark
			if seg.Mark == "" {
				continue
			}
			got = append(got, seg.Source)
			if seg.Mark[0] != '[' || seg.Mark[len(seg.Mark)-1] != ']' {
				t.Errorf("%q: a mark is %q", c.summary, seg.Mark)
			}
		}
		if whole != c.summary {
			t.Errorf("%q with %d sources: the segments are %q", c.summary, c.sources, whole)
		}
		if !slices.Equal(got, c.marks) {
			t.Errorf("%q with %d sources: got %v, want %v", c.summary, c.sources, got, c.marks)
		}
		if got := timeline.Unsourced(c.summary, c.sources); !slices.Equal(got, c.unsourced) {
			t.Errorf("%q with %d sources: unsourced are %v, want %v", c.summary, c.sources, got, c.unsourced)
		}
		if got := timeline.WithoutMarks(c.summary, c.sources); got != c.without {
			t.Errorf("%q with %d sources, without marks: got %q, want %q", c.summary, c.sources, got, c.without)
		}
	}
}

// A year in brackets was taken for a mark: it was left out of what is searched.
func TestYearInBracketsIsFound(t *testing.T) {
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{{
		ID: "a", Date: fixture.Day("2024"), Title: "Said", Summary: "In May [2024] he said [sic] so [1].",
		Sources: []timeline.Source{{URL: "https://example.org"}},
	}})
	for needle, want := range map[string]int{"may [2024] he": 1, "so [1]": 0, "said [sic] so.": 1} {
		if got := tl.Select(fixture.Query(t, `"`+needle+`"`)).Len(); got != want {
			t.Errorf("%q: got %d events, want %d", needle, got, want)
		}
	}
}

func TestStatusIsReadByWordAndShortForm(t *testing.T) {
	for word, want := range map[string]timeline.Status{
		"confirmed": timeline.Confirmed, "CNF": timeline.Confirmed, "Reported": timeline.Reported, "rpt": timeline.Reported,
		"claimed": timeline.Claimed, "CLM": timeline.Claimed, "alleged": timeline.Alleged, "ALG": timeline.Alleged,
		"disputed": timeline.Disputed, "DSP": timeline.Disputed, "unverified": timeline.Unverified, "UNV": timeline.Unverified,
		"not stated": timeline.NotStated, "Not-Stated": timeline.NotStated,
	} {
		if got, ok := timeline.ParseStatus(word); !ok || got != want {
			t.Errorf("%s: got %s, %t, want %s", word, got, ok, want)
		}
	}
	for _, word := range []string{"denied", "C", "conf", "confirmed!"} {
		if got, ok := timeline.ParseStatus(word); ok {
			t.Errorf("%s: got %s, want none", word, got)
		}
	}
}

func TestEveryStatusIsToldApartInEveryWidth(t *testing.T) {
	var words, shorts, letters []string
	for _, s := range append(timeline.Statuses(), timeline.NotStated) {
		words, shorts, letters = append(words, s.String()), append(shorts, s.Short()), append(letters, s.Letter())
		if len(s.Short()) != 3 || len(s.Letter()) != 1 || s.Meaning() == "" {
			t.Errorf("%s: %q, %q, %q", s, s.Short(), s.Letter(), s.Meaning())
		}
	}
	for _, names := range [][]string{words, shorts, letters} {
		slices.Sort(names)
		if got := len(slices.Compact(names)); got != 7 {
			t.Errorf("%q: %d are different, want 7", names, got)
		}
	}
}

func TestKindIsReadByItsWord(t *testing.T) {
	for _, k := range timeline.Kinds() {
		if got, ok := timeline.ParseKind(k.String()); !ok || got != k {
			t.Errorf("%s: got %s, %t", k, got, ok)
		}
	}
	if got, ok := timeline.ParseKind("State Media"); !ok || got != timeline.StateMedia {
		t.Errorf("State Media: got %s, %t", got, ok)
	}
	if got, ok := timeline.ParseKind("blog"); ok {
		t.Errorf("blog: got %s, want none", got)
	}
}

func TestStatusOfNothingIsNone(t *testing.T) {
	for _, word := range []string{"", "'", "–"} {
		if got, ok := timeline.ParseStatus(word); ok {
			t.Errorf("%q is %s", word, got)
		}
	}
}
