package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/tui/pane"
)

// helping explains the keys of the place beneath it, and the words on screen.
type helping struct {
	plain
	help  pane.Help
	pager pane.Pager
}

func (m *model) openHelp() {
	var topics []pane.Topic
	scopes := m.top().scopes(m)
	for _, g := range m.keys.groups(scopes) {
		t := pane.Topic{Title: g.title, Brief: true}
		for _, a := range g.actions {
			if keys := m.keys.reaching(a, scopes); len(keys) > 0 {
				t.Entries = append(t.Entries, [2]string{shownKeys(keys), a.Help().Desc})
			}
		}
		topics = append(topics, t)
	}
	p := &helping{help: pane.NewHelp(m.top().name(m), append(topics, wordsOnScreen(m.keys.first("mark"))...))}
	m.push(p)
	p.fill(m)
}

func (p *helping) fill(m *model) {
	s := m.styles
	p.pager.Fill(p.help.Title(), func(width int) []pane.Line { return p.help.Lines(width, s) })
}

func (*helping) name(*model) string         { return "help" }
func (*helping) scopes(*model) []scope      { return []scope{inHelp} }
func (*helping) waits(*model, *action) bool { return false }

func (*helping) hints(*model) []hint {
	return []hint{{"back", "back"}, {"choose-down", "down"}, {"choose-page-down", "page"}, {"erase", "erase"}}
}

func (p *helping) resize(_ *model, w, h int) { p.pager.Resize(w, h) }
func (p *helping) view(m *model) []string    { return p.pager.View(m.styles) }
func (p *helping) caret() int                { return p.help.Caret() }
func (p *helping) mover(*model) mover {
	return mover{p.pager.Scroll, p.pager.Height(), p.pager.ScrollFar}
}

func (p *helping) erase(m *model) {
	p.help.Erase()
	p.fill(m)
}

func (p *helping) clear(m *model) {
	p.help.Clear()
	p.fill(m)
}

func (p *helping) input(m *model, msg tea.Msg) tea.Cmd {
	if s := typedText(msg); s != "" {
		p.help.Type(s)
		p.fill(m)
	}
	return nil
}

// wordsOnScreen explains everything on screen that is no key.
func wordsOnScreen(mark string) []pane.Topic {
	statuses := pane.Topic{Title: "Status: the standing of an event's central claim"}
	for _, st := range timeline.Statuses() {
		statuses.Entries = append(statuses.Entries, [2]string{fmt.Sprintf("%s  %s", st.Short(), st), st.Meaning()})
	}
	return []pane.Topic{
		statuses,
		{Title: "On a row", Entries: [][2]string{
			{"3s/2o", "three sources of two origins: pages that repeat one agency have one origin"},
			{"~11  20?", "about the 11th; perhaps the 20th"},
			{"06-??", "June, the day is not stated"},
			{"╟", "an interval; ╓ and ╙ tie it to the events within it"},
			{"22/91", "in facets and pickers: events with this value under the other filters, and in all"},
			{"M  S  C", "your mark: must, should, could; n: your note"},
		}},
		{Title: "In the histogram", Entries: [][2]string{
			{"▁ █", "events by the day they begin, or the first day they state"},
			{"░", "hidden by the filter"},
			{"═", "nothing begins, but an interval goes on"},
			{"?", "the event under the cursor states no day, and may lie here"},
			{"‹ ›", "the period goes on"},
		}},
		{Title: "Filter language", Entries: [][2]string{
			{`actor:putin place:pyongyang`, "both must hold"},
			{`actor:"Kim Jong Un",putin`, "either will do"},
			{`-topic:missile`, "without these"},
			{`status:disputed,alleged`, "by status"},
			{`since:2024-06 until:2024-10`, "by date; a date matches by overlap"},
			{`kind:official publisher:kcna`, "by source"},
			{`sources:>=3 origins:>=2`, "by number of sources or origins"},
			{`has:answer`, "also caveat, quote, archive, note (yours), uncertain"},
			{`marked`, "your marks, set with " + mark + "; marked:must,should for some of them"},
			{`"free text" /re.*gex/`, "title, summary, names, quotes"},
			{`(actor:kim | actor:choe) topic:un`, "groups"},
		}},
	}
}
