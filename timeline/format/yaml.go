package format

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A yamlSyntax is YAML with a record an item of a list, a key of a mapping, or a
// document. Items and keys are found by their indentation, without the library, so
// that a mistake costs one record. Values are texts as they are written: a day or
// a no is no other type.
type yamlSyntax struct {
	layout layout // listed, keyed or alone: a document each
	indent int    // of the items or keys
	flow   bool   // the list is in brackets
	key    string // what the keys of records are
}

// isYAML reports whether a file is YAML with records that have a date and a title
// among their names.
func isYAML(h *head) bool {
	if h.form == objects {
		return false
	}
	s, start := findYAML(h.text[:min(len(h.text), longestHead)], h.columns)
	if s == nil {
		return false
	}
	h.syntax, h.body, h.above = s, h.from+start, nil
	return true
}

// findYAML finds the records of a YAML text, of which there may be only the
// beginning, and where they begin. Columns are those named by the user. It returns
// nil if there are none with a date and a title.
func findYAML(text string, columns map[string]string) (*yamlSyntax, int) {
	documents := 0
	for at, end := 0, 0; at < len(text); at = end + 1 {
		end = lineEnd(text, at)
		l := yamlLine(text[at:end])
		switch {
		case l.isDocument:
			if documents++; documents > 1 {
				continue
			}
		case l.isBlank:
			continue
		}
		flow := strings.IndexAny(text[at:end], "[{")
		for _, s := range []yamlSyntax{
			{layout: listed, indent: l.indent},
			{layout: listed, flow: true},
			{layout: keyed, indent: l.indent, key: "date"},
			{layout: alone},
		} {
			start := at
			switch {
			case s.flow && (flow < 0 || text[at+flow] != '[' || flow > 0 && !strings.HasSuffix(strings.TrimSpace(text[at:at+flow]), ":")):
				continue
			case s.flow:
				start = at + flow
			case s.layout == listed && !l.isItem, s.layout == keyed && (!l.isKey || l.key == ""), s.layout == alone && (documents > 1 || l.indent > 0 || !l.isKey):
				continue
			}
			if s.fits(text, start, columns) {
				return &s, start
			}
		}
	}
	return nil, 0
}

// fits reports whether the records that begin at an offset have a date and a title,
// or are a list of records for which the user has named columns.
func (s *yamlSyntax) fits(text string, start int, columns map[string]string) bool {
	read := 0
	for record := range s.records(text, start) {
		if read++; read > 5 {
			break
		}
		node, key, err := s.node(text[record.start:record.end])
		switch {
		case err != nil || node == nil:
			continue
		case node.Kind != yaml.MappingNode && s.layout == listed:
			continue
		case node.Kind != yaml.MappingNode:
			return false // dates with texts are markwhen
		case key != nil && !isDate(key.Value):
			s.key = "id"
		}
		var names []string
		for i := 0; i+1 < len(node.Content); i += 2 {
			names = append(names, node.Content[i].Value)
		}
		dated := hasDate(names) || isMapped("date", columns, names) || key != nil && s.key != "id"
		titled := hasTitle(names) || isMapped("title", columns, names)
		if dated && titled || columns != nil && s.layout == listed && len(names) > 1 {
			return true
		}
	}
	return false
}

// isMapped reports whether one of some names is that of the column which the user
// has named for a field.
func isMapped(field string, columns map[string]string, names []string) bool {
	column, _, err := cutStyle(columns[field], names)
	return columns[field] != "" && err == nil && newHeader(names).find(column) >= 0
}

// A yamlShape is what a line of YAML shows of its structure.
type yamlShape struct {
	indent     int
	isBlank    bool // it is blank, or a comment
	isDocument bool // it begins or ends a document
	isItem     bool // it begins an item of a list
	isKey      bool // it begins with a key
	key        string
}

