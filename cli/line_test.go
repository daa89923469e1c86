package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
)

// Line mode needs no terminal: a script opens a file, marks, notes and saves.
func TestLineModeFollowsAScript(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("three.json", []byte(fixture.ThreeEvents), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	script := []string{"j", "m", "e", "Ask why", "enter", "p", "j", "esc", "B", "x", "", "", "esc", "x", "ctrl+u", "left.csv", "", "G"}
	var out, errs bytes.Buffer
	if code := run([]string{"--line", "three.json"}, d.env(), strings.NewReader(strings.Join(script, "\n")), &out, &errs); code != exitOK || errs.Len() > 0 {
		t.Fatalf("exit code %d, errors %q", code, errs.String())
	}
	plain(t, out.String())
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 1+len(script) {
		t.Fatalf("%d lines for %d keys:\n%s", len(lines), len(script), out.String())
	}
	for n, want := range map[int]string{
		0: "1 of 3 events left out; p shows why.", 2: "Marked: must. ", 5: "Note saved. ", 7: "three.json:3:24: ", 9: "Brief. ", 12: "Saved brief.txt. ", 17: "Saved left.csv. ",
	} {
		if !strings.Contains(lines[n], want) {
			t.Errorf("line %d is %q, want %q", n, lines[n], want)
		}
	}
	if csv, err := os.ReadFile("left.csv"); err != nil || !strings.Contains(string(csv), "Third") {
		t.Errorf("left.csv has %q, %v", csv, err)
	}
}
