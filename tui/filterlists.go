package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/tui/pane"
)

// picking chooses values of a field.
type picking struct {
	plain
	pane.Picker
}

// pickFrom opens the picker of a field.
func (m *model) pickFrom(f timeline.Field) {
	p := &picking{Picker: pane.NewPicker(m.shown, f)}
	m.push(p)
	p.count(m)
}

// count counts the choices. The text and the marks meanwhile stay.
func (p *picking) count(m *model) {
	s := m.shown
	m.start(jobChoices, s.Len(), func(context.Context) func(*model) {
		counted := pane.CountChoices(s, p.Field())
		return func(*model) { p.Fill(counted) }
	})
}

func (p *picking) about(*model) about {
	name := p.Field().String()
	if p.Field() != timeline.StatusField && p.Field() != timeline.OriginsField {
		name += "s"
	}
	return about{name, []scope{inPicker}, []hint{{"pick", "choose"}, {"pick-mark", "mark several"}, {"pick-exclude", "exclude"}, {"leave-choice", "leave"}}}
}

// waits lets letters be typed before the choices are counted.
func (p *picking) waits(m *model, a *action) bool {
	return p.Counting && a != nil || p.plain.waits(m, a)
}

func (p *picking) spoken(*model) string { return p.Spoken() }

func (p *picking) leave(m *model) { m.cancel(jobChoices) }

func (p *picking) click(_ *model, _, y int) tea.Cmd {
	if p.Click(y) {
		p.Toggle(pane.Included)
	}
	return nil
}

func (p *picking) renew(m *model) {
	p.Hand(m.shown)
	p.count(m)
}

// pick accepts the picker's choice.
func (m *model) pick() {
	p := m.top().(*picking)
	if p.Empty() {
		return // the picker says that there is no match
	}
	m.drop(p)
	m.setQuery(p.Apply(m.query))
}

func (m *model) pickMark() {
	p := m.top().(*picking)
	if m.pressed.Code == tea.KeySpace && p.GoesOn() {
		p.Narrow(p.Typed() + " ")
		return
	}
	p.Toggle(pane.Included)
}

// choosing chooses one item of a menu. Letters are keys in it until they narrow it.
type choosing struct {
	plain
	pane.Menu[func(*model) tea.Cmd]
	palette bool // typing is its purpose
}

type item = pane.Item[func(*model) tea.Cmd]

// openMenu shows a menu.
func (m *model) openMenu(title string, items []item) {
	m.push(&choosing{Menu: pane.NewMenu(title, items)})
}

func (p *choosing) about(*model) about {
	if p.Narrowing {
		return about{"menu", []scope{inNarrowing}, []hint{{"choose", "do it"}, {"choose-down choose-up", "move"}, {"leave-choice", "leave"}, {"help-here", "help"}}}
	}
	return about{"menu", []scope{inMenu, inPage}, []hint{{"choose", "do it"}, {"down up", "move"}, {"narrow", "narrow"}, {"leave-choice", "leave"}, {"help", "help"}}}
}

// waits has a choice wait for what the text finds.
func (p *choosing) waits(m *model, a *action) bool {
	return a.is("choose") && m.running(jobPlaces) && !p.Named() || p.plain.waits(m, a)
}

func (p *choosing) leave(m *model) { m.cancel(jobPlaces) }

func (p *choosing) renew(m *model) { p.narrowed(m) }

func (p *choosing) spoken(*model) string { return p.Spoken() }

func (p *choosing) click(m *model, _, y int) tea.Cmd {
	if p.Click(y) {
		return m.choose()
	}
	return nil
}

// choose does the item under the cursor, or that of the count. In the help it goes
// back from typing.
func (m *model) choose() tea.Cmd {
	p, ok := m.top().(*choosing)
	if !ok {
		m.top().(filterer).narrow(false)
		return nil
	}
	if m.count > 0 {
		p.ToNumber(m.count)
	}
	it, ok := p.Item()
	if !ok {
		return nil // the menu says that there is no match
	}
	m.cancel(jobPlaces)
	m.pop()
	return it.Do(m)
}

// narrow has letters narrow the menu or the help.
func (m *model) narrow() { m.top().(filterer).narrow(true) }

// leaveChoice leaves the menu or, where the reader narrows it, the text.
func (m *model) leaveChoice() {
	p, narrows := m.top().(filterer)
	menu, is := p.(*choosing)
	if !narrows || !p.narrows() || is && menu.palette {
		m.back()
		return
	}
	if _, picker := p.(*picking); picker {
		m.back()
		return
	}
	p.narrow(false)
	m.narrowTo(p, "")
}

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
	if m.Line {
		m.say(m.position())
	}
	m.push(p)
	p.Narrow("")
}

func (p *helping) about(*model) about {
	if p.narrows() {
		return about{"help", []scope{inNarrowing}, []hint{{"choose", "keep"}, {"leave-choice", "all again"}, {"choose-down choose-up", "move"}, {"erase", "erase"}}}
	}
	return about{"help", []scope{inHelp, inPage}, []hint{{"back", "back"}, {"narrow", "narrow"}, {"down up", "move"}, {"page-down", "page"}}}
}

func (*helping) waits(*model, *action) bool { return false }
func (p *helping) spoken(*model) string     { return p.Spoken() }
func (p *helping) Typed() string            { return p.help.Typed() }
func (p *helping) Caret() int               { return p.help.Caret() }
func (p *helping) narrows() bool            { return p.help.Narrowing }

func (p *helping) narrow(on bool) {
	p.help.Narrowing = on
	p.Narrow(p.Typed())
}

func (p *helping) Narrow(typed string) {
	p.help.Narrow(typed)
	p.Fill(p.help.Title(), p.help.Lines)
}

func (p *picking) narrows() bool   { return true }
func (p *picking) narrow(bool)     {}
func (p *choosing) narrows() bool  { return p.Narrowing }
func (p *choosing) narrow(on bool) { p.Narrowing = on }

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
			{"1o", "one origin: nothing else confirms it"},
			{"no status", "confirmed"},
			{"11~  20?", "about the 11th; perhaps the 20th"},
			{"06-??", "June, the day is not stated"},
			{"├ │ ╟", "another day, the same day, an interval"},
			{"┆", "a gap"},
			{"22/91", "in facets and pickers: events with this value under the other filters, and in all"},
			{"M  S  C", "your mark: must, should, could; n: your note"},
		}},
		{Title: "In the histogram", Entries: [][2]string{
			{"▁ █", "events shown, by the day they begin, or the first day they state"},
			{"all", "the same for all events, at their own scale, while a filter hides some"},
			{"doubt", "events shown that are claimed, alleged, disputed or unverified"},
			{"·", "a bar of which the filter hides everything"},
			{"_", "nothing begins, but an interval goes on"},
			{"┊", "the axis is cut: a few events lie far from all others"},
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
