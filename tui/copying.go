package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/cite"
	"dateline/timeline/text"
)

// What is copied goes to the terminal's clipboard, by OSC 52, and in tmux to its
// buffer too. No terminal says whether it took it, so neither do we.

// copiedMsg tells what became of a text that was to be kept.
type copiedMsg struct {
	text, why string
	err       error
}

// copyText sends a text to be pasted elsewhere. Why says what led to it, if it was
// not asked for.
func (m *model) copyText(text, why string) tea.Cmd {
	keep := m.Copy
	if keep == nil {
		return tea.Batch(tea.SetClipboard(text), m.say("Sent to the terminal's clipboard: "+summary(text)+why))
	}
	return tea.Batch(tea.SetClipboard(text), func() tea.Msg { return copiedMsg{text, why, keep(text)} })
}

func (m *model) copied(msg copiedMsg) tea.Cmd {
	if msg.err != nil {
		return m.say(fmt.Sprintf("Sent to the terminal's clipboard, but tmux did not take it (%s): %s%s", msg.err, summary(msg.text), msg.why))
	}
	return m.say("In tmux's buffer, and sent to the terminal's clipboard: " + summary(msg.text) + msg.why)
}

// summary is what a notice says of a text: itself, when it is a line.
func summary(s string) string {
	if lines := strings.Count(strings.TrimRight(s, "\n"), "\n") + 1; lines > 1 {
		return text.Counted(lines, "line")
	}
	return s
}

// cited returns the sources of the event at hand.
func (m *model) cited() []timeline.Source {
	if m.list.event() < 0 {
		return nil
	}
	return m.t.Event(m.list.event()).Sources
}

func (m *model) noSource() tea.Cmd { return m.say("There is no source here to copy.") }

// copyCitation copies the first source's citation.
func (m *model) copyCitation() tea.Cmd {
	sources := m.cited()
	if len(sources) == 0 {
		return m.noSource()
	}
	return m.copyText(cite.Chicago(&sources[0]), "")
}

// openCopying offers the ways to copy a source of the event.
func (m *model) openCopying() tea.Cmd {
	sources := m.cited()
	if len(sources) == 0 {
		return m.noSource()
	}
	var items []item
	for _, f := range append(plainForms, m.Forms...) {
		items = append(items, item{name: f.Name, about: f.About, do: func(m *model) tea.Cmd { return m.copyAs(f, sources) }})
	}
	m.openMenu("copy", items)
	return nil
}

// plainForms are the forms that are no style of citation.
var plainForms = []Form{
	{"address", "where it is", addresses},
	{"quotation", "what it quotes, and who said it", quotations},
}

// copyAs copies a source in a form. When there are several, it asks which.
func (m *model) copyAs(f Form, sources []timeline.Source) tea.Cmd {
	if len(sources) == 1 {
		return m.copySources(f, sources)
	}
	var items []item
	for i, s := range sources {
		only := sources[i : i+1]
		if _, err := f.Write(only); err != nil {
			continue // it has nothing of the kind
		}
		items = append(items, item{key: fmt.Sprintf("[%d]", i+1), name: cite.Note(&s), do: func(m *model) tea.Cmd { return m.copySources(f, only) }})
	}
	if len(items) == 0 {
		return m.copySources(f, sources) // which says why not
	}
	all := item{name: fmt.Sprintf("all %d", len(sources)), do: func(m *model) tea.Cmd { return m.copySources(f, sources) }}
	m.openMenu("copy as "+f.Name, append(items, all))
	return nil
}

func (m *model) copySources(f Form, sources []timeline.Source) tea.Cmd {
	text, err := f.Write(sources)
	if err != nil {
		return m.fail(err.Error())
	}
	return m.copyText(text, "")
}

func addresses(sources []timeline.Source) (string, error) {
	return each(sources, "has an address", func(s *timeline.Source) string { return s.URL })
}

func quotations(sources []timeline.Source) (string, error) {
	return each(sources, "quotes anything", func(s *timeline.Source) string {
		if s.Quote == "" {
			return ""
		}
		quote := "“" + s.Quote + "”"
		if s.QuoteBy != "" {
			quote = s.QuoteBy + ": " + quote
		}
		return quote + " " + cite.Chicago(s)
	})
}

// each writes what the sources have, a line each; the error says that none does
// what it would take.
func each(sources []timeline.Source, does string, write func(*timeline.Source) string) (string, error) {
	text := ""
	for i := range sources {
		if line := write(&sources[i]); line != "" {
			if text != "" {
				text += "\n"
			}
			text += line
		}
	}
	if text == "" {
		return "", errors.New("no source here " + does)
	}
	return text, nil
}
