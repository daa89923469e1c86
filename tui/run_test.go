package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What comes before the model is made, the size first of all, reaches it then.
func TestModelGetsWhatCameBeforeIt(t *testing.T) {
	g := &guarded{ctx: t.Context(), made: func() *model {
		return newModel(Config{Load: func() Loading { return Loading{} }})
	}}
	g.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if v := g.View(); v.Content != "" || !v.AltScreen {
		t.Errorf("without a model the view is %+v", v)
	}
	g.Update(g.Init()())
	if got := strings.Count(g.View().Content, "\n") + 1; got != 24 {
		t.Errorf("the first frame has %d rows, want 24", got)
	}
}
