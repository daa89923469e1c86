package pane

import (
	"fmt"
	"slices"
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

	sought string // the text searched for
	needle string // folded
	hits   []int  // the lines in which it begins
	hit    int    // the line it was found in last
}

// Sought is a search with where it began.
type Sought struct {
	Text string
	Top  int
}

// Sought returns the search and the line at the top.
func (p *Pager) Sought() Sought { return Sought{p.sought, p.top} }

// Seek searches from a line on, and shows the first match.
func (p *Pager) Seek(s Sought) {
	p.Restore(s)
	p.hit = p.top - 1
	p.FindNext(1)
}

// Restore goes back to a search and its line.
func (p *Pager) Restore(s Sought) {
	p.sought, p.needle, p.top = s.Text, text.Fold(s.Text), s.Top
	if p.needle == "" {
		p.sought = ""
	}
	p.find()
	p.Move(0)
}

// Finds reports whether the search has a match.
func (p *Pager) Finds() bool { return len(p.hits) > 0 }

// Found says how many lines have a match, and which of them was found last; it is
// empty without a search.
func (p *Pager) Found() string {
	n, on := slices.BinarySearch(p.hits, p.hit)
	switch {
	case p.needle == "":
		return ""
	case len(p.hits) == 0:
		return fmt.Sprintf("  “%s” not found", text.Clean(p.sought))
	case on:
		return fmt.Sprintf("  “%s” %s/%s", text.Clean(p.sought), text.Grouped(n+1), text.Grouped(len(p.hits)))
	}
	return fmt.Sprintf("  “%s” %s found", text.Clean(p.sought), text.Grouped(len(p.hits)))
}

// FindNext goes to the next line with a match after the last one or, if that is
// out of view, after the top, around the end; with a step of -1, to the one before.
func (p *Pager) FindNext(step int) {
	if len(p.hits) == 0 {
		return
	}
	from := p.hit
	if from < p.top-1 || from >= p.top+p.Height() {
		from = p.top - 1
	}
	n, on := slices.BinarySearch(p.hits, from)
	if on || step < 0 {
		n += step
	}
	p.hit = p.hits[(n+len(p.hits))%len(p.hits)]
	if p.hit < p.top || p.hit >= p.top+p.Height() {
		p.top = p.hit - p.Height()/3
		p.Move(0)
	}
}

// find finds the lines in which the text searched for begins.
func (p *Pager) find() {
	p.hits = nil
	if p.needle == "" {
		return
	}
	for i := range p.text {
		joined, _ := p.joined(i)
		if !strings.Contains(text.Fold(joined), p.needle) {
			continue
		}
		if start, _, ok := text.Locate(joined, p.needle); ok && start < len(p.text[i].Text) {
			p.hits = append(p.hits, i)
		}
	}
}

// joined is a line with the next, since a match may go on there, and the indent of
// that one.
func (p *Pager) joined(i int) (s string, indent int) {
	s = p.text[i].Text
	if i+1 == len(p.text) || p.text[i+1].Text == "" {
		return s, 0
	}
	next := strings.TrimLeft(p.text[i+1].Text, " ")
	return s + " " + next, len(p.text[i+1].Text) - len(next)
}

// spans draws a line with its matches, also those that go on from the line before
// or to the next.
func (p *Pager) spans(i int, style, match ink) []span {
	line, from := p.text[i].Text, 0
	var spans []span
	if p.needle == "" {
		return []span{{line, style}}
	}
	if i > 0 {
		before := len(p.text[i-1].Text)
		if joined, indent := p.joined(i - 1); before < len(joined) {
			for at := 0; at < before; {
				start, end, ok := text.Locate(joined[at:], p.needle)
				if !ok || at+start >= before {
					break
				}
				if at += end; at > before+1 {
					from = indent + at - before - 1
					spans = append(spans, span{line[:indent], style}, span{line[indent:from], match})
				}
			}
		}
	}
	joined, _ := p.joined(i)
	for {
		start, end, ok := text.Locate(joined[from:], p.needle)
		if !ok || from+start >= len(line) {
			break
		}
		start, end = from+start, from+end
		spans = append(spans, span{line[from:start], style}, span{line[start:min(end, len(line))], match})
		if from = min(end, len(line)); from == len(line) {
			break
		}
	}
	return append(spans, span{line[from:], style})
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
	p.find()
	p.Move(0)
}

// Show is Fill with text that is laid out already. It does not scroll.
func (p *Pager) Show(title string, text []Line) {
	p.title, p.lay, p.text = title, nil, text
	p.find()
	p.Move(0)
}

func (p *Pager) Resize(w, h int) {
	again := w != p.w && p.lay != nil
	p.w, p.h = w, h
	if again {
		p.text = wrapped(p.lay(p.Room()), p.Room())
		p.find()
	}
	p.Move(0)
}

func (p *Pager) Title() string { return p.title }
func (p *Pager) Len() int      { return len(p.text) }
func (p *Pager) Room() int     { return max(1, p.w-2) } // the width of a line

// Move scrolls. Where there is room for one line alone, it passes over blank ones.
func (p *Pager) Move(lines int) {
	step := 1
	if lines < 0 {
		step = -1
	}
	p.top = max(0, min(p.top+lines, p.last()))
	for p.Height() == 1 && 0 < p.top && p.top < p.last() && p.text[p.top].Text == "" {
		p.top += step
	}
}

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
	for i := p.top; i < min(len(p.text), p.top+p.Height()); i++ {
		style := s.text
		if p.text[i].Strong {
			style = s.strong
		}
		lines = append(lines, row(p.w, append([]span{{" ", style}}, p.spans(i, style, s.match)...)...))
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

// Spoken is the line at the top, without the blanks that align it.
func (p *Pager) Spoken() string {
	if p.top >= len(p.text) {
		return ""
	}
	return strings.Join(strings.Fields(p.text[p.top].Text), " ")
}
