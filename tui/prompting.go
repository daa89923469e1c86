package tui

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// What is typed: in a prompt, a picker, a menu or the help.

func (m *model) openSearch() {
	m.origin, m.originTop, m.before = m.list.event(), m.list.top, m.find.text
	m.prompt.open("/", "")
	m.mode = searching
}

func (m *model) openFilter() {
	text := m.query.String()
	if text != "" {
		text += " "
	}
	m.prompt.open("filter: ", text)
	m.mode = filtering
	m.typed()
}

// cancel leaves a prompt, a menu or a picker, and all as it was.
func (m *model) cancel() {
	m.ahead = nil
	m.recall(forCount, forHits, forChoices)
	if m.mode == searching {
		m.list.show(m.origin)
		m.list.top = m.originTop
		m.list.follow()
		m.chosen()
		m.seek(m.before, func(*model) {})
	}
	m.mode = m.under()
}

// under is where it goes back to from a prompt, a menu or a picker.
func (m *model) under() mode {
	switch m.mode {
	case asking:
		return m.askedIn
	case choosing:
		return m.menu.below
	}
	return browsing
}

func (m *model) completeNext()     { m.prompt.complete(m.t, 1); m.typed() }
func (m *model) completePrevious() { m.prompt.complete(m.t, -1); m.typed() }

// clearLine erases what was typed, or in a line what is before the cursor.
func (m *model) clearLine() tea.Cmd {
	if n := m.narrower(); n != nil {
		n.clear()
		return nil
	}
	m.prompt.clear()
	m.typed()
	return nil
}

// typeKey takes a key as text, where text is typed.
func (m *model) typeKey(msg tea.KeyPressMsg) tea.Cmd {
	if n := m.narrower(); n != nil {
		if m.mode == helping && m.help.typed == "" && key.Matches(msg, m.keys.named("quit").Binding) {
			m.back() // as everywhere else
			return nil
		}
		if msg.Text != "" {
			n.typeText(msg.Text)
		}
		return nil
	}
	if !m.typing() {
		return nil
	}
	cmd := m.prompt.update(msg)
	m.typed()
	return cmd
}

// typed follows what is in the prompt.
func (m *model) typed() {
	switch m.mode {
	case filtering:
		m.checkFilter()
		return
	case going, asking:
		m.check = ""
		return
	}
	m.seek(m.prompt.text(), func(m *model) {
		at := m.origin
		if event, ok := m.find.from(m.origin, m.forward(), true); ok {
			at = event
		}
		m.list.show(at)
		m.chosen()
	})
}

// checkFilter finds what is wrong with the filter being typed, or how many
// events it would show.
func (m *model) checkFilter() {
	m.check = ""
	q, err := timeline.ParseQuery(m.prompt.text())
	if err != nil {
		m.recall(forCount)
		m.check = err.Error()
		return
	}
	t := m.t
	m.send(forCount, t.Len(), func(ctx context.Context) func(*model) {
		rows, _ := t.Search(ctx, q)
		unknown := t.Check(q)
		return func(m *model) {
			m.shows = rows.Len()
			if unknown != nil {
				m.check = unknown.Error()
			}
		}
	})
}

func (m *model) accept() tea.Cmd {
	switch m.mode {
	case going:
		return m.goTo()
	case asking:
		return m.answer()
	}
	if m.mode == searching {
		m.mode = browsing
		if m.list.event() != m.origin {
			m.trail.leave(m.origin)
		}
		if m.find.needle != "" && m.find.hits.Len() == 0 {
			return m.fail(fmt.Sprintf("“%s” is not in what is shown.", m.find.text))
		}
		return nil
	}
	q, err := timeline.ParseQuery(m.prompt.text())
	if err != nil {
		return nil // the status row says what is wrong
	}
	m.mode = browsing
	m.recall(forCount)
	m.setQuery(q)
	return nil
}

func (m *model) openPicker() { m.pickFrom(timeline.ActorField) }

// pickFrom opens the picker for a facet.
func (m *model) pickFrom(f timeline.Field) {
	m.picker.open(facet{m.t, f})
	m.mode = picking
	m.countChoices()
}

// pick takes what the picker has.
func (m *model) pick() {
	p := &m.picker
	if len(p.found) == 0 && !p.touched {
		return // the picker says that there is none
	}
	m.mode = browsing
	m.setQuery(p.apply(m.query))
}

func (m *model) pickMark() {
	if m.pressed.Code == tea.KeySpace && m.picker.goesOn() {
		m.picker.typeText(" ")
		return
	}
	m.picker.toggle(wanted)
}

func (m *model) pickExclude() { m.picker.toggle(excluded) }

func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	if m.holds(nil) {
		m.ahead = append(m.ahead, msg)
		return nil
	}
	if n := m.narrower(); n != nil {
		n.typeText(strings.TrimSpace(msg.Content))
		return nil
	}
	if !m.typing() {
		return nil
	}
	msg.Content = text.Clean(msg.Content)
	cmd := m.prompt.update(msg)
	m.typed()
	return cmd
}

// ask has a line of text typed, and done with what do says.
func (m *model) ask(name, text string, do func(*model, string) tea.Cmd) {
	m.check, m.hint, m.asked, m.yesOrNo = "", "", do, false
	if m.mode != asking {
		m.askedIn = m.mode
	}
	m.prompt.open(name, text)
	m.mode = asking
}

// confirm asks whether to do something; anything but y is no, which no says.
func (m *model) confirm(question, no string, do func(*model) tea.Cmd) {
	m.ask(question+" y or n: ", "", func(m *model, answer string) tea.Cmd {
		if !strings.EqualFold(strings.TrimSpace(answer), "y") {
			return m.say(no)
		}
		return do(m)
	})
	m.yesOrNo = true
}

// refuse asks on, since what was typed will not do.
func (m *model) refuse(reason string) {
	m.check, m.mode = text.Clean(reason), asking
}

// answer does what was asked with what is typed.
func (m *model) answer() tea.Cmd {
	m.mode = m.askedIn
	return m.asked(m, m.prompt.text())
}
