package format_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/text"
)

// shipped is the timeline that the program ships with, as text and as read.
func shipped(t *testing.T) (string, *timeline.Timeline) {
	t.Helper()
	text, err := os.ReadFile("../../events.json")
	if err != nil {
		t.Fatal(err)
	}
	tl, report, err := format.Read(format.File{Name: "events.json", Text: string(text)})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(told(report, err))
	}
	return string(text), tl
}

func TestShippedTimelineHasItsEvents(t *testing.T) {
	_, tl := shipped(t)
	if n := tl.Len(); n < 115 || n > 127 {
		t.Errorf("got %d events, want 115 to 127", n)
	}
	if tl.Title == "" || tl.Description == "" || tl.License == "" {
		t.Errorf("it says of itself only %+v", tl.About)
	}
}

func TestShippedEventsAreSourcedAndStated(t *testing.T) {
	_, tl := shipped(t)
	ids := make(map[string]bool)
	for i := range tl.Len() {
		e := tl.Event(i)
		if ids[e.ID] {
			t.Errorf("%s: the id is taken", e.ID)
		}
		ids[e.ID] = true
		if len(e.Sources) < 2 {
			t.Errorf("%s: %d sources, want two or more", e.ID, len(e.Sources))
		}
		if e.Status == timeline.NotStated {
			t.Errorf("%s: the status is not stated", e.ID)
		}
		for j, s := range e.Sources {
			if s.Kind == timeline.NoKind {
				t.Errorf("%s: source %d has no kind", e.ID, j+1)
			}
		}
		if len(tl.Answers(i)) != len(e.Answers) || slices.Contains(tl.Answers(i), i) {
			t.Errorf("%s: answers %q, of which %d are known", e.ID, e.Answers, len(tl.Answers(i)))
		}
	}
}

func TestShippedSummariesCiteSourcesThatExist(t *testing.T) {
	_, tl := shipped(t)
	for i := range tl.Len() {
		e := tl.Event(i)
		marks := timeline.Pointers(e.Summary)
		if len(marks) == 0 {
			t.Errorf("%s: the summary cites nothing", e.ID)
		}
		for _, m := range marks {
			if m.Source < 1 || m.Source > len(e.Sources) {
				t.Errorf("%s: the summary cites [%d] of %d", e.ID, m.Source, len(e.Sources))
			}
		}
	}
}

func TestShippedRegisterCoversEveryActor(t *testing.T) {
	_, tl := shipped(t)
	for i := range tl.Len() {
		for _, name := range tl.Event(i).Actors {
			if a := tl.Actor(name); a.Kind == "" {
				t.Errorf("%s: %s is not in the register", tl.Event(i).ID, name)
			}
		}
	}
}

// Read with the standard library, so that nothing our reader overlooks counts.
func TestShippedRegisterIsSound(t *testing.T) {
	s, _ := shipped(t)
	var file struct {
		Actors []struct {
			Name, Kind, Wikidata string
			Aliases              []string
			Native               map[string]string
		}
	}
	if err := json.Unmarshal([]byte(s), &file); err != nil {
		t.Fatal(err)
	}
	owner := make(map[string]string)
	var wikidata []string
	for _, a := range file.Actors {
		if !slices.Contains([]string{"person", "state", "organisation"}, a.Kind) {
			t.Errorf("%s: the kind is %q", a.Name, a.Kind)
		}
		names := append([]string{a.Name}, a.Aliases...)
		for _, native := range a.Native {
			names = append(names, native)
		}
		for _, name := range names {
			if other, taken := owner[text.Fold(name)]; taken && other != a.Name {
				t.Errorf("%s is %s as well as %s", name, other, a.Name)
			}
			owner[text.Fold(name)] = a.Name
		}
		if a.Wikidata != "" {
			wikidata = append(wikidata, a.Name+" "+a.Wikidata)
		}
	}
	slices.Sort(wikidata)
	want := []string{"Kim Jong Un Q56226", "North Korea Q423", "Russia Q159", "South Korea Q884", "Vladimir Putin Q7747"}
	if !slices.Equal(wikidata, want) {
		t.Errorf("got %q, want %q", wikidata, want)
	}
}
