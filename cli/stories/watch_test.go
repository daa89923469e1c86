package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

const (
	firstEvent  = `{"id":"a","date":"2024-01-01","title":"First","sources":[{"url":"https://a.example"}]}` + "\n"
	secondEvent = `{"id":"b","date":"2024-02-01","title":"Second","sources":[{"url":"https://b.example"}]}` + "\n"
	thirdEvent  = `{"id":"c","date":"2023-01-01","title":"Earlier","sources":[{"url":"https://c.example"}]}` + "\n"
)

// The view follows its file, however it is saved, and keeps the cursor on its
// event; what is broken leaves it alone.
func TestViewFollowsItsFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "live.jsonl")
	save := func(text string, byRename bool) {
		t.Helper()
		to := path
		if byRename {
			to = path + ".new"
		}
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if byRename {
			if err := os.Rename(to, path); err != nil {
				t.Fatal(err)
			}
		}
	}
	wait := func(term *termtest.Terminal, want string) {
		t.Helper()
		if _, err := term.WaitText(want); err != nil {
			t.Fatal(err)
		}
	}
	save(firstEvent+secondEvent, false)
	term := open(t, termtest.Options{Width: 100, Height: 30, Dir: dir}, "live.jsonl")
	wait(term, "LIST 1/2")
	if err := term.Type("j", "m"); err != nil {
		t.Fatal(err)
	}
	wait(term, "Marked: must.")

	save(thirdEvent+firstEvent+secondEvent, true)
	wait(term, "Read again: 1 new.")
	wait(term, "LIST 3/3")
	wait(term, "1 marked")

	save(thirdEvent+strings.Replace(secondEvent, "Second", "Changed", 1), false)
	wait(term, "Read again: 1 changed, 1 gone.")
	wait(term, "LIST 2/2")

	save("{", true)
	wait(term, "the file cannot be read again: live.jsonl:1:")
	wait(term, "Changed")

	save(firstEvent+secondEvent, true)
	wait(term, "Read again: 1 new, 1 changed, 1 gone.")
	if err := term.Type("R"); err != nil {
		t.Fatal(err)
	}
	wait(term, "Read again: nothing has changed.")
}
