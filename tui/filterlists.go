package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/tui/pane"
)

// picking chooses values of a field.
type picking struct {
	plain
	pane.Picker
}

func (m *model) openPicker() { m.pickFrom(timeline.ActorField) }

// pickFrom opens the picker of a field.
func (m *model) pickFrom(f timeline.Field) {
	p := &picking{Picker: pane.NewPicker(m.shown, f)}
	m.push(p)
	p.count(m)
}

// count counts the choices. The text and the marks meanwhile stay.
func (p *picking) count(m *model) {
	s := m.shown
	m.start(jobChoices, s.Len(), func(context.Context) func(*model) {
		counted := pane.CountChoices(s, p.Field())
		return func(*model) { p.Fill(counted) }
	})
}

func (p *picking) about(*model) about {
	name := p.Field().String()
	if p.Field() != timeline.StatusField && p.Field() != timeline.OriginsField {
		name += "s"
	}
	return about{name, []scope{inPicker}, []hint{{"pick", "choose"}, {"pick-mark", "mark several"}, {"pick-exclude", "exclude"}, {"leave-choice", "leave"}}}
}

// waits lets letters be typed before the choices are counted.
func (p *picking) waits(m *model, a *action) bool {
	return p.Counting && a != nil || p.plain.waits(m, a)
}

func (p *picking) leave(m *model) { m.cancel(jobChoices) }

func (p *picking) click(_ *model, _, y int) tea.Cmd {
	if p.Click(y) {
		p.Toggle(pane.Included)
	}
	return nil
}

func (p *picking) renew(m *model) {
	p.Hand(m.shown)
	p.count(m)
}

// pick accepts the picker's choice.
func (m *model) pick() {
	p := m.top().(*picking)
	if p.Empty() {
		return // the picker says that there is no match
	}
	m.drop(p)
	m.setQuery(p.Apply(m.query))
}

func (m *model) pickMark() {
	p := m.top().(*picking)
	if m.pressed.Code == tea.KeySpace && p.GoesOn() {
		p.Narrow(p.Typed() + " ")
		return
	}
	p.Toggle(pane.Included)
}

func (m *model) pickExclude() { m.top().(*picking).Toggle(pane.Excluded) }

// choosing chooses one item of a menu.
type choosing struct {
	plain
	pane.Menu
	items []item
	other func(*model, string) tea.Cmd // takes text that matches no item; may be nil
}

// An item is one thing to choose, and to do.
type item struct {
	pane.Item
	do func(*model) tea.Cmd
}

// openMenu shows a menu.
func (m *model) openMenu(title string, items []item) { m.openMenuOr(title, items, nil) }

func (m *model) openMenuOr(title string, items []item, other func(*model, string) tea.Cmd) {
	var names []pane.Item
	for _, it := range items {
		names = append(names, it.Item)
	}
	m.push(&choosing{Menu: pane.NewMenu(title, names, other != nil), items: items, other: other})
}

func (*choosing) about(*model) about {
	return about{"menu", []scope{inMenu}, []hint{{"choose", "do it"}, {"choose-down", "next"}, {"leave-choice", "leave"}, {"help-here", "help"}}}
}

func (p *choosing) click(m *model, _, y int) tea.Cmd {
	if p.Click(y) {
		return m.choose()
	}
	return nil
}

// choose does the item under the cursor.
func (m *model) choose() tea.Cmd {
	p := m.top().(*choosing)
	i, ok := p.Chosen()
	switch {
	case ok:
		m.pop()
		return p.items[i].do(m)
	case p.other != nil:
		m.pop()
		return p.other(m, p.Typed())
	}
	return nil // the menu says that there is no match
}

// openPalette lists every action by name, those of this place first. A date or an
// id that is typed is gone to.
func (m *model) openPalette() {
	var items []item
	scopes := m.top().about(m).scopes
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
				if m.notice.failure || !slices.Contains(m.top().about(m).scopes, place.in) {
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
