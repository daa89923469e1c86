package termtest

import (
	"os"
	"strings"
	"testing"
	"time"
)

func startProgram(t *testing.T, opt Options) *Terminal {
	t.Helper()
	if opt.Width == 0 {
		opt.Width, opt.Height = 60, 12
	}
	opt.Env = append(opt.Env, "TERMTEST_PROGRAM=1")
	return start(t, opt, os.Args[0])
}

func start(t *testing.T, opt Options, name string, args ...string) *Terminal {
	t.Helper()
	term, err := Start(opt, name, args...)
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

func waitText(t *testing.T, term *Terminal, want string) *Screen {
	t.Helper()
	s, err := term.WaitText(want)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func typeKeys(t *testing.T, term *Terminal, keys ...string) {
	t.Helper()
	if err := term.Type(keys...); err != nil {
		t.Fatal(err)
	}
}

func TestScreenIsWhatAPersonSees(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "background dark")
	s := waitText(t, term, "size 60x12")

	x, y, _ := s.Find("red")
	if x != 8 || s.Foreground(x, y) != "#ff0000" || !s.Bold(x, y) || s.Bold(x+3, y) {
		t.Errorf("red text at %d: colour %q, bold %t", x, s.Foreground(x, y), s.Bold(x, y))
	}
	if got, want := s.Row(y), "│김정은│red│"+strings.Repeat(" ", 48); got != want {
		t.Errorf("wide row: got %q, want %q", got, want)
	}
	if x, y, ok := s.Find("reversed"); !ok || !s.Reversed(x, y) || s.Reversed(x+8, y) {
		t.Errorf("reversed text is not reversed, or more than it is")
	}
	if x, y, ok := s.Find("faint"); !ok || !s.Faint(x, y) {
		t.Errorf("faint text is not faint")
	}
	x, y, _ = s.Find("link")
	if got, want := s.Link(x, y), "https://example.org/a;b"; got != want || s.Link(x+4, y) != "" {
		t.Errorf("link: got %q, want %q", got, want)
	}
	if got, want := term.Title(), "Москва; 最近"; got != want || s.Title != want {
		t.Errorf("title: got %q and %q, want %q", got, s.Title, want)
	}
	if !s.AltScreen || !term.AltScreen() || s.CursorVisible {
		t.Errorf("alt screen %t, cursor visible %t", s.AltScreen, s.CursorVisible)
	}
	if term.Written() == 0 {
		t.Error("nothing was counted")
	}
}

func TestLightTerminalSaysSo(t *testing.T) {
	waitText(t, startProgram(t, Options{Light: true}), "background light")
}

func TestTerminalThatAnswersNothing(t *testing.T) {
	term := startProgram(t, Options{NoReplies: true})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "a")
	s := waitText(t, term, "keys a")
	if s.Contains("background dark") {
		t.Error("the background was answered")
	}
}

func TestKeysArriveAsTyped(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "0")
	for _, key := range []string{
		"enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end",
		"pgup", "pgdown", "space", "backspace", "delete", "insert",
		"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
		"ctrl+a", "ctrl+l", "ctrl+left", "shift+up", "alt+b", "ctrl+space", "ж", "정", "X",
	} {
		typeKeys(t, term, "=", key, "=")
		typed := startOf("0 = " + key + " =")
		if _, err := term.Wait(10*time.Second, typed); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		typeKeys(t, term, "0")
		waitText(t, term, "keys 0"+strings.Repeat(" ", 20))
	}
}

func startOf(keys string) func(*Screen) bool {
	return func(s *Screen) bool { return strings.HasPrefix(s.Row(2), "keys "+keys+"  ") }
}

func TestEscapeIsNotTakenForAlt(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "a", "esc", "b", "esc", "esc", "up")
	waitText(t, term, "keys a esc b esc esc up")
}

func TestUnknownKeyIsAnError(t *testing.T) {
	term := startProgram(t, Options{})
	if err := term.Type("ctrl+nope"); err == nil || !strings.Contains(err.Error(), `"ctrl+nope"`) {
		t.Errorf("got %v", err)
	}
}

func TestPasteArrivesInOnePiece(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	if err := term.Paste("two words\tq"); err != nil {
		t.Fatal(err)
	}
	waitText(t, term, `pasted "two words\tq"`)
}

func TestResizeReachesTheProgram(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	for _, size := range [][2]int{{30, 9}, {100, 40}, {61, 12}} {
		if err := term.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
	}
	s := waitText(t, term, "size 61x12")
	if s.Width != 61 || s.Height != 12 || len([]rune(s.Row(0))) != 61 {
		t.Errorf("screen is %dx%d, row 0 %q", s.Width, s.Height, s.Row(0))
	}
}

func TestCursorIsWhereTheProgramPutsIt(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "a")
	if s, err := term.Wait(10*time.Second, func(s *Screen) bool { return s.CursorVisible }); err != nil {
		t.Error(err)
	} else if s.CursorX != 5 || s.CursorY != 2 {
		t.Errorf("cursor at %d, %d; want 5, 2", s.CursorX, s.CursorY)
	}
	typeKeys(t, term, "b")
	if _, err := term.Wait(10*time.Second, func(s *Screen) bool { return !s.CursorVisible }); err != nil {
		t.Error(err)
	}
}

