package timeline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
)

// A Query selects events. It is written the same everywhere: in the filter
// prompt, on the command line and in the chips on screen.
//
//	actor:"Kim Jong Un" -topic:missile status:disputed,alleged since:2024-06
//
// All of its terms must hold. The zero Query selects every event.
type Query struct{ terms []Term }

// A Term is one condition of a query: a field with the values wanted of it, of
// which any may hold; or a group of queries of which any may hold.
type Term struct {
	not    bool
	field  Field
	values []value
	group  []Query // when not empty, field and values are not used
}

// A Field is what a term asks about.
type Field uint8

// The fields of the query language. The first ones are lists of names, and
// have columns and tallies; Text is the field of a bare word.
const (
	ActorField Field = iota
	PlaceField
	TopicField
	KindField
	PublisherField
	listFields // the number of fields above

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

var fieldNames = [...]string{
	ActorField: "actor", PlaceField: "place", TopicField: "topic", KindField: "kind", PublisherField: "publisher",
	StatusField: "status", SinceField: "since", UntilField: "until", OnField: "on",
	SourcesField: "sources", OriginsField: "origins", HasField: "has", MarkedField: "marked", IDField: "id", TextField: "",
}

// String returns the field's name in the query language; it is empty for
// TextField.
func (f Field) String() string { return fieldNames[f] }

func fieldNamed(word string) (Field, bool) {
	for f, name := range fieldNames {
		if name != "" && name == word {
			return Field(f), true
		}
	}
	return 0, false
}

// A value is one thing wanted of a field, read as that field reads it.
type value struct {
	text    string // as written, without quotes
	folded  string
	regexp  *regexp.Regexp // of text written /so/
	date    edtf.Date
	op      string // of numbers: = < <= > >=
	number  int
	status  Status
	feature feature
	tier    Tier
	column  int // where it stood in the text of the query, from 1
}

// A feature is what has: asks for.
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

// Is returns a term that wants any of the values of a list field, or of status,
// id or a date. A name that folds to nothing selects no event. It panics if any
// other field takes no such value.
func Is(f Field, values ...string) Term { return named(f, false, values) }

// IsNot returns a term that excludes events with any of the values.
func IsNot(f Field, values ...string) Term { return named(f, true, values) }

func named(f Field, not bool, texts []string) Term {
	t := Term{not: not, field: f}
	for _, text := range texts {
		v, reason, _ := readValue(f, text, false)
		if reason != "" && f >= listFields {
			panic("timeline: no such value: " + reason)
		}
		t.values = append(t.values, v)
	}
	return t
}

// Terms lists the query's terms.
func (q Query) Terms() []Term { return slices.Clone(q.terms) }

// Empty reports whether the query selects every event because it asks for
// nothing.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// And returns the query with terms added.
func (q Query) And(terms ...Term) Query {
	return Query{append(slices.Clone(q.terms), terms...)}
}

// Without returns the query without its i-th term.
func (q Query) Without(i int) Query {
	return Query{slices.Delete(slices.Clone(q.terms), i, i+1)}
}

// WithoutField returns the query without the terms that ask about f.
func (q Query) WithoutField(f Field) Query {
	return Query{slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool { return t.group == nil && t.field == f })}
}

// Values lists the values that the query's terms want of a field, and those
// that they exclude.
func (q Query) Values(f Field) (wanted, excluded []string) {
	for _, t := range q.terms {
		if t.group != nil || t.field != f {
			continue
		}
		for _, v := range t.values {
			if t.not {
				excluded = append(excluded, v.text)
			} else {
				wanted = append(wanted, v.text)
			}
		}
	}
	return wanted, excluded
}

// WithoutPeriod returns the query without its since: and until:. What excludes a
// period, and what stands in a group, stays.
func (q Query) WithoutPeriod() Query {
	return Query{slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool {
		return t.group == nil && !t.not && (t.field == SinceField || t.field == UntilField)
	})}
}

// Between returns the query with the dates given, in EDTF, for its period. It
// panics if they are no dates.
func (q Query) Between(since, until string) Query {
	return q.WithoutPeriod().And(Is(SinceField, since), Is(UntilField, until))
}

// Asks reports whether the query asks about a field.
func (q Query) Asks(f Field) bool {
	return slices.ContainsFunc(q.terms, func(t Term) bool {
		if t.group != nil {
			return slices.ContainsFunc(t.group, func(g Query) bool { return g.Asks(f) })
		}
		return t.field == f
	})
}

// Dated reports whether the query asks about dates.
func (q Query) Dated() bool {
	return q.Asks(SinceField) || q.Asks(UntilField) || q.Asks(OnField)
}

// String writes the query so that ParseQuery reads the same query from it.
func (q Query) String() string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

// String writes the term as a query would.
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

// Excludes reports whether the term hides what it names.
func (t Term) Excludes() bool { return t.not }

// Values lists what the term names; a group names nothing.
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

// Field returns what the term asks about; ok is false for a group, which may
// ask about several things.
func (t Term) Field() (f Field, ok bool) { return t.field, t.group == nil }

func (v value) write(f Field) string {
	switch {
	case v.regexp != nil:
		return "/" + strings.ReplaceAll(v.text, "/", `\/`) + "/"
	case f == SourcesField || f == OriginsField:
		if v.op == "=" {
			return strconv.Itoa(v.number)
		}
		return v.op + strconv.Itoa(v.number)
	}
	if bare(v.text) && !(f == TextField && (v.folded == fieldNames[MarkedField] || misspelt(v.text) != "")) {
		return v.text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v.text) + `"`
}

// bare reports whether a value can be written without quotes.
func bare(s string) bool {
	if s == "" || strings.ContainsAny(s[:1], `-!/`) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return isBlank(r) || strings.ContainsRune(`"\,|():`, r)
	})
}
