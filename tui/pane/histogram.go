package pane

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Histogram has a bar for each bin of time, as high as its number of events. It
// shows the whole period or, zoomed in, a window of it around the cursor. Events
// that the filter hides are drawn pale, so that a filter never looks like
// silence.
type Histogram struct {
	shown *Shown
	event int // under the cursor, or -1
	w, h  int

	zoom    binWidth // asked for; used where it is narrower than fit
	fit     binWidth // at which the whole period fits
	width   binWidth // of the bins in view
	first   int      // the number of the first of them
	bins    []bin
	columns int  // for the bars
	each    int  // columns of a bin
	peak    int  // the most events in a bin in view
	before  bool // the period goes on at the left
	after   bool // and at the right

	selected timeRange
}

// A bin counts the events filed under its days.
type bin struct {
	from       edtf.Day // it ends where the next one begins
	shown, all int
}

// Show hands the histogram other events, and the one under the cursor.
func (p *Histogram) Show(s *Shown, event int) { p.shown, p.event = s, event; p.count() }

func (p *Histogram) Resize(w, h int) { p.w, p.h = w, h; p.count() }

// Follow marks the event that the cursor has moved to.
func (p *Histogram) Follow(event int) { p.event = event; p.scroll() }

// Drawn reports whether there is anything to see.
func (p *Histogram) Drawn() bool { return len(p.bins) > 0 }

// BarWidth names how much time a bar covers.
func (p *Histogram) BarWidth() string { return p.width.String() }

// ZoomIn makes the bars narrower, if they can be.
func (p *Histogram) ZoomIn() (ok bool) {
	w, ok := p.width.in()
	if ok {
		p.zoom = w
		p.count()
	}
	return ok
}

// ZoomOut makes the bars wider, if the whole period is not in view already.
func (p *Histogram) ZoomOut() (ok bool) {
	if p.width == p.fit {
		return false
	}
	p.zoom, _ = p.width.out()
	if !p.zoom.narrower(p.fit) {
		p.zoom = binWidth{}
	}
	p.count()
	return true
}

// ZoomTo asks for bars of a named width, or for the whole period.
func (p *Histogram) ZoomTo(name string) { p.zoom = zoomNamed(name); p.count() }

// Zoomed is the name of the bars' width, unless the whole period is in view.
func (p *Histogram) Zoomed() string {
	switch {
	case !p.Drawn():
		return p.zoom.name()
	case p.width == p.fit:
		return ""
	}
	return p.width.name()
}

// legendWidth is the room for the legend.
func (p *Histogram) legendWidth() int {
	switch {
	case p.w >= 72:
		return 24
	case p.w >= 60:
		return 10
	}
	return 0
}

// room is the columns that labels of some width leave for bars.
func (p *Histogram) room(labels int) int { return p.w - labels - 4 - p.legendWidth() }

// count fills the bins: the narrowest that all fit, or a window of others. The
// work grows with the columns and hardly with the events.
func (p *Histogram) count() {
	p.bins, p.before, p.after = nil, false, false
	if p.shown == nil {
		return
	}
	first, last, ok := p.shown.Period()
	p.width = p.fit // for the labels
	room := p.room(width(p.label(first)) + width(p.label(last)))
	if !ok || room < 4 || p.h == 0 {
		return
	}
	p.fit = narrowest(first, last, room)
	p.width = p.fit
	switch {
	case p.selected.on():
		p.width = p.selected.width
	case p.zoom.narrower(p.fit) && p.zoom != binWidth{}:
		p.width = p.zoom
	}
	if p.width != p.fit {
		label := max(width(p.label(first)), width(p.label(last)), len("2024-06"))
		room = max(4, p.room(2*label))
	}
	p.columns = room
	p.fill()
}

// fill counts the bins in view.
func (p *Histogram) fill() {
	first, last, _ := p.shown.Period()
	p.first = p.window()
	end := min(p.width.number(last), p.first+p.columns-1)
	p.before, p.after = p.first > p.width.number(first), end < p.width.number(last)
	p.bins, p.peak = p.bins[:0], 0
	from := p.width.begin(p.first)
	a := p.shown.From(from)
	for n := p.first; n <= end; n++ {
		next := p.width.begin(n + 1)
		b := p.shown.From(next)
		p.bins = append(p.bins, bin{from: from, all: b - a, shown: p.shown.Rows.Rank(b) - p.shown.Rows.Rank(a)})
		p.peak = max(p.peak, b-a)
		from, a = next, b
	}
	p.each = max(1, p.columns/len(p.bins))
}

