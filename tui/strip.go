package tui

import (
	"fmt"
	"sort"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A strip is a histogram: a bar for each bucket of time, as high as it has
// events. It shows the whole period or, zoomed in, a window of it around the
// cursor. What the filter hid is drawn pale, so that a filter never looks like
// silence.
type strip struct {
	t         *timeline.Timeline
	rows      timeline.Selection
	stretches []stretch
	event     int // under the cursor, or -1
	w, h      int

	zoom    step // asked for; used where it is narrower than what fits
	fit     step // of which the whole period fits
	step    step // of the buckets in view
	first   int  // the number of the first of them
	buckets []bucket
	columns int  // that the bars have
	each    int  // columns a bucket takes
	peak    int  // the most events that a bucket in view has
	before  bool // there is more of the period on the left
	after   bool // and on the right

	selecting selecting
}

// A bucket counts the events filed under its days.
type bucket struct {
	from       edtf.Day // it ends where the next one begins
	shown, all int
}

// set changes what is shown, and which event the cursor is on.
func (p *strip) set(rows timeline.Selection, stretches []stretch, event int) {
	p.rows, p.stretches, p.event = rows, stretches, event
	p.count()
}

func (p *strip) resize(w, h int) { p.w, p.h = w, h; p.count() }

// follow marks the event that the cursor is on now.
func (p *strip) follow(event int) {
	p.event = event
	p.scroll()
}

// drawn reports whether there is anything to see.
func (p *strip) drawn() bool { return len(p.buckets) > 0 }

// zoomIn makes the buckets narrower, if they can be.
func (p *strip) zoomIn() (ok bool) {
	s, ok := p.step.in()
	if ok {
		p.zoom = s
		p.count()
	}
	return ok
}

// zoomOut makes the buckets wider, if the whole period is not shown already.
func (p *strip) zoomOut() (ok bool) {
	if p.step == p.fit {
		return false
	}
	p.zoom, _ = p.step.out()
	if !p.zoom.narrower(p.fit) {
		p.zoom = step{}
	}
	p.count()
	return true
}

// zoomTo asks for buckets of a step, or for the whole period.
func (p *strip) zoomTo(s step) {
	p.zoom = s
	p.count()
}

// zoomed is the step asked for, if it is not that of the whole period.
func (p *strip) zoomed() step {
	switch {
	case !p.drawn():
		return p.zoom
	case p.step == p.fit:
		return step{}
	}
	return p.step
}

// legendWidth is the room for what a column is.
func (p *strip) legendWidth() int {
	switch {
	case p.w >= 72:
		return 24
	case p.w >= 60:
		return 10
	}
	return 0
}

// room is the columns that labels of some width leave for bars.
func (p *strip) room(labels int) int { return p.w - labels - 4 - p.legendWidth() }

// count fills the buckets: the narrowest that all fit, or a window of others.
// What it does grows with the columns and hardly with the events.
func (p *strip) count() {
	p.buckets, p.before, p.after = nil, false, false
	first, last, ok := p.t.Period()
	p.step = p.fit // for what the labels say
	room := p.room(width(p.label(first)) + width(p.label(last)))
	if !ok || room < 4 || p.h == 0 {
		return
	}
	p.fit = narrowest(first, last, room)
	p.step = p.fit
	switch {
	case p.selecting.on():
		p.step = p.selecting.step
	case p.zoom.narrower(p.fit) && p.zoom != step{}:
		p.step = p.zoom
	}
	if p.step != p.fit {
		label := max(width(p.label(first)), width(p.label(last)), len("2024-06"))
		room = max(4, p.room(2*label))
	}
	p.columns = room
	p.fill()
}

// fill counts the buckets in view.
func (p *strip) fill() {
	first, last, _ := p.t.Period()
	p.first = p.window()
	end := min(p.step.number(last), p.first+p.columns-1)
	p.before, p.after = p.first > p.step.number(first), end < p.step.number(last)
	p.buckets, p.peak = p.buckets[:0], 0
	from := p.step.begin(p.first)
	a := p.t.From(from)
	for n := p.first; n <= end; n++ {
		next := p.step.begin(n + 1)
		b := p.t.From(next)
		p.buckets = append(p.buckets, bucket{from: from, all: b - a, shown: p.rows.Rank(b) - p.rows.Rank(a)})
		p.peak = max(p.peak, b-a)
		from, a = next, b
	}
	p.each = max(1, p.columns/len(p.buckets))
}

// scroll moves the window to where the reader is.
func (p *strip) scroll() {
	if (p.before || p.after) && p.window() != p.first {
		p.fill()
	}
}

// window returns the first bucket in view. Where not all are, it goes by half
// its width at a time, so that the one at hand has a quarter of it on either
// side.
func (p *strip) window() int {
	first, last, _ := p.t.Period()
	least, most := p.step.number(first), p.step.number(last)
	if most-least < p.columns {
		return least
	}
	half := p.columns / 2
	from := (p.here() - least - p.columns/4) / half * half
	return least + max(0, min(from, most-least+1-p.columns))
}

// here returns the bucket that the reader is at.
func (p *strip) here() int {
	first, last, _ := p.t.Period()
	switch {
	case p.selecting.on():
		return p.selecting.end
	case p.event < 0:
		return p.step.number(first)
	}
	return p.step.number(max(first, min(p.t.Day(p.event), last)))
}

// view draws the strip in exactly its size.
func (p *strip) view(s *styles) []string {
	if !p.drawn() {
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
			legend = fmt.Sprintf("bar %s, peak %s", p.step, text.Grouped(p.peak))
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

// edges returns what stands before the bars and after them: which days are in
// view, and whether there are more.
func (p *strip) edges() (from, to string) {
	first, last, _ := p.t.Period()
	first = max(first, p.buckets[0].from)
	last = min(last, p.step.begin(p.first+len(p.buckets))-1)
	before, after := " ", " "
	if p.before {
		before = "‹"
	}
	if p.after {
		after = "›"
	}
	return before + p.label(first) + " ", " " + p.label(last) + after
}

// dayAt returns the first day of the bucket that is drawn in a column.
func (p *strip) dayAt(x int) (day edtf.Day, ok bool) {
	if !p.drawn() {
		return 0, false
	}
	from, _ := p.edges()
	n := x - width(from)
	if n < 0 || n/p.each >= len(p.buckets) {
		return 0, false
	}
	return p.buckets[n/p.each].from, true
}

// label names an end of what is in view.
func (p *strip) label(d edtf.Day) string {
	year, month, _ := d.Civil()
	switch {
	case year <= 0:
		return fmt.Sprintf("%d BC", 1-year)
	case year > 9999:
		return fmt.Sprint(year)
	case p.step != p.fit && p.step.days > 0 && p.w >= 60:
		return d.String()
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

// level draws one row of the bars, with those of the event under the cursor
// marked.
func (p *strip) level(s *styles, level int) []span {
	var spans []span
	from, to := p.marked()
	for i := range p.buckets {
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

// marked returns the first and the last bucket that the date of the event under
// the cursor covers; there is none if the last comes first.
func (p *strip) marked() (from, to int) {
	if p.event < 0 || p.t.Day(p.event) == edtf.Future {
		return 0, -1
	}
	first, last, _ := p.t.Period()
	start, end := p.t.Span(p.event)
	return p.step.number(max(first, start)), p.step.number(min(last, end))
}

// cell draws one cell of a bucket. Where nothing begins it says what goes on:
// an interval, or the time in which the event under the cursor may have been.
func (p *strip) cell(s *styles, i, level int, marked bool) (string, ink) {
	b := p.buckets[i]
	glyph, style := p.glyph(b, level), s.text
	if b.all == 0 && level == 0 {
		switch {
		case marked && !p.t.Event(p.event).Date.Interval():
			glyph = "?"
		case marked || p.goesOn(i):
			glyph = "═"
		}
	}
	switch {
	case p.selecting.has(p.first + i):
		style = s.picked
	case marked:
		style = s.here
	case glyph == "░" || glyph == "═":
		style = s.dim
	}
	return glyph, style
}

// goesOn reports whether an interval covers days of a bucket.
func (p *strip) goesOn(i int) bool {
	from, next := p.buckets[i].from, p.step.begin(p.first+i+1)
	n := sort.Search(len(p.stretches), func(n int) bool { return p.stretches[n].to >= from })
	return n < len(p.stretches) && p.stretches[n].from < next
}

// glyph draws one cell of a bar. Any bucket that shows events has at least
// the lowest bar; one whose events are all hidden is pale, and so is the part
// of a bar above what it shows.
func (p *strip) glyph(b bucket, level int) string {
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
