package pane

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline/text"
)

// A Menu is a list to choose one item from: the palette, the sources of an event,
// the ways to copy. Typing narrows it.
type Menu[Do any] struct {
	filterList
	Items     []Item[Do]
	Narrowing bool       // letters are text, not keys
	named     int        // items found by their name
	places    []Item[Do] // what the text finds elsewhere
}

// An Item is one thing to choose, and to do.
type Item[Do any] struct {
	Name, About string
	Aliases     []string // text that finds it first
	Key         string   // another way to it
	Do          Do
}

// NewMenu returns a menu of items.
func NewMenu[Do any](title string, items []Item[Do]) Menu[Do] {
	m := Menu[Do]{filterList: filterList{label: text.Clean(title)}, Items: items}
	m.Narrow("")
	return m
}

// Narrow finds the items that have every word typed: first that with exactly this
// name, then those with the words in their name, then what the text finds
// elsewhere.
func (p *Menu[Do]) Narrow(typed string) {
	p.restart(typed)
	var exact, named, about []int
	word := strings.TrimSpace(typed)
	for i, it := range p.Items {
		switch {
		case word == it.Name || slices.Contains(it.Aliases, word):
			exact = append(exact, i)
		case hasAll(it.Name, p.typed):
			named = append(named, i)
		case hasAll(it.Name+" "+it.About, p.typed):
			about = append(about, i)
		}
	}
	p.found = append(append(p.found, exact...), named...)
	p.named = len(p.found)
	for k := range p.places {
		p.found = append(p.found, len(p.Items)+k)
	}
	p.found = append(p.found, about...)
}

// SetPlaces adds what the text finds elsewhere. The cursor stays on its item, but
// for the first.
func (p *Menu[Do]) SetPlaces(places []Item[Do]) {
	at, ok := p.Chosen()
	moved := ok && p.cursor > 0
	p.places = places
	p.Narrow(p.typed)
	if n := slices.Index(p.found, at); moved && n > 0 {
		p.Move(n)
	}
}

func (p *Menu[Do]) at(i int) *Item[Do] {
	if i < len(p.Items) {
		return &p.Items[i]
	}
	return &p.places[i-len(p.Items)]
}

// Named reports whether the cursor is on an item found by its name, which what the
// text finds elsewhere comes after.
func (p *Menu[Do]) Named() bool { return p.cursor < p.named }

// Item is the item under the cursor, if any matches.
func (p *Menu[Do]) Item() (it *Item[Do], ok bool) {
	i, ok := p.Chosen()
	if !ok {
		return nil, false
	}
	return p.at(i), true
}

// ToNumber moves to the item with a number for its key or, without such keys, to
// the row of that number.
func (p *Menu[Do]) ToNumber(n int) {
	key := fmt.Sprintf("[%d]", n)
	if k := slices.IndexFunc(p.found, func(i int) bool { return p.at(i).Key == key }); k >= 0 {
		n = k + 1
	}
	p.Move(n - 1 - p.cursor)
}

func (p *Menu[Do]) View(s *Styles) []string {
	count := fmt.Sprintf("%s of %s", text.Grouped(len(p.found)), text.Grouped(len(p.Items)))
	narrow := s.keyOf("narrow") + " narrows"
	if p.Narrowing {
		narrow = "type to narrow"
	}
	heading := row(p.w, span{fmt.Sprintf(" %s, %s chooses", narrow, s.keyOf("choose")), s.dim})
	none := []string{noMatch(s, p.w)}
	names, keys := p.columns()
	return p.view(s, p.w, count, heading, none, func(i int, cursor bool) string {
		it := p.at(i)
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
	if it, ok := p.Item(); ok {
		return spoken(typed, it.Name, it.About, it.Key, nth(p.cursor, len(p.found)))
	}
	return spoken(typed, "No match")
}
