package format

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A head is what the beginning of a file shows, from which its format is
// detected.
type head struct {
	text      string            // the file from its first character on
	lines     []string          // the first few, unless it is JSON
	names     []string          // of its columns; in JSON, of the fields of its first record
	syntax    syntax            // in which these names were found
	form      form              // of its records
	from      int               // where the head begins in the file
	body      int               // where the records begin
	above     []string          // the lines above the header of a table, which are not read
	columns   map[string]string // as the user named them
	commented bool              // comments stand above the JSON
	plain     bool              // it is of no particular format: the user may name columns
	format    string            // its name, once it is known
}

// A form is how records are written, whatever their format. A format may come in
// several.
type form int

const (
	tables  form = 1 << iota // CSV and TSV
	objects                  // JSON and JSON Lines
)

// headSize is how much of a file is read to detect its format.
const headSize = 16 << 10

// look looks at the beginning of a text, from an offset on. Columns are those named
// by the user.
func look(text string, from int, columns map[string]string) *head {
	h := &head{text: text[from:], from: from, body: from, columns: columns, commented: strings.Trim(text[:from], "\ufeff \t\r\n") != ""}
	start := h.text[:min(headSize, len(h.text))]
	switch {
	case h.isTable(start):
	case h.begins("{"):
		h.form, h.syntax, h.names = objects, jsonLineSyntax{}, fieldsOf(start)
	case h.begins("["):
		h.form, h.syntax, h.names = objects, new(jsonRecords), fieldsOf(start)
	default:
		h.lines = strings.FieldsFunc(start, func(c rune) bool { return c == '\n' || c == '\r' })
		if s := gdeltSyntax(h.lines); s != nil {
			h.form, h.syntax, h.names = tables, s, s.header
		} else if table := readHeader(text, from, h.isHeader); table != nil {
			h.setTable(table)
		}
	}
	return h
}

func (h *head) setTable(t *csvHead) {
	h.form, h.syntax, h.names, h.body, h.above = tables, t.syntax, t.syntax.header, t.body, t.above
}

// isTable reports whether a file that begins with a bracket is a table: its header
// may have brackets around the names, or a line such as [Export] above it.
func (h *head) isTable(start string) bool {
	if !h.begins("[") && !h.begins("{") {
		return false
	}
	if rest := strings.TrimLeft(start[1:], " \t\r\n"); rest == "" || !isLetter(rest[0]) {
		return false
	}
	table := readHeader(h.text, 0, h.isHeader)
	if table == nil || !h.isHeader(table.syntax.header) {
		return false
	}
	table.body += h.from
	h.setTable(table)
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isHeader reports whether names are those of the columns of a format, or have a
// date and a title among them.
func (h *head) isHeader(names []string) bool {
	of := &head{form: tables, names: names}
	if slices.ContainsFunc(formats, func(f inputFormat) bool { return f.in != 0 && !f.guess && f.knows(of) }) {
		return true
	}
	_, err := guessMapping(names, h.columns)
	return err == nil
}

// beginning returns where the head of a text begins: after a byte order mark,
// blank lines and, in JSON, blanks and comments.
func beginning(text string) int {
	from := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	if at := afterComments(text, from); at > from {
		return at
	}
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
		if !slices.ContainsFunc(h.names, func(n string) bool { return h.same(n, name) }) {
			return false
		}
	}
	return true
}

