package tui

import (
	"fmt"
	"maps"
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
	m.loads++
	load, seq, were := m.Load, m.loads, m.margin
	return func() tea.Msg {
		file, err := load()
		return loadedMsg{file, err, seq, were}
	}
}

// replace shows the timeline as it was read again; the cursor stays on its
// event, the filter and the marks as they are. What cannot be read leaves what
// is shown alone.
func (m *model) replace(msg loadedMsg) tea.Cmd {
	file := msg.file
	switch {
	case msg.seq < m.shownLoad:
		return nil // what is shown was read later
	case msg.err != nil:
		m.unread = timeline.Clean(msg.err.Error())
		return m.fail("the file cannot be read again: " + m.unread)
	}
	m.unread = ""
	m.shownLoad = msg.seq
	said := difference(m.t, file.Timeline)
	if event := m.list.event(); event >= 0 {
		m.list.place = moved(event, m.t, file.Timeline)
	}
	if m.mode == searching && m.origin >= 0 {
		m.origin = moved(m.origin, m.t, file.Timeline)
	}
	m.list.rows = timeline.Selection{} // they are the other timeline's
	if file.SaveMargin == nil || !maps.Equal(msg.were.Marks, m.margin.Marks) || !maps.Equal(msg.were.Notes, m.margin.Notes) {
		file.Margin = m.margin // nothing else keeps them, or they changed since it was read
	}
	back, ahead := m.trail.in(m.t, file.Timeline)
	m.open(file)
	m.trail = trail{back, ahead}
	return m.say("Read again: " + said + ".")
}

// renew makes anew what was made of the timeline before.
func (m *model) renew() {
	in := m.mode
	switch in {
	case asking:
		in = m.askedIn
	case helping:
		in = m.help.below
	}
	switch in {
	case pairing:
		m.pairs.open(m.t, m.list.rows)
	case filtering:
		m.checkFilter()
	case picking:
		m.picker.renew(m.t, m.query)
	case briefing:
		if m.list.rows.Len() == 0 {
			m.mode = browsing // there is nothing to brief on any more
			return
		}
		m.makeBrief()
	}
}

// leftOut says what is not as the file has it now; it is empty when all is.
func (m *model) leftOut() string {
	if m.unread != "" {
		return "the file cannot be read again"
	}
	return m.file.LeftOut
}

// moved returns where an event of one timeline is in another or, if it is gone,
// what is filed on its day or next.
func moved(event int, from, to *timeline.Timeline) int {
	if i, ok := to.Find(from.Event(event).ID); ok {
		return i
	}
	return to.From(from.Day(event))
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
