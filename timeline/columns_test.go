package timeline

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Short lists, and one that is longer than an offset can say.
func TestListsComeBackAsTheyWentIn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, greatest := range []int{1, 255, 256, 65535, 65536, 1 << 30} {
		for _, longest := range []int{0, 3, 70_000} {
			var c listColumn
			c.endList()
			var want [][]uint32
			for range 300 {
				n := r.IntN(min(longest, 5) + 1)
				if longest > 5 && r.IntN(100) == 0 {
					n = longest
				}
				var list []uint32
				for range n {
					list = append(list, uint32(r.IntN(greatest+1)))
					c.numbers.add(list[len(list)-1], 10)
				}
				want = append(want, list)
				c.endList()
			}
			for i, list := range want {
				if got := slices.Collect(c.list(i)); !slices.Equal(got, list) {
					t.Fatalf("up to %d, %d long: list %d has %d numbers, want %d", greatest, longest, i, len(got), len(list))
				}
			}
			set, table := newBitset(len(want)), make([]uint8, greatest+1)
			if greatest < 1<<20 {
				wanted := uint32(r.IntN(greatest + 1))
				table[wanted] = 1
				addListMatches(set, &c, table)
				for i, list := range want {
					if set.has(i) != slices.Contains(list, wanted) {
						t.Errorf("up to %d: list %d matches %d: %v", greatest, i, wanted, set.has(i))
					}
				}
			}
		}
	}
}

func TestSelectionOfAllIsThatOfEachRow(t *testing.T) {
	const n = 40
	all := Selection{all: n}
	rows := Selection{rows: make([]uint32, n)}
	for i := range rows.rows {
		rows.rows[i] = uint32(i)
	}
	some := Selection{rows: []uint32{3, 7, 39}}
	for _, i := range []int{-1, 0, 1, 20, n - 1, n, n + 1} {
		k, has := all.Has(i)
		wantK, wantHas := rows.Has(max(i, 0))
		if i >= 0 && (k != wantK || has != wantHas) || all.Rank(i) != rows.Rank(i) {
			t.Errorf("%d: rank %d %v, want %d %v", i, k, has, wantK, wantHas)
		}
		if i >= 5 && all.RankFrom(5, i) != rows.RankFrom(5, i) {
			t.Errorf("%d: rank from 5 is %d, want %d", i, all.RankFrom(5, i), rows.RankFrom(5, i))
		}
	}
	for _, newest := range []bool{false, true} {
		if got, want := slices.Collect(all.Ordered(newest)), slices.Collect(rows.Ordered(newest)); !slices.Equal(got, want) {
			t.Errorf("ordered: %v, want %v", got, want)
		}
	}
	for _, both := range []Selection{all.And(some), some.And(all)} {
		if got := both.All(); !slices.Equal(got, some.All()) {
			t.Errorf("all and some are %v", got)
		}
	}
	if got := all.And(all).All(); !slices.Equal(got, rows.All()) {
		t.Errorf("all and all are %v", got)
	}
	if got := (Selection{}).And(all); got.Len() != 0 {
		t.Errorf("none and all are %v", got.All())
	}
}
