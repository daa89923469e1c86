package format

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// After a mistake in the JSON of an array, resume finds the element that follows
// the faulty one. It reads as a person does: it follows brackets, takes the marks
// that people type for quotation marks, passes comments, and ends a string that
// is not closed with its line or before the next name.

// A resumption is where to go on in an array.
type resumption struct {
	at    int
	found bool
	ended bool // the bracket that ends the array is there, not an element
	cut   bool // the text ends too early to tell
}

const (
	// farthest is how far behind the beginning of an element the next is looked for.
	farthest = 1 << 25
	// farthestInside is how far a faulty element is read on behind something in one
	// of its lists that looks like the next element.
	farthestInside = 1 << 16
)

// resume finds the element that follows a faulty one, which begins at start. The
// text is the whole, or may go on.
func resume(text string, start int, whole bool) resumption {
	if end := start + farthest; end < len(text) {
		text, whole = text[:end], true
	}
	l := lexer{text: text, at: start, before: '['}
	var open []byte    // the brackets that are open
	var names []string // of the faulty element
	balanced := true   // so far, the brackets match
	inside := -1       // where something in a list looks like the next element
	if start < len(text) && text[start] == '"' && isName(text[start:]) {
		open = []byte("{") // it is missing
	}
	lead, hasLead := leadOf(text, start)
	alike := func(at int) (alike, cut bool) {
		if hasLead {
			other, has := leadOf(text, at)
			return has && other == lead, false
		}
		return resembles(text, at, names)
	}
	for {
		before := l.before
		t := l.next()
		if t.kind == 0 || inside >= 0 && (t.at > inside+farthestInside || len(open) > deepest) {
			whole = whole || t.kind != 0
			break
		}
		within := byte(0)
		if len(open) > 0 {
			within = open[len(open)-1]
		}
		switch t.kind {
		case '{':
			switch {
			case t.at == start || before == ':':
			case within == 0 && balanced:
				return resumption{at: t.at, found: true}
			case within == '{' && before == '"', inside >= 0 && within == '[', len(open) > 4:
			default:
				is, cut := alike(t.at)
				switch {
				case cut && !whole:
					return resumption{cut: true}
				case is && within != '[':
					return resumption{at: t.at, found: true}
				case is:
					inside = t.at
				}
			}
			open = append(open, '{')
		case '[':
			balanced = balanced && within != 0
			open = append(open, '[')
		case '}':
			balanced = balanced && within == '{'
			if i := bytes.LastIndexByte(open, '{'); i >= 0 {
				open = open[:i]
			}
		case ']':
			if i := bytes.LastIndexByte(open, '['); i >= 0 {
				balanced = balanced && within == '['
				open = open[:i]
				continue
			}
			ends, cut := endsArray(text, l.at)
			switch {
			case cut && !whole:
				return resumption{cut: true}
			case ends:
				return resumption{at: t.at, found: true, ended: true}
			}
			balanced = false
		case '"':
			if len(open) == 1 && l.peek() == ':' {
				names = append(names, t.text)
			}
			balanced = balanced && within != 0
		}
	}
	switch {
	case inside >= 0 && whole:
		return resumption{at: inside, found: true}
	case !whole:
		return resumption{cut: true}
	}
	return resumption{}
}

// leadOf returns how the line is indented that an object begins, perhaps behind
// the end of the one before: "}, {".
func leadOf(text string, at int) (lead string, ok bool) {
	line := len(strings.TrimRight(text[:at], " \t},"))
	if line == 0 || text[line-1] != '\n' {
		return "", false
	}
	return text[line : at-len(strings.TrimLeft(text[line:at], " \t"))], true
}

// resembles reports whether the object at an offset has four of some names, or
// all of them if they are fewer. It is not known if the text is cut.
func resembles(text string, at int, names []string) (alike, cut bool) {
	const longest, most = 1 << 16, 512 // bytes and lexemes that are looked at
	end := min(len(text), at+longest)
	l := lexer{text: text[:end], at: at}
	depth, same := 0, 0
	for range most {
		t := l.next()
		switch t.kind {
		case 0:
			return false, end < at+longest
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return false, false
			}
		case '"':
			if depth == 1 && l.peek() == ':' && slices.Contains(names, t.text) {
				if same++; same >= min(4, len(names)) {
					return true, false
				}
			}
		}
	}
	return false, false
}

