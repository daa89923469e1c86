package tui

import (
	"fmt"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// The timeline is read again when its file changes, or when the reader asks.

// changedMsg tells that the file may have changed.
type changedMsg struct{}

// awaitChange waits for the file to change.
func awaitChange(changes <-chan struct{}) tea.Cmd {
	if changes == nil {
		return nil
	}
	return func() tea.Msg {
		if _, ok := <-changes; !ok {
			return nil
		}
		return changedMsg{}
	}
}

// reload reads the timeline again.
func (m *model) reload() tea.Cmd {
	load := m.Load
	return func() tea.Msg {
		file, err := load()
		return loadedMsg{file, err}
	}
}

// replace shows the timeline as it was read again; the cursor stays on its
// event, the filter and the marks as they are. What cannot be read leaves what
// is shown alone.
func (m *model) replace(file File, err error) tea.Cmd {
	if err != nil {
		return m.fail("the file cannot be read again: " + err.Error())
	}
	said := difference(m.t, file.Timeline)
	if event := m.list.event(); event >= 0 {
		id := m.t.Event(event).ID
		m.list.place = file.Timeline.From(m.t.Day(event))
		if i, ok := file.Timeline.Find(id); ok {
			m.list.place = i
		}
	}
	m.list.rows = timeline.Selection{} // they are the other timeline's
	if file.SaveMargin == nil {
		file.Margin = m.margin // nothing else keeps them
	}
	m.open(file)
	return m.say("Read again: " + said + ".")
}

// difference says how one timeline differs from another, by the ids of its
// events and what they hold.
func difference(before, after *timeline.Timeline) string {
	added, changed := 0, 0
	for i := range after.Len() {
		e := after.Event(i)
		j, ok := before.Find(e.ID)
		switch {
		case !ok:
			added++
		case !reflect.DeepEqual(before.Event(j), e):
			changed++
		}
	}
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{added, "new"}, {changed, "changed"}, {before.Len() + added - after.Len(), "gone"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", timeline.Grouped(part.n), part.word))
		}
	}
	if len(parts) == 0 {
		return "nothing has changed"
	}
	return strings.Join(parts, ", ")
}
