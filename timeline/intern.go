package timeline

import (
	"cmp"
	"encoding/binary"
	"math/bits"

	"dateline/timeline/text"
)

// An interner numbers texts that many events have. The texts that it holds never
// change.
type interner struct {
	number  map[string]uint32 // by text as files have it
	text    []string          // clean
	class   []uint32          // by number: texts that fold alike have the same class
	classes map[string]uint32
	recent  [1 << 12]recentWord
}

// A recentWord is a text of up to sixteen bytes, as most names are, that was
// looked up lately. It saves a look at the map.
type recentWord struct {
	head, tail uint64 // its first eight bytes, and the others
	len        uint32
	number     uint32
}

func newInterner() *interner {
	w := &interner{number: make(map[string]uint32), classes: make(map[string]uint32), text: []string{""}, class: []uint32{0}}
	w.number[""] = 0
	for _, kind := range kinds[1:] {
		w.of([]byte(kind)) // its number is the kind
	}
	return w
}

// of returns the number of a text, 0 if the text is empty once it is clean.
func (w *interner) of(s []byte) uint32 {
	switch {
	case len(s) == 0:
		return 0
	case len(s) > 16:
		return w.find(s)
	}
	var padded [16]byte
	copy(padded[:], s)
	head, tail := binary.LittleEndian.Uint64(padded[:8]), binary.LittleEndian.Uint64(padded[8:])
	const odd = 0x9e3779b97f4a7c15 // 2⁶⁴ by the golden ratio: Knuth, volume 3, 6.4
	r := &w.recent[(head*odd^bits.RotateLeft64(tail, 32))*odd>>52]
	if r.head != head || r.tail != tail || r.len != uint32(len(s)) {
		*r = recentWord{head, tail, uint32(len(s)), w.find(s)}
	}
	return r.number
}

func (w *interner) find(s []byte) uint32 {
	n, known := w.number[string(s)]
	if known {
		return n
	}
	clean := text.Clean(string(s))
	if clean != string(s) {
		n = w.find([]byte(clean))
	} else {
		n = uint32(len(w.text))
		key := cmp.Or(text.Fold(clean), clean)
		class, known := w.classes[key]
		if !known {
			class = n
			w.classes[key] = class
		}
		w.text, w.class = append(w.text, clean), append(w.class, class)
	}
	w.number[string(s)] = n
	return n
}
