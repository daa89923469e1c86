package tui

import "testing"

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
		{"", []string{"*", "H"}, "a", ""},
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
