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

// In the margin stand the reader's marks, which say what must, should and could be
// mentioned, and the reader's notes. They are kept apart from the timeline.

// setMargin changes the marks and notes.
func (m *model) setMargin(margin timeline.Margin) {
	m.margin = margin
	if m.arriving != nil {
		m.arriving.file.Margin = margin
	}
	m.hand(m.shown.With(margin), false)
	switch {
	case m.query.AsksMargin():
		m.then = (*model).renewBrief
		m.setQuery(m.query)
	case m.arriving != nil:
		m.request()
	default:
		m.renewBrief()
	}
}

// saveMargin saves the margin and says so, or why not. It does not wait for a
// command's turn: the file is small, and must be written even if the next key
// quits.
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
func (m *model) cycleMark(event int) tea.Cmd {
	id := m.shown.Event(event).ID
	return m.setMark(id, map[timeline.Tier]timeline.Tier{
		timeline.NoTier: timeline.Must, timeline.Must: timeline.Should, timeline.Should: timeline.Could, timeline.Could: timeline.NoTier,
	}[m.margin.Marks[id]])
}

// setMark marks an event, or removes its mark.
func (m *model) setMark(id string, as timeline.Tier) tea.Cmd {
	said := "Marked: " + as.String() + "."
	if as == timeline.NoTier {
		said = "Mark removed."
	}
	margin := m.margin
	margin.Marks = changed(margin.Marks, id, as)
	m.setMargin(margin)
	return m.saveMargin(said)
}

// clearMarks removes all marks, after asking.
func (m *model) clearMarks() tea.Cmd {
	n := m.shown.Marked().Len()
	if n == 0 {
		return m.say("Nothing is marked.")
	}
	m.confirm(fmt.Sprintf("clear %s?", text.Counted(n, "mark")), "", "The marks stay.", func(m *model) tea.Cmd {
		margin := m.margin
		margin.Marks = nil
		m.setMargin(margin)
		return m.saveMargin("All marks removed.")
	})
	return nil
}

// changed returns a copy of a map with another value, or without it if it is zero.
func changed[V comparable](of map[string]V, id string, value V) map[string]V {
	all := make(map[string]V)
	maps.Copy(all, of)
	all[id] = value
	maps.DeleteFunc(all, func(_ string, v V) bool { return v == *new(V) })
	return all
}

// lineEnd stands for the end of a line of a note in a prompt, which has only one.
const lineEnd = "⏎"

// notedMsg tells that the editor was left.
type notedMsg struct {
	id, text string
	err      error
}

// openNote opens the note on the event, in the reader's editor or, where there is
// none, in a prompt.
func (m *model) openNote(event int) tea.Cmd {
	id, note := m.shown.Event(event).ID, m.shown.Note(event)
	if m.Edit == nil {
		m.ask("note: ", strings.ReplaceAll(note, "\n", lineEnd), "", func(m *model, text string) (tea.Cmd, error) {
			return m.setNote(id, strings.ReplaceAll(text, lineEnd, "\n")), nil
		})
		return nil
	}
	cmd, read, err := m.Edit(note)
	if err != nil {
		return m.fail("the note cannot be edited: " + err.Error())
	}
	m.editing = true
	return m.lend(tea.ExecProcess(cmd, func(err error) tea.Msg {
		text, unread := read() // which also removes the editor's file
		return notedMsg{id, text, cmp.Or(err, unread)}
	}))
}

// noted takes a note from the editor.
func (m *model) noted(msg notedMsg) tea.Cmd {
	m.editing = false
	if msg.err != nil {
		return m.fail("the note was not changed: the editor ended with " + msg.err.Error())
	}
	return m.setNote(msg.id, msg.text)
}

// setNote sets the note on an event; an empty one removes it.
func (m *model) setNote(id, text string) tea.Cmd {
	text = strings.TrimSpace(text)
	if text == m.margin.Notes[id] {
		return nil
	}
	said := "Note saved."
	if text == "" {
		said = "Note removed."
	}
	margin := m.margin
	margin.Notes = changed(margin.Notes, id, text)
	m.setMargin(margin)
	if _, ok := m.shown.Find(id); !ok {
		said += " The file no longer has this event: " + id + "."
	}
	return m.saveMargin(said)
}
