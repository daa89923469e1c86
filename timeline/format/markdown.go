package format

import (
	"iter"
	"slices"
	"strings"
)

// A markdownSyntax is Markdown whose list items, headings, paragraphs or rows of
// tables begin with a date. What an event is depends on the headings above it, so
// the file is taken apart as a whole, once.
type markdownSyntax struct {
	base        int // where the text begins in the file
	found       []markdownRecord
	byStart     map[int]int // index in found
	title, lead string
	loose       []string // text that belongs to no event
}

// A markdownRecord is an event, with offsets from the base.
type markdownRecord struct {
	span
	values   []markdownValue
	warnings []markdownValue // of the text that each is about
}

type markdownValue struct {
	name, text string
	at         int // from the beginning of the record
}

// isMarkdown reports whether a file is Markdown with dated items.
func isMarkdown(h *head) bool {
	if h.form == objects || !mayBeMarkdown(h.text[:min(len(h.text), headSize)]) {
		return false
	}
	s := readMarkdown(h.text)
	if s.found == nil {
		return false
	}
	s.base = h.from
	h.syntax, h.body, h.above = s, h.from, nil
	return true
}

// mayBeMarkdown reports whether a line is a heading, an item of a list, or the
// line below the header of a table.
func mayBeMarkdown(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, _, ok := markdownHeading(line); ok || isDelimiterRow(line) {
			return true
		}
		if _, rest, ok := markdownItem(line); ok && rest != "" {
			return true
		}
	}
	return false
}

func (s *markdownSyntax) records(_ string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		for _, r := range s.found {
			if !yield(span{start: from + r.start, end: from + r.end}, nil) {
				return
			}
		}
	}
}

func (s *markdownSyntax) values(r *rowDecoder) {
	i, ok := s.byStart[int(r.at)-s.base]
	if !ok {
		return
	}
	for _, v := range s.found[i].values {
		r.take(v.name, v.text, v.at)
	}
	for _, v := range s.found[i].warnings {
		r.report(Problem{Field: fieldOf("text", v.text), Text: v.name, Warning: true}, v.at)
	}
}

func (s *markdownSyntax) about(string) (a about, unread []string) {
	a.Title, a.Description = s.title, s.lead
	for _, text := range s.loose {
		unread = append(unread, "“"+shortened(text)+"”")
	}
	return a, unread
}

// A markdownReader takes a Markdown file apart, line by line.
type markdownReader struct {
	text string
	*markdownSyntax

	headings []datedHeading
	open     *openRecord
	links    map[string]string // what labels refer to
	notes    map[string]string // footnotes
	blank    bool              // the line before is blank
	fenced   bool

	itemDate   string // the date of the item around that at hand, which has no more
	itemIndent int
}

// A datedHeading is a heading above the line at hand. Its date is empty if it has
// none.
type datedHeading struct {
	level   int
	date    string
	at, end int
	bare    bool // it has a date and no text, and no event has it yet
}

// An openRecord is an event to which the next lines may belong.
type openRecord struct {
	span
	date, raw string
	dateAt    int
	indent    int      // of its item; -1 if it is a heading or a paragraph
	body      []string // further paragraphs and items
	heading   bool     // all text up to the next heading is its
	warnings  []markdownValue
}

func readMarkdown(text string) *markdownSyntax {
	m := &markdownReader{text: text, markdownSyntax: &markdownSyntax{byStart: make(map[int]int)}, links: make(map[string]string), notes: make(map[string]string)}
	at := m.frontMatter()
	m.definitions()
	for end := at; at < len(text); at = end + 1 {
		end = lineEnd(text, at)
		line := strings.TrimRight(text[at:end], " \t\r")
		if next := m.table(at, end, line); next > 0 {
			end = next
			continue
		}
		m.line(at, at+len(line), line)
		m.blank = strings.TrimSpace(line) == ""
	}
	m.close()
	slices.SortStableFunc(m.found, func(a, b markdownRecord) int { return a.start - b.start })
	for i, r := range m.found {
		m.byStart[r.start] = i
	}
	return m.markdownSyntax
}

