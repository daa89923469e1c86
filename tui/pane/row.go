package pane

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// The title is the row: it is never cut where a row or a column beside it can give
// way. Columns leave from the right: actors, the word of the status, the counts of
// every row. What must not be missed stays at any width: a status that is not
// confirmed, and 1o, which rests on one origin.

// The widths from which a row has more columns, and those of some.
const (
	oneColumn   = 60 // a status beside the title
	countsEach  = 78 // the counts on every row
	wordsWhole  = 88 // the status as a word; and actors where there is room
	leastActors = 14
	wordWidth   = 10 // of the status
)

// Columns are widths that the list's columns take over all events that are loaded,
// so that they stand still while it scrolls.
type columns struct {
	date    int // of the dates, up to mostMeasured of them
	counts  int
	unsaid  bool // an event is confirmed, for which there is no status word
	stated  bool // an event states its status
	missing bool // another does not
}

// mostMeasured bounds the dates that are written to measure them. A date that is
// wider moves its title.
const mostMeasured = 10_000

// measure works out the columns of a timeline.
func measure(t *timeline.Timeline) columns {
	c := columns{date: len("20?")}
	if t.Timed() {
		c.date = len("19 14:30")
	}
	wide := t.Wide()
	for k := 0; k < wide.Len(); k += 1 + wide.Len()/mostMeasured {
		c.date = max(c.date, width(listDate(t, wide.At(k))))
	}
	most, origins := 0, 0
	for i := range t.Len() {
		s, o := t.Counts(i)
		most, origins = max(most, s), max(origins, o)
		switch t.Status(i) {
		case timeline.NotStated:
			c.missing = true
		case timeline.Confirmed:
			c.unsaid, c.stated = true, true
		default:
			c.stated = true
		}
	}
	c.counts = len(fmt.Sprintf("%ds/%do", most, origins))
	return c
}

// Unsaid reports whether rows without a status word are confirmed.
func (s *Shown) Unsaid() bool { return s.columns.unsaid }

// listDate is the date of event i for a row under the heading of its month: the
// day right in two cells, the doubt after it, and the time that it states.
func listDate(t *timeline.Timeline, i int) string {
	date := t.Date(i).Short()
	if clock := t.Time(i); clock != "" && len(date) == len("19") {
		date += " " + clock[:len("14:30")]
	}
	if rest, about := strings.CutPrefix(date, "~"); about && !strings.ContainsAny(date, "–→") {
		date = rest + "~"
	}
	if len(date) > 1 && date[0] == '0' && (len(date) == 2 || !('0' <= date[2] && date[2] <= '9') && date[2] != '-') {
		date = " " + date[1:]
	}
	if before, last, ok := strings.Cut(date, "–0"); ok && len(last) < 3 {
		date = before + "–" + last
	}
	return date
}

// Rows lay out and draw events, in lines of w cells; at most h are in view.
type rows struct {
	shown  *Shown
	cursor int // row
	w, h   int
}

// A laidLine is a line of a row: a part of its title, and the pieces beside it.
type laidLine struct {
	title  string
	indent int
	beside []piece
}

// A piece is text at a cell. The status word has its own style; other text is
// faint unless it is strong.
type piece struct {
	x      int
	text   string
	plain  bool
	status bool
}

// statusOf returns the status word of event i in a list: none if it is confirmed or
// if no event states one.
func (l *rows) statusOf(i int) timeline.Status {
	if !l.shown.columns.stated {
		return timeline.Confirmed
	}
	return l.shown.Status(i)
}

// left is the first cell of a row's title.
func (l *rows) left(date string) int { return 3 + max(l.shown.columns.date, width(date)) }

