package timeline

import "math/bits"

// A bitset is a set of positions below n.
type bitset struct {
	words []uint64
	n     int
}

func newBitset(n int) bitset { return bitset{make([]uint64, (n+63)/64), n} }

func (b bitset) add(i int) { b.words[i/64] |= 1 << (i % 64) }

func (b bitset) has(i int) bool { return b.words[i/64]&(1<<(i%64)) != 0 }

// addWhere adds the positions for which a condition holds. It calls holds from
// several goroutines at once.
func (b bitset) addWhere(holds func(i int) bool) {
	split(b.n, func(from, to int) {
		for i := from; i < to; i++ {
			if holds(i) {
				b.add(i)
			}
		}
	})
}

// addMatches adds the positions whose number in a column a truth table accepts.
func addMatches[N ~uint8 | ~uint16 | ~uint32](set bitset, column []N, table []uint8) {
	split(len(column), func(from, to int) {
		for i := from; i < to; i += 64 {
			var word uint64
			for k, n := range column[i:min(i+64, to)] {
				word |= uint64(table[n]) << k
			}
			set.words[i/64] |= word
		}
	})
}

// addListMatches adds the positions with a number in their list that a truth
// table accepts.
func addListMatches(set bitset, c *listColumn, table []uint8) {
	switch {
	case c.numbers.bytes != nil:
		addMatchesOf(set, c, c.numbers.bytes, table)
	case c.numbers.twos != nil:
		addMatchesOf(set, c, c.numbers.twos, table)
	default:
		addMatchesOf(set, c, c.numbers.fours, table)
	}
}

// addMatchesOf is addListMatches for numbers of one size. Few lists have a match,
// so it goes through the numbers and looks up the list only of a match.
func addMatchesOf[N uint8 | uint16 | uint32](set bitset, c *listColumn, numbers []N, table []uint8) {
	split(c.starts.len()-1, func(from, to int) {
		i := from
		first := c.starts.at(from)
		for k, n := range numbers[first:c.starts.at(to)] {
			if table[n] == 0 {
				continue
			}
			for c.starts.at(i+1) <= first+k {
				i++
			}
			set.add(i)
		}
	})
}

func (b bitset) fill() {
	for w := range b.words {
		b.words[w] = ^uint64(0)
	}
	b.trim()
}

func (b bitset) invert() {
	for w := range b.words {
		b.words[w] = ^b.words[w]
	}
	b.trim()
}

// trim clears the bits from n on.
func (b bitset) trim() {
	if rest := b.n % 64; rest != 0 {
		b.words[len(b.words)-1] &= 1<<rest - 1
	}
}

func (b bitset) and(other bitset) {
	for w := range b.words {
		b.words[w] &= other.words[w]
	}
}

func (b bitset) or(other bitset) {
	for w := range b.words {
		b.words[w] |= other.words[w]
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b.words {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b bitset) rows() []uint32 {
	rows := make([]uint32, 0, b.count())
	for w, word := range b.words {
		for word != 0 {
			rows = append(rows, uint32(w*64+bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
	return rows
}
