package format

import (
	"fmt"
	"iter"
	"strings"
)

// separated is a form with a record a line and the cells parted by one
// character. With quotation marks it is as RFC 4180 and encoding/csv have it: a
// cell in them may hold the character, the end of a line, and, doubled, a
// quotation mark. It is written here because a record must be found, and read
// again, by itself.
type separated struct {
	comma  byte
	quotes bool
	header []string // what the cells are, in order
}

func (s *separated) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		for at := from; at < len(text); {
			end := s.end(text, at)
			record := strings.TrimSuffix(text[at:end], "\r")
			if record != "" && !yield(span{at, at + len(record)}, nil) {
				return
			}
			at = end + 1
		}
	}
}

// end finds the end of the line that the record ends on. A record with a
// quotation mark out of place ends with the line of that, and one with a
// quotation that is never closed with its first line, so that what follows is
// read.
func (s *separated) end(text string, at int) int {
	line := lineEnd(text, at)
	if !s.quotes || strings.IndexByte(text[at:line], '"') < 0 {
		return line
	}
	for i := at; i < len(text); i++ {
		if text[i] == '"' {
			if i = closing(text, i); i < 0 {
				return line
			}
			if i++; i < len(text) && text[i] != s.comma {
				return lineEnd(text, i)
			}
			continue
		}
		for i < len(text) && text[i] != s.comma {
			if text[i] == '\n' || text[i] == '"' {
				return lineEnd(text, i)
			}
			i++
		}
	}
	return len(text)
}

// closing finds the quotation mark that closes the one at an offset, or -1.
func closing(text string, at int) int {
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

func (s *separated) values(r *row) {
	var bad *fault
	if r.cells, bad = s.cells(r.record, r.cells[:0]); bad != nil {
		r.filled = true
		r.fault(bad.at, bad.reason)
		return
	}
	if len(r.cells) != len(s.header) {
		for _, c := range r.cells {
			r.filled = r.filled || strings.TrimSpace(c.text) != ""
		}
		r.fault(0, fmt.Sprintf("this row has %d cells where %d belong", len(r.cells), len(s.header)))
		return
	}
	for i, c := range r.cells {
		r.take(s.header[i], c.text, c.at)
	}
}

// cells adds the cells of a record to a list.
func (s *separated) cells(record string, to []cell) ([]cell, *fault) {
	for at := 0; ; at++ {
		if s.quotes && strings.HasPrefix(record[at:], `"`) {
			end := closing(record, at)
			if end < 0 {
				return to, &fault{at, "the quotation mark that begins here is not closed"}
			}
			to = append(to, cell{text: strings.ReplaceAll(record[at+1:end], `""`, `"`), at: at + 1})
			if at = end + 1; at == len(record) {
				return to, nil
			}
			if record[at] != s.comma {
				return to, &fault{end, "text follows this quotation mark; within quotation marks one is written twice"}
			}
			continue
		}
		end := strings.IndexByte(record[at:], s.comma)
		if end < 0 {
			end = len(record) - at
		}
		text := record[at : at+end]
		if i := strings.IndexByte(text, '"'); s.quotes && i >= 0 {
			return to, &fault{at + i, "a quotation mark within a cell; put the cell in quotation marks and write this one twice"}
		}
		to = append(to, cell{text: text, at: at})
		if at += end; at == len(record) {
			return to, nil
		}
	}
}

// separators are what may part the cells of a header, the likeliest first.
const separators = "\t,;"

// header reads the first record of a text as a header, with whichever separator
// parts it into most cells, and tells where the records after it begin. It is nil
// if none parts it.
func header(text string, from int) (form *separated, body int) {
	body = from
	for _, comma := range []byte(separators) {
		s := &separated{comma: comma, quotes: true}
		end := s.end(text, from)
		cells, bad := s.cells(strings.TrimSuffix(text[from:end], "\r"), nil)
		if bad != nil || len(cells) < 2 || form != nil && len(cells) <= len(form.header) {
			continue
		}
		for _, c := range cells {
			s.header = append(s.header, strings.TrimSpace(c.text))
		}
		form, body = s, min(end+1, len(text))
	}
	return form, body
}
