package stories

import (
	"os"
	"path/filepath"
	"testing"

	"dateline/tui/termtest"
)

// A note is written in the user's own editor, which gets the terminal, and is saved.
func TestNoteIsWrittenInTheEditor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	editor := filepath.Join(home, "my editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && printf '%s\\n' \"$1 says\" 'ask about the treaty' >\"$2\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	// VISUAL is split at blanks, so it cannot name a path with one.
	link := filepath.Join(home, "editor")
	if err := os.Symlink(editor, link); err != nil {
		t.Fatal(err)
	}
	env := []string{"HOME=" + home, "VISUAL=" + link + " --wait", "TMPDIR=" + home}
	term := open(t, termtest.Options{Env: env})
	at(t, term, "LIST 1/")
	press(t, term, "e")
	see(t, term, "Note saved.")
	see(t, term, "ask about the treaty")
	press(t, term, "Q")
	exits(t, term, exitOK)
	if left, _ := filepath.Glob(filepath.Join(home, "dateline-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	term = open(t, termtest.Options{Env: env}, "--filter", "has:note")
	s := see(t, term, "--wait says")
	if !s.Contains("1 of 124 events") {
		t.Errorf("not exactly one event has a note:\n%s", s.Golden())
	}
}

// Without an editor, a note is typed in a prompt.
func TestNoteIsTypedWhereThereIsNoEditor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	term := open(t, termtest.Options{Env: []string{"HOME=" + home, "VISUAL=", "EDITOR="}})
	at(t, term, "LIST 1/")
	press(t, term, "e", "김정은에게", "enter")
	see(t, term, "Note saved.")
	see(t, term, "Note     김정은에게")
}

// Marks last until the next session, but not with --no-state.
func TestMarksLastUnlessNothingIsSaved(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	sit := func(keys []string, want string, args ...string) {
		t.Helper()
		term := open(t, termtest.Options{Width: 100, Height: 30, Env: []string{"HOME=" + home}}, args...)
		at(t, term, "LIST 1/")
		for _, k := range keys {
			if err := term.Type(k); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := term.WaitText(want); err != nil {
			t.Fatal(err)
		}
		if err := term.Type("Q"); err != nil {
			t.Fatal(err)
		}
		exits(t, term, exitOK)
	}
	sit([]string{"m"}, "1 marked", "--no-state")
	sit([]string{"j", "m", "j", "m", "m"}, "2 marked")
	sit(nil, "2 marked")
	sit(nil, "1 of 124 events", "--filter", "marked:should")
	sit([]string{"M", "y", "enter"}, "All marks removed.")
	sit([]string{"'"}, "No event shown is marked")
}
