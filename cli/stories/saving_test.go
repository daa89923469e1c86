package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

// The viewer saves in the format of the file's extension, and asks before it
// overwrites a file.
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
	see(t, term, "overwrite it? y or n:")
	see(t, term, "treaty.bib exists")
	press(t, term, "n", "enter")
	see(t, term, "Nothing was saved.")
	press(t, term, "B", "p", "enter")
	see(t, term, "Saved brief.txt.")
	if text, err := os.ReadFile(filepath.Join(dir, "brief.txt")); err != nil || !strings.Contains(string(text), "BOTTOM LINE") {
		t.Errorf("%v: the brief is %.200q", err, text)
	}
	press(t, term, "x", "ctrl+u", "nowhere/brief.md", "enter")
	see(t, term, "not saved: nowhere/brief.md: folder nowhere does not exist")
}

// The brief is edited where it stands, searched, and saved as it is on screen.
func TestBriefIsEditedSearchedAndSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	term := shell(t, termtest.Options{}, "cd '"+dir+`' && exec "$DATELINE" --filter topic:treaty`)
	at(t, term, "LIST 1/")
	press(t, term, "e")
	see(t, term, "note:")
	press(t, term, "ask the lawyers", "enter")
	see(t, term, "Note saved.")
	press(t, term, "B", "l")
	see(t, term, "bottom line:")
	press(t, term, "Ask for the text of Article 4.", "enter")
	see(t, term, "  Ask for the text of Article 4.")
	press(t, term, "/", "bottom line", "enter")
	see(t, term, "“bottom line” 1/1")
	press(t, term, "x")
	see(t, term, "with your notes? y or n:")
	press(t, term, "enter", "enter")
	see(t, term, "Saved brief.txt.")
	text, err := os.ReadFile(filepath.Join(dir, "brief.txt"))
	if err != nil || !strings.Contains(string(text), "\n  Ask for the text of Article 4.\n") || strings.Contains(string(text), "lawyers") {
		t.Errorf("%v: the brief is %s", err, text)
	}
}

// A source is copied to the terminal's clipboard in the chosen format.
func TestSourceIsCopiedInEachFormat(t *testing.T) {
	t.Parallel()
	term := open(t, termtest.Options{}, "--filter", "id:2023-05-31-malligyong-first-failure")
	at(t, term, "LIST 1/1")
	for form, want := range map[string]string{
		"address": "http://www.kcna.kp/", "chicago": "“KCNA Report,”", "apa": "(2023, May 31)", "csl": `"type"`,
		"ris": "TY  - ", "biblatex": "@online{", "markdown": "<http://www.kcna.kp/",
	} {
		press(t, term, "Y", "/", form, "enter")
		see(t, term, "copy as "+form)
		press(t, term, "enter")
		until(t, term, "the clipboard to hold "+want, func(*termtest.Screen) bool { return strings.Contains(term.Clipboard(), want) })
	}
}

// With --output no screen is needed.
func TestOutputOpensNoViewer(t *testing.T) {
	t.Parallel()
	dir := fixture.Write(t, "one.json", fixture.OneEvent)
	term := open(t, termtest.Options{Dir: dir}, "one.json", "-o", "list.txt")
	exits(t, term, exitOK)
	fixture.Holds(t, dir, map[string]string{"one.json": fixture.OneEvent, "list.txt": "1903-12-17  CNF  1s/1o   First flight\n"})
}
