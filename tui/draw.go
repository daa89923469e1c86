package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

// A span is a run of text in one style.
type span struct {
	text  string
	style ink
}

// row draws spans one after another in so many cells exactly: what does not fit
// is cut with an ellipsis, and the rest is blank.
func row(cells int, spans ...span) string {
	var b strings.Builder
	left := cells
	for _, s := range spans {
		w := width(s.text)
		if w > left {
			// A wide rune that is cut may leave a cell: nothing follows it there.
			s.text = fit(s.text, left)
			w = left
		}
		if s.text != "" {
			b.WriteString(s.style.Render(s.text))
		}
		if left -= w; left <= 0 {
			break
		}
	}
	if left > 0 {
		b.WriteString(strings.Repeat(" ", left))
	}
	return b.String()
}

// between draws left at the left end and right at the right end of a row; where
// both do not fit, right gives way.
func between(width int, left, right []span) string {
	room := width - cells(left)
	if cells(right) > room-1 {
		if room < 12 {
			return row(width, left...)
		}
		return row(width-room, left...) + " " + row(room-1, right...)
	}
	gap := span{strings.Repeat(" ", room-cells(right)), ink{}}
	return row(width, append(append(left, gap), right...)...)
}

func cells(spans []span) int {
	n := 0
	for _, s := range spans {
		n += width(s.text)
	}
	return n
}

// fit cuts or pads plain text to exactly width cells.
func fit(s string, width int) string {
	s = ansi.Truncate(s, width, "…")
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// fitLeft is fit with the padding before the text.
func fitLeft(s string, width int) string {
	s = ansi.Truncate(s, width, "…")
	return strings.Repeat(" ", max(0, width-ansi.StringWidth(s))) + s
}

// pad fills lines, all of width cells, to exactly height.
func pad(lines []string, width, height int) []string {
	if len(lines) > height {
		return lines[:height]
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", width))
	}
	return lines
}

// highlight splits text where a folded needle occurs in it, in style and match.
func highlight(s, needle string, style, match ink) []span {
	if needle == "" {
		return []span{{s, style}}
	}
	var spans []span
	for s != "" {
		start, end, ok := text.Locate(s, needle)
		if !ok {
			break
		}
		if start > 0 {
			spans = append(spans, span{s[:start], style})
		}
		spans = append(spans, span{s[start:end], match})
		s = s[end:]
	}
	return append(spans, span{s, style})
}

// width is the one measure of text: the cells it takes.
func width(s string) int { return ansi.StringWidth(s) }
