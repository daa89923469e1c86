package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// A focus is the pane that movement keys move.
type focus int

const (
	onList focus = iota
	onDetail
	onFacets
)

// turnTo gives the keys to a pane, which may bring it on screen.
func (m *model) turnTo(pane focus) {
	m.focus = pane
	m.arrange()
}

// read gives the detail the whole body, or gives the list its room back.
func (m *model) read(reading bool) {
	m.reading = reading
	if reading {
		m.turnTo(onDetail)
		return
	}
	m.turnTo(onList)
}

// switchPane gives the keys to the next of the panes on screen, or to the one
// before. Where list or detail is there alone, it shows the other.
func (m *model) switchPane(step int) tea.Cmd {
	panes := []focus{onList, onDetail}
	switch {
	case m.reading || m.layout.detail.empty():
		m.read(!m.reading)
		return nil
	case !m.layout.facets.empty():
		panes = []focus{onFacets, onList, onDetail}
	}
	here := slices.Index(panes, m.focus)
	m.turnTo(panes[(here+step+len(panes))%len(panes)])
	return nil
}

func (m *model) leaveDetail() {
	if m.focus == onDetail {
		m.back()
	}
}

func (m *model) leaveFacets() { m.turnTo(onList) }
