package stories

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

var selectedTime = regexp.MustCompile(` 12–30 June 2024: (\d+) events `)

// A range selected in the histogram becomes a filter.
func TestRangeIsSelectedInTheHistogram(t *testing.T) {
	t.Parallel()
	all := len(fixture.Events(t))
	term := open(t, termtest.Options{}, "--at", "2024-06-12")
	see(t, term, "bar: a sixth of a month")

	press(t, term, "z")
	s := see(t, term, "bar: a day")
	const axis = 5
	if !strings.HasPrefix(s.Row(axis), "‹Jun 2024 1  2 ") || !strings.Contains(s.Row(axis), " 29 30 ›") {
		t.Errorf("the histogram does not show its period: %q", s.Row(axis))
	}

	press(t, term, "v", "]")
	s = until(t, term, "what is selected", func(s *termtest.Screen) bool { return selectedTime.MatchString(s.Text()) })
	if !strings.Contains(s.Row(axis), "11[12 13 14") || !strings.Contains(s.Row(axis), " 29 30]") {
		t.Errorf("the period is not between brackets: %q", s.Row(axis))
	}
	n := selectedTime.FindStringSubmatch(s.Text())[1]

	press(t, term, "enter")
	s = at(t, term, "LIST 1/"+n)
	for _, want := range []string{" since:2024-06-12 ", " until:2024-06-30 "} {
		if !s.Contains(want) {
			t.Errorf("no chip says %s:\n%s", want, s.Golden())
		}
	}
	if want := fmt.Sprintf("%s of %d events", n, all); !strings.Contains(s.Row(0), want) {
		t.Errorf("the header is %q, want %q in it", s.Row(0), want)
	}
	press(t, term, "esc", "esc", "Z")
	s = see(t, term, "bar: a sixth of a month")
	if want := fmt.Sprintf("/%d ", all); !strings.Contains(statusRow(s), want) {
		t.Errorf("some events are still hidden: %q", statusRow(s))
	}
}

// A filter leaves the axis and the height of the histogram as they are.
func TestFilterLeavesTheAxisAsItIs(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{46, 20}, {80, 24}, {120, 36}, {200, 60}} {
		term := open(t, termtest.Options{Width: size[0], Height: size[1]})
		_, y, _ := at(t, term, "LIST 1/").Find(" Nov ")
		if size[0] < 60 {
			_, y, _ = term.Screen().Find(" S O ")
		}
		before := term.Screen().Row(y)
		press(t, term, "a", "putin", "enter")
		s := see(t, term, " 1/2")
		if got := s.Row(y); got != before {
			t.Errorf("%v: the axis is %q, want %q", size, got, before)
		}
		if _, all, ok := s.Find("  all "); size[1] > 22 && (!ok || all != y-1) {
			t.Errorf("%v: no row of all events is above the axis:\n%s", size, s.Golden())
		}
	}
}

func TestCancelledRangeChangesNothing(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{46, 20}, {80, 24}} {
		term := open(t, termtest.Options{Width: size[0], Height: size[1]}, "--at", "2024-06-19")
		before := at(t, term, "LIST 83/")
		press(t, term, "v", "l", "l")
		see(t, term, " 2024: ")
		press(t, term, "esc")
		s := until(t, term, "the list", func(s *termtest.Screen) bool { return !s.Contains(" 2024: ") })
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
		{"2024-10-08", "├> 8    "},
		{"2023-09-10", "╟>10–12 "},
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
