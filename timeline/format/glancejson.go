package format

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A label is a name as it mostly stands before a value: quoted, and with its
// colon. It is compared in words of eight bytes, of which two reach over any.
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

// A stroll goes through an object's members.
type stroll struct {
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
func (g *glancer) next(s *stroll) bool {
	s.field = int(s.habits[s.last])
	if !g.takeLabel(s.before, &s.labels[s.field]) {
		if !g.takeName(s) {
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
func (g *glancer) takeLabel(before byte, l *label) bool {
	if g.at+1+longestLabel > len(g.text) || g.text[g.at] != before {
		return false
	}
	text := g.text[g.at+1 : g.at+1+longestLabel]
	if binary.LittleEndian.Uint64(text)&l.mask != l.head || l.len > 8 && binary.LittleEndian.Uint64(text[l.len-8:]) != l.tail {
		return false
	}
	g.at += 1 + l.len
	return true
}

// takeName is next for a name that is not the one expected.
func (g *glancer) takeName(s *stroll) bool {
	if s.before == '{' && !g.take('{') {
		return false
	}
	if g.closed('}') {
		s.ended = true
		return false
	}
	if s.before == ',' && !g.take(',') {
		return false
	}
	s.before = ','
	var ok bool
	s.field, ok = g.name(s.labels)
	return ok
}

// name reads a name and the colon, and returns which it is, or -1.
func (g *glancer) name(labels []label) (field int, ok bool) {
	escaped := len(g.scratch)
	var name []byte
	if !g.string(&name) || !g.take(':') {
		return 0, false
	}
	field = slices.IndexFunc(labels, func(l label) bool { return l.name == string(name) })
	return field, field < 0 || len(g.scratch) == escaped // it may be written with escapes
}

// peek returns the next byte that is not white space, 0 at the end.
func (g *glancer) peek() byte {
	if g.at < len(g.text) && g.text[g.at] > ' ' {
		return g.text[g.at]
	}
	return g.peekOn()
}

func (g *glancer) peekOn() byte {
	for ; g.at < len(g.text); g.at++ {
		switch c := g.text[g.at]; {
		case c == '\n' && g.isLine:
			return c
		case c != ' ' && c != '\t' && c != '\n' && c != '\r':
			return c
		}
	}
	g.cut = true
	return 0
}

// take moves behind a byte, if it is the next.
func (g *glancer) take(c byte) bool {
	if g.at < len(g.text) && g.text[g.at] == c || g.peek() == c {
		g.at++
		return true
	}
	return false
}

// open begins an object or an array, unless it is nested too deep.
func (g *glancer) open(c byte) bool {
	g.depth++
	return g.depth < deepest/2 && g.take(c)
}

// closed ends an object or an array, if it is at its end.
func (g *glancer) closed(c byte) bool {
	if !g.take(c) {
		return false
	}
	g.depth--
	return true
}

// string reads a string; into is the text's own bytes, unless it has escapes.
func (g *glancer) string(into *[]byte) bool {
	if g.peek() != '"' {
		return false
	}
	from := g.at + 1
	end := stringEnd(g.text, from)
	g.at = end
	if end == len(g.text) {
		g.cut = true
		return false
	}
	if g.text[end] == '"' {
		*into = g.text[from:end]
		g.at++
		return true
	}
	return g.escaped(from, into)
}

// escaped reads on a string that has an escape, or what belongs in none.
func (g *glancer) escaped(from int, into *[]byte) bool {
	start := len(g.scratch)
	for {
		g.scratch = append(g.scratch, g.text[from:g.at]...)
		switch {
		case g.at+1 >= len(g.text):
			g.cut = true
			return false
		case g.text[g.at] == '"':
			*into = g.scratch[start:]
			g.at++
			return true
		case g.text[g.at] != '\\' || !g.escape():
			return false
		}
		from = g.at
		g.at = stringEnd(g.text, from)
	}
}

// escape reads an escape. Half a pair it leaves to the decoder.
func (g *glancer) escape() bool {
	c := g.text[g.at+1]
	g.at += 2
	if k := bytes.IndexByte([]byte(`"\/bfnrt`), c); k >= 0 {
		g.scratch = append(g.scratch, "\"\\/\b\f\n\r\t"[k])
		return true
	}
	if c != 'u' || g.at+4 > len(g.text) {
		return false
	}
	s := scanner{text: string(g.text[g.at:min(g.at+10, len(g.text))])}
	r, ok := s.hex(0)
	g.at += 4
	if 0xd800 <= r && r < 0xe000 {
		var pair bool
		if r, pair = s.pair(r, 4); !pair {
			return false
		}
		g.at += 6
	}
	g.scratch = utf8.AppendRune(g.scratch, r)
	return ok
}

// skip reads a value of any type.
func (g *glancer) skip() bool {
	switch g.peek() {
	case '"':
		g.at++
		return g.skipString()
	case '[':
		return g.skipArray()
	case '{':
		return g.skipObject()
	}
	from := g.at
	for g.at < len(g.text) && bytes.IndexByte([]byte(",]} \t\r\n"), g.text[g.at]) < 0 {
		g.at++
	}
	g.cut = g.cut || g.at == len(g.text)
	s := scanner{text: string(g.text[from:g.at])}
	s.skip()
	return s.fault == nil && s.at == len(s.text)
}

func (g *glancer) skipArray() bool {
	if !g.open('[') {
		return false
	}
	if g.closed(']') {
		return true
	}
	for g.skip() {
		if g.closed(']') {
			return true
		}
		if !g.take(',') {
			return false
		}
	}
	return false
}

func (g *glancer) skipObject() bool {
	if !g.open('{') {
		return false
	}
	if g.closed('}') {
		return true
	}
	for {
		if _, ok := g.name(nil); !ok || !g.skip() {
			return false
		}
		if g.closed('}') {
			return true
		}
		if !g.take(',') {
			return false
		}
	}
}

func (g *glancer) skipString() bool {
	for {
		g.at = stringEnd(g.text, g.at)
		switch {
		case g.at < len(g.text) && g.text[g.at] == '"':
			g.at++
			return true
		case g.at+1 >= len(g.text):
			g.cut = true
			return false
		case g.text[g.at] != '\\' || !g.escape():
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
