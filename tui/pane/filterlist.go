package pane

import (
	"fmt"
	"strings"

	"dateline/timeline/text"
)

// A filterList is a cursor among rows that typed text narrows, some of them in
// view. The picker and the menu are built on it.
type filterList struct {
	label  string
	typed  string
	found  []int // the rows that match
	cursor int   // in found
	top    int
	w, h   int
}

func (n *filterList) Move(rows int) {
	n.cursor = max(0, min(n.cursor+rows, len(n.found)-1))
	n.follow()
}

// MoveFar moves the cursor to the last row, or to the first.
func (n *filterList) MoveFar(down bool) { n.Move(far(down, len(n.found))) }

// Len is how many rows match.
func (n *filterList) Len() int { return len(n.found) }

// Height is how many rows are in view, below the prompt and the heading.
func (n *filterList) Height() int { return max(1, n.h-2) }

func (n *filterList) Resize(w, h int) {
	n.w, n.h = w, h
	n.follow()
}

// restart begins with no row found.
func (n *filterList) restart(typed string) {
	n.typed, n.found, n.cursor, n.top = typed, n.found[:0], 0, 0
}

func (n *filterList) follow() {
	n.top = max(min(n.top, n.cursor), n.cursor-n.Height()+1, 0)
}

// Typed is the text typed, and Found the number of rows that match it.
func (n *filterList) Typed() string { return n.typed }
func (n *filterList) Found() int    { return len(n.found) }

// Click puts the cursor on the row of the y-th line, and reports whether it was
// there already.
func (n *filterList) Click(y int) bool {
	at := n.top + y - 2
	if y < 2 || y >= n.h || at >= len(n.found) {
		return false
	}
	was := n.cursor
	n.cursor = at
	return at == was
}

// Chosen returns the row under the cursor, if any matches.
func (n *filterList) Chosen() (row int, ok bool) {
	if len(n.found) == 0 {
		return 0, false
	}
	return n.found[n.cursor], true
}

// Caret is the cell in the first line where the next letter goes.
func (n *filterList) Caret() int { return width(n.prompt() + n.typed) }

func (n *filterList) prompt() string { return " " + n.label + ": " }

// view draws the prompt with a count beside it, a heading, and the rows in view
// or, where none matches, why.
func (n *filterList) view(s *Styles, w int, count string, heading string, none []string, draw func(row int, cursor bool) string) []string {
	lines := []string{between(w, []span{{n.prompt(), s.strong}, {n.typed, s.text}}, []span{{count + " ", s.dim}}), heading}
	if len(n.found) == 0 {
		lines = append(lines, none...)
	}
	for i := n.top; i < len(n.found) && i < n.top+n.Height(); i++ {
		lines = append(lines, draw(n.found[i], i == n.cursor))
	}
	return pad(lines, w, n.h)
}

// noMatch says that no row matches.
func noMatch(s *Styles, w int) string {
	return row(w, span{fmt.Sprintf(" No match. %s deletes a letter.", s.keyOf("erase")), s.text})
}

// hasAll reports whether text contains every word typed, folded.
func hasAll(s, typed string) bool {
	s = text.Fold(s)
	for _, word := range strings.Fields(text.Fold(typed)) {
		if !strings.Contains(s, word) {
			return false
		}
	}
	return true
}

// A nameIndex finds those of many things that have some letters in a name. All
// names are one text, folded and without blanks: a key press takes a few
// milliseconds for a hundred thousand.
type nameIndex struct {
	text   string   // the names, a line each
	begins []uint64 // a bit for each byte of text where a word begins
	end    []int    // by thing: where its names end
}

// indexNames indexes things with any number of names each.
func indexNames(things [][]string) nameIndex {
	var x nameIndex
	var s []byte
	for _, names := range things {
		for _, name := range names {
			for word := range strings.FieldsSeq(text.Fold(name)) {
				for len(x.begins) <= len(s)/64 {
					x.begins = append(x.begins, 0)
				}
				x.begins[len(s)/64] |= 1 << (len(s) % 64)
				s = append(s, word...)
			}
			s = append(s, '\n')
		}
		x.end = append(x.end, len(s))
	}
	x.text = string(s)
	return x
}

// wordAt reports whether a word begins at a place in the text.
func (x *nameIndex) wordAt(at int) bool {
	return at/64 < len(x.begins) && x.begins[at/64]&(1<<(at%64)) != 0
}

// find returns the things that have want at the beginning of a word in a name,
// and those that have it elsewhere. It is folded, without blanks, and not empty.
func (x *nameIndex) find(want string) (begun, within []int) {
	k, last := 0, -1 // the thing at hand, and the last put in within
	for at := 0; ; at++ {
		next := strings.Index(x.text[at:], want)
		if next < 0 {
			return begun, within
		}
		at += next
		for x.end[k] <= at {
			k++
		}
		switch {
		case x.wordAt(at):
			if last == k {
				within = within[:len(within)-1]
			}
			begun = append(begun, k)
			at = x.end[k] - 1 // its other names make no difference
		case last != k:
			within = append(within, k)
			last = k
		}
	}
}

// goesOn reports whether some name has want as whole words, and another word
// behind them.
func (x *nameIndex) goesOn(want string) bool {
	for at := 0; want != ""; at++ {
		next := strings.Index(x.text[at:], want)
		if next < 0 {
			return false
		}
		if at += next; x.wordAt(at) && x.wordAt(at+len(want)) {
			return true
		}
	}
	return false
}

// solid is a name folded and without blanks: "kimjongun" finds Kim Jong Un too.
func solid(s string) string { return strings.ReplaceAll(text.Fold(s), " ", "") }
