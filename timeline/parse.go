package timeline

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A QueryError says where a query is wrong, why, and how to correct it.
type QueryError struct {
	Column int // of the first wrong rune, from 1
	Reason string
	Try    string // a correction; may be empty
}

// Error is one line: the column, the reason and the correction.
func (e *QueryError) Error() string {
	return fmt.Sprintf("filter, column %d: %s", e.Column, e.Why())
}

// Why is the reason and the correction.
func (e *QueryError) Why() string {
	if e.Try == "" {
		return text.Clean(e.Reason)
	}
	return text.Clean(e.Reason + "; " + e.Try)
}

// maxDepth is how deep parentheses may nest.
const maxDepth = 50

// ParseQuery reads a query. Its error is a *QueryError.
//
//	query  = and { ( "|" | "or" ) and }
//	and    = { term [ "and" ] }
//	term   = [ "-" | "!" | "not" ] ( "(" query ")" | "marked" | field ":" values | field comparison values | text { "," text } )
//	values = value { ( "," | "|" ) value } | "(" value { ( "," | "|" ) value } ")"
//	value  = word | "quoted words" | /regular expression/ (text, title and quote)
//
// A comparison, < <= = >= or >, may follow the name of a number and of date.
// The words of a date need no quotes: since:19 June 2024.
//
// The words or, and and not are written in small letters or in capitals; in quotes,
// in a list or alone they are searched for. A dash of any length excludes, and curly
// quotes are quotes.
func ParseQuery(s string) (Query, error) { return parseQuery(s, false) }

// ParseEarlierQuery reads a query that was saved when or, and and not were words like
// any other, and only plain dashes and quotes had a meaning.
func ParseEarlierQuery(s string) (Query, error) { return parseQuery(s, true) }

func parseQuery(s string, earlier bool) (Query, error) {
	p := queryParser{s: s, earlier: earlier}
	q, err := p.query(0)
	if err == nil && p.i < len(s) {
		err = p.fail(p.i, "unmatched )", "")
	}
	if err != nil {
		return Query{}, err
	}
	return q, nil
}

type queryParser struct {
	s       string
	i       int
	earlier bool // see ParseEarlierQuery
}

