package pane

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A List shows events in order, under headings for their months, with gaps and
// bursts named. It draws only the rows in view.
//
// A row is an event, counted from the top in the order on screen. A line is a
// line of the list: a row takes one or, when narrow, two, and a separator one.
type List struct {
	shown  *Shown
	cursor int // row
	top    int // line
	w, h   int

	begun bool // it has shown events
	event int  // the cursor's, when there was one last
}

// Show hands the list other events. The cursor stays on its event or goes to the
// nearest one that is shown.
func (l *List) Show(s *Shown) {
	if l.shown != nil && l.shown.Rows.Len() > 0 {
		l.event = l.Event()
	}
	l.shown, l.cursor = s, 0
	if s.Rows.Len() > 0 && l.begun {
		l.cursor = s.turn(min(s.Rows.Rank(l.event), s.Rows.Len()-1))
	}
	l.begun = l.begun || s.Rows.Len() > 0
	l.follow()
}

// Leave prepares the list for another timeline: the cursor goes to an event
// there, unless that is negative. If the reader has not moved yet, it begins at
// the top.
func (l *List) Leave(event int, moved bool) {
	if event >= 0 {
		l.event = event
	}
	l.shown, l.begun = nil, l.begun && moved
}

// Event returns the position in the timeline of the event under the cursor, or
// -1 when the list is empty.
func (l *List) Event() int {
	if l.shown == nil || l.shown.Rows.Len() == 0 {
		return -1
	}
	return l.shown.At(l.cursor)
}

// Row is the row under the cursor.
func (l *List) Row() int { return l.cursor }

// To puts the cursor on an event, if the list has it.
func (l *List) To(event int) bool {
	k, ok := l.shown.Rows.Has(event)
	if ok {
		l.ToRow(l.shown.turn(k))
	}
	return ok
}

// ToRow puts the cursor on a row, or on the first or last.
func (l *List) ToRow(row int) {
	l.cursor = max(0, min(row, l.shown.Rows.Len()-1))
	l.follow()
}

func (l *List) Move(rows int) { l.ToRow(l.cursor + rows) }

// Top is the first line in view, which Scroll brings back.
func (l *List) Top() int { return l.top }

// Scroll brings a line to the top, as far as the cursor stays in view.
func (l *List) Scroll(top int) {
	l.top = top
	l.follow()
}

// MoveFar moves the cursor to the last row, or to the first.
func (l *List) MoveFar(down bool) { l.ToRow(far(down, l.shown.Rows.Len())) }

func (l *List) Height() int { return max(1, (l.h-2)/l.rowHeight()) }

func (l *List) Resize(w, h int) { l.w, l.h = w, h; l.follow() }

// Around is the list in another size, with the cursor in the middle.
func (l *List) Around(w, h int) *List {
	around := *l
	around.Resize(w, h)
	around.Scroll(around.line(around.cursor) - h/2)
	return &around
}

// rowHeight is two lines where one has no room for a title.
func (l *List) rowHeight() int {
	if l.w < 60 {
		return 2
	}
	return 1
}

// Month moves to the first row under the next heading, or the one before. It
// reports whether there is one.
func (l *List) Month(step int) bool {
	here := -1
	var months []int
	for _, sep := range l.shown.separators {
		if sep.kind != isHeading {
			continue
		}
		if sep.row <= l.cursor {
			here = len(months)
		}
		months = append(months, sep.row)
	}
	if step < 0 && here >= 0 && l.cursor > months[here] {
		l.ToRow(months[here])
		return true
	}
	if here+step < 0 || here+step >= len(months) {
		return false
	}
	l.ToRow(months[here+step])
	return true
}

// line returns the line on which a row begins.
func (l *List) line(row int) int {
	seps := l.shown.separators
	before := sort.Search(len(seps), func(i int) bool { return seps[i].row > row })
	return row*l.rowHeight() + before
}

// lines is the number of lines in all.
func (l *List) lines() int { return l.shown.Rows.Len()*l.rowHeight() + len(l.shown.separators) }

