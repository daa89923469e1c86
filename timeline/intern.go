package timeline

import (
	"cmp"

	"dateline/timeline/text"
)

// An interner numbers texts that many events have. The texts that it holds never
// change.
type interner struct {
	number  map[string]uint32 // by text as files have it
	text    []string          // clean
	class   []uint32          // by number: texts that fold alike have the same class
	classes map[string]uint32
	recent  text.Recent[uint32]
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
func (w *interner) of(s []byte) uint32 { return w.recent.Of(s, w.find) }

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
