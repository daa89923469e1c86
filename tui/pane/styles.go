// Package pane draws and moves in rectangles: the list, the histogram, the
// detail, the facets, the picker, the pairs, the pager, the menu, the help, and
// the rows above and below them. It reads no keys and knows no messages, and no
// pane uses another.
//
// Panes are plain structs. They are handed one immutable Shown, and keep only a
// cursor, the first line in view and what is laid out for their size. In each,
// Resize gives that size, View draws exactly as much and changes nothing, Move
// moves the cursor or scrolls by so many rows, and Height is a page of them.
package pane

import (
	"strings"

	"charm.land/lipgloss/v2"

	"dateline/timeline"
)

// An ink is a style made ready: the sequences that turn it on and off. A frame
// draws hundreds of spans, and lipgloss works a style out anew for each. The
// zero ink is the terminal's own.
type ink struct {
	on, off string
	seen    bool // on blanks too
}

func inkOf(style lipgloss.Style) ink {
	const text = "█" // no link contains it
	on, off, _ := strings.Cut(style.Render(text), text)
	return ink{on, off, style.GetReverse()}
}

// Render draws text that has neither tabs nor line ends. Blanks at its ends that
// look the same in any colour stay plain, so that they are not written again when
// the text beside them changes.
func (i ink) Render(text string) string {
	inner := text
	if !i.seen {
		inner = strings.Trim(text, " ")
	}
	if i.on == "" || inner == "" {
		return text
	}
	before, after, _ := strings.Cut(text, inner)
	return before + i.on + inner + i.off + after
}

// Styles are named for their meaning. Blue is time, magenta and red are doubt, and
// reverse video is the cursor; all else has the terminal's own colours. Colour only
// repeats what the text says: without it everything reads the same. Nothing is
// underlined: some terminals draw that rune by rune, which breaks clusters.
type Styles struct {
	text    ink
	strong  ink
	dim     ink // spine, rules, background
	date    ink
	mark    ink // [1]
	match   ink // found by the search
	cursor  ink
	picked  ink // bars being selected
	year    ink // on the axis
	doubt   ink
	chip    ink
	key     ink
	failure ink
	status  [timeline.Unverified + 1]ink
	stated  [timeline.Unverified + 1]ink // a status in full
	link    lipgloss.Style

	keyOf func(action string) string // the key that panes name for an action
}

// NewStyles returns the styles for a dark or a light terminal.
func NewStyles(dark bool, keyOf func(action string) string) *Styles {
	shade := lipgloss.LightDark(dark)
	plain := lipgloss.NewStyle()
	colour := func(light, dark string) lipgloss.Style {
		return plain.Foreground(shade(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	time, doubt := colour("4", "12"), colour("5", "13")
	s := Styles{
		strong:  inkOf(plain.Bold(true)),
		dim:     inkOf(plain.Faint(true)),
		date:    inkOf(time),
		mark:    inkOf(time),
		match:   inkOf(plain.Reverse(true)),
		cursor:  inkOf(plain.Reverse(true)),
		picked:  inkOf(time.Bold(true)),
		year:    inkOf(plain.Bold(true).Faint(true)),
		doubt:   inkOf(doubt),
		chip:    inkOf(plain.Reverse(true)),
		key:     inkOf(plain.Bold(true)),
		failure: inkOf(colour("1", "9").Bold(true)),
		link:    plain.Faint(true),
		keyOf:   keyOf,
	}
	for status, style := range map[timeline.Status]lipgloss.Style{
		timeline.NotStated:  plain.Faint(true),
		timeline.Confirmed:  plain,
		timeline.Reported:   plain.Faint(true),
		timeline.Claimed:    doubt,
		timeline.Alleged:    doubt,
		timeline.Disputed:   colour("1", "9"),
		timeline.Unverified: doubt,
	} {
		s.status[status], s.stated[status] = inkOf(style), inkOf(style.Faint(false).Bold(true))
	}
	return &s
}
