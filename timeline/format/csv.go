package format

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A csvSyntax has a record a line, whose cells are separated by one character. It
// is written here because a record must be found, and read again, by itself.
//
// Cells are read as spreadsheets and pandas read them. A line ends with LF, CRLF
// or CR. A quoted cell may hold the separator, line ends and doubled quotation
// marks; in a cell that does not begin with one, quotation marks are text. Cells
// that a row lacks at its end are empty, and empty cells behind the last column
// are nothing.
type csvSyntax struct {
	comma  byte
	quotes quoting
	spaced bool     // blanks may stand before a quotation mark that opens a cell
	exact  bool     // a row with fewer cells than the header is faulty
	header []string // the names of the cells, in order; empty where the header has none
	line   string   // the header as the file has it; files that were joined have it again
}

// A quoting is what a quotation mark at the beginning of a cell means.
type quoting int

const (
	quoted   quoting = iota // it opens a quotation
	unquoted                // it is text
	// It opens a quotation if this holds what must be quoted in TSV: a tab, a line
	// end or a doubled quotation mark.
	quotedIfNeeded
)

func (s *csvSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return inOrder(s, text, from)
}

func (s *csvSyntax) next(text string, at int, whole bool) (record span, next int) {
	end := s.end(text, at, whole)
	next = end + 1
	if strings.HasPrefix(text[end:], "\r\n") {
		next++
	}
	if next >= len(text) && !whole {
		return record, -1 // the row, or its line end, may go on
	}
	return span{start: at, end: end}, next
}

// end finds the end of the record's last line. So that later rows are read, a
// quotation that is not closed, or closed on a later line by a misplaced mark,
// ends on its line. It is the end of the text if the record may go on after that.
func (s *csvSyntax) end(text string, at int, whole bool) int {
	line := rowEnd(text, at)
	if s.quotes == unquoted || strings.IndexByte(text[at:line], '"') < 0 {
		return line
	}
	for i := at; ; i++ {
		if open := s.opening(text, i); open >= 0 {
			q := s.quotation(text, open, s.comma)
			switch {
			case !whole && (q.closed() && q.end == len(text) || q.mark < 0 && len(text)-open < longestQuotation):
				return len(text)
			case q.closed():
				if i = q.end; i == len(text) || text[i] != s.comma {
					return i
				}
				if i >= line {
					line = rowEnd(text, i)
				}
				continue
			case q.mark >= 0 && q.mark < line:
				i = q.mark + 1
			}
		}
		next := strings.IndexByte(text[i:line], s.comma)
		if next < 0 {
			return line
		}
		i += next
	}
}

// opening returns the quotation mark that opens the cell at an offset, or -1.
func (s *csvSyntax) opening(text string, at int) int {
	for s.spaced && at < len(text) && text[at] == ' ' {
		at++
	}
	if s.quotes == unquoted || at >= len(text) || text[at] != '"' {
		return -1
	}
	return at
}

// A quotation is the text between quotation marks, at the beginning of a cell.
type quotation struct {
	mark int // the mark that closes it, or -1
	end  int // the separator or line end that follows, or -1: the mark is misplaced
}

func (q quotation) closed() bool { return q.end >= 0 }

// quotation finds the end of the quotation that a mark opens.
func (s *csvSyntax) quotation(text string, open int, comma byte) quotation {
	mark := closing(text, open)
	if mark < 0 {
		return quotation{-1, -1}
	}
	end := mark + 1
	for end < len(text) && (text[end] == ' ' || text[end] == '\t') && text[end] != comma {
		end++
	}
	if end < len(text) && text[end] != comma && text[end] != '\n' && text[end] != '\r' {
		return quotation{mark, -1}
	}
	if s.quotes == quotedIfNeeded && !strings.ContainsAny(text[open+1:mark], "\t\n\r\"") {
		return quotation{mark, -1}
	}
	return quotation{mark, end}
}

