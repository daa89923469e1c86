package tui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// press does what a key says in the mode at hand.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	if !m.loaded() && !key.Matches(msg, m.keys.quitNow, m.keys.suspend, m.keys.redraw) {
		m.ahead = append(m.ahead, msg) // there is nothing to act on yet
		return nil
	}
	if m.clearing && !key.Matches(msg, m.keys.clearMarks) {
		m.clearing = false
	}
	if key.Matches(msg, m.keys.helpAnywhere) && m.mode != helping {
		m.openHelp()
		return nil
	}
	switch m.mode {
	case searching, filtering, going:
		return m.pressPrompt(msg)
	case picking:
		return m.pressPicker(msg)
	}
	if cmd, done := m.pressAnywhere(msg); done {
		return cmd
	}
	if m.mode != browsing {
		m.pressPage(msg)
		return nil
	}
	if m.pressMove(msg) {
		return nil
	}
	return m.pressBrowsing(msg)
}

// pressAnywhere knows the keys that mean the same wherever nothing is typed.
func (m *model) pressAnywhere(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	k := &m.keys
	switch {
	case key.Matches(msg, k.quitNow):
		return tea.Quit, true
	case key.Matches(msg, k.suspend):
		return tea.Suspend, true
	case key.Matches(msg, k.redraw):
		return tea.ClearScreen, true
	case key.Matches(msg, k.back):
		m.back()
		return nil, true
	case key.Matches(msg, k.quit):
		if m.mode == browsing && !m.reading {
			return tea.Quit, true
		}
		m.back()
		return nil, true
	case key.Matches(msg, k.help) && m.mode != helping:
		m.openHelp()
		return nil, true
	}
	return nil, false
}

// back goes one layer back: it closes what is open, then the detail at full
// height, then the search, then drops the last term of the filter. At the top
// it does nothing.
func (m *model) back() {
	switch {
	case m.mode == helping:
		m.mode = m.below
	case m.mode != browsing:
		m.mode = browsing
	case m.reading:
		m.read(false)
	case m.focus == onDetail:
		m.focus = onList
	case m.find.needle != "":
		m.setSearch(search{})
	case !m.query.Empty():
		m.setQuery(m.query.Without(len(m.query.Terms()) - 1))
	}
}

// A mover is what the movement keys move.
type mover struct {
	move        func(int)
	page        int
	top, bottom func()
}

func (m *model) pressPage(msg tea.KeyPressMsg) {
	p := &m.page
	if m.mode == helping {
		p = &m.help
	}
	m.moveBy(msg, mover{p.scroll, p.height(), func() { p.top = 0 }, func() { p.top = len(p.drawn) }})
}

// pressMove moves in the pane that has the focus.
func (m *model) pressMove(msg tea.KeyPressMsg) bool {
	if m.focus == onDetail {
		return m.moveBy(msg, mover{m.detail.scroll, max(1, m.detail.h-1), func() { m.detail.top = 0 }, func() { m.detail.top = m.detail.last() }})
	}
	far := func(row int) func() {
		return func() {
			from := m.list.event()
			if m.list.moveTo(row); m.list.event() != from {
				m.trail.leave(from)
			}
		}
	}
	moved := m.moveBy(msg, mover{m.list.move, m.list.page(), far(0), far(m.list.rows.Len() - 1)})
	m.chosen()
	return moved
}

func (m *model) moveBy(msg tea.KeyPressMsg, v mover) bool {
	k := &m.keys
	switch {
	case key.Matches(msg, k.down):
		v.move(1)
	case key.Matches(msg, k.up):
		v.move(-1)
	case key.Matches(msg, k.pageDown):
		v.move(v.page)
	case key.Matches(msg, k.pageUp):
		v.move(-v.page)
	case key.Matches(msg, k.halfDown):
		v.move(max(1, v.page/2))
	case key.Matches(msg, k.halfUp):
		v.move(-max(1, v.page/2))
	case key.Matches(msg, k.top):
		v.top()
	case key.Matches(msg, k.bottom):
		v.bottom()
	default:
		return false
	}
	return true
}

