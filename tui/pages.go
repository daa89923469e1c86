package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/brief"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A page is a place with text to scroll through.
type page struct {
	plain
	pane.Pager
}

// telling shows the problems of the file, or past messages.
type telling struct {
	page
	lines func(*model) []pane.Line
}

func (p *telling) about(*model) about {
	return about{p.Title(), []scope{inPage}, []hint{{"back", "back"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}}
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
	if m.unread != "" {
		lines = append(lines, pane.Line{Text: "The file was read earlier, and cannot be reloaded: " + m.unread})
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

// briefing shows the brief of the events shown, to be read, fitted to a page,
// saved and copied.
type briefing struct {
	page
	brief   *brief.Brief
	briefed func() error // called when the brief is saved; may be nil
	laid    laidBrief
}

// A laidBrief says which brief was laid out, and for which width.
type laidBrief struct {
	brief *brief.Brief
	width int
}

// heavy is how many events can be looked at in the time it takes to write one in
// full.
const heavy = 20

// openBrief shows the brief. It asks first if nobody could read so many events.
func (m *model) openBrief() tea.Cmd {
	n := m.shown.Rows.Len()
	switch {
	case n == 0:
		return m.say("No event is shown, so there is nothing to brief on.")
	case n > brief.MostRead:
		m.confirmMany("brief on", n, "No brief was made", (*model).beginBrief)
		return nil
	}
	return m.beginBrief()
}

func (m *model) beginBrief() tea.Cmd {
	p := new(briefing)
	m.push(p)
	p.Show("brief", []pane.Line{{Text: "Making the brief…"}})
	p.make(m, "")
	return nil
}

// make has the brief made, of as much as fits the paper, and then says so.
func (p *briefing) make(m *model, said string) {
	s, q, file := m.shown, m.query, m.file
	opt := brief.Options{AsOf: m.Today, File: file.Name, LeftOut: m.leftOut(), Newest: m.Newest, Paper: m.paper}
	if l := &m.loading; l.on() && !l.whole && !l.part.Last {
		opt.LeftOut = "only a part of the file had been read"
	}
	events := s.Len()
	if m.paper == brief.NoPaper {
		events = heavy * s.Rows.Len()
	}
	m.start(jobBrief, events, func(context.Context) func(*model) {
		opt.Digest = file.Digest()
		var unread error
		if file.Since != nil {
			opt.Since, unread = file.Since(q)
		}
		b := brief.New(s.Timeline, q, opt)
		if err := s.Err(); err != nil { // some events of b could not be read
			return func(m *model) {
				m.drop(p)
				m.ahead = nil // it was for the brief
				m.do(m.fail("no brief was made: " + err.Error()))
			}
		}
		return func(m *model) {
			p.brief, p.briefed = b, file.Briefed // of the same reading of the file
			p.layOut(m)
			m.do(p.made(m, said, unread))
		}
	})
}

// made says what is due about a brief that has just been made.
func (p *briefing) made(m *model, said string, unread error) tea.Cmd {
	switch left := p.brief.MustsLeft(); {
	case unread != nil:
		return m.fail(unread.Error())
	case left != "":
		return m.fail(left)
	case said != "":
		return m.say(said)
	}
	return nil
}

// layOut has the brief laid out for the page's width, unless it is.
func (p *briefing) layOut(m *model) {
	now := laidBrief{p.brief, min(p.Room(), brief.PageWidth)}
	if now.brief == nil || now == p.laid {
		return
	}
	m.start(jobLines, heavy*len(now.brief.Events), func(context.Context) func(*model) {
		var lines []pane.Line
		for _, line := range now.brief.Page(now.width) {
			lines = append(lines, pane.Line{Text: line.Text, Strong: line.Heading})
		}
		return func(*model) {
			p.laid = now
			p.Show("brief", lines)
		}
	})
}

func (*briefing) about(*model) about {
	return about{"brief", []scope{inBrief, inPage}, []hint{{"back", "back"}, {"save-brief", "save"}, {"copy-brief", "copy"}, {"paper", "paper"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}}
}

func (*briefing) leave(m *model) { m.cancel(jobBrief, jobLines) }

func (p *briefing) waits(m *model, a *action) bool {
	return m.running(jobBrief) && a.is("save-brief", "copy-brief", "paper") || p.plain.waits(m, a)
}

func (p *briefing) footer(_ *model, f *pane.Footer) {
	if b := p.brief; b != nil {
		f.Where += fmt.Sprintf("%s of %s  %s", text.Grouped(len(b.Events)), text.Counted(b.Selected, "event"), b.Meter())
	}
}

func (p *briefing) renew(m *model) {
	if m.shown.Rows.Len() == 0 {
		m.drop(p)
		return
	}
	p.make(m, "")
}

// changePaper fits the brief to other paper or, if somebody could read it all, to
// none.
func (m *model) changePaper() tea.Cmd {
	p := m.top().(*briefing)
	said := ""
	switch {
	case m.paper == brief.A4:
		m.paper, said = brief.Letter, "Fitted to a Letter page."
	case m.paper == brief.Letter && p.brief.Selected <= brief.MostRead:
		m.paper, said = brief.NoPaper, "The whole brief, on as many pages as it takes."
	default:
		m.paper, said = brief.A4, "Fitted to an A4 page."
	}
	p.MoveFar(false)
	p.make(m, said)
	return nil
}

// saveBrief asks for a file to write the brief to.
func (m *model) saveBrief() tea.Cmd {
	p := m.top().(*briefing)
	return m.askToSave("the brief", "brief.txt", func(m *model) []file { return files(m.Briefs, p.brief, p.briefed) })
}

// copyBrief copies the brief as text.
func (m *model) copyBrief() tea.Cmd {
	b := m.top().(*briefing).brief
	m.start(jobText, heavy*len(b.Events), func(context.Context) func(*model) {
		var text strings.Builder
		for _, line := range b.Page(brief.PageWidth) {
			text.WriteString(line.Text + "\n")
		}
		return func(m *model) { m.do(m.copyText(text.String(), "")) }
	})
	return nil
}
