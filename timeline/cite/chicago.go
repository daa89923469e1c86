package cite

import (
	"strings"

	"dateline/timeline"
)

// Chicago returns a note for the source as the Chicago Manual of Style has it:
//
//	Author, "Title," Publisher, via Carrier, October 8, 2024, https://…
//
// Missing fields are left out: without a title the note is publisher, date and
// address, and without a date it has the day of access (CMOS 14.207) or else n.d.
// (14.145).
func Chicago(s *timeline.Source) string {
	note, titled := "", false
	add := func(text string) {
		switch {
		case text == "":
			return
		case titled:
			note += " " // the title has its comma, or needs none
		case note != "":
			note += ", "
		}
		note += text
		titled = false
	}
	add(s.Author)
	if title := strings.TrimRight(s.Title, ".,"); title != "" {
		add("“" + withComma(quoted(title)) + "”")
		titled = true
	}
	add(s.Publisher)
	if s.Via != "" {
		add("via " + s.Via)
	}
	switch {
	case !s.Published.IsZero():
		add(chicago.date(s.Published))
	case !s.Accessed.IsZero():
		add("accessed " + chicago.date(s.Accessed))
	case note != "":
		add("n.d.")
	}
	add(s.URL)
	if s.Archived != "" {
		add("archived at " + s.Archived)
	}
	if note == "" || strings.HasSuffix(note, ".") {
		return note
	}
	return note + "."
}

// Note is the citation without addresses, for pages that print those separately. It
// adds the facts by which a reader judges the source: its kind, and its origin if
// that is not the publisher. A source with only an address is named by its host.
func Note(s *timeline.Source) string {
	without := *s
	without.URL, without.Archived = "", ""
	note := Chicago(&without)
	if note == "" && s.Host() != "" {
		note = s.Host() + "."
	}
	if s.Kind != timeline.NoKind {
		note = strings.TrimLeft(note+" "+s.Kind.String(), " ")
		if s.AttributedTo != "" {
			note += ","
		}
	}
	if s.AttributedTo != "" {
		note += " citing " + s.AttributedTo
	}
	return note
}

// withComma ends a title with a comma: within the quotation it ends with (CMOS
// 6.9), and not at all after a question or an exclamation mark.
func withComma(title string) string {
	text, closing := title, ""
	for _, marks := range []struct{ opening, closing string }{{"‘", "’"}, {" '", "'"}} {
		if strings.Contains(" "+text, marks.opening) && strings.HasSuffix(text, marks.closing) {
			text, closing = strings.TrimSuffix(text, marks.closing), marks.closing
		}
	}
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return title
	}
	return text + "," + closing
}

// quoted makes the double quotation marks of a title single, since double ones will
// enclose it.
func quoted(title string) string {
	var b strings.Builder
	before := ' '
	for _, r := range title {
		mark := r
		switch {
		case r == '“', r == '"' && strings.ContainsRune(" ([‘—–-", before):
			mark = '‘'
		case r == '”', r == '"':
			mark = '’'
		}
		b.WriteRune(mark)
		before = r
	}
	return b.String()
}
