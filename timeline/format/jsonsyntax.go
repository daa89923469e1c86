package format

import (
	"iter"
	"strings"
)

// A jsonLineSyntax has a JSON object a line.
type jsonLineSyntax struct{}

func (f jsonLineSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return inOrder(f, text, from)
}

func (jsonLineSyntax) next(text string, at int, whole bool) (record span, next int) {
	end := lineEnd(text, at)
	switch {
	case end == len(text) && !whole:
		return record, -1
	case strings.TrimSpace(text[at:end]) == "":
		return record, end + 1
	}
	return span{start: at, end: end}, end + 1
}

func (jsonLineSyntax) values(r *rowDecoder) { objectValues(r, true) }

// A jsonListSyntax has its records in a JSON array: a bare one, or "events" in an
// object.
type jsonListSyntax struct{}

func (jsonListSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		// A mistake within a string spoils only its record; values reports it.
		s := scanner{text: text, at: from, badString: func(int, string) {}}
		goesOn := true
		if s.peek() == '[' {
			goesOn = s.elements(yield)
		} else {
			s.object(func(name string, _ int) {
				if name != "events" {
					s.skip()
				} else if goesOn = s.elements(yield); !goesOn {
					s.fail(s.at, "")
				}
			})
		}
		if s.peek(); goesOn && s.fault == nil && s.at < len(text) {
			s.fail(s.at, "there is %s after the end of the timeline", s.found())
		}
		if goesOn && s.fault != nil {
			yield(span{}, s.fault)
		}
	}
}

func (jsonListSyntax) values(r *rowDecoder) { objectValues(r, false) }

// objectValues splits a record that is a JSON object. A value within a nested
// object has both names, start_date.year; the values of a list have its name.
func objectValues(r *rowDecoder, isLine bool) {
	s := scanner{text: r.record, isLine: isLine}
	r.filled = true
	walk(&s, "", r.take)
	if s.peek(); s.fault == nil && s.at < len(s.text) {
		s.fail(s.at, "there is %s after the end of the event", s.found())
	}
	if s.fault != nil {
		r.malformed(s.fault.at, s.fault.reason)
	}
}

// walk reads an object and calls take with each string, number and boolean in it,
// their names behind a prefix.
func walk(s *scanner, prefix string, take func(name, value string, at int)) {
	s.object(func(name string, _ int) { walkValue(s, prefix+name, take) })
}

func walkValue(s *scanner, name string, take func(name, value string, at int)) {
	switch s.peek() {
	case '{':
		walk(s, name+".", take)
	case '[':
		s.array(func() { walkValue(s, name, take) })
	case '"':
		at := s.at + 1
		take(name, s.string(), at)
	default:
		at := s.at
		if value := s.skip(); value != "null" {
			take(name, value, at)
		}
	}
}
