package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

func TestGoToLandsOnTheFirstEventFromThenOn(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	for _, c := range []struct{ keys, date, notice string }{
		{"2024-06", "2024-06-12", ""}, // it said that June has none
		{"may 2024/", "2024-05-02", ""},
		{"2024-06-15", "2024-06-18", "No event on that date; this is the next one."},
		{"2024-06-19", "2024-06-19", ""},
		{"2030", "2024-10-08?", "No event on that date or later; this is the last one."},
		{"1900", "2023-05-31", "No event on that date; this is the next one."},
	} {
		press(m, "t", c.keys, "enter")
		if got := m.shown.Event(m.list.Event()).Date.String(); got != c.date || m.notice.text != c.notice {
			t.Errorf("t %s went to %s, %q; want %s, %q", c.keys, got, m.notice.text, c.date, c.notice)
		}
	}
	press(m, "t", "nonsense", "enter")
	if !is[*going](m) || !strings.Contains(check(m), "this is no date") {
		t.Errorf("nonsense left in %s, %q", m.top().about(m).name, check(m))
	}
}

func TestJumpListLeadsBackAndForward(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	first := m.list.Event()
	press(m, "t", "2024-06-19", "enter")
	second := m.list.Event()
	press(m, "}")
	third := m.list.Event()
	press(m, "T")
	for _, step := range []struct {
		key  string
		want int
	}{{"H", third}, {"H", second}, {"H", first}, {"H", first}, {"L", second}, {"L", third}} {
		press(m, step.key)
		if got := m.list.Event(); got != step.want {
			t.Errorf("%s went to %d, want %d", step.key, got, step.want)
		}
	}
}

func TestKinShareAnActor(t *testing.T) {
	m := start(t, inside(t), 120, 36, "id:2024-10-08-dprk-nuclear-submarine-claim,2024-08-27-dia-13000-containers,2023-12-20-ukraine-defective-shells")
	press(m, "G", "{")
	if got := m.shown.Event(m.list.Event()).ID; got != "2024-08-27-dia-13000-containers" {
		t.Errorf("{ went to %s", got)
	}
}

// Events that a filter hides are in the jump list again when it is dropped, and a
// key that goes nowhere leaves the jumps forward alone.
func TestJumpListOutlastsAFilter(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	first := m.list.Event()
	press(m, "t", "2024-06-19", "enter")
	press(m, "f", "on:2024-06-19", "enter")
	press(m, "H", "esc", "H")
	if m.list.Event() != first {
		t.Errorf("H went to %d, want %d", m.list.Event(), first)
	}
	press(m, "g", "L")
	if m.list.Event() == first {
		t.Error("g at the first event lost the way forward")
	}
}

func TestKinAreFoundByAnyName(t *testing.T) {
	file := read(t, "kin.json", `{"actors":[{"name":"Vladimir Putin","aliases":["Putin"]}],"events":[
		{"id":"a","date":"2024-01-01","title":"A","actors":["Vladimir Putin"],"sources":[{"url":"https://a.example"}]},
		{"id":"b","date":"2024-01-02","title":"B","actors":["Other"],"sources":[{"url":"https://a.example"}]},
		{"id":"c","date":"2024-01-03","title":"C","actors":["Putin"],"sources":[{"url":"https://a.example"}]}]}`)
	m := start(t, file, 80, 24, "")
	if press(m, "}"); m.shown.Event(m.list.Event()).ID != "c" {
		t.Errorf("} went to %s, want c", m.shown.Event(m.list.Event()).ID)
	}
}

// An actor whose name folds to nothing cannot be filtered by, and is not offered.
func TestPickerOffersNoNameWithoutALetter(t *testing.T) {
	file := read(t, "x.json", `{"actors":[{"name":"--"}],"events":[{"id":"a","date":"2024","title":"A","actors":["--"],"sources":[{"url":"https://a.example"}]}]}`)
	m := start(t, file, 80, 24, "")
	press(m, "a", "enter")
	if !m.query.Empty() {
		t.Errorf("the filter is %s", m.query)
	}
}

// A count is of the events that choosing shows, also beside terms that the picker
// keeps.
func TestPickerCountsUnderTheTermsItKeeps(t *testing.T) {
	m := start(t, inside(t), 120, 36, `actor:putin actor:"Kim Jong Un"`)
	press(m, "a", "russia")
	var shown, all int
	_, y, _ := frame(t, m).Find(">[ ] Russia")
	row := strings.Fields(frame(t, m).Row(y))
	fmt.Sscanf(row[len(row)-1], "%d/%d", &shown, &all)
	if press(m, "enter"); m.shown.Rows.Len() != shown {
		t.Errorf("%s shows %d, the picker said %d", m.query, m.shown.Rows.Len(), shown)
	}
}