// lay lays out a row: its lines, with the title whole as far as two lines hold it;
// under the cursor and in one column, as many as it takes.
func (l *rows) lay(row int) []laidLine {
	i := l.shown.At(row)
	title := l.shown.Event(i).Title
	left := l.left(listDate(l.shown.Timeline, i))
	if l.w < oneColumn {
		return l.layNarrow(i, title, left)
	}
	most := 2
	if row == l.cursor {
		most = max(2, l.h)
	}
	status := l.statusOf(i)
	_, origins := l.shown.Counts(i)
	one := origins == 1
	counts := l.shown.Rests(i)
	word := 0 // the cells of the status column with a blank
	if l.shown.columns.stated {
		word = 1 + len("CNF")
	}
	if l.w < countsEach {
		// The counts end where titles beside a status do, if the last line leaves
		// them room.
		end := l.w - 1 - word
		room := l.w - 1 - left
		if status != timeline.Confirmed {
			room = end - left - 1
		}
		lines := wrapTitle(title, room, 2, most)
		free := func(text string, end int) bool { return left+lines[len(lines)-1].cells()+1+width(text) <= end }
		if one && !free("1o", end) && (status != timeline.Confirmed || !free("1o", l.w-1)) {
			lines = wrapTitle(title, room-len(" 1o"), 2, most)
		}
		last := &lines[len(lines)-1]
		switch {
		case free(counts, end):
			last.put(end, counts, one)
		case one && free("1o", end):
			last.put(end, "1o", one)
		case one:
			last.put(l.w-1, "1o", one)
		}
		lines[0].say(l.w-1-len("CNF"), status, status.Short())
		return lines
	}
	if l.shown.columns.stated && l.w >= wordsWhole {
		word = 2 + wordWidth
	}
	room := l.w - left - 1 - l.shown.columns.counts - word - 1
	actors := 0
	if l.w >= wordsWhole {
		room = min(room, WidestText)
		if actors = l.w - left - room - 1 - l.shown.columns.counts - word - 3; actors < leastActors {
			actors = 0
		}
	}
	lines := wrapTitle(title, room, 2, most)
	x := left + room + 1 + l.shown.columns.counts
	lines[0].put(x, counts, one)
	switch {
	case l.w >= wordsWhole:
		lines[0].say(x+2, status, status.String())
	default:
		lines[0].say(x+1, status, status.Short())
	}
	if actors > 0 {
		lines[0].beside = append(lines[0].beside, piece{x: x + word + 2, text: someActors(l.shown.Event(i).Actors, actors), plain: true})
	}
	return lines
}

// layNarrow lays out a row in one column: status and counts stand at the end of the
// last line or, if they must not be missed, on one of their own.
func (l *rows) layNarrow(i int, title string, left int) []laidLine {
	lines := wrapTitle(title, l.w-1-left, 0, max(2, l.h))
	status := l.statusOf(i)
	word := ""
	if status != timeline.Confirmed {
		word = status.Short() + " "
	}
	_, origins := l.shown.Counts(i)
	one, counts := origins == 1, l.shown.Rests(i)
	last := &lines[len(lines)-1]
	free := func(text string) bool { return left+last.cells()+1+width(text) <= l.w-1 }
	switch {
	case free(word + counts):
	case one && free(word+"1o"):
		counts = "1o"
	case !one && word != "" && free(word[:len(word)-1]):
		counts, word = "", word[:len(word)-1]
	case one || word != "":
		lines = append(lines, laidLine{})
		last = &lines[len(lines)-1]
	default:
		return lines
	}
	last.put(l.w-1, counts, one)
	last.say(l.w-1-width(counts)-len(word), status, strings.TrimSpace(word))
	return lines
}

func (l *laidLine) cells() int { return l.indent + width(l.title) }

// put puts the counts, if any, beside a line. They are faint unless they rest on
// one origin.
func (l *laidLine) put(end int, counts string, one bool) {
	if counts != "" {
		l.beside = append(l.beside, piece{x: end - width(counts), text: counts, plain: one})
	}
}

// say puts the status word beside a line. Confirmed has none.
func (l *laidLine) say(x int, status timeline.Status, word string) {
	if status != timeline.Confirmed && word != "" {
		l.beside = append(l.beside, piece{x: x, text: word, status: true})
	}
}

// cut ends a line with an ellipsis, as more follows.
func (l *laidLine) cut(room int) {
	l.title = strings.TrimRight(ansi.Truncate(l.title, max(0, room-1), ""), " ") + "…"
}

// wrapTitle wraps a title in lines of room cells, those after the first with an
// indent. The last has at least two words. A title that takes more lines than most
// is cut.
func wrapTitle(title string, room, indent, most int) []laidLine {
	room = max(room, indent+4)
	if strings.Contains(title, "  ") || strings.ContainsFunc(title, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) {
		title = strings.Join(strings.Fields(title), " ")
	}
	if len(title) <= room || width(title) <= room {
		return []laidLine{{title: title}}
	}
	var lines []laidLine
	start, end, used := 0, 0, 0 // of the line: its bytes so far, and their cells
	for at := 0; at < len(title); {
		next := strings.IndexByte(title[at:], ' ')
		if next < 0 {
			next = len(title) - at
		}
		left := room
		if len(lines) > 0 {
			left -= indent
		}
		w := width(title[at : at+next])
		switch {
		case used == 0 && w > left: // wider than a line
			n, _ := text.Head(title[at:], left)
			end, at = at+n, at+n
		case used == 0 || used+1+w <= left:
			used += min(1, used) + w
			end, at = at+next, min(at+next+1, len(title))
			continue
		}
		lines = append(lines, laidLine{title: title[start:end], indent: indent})
		if len(lines) == most {
			lines[most-1].cut(left)
			start = len(title)
			break
		}
		start, used = at, 0
	}
	if start < len(title) {
		lines = append(lines, laidLine{title: title[start:], indent: indent})
		last, before := &lines[len(lines)-1], &lines[max(0, len(lines)-2)]
		n := strings.LastIndexByte(before.title, ' ')
		if both := start - 1 - (len(before.title) - 1 - n); n > 0 && title[start-1] == ' ' && !strings.Contains(last.title, " ") && indent+width(title[both:]) <= room {
			last.title, before.title = title[both:], before.title[:n]
		}
	}
	lines[0].indent = 0
	return lines
}

