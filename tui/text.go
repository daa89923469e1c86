package tui

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

func itoa(n int) string { return strconv.Itoa(n) }

func width(s string) int { return ansi.StringWidth(s) }

// plural counts things in words a person reads: "1 event", "40,000 events".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}
