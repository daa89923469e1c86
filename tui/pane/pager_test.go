package pane

import (
	"slices"
	"testing"
)

// A page of a hundred thousand lines took more than a second to draw.
func TestPagerCostsTheSameAtAnyLength(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs what is short, has pools of memory forget at random")
	}
	cost := func(lines int) float64 {
		var p Pager
		p.Resize(80, 24)
		p.Show("text", slices.Repeat([]Line{{"a line", false}}, lines))
		p.Move(lines / 2)
		return testing.AllocsPerRun(10, func() { p.View(look) })
	}
	if few, many := cost(100), cost(100_000); many > few {
		t.Errorf("drawing 100,000 lines allocates %v times, 100 lines %v times", many, few)
	}
}