// scroll moves the window to the reader's bin.
func (p *Histogram) scroll() {
	if (p.before || p.after) && p.window() != p.first {
		p.fill()
	}
}

// window returns the first bin in view. Where not all are, it moves by half its
// width at a time, so that the reader's bin has a quarter of it on either side.
func (p *Histogram) window() int {
	first, last, _ := p.shown.Period()
	least, most := p.width.number(first), p.width.number(last)
	if most-least < p.columns {
		return least
	}
	half := p.columns / 2
	from := (p.here() - least - p.columns/4) / half * half
	return least + max(0, min(from, most-least+1-p.columns))
}

// here returns the reader's bin.
func (p *Histogram) here() int {
	first, last, _ := p.shown.Period()
	switch {
	case p.selected.on():
		return p.selected.end
	case p.event < 0:
		return p.width.number(first)
	}
	return p.width.number(max(first, min(p.shown.Day(p.event), last)))
}

// A timeRange is bins being selected, from the one it began with to its moving
// end. The zero timeRange selects none.
type timeRange struct {
	width      binWidth // kept while selecting
	begun, end int
}

func (r timeRange) on() bool { return r.width != binWidth{} }

func (r timeRange) has(bin int) bool {
	return r.on() && min(r.begun, r.end) <= bin && bin <= max(r.begun, r.end)
}

// Select begins to select time, with the reader's bin.
func (p *Histogram) Select() {
	at := p.here()
	p.selected = timeRange{p.width, at, at}
}

// SelectFrom begins to select time with the bin of a day.
func (p *Histogram) SelectFrom(day edtf.Day) {
	p.Select()
	p.selected.begun = p.width.number(day)
}

// Selecting reports whether time is being selected.
func (p *Histogram) Selecting() bool { return p.selected.on() }

// Unselect selects nothing.
func (p *Histogram) Unselect() { p.selected = timeRange{}; p.count() }

// Selected returns the first and the last day selected.
func (p *Histogram) Selected() (from, to edtf.Day) {
	r := p.selected
	return r.width.begin(min(r.begun, r.end)), r.width.begin(max(r.begun, r.end)+1) - 1
}

// Period returns these days in EDTF, as finely as the bins tell them apart.
func (p *Histogram) Period() (since, until string) {
	from, to := p.Selected()
	precision := p.selected.width.precision()
	return from.Spell(precision), to.Spell(precision)
}

// Extend moves the selection's end by so many bins, no further than the period.
func (p *Histogram) Extend(bins int) { p.extendTo(p.selected.end + bins) }

// ExtendFar moves the end to the last bin, or to the first.
func (p *Histogram) ExtendFar(forward bool) { p.extendTo(far(forward, math.MaxInt)) }

// ExtendMonth moves the end to the end of its month, then of the next; or to the
// beginning, then of the month before.
func (p *Histogram) ExtendMonth(forward bool) {
	r := p.selected
	if forward {
		year, month, _ := r.width.begin(r.end + 1).Civil()
		p.extendTo(r.width.number(edtf.DayOf(year, month+1, 0)))
		return
	}
	year, month, _ := (r.width.begin(r.end) - 1).Civil()
	p.extendTo(r.width.number(edtf.DayOf(year, month, 1)))
}

func (p *Histogram) extendTo(end int) { p.moveEnd(end); p.scroll() }

// Drag moves the end to the bin of a day, under the pointer, and does not scroll.
func (p *Histogram) Drag(day edtf.Day) { p.moveEnd(p.width.number(day)) }

func (p *Histogram) moveEnd(end int) {
	if first, last, ok := p.shown.Period(); ok {
		w := p.selected.width
		p.selected.end = max(w.number(first), min(end, w.number(last)))
	}
}

func (p *Histogram) View(s *Styles) []string {
	if !p.Drawn() {
		return pad(nil, p.w, p.h)
	}
	from, to := p.edges()
	var lines []string
	for level := p.h - 1; level >= 0; level-- {
		left, right := strings.Repeat(" ", width(from)), ""
		legend := ""
		switch {
		case level == 1:
			legend = "shown █  hidden ░"
		case p.w >= 72:
			legend = fmt.Sprintf("bar %s, peak %s", p.width, text.Grouped(p.peak))
		case p.w >= 60:
			legend = "peak " + text.Grouped(p.peak)
		}
		if level == 0 {
			left, right = from, to
		}
		spans := append([]span{{left, s.dim}}, p.level(s, level)...)
		lines = append(lines, between(p.w, append(spans, span{right, s.dim}), []span{{legend, s.dim}}))
	}
	return lines
}

