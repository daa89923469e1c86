package pane

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/timeline/text"
)

func TestNamesAreFoundByAnyLettersOfTheirs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		return strings.Repeat(string("abc"[random.IntN(3)]), 1+random.IntN(2)) + string("abcé"[random.IntN(3)])
	}
	var things [][]string
	for range 60 {
		var names []string
		for range random.IntN(3) {
			names = append(names, word()+" "+word()+"-"+word())
		}
		things = append(things, names)
	}
	x := indexNames(things)
	for range 500 {
		want := solid(word() + word())[:1+random.IntN(3)]
		var begun, within []int
		for k, names := range things {
			begins, has := false, false
			for _, name := range names {
				for rest := text.Fold(name); rest != ""; {
					all := strings.ReplaceAll(rest, " ", "")
					begins, has = begins || strings.HasPrefix(all, want), has || strings.Contains(all, want)
					_, rest, _ = strings.Cut(rest, " ")
				}
			}
			switch {
			case begins:
				begun = append(begun, k)
			case has:
				within = append(within, k)
			}
		}
		if b, w := x.find(want); !slices.Equal(b, begun) || !slices.Equal(w, within) {
			t.Fatalf("%s: got %v and %v, want %v and %v", want, b, w, begun, within)
		}
	}
}

// A million events must not push the names out of the column.
func TestLargeCountsAreWrittenShort(t *testing.T) {
	for _, c := range []struct {
		w, n int
		want string
	}{
		{33, 9999, "9,999"}, {33, 10000, "10k"}, {33, 812345, "812k"}, {33, 12345678, "12M"}, {60, 812345, "812,345"},
	} {
		p := Facets{w: c.w}
		if got := p.number(c.n); got != c.want {
			t.Errorf("%d in %d cells: got %s, want %s", c.n, c.w, got, c.want)
		}
	}
}