// longestQuotation is the greatest length of a quoted cell. A stray quotation mark
// must not turn half a large file into one record.
const longestQuotation = 1 << 24

// closing returns the quotation mark that closes the one at an offset, or -1.
func closing(text string, at int) int {
	text = text[:min(len(text), at+longestQuotation)]
	for at++; ; at += len(`""`) {
		next := strings.IndexByte(text[at:], '"')
		if next < 0 {
			return -1
		}
		if at += next; !strings.HasPrefix(text[at:], `""`) {
			return at
		}
	}
}

func lineEnd(text string, at int) int {
	if next := strings.IndexByte(text[at:], '\n'); next >= 0 {
		return at + next
	}
	return len(text)
}

// rowEnd is lineEnd where CR ends a line too. It looks at little more than the
// line, so that a large file with one kind of line end is not searched through for
// the other.
func rowEnd(text string, at int) int {
	for size := 1 << 10; ; size *= 2 {
		window := text[at:min(at+size, len(text))]
		feed := strings.IndexByte(window, '\n')
		if feed >= 0 {
			window = window[:feed]
		}
		if end := strings.IndexByte(window, '\r'); end >= 0 {
			return at + end
		}
		if feed >= 0 || at+len(window) == len(text) {
			return at + len(window)
		}
	}
}

func (s *csvSyntax) values(r *rowDecoder) {
	if r.record == s.line {
		return
	}
	if s.quotes == unquoted || strings.IndexByte(r.record, '"') < 0 {
		if strings.Count(r.record, string(s.comma)) == len(s.header)-1 {
			s.plainValues(r)
			return
		}
	}
	cells, doubt := s.bestCells(r.record, r.cells[:0])
	r.cells = cells
	if len(cells) > len(s.header) {
		if extra := s.unheaded(cells); extra != nil {
			doubt = extra
		}
		cells = cells[:len(s.header)]
	}
	named := s.named()
	if s.exact && len(cells) < named {
		doubt = &Problem{Text: fmt.Sprintf("this row has %s, the header %d", text.Counted(len(cells), "cell"), named), Kind: "missing cells"}
	}
	if doubt != nil && !doubt.Warning {
		for _, c := range r.cells {
			r.filled = r.filled || strings.TrimSpace(c.text) != ""
		}
		r.rejected, r.broken = true, true
		r.problems = append(r.problems, *doubt)
		return
	}
	for i, c := range cells {
		r.set(r.header[i], c.text, c.at)
	}
	if doubt != nil {
		r.problems = append(r.problems, *doubt)
	}
	if r.filled && len(cells) < named {
		r.report(Problem{Text: fmt.Sprintf("this row has %s, the header %d; the missing ones are read as empty", text.Counted(len(cells), "cell"), named), Kind: "missing cells", Warning: true}, 0)
	}
}

// unheaded reports the cells behind the last column that hold text, or nil if
// there are none.
func (s *csvSyntax) unheaded(cells []cell) (extra *Problem) {
	var texts []string
	for _, c := range cells[len(s.header):] {
		if text := strings.TrimSpace(c.text); text != "" {
			if extra == nil {
				extra = &Problem{Kind: "more cells than the header", where: location{at: int64(c.at)}}
			}
			texts = append(texts, strconv.Quote(text))
		}
	}
	if extra != nil {
		extra.Text = fmt.Sprintf("this row has %d cells, the header %d; there is no column for %s; quote a cell that contains %s",
			len(cells), len(s.header), someOf(texts), separatorNames[s.comma])
	}
	return extra
}

// named counts the columns up to the last that has a name.
func (s *csvSyntax) named() int {
	n := len(s.header)
	for n > 0 && s.header[n-1] == "" {
		n--
	}
	return n
}

