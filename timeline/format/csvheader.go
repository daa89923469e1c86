package format

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline/text"
)

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
		if doubt != nil && doubt.isError || len(cells) < 2 {
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