// endsArray reports whether an array of events may end before an offset: the text
// ends too, or the object around the array does, perhaps after other fields. It
// is not known if the text is cut.
func endsArray(text string, at int) (ends, cut bool) {
	l := lexer{text: text, at: at}
	depth := 0
	for first := true; ; first = false {
		t := l.next()
		switch {
		case t.kind == 0:
			return true, true
		case first && t.kind != ',' && t.kind != '}':
			return false, false
		case t.kind == '{', t.kind == '[':
			if depth == 0 && l.last != ':' {
				return false, false
			}
			depth++
		case t.kind == '}', t.kind == ']':
			if depth--; depth < 0 {
				after := l.next()
				return t.kind == '}' && strings.IndexByte("{}[],", after.kind) < 0, after.kind == 0
			}
		}
	}
}

// nextMember finds one of some names that begins a member of an object, from an
// offset on, or -1. It is not known if the text is cut.
func nextMember(text string, from int, names []string) int {
	if end := from + farthest; end < len(text) {
		text = text[:end]
	}
	l := lexer{text: text, at: min(from, len(text))}
	for t := l.next(); t.kind != 0; t = l.next() {
		if t.kind == '"' && text[t.at] == '"' && l.peek() == ':' && slices.Contains(names, t.text) {
			return t.at
		}
	}
	return -1
}

// A lexer splits text that is nearly JSON. It never fails.
type lexer struct {
	text   string
	at     int
	before byte // the kind of the last lexeme
	last   byte // the kind of the one before that
}

// A lexeme is a bracket, a comma, a colon, a string (its kind is a quotation
// mark), or any other text (its kind is a letter). At the end its kind is 0.
type lexeme struct {
	kind byte
	at   int
	text string // of a string, without its marks
}

func (l *lexer) next() lexeme {
	t := l.read()
	l.last, l.before = l.before, t.kind
	return t
}

// peek returns the kind of the next lexeme.
func (l *lexer) peek() byte {
	ahead := *l
	return ahead.read().kind
}

func (l *lexer) read() lexeme {
	for l.at < len(l.text) {
		at := l.at
		switch c := l.text[at]; c {
		case ' ', '\t', '\r', '\n':
			l.at++
		case '{', '}', '[', ']', ',', ':':
			l.at++
			return lexeme{kind: c, at: at}
		default:
			if end := commentEnd(l.text, at); end > at && l.before != ':' {
				l.at = end
				continue
			}
			if n, _ := quoteLength(l.text[at:]); n > 0 && !(c == '\'' && at > 0 && isNameByte(l.text[at-1])) {
				return lexeme{kind: '"', at: at, text: l.readString()}
			}
			_, size := utf8.DecodeRuneInString(l.text[at:])
			for l.at += size; l.at < len(l.text) && isNameByte(l.text[l.at]); {
				l.at++
			}
			return lexeme{kind: 'x', at: at}
		}
	}
	return lexeme{at: l.at}
}

// commentEnd returns where the comment ends that begins at an offset, or the
// offset if none does.
func commentEnd(text string, at int) int {
	switch {
	case text[at] == '#', strings.HasPrefix(text[at:], "//"):
		return lineEnd(text, at)
	case strings.HasPrefix(text[at:], "/*"):
		if n := strings.Index(text[at:], "*/"); n >= 0 {
			return at + n + len("*/")
		}
		return lineEnd(text, at)
	}
	return at
}

// quoteLength returns the length of the quotation mark that text begins with, 0 if
// it begins with none, and whether the mark is a double one.
func quoteLength(text string) (n int, double bool) {
	if text == "" || text[0] != '"' && text[0] != '\'' && text[0] != '`' && text[0] != "“"[0] {
		return 0, false
	}
	for _, mark := range []string{`"`, "“", "”", "„", "‟", "'", "`", "‘", "’"} {
		if strings.HasPrefix(text, mark) {
			return len(mark), strings.Contains(`"“”„‟`, mark)
		}
	}
	return 0, false
}

// readString reads the string at hand. A mark like its first ends it, but only
// where a string may end in JSON; elsewhere the mark is part of the text.
func (l *lexer) readString() string {
	n, double := quoteLength(l.text[l.at:])
	from := l.at + n
	for i := from; i < len(l.text); {
		switch c := l.text[i]; {
		case c == '\n':
			return l.endUnclosed(from, i)
		case c == '\\':
			i += 2
			continue
		}
		size, same := quoteLength(l.text[i:])
		switch {
		case size == 0 || same != double || n == 1 && size > 1:
			i++
		case closesString(l.text[i+size:]):
			l.at = i + size
			return l.text[from:i]
		case beginsName(l.text[i:]) && strings.ContainsAny(l.text[len(strings.TrimRight(l.text[:i], " \t{}[],")):i], "{}[],"):
			return l.endUnclosed(from, i)
		default:
			i += size
		}
	}
	l.at = len(l.text)
	return l.text[from:]
}

