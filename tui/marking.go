package tui

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// What a reader writes in the margin: marks that say what must, should and could
// be said if there is time, and notes. It is the reader's, kept apart from the
// timeline.

// setMargin changes the marks and notes, everywhere they show.
func (m *model) setMargin(margin timeline.Margin) {
	m.margin = margin
	if m.arriving != nil {
		m.arriving.file.Margin = margin
	}
	m.setTimeline(m.t.WithMargin(margin))
	switch {
	case m.query.AsksMargin():
		m.setQuery(m.query)
	case m.arriving != nil:
		m.inquire()
	}
}

// setTimeline gives the panes the timeline, which has the same events as the one
// before, or else other rows for them are at hand.
func (m *model) setTimeline(t *timeline.Timeline) {
	m.t, m.list.t, m.detail.t, m.strip.t, m.facets.t = t, t, t, t, t
}

// saveMargin keeps what is in the margin, and says so or why not. It does not
// wait for a command's turn: what was written last must be what is kept, also
// when the next key quits, and the file is small.
func (m *model) saveMargin(said string) tea.Cmd {
	if m.file.SaveMargin == nil {
		return m.say(said + " " + m.file.Unkept)
	}
	if err := m.file.SaveMargin(m.margin); err != nil {
		return m.fail("marks and notes are not saved: " + err.Error())
	}
	return m.say(said)
}

// cycleMark gives the event the next mark: must, should, could, none.
func (m *model) cycleMark() tea.Cmd {
	event := m.list.event()
	if event < 0 {
		return nil
	}
	id := m.t.Event(event).ID
	margin := m.margin
	margin.Marks = changeable(margin.Marks)
	next := map[timeline.Tier]timeline.Tier{
		timeline.NoTier: timeline.Must, timeline.Must: timeline.Should, timeline.Should: timeline.Could, timeline.Could: timeline.NoTier,
	}[margin.Marks[id]]
	said := "Marked: " + next.String() + "."
	if next == timeline.NoTier {
		delete(margin.Marks, id)
		said = "The mark is gone."
	} else {
		margin.Marks[id] = next
	}
	m.setMargin(margin)
	return m.saveMargin(said)
}

// clearMarks takes all marks away, having asked.
func (m *model) clearMarks() tea.Cmd {
	if m.t.Marked().Len() == 0 {
		return m.say("Nothing is marked.")
	}
	m.confirm(fmt.Sprintf("clear %s?", text.Counted(m.t.Marked().Len(), "mark")), "The marks stay.", func(m *model) tea.Cmd {
		margin := m.margin
		margin.Marks = nil
		m.setMargin(margin)
		return m.saveMargin("All marks are gone.")
	})
	return nil
}

// nextMarked goes to the next marked event that is shown, or the one before.
func (m *model) nextMarked(step int) tea.Cmd {
	marked := m.t.Marked().And(m.list.rows)
	k, on := marked.Has(m.list.event())
	switch down := step * m.forward(); {
	case down < 0:
		k--
	case on:
		k++
	}
	if k < 0 || k >= marked.Len() {
		return m.say("There is no further marked event.")
	}
	m.jump(marked.At(k))
	return nil
}

// changeable is a copy of a map to change.
func changeable[V any](of map[string]V) map[string]V {
	if of == nil {
		return make(map[string]V)
	}
	return maps.Clone(of)
}

// lineEnd stands for the end of a line of a note, in a prompt, which has only one.
const lineEnd = "⏎"

// openNote opens the note on the event: in the reader's editor or, where there
// is none, in a prompt.
func (m *model) openNote() tea.Cmd {
	event := m.list.event()
	if event < 0 {
		return nil
	}
	id, note := m.t.Event(event).ID, m.t.Note(event)
	if m.Edit == nil {
		m.ask("note: ", strings.ReplaceAll(note, "\n", lineEnd), func(m *model, text string) tea.Cmd {
			return m.setNote(id, strings.ReplaceAll(text, lineEnd, "\n"))
		})
		return nil
	}
	cmd, read, err := m.Edit(note)
	if err != nil {
		return m.fail("the note cannot be edited: " + err.Error())
	}
	return tea.ExecProcess(cmd, func(err error) tea.Msg {
		text, unread := read() // which also clears up
		return notedMsg{id, text, cmp.Or(err, unread)}
	})
}

// notedMsg tells that the editor was left.
type notedMsg struct {
	id, text string
	err      error
}

// noted takes a note from the editor. One left alone changes nothing.
func (m *model) noted(msg notedMsg) tea.Cmd {
	if msg.err != nil {
		return m.fail("the note stays as it was, for the editor ended with " + msg.err.Error())
	}
	return m.setNote(msg.id, msg.text)
}

// setNote keeps a note on an event; an empty one takes it away.
func (m *model) setNote(id, text string) tea.Cmd {
	text = strings.TrimSpace(text)
	if text == m.margin.Notes[id] {
		return nil
	}
	margin := m.margin
	margin.Notes = changeable(margin.Notes)
	said := "Noted."
	if text == "" {
		delete(margin.Notes, id)
		said = "The note is gone."
	} else {
		margin.Notes[id] = text
	}
	m.setMargin(margin)
	if _, ok := m.t.Find(id); !ok {
		said += " The event is no longer in the file: " + id + "."
	}
	return m.saveMargin(said)
}
