package tui

import (
	"slices"
	"testing"
)

// A page of a hundred thousand lines took more than a second to draw.
func TestPageCostsTheSameAtAnyLength(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs what is short, has pools of memory forget at random")
	}
	m := start(t, events(t, 1, "a"), 80, 24, "")
	cost := func(lines int) float64 {
		m.page.show("text", slices.Repeat([]pageLine{{"a line", false}}, lines))
		m.page.top = lines / 2
		return testing.AllocsPerRun(10, func() { m.page.view(m.styles) })
	}
	if few, many := cost(100), cost(100_000); many > few {
		t.Errorf("drawing 100,000 lines allocates %v times, 100 lines %v times", many, few)
	}
}
