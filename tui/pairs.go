package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// pairs shows who is named with whom in the events shown: a matrix of the actors
// that most of them name or, where there is no room for one, a list of pairs,
// most frequent first.
type pairs struct {
	t    *timeline.Timeline
	keys keyMap
	timeline.Pairs
	counting bool     // they are being counted
	ranked   [][2]int // what some event names, most frequent first
	row, col int      // the cursor, as places in Actors; row is never below col
	top      int      // of the list
	w, h     int
}

// mostPaired is how many actors are counted with each other: more than have room
// on most screens.
const mostPaired = 30

// open empties the pane, to be filled when what the events shown name is counted.
func (p *pairs) open() { *p = pairs{keys: p.keys, w: p.w, h: p.h} }

// fill shows what was counted. The cursor stays on its actors.
func (p *pairs) fill(t *timeline.Timeline, counted timeline.Pairs) {
	a, b := p.names()
	*p = pairs{t: t, keys: p.keys, Pairs: counted, w: p.w, h: p.h}
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
	p.resize(p.w, p.h)
}

// names returns the actors under the cursor: one and the same on the diagonal,
// none when there are none.
func (p *pairs) names() (a, b string) {
	if len(p.Actors) == 0 {
		return "", ""
	}
	return p.Actors[p.row], p.Actors[p.col]
}

// point puts the cursor on the n-th pair of the list.
func (p *pairs) point(n int) {
	if len(p.ranked) > 0 {
		at := p.ranked[max(0, min(n, len(p.ranked)-1))]
		p.row, p.col = at[0], at[1]
	}
}

// rank is the place of the cursor in the list, or -1.
func (p *pairs) rank() int { return slices.Index(p.ranked, [2]int{p.row, p.col}) }

// resize gives the pane its size, and keeps the cursor on what is drawn there.
func (p *pairs) resize(w, h int) {
	p.w, p.h = w, h
	if p.listed() {
		p.point(max(0, p.rank()))
		p.top = max(min(p.top, p.rank()), p.rank()-p.height()+1, 0)
		return
	}
	p.step(0, 0)
}

// listed reports whether there is a list in place of the matrix.
func (p *pairs) listed() bool { return p.w < 60 || p.h < 10 }

// empty reports whether there is nothing for the cursor to be on.
func (p *pairs) empty() bool { return len(p.Actors) == 0 || p.listed() && len(p.ranked) == 0 }

// height is how many rows of the list are in view, between the title and what
// is said of the cursor.
func (p *pairs) height() int { return max(1, p.h-1-p.sayingHeight()) }

// sayingHeight is the room for what is said of the cursor.
func (p *pairs) sayingHeight() int {
	if p.listed() {
		return 3
	}
	return 2
}

// move moves down so many rows.
func (p *pairs) move(n int) {
	if p.listed() {
		p.point(p.rank() + n)
		p.resize(p.w, p.h)
		return
	}
	p.step(n, 0)
}

// step moves the cursor in the matrix. Beyond the diagonal it takes the other
// actor along.
func (p *pairs) step(down, right int) {
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

// sideways moves to the right by so many columns, where there are any.
func (p *pairs) sideways(n int) {
	if !p.listed() {
		p.step(0, n)
	}
}

// A grid says how the matrix is laid out, in cells.
type grid struct {
	label int // the names at the left
	cell  int
	head  int // the lines above
	n     int // how many actors have room
}

// grid lays the matrix out. Columns are headed by names where there is room for
// them, elsewhere by numbers.
func (p *pairs) grid() grid {
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
	g.n = max(0, min(len(p.Actors), (p.w-g.label)/g.cell, p.h-1-g.head-1-p.sayingHeight()))
	return g
}

// view draws the pairs in exactly their size.
func (p *pairs) view(s *styles) []string {
	g := p.grid()
	lines := []string{p.viewTitle(s, g)}
	switch {
	case p.empty() && p.counting:
		lines = append(lines, row(p.w, span{" The events that are shown are being counted.", s.text}))
	case p.empty():
		lines = append(lines, row(p.w, span{" No event that is shown names two actors.", s.text}))
	case p.listed():
		for i := p.top; i < len(p.ranked) && i < p.top+p.height(); i++ {
			lines = append(lines, p.viewPair(s, p.ranked[i]))
		}
		lines = append(lines, p.viewSaying(s)...)
	default:
		lines = append(lines, p.viewMatrix(s, g)...)
		lines = append(lines, row(p.w))
		lines = append(lines, p.viewSaying(s)...)
	}
	return pad(lines, p.w, p.h)
}

func (p *pairs) viewTitle(s *styles, g grid) string {
	about := text.Counted(p.Named, "actor")
	if n := g.n; !p.listed() && n < p.Named {
		about = fmt.Sprintf("the %d most named of %s", n, about)
	}
	title := fmt.Sprintf(" (%s)", p.keys.first("who"))
	if p.w >= 60 && !(p.empty() && p.counting) {
		title += ", " + about
	}
	return between(p.w, []span{{"─ ", s.dim}, {"who with whom" + title, s.strong}, {" ", s.dim}}, []span{{p.keys.first("filter-pair") + " filters to them ─", s.dim}})
}

func (p *pairs) viewMatrix(s *styles, g grid) []string {
	lines := p.viewHeads(s, g)
	for i := range g.n {
		lines = append(lines, p.viewRow(s, g, i))
	}
	return lines
}

// viewHeads draws what the columns are headed by, from the bottom up.
func (p *pairs) viewHeads(s *styles, g grid) []string {
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

func (p *pairs) viewRow(s *styles, g grid, i int) string {
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

// viewPair draws a pair of the list. Of two names that do not fit, the longer is
// cut.
func (p *pairs) viewPair(s *styles, at [2]int) string {
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

// viewSaying says what the cursor is on.
func (p *pairs) viewSaying(s *styles) []string {
	var lines []string
	for _, line := range text.Wrap(p.saying(), p.w-2) {
		lines = append(lines, row(p.w, span{" " + line, s.strong}))
	}
	return lines[:min(len(lines), p.sayingHeight())]
}

func (p *pairs) saying() string {
	a, b := p.names()
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
	return who + last + p.t.Date(pair.Last).Words()
}

// clicked puts the cursor on a cell of the screen, and reports whether it was
// there already.
func (p *pairs) clicked(x, y int) bool {
	at, ok := p.drawnAt(x, y)
	if !ok {
		return false
	}
	was := [2]int{p.row, p.col}
	p.row, p.col = at[0], at[1]
	return at == was
}

// drawnAt returns the actors that a cell of the screen stands for.
func (p *pairs) drawnAt(x, y int) (at [2]int, ok bool) {
	if p.listed() {
		n := p.top + y - 1
		if y < 1 || y > p.height() || n >= len(p.ranked) {
			return at, false
		}
		return p.ranked[n], true
	}
	g := p.grid()
	i, j := y-1-g.head, (x-g.label)/g.cell
	return [2]int{i, j}, x >= g.label && 0 <= i && i <= j && j < g.n
}
