package tui

import (
	"fmt"
	"maps"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// Marks say what must, should and could be said if there is time. They are the
// reader's, kept apart from the timeline.

// markedMsg tells whether marks were saved.
type markedMsg struct{ err error }

// setMarks changes the marks, everywhere they show.
func (m *model) setMarks(marks map[string]timeline.Tier) {
	m.marks = marks
	m.t = m.t.WithMarks(marks)
	m.list.t, m.detail.t, m.strip.t = m.t, m.t, m.t
	m.setQuery(m.query)
}

// cycleMark gives the event the next mark: must, should, could, none.
func (m *model) cycleMark() tea.Cmd {
	event := m.list.event()
	if event < 0 {
		return nil
	}
	id := m.t.Event(event).ID
	marks := maps.Clone(m.marks)
	if marks == nil {
		marks = make(map[string]timeline.Tier)
	}
	next := map[timeline.Tier]timeline.Tier{
		timeline.NoTier: timeline.Must, timeline.Must: timeline.Should, timeline.Should: timeline.Could, timeline.Could: timeline.NoTier,
	}[marks[id]]
	said := "Marked: " + next.String() + "."
	if next == timeline.NoTier {
		delete(marks, id)
		said = "The mark is gone."
	} else {
		marks[id] = next
	}
	m.setMarks(marks)
	return tea.Batch(m.say(said), m.saveMarks())
}

// clearMarks takes all marks away, when asked twice.
func (m *model) clearMarks() tea.Cmd {
	if len(m.marks) == 0 {
		return m.say("Nothing is marked.")
	}
	if !m.clearing {
		m.clearing = true
		return m.say(fmt.Sprintf("M again clears %s.", timeline.Counted(len(m.marks), "mark")))
	}
	m.setMarks(nil)
	return tea.Batch(m.say("All marks are gone."), m.saveMarks())
}

func (m *model) saveMarks() tea.Cmd {
	save, marks := m.file.SaveMarks, m.marks
	if save == nil {
		return nil
	}
	return func() tea.Msg { return markedMsg{save(marks)} }
}

// nextMarked goes to the next marked event that is shown, or the one before.
func (m *model) nextMarked(step int) tea.Cmd {
	for row := m.list.cursor + step; row >= 0 && row < m.list.rows.Len(); row += step {
		if event := m.list.at(row); m.t.Mark(event) != timeline.NoTier {
			m.jump(event)
			return nil
		}
	}
	return m.say("There is no further marked event.")
}
