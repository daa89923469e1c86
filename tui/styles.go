package tui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"dateline/timeline"
)

// An ink is a style made ready: what turns it on and what turns it off. A frame
// draws hundreds of spans, and lipgloss works a style out anew for each. The
// zero ink is the terminal's own.
type ink struct{ on, off string }

func inkOf(style lipgloss.Style) ink {
	const text = "█" // no link has it
	on, off, _ := strings.Cut(style.Render(text), text)
	return ink{on, off}
}

// Render draws text, which has neither tabs nor line ends.
func (i ink) Render(text string) string {
	if i.on == "" || text == "" {
		return text
	}
	return i.on + text + i.off
}

// Styles are named by what they mean. Colour only repeats what the text says:
// without any, every mode reads the same. Text is in the terminal's own
// colours, and accents are of its sixteen, so that its theme stays in charge.
// Nothing is underlined: some terminals draw that rune by rune, which takes
// clusters of several apart.
type styles struct {
	text    ink
	strong  ink
	dim     ink // spine, rules, what stands behind
	date    ink
	actor   ink
	mark    ink // [1]
	quote   ink
	match   ink // what a search found
	cursor  ink
	here    ink // the bar that the cursor is in
	picked  ink // bars that are being selected
	chip    ink
	key     ink
	failure ink
	status  [timeline.Unverified + 1]ink
	stated  [timeline.Unverified + 1]ink // a status written out
	link    lipgloss.Style
}

// newStyles returns the styles for a dark or a light terminal. Yellow is
// avoided: it cannot be read on white.
func newStyles(dark bool) styles {
	shade := lipgloss.LightDark(dark)
	plain := lipgloss.NewStyle()
	colour := func(light, dark string) lipgloss.Style {
		return plain.Foreground(shade(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	s := styles{
		strong:  inkOf(plain.Bold(true)),
		dim:     inkOf(plain.Faint(true)),
		date:    inkOf(colour("4", "12")),
		actor:   inkOf(colour("6", "14")),
		mark:    inkOf(colour("4", "12")),
		quote:   inkOf(plain.Italic(true)),
		match:   inkOf(plain.Reverse(true)),
		cursor:  inkOf(plain.Reverse(true)),
		here:    inkOf(colour("5", "13").Bold(true)),
		picked:  inkOf(plain.Reverse(true)),
		chip:    inkOf(plain.Reverse(true)),
		key:     inkOf(plain.Bold(true)),
		failure: inkOf(colour("1", "9").Bold(true)),
		link:    colour("4", "12"),
	}
	for status, style := range map[timeline.Status]lipgloss.Style{
		timeline.NotStated:  plain.Faint(true),
		timeline.Confirmed:  colour("2", "10"),
		timeline.Reported:   colour("4", "12"),
		timeline.Claimed:    colour("6", "14"),
		timeline.Alleged:    colour("5", "13"),
		timeline.Disputed:   colour("1", "9"),
		timeline.Unverified: plain.Faint(true),
	} {
		s.status[status], s.stated[status] = inkOf(style), inkOf(style.Bold(true))
	}
	return s
}
