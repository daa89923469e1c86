package format

import (
	"slices"
	"strings"
)

// A head is what the beginning of a file shows, by which its format is known.
type head struct {
	text   string   // of the file, from its first character on
	lines  []string // the first few, unless it is JSON
	names  []string // of its columns; in JSON of the fields of its first record
	syntax syntax   // in which these names were found
	from   int      // where the head begins in the file
	body   int      // and the records
	plain  bool     // it is CSV or TSV of nobody's format in particular
}

// has reports whether all of the names are there, in any case.
func (h *head) has(names ...string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(h.names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return false
		}
	}
	return true
}

// begins reports whether the file begins so, in any case.
func (h *head) begins(text string) bool {
	return len(h.text) >= len(text) && strings.EqualFold(h.text[:len(text)], text)
}

// any reports whether any of the first lines is such a one.
func (h *head) any(is func(line string) bool) bool { return slices.ContainsFunc(h.lines, is) }

// hasColumns makes what reports whether a file has these columns.
func hasColumns(names ...string) func(*head) bool {
	return func(h *head) bool { return h.has(names...) }
}

// beginning is where the head of a text begins: behind a byte order mark, blank
// lines and, if it is JSON, blanks.
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

// looked is how much of a file is looked at to know its format.
const looked = 16 << 10

// look looks at the beginning of a text, from an offset on.
func look(text string, from int) *head {
	h := &head{text: text[from:], from: from, body: from}
	beginning := h.text[:min(looked, len(h.text))]
	switch {
	case h.begins("{"):
		h.syntax, h.names = jsonLineSyntax{}, fieldsOf(beginning)
	case h.begins("["):
		h.syntax, h.names = jsonListSyntax{}, fieldsOf(beginning)
	default:
		h.lines = strings.Split(beginning, "\n")
		syntax := gdeltSyntax(h.lines)
		if syntax == nil {
			syntax, h.body = header(text, from)
		}
		if syntax != nil {
			h.syntax, h.names = syntax, syntax.header
		}
	}
	return h
}

// fieldsOf lists the fields that the JSON at the beginning of a text has, each
// with those it lies in: events, events.start_date, events.start_date.year. Of a
// list it looks at the first item, and it stops where the text does.
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

// detect finds the table for a file, and the syntax of its records. It finds
// none for dateline's own JSON, which may have any private fields and is known by
// schemaVersion and events if it has both, and for what is in no known format.
func (h *head) detect() (*mapping, syntax) {
	if h.has("schemaVersion", "events") {
		return nil, nil
	}
	i := slices.IndexFunc(mappings, func(t *mapping) bool { return t.known(h) })
	if i < 0 {
		return nil, nil
	}
	t := mappings[i]
	if t.syntax != nil {
		return t, t.syntax
	}
	// has takes a name in any case; a row knows the table's.
	for k, name := range h.names {
		for _, c := range t.columns {
			if strings.EqualFold(name, c.name) {
				h.names[k] = c.name
			}
		}
	}
	return t, h.syntax
}

// mappingFor finds the table for a file, also for CSV and TSV of nobody's format in
// particular. The error says what such a file lacks.
func (h *head) mappingFor(columns map[string]string) (*mapping, syntax, error) {
	t, f := h.detect()
	if t != nil || !h.isTabular(columns) {
		return t, f, nil
	}
	h.plain = true
	t, err := guessMapping(h.syntax.(*csvSyntax).header, columns)
	return t, h.syntax, err
}

// unread says which columns the table does not read, if a person may map them.
func (h *head) unread(t *mapping) string {
	if !h.plain {
		return ""
	}
	names := unreadColumns(t, h.names)
	if names == "" {
		return ""
	}
	return "these columns are not read: " + names + "; --map FIELD=COLUMN has one read"
}
