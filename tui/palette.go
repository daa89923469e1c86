package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// places are where the reader goes from the list and finds other actions.
var places = []struct {
	in   scope
	name string
	open func(*model) tea.Cmd
}{
	{inFacets, "facets", does((*model).openFacets)},
	{inPairs, "who with whom", does((*model).openPairs)},
	{inRange, "selecting time", (*model).openRange},
	{inBrief, "brief", (*model).openBrief},
}

// openPalette lists by name every action that there is where the reader is and,
// in the list, those of the places to go from there. A date or an id that is
// typed in the list goes to it.
func (m *model) openPalette() {
	var items []item
	for _, g := range m.keys.groups(m.scope()) {
		for _, a := range g.actions {
			items = append(items, item{a.name, a.Help().Desc, a.Help().Key, func(m *model) tea.Cmd { return m.act(a) }})
		}
	}
	inList := m.mode == browsing && !m.layout.facetsOver()
	if inList {
		items = append(items, m.elsewhere()...)
	}
	m.openMenu("do", items)
	if inList {
		m.menu.other = (*model).goToPlace
	}
}

// elsewhere lists the actions of other places. To choose one goes where it can be
// done, and says how.
func (m *model) elsewhere() []item {
	var items []item
	here := m.scope()
	for _, place := range places {
		if slices.Contains(here, place.in) {
			continue
		}
		for i := range m.keys {
			a := &m.keys[i]
			if a.in&place.in == 0 || slices.ContainsFunc(here, func(s scope) bool { return a.in&s != 0 }) {
				continue
			}
			items = append(items, item{a.name, place.name + ": " + a.Help().Desc, a.Help().Key, func(m *model) tea.Cmd {
				cmd := place.open(m)
				if m.notice.failure || !slices.Contains(m.scope(), place.in) {
					return cmd // more is to be known first
				}
				return tea.Batch(cmd, m.say(fmt.Sprintf("%s: %s", m.keys.first(a.name), a.Help().Desc)))
			}})
		}
	}
	return items
}

// goToPlace goes to an event by its id, or to a date.
func (m *model) goToPlace(text string) tea.Cmd {
	if event, ok := m.t.Find(text); ok {
		if !m.jump(event) {
			return m.hiddenEvent(event)
		}
		return nil
	}
	if _, err := timeline.DayNamed(text, m.cursorDay()); err != nil {
		return m.fail(fmt.Sprintf("there is no action and no event %s, and as a date: %s", text, err))
	}
	return m.goToDate(text)
}
