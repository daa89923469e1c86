package pane

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"dateline/timeline/edtf"
)

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

// View draws from the top: the bars of what is shown; on high screens a row of
// those in doubt; if a filter hides any, a row of all; and the labels.
func (p *Histogram) View(s *Styles) []string {
	if !p.Drawn() {
		return pad(nil, p.w, p.h)
	}
	g := newCanvas(p.w, p.h)
	y := p.h - 2
	if p.filtered() && y > 0 {
		p.drawNamed(g, s, y, "all", ofAll, s.dim)
		y--
	}
	if p.h > 6 && p.shown.doubted {
		p.drawNamed(g, s, y, "doubt", ofDoubt, s.doubt)
		y--
	}
	if p.peak[ofShown] > 0 && p.w >= 60 {
		g.put(0, 0, fitLeft(short(p.peak[ofShown]), 5), s.dim)
	}
	p.drawBars(g, s, y+1)
	p.drawLabels(g, s)
	for y := range g {
		if p.sides.cut > 0 {
			g.put(p.sides.cut, y, "┊", s.dim)
		}
		if p.sides.aside > 0 {
			g.put(p.right+1, y, "┊", s.dim)
		}
	}
	return g.rows()
}

func (p *Histogram) filtered() bool { return p.shown.Rows.Len() < p.shown.Len() }

// eighths is the height of a bar where the highest has full eighths of a row.
func eighths(n, peak, full int) int {
	if n == 0 {
		return 0
	}
	return max(1, int((2*int64(n)*int64(full)+int64(peak))/(2*int64(peak))))
}

// drawBar draws a bar of so many eighths upwards from a row.
func (p *Histogram) drawBar(g canvas, b bar, y, height int, style ink) {
	for ; height > 0; y, height = y-1, height-8 {
		g.put(b.x, y, strings.Repeat(string([]rune("▁▂▃▄▅▆▇█")[min(height, 8)-1]), p.ink()), style)
	}
}

// ink is how many cells of a bar are drawn.
func (p *Histogram) ink() int {
	if p.each > 2 {
		return p.each - 1
	}
	return p.each
}

// drawNamed draws one count in a row of its own, which never touches the row above.
func (p *Histogram) drawNamed(g canvas, s *Styles, y int, name string, count int, style ink) {
	if p.w >= 60 {
		g.put(0, y, fitLeft(name, 5), s.dim)
	}
	for _, b := range p.bars {
		p.drawBar(g, b, y, eighths(b.events[count], p.peak[count], 6), style)
	}
}

// drawBars draws what is shown, in the rows from the top. Where nothing is, it
// draws an interval that goes on and, in a single row, what the filter hides.
func (p *Histogram) drawBars(g canvas, s *Styles, rows int) {
	from, to := p.marked()
	for i, b := range p.bars {
		style := s.date
		switch {
		case p.selected.on() && p.selected.has(b):
			style = s.picked
		case p.selected.on():
			style = s.dim
		case from <= b.number && b.number <= to:
			style = s.text
		}
		switch n := b.events[ofShown]; {
		case n > 0:
			p.drawBar(g, b, rows-1, eighths(n, p.peak[ofShown], rows*8), style)
		case b.events[ofAll] > 0 && p.h == 2:
			g.put(b.x, 0, strings.Repeat("·", p.ink()), s.dim)
		case p.goesOn(i):
			g.put(b.x, rows-1, strings.Repeat("_", p.each), s.dim)
		}
	}
}

// goesOn reports whether an interval covers days of a bar.
func (p *Histogram) goesOn(i int) bool {
	from, next := p.bars[i].from, p.end(i)
	in := p.shown.intervals
	n := sort.Search(len(in), func(n int) bool { return in[n].to >= from })
	return n < len(in) && in[n].from < next
}

// end returns the day after the last of a bar in view.
func (p *Histogram) end(i int) edtf.Day {
	d, hour := p.axis.starts(p.bars[i].number + 1)
	if hour > 0 {
		d++
	}
	return d
}