// spine draws the first cell of a row: its mark, n for a note, or how it stands to
// the row above.
func (l *rows) spine(row int) (sign string, marked bool) {
	i := l.shown.At(row)
	switch mark := l.shown.Mark(i); {
	case mark != timeline.NoTier:
		return mark.Letter(), true
	case l.shown.Note(i) != "":
		return "n", true
	case l.shown.isInterval(i):
		return "╟", false
	case row > 0 && l.shown.Date(i) == l.shown.Date(l.shown.At(row-1)):
		return "│", false
	}
	return "├", false
}

// viewRow draws lines of row r from one on, at most so many.
func (l *rows) viewRow(s *Styles, r int, laid []laidLine, from, most int, focused bool) []string {
	i := l.shown.At(r)
	date := listDate(l.shown.Timeline, i)
	left, end := l.left(date), min(len(laid), from+most)
	var lines []string
	for n := from; n < end; n++ {
		line := laid[n]
		room := l.w - 1 - left - line.indent
		if len(line.beside) > 0 {
			room = line.beside[0].x - left - line.indent - 1
		}
		if n == end-1 && end < len(laid) {
			line.cut(room)
		}
		spans := []span{{"│ ", s.dim}}
		if n == 0 {
			spans = l.head(s, r, i, date)
		}
		spans = append(spans, span{strings.Repeat(" ", max(0, left+line.indent-cells(spans))), s.text})
		spans = append(spans, highlight(line.title, l.shown.Search.Needle, s.text, s.match)...)
		slices.SortFunc(line.beside, func(a, b piece) int { return a.x - b.x })
		for _, p := range line.beside {
			style := s.dim
			switch {
			case p.status:
				style = s.status[l.shown.Status(i)]
			case p.plain:
				style = s.text
			}
			spans = append(spans, span{strings.Repeat(" ", max(0, p.x-cells(spans))), s.text}, span{p.text, style})
		}
		if r == l.cursor {
			lines = append(lines, l.cursorRow(s, focused, spans))
			continue
		}
		lines = append(lines, row(l.w, spans...))
	}
	return lines
}

// head draws what stands before the title.
func (l *rows) head(s *Styles, r, i int, date string) []span {
	sign, marked := l.spine(r)
	spine, cursor, day := s.dim, " ", s.date
	if marked {
		spine = s.strong
	}
	if r == l.cursor {
		cursor = ">"
	}
	if r > 0 && date == listDate(l.shown.Timeline, l.shown.At(r-1)) && l.shown.Day(i) == l.shown.Day(l.shown.At(r-1)) {
		day = s.dim
	}
	return []span{{sign, spine}, {cursor, s.text}, {date, day}}
}

// cursorRow draws a line under the cursor, reversed when the list has the keys and
// bold when it has not.
func (l *rows) cursorRow(s *Styles, focused bool, spans []span) string {
	style := s.cursor
	if !focused {
		style = s.strong
	}
	var line strings.Builder
	for _, part := range spans {
		line.WriteString(part.text)
	}
	return style.Render(fit(line.String(), l.w))
}

// someActors names as many actors as fit, the first at least, and counts the
// others.
func someActors(actors []string, room int) string {
	named := ""
	for n := range actors {
		try := strings.Join(actors[:n+1], ", ")
		if more := len(actors) - n - 1; more > 0 {
			try += fmt.Sprintf(" +%d", more)
		}
		if width(try) > room && n > 0 {
			break
		}
		named = try
		if width(try) <= room {
			continue
		}
		more := fmt.Sprintf(" +%d", len(actors)-1)
		if len(actors) == 1 {
			more = ""
		}
		return ansi.Truncate(actors[0], room-width(more), "…") + more
	}
	return named
}
