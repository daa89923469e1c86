package stories

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

// An official has five minutes to find an actor, the sources and a brief.
func TestFewKeysLeadToAnActorAndABrief(t *testing.T) {
	t.Parallel()
	all := fixture.Events(t)
	his := fixture.Involving(all, "Vladimir Putin")
	term := open(t, termtest.Options{Width: 120, Height: 60})
	at(t, term, fmt.Sprintf("LIST 1/%d", len(all)))

	press(t, term, "a", "putin")
	see(t, term, " actor: putin")
	press(t, term, "enter")
	s := at(t, term, fmt.Sprintf("LIST 1/%d", len(his)))
	want := fmt.Sprintf("%d of %d events · %d hidden", len(his), len(all), len(all)-len(his))
	if !strings.Contains(s.Row(0), want) {
		t.Errorf("the header is %q, want %q in it", s.Row(0), want)
	}
	if x, y, ok := s.Find(`actor:"Vladimir Putin"`); !ok || !s.Reversed(x, y) {
		t.Errorf("no chip names the actor:\n%s", s.Golden())
	}
	onlyEvents(t, s, his)

	press(t, term, "enter")
	s = at(t, term, "DETAIL 1/")
	for _, want := range []string{his[0].Title[:40], "[1] ", "https://", " sources, "} {
		if !s.Contains(want) {
			t.Errorf("the detail lacks %q:\n%s", want, s.Golden())
		}
	}
	press(t, term, "esc")
	at(t, term, fmt.Sprintf("LIST 1/%d", len(his)))

	press(t, term, "B")
	s = at(t, term, "BRIEF")
	for _, want := range []string{"RUSSIA AND NORTH KOREA", "Events naming Vladimir Putin.", fmt.Sprintf("%d events", len(his)), "BOTTOM LINE"} {
		if !s.Contains(want) {
			t.Errorf("the brief lacks %q:\n%s", want, s.Golden())
		}
	}
	press(t, term, "q")
	at(t, term, "LIST")
	press(t, term, "q")
	exits(t, term, exitOK)
}

// eventRow matches the first line of an event in the list.
var eventRow = regexp.MustCompile(`^[├│╟MSCn][ >]( \d|\d\d)`)

// onlyEvents fails the test unless the list shows exactly these events.
func onlyEvents(t *testing.T, s *termtest.Screen, events []fixture.Event) {
	t.Helper()
	rows := 0
	for _, row := range body(s) {
		if !eventRow.MatchString(row) {
			continue
		}
		rows++
		known := false
		for _, e := range events {
			known = known || strings.Contains(row, " "+e.Title[:30])
		}
		if !known {
			t.Errorf("an event is not hidden: %q", row)
		}
	}
	if rows != len(events) {
		t.Errorf("%d events in the list, want %d:\n%s", rows, len(events), s.Golden())
	}
}

var found = regexp.MustCompile(`“treaty” (\d+)/(\d+)`)

// hit waits for the status row to name a search result, and returns its number and
// their count.
func hit(t *testing.T, term *termtest.Terminal, want string) (n, of string) {
	t.Helper()
	s := until(t, term, "hit "+want, func(s *termtest.Screen) bool {
		m := found.FindStringSubmatch(statusRow(s))
		return m != nil && (m[1] == want || want == "last" && m[1] == m[2])
	})
	m := found.FindStringSubmatch(statusRow(s))
	return m[1], m[2]
}

func TestSearchMovesTheCursorAndHidesNothing(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	first := at(t, term, "LIST 1/")

	press(t, term, "/", "treaty")
	hit(t, term, "1")
	s := term.Screen()
	if !s.CursorVisible || s.CursorY != s.Height-1 || s.CursorX != len("/treaty") {
		t.Errorf("the cursor is at %d,%d (visible %t), want it after what is typed", s.CursorX, s.CursorY, s.CursorVisible)
	}
	if s.Row(0) != first.Row(0) {
		t.Errorf("a search changed the header to %q", s.Row(0))
	}
	press(t, term, "enter", "n")
	_, of := hit(t, term, "2")
	if of == "2" {
		t.Fatal("this needs more than two events that name the treaty")
	}
	press(t, term, "N")
	hit(t, term, "1")
	press(t, term, "N")
	hit(t, term, "last")
	press(t, term, "n")
	hit(t, term, "1")
	press(t, term, "esc")
	until(t, term, "the end of the search", func(s *termtest.Screen) bool { return !s.Contains("“treaty”") })
}

func TestEscapeReturnsASearchToItsStart(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	press(t, term, "]", "]", "j")
	before := at(t, term, "LIST 4/")
	press(t, term, "/", "treaty")
	hit(t, term, "1")
	if s := term.Screen(); strings.Contains(statusRow(s), " 4/") {
		t.Errorf("the search did not move: %q", statusRow(s))
	}
	press(t, term, "esc")
	s := at(t, term, "LIST 4/")
	if got, want := statusRow(s), statusRow(before); got != want {
		t.Errorf("the status row is %q, want %q", got, want)
	}
	if !s.Contains("╟>10–12 Kim Jong Un left Pyongyang") {
		t.Errorf("the cursor is on another event:\n%s", s.Golden())
	}
}

