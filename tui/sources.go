package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// What is done with the sources of an event: opened, or copied.

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
	url := sources[n-1].URL
	if url == "" {
		return m.say(fmt.Sprintf("Source %d has no address.", n))
	}
	return m.browseTo(url)
}

// browseTo opens an address in a browser, where there is one.
func (m *model) browseTo(url string) tea.Cmd {
	browse := m.Browse
	if browse == nil {
		return m.say(url)
	}
	return func() tea.Msg { return openedMsg{url, browse(url)} }
}

// openArchived opens the first archived copy that a source of the event has.
func (m *model) openArchived() tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	for i, s := range m.t.Event(m.list.event()).Sources {
		if s.Archived != "" {
			return m.openCopy(i + 1)
		}
	}
	return m.say("No source of this event states an archived copy.")
}

// openCopy opens the archived copy of the n-th source.
func (m *model) openCopy(n int) tea.Cmd {
	return m.browseTo(m.t.Event(m.list.event()).Sources[n-1].Archived)
}
