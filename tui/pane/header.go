package pane

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Header draws the title, how many of the events are shown, and which terms of
// the filter hide the others.
func Header(s *Styles, title string, shown *Shown, w int) string {
	n, all := shown.Rows.Len(), shown.Len()
	count := text.Grouped(n) + " of " + text.Counted(all, "event")
	switch {
	case n == all:
		count = text.Counted(all, "event")
	case w < 60:
		count = text.Grouped(n) + "/" + text.Grouped(all)
	}
	if n := shown.Rows.Uncertain; n > 0 {
		count += fmt.Sprintf(", %s of uncertain date", text.Grouped(n))
	}
	if hidden := all - n; hidden > 0 && w >= 60 {
		count += " | " + text.Grouped(hidden) + " hidden"
		if w >= 100 {
			count += hiders(shown.Hides)
		}
	}
	left := []span{{" dateline  ", s.strong}, {title, s.text}}
	right := []span{{count + " ", s.strong}}
	// The counts matter more than the title.
	if room := w - cells(right) - 1; cells(left) > room {
		left = []span{{fit(" "+title, max(0, room)), s.text}}
	}
	return between(w, left, right)
}

// hiders says how many events each of several terms hides.
func hiders(hides []timeline.Hidden) string {
	if len(hides) < 2 {
		return ""
	}
	var names []string
	by := make(map[string]int)
	for _, h := range hides {
		name := "group"
		if f, ok := h.Term.Field(); ok {
			if name = f.String(); name == "" {
				name = "text"
			}
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		by[name] += h.N
	}
	if len(names) == 1 {
		return fmt.Sprintf(" by the %s filters", names[0])
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s by %s", text.Grouped(by[name]), name)
	}
	return ": " + strings.Join(names, ", ")
}

// Chips draws a filter's terms as the text they are, a chip each. It hides so
// many events.
func Chips(s *Styles, q timeline.Query, hidden, w int) string {
	spans := []span{{" ", s.text}}
	if q.Empty() {
		return row(w, span{fmt.Sprintf(" no filter: %s types one, %s picks actors", s.keyOf("filter"), s.keyOf("pick-actors")), s.dim})
	}
	right := s.keyOf("back") + " drops the last term "
	if w < 60 {
		right = text.Grouped(hidden) + " hidden "
	}
	// The last term is the one dropped: where not all fit, the first give way.
	terms := q.Terms()
	var chips []span
	for i := len(terms) - 1; i >= 0; i-- {
		chip := span{text.Clean(" " + terms[i].String() + " "), s.chip}
		if len(chips) > 0 && cells(chips)+width(chip.text)+width(right)+5 > w {
			chips = append([]span{{"… ", s.dim}}, chips...)
			break
		}
		chips = append([]span{chip, {" ", s.text}}, chips...)
	}
	return between(w, append(spans, chips...), []span{{right, s.dim}})
}
