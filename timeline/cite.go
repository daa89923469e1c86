package timeline

import (
	"fmt"
	"strings"
	"time"

	"dateline/timeline/edtf"
)

// Citation returns a note for the source as the Chicago Manual of Style has it:
//
//	Author, "Title," Publisher, via Carrier, October 8, 2024, https://…
//
// What the source does not state is left out, never borrowed: without a title
// it is publisher, date and address.
func (s *Source) Citation() string {
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
		if !strings.ContainsAny(title[len(title)-1:], "?!") {
			title += ","
		}
		add("“" + title + "”")
		titled = true
	}
	add(s.Publisher)
	if s.Via != "" {
		add("via " + s.Via)
	}
	if s.Published.IsZero() && !s.Accessed.IsZero() {
		add("accessed " + chicagoDate(s.Accessed))
	} else {
		add(chicagoDate(s.Published))
	}
	add(s.URL)
	if s.Archived != "" {
		add("archived at " + s.Archived)
	}
	switch {
	case note == "":
		return ""
	case titled:
		if head, ok := strings.CutSuffix(note, ",”"); ok {
			return head + ".”"
		}
		return note
	}
	return note + "."
}

// Note is the citation without its addresses, for where those stand apart, with
// what a reader weighs the source by: its kind, and whom it rests on if that is
// not its publisher. A source of which only the address is known is called by
// its host.
func (s *Source) Note() string {
	without := *s
	without.URL, without.Archived = "", ""
	note := without.Citation()
	if note == "" && s.Host() != "" {
		note = s.Host() + "."
	}
	if s.Kind != NoKind {
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

// chicagoDate writes a day as Chicago does, October 8, 2024, and any other date
// in words.
func chicagoDate(d edtf.Date) string {
	if d.IsZero() {
		return ""
	}
	from, known := d.Earliest()
	to, ok := d.Latest()
	if known && ok && from == to && !d.Uncertain() && !d.Approximate() {
		year, month, day := from.Civil()
		if year > 0 {
			return fmt.Sprintf("%s %d, %d", time.Month(month), day, year)
		}
	}
	return d.Words()
}
