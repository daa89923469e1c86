package cite

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
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

// APA returns the source as an entry of a reference list, as the Publication
// Manual of the American Psychological Association, 7th edition, has it:
//
//	Author. (2024, October 8). Title. Publisher, via Carrier. https://…
//
// Without an author it begins with the publisher, and without either with the
// title. Without a date it has (n.d.), and the day of access if there is only the
// live address; without a title it has its kind in brackets. Names are spelled as in
// the file, which does not say which part is the family name.
func APA(s *timeline.Source) string {
	author, site := s.Author, s.Publisher
	if author == "" || author == site {
		author, site = site, ""
	}
	switch {
	case s.Via == "":
	case site == "":
		site = "Via " + s.Via
	default:
		site += ", via " + s.Via
	}
	title := s.Title
	switch {
	case title == "":
		title = Bracketed(s.Kind)
	case s.Kind == timeline.Dataset:
		title += " " + Bracketed(s.Kind)
	}
	if author == "" {
		author, title = title, ""
	}
	date := "(" + cmp.Or(apa.date(s.Published), "n.d.") + ")"
	entry := ended(author)
	for _, part := range []string{date, title, site} {
		if part != "" {
			entry += " " + ended(part)
		}
	}
	if address := apaAddress(s); address != "" {
		entry += " " + address
	}
	return entry
}

// apaAddress is the address of the source, without a full stop.
func apaAddress(s *timeline.Source) string {
	switch {
	case s.URL == "":
		return s.Archived
	case s.Archived != "":
		return s.URL + " (archived at " + s.Archived + ")"
	case s.Published.IsZero() && !s.Accessed.IsZero():
		return "Retrieved " + chicago.date(s.Accessed) + ", from " + s.URL
	}
	return s.URL
}

// ended ends text with a full stop, unless it ends with a mark before its closing
// quotation marks.
func ended(text string) string {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `”’"'»`))
	if strings.ContainsRune(".!?…。！？", last) {
		return text
	}
	return text + "."
}

// Bracketed describes a source without a title by its kind: "[News item]".
func Bracketed(k timeline.Kind) string {
	switch k {
	case timeline.News, timeline.Wire, timeline.StateMedia:
		return "[News item]"
	case timeline.Official:
		return "[Official publication]"
	case timeline.Broadcast:
		return "[Broadcast]"
	case timeline.Research:
		return "[Research publication]"
	case timeline.UN:
		return "[UN publication]"
	case timeline.NGO:
		return "[NGO publication]"
	case timeline.Social:
		return "[Social media post]"
	case timeline.Dataset:
		return "[Data set]"
	case timeline.Imagery:
		return "[Image]"
	}
	return "[Publication]"
}

// A manual is a manual of style, with its order of the parts of a date.
type manual uint8

const (
	chicago manual = iota // October 8, 2024
	apa                   // 2024, October 8
)

// date writes d in the style of the manual, no more exact than d: an approximate date
// has "ca.", an uncertain one brackets and a question mark. Other dates, which
// manuals do not cover, are written as edtf writes them in words.
func (m manual) date(d edtf.Date) string {
	start, end := d.Ends()
	switch {
	case start.IsZero() && end.IsZero():
		return d.Words()
	case start == end:
		return m.point(start)
	case !start.IsZero() && !end.IsZero():
		return m.between(start, end)
	case strings.HasSuffix(d.String(), "/.."):
		return "from " + m.point(start)
	case strings.HasPrefix(d.String(), "../"):
		return "until " + m.point(end)
	}
	return d.Words()
}

// point writes a date that is no interval.
func (m manual) point(d edtf.Date) string {
	year, month, day, ok := d.Stated()
	if !ok || year < 1000 || year > 9999 {
		return d.Words() // an era, or a decade
	}
	text := m.order(year, monthAndDay(month, day), day > 0)
	if d.Approximate() {
		text = "ca. " + text
	}
	if d.Uncertain() {
		text = "[" + text + "?]"
	}
	return text
}

// between writes two dates without repeating the parts that they share.
func (m manual) between(a, b edtf.Date) string {
	year, month, day, ok := a.Stated()
	lastYear, lastMonth, lastDay, known := b.Stated()
	alike := year == lastYear && (month > 0) == (lastMonth > 0) && (day > 0) == (lastDay > 0)
	qualified := a.Uncertain() || a.Approximate() || b.Uncertain() || b.Approximate()
	if !ok || !known || !alike || qualified || month == 0 {
		return m.point(a) + "–" + m.point(b)
	}
	end := monthAndDay(lastMonth, lastDay)
	if month == lastMonth {
		end = strconv.Itoa(lastDay)
	}
	return m.order(year, monthAndDay(month, day)+"–"+end, day > 0)
}

// order puts the parts of a date in the manual's order; exact dates have a day.
func (m manual) order(year int, monthAndDay string, exact bool) string {
	y := strconv.Itoa(year)
	switch {
	case monthAndDay == "":
		return y
	case m == apa:
		return y + ", " + monthAndDay
	case exact:
		return monthAndDay + ", " + y
	}
	return monthAndDay + " " + y
}

// monthAndDay writes the stated parts: "October 8", "October", "spring" for month
// 21, or nothing.
func monthAndDay(month, day int) string {
	switch {
	case month == 0:
		return ""
	case month > 12:
		return [...]string{"spring", "summer", "autumn", "winter"}[month-21]
	case day == 0:
		return time.Month(month).String()
	}
	return time.Month(month).String() + " " + strconv.Itoa(day)
}

// Markdown writes a source as a line of Markdown: its note, and its
// addresses as links.
func Markdown(s *timeline.Source) string {
	return MarkdownNote(Note(s), s.URL, s.Archived)
}

// MarkdownNote writes a note followed by its addresses, if any, as links.
func MarkdownNote(note, address, archived string) string {
	note = EscapeMarkdown(note)
	if address != "" {
		note += " <" + angled(address) + ">"
	}
	if archived != "" {
		note += " (archived: <" + angled(archived) + ">)"
	}
	return note
}

// angled escapes an address for use between angle brackets.
func angled(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(url)
}

// EscapeMarkdown keeps text from being read as Markdown or HTML.
func EscapeMarkdown(s string) string {
	return markdownEscaper.Replace(s)
}

var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "^", `\^`, "$", `\$`, "&", `\&`, "@", `\@`, "{", `\{`,
)
