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

// A match may go on in the next line.
func TestPagerFindsWhatIsBrokenOverLines(t *testing.T) {
	var p Pager
	p.Resize(40, 4)
	p.Show("text", []Line{{"1  They signed a Strategic", false}, {"   Partnership of states; a strategic", false}, {"   partnership", false}, {"", false}, {"Strategic", false}, {"", false}, {"partnership", false}})
	p.Seek(Sought{Text: "strategic partnership"})
	if want := []int{0, 1}; !slices.Equal(p.hits, want) {
		t.Errorf("found in lines %v, want %v", p.hits, want)
	}
	var drawn []string
	for _, s := range p.spans(1, look.text, look.match) {
		if s.style == look.match {
			drawn = append(drawn, s.text)
		}
	}
	if want := []string{"Partnership", "strategic"}; !slices.Equal(drawn, want) {
		t.Errorf("drawn as found in line 1: %q, want %q", drawn, want)
	}
	for step, want := range map[int]string{1: "  “strategic partnership” 2/2", -1: "  “strategic partnership” 2/2"} {
		p.Seek(Sought{Text: "strategic partnership"})
		if p.FindNext(step); p.Found() != want {
			t.Errorf("a step of %d goes to %s, want %s", step, p.Found(), want)
		}
	}
	p.Show("text", []Line{{"other", false}})
	if p.Finds() {
		t.Error("matches of other text are kept")
	}
}
