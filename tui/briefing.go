package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// The brief of what is shown: read, fitted to a page, saved and copied.

func (m *model) openBrief() tea.Cmd {
	if m.list.rows.Len() == 0 {
		return m.say("There is nothing to brief on: no event is shown.")
	}
	m.mode = briefing
	return m.makeBrief()
}

// makeBrief makes the brief, of as much as fits the paper.
func (m *model) makeBrief() tea.Cmd {
	opt := timeline.BriefOptions{
		AsOf: m.Today, File: m.file.Name, Digest: m.file.Digest(), LeftOut: m.leftOut(),
		Newest: m.list.newest, Paper: m.paper,
	}
	var unread error
	if m.file.Since != nil {
		opt.Since, unread = m.file.Since(m.query)
	}
	m.brief = timeline.NewBrief(m.t, m.query, opt)
	m.briefed = m.file.Briefed // of the same reading of the file
	b := m.brief
	m.page.fill("brief", func(width int) []pageLine { return briefLines(b, width) })
	switch left := b.MustsLeft(); {
	case unread != nil:
		return m.fail(unread.Error())
	case left != "":
		return m.fail(left)
	}
	return nil
}

// briefLines turns a brief's page into lines.
func briefLines(b *timeline.Brief, width int) []pageLine {
	var lines []pageLine
	for _, line := range b.Page(min(width, timeline.PageWidth)) {
		lines = append(lines, pageLine{line.Text, line.Heading})
	}
	return lines
}

// changePaper fits the brief to other paper, or to none.
func (m *model) changePaper() tea.Cmd {
	said := ""
	switch m.paper {
	case timeline.A4:
		m.paper, said = timeline.Letter, "Fitted to a page of Letter."
	case timeline.Letter:
		m.paper, said = timeline.NoPaper, "All of it, on as many pages as that takes."
	default:
		m.paper, said = timeline.A4, "Fitted to a page of A4."
	}
	if cmd := m.makeBrief(); m.notice.failure {
		return cmd
	}
	return m.say(said)
}

// saveBrief asks for a file to write the brief to.
func (m *model) saveBrief() tea.Cmd {
	return askToSave(m, "the brief", "brief.txt", m.Briefs, func(m *model) *timeline.Brief { return m.brief }, func(m *model) func() error { return m.briefed })
}

// copyBrief copies the brief as text.
func (m *model) copyBrief() tea.Cmd {
	var text strings.Builder
	for _, line := range m.brief.Page(timeline.PageWidth) {
		text.WriteString(line.Text + "\n")
	}
	return m.copyText(text.String(), "")
}

// saveEvents asks for a file to write what is shown to.
func (m *model) saveEvents() tea.Cmd {
	if m.list.rows.Len() == 0 {
		return m.say("There is nothing to save: no event is shown.")
	}
	what := timeline.Counted(m.list.rows.Len(), "event")
	return askToSave(m, what, "events.json", m.file.Exports, (*model).shown, func(*model) func() error { return nil })
}

// shown is the events shown, in the order shown.
func (m *model) shown() Selection { return Selection{m.t, m.list.rows.Ordered(m.list.newest)} }
