package tui

import (
	"strings"
	"testing"

	"dateline/timeline/edtf"
)

func TestDayNamedReadsWhatAPersonTypes(t *testing.T) {
	here := edtf.DayOf(2024, 6, 19) // a Wednesday
	for _, c := range []struct{ text, want string }{
		{"2024-06", "2024-06-01"},
		{"2023", "2023-01-01"},
		{" 2024-10-08 ", "2024-10-08"},
		{"2024-06-12/2024-06-17", "2024-06-12"},
		{"../2021", "2021-12-31"},
		{"-30d", "2024-05-20"},
		{"+2w", "2024-07-03"},
		{"1m", "2024-07-19"},
		{"-1y", "2023-06-19"},
		{"fri", "2024-06-21"},
		{"Wednesday", "2024-06-26"},
		{"tue", "2024-06-25"},
	} {
		day, err := dayNamed(c.text, here)
		if err != nil || day.String() != c.want {
			t.Errorf("%q: got %s %v, want %s", c.text, day, err, c.want)
		}
	}
	for _, text := range []string{"", "yesterday", "2024-13", "d", "12", "we", "../.."} {
		if day, err := dayNamed(text, here); err == nil {
			t.Errorf("%q is read as %s", text, day)
		}
	}
}

func TestGoToLandsOnTheFirstEventFromThenOn(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	for _, c := range []struct{ keys, date, notice string }{
		{"2024-06", "2024-06-12", "This is the next from then on."},
		{"2024-06-19", "2024-06-19", ""},
		{"2030", "2024-10-08?", "Nothing is shown from then on; this is the last."},
		{"1900", "2023-05-31", "This is the next from then on."},
	} {
		press(m, "t", c.keys, "enter")
		if got := m.t.Event(m.list.event()).Date.String(); got != c.date || m.notice.text != c.notice {
			t.Errorf("t %s went to %s, %q; want %s, %q", c.keys, got, m.notice.text, c.date, c.notice)
		}
	}
	press(m, "t", "nonsense", "enter")
	if m.mode != going || !strings.Contains(m.check, "go to a date") {
		t.Errorf("nonsense left mode %d, %q", m.mode, m.check)
	}
}

func TestTrailLeadsBackAndForward(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	first := m.list.event()
	press(m, "t", "2024-06-19", "enter")
	second := m.list.event()
	press(m, "}")
	third := m.list.event()
	press(m, "T")
	for _, step := range []struct {
		key  string
		want int
	}{{"H", third}, {"H", second}, {"H", first}, {"H", first}, {"L", second}, {"L", third}} {
		press(m, step.key)
		if got := m.list.event(); got != step.want {
			t.Errorf("%s went to %d, want %d", step.key, got, step.want)
		}
	}
}

func TestKinShareAnActor(t *testing.T) {
	m := start(t, inside(t), 120, 36, "id:2024-10-08-dprk-nuclear-submarine-claim,2024-08-27-dia-13000-containers,2023-12-20-ukraine-defective-shells")
	press(m, "G", "{")
	if got := m.t.Event(m.list.event()).ID; got != "2024-08-27-dia-13000-containers" {
		t.Errorf("{ went to %s", got)
	}
}
