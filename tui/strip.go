package tui

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A strip is a histogram of the whole period: a bar for each bucket of time,
// as high as it has events. What the filter hid is drawn pale, so that a filter
// never looks like silence.
type strip struct {
	t       *timeline.Timeline
	rows    timeline.Selection
	w, h    int
	step    step
	buckets []bucket
	each    int // columns a bucket takes
	peak    int
}

// A bucket counts the events filed under its days.
type bucket struct {
	from       edtf.Day // it ends where the next one begins
	shown, all int
}

// A step is the width of a bucket: so many days or, if days is 0, months.
type step struct {
	days, months int
}

// The steps that a reader can name at a glance.
var steps = []step{
	{days: 1}, {days: 2}, {days: 3}, {days: 7}, {days: 14},
	{months: 1}, {months: 2}, {months: 3}, {months: 6},
	{months: 12}, {months: 24}, {months: 60}, {months: 120}, {months: 240}, {months: 600},
	{months: 1200}, {months: 6000}, {months: 12000},
}

func (s step) String() string {
	switch {
	case s.days == 0 && s.months%12 == 0:
		return timeline.Counted(s.months/12, "year")
	case s.days == 0:
		return timeline.Counted(s.months, "month")
	case s.days%7 == 0:
		return timeline.Counted(s.days/7, "week")
	}
	return timeline.Counted(s.days, "day")
}

// start returns the beginning of the bucket that a day is in: of a week, its
// Monday.
func (s step) start(day edtf.Day) edtf.Day {
	if s.days > 0 {
		const monday = 4 // 5 January 1970
		off := (int64(day) - monday) % int64(s.days)
		if off < 0 {
			off += int64(s.days)
		}
		return day - edtf.Day(off)
	}
	year, month, _ := day.Civil()
	n := year*12 + month - 1
	off := n % s.months
	if off < 0 {
		off += s.months
	}
	n -= off
	return monthDay(n)
}

// monthDay returns the first day of a month, counted from January of year 0.
func monthDay(n int) edtf.Day {
	year, month := n/12, n%12
	if month < 0 {
		year, month = year-1, month+12
	}
	return edtf.DayOf(year, month+1, 1)
}

// next returns the beginning of the bucket after the one that begins at from.
func (s step) next(from edtf.Day) edtf.Day {
	if s.days > 0 {
		return from + edtf.Day(s.days)
	}
	year, month, _ := from.Civil()
	return monthDay(year*12 + month - 1 + s.months)
}

// fits reports whether so many buckets reach from first to last. It reckons in
// floating point, since the ends may be further apart than an int64 counts days.
func (s step) fits(first, last edtf.Day, buckets int) bool {
	days := float64(s.days)
	if s.days == 0 {
		days = float64(s.months) * 30.4
	}
	return (float64(last)-float64(first))/days+2 <= float64(buckets)
}

// narrowest returns the narrowest step of which room buckets reach from first
// to last.
func narrowest(first, last edtf.Day, room int) step {
	for _, s := range steps {
		if s.fits(first, last, room) {
			return s
		}
	}
	s := steps[len(steps)-1]
	for !s.fits(first, last, room) {
		s.months *= 10
	}
	return s
}

func (p *strip) set(rows timeline.Selection) { p.rows = rows; p.count() }

func (p *strip) resize(w, h int) { p.w, p.h = w, h; p.count() }

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

// count fills the buckets: the narrowest that all fit.
func (p *strip) count() {
	p.buckets, p.peak = nil, 0
	first, last, ok := p.t.Period()
	room := p.w - width(monthName(first)) - width(monthName(last)) - 4 - p.legendWidth()
	if !ok || room < 4 || p.h == 0 {
		return
	}
	p.step = narrowest(first, last, room)
	for from := p.step.start(first); from <= last && len(p.buckets) < room; {
		next := p.step.next(from)
		a, b := p.t.From(from), p.t.From(next)
		bk := bucket{from: from, all: b - a, shown: p.rows.Rank(b) - p.rows.Rank(a)}
		p.peak = max(p.peak, bk.all)
		p.buckets = append(p.buckets, bk)
		from = next
	}
	p.each = max(1, room/len(p.buckets))
}

// view draws the strip; day is the one under the cursor.
func (p *strip) view(s *styles, day edtf.Day) []string {
	if len(p.buckets) == 0 {
		return pad(nil, p.w, p.h)
	}
	first, last, _ := p.t.Period()
	here := -1
	for i, b := range p.buckets {
		if b.from <= day && day != edtf.Future {
			here = i
		}
	}
	var lines []string
	for level := p.h - 1; level >= 0; level-- {
		left, right := strings.Repeat(" ", 2+width(monthName(first))), ""
		legend := ""
		if level == 0 {
			left, right = " "+monthName(first)+" ", " "+monthName(last)+" "
			if p.w >= 72 {
				legend = fmt.Sprintf("bar %s, peak %s", p.step, timeline.Grouped(p.peak))
			} else if p.w >= 60 {
				legend = "peak " + timeline.Grouped(p.peak)
			}
		} else if level == 1 {
			legend = "shown █  hidden ░"
		}
		spans := append([]span{{left, s.dim}}, p.level(s, level, here)...)
		lines = append(lines, between(p.w, append(spans, span{right, s.dim}), []span{{legend, s.dim}}))
	}
	return lines
}

// level draws one row of the bars, with the bar of bucket here marked.
func (p *strip) level(s *styles, level, here int) []span {
	var spans []span
	run, pale := "", false
	flush := func() {
		style := s.text
		if pale {
			style = s.dim
		}
		if run != "" {
			spans = append(spans, span{run, style})
		}
		run = ""
	}
	for i, b := range p.buckets {
		glyph := p.glyph(b, level)
		if i == here {
			flush()
			spans = append(spans, span{strings.Repeat(glyph, p.each), s.here})
			continue
		}
		if (glyph == "░") != pale {
			flush()
			pale = !pale
		}
		run += strings.Repeat(glyph, p.each)
	}
	flush()
	return spans
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

// dayAt returns the first day of the bucket that is drawn in a column.
func (p *strip) dayAt(x int) (day edtf.Day, ok bool) {
	first, _, some := p.t.Period()
	n := x - 2 - width(monthName(first))
	if !some || n < 0 || n/p.each >= len(p.buckets) {
		return 0, false
	}
	return p.buckets[n/p.each].from, true
}

func monthName(d edtf.Day) string {
	year, month, _ := d.Civil()
	switch {
	case year <= 0:
		return fmt.Sprintf("%d BC", 1-year)
	case year > 9999:
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}