// frontMatter reads the title between the first lines of hyphens, and returns
// where the text goes on.
func (m *markdownReader) frontMatter() int {
	first, rest, _ := strings.Cut(m.text, "\n")
	matter, _, ok := strings.Cut(rest, "\n---")
	if strings.TrimSpace(first) != "---" || !ok {
		return 0
	}
	for line := range strings.Lines(matter) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.TrimSpace(name) {
		case "title":
			m.title = value
		case "description":
			m.lead = value
		default:
			m.addLoose(line)
		}
	}
	return lineEnd(m.text, len(first)+1+len(matter)+1) + 1
}

// definitions reads what the labels of links and footnotes refer to.
func (m *markdownReader) definitions() {
	for line := range strings.Lines(m.text) {
		if label, text, ok := definition(line); ok {
			if note, isNote := strings.CutPrefix(label, "^"); isNote {
				m.notes[note] = text
			} else {
				m.links[strings.ToLower(label)] = text
			}
		}
	}
}

// definition splits a line [label]: text.
func definition(line string) (label, text string, ok bool) {
	label, text, ok = strings.Cut(strings.TrimSpace(line), "]: ")
	label, open := strings.CutPrefix(label, "[")
	return label, strings.TrimSpace(text), ok && open && label != ""
}

func (m *markdownReader) line(at, end int, line string) {
	trimmed := strings.TrimLeft(line, " \t")
	indent := markdownIndent(line)
	if fence := strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"); fence || m.fenced {
		m.fenced = m.fenced != fence
		if !fence {
			m.addText(at, end, trimmed)
		}
		return
	}
	if _, _, ok := definition(trimmed); ok || trimmed == "" || isRule(trimmed) || strings.HasPrefix(trimmed, "<!--") && strings.HasSuffix(trimmed, "-->") {
		return
	}
	if level, text, ok := markdownHeading(trimmed); ok && indent < 4 {
		m.heading(at, end, level, text)
		return
	}
	if width, text, ok := markdownItem(trimmed); ok {
		m.item(at, end, at+len(line)-len(trimmed)+width, indent, text)
		return
	}
	trimmed = strings.TrimLeft(trimmed, "> ")
	if m.open != nil && (!m.blank || indent > m.open.indent && m.open.indent >= 0) {
		m.addText(at, end, trimmed)
		return
	}
	m.paragraph(at, end, trimmed)
}

func (m *markdownReader) heading(at, end, level int, text string) {
	m.close()
	m.itemDate = ""
	for len(m.headings) > 0 && m.headings[len(m.headings)-1].level >= level {
		m.headings = m.headings[:len(m.headings)-1]
	}
	around := m.date()
	h := datedHeading{level: level, at: at, end: end, date: around}
	date, rest, dated := splitDate(text, m.dates())
	switch {
	case dated:
		h.date, h.bare = date, rest == ""
	case around != "":
		date, rest = around, text
	case level == 1 && m.title == "":
		m.title = m.said(text)
	default:
		m.addLoose(text)
	}
	m.headings = append(m.headings, h)
	if date != "" && rest != "" {
		m.open = &openRecord{span: span{start: at, end: end}, date: date, raw: rest, indent: -1, heading: true}
	}
}

// date returns the date of the headings above, empty if they have none.
func (m *markdownReader) date() string {
	if n := len(m.headings); n > 0 {
		return m.headings[n-1].date
	}
	return ""
}

// dates returns the dates of the headings above, and of the item around, the
// nearest first.
func (m *markdownReader) dates() (all []string) {
	addUnique(&all, m.itemDate)
	for _, h := range slices.Backward(m.headings) {
		addUnique(&all, h.date)
	}
	return all
}

