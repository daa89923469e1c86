package format

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"

	"dateline/timeline"
)

// A glancer reads of an event only what an index wants. It takes the common
// road fast and leaves whatever is odd to the decoder: a mistake, a field twice,
// a word that it does not know. What it reads, the decoder reads alike.
type glancer struct {
	text   []byte
	at     int
	depth  int
	cut    bool // the text ended too early
	record timeline.Record

	scratch []byte // texts that were written with escapes
}

// The fields of an event and of a source, in the order of their tables: a test
// holds that they are the same.
const (
	idField = iota
	eventDateField
	tzField
	reportedField
	titleField
	summaryField
	actorsField
	placesField
	topicsField
	statusField
	caveatField
	answersField
	confidenceField
	credibilityField
	sourcesField
)

const (
	urlField = iota
	headlineField
	publisherField
	authorField
	viaField
	attributedField
	kindField
	publishedField
	accessedField
	archivedField
	languageField
	supportsField
	quoteField
)

var (
	statusWords = wordsOf(timeline.Statuses())
	kindWords   = wordsOf(timeline.Kinds())
)

func wordsOf[W interface{ String() string }](values []W) []string {
	var words []string
	for _, v := range values {
		words = append(words, v.String())
	}
	return words
}

// event reads the event that begins at an offset. It reports false if the event
// is not one that the glancer knows how to read; cut then says that more text
// might help. Its texts are the text's, until the next call.
func (g *glancer) event(text []byte, at int) bool {
	g.text, g.at, g.depth, g.cut = text, at, 0, false
	g.scratch = g.scratch[:0]
	r := &g.record
	r.ID, r.Date, r.Title, r.Summary, r.Caveat, r.Status = nil, nil, nil, nil, nil, timeline.NotStated
	r.Actors, r.Places, r.Topics, r.Answers, r.Sources = r.Actors[:0], r.Places[:0], r.Topics[:0], r.Answers[:0], r.Sources[:0]
	g.peek()
	start := g.at
	if !g.object(eventFieldNames, g.eventField) {
		return false
	}
	r.Len = g.at - start
	return true
}

func (g *glancer) eventField(f int) bool {
	r := &g.record
	switch f {
	case idField:
		return g.string(&r.ID)
	case eventDateField:
		return g.string(&r.Date)
	case titleField:
		return g.string(&r.Title)
	case summaryField:
		return g.string(&r.Summary)
	case caveatField:
		return g.string(&r.Caveat)
	case actorsField:
		return g.strings(&r.Actors)
	case placesField:
		return g.strings(&r.Places)
	case topicsField:
		return g.strings(&r.Topics)
	case answersField:
		return g.strings(&r.Answers)
	case statusField:
		n, ok := g.word(statusWords)
		r.Status = timeline.Status(n + 1)
		return ok
	case sourcesField:
		return g.array(g.source)
	}
	return g.skip()
}

func (g *glancer) source() bool {
	var s timeline.SourceRecord
	addressed, titled := false, false
	ok := g.object(sourceFieldNames, func(f int) bool {
		switch f {
		case urlField:
			addressed = true
			return g.address(&s.URL)
		case archivedField:
			return g.address(&s.Archived)
		case headlineField:
			var title []byte
			ok := g.string(&title)
			titled = len(title) > 0
			return ok
		case publisherField:
			return g.string(&s.Publisher)
		case attributedField:
			return g.string(&s.AttributedTo)
		case quoteField:
			return g.string(&s.Quote)
		case kindField:
			n, ok := g.word(kindWords)
			s.Kind = timeline.Kind(n + 1)
			return ok
		}
		return g.skip()
	})
	g.record.Sources = append(g.record.Sources, s)
	return ok && (addressed || titled && len(s.Publisher) > 0)
}

