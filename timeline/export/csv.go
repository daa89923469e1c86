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

// The columns of the CSV, in order. Missing values are empty.
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

// WriteCSV writes events of a timeline as CSV for a spreadsheet (RFC 4180): a header,
// then a line per event, in UTF-8 with CRLF line ends.
//
// The earliest and the latest day are YYYY-MM-DD, and empty if open or unknown; other
// years than those of four digits are spelled as [edtf.Day] spells them. Sources and
// origins are counts. Lists are joined by a semicolon and a space; a value itself
// loses the space after a semicolon, so that splitting the cell restores the list.
//
// No cell runs as a formula: if it begins with = + - @ or one of their full-width
// forms, spaces and apostrophes aside, an apostrophe is inserted before that
// character; likewise after a semicolon, which some spreadsheets read as the end of
// a cell.
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

// writeRow also quotes cells with a space or a semicolon, unlike encoding/csv:
// LibreOffice splits at semicolons by default.
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

// inert keeps a spreadsheet from running a cell. Tabs and line ends could begin a
// formula too, but a timeline has none (see text.Clean).
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