func TestViewerBeginsWhereItIsAskedTo(t *testing.T) {
	file := inside(t)
	for _, c := range []struct{ at, filter, id, notice string }{
		{"2024-06-19", "", "2024-06-18-putin-state-visit-pyongyang", ""},
		{"2024-09-car-2024-made-missile", "", "2024-09-car-2024-made-missile", ""},
		{"1y", "", "2024-05-31-eu-listing-joint-statement", ""},
		{"2024-09-car-2024-made-missile", "until:2023", "2023-05-31-malligyong-first-failure", "hidden by the filter"},
	} {
		query, err := timeline.ParseQuery(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		m := newModel(Config{Query: query, At: c.at})
		m.Update(partMsg{Part{File: file, Last: true}})
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if got := m.shown.Event(m.list.Event()).ID; got != c.id || !strings.Contains(m.notice.text, c.notice) {
			t.Errorf("--at %s: at %s, %q; want %s, %q", c.at, got, m.notice.text, c.id, c.notice)
		}
		if exact(t, m); !strings.Contains(m.View().Content, m.shown.Event(m.list.Event()).Title[:20]) {
			t.Errorf("--at %s: the event is not on screen", c.at)
		}
	}
}

// companions are five events of which Anna leads the first and third, and is
// named, once by an alias, in the fourth and fifth.
const companions = `{"actors":[{"name":"Anna","aliases":["A. Example"]}],"events":[
	{"id":"a","date":"2024-01-01","title":"A","actors":["Anna","Boris"],"sources":[{"url":"https://a.example"}]},
	{"id":"b","date":"2024-01-02","title":"B","actors":["Boris"],"sources":[{"url":"https://a.example"}]},
	{"id":"c","date":"2024-01-03","title":"C","actors":["Anna"],"sources":[{"url":"https://a.example"}]},
	{"id":"d","date":"2024-01-04","title":"D","actors":["Boris","A. Example"],"sources":[{"url":"https://a.example"}]},
	{"id":"e","date":"2024-01-05","title":"E","actors":["Clara","Anna"],"sources":[{"url":"https://a.example"}]},
	{"id":"f","date":"2024-01-06","title":"F","sources":[{"url":"https://a.example"}]}]}`

func TestStarFollowsTheLeadActor(t *testing.T) {
	for _, c := range []struct {
		filter string
		keys   []string
		id     string
		notice string
	}{
		{"", []string{"*"}, "c", "Next with Anna: 2 of 4."},
		{"", []string{"*", "*"}, "d", "Next with Anna: 3 of 4."},
		{"", []string{"*", "*", "*"}, "e", "Next with Anna: 4 of 4."}, // though Boris leads d
		{"", []string{"*", "*", "*", "*"}, "e", "No further event with Anna: this is 4 of 4."},
		{"", []string{"*", "*", "#", "#"}, "a", "Previous with Anna: 1 of 4."},
		{"", []string{"#"}, "a", "No further event with Anna: this is 1 of 4."},
		{"", []string{"*", "*", "j", "k", "*"}, "e", "Next with Anna: 4 of 4."}, // back on the event that it went to
		{"", []string{"j", "*"}, "d", "Next with Boris: 3 of 3."},
		{"-id:c", []string{"*"}, "d", "Next with Anna: 2 of 3."},
		{"", []string{"S", "#"}, "c", "Previous with Anna: 3 of 4."},
		{"", []string{"S", "*"}, "a", "No further event with Anna: this is 4 of 4."},
		{"", []string{"S", "#", "#"}, "d", "Previous with Anna: 2 of 4."},
		{"", []string{"G", "*"}, "f", "This event names no actor to follow."},
		{"", []string{"*", "H"}, "a", "Back; L goes forward."},
		{"id:none", []string{"*"}, "", ""},
	} {
		m := start(t, read(t, "companions.json", companions), 80, 24, c.filter)
		press(m, c.keys...)
		id := ""
		if event := m.list.Event(); event >= 0 {
			id = m.shown.Event(event).ID
		}
		if id != c.id || m.notice.text != c.notice {
			t.Errorf("%q %v: at %s, %q; want %s, %q", c.filter, c.keys, id, m.notice.text, c.id, c.notice)
		}
	}
}

func TestStarKnowsNoneOfAnotherTimelinesEvents(t *testing.T) {
	m := start(t, read(t, "companions.json", companions), 80, 24, "")
	press(m, "*")
	m.Update(partMsg{Part{File: read(t, "companions.json", `[{"id":"c","date":"2024-01-03","title":"C","actors":["Dora"],"sources":[{"url":"https://a.example"}]}]`), Last: true}})
	press(m, "*")
	if want := "No further event with Dora: this is 1 of 1."; m.notice.text != want {
		t.Errorf("got %q, want %q", m.notice.text, want)
	}
}
