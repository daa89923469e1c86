package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/edtf"
)

// View shows the screen. All that is asked of the terminal is declared here.
func (m *model) View() tea.View {
	var v tea.View
	v.AltScreen = true
	v.WindowTitle = "dateline"
	if m.t.Title != "" {
		v.WindowTitle = "dateline: " + m.t.Title
	}
	if m.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.KeyboardEnhancements.ReportAlternateKeys = true
	frame, cursor := m.frame()
	if m.ASCII {
		frame = asciiOnly.Replace(frame)
	}
	v.SetContent(frame)
	v.Cursor = cursor
	return v
}

// asciiOnly stands in for what the frame is drawn with, each in one cell, for
// terminals and fonts that lack it or draw it in two. Other text stays.
var asciiOnly = strings.NewReplacer(
	"─", "-", "│", "|", "├", "+", "┼", "+", "┬", "+", "░", ":", "…", "~", "·", "-", "–", "-", "—", "-",
	"║", "#", "╟", "#", "╫", "#", "╓", "/", "╙", `\`, "═", "~", "‹", "<", "›", ">",
	"“", `"`, "”", `"`, "‘", "'", "’", "'", "→", ">", "←", "<", "↑", "^", "↓", "v",
	"▁", ".", "▂", ".", "▃", "-", "▄", "=", "▅", "=", "▆", "+", "▇", "#", "█", "#",
)

// frame draws exactly w by h cells, and says where the terminal's cursor is, if
// anything is typed.
func (m *model) frame() (string, *tea.Cursor) {
	if m.w <= 0 || m.h <= 0 {
		return "", nil
	}
	if m.w < leastWidth || m.h < leastHeight {
		need := fmt.Sprintf("%dx%d needed", leastWidth, leastHeight)
		return strings.Join(pad([]string{row(m.w, span{need, m.styles.text})}, m.w, m.h), "\n"), nil
	}
	l := &m.layout
	lines := make([]string, 0, m.h)
	lines = append(lines, m.viewHeader())
	var cursor *tea.Cursor
	typing := m.typing()
	if !l.strip.empty() {
		lines = append(lines, m.strip.view(m.styles)...)
	}
	if !l.chips.empty() {
		chips := ""
		if typing {
			line, x := m.prompt.view(m.styles, l.chips.w)
			chips, cursor = line, tea.NewCursor(x, l.chips.y)
		} else {
			chips = m.viewChips(l.chips.w)
		}
		lines = append(lines, chips)
	}
	lines = append(lines, m.viewBody()...)
	foot := m.viewFoot()
	lines = append(lines[:m.h-len(foot)], foot...)
	if typing && l.chips.empty() {
		line, x := m.prompt.view(m.styles, l.header.w)
		lines[0], cursor = line, tea.NewCursor(x, 0)
	}
	if n := m.narrower(); n != nil {
		cursor = tea.NewCursor(min(m.w-1, n.caret()), l.body.y)
	}
	return strings.Join(lines, "\n"), cursor
}

// cursorDay is the day of the event under the cursor.
func (m *model) cursorDay() edtf.Day {
	if i := m.list.event(); i >= 0 {
		return m.t.Day(i)
	}
	return edtf.Past
}

func (m *model) viewBody() []string {
	l := &m.layout
	mode := m.mode
	if mode == asking {
		mode = m.askedIn
	}
	switch mode {
	case picking:
		return m.picker.view(m.styles)
	case choosing:
		return m.menu.view(m.styles)
	case helping:
		return m.help.view(m.styles)
	case briefing, telling:
		return m.page.view(m.styles)
	case pairing:
		return m.pairs.view(m.styles)
	}
	if l.facets.empty() {
		return m.viewPanes()
	}
	facets := m.facets.view(m.styles, m.focus == onFacets)
	if l.facetsOver() {
		return facets
	}
	return m.joined(facets, m.viewPanes(), onFacets)
}

// joined draws two panes side by side, parted by a bar that is strong if one of
// them has the keys.
func (m *model) joined(left, right []string, pane focus) []string {
	bar := m.styles.dim.Render("│")
	if m.focus == pane {
		bar = m.styles.strong.Render("│")
	}
	for y := range left {
		left[y] += bar + right[y]
	}
	return left
}

// viewPanes draws list and detail.
func (m *model) viewPanes() []string {
	l := &m.layout
	var list []string
	if !l.list.empty() {
		if m.list.rows.Len() == 0 {
			list = m.viewEmpty(l.list)
		} else {
			list = m.list.view(m.styles, m.focus == onList)
		}
	}
	if l.detail.empty() {
		return list
	}
	detail := m.detail.view(m.styles, m.focus == onDetail)
	switch {
	case l.list.empty():
		return detail
	case l.rule.h == 1:
		return append(append(list, m.viewRule()), detail...)
	}
	return m.joined(list, detail, onDetail)
}

// viewRule parts the list from the detail below it, and says whose it is.
func (m *model) viewRule() string {
	s := m.styles
	text := ""
	if i := m.list.event(); i >= 0 {
		e := m.t.Event(i)
		text = fmt.Sprintf(" %s | %s | %s ", e.Date.Words(), strings.ToUpper(e.Status.String()), e.Rests())
	}
	style := s.dim
	if m.focus == onDetail {
		style = s.strong
	}
	rule := strings.Repeat("─", max(0, m.layout.rule.w-2-width(text)))
	return row(m.layout.rule.w, span{"──", style}, span{text, s.strong}, span{rule, style})
}
