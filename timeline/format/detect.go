package format

import (
	"fmt"
	"slices"
	"strings"
)

// A head is what the beginning of a file shows, from which its format is
// detected.
type head struct {
	text    string            // the file from its first character on
	lines   []string          // the first few, unless it is JSON
	names   []string          // of its columns; in JSON, of the fields of its first record
	syntax  syntax            // in which these names were found
	from    int               // where the head begins in the file
	body    int               // where the records begin
	columns map[string]string // as the user named them
	plain   bool              // it is CSV or TSV of no particular format
}

// headSize is how much of a file is read to detect its format.
const headSize = 16 << 10

// look looks at the beginning of a text, from an offset on.
func look(text string, from int) *head {
	h := &head{text: text[from:], from: from, body: from}
	start := h.text[:min(headSize, len(h.text))]
	switch {
	case h.begins("{"):
		h.syntax, h.names = jsonLineSyntax{}, fieldsOf(start)
	case h.begins("["):
		h.syntax, h.names = jsonListSyntax{}, fieldsOf(start)
	default:
		h.lines = strings.Split(start, "\n")
		s := gdeltSyntax(h.lines)
		if s == nil {
			s, h.body = readHeader(text, from)
		}
		if s != nil {
			h.syntax, h.names = s, s.header
		}
	}
	return h
}

// beginning returns where the head of a text begins: after a byte order mark,
// blank lines and, in JSON, blanks.
func beginning(text string) int {
	from := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	at := len(text) - len(strings.TrimLeft(text[from:], " \t\r\n"))
	if at < len(text) && (text[at] == '[' || text[at] == '{') {
		return at
	}
	if i := strings.LastIndexByte(text[:at], '\n'); i >= 0 {
		return i + 1
	}
	return from
}

// has reports whether the file has fields or columns of all these names, in any
// case.
func (h *head) has(names ...string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(h.names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return false
		}
	}
	return true
}

// hasColumns returns a function that reports whether a file has these columns.
func hasColumns(names ...string) func(*head) bool {
	return func(h *head) bool { return h.has(names...) }
}

// begins reports whether the file begins with a text, in any case.
func (h *head) begins(text string) bool {
	return len(h.text) >= len(text) && strings.EqualFold(h.text[:len(text)], text)
}

// any reports whether any of the first lines satisfies is.
func (h *head) any(is func(line string) bool) bool { return slices.ContainsFunc(h.lines, is) }

// fieldsOf lists the fields of the JSON at the beginning of a text, each with the
// names of those around it: events, events.start_date, events.start_date.year. It
// looks at the first item of a list, and stops where the text is cut.
func fieldsOf(text string) []string {
	s := scanner{text: text}
	var names []string
	var value func(name string)
	value = func(name string) {
		switch s.peek() {
		case '{':
			s.object(func(member string, _ int) {
				if name != "" {
					member = name + "." + member
				}
				names = append(names, member)
				value(member)
			})
		case '[':
			first := true
			s.array(func() {
				if !first {
					s.skip()
					return
				}
				first = false
				value(name)
			})
		default:
			s.skip()
		}
	}
	value("")
	return names
}

// mappingFor returns how a file is read: the mapping of its columns and the
// syntax of its records, neither for dateline's own JSON. Columns are those named
// by the user. The error says why the file cannot be read.
func (h *head) mappingFor(columns map[string]string) (*mapping, syntax, error) {
	h.columns = columns
	i := slices.IndexFunc(formats, func(f inputFormat) bool { return f.known(h) })
	if i < 0 {
		return nil, nil, nil
	}
	f := &formats[i]
	switch {
	case f.advice != "":
		return nil, nil, fmt.Errorf("this is %s, %s", f.name, f.advice)
	case f.guess:
		h.plain = true
		m, err := guessMapping(h.names, columns)
		return m, h.syntax, err
	case f.mapping == nil:
		return nil, nil, nil
	case f.mapping.syntax != nil:
		return f.mapping, f.mapping.syntax, nil
	}
	// The names were compared in any case; a row decoder knows the mapping's.
	for k, name := range h.names {
		for _, c := range f.mapping.columns {
			if strings.EqualFold(name, c.name) {
				h.names[k] = c.name
			}
		}
	}
	return f.mapping, h.syntax, nil
}

// unread names the columns that the mapping does not read and the user may map,
// in a warning.
func (h *head) unread(m *mapping) string {
	if !h.plain {
		return ""
	}
	var names []string
	for _, name := range h.names {
		if !slices.ContainsFunc(m.columns, func(c column) bool { return c.name == name }) {
			addUnique(&names, name)
		}
	}
	if names == nil {
		return ""
	}
	return "these columns are not read: " + someOf(names) + "; read one with --map FIELD=COLUMN"
}
