package pane

import (
	"slices"
	"strings"
	"testing"
)

func TestAddressesBreakAfterPunctuation(t *testing.T) {
	for _, c := range []struct {
		address string
		w       int
		want    string
	}{
		{"https://a.org/b", 20, "https://a.org/b"},
		{"https://example.org/news/first-page", 24, "https://example.org/|news/first-page"},
		{"https://example.org/?id=12&page=3", 27, "https://example.org/?id=12&|page=3"},
		{"https://example.org/abcdefghijklmnopqrstuvwxyzabcd", 46, "https://example.org/abcdefghijklmnopqrstuvwxyz|abcd"},
		{"https://example.org/新聞/記事", 23, "https://example.org/|新聞/記事"},
		{"新聞", 1, "新|聞"},
	} {
		got := wrapAddress(c.address, c.w)
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s in %d cells: got %s, want %s", c.address, c.w, strings.Join(got, "|"), c.want)
		}
	}
}

func TestNamesKeepWhatIsInBrackets(t *testing.T) {
	for name, want := range map[string]string{
		"Ministry of Foreign Affairs (Russia)": "Ministry of F… (Russia)",
		"Ministry of Foreign Affairs":          "Ministry of Foreign Af…",
		"A (very long explanation of it)":      "A (very long explanati…",
		"외무성 (조선민주주의인민공화국)":                    "외무성 (조선민주주의인…",
		"Russia": "Russia                 ",
	} {
		if got := fitName(name, 23); got != want || width(got) != 23 {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// A place that is too long loses what follows its first comma, unless another
// then reads the same.
func TestPlacesInFacetsLoseTheirCountry(t *testing.T) {
	var p Facets
	for _, value := range []string{"Vostochny Cosmodrome, Amur Oblast", "Springfield, Illinois, United States", "Springfield, Ohio, United States", "Seoul"} {
		p.lines = append(p.lines, FacetLine{Field: 1, Kind: FacetValue})
		p.lines[len(p.lines)-1].Count.Value = value
	}
	var got []string
	for _, l := range p.lines {
		got = append(got, p.label(l, 20))
	}
	if want := []string{"Vostochny Cosmodrome", "Springfield, Illino…", "Springfield, Ohio, …", "Seoul"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