func (p *queryParser) fail(at int, reason, try string) error {
	return &QueryError{Column: utf8.RuneCountInString(p.s[:at]) + 1, Reason: reason, Try: try}
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

func (p *queryParser) skipSpace() {
	p.i = len(p.s) - len(strings.TrimLeftFunc(p.s[p.i:], isSpace))
}

// peek returns the next byte, 0 at the end.
func (p *queryParser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

func (p *queryParser) query(depth int) (Query, error) {
	if depth > maxDepth {
		return Query{}, p.fail(p.i, "parentheses are nested too deeply", "")
	}
	var group []Query
	before := "" // the operator before the terms at hand
	for {
		q, err := p.and(depth, group == nil)
		if err != nil {
			return Query{}, err
		}
		or := p.operator()
		if p.peek() == '|' {
			or = "|"
		}
		if or == "" && group == nil {
			return q, nil
		}
		if q.Empty() {
			return Query{}, p.missing(p.i, "beside", cmp.Or(or, before))
		}
		group = append(group, q)
		if or == "" {
			return Query{[]Term{{group: group}}}, nil
		}
		p.i += len(or)
		before = or
	}
}

// missing is the error that an operator lacks a term.
func (p *queryParser) missing(at int, where, operator string) error {
	what := "word"
	if operator == "|" {
		what = "sign"
	}
	return p.fail(at, fmt.Sprintf("a term is missing %s %s", where, operator), fmt.Sprintf(`to search for the %s itself, write "%s"`, what, operator))
}

// operator returns the word at hand if it is or, and or not.
func (p *queryParser) operator() string {
	for _, word := range []string{"or", "and", "not", "OR", "AND", "NOT"} {
		ahead := *p
		if strings.HasPrefix(p.s[p.i:], word) && ahead.keyword(word) && !p.earlier {
			return word
		}
	}
	return ""
}

// atEnd reports whether nothing but the end of the query or of a group follows.
func (p *queryParser) atEnd() bool { return p.i >= len(p.s) || p.peek() == ')' }

// and reads terms up to an or. A word that is the whole query is searched for.
func (p *queryParser) and(depth int, first bool) (Query, error) {
	var q Query
	pending := "" // an and that no term has followed yet
	for {
		p.skipSpace()
		operator := p.operator()
		if operator != "" && first && q.Empty() {
			ahead := *p
			if ahead.i += len(operator); ahead.nextEnds() {
				operator = ""
			}
		}
		isOr := strings.EqualFold(operator, "or") || p.peek() == '|'
		switch {
		case (p.atEnd() || isOr) && pending != "":
			return q, p.missing(p.i, "after", pending)
		case p.atEnd() || isOr:
			return q, nil
		case strings.EqualFold(operator, "and"):
			if q.Empty() || pending != "" {
				return q, p.missing(p.i, "before", operator)
			}
			pending = operator
			p.i += len(operator)
			continue
		}
		t, err := p.term(depth, operator != "")
		if err != nil {
			return q, err
		}
		q.terms, pending = append(q.terms, t), ""
	}
}

// nextEnds reports whether nothing but blanks precede the end of the query or of a
// group.
func (p *queryParser) nextEnds() bool {
	p.skipSpace()
	return p.atEnd()
}

const nothingToSearch = "there is nothing to search for"

// term reads a term, which begins with the word not if negated is set.
func (p *queryParser) term(depth int, negated bool) (Term, error) {
	start := p.i
	if negated {
		word := p.s[start : start+len("not")]
		if p.i += len(word); p.nextEnds() || p.peek() == '|' {
			return Term{}, p.missing(p.i, "after", word)
		}
		operator := p.operator()
		if operator != "" && !strings.EqualFold(operator, "not") {
			return Term{}, p.missing(p.i, "after", word)
		}
		t, err := p.term(depth, operator != "")
		t.not = !t.not
		return t, err
	}
	not := false
	if n := p.dash(); n > 0 || p.peek() == '!' {
		not = true
		p.i += max(n, 1)
	}
	if p.peek() == '(' {
		return p.group(not, depth)
	}
	f, err := p.field()
	if err != nil {
		return Term{}, err
	}
	if f == OnField && !p.earlier {
		switch p.comparison() {
		case "<":
			f = BeforeField
		case "<=":
			f = UntilField
		case ">":
			f = AfterField
		case ">=":
			f = SinceField
		}
	}
	t := Term{not: not, field: f}
	if f == TextField && p.keyword("marked") {
		t.field, t.values = MarkedField, []value{{}}
		return t, nil
	}
	if t.values, err = p.values(f); err != nil {
		return Term{}, err
	}
	if len(t.values) == 0 {
		return Term{}, p.fail(start, nothingToSearch, "")
	}
	return t, nil
}

// dash returns the length of the dash at hand, 0 if there is none: keyboards and
// pages put a longer one for a minus.
func (p *queryParser) dash() int {
	switch r, size := utf8.DecodeRuneInString(p.s[p.i:]); {
	case r == '-', !p.earlier && isLongDash(r):
		return size
	}
	return 0
}

func isLongDash(r rune) bool { return r == '–' || r == '—' || r == '−' }

// The quotes of keyboards and pages.
const openQuotes, closeQuotes = `“”„‟«`, `“”‟»"`

// group reads a query in parentheses.
func (p *queryParser) group(not bool, depth int) (Term, error) {
	open := p.i
	p.i++
	q, err := p.query(depth + 1)
	if err != nil {
		return Term{}, err
	}
	if p.peek() != ')' {
		return Term{}, p.fail(open, unclosed, "")
	}
	p.i++
	if q.Empty() {
		return Term{}, p.fail(open, "these parentheses are empty", "")
	}
	if len(q.terms) == 1 && q.terms[0].group != nil && !q.terms[0].not {
		return Term{not: not, group: q.terms[0].group}, nil
	}
	return Term{not: not, group: []Query{q}}, nil
}

const unclosed = "this ( is not closed"

// keyword skips a word if it stands alone.
func (p *queryParser) keyword(word string) bool {
	end := p.i + len(word)
	if end > len(p.s) || !strings.EqualFold(p.s[p.i:end], word) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(p.s[end:]); end < len(p.s) && !isSpace(r) && r != '(' && r != ')' && r != '|' {
		return false
	}
	p.i = end
	return true
}

// field reads "name:" if the term begins with one, or the name alone if it is a
// number or a date that a comparison follows.
func (p *queryParser) field() (Field, error) {
	end := p.i
	for end < len(p.s) && (p.s[end] >= 'a' && p.s[end] <= 'z' || p.s[end] >= 'A' && p.s[end] <= 'Z') {
		end++
	}
	word := strings.ToLower(p.s[p.i:end])
	f, ok := fieldNamed(word)
	if ok && (f.isNumber() || f == OnField) && !p.earlier {
		ahead := queryParser{s: p.s, i: end}
		if ahead.skipSpace(); ahead.comparison() != "" {
			p.i = len(p.s) - len(strings.TrimLeftFunc(p.s[end:], isSpace))
			return f, nil
		}
	}
	if end == p.i || end == len(p.s) || p.s[end] != ':' {
		return TextField, nil
	}
	if !ok {
		try := didYouMean(text.Nearest(word, fieldNames[:TextField]))
		if try == "" {
			try = fmt.Sprintf("the fields are %s; put text with a colon in quotes", strings.Join(fieldNames[:TextField], ", "))
		}
		return 0, p.fail(p.i, "unknown field "+word, try)
	}
	p.i = end + 1
	return f, nil
}

// comparison reads an operator of numbers and the blanks after it.
func (p *queryParser) comparison() string {
	for _, op := range [...]struct{ typed, op string }{{"<=", "<="}, {">=", ">="}, {"≤", "<="}, {"≥", ">="}, {"==", "="}, {"<", "<"}, {">", ">"}, {"=", "="}} {
		if strings.HasPrefix(p.s[p.i:], op.typed) {
			p.i += len(op.typed)
			p.skipSpace()
			return op.op
		}
	}
	return ""
}

func (p *queryParser) values(f Field) ([]value, error) {
	bracketed := f != TextField && p.peek() == '('
	open := p.i
	if bracketed {
		p.i++
	}
	var values []value
	for {
		if bracketed || len(values) > 0 {
			p.skipSpace()
		}
		v, err := p.value(f)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if bracketed {
			p.skipSpace()
		}
		if !p.more(f, bracketed) {
			break
		}
	}
	if bracketed {
		if p.peek() != ')' {
			if p.i < len(p.s) {
				return nil, p.fail(p.i, "a comma is missing between these values", "put a value of several words in quotes")
			}
			return nil, p.fail(open, unclosed, "")
		}
		p.i++
	}
	return values, nil
}

// more skips the separator before another value of the same field, if there is
// one. A | followed by a space or by another field separates terms instead.
func (p *queryParser) more(f Field, bracketed bool) bool {
	if start := p.i; p.peek() != ',' {
		// A comma after spaces continues the list too.
		if p.skipSpace(); p.peek() != ',' {
			p.i = start
		}
	}
	switch p.peek() {
	case ',':
	case '|':
		if bracketed {
			break
		}
		rest := queryParser{s: p.s, i: p.i + 1}
		r, _ := utf8.DecodeRuneInString(p.s[rest.i:])
		if rest.i == len(p.s) || isSpace(r) || strings.ContainsRune("()|-!", r) {
			return false
		}
		rest.earlier = p.earlier
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
	quote, _ := utf8.DecodeRuneInString(p.s[p.i:])
	quoted := quote == '"' || !p.earlier && strings.ContainsRune(openQuotes, quote)
	switch {
	case quoted:
		inside, err := p.enclosed(`"\`, "this quotation mark is not closed", "")
		if err != nil {
			return value{}, err
		}
		s = inside
	case p.peek() == '/' && (f == TextField || f == TitleField || f == QuoteField):
		inside, err := p.enclosed("/", "this regular expression has no closing /", "put a path in quotes")
		if err != nil {
			return value{}, err
		}
		s, isRegexp = inside, true
	default:
		if f.isNumber() && !p.earlier {
			p.comparison()
		}
		p.word()
		if f.isDate() && !p.earlier {
			p.moreOfDate(start)
		}
		s = p.s[start:p.i]
		name, _, colon := strings.Cut(strings.ToLower(s), ":")
		if colon && f != TextField && f != URLField && text.Nearest(name, fieldNames[:TextField]) != "" {
			return value{}, p.fail(start, fmt.Sprintf("%s looks like another field, not a value of %s:", s, f), "separate fields with a space, or put the text in quotes")
		}
	}
	if s == "" {
		if f == TextField {
			return value{}, p.fail(start, nothingToSearch, "")
		}
		return value{}, p.fail(start, fmt.Sprintf("%s: needs a value", f), "for example "+example(f))
	}
	if f == TextField && !quoted {
		if try := operatorAdvice(s); try != "" {
			return value{}, p.fail(start, s+" is not an operator of the filter language", try)
		}
	}
	v, reason, try := readValue(f, s, isRegexp)
	if reason != "" {
		for range v.column { // offset of the mistake in a date
			_, size := utf8.DecodeRuneInString(p.s[start:])
			start += size
		}
		return value{}, p.fail(start, reason, try)
	}
	v.column = utf8.RuneCountInString(p.s[:start]) + 1
	return v, nil
}

// word skips a word without quotes.
func (p *queryParser) word() {
	end := strings.IndexFunc(p.s[p.i:], func(r rune) bool {
		return isSpace(r) || strings.ContainsRune(`",|()`, r) || !p.earlier && strings.ContainsRune(openQuotes+closeQuotes, r)
	})
	if end < 0 {
		end = len(p.s) - p.i
	}
	p.i += end
}

// moreOfDate skips the words after one that make a date with it: June 2024 after
// 19.
func (p *queryParser) moreOfDate(start int) {
	if d, err := edtf.ParseTyped(p.s[start:p.i]); err == nil && !d.Relative() {
		return
	}
	const mostWords = 4
	ahead := *p
	for range mostWords - 1 {
		from := ahead.i
		ahead.skipSpace()
		if r, _ := utf8.DecodeRuneInString(ahead.s[ahead.i:]); ahead.i == from || ahead.operator() != "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return
		}
		if ahead.word(); strings.Contains(ahead.s[from:ahead.i], ":") {
			return
		}
		if _, err := edtf.ParseTyped(p.s[start:ahead.i]); err == nil {
			p.i = ahead.i
		}
	}
}

// operatorAdvice says what to write instead of the operators of other query
// languages; it is empty for any other word.
func operatorAdvice(word string) string {
	switch word {
	case "&&":
		return "separate terms that must all match with a space"
	case "||":
		return "write | for or"
	}
	if name, rest, ok := strings.Cut(word, "="); ok {
		if f, known := fieldNamed(strings.ToLower(name)); known {
			return fmt.Sprintf("write %s:%s", f, rest)
		}
	}
	return ""
}

// enclosed reads text up to the sign that it begins with or, if that is a curly
// quote, up to any quote that closes. A backslash escapes the signs in escapable;
// before any other it stays.
func (p *queryParser) enclosed(escapable, unclosed, try string) (string, error) {
	open := p.i
	begin, size := utf8.DecodeRuneInString(p.s[open:])
	ends := string(begin)
	if begin >= utf8.RuneSelf {
		ends = closeQuotes
	}
	p.i += size
	var b strings.Builder
	for p.i < len(p.s) {
		if r, size := utf8.DecodeRuneInString(p.s[p.i:]); strings.ContainsRune(ends, r) && r != utf8.RuneError {
			p.i += size
			return b.String(), nil
		}
		c := p.s[p.i]
		if c == '\\' && p.i+1 < len(p.s) {
			p.i++
			if strings.IndexByte(escapable, p.s[p.i]) < 0 {
				b.WriteByte(c)
			}
		}
		b.WriteByte(p.s[p.i])
		p.i++
	}
	return "", p.fail(open, unclosed, try)
}
