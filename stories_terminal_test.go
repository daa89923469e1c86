package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
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
		{"filter", []string{"f", "actor:kim"}, "shows "},
		{"picker", []string{"a", "kim"}, "PICK 1/"},
		{"brief", []string{"f", "actor:putin", "enter", "B"}, "BRIEF 1/"},
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
			likeNew(t, term, nil, tt.keys...)
		})
	}
}

// likeNew fails the test unless the terminal shows what a new program does
// after the same keys.
func likeNew(t *testing.T, term *termtest.Terminal, args []string, keys ...string) {
	t.Helper()
	s := term.Settle()
	fresh := open(t, termtest.Options{Width: s.Width, Height: s.Height}, args...)
	at(t, fresh, "LIST 1/")
	press(t, fresh, keys...)
	want, err := fresh.Wait(5*time.Second, func(want *termtest.Screen) bool { return difference(s, want) == "" })
	if err != nil {
		t.Errorf("%s\nthe screen is\n%s\nand of a new program\n%s", difference(s, want), s.Golden(), want.Golden())
	}
}

// headerEnd is how a header ends when nothing of it is cut.
var headerEnd = regexp.MustCompile(`( events?|/\d+| hidden| by uncertain date) $`)

// resize gives the terminal another size once the program has said all it has
// to say at the old one: the emulator takes no output for a larger screen.
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
	s, err := term.Wait(10*time.Second, func(s *termtest.Screen) bool { return misframed(s, where) == "" })
	if err != nil {
		t.Fatalf("%dx%d: %s: %v", s.Width, s.Height, misframed(s, where), err)
	}
}

// misframed says what of a frame is not where it belongs: a row is too long or
// too many if the last row or the end of another is lost.
func misframed(s *termtest.Screen, where string) string {
	header, hints := s.Row(0), s.Row(s.Height-1)
	typing := strings.HasPrefix(where, "SEARCH") || strings.HasPrefix(where, "shows")
	switch {
	case ragged(s) != "":
		return ragged(s)
	case s.Width < 30 || s.Height < 8:
		if strings.TrimSpace(s.Text()) != "30x8 needed" {
			return "it does not say that 30x8 is needed, and nothing else"
		}
		return ""
	case !headerEnd.MatchString(header) && !(typing && s.Height < 12):
		return "the header is cut"
	case !strings.HasPrefix(statusRow(s), " "+where):
		return "the status row is not that of " + where
	case s.Height >= 10 && !hintsBegin.MatchString(hints):
		return "the last row holds no hints"
	case strings.HasPrefix(where, "LIST") && s.Width >= 100 && s.Height >= 24:
		return crooked(body(s), "│", columns(body(s)[0], "│")...)
	}
	return ""
}

var hintsBegin = regexp.MustCompile(`^ (\?|Enter|Esc) `)

// A page laid out for a small screen must use the large one that it becomes.
func TestPagesOpenedSmallAreLaidOutAgain(t *testing.T) {
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
			likeNew(t, term, filter, tt.key)
		})
	}
}

func TestScreenTooSmallSaysWhatIsNeeded(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{29, 8}, {30, 7}, {29, 7}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Width: size[0], Height: size[1]})
			framed(t, term, "LIST 1/")
			press(t, term, "q")
			exits(t, term, done)

			term = open(t, termtest.Options{Width: 80, Height: 24})
			at(t, term, "LIST 1/")
			press(t, term, "j")
			at(t, term, "LIST 2/")
			for _, now := range [][2]int{size, {30, 8}, size, {31, 9}, size} {
				resize(t, term, now[0], now[1])
				framed(t, term, "LIST 2/")
			}
			press(t, term, "q")
			exits(t, term, done)
		})
	}
}

func TestNoColorLeavesNoColour(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"yes", "1"} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			term := open(t, termtest.Options{Env: []string{"NO_COLOR=" + value}})
			s := at(t, term, "LIST 1/")
			for _, next := range []struct {
				keys []string
				text string
			}{
				{[]string{"/", "satellite"}, "“satellite” 1/"},
				{[]string{"enter", "enter"}, "DETAIL"},
				{[]string{"esc", "f", "actr:x"}, "unknown field actr"},
				{[]string{"esc", "a"}, "PICK"},
				{[]string{"esc", "B"}, "BRIEF"},
				{[]string{"esc"}, "LIST 1/"},
			} {
				press(t, term, next.keys...)
				if s = see(t, term, next.text); s.HasColor() {
					t.Errorf("there is colour:\n%s", s.Golden())
				}
			}
			selected(t, s)
		})
	}
}

