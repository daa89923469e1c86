// Package termtest is a terminal to test in, as net/http/httptest is a server
// to test with: it is for tests and for the program that draws the pictures of
// the documentation, and nothing else imports it.
//
// Draw shows one frame, without a program, and Golden keeps it:
//
//	s := termtest.Draw(m.View().Content, 80, 24, false)
//	termtest.Golden(t, "browsing-80x24", s.Golden())
//
// Start runs a program in a pseudo-terminal, types, and waits for what a
// person would see:
//
//	term, err := termtest.Start(termtest.Options{Width: 80, Height: 24}, "./dateline")
//	defer term.Close()
//	term.Type("a", "putin", "enter")
//	s, err := term.WaitText("Vladimir Putin")
//
// It is x/vt with a few repairs, and differs from other terminals: it always
// measures text by grapheme clusters, whether it grants that mode or not, knows no
// keyboard protocol beyond xterm's, and loses the wrap after a wide character that
// ends a row (full-screen programs do not depend on it).
package termtest

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Draw shows one frame in a terminal of w by h cells and returns the screen.
// The frame is the content of a Bubble Tea view: lines joined by newlines,
// with their styles (SGR) and links (OSC 8). Like Bubble Tea, it clips lines
// that are too long and drops lines that do not fit; a test of the size measures
// the frame itself.
func Draw(frame string, w, h int, light bool) *Screen {
	e := newEmulator(w, h, light)
	// Nobody reads this terminal's answers. A closed pipe drops them; an open one
	// would block at the first.
	e.InputPipe().(io.Closer).Close()

	// Truncate misreads the same bytes as x/vt, so they are guarded first.
	frame = string(e.osc.guard([]byte(frame)))
	for y, line := range strings.Split(frame, "\n") {
		if y == h {
			break
		}
		e.Emulator.WriteString(ansi.CursorPosition(1, y+1))
		e.Emulator.WriteString(ansi.Truncate(strings.TrimSuffix(line, "\r"), w, ""))
	}
	at := e.CursorPosition()
	return &Screen{Width: w, Height: h, CursorX: at.X, CursorY: at.Y, cells: copyCells(e)}
}

var update = flag.Bool("update", false, "write the golden files in testdata anew")

// Golden compares got with testdata/name.golden and fails the test, with a
// diff by line, when they differ. With -update the test writes the file instead;
// then read the diff of the commit.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	want, err := os.ReadFile(path)
	switch {
	case *update:
		if err == nil && bytes.Equal(want, []byte(got)) {
			return
		}
		if err := writeGolden(path, got); err != nil {
			t.Error(err)
		}
	case err != nil:
		t.Errorf("%v (run the test with -update to write it); got:\n%s", err, got)
	case string(want) != got:
		t.Errorf("%s differs (run the test with -update to accept it):\n%s",
			path, diff(string(want), got))
	}
}

func writeGolden(path, got string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(got), 0o644)
}

// diff lists the lines that differ, those of want after "-" and those of got after
// "+", each with its number, and the unchanged line before each group.
func diff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	common := commonLines(a, b)
	var out strings.Builder
	i, j, changed := 0, 0, false
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i, j, changed = i+1, j+1, false
			continue
		}
		if !changed && i > 0 {
			fmt.Fprintf(&out, "  %4d %s\n", i, a[i-1])
		}
		changed = true
		if j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1] {
			fmt.Fprintf(&out, "- %4d %s\n", i+1, a[i])
			i++
		} else {
			fmt.Fprintf(&out, "+ %4d %s\n", j+1, b[j])
			j++
		}
	}
	return out.String()
}

// commonLines is the table of longest common subsequences: how many lines
// a[i:] and b[j:] have in common, in order.
func commonLines(a, b []string) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