// plainValues splits a record with as many cells as the header and without quoted
// cells.
func (s *csvSyntax) plainValues(r *rowDecoder) {
	at := 0
	for _, column := range r.header {
		end := at
		for end < len(r.record) && r.record[end] != s.comma {
			end++
		}
		r.set(column, r.record[at:end], at)
		at = end + 1
	}
}

// isNull reports whether a cell is how databases and programs write that there is
// no value.
func isNull(text string) bool {
	switch text {
	case "null", "NULL", "Null", `\N`, "NaN", "nan", "None", "<NA>", "#N/A", "N/A", "n/a":
		return true
	}
	return false
}

// bestCells appends the cells of a record to a list. A record with a misplaced
// quotation mark, or too many cells, is split in the way that gives as many cells
// as the header has, if there is one.
func (s *csvSyntax) bestCells(record string, to []cell) ([]cell, *Problem) {
	cells, doubt := s.cells(record, to, marksClose)
	if doubt == nil && len(cells) <= len(s.header) {
		return cells, doubt
	}
	for _, other := range []struct {
		csvSyntax
		marks marks
	}{
		{csvSyntax{comma: s.comma, spaced: true}, marksClose},
		{csvSyntax{comma: s.comma, spaced: true}, lastMarkCloses},
	} {
		if len(cells) == len(s.header) && doubt.Warning {
			break
		}
		if again, d := other.cells(record, nil, other.marks); len(again) == len(s.header) && (d == nil || d.Warning) {
			return again, d
		}
	}
	return cells, doubt
}

// marks says which quotation mark closes a quoted cell.
type marks int

const (
	marksClose     marks = iota // the first that is not doubled
	lastMarkCloses              // the first before a separator or the end of the line
)

// cells appends the cells of a record to a list. The doubt is why they may not be
// what its writer meant.
func (s *csvSyntax) cells(record string, to []cell, marks marks) (cells []cell, doubt *Problem) {
	quotes := s.quotes != unquoted && strings.IndexByte(record, '"') >= 0
	for at := 0; ; at++ {
		open := -1
		if quotes {
			open = s.opening(record, at)
		}
		c := cell{at: at}
		if open < 0 {
			c.text, at = upTo(record, at, s.comma)
		} else if q := s.quotation(record, open, s.comma); q.closed() {
			c.text, c.at, at = unquote(record[open+1:q.mark]), open+1, q.end
		} else {
			var d *Problem
			c, at, d = s.doubtfulCell(record, open, q.mark, marks)
			if doubt == nil || d != nil && !d.Warning {
				doubt = d
			}
		}
		to = append(to, c)
		if at == len(record) {
			return to, doubt
		}
	}
}

// unquote returns the text of a quotation.
func unquote(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, `""`, `"`), "\r\n", "\n")
}

func upTo(text string, at int, c byte) (before string, end int) {
	if n := strings.IndexByte(text[at:], c); n >= 0 {
		return text[at : at+n], at + n
	}
	return text[at:], len(text)
}

const notDoubled = "a quotation mark within a quoted cell is not doubled; the cell is read up to the mark before the separator"

// doubtfulCell reads a cell that a quotation mark opens, and none before a
// separator closes.
func (s *csvSyntax) doubtfulCell(record string, open, mark int, marks marks) (c cell, end int, doubt *Problem) {
	c.text, end = upTo(record, open, s.comma)
	c.at = open
	if s.quotes == quotedIfNeeded {
		return c, end, nil
	}
	if mark < 0 {
		return c, end, &Problem{Text: "the quotation mark that opens here is not closed", where: location{at: int64(open)}}
	}
	doubt = &Problem{Text: notDoubled, Warning: true, where: location{at: int64(mark)}}
	if marks == lastMarkCloses {
		for q, next := mark, 0; next >= 0; q += 1 + next {
			if tail, end := upTo(record, q+1, s.comma); strings.TrimSpace(tail) == "" {
				return cell{text: unquote(record[open+1 : q]), at: open + 1}, end, doubt
			}
			next = strings.IndexByte(record[q+1:], '"')
		}
	}
	rest, end := upTo(record, mark, s.comma)
	inner := unquote(record[open+1 : mark])
	if tail := strings.TrimRight(rest, " "); len(tail) > 1 && strings.HasSuffix(tail, `"`) {
		c.text, c.at = inner+strings.TrimSuffix(tail, `"`), open+1
		return c, end, doubt
	}
	c.text, c.at = inner+rest[1:], open+1
	doubt.Text, doubt.Kind = fmt.Sprintf("text follows the quotation mark that closes this cell; the cell is read as %q", c.text), "text follows a quotation"
	return c, end, doubt
}

