package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/tui/pane"
)

// A filterer is a place in which typing narrows a list.
type filterer interface {
	place
	erase(*model) // the last letter
	clear(*model)
	caret() int // the cell in the body's first row where the next letter goes
}

// typedText returns a key or a paste as text for a list.
func typedText(msg tea.Msg) string {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return msg.Text
	case tea.PasteMsg:
		return strings.TrimSpace(msg.Content)
	}
	return ""
}

func (m *model) erase() { m.top().(filterer).erase(m) }

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

func (p *picking) name(*model) string {
	if f := p.Field(); f != timeline.StatusField && f != timeline.OriginsField {
		return f.String() + "s"
	}
	return p.Field().String()
}

func (*picking) scopes(*model) []scope { return []scope{inPicker} }

func (*picking) hints(*model) []hint {
	return []hint{{"pick", "choose"}, {"pick-mark", "mark several"}, {"pick-exclude", "exclude"}, {"leave-choice", "leave"}}
}

// waits lets letters be typed before the choices are counted.
func (p *picking) waits(m *model, a *action) bool {
	return p.Counting && a != nil || p.plain.waits(m, a)
}

func (p *picking) resize(_ *model, w, h int) { p.Resize(w, h) }
func (p *picking) view(m *model) []string    { return p.View(m.styles) }
func (p *picking) mover(*model) mover        { return mover{move: p.Move, page: p.Height()} }
func (p *picking) leave(m *model)            { m.cancel(jobChoices) }
func (p *picking) erase(*model)              { p.Erase() }
func (p *picking) clear(*model)              { p.Clear() }
func (p *picking) caret() int                { return p.Caret() }

func (p *picking) click(_ *model, _, y int) tea.Cmd {
	if p.Click(y) {
		p.Toggle(pane.Included)
	}
	return nil
}

func (p *picking) input(_ *model, msg tea.Msg) tea.Cmd {
	if s := typedText(msg); s != "" {
		p.Type(s)
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
		p.Type(" ")
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

func (*choosing) name(*model) string    { return "menu" }
func (*choosing) scopes(*model) []scope { return []scope{inMenu} }

func (*choosing) hints(*model) []hint {
	return []hint{{"choose", "do it"}, {"choose-down", "next"}, {"leave-choice", "leave"}, {"help-here", "help"}}
}

func (p *choosing) resize(_ *model, w, h int) { p.Resize(w, h) }
func (p *choosing) view(m *model) []string    { return p.View(m.styles) }
func (p *choosing) mover(*model) mover        { return mover{move: p.Move, page: p.Height()} }
func (p *choosing) erase(*model)              { p.Erase() }
func (p *choosing) clear(*model)              { p.Clear() }
func (p *choosing) caret() int                { return p.Caret() }

func (p *choosing) click(m *model, _, y int) tea.Cmd {
	if p.Click(y) {
		return m.choose()
	}
	return nil
}

func (p *choosing) input(_ *model, msg tea.Msg) tea.Cmd {
	if s := typedText(msg); s != "" {
		p.Type(s)
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
