package timeline_test

import (
	"maps"
	"slices"
	"testing"

	"dateline/timeline"
	"dateline/timeline/internal/fixture"
)

func TestFormerIDs(t *testing.T) {
	event := func(id, date string) timeline.Event {
		return timeline.Event{ID: id, Date: fixture.Day(date), Title: "T"}
	}
	reply := event("reply", "2032")
	reply.Answers = []string{"2031-03-04-00000000aa"}
	reply.Denies = []string{"2031-03-04-00000000bb-2"}
	tl := timeline.New(timeline.About{}, nil, []timeline.Event{
		event("2031-04-03-00000000aa", "2031-04-03"),
		event("2031-04-03-00000000bb-2", "2031-04-03"),
		event("2031-04-03-00000000bb", "2031-04-03"),
		event("00000000cc", "/2031"),
		event("2031-04-03-named", "2031-04-03"),
		reply,
	})
	for former, want := range map[string]string{
		"2031-03-04-00000000aa":   "2031-04-03-00000000aa",
		"1931-03-04-00000000aa":   "2031-04-03-00000000aa",
		"00000000aa":              "2031-04-03-00000000aa",
		"2031-03-04-00000000bb-2": "2031-04-03-00000000bb-2",
		"2031-03-04-00000000bb":   "2031-04-03-00000000bb",
		"2031-01-01-00000000cc":   "00000000cc",
		"2031-04-03-00000000aa":   "2031-04-03-00000000aa", // today's
		"2031-03-04-00000000dd":   "",
		"2031-03-04-named":        "",
		"x-00000000aa":            "",
	} {
		got := ""
		if i, ok := tl.Find(former); ok {
			got = tl.Event(i).ID
		}
		if got != want {
			t.Errorf("%s: found %q, want %q", former, got, want)
		}
	}
	i, _ := tl.Find("reply")
	var answered []string
	for _, j := range tl.Answers(i) {
		answered = append(answered, tl.Event(j).ID)
		if denies := tl.Event(j).ID == "2031-04-03-00000000bb-2"; tl.Denies(i, j) != denies {
			t.Errorf("denies %s: %t, want %t", tl.Event(j).ID, !denies, denies)
		}
	}
	if want := []string{"2031-04-03-00000000aa", "2031-04-03-00000000bb-2"}; !slices.Equal(answered, want) {
		t.Errorf("answers %v, want %v", answered, want)
	}
	saved := timeline.Margin{
		Marks: map[string]timeline.Tier{"2031-03-04-00000000aa": timeline.Must, "gone": timeline.Could},
		Notes: map[string]string{"2031-03-04-00000000aa": "Call them."},
	}
	now := tl.Current(saved)
	if want := map[string]timeline.Tier{"2031-04-03-00000000aa": timeline.Must, "gone": timeline.Could}; !maps.Equal(now.Marks, want) {
		t.Errorf("marks %v, want %v", now.Marks, want)
	}
	if now.Notes["2031-04-03-00000000aa"] == "" || len(now.Notes) > 1 || len(saved.Marks) != 2 || saved.Marks["2031-03-04-00000000aa"] == 0 {
		t.Errorf("notes %v; saved %v", now.Notes, saved)
	}
}
