package timeline

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/timeline/edtf"
)

// A Query selects events. It is written the same everywhere: in the filter
// prompt, on the command line and in the chips on screen.
//
//	actor:"Kim Jong Un" -topic:missile status:disputed,alleged since:2024-06
//
// An event must match all terms. The zero Query selects every event.
type Query struct{ terms []Term }

// A Term is one condition of a query. An event matches it if it has any of the
// values in a field or, for a group, if it matches any of the queries.
type Term struct {
	not    bool
	field  Field
	values []value
	group  []Query // if not empty, field and values are unused
}

// A Field is the part of an event that a term is about.
type Field uint8

// The fields of the query language. The first are lists of names, which have
// columns and tallies; TextField is the field of a bare word.
const (
	ActorField Field = iota
	PlaceField
	TopicField
	KindField
	PublisherField
	OriginField
	SaidField

	StatusField
	SinceField
	UntilField
	BeforeField
	AfterField
	OnField
	KnownField
	SourcesField
	OriginsField
	HasField
	TitleField
	QuoteField
	RoleField
	URLField
	FileField
	MarkedField
	IDField
	TextField
)

// listFields is the number of list fields.
const listFields = StatusField

var fieldNames = [...]string{
	ActorField: "actor", PlaceField: "place", TopicField: "topic", KindField: "kind", PublisherField: "publisher", OriginField: "origin", SaidField: "said",
	StatusField: "status", SinceField: "since", UntilField: "until", BeforeField: "before", AfterField: "after", OnField: "on", KnownField: "known",
	SourcesField: "sources", OriginsField: "origins", HasField: "has", TitleField: "title", QuoteField: "quote", RoleField: "role",
	URLField: "url", FileField: "file", MarkedField: "marked", IDField: "id", TextField: "",
}

// String returns the field's name in the query language; it is empty for
// TextField.
func (f Field) String() string { return fieldNames[f] }

// isDate reports whether the values of the field are dates.
func (f Field) isDate() bool { return SinceField <= f && f <= KnownField }

// bounds reports whether the field bounds a period.
func (f Field) bounds() bool { return SinceField <= f && f <= AfterField }

// isNumber reports whether the values of the field are numbers.
func (f Field) isNumber() bool { return f == SourcesField || f == OriginsField }

func fieldNamed(word string) (Field, bool) {
	if word == "date" {
		return OnField, true
	}
	i := slices.Index(fieldNames[:TextField], word)
	return Field(max(i, 0)), i >= 0
}

// A value is one value of a term, parsed as its field requires.
type value struct {
	text    string // as written, without quotes
	folded  string
	regexp  *regexp.Regexp // of text written /like this/
	date    edtf.Typed
	op      string // of numbers: = < <= > >= and .. for a range
	number  int
	most    int // of a range
	status  Status
	feature feature
	tier    Tier
	column  int // in the text of the query, from 1
}

// A feature is a value of has:.
type feature uint8

const (
	hasAnswer feature = iota
	hasCaveat
	hasQuote
	hasArchive
	hasNote
	hasUncertain
)

var featureNames = [...]string{
	hasAnswer: "answer", hasCaveat: "caveat", hasQuote: "quote", hasArchive: "archive", hasNote: "note", hasUncertain: "uncertain",
}

// features are the features that an event has by itself, a bit for each: its
// caveat, quotations and archived sources.
type features uint8

// Is returns a term that selects the events with any of the values of a list
// field, or of status, id or a date. A name that folds to nothing selects no
// event. Is panics on an invalid value of any other field.
func Is(f Field, values ...string) Term { return newTerm(f, false, values) }

// IsNot returns a term that excludes the events with any of the values.
func IsNot(f Field, values ...string) Term { return newTerm(f, true, values) }

func newTerm(f Field, not bool, texts []string) Term {
	t := Term{not: not, field: f}
	for _, text := range texts {
		v, reason, _ := readValue(f, text, false)
		if reason != "" && f >= listFields {
			panic("timeline: invalid value: " + reason)
		}
		t.values = append(t.values, v)
	}
	return t
}

// Terms lists the query's terms.
func (q Query) Terms() []Term { return slices.Clone(q.terms) }

// Empty reports whether the query has no terms, and so selects every event.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// And returns the query with terms added.
func (q Query) And(terms ...Term) Query {
	return Query{append(slices.Clone(q.terms), terms...)}
}

// Without returns the query without its i-th term.
func (q Query) Without(i int) Query {
	return Query{slices.Delete(slices.Clone(q.terms), i, i+1)}
}

// WithoutField returns the query without the terms about f. Groups stay.
func (q Query) WithoutField(f Field) Query {
	return Query{slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool { return t.group == nil && t.field == f })}
}

