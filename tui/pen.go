package tui

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A pen draws lines of exactly width cells, with text at most text cells wide.
type pen struct {
	styles *styles
	width  int
	text   int
	needle string
	lines  []string
}

func (p *pen) row(spans ...span) {
	p.lines = append(p.lines, row(p.width, append([]span{{" ", p.styles.text}}, spans...)...))
}

func (p *pen) blank() { p.row() }

// para draws wrapped text with an indent of that many cells, and highlights
// matches of the search.
func (p *pen) para(indent int, s string, style ink) {
	for _, line := range text.Wrap(s, p.text-indent) {
		p.row(append([]span{{strings.Repeat(" ", indent), style}}, highlight(line, p.needle, style, p.styles.match)...)...)
	}
}

// summary draws an event's summary with its footnote marks.
func (p *pen) summary(e *timeline.Event) {
	for _, line := range text.Wrap(e.Summary, p.text) {
		var spans []span
		at := 0
		for _, m := range timeline.Pointers(line, len(e.Sources)) {
			spans = append(spans, highlight(line[at:m.Start], p.needle, p.styles.text, p.styles.match)...)
			spans = append(spans, span{line[m.Start:m.End], p.styles.mark})
			at = m.End
		}
		p.row(append(spans, highlight(line[at:], p.needle, p.styles.text, p.styles.match)...)...)
	}
}

// field draws a name and, beside it, text.
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
	p.lines = append(p.lines, row(p.width, span{"─ ", p.styles.dim}, span{name, p.styles.strong}, span{" " + strings.Repeat("─", max(0, p.width-width(name)-3)), p.styles.dim}))
}

// whole takes a line that is drawn already, of width cells.
func (p *pen) whole(line string, width int) {
	p.lines = append(p.lines, " "+line+strings.Repeat(" ", p.width-width-1))
}

func (p *pen) beside(left, right side) {
	half := (p.text - 3) / 2
	a, b := left.lines(p, half), right.lines(p, half)
	for i := range max(len(a), len(b)) {
		line := strings.Repeat(" ", half)
		if i < len(a) {
			line = a[i]
		}
		line += p.styles.dim.Render(" │ ")
		if i < len(b) {
			line += b[i]
		} else {
			line += strings.Repeat(" ", half)
		}
		p.whole(line, 2*half+3)
	}
}

// address draws a link, as text on rows of its own; every part of it leads to
// the whole, and id says that they belong together.
func (p *pen) address(indent int, url, name, id string) {
	if url == "" {
		return
	}
	style := inkOf(p.styles.link.Hyperlink(linkTo(url), "id="+id))
	margin := strings.Repeat(" ", indent)
	if name != "" {
		p.row(span{margin + name, p.styles.dim})
	}
	for _, line := range text.Wrap(url, p.width-2-indent) {
		p.row(span{margin, p.styles.dim}, span{line, style})
	}
}

// linkTo is an address as a link may hold it: ASCII, since some terminals take
// a byte of another character for the end of the link.
func linkTo(url string) string {
	var b strings.Builder
	for _, c := range []byte(url) {
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
