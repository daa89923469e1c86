package tui

import (
	"strings"

	"dateline/timeline/text"
)

// A nameList finds those of many things that have a name with some letters in
// it. All names are one text, folded and without blanks: that takes a key press a
// few milliseconds for a hundred thousand.
type nameList struct {
	text   string   // the names, a line each
	begins []uint64 // a bit for each byte of text: a word begins there
	end    []int    // by thing: where its names end
}

// namesOf makes a list of things with so many names each.
func namesOf(things [][]string) nameList {
	var l nameList
	var s []byte
	for _, names := range things {
		for _, name := range names {
			for word := range strings.FieldsSeq(text.Fold(name)) {
				for len(l.begins) <= len(s)/64 {
					l.begins = append(l.begins, 0)
				}
				l.begins[len(s)/64] |= 1 << (len(s) % 64)
				s = append(s, word...)
			}
			s = append(s, '\n')
		}
		l.end = append(l.end, len(s))
	}
	l.text = string(s)
	return l
}

// begun reports whether a word begins at a place in the text.
func (l *nameList) begun(at int) bool {
	return at/64 < len(l.begins) && l.begins[at/64]&(1<<(at%64)) != 0
}

// find returns the things that have want in a name from the beginning of a word,
// and those that have it elsewhere. It is folded, without blanks, and not empty.
func (l *nameList) find(want string) (begun, within []int) {
	k, last := 0, -1 // the thing at hand; that which was put within last
	for at := 0; ; at++ {
		next := strings.Index(l.text[at:], want)
		if next < 0 {
			return begun, within
		}
		at += next
		for l.end[k] <= at {
			k++
		}
		switch {
		case l.begun(at):
			if last == k {
				within = within[:len(within)-1]
			}
			begun = append(begun, k)
			at = l.end[k] - 1 // its further names make no difference
		case last != k:
			within = append(within, k)
			last = k
		}
	}
}

// goesOn reports whether some name has want from the beginning of a word to the
// end of one, and another word behind it.
func (l *nameList) goesOn(want string) bool {
	for at := 0; want != ""; at++ {
		next := strings.Index(l.text[at:], want)
		if next < 0 {
			return false
		}
		if at += next; l.begun(at) && l.begun(at+len(want)) {
			return true
		}
	}
	return false
}