// edges returns the labels beside the bars: the days at the ends of the view, and
// whether there are more beyond.
func (p *Histogram) edges() (from, to string) {
	first, last, _ := p.shown.Period()
	first = max(first, p.bins[0].from)
	last = min(last, p.width.begin(p.first+len(p.bins))-1)
	before, after := " ", " "
	if p.before {
		before = "‹"
	}
	if p.after {
		after = "›"
	}
	return before + p.label(first) + " ", " " + p.label(last) + after
}

// DayAt returns the first day of the bin that is drawn in a column.
func (p *Histogram) DayAt(x int) (day edtf.Day, ok bool) {
	if !p.Drawn() {
		return 0, false
	}
	from, _ := p.edges()
	n := x - width(from)
	if n < 0 || n/p.each >= len(p.bins) {
		return 0, false
	}
	return p.bins[n/p.each].from, true
}

func (p *Histogram) label(d edtf.Day) string {
	year, month, _ := d.Civil()
	switch {
	case year <= 0:
		return fmt.Sprintf("%d BC", 1-year)
	case year > 9999:
		return fmt.Sprint(year)
	case p.width != p.fit && p.width.days > 0 && p.w >= 60:
		return d.String()
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

// level draws one row of the bars, with the cursor's marked.
func (p *Histogram) level(s *Styles, level int) []span {
	var spans []span
	from, to := p.marked()
	for i := range p.bins {
		glyph, style := p.cell(s, i, level, from <= p.first+i && p.first+i <= to)
		glyph = strings.Repeat(glyph, p.each)
		if n := len(spans) - 1; n >= 0 && spans[n].style == style {
			spans[n].text += glyph
			continue
		}
		spans = append(spans, span{glyph, style})
	}
	return spans
}

// marked returns the first and the last bin that the date under the cursor
// covers; there is none if the last comes first.
func (p *Histogram) marked() (from, to int) {
	if p.event < 0 || p.shown.Day(p.event) == edtf.Future {
		return 0, -1
	}
	first, last, _ := p.shown.Period()
	start, end := p.shown.Span(p.event)
	return p.width.number(max(first, start)), p.width.number(min(last, end))
}

// cell draws one cell of a bin. Where nothing begins it draws an interval that
// goes on, or the time in which the event under the cursor may have been.
func (p *Histogram) cell(s *Styles, i, level int, marked bool) (string, ink) {
	b := p.bins[i]
	glyph, style := p.glyph(b, level), s.text
	if b.all == 0 && level == 0 {
		switch {
		case marked && !p.shown.Event(p.event).Date.Interval():
			glyph = "?"
		case marked || p.goesOn(i):
			glyph = "═"
		}
	}
	switch {
	case p.selected.has(p.first + i):
		style = s.picked
	case marked:
		style = s.here
	case glyph == "░" || glyph == "═":
		style = s.dim
	}
	return glyph, style
}

// goesOn reports whether an interval covers days of a bin.
func (p *Histogram) goesOn(i int) bool {
	from, next := p.bins[i].from, p.width.begin(p.first+i+1)
	in := p.shown.intervals
	n := sort.Search(len(in), func(n int) bool { return in[n].to >= from })
	return n < len(in) && in[n].from < next
}

// glyph draws one cell of a bar. A bin that shows events has at least the lowest
// bar. A bin with hidden events only is pale, and so is the part of a bar above
// those shown.
func (p *Histogram) glyph(b bin, level int) string {
	const bars = " ▁▂▃▄▅▆▇█"
	eighths := func(n int) int {
		if n == 0 {
			return 0
		}
		return max(1, n*p.h*8/p.peak)
	}
	shown := eighths(b.shown) - level*8
	if shown > 0 {
		return string([]rune(bars)[min(shown, 8)])
	}
	if eighths(b.all)-level*8 > 0 && (b.shown == 0 || eighths(b.all)-level*8 >= 4) {
		return "░"
	}
	return " "
}
