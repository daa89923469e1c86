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

// The sources of an event are listed, opened and copied. Copied text goes to the
// terminal's clipboard, by OSC 52, and in tmux to its buffer too. No terminal says
// whether it took it, so neither do we.

// sources returns the sources of the event at hand.
func (m *model) sources() []timeline.Source {
	if m.list.Event() < 0 {
		return nil
	}
	return m.shown.Event(m.list.Event()).Sources
}

// openSources lists the sources of the event, to open one.
func (m *model) openSources(event int) tea.Cmd {
	sources := m.shown.Event(event).Sources
	if len(sources) == 0 {
		return m.say("This event has no sources.")
	}
	var items []item
	for i := range sources {
		s := &sources[i]
		items = append(items, item{Key: fmt.Sprintf("[%d]", i+1), Name: cite.Note(s), Do: func(m *model) tea.Cmd { return m.browse(s.URL) }})
		if s.Archived != "" {
			items = append(items, item{Name: "archived copy", About: s.Archived, Do: func(m *model) tea.Cmd { return m.browse(s.Archived) }})
		}
	}
	m.openMenu("open", items)
	return nil
}

// openSource opens the source of the event, or of the brief, that the count says.
func (m *model) openSource(event int) tea.Cmd {
	if p, ok := m.top().(*briefing); ok {
		return p.openCited(m)
	}
	s, none := m.sourceOf(m.shown.Event(event).Sources)
	if none != "" {
		return m.say(none)
	}
	return m.browse(s.URL)
}

// openArchived opens the archived copy of that source or, without a count, the
// first there is.
func (m *model) openArchived(event int) tea.Cmd {
	sources := m.shown.Event(event).Sources
	if m.count > 0 {
		s, none := m.sourceOf(sources)
		switch {
		case none != "":
			return m.say(none)
		case s.Archived == "":
			return m.say(fmt.Sprintf("Source %d has no archived copy.", m.count))
		}
		return m.browse(s.Archived)
	}
	for _, s := range sources {
		if s.Archived != "" {
			return m.browse(s.Archived)
		}
	}
	return m.say("No source of this event has an archived copy.")
}

// sourceOf returns the source that the count says, the first without one, or else
// says why there is none.
func (m *model) sourceOf(sources []timeline.Source) (s *timeline.Source, none string) {
	switch n := m.times(); {
	case len(sources) == 0:
		return nil, "This event has no sources."
	case n > len(sources):
		return nil, fmt.Sprintf("There is no source %s: this event has %d.", text.Grouped(n), len(sources))
	default:
		return &sources[n-1], ""
	}
}

// browse opens an address in a browser, or copies it where there is none.
func (m *model) browse(url string) tea.Cmd {
	browse := m.Browse
	switch {
	case url == "":
		return m.say("This source has no address.")
	case browse == nil:
		return m.copyText(url, "")
	}
	open := func() tea.Msg { return openedMsg{url, browse(url)} }
	if user, host := text.Disguise(url); host != "" {
		m.confirm(fmt.Sprintf("the host is %s, %q a user name; open it?", host, user), "", "Nothing was opened.", func(*model) tea.Cmd { return open })
		return nil
	}
	return open
}

// copiedMsg tells whether a text was copied to more than the terminal.
type copiedMsg struct {
	text, why string
	err       error
}

// copyText copies a text. Why says what led to it, if it was not asked for.
func (m *model) copyText(text, why string) tea.Cmd {
	keep := m.Copy
	switch {
	case keep == nil && m.Line:
		return m.say("There is no clipboard here to copy to: " + summary(text) + why)
	case keep == nil:
		return tea.Batch(tea.SetClipboard(text), m.say("Sent to the terminal's clipboard: "+summary(text)+why))
	}
	return tea.Batch(tea.SetClipboard(text), func() tea.Msg { return copiedMsg{text, why, keep.Write(text)} })
}

func (m *model) copied(msg copiedMsg) tea.Cmd {
	switch {
	case m.Line && msg.err != nil:
		return m.say(fmt.Sprintf("Not in %s (%s): %s%s", m.Copy.Name, msg.err, summary(msg.text), msg.why))
	case m.Line:
		return m.say(fmt.Sprintf("In %s: %s%s", m.Copy.Name, summary(msg.text), msg.why))
	case msg.err != nil:
		return m.say(fmt.Sprintf("Sent to the terminal's clipboard, but not in %s (%s): %s%s", m.Copy.Name, msg.err, summary(msg.text), msg.why))
	}
	return m.say(fmt.Sprintf("In %s, and sent to the terminal's clipboard: %s%s", m.Copy.Name, summary(msg.text), msg.why))
}

// summary is a text of one line, or the number of its lines.
func summary(s string) string {
	if lines := strings.Count(strings.TrimRight(s, "\n"), "\n") + 1; lines > 1 {
		return text.Counted(lines, "line")
	}
	return s
}

// copyCitation copies a source's citation.
func (m *model) copyCitation() tea.Cmd {
	s, none := m.sourceOf(m.sources())
	if none != "" {
		return m.say(none)
	}
	return m.copyText(cite.Chicago(s), "")
}

// openCopying offers the ways to copy a source of the event.
func (m *model) openCopying() tea.Cmd {
	sources := m.sources()
	if len(sources) == 0 {
		return m.say("There is no source to copy.")
	}
	var items []item
	for _, f := range append(plainForms(), m.Forms...) {
		items = append(items, item{Name: f.Name, About: f.About, Do: func(m *model) tea.Cmd { return m.copyAs(f, sources) }})
	}
	m.openMenu("copy", items)
	return nil
}

// plainForms are the forms that are no citation.
func plainForms() []Form {
	return []Form{
		{"address", "the source's address", addresses},
		{"quotation", "the words quoted, and who said them", quotations},
	}
}

// copyAs copies a source in a form. If there are several, it asks which.
func (m *model) copyAs(f Form, sources []timeline.Source) tea.Cmd {
	if len(sources) == 1 {
		return m.copySources(f, sources)
	}
	var items []item
	for i, s := range sources {
		only := sources[i : i+1]
		if _, err := f.Write(only); err != nil {
			continue // it has nothing to copy in this form
		}
		items = append(items, item{Key: fmt.Sprintf("[%d]", i+1), Name: cite.Note(&s), Do: func(m *model) tea.Cmd { return m.copySources(f, only) }})
	}
	if len(items) == 0 {
		return m.copySources(f, sources) // which says why not
	}
	all := item{Name: fmt.Sprintf("all %d", len(sources)), Do: func(m *model) tea.Cmd { return m.copySources(f, sources) }}
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
	return each(sources, "no source has an address", func(s *timeline.Source) string { return s.URL })
}

func quotations(sources []timeline.Source) (string, error) {
	return each(sources, "no source has a quotation", func(s *timeline.Source) string {
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

// each writes a line for each source that has one, or returns an error.
func each(sources []timeline.Source, none string, write func(*timeline.Source) string) (string, error) {
	var lines []string
	for i := range sources {
		if line := write(&sources[i]); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return "", errors.New(none)
	}
	return strings.Join(lines, "\n"), nil
}
