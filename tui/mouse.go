package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// The mouse is off until it is asked for, since a terminal whose mouse a program
// takes no longer selects text.

// toggleMouse turns the mouse on or off.
func (m *model) toggleMouse() tea.Cmd {
	if m.Mouse = !m.Mouse; m.Mouse {
		return m.say("Mouse on. Most terminals select text with Shift; " + m.keys.first("mouse") + " turns it off.")
	}
	return m.say("Mouse off: the terminal selects text again.")
}

// A wheel gathers what it was turned until a frame is due, so that a storm of
// turns is one move.
type wheel struct {
	lines int
	over  rect // the pane under the pointer
}

// turnedMsg tells that a frame is due.
type turnedMsg struct{}

// linesATurn is how far one turn of the wheel goes.
const linesATurn = 3

// turn notes a turn of the wheel; the first one asks for the move.
func (m *model) turn(mouse tea.Mouse) tea.Cmd {
	lines := linesATurn
	switch mouse.Button {
	case tea.MouseWheelUp:
		lines = -lines
	case tea.MouseWheelDown:
	default:
		return nil // sideways there is nothing
	}
	waiting := m.wheel.lines != 0
	if over := m.paneAt(mouse.X, mouse.Y); over != m.wheel.over {
		m.turned()
		m.wheel.over = over
	}
	m.wheel.lines += lines
	if waiting {
		return nil
	}
	return tea.Tick(time.Second/framesPerSecond, func(time.Time) tea.Msg { return turnedMsg{} })
}

// turned moves the pane under the pointer by what the wheel was turned.
func (m *model) turned() {
	lines, over := m.wheel.lines, m.wheel.over
	m.wheel = wheel{}
	switch {
	case lines == 0 || over.empty():
	case m.narrower() != nil:
		m.narrower().move(lines)
	case m.mode == briefing || m.mode == telling:
		m.page.scroll(lines)
	case m.mode == pairing:
		m.pairs.move(lines)
	case m.mode != browsing:
	case over == m.layout.facets:
		m.facets.move(lines)
	case over == m.layout.detail:
		m.detail.scroll(lines)
	case over == m.layout.list:
		m.list.move(lines)
		m.chosen()
	}
}

// paneAt returns the part of the screen that a cell is in.
func (m *model) paneAt(x, y int) rect {
	l := &m.layout
	for _, r := range []rect{l.list, l.detail, l.facets, l.strip, l.body} {
		if r.x <= x && x < r.x+r.w && r.y <= y && y < r.y+r.h {
			return r
		}
	}
	return rect{}
}

// click does what a click says: it goes to the row clicked, and on the row that
// has the cursor already it does what Enter does.
func (m *model) click(mouse tea.Mouse) tea.Cmd {
	m.dragged = nil
	if mouse.Button != tea.MouseLeft || !m.loaded() {
		return nil
	}
	l := &m.layout
	over := m.paneAt(mouse.X, mouse.Y)
	if m.mode != browsing {
		over = l.body
	}
	x, y := mouse.X-over.x, mouse.Y-over.y
	switch {
	case m.mode == picking && m.picker.clicked(y):
		m.picker.toggle(wanted)
	case m.mode == choosing && m.menu.clicked(y):
		return m.choose()
	case m.mode == pairing && m.pairs.clicked(x, y):
		return m.filterPair()
	case m.mode != browsing || over.empty():
	case over == l.facets:
		m.turnTo(onFacets)
		if m.facets.clicked(y) {
			m.wantValue()
		}
	case over == l.list:
		return m.clickList(y)
	case over == l.detail:
		m.turnTo(onDetail)
		if event, ok := m.detail.linkAt(y); ok {
			if !m.jump(event) {
				return m.hiddenEvent(event)
			}
		}
	case over == l.strip:
		if day, ok := m.strip.dayAt(x); ok {
			m.dragged = &day
			return m.goToDay(day)
		}
	}
	return nil
}

// drag selects the stretch of the histogram from where the button was pressed.
func (m *model) drag(mouse tea.Mouse) {
	day, ok := m.strip.dayAt(mouse.X - m.layout.strip.x)
	if m.dragged == nil || mouse.Button != tea.MouseLeft || !ok {
		return
	}
	if m.mode == browsing {
		m.openRange()
		m.strip.selecting.begun = m.strip.step.number(*m.dragged)
	}
	if m.mode == ranging {
		m.strip.moveEnd(m.strip.step.number(day)) // what is under the pointer stays there
		m.countSelected()
	}
}

func (m *model) clickList(y int) tea.Cmd {
	m.turnTo(onList)
	row, ok := m.list.rowAt(y)
	switch {
	case !ok:
	case row == m.list.cursor:
		m.read(true)
	default:
		m.list.moveTo(row)
		m.chosen()
	}
	return nil
}

// clicked puts the cursor on the row of the y-th line, below the heading, and
// reports whether it was there already.
func (n *window) clicked(y int) bool {
	at := n.top + y - 2
	if y < 2 || at >= len(n.found) {
		return false
	}
	was := n.cursor
	n.cursor = at
	return at == was
}

// rowAt returns the row that the y-th line in view shows, if it shows one.
func (l *list) rowAt(y int) (row int, ok bool) {
	if y == 0 || l.top+y >= l.lines() {
		return 0, false // the first line is a heading
	}
	row, _, brk := l.find(l.top + y)
	return row, brk < 0
}

// linkAt returns the event that the claim or answer on the y-th line in view
// leads to.
func (d *detail) linkAt(y int) (event int, ok bool) {
	for _, link := range d.links {
		if at := d.top + y; link.line <= at && at < link.end {
			return link.event, true
		}
	}
	return 0, false
}
