package pane

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

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

// A canvas is what a rectangle shows, cell by cell.
type canvas [][]span

func newCanvas(w, h int) canvas {
	g := make(canvas, h)
	for y := range g {
		g[y] = slices.Repeat([]span{{" ", ink{}}}, w)
	}
	return g
}

// put writes narrow characters from a cell on, as far as the row goes.
func (g canvas) put(x, y int, text string, style ink) {
	for _, r := range text {
		if x >= 0 && x < len(g[y]) {
			g[y][x] = span{string(r), style}
		}
		x++
	}
}

// restyle changes the style of cells, up to to.
func (g canvas) restyle(from, to, y int, style ink) {
	for x := max(0, from); x < min(to, len(g[y])); x++ {
		g[y][x].style = style
	}
}

func (g canvas) rows() []string {
	var lines []string
	for _, cells := range g {
		var spans []span
		for _, c := range cells {
			if n := len(spans) - 1; n >= 0 && spans[n].style == c.style {
				spans[n].text += c.text
				continue
			}
			spans = append(spans, c)
		}
		lines = append(lines, row(len(cells), spans...))
	}
	return lines
}

// WidestText is the widest that text is drawn: longer lines are hard to read.
const WidestText = 76

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

// fitName is fit for a name, of which what is in brackets at the end tells it from
// others: "Ministry of… (South Korea)".
func fitName(name string, width int) string {
	if at := strings.LastIndex(name, " ("); at > 0 && strings.HasSuffix(name, ")") && ansi.StringWidth(name) > width {
		if room := width - ansi.StringWidth(name[at:]); room >= width/3 {
			return fit(ansi.Truncate(name[:at], room, "…")+name[at:], width)
		}
	}
	return fit(name, width)
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

// A pen draws lines of exactly width cells. Their text is at most so many cells
// wide, and begins beyond a blank and a margin for labels.
type pen struct {
	styles *Styles
	width  int
	text   int
	margin int
	needle string
	lines  []string
}

func (p *pen) row(spans ...span) { p.labelled("", spans...) }

// labelled draws a line with a label in the margin.
func (p *pen) labelled(label string, spans ...span) {
	head := []span{{" ", p.styles.text}, {fit(label, p.margin), p.styles.dim}}
	p.lines = append(p.lines, row(p.width, append(head, spans...)...))
}

func (p *pen) blank() { p.row() }

// pointed draws a line with the cursor in the cell before its text.
func (p *pen) pointed(spans ...span) {
	head := span{fitLeft(">", p.margin+1), p.styles.strong}
	p.lines = append(p.lines, row(p.width, append([]span{head}, spans...)...))
}

// para draws wrapped text with an indent of so many cells, and highlights the
// search's matches.
func (p *pen) para(indent int, s string, style ink) {
	for _, line := range text.Wrap(s, p.text-indent) {
		p.row(append([]span{{strings.Repeat(" ", indent), style}}, highlight(line, p.needle, style, p.styles.match)...)...)
	}
}

// field draws wrapped text with a label beside it, in the margin if there is one.
func (p *pen) field(label, s string, style ink) {
	if s == "" {
		return
	}
	indent := len("Caveat   ")
	if p.margin > 0 {
		indent = 0
	}
	for _, line := range text.Wrap(s, p.text-indent) {
		spans := append([]span{{fit(label, indent), p.styles.dim}}, highlight(line, p.needle, style, p.styles.match)...)
		p.labelled(label, spans...)
		label = ""
	}
}

// rule draws a rule with a name in it, as wide as the text.
func (p *pen) rule(name string) {
	rest := strings.Repeat("─", max(0, p.text-width(name)-3))
	p.row(span{"─ ", p.styles.dim}, span{name, p.styles.strong}, span{" " + rest, p.styles.dim})
}

// address draws a link on rows of its own. Every row links to the whole address,
// and id says that the rows belong together.
func (p *pen) address(indent int, url, name, id string) {
	if url == "" {
		return
	}
	// Some terminals end a link at a byte of a character that is not ASCII.
	style := inkOf(p.styles.link.Hyperlink(text.ASCIIAddress(url), "id="+id))
	margin := strings.Repeat(" ", indent)
	if _, host := text.Disguise(url); host != "" {
		p.row(span{margin + "a user name is before the host, " + host + ":", p.styles.dim})
	}
	for _, line := range wrapAddress(url, p.text-indent-len(name)) {
		p.row(span{margin + name, p.styles.dim}, span{line, style})
		name = strings.Repeat(" ", len(name))
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

// wrapAddress breaks an address into lines of at most w cells, each after a
// punctuation mark if there is one among its last 24 cells.
func wrapAddress(address string, w int) []string {
	w = max(w, 1)
	var lines []string
	for word := range strings.FieldsSeq(address) {
		for width(word) > w {
			n, _ := text.Head(word, w)
			if at := strings.LastIndexAny(word[:n], "/-?&=_"); at >= 0 && width(word[at+1:n]) < 24 {
				n = at + 1
			}
			lines, word = append(lines, word[:n]), word[n:]
		}
		if word != "" {
			lines = append(lines, word)
		}
	}
	return lines
}