// follow scrolls so that the cursor is in view, below the first line, where the
// heading of its month is pinned.
func (l *List) follow() {
	if l.h <= 0 || l.shown == nil || l.shown.Rows.Len() == 0 {
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

// find returns what stands on a line: the sub-th line of a row, or a separator,
// whose number is then not negative.
func (l *List) find(line int) (row, sub, sep int) {
	height := l.rowHeight()
	n := l.lastSeparator(line)
	if n < 0 {
		return line / height, line % height, -1
	}
	start := l.shown.separators[n].row*height + n
	if start == line {
		return l.shown.separators[n].row, 0, n
	}
	off := line - start - 1
	return l.shown.separators[n].row + off/height, off % height, -1
}

// lastSeparator returns the last separator on a line or above it, or -1.
func (l *List) lastSeparator(line int) int {
	height, seps := l.rowHeight(), l.shown.separators
	return sort.Search(len(seps), func(i int) bool { return seps[i].row*height+i > line }) - 1
}

// headingOn returns the heading of a line.
func (l *List) headingOn(line int) int {
	n := l.lastSeparator(line)
	for l.shown.separators[n].kind != isHeading {
		n--
	}
	return n
}

// RowAt returns the row on the y-th line in view, if there is one.
func (l *List) RowAt(y int) (row int, ok bool) {
	if y == 0 || l.top+y >= l.lines() {
		return 0, false // the first line is a heading
	}
	row, _, sep := l.find(l.top + y)
	return row, sep < 0
}

func (l *List) View(s *Styles, focused bool) []string {
	var lines []string
	for y := 0; y < l.h && l.top+y < l.lines(); y++ {
		row, sub, sep := l.find(l.top + y)
		switch {
		case y == 0:
			lines = append(lines, l.viewSeparator(s, l.headingOn(l.top)))
		case sep >= 0:
			lines = append(lines, l.viewSeparator(s, sep))
		case l.rowHeight() == 2:
			lines = append(lines, l.viewNarrow(s, row, sub, focused))
		default:
			lines = append(lines, l.viewRow(s, row, focused))
		}
	}
	return pad(lines, l.w, l.h)
}

// margin is the letter beside an event: of its mark, or n for a note.
func (l *List) margin(event int) string {
	if l.shown.Mark(event) == timeline.NoTier && l.shown.Note(event) != "" {
		return "n"
	}
	return l.shown.Mark(event).Letter()
}

// date is the date of event i for a row, with the hour and minute that a day states.
func (l *List) date(i int) string {
	date := l.shown.Date(i).Short()
	if clock := l.shown.Time(i); clock != "" && len(date) == len("19") {
		date += " " + clock[:len("14:30")]
	}
	return date
}

// viewRow draws an event on one line: spine, date, status, title, its sources
// and, where there is room, its lead actors. Date and status are never cut.
func (l *List) viewRow(s *Styles, r int, focused bool) string {
	i := l.shown.At(r)
	e := l.shown.Timeline.Event(i)
	mark := l.margin(i)
	date := fmt.Sprintf("%-8s ", l.date(i))
	status := e.Status.Short() + " "
	counts := " " + fmt.Sprintf("%6s", l.shown.Rests(i)) + " "
	actors := 0
	if l.w >= 76 {
		actors = max(16, min(30, l.w/5))
	}
	title := max(8, l.w-3-width(date)-len(status)-len(counts)-actors)
	lead := ""
	if actors > 0 {
		lead = " " + leadActors(e.Actors, actors-1)
	}
	spine := cmp.Or(l.shown.tie(r), "├")
	if r == l.cursor {
		return l.cursorRow(s, focused, ">"+spine+mark+date+status+fit(e.Title, title)+counts+lead)
	}
	spans := []span{{" " + spine, s.dim}, {mark, s.strong}, {date, s.date}, {status, s.status[e.Status]}}
	spans = append(spans, l.titleSpans(s, e.Title, title)...)
	spans = append(spans, span{counts, s.dim}, span{lead, s.actor})
	return row(l.w, spans...)
}

// viewNarrow draws an event on two lines.
func (l *List) viewNarrow(s *Styles, r, sub int, focused bool) string {
	i := l.shown.At(r)
	e := l.shown.Timeline.Event(i)
	spine := " " + cmp.Or(l.shown.tie(r), " ") + " "
	text := spine + fit(e.Title, l.w-3)
	if sub == 0 {
		mark := l.margin(i)
		head := fmt.Sprintf("%-8s %s  %-7s", l.date(i), e.Status.Short(), l.shown.Rests(i))
		room := l.w - 2 - width(head) - 1
		lead := fitLeft(leadActors(e.Actors, room), room)
		if r == l.cursor {
			return l.cursorRow(s, focused, ">"+mark+head+" "+lead)
		}
		return row(l.w, span{" " + mark, s.strong}, span{fmt.Sprintf("%-8s ", l.date(i)), s.date}, span{e.Status.Short(), s.status[e.Status]},
			span{fmt.Sprintf("  %-7s ", l.shown.Rests(i)), s.dim}, span{lead, s.actor})
	}
	if r == l.cursor {
		return l.cursorRow(s, focused, text)
	}
	return row(l.w, append([]span{{spine, s.dim}}, l.titleSpans(s, e.Title, l.w-3)...)...)
}

// cursorRow draws the row under the cursor, reversed when the list has the keys
// and bold when it has not.
func (l *List) cursorRow(s *Styles, focused bool, text string) string {
	style := s.cursor
	if !focused {
		style = s.strong
	}
	return style.Render(fit(text, l.w))
}

func (l *List) titleSpans(s *Styles, title string, width int) []span {
	return highlight(fit(title, width), l.shown.Search.Needle, s.text, s.match)
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

func (l *List) viewSeparator(s *Styles, n int) string {
	sep := l.shown.separators[n]
	switch sep.kind {
	case isGap:
		if sep.hidden > 0 {
			return l.viewPace(s, sep.row, fmt.Sprintf("%s, %s hidden by the filter", howLong(sep.days), text.Counted(sep.hidden, "event")))
		}
		return l.viewPace(s, sep.row, howLong(sep.days)+" with no events")
	case isBurst:
		if sep.days > 1 {
			return l.viewPace(s, sep.row, fmt.Sprintf("%s in %s", text.Counted(sep.events, "event"), howLong(sep.days)))
		}
		_, month, day := sep.first.Civil()
		return l.viewPace(s, sep.row, fmt.Sprintf("%s on %d %s", text.Counted(sep.events, "event"), day, time.Month(month)))
	}
	return l.viewHeading(s, n)
}

// viewPace draws a gap or a burst.
func (l *List) viewPace(s *Styles, before int, text string) string {
	switch {
	case l.rowHeight() == 2:
		return row(l.w, span{"   " + text, s.dim})
	case l.shown.tied(before):
		return row(l.w, span{" ║         " + text, s.dim})
	}
	return row(l.w, span{" │         " + text, s.dim})
}

func (l *List) viewHeading(s *Styles, n int) string {
	sep := l.shown.separators[n]
	spine := "─┼ "
	switch {
	case l.rowHeight() == 2:
		spine = "─ "
	case n == 0:
		spine = "─┬ "
	case l.shown.tied(sep.row):
		spine = "─╫ "
	}
	name, count := sep.heading.String(), " "+text.Counted(sep.events, "event")+" ─"
	if sep.events < sep.all {
		count = fmt.Sprintf(" %s of %s ─", text.Grouped(sep.events), text.Counted(sep.all, "event"))
	}
	if sep.again {
		name, count = name+", continued", ""
	}
	if room := l.w - width(spine) - width(count) - 2; width(name) > room {
		name = fit(name, max(0, room)) // a count is never cut
	}
	rule := max(1, l.w-width(spine)-width(name)-width(count)-1)
	return row(l.w, span{spine, s.dim}, span{name, s.strong}, span{" " + strings.Repeat("─", rule) + count, s.dim})
}

// howLong writes a number of days, in years when they are many.
func howLong(days int) string {
	if days >= 2*365 {
		return text.Counted(days/365, "year")
	}
	return text.Counted(days, "day")
}

// Spoken says in words which event the cursor is on.
func (l *List) Spoken() string {
	i := l.Event()
	if i < 0 {
		return "No event"
	}
	e := l.shown.Event(i)
	parts := []string{cmp.Or(e.Date.Words(), "date not known"), e.Title, e.Status.String(), e.Rests()}
	if mark := l.shown.Mark(i); mark != timeline.NoTier {
		parts = append(parts, "marked "+mark.String())
	}
	if l.shown.Note(i) != "" {
		parts = append(parts, "with a note")
	}
	return spoken(append(parts, nth(l.cursor, l.shown.Rows.Len()))...)
}

// Crossed says which separators the cursor has crossed since it was on a row: the
// gap between neighbours, and the heading if it is another.
func (l *List) Crossed(from int) string {
	var parts []string
	heading := func(row int) (at int) {
		for n, sep := range l.shown.separators {
			if sep.row <= row && sep.kind == isHeading {
				at = n
			}
		}
		return at
	}
	for _, sep := range l.shown.separators {
		switch {
		case sep.row != max(from, l.cursor) || min(from, l.cursor) != sep.row-1:
		case sep.kind == isGap && sep.hidden > 0:
			parts = append(parts, fmt.Sprintf("%s, %s hidden by the filter", howLong(sep.days), text.Counted(sep.hidden, "event")))
		case sep.kind == isGap:
			parts = append(parts, howLong(sep.days)+" with no events")
		}
	}
	if at := heading(l.cursor); at != heading(from) {
		sep := l.shown.separators[at]
		parts = append(parts, sep.heading.String()+", "+text.Counted(sep.events, "event"))
	}
	return spoken(parts...)
}