// item reads the first line of an item of a list.
func (m *markdownReader) item(at, end, textAt, indent int, text string) {
	around := m.date()
	nested := m.open != nil && m.open.indent >= 0 && indent > m.open.indent
	if nested && m.open.raw == "" && len(m.open.body) == 0 {
		m.itemDate, m.itemIndent = m.open.date, m.open.indent // it is the date of the items below
		m.open, nested = nil, false
	}
	if m.itemDate != "" && indent > m.itemIndent {
		around = m.itemDate
	} else {
		m.itemDate = ""
	}
	date, rest, dated := splitDate(text, m.dates())
	switch {
	case dated && !(nested && rest == ""):
	case nested, m.open != nil && m.open.heading:
		m.addText(at, end, text)
		return
	case around != "":
		date, rest = around, text
	case m.open != nil:
		m.open.warnings = append(m.open.warnings, markdownValue{"this item has no date; it is text of the event above", text, at - m.open.start})
		m.addText(at, end, text)
		return
	default:
		m.addLoose(text)
		return
	}
	m.close()
	m.begin(&openRecord{span: span{start: at, end: end}, date: date, raw: rest, indent: indent, dateAt: textAt - at})
}

func (m *markdownReader) begin(r *openRecord) {
	m.open = r
	if n := len(m.headings); n > 0 {
		m.headings[n-1].bare = false
	}
}

// paragraph reads the first line of a paragraph.
func (m *markdownReader) paragraph(at, end int, text string) {
	h := &datedHeading{}
	if n := len(m.headings); n > 0 {
		h = &m.headings[n-1]
	}
	date, rest, dated := splitDate(text, m.dates())
	switch {
	case dated && rest != "":
		m.close()
		m.begin(&openRecord{span: span{start: at, end: end}, date: date, raw: rest, indent: -1})
	case h.bare && m.open == nil:
		m.begin(&openRecord{span: span{start: h.at, end: end}, date: h.date, raw: text, indent: -1, heading: true})
	case m.open != nil && (m.open.heading || m.open.indent < 0):
		m.open.body = append(m.open.body, text)
		m.open.end = end
	case m.found == nil && m.open == nil && m.lead == "":
		m.lead = m.said(text)
	case m.found == nil && m.open == nil && !m.blank:
		m.lead = joined(m.lead, m.said(text))
	default:
		m.close()
		m.addLoose(text)
	}
}

// addText adds a line to the event at hand.
func (m *markdownReader) addText(at, end int, text string) {
	if m.open == nil {
		m.addLoose(text)
		return
	}
	m.open.end = end
	if !m.blank && len(m.open.body) == 0 && m.open.raw != "" {
		if _, _, isItem := markdownItem(strings.TrimSpace(m.text[at:end])); !isItem {
			m.open.raw += " " + text
			return
		}
	}
	m.open.body = append(m.open.body, text)
}

func (m *markdownReader) addLoose(text string) {
	if plain := m.said(strings.TrimSpace(text)); plain != "" {
		m.loose = append(m.loose, plain)
	}
}

// said returns text outside the events without marks. What it links to is loose.
func (m *markdownReader) said(text string) string {
	plain, links := m.plain(text)
	m.loose = append(m.loose, links...)
	return plain
}

// close ends the event at hand.
func (m *markdownReader) close() {
	o := m.open
	m.open = nil
	if o == nil {
		return
	}
	r := markdownRecord{span: o.span, warnings: o.warnings}
	add := func(name, text string, at int) {
		if text != "" {
			r.values = append(r.values, markdownValue{name, text, at})
		}
	}
	add("date", o.date, o.dateAt)
	first, sources := m.plain(o.raw)
	var rest []string
	for _, text := range o.body {
		plain, more := m.plain(text)
		rest, sources = append(rest, plain), append(sources, more...)
	}
	title := firstSentence(first)
	if title != first {
		rest = append([]string{first}, rest...)
	}
	add("title", title, o.dateAt)
	add("summary", strings.TrimSpace(strings.Join(rest, " ")), o.dateAt)
	for _, s := range sources {
		add("url", s, o.dateAt)
	}
	m.found = append(m.found, r)
}