// endUnclosed ends a string that is not closed before an offset. The brackets and
// commas before it are no part of the string.
func (l *lexer) endUnclosed(from, end int) string {
	text := strings.TrimRight(l.text[from:end], " \t\r{}[],:")
	l.at = from + len(text)
	return text
}

// closesString reports whether a string may end before a text.
func closesString(text string) bool {
	rest := strings.TrimLeft(text, " \t\r")
	return rest == "" || strings.IndexByte(",:]}\n/#", rest[0]) >= 0 || beginsName(rest)
}

// beginsName reports whether text begins with a short name in quotation marks and
// a colon.
func beginsName(text string) bool {
	const longest = 64
	n, double := quoteLength(text)
	if n == 0 {
		return false
	}
	name := text[n:min(len(text), n+longest)]
	for i := range name {
		switch size, same := quoteLength(name[i:]); {
		case name[i] == '\n':
			return false
		case size > 0 && same == double:
			return i > 0 && strings.HasPrefix(strings.TrimLeft(name[i+size:], " \t"), ":")
		}
	}
	return false
}

// afterComments returns where JSON begins after comments, or the offset given if
// none or something else does.
func afterComments(text string, from int) int {
	for at := from; at < len(text); {
		switch c := text[at]; c {
		case ' ', '\t', '\r', '\n':
			at++
		case '/', '#':
			end := commentEnd(text, at)
			if end == at {
				return from
			}
			at = end
		case '{', '[':
			l := lexer{text: text, at: at + 1}
			switch k := l.peek(); {
			case k == '"', c == '[' && (k == '{' || k == ']'), c == '{' && k == '}':
				return at
			}
			return from
		default:
			return from
		}
	}
	return from
}

// An element of an array of objects is one of them, or the array's end.
type element struct {
	span         // of the object; none if there is no other
	fault *fault // a mistake between it and the next, which the array goes on behind
	next  int    // where the next begins, or what stands behind the array
	last  bool   // the array ends behind it
	over  bool   // the array cannot be read on; the scanner's fault says why
}

// element finds the element that begins in text from an offset on, of an array that
// begins at open. An element that is not JSON is found too, up to the next: reading
// it tells what is wrong. It returns false if it needs more text, unless text is the
// whole.
func (s *scanner) element(from, open int, whole bool) (e element, ok bool) {
	depth := s.depth
	s.at = from
	s.peek()
	start := s.at
	s.skip()
	end, inside := s.at, s.fault != nil
	if !inside {
		e.span = span{start: start, end: end}
		switch c := s.peek(); {
		case s.at >= len(s.text) && !whole:
			return e, false
		case c == ']':
			e.next, e.last = s.at+1, true
			return e, true
		case c == ',':
			s.at++
			if c = s.peek(); s.at >= len(s.text) && !whole {
				return e, false
			}
			if e.next = s.at; c != ']' {
				return e, true
			}
			s.fail(s.at, "there is nothing between the comma and this ']'")
		case s.at >= len(s.text):
			s.fail(open, "an array that begins here is not closed")
			e.over = true
			return e, true
		default:
			s.fail(s.at, "expected a comma or ']', found %s", s.found())
		}
	}
	if s.cut && !whole {
		return e, false
	}
	next := resume(s.text, start, whole)
	switch {
	case next.cut && !whole:
		return e, false
	case !next.found:
		e.over = true
		return e, true
	case inside:
		e.span = span{start: start, end: start + len(strings.TrimRight(s.text[start:next.at], " \t\r\n,"))}
	default:
		e.fault = s.fault
	}
	s.fault, s.depth = nil, depth
	if e.next, e.last = next.at, next.ended; e.last {
		e.next++
	}
	return e, true
}

// elements finds the elements of the array at hand. A mistake between two is a
// warning.
func (s *scanner) elements(yield func(span, *fault) bool) (goesOn bool) {
	if s.peek() != '[' {
		s.fail(s.at, "expected an array, found %s", s.found())
		return true
	}
	open := s.at
	if s.at++; s.peek() == ']' {
		s.at++
		return true
	}
	for at := s.at; ; {
		e, _ := s.element(at, open, true)
		if e.end > 0 && !yield(e.span, e.fault) {
			return false
		}
		if at = e.next; e.last || e.over {
			if e.last {
				s.at = at
			}
			return true
		}
	}
}
