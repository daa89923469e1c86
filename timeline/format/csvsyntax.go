package format

import (
	"fmt"
	"iter"
	"strings"
)

// A csvSyntax has a record a line, whose cells are separated by one character.
// Quotation marks are as in RFC 4180 and encoding/csv: a quoted cell may hold the
// separator, line ends and doubled quotation marks. It is written here because a
// record must be found, and read again, by itself.
type csvSyntax struct {
	comma  byte
	quotes bool
	header []string // the names of the cells, in order
}

func (s *csvSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return inOrder(s, text, from)
}

func (s *csvSyntax) next(text string, at int, whole bool) (record span, next int) {
	end := s.end(text, at, whole)
	if end == len(text) && !whole {
		return record, -1
	}
	return span{at, at + len(strings.TrimSuffix(text[at:end], "\r"))}, end + 1
}

// end finds the end of the record's last line. So that later rows are read, a
// record with a misplaced quotation mark ends on the line of that mark, and one
// with an unclosed quotation on its first line. It is the end of the text if the
// record may go on after that.
func (s *csvSyntax) end(text string, at int, whole bool) int {
	line := lineEnd(text, at)
	for i, end := at, line; s.quotes; end = lineEnd(text, i) {
		quote := strings.IndexByte(text[i:end], '"')
		if quote < 0 {
			return end
		}
		quote += i
		if quote > at && text[quote-1] != s.comma {
			return end
		}
		if i = closing(text, quote); i < 0 {
			if !whole && len(text)-quote < longestQuotation {
				return len(text)
			}
			return line
		}
		if i++; i < len(text) && text[i] != s.comma {
			return lineEnd(text, i)
		}
	}
	return line
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

func (s *csvSyntax) values(r *rowDecoder) {
	if !s.quotes || strings.IndexByte(r.record, '"') < 0 {
		if strings.Count(r.record, string(s.comma)) == len(s.header)-1 {
			s.plainValues(r)
			return
		}
	}
	var bad *fault
	if r.cells, bad = s.cells(r.record, r.cells[:0]); bad != nil {
		r.filled = true
		r.malformed(bad.at, bad.reason)
		return
	}
	if len(r.cells) != len(s.header) {
		for _, c := range r.cells {
			r.filled = r.filled || strings.TrimSpace(c.text) != ""
		}
		r.malformed(0, fmt.Sprintf("this row has %d cells, the header %d", len(r.cells), len(s.header)))
		return
	}
	for i, c := range r.cells {
		r.set(r.header[i], c.text, c.at)
	}
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

// cells appends the cells of a record to a list.
func (s *csvSyntax) cells(record string, to []cell) ([]cell, *fault) {
	quotes := s.quotes && strings.IndexByte(record, '"') >= 0
	for at := 0; ; at++ {
		if quotes && strings.HasPrefix(record[at:], `"`) {
			end := closing(record, at)
			if end < 0 {
				return to, &fault{at, "the quotation mark that opens here is not closed"}
			}
			to = append(to, cell{text: strings.ReplaceAll(record[at+1:end], `""`, `"`), at: at + 1})
			if at = end + 1; at == len(record) {
				return to, nil
			}
			if record[at] != s.comma {
				return to, &fault{end, "text follows this closing quotation mark; write a quotation mark within a quoted cell twice"}
			}
			continue
		}
		end := strings.IndexByte(record[at:], s.comma)
		if end < 0 {
			end = len(record) - at
		}
		text := record[at : at+end]
		if i := strings.IndexByte(text, '"'); quotes && i >= 0 {
			return to, &fault{at + i, "a quotation mark in an unquoted cell; quote the cell and write this mark twice"}
		}
		to = append(to, cell{text: text, at: at})
		if at += end; at == len(record) {
			return to, nil
		}
	}
}

// separators are the characters that may separate cells, the likeliest first.
const separators = "\t,;"

// readHeader reads the first record of a text as a header, with the separator
// that gives most cells, and returns where the records begin. The syntax is nil
// if no separator gives two.
func readHeader(text string, from int) (syntax *csvSyntax, body int) {
	body = from
	for _, comma := range []byte(separators) {
		s := &csvSyntax{comma: comma, quotes: true}
		end := s.end(text, from, true)
		cells, bad := s.cells(strings.TrimSuffix(text[from:end], "\r"), nil)
		if bad != nil || len(cells) < 2 || syntax != nil && len(cells) <= len(syntax.header) {
			continue
		}
		for _, c := range cells {
			s.header = append(s.header, strings.TrimSpace(c.text))
		}
		syntax, body = s, min(end+1, len(text))
	}
	return syntax, body
}
