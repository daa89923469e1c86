package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/edtf"
)

// places are where there are other actions than where the reader is.
var places = []struct {
	in   scope
	name string
	open func(*model) tea.Cmd
}{
	{inBody, "list", nil},
	{inFacets, "facets", does((*model).openFacets)},
	{inPairs, "who with whom", does((*model).openPairs)},
	{inRange, "selecting time", (*model).openRange},
	{inBrief, "brief", (*model).openBrief},
}

// openPalette lists every action by name: first those that there are where the
// reader is, then those of other places. A date or an id that is typed is gone to.
func (m *model) openPalette() {
	var items []item
	for _, g := range m.keys.groups(m.scope()) {
		for _, a := range g.actions {
			items = append(items, item{a.name, a.Help().Desc, a.Help().Key, func(m *model) tea.Cmd { return m.act(a) }})
		}
	}
	m.openMenu("do", append(items, m.elsewhere()...))
	m.menu.other = func(m *model, text string) tea.Cmd {
		m.openList()
		return m.goToPlace(text)
	}
}

// elsewhere lists the actions of other places. To choose one goes where it can be
// done. What the list can do is done there; of other places, whose cursor nobody
// has seen yet, it is said how.
func (m *model) elsewhere() []item {
	var items []item
	known := m.scope()
	for _, place := range places {
		for i := range m.keys {
			a := &m.keys[i]
			if a.in&place.in == 0 || slices.ContainsFunc(known, func(s scope) bool { return a.in&s != 0 }) {
				continue
			}
			items = append(items, item{a.name, place.name + ": " + a.Help().Desc, a.Help().Key, func(m *model) tea.Cmd {
				m.openList()
				if place.in == inBody {
					return m.act(a)
				}
				cmd := place.open(m)
				if m.notice.failure || !slices.Contains(m.scope(), place.in) {
					return cmd // more is to be known first
				}
				return tea.Batch(cmd, m.say(fmt.Sprintf("Press %s to %s.", m.keys.first(a.name), a.Help().Desc)))
			}})
		}
		known = append(known, place.in)
	}
	return items
}

// openList goes to the list, or to the detail beside it, from any other place.
func (m *model) openList() {
	switch {
	case m.mode == ranging:
		m.leaveRange()
	case m.mode != browsing:
		m.leavePage()
	}
	if m.layout.facetsOver() {
		m.turnTo(onList)
	}
}

// goToPlace goes to an event by its id, or to a date.
func (m *model) goToPlace(text string) tea.Cmd {
	if event, ok := m.t.Find(text); ok {
		if !m.jump(event) {
			return m.hiddenEvent(event)
		}
		return nil
	}
	if _, err := edtf.ParseTyped(text, m.cursorDay()); err != nil {
		return m.fail(fmt.Sprintf("there is no action and no event %s, and as a date: %s", text, err))
	}
	return m.goToDate(text)
}