// peek returns the next byte that is not white space, 0 at the end.
func (g *glancer) peek() byte {
	for ; g.at < len(g.text); g.at++ {
		switch c := g.text[g.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	g.cut = true
	return 0
}

func (g *glancer) take(c byte) bool {
	if g.peek() != c {
		return false
	}
	g.at++
	return true
}

// object reads an object, calling value for each field of the names given; what
// other fields have is skipped.
func (g *glancer) object(names []string, value func(field int) bool) bool {
	if !g.open('{') {
		return false
	}
	if g.closed('}') {
		return true
	}
	var has fieldSet
	next := 0 // the field that is expected: most events have them in the same order
	for {
		f, ok := g.name(names, next)
		switch {
		case !ok || f >= 0 && has&(1<<f) != 0:
			return false
		case f < 0:
			ok = g.skip()
		default:
			has |= 1 << f
			next = f + 1
			ok = value(f)
		}
		if !ok {
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

// open begins an object or an array, unless it is nested too deep.
func (g *glancer) open(c byte) bool {
	g.depth++
	return g.depth < deepest/2 && g.take(c)
}

// closed ends an object or an array, if it is at its end.
func (g *glancer) closed(c byte) bool {
	if g.peek() != c {
		return false
	}
	g.at++
	g.depth--
	return true
}

// name reads a name and the colon, and returns which it is, or -1.
func (g *glancer) name(names []string, next int) (field int, ok bool) {
	if !g.take('"') {
		return 0, false
	}
	rest := g.text[g.at:]
	for k := range names {
		f := next + k
		if f >= len(names) {
			f -= len(names)
		}
		name := names[f]
		if len(rest) > len(name) && rest[len(name)] == '"' && string(rest[:len(name)]) == name {
			g.at += len(name) + 1
			return f, g.take(':')
		}
	}
	g.at--
	var name []byte
	if !g.string(&name) || len(g.scratch) > 0 && slices.Contains(names, string(name)) {
		return 0, false // a known name may be written with escapes
	}
	return -1, g.take(':')
}

func (g *glancer) array(element func() bool) bool {
	if !g.open('[') {
		return false
	}
	if g.closed(']') {
		return true
	}
	for element() {
		if g.closed(']') {
			return true
		}
		if !g.take(',') {
			return false
		}
	}
	return false
}

func (g *glancer) strings(into *[][]byte) bool {
	return g.array(func() bool {
		var s []byte
		ok := g.string(&s)
		*into = append(*into, s)
		return ok
	})
}

// word reads one of a few words.
func (g *glancer) word(words []string) (n int, ok bool) {
	var s []byte
	if !g.string(&s) {
		return 0, false
	}
	for n, word := range words {
		if string(s) == word {
			return n, true
		}
	}
	return 0, false
}

// address reads an address that the decoder will not complain of.
func (g *glancer) address(into *[]byte) bool {
	escaped := len(g.scratch)
	if !g.string(into) || len(g.scratch) > escaped {
		return false
	}
	s := *into
	rest, ok := bytes.CutPrefix(s, []byte("https://"))
	if !ok {
		rest, ok = bytes.CutPrefix(s, []byte("http://"))
	}
	return len(s) == 0 || ok && len(rest) > 0 && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' && bytes.IndexByte(rest, ' ') < 0
}

// string reads a string; into is the text's own bytes, unless it has escapes.
func (g *glancer) string(into *[]byte) bool {
	if !g.take('"') {
		return false
	}
	from := g.at
	g.at = stringEnd(g.text, from)
	if g.at == len(g.text) {
		g.cut = true
		return false
	}
	if g.text[g.at] == '"' {
		*into = g.text[from:g.at]
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
	switch c := g.peek(); c {
	case '"':
		g.at++
		return g.skipString()
	case '[':
		return g.array(g.skip)
	case '{':
		return g.object(nil, nil)
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

func (g *glancer) skipString() bool {
	for {
		g.at = stringEnd(g.text, g.at)
		switch {
		case g.at+1 >= len(g.text) && (g.at == len(g.text) || g.text[g.at] != '"'):
			g.cut = true
			return false
		case g.text[g.at] == '"':
			g.at++
			return true
		case g.text[g.at] != '\\' || !g.escape():
			return false
		}
	}
}

// stringEnd returns the offset of the first byte from at on that is a quotation
// mark, a backslash or a control character, or that of the end. It looks at
// eight bytes at once: see "Determine if a word has a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func stringEnd(text []byte, at int) int {
	const (
		ones = 0x0101010101010101
		high = 0x8080808080808080
	)
	for ; at+8 <= len(text); at += 8 {
		w := binary.LittleEndian.Uint64(text[at:])
		quote, slash := w^ones*'"', w^ones*'\\'
		found := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*' ')&^w) & high
		if found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for ; at < len(text); at++ {
		if c := text[at]; c == '"' || c == '\\' || c < ' ' {
			return at
		}
	}
	return at
}
