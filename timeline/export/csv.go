package export

import (
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// The columns of the CSV, in order. What an event does not state is empty.
var csvColumns = []struct {
	name string
	cell func(*timeline.Event) string
}{
	{"id", func(e *timeline.Event) string { return e.ID }},
	{"date", func(e *timeline.Event) string { return e.Date.String() }},
	{"earliest", func(e *timeline.Event) string { return dayCell(e.Date.Earliest()) }},
	{"latest", func(e *timeline.Event) string { return dayCell(e.Date.Latest()) }},
	{"reported", func(e *timeline.Event) string { return e.Reported.String() }},
	{"status", func(e *timeline.Event) string {
		if e.Status == timeline.NotStated {
			return ""
		}
		return e.Status.String()
	}},
	{"title", func(e *timeline.Event) string { return e.Title }},
	{"summary", func(e *timeline.Event) string { return e.Summary }},
	{"actors", func(e *timeline.Event) string { return listCell(e.Actors) }},
	{"places", func(e *timeline.Event) string { return listCell(e.Places) }},
	{"topics", func(e *timeline.Event) string { return listCell(e.Topics) }},
	{"sources", func(e *timeline.Event) string { return strconv.Itoa(len(e.Sources)) }},
	{"origins", func(e *timeline.Event) string { return strconv.Itoa(len(e.Origins())) }},
	{"urls", func(e *timeline.Event) string {
		var urls []string
		for i := range e.Sources {
			urls = append(urls, e.Sources[i].URL)
		}
		return listCell(urls)
	}},
}

// WriteCSV writes events of a timeline as CSV for a spreadsheet, as RFC 4180 has
// it: a header, then a line an event, in UTF-8, lines ending in CRLF.
//
// The earliest and the latest day are YYYY-MM-DD, and empty where they are open
// or unknown; a year of more or less than four digits is as [edtf.Day] spells
// it. Sources and origins are counted. A list is joined by a semicolon and a
// blank; within a value the blank after a semicolon goes, so that splitting the
// cell gives as many values as there were.
//
// No cell is run: where one begins with = + - @ or their full-width forms, blanks
// and apostrophes aside, an apostrophe stands before that character; so it does
// after a semicolon, which some spreadsheets take for the end of a cell.
func WriteCSV(w io.Writer, t *timeline.Timeline, events iter.Seq[int]) error {
	cells := make([]string, len(csvColumns))
	for k, column := range csvColumns {
		cells[k] = column.name
	}
	if err := writeRow(w, cells); err != nil {
		return err
	}
	for _, e := range t.Events(events) {
		for k, column := range csvColumns {
			cells[k] = inert(column.cell(e))
		}
		if err := writeRow(w, cells); err != nil {
			return err
		}
	}
	return t.Err()
}

// writeRow quotes each cell with a blank or a semicolon in it too, unlike
// encoding/csv: LibreOffice parts cells at semicolons unless told not to.
func writeRow(w io.Writer, cells []string) error {
	var b strings.Builder
	for k, cell := range cells {
		if k > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",; ") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteString("\r\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dayCell(day edtf.Day, known bool) string {
	if !known {
		return ""
	}
	return day.String()
}

func listCell(values []string) string {
	var list []string
	for _, v := range values {
		for strings.Contains(v, "; ") {
			v = strings.ReplaceAll(v, "; ", ";")
		}
		if v != "" {
			list = append(list, v)
		}
	}
	return strings.Join(list, "; ")
}

// inert makes a cell one that no spreadsheet runs. Tabs and line ends, which
// would begin a formula too, no timeline has (see text.Clean).
func inert(cell string) string {
	parts := strings.Split(cell, ";")
	for i, part := range parts {
		rest := strings.TrimLeft(part, " '")
		if first, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune("=+-@＝＋－＠", first) {
			parts[i] = part[:len(part)-len(rest)] + "'" + rest
		}
	}
	return strings.Join(parts, ";")
}
