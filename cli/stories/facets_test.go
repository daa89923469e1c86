package stories

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

// An analyst filters by the values on offer, without typing, and sees the filter
// that results.
func TestFacetsFilterByStatusAndActor(t *testing.T) {
	t.Parallel()
	events := fixture.Events(t)
	confirmed := slices.DeleteFunc(slices.Clone(events), func(e fixture.Event) bool { return e.Status != "confirmed" })
	without := slices.DeleteFunc(slices.Clone(confirmed), func(e fixture.Event) bool { return slices.Contains(e.Actors, "North Korea") })
	for _, size := range [][2]int{{200, 60}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Width: size[0], Height: size[1]})
			at(t, term, "LIST 1/")
			if size[0] < 160 {
				press(t, term, "F")
			} else {
				see(t, term, " [ ] confirmed ")
				press(t, term, "shift+tab")
			}
			at(t, term, "FACETS")
			see(t, term, ">[ ] confirmed")

			press(t, term, "space")
			see(t, term, fmt.Sprintf(" %d of ", len(confirmed)))
			s := see(t, term, ">[x] confirmed")
			want := fmt.Sprintf(" %d of %d events", len(confirmed), len(events))
			if size[0] >= 100 { // narrower, the title leaves no room
				want += fmt.Sprintf(" · %d hidden", len(events)-len(confirmed))
			}
			if x, y, ok := s.Find(" status:confirmed "); !ok || !s.Reversed(x, y) || !strings.Contains(s.Row(0), want) {
				t.Errorf("no chip, or no events hidden:\n%s", s.Golden())
			}

			press(t, term, "j", "j", "j", "j", "j", "j")
			see(t, term, ">[ ] North Korea")
			press(t, term, "!")
			see(t, term, fmt.Sprintf(" %d of ", len(without)))
			s = see(t, term, ">[!] North Korea")
			if !s.Contains(` -actor:"North Korea" `) {
				t.Errorf("no chip excludes North Korea:\n%s", s.Golden())
			}
			press(t, term, "esc")
			at(t, term, fmt.Sprintf("LIST 1/%d", len(without)))
			press(t, term, "q")
			exits(t, term, exitOK)
		})
	}
}

// The lists of actors show who met at the summits; Enter shows the events of a
// pair.
func TestPairOfActorsLeadsToTheirEvents(t *testing.T) {
	t.Parallel()
	summits := slices.DeleteFunc(fixture.Events(t), func(e fixture.Event) bool { return !slices.Contains(e.Topics, "summit") })
	both := len(fixture.Involving(fixture.Involving(summits, "Kim Jong Un"), "Vladimir Putin"))
	for _, size := range [][2]int{{200, 60}, {120, 36}, {80, 24}, {46, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Width: size[0], Height: size[1]}, "--filter", "topic:summit")
			at(t, term, fmt.Sprintf("LIST 1/%d", len(summits)))
			press(t, term, "w")
			at(t, term, "PAIRS")
			press(t, term, "l", "P", "u", "t")
			s := see(t, term, fmt.Sprintf("Kim Jong Un with Vladimir Putin: %d events", both))
			fullWidth(t, s)
			press(t, term, "enter")
			s = at(t, term, fmt.Sprintf("LIST 1/%d", both))
			if !s.Contains(` actor:"Vladimir Putin" `) {
				t.Errorf("no chip names the actor:\n%s", s.Golden())
			}
			press(t, term, "w", "w", "q")
			exits(t, term, exitOK)
		})
	}
}
