package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

func TestReboundKeyWorksAndIsShown(t *testing.T) {
	t.Parallel()
	dir := fixture.Home(t, map[string]string{"config.toml": "order = \"newest\"\n[keys]\nfilter = \"ctrl+t\"\nquit = [\"f9\"]\n"})
	term := open(t, termtest.Options{Env: []string{"HOME=" + dir}})
	s := at(t, term, "LIST 1/124")
	if !s.Contains("newest first") || !strings.Contains(s.Row(s.Height-1), "Ctrl-T filter") {
		t.Errorf("the configuration has no effect:\n%s", s.Golden())
	}
	press(t, term, "f", "q", "ctrl+t", "topic:treaty", "enter")
	until(t, term, "the filter", func(s *termtest.Screen) bool {
		return s.Contains(" topic:treaty ") && isAt(s, "LIST 1/")
	})
	press(t, term, "?", "/", "quit")
	see(t, term, "back, or quit")
	press(t, term, "esc", "f9") // back from the search, then from the help
	at(t, term, "LIST 1/")
	press(t, term, "f9")
	exits(t, term, exitOK)
}

func TestMistakeInTheConfigurationIsPrintedBeforeTheScreenIsTouched(t *testing.T) {
	t.Parallel()
	dir := fixture.Home(t, map[string]string{"config.toml": "theme = \"light\"\n[keys]\nfilter = \"f9\"\nmark = \"f9\"\n"})
	term := open(t, termtest.Options{Width: 200, Env: []string{"HOME=" + dir}, Height: 10})
	s := exits(t, term, exitUsage)
	line := strings.TrimRight(s.Row(0), " ")
	if want := "dateline: " + dir + "/.config/dateline/config.toml:3: f9 means both filter and mark (line 4)"; line != want {
		t.Errorf("got %q, want %q", line, want)
	}
	if got, want := term.Written(), int64(len(line+"\r\n")); got != want {
		t.Errorf("%d bytes were written, want the %d of the line and nothing else:\n%s", got, want, s.Golden())
	}
}

// A saved view can be used in later sessions, from the command line and from the
// menu, until it is removed.
func TestSavedViewLastsUntilItIsRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := []string{"HOME=/nowhere", "XDG_STATE_HOME=" + dir}
	term := open(t, termtest.Options{Env: env}, "--filter", "status:disputed")
	at(t, term, "LIST 1/")
	press(t, term, "S", "V", "enter")
	see(t, term, "save this view as:")
	press(t, term, "pre-meeting [1]", "enter")
	see(t, term, "Saved the view “pre-meeting [1]”.")
	press(t, term, "q")
	exits(t, term, exitOK)

	file := filepath.Join(dir, "dateline", "views.json")
	const none = "{\n  \"version\": 2,\n  \"views\": []\n}\n"
	want := strings.Replace(none, "[]", `[
    {
      "filter": "status:disputed",
      "name": "pre-meeting [1]",
      "order": "newest"
    }
  ]`, 1)
	if text, err := os.ReadFile(file); err != nil || string(text) != want {
		t.Fatalf("%v, the file has\n%s\nwant\n%s", err, text, want)
	}

	term = open(t, termtest.Options{Env: env}, "--view", "pre-meeting [1]")
	s := at(t, term, "LIST 1/")
	if !s.Contains(" status:disputed ") || !s.Contains("newest first") || !strings.Contains(statusRow(s), "  view: pre-meeting [1]  ") {
		t.Errorf("the view is not shown:\n%s", s.Golden())
	}
	press(t, term, "esc")
	s = until(t, term, "all events", func(s *termtest.Screen) bool { return strings.HasSuffix(s.Row(0), " 124 events ") })
	if s.Contains("view:") {
		t.Errorf("the view is still named without its filter:\n%s", s.Golden())
	}
	press(t, term, "V", "/", "meeting", "enter")
	see(t, term, "View “pre-meeting [1]”: ")
	press(t, term, "V", "/", "remove", "enter", "enter")
	see(t, term, "Removed the view “pre-meeting [1]”.")
	press(t, term, "Q")
	exits(t, term, exitOK)
	if text, err := os.ReadFile(file); err != nil || string(text) != none {
		t.Errorf("%v, the file still has\n%s", err, text)
	}
}

func TestBrokenViewsAreReportedAndKept(t *testing.T) {
	t.Parallel()
	const text = "[a]\nfilter = 'actr:kim'\n"
	dir := fixture.Home(t, map[string]string{"views.toml": text})
	term := open(t, termtest.Options{Width: 160, Height: 36, Env: []string{"HOME=" + dir}})
	at(t, term, "LIST 1/124")
	press(t, term, "V")
	see(t, term, "views.toml: view \"a\": filter, column 1: unknown field actr; did you mean actor?")
	press(t, term, ":", "save-view", "enter", "b", "enter")
	see(t, term, "the view was not saved: ")
	press(t, term, "esc", "Q")
	exits(t, term, exitOK)
	if got, err := os.ReadFile(filepath.Join(dir, ".config", "dateline", "views.toml")); err != nil || string(got) != text {
		t.Errorf("%v, the file has become\n%s", err, got)
	}
}
