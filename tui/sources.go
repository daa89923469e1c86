package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/cite"
)

// The sources of an event, listed and opened; copying.go copies them.

// openSources lists the sources of the event, to open one.
func (m *model) openSources() tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	sources := m.t.Event(m.list.event()).Sources
	if len(sources) == 0 {
		return m.say("This event has no sources.")
	}
	var items []item
	for i := range sources {
		s := &sources[i]
		items = append(items, item{key: fmt.Sprintf("[%d]", i+1), name: cite.Note(s), do: func(m *model) tea.Cmd { return m.browseTo(s.URL) }})
		if s.Archived != "" {
			items = append(items, item{name: "archived copy", about: s.Archived, do: func(m *model) tea.Cmd { return m.browseTo(s.Archived) }})
		}
	}
	m.openMenu("open", items)
	return nil
}

// openNumbered opens the source whose number was pressed.
func (m *model) openNumbered() tea.Cmd {
	if n := m.pressed.Code - '0'; 1 <= n && n <= 9 {
		return m.openSource(int(n))
	}
	return m.openSources()
}

// openSource opens the n-th source of the event, counted from 1.
func (m *model) openSource(n int) tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	sources := m.t.Event(m.list.event()).Sources
	if n > len(sources) {
		return m.say(fmt.Sprintf("There is no source %d: this event has %d.", n, len(sources)))
	}
	return m.browseTo(sources[n-1].URL)
}

// browseTo opens an address in a browser, where there is one.
func (m *model) browseTo(url string) tea.Cmd {
	browse := m.Browse
	switch {
	case url == "":
		return m.say("This source has no address.")
	case browse == nil:
		return m.say(url)
	}
	return func() tea.Msg { return openedMsg{url, browse(url)} }
}

// openArchived opens the first archived copy that a source of the event has.
func (m *model) openArchived() tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	for _, s := range m.t.Event(m.list.event()).Sources {
		if s.Archived != "" {
			return m.browseTo(s.Archived)
		}
	}
	return m.say("No source of this event states an archived copy.")
}
