package timeline_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
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

func TestMarksAreDigitsInBrackets(t *testing.T) {
	for _, c := range []struct {
		summary string
		marks   []int
		without string
	}{
		{"Signed [1][2]. Denied [10].", []int{1, 2, 10}, "Signed. Denied."},
		{"Signed[1].", []int{1}, "Signed."},
		{"[1] Signed", []int{1}, " Signed"},
		{"It said [sic] so [1]", []int{1}, "It said [sic] so"},
		{"[] [a] [1a] [ 1] [-1] [1.5]", nil, "[] [a] [1a] [ 1] [-1] [1.5]"},
		{"[0] and [9999]", []int{0, 9999}, " and"},
		{"[12345]", nil, "[12345]"},
		{"[[1]]", []int{1}, "[]"},
		{"[1", nil, "[1"},
		{"[", nil, "["},
		{"", nil, ""},
		{"서명 [1] 했다", []int{1}, "서명 했다"},
	} {
		var got []int
		for _, m := range timeline.Pointers(c.summary) {
			got = append(got, m.Source)
			if mark := c.summary[m.Start:m.End]; mark[0] != '[' || mark[len(mark)-1] != ']' {
				t.Errorf("%q: a mark is %q", c.summary, mark)
			}
		}
		if !slices.Equal(got, c.marks) {
			t.Errorf("%q: got %v, want %v", c.summary, got, c.marks)
		}
		if got := timeline.WithoutPointers(c.summary); got != c.without {
			t.Errorf("%q without marks: got %q, want %q", c.summary, got, c.without)
		}
	}
}
