package cite

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
)

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
