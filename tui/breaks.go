package tui

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A listBreak is a line between rows: a heading, or a gap or a burst named.
type listBreak struct {
	row  int // it stands before this row
	kind breakKind

	heading heading
	again   bool // it has stood further up, with its count
	all     int  // the events that stand under the heading, shown or not

	days   int      // of a gap, those without events; of a burst, those it lasts
	first  edtf.Day // of a burst
	events int      // shown under the heading, or in the burst
	hidden int      // events that the filter hid in the gap
}

// A breakKind says what a break is. Of several before one row, the gap comes
// first and the burst last.
type breakKind int

const (
	isGap breakKind = iota
	isHeading
	isBurst
)

// findBreaks makes the headings, and names the gaps and the bursts. Days that
// state nothing but themselves are counted without being looked at, so that the
// work grows with the days and with the dates of more than a day.
func (l *list) findBreaks() []listBreak {
	if l.rows.Len() == 0 {
		return nil
	}
	breaks := slices.Concat(l.findGaps(), l.findHeadings(), l.findBursts())
	slices.SortStableFunc(breaks, func(a, b listBreak) int { return cmp.Compare(a.row, b.row) })
	return breaks
}

func (l *list) findHeadings() []listBreak {
	var found []listBreak
	at := make(map[heading]int) // where each stands first
	under, first := heading{}, 0
	from, to := edtf.Future, edtf.Past // the days that are surely under it
	wide := l.rows.And(l.t.Wide())
	for row := 0; row < l.rows.Len(); {
		i := l.at(row)
		if day := l.t.Day(i); day < from || day > to || l.t.Precision(i) != edtf.ToDay {
			if h := l.headingOf(i); row == 0 || h != under {
				n, again := at[h]
				if !again {
					n = len(found)
					at[h] = n
				}
				found = append(found, listBreak{row: row, kind: isHeading, heading: h, again: again, all: l.under(h)})
				under, first = h, n
				from, to = edtf.Future, edtf.Past
				if h.month != 0 && h.stated == edtf.ToDay {
					from, to = h.days()
				}
			}
		}
		next := l.nextLook(row, from, to, wide)
		found[first].events += next - row
		row = next
	}
	return found
}

// nextLook returns the row after one that may not stand under the same heading:
// it is not of the days from..to, or its date is wide.
func (l *list) nextLook(row int, from, to edtf.Day, wide timeline.Selection) int {
	i := l.at(row)
	if day := l.t.Day(i); day < from || day > to {
		return row + 1
	}
	k := l.row(row)
	if l.newest {
		least := l.rows.Rank(l.t.From(from))
		if w := wide.Rank(i); w > 0 {
			least = max(least, l.rows.Rank(wide.At(w-1))+1)
		}
		return l.row(min(least, k) - 1)
	}
	most := l.rows.RankFrom(k, l.t.From(to+1))
	if w := wide.Rank(i + 1); w < wide.Len() {
		most = min(most, l.rows.RankFrom(k, wide.At(w)))
	}
	return max(most, k+1)
}

// findGaps names the gaps: one is worth naming when it is a week or more and
// twice as long as is usual between events.
func (l *list) findGaps() []listBreak {
	n := l.rows.Len()
	usual := 0
	if last := l.t.Day(l.rows.At(n - 1)); last != edtf.Future {
		usual = int(last-l.t.Day(l.rows.At(0))) / n
	}
	var found []listBreak
	for k := l.nextDay(0); k < n; k = l.nextDay(k) {
		if gap, hidden := l.gap(l.rows.At(k-1), l.rows.At(k)); gap >= 7 && gap >= 2*usual {
			row := k
			if l.newest {
				row = l.row(k - 1)
			}
			found = append(found, listBreak{row: row, kind: isGap, days: gap, hidden: hidden})
		}
	}
	return found
}

// nextDay returns the first after the k-th of the shown events, in the order of
// time, that is filed under another day.
func (l *list) nextDay(k int) int {
	day := l.t.Day(l.rows.At(k))
	if k+1 < l.rows.Len() && l.t.Day(l.rows.At(k+1)) != day {
		return k + 1 // often so, and then quickly told
	}
	if day == edtf.Future {
		return l.rows.Len()
	}
	return l.rows.RankFrom(k, l.t.From(day+1))
}

// gap returns the days that pass between two events without either, the earlier
// first, and how many events the filter hid between them.
func (l *list) gap(a, b int) (days, hidden int) {
	end, start := l.t.Reach(a), l.t.Day(b)
	if start == edtf.Future {
		return 0, 0
	}
	return int(start - end - 1), b - a - 1
}

