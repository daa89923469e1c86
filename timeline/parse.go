package timeline

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A QueryError says where a query went wrong, and what would be right.
type QueryError struct {
	Column int // of the first rune that is wrong, from 1
	Reason string
	Try    string // what to write instead; may be empty
}

// Error is one line: the column, the reason and what would be right.
func (e *QueryError) Error() string {
	msg := fmt.Sprintf("filter, column %d: %s", e.Column, e.Reason)
	if e.Try != "" {
		msg += "; " + e.Try
	}
	return text.Clean(msg)
}

// deepest is how deep parentheses may nest.
const deepest = 50

// ParseQuery reads a query. Its error is a *QueryError.
//
//	query  = and { "|" and }
//	and    = { term }
//	term   = [ "-" | "!" ] ( "(" query ")" | "marked" | field ":" values | text { "," text } )
//	values = value { ( "," | "|" ) value } | "(" value { ( "," | "|" ) value } ")"
//	value  = word | "quoted words" | /regular expression/ (text only)
func ParseQuery(s string) (Query, error) {
	p := queryParser{s: s}
	q, err := p.query(0)
	if err == nil && p.i < len(s) {
		err = p.fail(p.i, "there is no ( for this )", "")
	}
	if err != nil {
		return Query{}, err
	}
	return q, nil
}

type queryParser struct {
	s string
	i int
}

func (p *queryParser) fail(at int, reason, try string) error {
	return &QueryError{Column: utf8.RuneCountInString(p.s[:at]) + 1, Reason: reason, Try: try}
}

func isBlank(r rune) bool { return unicode.IsSpace(r) }

func (p *queryParser) blanks() {
	for p.i < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.i:])
		if !isBlank(r) {
			return
		}
		p.i += size
	}
}

// next returns the byte at hand, 0 at the end.
func (p *queryParser) next() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

func (p *queryParser) query(depth int) (Query, error) {
	if depth > deepest {
		return Query{}, p.fail(p.i, "parentheses nest too deep", "")
	}
	var any []Query
	for {
		q, err := p.and(depth)
		if err != nil {
			return Query{}, err
		}
		if p.next() != '|' && any == nil {
			return q, nil
		}
		if q.Empty() {
			return Query{}, p.fail(p.i, "one side of this | is missing", `write "|" for the sign itself`)
		}
		any = append(any, q)
		if p.next() != '|' {
			return Query{[]Term{{group: any}}}, nil
		}
		p.i++
	}
}

func (p *queryParser) and(depth int) (Query, error) {
	var q Query
	for {
		p.blanks()
		if c := p.next(); c == 0 && p.i >= len(p.s) || c == ')' || c == '|' {
			return q, nil
		}
		t, err := p.term(depth)
		if err != nil {
			return q, err
		}
		q.terms = append(q.terms, t)
	}
}

func (p *queryParser) term(depth int) (Term, error) {
	start := p.i
	not := false
	if c := p.next(); c == '-' || c == '!' {
		not = true
		p.i++
	}
	if p.next() == '(' {
		open := p.i
		p.i++
		q, err := p.query(depth + 1)
		if err != nil {
			return Term{}, err
		}
		if p.next() != ')' {
			return Term{}, p.fail(open, "this ( is not closed", "")
		}
		p.i++
		if q.Empty() {
			return Term{}, p.fail(open, "there is nothing between these parentheses", "")
		}
		if len(q.terms) == 1 && q.terms[0].group != nil && !q.terms[0].not {
			return Term{not: not, group: q.terms[0].group}, nil
		}
		return Term{not: not, group: []Query{q}}, nil
	}
	f, err := p.field()
	if err != nil {
		return Term{}, err
	}
	t := Term{not: not, field: f}
	if f == TextField && p.word("marked") {
		t.field, t.values = MarkedField, []value{{}}
		return t, nil
	}
	if t.values, err = p.values(f); err != nil {
		return Term{}, err
	}
	if len(t.values) == 0 {
		return Term{}, p.fail(start, "there is nothing to look for here", "")
	}
	return t, nil
}

// word steps over a bare word, if it stands alone.
func (p *queryParser) word(word string) bool {
	end := p.i + len(word)
	if end > len(p.s) || !strings.EqualFold(p.s[p.i:end], word) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(p.s[end:]); end < len(p.s) && !isBlank(r) && r != ')' && r != '|' {
		return false
	}
	p.i = end
	return true
}

// field reads "name:" if the term begins with one.
func (p *queryParser) field() (Field, error) {
	end := p.i
	for end < len(p.s) && (p.s[end] >= 'a' && p.s[end] <= 'z' || p.s[end] >= 'A' && p.s[end] <= 'Z') {
		end++
	}
	if end == p.i || end == len(p.s) || p.s[end] != ':' {
		return TextField, nil
	}
	word := strings.ToLower(p.s[p.i:end])
	f, ok := fieldNamed(word)
	if !ok {
		try := fmt.Sprintf("the fields are %s; put text with a colon in quotes", list(fieldNames[:TextField]))
		if near := text.Nearest(word, fieldNames[:TextField]); near != "" {
			try = fmt.Sprintf("did you mean %s?", near)
		}
		return 0, p.fail(p.i, fmt.Sprintf("unknown field %s", word), try)
	}
	p.i = end + 1
	return f, nil
}

