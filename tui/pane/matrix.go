package pane

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Matrix counts the events that name two actors together: a matrix of the
// actors named most or, where there is no room for one, a list of pairs, most
// frequent first.
type Matrix struct {
	Counting bool // the pairs are being counted

	shown *Shown
	timeline.Pairs
	ranked   [][2]int // pairs that some event names, most frequent first
	row, col int      // the cursor, as places in Actors; row is never below col
	top      int      // of the list
	w, h     int
}

// MostPaired is how many actors are counted with each other: more than most
// screens have room for.
const MostPaired = 30

// Fill shows the pairs of the shown events. The cursor stays on its actors.
func (p *Matrix) Fill(s *Shown, counted timeline.Pairs) {
	a, b := p.Names()
	*p = Matrix{shown: s, Pairs: counted, w: p.w, h: p.h}
	for i := range p.Actors {
		for j := i + 1; j < len(p.Actors); j++ {
			if p.Of(i, j).Events > 0 {
				p.ranked = append(p.ranked, [2]int{i, j})
			}
		}
	}
	slices.SortStableFunc(p.ranked, func(a, b [2]int) int {
		return cmp.Compare(p.Of(b[0], b[1]).Events, p.Of(a[0], a[1]).Events)
	})
	p.point(slices.IndexFunc(p.ranked, func(at [2]int) bool { return p.listed() || at[1] < p.grid().n }))
	if i, j := slices.Index(p.Actors, a), slices.Index(p.Actors, b); i >= 0 && j >= 0 {
		p.row, p.col = min(i, j), max(i, j)
	}
	p.Resize(p.w, p.h)
}

// Names returns the actors under the cursor: the same twice on the diagonal, and
// "" when there are none.
func (p *Matrix) Names() (a, b string) {
	if len(p.Actors) == 0 {
		return "", ""
	}
	return p.Actors[p.row], p.Actors[p.col]
}

// Events is how many events name the actors under the cursor.
func (p *Matrix) Events() int { return p.Of(p.row, p.col).Events }

// point puts the cursor on the n-th pair of the list.
func (p *Matrix) point(n int) {
	if len(p.ranked) > 0 {
		at := p.ranked[max(0, min(n, len(p.ranked)-1))]
		p.row, p.col = at[0], at[1]
	}
}

// rank is the place of the cursor in the list, or -1.
func (p *Matrix) rank() int { return slices.Index(p.ranked, [2]int{p.row, p.col}) }

// Resize gives the matrix its size, and keeps the cursor on an actor drawn there.
func (p *Matrix) Resize(w, h int) {
	p.w, p.h = w, h
	if p.listed() {
		p.point(max(0, p.rank()))
		p.top = max(min(p.top, p.rank()), p.rank()-p.Height()+1, 0)
		return
	}
	p.step(0, 0)
}

// listed reports whether there is a list in place of the matrix.
func (p *Matrix) listed() bool { return p.w < 60 || p.h < 10 }

// Empty reports whether there is nothing for the cursor to be on.
func (p *Matrix) Empty() bool { return len(p.Actors) == 0 || p.listed() && len(p.ranked) == 0 }

// Height is how many rows of the list are in view, between the title and the
// caption.
func (p *Matrix) Height() int { return max(1, p.h-1-p.captionHeight()) }

// captionHeight is the room for the caption.
func (p *Matrix) captionHeight() int {
	if p.listed() {
		return 3
	}
	return 2
}

func (p *Matrix) Move(n int) {
	if p.listed() {
		p.point(p.rank() + n)
		p.Resize(p.w, p.h)
		return
	}
	p.step(n, 0)
}

// MoveFar moves the cursor to the last row, or to the first.
func (p *Matrix) MoveFar(down bool) { p.Move(far(down, len(p.ranked)+len(p.Actors))) }