func TestClipboardHoldsWhatWasCopied(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "y")
	want := "김정은 и Путин"
	if _, err := term.Wait(10*time.Second, func(*Screen) bool { return term.Clipboard() == want }); err != nil {
		t.Errorf("clipboard holds %q, want %q: %v", term.Clipboard(), want, err)
	}
}

func TestQuitRestoresTheTerminal(t *testing.T) {
	term := startProgram(t, Options{})
	waitText(t, term, "size 60x12")
	typeKeys(t, term, "q")
	code, err := term.Exit(10 * time.Second)
	if code != 7 || err != nil {
		t.Errorf("exit: got %d, %v; want 7", code, err)
	}
	s := term.Screen()
	if s.AltScreen || !s.CursorVisible || !s.Contains("after the program") {
		t.Errorf("alt screen %t, cursor visible %t, screen\n%s", s.AltScreen, s.CursorVisible, s.Golden())
	}
	if err := term.Type("a"); err == nil {
		t.Error("typing for a program that has ended must be an error")
	}
}

func TestSettleWaitsForTheAnswer(t *testing.T) {
	term := startProgram(t, Options{})
	if s := term.Settle(); !s.Contains("background dark") {
		t.Errorf("settled before the first frame:\n%s", s.Golden())
	}
	typeKeys(t, term, "a", "esc")
	if s := term.Settle(); !s.Contains("keys a esc") {
		t.Errorf("settled before the answer:\n%s", s.Golden())
	}
}

func TestWideRowsAreWholeAfterEveryKey(t *testing.T) {
	term := startProgram(t, Options{Graphemes: true})
	waitText(t, term, "size 60x12")
	for i := range 30 { // in the end the row is full
		typeKeys(t, term, "enter")
		waitText(t, term, "\n"+strings.Repeat("선", i+1)+strings.Repeat(" ", 60-2*(i+1))+"\n│ ")
	}
}

func TestEnvironmentIsBuiltFromScratch(t *testing.T) {
	t.Setenv("SECRET_OF_THE_CALLER", "1")
	term := start(t, Options{Env: []string{"LANG=ko_KR.UTF-8"}}, "env")
	if code, err := term.Exit(10 * time.Second); code != 0 || err != nil {
		t.Fatal(code, err)
	}
	s := term.Screen()
	for _, want := range []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=ko_KR.UTF-8", "HOME=" + os.TempDir()} {
		if !s.Contains(want) {
			t.Errorf("%s is missing in\n%s", want, s.Golden())
		}
	}
	if s.Contains("SECRET") {
		t.Error("the caller's environment leaks")
	}
	home := term.home
	term.Close()
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("Close left %s: %v", home, err)
	}
}

func TestWaitEndsWithTheProgram(t *testing.T) {
	term := start(t, Options{}, "sh", "-c", "echo goodbye; exit 3")
	_, err := term.WaitText("never")
	if err == nil || !strings.Contains(err.Error(), "code 3") || !strings.Contains(err.Error(), "goodbye") {
		t.Errorf("got %v", err)
	}
}

func TestCloseKillsTheProgram(t *testing.T) {
	term := start(t, Options{}, "sh", "-c", "echo here; exec sleep 1000")
	waitText(t, term, "here")
	if _, err := term.Exit(10 * time.Millisecond); err == nil {
		t.Error("Exit must say that the program still runs")
	}
	for range 2 {
		if err := term.Close(); err != nil {
			t.Error(err)
		}
	}
	if code, err := term.Exit(0); code != -1 || err != nil {
		t.Errorf("got %d, %v; want -1", code, err)
	}
}

func TestProgramThatCannotRunIsAnError(t *testing.T) {
	if _, err := Start(Options{}, "./no-such-program"); err == nil {
		t.Error("no error")
	}
}

// A read of a pty may end anywhere, and x/vt ends a grapheme cluster with every
// write: a family emoji fell apart into four people.
func TestClusterIsNotCutBetweenReads(t *testing.T) {
	chunks := make(chan []byte)
	go func() {
		defer close(chunks)
		for _, b := range []byte("a👨‍👩‍👧‍👦b\x1b[m") {
			chunks <- []byte{b}
		}
	}()
	var got []string
	whole(chunks, func(p []byte) { got = append(got, string(p)) })
	if want := "a👨‍👩‍👧‍👦b"; !strings.HasPrefix(got[0], want) {
		t.Errorf("cut into %q", got)
	}
}

// The screen must not be read while the program is in the middle of a frame.
func TestHalfAFrameIsNotShown(t *testing.T) {
	term := start(t, Options{}, "sh", "-c",
		`printf 'old\033[?2026h\rnew'; read x; printf '\033[?2026l'; read x`)
	waitText(t, term, "old")
	typeKeys(t, term, "enter")
	s := waitText(t, term, "new")
	if s.Contains("old") {
		t.Errorf("got\n%s", s.Golden())
	}
}
