package pane

import (
	"fmt"

	"dateline/timeline/text"
)

// A Menu is a list to choose one item from, narrowed by typing: the palette, the
// sources of an event, the ways to copy.
type Menu struct {
	filterList
	title string
	items []Item
	place bool // text that matches no item may be a date or an id
}

// An Item is one thing to choose.
type Item struct {
	Name, About string
	Key         string // another way to it
}

// NewMenu returns a menu of items. If place, text that matches none may be a date
// or an id.
func NewMenu(title string, items []Item, place bool) Menu {
	m := Menu{title: text.Clean(title), items: items, place: place}
	m.Narrow("")
	return m
}

// Chosen returns the number of the item under the cursor, if any matches.
func (p *Menu) Chosen() (item int, ok bool) {
	if len(p.found) == 0 {
		return 0, false
	}
	return p.found[p.cursor], true
}

// Narrow finds the items that have every word typed, first those that have them in
// their name.
func (p *Menu) Narrow(typed string) {
	p.restart(typed)
	var about []int
	for i, it := range p.items {
		switch {
		case hasAll(it.Name, p.typed):
			p.found = append(p.found, i)
		case hasAll(it.Name+" "+it.About, p.typed):
			about = append(about, i)
		}
	}
	p.found = append(p.found, about...)
}

// Caret is the cell in the first row where the next letter goes.
func (p *Menu) Caret() int { return width(p.prompt() + p.typed) }

func (p *Menu) prompt() string { return " " + p.title + ": " }

func (p *Menu) View(s *Styles) []string {
	count := fmt.Sprintf("%s of %s ", text.Grouped(len(p.found)), text.Grouped(len(p.items)))
	lines := []string{
		between(p.w, []span{{p.prompt(), s.strong}, {p.typed, s.text}}, []span{{count, s.dim}}),
		row(p.w, span{fmt.Sprintf(" type to narrow, %s chooses", s.keyOf("choose")), s.dim}),
	}
	if len(p.found) == 0 {
		if p.place {
			lines = append(lines, row(p.w, span{fmt.Sprintf(" %s goes there if this is a date or an event's id.", s.keyOf("choose")), s.strong}))
		}
		lines = append(lines, row(p.w, span{fmt.Sprintf(" No match. %s deletes a letter.", s.keyOf("erase")), s.text}))
	}
	names, keys := p.columns()
	for y := p.top; y < len(p.found) && y < p.top+p.Height(); y++ {
		it := p.items[p.found[y]]
		key, name := fit(it.Key, keys), fit(it.Name, names)
		if y == p.cursor {
			lines = append(lines, s.cursor.Render(fit(">"+key+name+it.About, p.w)))
			continue
		}
		lines = append(lines, row(p.w, span{" ", s.text}, span{key, s.key}, span{name, s.text}, span{it.About, s.dim}))
	}
	return pad(lines, p.w, p.h)
}

// columns returns the width of the names and the keys, in cells.
func (p *Menu) columns() (names, keys int) {
	for _, it := range p.items {
		names, keys = max(names, width(it.Name)), max(keys, width(it.Key))
	}
	if keys > 0 {
		keys += 2
	}
	return min(names+2, max(8, p.w-keys-2)), keys
}
