package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A View is a filter, an order and a zoom under a name, kept to be shown again.
type View struct {
	Name  string
	Query timeline.Query
	Order string // oldest or newest; "" leaves it as it is
	Zoom  string // one of Zooms; "" shows the whole period
}

// openViews lists the views, to show one, and what else is done with them.
func (m *model) openViews() tea.Cmd {
	if m.Views == nil {
		return m.say(m.ViewsUnkept)
	}
	views, err := m.Views()
	if err != nil {
		return m.fail(err.Error())
	}
	var items []item
	for _, v := range views {
		items = append(items, v.item(func(m *model) tea.Cmd { return m.showView(v) }))
	}
	if m.SaveView != nil {
		items = append(items, item{name: "save this view…", about: "what is shown now, under a name", do: (*model).saveView})
	}
	if m.RemoveView != nil && len(views) > 0 {
		items = append(items, item{name: "remove a view…", about: "choose which", do: func(m *model) tea.Cmd { return m.openRemoving(views) }})
	}
	if len(items) == 0 {
		return m.say("There are no views. " + m.ViewsUnkept)
	}
	m.openMenu("view", items)
	return nil
}

// item is the view in a menu.
func (v View) item(do func(*model) tea.Cmd) item {
	about := cmp.Or(text.Clean(v.Query.String()), "no filter")
	if v.Order != "" {
		about += ", " + v.Order + " first"
	}
	if v.Zoom != "" {
		about += ", by the " + v.Zoom
	}
	return item{name: text.Clean(v.Name), about: about, do: do}
}

// showView shows what a view does.
func (m *model) showView(v View) tea.Cmd {
	if v.Order != "" {
		m.Newest = v.Order == "newest"
	}
	m.then = func(m *model) {
		m.Saved = v
		m.strip.zoomTo(zoomNamed(v.Zoom))
		m.do(m.say(fmt.Sprintf("View “%s”: %s of %s.", v.Name, text.Grouped(m.list.rows.Len()), text.Counted(m.t.Len(), "event"))))
	}
	m.setQuery(v.Query)
	return nil
}

// viewName names the view that is shown, as long as the filter is its own.
func (m *model) viewName() string {
	if m.Saved.Name == "" || m.query.String() != m.Saved.Query.String() {
		return ""
	}
	return text.Clean(m.Saved.Name)
}

// saveView keeps what is shown under a name that it asks for.
func (m *model) saveView() tea.Cmd {
	if m.SaveView == nil {
		return m.say(m.ViewsUnkept)
	}
	m.ask("save this view as: ", m.viewName(), (*model).keepView)
	m.hint = "a name for the filter, the order and the zoom"
	return nil
}

// keepView keeps what is shown under a name, and says if it had another meaning.
func (m *model) keepView(name string) tea.Cmd {
	v := View{Name: strings.TrimSpace(text.Clean(name)), Query: m.query, Order: "oldest", Zoom: m.strip.zoomed().name()}
	if m.list.newest {
		v.Order = "newest"
	}
	before, err := m.Views()
	if err == nil {
		err = m.SaveView(v)
	}
	if err != nil {
		m.refuse("the view is not saved: " + err.Error())
		return nil
	}
	m.Saved = v
	if slices.ContainsFunc(before, func(b View) bool { return b.Name == v.Name }) {
		return m.say(fmt.Sprintf("Replaced the view “%s”.", v.Name))
	}
	return m.say(fmt.Sprintf("Saved the view “%s”.", v.Name))
}

// openRemoving lists the views, to remove one.
func (m *model) openRemoving(views []View) tea.Cmd {
	var items []item
	for _, v := range views {
		items = append(items, v.item(func(m *model) tea.Cmd { return m.removeView(v) }))
	}
	m.openMenu("remove", items)
	return nil
}

func (m *model) removeView(v View) tea.Cmd {
	if err := m.RemoveView(v.Name); err != nil {
		return m.fail("the view is not removed: " + err.Error())
	}
	if m.Saved.Name == v.Name {
		m.Saved = View{}
	}
	return m.say(fmt.Sprintf("Removed the view “%s”.", v.Name))
}
