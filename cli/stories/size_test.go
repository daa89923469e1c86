package stories

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"dateline/tui/termtest"
)

func TestResizeStormLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	sizes := 12
	if testing.Short() {
		sizes = 4
	}
	for n, tt := range []struct {
		name  string
		keys  []string
		where string
	}{
		{"list", []string{"a", "putin", "enter"}, "LIST 1/"},
		{"search", []string{"/", "Malligyong"}, "SEARCH 1/"},
		{"filter", []string{"f", "actor:kim"}, "FILTER"},
		{"picker", []string{"a", "kim"}, "ACTORS"},
		{"brief", []string{"f", "actor:putin", "enter", "B"}, "BRIEF"},
		{"detail", []string{"enter"}, "DETAIL 1/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(2024, uint64(n)))
			term := open(t, termtest.Options{})
			at(t, term, "LIST 1/")
			press(t, term, tt.keys...)
			at(t, term, tt.where)
			for range sizes {
				w, h := 20+random.IntN(181), 5+random.IntN(56)
				resize(t, term, w, h)
				framed(t, term, tt.where)
			}
			resize(t, term, 120, 36)
			matchesFresh(t, term, nil, tt.keys...)
		})
	}
}

// matchesFresh fails the test unless the terminal shows the same screen as a new program
// does after the same keys.
func matchesFresh(t *testing.T, term *termtest.Terminal, args []string, keys ...string) {
	t.Helper()
	s := term.Screen()
	fresh := open(t, termtest.Options{Width: s.Width, Height: s.Height}, args...)
	at(t, fresh, "LIST 1/")
	press(t, fresh, keys...)
	for late := time.Now().Add(20 * time.Second); ; {
		got, want := term.Settle(), fresh.Settle()
		diff := difference(got, want)
		if diff == "" {
			return
		}
		if time.Now().After(late) {
			t.Errorf("%s\nthe screen is\n%s\nand of a new program\n%s", diff, got.Golden(), want.Golden())
			return
		}
	}
}

// headerEnd matches the end of a header that is not cut.
var headerEnd = regexp.MustCompile(`( events?|/\d+| hidden| by uncertain date) $`)

// resize resizes the terminal once the screen has settled: the emulator does not
// accept output for a larger screen.
func resize(t *testing.T, term *termtest.Terminal, w, h int) {
	t.Helper()
	term.Settle()
	if err := term.Resize(w, h); err != nil {
		t.Fatal(err)
	}
}

// framed waits for a frame of exactly the terminal's size.
func framed(t *testing.T, term *termtest.Terminal, where string) {
	t.Helper()
	s, err := term.Wait(10*time.Second, func(s *termtest.Screen) bool { return frameFault(s, where) == "" })
	if err != nil {
		t.Fatalf("%dx%d: %s: %v", s.Width, s.Height, frameFault(s, where), err)
	}
}

// frameFault describes a fault of a frame. A row that is too long, or one too many,
// shows in the loss of the last row or of the end of another.
func frameFault(s *termtest.Screen, where string) string {
	header, hints := s.Row(0), s.Row(s.Height-1)
	typing := strings.HasPrefix(where, "SEARCH") || where == "FILTER"
	switch {
	case wrongWidth(s) != "":
		return wrongWidth(s)
	case s.Width < 30 || s.Height < 8:
		if strings.TrimSpace(s.Text()) != "30x8 needed" {
			return "it shows something else than that 30x8 is needed"
		}
		return ""
	case !headerEnd.MatchString(header) && !(typing && s.Height < 12):
		return "the header is cut"
	case where == "ACTORS":
		// A small screen has no room for the hint that only this picker has.
		if !strings.Contains(s.Text(), "actor: kim") || !strings.HasPrefix(hints, " Enter choose ") {
			return fmt.Sprintf("the picker or its last row is missing: %q", hints)
		}
	case !isAt(s, where):
		return fmt.Sprintf("the last row is not that of %s: %q", where, hints)
	case typing && !promptBegin.MatchString(hints):
		return fmt.Sprintf("the last row is not the prompt: %q", hints)
	case typing && s.Width >= 60 && !strings.Contains(hints, " Enter keep "):
		return fmt.Sprintf("the prompt holds no hints: %q", hints)
	case s.Height >= 10 && !hintsBegin.MatchString(hints) && !noRoom.MatchString(hints) && !typing:
		return fmt.Sprintf("the last row holds no hints: %q", hints)
	case strings.HasPrefix(where, "LIST") && s.Width >= 100 && s.Height >= 24:
		return misaligned(body(s), "│", columns(body(s)[0], "│")...)
	}
	return ""
}

