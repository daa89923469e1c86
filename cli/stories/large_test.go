package stories

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

// writeLarge writes a file that is indexed rather than read: n events of ten
// years, every hundredth of which names Ann.
func writeLarge(t *testing.T, n int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "large.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := range n {
		actor := "Bob"
		if i%100 == 0 {
			actor = "Ann"
		}
		day := i * 3652 / n
		fmt.Fprintf(w, `{"id":"e%06d","date":"%04d-%02d-%02d","title":"Event number %d","summary":%q,"actors":[%q],"sources":[{"url":"https://a.example/%d"}]}`+"\n",
			i, 2014+day/366, 1+day%366/31, 1+day%28, i, strings.Repeat("What there is to say of it. ", 24), actor, i)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStoryFileOfManyEvents(t *testing.T) {
	t.Parallel()
	path := writeLarge(t, 30_000)
	term := open(t, termtest.Options{}, "--no-state", path)
	at(t, term, "LIST 1/30,000")
	press(t, term, "G")
	at(t, term, "LIST 30,000/30,000")
	press(t, term, "g", "f", "actor:ann", "enter", "j")
	at(t, term, "LIST 2/300")
	see(t, term, "300 of 30,000 events")
	press(t, term, "/", "number 4200", "enter")
	s := see(t, term, "“number 4200” 1/1")
	if !strings.Contains(s.Golden(), "Event number 4200") {
		t.Errorf("the event is not shown:\n%s", s.Golden())
	}
	press(t, term, "q")
	exits(t, term, 0)
}

// A file that loses its end while it is open is followed, and no event of it is
// shown that it no longer has.
func TestStoryLargeFileIsCutShort(t *testing.T) {
	t.Parallel()
	path := writeLarge(t, 30_000)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	term := open(t, termtest.Options{}, "--no-state", path)
	at(t, term, "LIST 1/30,000")
	if err := os.Truncate(path, info.Size()*4/5); err != nil {
		t.Fatal(err)
	}
	press(t, term, "G")
	see(t, term, "gone.")
	press(t, term, "g")
	see(t, term, "left out; p shows why")
	press(t, term, "p")
	see(t, term, "large.jsonl:24")
	press(t, term, "esc", "q")
	exits(t, term, 0)
}

// What is no timeline at all is told before the screen is touched, however large
// it is.
func TestStoryLargeFileThatIsNoTimeline(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.jsonl")
	if err := os.WriteFile(path, []byte(strings.Repeat(`{"name":"no event","value":12345678}`+"\n", 600_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	term := open(t, termtest.Options{}, "--no-state", path)
	s := exits(t, term, 1)
	if !strings.Contains(s.Golden(), "dateline: ") || strings.Contains(s.Golden(), "no filter") {
		t.Errorf("the screen is\n%s", s.Golden())
	}
}
