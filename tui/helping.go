package tui

import (
	"fmt"

	"dateline/timeline"
	"dateline/tui/pane"
)

// helping explains the keys of the place beneath it, and the words on screen.
type helping struct {
	plain
	pane.Pager
	help pane.Help
}

func (m *model) openHelp() {
	var topics []pane.Topic
	here := m.top().about(m)
	for _, g := range m.keys.groups(here.scopes) {
		t := pane.Topic{Title: g.title, Brief: true}
		for _, a := range g.actions {
			if keys := m.keys.reaching(a, here.scopes); len(keys) > 0 {
				t.Entries = append(t.Entries, [2]string{shownKeys(keys), a.Help().Desc})
			}
		}
		topics = append(topics, t)
	}
	topics = append(topics, wordsOnScreen(m.keys.first("mark"))...)
	p := &helping{help: pane.Help{Place: here.name, Topics: topics, Erase: m.keys.first("erase")}}
	m.push(p)
	p.Narrow("")
}

func (*helping) about(*model) about {
	return about{"help", []scope{inHelp}, []hint{{"back", "back"}, {"choose-down", "down"}, {"choose-page-down", "page"}, {"erase", "erase"}}}
}

func (*helping) waits(*model, *action) bool { return false }
func (p *helping) Typed() string            { return p.help.Typed() }
func (p *helping) Caret() int               { return p.help.Caret() }

func (p *helping) Narrow(typed string) {
	p.help.Narrow(typed)
	p.Fill(p.help.Title(), p.help.Lines)
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
