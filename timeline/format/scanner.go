package format

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A scanner walks through JSON text, strictly as RFC 8259 has it, and knows
// where it is. After the first mistake it stands still: every method does
// nothing, and fault says what was wrong.
type scanner struct {
	text  string
	at    int // offset of the next byte
	depth int
	fault *fault

	// badString is called for a mistake within a string, after which it is still
	// clear where the string ends. Without it, such a mistake is a fault.
	badString func(at int, reason string)

	isLine bool // the text is cut at the end of a line
	cut    bool // the fault is that the text ends
}

// A fault is a mistake in the JSON itself.
type fault struct {
	at     int
	reason string
}

// deepest is how deep objects and arrays may nest: far more than the format
// needs, far less than would exhaust the stack.
const deepest = 100

func (s *scanner) fail(at int, format string, args ...any) {
	if s.fault == nil {
		s.fault = &fault{at, fmt.Sprintf(format, args...)}
		s.cut = s.at >= len(s.text)
	}
	s.at = len(s.text)
}

// failString is fail for a mistake within a string.
func (s *scanner) failString(at int, format string, args ...any) {
	if s.badString == nil {
		s.fail(at, format, args...)
		return
	}
	s.badString(at, fmt.Sprintf(format, args...))
}

// peek returns the next byte that is not white space, 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// found names what stands at the cursor, for an error.
func (s *scanner) found() string {
	c := s.peek()
	rest := s.text[s.at:]
	n, _ := quoteLength(rest)
	switch {
	case rest == "":
		return s.end()
	case c == '"':
		return "a string"
	case n == 1:
		return "a single quotation mark (JSON has double ones)"
	case n > 1:
		return "a curly quotation mark (JSON has straight ones)"
	case c == '/' || c == '#':
		return "a comment (JSON has none)"
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '-' || '0' <= c && c <= '9':
		return "a number"
	case strings.HasPrefix(rest, "true"), strings.HasPrefix(rest, "false"):
		return "a boolean"
	case strings.HasPrefix(rest, "null"):
		return "null"
	}
	for word, right := range likeWords {
		if strings.HasPrefix(rest, word) {
			return fmt.Sprintf("%s (JSON has %s)", word, right)
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return fmt.Sprintf("%q", r)
}

// likeWords are the words of other languages for what JSON has too, or has not.
var likeWords = map[string]string{
	"True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null", "undefined": "null", "nil": "null", "NULL": "null",
	"NaN": "no such number", "Infinity": "no such number",
}

// end names what the text ends with.
func (s *scanner) end() string {
	if s.isLine {
		return "the end of the line"
	}
	return "the end of the file"
}

// object reads an object, calling member with each name and its offset; member
// must read or skip the value.
func (s *scanner) object(member func(name string, at int)) {
	s.nested('{', '}', "an object", func() { s.member(member) })
}

// member reads a name and its colon, and calls read, which must read or skip the
// value.
func (s *scanner) member(read func(name string, at int)) {
	s.peek()
	at := s.at
	name := s.string()
	if s.peek() != ':' {
		s.fail(s.at, "expected a colon, found %s", s.found())
		return
	}
	s.at++
	read(name, at)
}

// array reads an array, calling element at each value, which it must read or
// skip.
func (s *scanner) array(element func()) {
	s.nested('[', ']', "an array", element)
}

func (s *scanner) nested(open, end byte, what string, item func()) {
	if s.peek() != open {
		s.fail(s.at, "expected %s, found %s", what, s.found())
		return
	}
	start := s.at
	if s.depth++; s.depth > deepest {
		s.fail(start, "objects and arrays nest more than %d deep", deepest)
		return
	}
	s.at++
	if s.peek() == end {
		s.at++
		s.depth--
		return
	}
	s.rest(start, end, what, item)
}

// rest reads an object or an array, which begins at start, from an item on.
func (s *scanner) rest(start int, end byte, what string, item func()) {
	for s.fault == nil {
		item()
		if s.fault != nil {
			return
		}
		switch c := s.peek(); {
		case c == ',':
			s.at++
			if s.peek() == end {
				s.fail(s.at, "there is nothing between the comma and this %q", end)
			}
		case c == end:
			s.at++
			s.depth--
			return
		case s.at >= len(s.text):
			s.fail(start, "%s that begins here is not closed", what)
		default:
			s.fail(s.at, "expected a comma or %q, found %s", end, s.found())
		}
	}
}

// string reads a string. Text without escapes is not copied.
func (s *scanner) string() string {
	if s.peek() != '"' {
		s.fail(s.at, "expected a string, found %s", s.found())
		return ""
	}
	start := s.at
	s.at++
	from := s.at
	ascii := true
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			text := s.text[from:s.at]
			s.at++
			if !ascii && !utf8.ValidString(text) {
				s.failString(from+invalidAt(text), "these bytes are not UTF-8")
			}
			return text
		case c == '\\':
			return s.escaped(start)
		case c == '\n':
			s.fail(start, "the string that begins here is not closed on its line")
			return ""
		case c < ' ':
			s.bareControl(c)
			continue
		case c >= utf8.RuneSelf:
			ascii = false
		}
		s.at++
	}
	s.fail(start, "the string that begins here is not closed")
	return ""
}

