package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// builtIn is the built-in timeline of these tests, a frozen copy of events.json.
var builtIn = func() string {
	text, err := os.ReadFile("../timeline/testdata/frozen.json")
	if err != nil {
		panic(err)
	}
	return string(text)
}()

func run(args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	return Run(builtIn, args, env, in, out, errs)
}

// A builtInEvent is an event of the built-in timeline, read without the program.
type builtInEvent struct {
	ID, Title, Status string
	Actors, Topics    []string
}

func builtInEvents(t *testing.T) []builtInEvent {
	t.Helper()
	var file struct{ Events []builtInEvent }
	if err := json.Unmarshal([]byte(builtIn), &file); err != nil {
		t.Fatal(err)
	}
	return file.Events
}

// involving lists the events of an actor.
func involving(events []builtInEvent, actor string) []builtInEvent {
	return slices.DeleteFunc(slices.Clone(events), func(e builtInEvent) bool { return !slices.Contains(e.Actors, actor) })
}

// write writes a file into a new folder, and returns the folder.
func write(t *testing.T, name, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// plain fails the test if text does more to a terminal than print.
func plain(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if r < ' ' && r != '\n' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			t.Fatalf("%q is in plain output:\n%s", r, text)
		}
	}
}

// writeLarge writes a file that is large enough to stay on disk: n events over ten
// years, every hundredth of them with the actor Ann.
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
			i, 2014+day/366, 1+day%366/31, 1+day%28, i, strings.Repeat("The summary of this event.  ", 24), actor, i)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// threeEvents is a file whose second event is broken.
const threeEvents = `{"title":"Three","events":[
{"id":"a","date":"2024-01-01","title":"First","sources":[{"publisher":"P","title":"T"}]},
{"id":"b","date":"2024-13","title":"Second","sources":[{"publisher":"P","title":"T"}]},
{"id":"c","date":"2024-03-01","title":"Third","sources":[{"publisher":"P","title":"T"}]}
]}
`
