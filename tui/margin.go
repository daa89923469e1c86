package tui

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// In the margin stand the reader's marks, which say what must, should and could be
// mentioned, and the reader's notes. They are kept apart from the timeline.

// setMargin changes the marks and notes, which can be undone.
func (m *model) setMargin(margin timeline.Margin) {
	here := m.scene()
	m.past.add(change{here, here, m.margin.EditTo(margin)})
	m.putMargin(margin)
}

// putMargin puts marks and notes in the place of those there are.
func (m *model) putMargin(margin timeline.Margin) {
	e := m.margin.EditTo(margin)
	m.unsaved = m.unsaved.Then(e)
	m.loading.edited = true
	if m.arriving != nil {
		m.arriving.file.Margin = m.arriving.file.Margin.With(e)
	}
	m.showMargin(margin)
}

// showMargin shows marks and notes.
func (m *model) showMargin(margin timeline.Margin) {
	m.margin = margin
	m.hand(m.shown.With(margin), false)
	switch {
	case m.query.AsksMargin():
		m.then = (*model).renewBrief
		m.find(m.query)
	case m.arriving != nil:
		m.request()
	default:
		m.renewBrief()
	}
}

// saveMargin has the changes of the margin saved, and says what was done.
func (m *model) saveMargin(said string) tea.Cmd {
	if m.file.SaveMargin == nil {
		return m.say(said + " " + m.file.Unkept)
	}
	m.keepMargin()
	return m.say(said)
}

// keepMargin writes what is not saved yet: in one, since the write before. What
// cannot be written stays unsaved, and is written with the next change or when the
// viewer ends.
func (m *model) keepMargin() {
	var e timeline.MarginEdit
	var kept timeline.Margin
	m.write(&m.keeping, write{
		begin: func(m *model) func() error {
			save := m.file.SaveMargin
			if e = m.unsaved; e.Empty() || save == nil {
				return nil
			}
			m.unsaved, m.saving = timeline.MarginEdit{}, e
			return func() (err error) {
				kept, err = save(e)
				for id := range e.Notes {
					if err == nil && m.DropDraft != nil {
						m.DropDraft(id)
					}
				}
				return err
			}
		},
		done: func(m *model, err error) {
			failed := m.unsavedWhy != nil
			m.saving, m.unsavedWhy = timeline.MarginEdit{}, err
			switch {
			case err != nil:
				m.unsaved = e.Then(m.unsaved)
				m.fail("marks and notes are not saved: " + err.Error() + "; the next change and the end of the viewer try again")
				return
			case failed:
				m.do(m.say("Marks and notes are saved again."))
			}
			m.adopt(kept)
		},
	})
}

// adopt takes over the margin as it was written, with what other viewers wrote.
func (m *model) adopt(kept timeline.Margin) {
	kept = kept.With(m.unsaved)
	if kept.Equal(m.margin) {
		return
	}
	if m.arriving != nil {
		m.arriving.file.Margin = kept
	}
	m.showMargin(kept)
}

// unwritten reports whether marks or notes are still being written, or have to be.
func (m *model) unwritten() bool { return !m.saving.Empty() || !m.unsaved.Empty() }

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
	err      error // says where the text is
}

// A program is run outside the screen, with the terminal.
type program func() error

func (p program) Run() error        { return p() }
func (program) SetStdin(io.Reader)  {}
func (program) SetStdout(io.Writer) {}
func (program) SetStderr(io.Writer) {}

// openNote opens the note on the event, in the reader's editor or, where there is
// none, in a prompt. It begins with a draft that was not saved.
func (m *model) openNote(event int) tea.Cmd {
	id, note := m.shown.Event(event).ID, m.shown.Note(event)
	hint := ""
	if m.Draft != nil {
		if draft, ok := m.Draft(id); ok && draft != note {
			note, hint = draft, "your text that was not saved"
		}
	}
	if m.Edit == nil {
		m.ask("note: ", strings.ReplaceAll(note, "\n", lineEnd), hint, func(m *model, text string) (tea.Cmd, error) {
			return m.setNote(id, strings.ReplaceAll(text, lineEnd, "\n")), nil
		})
		m.top().(*asking).note = id
		return nil
	}
	var text string
	edit := func() (err error) {
		text, err = m.Edit(id, note)
		return err
	}
	m.editing = true
	return m.lend(tea.Exec(program(edit), func(err error) tea.Msg { return notedMsg{id, text, err} }))
}

// noted takes a note from the editor.
func (m *model) noted(msg notedMsg) tea.Cmd {
	m.editing = false
	if msg.err != nil {
		return m.fail("the note was not changed: " + msg.err.Error())
	}
	return m.setNote(msg.id, msg.text)
}

// setNote sets the note on an event; an empty one removes it.
func (m *model) setNote(id, text string) tea.Cmd {
	text = strings.TrimSpace(text)
	if text == m.margin.Notes[id] {
		if m.DropDraft != nil {
			m.DropDraft(id)
		}
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

// keepTyped saves the text of a prompt when the viewer has to end, and says where.
func (m *model) keepTyped() (said []string) {
	p, ok := in[prompter](m)
	if !ok || strings.TrimSpace(p.line().text()) == "" {
		return nil
	}
	typed := p.line().text()
	if note, ok := p.(*asking); ok && note.note != "" {
		return m.keepDraft(note.note, strings.ReplaceAll(typed, lineEnd, "\n"))
	}
	where, err := "", errors.ErrUnsupported
	if m.KeepTyped != nil {
		where, err = m.KeepTyped(typed)
	}
	if err != nil {
		return []string{fmt.Sprintf("you were typing “%s”", typed)}
	}
	return []string{"the text you were typing is in " + where}
}

// keepDraft saves the text of a note that cannot be saved, and says where.
func (m *model) keepDraft(id, text string) (said []string) {
	where, err := "", errors.ErrUnsupported
	if m.KeepDraft != nil {
		where, err = m.KeepDraft(id, text)
	}
	if err != nil {
		return []string{fmt.Sprintf("your note on %s was “%s”", id, text)}
	}
	return []string{fmt.Sprintf("your note on %s is in %s", id, where)}
}
