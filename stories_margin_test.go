package main

import (
	"os"
	"path/filepath"
	"testing"

	"dateline/tui/termtest"
)

// A note is written in the reader's own editor, which has the terminal, and is
// there the next time.
func TestNoteIsWrittenInTheEditor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	editor := filepath.Join(home, "my editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && printf '%s\\n' \"$1 says\" 'ask about the treaty' >\"$2\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	// A path with a blank cannot be named, as its words are the arguments.
	link := filepath.Join(home, "editor")
	if err := os.Symlink(editor, link); err != nil {
		t.Fatal(err)
	}
	env := []string{"HOME=" + home, "VISUAL=" + link + " --wait", "TMPDIR=" + home}
	term := open(t, termtest.Options{Env: env})
	at(t, term, "LIST 1/")
	press(t, term, "e")
	see(t, term, "Noted.")
	see(t, term, "ask about the treaty")
	press(t, term, "Q")
	exits(t, term, done)
	if left, _ := filepath.Glob(filepath.Join(home, "dateline-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	term = open(t, termtest.Options{Env: env}, "--filter", "has:note")
	s := see(t, term, "--wait says")
	if !s.Contains("1 of 124 events") {
		t.Errorf("not one event has a note:\n%s", s.Golden())
	}
}

// Where no editor is named, a note is typed.
func TestNoteIsTypedWhereThereIsNoEditor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	term := open(t, termtest.Options{Env: []string{"HOME=" + home, "VISUAL=", "EDITOR="}})
	at(t, term, "LIST 1/")
	press(t, term, "e", "김정은에게", "enter")
	see(t, term, "Noted.")
	see(t, term, "Note    김정은에게")
}