func yamlLine(line string) (l yamlShape) {
	line = strings.TrimRight(line, " \t\r")
	rest := strings.TrimLeft(line, " ")
	l.indent = len(line) - len(rest)
	switch {
	case rest == "" || rest[0] == '#' || l.indent == 0 && rest[0] == '%':
		l.isBlank = true
	case l.indent == 0 && (rest == "---" || rest == "..." || strings.HasPrefix(rest, "--- ")):
		l.isDocument = true
	case rest == "-" || strings.HasPrefix(rest, "- "):
		l.isItem = true
	default:
		colon := strings.Index(rest+" ", ": ")
		if l.isKey = colon > 0; l.isKey {
			l.key = strings.Trim(rest[:colon], `"'`)
		}
	}
	return l
}

func (s *yamlSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	if s.flow {
		return flowItems(text, from)
	}
	return func(yield func(span, *fault) bool) {
		open := -1
		closed := func(end int) bool { // it reports whether to go on
			start := open
			open = -1
			if start < 0 {
				return true
			}
			end = start + len(strings.TrimRight(text[start:end], " \t\r\n"))
			return start == end || yield(span{start: start, end: end}, nil)
		}
		for at, end := from, 0; at < len(text); at = end + 1 {
			end = lineEnd(text, at)
			l := yamlLine(text[at:end])
			switch {
			case l.isDocument:
				if !closed(at) {
					return
				}
			case l.isBlank:
			case s.layout == alone:
				if open < 0 {
					open = at
				}
			case l.indent == s.indent && l.isItem == (s.layout == listed):
				if !closed(at) {
					return
				}
				open = at
			case l.indent < s.indent || l.indent == s.indent && s.layout == listed:
				closed(at) // the list has ended
				return
			}
		}
		closed(len(text))
	}
}

// flowItems finds the items of a list in brackets.
func flowItems(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		depth, start := 0, from+1
		item := func(end int) bool {
			trimmed := strings.TrimLeft(text[start:end], " \t\r\n")
			begin := end - len(trimmed)
			return strings.TrimSpace(trimmed) == "" || yield(span{start: begin, end: begin + len(strings.TrimRight(trimmed, " \t\r\n"))}, nil)
		}
		for at := from; at < len(text); at++ {
			switch c := text[at]; c {
			case '"', '\'':
				for at++; at < len(text) && text[at] != c; at++ {
					if c == '"' && text[at] == '\\' {
						at++
					}
				}
			case '#':
				if isBlank(text[at-1]) {
					at = lineEnd(text, at)
				}
			case '[', '{':
				depth++
			case ']', '}':
				if depth--; depth == 0 {
					item(at)
					return
				}
			case ',':
				if depth == 1 {
					if !item(at) {
						return
					}
					start = at + 1
				}
			}
		}
		yield(span{}, &fault{from, "the list that begins here is not closed"})
	}
}

// node parses a record. The key is that of the record, or nil.
func (s *yamlSyntax) node(record string) (node, key *yaml.Node, err error) {
	var document yaml.Node
	if err = yaml.Unmarshal([]byte(record), &document); err != nil || len(document.Content) == 0 {
		return nil, nil, err
	}
	node = document.Content[0]
	if s.layout == listed && !s.flow && node.Kind == yaml.SequenceNode && len(node.Content) == 1 {
		node = node.Content[0]
	}
	if node.Kind == yaml.MappingNode && len(node.Content) == 2 && (s.layout == keyed || s.layout == listed && isDate(node.Content[0].Value)) {
		key, node = node.Content[0], node.Content[1]
	}
	return node, key, nil
}

func (s *yamlSyntax) values(r *rowDecoder) {
	r.filled = true
	node, key, err := s.node(r.record)
	if err != nil {
		line, reason := yamlFault(err)
		r.malformed(lineOffset(r.record, line), reason)
		return
	}
	w := yamlWalk{r: r, left: mostYAMLValues}
	if key != nil {
		name := s.key
		if name == "" {
			name = "date"
		}
		w.scalar(name, key)
	}
	switch {
	case node == nil || node.Tag == "!!null":
	case node.Kind == yaml.MappingNode:
		w.value("", node)
	case node.Kind == yaml.ScalarNode:
		w.scalar("title", node)
	default:
		r.malformed(0, "an event is a mapping of names and values, not a list")
	}
	if w.left < 0 {
		r.malformed(0, fmt.Sprintf("this event has more than %d values", mostYAMLValues))
	}
}

