package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/brief"
	"dateline/timeline/text"
)

// The brief of what is shown: read, fitted to a page, saved and copied.

// A laying says what of a brief has been laid out.
type laying struct {
	brief *brief.Brief
	width int
}

// heavy is how many events may be looked at in the time that it takes to write
// one down in full.
const heavy = 20

// openBrief shows the brief. It asks first if that is to be of more than anybody
// has looked through.
func (m *model) openBrief() tea.Cmd {
	n := m.list.rows.Len()
	switch {
	case n == 0:
		return m.say("There is nothing to brief on: no event is shown.")
	case n > brief.MostRead:
		m.confirmMany("brief on", n, "No brief is made", (*model).beginBrief)
		return nil
	}
	return m.beginBrief()
}

// confirmMany asks whether to do something with more events than anybody could
// read.
func (m *model) confirmMany(what string, events int, no string, do func(*model) tea.Cmd) {
	m.confirm(fmt.Sprintf("%s %s?", what, text.Counted(events, "event")), no+": "+m.keys.first("filter")+" narrows what is shown.", do)
	m.hint = fmt.Sprintf("more than %s are too many to read", text.Grouped(brief.MostRead))
}

func (m *model) beginBrief() tea.Cmd {
	m.mode, m.brief = briefing, nil
	m.page.show("brief", []pageLine{{"The brief is being made.", false}})
	m.page.top = 0
	m.makeBrief("")
	return nil
}

// makeBrief has the brief made, of as much as fits the paper, and then says so.
func (m *model) makeBrief(said string) {
	t, q, file := m.t, m.query, m.file
	opt := brief.Options{AsOf: m.Today, File: file.Name, LeftOut: m.leftOut(), Newest: m.Newest, Paper: m.paper}
	if l := &m.loading; l.on() && !l.whole && !l.part.Last {
		opt.LeftOut = "only a part of the file had been read"
	}
	events := t.Len()
	if m.paper == brief.NoPaper {
		events = heavy * m.list.rows.Len()
	}
	m.send(forBrief, events, func(context.Context) func(*model) {
		opt.Digest = file.Digest()
		var unread error
		if file.Since != nil {
			opt.Since, unread = file.Since(q)
		}
		b := brief.New(t, q, opt)
		if err := t.Err(); err != nil { // b holds events in name only
			return func(m *model) {
				m.leavePage()
				m.ahead = nil // it was for the brief
				m.do(m.fail("no brief is made: " + err.Error()))
			}
		}
		return func(m *model) {
			m.brief, m.briefed = b, file.Briefed // of the same reading of the file
			m.layBrief()
			m.do(m.made(said, unread))
		}
	})
}

// made says what is to be said of a brief that has just been made.
func (m *model) made(said string, unread error) tea.Cmd {
	switch left := m.brief.MustsLeft(); {
	case unread != nil:
		return m.fail(unread.Error())
	case left != "":
		return m.fail(left)
	case said != "":
		return m.say(said)
	}
	return nil
}

// layBrief has the brief laid out for the width that the page has, unless it is.
func (m *model) layBrief() {
	now := laying{m.brief, min(m.page.room(), brief.PageWidth)}
	if now.brief == nil || now == m.laid || m.beneath() != briefing {
		return
	}
	m.send(forLines, heavy*len(now.brief.Events), func(context.Context) func(*model) {
		lines := briefLines(now.brief, now.width)
		return func(m *model) {
			m.laid = now
			m.page.show("brief", lines)
		}
	})
}

// briefLines turns a brief's page into lines.
func briefLines(b *brief.Brief, width int) []pageLine {
	var lines []pageLine
	for _, line := range b.Page(width) {
		lines = append(lines, pageLine{line.Text, line.Heading})
	}
	return lines
}

// changePaper fits the brief to other paper, or to none: that only if somebody
// could read it.
func (m *model) changePaper() tea.Cmd {
	said := ""
	switch {
	case m.paper == brief.A4:
		m.paper, said = brief.Letter, "Fitted to a page of Letter."
	case m.paper == brief.Letter && m.brief.Selected <= brief.MostRead:
		m.paper, said = brief.NoPaper, "All of it, on as many pages as that takes."
	default:
		m.paper, said = brief.A4, "Fitted to a page of A4."
	}
	m.page.top = 0
	m.makeBrief(said)
	return nil
}

// saveBrief asks for a file to write the brief to.
func (m *model) saveBrief() tea.Cmd {
	return askToSave(m, "the brief", "brief.txt", func(m *model) []Writing[*brief.Brief] { return m.Briefs }, func(m *model) *brief.Brief { return m.brief }, func(m *model) func() error { return m.briefed })
}

// copyBrief copies the brief as text.
func (m *model) copyBrief() tea.Cmd {
	b := m.brief
	m.send(forText, heavy*len(b.Events), func(context.Context) func(*model) {
		var text strings.Builder
		for _, line := range b.Page(brief.PageWidth) {
			text.WriteString(line.Text + "\n")
		}
		return func(m *model) { m.do(m.copyText(text.String(), "")) }
	})
	return nil
}

// saveEvents asks for a file to write what is shown to.
func (m *model) saveEvents() tea.Cmd {
	if m.list.rows.Len() == 0 {
		return m.say("There is nothing to save: no event is shown.")
	}
	what := text.Counted(m.list.rows.Len(), "event")
	return askToSave(m, what, "events.json", func(m *model) []Writing[Selection] { return m.file.Exports }, (*model).shown, func(*model) func() error { return nil })
}

// shown is the events shown, in the order shown.
func (m *model) shown() Selection { return Selection{m.t, m.list.rows.Ordered(m.Newest)} }