func invalidAt(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}

// escaped reads on a string that has an escape at the cursor and begins at
// start.
func (s *scanner) escaped(start int) string {
	var b strings.Builder
	b.WriteString(s.text[start+1 : s.at])
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			text := b.String()
			if !utf8.ValidString(text) {
				s.failString(start, "this string has bytes that are not UTF-8")
			}
			return text
		case c == '\\':
			s.escape(&b)
		case c == '\n':
			s.fail(start, "the string that begins here is not closed on its line")
			return ""
		case c < ' ':
			s.bareControl(c)
		default:
			b.WriteByte(c)
			s.at++
		}
	}
	s.fail(start, "the string that begins here is not closed")
	return ""
}

func (s *scanner) bareControl(c byte) {
	at := s.at
	s.at++
	s.failString(at, "a string may not contain the control character U+%04X; write \\u%04x", c, c)
}

func (s *scanner) escape(b *strings.Builder) {
	at := s.at
	if at+1 >= len(s.text) {
		s.at = len(s.text)
		s.fail(at, "the string ends within an escape")
		return
	}
	s.at += 2
	switch c := s.text[at+1]; c {
	case '"', '\\', '/':
		b.WriteByte(c)
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'u':
		r, ok := s.hex(at + 2)
		if !ok {
			s.failString(at, `\u needs four hexadecimal digits`)
			return
		}
		s.at += 4
		if utf16.IsSurrogate(r) {
			pair, ok := s.pair(r, s.at)
			if !ok {
				s.failString(at, `\u%04x is half of a pair; the other half is missing`, r)
				return
			}
			s.at += 6
			r = pair
		}
		b.WriteRune(r)
	default:
		s.failString(at, `there is no escape \%c; a backslash itself is written \\`, c)
	}
}

// pair makes a rune of half of a surrogate pair and the half at an offset.
func (s *scanner) pair(half rune, at int) (r rune, ok bool) {
	if !strings.HasPrefix(s.text[at:], `\u`) {
		return 0, false
	}
	low, ok := s.hex(at + 2)
	r = utf16.DecodeRune(half, low)
	return r, ok && r != utf8.RuneError
}

func (s *scanner) hex(at int) (rune, bool) {
	if at+4 > len(s.text) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s.text[at : at+4]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// number reads a number and returns its spelling.
func (s *scanner) number() string {
	s.peek()
	start := s.at
	digits := func() bool {
		from := s.at
		for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
			s.at++
		}
		return s.at > from
	}
	step := func(any string) bool {
		if s.at < len(s.text) && strings.IndexByte(any, s.text[s.at]) >= 0 {
			s.at++
			return true
		}
		return false
	}
	step("-")
	ok := step("0") || digits()
	if ok && step(".") {
		ok = digits()
	}
	if ok && step("eE") {
		step("+-")
		ok = digits()
	}
	if !ok {
		s.fail(start, "this is not a JSON number")
		return ""
	}
	return s.text[start:s.at]
}

// skip reads a value of any type and returns its text.
func (s *scanner) skip() string {
	c := s.peek()
	start := s.at
	switch {
	case c == '{':
		s.object(func(string, int) { s.skip() })
	case c == '[':
		s.array(func() { s.skip() })
	case c == '"':
		s.string()
	case c == '-' || '0' <= c && c <= '9':
		s.number()
	default:
		for _, word := range []string{"true", "false", "null"} {
			if strings.HasPrefix(s.text[s.at:], word) {
				s.at += len(word)
				return word
			}
		}
		at, found := s.at, s.found()
		if len(s.text)-at < len("false") {
			s.at = len(s.text)
		}
		s.fail(at, "expected a value, found %s", found)
	}
	if s.fault != nil {
		return ""
	}
	return s.text[start:s.at]
}
