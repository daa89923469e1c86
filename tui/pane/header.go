package pane

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Header draws the title, how much time a bar of the histogram covers, and how
// many of the events are shown.
func Header(s *Styles, title, bar string, shown *Shown, w int) string {
	hidden, all := shown.Hidden(), shown.Len()
	style := s.dim
	count := shown.Counted(all, "event")
	if hidden > 0 {
		style = s.strong
		count = shown.selected() + " of " + count
	}
	if n := shown.Rows.Uncertain; n > 0 && !shown.unchecked {
		count += fmt.Sprintf(", %s of uncertain date", text.Grouped(n))
	}
	left := []span{{" " + title, s.strong}}
	// The counts matter more than the title, and the title more than the rest.
	if hidden > 0 && shown.counted == nil && !shown.unchecked {
		for _, more := range []string{" · " + text.Grouped(hidden) + " hidden", hiders(shown.Hides)} {
			if cells(left)+width(count)+width(more)+4 > w {
				break
			}
			count += more
		}
	}
	right := []span{{count + " ", style}}
	if bar = "bar: " + bar + "   "; w >= 100 && bar != "bar:    " && cells(left)+cells(right)+width(bar)+3 <= w {
		right = append([]span{{bar, s.dim}}, right...)
	}
	if room := w - cells(right) - 2; cells(left) > room {
		left[0].text = fit(left[0].text, max(0, room))
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

// Chips are a filter's terms as the text they are, and the period being selected.
type Chips struct {
	Query  timeline.Query
	Period string
	Hidden int    // events, by the filter
	Legend bool   // there is a pale line to explain
	Beyond string // what lies outside of the histogram; at the left if there are no chips
	Drops  bool   // the key that goes back drops the last term next
}

func (c Chips) View(s *Styles, w int) string {
	if c.Query.Empty() && c.Period == "" {
		return row(w, span{" " + c.Beyond, s.dim})
	}
	right, longer := c.Beyond, ""
	switch {
	case right != "" || c.Period != "":
	case w < 60:
		right = text.Grouped(c.Hidden) + " hidden"
	case c.Drops:
		right = s.keyOf("back") + " drops the last term"
		longer = right + "  " + s.keyOf("undo") + " brings it back "
	}
	if right != "" {
		right += " "
	}
	// The last term is the one dropped: where not all fit, the first give way.
	var names []string
	for _, term := range c.Query.Terms() {
		names = append(names, term.String())
	}
	if c.Period != "" {
		names = append(names, c.Period)
	}
	var chips []span
	for _, name := range slices.Backward(names) {
		chip := span{text.Clean(" " + name + " "), s.chip}
		if len(chips) > 0 && cells(chips)+width(chip.text)+width(right)+5 > w {
			chips = append([]span{{"… ", s.dim}}, chips...)
			break
		}
		chips = append([]span{chip, {" ", s.text}}, chips...)
	}
	const legend = "bars: what is shown    pale line: all events"
	if c.Legend && !c.Query.Empty() && c.Period == "" && w >= 100 && cells(chips)+width(legend)+width(right)+3 <= w {
		chips = append(chips, span{legend, s.dim})
	}
	if longer != "" && cells(chips)+width(longer)+3 <= w {
		right = longer
	}
	return between(w, append([]span{{" ", s.text}}, chips...), []span{{right, s.dim}})
}
