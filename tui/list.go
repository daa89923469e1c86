package tui

import (
	"cmp"
	"fmt"
	"sort"
	"strings"

	"dateline/timeline"
)

// A list shows the selected events in order, under headings for their months,
// with the gaps between them named. It draws only the rows on screen.
//
// A row is an event, counted from the top in the order on screen; a line is one
// line of the list, of which a row takes one or, when narrow, two, and a
// heading or a gap one.
type list struct {
	t      *timeline.Timeline
	rows   timeline.Selection
	newest bool // newest first
	needle string

	breaks    []listBreak
	stretches []stretch
	cursor    int // row
	top       int // line
	w, h      int

	begun bool // it has shown events
	place int  // the event that the cursor was on last
}

// set changes what the list shows. The cursor stays on its event, or goes to
// the nearest one that is shown.
func (l *list) set(a *answer) {
	if l.rows.Len() > 0 {
		l.place = l.event()
	}
	l.rows, l.newest, l.stretches, l.breaks = a.rows, a.newest, a.stretches, a.breaks
	l.cursor = 0
	if l.rows.Len() > 0 && l.begun {
		l.cursor = l.row(min(l.rows.Rank(l.place), l.rows.Len()-1))
	}
	l.begun = l.begun || l.rows.Len() > 0
	l.follow()
}

// row turns a place in the order of the timeline into one on screen, or back.
func (l *list) row(k int) int {
	if l.newest {
		return l.rows.Len() - 1 - k
	}
	return k
}

// at returns the position in the timeline of the event on a row.
func (l *list) at(row int) int { return l.rows.At(l.row(row)) }

// event returns the position in the timeline of the event under the cursor, or
// -1 when the list is empty.
func (l *list) event() int {
	if l.rows.Len() == 0 {
		return -1
	}
	return l.at(l.cursor)
}

// show puts the cursor on an event, if the list has it.
func (l *list) show(event int) bool {
	k, ok := l.rows.Has(event)
	if ok {
		l.moveTo(l.row(k))
	}
	return ok
}

func (l *list) moveTo(row int) {
	l.cursor = max(0, min(row, l.rows.Len()-1))
	l.follow()
}

func (l *list) move(rows int) { l.moveTo(l.cursor + rows) }

// page is how many rows a page moves by.
func (l *list) page() int { return max(1, (l.h-2)/l.rowHeight()) }

func (l *list) resize(w, h int) {
	l.w, l.h = w, h
	l.follow()
}

// rowHeight is two lines where one has no room for a title.
func (l *list) rowHeight() int {
	if l.w < 60 {
		return 2
	}
	return 1
}

// month moves to the first row of the next month, or of the one before: of what
// stands under one heading.
// It reports whether there was one to move to.
func (l *list) month(step int) bool {
	here := -1
	var months []int
	for _, b := range l.breaks {
		if b.kind != isHeading {
			continue
		}
		if b.row <= l.cursor {
			here = len(months)
		}
		months = append(months, b.row)
	}
	if step < 0 && here >= 0 && l.cursor > months[here] {
		l.moveTo(months[here])
		return true
	}
	if here+step < 0 || here+step >= len(months) {
		return false
	}
	l.moveTo(months[here+step])
	return true
}

// line returns the line on which a row begins.
func (l *list) line(row int) int {
	before := sort.Search(len(l.breaks), func(i int) bool { return l.breaks[i].row > row })
	return row*l.rowHeight() + before
}

// lines is the number of lines in all.
func (l *list) lines() int { return l.rows.Len()*l.rowHeight() + len(l.breaks) }

// follow moves the window so that the cursor is in it, below the first line,
// where the heading of its month is pinned.
func (l *list) follow() {
	if l.h <= 0 || l.rows.Len() == 0 {
		l.top = 0
		return
	}
	first := l.line(l.cursor)
	last := first + l.rowHeight() - 1
	l.top = min(l.top, first-1)
	l.top = max(l.top, last-l.h+1)
	l.top = max(0, min(l.top, l.lines()-l.h))
	if l.rowHeight() == 2 && l.top > 0 {
		if _, sub, _ := l.find(l.top + 1); sub == 1 {
			l.top++ // never half a row below the pinned heading
		}
	}
}

// find says what stands on a line: the sub-th line of a row, or a break, whose
// number is then not negative.
func (l *list) find(line int) (row, sub, brk int) {
	height := l.rowHeight()
	b := l.lastBreak(line)
	if b < 0 {
		return line / height, line % height, -1
	}
	start := l.breaks[b].row*height + b
	if start == line {
		return l.breaks[b].row, 0, b
	}
	off := line - start - 1
	return l.breaks[b].row + off/height, off % height, -1
}

