package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/edtf"
	"dateline/tui/pane"
)

// openPalette lists every action by name, those of this place first. A date or an
// id that is typed is gone to.
func (m *model) openPalette() {
	var items []item
	scopes := m.top().scopes(m)
	for _, g := range m.keys.groups(scopes) {
		for _, a := range g.actions {
			items = append(items, item{pane.Item{Name: a.name, About: a.Help().Desc, Key: a.Help().Key}, func(m *model) tea.Cmd { return m.act(a) }})
		}
	}
	m.openMenuOr("do", append(items, m.actionsElsewhere(scopes)...), func(m *model, text string) tea.Cmd {
		m.home()
		return m.goToPlace(text)
	})
}

// actionsElsewhere lists the actions of other places. Those of the list are done
// there. Choosing another goes to its place and names the key, since nobody has
// seen the cursor there yet.
func (m *model) actionsElsewhere(known []scope) []item {
	var items []item
	for _, place := range []struct {
		in   scope
		name string
		open func(*model) tea.Cmd
	}{
		{inBody, "list", nil},
		{inFacets, "facets", does((*model).openFacets)},
		{inPairs, "who with whom", does((*model).openPairs)},
		{inRange, "selecting time", (*model).openRange},
		{inBrief, "brief", (*model).openBrief},
	} {
		for i := range m.keys {
			a := &m.keys[i]
			if a.in&place.in == 0 || slices.ContainsFunc(known, func(s scope) bool { return a.in&s != 0 }) {
				continue
			}
			items = append(items, item{pane.Item{Name: a.name, About: place.name + ": " + a.Help().Desc, Key: a.Help().Key}, func(m *model) tea.Cmd {
				m.home()
				if place.in == inBody {
					return m.act(a)
				}
				cmd := place.open(m)
				if m.notice.failure || !slices.Contains(m.top().scopes(m), place.in) {
					return cmd // it asks something first
				}
				return tea.Batch(cmd, m.say(fmt.Sprintf("Press %s to %s.", m.keys.first(a.name), a.Help().Desc)))
			}})
		}
		known = append(known, place.in)
	}
	return items
}

// goToPlace goes to an event by its id, or to a date.
func (m *model) goToPlace(text string) tea.Cmd {
	if event, ok := m.shown.Find(text); ok {
		return m.jumpTo(event)
	}
	if _, err := edtf.ParseTyped(text, m.cursorDay()); err != nil {
		return m.fail(fmt.Sprintf("no action or event is called %s, and it is no date: %s", text, err))
	}
	return m.goToDate(text)
}
