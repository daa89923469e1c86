package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/text"
)

// A menu is a list to choose one thing from, narrowed by typing: the palette,
// the sources of an event, what to copy.
type menu struct {
	window
	title string
	items []item
	keys  keyMap
	typed string
	below mode // what it lies over

	// other does what is typed when no item is found for it. It may be nil.
	other func(*model, string) tea.Cmd
}

// An item is one thing to choose.
type item struct {
	name, about string
	key         string // how else to get it
	do          func(*model) tea.Cmd
}

// openMenu shows a menu.
func (m *model) openMenu(title string, items []item) {
	m.menu = menu{window: window{w: m.layout.body.w, h: m.layout.body.h}, title: text.Clean(title), items: items, keys: m.keys, below: m.mode}
	m.menu.narrow()
	m.mode = choosing
}

// choose does what the cursor is on.
func (m *model) choose() tea.Cmd {
	p := &m.menu
	if len(p.found) == 0 {
		if p.other == nil {
			return nil // the menu says that there is none
		}
		m.mode = p.below
		return p.other(m, p.typed)
	}
	m.mode = p.below
	return p.items[p.found[p.cursor]].do(m)
}

func (p *menu) typeText(s string) { p.typed += text.Clean(s); p.narrow() }
func (p *menu) erase()            { p.typed = erased(p.typed); p.narrow() }
func (p *menu) clear()            { p.typed = ""; p.narrow() }

// narrow finds the items that have every word typed: those that have them in
// their name first.
func (p *menu) narrow() {
	p.found = p.found[:0]
	var about []int
	for i, it := range p.items {
		switch {
		case hasAll(it.name, p.typed):
			p.found = append(p.found, i)
		case hasAll(it.name+" "+it.about, p.typed):
			about = append(about, i)
		}
	}
	p.found = append(p.found, about...)
	p.restart()
}

func (p *menu) caret() int { return width(p.prompt() + p.typed) }

// prompt is what stands before the text that is typed.
func (p *menu) prompt() string { return " " + p.title + ": " }

// view draws the menu in exactly its size.
func (p *menu) view(s *styles) []string {
	count := fmt.Sprintf("%s of %s ", text.Grouped(len(p.found)), text.Grouped(len(p.items)))
	lines := []string{
		between(p.w, []span{{p.prompt(), s.strong}, {p.typed, s.text}}, []span{{count, s.dim}}),
		row(p.w, span{fmt.Sprintf(" type to narrow, %s chooses", p.keys.first("choose")), s.dim}),
	}
	if len(p.found) == 0 {
		nothing := fmt.Sprintf(" there is nothing of this name; %s widens", p.keys.first("erase"))
		if p.other != nil {
			lines = append(lines, row(p.w, span{fmt.Sprintf(" %s goes there if it is a date or an id", p.keys.first("choose")), s.strong}))
			nothing = fmt.Sprintf(" no action is called so; %s widens", p.keys.first("erase"))
		}
		lines = append(lines, row(p.w, span{nothing, s.text}))
	}
	names, keys := p.columns()
	for y := p.top; y < len(p.found) && y < p.top+p.height(); y++ {
		it := p.items[p.found[y]]
		head := " " + fit(it.key, keys) + fit(it.name, names)
		if y == p.cursor {
			lines = append(lines, s.cursor.Render(fit(">"+head[1:]+it.about, p.w)))
			continue
		}
		lines = append(lines, row(p.w, span{" ", s.text}, span{fit(it.key, keys), s.key}, span{fit(it.name, names), s.text}, span{it.about, s.dim}))
	}
	return pad(lines, p.w, p.h)
}

// columns says how wide the names and the keys are, in cells.
func (p *menu) columns() (names, keys int) {
	for _, it := range p.items {
		names, keys = max(names, width(it.name)), max(keys, width(it.key))
	}
	if keys > 0 {
		keys += 2
	}
	return min(names+2, max(8, p.w-keys-2)), keys
}