func (m *model) pressBrowsing(msg tea.KeyPressMsg) tea.Cmd {
	k := &m.keys
	switch {
	case key.Matches(msg, k.open):
		return m.enter()
	case key.Matches(msg, k.otherPane):
		m.switchPane()
	case key.Matches(msg, k.leave):
		if m.focus == onDetail {
			m.back()
		}
	case key.Matches(msg, k.scrollDown):
		m.moveOther(1)
	case key.Matches(msg, k.scrollUp):
		m.moveOther(-1)
	case key.Matches(msg, k.monthOn):
		return m.month(1)
	case key.Matches(msg, k.monthBack):
		return m.month(-1)
	case key.Matches(msg, k.reload):
		return m.reload()
	case key.Matches(msg, k.cycleMark):
		return m.cycleMark()
	case key.Matches(msg, k.clearMarks):
		return m.clearMarks()
	case key.Matches(msg, k.markedOn):
		return m.nextMarked(1)
	case key.Matches(msg, k.markedBack):
		return m.nextMarked(-1)
	case key.Matches(msg, k.goTo):
		m.openGoing()
	case key.Matches(msg, k.newest):
		m.newestEvent()
	case key.Matches(msg, k.kinOn):
		return m.kin(1)
	case key.Matches(msg, k.kinBack):
		return m.kin(-1)
	case key.Matches(msg, k.placeBack):
		return m.retrace(&m.trail.back, &m.trail.ahead)
	case key.Matches(msg, k.placeOn):
		return m.retrace(&m.trail.ahead, &m.trail.back)
	case key.Matches(msg, k.search):
		m.openSearch()
	case key.Matches(msg, k.next):
		return m.findNext(1)
	case key.Matches(msg, k.previous):
		return m.findNext(-1)
	case key.Matches(msg, k.filter):
		m.openFilter()
	case key.Matches(msg, k.pickActor):
		m.openPicker()
	case key.Matches(msg, k.order):
		m.flip()
	case key.Matches(msg, k.nextClaim):
		if !m.detail.nextLink(m.styles) {
			return m.say("Nothing answers this event, and it answers none.")
		}
	case key.Matches(msg, k.openSource):
		return m.openSource(int(msg.String()[0] - '0'))
	case key.Matches(msg, k.openFirst):
		return m.openSource(1)
	case key.Matches(msg, k.copyCitation):
		return m.copyCitation()
	case key.Matches(msg, k.brief):
		return m.openBrief()
	case key.Matches(msg, k.problems):
		left, problems := m.file.LeftOut, m.file.Problems
		m.page.fill("problems", func(int) []pageLine { return problemLines(left, problems) })
		m.mode = listing
	}
	return nil
}

// moveOther moves the pane that has not the focus: it scrolls the detail or,
// while that is read, goes to another event.
func (m *model) moveOther(n int) {
	if m.focus == onList {
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
	if m.focus == onList {
		m.read(true)
		return nil
	}
	event, ok := m.detail.target(m.styles)
	if !ok {
		return m.say("Nothing answers this event, and it answers none.")
	}
	if !m.jump(event) {
		return m.say(fmt.Sprintf("“%s” is hidden by the filter: Esc drops a term.", m.t.Event(event).Title))
	}
	return nil
}

// switchPane moves the focus between list and detail. Where only one of them is
// on screen, it shows the other.
func (m *model) switchPane() {
	switch {
	case m.reading:
		m.read(false)
	case m.layout.detail.empty():
		m.read(true)
	case m.focus == onList:
		m.focus = onDetail
	default:
		m.focus = onList
	}
}

func (m *model) flip() {
	newest := !m.list.newest
	m.list.set(m.list.rows, newest) // the status row says which
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
		return m.say("Nothing is searched for: / searches.")
	}
	event, ok := m.find.from(m.list.event(), step*m.forward(), false)
	if !ok {
		return m.fail(fmt.Sprintf("“%s” is not in what is shown.", m.find.text))
	}
	m.jump(event)
	return nil
}

// openSource opens the n-th source of the event, counted from 1.
func (m *model) openSource(n int) tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	sources := m.t.Event(m.list.event()).Sources
	if n > len(sources) {
		return m.say(fmt.Sprintf("There is no source %d: this event has %d.", n, len(sources)))
	}
	url := sources[n-1].URL
	if url == "" {
		return m.say(fmt.Sprintf("Source %d has no address.", n))
	}
	browse := m.Browse
	if browse == nil {
		return m.say(url)
	}
	return func() tea.Msg { return openedMsg{url, browse(url)} }
}

// copyCitation sends the first source's citation to the clipboard. Whether it
// arrives, no terminal says.
func (m *model) copyCitation() tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	sources := m.t.Event(m.list.event()).Sources
	if len(sources) == 0 {
		return m.say("This event has no source to cite.")
	}
	note := sources[0].Citation()
	return tea.Batch(tea.SetClipboard(note), m.say("Sent to the terminal's clipboard: "+note))
}

func (m *model) openBrief() tea.Cmd {
	if m.list.rows.Len() == 0 {
		return m.say("There is nothing to brief on: no event is shown.")
	}
	b := timeline.NewBrief(m.t, m.query, timeline.BriefOptions{AsOf: m.Today, File: m.file.Name, Digest: m.file.Digest(), LeftOut: m.file.LeftOut, Newest: m.list.newest})
	m.page.fill("brief", func(width int) []pageLine { return briefLines(b, width) })
	m.mode = briefing
	return nil
}

func (m *model) openHelp() {
	groups := m.keys.groups(m.mode)
	m.help.fill("help: "+m.modeName(), func(width int) []pageLine { return helpLines(groups, width) })
	m.below, m.mode = m.mode, helping
}