// view draws the list in exactly its size.
func (l *list) view(s *styles, focused bool) []string {
	var lines []string
	for y := 0; y < l.h && l.top+y < l.lines(); y++ {
		row, sub, brk := l.find(l.top + y)
		switch {
		case y == 0:
			lines = append(lines, l.viewBreak(s, l.headingOn(l.top)))
		case brk >= 0:
			lines = append(lines, l.viewBreak(s, brk))
		case l.rowHeight() == 2:
			lines = append(lines, l.viewNarrow(s, row, sub, focused))
		default:
			lines = append(lines, l.viewRow(s, row, focused))
		}
	}
	return pad(lines, l.w, l.h)
}

// beside is what stands in the margin of an event: the letter of its mark, or n
// for a note.
func (l *list) beside(event int) string {
	if l.t.Mark(event) == timeline.NoTier && l.t.Note(event) != "" {
		return "n"
	}
	return l.t.Mark(event).Letter()
}

// viewRow draws an event on one line: spine, date, status, title, what it rests
// on and, where there is room, its lead actors. Date and status are never cut.
func (l *list) viewRow(s *styles, r int, focused bool) string {
	i := l.at(r)
	e := l.t.Event(i)
	mark := l.beside(i)
	date := fmt.Sprintf("%-8s ", e.Date.Short())
	status := e.Status.Short() + " "
	counts := " " + fmt.Sprintf("%6s", l.t.Rests(i)) + " "
	actors := 0
	if l.w >= 76 {
		actors = max(16, min(30, l.w/5))
	}
	title := max(8, l.w-3-width(date)-len(status)-len(counts)-actors)
	lead := ""
	if actors > 0 {
		lead = " " + leadActors(e.Actors, actors-1)
	}
	spine := cmp.Or(l.tie(r), "├")
	if r == l.cursor {
		return l.cursorRow(s, focused, ">"+spine+mark+date+status+fit(e.Title, title)+counts+lead)
	}
	spans := []span{{" " + spine, s.dim}, {mark, s.strong}, {date, s.date}, {status, s.status[e.Status]}}
	spans = append(spans, l.titleSpans(s, e.Title, title)...)
	spans = append(spans, span{counts, s.dim}, span{lead, s.actor})
	return row(l.w, spans...)
}

// viewNarrow draws an event on two lines.
func (l *list) viewNarrow(s *styles, r, sub int, focused bool) string {
	i := l.at(r)
	e := l.t.Event(i)
	spine := " " + cmp.Or(l.tie(r), " ") + " "
	text := spine + fit(e.Title, l.w-3)
	if sub == 0 {
		mark := l.beside(i)
		head := fmt.Sprintf("%-8s %s  %-7s", e.Date.Short(), e.Status.Short(), l.t.Rests(i))
		room := l.w - 2 - width(head) - 1
		lead := fitLeft(leadActors(e.Actors, room), room)
		if r == l.cursor {
			return l.cursorRow(s, focused, ">"+mark+head+" "+lead)
		}
		return row(l.w, span{" " + mark, s.strong}, span{fmt.Sprintf("%-8s ", e.Date.Short()), s.date}, span{e.Status.Short(), s.status[e.Status]},
			span{fmt.Sprintf("  %-7s ", l.t.Rests(i)), s.dim}, span{lead, s.actor})
	}
	if r == l.cursor {
		return l.cursorRow(s, focused, text)
	}
	return row(l.w, append([]span{{spine, s.dim}}, l.titleSpans(s, e.Title, l.w-3)...)...)
}

// cursorRow draws the row under the cursor, in reverse when the list has the
// focus and bold when it has not.
func (l *list) cursorRow(s *styles, focused bool, text string) string {
	style := s.cursor
	if !focused {
		style = s.strong
	}
	return style.Render(fit(text, l.w))
}

func (l *list) titleSpans(s *styles, title string, width int) []span {
	return highlight(fit(title, width), l.needle, s.text, s.match)
}

// leadActors names the first actor and counts the others.
func leadActors(actors []string, width int) string {
	if len(actors) == 0 || width < 4 {
		return ""
	}
	more := ""
	if len(actors) > 1 {
		more = fmt.Sprintf(" +%d", len(actors)-1)
	}
	if width < len(more)+2 {
		return ""
	}
	return strings.TrimRight(fit(actors[0], width-len(more)), " ") + more
}