// step moves the cursor in the matrix. Beyond the diagonal it takes the other
// actor along.
func (p *Matrix) step(down, right int) {
	last := p.grid().n - 1
	if last < 0 {
		return
	}
	p.row, p.col = max(0, min(p.row+down, last)), max(0, min(p.col+right, last))
	if p.row > p.col {
		if right < 0 {
			p.row = p.col
		} else {
			p.col = p.row
		}
	}
}

// Sideways moves the cursor right by so many columns, where there are any.
func (p *Matrix) Sideways(n int) {
	if !p.listed() {
		p.step(0, n)
	}
}

// A grid is the layout of the matrix, in cells.
type grid struct {
	label int // the names at the left
	cell  int
	head  int // the lines above
	n     int // how many actors have room
}

// grid lays the matrix out. Columns are headed by names where there is room for
// them, elsewhere by numbers.
func (p *Matrix) grid() grid {
	g := grid{cell: 10, head: 3}
	if p.w < 100 {
		g.cell, g.head = 5, 1
	}
	for _, name := range p.Actors {
		g.label = max(g.label, width(name)+2)
	}
	if g.head == 1 {
		g.label += 3
	}
	g.label = min(g.label, p.w/4, 28)
	if len(p.Actors) > 0 {
		g.cell = max(g.cell, width(text.Grouped(p.Of(0, 0).Events))+2)
	}
	g.n = max(0, min(len(p.Actors), (p.w-g.label)/g.cell, p.h-1-g.head-1-p.captionHeight()))
	return g
}

func (p *Matrix) View(s *Styles) []string {
	g := p.grid()
	lines := []string{p.viewTitle(s, g)}
	switch {
	case p.Empty() && p.Counting:
		lines = append(lines, row(p.w, span{" Counting the events shown…", s.text}))
	case p.Empty():
		lines = append(lines, row(p.w, span{" No event shown names two actors.", s.text}))
	case p.listed():
		for i := p.top; i < len(p.ranked) && i < p.top+p.Height(); i++ {
			lines = append(lines, p.viewPair(s, p.ranked[i]))
		}
		lines = append(lines, p.viewCaption(s)...)
	default:
		lines = append(lines, p.viewMatrix(s, g)...)
		lines = append(lines, row(p.w))
		lines = append(lines, p.viewCaption(s)...)
	}
	return pad(lines, p.w, p.h)
}

func (p *Matrix) viewTitle(s *Styles, g grid) string {
	about := text.Counted(p.Named, "actor")
	if n := g.n; !p.listed() && n < p.Named {
		about = fmt.Sprintf("the %d most named of %s", n, about)
	}
	title := fmt.Sprintf("who with whom (%s)", s.keyOf("who"))
	if p.w >= 60 && !(p.Empty() && p.Counting) {
		title += ", " + about
	}
	return between(p.w, []span{{"─ ", s.dim}, {title, s.strong}, {" ", s.dim}}, []span{{s.keyOf("filter-pair") + " filters to them ─", s.dim}})
}

func (p *Matrix) viewMatrix(s *Styles, g grid) []string {
	lines := p.viewHeads(s, g)
	for i := range g.n {
		lines = append(lines, p.viewRow(s, g, i))
	}
	return lines
}

// viewHeads draws the columns' headings, aligned at the bottom.
func (p *Matrix) viewHeads(s *Styles, g grid) []string {
	lines := make([]string, g.head)
	for y := range lines {
		lines[y] = strings.Repeat(" ", g.label)
	}
	for j := range g.n {
		words := []string{fmt.Sprint(j + 1)}
		if g.head > 1 {
			words = text.Wrap(p.Actors[j], g.cell-1)
		}
		if len(words) > g.head {
			words[g.head-1] = fit(words[g.head-1]+" "+words[g.head], g.cell-1)
			words = words[:g.head]
		}
		style := s.actor
		if j == p.col {
			style = s.strong
		}
		for y := range lines {
			word := ""
			if n := y - (g.head - len(words)); n >= 0 {
				word = strings.TrimRight(words[n], " ")
			}
			lines[y] += row(g.cell, span{fitLeft(word, g.cell-1), style})
		}
	}
	for y := range lines {
		lines[y] += strings.Repeat(" ", p.w-g.label-g.n*g.cell)
	}
	return lines
}