var (
	hintsBegin  = regexp.MustCompile(`^ (\?|Enter|Esc) `)
	promptBegin = regexp.MustCompile(`^(filter: actor:kim|/Malligyong) `)
	noRoom      = regexp.MustCompile(`^ {2,9}\S`) // what stands right leaves no room for a hint
)

// A page that was opened on a small screen uses the space of a larger one.
func TestPagesAreLaidOutAgainOnALargerScreen(t *testing.T) {
	t.Parallel()
	filter := []string{"--filter", "actor:putin"}
	for _, tt := range []struct{ key, where string }{{"B", "BRIEF"}, {"?", "HELP"}} {
		t.Run(tt.where, func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Width: 46, Height: 20}, filter...)
			at(t, term, "LIST 1/")
			press(t, term, tt.key)
			at(t, term, tt.where)
			resize(t, term, 120, 36)
			matchesFresh(t, term, filter, tt.key)
		})
	}
}

func TestScreenTooSmallStatesTheSizeNeeded(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{29, 8}, {30, 7}, {29, 7}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Width: size[0], Height: size[1]})
			framed(t, term, "LIST 1/")
			press(t, term, "q")
			exits(t, term, exitOK)

			term = open(t, termtest.Options{Width: 80, Height: 24})
			at(t, term, "LIST 1/")
			press(t, term, "j")
			at(t, term, "LIST 2/")
			for _, now := range [][2]int{size, {30, 8}, size, {31, 9}, size} {
				resize(t, term, now[0], now[1])
				framed(t, term, "LIST 2/")
			}
			press(t, term, "q")
			exits(t, term, exitOK)
		})
	}
}

// randomKeys are the keys of all actions but quitting, and some text.
var randomKeys = strings.Fields(`j j k down down up g G home end space pgdown pgup b d u
	ctrl+d ctrl+u ctrl+f ctrl+b J K ctrl+e ctrl+y [ ] [ ] enter enter enter enter esc esc esc
	z z Z + - v v * # tab shift+tab / / n N f f a a S y c B p ? f1 ctrl+l ctrl+n ctrl+p left right
	backspace ctrl+h ctrl+a ctrl+w ! kim treaty status:disputed 김 пут " ) - since:`)

// After any keys the screen is as a redraw would draw it.
func TestRandomKeysLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	rounds := 10
	if testing.Short() {
		rounds = 1
	}
	for n, size := range [][2]int{{46, 20}, {80, 24}, {120, 36}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1012, uint64(n)))
			// Without a PATH there is no browser to open.
			term := open(t, termtest.Options{Width: size[0], Height: size[1], Env: []string{"PATH="}})
			at(t, term, "LIST 1/")
			var typed []string
			for range rounds {
				for range 100 {
					key := randomKeys[random.IntN(len(randomKeys))]
					typed = append(typed, key)
					press(t, term, key)
				}
				redrawn(t, term, typed)
			}
		})
	}
}

// stable returns the screen once it has not changed for a while. It waits longer
// than Settle, since the test does not know which screen to expect.
func stable(t *testing.T, term *termtest.Terminal) *termtest.Screen {
	t.Helper()
	patience := 500 * time.Millisecond
	if racing() {
		patience = 3 * time.Second // the program is as much slower
	}
	for {
		s := term.Settle()
		_, err := term.Wait(patience, func(now *termtest.Screen) bool { return now.Text() != s.Text() })
		if err != nil {
			return s
		}
	}
}

// redrawn compares the screen before and after a redraw, once a notice in the last row
// has expired: a redraw takes it away.
func redrawn(t *testing.T, term *termtest.Terminal, typed []string) {
	t.Helper()
	before := stable(t, term)
	if last := statusRow(before); !hintsBegin.MatchString(last) {
		term.Wait(6*time.Second, func(now *termtest.Screen) bool { return statusRow(now) != last })
		before = stable(t, term)
	}
	fullWidth(t, before)
	prompting := strings.HasPrefix(before.Row(before.Height-1), " Enter")
	written := term.Written()
	press(t, term, "ctrl+l")
	after := stable(t, term)
	if grown := term.Written() - written; !prompting && grown < int64(before.Height) {
		t.Errorf("ctrl+l redrew nothing: %d bytes; typed %q", grown, typed)
	}
	for y := range before.Height {
		if diff := rowDifference(before, after, y); diff != "" {
			t.Fatalf("before ctrl+l %s\ntyped %q\n%s", diff, typed, after.Golden())
		}
	}
}

// A size that no screen has came as an empty screen.
func TestTerminalOfImplausibleSizeIsDrawn(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{Width: 5000, Height: 20})
	at(t, term, "LIST 1/")
}
