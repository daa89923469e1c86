package timeline

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A folding adds text, cleaned and folded, to a slice as long as it is text that
// foldRune knows, which cleaning does not change but for what folding drops.
type folding struct {
	room       []byte
	start, at  int
	blank      bool // what was written last; no text begins with one
	controlled bool // the text has control characters of ASCII
}

// foldingRoom is how much room text needs besides its length.
const foldingRoom = 9

// newFolding begins to add texts of so many bytes.
func newFolding(to []byte, length int) folding {
	to = slices.Grow(to, length+foldingRoom)
	return folding{room: to[:cap(to)], start: len(to), at: len(to), blank: true}
}

// end returns the slice with all that was added.
func (f *folding) end() []byte {
	if f.blank && f.at > f.start {
		f.at--
	}
	return f.room[:f.at]
}

// add adds text. It reports false if it does not know the text.
//
// It folds eight characters at once, up to one that is not ASCII, that is
// dropped, or that is a blank behind another. See "Determine if a word has a zero
// byte" and "… a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func (f *folding) add(text []byte) bool {
	room, at, blank := f.room, f.at, f.blank
	for i := 0; i < len(text); {
		w := eight(text, i)
		hyphens := ^((w ^ ones*'-') + 0x7f*ones) & high
		w ^= hyphens >> 7 * ('-' ^ ' ')
		blanks := ^((w ^ ones*' ') + 0x7f*ones) & high
		before := blanks << 8
		if blank {
			before |= 0x80
		}
		odd := (w|(w-ones*' ')|(w+ones)|((w^ones*'\'')-ones))&high | blanks&before
		capitals := (w + (0x80-'A')*ones) &^ (w + (0x80-'Z'-1)*ones) & high
		binary.LittleEndian.PutUint64(room[at:], w+capitals>>2)
		if odd == 0 {
			i, at, blank = i+8, at+8, blanks>>63 != 0
			continue
		}
		if n := bits.TrailingZeros64(odd) / 8; n > 0 {
			i, at = i+n, at+n
			if blank = room[at-1] == ' '; i == len(text) {
				break
			}
		}
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		folded, ok := foldRune(r)
		if !ok {
			return false
		}
		i += size
		f.controlled = f.controlled || r < ' ' || r == 0x7f
		if folded == 0 || folded == ' ' && blank {
			continue
		}
		at += utf8.EncodeRune(room[at:], folded)
		blank = folded == ' '
	}
	f.at, f.blank = at, blank
	return true
}

// eight returns the eight bytes at an offset of a text as a word; in place of
// those behind the end it has zeros.
func eight(text []byte, at int) uint64 {
	if at+8 <= len(text) {
		return binary.LittleEndian.Uint64(text[at:])
	}
	if len(text) >= 8 {
		return binary.LittleEndian.Uint64(text[len(text)-8:]) >> (8 * (at + 8 - len(text)))
	}
	var w uint64
	for k, c := range text[at:] {
		w |= uint64(c) << (8 * k)
	}
	return w
}
