package format

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A label is a name as it mostly stands before a value: quoted, and with its
// colon. Its first and its last eight bytes are compared, which cover it whole.
type label struct {
	name             string
	len              int
	head, mask, tail uint64 // the mask is of the head
}

// longestLabel is how long a label may be, in bytes.
const longestLabel = 16

func labelsOf(names []string) []label {
	labels := make([]label, len(names))
	for f, name := range names {
		text := []byte(`"` + name + `":`)
		l := label{name: name, len: len(text), mask: 1<<(8*min(len(text), 8)) - 1}
		if len(text) > longestLabel {
			panic("format: too long for a label: " + name)
		}
		l.tail = binary.LittleEndian.Uint64(append(make([]byte, 8), text...)[len(text):])
		l.head = binary.LittleEndian.Uint64(append(text, make([]byte, 8)...)) & l.mask
		labels[f] = l
	}
	return labels
}

// habits say of each field, and of the beginning, which field followed it last:
// most objects of a file have them in the same order.
type habits [32]uint8

// An objectScan goes through the members of an object.
type objectScan struct {
	labels []label
	habits *habits
	field  int // whose value is at hand; -1 if its name is none of the labels'
	last   int // one more than the last that has a label
	has    fieldSet
	before byte // what stands before the next member: a brace, later a comma
	ended  bool // the object has ended as it should
}

// next moves to the value of the next member of an object. It returns false if
// there is none: the object has ended, or goes wrong.
func (f *fastScanner) next(s *objectScan) bool {
	s.field = int(s.habits[s.last])
	if !f.takeLabel(s.before, &s.labels[s.field]) {
		if !f.takeName(s) {
			return false
		}
		if s.field < 0 {
			return true
		}
		s.habits[s.last] = uint8(s.field)
	}
	s.before, s.last = ',', s.field+1
	if s.has&(1<<s.field) != 0 {
		return false
	}
	s.has |= 1 << s.field
	return true
}

// takeLabel moves behind a byte and a label, if they are at hand.
func (f *fastScanner) takeLabel(before byte, l *label) bool {
	if f.at+1+longestLabel > len(f.text) || f.text[f.at] != before {
		return false
	}
	text := f.text[f.at+1 : f.at+1+longestLabel]
	if binary.LittleEndian.Uint64(text)&l.mask != l.head || l.len > 8 && binary.LittleEndian.Uint64(text[l.len-8:]) != l.tail {
		return false
	}
	f.at += 1 + l.len
	return true
}

// takeName is next for a name that is not the one expected.
func (f *fastScanner) takeName(s *objectScan) bool {
	if s.before == '{' && !f.take('{') {
		return false
	}
	if f.closed('}') {
		s.ended = true
		return false
	}
	if s.before == ',' && !f.take(',') {
		return false
	}
	s.before = ','
	field, name, ok := f.name(s.labels)
	if s.field = field; field < 0 && ok && !bytes.HasPrefix(name, []byte("_")) {
		return f.warnUnknown(name, s.labels)
	}
	return ok
}

// name reads a name and the colon, and returns which of the labels it is, or -1.
func (f *fastScanner) name(labels []label) (field int, name []byte, ok bool) {
	if !f.string(&name) || !f.take(':') {
		return 0, nil, false
	}
	return slices.IndexFunc(labels, func(l label) bool { return l.name == string(name) }), name, true
}

// peek returns the next byte that is not white space, 0 at the end.
func (f *fastScanner) peek() byte {
	if f.at < len(f.text) && f.text[f.at] > ' ' {
		return f.text[f.at]
	}
	return f.peekOn()
}

func (f *fastScanner) peekOn() byte {
	for ; f.at < len(f.text); f.at++ {
		switch c := f.text[f.at]; {
		case c == '\n' && f.isLine:
			return c
		case c != ' ' && c != '\t' && c != '\n' && c != '\r':
			return c
		}
	}
	f.cut = true
	return 0
}

// take moves behind a byte, if it is the next.
func (f *fastScanner) take(c byte) bool {
	if f.at < len(f.text) && f.text[f.at] == c || f.peek() == c {
		f.at++
		return true
	}
	return false
}

// open begins an object or an array, unless it is nested too deep.
func (f *fastScanner) open(c byte) bool {
	f.depth++
	return f.depth < deepest/2 && f.take(c)
}

// closed ends an object or an array, if it is at its end.
func (f *fastScanner) closed(c byte) bool {
	if !f.take(c) {
		return false
	}
	f.depth--
	return true
}