func (p *queryParser) values(f Field) ([]value, error) {
	bracketed := f != TextField && p.next() == '('
	open := p.i
	if bracketed {
		p.i++
	}
	var values []value
	for {
		if bracketed {
			p.blanks()
		}
		v, err := p.value(f)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if bracketed {
			p.blanks()
		}
		if !p.more(f, bracketed) {
			break
		}
	}
	if bracketed {
		if p.next() != ')' {
			if p.i < len(p.s) {
				return nil, p.fail(p.i, "values in parentheses are parted by commas", "put words that belong together in quotes")
			}
			return nil, p.fail(open, "this ( is not closed", "")
		}
		p.i++
	}
	return values, nil
}

// more steps over the sign before another value of the same field, if there is
// one. A | that stands free, or before another field, parts terms instead.
func (p *queryParser) more(f Field, bracketed bool) bool {
	if blanks := p.i; p.next() != ',' {
		// A comma after blanks goes on with the list too.
		if p.blanks(); p.next() != ',' {
			p.i = blanks
		}
	}
	switch p.next() {
	case ',':
	case '|':
		if bracketed {
			break
		}
		rest := queryParser{s: p.s, i: p.i + 1}
		r, _ := utf8.DecodeRuneInString(p.s[rest.i:])
		if rest.i == len(p.s) || isBlank(r) || strings.ContainsRune("()|-!", r) {
			return false
		}
		if g, err := rest.field(); err == nil && g != TextField {
			return false
		}
	default:
		return false
	}
	p.i++
	return true
}

func (p *queryParser) value(f Field) (value, error) {
	start := p.i
	var s string
	isRegexp := false
	switch {
	case p.next() == '"':
		inside, err := p.enclosed(`"\`, "this quotation mark has no partner", "")
		if err != nil {
			return value{}, err
		}
		s = inside
	case p.next() == '/' && f == TextField:
		inside, err := p.enclosed("/", "this regular expression has no second /", "put a path in quotes")
		if err != nil {
			return value{}, err
		}
		s, isRegexp = inside, true
	default:
		for p.i < len(p.s) {
			r, size := utf8.DecodeRuneInString(p.s[p.i:])
			if isBlank(r) || strings.ContainsRune(`",|()`, r) {
				break
			}
			p.i += size
		}
		s = p.s[start:p.i]
		name, _, colon := strings.Cut(strings.ToLower(s), ":")
		if colon && f != TextField && text.Nearest(name, fieldNames[:TextField]) != "" {
			return value{}, p.fail(start, fmt.Sprintf("this is no value of %s:, but another field", f), "part fields by a blank, or put the text in quotes")
		}
	}
	if s == "" {
		if f == TextField {
			return value{}, p.fail(start, "there is nothing to look for here", "")
		}
		return value{}, p.fail(start, fmt.Sprintf("%s: needs a value", f), "for example "+example(f))
	}
	if f == TextField && p.s[start] != '"' {
		if try := misspelt(s); try != "" {
			return value{}, p.fail(start, fmt.Sprintf("%s is no word of the filter language", s), try)
		}
	}
	v, reason, try := readValue(f, s, isRegexp)
	if reason != "" {
		for range v.column { // a date says where it goes wrong
			_, size := utf8.DecodeRuneInString(p.s[start:])
			start += size
		}
		return value{}, p.fail(start, reason, try)
	}
	v.column = utf8.RuneCountInString(p.s[:start]) + 1
	return v, nil
}

// misspelt says what to write for words that other query languages have.
func misspelt(text string) (try string) {
	switch text {
	case "AND", "&&":
		return "terms parted by a blank must all hold"
	case "OR", "||":
		return "write | for or"
	case "NOT":
		return "write - before what to leave out"
	}
	if name, rest, ok := strings.Cut(text, "="); ok {
		if f, known := fieldNamed(strings.ToLower(name)); known {
			return fmt.Sprintf("write %s:%s", f, rest)
		}
	}
	return ""
}

// enclosed reads text up to the sign that it begins with. A backslash before one
// of the signs to unescape gives the sign; before any other it stays.
func (p *queryParser) enclosed(unescape, unclosed, try string) (string, error) {
	open := p.i
	end := p.s[open]
	p.i++
	var b strings.Builder
	for p.i < len(p.s) {
		c := p.s[p.i]
		if c == end {
			p.i++
			return b.String(), nil
		}
		if c == '\\' && p.i+1 < len(p.s) {
			p.i++
			if strings.IndexByte(unescape, p.s[p.i]) < 0 {
				b.WriteByte(c)
			}
		}
		b.WriteByte(p.s[p.i])
		p.i++
	}
	return "", p.fail(open, unclosed, try)
}
