package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// What is typed: in the search and filter prompts, and in the picker.

func (m *model) openSearch() {
	m.origin, m.originTop, m.before = m.list.event(), m.list.top, m.find
	m.prompt.open("/", "")
	m.mode = searching
}

func (m *model) openFilter() {
	text := m.query.String()
	if text != "" {
		text += " "
	}
	m.prompt.open("filter: ", text)
	m.mode = filtering
	m.typed()
}

// pressPrompt types in the prompt. A search moves as it is typed; a filter hides
// nothing until it is accepted.
func (m *model) pressPrompt(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.cancel):
		if m.mode == searching {
			m.list.show(m.origin)
			m.list.top = m.originTop
			m.list.follow()
			m.chosen()
			m.setSearch(m.before)
		}
		m.mode = browsing
		return nil
	case key.Matches(msg, m.keys.accept):
		return m.accept()
	case key.Matches(msg, m.keys.complete) && m.mode == filtering:
		m.prompt.complete(m.t, 1)
		m.typed()
		return nil
	case key.Matches(msg, m.keys.completeBack) && m.mode == filtering:
		m.prompt.complete(m.t, -1)
		m.typed()
		return nil
	case key.Matches(msg, m.keys.suspend):
		return tea.Suspend
	}
	cmd := m.prompt.update(msg)
	m.typed()
	return cmd
}

// typed follows what is in the prompt.
func (m *model) typed() {
	switch m.mode {
	case filtering:
		m.checkFilter()
		return
	case going:
		m.check = ""
		return
	}
	m.setSearch(look(m.t, m.query, m.prompt.text()))
	at := m.origin
	if event, ok := m.find.from(m.origin, m.forward(), true); ok {
		at = event
	}
	m.list.show(at)
	m.chosen()
}

// checkFilter finds what is wrong with the filter being typed, or how many
// events it would show.
func (m *model) checkFilter() {
	m.check = ""
	q, err := timeline.ParseQuery(m.prompt.text())
	if err == nil {
		m.shows = m.t.Select(q).Len()
		err = m.t.Check(q)
	}
	if err != nil {
		m.check = err.Error()
	}
}

func (m *model) accept() tea.Cmd {
	if m.mode == going {
		return m.goTo()
	}
	if m.mode == searching {
		m.mode = browsing
		if m.list.event() != m.origin {
			m.trail.leave(m.origin)
		}
		if m.find.needle != "" && m.find.hits.Len() == 0 {
			return m.fail(fmt.Sprintf("“%s” is not in what is shown.", m.find.text))
		}
		return nil
	}
	q, err := timeline.ParseQuery(m.prompt.text())
	if err != nil {
		return nil // the status row says what is wrong
	}
	m.mode = browsing
	m.setQuery(q)
	return nil
}

func (m *model) openPicker() {
	m.picker.open(m.t, timeline.ActorField, m.query)
	m.mode = picking
}

func (m *model) pressPicker(msg tea.KeyPressMsg) tea.Cmd {
	k, p := &m.keys, &m.picker
	switch {
	case key.Matches(msg, k.cancel):
		m.mode = browsing
	case key.Matches(msg, k.accept):
		if len(p.found) == 0 && !p.touched {
			return nil // the picker says that there is none
		}
		m.mode = browsing
		m.setQuery(p.apply(m.query))
	case msg.Code == tea.KeySpace && p.goesOn():
		p.typeText(" ")
	case key.Matches(msg, k.mark):
		p.toggle(wanted)
	case key.Matches(msg, k.exclude):
		p.toggle(excluded)
	case key.Matches(msg, k.pickDown):
		p.move(1)
	case key.Matches(msg, k.pickUp):
		p.move(-1)
	case key.Matches(msg, k.pickPageDown):
		p.move(p.rows())
	case key.Matches(msg, k.pickPageUp):
		p.move(-p.rows())
	case key.Matches(msg, k.erase):
		p.erase()
	case key.Matches(msg, k.clearLine):
		p.clear()
	case key.Matches(msg, k.suspend):
		return tea.Suspend
	case key.Matches(msg, k.redraw):
		return tea.ClearScreen
	default:
		p.typeText(msg.Text)
	}
	return nil
}

func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	if !m.loaded() {
		m.ahead = append(m.ahead, msg)
		return nil
	}
	switch m.mode {
	case picking:
		m.picker.typeText(strings.TrimSpace(msg.Content))
	case searching, filtering, going:
		msg.Content = timeline.Clean(msg.Content)
		cmd := m.prompt.update(msg)
		m.typed()
		return cmd
	}
	return nil
}
