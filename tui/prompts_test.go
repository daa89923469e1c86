package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
)

// Up brings back what was typed in prompts of the same kind, and looks for what
// begins with the text typed.
func TestPromptsHaveAHistory(t *testing.T) {
	t.Parallel()
	var kept []string
	cfg := Config{
		History:  func() map[string][]string { return map[string][]string{"filter": {"status:disputed"}} },
		Remember: func(kind, typed string) { kept = append(kept, kind+" "+typed) },
	}
	m := startWith(t, cfg, inside(t), 120, 36, "")
	press(m, "f", "actor:putin", "enter", "esc", "f", "topic:un", "enter", "esc", "/", "treaty", "enter", "f", "nonsense:", "enter", "esc", "f", "ctrl+u")
	for _, step := range []struct{ key, want string }{
		{"up", "topic:un"}, {"up", "actor:putin"}, {"up", "status:disputed"}, {"up", "status:disputed"}, {"down", "actor:putin"}, {"down", "topic:un"}, {"down", ""}, {"down", ""},
		{"a", "a"}, {"up", "actor:putin"}, {"up", "actor:putin"}, {"down", "a"},
	} {
		if press(m, step.key); typed(m) != step.want {
			t.Errorf("%s: got %q, want %q", step.key, typed(m), step.want)
		}
	}
	if want := []string{"filter actor:putin", "filter topic:un", "search treaty"}; !slices.Equal(kept, want) {
		t.Errorf("kept %q, want %q", kept, want)
	}
	press(m, "esc", "esc", "n")
	if m.shown.Search.Text != "treaty" {
		t.Errorf("n after Esc searches for %q, want treaty", m.shown.Search.Text)
	}
}

// The commands of vi and less do what they do there.
func TestCommandsOfVi(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"q", "q!", "wq", "x", "qa", "quit"} {
		m := start(t, inside(t), 80, 24, "")
		cmd := press(m, ":", typed, "enter")
		if cmd == nil {
			t.Errorf(":%s does not quit", typed)
		} else if _, quits := cmd().(tea.QuitMsg); !quits {
			t.Errorf(":%s does not quit", typed)
		}
	}
	for _, c := range []struct {
		typed string
		row   int
	}{{"42", 41}, {"1", 0}, {"$", 123}, {"50%", 61}, {"9999", 123}} {
		m := start(t, inside(t), 80, 24, "")
		if press(m, "5j", ":", c.typed, "enter"); m.list.Row() != c.row {
			t.Errorf(":%s goes to row %d, want %d", c.typed, m.list.Row(), c.row)
		}
	}
	m := start(t, inside(t), 80, 24, "")
	press(m, ":", "filter topic:un", "enter")
	if got := m.query.String(); got != "topic:un" {
		t.Errorf("the filter is %q", got)
	}
	press(m, ":", "help", "enter")
	if !is[*helping](m) {
		t.Errorf(":help leads to %s", m.top().about(m).name)
	}
}

// The palette finds events, actors and places by a part of their name.
func TestPaletteFindsEventsActorsAndPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, filter, title string }{
		{"vladimir", `actor:"Vladimir Putin"`, ""}, {"kjongun", `actor:"Kim Jong Un"`, ""}, {"vostochny", "place:", ""}, {"partnership treaty", "", "Partnership"},
	} {
		m := start(t, inside(t), 120, 36, "")
		press(m, ":", c.typed, "enter")
		title := m.shown.Event(m.list.Event()).Title
		if !strings.HasPrefix(m.query.String(), c.filter) || !strings.Contains(title, c.title) || len(m.places) > 1 {
			t.Errorf("%s: filter %q, at %q, in %s", c.typed, m.query, title, m.top().about(m).name)
		}
	}
}

// A key that does nothing here names those that may be meant.
func TestReflexesNameTheKeyThatDoesIt(t *testing.T) {
	t.Parallel()
	m := start(t, inside(t), 120, 36, "")
	for key, want := range map[string]string{
		"r": "r does nothing here; R: reload the file; Ctrl-L: redraw; ? lists the keys.", "i": "i does nothing here; e: write a note on the event; ? lists the keys.", "X": "X does nothing here; x: save or export the events shown; ? lists the keys.",
	} {
		if press(m, key); m.notice.text != want {
			t.Errorf("%s: got %q, want %q", key, m.notice.text, want)
		}
	}
	for key := range reflexes {
		if a := m.keys.find(message(key), []scope{inBody}); a != nil {
			t.Errorf("%s is bound to %s", key, a.name)
		}
	}
}

// The theme changes while the viewer runs.
func TestThemeIsSwitched(t *testing.T) {
	t.Parallel()
	m := start(t, inside(t), 80, 24, "")
	m.colours = true
	dark := m.styles
	press(m, ":", "theme light", "enter")
	if m.Theme != Light || m.styles == dark || m.notice.text != "Theme: light." {
		t.Errorf("theme %s, said %q", m.Theme, m.notice.text)
	}
	press(m, ":", "theme", "enter", "G", "enter")
	if m.Theme != Mono || m.profile() != colorprofile.Ascii {
		t.Errorf("theme %s", m.Theme)
	}
}

// A filter that matches nothing says why while it is typed.
func TestFilterThatMatchesNothingSaysWhy(t *testing.T) {
	t.Parallel()
	m := start(t, inside(t), 120, 36, "")
	press(m, "f", "actor:putin status:alleged topic:un")
	if want := "no event matches"; !strings.Contains(strings.ToLower(check(m)), want) {
		t.Errorf("said %q, want %s …", check(m), want)
	}
}