// marked returns the first and the last bar that the date under the cursor
// covers; there is none if the last comes first.
func (p *Histogram) marked() (from, to int) {
	if p.event < 0 || p.shown.Day(p.event) == edtf.Future {
		return 0, -1
	}
	start, end := p.shown.Span(p.event)
	first, last := p.axis.bar(max(start, p.axis.first), 0), p.axis.bar(min(end, max(p.axis.last, p.axis.to)), 23)
	if p.shown.Time(p.event) != "" {
		first = p.axis.bar(start, p.shown.Hour(p.event))
		if start == end {
			last = first
		}
	}
	return first, last
}

// outlier names the time of a bar that stands apart from the axis.
func (p *Histogram) outlier(b bar) string {
	switch {
	case b.from < p.axis.from:
		return apart(b.from, p.axis.from)
	case b.from > p.axis.to:
		return apart(p.axis.last, p.axis.to)
	}
	return ""
}

// cells returns where a bar begins in the row of labels, and where it ends.
func (p *Histogram) cells(b bar) (from, to int) {
	name := p.outlier(b)
	switch {
	case name == "":
		return b.x, b.x + p.ink()
	case b.from < p.axis.from:
		return p.sides.cut - width(name), p.sides.cut
	}
	return p.right + 2, p.right + 2 + width(name)
}

// A label names a bar.
type label struct {
	bar, x int
	text   string
	year   bool
	tick   bool // a line stands before it
}

// drawLabels draws the axis: what the list has in view plain, where the cursor is
// bold, and the cell under its bar in reverse video; or, while time is selected,
// that between brackets.
func (p *Histogram) drawLabels(g canvas, s *Styles) {
	y := p.h - 1
	labels := p.labels()
	for i, l := range labels {
		style := s.dim
		until := p.end(len(p.bars) - 1)
		if i+1 < len(labels) {
			until = p.bars[labels[i+1].bar].from
		}
		from := p.bars[l.bar].from
		here, _ := p.here()
		switch {
		case from <= here && (here < until || here == from):
			style = s.strong
		case l.year && from <= p.seenTo && p.seenFrom < until:
			style = s.strong
		case l.year:
			style = s.year
		case from <= p.seenTo && p.seenFrom < until:
			style = s.text
		}
		if l.tick {
			g.put(l.x-1, y, "│", s.dim)
		}
		g.put(l.x, y, l.text, style)
	}
	first, last := 0, len(p.bars)-1
	if p.outlier(p.bars[0]) != "" {
		first++
	}
	if p.outlier(p.bars[last]) != "" {
		last--
	}
	name := p.axis.named(p.bars[first].from)
	style := s.year
	if p.axis.hours > 1 {
		style = s.strong
	}
	switch {
	case p.w < 60:
		end := p.end(last) - 1
		g.put(p.right+p.sides.aside+1, y, p.axis.named(min(end, p.axis.last)), style)
	case p.sides.cut > 0:
		g.put(p.sides.cut+1, y, name, style)
	default:
		g.put(1, y, name, style)
	}
	before, after := p.beyond()
	if before {
		g.put(0, y, "‹", s.dim)
	}
	if after {
		g.put(p.right, y, "›", s.dim)
	}
	if from, to, ok := p.place(); ok {
		g.restyle(from, to, y, s.cursor)
	}
	from, to := p.brackets()
	g.put(from, y, "[", s.strong)
	g.put(to, y, "]", s.strong)
}

// place returns the cells under the reader's bars, or those that are selected.
func (p *Histogram) place() (from, to int, ok bool) {
	start, end := p.marked()
	in := func(b bar) bool { return start <= b.number && b.number <= end }
	if p.selected.on() {
		in = p.selected.has
	}
	for _, b := range p.bars {
		x, next := p.cells(b)
		switch {
		case in(b) && !ok:
			from, to, ok = x, next, true
		case in(b):
			to = next
		}
	}
	return from, to, ok
}

// brackets returns the cells of the ends of the selection that are in view, or -1.
func (p *Histogram) brackets() (from, to int) {
	x, end, ok := p.place()
	from, to = -1, -1
	if !ok || !p.selected.on() {
		return from, to
	}
	start, last := p.Selected()
	if p.bars[0].from <= start {
		from = x - 1
	}
	if p.end(len(p.bars)-1) > last {
		to = end
	}
	return from, to
}

