package pane

import (
	"fmt"
	"strings"
)

// A Help explains the keys of a place and the words on screen. Typing narrows it.
type Help struct {
	Place     string
	Topics    []Topic
	Erase     string // the key that deletes a letter
	Narrowing bool   // letters are text, not keys
	typed     string
}

// A Topic explains keys or words under a title.
type Topic struct {
	Title   string
	Entries [][2]string // a key or a word, and its meaning
	Brief   bool        // two entries fit on a line of 100 cells
}

// Title is the help's title. Where letters narrow the help, it ends with the text.
func (p *Help) Title() string {
	switch {
	case p.Narrowing:
		return fmt.Sprintf("help: %s, narrow: %s", p.Place, p.typed)
	case p.typed != "":
		return fmt.Sprintf("help: %s, narrowed: %s", p.Place, p.typed)
	}
	return "help: " + p.Place
}

// Typed is the text typed, which Narrow changes.
func (p *Help) Typed() string       { return p.typed }
func (p *Help) Narrow(typed string) { p.typed = typed }

// Caret is the cell in the first row where the next letter goes.
func (p *Help) Caret() int { return width("─ " + p.Title()) }

// Lines lays out the entries that have every word typed, in two columns where
// there is room.
func (p *Help) Lines(width int) []Line {
	var lines []Line
	for _, t := range p.Topics {
		found := t.found(p.typed)
		if len(found) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, Line{})
		}
		lines = append(lines, Line{t.Title, true})
		columns := 1
		if t.Brief && 100 <= width && width < Unwrapped/2 {
			columns = 2
		}
		lines = append(lines, entryLines(found, columns, (width-2)/columns)...)
	}
	if len(lines) == 0 {
		return []Line{{fmt.Sprintf("No match. %s deletes a letter.", p.Erase), false}}
	}
	return lines
}

func (t *Topic) found(typed string) [][2]string {
	var found [][2]string
	for _, e := range t.Entries {
		if hasAll(t.Title+" "+e[0]+" "+e[1], typed) {
			found = append(found, e)
		}
	}
	return found
}

func entryLines(entries [][2]string, columns, each int) []Line {
	names := 0
	for _, e := range entries {
		names = max(names, width(e[0]))
	}
	var lines []Line
	rows := (len(entries) + columns - 1) / columns
	for i := range rows {
		text := ""
		for n := i; n < len(entries); n += rows {
			text += fit("  "+fit(entries[n][0], names)+"  "+entries[n][1], each)
		}
		lines = append(lines, Line{strings.TrimRight(text, " "), false})
	}
	return lines
}
