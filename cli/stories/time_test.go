package stories

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

var selectedTime = regexp.MustCompile(`^ 2024-06-12 to 2024-06-30: (\d+) of (\d+) events; Enter filters, Esc leaves`)

// A range selected in the histogram becomes a filter.
func TestRangeIsSelectedInTheHistogram(t *testing.T) {
	t.Parallel()
	all := len(fixture.Events(t))
	term := open(t, termtest.Options{}, "--at", "2024-06-12")
	first := at(t, term, "LIST 7")
	if !strings.Contains(first.Row(2), "bar 1 week, ") {
		t.Fatalf("the histogram does not show its bar width: %q", first.Row(2))
	}

	press(t, term, "z")
	s := see(t, term, "bar 1 day, ")
	if !strings.HasPrefix(s.Row(2), "‹2024-0") || !regexp.MustCompile(` 2024-0\d-\d\d› `).MatchString(s.Row(2)) {
		t.Errorf("the histogram does not show its period: %q", s.Row(2))
	}

	press(t, term, "v", "]")
	s = until(t, term, "what is selected", func(s *termtest.Screen) bool { return selectedTime.MatchString(statusRow(s)) })
	bars := 0
	for x := range s.Width {
		if s.Reversed(x, 2) {
			bars++
		}
	}
	if bars != 19 {
		t.Errorf("%d bars are marked, want those of 19 days:\n%s", bars, s.Golden())
	}
	n := selectedTime.FindStringSubmatch(statusRow(s))[1]

	press(t, term, "enter")
	s = at(t, term, "LIST 1/"+n)
	for _, want := range []string{"since:2024-06-12", "until:2024-06-30"} {
		if !strings.Contains(s.Row(3), want) {
			t.Errorf("no chip says %s: %q", want, s.Row(3))
		}
	}
	if want := fmt.Sprintf("%s of %d events", n, all); !strings.Contains(s.Row(0), want) {
		t.Errorf("the header is %q, want %q in it", s.Row(0), want)
	}
	press(t, term, "esc", "esc", "Z")
	s = see(t, term, "bar 1 week, ")
	if want := fmt.Sprintf("/%d ", all); !strings.Contains(statusRow(s), want) {
		t.Errorf("some events are still hidden: %q", statusRow(s))
	}
}

func TestCancelledRangeChangesNothing(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{46, 20}, {80, 24}} {
		term := open(t, termtest.Options{Width: size[0], Height: size[1]}, "--at", "2024-06-19")
		before := at(t, term, "LIST 83/")
		press(t, term, "v", "l", "l")
		until(t, term, "what is selected", func(s *termtest.Screen) bool { return strings.Contains(statusRow(s), " events") })
		press(t, term, "esc")
		s := at(t, term, "LIST 83/")
		if diff := difference(s, before); diff != "" {
			t.Errorf("%v: %s", size, diff)
		}
	}
	term := open(t, termtest.Options{Width: 80, Height: 13})
	at(t, term, "LIST 1/")
	press(t, term, "v")
	see(t, term, "The histogram has no room")
}

func TestAtOpensAtAnEventOrADate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ at, want string }{
		{"2024-06-18-putin-state-visit-pyongyang", "Putin makes his first visit to Pyongyang"},
		{"2024-10-08", ">├ 08 "},
		{"2023-09-10", ">╟ 10–12 "},
	} {
		term := open(t, termtest.Options{}, "--at", tt.at)
		s := see(t, term, tt.want)
		if isAt(s, "LIST 1/") {
			t.Errorf("--at %s: the cursor is on the first event:\n%s", tt.at, s.Golden())
		}
	}
	term := open(t, termtest.Options{Width: 200, Height: 10}, "--at", "pyongyang")
	s := exits(t, term, exitUsage)
	line := strings.TrimRight(s.Row(0), " ")
	if !strings.HasPrefix(line, "dateline: --at pyongyang: no event has this id") {
		t.Errorf("got %q", line)
	}
	if got, want := term.Written(), int64(len(line+"\r\n")); got != want {
		t.Errorf("%d bytes were written, want the %d of the line and nothing else:\n%s", got, want, s.Golden())
	}
}

func TestStarGoesToTheNextEventOfAnActor(t *testing.T) {
	t.Parallel()
	his := len(fixture.Involving(fixture.Events(t), "Kim Jong Un"))
	term := open(t, termtest.Options{}, "--at", "2023-09-10")
	at(t, term, "LIST 4/")
	press(t, term, "*")
	see(t, term, fmt.Sprintf("Next with Kim Jong Un: 2 of %d.", his))
	press(t, term, "#", "#")
	see(t, term, fmt.Sprintf("No further event with Kim Jong Un: this is 1 of %d.", his))
}
