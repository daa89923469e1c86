package pane

import (
	"fmt"
	"math"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Histogram has a bar for each step of time, as high as the number of events
// shown there. It covers the whole period or, zoomed in, whole months around the
// cursor. What a filter hides has a pale row of its own, so that a filter never
// looks like silence: neither the axis nor the number of rows depends on it.
type Histogram struct {
	shown *Shown
	event int // under the cursor, or -1
	w, h  int

	zoom  scale // asked for; used where it is finer than fit
	fit   scale // at which the whole period fits
	axis  axis
	each  int // cells of a bar; of three or more the last is blank
	bars  []bar
	peak  tally
	sides sides
	right int // where the bars end, without outliers

	seenFrom, seenTo edtf.Day // what the list has in view
	selected         timeRange
}

// A bar counts the events filed under its time.
type bar struct {
	number int
	from   edtf.Day // it ends where the next one begins
	hour   int
	x      int
	events tally
}

// Show hands the histogram other events, and the one under the cursor.
func (p *Histogram) Show(s *Shown, event int) { p.shown, p.event = s, event; p.count() }

func (p *Histogram) Resize(w, h int) { p.w, p.h = w, h; p.count() }

// Follow marks the event that the cursor has moved to.
func (p *Histogram) Follow(event int) { p.event = event; p.scroll() }

// InView says which days the list has in view.
func (p *Histogram) InView(from, to edtf.Day) { p.seenFrom, p.seenTo = from, to }

// Drawn reports whether there is anything to see.
func (p *Histogram) Drawn() bool { return len(p.bars) > 0 }

// BarWidth names how much time a bar covers.
func (p *Histogram) BarWidth() string { return p.axis.scale.String() }

// Beyond says what lies outside of the window, or apart from the axis.
func (p *Histogram) Beyond() string {
	if !p.Drawn() {
		return ""
	}
	if before, after := p.beyond(); before || after {
		from, to := p.at(p.bars[0].number)[ofShown], p.at(p.bars[len(p.bars)-1].number + 1)[ofShown]
		return fmt.Sprintf("%s before, %s after", text.Grouped(from), text.Grouped(p.shown.Dated()-to))
	}
	var apart []string
	total := 0
	for _, b := range p.bars {
		if p.outlier(b) == "" {
			continue
		}
		total += b.events[ofAll]
		where, d, out := "before", p.axis.from, p.axis.first
		if b.from > d {
			where, d, out = "after", p.axis.to, p.axis.last
		}
		when := yearName(yearOf(d))
		if yearOf(d) == yearOf(out) {
			when = daily.named(d)
		}
		n := text.Grouped(b.events[ofAll])
		if len(apart) == 0 {
			n = text.Counted(b.events[ofAll], "event")
		}
		apart = append(apart, fmt.Sprintf("%s %s %s", n, where, when))
	}
	if total == 0 {
		return ""
	}
	verb := " stand apart"
	if total == 1 {
		verb = " stands apart"
	}
	if p.w >= 60 {
		verb += ": the axis is cut"
	}
	return strings.Join(apart, " and ") + verb
}

// at counts the events before a bar.
func (p *Histogram) at(number int) tally { return p.shown.before(p.axis.starts(number)) }

// beyond reports whether there is more on either side of the window.
func (p *Histogram) beyond() (before, after bool) {
	n := len(p.bars)
	return p.bars[0].number > p.axis.bar(p.axis.first, 0), p.bars[n-1].number < p.axis.bar(p.axis.last, 23)
}

// ZoomIn makes the bars finer, if they can be.
func (p *Histogram) ZoomIn() (ok bool) {
	c, ok := p.axis.in(p.timed())
	if ok {
		p.zoom = c
		p.count()
	}
	return ok
}

// ZoomOut makes the bars coarser, if the whole period is not in view already.
func (p *Histogram) ZoomOut() (ok bool) {
	if p.axis.scale == p.fit {
		return false
	}
	p.zoom, _ = p.axis.out()
	if !p.zoom.finer(p.fit) {
		p.zoom = scale{}
	}
	p.count()
	return true
}

// ZoomTo asks for bars of a named scale, or for the whole period.
func (p *Histogram) ZoomTo(name string) { p.zoom = zoomNamed(name); p.count() }

// Zoomed is the name of the scale, unless the whole period is in view.
func (p *Histogram) Zoomed() string {
	switch {
	case !p.Drawn():
		return p.zoom.name()
	case p.axis.scale == p.fit:
		return ""
	}
	return p.axis.name()
}

// timed reports whether bars may be hours.
func (p *Histogram) timed() bool { return p.shown.hours[ofAll] != nil }

// count lays out the axis and counts the bars: at the scale at which all fit, or
// in a window of others. The work grows with the cells and hardly with the events.
func (p *Histogram) count() {
	p.bars = nil
	if p.shown == nil || p.h < 2 {
		return
	}
	first, last, ok := p.shown.Period()
	if !ok {
		return
	}
	from, to := p.shown.outliers()
	p.fitWhole(first, last, from, to)
	if p.each == 0 {
		return // no room
	}
	switch {
	case p.selected.on():
		p.selected.axis.first, p.selected.axis.last = first, last
		p.axis = p.selected.drawn.over(first, last, p.selected.axis.from, p.selected.axis.to)
	case p.zoom.finer(p.fit) && p.zoom != scale{} && (p.timed() || p.zoom.hours != 1):
		p.axis = p.zoom.over(first, last, first, last)
	}
	if p.axis.scale != p.fit {
		p.each = p.least()
		for p.axis.hours > 0 && p.each < 3 && p.beside(p.axis, p.each+1).room >= (p.each+1)*p.axis.inUnit() {
			p.each++
		}
	}
	p.fill()
}

// least is the fewest cells of a bar: on wide screens two, for shape rather than
// spikes.
func (p *Histogram) least() int {
	if p.w >= 160 {
		return 2
	}
	return 1
}

// fitWhole chooses the finest scale at which the whole period fits and takes up
// three quarters of the width, at most two and a half times as coarse as the finest
// that fits, and of months only if that is; if none does, that of these which takes
// up most.
func (p *Histogram) fitWhole(first, last, from, to edtf.Day) {
	finest, most := scale{}, 0
	p.fit, p.each = scale{}, 0
	for _, c := range scales() {
		a := c.over(first, last, from, to)
		if c.hours > 0 && c != daily && !p.timed() || a.estimate() > 1e6 {
			continue
		}
		if finest != (scale{}) && (c.length() > 2.5*finest.length() || c.months > 1 && finest.months <= 1) {
			return
		}
		widest := 3
		if c.hours > 0 {
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
	room        int // for the bars
}

// beside lays out what stands beside bars of so many cells: at the left the
// numbers and where the axis begins; on narrow screens only, at the right, where
// it ends.
func (p *Histogram) beside(a axis, each int) sides {
	name := max(width(a.named(a.from)), width(a.named(a.to)))
	s := sides{left: max(6, name+2), right: 1}
	if a.scale == daily && each > 2 {
		s.left = max(6, name+1) // the first cell is blank
	}
	if p.w < 60 {
		s.left, s.right = 1, name+2
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
	s.room = p.w - s.left - s.right
	return s
}

// fill lays out the bars in view and counts them.
func (p *Histogram) fill() {
	p.bars, p.peak, p.sides = p.bars[:0], tally{}, p.beside(p.axis, p.each)
	from, to := p.window()
	first, last := p.axis.ends()
	first, last = max(from, first), min(to, last)
	p.right = p.sides.left + (last-first+1)*p.each
	next := p.at(from)
	for n := from; n <= to; n++ {
		b := bar{number: n, x: p.sides.left + (n-first)*p.each}
		switch {
		case n < first:
			b.x = p.sides.cut - max(2, p.each)
		case n > last:
			b.x = p.right + 3
		}
		b.from, b.hour = p.axis.starts(n)
		before := next
		next = p.at(n + 1)
		for k := range b.events {
			b.events[k] = next[k] - before[k]
			p.peak[k] = max(p.peak[k], b.events[k])
		}
		p.bars = append(p.bars, b)
	}
}

// window returns the first bar in view and the last. Where not all are, it shows
// whole units, and moves by half its width at a time, so that the reader's bar has
// a quarter of it on either side.
func (p *Histogram) window() (from, to int) {
	a, unit := p.axis, p.axis.unit()
	n := p.sides.room / p.each / a.inUnit()
	if n == 0 { // no unit fits
		unit, n = a.scale, max(1, p.sides.room/p.each)
	}
	least, most := unit.number(a.from, 0), unit.number(a.to, 23)
	if a.count()*p.each <= p.sides.room {
		from, to = a.ends()
		if a.cutBefore() {
			from--
		}
		if a.cutAfter() {
			to++
		}
		return from, to
	}
	half := max(1, n/2)
	d, hour := p.here()
	start := (unit.number(max(a.from, min(d, a.to)), hour) - least - (n+1)/4) / half * half
	start = least + max(0, min(start, most-least+1-n))
	return a.number(unit.begin(start)), a.number(unit.begin(start+n)) - 1
}

// scroll moves the window to the reader's bar.
func (p *Histogram) scroll() {
	if !p.Drawn() {
		return
	}
	if from, _ := p.window(); from != p.bars[0].number {
		p.fill()
	}
}

// here returns the reader's time.
func (p *Histogram) here() (d edtf.Day, hour int) {
	first, last, _ := p.shown.Period()
	switch {
	case p.selected.on():
		return p.selected.axis.starts(p.selected.end)
	case p.event < 0:
		return first, 0
	}
	return max(first, min(p.shown.Day(p.event), last)), p.shown.Hour(p.event)
}

// A timeRange is bars being selected, from the one it began with to its moving
// end. The zero timeRange selects none.
type timeRange struct {
	axis       axis  // on which its bars are numbered; kept while selecting
	drawn      scale // finer than the axis if bars are hours: it selects days
	begun, end int
}

func (r timeRange) on() bool { return r.axis.scale != scale{} }

func (r timeRange) has(b bar) bool {
	n := r.axis.bar(b.from, b.hour)
	return min(r.begun, r.end) <= n && n <= max(r.begun, r.end)
}

// Select begins to select time, with the reader's bar.
func (p *Histogram) Select() {
	r := timeRange{axis: p.axis, drawn: p.axis.scale}
	if r.drawn.hours > 0 {
		r.axis.scale = daily
	}
	r.begun = r.axis.bar(p.here())
	r.end = r.begun
	p.selected = r
}

// SelectFrom begins to select time with the bar of a day.
func (p *Histogram) SelectFrom(d edtf.Day) {
	p.Select()
	p.selected.begun = p.selected.axis.bar(d, 0)
}

// Selecting reports whether time is being selected.
func (p *Histogram) Selecting() bool { return p.selected.on() }

// Unselect selects nothing.
func (p *Histogram) Unselect() { p.selected = timeRange{}; p.count() }

// Selected returns the first and the last day selected.
func (p *Histogram) Selected() (from, to edtf.Day) {
	r := p.selected
	from, _ = r.axis.starts(min(r.begun, r.end))
	to, _ = r.axis.starts(max(r.begun, r.end) + 1)
	return from, to - 1
}

// Period returns these days in EDTF: as months or years if they are whole.
func (p *Histogram) Period() (since, until string) {
	from, to := p.Selected()
	precision := edtf.ToDay
	_, month, first := from.Civil()
	if _, next, day := (to + 1).Civil(); first == 1 && day == 1 {
		precision = edtf.ToMonth
		if month == 1 && next == 1 {
			precision = edtf.ToYear
		}
	}
	return from.Spell(precision), to.Spell(precision)
}

// PeriodWords names these days for people.
func (p *Histogram) PeriodWords() string {
	since, until := p.Period()
	spelled := since
	if until != since {
		spelled += "/" + until
	}
	d, err := edtf.Parse(spelled)
	if err != nil {
		return spelled
	}
	return d.Words()
}

// Extend moves the selection's end by so many bars, no further than the period.
func (p *Histogram) Extend(bars int) { p.extendTo(p.selected.end + bars) }

// ExtendFar moves the end to the last bar, or to the first.
func (p *Histogram) ExtendFar(forward bool) { p.extendTo(far(forward, math.MaxInt)) }

// ExtendMonth moves the end to the end of its month, then of the next; or to the
// beginning, then of the month before.
func (p *Histogram) ExtendMonth(forward bool) {
	r := p.selected
	if forward {
		next, _ := r.axis.starts(r.end + 1)
		year, month, _ := next.Civil()
		p.extendTo(r.axis.bar(edtf.DayOf(year, month+1, 0), 0))
		return
	}
	start, _ := r.axis.starts(r.end)
	year, month, _ := (start - 1).Civil()
	p.extendTo(r.axis.bar(edtf.DayOf(year, month, 1), 0))
}

// SwapEnds makes the other end the one that moves.
func (p *Histogram) SwapEnds() {
	p.selected.begun, p.selected.end = p.selected.end, p.selected.begun
	p.scroll()
}

func (p *Histogram) extendTo(end int) { p.moveEnd(end); p.scroll() }

// Drag moves the end to the bar of a day, under the pointer, and does not scroll.
func (p *Histogram) Drag(d edtf.Day) { p.moveEnd(p.selected.axis.bar(d, 0)) }

func (p *Histogram) moveEnd(end int) {
	if _, _, ok := p.shown.Period(); ok {
		p.selected.end = p.selected.axis.limit(end)
	}
}

// DayAt returns the first day of the bar that is drawn in a column.
func (p *Histogram) DayAt(x int) (d edtf.Day, ok bool) {
	for _, b := range p.bars {
		if from, to := p.cells(b); from <= x && x < to || b.x <= x && x < b.x+p.each {
			return b.from, true
		}
	}
	return 0, false
}
