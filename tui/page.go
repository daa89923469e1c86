package tui

import (
	"fmt"
	"strings"

	"dateline/timeline/text"
)

// A page is text to scroll through: the brief, the help, the problems of a
// file. It is laid out once for a width, and draws the lines in view.
type page struct {
	title string
	lay   func(width int) []pageLine // lays it out for another width; nil if who fills it does
	text  []pageLine
	top   int
	w, h  int
}

// A pageLine is plain text, as wide as the page at most.
type pageLine struct {
	text   string
	strong bool
}

// fill gives the page other text, which lay lays out for whatever width it has,
// and shows it from its top. What is wider it wraps.
func (p *page) fill(title string, lay func(width int) []pageLine) {
	p.title, p.lay, p.top = title, lay, 0
	p.text = wrapped(lay(p.room()), p.room())
}

// show is fill with text that is laid out already. Its place stays.
func (p *page) show(title string, text []pageLine) { p.title, p.lay, p.text = title, nil, text }

func (p *page) resize(w, h int) {
	again := w != p.w && p.lay != nil
	p.w, p.h = w, h
	if again {
		p.text = wrapped(p.lay(p.room()), p.room())
	}
}

// room is how wide a line may be.
func (p *page) room() int { return max(1, p.w-2) }

func (p *page) scroll(lines int) { p.top += lines }

// height is the number of lines of text in view, below the title.
func (p *page) height() int { return max(1, p.h-1) }

// view draws the page in exactly its size.
func (p *page) view(s *styles) []string {
	last := max(0, len(p.text)-p.height())
	p.top = max(0, min(p.top, last))
	where := "all"
	if last > 0 {
		where = fmt.Sprintf("%d%%", p.top*100/last)
	}
	lines := []string{between(p.w, []span{{"─ ", s.dim}, {p.title, s.strong}, {" ", s.dim}}, []span{{where + " ─", s.dim}})}
	for _, line := range p.text[p.top:min(len(p.text), p.top+p.height())] {
		style := s.text
		if line.strong {
			style = s.strong
		}
		lines = append(lines, row(p.w, span{" " + line.text, style}))
	}
	return pad(lines, p.w, p.h)
}

// wrapped wraps lines that are wider than room, further lines as far in as the
// first.
func wrapped(lines []pageLine, room int) []pageLine {
	var s []pageLine
	for _, line := range lines {
		if width(line.text) <= room {
			s = append(s, line)
			continue
		}
		indent := len(line.text) - len(strings.TrimLeft(line.text, " "))
		for _, part := range text.Wrap(line.text, max(1, room-indent)) {
			s = append(s, pageLine{strings.Repeat(" ", indent) + part, line.strong})
		}
	}
	return s
}
