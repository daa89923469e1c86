package stories

import (
	"os"
	"path/filepath"
	"testing"

	"dateline/tui/termtest"
)

// What is to go to a file needs no screen.
func TestOutputOpensNoViewer(t *testing.T) {
	t.Parallel()
	dir := write(t, "one.json", oneEvent)
	term := open(t, termtest.Options{Dir: dir}, "one.json", "-o", "list.txt")
	exits(t, term, done)
	holds(t, dir, map[string]string{"one.json": oneEvent, "list.txt": "1903-12-17  CNF  1s/1o   First flight\n"})
}

// holds fails the test unless a folder holds files of these names and texts, and
// nothing else; a link is to its target's text.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if text, ok := want[e.Name()]; !ok || err != nil || string(got) != text {
			t.Errorf("%s holds %q (%v), want %q", e.Name(), got, err, text)
		}
	}
	if len(entries) != len(want) {
		t.Errorf("there are %d files, want %d", len(entries), len(want))
	}
}
