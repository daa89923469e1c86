package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A Folder appends text to a slice as Fold(Clean(text)) would return it, several
// times faster. It knows ASCII and the characters that fold alike whatever stands
// beside them, as most letters of most scripts do: see foldingOf.
type Folder struct {
	room      []byte
	start, at int
	blank     uint64 // 0x80 after a space and at the start, where no space may follow
	controls  bool   // see Controls
}

// FolderRoom is how many bytes of a slice a Folder needs besides the length of the
// text.
const FolderRoom = 9

// NewFolder returns a Folder that appends at most length bytes of text to a slice.
func NewFolder(to []byte, length int) Folder {
	to = slices.Grow(to, length+FolderRoom)
	return Folder{room: to[:cap(to)], start: len(to), at: len(to), blank: 0x80}
}

// Bytes returns the slice with the text.
func (f *Folder) Bytes() []byte {
	if f.blank != 0 && f.at > f.start {
		f.at--
	}
	return f.room[:f.at]
}

// Controls reports whether the text has ASCII control characters, which Clean drops.
func (f *Folder) Controls() bool { return f.controls }

// Add appends text. If it returns false, the text has a character that the Folder
// does not know, and the slice is unusable.
//
// Add folds eight characters at once, up to one that is not ASCII, that becomes a
// space or nothing, or that is a space after another. See "Determine if a word
// has a zero byte" and "… a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func (f *Folder) Add(text []byte) bool {
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
		if text[i] < utf8.RuneSelf {
			c := text[i]
			i++
			f.controls = f.controls || c < ' ' || c == 0x7f
			switch {
			case c == '-' || c == ' ' || '\t' <= c && c <= '\r':
				if f.blank == 0 {
					room[at] = ' '
					at, f.blank = at+1, 0x80
				}
			case c != '\'' && c >= ' ' && c != 0x7f:
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
				room[at] = c
				at, f.blank = at+1, 0
			}
			continue
		}
		for i < len(text) && text[i] >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(text[i:])
			folded, ok := foldingOf(r)
			if !ok {
				return false
			}
			i += size
			isBlank := folded == blankFolding
			if isBlank && f.blank != 0 || folded.len() == 0 {
				continue
			}
			binary.LittleEndian.PutUint64(room[at:], folded.text())
			at += folded.len()
			if f.blank = 0; isBlank {
				f.blank = 0x80
			}
		}
	}
	f.at = at
	return true
}

// A folding is what a character becomes: at most three bytes, and in the lowest byte
// their number and one more. It is 0 if that is not known yet.
type folding uint32

const (
	blankFolding   folding = ' '<<8 | 2
	contextFolding folding = 0xff // it depends on what stands beside the character
)

func (f folding) len() int     { return int(f&0xff) - 1 }
func (f folding) text() uint64 { return uint64(f >> 8) }

// foldings remembers the folding of each character that has been met.
var foldings [1 << 16]atomic.Uint32

// foldingOf returns what a character that is not ASCII becomes. It returns false if
// that depends on what stands beside the character, or is not short.
func foldingOf(r rune) (f folding, ok bool) {
	if r >= int32(len(foldings)) {
		return 0, false
	}
	if f = folding(foldings[r].Load()); f == 0 {
		f = findFolding(r)
		foldings[r].Store(uint32(f))
	}
	return f, f != contextFolding
}

// findFolding is foldingOf for a character that is met for the first time. Nothing
// depends on its neighbours if it is a cluster and a composition by itself, beside
// itself even, before and after folding.
func findFolding(r rune) folding {
	within := func(s string) string { return "a" + s + "a" }
	letter := string(r)
	twice := within(letter + letter)
	if r == utf8.RuneError || Clean(twice) != twice || !standsAlone(letter) || !standsAlone(cases.Fold().String(norm.NFKC.String(letter))) {
		return contextFolding
	}
	for rest := twice; rest != ""; {
		cluster, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		if utf8.RuneCountInString(cluster) != 1 {
			return contextFolding
		}
		rest = rest[len(cluster):]
	}
	folded := foldFully(within(letter))
	folded = folded[1 : len(folded)-1]
	if len(folded) > len(letter) || folded != " " && strings.Contains(folded, " ") || !standsAlone(folded) {
		return contextFolding
	}
	f := folding(len(folded) + 1)
	for k := range len(folded) {
		f |= folding(folded[k]) << (8 + 8*k)
	}
	return f
}

// standsAlone reports whether no text before s combines with it.
func standsAlone(s string) bool {
	return s == "" || norm.NFC.PropertiesString(s).BoundaryBefore() && norm.NFKC.PropertiesString(s).BoundaryBefore()
}

// A Recent remembers what was found lately for texts of up to 24 bytes, as most names
// and dates are. It saves a look at a map. The zero Recent remembers nothing yet.
type Recent[V any] struct {
	slots  []recentSlot[V]
	misses int
}

type recentSlot[V any] struct {
	head, middle, tail uint64 // eight bytes each, which cover the text
	length             int    // and one more
	value              V
}

// A Recent has few slots at first, which is enough for a small file and for one in
// order.
const (
	fewSlots  = 1 << 8
	mostSlots = 1 << 12
)

// Of returns what find returns for a text, unless that is remembered.
func (m *Recent[V]) Of(s []byte, find func([]byte) V) V {
	if len(s) > 24 {
		return find(s)
	}
	if m.misses >= 8*len(m.slots) && len(m.slots) < mostSlots {
		m.slots = make([]recentSlot[V], max(fewSlots, mostSlots*min(1, len(m.slots))))
	}
	head, tail := Eight(s, 0), Eight(s, max(0, len(s)-8))
	const odd = 0x9e3779b97f4a7c15 // 2⁶⁴ by the golden ratio: Knuth, volume 3, 6.4
	r := &m.slots[(head*odd^bits.RotateLeft64(tail, 32))*odd>>52&uint64(len(m.slots)-1)]
	middle := tail
	if len(s) > 16 {
		middle = Eight(s, 8)
	}
	if r.head != head || r.middle != middle || r.tail != tail || r.length != len(s)+1 {
		r.head, r.middle, r.tail, r.length, r.value = head, middle, tail, len(s)+1, find(s)
		m.misses++
	}
	return r.value
}

// Eight returns the eight bytes at an offset of a text as a word, padded with
// zeros.
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
