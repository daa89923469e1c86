package tui

import (
	"charm.land/lipgloss/v2"

	"dateline/timeline"
)

// Styles are named by what they mean. Colour only repeats what the text says:
// without any, every mode reads the same. Text is in the terminal's own
// colours, and accents are of its sixteen, so that its theme stays in charge.
// Nothing is underlined: lipgloss does that rune by rune, which takes clusters
// of several apart.
type styles struct {
	text    lipgloss.Style
	strong  lipgloss.Style
	dim     lipgloss.Style // spine, rules, what stands behind
	date    lipgloss.Style
	actor   lipgloss.Style
	mark    lipgloss.Style // [1]
	link    lipgloss.Style
	match   lipgloss.Style // what a search found
	cursor  lipgloss.Style
	here    lipgloss.Style // the bar that the cursor is in
	chip    lipgloss.Style
	key     lipgloss.Style
	failure lipgloss.Style
	status  [timeline.Unverified + 1]lipgloss.Style
}

// newStyles returns the styles for a dark or a light terminal. Yellow is
// avoided: it cannot be read on white.
func newStyles(dark bool) styles {
	shade := lipgloss.LightDark(dark)
	colour := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(shade(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	plain := lipgloss.NewStyle()
	s := styles{
		text:    plain,
		strong:  plain.Bold(true),
		dim:     plain.Faint(true),
		date:    colour("4", "12"),
		actor:   colour("6", "14"),
		mark:    colour("4", "12"),
		link:    colour("4", "12"),
		match:   plain.Reverse(true),
		cursor:  plain.Reverse(true),
		here:    colour("5", "13").Bold(true),
		chip:    plain.Reverse(true),
		key:     plain.Bold(true),
		failure: colour("1", "9").Bold(true),
	}
	s.status = [...]lipgloss.Style{
		timeline.NotStated:  s.dim,
		timeline.Confirmed:  colour("2", "10"),
		timeline.Reported:   colour("4", "12"),
		timeline.Claimed:    colour("6", "14"),
		timeline.Alleged:    colour("5", "13"),
		timeline.Disputed:   colour("1", "9"),
		timeline.Unverified: s.dim,
	}
	return s
}
