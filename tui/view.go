package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/tui/pane"
)

// View shows the screen, and declares all that is asked of the terminal. It
// changes nothing.
func (m *model) View() tea.View {
	var v tea.View
	v.AltScreen = true
	v.WindowTitle = "dateline"
	if m.shown.Title != "" {
		v.WindowTitle = "dateline: " + m.shown.Title
	}
	if m.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.KeyboardEnhancements.ReportAlternateKeys = true
	v.ProgressBar = m.taskbar()
	frame, cursor := m.frame()
	if m.ASCII {
		frame = asciiOnly.Replace(frame)
	}
	v.SetContent(frame)
	v.Cursor = cursor
	return v
}

// asciiOnly replaces the characters that frames are drawn with, cell by cell, for
// terminals and fonts that lack them or draw them in two. Other text stays.
var asciiOnly = strings.NewReplacer(
	"─", "-", "│", "|", "├", "+", "┼", "+", "┬", "+", "░", ":", "…", "~", "·", "-", "–", "-", "—", "-",
	"║", "#", "╟", "#", "╫", "#", "╓", "/", "╙", `\`, "═", "~", "‹", "<", "›", ">",
	"“", `"`, "”", `"`, "‘", "'", "’", "'", "→", ">", "←", "<", "↑", "^", "↓", "v",
	"▁", ".", "▂", ".", "▃", "-", "▄", "=", "▅", "=", "▆", "+", "▇", "#", "█", "#",
)

// frame draws exactly w by h cells, and places the terminal's cursor where text is
// typed.
func (m *model) frame() (string, *tea.Cursor) {
	if m.w <= 0 || m.h <= 0 {
		return "", nil
	}
	if m.w < leastWidth || m.h < leastHeight {
		return strings.Join(pane.OneLine(fmt.Sprintf("%dx%d needed", leastWidth, leastHeight), m.w, m.h), "\n"), nil
	}
	l, s := &m.layout, m.styles
	title := m.shown.Title
	if title == "" {
		title = m.file.Name
	}
	lines := make([]string, 0, m.h)
	lines = append(lines, pane.Header(s, title, m.shown, l.header.w))
	if !l.histogram.empty() {
		lines = append(lines, m.histogram.View(s)...)
	}
	if !l.chips.empty() {
		lines = append(lines, pane.Chips(s, m.query, m.shown.Len()-m.shown.Rows.Len(), l.chips.w))
	}
	var body []string
	for i := len(m.places) - 1; i > 0 && body == nil; i-- {
		body = m.places[i].View(s)
	}
	if body == nil {
		body = m.viewBody()
	}
	lines = append(lines, body...)
	rows := l.status.h + l.hints.h
	footer := m.footer()
	foot := footer.View(s, m.w, rows, rows+l.body.h/2)
	lines = append(lines[:m.h-len(foot)], foot...)

	var cursor *tea.Cursor
	switch p := m.top().(type) {
	case prompter:
		at := l.header // where the chips have no room
		if !l.chips.empty() {
			at = l.chips
		}
		line, x := p.line().drawn().View(s, at.w)
		lines[at.y], cursor = line, tea.NewCursor(x, at.y)
	case filterer:
		cursor = tea.NewCursor(min(m.w-1, p.Caret()), l.body.y)
	}
	return strings.Join(lines, "\n"), cursor
}

// A hint is an action on the bottom row, with a word for what it does.
type hint struct{ action, word string }

// footer says where the reader is, what has been said, and which keys work.
func (m *model) footer() pane.Footer {
	top := m.top()
	about := top.about(m)
	f := pane.Footer{Said: m.notice.text, Tone: pane.Strong}
	if m.notice.failure {
		f.Tone = pane.Failure
	}
	f.Where = " " + strings.ToUpper(about.name) + " "
	m.standing(&f)
	top.footer(m, &f)
	for _, h := range about.hints {
		if keys := strings.Fields(m.keys.named(h.action).Help().Key); len(keys) > 0 {
			f.Hints = append(f.Hints, pane.Hint{Key: keys[0], Word: h.word})
		}
	}
	return f
}

// standing notes what goes on: a filter, reading, events left out, or a view.
func (m *model) standing(f *pane.Footer) {
	if m.waiting || m.arriving != nil && !m.loading.on() {
		f.Note = pane.Note{Text: "Filtering…", Tone: pane.Strong}
		if m.waiting {
			f.Note.Text += " " + m.keys.first("back") + " cancels"
		}
		return
	}
	if note, ok := m.progress(); ok {
		f.Note, f.Bar, f.Percent = note, true, m.loading.part.percent()
		return
	}
	if left := m.leftOut(); left != "" {
		f.Note = pane.Note{Text: left + "; " + m.keys.first("problems") + " shows why", Tone: pane.Failure}
		return
	}
	if name := m.viewName(); name != "" {
		f.Note = pane.Note{Text: "view: " + name}
	}
}

// A rect is a part of the screen, in cells.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

func (r rect) has(x, y int) bool { return r.x <= x && x < r.x+r.w && r.y <= y && y < r.y+r.h }

// A layout places everything. A part without room is empty.
type layout struct {
	header, histogram, chips rect
	list, detail             rect
	rule                     rect // between list and detail: a row or a column
	facets                   rect // a column beside them, or the whole body
	body                     rect // all of these; other places have it whole
	status, hints            rect
}

// The least screen that anything is drawn on.
const leastWidth, leastHeight = 30, 8

// facetsOver reports whether the facets have the whole body.
func (l *layout) facetsOver() bool { return !l.facets.empty() && l.list.empty() }

// A wish is what the reader asked to see.
type wish struct {
	on      focus
	reading bool // the detail has the whole body
	folded  bool // the facets have no column of their own
}

// arrange lays out a screen of w by h cells. Below 60 columns or 16 rows there is
// one pane; below 100 columns the list lies over the detail, and from there beside
// it; from 160 the facets lie beside both. Elsewhere the facets have the whole
// body while they have the keys. Short of height, the histogram goes first, then
// the chips, then the hints.
func arrange(w, h int, wish wish) layout {
	var l layout
	top, bottom := 0, h
	l.header = rect{0, top, w, 1}
	top++
	if h >= 14 {
		n := 1
		if w >= 100 && h >= 24 {
			n = 2
		}
		l.histogram = rect{0, top, w, n}
		top += n
	}
	if h >= 12 {
		l.chips = rect{0, top, w, 1}
		top++
	}
	if h >= 10 {
		bottom--
		l.hints = rect{0, bottom, w, 1}
	}
	bottom--
	l.status = rect{0, bottom, w, 1}
	l.body = rect{0, top, w, bottom - top}

	b := l.body
	if w >= 160 && h >= 16 && !wish.reading && (!wish.folded || wish.on == onFacets) {
		l.facets = rect{0, b.y, min(max(30, w/6), 40), b.h}
		b.x = l.facets.w + 1 // beyond a rule
		b.w -= b.x
		w = b.w
	}
	switch {
	case wish.on == onFacets && l.facets.empty():
		l.facets = b
	case wish.reading:
		l.detail = b
	case w < 60 || h < 16:
		l.list = b
	case w < 100:
		listHeight := (b.h - 1) * 11 / 20
		l.list = rect{0, b.y, w, listHeight}
		l.rule = rect{0, b.y + listHeight, w, 1}
		l.detail = rect{0, b.y + listHeight + 1, w, b.h - listHeight - 1}
	default:
		detail := min(w*43/100, pane.WidestText+2)
		l.list = rect{b.x, b.y, w - detail - 1, b.h}
		l.rule = rect{b.x + w - detail - 1, b.y, 1, b.h}
		l.detail = rect{b.x + w - detail, b.y, detail, b.h}
	}
	return l
}
