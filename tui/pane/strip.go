package pane

import (
	"fmt"
	"slices"
	"strconv"

	"dateline/timeline/edtf"
)

// A strip lays out an axis in a row of cells: where its bars are, what stands beside
// them, and which labels fit.
type strip struct {
	w     int
	axis  axis
	fit   scale // at which the whole period fits
	each  int   // cells of a bar; of three or more the last is blank
	sides sides
	bars  []bar
	right int // where the bars end, without outliers
}

// A bar counts the events filed under its time.
type bar struct {
	number int
	from   edtf.Day // it ends where the next one begins
	hour   int
	x      int
	events tally
}

// least is the fewest cells of a bar: on wide screens two, for shape rather than
// spikes.
func (p *strip) least() int {
	if p.w >= 160 {
		return 2
	}
	return 1
}

// fitWhole chooses the finest scale at which the whole period fits and takes up
// three quarters of the width, at most two and a half times as coarse as the finest
// that fits, and of months only if that is; if none does, that of these which takes
// up most.
func (p *strip) fitWhole(first, last, from, to edtf.Day, narrowest scale) {
	finest, most := scale{}, 0
	p.fit, p.each = scale{}, 0
	for _, c := range scales() {
		a := c.over(first, last, from, to)
		if c.finer(narrowest) || a.estimate() > 1e6 {
			continue
		}
		if finest != (scale{}) && (c.length() > 2.5*finest.length() || c.months > 1 && finest.months <= 1) {
			return
		}
		widest := 3
		if c.hours > 0 || c.months > 0 && c == narrowest {
			widest = 6
		}
		for each := widest; each >= p.least(); each-- {
			taken, room := a.count()*each, p.beside(a, each).room
			if taken > room {
				continue
			}
			if finest == (scale{}) {
				finest = c
			}
			if taken > most {
				most, p.fit, p.axis, p.each = taken, c, a, each
			}
			if taken*4 >= room*3 {
				return
			}
			break
		}
	}
}

// sides are the cells beside the bars.
type sides struct {
	left, right int
	cut         int // the column between outliers and the axis, or 0
	aside       int // the cells for outliers after the axis, or 0
	free        int // the last cell before the bars without a name in it
	room        int // for the bars
}

// beside lays out what stands beside bars of so many cells: at the left the
// numbers and where the axis begins; on narrow screens only, at the right, where
// it ends.
func (p *strip) beside(a axis, each int) sides {
	name := max(width(a.named(a.from)), width(a.named(a.to)))
	s := sides{left: max(6, name+2), right: 1}
	switch {
	case p.w < 60:
		s.left, s.right = 1, name+2
	case a.scale == daily && each > 2:
		s.left = max(6, name+1) // days have two digits, and the first are of one
	}
	inks := max(2, each)
	if a.cutBefore() {
		s.cut = max(min(s.left, 6)+inks, 1+width(apart(a.first, a.from)))
		if s.left = s.cut + 1; p.w >= 60 {
			s.left += name + 1
		}
	}
	if a.cutAfter() {
		s.aside = 2 + max(1+inks, width(apart(a.last, a.to)))
		s.right += s.aside
	}
	s.free = s.left - 1
	if a.scale == daily && each > 2 && p.w >= 60 {
		s.free = s.left
	}
	s.room = p.w - s.left - s.right
	return s
}

// ink is how many cells of a bar are drawn.
func (p *strip) ink() int {
	if p.each > 2 {
		return p.each - 1
	}
	return p.each
}

// end returns the day after the last of a bar in view.
func (p *strip) end(i int) edtf.Day {
	d, hour := p.axis.starts(p.bars[i].number + 1)
	if hour > 0 {
		d++
	}
	return d
}

// outlier names the time of a bar that stands apart from the axis.
func (p *strip) outlier(b bar) string {
	switch {
	case b.from < p.axis.from:
		return apart(b.from, p.axis.from)
	case b.from > p.axis.to:
		return apart(p.axis.last, p.axis.to)
	}
	return ""
}

// cells returns where a bar begins in the row of labels, and where it ends.
func (p *strip) cells(b bar) (from, to int) {
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

func (l label) covers(x int) bool { return l.x <= x && x < l.x+width(l.text) }

// name is the label of the whole strip: where it begins or, on narrow screens, ends.
func (p *strip) name() label {
	first, last := 0, len(p.bars)-1
	if p.outlier(p.bars[0]) != "" {
		first++
	}
	if p.outlier(p.bars[last]) != "" {
		last--
	}
	if p.w < 60 {
		return label{bar: last, x: p.right + p.sides.aside + 1, text: p.axis.named(min(p.end(last)-1, p.axis.last)), year: true}
	}
	return label{bar: first, x: 1 + p.sides.cut, text: p.axis.named(p.bars[first].from), year: true}
}

// labels returns the labels that fit, in order.
func (p *strip) labels() []label {
	all := []label{p.name()}
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
	room := p.w
	if p.w < 60 || p.sides.aside > 0 {
		room = p.right
	}
	return slices.DeleteFunc(all, func(l label) bool {
		return l.x+width(l.text) > room && l.x < p.right
	})
}

// labelOf returns the label of a bar, if it has one, and whether it gives way to
// others. The first one need not name its year.
func (p *strip) labelOf(b bar, first bool) (l label, rank int) {
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
func (p *strip) step(steps ...int) int {
	for _, n := range steps {
		if n*p.each > 2 {
			return n
		}
	}
	return steps[len(steps)-1]
}

// yearLabel names years as far apart as fits.
func (p *strip) yearLabel(b bar) label {
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
