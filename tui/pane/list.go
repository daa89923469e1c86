package pane

import (
	"cmp"
	"fmt"
	"sort"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A List shows events in order, under headings for their months, with gaps named.
// It lays out only the rows in view.
//
// A row is an event, counted from the top in the order on screen. It takes as many
// lines as its title needs, and one before them for a separator that stands there.
type List struct {
	rows
	top Spot

	begun bool // it has shown events
	event int  // the cursor's, when there was one last
}

// A Spot is a line of the list: the n-th of a row, whose separator is its first.
type Spot struct{ row, line int }

func (s Spot) before(t Spot) bool { return s.row < t.row || s.row == t.row && s.line < t.line }

// Show hands the list other events. The cursor stays on its event or goes to the
// nearest one that is shown, on the same line of the screen where that is possible.
func (l *List) Show(s *Shown) {
	y := 1
	if l.shown != nil && l.shown.Rows.Len() > 0 {
		l.event, y = l.Event(), l.lineOf(l.cursor)
	}
	l.shown, l.cursor = s, 0
	if s.Rows.Len() > 0 && l.begun {
		l.cursor = s.turn(min(s.Rows.Rank(l.event), s.Rows.Len()-1))
	}
	l.begun = l.begun || s.Rows.Len() > 0
	l.showOn(y)
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
func (l *List) Top() Spot { return l.top }

// Scroll brings a line to the top, as far as the cursor stays in view.
func (l *List) Scroll(top Spot) {
	l.top = top
	l.follow()
}

// ScrollBy scrolls by lines. The cursor comes along where it would leave the view.
func (l *List) ScrollBy(lines int) {
	if l.shown.Rows.Len() == 0 {
		return
	}
	before := l.top
	to := l.above(before, max(0, -lines))
	if lines > 0 {
		to, _ = l.below(before, lines)
	}
	if l.Scroll(to); l.top == before {
		l.Move(lines)
		l.Scroll(to)
	}
}

// MoveFar moves the cursor to the last row, or to the first.
func (l *List) MoveFar(down bool) { l.ToRow(far(down, l.shown.Rows.Len())) }

func (l *List) Resize(w, h int) { l.w, l.h = w, h; l.follow() }

// Around is the list in another size, with the cursor in the middle.
func (l *List) Around(w, h int) *List {
	around := *l
	around.w, around.h = w, h
	around.showOn(h / 2)
	return &around
}

// InView returns the first and the last row in view; there is none if the last
// comes first.
func (l *List) InView() (first, last int) {
	if l.Event() < 0 || l.h < 2 {
		return 0, -1
	}
	top, _ := l.below(l.top, 1) // the first line is a heading
	bottom, _ := l.below(top, l.h-2)
	if bottom.before(l.first(bottom.row)) {
		bottom.row--
	}
	return top.row, bottom.row
}

// Height is a page: the rows in view, but for one.
func (l *List) Height() int {
	first, last := l.InView()
	return max(1, last-first)
}

// Month moves to the first row under the next heading, or the one before. It
// reports whether there is one.
func (l *List) Month(step int) bool {
	seps := l.shown.separators
	n := sort.Search(len(seps), func(i int) bool { return seps[i].row > l.cursor })
	if step < 0 {
		n = sort.Search(len(seps), func(i int) bool { return seps[i].row >= l.cursor }) - 1
	}
	for ; n >= 0 && n < len(seps); n += step {
		if seps[n].kind == isHeading {
			l.ToRow(seps[n].row)
			return true
		}
	}
	return false
}

// separator returns the separator that stands before a row, or nil.
func (l *List) separator(row int) *separator {
	seps := l.shown.separators
	n := sort.Search(len(seps), func(i int) bool { return seps[i].row >= row })
	if n == len(seps) || seps[n].row != row {
		return nil
	}
	return &seps[n]
}

// heading returns the heading that a row stands under.
func (l *List) heading(row int) *separator {
	seps := l.shown.separators
	n := sort.Search(len(seps), func(i int) bool { return seps[i].row > row }) - 1
	for seps[n].kind != isHeading {
		n--
	}
	return &seps[n]
}

// height is the number of lines of a row and its separator.
func (l *List) height(row int) int { return l.first(row).line + len(l.lay(row)) }

// first is the line on which a row begins, below its separator.
func (l *List) first(row int) Spot {
	if l.separator(row) != nil {
		return Spot{row, 1}
	}
	return Spot{row, 0}
}

// above returns the line so many lines above another, or the first.
func (l *List) above(at Spot, lines int) Spot {
	for lines > at.line {
		if at.row == 0 {
			return Spot{}
		}
		lines -= at.line + 1
		at.row--
		at.line = l.height(at.row) - 1
	}
	at.line -= lines
	return at
}

// below returns the line so many lines below another, or the last. It reports
// whether there are so many.
func (l *List) below(at Spot, lines int) (Spot, bool) {
	for {
		last := l.height(at.row) - 1
		if lines <= last-at.line {
			at.line += max(0, lines)
			return at, true
		}
		if at.row == l.shown.Rows.Len()-1 {
			return Spot{at.row, last}, false
		}
		lines -= last - at.line + 1
		at = Spot{at.row + 1, 0}
	}
}

// lineOf is the line in view on which a row begins.
func (l *List) lineOf(row int) int {
	at, first := l.top, l.first(row)
	for y := range l.h {
		if !at.before(first) {
			return y
		}
		at, _ = l.below(at, 1)
	}
	return l.h
}

// showOn scrolls so that the cursor is on the y-th line in view.
func (l *List) showOn(y int) {
	if l.h > 0 && l.shown.Rows.Len() > 0 {
		l.top = l.above(l.first(l.cursor), max(1, y))
	}
	l.follow()
}

// follow scrolls so that the cursor is in view, below the first line, where the
// heading of its month is pinned.
func (l *List) follow() {
	if l.h <= 0 || l.shown == nil || l.shown.Rows.Len() == 0 {
		l.top = Spot{}
		return
	}
	last := l.shown.Rows.Len() - 1
	l.top.row = min(l.top.row, last)
	l.top.line = min(l.top.line, l.height(l.top.row)-1) // a row that the cursor has left has fewer lines
	first := l.first(l.cursor)
	if !l.top.before(first) {
		l.top = l.above(first, 1)
	}
	end := Spot{l.cursor, l.height(l.cursor) - 1}
	if least := l.above(end, l.h-1); l.top.before(least) {
		l.top = least
	}
	if l.cursor+l.h >= last { // the end may be in view
		if most := l.above(Spot{last, l.height(last) - 1}, l.h-1); most.before(l.top) {
			l.top = most
		}
	}
	// No row is halved by the pinned heading.
	if next, more := l.below(l.top, 1); more && l.first(next.row).before(next) {
		l.top = Spot{next.row, l.height(next.row) - 1}
	}
	if !l.top.before(first) {
		l.top = l.above(first, 1) // a title may have more lines than there are
	}
}

// RowAt returns the row on the y-th line in view, if there is one.
func (l *List) RowAt(y int) (row int, ok bool) {
	if l.Event() < 0 {
		return 0, false
	}
	at, ok := l.below(l.top, y)
	return at.row, ok && y > 0 && !at.before(l.first(at.row)) // the first line is a heading
}

func (l *List) View(s *Styles, focused bool) []string {
	if l.h <= 0 {
		return nil
	}
	heading := *l.heading(l.top.row)
	if sep := l.separator(l.top.row); sep == nil || l.top.line > 0 || sep.kind != isHeading {
		if sep != nil && l.top.line == 0 {
			heading = *l.heading(l.top.row - 1)
		}
		heading.days = 0 // the gap before it is further up
	}
	lines := []string{l.viewSeparator(s, &heading)}
	for row, line := l.top.row, l.top.line+1; row < l.shown.Rows.Len() && len(lines) < l.h; row, line = row+1, 0 {
		first := l.first(row).line
		if line < first {
			lines = append(lines, l.viewSeparator(s, l.separator(row)))
		}
		if laid := l.lay(row); line-first < len(laid) {
			lines = append(lines, l.viewRow(s, row, laid, max(0, line-first), l.h-len(lines), focused)...)
		}
	}
	return pad(lines, l.w, l.h)
}

// viewSeparator draws a heading, with the gap before it, or a gap.
func (l *List) viewSeparator(s *Styles, sep *separator) string {
	if sep.kind == isGap {
		return row(l.w, span{"┆" + strings.Repeat(" ", l.shown.columns.date+2) + sep.gap(), s.dim})
	}
	spine := "├ "
	if sep.row == 0 && l.top == (Spot{}) {
		spine = "┌ "
	}
	name, count := sep.heading.String(), l.shown.Counted(sep.events, "event")
	if sep.again {
		name, count = name+", continued", ""
	} else if sep.events < sep.all {
		count = fmt.Sprintf("%s of %s", l.shown.Number(sep.events), l.shown.Counted(sep.all, "event"))
	}
	if l.w < oneColumn && count != "" {
		count, _, _ = strings.Cut(count, " event")
	}
	if count != "" {
		count = " " + count
	}
	room := l.w - width(spine) - width(count) - 2
	gap := ""
	if sep.days > 0 {
		for _, told := range []string{sep.gap(), sep.shortGap()} {
			if told = " ── " + told; width(name)+width(told) <= room {
				gap = told
				break
			}
		}
	}
	name = fit(name, min(width(name), max(0, room))) // a count is never cut
	rule := strings.Repeat("─", max(0, room-width(name)-width(gap)))
	return row(l.w, span{spine, s.dim}, span{name, s.strong}, span{gap + " " + rule + count + " ", s.dim})
}

// gap says how long a gap is.
func (s *separator) gap() string {
	if s.hidden > 0 {
		return fmt.Sprintf("%s, %s hidden by the filter", howLong(s.days), text.Counted(s.hidden, "event"))
	}
	return howLong(s.days) + " with no events"
}

func (s *separator) shortGap() string {
	if s.hidden > 0 {
		return fmt.Sprintf("%s, %s hidden", howLong(s.days), text.Grouped(s.hidden))
	}
	return howLong(s.days)
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
	if l.Event() < 0 {
		return ""
	}
	var parts []string
	from = min(from, l.shown.Rows.Len()-1)
	sep := l.separator(max(from, l.cursor))
	if sep != nil && sep.days > 0 && min(from, l.cursor) == sep.row-1 {
		parts = append(parts, sep.gap())
	}
	if h := l.heading(l.cursor); h != l.heading(max(0, from)) {
		parts = append(parts, h.heading.String()+", "+text.Counted(h.events, "event"))
	}
	return spoken(parts...)
}
