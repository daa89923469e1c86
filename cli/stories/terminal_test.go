package stories

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

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
				{[]string{"enter", "enter"}, " Esc list  j k scroll"},
				{[]string{"esc", "f", "actr:x"}, "unknown field actr"},
				{[]string{"esc", "a"}, "mark several"},
				{[]string{"esc", "B"}, "BOTTOM LINE"},
				{[]string{"esc"}, " Enter read"},
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

// selected fails the test unless the row under the cursor, and no other, has a sign
// and is reversed.
func selected(t *testing.T, s *termtest.Screen) {
	t.Helper()
	x, y, ok := s.Find("├>31 ")
	if x++; !ok || !s.Reversed(x, y) || !s.Reversed(x+20, y) {
		t.Errorf("the selected row is not reversed:\n%s", s.Golden())
	}
	for other := y - 1; other < s.Height-1; other++ {
		if other != y && (s.Reversed(x, other) || s.Reversed(x+20, other)) {
			t.Errorf("more than the selected row is reversed: %q", s.Row(other))
		}
	}
}

func TestColoursFitALightOrDarkTerminal(t *testing.T) {
	t.Parallel()
	colours := map[bool][]string{}
	for _, light := range []bool{true, false} {
		term := open(t, termtest.Options{Light: light})
		at(t, term, "LIST 1/")
		date := map[bool]string{true: "4", false: "12"}[light]
		s := until(t, term, "the palette", func(s *termtest.Screen) bool {
			x, y, ok := s.Find("├ 24 ")
			return ok && s.Foreground(x+2, y) == date
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
		// Yellow, white and bright colours cannot be read on white.
		if n, err := strconv.Atoi(c); err != nil || n == 3 || n >= 7 {
			t.Errorf("colour %s is used on light", c)
		}
	}
}

// A terminal can turn light while the program runs.
func TestColoursFollowTheTerminal(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	s := at(t, term, "LIST 1/")
	dark := foregrounds(s)
	term.Turn(true)
	until(t, term, "the light palette", func(s *termtest.Screen) bool {
		return !slices.ContainsFunc(foregrounds(s), func(c string) bool { return slices.Contains(dark, c) })
	})
}

// Bubble Tea does not ask over SSH whether frames can be shown whole.
func TestFramesAreWholeOverSSH(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{Env: []string{"SSH_TTY=/dev/pts/9", "TERM_PROGRAM="}})
	at(t, term, "LIST 1/")
	press(t, term, "j")
	until(t, term, "a frame in one piece", func(*termtest.Screen) bool { return term.Frames() > 0 })
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

func TestTerminalWithoutRepliesIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	began := time.Now()
	term := open(t, termtest.Options{NoReplies: true})
	if _, err := term.Wait(2*time.Second, func(s *termtest.Screen) bool { return isAt(s, "LIST 1/") }); err != nil {
		t.Fatalf("no frame after %v: %v", time.Since(began), err)
	}
	press(t, term, "j", "enter")
	at(t, term, "DETAIL 2/")
	press(t, term, "q", "q")
	exits(t, term, exitOK)
}

// Keys typed while the program starts take effect once the timeline is loaded.
func TestKeysTypedAheadAreNotLost(t *testing.T) {
	t.Parallel()
	term := shell(t, termtest.Options{}, `read -r go; exec "$DATELINE"`)
	press(t, term, "go", "enter", "a", "putin")
	see(t, term, ">[ ] Vladimir Putin")
	press(t, term, "enter")
	at(t, term, fmt.Sprintf("LIST 1/%d", len(fixture.Involving(fixture.Events(t), "Vladimir Putin"))))
}

func TestEscapeNeverQuits(t *testing.T) {
	t.Parallel()
	all := len(fixture.Events(t))
	term := open(t, termtest.Options{}, "--filter", "id:2023-05-31-malligyong-first-failure has:caveat")
	at(t, term, "LIST 1/1")
	press(t, term, slices.Repeat([]string{"esc"}, 10)...)
	if s := at(t, term, fmt.Sprintf("LIST 1/%d", all)); s.Contains("hidden") {
		t.Errorf("the filter is still there:\n%s", s.Golden())
	}
	press(t, term, "j")
	at(t, term, fmt.Sprintf("LIST 2/%d", all))
}

func TestCtrlCLeavesAPromptAndElsewhereQuits(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{})
	at(t, term, "LIST 1/")
	for _, prompt := range []struct{ key, text string }{
		{"/", "/nobody"}, {"f", "filter: nobody"}, {"a", "actor: nobody"},
	} {
		press(t, term, prompt.key, "nobody")
		see(t, term, prompt.text)
		press(t, term, "ctrl+c")
		s := until(t, term, "the keys of the list", func(s *termtest.Screen) bool {
			return strings.HasPrefix(statusRow(s), " Enter read") && isAt(s, "LIST 1/124")
		})
		if s.Contains("nobody") || s.Contains("hidden") || !strings.HasSuffix(s.Row(0), " 124 events ") {
			t.Errorf("%s: the prompt left something behind:\n%s", prompt.key, s.Golden())
		}
	}
	press(t, term, "enter")
	at(t, term, "DETAIL")
	press(t, term, "ctrl+c")
	exits(t, term, exitOK)
}

