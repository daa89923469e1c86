package tui

import (
	"strings"

	"dateline/timeline/text"
)

// A narrower is a pane in which typing narrows what there is to choose from.
type narrower interface {
	typeText(string)
	erase() // the last character typed
	clear() // all that was typed
	move(int)
	height() int // rows in view
	caret() int  // the cell in its first row where the next letter goes
}

// narrower returns the one that the keys go to, if any.
func (m *model) narrower() narrower {
	switch m.mode {
	case picking:
		return &m.picker
	case choosing:
		return &m.menu
	case helping:
		return &m.help
	}
	return nil
}

func (m *model) chooseDown()     { m.narrower().move(1) }
func (m *model) chooseUp()       { m.narrower().move(-1) }
func (m *model) choosePageDown() { m.narrower().move(m.narrower().height()) }
func (m *model) choosePageUp()   { m.narrower().move(-m.narrower().height()) }
func (m *model) erase()          { m.narrower().erase() }

// A window is a cursor among rows of which some are in view.
type window struct {
	found  []int // the rows that what was typed leaves
	cursor int   // in found
	top    int
	w, h   int
}

func (n *window) move(rows int) {
	n.cursor = max(0, min(n.cursor+rows, len(n.found)-1))
	n.follow()
}

// height is how many rows are in view, below the line that is typed in and the
// heading.
func (n *window) height() int { return max(1, n.h-2) }

func (n *window) resize(w, h int) { n.w, n.h = w, h; n.follow() }

func (n *window) follow() {
	n.top = max(min(n.top, n.cursor), n.cursor-n.height()+1, 0)
}

// restart puts the cursor on the first row.
func (n *window) restart() { n.cursor, n.top = 0, 0 }

// erased is text without its last character.
func erased(text string) string {
	if r := []rune(text); len(r) > 0 {
		return string(r[:len(r)-1])
	}
	return text
}

// hasAll reports whether text has every word of what was typed, folded.
func hasAll(s, typed string) bool {
	s = text.Fold(s)
	for _, word := range strings.Fields(text.Fold(typed)) {
		if !strings.Contains(s, word) {
			return false
		}
	}
	return true
}
