package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

// What is shown is saved from the screen in the form that the name asks for; a
// file that is there already is written over only with a y.
func TestEventsAndBriefsAreSavedFromTheScreen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	term := shell(t, termtest.Options{}, "cd '"+dir+`' && exec "$DATELINE" --filter topic:treaty`)
	at(t, term, "LIST 1/")
	press(t, term, "x", "ctrl+u", "treaty.ics", "enter")
	see(t, term, "Saved treaty.ics.")
	if text, err := os.ReadFile(filepath.Join(dir, "treaty.ics")); err != nil || !strings.HasPrefix(string(text), "BEGIN:VCALENDAR\r\n") {
		t.Errorf("%v: the calendar begins with %.60q", err, text)
	}
	press(t, term, "x", "ctrl+u", "treaty.bib", "enter")
	see(t, term, "Saved treaty.bib.")
	press(t, term, "x", "ctrl+u", "treaty.bib", "enter")
	see(t, term, "write over it? y or n:")
	see(t, term, "treaty.bib is there already")
	press(t, term, "n", "enter")
	see(t, term, "Nothing is written.")
	press(t, term, "B", "p", "enter")
	see(t, term, "Saved brief.txt.")
	if text, err := os.ReadFile(filepath.Join(dir, "brief.txt")); err != nil || !strings.Contains(string(text), "BOTTOM LINE") {
		t.Errorf("%v: the brief is %.200q", err, text)
	}
	press(t, term, "x", "ctrl+u", "nowhere/brief.md", "enter")
	see(t, term, "not saved: nowhere/brief.md: no folder nowhere")
}

// A source is copied in the form chosen, which the terminal's clipboard then holds.
func TestSourceIsCopiedInEachForm(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--filter", "id:2023-05-31-malligyong-first-failure")
	at(t, term, "LIST 1/1")
	for form, want := range map[string]string{
		"address": "http://www.kcna.kp/", "chicago": "“KCNA Report,”", "apa": "(2023, May 31)", "csl": `"type"`,
		"ris": "TY  - ", "biblatex": "@online{", "markdown": "<http://www.kcna.kp/",
	} {
		press(t, term, "Y", form, "enter")
		see(t, term, "copy as "+form)
		press(t, term, "enter")
		until(t, term, "the clipboard to hold "+want, func(*termtest.Screen) bool { return strings.Contains(term.Clipboard(), want) })
	}
}
