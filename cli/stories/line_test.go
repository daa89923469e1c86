package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

// A screen reader or a braille display gets text and line ends, whatever the
// terminal can do, and the terminal back as it was.
func TestLineModeSendsNothingButText(t *testing.T) {
	t.Parallel()
	for _, term := range []string{"dumb", "xterm-256color", "xterm-kitty"} {
		dir := t.TempDir()
		s := shell(t, termtest.Options{Dir: dir, Env: []string{"TERM=" + term}}, `before=$(stty -g); $DATELINE --line | tee out; test "$before" = "$(stty -g)" && echo restored`)
		see(t, s, "1 of 124. ? lists the keys.")
		for _, step := range []struct{ key, want string }{
			{"j", "2 of 124."},
			{"f", "Filter: nothing typed."},
			{"actor:putin", "actor:putin. shows 24 of 124 events."}, // after a pause
			{"enter", "List. 24 of 124 events."},
			{"a", "Actors. "},
			{"김정은", "“김정은”. Kim Jong Un. "},
			{"esc", "1 of 24."},
			{"e", "Note: nothing typed."}, // tee is no place for an editor
			{"esc", "1 of 24."},
			{"down", "2 of 24."},
			{"ctrl+c", "restored"},
		} {
			press(t, s, step.key)
			see(t, s, step.want)
		}
		exits(t, s, exitOK)
		out, err := os.ReadFile(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(string(out), func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' || r == 0x7f }); i >= 0 {
			t.Errorf("TERM=%s: %q is sent to the terminal in\n%q", term, out[i], out)
		}
	}
}

// The editor gets the terminal as it was before, and gives it back.
func TestLineModeLendsTheTerminalToAnEditor(t *testing.T) {
	t.Parallel()
	editor := filepath.Join(t.TempDir(), "editor")
	script := "#!/bin/sh\nstty -a | grep -q ' icanon ' && printf 'the editor asks: ' && read line && echo \"$line\" >\"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	term := open(t, termtest.Options{Env: []string{"EDITOR=" + editor}}, "--line")
	see(t, term, "1 of 124. ? lists the keys.")
	press(t, term, "e")
	see(t, term, "the editor asks: ") // what is typed before it has the terminal is not for it
	press(t, term, "Ask", "enter")
	see(t, term, "Note saved. 31 May 2023.")
	press(t, term, "j")
	see(t, term, "2 of 124.")
	press(t, term, "q")
	exits(t, term, exitOK)
}
