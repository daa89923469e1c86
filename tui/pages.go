package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A page is a place with text to scroll through.
type page struct {
	plain
	pane.Pager
}

func (p *page) pager() *pane.Pager   { return &p.Pager }
func (p *page) spoken(*model) string { return p.Spoken() }

// A texted place has text that can be searched.
type texted interface {
	place
	pager() *pane.Pager
}

// finding searches the text of a page as it is typed.
type finding struct {
	*prompt
	in     *pane.Pager
	before pane.Sought
}

func (*finding) about(*model) about { return inPromptOf("search") }

func (p *finding) footer(m *model, f *pane.Footer) {
	p.prompt.footer(m, f)
	f.Where = p.in.Found()
}

func (p *finding) spoken(*model) string {
	return sentences(p.text(), p.in.Found(), p.in.Spoken())
}

func (p *finding) typed(*model) { p.in.Seek(pane.Sought{Text: p.text(), Top: p.before.Top}) }

func (p *finding) accept(m *model) tea.Cmd {
	m.pop()
	return m.notInText(p.in)
}

// leave goes back to where the search began, and to the search before.
func (p *finding) leave(*model) { p.in.Restore(p.before) }

// findInText goes to the next match on a page, or to the one before.
func (m *model) findInText(in *pane.Pager, step int) tea.Cmd {
	if in.Sought().Text == "" {
		return m.say("No search yet; press " + m.keys.first("search") + " to search.")
	}
	for range min(m.times(), 1000) {
		in.FindNext(step)
	}
	return m.notInText(in)
}

// notInText says so if the search has no hits.
func (m *model) notInText(in *pane.Pager) tea.Cmd {
	if sought := in.Sought().Text; sought != "" && !in.Finds() {
		return m.fail(fmt.Sprintf("This page does not contain “%s”.", sought))
	}
	return nil
}

// telling shows the problems of the file, or past messages.
type telling struct {
	page
	lines func(*model) []pane.Line
}

func (p *telling) footer(_ *model, f *pane.Footer) { f.Where = p.Found() }

func (p *telling) about(*model) about {
	return about{p.Title(), []scope{inText, inPage}, []hint{{"back", "back"}, {"search", "search"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}}
}

func (p *telling) renew(m *model) {
	lines := p.lines(m)
	p.Refill(p.Title(), func(int) []pane.Line { return lines })
}

func (m *model) tell(title string, lines func(*model) []pane.Line) {
	p := &telling{lines: lines}
	m.push(p)
	p.Fill(title, func(int) []pane.Line { return nil })
	p.renew(m)
}

func (m *model) openProblems() { m.tell("problems", (*model).problems) }

// problems lists what is wrong with the file.
func (m *model) problems() []pane.Line {
	var lines []pane.Line
	if m.file.LeftOut != "" {
		lines = append(lines, pane.Line{Text: m.file.LeftOut + ". Events with errors are left out; events with warnings are kept.", Strong: true}, pane.Line{})
	}
	if err := m.shown.Err(); err != nil {
		lines = append(lines, pane.Line{Text: "The file changed while it was open; press " + m.keys.first("reload") + " to reload. " + text.Clean(err.Error())})
	}
	if m.unread != nil {
		lines = append(lines, pane.Line{Text: "The file is shown as it was, and cannot be reloaded:"})
		for _, p := range m.unread {
			lines = append(lines, pane.Line{Text: p})
		}
		return lines
	}
	for _, p := range m.file.Problems {
		lines = append(lines, pane.Line{Text: p})
	}
	if len(lines) == 0 {
		lines = []pane.Line{{Text: "The file has no problems."}}
	}
	return lines
}

// openMessages lists past notices, the last first.
func (m *model) openMessages() {
	m.tell("messages", func(m *model) []pane.Line {
		var lines []pane.Line
		for _, said := range slices.Backward(m.said) {
			lines = append(lines, pane.Line{Text: said})
		}
		if len(lines) == 0 {
			lines = []pane.Line{{Text: "No messages yet."}}
		}
		return lines
	})
}
