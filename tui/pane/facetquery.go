package pane

import (
	"slices"

	"dateline/timeline"
)

// A FacetQuery reads and writes the terms of a filter that are about one field,
// for the facets and the picker.
type FacetQuery struct {
	*timeline.Timeline
	Field timeline.Field
}

// A Mark says whether the filter includes a value or excludes it.
type Mark byte

const (
	Unmarked Mark = iota
	Included
	Excluded
)

// Spoken is the mark in a word, empty if there is none.
func (m Mark) Spoken() string { return [...]string{"", "included", "excluded"}[m] }

func (m Mark) String() string { return [...]string{"[ ]", "[x]", "[!]"}[m] }

// concerns reports whether a term is about the field.
func (f FacetQuery) concerns(term timeline.Term) bool {
	field, ok := term.Field()
	return ok && field == f.Field
}

// owns reports whether the i-th term may be rewritten: it is about the field, and
// excludes or is the last that includes. Including terms before it ask for events
// that have both; they keep their place, and lose only values that are dropped.
func (f FacetQuery) owns(q timeline.Query, i int) bool {
	terms := q.Terms()
	if !f.concerns(terms[i]) {
		return false
	}
	return terms[i].Excludes() || !slices.ContainsFunc(terms[i+1:], func(t timeline.Term) bool { return f.concerns(t) && !t.Excludes() })
}

// Others is the query without the terms that may be rewritten. The counts of the
// field's values are taken under it.
func (f FacetQuery) Others(q timeline.Query) timeline.Query {
	var others timeline.Query
	for i, term := range q.Terms() {
		if !f.owns(q, i) {
			others = others.And(term)
		}
	}
	return others
}

// values lists the values that the query includes, and those that it excludes,
// each once.
func (f FacetQuery) values(q timeline.Query) (in, out []string) {
	for _, term := range q.Terms() {
		switch {
		case !f.concerns(term):
		case term.Excludes():
			out = append(out, drop(f.named(term), out)...)
		default:
			in = append(in, drop(f.named(term), in)...)
		}
	}
	return in, out
}

// marks says which values are marked.
func (f FacetQuery) marks(q timeline.Query) map[string]Mark {
	marks := make(map[string]Mark)
	in, out := f.values(q)
	for _, value := range in {
		marks[value] = Included
	}
	for _, value := range out {
		marks[value] = Excluded
	}
	return marks
}

// named lists the values that a term means, each once.
func (f FacetQuery) named(term timeline.Term) []string {
	var names []string
	for _, value := range term.Values() {
		names = append(names, drop(f.Named(f.Field, value), names)...)
	}
	return names
}

// write returns the query with exactly these values included and excluded.
func (f FacetQuery) write(q timeline.Query, in, out []string) timeline.Query {
	var written timeline.Query
	var before []string // included by terms that stay
	for _, term := range f.Others(q).Terms() {
		if f.concerns(term) {
			named := f.named(term)
			left := keep(named, in)
			if len(left) == 0 && len(named) > 0 {
				continue
			}
			if len(left) < len(named) {
				term = timeline.Is(f.Field, left...)
			}
			before = append(before, left...)
		}
		written = written.And(term)
	}
	if in = drop(in, before); len(in) > 0 {
		written = written.And(timeline.Is(f.Field, in...))
	}
	if len(out) > 0 {
		written = written.And(timeline.IsNot(f.Field, out...))
	}
	return written
}

// Toggle returns the query with a value marked or, if it has that mark already,
// unmarked.
func (f FacetQuery) Toggle(q timeline.Query, value string, m Mark) timeline.Query {
	had := f.marks(q)[value]
	in, out := f.values(q)
	in, out = drop(in, []string{value}), drop(out, []string{value})
	switch {
	case had == m:
	case m == Included:
		in = append(in, value)
	case m == Excluded:
		out = append(out, value)
	}
	return f.write(q, in, out)
}

// countsOf says what the numbers beside values are.
func countsOf(s *Shown) string {
	if s.Query.Empty() {
		return "events "
	}
	return "if chosen/all "
}

// keep returns the values that are among some.
func keep(values, some []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return !slices.Contains(some, v) })
}

// drop returns the values that are not among some.
func drop(values, some []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return slices.Contains(some, v) })
}
