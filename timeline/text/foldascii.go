package text

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
	blank      uint64 // 0x80 if a blank was written last; no text begins with one
	Controlled bool   // the text has control characters of ASCII
}

// foldingRoom is how much room text needs besides its length.
const FoldingRoom = 9

// newFolding begins to add texts of so many bytes.
func NewFolding(to []byte, length int) folding {
	to = slices.Grow(to, length+FoldingRoom)
	return folding{room: to[:cap(to)], start: len(to), at: len(to), blank: 0x80}
}

// end returns the slice with all that was added.
func (f *folding) End() []byte {
	if f.blank != 0 && f.at > f.start {
		f.at--
	}
	return f.room[:f.at]
}

// add adds text. It reports false if it does not know the text.
//
// It folds eight characters at once, up to one that is not ASCII, that becomes a
// blank or nothing, or that is a blank behind another. See "Determine if a word
// has a zero byte" and "… a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func (f *folding) Add(text []byte) bool {
	room, at := f.room, f.at
	for i := 0; i < len(text); {
		w := Eight(text, i)
		hyphens, apostrophes := (w^ones*'-')-ones, (w^ones*'\'')-ones
		blanks := ^((w ^ ones*' ') + 0x7f*ones) & high
		odd := (w|(w-ones*' ')|(w+ones)|hyphens|apostrophes)&high | blanks&(blanks<<8|f.blank)
		capitals := (w + (0x80-'A')*ones) &^ (w + (0x80-'Z'-1)*ones) & high
		binary.LittleEndian.PutUint64(room[at:], w+capitals>>2)
		if odd == 0 {
			i, at, f.blank = i+8, at+8, blanks>>56
			continue
		}
		if n := bits.TrailingZeros64(odd) / 8; n > 0 {
			i, at, f.blank = i+n, at+n, blanks>>(8*n-8)&0x80
			if i == len(text) {
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
		f.Controlled = f.Controlled || r < ' ' || r == 0x7f
		switch {
		case folded == 0 || folded == ' ' && f.blank != 0:
			continue
		case folded == ' ':
			f.blank = 0x80
		default:
			f.blank = 0
		}
		at += utf8.EncodeRune(room[at:], folded)
	}
	f.at = at
	return true
}

// eight returns the eight bytes at an offset of a text as a word; in place of
// those behind the end it has zeros.
func Eight(text []byte, at int) uint64 {
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