// findBursts names the days with unusually many events: a burst is a day, or
// days in a row, each with four events or more, and three times as many as are
// usual: as half of the days that have any do not exceed. Only events that state
// a day count.
func (l *list) findBursts() []listBreak {
	var counts []int
	l.eachDay(func(_, n int, _ edtf.Day) { counts = append(counts, n) })
	if len(counts) == 0 {
		return nil
	}
	slices.Sort(counts)
	unusual := max(4, 3*counts[(len(counts)-1)/2])
	var bursts []listBreak
	l.eachDay(func(k, n int, day edtf.Day) {
		if n < unusual {
			return
		}
		top := l.row(k)
		if l.newest {
			top = l.row(k + n - 1)
		}
		if b := len(bursts) - 1; b >= 0 && bursts[b].first+edtf.Day(bursts[b].days) == day {
			bursts[b].row = min(bursts[b].row, top)
			bursts[b].days++
			bursts[b].events += n
			return
		}
		bursts = append(bursts, listBreak{row: top, kind: isBurst, first: day, days: 1, events: n})
	})
	return bursts
}

// eachDay calls f with every day that shown events state, with how many do, and
// with the first of them, counted in the order of time.
func (l *list) eachDay(f func(k, n int, day edtf.Day)) {
	wide := l.rows.And(l.t.Wide())
	k := 0
	for w := range wide.Len() + 1 {
		until := l.rows.Len()
		if w < wide.Len() {
			until = l.rows.RankFrom(k, wide.At(w))
		}
		for k < until {
			n := min(l.nextDay(k), until) - k
			f(k, n, l.t.Day(l.rows.At(k)))
			k += n
		}
		k = until + 1
	}
}

// lastBreak returns the last break that stands on a line or above it, or -1.
func (l *list) lastBreak(line int) int {
	height := l.rowHeight()
	return sort.Search(len(l.breaks), func(i int) bool { return l.breaks[i].row*height+i > line }) - 1
}

// headingOn returns the heading that a line stands under, or is.
func (l *list) headingOn(line int) int {
	b := l.lastBreak(line)
	for l.breaks[b].kind != isHeading {
		b--
	}
	return b
}

func (l *list) viewBreak(s *styles, n int) string {
	b := l.breaks[n]
	switch b.kind {
	case isGap:
		if b.hidden > 0 {
			return l.viewPace(s, b.row, fmt.Sprintf("%s, %s hidden by the filter", howLong(b.days), text.Counted(b.hidden, "event")))
		}
		return l.viewPace(s, b.row, howLong(b.days)+" with no events")
	case isBurst:
		if b.days > 1 {
			return l.viewPace(s, b.row, fmt.Sprintf("%s in %s", text.Counted(b.events, "event"), howLong(b.days)))
		}
		_, month, day := b.first.Civil()
		return l.viewPace(s, b.row, fmt.Sprintf("%s on %d %s", text.Counted(b.events, "event"), day, time.Month(month)))
	}
	return l.viewHeading(s, n)
}

// viewPace draws how fast events follow each other.
func (l *list) viewPace(s *styles, before int, text string) string {
	switch {
	case l.rowHeight() == 2:
		return row(l.w, span{"   " + text, s.dim})
	case l.tied(before):
		return row(l.w, span{" ║         " + text, s.dim})
	}
	return row(l.w, span{" │         " + text, s.dim})
}

func (l *list) viewHeading(s *styles, n int) string {
	b := l.breaks[n]
	spine := "─┼ "
	switch {
	case l.rowHeight() == 2:
		spine = "─ "
	case n == 0:
		spine = "─┬ "
	case l.tied(b.row):
		spine = "─╫ "
	}
	name, count := b.heading.String(), " "+text.Counted(b.events, "event")+" ─"
	if b.events < b.all {
		count = fmt.Sprintf(" %s of %s ─", text.Grouped(b.events), text.Counted(b.all, "event"))
	}
	if b.again {
		name, count = name+", continued", ""
	}
	if room := l.w - width(spine) - width(count) - 2; width(name) > room {
		name = fit(name, max(0, room)) // a count is never cut
	}
	rule := max(1, l.w-width(spine)-width(name)-width(count)-1)
	return row(l.w, span{spine, s.dim}, span{name, s.strong}, span{" " + strings.Repeat("─", rule) + count, s.dim})
}

// howLong says a number of days, in years when they are many.
func howLong(days int) string {
	if days >= 2*365 {
		return text.Counted(days/365, "year")
	}
	return text.Counted(days, "day")
}