func TestWrongFilterIsExplainedAndStaysInThePrompt(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	press(t, term, "f", "actor:putin actr:kim")
	see(t, term, "column 13: unknown field actr; did you mean actor?")
	press(t, term, "enter", "x")
	s := see(t, term, "filter: actor:putin actr:kimx")
	if strings.Contains(s.Row(0), "hidden") {
		t.Errorf("a wrong filter hid something:\n%s", s.Golden())
	}
	press(t, term, "ctrl+u", "actor:putin")
	see(t, term, fmt.Sprintf("shows %d of ", len(fixture.Involving(fixture.Events(t), "Vladimir Putin"))))
	press(t, term, "enter")
	at(t, term, fmt.Sprintf("LIST 1/%d", len(fixture.Involving(fixture.Events(t), "Vladimir Putin"))))
}

func TestFilterWithoutMatchesNamesTheTermToDrop(t *testing.T) {
	t.Parallel()
	his := len(fixture.Involving(fixture.Events(t), "Vladimir Putin"))
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	press(t, term, "f", "actor:putin status:unverified", "enter")
	s := see(t, term, "No event matches this filter.")
	if want := fmt.Sprintf("Without status:unverified: %d events.", his); !s.Contains(want) {
		t.Errorf("no %q in\n%s", want, s.Golden())
	}
	press(t, term, "esc")
	s = at(t, term, fmt.Sprintf("LIST 1/%d", his))
	_, y, ok := s.Find(" actor:putin ")
	if !ok || strings.Contains(s.Row(y), "status:unverified") || !strings.Contains(statusRow(s), "Dropped status:unverified; ") {
		t.Errorf("Escape did not drop the last term:\n%s", s.Golden())
	}
}

func TestClaimAndDenialLeadToEachOther(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--filter", "id:2023-09-15-kremlin-denies-agreements,2023-09-05-us-warns-arms-talks")
	at(t, term, "LIST 1/2")
	press(t, term, "enter")
	s := at(t, term, "DETAIL 1/2")
	claim, denial := "US said Russia-DPRK arms talks were advancing", "Kremlin said no deals were signed"
	sides := regexp.MustCompile(` said +5 September 2023  disputed  this event .*\n>answer +15 September 2023  claimed .*\n +` + denial)
	const title = 3
	if !strings.Contains(s.Row(title), claim) || !sides.MatchString(s.Text()) {
		t.Errorf("the claim does not stand beside its denial:\n%s", s.Golden())
	}
	press(t, term, "enter")
	s = at(t, term, "DETAIL 2/2")
	if !strings.Contains(s.Row(title), denial) {
		t.Errorf("enter led to %q, want the denial", s.Row(title))
	}
	press(t, term, "enter")
	if s = at(t, term, "DETAIL 1/2"); !strings.Contains(s.Row(title), claim) {
		t.Errorf("enter led to %q, want the claim again", s.Row(title))
	}
}

func TestAnswerHiddenByTheFilterIsNamed(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--filter", "id:2023-09-05-us-warns-arms-talks")
	at(t, term, "LIST 1/1")
	press(t, term, "enter", "enter")
	see(t, term, "“Kremlin said no deals were signed; Putin denied plans to breach rules” is hidden by the filter")
}

// A journalist cites a source.
func TestCitationGoesToTheClipboard(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{Width: 200, Height: 36})
	at(t, term, "LIST 1/")
	press(t, term, "y")
	see(t, term, "clipboard: “KCNA Report,” KCNA, May 31, 2023, http://www.kcna.kp/")
	got := copied(t, term)
	if !strings.HasPrefix(got, "“KCNA Report,” KCNA, May 31, 2023, http://www.kcna.kp/") || !strings.HasSuffix(got, ".kcmsf.") {
		t.Errorf("the clipboard holds %q", got)
	}
}

// copied waits for text on the clipboard.
func copied(t *testing.T, term *termtest.Terminal) string {
	t.Helper()
	until(t, term, "the clipboard", func(*termtest.Screen) bool { return term.Clipboard() != "" })
	return term.Clipboard()
}

func TestActorIsFoundByNameInAnyScript(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ typed, name string }{
		{"김정은", "Kim Jong Un"},
		{"путин", "Vladimir Putin"},
		{"ким чен", "Kim Jong Un"},
	} {
		for _, way := range []string{"typed", "pasted"} {
			t.Run(tt.typed+" "+way, func(t *testing.T) {
				t.Parallel()
				n := len(fixture.Involving(fixture.Events(t), tt.name))
				term := open(t, termtest.Options{})
				at(t, term, "LIST 1/")
				press(t, term, "a")
				at(t, term, "ACTORS")
				if way == "typed" {
					press(t, term, strings.ReplaceAll(tt.typed, " ", "")) // Space marks
				} else if err := term.Paste(tt.typed); err != nil {
					t.Fatal(err)
				}
				s := see(t, term, ">[ ] "+tt.name+"  ")
				if s.Contains(">[ ] North Korea") || !s.CursorVisible {
					t.Errorf("not filtered, or no cursor:\n%s", s.Golden())
				}
				press(t, term, "enter")
				s = at(t, term, fmt.Sprintf("LIST 1/%d", n))
				if !s.Contains(fmt.Sprintf("actor:%q", tt.name)) {
					t.Errorf("no chip names %s:\n%s", tt.name, s.Golden())
				}
			})
		}
	}
}