func (p *Matrix) viewRow(s *Styles, g grid, i int) string {
	name, style := " "+p.Actors[i], s.actor
	if g.head == 1 {
		name = fmt.Sprintf("%3d %s", i+1, p.Actors[i])
	}
	if i == p.row {
		style = s.strong
	}
	spans := []span{{fit(name, g.label-1) + " ", style}, {strings.Repeat(" ", i*g.cell), s.text}}
	for j := i; j < g.n; j++ {
		n := p.Of(i, j).Events
		cell, style := fitLeft(text.Grouped(n), g.cell-1)+" ", s.text
		switch {
		case i == p.row && j == p.col:
			cell, style = ">"+cell[1:], s.cursor
		case n == 0:
			style = s.dim
		case i == j:
			style = s.strong
		}
		spans = append(spans, span{cell, style})
	}
	return row(p.w, spans...)
}

// viewPair draws a pair of the list. If two names do not fit, the longer is cut.
func (p *Matrix) viewPair(s *Styles, at [2]int) string {
	const and = " and "
	count := " " + text.Grouped(p.Of(at[0], at[1]).Events) + " "
	a, b := p.Actors[at[0]], p.Actors[at[1]]
	room := max(0, p.w-1-width(and)-width(count))
	a = ansi.Truncate(a, max(room/2, room-width(b)), "…")
	b = fit(b, room-width(a))
	if at == [2]int{p.row, p.col} {
		return s.cursor.Render(fit(">"+a+and+b+count, p.w))
	}
	return row(p.w, span{" ", s.text}, span{a, s.actor}, span{and, s.dim}, span{b, s.actor}, span{count, s.text})
}

func (p *Matrix) viewCaption(s *Styles) []string {
	var lines []string
	for _, line := range text.Wrap(p.Caption(), p.w-2) {
		lines = append(lines, row(p.w, span{" " + line, s.strong}))
	}
	return lines[:min(len(lines), p.captionHeight())]
}

// Caption describes the pair under the cursor.
func (p *Matrix) Caption() string {
	a, b := p.Names()
	pair := p.Of(p.row, p.col)
	who, last := a+" and "+b, ", last together "
	if p.row == p.col {
		who, last = a, ", last "
	}
	if pair.Events == 0 {
		return who + ": no event together"
	}
	who += ": " + text.Counted(pair.Events, "event")
	if pair.Last < 0 {
		return who
	}
	return who + last + p.shown.Date(pair.Last).Words()
}

// Click puts the cursor on a cell of the screen, and reports whether it was there
// already.
func (p *Matrix) Click(x, y int) bool {
	at, ok := p.drawnAt(x, y)
	if !ok {
		return false
	}
	was := [2]int{p.row, p.col}
	p.row, p.col = at[0], at[1]
	return at == was
}

// drawnAt returns the actors that a cell of the screen stands for.
func (p *Matrix) drawnAt(x, y int) (at [2]int, ok bool) {
	if p.listed() {
		n := p.top + y - 1
		if y < 1 || y > p.Height() || n >= len(p.ranked) {
			return at, false
		}
		return p.ranked[n], true
	}
	g := p.grid()
	i, j := y-1-g.head, (x-g.label)/g.cell
	return [2]int{i, j}, x >= g.label && 0 <= i && i <= j && j < g.n
}

// Spoken says in words which pair the cursor is on.
func (p *Matrix) Spoken() string {
	switch {
	case p.Empty() && p.Counting:
		return "Counting the events shown…"
	case p.Empty():
		return "No event shown names two actors"
	}
	return spoken(p.Caption(), nth(p.rank(), len(p.ranked)))
}
