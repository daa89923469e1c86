package pane

import (
	"fmt"
	"math"
	"sort"
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
	h     int
	strip

	zoom scale // asked for; used where it is finer than fit
	peak tally

	seenFrom, seenTo edtf.Day // what the list has in view
	selected         timeRange
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
	c, ok := p.axis.in(p.shown.finest())
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

// A Zoom is what a histogram was asked to draw, for Rezoom to ask for again.
type Zoom struct{ scale }

func (p *Histogram) Zoom() Zoom    { return Zoom{p.zoom} }
func (p *Histogram) Rezoom(z Zoom) { p.zoom = z.scale; p.count() }

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
	p.fitWhole(first, last, from, to, p.shown.finest())
	if p.each == 0 {
		return // no room
	}
	switch {
	case p.selected.on():
		p.selected.axis.first, p.selected.axis.last = first, last
		p.axis = p.selected.drawn.over(first, last, p.selected.axis.from, p.selected.axis.to)
	case p.zoom.finer(p.fit) && p.zoom != scale{} && !p.zoom.finer(p.shown.finest()):
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

// DaysAt returns the first and the last day of the bar that is drawn in a column.
func (p *Histogram) DaysAt(x int) (from, to edtf.Day, ok bool) {
	for i, b := range p.bars {
		if left, right := p.cells(b); left <= x && x < right || b.x <= x && x < b.x+p.each {
			return b.from, max(b.from, p.end(i)-1), true
		}
	}
	return 0, 0, false
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
	if p.peak[ofShown] > 0 && p.w >= 60 && !p.shown.unchecked {
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

func (p *Histogram) filtered() bool { return p.shown.Hidden() > 0 }

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
		const glyphs, size = "▁▂▃▄▅▆▇█", len("█")
		k := min(height, 8) - 1
		g.put(b.x, y, strings.Repeat(glyphs[k*size:(k+1)*size], p.ink()), style)
	}
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

// drawLabels draws the axis: what the list has in view plain, where the cursor is
// bold, and the cell under its bar in reverse video; or, while time is selected,
// that between brackets.
func (p *Histogram) drawLabels(g canvas, s *Styles) {
	y := p.h - 1
	here, _ := p.here()
	start, end := p.brackets()
	labels := p.labels()
	for i, l := range labels {
		from, until := p.bars[l.bar].from, p.end(len(p.bars)-1)
		if i+1 < len(labels) && labels[i+1] != p.name() {
			until = p.bars[labels[i+1].bar].from
		}
		seen := from <= p.seenTo && p.seenFrom < until
		style := s.dim
		switch {
		case from <= here && (here < until || here == from), l.year && seen:
			style = s.strong
		case l.year:
			style = s.year
		case seen:
			style = s.text
		}
		if l.tick {
			g.put(l.x-1, y, "│", s.dim)
		}
		if !l.covers(start) && !l.covers(end) {
			g.put(l.x, y, l.text, style)
		}
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
	g.put(start, y, "[", s.strong)
	g.put(end, y, "]", s.strong)
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
		if from = x - 1; x == p.sides.left {
			from = p.sides.free
		}
	}
	if p.end(len(p.bars)-1) > last {
		to = end
	}
	return from, to
}