// same reports whether two names of fields or columns are one. Programs and people
// spell those of columns in many ways: see alike.
func (h *head) same(a, b string) bool {
	return strings.EqualFold(a, b) || h.form == tables && alike(a) == alike(b)
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
// syntax of its records, neither for dateline's own JSON. The error says why the
// file cannot be read.
func (h *head) mappingFor() (*mapping, syntax, error) {
	i := slices.IndexFunc(formats, func(f inputFormat) bool { return f.knows(h) })
	if h.format = "dateline JSON"; i < 0 {
		return nil, nil, nil
	}
	f := &formats[i]
	h.format = f.name
	switch {
	case f.advice != "":
		return nil, nil, fmt.Errorf("this is %s, %s", f.name, f.advice)
	case f.guess:
		h.plain = true
		h.nameColumns()
		names := h.names
		if j, ok := h.syntax.(*jsonRecords); ok && strings.HasSuffix(strings.Join(j.path, "."), "features") {
			names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "type" }) // of GeoJSON: Feature
		}
		m, err := guessMapping(names, h.columns)
		if only := onlyText(names, h.columns); err != nil && only != "" {
			columns := maps.Clone(h.columns)
			if columns == nil {
				columns = make(map[string]string)
			}
			columns["title"] = only
			if m, _ = guessMapping(names, columns); m != nil {
				err = nil
				m.notes = append(m.notes, "no column is named as a title is; "+only+" is the title")
			}
		}
		if t, ok := h.syntax.(titled); ok && m != nil {
			if _, unread := t.about(h.text); unread != nil {
				m.notes = append(m.notes, "what the file says of itself is not read: "+someOf(unread))
			}
		}
		return m, h.syntax, err
	case f.mapping == nil:
		return nil, nil, nil
	case f.mapping.syntax != nil:
		h.form, h.body, h.above = 0, h.from, nil
		if s, ok := f.mapping.syntax.(markwhenSyntax); ok {
			return f.mapping, s.ofHeader(h.text), nil
		}
		return f.mapping, f.mapping.syntax, nil
	}
	// A row decoder knows the names of the mapping.
	for k, name := range h.names {
		for _, c := range f.mapping.columns {
			if h.same(name, c.name) {
				h.names[k] = c.name
				break
			}
		}
	}
	return f.mapping, h.syntax, nil
}

// nameColumns names the columns of a table without a name that have text in the
// first rows, so that the user can map them. Of other records it lists all names.
func (h *head) nameColumns() {
	s, ok := h.syntax.(*csvSyntax)
	if !ok {
		h.names = h.sampleNames()
		return
	}
	if !slices.Contains(s.header, "") {
		return
	}
	for record := range s.records(h.text[:min(len(h.text), headSize)], h.body-h.from) {
		cells, _ := s.cells(h.text[record.start:record.end], nil, marksClose)
		for i, c := range cells[:min(len(cells), len(s.header))] {
			if s.header[i] == "" && strings.TrimSpace(c.text) != "" {
				s.header[i] = fmt.Sprintf("column %d", i+1)
			}
		}
	}
}

// sampled is by how much of a large file the names in its records are known.
const sampled = 4 << 20

// isShort reports whether more of a file is needed to know the names in its
// records, of which each has its own.
func (h *head) isShort(whole bool) bool {
	switch h.syntax.(type) {
	case *csvSyntax:
		return false
	case *markdownSyntax:
		return h.plain && !whole
	}
	return h.plain && !whole && len(h.text) < sampled
}

// sampleNames lists the names of the values of records, in the order in which they
// come first.
func (h *head) sampleNames() []string {
	s, text, from := h.syntax, h.text, h.body-h.from
	r := newRowDecoder(&mapping{joins: true}, s)
	r.others = new(nameSet)
	for record, fault := range s.records(text, from) {
		if fault != nil && record.end == 0 {
			break
		}
		r.at = int64(h.from + record.start)
		r.decode(text[record.start:record.end])
	}
	return r.others.names
}

// linesAbove names the lines above the header of a table, and comments above JSON,
// in a warning.
func (h *head) linesAbove() string {
	switch {
	case h.commented:
		return "JSON has no comments"
	case len(h.above) == 0:
		return ""
	}
	var lines []string
	for _, line := range h.above {
		lines = append(lines, strconv.Quote(line))
	}
	return "what stands above the header is not read: " + someOf(lines)
}

// further names the columns of a table that its format does not have, in a warning.
func (h *head) further(m *mapping) string {
	if h.plain || h.form != tables {
		return ""
	}
	left := newHeader(strings.Fields(m.leaves))
	var names []string
	for _, name := range h.names {
		if name != "" && left.find(name) < 0 && !slices.ContainsFunc(m.columns, func(c column) bool { return c.name == name }) {
			addUnique(&names, name)
		}
	}
	if names == nil {
		return ""
	}
	return "these columns are not read: " + someOf(names)
}