func TestColoursAreThereUnlessRefused(t *testing.T) {
	t.Parallel()
	for _, env := range [][]string{nil, {"NO_COLOR="}} {
		term := open(t, termtest.Options{Env: env})
		s := at(t, term, "LIST 1/")
		if !s.HasColor() {
			t.Errorf("%v: no colour:\n%s", env, s.Golden())
		}
		selected(t, s)
	}
}

// selected fails the test unless the row under the cursor is reversed, and says
// so with a sign as well, and no other row of the list is.
func selected(t *testing.T, s *termtest.Screen) {
	t.Helper()
	x, y, ok := s.Find(">├ ")
	if !ok || !s.Reversed(x, y) || !s.Reversed(x+20, y) {
		t.Errorf("the selected row is not reversed:\n%s", s.Golden())
	}
	if s.Reversed(x, y+1) || s.Reversed(x, y-1) {
		t.Error("more than the selected row is reversed")
	}
}

func TestPaletteFitsTheTerminal(t *testing.T) {
	t.Parallel()
	colours := map[bool][]string{}
	for _, light := range []bool{true, false} {
		term := open(t, termtest.Options{Light: light})
		at(t, term, "LIST 1/")
		date := map[bool]string{true: "4", false: "12"}[light]
		s := until(t, term, "the palette", func(s *termtest.Screen) bool {
			x, y, ok := s.Find(" ├ 24 ")
			return ok && s.Foreground(x+3, y) == date
		})
		if x, y, ok := s.Find("Second Malligyong-1"); !ok || s.Foreground(x, y) != "" || s.Background(x, y) != "" {
			t.Errorf("light %t: titles are not in the terminal's own colours", light)
		}
		colours[light] = foregrounds(s)
	}
	for _, c := range colours[true] {
		if slices.Contains(colours[false], c) {
			t.Errorf("colour %s is used on light and on dark: %v", c, colours)
		}
		// Yellow, white and all that is bright cannot be read on white.
		if n, err := strconv.Atoi(c); err != nil || n == 3 || n >= 7 {
			t.Errorf("colour %s is used on light", c)
		}
	}
}

