package stories

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dateline/tui/termtest"
)

// The stories run the program in a terminal, press keys as a person would, and
// read the screen. They wait for text to appear, never for time to pass.
//
//	term := open(t, termtest.Options{}, "--filter", "actor:putin")
//	press(t, term, "enter")
//	at(t, term, "DETAIL 1/24")

// Exit codes of the program.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// builtDir is the folder of the built program; TestMain makes and removes it.
var builtDir string

// racing reports whether this test is built with the race detector.
var racing = sync.OnceValue(func() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
})

// built builds the program once, when a story first needs it, and with the race
// detector if the test has it.
var built = sync.OnceValues(func() (string, error) {
	program := filepath.Join(builtDir, "dateline")
	overlay := filepath.Join(builtDir, "overlay.json")
	if err := freeze(overlay); err != nil {
		return "", err
	}
	args := []string{"build", "-buildvcs=false", "-overlay", overlay, "-o", program}
	if racing() {
		args = append(args, "-race")
	}
	out, err := exec.Command("go", append(args, "dateline")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

// freeze writes an overlay for go build that embeds the frozen timeline in place
// of events.json, so that events.json may change and the stories stay true.
func freeze(path string) error {
	shipped, err := filepath.Abs("../../events.json")
	if err != nil {
		return err
	}
	frozen, err := filepath.Abs("../../timeline/testdata/frozen.json")
	if err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {shipped: frozen}})
	if err != nil {
		return err
	}
	return os.WriteFile(path, overlay, 0o600)
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dateline-story-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	builtDir = dir
	code := m.Run()
	races, _ := filepath.Glob(filepath.Join(dir, "race.*"))
	for _, race := range races {
		report, _ := os.ReadFile(race)
		if strings.Contains(string(report), "cancelreader.(*epollCancelReader).Close") {
			continue // Bubble Tea closes its reader while that may still read
		}
		fmt.Fprintf(os.Stderr, "the program has a data race:\n%s", report)
		code = 1
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func program(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// open runs the program in a terminal, by default of 120 by 36 cells.
func open(t *testing.T, opt termtest.Options, args ...string) *termtest.Terminal {
	t.Helper()
	return start(t, opt, program(t), args...)
}

// shell runs a script in a terminal; $DATELINE is the program.
func shell(t *testing.T, opt termtest.Options, script string) *termtest.Terminal {
	t.Helper()
	opt.Env = append(opt.Env, "DATELINE="+program(t))
	return start(t, opt, "sh", "-c", script)
}

func start(t *testing.T, opt termtest.Options, name string, args ...string) *termtest.Terminal {
	t.Helper()
	if opt.Width == 0 {
		opt.Width, opt.Height = 120, 36
	}
	opt.Env = append(opt.Env, "GORACE=exitcode=0 log_path="+filepath.Join(builtDir, "race"))
	term, err := termtest.Start(opt, name, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := term.Close(); err != nil {
			t.Error(err)
		}
	})
	return term
}

// press presses keys. After Escape it waits for the screen to settle, since a slow
// machine might read the next key as a part of it.
func press(t *testing.T, term *termtest.Terminal, keys ...string) {
	t.Helper()
	for i, key := range keys {
		if err := term.Type(key); err != nil {
			t.Fatal(err)
		}
		if key == "esc" && i < len(keys)-1 {
			term.Settle()
		}
	}
}

// see waits until text is on the screen.
func see(t *testing.T, term *termtest.Terminal, text string) *termtest.Screen {
	t.Helper()
	s, err := term.WaitText(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// until waits for a screen; what describes it if it never appears.
func until(t *testing.T, term *termtest.Terminal, what string, ok func(*termtest.Screen) bool) *termtest.Screen {
	t.Helper()
	s, err := term.Wait(10*time.Second, ok)
	if err != nil {
		t.Fatalf("waiting for %s: %v", what, err)
	}
	return s
}

// at waits until the last row says where the reader is: a place and, in the list
// and the detail, the row under the cursor, such as "LIST 2/124".
func at(t *testing.T, term *termtest.Terminal, where string) *termtest.Screen {
	t.Helper()
	return until(t, term, "the last row of "+where, func(s *termtest.Screen) bool { return isAt(s, where) })
}

// placeHints are what the last row says only in a place, unless a message takes
// its room.
var placeHints = map[string]string{
	"LIST": " Enter read", "DETAIL": " Esc list  j k", "FACETS": "Space include", "PAIRS": "filter on the pair", "ACTORS": "mark several",
	"FILTER": "filter: ",
}

// pageTitles are the beginnings of the rules above the pages that cover the list.
var pageTitles = map[string]string{"BRIEF": "─ brief", "HELP": "─ help: ", "PROBLEMS": "─ problems "}

func isAt(s *termtest.Screen, where string) bool {
	place, row, _ := strings.Cut(where, " ")
	last := statusRow(s)
	if row != "" && !strings.Contains(last, " "+row) {
		return false
	}
	for other, hint := range placeHints {
		if other != place && strings.Contains(last, hint) {
			return false
		}
	}
	if title, ok := pageTitles[place]; ok {
		return strings.Contains(s.Text(), title) && strings.Contains(last, " Esc back")
	}
	hint, ok := placeHints[place]
	return row != "" || ok && strings.Contains(last, hint)
}

// statusRow is the last row.
func statusRow(s *termtest.Screen) string { return s.Row(s.Height - 1) }

// body returns the rows of the list and what lies beside it, from its first heading
// on; elsewhere those below the header. The last row is neither.
func body(s *termtest.Screen) []string {
	var all, list []string
	for y := 1; y < s.Height-1; y++ {
		row := s.Row(y)
		all = append(all, row)
		if list != nil || strings.HasPrefix(row, "┌ ") || strings.HasPrefix(row, "├ ") {
			list = append(list, row)
		}
	}
	if list == nil {
		return all
	}
	return list
}

// exits waits for the program to end and to leave the terminal as it was.
func exits(t *testing.T, term *termtest.Terminal, want int) *termtest.Screen {
	t.Helper()
	code, err := term.Exit(10 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	s := term.Screen()
	if code != want {
		t.Errorf("exit code %d, want %d; the screen is\n%s", code, want, s.Golden())
	}
	if s.AltScreen || !s.CursorVisible {
		t.Errorf("left behind: alternate screen %t, cursor visible %t", s.AltScreen, s.CursorVisible)
	}
	return s
}

// columns lists the cells of a row at which text begins.
func columns(row, text string) []int {
	var found []int
	for from := 0; ; {
		i := strings.Index(row[from:], text)
		if i < 0 {
			return found
		}
		found = append(found, ansi.StringWidth(row[:from+i]))
		from += i + len(text)
	}
}

// misaligned describes a row that lacks text in one of the columns.
func misaligned(rows []string, text string, at ...int) string {
	for _, row := range rows {
		for _, column := range at {
			if !slices.Contains(columns(row, text), column) {
				return fmt.Sprintf("no %s in column %d of %q", text, column, row)
			}
		}
	}
	return ""
}

// aligned fails the test unless every row has text in the column.
func aligned(t *testing.T, rows []string, text string, column int) {
	t.Helper()
	if fault := misaligned(rows, text, column); fault != "" {
		t.Error(fault)
	}
}

// wrongWidth describes a row that is not as wide as the screen.
func wrongWidth(s *termtest.Screen) string {
	for y := range s.Height {
		if w := ansi.StringWidth(s.Row(y)); w != s.Width {
			return fmt.Sprintf("row %d of %dx%d has %d cells: %q", y, s.Width, s.Height, w, s.Row(y))
		}
	}
	return ""
}

// fullWidth fails the test unless every row is as wide as the screen.
func fullWidth(t *testing.T, s *termtest.Screen) {
	t.Helper()
	if fault := wrongWidth(s); fault != "" {
		t.Error(fault)
	}
}

// difference describes the first difference between two screens in text, style or
// cursor; it is empty if there is none.
func difference(got, want *termtest.Screen) string {
	if got.Width != want.Width || got.Height != want.Height {
		return fmt.Sprintf("size %dx%d, want %dx%d", got.Width, got.Height, want.Width, want.Height)
	}
	for y := range want.Height {
		if diff := rowDifference(got, want, y); diff != "" {
			return diff
		}
	}
	if got.CursorVisible != want.CursorVisible || want.CursorVisible && (got.CursorX != want.CursorX || got.CursorY != want.CursorY) {
		return fmt.Sprintf("cursor at %d,%d (visible %t), want %d,%d (visible %t)",
			got.CursorX, got.CursorY, got.CursorVisible, want.CursorX, want.CursorY, want.CursorVisible)
	}
	return ""
}

func rowDifference(got, want *termtest.Screen, y int) string {
	if got.Row(y) != want.Row(y) {
		return fmt.Sprintf("row %d is\n%s\nwant\n%s", y, got.Row(y), want.Row(y))
	}
	x := 0
	for rest := want.Row(y); rest != ""; {
		cluster, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		a, b := look(got, x, y), look(want, x, y)
		if cluster == " " { // a blank shows none of these
			a.foreground, a.bold, a.faint, b.foreground, b.bold, b.faint = "", false, false, "", false, false
		}
		if a != b {
			return fmt.Sprintf("cell %d of row %d looks %+v, want %+v: %q", x, y, a, b, want.Row(y))
		}
		rest, x = rest[len(cluster):], x+w
	}
	return ""
}

// A cellLook is the appearance of a cell, apart from its text.
type cellLook struct {
	foreground, background           string
	bold, faint, reversed, underline bool
	link                             string
}

func look(s *termtest.Screen, x, y int) cellLook {
	return cellLook{
		s.Foreground(x, y), s.Background(x, y),
		s.Bold(x, y), s.Faint(x, y), s.Reversed(x, y), s.Underlined(x, y), s.Link(x, y),
	}
}