// table reads the table whose header is the line at hand, and returns where its
// last line ends, or 0 if there is none.
func (m *markdownReader) table(at, end int, line string) int {
	if m.fenced || !strings.Contains(line, "|") || end >= len(m.text) {
		return 0
	}
	next := lineEnd(m.text, end+1)
	if !isDelimiterRow(strings.TrimSpace(m.text[end+1 : next])) {
		return 0
	}
	m.close()
	var header []string
	for _, c := range markdownCells(line) {
		name, _ := m.plain(c.text)
		header = append(header, name)
	}
	dated := hasDate(header)
	for end = next; end < len(m.text); end = next {
		start := end + 1
		next = lineEnd(m.text, start)
		row := strings.TrimRight(m.text[start:next], " \t\r")
		if !strings.Contains(row, "|") {
			break
		}
		cells := markdownCells(row)
		if !dated && len(cells) > 0 && isDate(strings.TrimSpace(cells[0].text)) {
			header[0], dated = "date", true
		}
		r := markdownRecord{span: span{start: start, end: start + len(row)}}
		if date := m.date(); !dated && date != "" {
			r.values = append(r.values, markdownValue{"date", date, 0})
		}
		for i, c := range cells {
			text, sources := m.plain(c.text)
			switch {
			case i >= len(header) && text != "":
				r.warnings = append(r.warnings, markdownValue{"the table has no column for this cell", text, c.at})
			case i < len(header):
				if field := fieldNamed(alike(header[i])); field == "url" && len(sources) > 0 {
					text, sources = c.text, nil
				}
				r.values = append(r.values, markdownValue{header[i], text, c.at})
				for _, s := range sources {
					r.values = append(r.values, markdownValue{"url", s, c.at})
				}
			}
		}
		m.found = append(m.found, r)
	}
	return end
}

// markdownCells splits a row of a table.
func markdownCells(row string) (cells []cell) {
	end := len(row)
	if strings.HasSuffix(row, "|") && !strings.HasSuffix(row, `\|`) {
		end--
	}
	at := len(row) - len(strings.TrimLeft(row, " \t"))
	if at < end && row[at] == '|' {
		at++
	}
	for from := at; at <= end; at++ {
		if at == end || row[at] == '|' && row[at-1] != '\\' {
			text := row[from:at]
			lead := len(text) - len(strings.TrimLeft(text, " \t"))
			cells = append(cells, cell{text: strings.ReplaceAll(strings.TrimSpace(text), `\|`, "|"), at: from + lead})
			from = at + 1
		}
	}
	return cells
}

func isDelimiterRow(line string) bool {
	return strings.Contains(line, "-") && strings.Contains(line, "|") && strings.Trim(line, "|:- \t") == ""
}

// isRule reports whether a line is a rule across the page, or underlines a heading.
func isRule(line string) bool {
	return len(line) >= 3 && (strings.Trim(line, "- ") == "" || strings.Trim(line, "* ") == "" || strings.Trim(line, "_ ") == "" || strings.Trim(line, "=") == "")
}

func markdownHeading(line string) (level int, text string, ok bool) {
	text = strings.TrimLeft(line, "#")
	level = len(line) - len(text)
	if level < 1 || level > 6 || text != "" && text[0] != ' ' && text[0] != '\t' {
		return 0, "", false
	}
	text = strings.TrimSpace(text)
	return level, strings.TrimSpace(strings.TrimRight(text, "#")), text != ""
}

// markdownItem splits the marker of an item from its text, without the box of a
// task.
func markdownItem(line string) (width int, text string, ok bool) {
	number := strings.TrimLeft(line, "0123456789")
	n := len(line) - len(number)
	switch {
	case n == 0 && line != "" && strings.IndexByte("-*+", line[0]) >= 0:
		width = 1
	case n > 0 && n <= 3 && number != "" && (number[0] == '.' || number[0] == ')'):
		width = n + 1
	default:
		return 0, "", false
	}
	rest := line[width:]
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return 0, "", false
	}
	text = strings.TrimLeft(rest, " \t")
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		text = strings.TrimPrefix(text, box)
	}
	return len(line) - len(text), text, true
}

func markdownIndent(line string) (indent int) {
	for _, c := range line {
		switch c {
		case ' ':
			indent++
		case '\t':
			indent += 4 - indent%4
		default:
			return indent
		}
	}
	return indent
}