// string reads a string; into is the text's own bytes, unless it has escapes.
func (f *fastScanner) string(into *[]byte) bool {
	if f.peek() != '"' {
		return false
	}
	from := f.at + 1
	end := stringEnd(f.text, from)
	f.at = end
	if end == len(f.text) {
		f.cut = true
		return false
	}
	if f.text[end] == '"' {
		*into = f.text[from:end]
		f.at++
		return true
	}
	return f.escaped(from, into)
}

// escaped reads on a string that has an escape, or what belongs in none.
func (f *fastScanner) escaped(from int, into *[]byte) bool {
	start := len(f.scratch)
	for {
		f.scratch = append(f.scratch, f.text[from:f.at]...)
		switch {
		case f.at+1 >= len(f.text):
			f.cut = true
			return false
		case f.text[f.at] == '"':
			*into = f.scratch[start:]
			f.at++
			return true
		case f.text[f.at] != '\\' || !f.escape():
			return false
		}
		from = f.at
		f.at = stringEnd(f.text, from)
	}
}

// escape reads an escape. Half a pair it leaves to the decoder.
func (f *fastScanner) escape() bool {
	c := f.text[f.at+1]
	f.at += 2
	if k := bytes.IndexByte([]byte(`"\/bfnrt`), c); k >= 0 {
		f.scratch = append(f.scratch, "\"\\/\b\f\n\r\t"[k])
		return true
	}
	if c != 'u' || f.at+4 > len(f.text) {
		return false
	}
	s := scanner{text: string(f.text[f.at:min(f.at+10, len(f.text))])}
	r, ok := s.hex(0)
	f.at += 4
	if 0xd800 <= r && r < 0xe000 {
		var pair bool
		if r, pair = s.pair(r, 4); !pair {
			return false
		}
		f.at += 6
	}
	f.scratch = utf8.AppendRune(f.scratch, r)
	return ok
}

// skip reads a value of any type.
func (f *fastScanner) skip() bool {
	switch f.peek() {
	case '"':
		f.at++
		return f.skipString()
	case '[':
		return f.skipArray()
	case '{':
		return f.skipObject()
	}
	from := f.at
	for f.at < len(f.text) && bytes.IndexByte([]byte(",]} \t\r\n"), f.text[f.at]) < 0 {
		f.at++
	}
	f.cut = f.cut || f.at == len(f.text)
	s := scanner{text: string(f.text[from:f.at])}
	s.skip()
	return s.fault == nil && s.at == len(s.text)
}

func (f *fastScanner) skipArray() bool {
	if !f.open('[') {
		return false
	}
	if f.closed(']') {
		return true
	}
	for f.skip() {
		if f.closed(']') {
			return true
		}
		if !f.take(',') {
			return false
		}
	}
	return false
}

func (f *fastScanner) skipObject() bool {
	if !f.open('{') {
		return false
	}
	if f.closed('}') {
		return true
	}
	for {
		if _, _, ok := f.name(nil); !ok || !f.skip() {
			return false
		}
		if f.closed('}') {
			return true
		}
		if !f.take(',') {
			return false
		}
	}
}

func (f *fastScanner) skipString() bool {
	for {
		f.at = stringEnd(f.text, f.at)
		switch {
		case f.at < len(f.text) && f.text[f.at] == '"':
			f.at++
			return true
		case f.at+1 >= len(f.text):
			f.cut = true
			return false
		case f.text[f.at] != '\\' || !f.escape():
			return false
		}
	}
}

// stringEnd returns the offset of the first byte from at on that is a quotation
// mark, a backslash or a control character, or that of the end. It looks at
// sixteen bytes at once.
func stringEnd(text []byte, at int) int {
	for ; at+16 <= len(text); at += 16 {
		both := text[at : at+16]
		a, b := endsString(binary.LittleEndian.Uint64(both)), endsString(binary.LittleEndian.Uint64(both[8:]))
		if a|b == 0 {
			continue
		}
		n, m := bits.TrailingZeros64(a)/8, bits.TrailingZeros64(b)/8
		return at + n + m&-(n/8) // n is 8 if it is in the second half
	}
	for ; at < len(text); at++ {
		if c := text[at]; c == '"' || c == '\\' || c < ' ' {
			return at
		}
	}
	return at
}

// endsString returns a word whose lowest bit lies in the first of eight bytes
// that is a quotation mark, a backslash or a control character; 0 if none is.
// See "Determine if a word has a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func endsString(w uint64) uint64 {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
		swap = '"' ^ ' ' // puts the quotation mark right behind the control characters
	)
	quotesAndControls, slashes := (w^ones*swap)-ones*(' '+1), (w^ones*'\\')-ones
	return (quotesAndControls | slashes) &^ w & high
}