func foregrounds(s *termtest.Screen) []string {
	var found []string
	for y := range s.Height {
		for x := range s.Width {
			if c := s.Foreground(x, y); c != "" && !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return found
}

func TestSilentTerminalIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	began := time.Now()
	term := open(t, termtest.Options{NoReplies: true})
	if _, err := term.Wait(2*time.Second, func(s *termtest.Screen) bool { return s.Contains("LIST 1/") }); err != nil {
		t.Fatalf("no frame after %v: %v", time.Since(began), err)
	}
	press(t, term, "j", "enter")
	at(t, term, "DETAIL 2/")
	press(t, term, "q", "q")
	exits(t, term, done)
}

// Hands are faster than disks: what is typed while the program starts is done
// once the timeline has been read.
func TestKeysTypedAheadAreNotLost(t *testing.T) {
	t.Parallel()
	term := shell(t, termtest.Options{}, `read -r go; exec "$DATELINE"`)
	press(t, term, "go", "enter", "a", "putin")
	see(t, term, ">[ ] Vladimir Putin")
	press(t, term, "enter")
	at(t, term, fmt.Sprintf("LIST 1/%d", len(involving(insideEvents(t), "Vladimir Putin"))))
}

func TestEscapeNeverQuits(t *testing.T) {
	t.Parallel()
	all := len(insideEvents(t))
	term := open(t, termtest.Options{}, "--filter", "id:2023-05-31-malligyong-first-failure has:caveat")
	at(t, term, "LIST 1/1")
	press(t, term, slices.Repeat([]string{"esc"}, 10)...)
	if s := at(t, term, fmt.Sprintf("LIST 1/%d", all)); !s.Contains("no filter") {
		t.Errorf("the filter is still there:\n%s", s.Golden())
	}
	press(t, term, "j")
	at(t, term, fmt.Sprintf("LIST 2/%d", all))
}

func TestCtrlCQuitsButInAPromptOnlyLeavesIt(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	for _, prompt := range []struct{ key, text string }{
		{"/", "SEARCH"}, {"f", "filter: nobody"}, {"a", "actor: nobody"},
	} {
		press(t, term, prompt.key, "nobody")
		see(t, term, prompt.text)
		press(t, term, "ctrl+c")
		s := at(t, term, "LIST 1/")
		if s.Contains("nobody") || !s.Contains("no filter") {
			t.Errorf("%s: the prompt left something behind:\n%s", prompt.key, s.Golden())
		}
	}
	press(t, term, "enter")
	at(t, term, "DETAIL")
	press(t, term, "ctrl+c")
	exits(t, term, done)
}

func TestSuspendedProgramComesBackWhole(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("job control is tested with bash, and there is none here")
	}
	term := start(t, termtest.Options{Env: []string{"DATELINE=" + program(t), "PS1=shell> "}}, bash, "--norc", "--noprofile", "-i")
	see(t, term, "shell> ")
	press(t, term, `"$DATELINE"`, "enter")
	at(t, term, "LIST 1/")
	press(t, term, "f", "actor:putin", "enter", "j")
	at(t, term, "LIST 2/")
	before := stable(t, term)

	press(t, term, "ctrl+z")
	until(t, term, "the shell", func(s *termtest.Screen) bool {
		return !s.AltScreen && s.CursorVisible && s.Contains("Stopped")
	})
	press(t, term, "fg", "enter")
	at(t, term, "LIST 2/")
	until(t, term, "the screen as it was", func(s *termtest.Screen) bool { return difference(s, before) == "" })

	press(t, term, "q")
	until(t, term, "the shell", func(s *termtest.Screen) bool { return !s.AltScreen })
	press(t, term, "echo left with $?", "enter")
	see(t, term, "left with 0")
}

func TestTerminatedProgramLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	term := shell(t, termtest.Options{Dir: dir}, `echo $$ > pid; exec "$DATELINE"`)
	at(t, term, "LIST 1/")
	text, err := os.ReadFile(filepath.Join(dir, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	exits(t, term, 128+int(syscall.SIGTERM))
}

// randomKeys are all that is bound, but what leaves the program, and some text.
var randomKeys = strings.Fields(`j j k down down up g G home end space pgdown pgup b d u
	ctrl+d ctrl+u ctrl+f ctrl+b J K ctrl+e ctrl+y [ ] [ ] enter enter enter enter esc esc esc
	tab shift+tab / / n N f f a a S y c B p ? f1 ctrl+l ctrl+n ctrl+p left right
	backspace ctrl+h ctrl+a ctrl+w ! kim treaty status:disputed 김 пут " ) - since:`)

// What is on screen after any keys is what a redraw would show.
func TestRandomKeysLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	rounds := 3
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

// stable returns the screen once nothing has changed for a while: more than
// Settle waits for, since here nothing says which screen is to come.
func stable(t *testing.T, term *termtest.Terminal) *termtest.Screen {
	t.Helper()
	for {
		s := term.Settle()
		_, err := term.Wait(200*time.Millisecond, func(now *termtest.Screen) bool { return now.Text() != s.Text() })
		if err != nil {
			return s
		}
	}
}

// redrawn compares the screen with itself redrawn. The status row is left out,
// since a notice may go from it in between.
func redrawn(t *testing.T, term *termtest.Terminal, typed []string) {
	t.Helper()
	before := stable(t, term)
	whole(t, before)
	prompting := strings.HasPrefix(before.Row(before.Height-1), " Enter")
	written := term.Written()
	press(t, term, "ctrl+l")
	after := stable(t, term)
	if grown := term.Written() - written; !prompting && grown < int64(before.Height) {
		t.Errorf("ctrl+l redrew nothing: %d bytes; typed %q", grown, typed)
	}
	for y := range before.Height {
		if diff := rowDifference(before, after, y); diff != "" && y != before.Height-2 {
			t.Fatalf("before ctrl+l %s\ntyped %q\n%s", diff, typed, after.Golden())
		}
	}
}
