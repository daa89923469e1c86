package tui

import (
	"fmt"
	"strings"

	"dateline/timeline"
)

// A page is text to scroll through: the brief, the help, the problems of a
// file.
type page struct {
	title string
	lines func(width int) []pageLine
	drawn []string
	top   int
	w, h  int
}

// A pageLine is plain text, wrapped when it is drawn.
type pageLine struct {
	text   string
	strong bool
}

// fill gives the page other text, laid out for whatever width it has, and shows
// it from its top.
func (p *page) fill(title string, lines func(width int) []pageLine) {
	p.title, p.lines, p.top = title, lines, 0
	p.drawn = nil
}

func (p *page) resize(w, h int) {
	if w != p.w {
		p.drawn = nil
	}
	p.w, p.h = w, h
}

func (p *page) scroll(lines int) { p.top += lines }

// height is the number of lines of text in view, below the title.
func (p *page) height() int { return max(1, p.h-1) }

// view draws the page in exactly its size.
func (p *page) view(s *styles) []string {
	if p.drawn == nil {
		p.draw(s)
	}
	last := max(0, len(p.drawn)-p.height())
	p.top = max(0, min(p.top, last))
	where := "all"
	if last > 0 {
		where = fmt.Sprintf("%d%%", p.top*100/last)
	}
	lines := []string{between(p.w, []span{{"─ ", s.dim}, {p.title, s.strong}, {" ", s.dim}}, []span{{where + " ─", s.dim}})}
	end := min(len(p.drawn), p.top+p.height())
	return pad(append(lines, p.drawn[p.top:end]...), p.w, p.h)
}

func (p *page) draw(s *styles) {
	for _, line := range p.lines(p.w - 2) {
		style := s.text
		if line.strong {
			style = s.strong
		}
		indent := len(line.text) - len(strings.TrimLeft(line.text, " "))
		if width(line.text) <= p.w-2 {
			p.drawn = append(p.drawn, row(p.w, span{" " + line.text, style}))
			continue
		}
		for _, part := range timeline.Wrap(line.text, p.w-2-indent) {
			p.drawn = append(p.drawn, row(p.w, span{" " + strings.Repeat(" ", indent) + part, style}))
		}
	}
	if len(p.drawn) == 0 {
		p.drawn = []string{row(p.w)}
	}
}
