package pane

import (
	"fmt"

	"dateline/timeline/text"
)

// A Menu is a list to choose one item from, narrowed by typing: the palette, the
// sources of an event, the ways to copy.
type Menu[Do any] struct {
	filterList
	Items []Item[Do]
	place bool // text that matches no item may be a date or an id
}

// An Item is one thing to choose, and to do.
type Item[Do any] struct {
	Name, About string
	Key         string // another way to it
	Do          Do
}

// NewMenu returns a menu of items. If place, text that matches none may be a date
// or an id.
func NewMenu[Do any](title string, items []Item[Do], place bool) Menu[Do] {
	m := Menu[Do]{filterList: filterList{label: text.Clean(title)}, Items: items, place: place}
	m.Narrow("")
	return m
}

// Narrow finds the items that have every word typed, first those that have them in
// their name.
func (p *Menu[Do]) Narrow(typed string) {
	p.restart(typed)
	var about []int
	for i, it := range p.Items {
		switch {
		case hasAll(it.Name, p.typed):
			p.found = append(p.found, i)
		case hasAll(it.Name+" "+it.About, p.typed):
			about = append(about, i)
		}
	}
	p.found = append(p.found, about...)
}

func (p *Menu[Do]) View(s *Styles) []string {
	count := fmt.Sprintf("%s of %s", text.Grouped(len(p.found)), text.Grouped(len(p.Items)))
	heading := row(p.w, span{fmt.Sprintf(" type to narrow, %s chooses", s.keyOf("choose")), s.dim})
	none := []string{noMatch(s, p.w)}
	if p.place {
		none = []string{row(p.w, span{fmt.Sprintf(" %s goes there if this is a date or an event's id.", s.keyOf("choose")), s.strong}), none[0]}
	}
	names, keys := p.columns()
	return p.view(s, p.w, count, heading, none, func(i int, cursor bool) string {
		it := p.Items[i]
		key, name := fit(it.Key, keys), fit(it.Name, names)
		if cursor {
			return s.cursor.Render(fit(">"+key+name+it.About, p.w))
		}
		return row(p.w, span{" ", s.text}, span{key, s.key}, span{name, s.text}, span{it.About, s.dim})
	})
}

// columns returns the width of the names and the keys, in cells.
func (p *Menu[Do]) columns() (names, keys int) {
	for _, it := range p.Items {
		names, keys = max(names, width(it.Name)), max(keys, width(it.Key))
	}
	if keys > 0 {
		keys += 2
	}
	return min(names+2, max(8, p.w-keys-2)), keys
}

// Title is what the items are for.
func (p *Menu[Do]) Title() string { return p.label }

// Spoken says in words which item the cursor is on.
func (p *Menu[Do]) Spoken() string {
	typed := ""
	if p.typed != "" {
		typed = "“" + p.typed + "”"
	}
	i, ok := p.Chosen()
	switch {
	case ok:
		it := p.Items[i]
		return spoken(typed, it.Name, it.About, it.Key, nth(p.cursor, len(p.found)))
	case p.place:
		return spoken(typed, "Enter goes there if this is a date or an event's id")
	}
	return spoken(typed, "No match")
}
