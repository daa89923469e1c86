package format

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// ownCSV is the CSV that dateline writes.
var ownCSV = mapping{
	name:  "dateline CSV",
	known: hasColumns("id", "date", "earliest", "latest", "status", "title", "origins", "urls"),
	columns: []column{
		{"id", own((*rowDecoder).id)},
		{"date", own((*rowDecoder).edtf)},
		{"reported", own(func(r *rowDecoder, c cell) { r.event.Reported = r.spelled(c) })},
		{"status", own((*rowDecoder).standing)},
		{"title", own((*rowDecoder).title)},
		{"summary", own((*rowDecoder).summary)},
		{"actors", ownList((*rowDecoder).actor)},
		{"places", ownList((*rowDecoder).place)},
		{"topics", ownList((*rowDecoder).topic)},
		{"sources", nil},
		{"urls", ownList((*rowDecoder).url)},
	},
	// Sources without an address are not in it. If any is missing, [2] may no
	// longer be the second.
	finish: func(r *rowDecoder) { r.pointed = r.value("sources") == strconv.Itoa(len(r.event.Sources)) },
}

// own undoes what keeps a spreadsheet from running a cell: an apostrophe before
// the character that it would run from, at the beginning or after a semicolon.
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

// ownList sets each value of a list, which a semicolon and a blank part.
func ownList(sets func(*rowDecoder, cell)) func(*rowDecoder, cell) {
	return own(func(r *rowDecoder, c cell) {
		for text := range strings.SplitSeq(c.text, "; ") {
			sets(r, cell{c.column, text, c.at})
		}
	})
}
