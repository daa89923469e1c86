package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// shelf keeps views in memory, as the program does in a file.
type shelf struct{ views []View }

func (s *shelf) config() Config {
	return Config{
		Views: func() ([]View, error) { return slices.Clone(s.views), nil },
		SaveView: func(v View) error {
			s.views = append(without(s.views, v.Name), v)
			return nil
		},
		RemoveView: func(name string) error { s.views = without(s.views, name); return nil },
	}
}

func without(views []View, name string) []View {
	return slices.DeleteFunc(views, func(v View) bool { return v.Name == name })
}

func TestViewIsSavedShownAndRemoved(t *testing.T) {
	var s shelf
	m := startWith(t, s.config(), inside(t), 120, 36, "actor:putin topic:treaty")
	press(m, "S", "z", "V", "/", "save", "enter", "pre-meeting", "enter")
	if len(s.views) != 1 || s.views[0].Zoom != "day" || s.views[0].Name != "pre-meeting" || s.views[0].Query.String() != "actor:putin topic:treaty" || s.views[0].Order != "newest" {
		t.Fatalf("saved %+v", s.views)
	}
	if m.notice.text != "Saved the view “pre-meeting”." {
		t.Errorf("it says %q", m.notice.text)
	}
	named := func() bool {
		m.notice.text = ""
		return strings.Contains(frame(t, m).Golden(), " view: pre-meeting ")
	}
	if !named() {
		t.Error("the status row does not name it")
	}
	press(m, "esc")
	if named() {
		t.Error("the status row names it when its filter has changed")
	}
	press(m, "esc", "S", "Z", "V", "/", "pre", "enter")
	if m.histogram.Zoomed() != "day" || m.query.String() != "actor:putin topic:treaty" || !m.shown.Newest || !named() {
		t.Errorf("it shows %s, newest first %t", m.query, m.shown.Newest)
	}
	press(m, "esc", ":", "save-view", "enter")
	if typed(m) != "" {
		t.Errorf("the name of another filter is offered: %q", typed(m))
	}
	press(m, " pre-meeting ", "enter")
	if m.notice.text != "Replaced the view “pre-meeting”." || len(s.views) != 1 || s.views[0].Query.String() != "actor:putin" {
		t.Errorf("it says %q and keeps %+v", m.notice.text, s.views)
	}
	press(m, "V", "/", "remove", "enter", "/", "pre", "enter")
	if m.notice.text != "Removed the view “pre-meeting”." || len(s.views) != 0 || named() {
		t.Errorf("it says %q and keeps %+v", m.notice.text, s.views)
	}
	press(m, "V", "/", "remove", "enter")
	if !is[*choosing](m) || of[*choosing](m).Found() != 0 {
		t.Error("there is something to remove")
	}
}

// A view with no order leaves the order as it is.
func TestViewWithoutOrderKeepsTheOrder(t *testing.T) {
	s := shelf{[]View{{Name: "all"}}}
	m := startWith(t, s.config(), inside(t), 80, 24, "actor:putin")
	press(m, "S", "V", "enter")
	if !m.query.Empty() || !m.shown.Newest || m.notice.text != "View “all”: 124 of 124 events." {
		t.Errorf("filter %s, newest first %t, said %q", m.query, m.shown.Newest, m.notice.text)
	}
}

func TestViewKeepsTheCursorOnItsEvent(t *testing.T) {
	query := start(t, inside(t), 80, 24, "actor:putin").query
	s := shelf{[]View{{Name: "his", Query: query, Order: "newest"}}}
	m := startWith(t, s.config(), inside(t), 80, 24, "actor:putin")
	press(m, "j", "j", "j")
	at := m.list.Event()
	if press(m, "V", "enter"); m.list.Event() != at {
		t.Errorf("the cursor went from event %d to %d", at, m.list.Event())
	}
}

func TestWhatCannotBeDoneWithViewsIsTold(t *testing.T) {
	broken := func() ([]View, error) { return nil, errors.New("views.toml:3: no such order") }
	some := func() ([]View, error) { return []View{{Name: "a"}}, nil }
	none := func() ([]View, error) { return nil, nil }
	full := func(View) error { return errors.New("the disk is full") }
	const why = "Views are not kept."
	for _, c := range []struct {
		cfg  Config
		keys []string
		want string
	}{
		{Config{ViewsUnkept: why}, []string{"V"}, why},
		{Config{ViewsUnkept: why}, []string{":", "save-view", "enter"}, why},
		{Config{ViewsUnkept: why, Views: none}, []string{"V"}, "No views are saved. " + why},
		{Config{ViewsUnkept: why, Views: some}, []string{"V", "/", "save", "enter"}, ""},
		{Config{Views: broken, SaveView: full}, []string{"V"}, "views.toml:3: no such order"},
		{Config{Views: broken, SaveView: full}, []string{":", "save-view", "enter", "b", "enter"}, "the view was not saved: views.toml:3: no such order"},
		{Config{Views: some, SaveView: full}, []string{"V", "/", "save", "enter", "b", "enter"}, "the view was not saved: the disk is full"},
		{Config{Views: some, RemoveView: func(string) error { return errors.New("the disk is full") }}, []string{"V", "/", "remove", "enter", "enter"}, "the view was not removed: the disk is full"},
	} {
		m := startWith(t, c.cfg, inside(t), 120, 36, "")
		press(m, c.keys...)
		if got := m.notice.text + check(m); got != c.want {
			t.Errorf("%v: got %q, want %q", c.keys, got, c.want)
		}
		exact(t, m)
	}
}

func TestViewNamedOnTheCommandLineIsNamedOnScreen(t *testing.T) {
	cfg := Config{Saved: View{Name: "his"}}
	cfg.Saved.Query = start(t, inside(t), 80, 24, "actor:putin").query
	if m := startWith(t, cfg, inside(t), 80, 24, "actor:putin"); !strings.Contains(frame(t, m).Golden(), " view: his ") {
		t.Errorf("the status row does not name it:\n%s", frame(t, m).Golden())
	}
	if m := startWith(t, cfg, inside(t), 80, 24, "actor:putin topic:un"); strings.Contains(frame(t, m).Golden(), " view: his ") {
		t.Error("the status row names it though more is filtered")
	}
}
