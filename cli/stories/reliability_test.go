package stories

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dateline/tui/termtest"
)

// These stories hold what docs/reliability.md promises of the running program;
// docs/reliability/run makes them large.

// number is an environment variable, or the small number of the normal tests.
func number(name string, small int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return small
}

func signal(t *testing.T, pid int, sig os.Signal) {
	t.Helper()
	process, err := os.FindProcess(pid)
	if err == nil {
		err = process.Signal(sig)
	}
	if err != nil {
		t.Error(err)
	}
}

// manyOf writes a timeline of n events, and returns its path.
func manyOf(t *testing.T, dir string, n int) (path string) {
	t.Helper()
	path = filepath.Join(dir, "many.jsonl")
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `{"id":"e%05d","date":"%04d-01-01","title":"Event %d","sources":[{"url":"https://a.example/%d"}]}`+"\n", i, 1000+i, i, i)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// marksIn reads the marks of the only timeline in a state folder.
func marksIn(t *testing.T, dir string) (marks map[string]string) {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(dir, "dateline", "*.json"))
	if len(names) == 0 {
		return nil
	}
	text, err := os.ReadFile(names[0])
	var saved struct{ Marks map[string]string }
	if err == nil {
		err = json.Unmarshal(text, &saved)
	}
	if err != nil || len(names) > 1 {
		t.Errorf("%v: %v\n%s", names, err, text)
	}
	return saved.Marks
}

func TestViewersThatMarkAtOnceLoseNothing(t *testing.T) {
	viewers, each := number("VIEWERS", 3), number("MARKS", 15)
	dir := t.TempDir()
	path := manyOf(t, dir, viewers*each)
	env := []string{"XDG_STATE_HOME=" + dir, "XDG_CONFIG_HOME=" + dir}
	var terms []*termtest.Terminal
	for i := range viewers {
		term := open(t, termtest.Options{Width: 80, Height: 24, Env: env}, "--at", fmt.Sprintf("e%05d", i*each), path)
		see(t, term, fmt.Sprintf("Event %d", i*each))
		terms = append(terms, term)
	}
	var all sync.WaitGroup
	for _, term := range terms {
		all.Go(func() {
			for range each {
				if err := term.Type("mj"); err != nil {
					t.Error(err)
				}
			}
			term.Type("Q")
			if code, err := term.Exit(60 * time.Second); code != exitOK || err != nil {
				t.Errorf("exit code %d, %v", code, err)
			}
		})
	}
	all.Wait()
	got := len(marksIn(t, dir))
	t.Logf("%d viewers marked %d events each at once: %d of %d marks are saved", viewers, each, got, viewers*each)
	if got != viewers*each {
		t.Errorf("%d of %d marks are saved", got, viewers*each)
	}
}

func TestKilledViewerLeavesItsStateWhole(t *testing.T) {
	kills := number("KILLS", 6)
	dir := t.TempDir()
	path := manyOf(t, dir, 40)
	env := []string{"XDG_STATE_HOME=" + dir, "XDG_CONFIG_HOME=" + dir}
	before := 0
	for n := range kills {
		term := shell(t, termtest.Options{Width: 80, Height: 24, Env: env, Dir: dir}, `echo $$ > pid; exec "$DATELINE" many.jsonl`)
		see(t, term, "Event 0")
		text, _ := os.ReadFile(filepath.Join(dir, "pid"))
		pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		press(t, term, strings.Repeat("mj", 10))
		time.Sleep(time.Duration(n%30) * time.Millisecond) // the kill falls on another write each time
		signal(t, pid, syscall.SIGKILL)
		term.Exit(10 * time.Second)
		if got := len(marksIn(t, dir)); got < before {
			t.Errorf("kill %d: %d marks, %d before", n, got, before)
		}
	}
	term := open(t, termtest.Options{Width: 80, Height: 24, Env: env}, path)
	see(t, term, "Event 0")
	press(t, term, "G", "m", "Q")
	exits(t, term, exitOK)
	left, _ := filepath.Glob(filepath.Join(dir, "dateline", ".dateline-*"))
	t.Logf("%d viewers were killed as they wrote: the marks were whole each time; %d temporary files are left by the next write", kills, len(left))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// An editor that fails, or a signal while it is open, takes no text away.
func TestTextOfAnEditorIsKept(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		editor string
		signal syscall.Signal // 0: the editor ends by itself
	}{
		{`sh -c 'echo "typed text" >"$1"; exit 1' editor`, 0},
		{`sh -c 'echo "typed text" >"$1"; touch ready; sleep 20' editor`, syscall.SIGTERM},
		{`sh -c 'echo "typed text" >"$1"; touch ready; sleep 20' editor`, syscall.SIGHUP},
		{`sh -c 'echo "typed text" >"$1"; touch ready; sleep 20' editor`, syscall.SIGINT},
	} {
		dir := t.TempDir()
		path := manyOf(t, dir, 3)
		env := []string{"XDG_STATE_HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "VISUAL=", "EDITOR=" + tt.editor}
		term := shell(t, termtest.Options{Env: env, Dir: dir}, `echo $$ > pid; exec "$DATELINE" many.jsonl`)
		see(t, term, "Event 0")
		press(t, term, "e")
		if tt.signal == 0 {
			see(t, term, "exit status 1")
			press(t, term, "Q")
		} else {
			for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
				if _, err := os.Stat(filepath.Join(dir, "ready")); err == nil {
					break
				}
			}
			text, _ := os.ReadFile(filepath.Join(dir, "pid"))
			pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
			signal(t, pid, tt.signal)
			if tt.signal == syscall.SIGINT { // it is the editor's matter
				until(t, term, "the viewer", func(s *termtest.Screen) bool { return s.AltScreen && s.Contains("Event 0") })
				press(t, term, "Q")
			}
		}
		s := until(t, term, "the name of the draft", func(s *termtest.Screen) bool {
			return !s.AltScreen && strings.Contains(strings.ReplaceAll(s.Golden(), "\n", ""), "your note on e00000 is in")
		})
		if code, err := term.Exit(10 * time.Second); err != nil || tt.signal != 0 && tt.signal != syscall.SIGINT && code != 128+int(tt.signal) {
			t.Errorf("%v: exit code %d, %v\n%s", tt.signal, code, err, s.Golden())
		}
		again := open(t, termtest.Options{Env: append(env, "EDITOR="), Dir: dir}, path)
		see(t, again, "Event 0")
		press(t, again, "e")
		see(t, again, "note: typed text")
		press(t, again, "enter")
		see(t, again, "Note saved.")
		press(t, again, "Q")
		exits(t, again, exitOK)
		if left, _ := filepath.Glob(filepath.Join(dir, "dateline", "notes", "*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestQuittingWhileAPipeIsSilent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := exec.Command("mkfifo", filepath.Join(dir, "pipe")).Run(); err != nil {
		t.Skip(err)
	}
	term := open(t, termtest.Options{Dir: dir}, "pipe")
	until(t, term, "the viewer", func(s *termtest.Screen) bool { return s.AltScreen })
	press(t, term, "q")
	exits(t, term, exitOK)
}

func TestHelpThatCannotBePrintedIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full")
	}
	term := shell(t, termtest.Options{}, `"$DATELINE" --help >/dev/full`)
	if code, err := term.Exit(10 * time.Second); code != exitFailed || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
}
