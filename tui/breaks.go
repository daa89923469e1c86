package tui

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
)

// A listBreak is a line between rows: a heading, or a gap.
type listBreak struct {
	row         int // it stands before this row
	year, month int // of a heading
	events, all int // in the month: shown, and in all
	gap         int // days without events, of a gap
	hidden      int // events that the filter hid in the gap
}

// findBreaks makes the headings and names the gaps. A gap is worth naming when
// it is a week or more and twice as long as is usual between events.
func (l *list) findBreaks() []listBreak {
	n := l.rows.Len()
	if n == 0 {
		return nil
	}
	first, last := l.t.Day(l.rows.At(0)), l.t.Day(l.rows.At(n-1))
	usual := 0
	if last != edtf.Future {
		usual = int(last-first) / n
	}
	var breaks []listBreak
	heading := -1
	previous := 0
	for row := range n {
		i := l.at(row)
		day := l.t.Day(i)
		year, month := 0, 0
		if day != edtf.Future {
			year, month, _ = day.Civil()
		}
		if row > 0 {
			if gap, hidden := l.gap(previous, i); gap >= 7 && gap >= 2*usual {
				breaks = append(breaks, listBreak{row: row, gap: gap, hidden: hidden})
			}
		}
		if heading < 0 || breaks[heading].year != year || breaks[heading].month != month {
			breaks = append(breaks, listBreak{row: row, year: year, month: month, all: l.inMonth(day)})
			heading = len(breaks) - 1
		}
		breaks[heading].events++
		previous = i
	}
	return breaks
}

// gap returns the days that pass between two events without either, and how
// many events the filter hid between them.
func (l *list) gap(a, b int) (days, hidden int) {
	if a > b {
		a, b = b, a
	}
	end, start := l.t.Reach(a), l.t.Day(b)
	if start == edtf.Future {
		return 0, 0
	}
	return int(start - end - 1), b - a - 1
}

// inMonth counts the events filed under the month of a day, shown or not.
func (l *list) inMonth(day edtf.Day) int {
	if day == edtf.Future {
		return l.t.Len() - l.t.From(day)
	}
	year, month, _ := day.Civil()
	from := edtf.DayOf(year, month, 1)
	year, month = year+month/12, month%12+1
	return l.t.From(edtf.DayOf(year, month, 1)) - l.t.From(from)
}

func (l *list) headingOf(row int) int {
	b := sort.Search(len(l.breaks), func(i int) bool { return l.breaks[i].row > row }) - 1
	for l.breaks[b].gap > 0 {
		b--
	}
	return b
}

func (l *list) viewBreak(s *styles, n int) string {
	b := l.breaks[n]
	if b.gap > 0 {
		text := howLong(b.gap) + " with no events"
		if b.hidden > 0 {
			text = fmt.Sprintf("%s, %s hidden by the filter", howLong(b.gap), timeline.Counted(b.hidden, "event"))
		}
		if l.rowHeight() == 2 {
			return row(l.w, span{"   " + text, s.dim})
		}
		return row(l.w, span{" │         " + text, s.dim})
	}
	spine := "─┼ "
	if n == 0 {
		spine = "─┬ "
	}
	if l.rowHeight() == 2 {
		spine = "─ "
	}
	name := "date not known"
	if b.year != 0 || b.month != 0 {
		name = yearMonth(b.year, b.month)
	}
	count := timeline.Counted(b.events, "event")
	if b.events < b.all {
		count = fmt.Sprintf("%s of %s", timeline.Grouped(b.events), timeline.Counted(b.all, "event"))
	}
	rule := max(1, l.w-width(spine)-width(name)-width(count)-4)
	return row(l.w, span{spine, s.dim}, span{name, s.strong}, span{" " + strings.Repeat("─", rule) + " ", s.dim}, span{count, s.dim}, span{" ─", s.dim})
}

func yearMonth(year, month int) string {
	if year <= 0 {
		return fmt.Sprintf("%d BC %s", 1-year, time.Month(month))
	}
	return fmt.Sprintf("%d %s", year, time.Month(month))
}

// howLong says a number of days, in years when they are many.
func howLong(days int) string {
	if days >= 2*365 {
		return timeline.Counted(days/365, "year")
	}
	return timeline.Counted(days, "day")
}
