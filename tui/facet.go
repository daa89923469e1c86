package tui

import (
	"slices"

	"dateline/timeline"
)

// A facet is a field by whose values the filter narrows what is shown. The
// picker and the sidebar read and write the filter's terms about it here, and
// nowhere else.
type facet struct {
	t     *timeline.Timeline
	field timeline.Field
}

// A mark says whether the filter wants a value or excludes it.
type mark byte

const (
	unmarked mark = iota
	wanted
	excluded
)

func (m mark) String() string { return [...]string{"[ ]", "[x]", "[!]"}[m] }

// asks reports whether a term is about the facet.
func (f facet) asks(term timeline.Term) bool {
	field, ok := term.Field()
	return ok && field == f.field
}

// owns reports whether the i-th term may be written anew: it asks about the
// facet, and excludes or is the last that wants. Terms that want before it
// narrow what is shown to events that have both; those stay as they are, but
// for values that are wanted no more.
func (f facet) owns(q timeline.Query, i int) bool {
	terms := q.Terms()
	if !f.asks(terms[i]) {
		return false
	}
	return terms[i].Excludes() || !slices.ContainsFunc(terms[i+1:], func(t timeline.Term) bool { return f.asks(t) && !t.Excludes() })
}

// others is the query without the terms that the facet owns: its counts are
// taken under it.
func (f facet) others(q timeline.Query) timeline.Query {
	var others timeline.Query
	for i, term := range q.Terms() {
		if !f.owns(q, i) {
			others = others.And(term)
		}
	}
	return others
}

// wants lists the values that the query wants, and those that it excludes, each
// once.
func (f facet) wants(q timeline.Query) (in, out []string) {
	for _, term := range q.Terms() {
		switch {
		case !f.asks(term):
		case term.Excludes():
			out = append(out, drop(f.named(term), out)...)
		default:
			in = append(in, drop(f.named(term), in)...)
		}
	}
	return in, out
}

// marks says which values are marked.
func (f facet) marks(q timeline.Query) map[string]mark {
	marks := make(map[string]mark)
	in, out := f.wants(q)
	for _, value := range in {
		marks[value] = wanted
	}
	for _, value := range out {
		marks[value] = excluded
	}
	return marks
}

// named lists the values that a term means, each once.
func (f facet) named(term timeline.Term) []string {
	var names []string
	for _, value := range term.Values() {
		names = append(names, drop(f.t.Named(f.field, value), names)...)
	}
	return names
}

// write returns the query with these values wanted and excluded, and no others.
func (f facet) write(q timeline.Query, in, out []string) timeline.Query {
	var written timeline.Query
	var before []string // wanted by terms that stay
	for _, term := range f.others(q).Terms() {
		if f.asks(term) {
			named := f.named(term)
			left := keep(named, in)
			if len(left) == 0 && len(named) > 0 {
				continue
			}
			if len(left) < len(named) {
				term = timeline.Is(f.field, left...)
			}
			before = append(before, left...)
		}
		written = written.And(term)
	}
	if in = drop(in, before); len(in) > 0 {
		written = written.And(timeline.Is(f.field, in...))
	}
	if len(out) > 0 {
		written = written.And(timeline.IsNot(f.field, out...))
	}
	return written
}

// toggle returns the query with a value marked so or, if it is already, not
// marked.
func (f facet) toggle(q timeline.Query, value string, m mark) timeline.Query {
	had := f.marks(q)[value]
	in, out := f.wants(q)
	in, out = drop(in, []string{value}), drop(out, []string{value})
	switch {
	case had == m:
	case m == wanted:
		in = append(in, value)
	case m == excluded:
		out = append(out, value)
	}
	return f.write(q, in, out)
}

// keep returns those of the values that are among some.
func keep(values, some []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return !slices.Contains(some, v) })
}

// drop returns those of the values that are not among some.
func drop(values, some []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return slices.Contains(some, v) })
}