func TestSuspendedProgramResumesItsScreen(t *testing.T) {
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

	for _, suspend := range []func(){
		func() { press(t, term, "ctrl+z") },
		func() {
			exec.Command("pkill", "-TSTP", "-x", "-P", strings.TrimSpace(fmt.Sprint(term.PID())), "dateline").Run()
		},
		func() { press(t, term, "ctrl+z") },
	} {
		suspend()
		until(t, term, "the shell", func(s *termtest.Screen) bool {
			return !s.AltScreen && s.CursorVisible && s.Contains("Stopped")
		})
		if term.Mode(ansi.ModeLightDark) {
			t.Error("the shell is told when the terminal turns dark")
		}
		press(t, term, "clear; fg", "enter")
		until(t, term, "the screen as it was", func(s *termtest.Screen) bool { return difference(s, before) == "" })
		until(t, term, "its modes", func(*termtest.Screen) bool { return term.Mode(ansi.ModeLightDark) })
	}

	press(t, term, "q")
	until(t, term, "the shell", func(s *termtest.Screen) bool { return !s.AltScreen })
	press(t, term, "echo left with $?", "enter")
	see(t, term, "left with 0")
}

func TestTerminatedProgramLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
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
			process, err := os.FindProcess(pid)
			if err != nil {
				t.Fatal(err)
			}
			if err := process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			exits(t, term, 128+int(signal))
			for _, mode := range []ansi.Mode{ansi.ModeLightDark, ansi.ModeBracketedPaste, ansi.ModeAltScreenSaveCursor, ansi.ModeSynchronizedOutput, ansi.ModeMouseButtonEvent} {
				if term.Mode(mode) {
					t.Errorf("mode %d is left on", mode.Mode())
				}
			}
		})
	}
}

// Within tmux, whose answer takes long, the viewer does not ask it for its colours.
// Lip Gloss has asked once, before main.
func TestViewerAsksTmuxNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ran := filepath.Join(dir, "ran")
	if err := os.WriteFile(filepath.Join(dir, "tmux"), []byte("#!/bin/sh\necho $* >>"+ran+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	term := open(t, termtest.Options{Env: []string{"PATH=" + dir, "TMUX=/tmp/tmux,1,0", "TERM=tmux-256color", "COLORTERM="}})
	at(t, term, "LIST 1/")
	if asked, _ := os.ReadFile(ran); strings.Count(string(asked), "\n") > 1 {
		t.Errorf("the viewer ran tmux before its first frame:\n%s", asked)
	}
}