// labels returns the labels that fit, in order.
func (p *Histogram) labels() []label {
	var all []label
	var later []label // those that give way
	first := 0
	for i, b := range p.bars {
		if name := p.outlier(b); name != "" {
			x, _ := p.cells(b)
			all = append(all, label{bar: i, x: x, text: name, year: true})
			first = i + 1
			continue
		}
		l, rank := p.labelOf(b, i == first && p.w >= 60)
		l.bar, l.x = i, l.x+b.x
		switch {
		case l.text == "":
		case rank == 0:
			all = append(all, l)
		default:
			later = append(later, l)
		}
	}
	for _, l := range later {
		clash := func(o label) bool { return l.x <= o.x+width(o.text) && o.x <= l.x+width(l.text) }
		if !slices.ContainsFunc(all, clash) {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b label) int { return a.x - b.x })
	from, to := p.brackets()
	room := p.w
	if p.w < 60 || p.sides.aside > 0 {
		room = p.right
	}
	return slices.DeleteFunc(all, func(l label) bool {
		end := l.x + width(l.text)
		return end > room && p.outlier(p.bars[l.bar]) == "" || l.x <= from && from < end || l.x <= to && to < end
	})
}

// labelOf returns the label of a bar, if it has one, and whether it gives way to
// others. The first one need not name its year.
func (p *Histogram) labelOf(b bar, first bool) (l label, rank int) {
	c := p.axis.scale
	year, month, d := b.from.Civil()
	name := monthOf(b.from)
	right := func(n, cells int) label { // digits stand under each other
		text := strconv.Itoa(n)
		return label{text: text, x: max(0, min(2, cells)-len(text))}
	}
	slot := max(1, c.parts) * p.each // of a month
	switch {
	case c.hours == 1 && b.hour == 0:
		return label{text: fmt.Sprintf("%d %s", d, name)}, 0
	case c.hours == 1:
		if b.hour%p.step(1, 2, 3, 6, 12) == 0 {
			return right(b.hour, p.each), 1
		}
		return label{}, 0
	case c.hours == 6 && b.hour > 0:
		return label{}, 0
	case c.hours > 0 && d == 1 && !first:
		return label{text: name}, 0
	case c.hours > 0:
		if p.step(1, 5)*c.hours == 24 || c.hours == 6 || d%5 == 0 || d == 1 {
			return right(d, p.each*24/c.hours), 1
		}
		return label{}, 0
	case c.months > 1 || slot < 2:
		return p.yearLabel(b), 0
	case d != 1:
		return label{}, 0
	case month == 1 && !first && slot > width(yearName(year)):
		return label{text: yearName(year), year: true}, 0
	case month == 1 && !first && slot == 4 && year >= 1000 && year <= 9999:
		return label{text: fmt.Sprintf("'%02d", year%100), year: true}, 0
	case slot >= 4:
		return label{text: name}, 0
	}
	return label{text: name[:1], tick: month == 1 && !first && b.x > p.sides.left}, 0
}

// step returns the first of some steps at which labels of two digits fit.
func (p *Histogram) step(steps ...int) int {
	for _, n := range steps {
		if n*p.each > 2 {
			return n
		}
	}
	return steps[len(steps)-1]
}

// yearLabel names years as far apart as fits.
func (p *Histogram) yearLabel(b bar) label {
	c := p.axis.scale
	wide := max(width(p.axis.named(p.axis.from)), width(p.axis.named(p.axis.to)))
	if _, month, _ := b.from.Civil(); month != 1 || p.w >= 60 && b.x < p.sides.left+wide {
		return label{} // the latter would crowd the name at the left
	}
	step, tens := 1, 1
	for k := 0; step*12*p.each < (wide+1)*c.months || step*12%c.months != 0; k++ {
		if step = [...]int{2, 5, 10}[k%3] * tens; k%3 == 2 {
			tens *= 10
		}
	}
	n := c.year(b.from)
	if n <= 0 {
		n = 1 - n
	}
	if n%step != 0 {
		return label{}
	}
	return label{text: p.axis.named(b.from), year: true}
}
