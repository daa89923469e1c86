package format

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

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
