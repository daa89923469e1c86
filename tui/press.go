package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// press does what a key says in the place at hand; elsewhere it is text.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+j" {
		msg = tea.KeyPressMsg{Code: tea.KeyEnter} // as Enter comes from a terminal that is not set up yet
	}
	scopes := m.scope()
	a := m.keys.find(msg, scopes)
	if a == nil && scopes[0]&inTyping == 0 {
		msg = latin(msg)
		a = m.keys.find(msg, scopes)
	}
	if m.holds(a) {
		m.ahead = append(m.ahead, msg)
		return nil
	}
	m.pressed, m.touched = msg, true
	switch {
	case a != nil:
	case scopes[0]&inTyping != 0:
		return m.typeKey(msg)
	default:
		return m.say(fmt.Sprintf("%s does nothing here; %s lists the keys.", shownKey(msg.String()), m.keys.first("help")))
	}
	return a.do(m)
}

// chosenMsg is an action that was chosen before there was what it acts on.
type chosenMsg struct{ *action }

// act does an action that was chosen by name, when its key would.
func (m *model) act(a *action) tea.Cmd {
	if m.holds(a) {
		m.ahead = append(m.ahead, chosenMsg{a})
		return nil
	}
	return a.do(m)
}

// atAnyTime is what may be done before there is what other keys act on; leaving
// is what may also be done while other keys wait.
var (
	atAnyTime = []string{"quit-now", "suspend", "redraw"}
	leaving   = []string{"back", "leave-prompt", "leave-choice", "quit", "help", "help-here"}
)

// holds reports whether a key must wait for what it acts on. What waits goes
// before what is pressed later.
func (m *model) holds(a *action) bool {
	is := func(names ...string) bool { return a != nil && slices.Contains(names, a.name) }
	behind := len(m.ahead) > 0
	switch {
	case is(atAnyTime...):
		return false
	case is(leaving...):
		return !m.loaded() && !is("back", "quit")
	case m.waiting, !m.loaded(), m.awaits(forFollowing):
		return true
	case m.mode == browsing && m.focus == onFacets && m.facets.counts == nil && m.awaits(forFacets), m.mode == pairing && m.pairs.counting:
		return true
	case m.mode == picking && m.picker.counting:
		return a != nil || behind // letters are typed
	case m.awaits(forHits):
		return behind || is("next-found", "previous-found") || m.mode == searching && is("accept")
	case m.mode == briefing && m.awaits(forBrief):
		return behind || is("save-brief", "copy-brief", "paper")
	}
	return false
}

// quit leaves what is open or, when nothing is, the viewer.
func (m *model) quit() tea.Cmd {
	if m.mode == browsing && !m.reading && !m.layout.facetsOver() {
		return tea.Quit
	}
	m.back()
	return nil
}

// back goes one layer back: it closes what is open, then the detail at full
// height, then goes to the list, then drops the search, then the last term of the
// filter. At the top it does nothing.
func (m *model) back() {
	m.ahead = nil // what waits is not wanted either
	switch {
	case m.waiting:
		m.giveUp()
	case m.mode == helping:
		m.mode = m.help.below
	case m.mode != browsing:
		m.leavePage()
	case m.reading:
		m.read(false)
	case m.focus != onList:
		m.turnTo(onList)
	case m.loading.on() && m.loading.stop():
	case m.find.needle != "":
		m.setSearch(search{})
	case !m.query.Empty():
		m.setQuery(m.query.Without(len(m.query.Terms()) - 1))
	}
}

// leavePage closes the brief, the pairs or another page, and wants what is on its
// way to it no more.
func (m *model) leavePage() {
	m.recall(forBrief, forLines, forPairs)
	m.mode = browsing
}

// A mover is what the movement keys move.
type mover struct {
	move        func(int)
	page        int
	top, bottom func()
}

// mover returns what moves in the place at hand.
func (m *model) mover() mover {
	switch {
	case m.mode == pairing:
		p := &m.pairs
		far := len(p.ranked) + len(p.Actors)
		return mover{p.move, p.height(), func() { p.move(-far) }, func() { p.move(far) }}
	case m.mode != browsing:
		p := &m.page
		return mover{p.scroll, p.height(), func() { p.top = 0 }, func() { p.top = len(p.text) }}
	case m.focus == onDetail:
		d := &m.detail
		return mover{d.scroll, max(1, d.h-1), func() { d.top = 0 }, func() { d.top = d.last() }}
	case m.focus == onFacets:
		p := &m.facets
		p.lay()
		return mover{p.move, p.height(), func() { p.move(-len(p.lines)) }, func() { p.move(len(p.lines)) }}
	}
	far := func(row int) func() {
		return func() {
			from := m.list.event()
			if m.list.moveTo(row); m.list.event() != from {
				m.trail.leave(from)
			}
		}
	}
	return mover{m.list.move, m.list.page(), far(0), far(m.list.rows.Len() - 1)}
}

func (m *model) chooseClaim() tea.Cmd {
	if !m.detail.nextLink(m.styles) {
		return m.say("Nothing answers this event, and it answers none.")
	}
	return nil
}

func (m *model) otherDown() { m.moveOther(1) }
func (m *model) otherUp()   { m.moveOther(-1) }

// moveOther moves the pane that has not the focus: it scrolls the detail or,
// while that is read, goes to another event.
func (m *model) moveOther(n int) {
	if m.focus != onDetail {
		m.detail.scroll(n)
		return
	}
	m.list.move(n)
	m.chosen()
}

// enter reads the event at full height or, when it is read already, goes to the
// claim or the answer chosen.
func (m *model) enter() tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	if m.focus != onDetail {
		m.read(true)
		return nil
	}
	event, ok := m.detail.target(m.styles)
	if !ok {
		return m.say("Nothing answers this event, and it answers none.")
	}
	if !m.jump(event) {
		return m.hiddenEvent(event)
	}
	return nil
}

func (m *model) hiddenEvent(event int) tea.Cmd {
	return m.say(fmt.Sprintf("“%s” is hidden by the filter: %s drops a term.", m.t.Event(event).Title, m.keys.first("back")))
}

func (m *model) flip() {
	m.setNewest(!m.Newest) // the status row says which
}

// forward is the step in the order of the timeline that goes down the screen.
func (m *model) forward() int {
	if m.list.newest {
		return -1
	}
	return 1
}

func (m *model) findNext(step int) tea.Cmd {
	if m.find.needle == "" {
		return m.say("Nothing is searched for: " + m.keys.first("search") + " searches.")
	}
	event, ok := m.find.from(m.list.event(), step*m.forward(), false)
	if !ok {
		return m.fail(fmt.Sprintf("“%s” is not in what is shown.", m.find.text))
	}
	m.jump(event)
	return nil
}
