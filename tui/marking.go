package tui

import (
	"fmt"
	"maps"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// Marks say what must, should and could be said if there is time. They are the
// reader's, kept apart from the timeline.

// setMarks changes the marks, everywhere they show.
func (m *model) setMarks(marks map[string]timeline.Tier) {
	m.marks = marks
	m.t = m.t.WithMarks(marks)
	m.list.t, m.detail.t, m.strip.t = m.t, m.t, m.t
	if m.query.Asks(timeline.MarkedField) {
		m.setQuery(m.query)
	}
}

// marked counts the events that are marked.
func (m *model) marked() int {
	n := 0
	for id := range m.marks {
		if _, ok := m.t.Find(id); ok {
			n++
		}
	}
	return n
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
	return m.saveMarks(said)
}

// clearMarks takes all marks away, when asked twice.
func (m *model) clearMarks() tea.Cmd {
	if m.marked() == 0 {
		return m.say("Nothing is marked.")
	}
	if !m.clearing {
		m.clearing = true
		return m.say(fmt.Sprintf("M again clears %s.", timeline.Counted(m.marked(), "mark")))
	}
	m.setMarks(nil)
	return m.saveMarks("All marks are gone.")
}

// saveMarks keeps the marks, and says so or why not. It does not wait for a
// command's turn: what was marked last must be what is kept, also when the next
// key quits, and the file is small.
func (m *model) saveMarks(said string) tea.Cmd {
	if m.file.SaveMarks == nil {
		return m.say(said + " " + m.file.Unkept)
	}
	if err := m.file.SaveMarks(m.marks); err != nil {
		return m.fail("the marks are not saved: " + err.Error())
	}
	return m.say(said)
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