// yamlFault splits an error of the library into the line, from 1, and the reason.
func yamlFault(err error) (line int, reason string) {
	reason = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(reason, "line "); ok {
		number, text, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		reason = text
	}
	if strings.HasPrefix(reason, "unknown anchor") {
		return line, reason + "; an anchor is known only within its event"
	}
	return line, "this is not YAML: " + reason
}

func lineOffset(text string, line int) (at int) {
	for ; line > 1 && at < len(text); line-- {
		at = min(lineEnd(text, at)+1, len(text))
	}
	return at
}

// mostYAMLValues is how many values an event may have. Aliases of aliases would make
// millions of a few lines.
const mostYAMLValues = 10_000

// A yamlWalk passes the values of a YAML record to a row decoder.
type yamlWalk struct {
	r           *rowDecoder
	left, items int
	line, at    int // the last line that was looked up, and its offset
}

func (w *yamlWalk) value(name string, n *yaml.Node) {
	if w.left--; w.left < 0 {
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		w.value(name, n.Alias)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, inner := n.Content[i].Value, n.Content[i+1]
			if inner.Kind == yaml.AliasNode {
				inner = inner.Alias
			}
			switch {
			case key == "<<" && inner.Kind == yaml.MappingNode:
				w.value(name, inner)
			case name != "":
				w.value(name+"."+key, inner)
			default:
				w.value(key, inner)
			}
		}
	case yaml.SequenceNode:
		for _, inner := range n.Content {
			isItem := inner.Kind == yaml.MappingNode && w.r.item == 0
			if isItem {
				w.items++
				w.r.item = w.items
			}
			if w.value(name, inner); isItem {
				w.r.item = 0
			}
		}
	default:
		w.scalar(name, n)
	}
}

func (w *yamlWalk) scalar(name string, n *yaml.Node) {
	if n.Tag == "!!null" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
		return
	}
	if n.Line < w.line {
		w.line, w.at = 1, 0
	}
	w.line = max(w.line, 1)
	w.at += lineOffset(w.r.record[w.at:], n.Line-w.line+1)
	w.line = n.Line
	w.r.take(name, n.Value, min(w.at+runes(w.r.record[w.at:], n.Column-1), len(w.r.record)))
}

// about reads the title of the file from what stands before the records, and names
// what of the file is not read.
func (s *yamlSyntax) about(text string) (a about, unread []string) {
	if s.layout == alone {
		return a, nil
	}
	for at, end := 0, 0; at < len(text); at = end + 1 {
		end = lineEnd(text, at)
		l := yamlLine(text[at:end])
		if !l.isBlank && !l.isKey && !l.isItem && !l.isDocument && l.indent == 0 && s.layout == listed && !s.flow {
			addUnique(&unread, shortened(strings.TrimSpace(text[at:end])))
		}
		if l.isBlank || !l.isKey || l.indent > 0 || l.indent >= s.indent && s.layout == keyed {
			continue
		}
		next := end
		for next < len(text) { // the lines that belong to the key
			following := lineEnd(text, next+1)
			if f := yamlLine(text[min(next+1, len(text)):following]); next+1 >= len(text) || !f.isBlank && f.indent == 0 {
				break
			}
			next = following
		}
		var document yaml.Node
		if yaml.Unmarshal([]byte(text[at:next]), &document) != nil || len(document.Content) == 0 || len(document.Content[0].Content) != 2 {
			continue
		}
		value := document.Content[0].Content[1]
		switch name := alike(l.key); {
		case value.Kind == yaml.ScalarNode && slices.Contains([]string{"title", "name"}, name) && a.Title == "":
			a.Title = strings.TrimSpace(value.Value)
		case value.Kind == yaml.ScalarNode && name == "description" && a.Description == "":
			a.Description = strings.TrimSpace(value.Value)
		case value.Tag == "!!null", s.layout == listed && value.Kind == yaml.SequenceNode && len(value.Content) > 0 && value.Content[0].Kind == yaml.MappingNode:
		default:
			addUnique(&unread, l.key)
		}
	}
	return a, unread
}