// Values lists the values of a field that the query's terms select, and those
// that they exclude.
func (q Query) Values(f Field) (selected, excluded []string) {
	for _, t := range q.terms {
		switch {
		case t.group != nil || t.field != f:
		case t.not:
			excluded = append(excluded, t.Values()...)
		default:
			selected = append(selected, t.Values()...)
		}
	}
	return selected, excluded
}

// WithoutPeriod returns the query without its since:, until:, before: and after:.
// Terms that exclude a period stay, and so do groups.
func (q Query) WithoutPeriod() Query {
	return Query{slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool {
		return t.group == nil && !t.not && t.field.bounds()
	})}
}

// Between returns the query with another period, from since until until. It
// panics if they are not EDTF dates.
func (q Query) Between(since, until string) Query {
	return q.WithoutPeriod().And(Is(SinceField, since), Is(UntilField, until))
}

// Asks reports whether a term of the query, or of a group in it, is about f.
func (q Query) Asks(f Field) bool {
	return slices.ContainsFunc(q.terms, func(t Term) bool {
		if t.group != nil {
			return slices.ContainsFunc(t.group, func(g Query) bool { return g.Asks(f) })
		}
		return t.field == f
	})
}

// Dated reports whether the query is about the dates of events.
func (q Query) Dated() bool {
	for f := SinceField; f <= OnField; f++ {
		if q.Asks(f) {
			return true
		}
	}
	return false
}

// AsksMargin reports whether the events selected may depend on a Margin.
func (q Query) AsksMargin() bool { return q.Asks(MarkedField) || q.Asks(HasField) }

// String writes the query in the form that ParseQuery reads.
func (q Query) String() string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = t.write(i > 0 && q.terms[i-1].opensDate())
	}
	return strings.Join(parts, " ")
}

// opensDate reports whether the term ends in words for a date that a word after
// it might go on: in since:june 2024 it would.
func (t Term) opensDate() bool {
	return t.group == nil && t.field.isDate() && t.values[len(t.values)-1].date.Relative()
}

// String writes the term as in a query.
func (t Term) String() string { return t.write(false) }

// write writes the term, in quotes if it is text after an open date.
func (t Term) write(afterDate bool) string {
	var b strings.Builder
	if t.not {
		b.WriteByte('-')
	}
	if t.group != nil {
		b.WriteByte('(')
		for i, q := range t.group {
			if i > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(q.String())
		}
		b.WriteByte(')')
		return b.String()
	}
	if t.field != TextField {
		b.WriteString(t.field.String())
		if t.anyMark() {
			return b.String()
		}
		b.WriteByte(':')
	}
	for i, v := range t.values {
		if i > 0 {
			b.WriteByte(',')
		}
		if afterDate && i == 0 && t.field == TextField && !t.not && v.regexp == nil {
			b.WriteString(quote(v.text))
			continue
		}
		b.WriteString(v.write(t.field))
	}
	return b.String()
}

// Excludes reports whether the term hides the events it names.
func (t Term) Excludes() bool { return t.not }

// Values lists the values of the term; a group has none.
func (t Term) Values() []string {
	var values []string
	for _, v := range t.values {
		values = append(values, v.text)
	}
	return values
}

// anyMark reports whether the term is the bare word marked.
func (t Term) anyMark() bool {
	return t.field == MarkedField && len(t.values) == 1 && t.values[0].text == ""
}

// Field returns the field of the term; ok is false for a group, which may have
// several.
func (t Term) Field() (f Field, ok bool) { return t.field, t.group == nil }

func (v value) write(f Field) string {
	switch {
	case v.regexp != nil:
		return "/" + strings.ReplaceAll(v.text, "/", `\/`) + "/"
	case v.op == "..":
		return fmt.Sprintf("%d..%d", v.number, v.most)
	case f.isNumber():
		return strings.TrimPrefix(v.op, "=") + strconv.Itoa(v.number)
	case f.isDate() && bare(strings.TrimPrefix(v.text, "-")):
		return v.text
	}
	if bare(v.text) && !(f == TextField && meansMore(v.text)) {
		return v.text
	}
	return quote(v.text)
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// meansMore reports whether a word by itself is more than text.
func meansMore(word string) bool {
	p := queryParser{s: word}
	f, _ := p.field()
	return f != TextField || p.comparison() != "" || strings.EqualFold(word, fieldNames[MarkedField]) || isOperator(word) || operatorAdvice(word) != ""
}

// isOperator reports whether a word by itself is or, and or not.
func isOperator(word string) bool {
	p := queryParser{s: word}
	return p.operator() == word && word != ""
}

// bare reports whether a value needs no quotes.
func bare(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); s == "" || strings.ContainsRune(`-!/`, first) || isLongDash(first) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return isSpace(r) || strings.ContainsRune(`"\,|():`+openQuotes+closeQuotes, r)
	})
}
