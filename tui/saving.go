package tui

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/text"
)

// What is shown, and a brief of it, is written to files. The end of a file's name
// says in which form; nothing is written over without asking.

// A Writing is a form in which something is written to a file.
type Writing[Of any] struct {
	Suffix string // of the file's name, such as ".csv"
	// Write counts the events that the form has no place for.
	Write func(io.Writer, Of) (leftOut int, err error)
	// ForReaders says that it is written of more events than anybody could read only
	// if that is confirmed.
	ForReaders bool
}

// A Selection is the events that are shown, in the order shown.
type Selection struct {
	*timeline.Timeline
	Events iter.Seq[int]
}

// ErrExists is what Config.Save returns rather than write over a file.
var ErrExists = errors.New("there is a file of this name")

// savedMsg tells what became of a file that was to be written.
type savedMsg struct {
	path    string
	leftOut int
	err     error   // nothing was written
	unkept  error   // it was, but what is kept beside it was not
	over    tea.Cmd // writes over the file that is there
}

// askToSave asks for the name of a file, and writes to it in the form that the
// end of the name says.
func askToSave[Of any](m *model, what, path string, forms func(*model) []Writing[Of], of func(*model) Of, kept func(*model) func() error) tea.Cmd {
	if m.Save == nil || len(forms(m)) == 0 {
		return m.say("There is nowhere to save this.")
	}
	var suffixes []string
	for _, f := range forms(m) {
		suffixes = append(suffixes, f.Suffix)
	}
	ends := strings.Join(suffixes, " ")
	m.ask("save "+what+" as: ", path, func(m *model, path string) tea.Cmd {
		form, ok := written(forms(m), path)
		if !ok {
			m.refuse("the end of the name says in which form: " + ends)
			return nil
		}
		save := func(m *model) tea.Cmd {
			form, _ := written(forms(m), path) // both of the timeline shown by now, should it be another
			what := of(m)
			cmd := write(m.Save, path, false, func(w io.Writer) (int, error) { return form.Write(w, what) }, kept(m))
			if m.mode != briefing && m.list.rows.Len() >= large {
				m.say("Saving " + path + "…") // until it is saved, however long that takes
			}
			return cmd
		}
		if n := m.list.rows.Len(); form.ForReaders && n > brief.MostRead {
			m.confirmMany("cite", n, "Nothing is written", save)
			return nil
		}
		return save(m)
	})
	m.hint = "a name that ends in " + ends + "; nothing is written over without asking"
	return nil
}

// written returns the form that the end of a name asks for, the longest that
// fits.
func written[Of any](forms []Writing[Of], path string) (form Writing[Of], ok bool) {
	for _, f := range forms {
		if strings.HasSuffix(strings.ToLower(path), f.Suffix) && len(f.Suffix) > len(form.Suffix) {
			form, ok = f, true
		}
	}
	return form, ok
}

// write writes a file, beside the drawing of frames; kept is told when it is
// written. It may be nil.
func write(save func(string, bool, func(io.Writer) error) error, path string, over bool, what func(io.Writer) (int, error), kept func() error) tea.Cmd {
	return func() tea.Msg {
		leftOut := 0
		err := save(path, over, func(w io.Writer) (err error) {
			leftOut, err = what(w)
			return err
		})
		var unkept error
		if err == nil && kept != nil {
			unkept = kept()
		}
		return savedMsg{path, leftOut, err, unkept, write(save, path, true, what, kept)}
	}
}

// saved says what became of it. Before a file is written over, it asks.
func (m *model) saved(msg savedMsg) tea.Cmd {
	switch {
	case errors.Is(msg.err, ErrExists) && !m.typing() && m.mode != helping:
		m.confirm("write over it?", "Nothing is written.", func(*model) tea.Cmd { return msg.over })
		m.hint = msg.path + " is there already"
		return nil
	case msg.err != nil:
		return m.fail("not saved: " + msg.err.Error())
	case msg.unkept != nil:
		return m.fail(msg.unkept.Error())
	}
	said := "Saved " + msg.path + "."
	if msg.leftOut > 0 {
		said += fmt.Sprintf(" It has no place for the dates of %s.", text.Counted(msg.leftOut, "event"))
	}
	return m.say(said)
}