// separators are the characters that may separate cells, the likeliest first.
const separators = "\t,;|"

var separatorNames = map[byte]string{'\t': "a tab", ',': "a comma", ';': "a semicolon", '|': "a bar"}

// deepestHeader is how many lines may stand above a header.
const deepestHeader = 40

// A csvHead is the header of a CSV or TSV file, and where it stands.
type csvHead struct {
	syntax *csvSyntax
	at     int      // where it begins
	body   int      // where the records begin
	above  []string // the lines above it that are not read
}

// readHeader finds the header of a text, which is its beginning, from an offset
// on. It is the first line that has the names of a date and of a title, or of the
// columns of a known format; isHeader tells. If there is none, it is the first line
// that is no comment, or nil if no separator gives that two cells.
func readHeader(text string, from int, isHeader func(names []string) bool) *csvHead {
	marks := separators
	if separator, line := separatorLine(text, from); separator != 0 {
		marks, from = string(separator), line
	}
	var first *csvHead
	var above []string
	for at, n := from, 0; at < len(text) && n < deepestHeader; n++ {
		record, next := (&csvSyntax{quotes: unquoted}).next(text, at, true)
		line := strings.TrimSpace(text[record.start:record.end])
		if line == "" {
			at = next
			continue
		}
		h := headerAt(text, at, marks, isHeader)
		switch {
		case h != nil && isHeader(h.syntax.header):
			h.above = above
			return h
		case h != nil && first == nil && !strings.HasPrefix(line, "#"):
			h.above = slices.Clone(above)
			first = h
		}
		above = append(above, line)
		at = next
	}
	return first
}

// headerAt reads the record at an offset as a header, with the separator that
// makes it one, or else that which gives most cells; nil if none gives two.
func headerAt(text string, at int, separators string, isHeader func([]string) bool) (h *csvHead) {
	known := false
	for _, comma := range []byte(separators) {
		s := &csvSyntax{comma: comma}
		end := s.end(text, at, true)
		record := text[at:end]
		s.spaced = strings.Contains(record, string(comma)+` "`)
		cells, doubt := s.cells(record, nil, marksClose)
		if doubt != nil && !doubt.Warning || len(cells) < 2 {
			continue
		}
		s.header, s.line = columnNames(cells), record
		if is := isHeader(s.header); h == nil || is && !known || is == known && len(cells) > len(h.syntax.header) {
			known = is
			_, body := s.next(text, at, true)
			h = &csvHead{syntax: s, at: at, body: min(body, len(text))}
		}
	}
	if h != nil && h.syntax.comma == '\t' {
		h.syntax.quotes = quotingOf(text[at:min(len(text), at+headSize)])
	}
	return h
}

// separatorLine reads the line sep=; with which Excel names the separator, and
// returns where the next begins.
func separatorLine(text string, from int) (separator byte, next int) {
	record, next := (&csvSyntax{quotes: unquoted}).next(text, from, true)
	line := strings.Trim(text[record.start:record.end], `" `)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:len("sep=")], "sep=") || line[len("sep=")] >= 0x80 {
		return 0, from
	}
	return line[len("sep=")], min(next, len(text))
}

