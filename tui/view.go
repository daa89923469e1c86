package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/text"
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
	"─", "-", "│", "|", "├", "+", "┌", "+", "┆", ":", "┊", ":", "░", ":", "…", "~", "·", "-", "–", "-", "—", "-",
	"╟", "#", "═", "~", "‹", "<", "›", ">",
	"“", `"`, "”", `"`, "‘", "'", "’", "'", "→", ">", "←", "<", "↑", "^", "↓", "v",
	"▁", ".", "▂", ".", "▃", ".", "▄", ":", "▅", ":", "▆", ":", "▇", ":", "█", "#",
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
	shown, histogram := m.onScreen(), m.bars()
	title := shown.Title
	if title == "" {
		title = m.file.Name
	}
	bar := ""
	if !l.histogram.empty() && histogram.Drawn() {
		bar = histogram.BarWidth()
	}
	lines := make([]string, 0, m.h)
	lines = append(lines, pane.Header(s, title, bar, shown, l.header.w))
	if !l.histogram.empty() {
		lines = append(lines, histogram.View(s)...)
	}
	if !l.chips.empty() {
		lines = append(lines, m.chips().View(s, l.chips.w))
	}
	var body []string
	for i := len(m.places) - 1; i > 0 && body == nil; i-- {
		body = m.places[i].View(s)
	}
	if body == nil {
		body = m.viewBody()
	}
	lines = append(lines, body...)
	footer := m.footer()
	foot, caret := footer.View(s, m.w, 1+l.body.h/2)
	lines = append(lines[:m.h-len(foot)], foot...)

	var cursor *tea.Cursor
	switch p := m.top().(type) {
	case prompter:
		cursor = tea.NewCursor(caret, m.h-1)
	case filterer:
		if !p.narrows() {
			break
		}
		cursor = tea.NewCursor(min(m.w-1, p.Caret()), l.body.y)
	}
	return strings.Join(lines, "\n"), cursor
}

// chips describes the row of chips.
func (m *model) chips() pane.Chips {
	c := pane.Chips{Query: m.asks(), Hidden: m.onScreen().Hidden(), Legend: m.layout.histogram.h > 2, Beyond: m.bars().Beyond()}
	_, storing := m.top().(*storing)
	c.Drops = storing || len(m.places) == 1 && !m.reading && m.focus == onList && m.shown.Search.Needle == ""
	if p, ok := in[*ranging](m); ok {
		c.Period = p.spoken(m)
	}
	return c
}

// A hint is one or more actions on the last row, with a word for what they do.
type hint struct{ actions, word string }

// footer says which keys work, what has been said, and where the reader is.
func (m *model) footer() pane.Footer {
	top := m.top()
	f := pane.Footer{Said: m.notice.text, Tone: pane.Strong}
	if m.notice.failure {
		f.Tone = pane.Failure
	}
	m.standing(&f)
	top.footer(m, &f)
	if m.count > 0 {
		f.Count = text.Grouped(m.count)
	}
	for _, h := range top.about(m).hints {
		var keys []string
		for action := range strings.FieldsSeq(h.actions) {
			if all := strings.Fields(m.keys.named(action).Help().Key); len(all) > 0 {
				keys = append(keys, all[0])
			}
		}
		if len(keys) > 0 {
			f.Hints = append(f.Hints, pane.Hint{Key: strings.Join(keys, " "), Word: h.word})
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
		f.Note, f.Bar, f.Percent = note, m.loading.part.Total > 0, m.loading.part.percent()
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
	foot                     rect
}

// The least screen that anything is drawn on.
const leastWidth, leastHeight = 30, 8

// facetsOver reports whether the facets have the whole body.
func (l *layout) facetsOver() bool { return !l.facets.empty() && l.list.empty() }

// A wish is what the reader asked to see.
type wish struct {
	on      focus
	reading bool // the detail has the whole body
	column  column
	chips   bool // something filters, a period is being selected, or the histogram shows only a part
	covered bool // a place has the whole body
}

// A column says whether the facets have one of their own.
type column int

const (
	byWidth column = iota // on a wide screen
	beside
	folded
)

func (m *model) wish() wish {
	_, storing := in[*storing](m)
	bars := m.bars()
	w := wish{on: m.focus, reading: m.reading && !storing, column: m.column, chips: !m.asks().Empty() || bars.Selecting() || bars.Beyond() != ""}
	for _, p := range m.places {
		w.covered = w.covered || p.covers()
	}
	return w
}

// histogramHeight returns the rows of bars on a screen of h rows, and one of
// labels.
func histogramHeight(h int) int {
	switch {
	case h < 22:
		return 1 + 1
	case h < 30:
		return 2 + 1
	case h < 45:
		return 4 + 1
	}
	return 6 + 1
}

// arrange lays out a screen of w by h cells. Below 60 columns or 16 rows there is
// one pane; below 116 columns the list lies over the detail, and from there beside
// it. From 100 columns the facets have a column beside them, below 160 in the
// place of the detail; elsewhere they have the whole body while they have the
// keys. Short of height, the histogram goes first, then the chips.
func arrange(w, h int, wish wish) layout {
	var l layout
	l.header = rect{0, 0, w, 1}
	top := 1
	if h >= 14 && !wish.reading && !wish.covered {
		l.histogram = rect{0, top, w, histogramHeight(h)}
		top += l.histogram.h
	}
	if h >= 12 && wish.chips {
		l.chips = rect{0, top, w, 1}
		top++
	}
	l.foot = rect{0, h - 1, w, 1}
	l.body = rect{0, top, w, h - 1 - top}

	b := l.body
	if w >= 100 && h >= 16 && !wish.reading && (wish.on == onFacets || wish.column == beside || wish.column == byWidth && w >= 160) {
		l.facets = rect{0, b.y, 30, b.h}
		b.x = l.facets.w + 1 // beyond a rule
		b.w -= b.x
	}
	detail := 0
	switch {
	case w >= 160:
		detail = max(48, min(w-112, pane.WidestText+2))
	case w >= 116:
		detail = w - w*3/5 - 2
	}
	switch {
	case wish.on == onFacets && l.facets.empty():
		l.facets = b
	case wish.reading && h >= 22:
		l.detail = rect{b.x, b.y + 1, b.w, b.h - 1} // below a blank row
	case wish.reading:
		l.detail = b
	case w < 60 || h < 16 || w < 160 && !l.facets.empty():
		l.list = b
	case detail == 0:
		high := (b.h - 1) * 5 / 8
		l.list = rect{b.x, b.y, b.w, high}
		l.rule = rect{b.x, b.y + high, b.w, 1}
		l.detail = rect{b.x, b.y + high + 1, b.w, b.h - high - 1}
	default:
		l.list = rect{b.x, b.y, b.w - detail - 1, b.h}
		l.rule = rect{w - detail - 1, b.y, 1, b.h}
		l.detail = rect{w - detail, b.y, detail, b.h}
	}
	return l
}
