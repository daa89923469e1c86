package timeline

import (
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

	StatusField
	SinceField
	UntilField
	OnField
	SourcesField
	OriginsField
	HasField
	MarkedField
	IDField
	TextField
)

// listFields is the number of list fields.
const listFields = StatusField

var fieldNames = [...]string{
	ActorField: "actor", PlaceField: "place", TopicField: "topic", KindField: "kind", PublisherField: "publisher",
	StatusField: "status", SinceField: "since", UntilField: "until", OnField: "on",
	SourcesField: "sources", OriginsField: "origins", HasField: "has", MarkedField: "marked", IDField: "id", TextField: "",
}

// String returns the field's name in the query language; it is empty for
// TextField.
func (f Field) String() string { return fieldNames[f] }

func fieldNamed(word string) (Field, bool) {
	i := slices.Index(fieldNames[:TextField], word)
	return Field(max(i, 0)), i >= 0
}

// A value is one value of a term, parsed as its field requires.
type value struct {
	text    string // as written, without quotes
	folded  string
	regexp  *regexp.Regexp // of text written /like this/
	date    edtf.Date
	op      string // of numbers: = < <= > >=
	number  int
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

// WithoutPeriod returns the query without its since: and until:. Terms that
// exclude a period stay, and so do groups.
func (q Query) WithoutPeriod() Query {
	return Query{slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool {
		return t.group == nil && !t.not && (t.field == SinceField || t.field == UntilField)
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

// Dated reports whether the query is about dates.
func (q Query) Dated() bool {
	return q.Asks(SinceField) || q.Asks(UntilField) || q.Asks(OnField)
}

// AsksMargin reports whether the events selected may depend on a Margin.
func (q Query) AsksMargin() bool { return q.Asks(MarkedField) || q.Asks(HasField) }

// String writes the query in the form that ParseQuery reads.
func (q Query) String() string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

// String writes the term as in a query.
func (t Term) String() string {
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
	case f == SourcesField || f == OriginsField:
		return strings.TrimPrefix(v.op, "=") + strconv.Itoa(v.number)
	}
	if bare(v.text) && !(f == TextField && (v.folded == fieldNames[MarkedField] || isOperator(v.text) || operatorAdvice(v.text) != "")) {
		return v.text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v.text) + `"`
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