// columnNames cleans the names in a header: of blanks, line ends and brackets
// around them. A name that occurs again gets a number.
func columnNames(cells []cell) []string {
	names := make([]string, len(cells))
	times := make(map[string]int)
	for i, c := range cells {
		name := strings.Join(strings.Fields(text.Clean(c.text)), " ")
		if bare := strings.Trim(name, "[]{}"); len(bare) == len(name)-2 {
			name = strings.TrimSpace(bare)
		}
		if bare := strings.TrimSpace(strings.TrimLeft(name, "#")); i == 0 && bare != "" {
			name = bare
		}
		names[i] = name
		if times[name]++; times[name] > 1 && name != "" {
			names[i] = repeatedName(name, times[name])
		}
	}
	return names
}

// quotingOf finds out how a text with tabs has quotation marks. A program that
// quotes cells quotes every cell with a quotation mark in it.
func quotingOf(text string) quoting {
	s := &csvSyntax{comma: '\t'}
	evidence := 0
	for at, first := 0, true; at < len(text); first = false {
		record, next := s.next(text, at, true)
		if at = next; at >= len(text) && len(text) == headSize {
			break // it may be cut
		}
		row := text[record.start:record.end]
		cells, doubt := s.cells(row, nil, marksClose)
		if doubt != nil {
			evidence--
			continue
		}
		for _, c := range cells {
			isQuoted := c.at > 0 && row[c.at-1] == '"'
			switch {
			case isQuoted && (first || strings.ContainsAny(c.text, "\t\n\r\",")):
				evidence++
			case !isQuoted && strings.Contains(c.text, `"`):
				evidence--
			}
		}
	}
	switch {
	case evidence > 0:
		return quoted
	case evidence < 0:
		return unquoted
	}
	return quotedIfNeeded
}

// repeatedName is the name of the column that is the nth of a name.
func repeatedName(name string, n int) string { return fmt.Sprintf("%s (%d)", name, n) }

// ownCSV reads the CSV that dateline writes.
var ownCSV = mapping{
	columns: []column{
		{"id", own((*rowDecoder).id)},
		{"date", own((*rowDecoder).edtf)},
		{"reported", own(func(r *rowDecoder, c cell) { r.event.Reported = r.strictDate(c) })},
		{"status", own((*rowDecoder).setStatus)},
		{"title", own((*rowDecoder).title)},
		{"summary", own((*rowDecoder).summary)},
		{"actors", ownList((*rowDecoder).actor)},
		{"places", ownList((*rowDecoder).place)},
		{"topics", ownList((*rowDecoder).topic)},
		{"sources", nil},
		{"urls", ownList((*rowDecoder).url)},
	},
	leaves: "earliest latest origins",
	// Sources without an address are not in the file. If one is missing, [2] may
	// no longer be the second.
	finish: func(r *rowDecoder) { r.keepsMarks = r.value("sources") == strconv.Itoa(len(r.event.Sources)) },
}

// own removes the apostrophes that keep a spreadsheet from running a cell as a
// formula. They stand at its beginning or after a semicolon.
func own(sets func(*rowDecoder, cell)) func(*rowDecoder, cell) {
	return func(r *rowDecoder, c cell) {
		if !strings.Contains(c.text, "'") {
			sets(r, c)
			return
		}
		parts := strings.Split(c.text, ";")
		for i, part := range parts {
			rest := strings.TrimLeft(part, " '")
			before := part[:len(part)-len(rest)]
			if first, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune("=+-@＝＋－＠", first) {
				parts[i] = strings.TrimSuffix(before, "'") + rest
			}
		}
		c.text = strings.Join(parts, ";")
		sets(r, c)
	}
}

// ownList sets each value of a list separated by a semicolon and a blank.
func ownList(sets func(*rowDecoder, cell)) func(*rowDecoder, cell) {
	return own(func(r *rowDecoder, c cell) {
		for text := range strings.SplitSeq(c.text, "; ") {
			sets(r, cell{c.column, text, c.at})
		}
	})
}
