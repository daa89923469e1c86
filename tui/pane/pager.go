package pane

import (
	"fmt"
	"strings"

	"dateline/timeline/text"
)

// A Pager scrolls through text: the brief, the help, the problems of a file. It
// draws only the lines in view.
type Pager struct {
	title string
	lay   func(width int) []Line // lays it out for another width; nil if its owner does
	text  []Line
	top   int
	w, h  int
}

// Fill gives the pager other text, which lay lays out for any width, and shows it
// from its top. The pager wraps lines that are still too wide.
func (p *Pager) Fill(title string, lay func(width int) []Line) {
	p.top = 0
	p.Refill(title, lay)
}

// Refill is Fill without scrolling to the top.
func (p *Pager) Refill(title string, lay func(width int) []Line) {
	p.title, p.lay, p.text = title, lay, wrapped(lay(p.Room()), p.Room())
	p.Move(0)
}

// Show is Fill with text that is laid out already. It does not scroll.
func (p *Pager) Show(title string, text []Line) {
	p.title, p.lay, p.text = title, nil, text
	p.Move(0)
}

func (p *Pager) Resize(w, h int) {
	again := w != p.w && p.lay != nil
	p.w, p.h = w, h
	if again {
		p.text = wrapped(p.lay(p.Room()), p.Room())
	}
	p.Move(0)
}

func (p *Pager) Title() string { return p.title }
func (p *Pager) Len() int      { return len(p.text) }
func (p *Pager) Room() int     { return max(1, p.w-2) } // the width of a line

func (p *Pager) Move(lines int)    { p.top = max(0, min(p.top+lines, p.last())) }
func (p *Pager) MoveFar(down bool) { p.Move(far(down, len(p.text))) }

// last is the furthest that the pager scrolls.
func (p *Pager) last() int { return max(0, len(p.text)-p.Height()) }

// Height is the number of lines in view, below the title.
func (p *Pager) Height() int { return max(1, p.h-1) }

func (p *Pager) View(s *Styles) []string {
	where := "all"
	if last := p.last(); last > 0 {
		where = fmt.Sprintf("%d%%", p.top*100/last)
	}
	lines := []string{between(p.w, []span{{"─ ", s.dim}, {p.title, s.strong}, {" ", s.dim}}, []span{{where + " ─", s.dim}})}
	for _, line := range p.text[p.top:min(len(p.text), p.top+p.Height())] {
		style := s.text
		if line.Strong {
			style = s.strong
		}
		lines = append(lines, row(p.w, span{" " + line.Text, style}))
	}
	return pad(lines, p.w, p.h)
}

// wrapped wraps the lines that are wider than room, and keeps their indent.
func wrapped(lines []Line, room int) []Line {
	var s []Line
	for _, line := range lines {
		if width(line.Text) <= room {
			s = append(s, line)
			continue
		}
		indent := len(line.Text) - len(strings.TrimLeft(line.Text, " "))
		for _, part := range text.Wrap(line.Text, max(1, room-indent)) {
			s = append(s, Line{strings.Repeat(" ", indent) + part, line.Strong})
		}
	}
	return s
}
