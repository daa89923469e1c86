package pane

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A span is a run of text in one style.
type span struct {
	text  string
	style ink
}

// A Line is plain text, strong or not.
type Line struct {
	Text   string
	Strong bool
}

// row draws spans one after another in exactly so many cells: it cuts the excess
// with an ellipsis and fills the rest with blanks.
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

// between draws left at the left end and right at the right end of a row. Where
// both do not fit, right is cut.
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

// width is the one measure of text: the cells it takes.
func width(s string) int { return ansi.StringWidth(s) }

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

// pad fills lines, each of width cells, to exactly height.
func pad(lines []string, width, height int) []string {
	if len(lines) > height {
		return lines[:height]
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", width))
	}
	return lines
}

// far is further down than n rows or lines go, or further up.
func far(down bool, n int) int {
	if down {
		return n
	}
	return -n
}

// titled draws a rule with a title in it.
func titled(width int, s *Styles, rule ink, title string) string {
	rest := strings.Repeat("─", max(0, width-ansi.StringWidth(title)-3))
	return row(width, span{"─ ", rule}, span{title, s.strong}, span{" " + rest, rule})
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

// Paragraphs draws paragraphs wrapped in w by h cells, the first of them strong.
func Paragraphs(s *Styles, paragraphs []string, w, h int) []string {
	lines := []string{row(w)}
	style := s.strong
	for _, p := range paragraphs {
		for _, line := range text.Wrap(p, w-4) {
			lines = append(lines, row(w, span{"  " + line, style}))
		}
		style = s.text
	}
	return pad(lines, w, h)
}

// OneLine draws a line of text in w by h cells.
func OneLine(said string, w, h int) []string { return pad([]string{row(w, span{said, ink{}})}, w, h) }

// Beside joins two panes of one height with a bar between them, strong where one
// of them has the keys.
func Beside(s *Styles, left, right []string, strong bool) []string {
	bar := s.dim.Render("│")
	if strong {
		bar = s.strong.Render("│")
	}
	for y := range left {
		left[y] += bar + right[y]
	}
	return left
}

// A pen draws lines of exactly width cells, with text at most text cells wide.
type pen struct {
	styles *Styles
	width  int
	text   int
	needle string
	lines  []string
}

func (p *pen) row(spans ...span) {
	p.lines = append(p.lines, row(p.width, append([]span{{" ", p.styles.text}}, spans...)...))
}

func (p *pen) blank() { p.row() }

// para draws wrapped text with an indent of so many cells, and highlights the
// search's matches.
func (p *pen) para(indent int, s string, style ink) {
	for _, line := range text.Wrap(s, p.text-indent) {
		p.row(append([]span{{strings.Repeat(" ", indent), style}}, highlight(line, p.needle, style, p.styles.match)...)...)
	}
}

// field draws a name with wrapped text beside it.
func (p *pen) field(name, s string, style ink) {
	if s == "" {
		return
	}
	const indent = 8
	for i, line := range text.Wrap(s, p.text-indent) {
		head := ""
		if i == 0 {
			head = name
		}
		p.row(append([]span{{fmt.Sprintf("%-*s", indent, head), p.styles.dim}}, highlight(line, p.needle, style, p.styles.match)...)...)
	}
}

func (p *pen) rule(name string) {
	p.blank()
	p.lines = append(p.lines, titled(p.width, p.styles, p.styles.dim, name))
}

// whole takes a finished line of width cells.
func (p *pen) whole(line string, width int) {
	p.lines = append(p.lines, " "+line+strings.Repeat(" ", p.width-width-1))
}

// address draws a link on rows of its own. Every row links to the whole address,
// and id says that the rows belong together.
func (p *pen) address(indent int, url, name, id string) {
	if url == "" {
		return
	}
	// Some terminals end a link at a byte of a character that is not ASCII.
	style := inkOf(p.styles.link.Hyperlink(timeline.ASCIIAddress(url), "id="+id))
	margin := strings.Repeat(" ", indent)
	if name != "" {
		p.row(span{margin + name, p.styles.dim})
	}
	if _, host := timeline.Disguise(url); host != "" {
		p.row(span{margin + "a user name is before the host, " + host + ":", p.styles.dim})
	}
	for _, line := range text.Wrap(url, p.width-2-indent) {
		p.row(span{margin, p.styles.dim}, span{line, style})
	}
}

// Unwrapped is a width at which no line of a page is wrapped, nor two entries put
// on one: that of a page to be heard.
const Unwrapped = 1 << 14

// spoken writes what a cursor is on as one line of sentences.
func spoken(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ". ")
}

// nth says which of n rows, counted from 0, a cursor is on.
func nth(at, n int) string { return text.Grouped(at+1) + " of " + text.Grouped(n) }
