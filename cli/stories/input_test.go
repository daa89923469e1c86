package stories

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

// A file that is not a timeline is refused before the screen is touched.
func TestFileThatIsNotATimelineIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"prose.json", "hello world\n", "this is not a timeline"},
		{"empty.json", "", "the file is empty"},
		{"blank.json", " \n\n", "the file is empty"},
		{"number.json", "42", "this is not a timeline"},
		{"pretty.json", "{\n  \"name\": \"dateline\",\n  \"version\": \"1.0\"\n}\n", "this is not a timeline"},
		{"package.json", `{"name": "dateline", "version": "1.0"}` + "\n", "this is not a timeline"},
		{"missing.json", "-", "no such file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if tt.text != "-" {
				dir = fixture.Write(t, tt.name, tt.text)
			}
			term := open(t, termtest.Options{Width: 200, Height: 10, Dir: dir}, tt.name)
			s := exits(t, term, exitFailed)
			line := strings.TrimRight(s.Row(0), " ")
			if !strings.HasPrefix(line, "dateline: "+tt.name+":") || !strings.Contains(line, tt.want) {
				t.Errorf("got %q, want the file and %q", line, tt.want)
			}
			if got, want := term.Written(), int64(len(line+"\r\n")); got != want {
				t.Errorf("%d bytes were written, want the %d of the line and nothing else:\n%s", got, want, s.Golden())
			}
		})
	}
}

// A program that writes to the pipe of a shell may ask for a password, so it has the
// keyboard until there are events. Keys typed while the viewer waits are not lost.
// Whoever writes to a named pipe is elsewhere, so the viewer is seen at once.
func TestSlowPipeKeepsTheKeyboard(t *testing.T) {
	t.Parallel()
	const asks = `{ printf 'Password: ' >/dev/tty; read -r word </dev/tty; printf 'It is %s.' "$word" >/dev/tty; cat slow.json; }`
	for _, tt := range []struct {
		name, script string
		pipeline     bool
	}{
		{"pipeline", asks + ` | "$DATELINE" --no-state -`, true},
		{"named", `exec "$DATELINE" --no-state slow.json`, false},
	} {
		for _, waits := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, waits %t", tt.name, waits), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				path := filepath.Join(dir, "slow.json")
				if err := exec.Command("mkfifo", path).Run(); err != nil {
					t.Fatal(err)
				}
				term := shell(t, termtest.Options{Dir: dir}, tt.script)
				if tt.pipeline {
					see(t, term, "Password: ")
					press(t, term, "secret", "enter")
					see(t, term, "It is secret.")
				}
				pipe, err := os.OpenFile(path, os.O_WRONLY, 0) // blocks until the pipe is read
				if err != nil {
					t.Fatal(err)
				}
				defer pipe.Close()
				if !tt.pipeline {
					until(t, term, "the viewer", func(s *termtest.Screen) bool { return s.AltScreen })
				}
				switch {
				case waits:
					press(t, term, "j", "j")
					if _, err := pipe.WriteString(fixture.ThreeEvents); err != nil {
						t.Fatal(err)
					}
					pipe.Close()
					at(t, term, "LIST 2/2")
				case tt.pipeline:
					s := term.Settle()
					if s.AltScreen || !strings.HasPrefix(s.Row(0), "Password: secret") {
						t.Errorf("the screen was touched:\n%s", s.Golden())
					}
					press(t, term, "ctrl+c") // goes to the whole pipeline
					s = exits(t, term, -1)
					if !strings.HasPrefix(s.Row(0), "Password: secret") || !s.Contains("It is secret.^C") {
						t.Errorf("the screen was touched:\n%s", s.Golden())
					}
				default:
					press(t, term, "ctrl+c") // goes to the viewer
					exits(t, term, exitOK)
				}
			})
		}
	}
}

func TestBrokenEventIsLeftOutAndReported(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{46, 20}, {80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			dir := fixture.Write(t, "three.json", fixture.ThreeEvents)
			term := open(t, termtest.Options{Width: size[0], Height: size[1], Dir: dir}, "three.json")
			s := at(t, term, "LIST 1/2")
			if !s.Contains("First") || !s.Contains("Third") || s.Contains("Second") {
				t.Errorf("the sound events are not shown:\n%s", s.Golden())
			}
			if !strings.Contains(statusRow(s), " 1 of 3 events left out; p shows why   1/2 ") {
				t.Errorf("the status row is %q", statusRow(s))
			}
			press(t, term, "p")
			s = see(t, term, `three.json:3:24: event "b": date`)
			if !s.Contains("there is no month 13") {
				t.Errorf("the problem is not shown:\n%s", s.Golden())
			}
			press(t, term, "esc")
			at(t, term, "LIST 1/2")
		})
	}
}

// piped runs the program without a terminal.
func piped(t *testing.T, in io.Reader, args ...string) (out, errs string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program(t), args...)
	cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + t.TempDir()}
	cmd.Stdin = in
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var status *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &status) {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("%v: it hangs; so far\n%s%s", args, stdout.String(), stderr.String())
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

func TestOutputThatIsNotATerminalGetsTheList(t *testing.T) {
	t.Parallel()
	all := len(fixture.Events(t))
	silent, end, err := os.Pipe() // nothing ever comes on it
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	defer end.Close()
	for _, in := range []io.Reader{nil, strings.NewReader("not read"), silent} {
		out, errs, code := piped(t, in)
		want := ""
		if _, waiting := in.(*strings.Reader); waiting {
			want = "dateline: standard input is not read; name - to read it\n"
		}
		if code != exitOK || errs != want {
			t.Errorf("exit code %d, errors %q, want %q", code, errs, want)
		}
		if lines := strings.Count(out, "\n"); lines != all {
			t.Errorf("%d lines, want one for each of %d events", lines, all)
		}
		plain(t, out)
	}
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

func TestPipeInATerminalGetsTheList(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, script string }{
		{"cat", `"$DATELINE" --filter status:unverified | cat`},
		{"dumb", `TERM=dumb "$DATELINE" --filter status:unverified`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			term := shell(t, termtest.Options{Width: 160, Height: 10}, tt.script)
			s := exits(t, term, exitOK)
			want, _, _ := piped(t, nil, "--filter", "status:unverified")
			var lines []string
			for y := range s.Height {
				if line := strings.TrimRight(s.Row(y), " "); line != "" {
					lines = append(lines, line)
				}
			}
			if got := strings.Join(lines, "\n") + "\n"; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if got, want := term.Written(), int64(len(want)+strings.Count(want, "\n")); got != want {
				t.Errorf("%d bytes were written, want the %d of the list: are there escape sequences?", got, want)
			}
		})
	}
}

func TestStandardInputIsReadAndKeysStillWork(t *testing.T) {
	t.Parallel()
	for _, script := range []string{`"$DATELINE" - < three.json`, `cat three.json | "$DATELINE" -`} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			term := shell(t, termtest.Options{Dir: fixture.Write(t, "three.json", fixture.ThreeEvents)}, script)
			at(t, term, "LIST 1/2")
			press(t, term, "j", "enter")
			s := at(t, term, "DETAIL 2/2")
			if !strings.HasPrefix(s.Row(2), " Third ") {
				t.Errorf("the detail is of %q, want the third:\n%s", s.Row(2), s.Golden())
			}
			press(t, term, "q", "p")
			see(t, term, "standard input:3:24: ")
			press(t, term, "q", "q")
			exits(t, term, exitOK)
		})
	}
}

// wideEvents is a file with wide, combining, emoji and Cyrillic text.
const wideEvents = `{"title":"조선과 로씨야 · 露朝関係","actors":[
{"name":"김정은","native":{"ru":"Ким Чен Ын"},"role":"조선민주주의인민공화국 국무위원장이며 조선로동당 총비서이며 무력 최고사령관"},
{"name":"Путин"}],"events":[
{"id":"a","date":"2024-01-01","title":"조선민주주의인민공화국 국무위원장 김정은동지께서 로씨야련방 대통령과 상봉하시였다","actors":["김정은","Путин"],"sources":[{"publisher":"조선중앙통신","title":"김정은동지께서 로씨야련방을 방문하시였다","quote":"조로친선은 영원하다","quote_by":"김정은"}]},
{"id":"b","date":"2024-01-02","title":"Владимир Владимирович Путин провёл переговоры с Председателем государственных дел","actors":["Путин"],"answers":["a"],"summary":"日本語の要約はとても長いので折り返さなければならないはずである。そうでなければ枠線がずれてしまうだろう [1].","sources":[{"publisher":"ТАСС","title":"Переговоры"}]},
{"id":"c","date":"2024-01-03","title":"é́́ 👨‍👩‍👧‍👦🇰🇵🇷🇺👍🏽 ½a日b本c語d｡ﾊﾝｶｸ ａｂｃ नमस्ते ไทยำ ①②③ ±§¶ family","actors":["👩‍🚀 astronaut"],"sources":[{"publisher":"🇰🇵","title":"旗"}]},
{"id":"d","date":"2024-01-04","title":"Plain","sources":[{"publisher":"P","title":"T"}]}
]}
`

func TestBordersAlignBesideWideText(t *testing.T) {
	t.Parallel()
	dir := fixture.Write(t, "wide.json", wideEvents)
	for _, args := range [][]string{nil, {"wide.json"}} {
		term := open(t, termtest.Options{Dir: dir}, args...)
		s := at(t, term, "LIST 1/")
		bar := columns(body(s)[0], "│")[0]
		for range 4 {
			fullWidth(t, s)
			aligned(t, body(s), "│", bar)
			countsAligned(t, s)
			press(t, term, "j")
			s = term.Settle()
		}
		press(t, term, "a")
		s = at(t, term, "ACTORS ")
		fullWidth(t, s)
		for _, row := range body(s) {
			if end := ansi.StringWidth(strings.TrimRight(row, " ")); strings.Contains(row, " [ ] ") && end != 95 {
				t.Errorf("the counts end in column %d, want 95: %q", end, row)
			}
		}
		press(t, term, "esc", "g", "enter")
		s = at(t, term, "DETAIL 1/")
		fullWidth(t, s)
		press(t, term, "esc")
		aligned(t, body(at(t, term, "LIST ")), "│", bar)
	}
}

var counts = regexp.MustCompile(`\d+s/\d+o`)

// countsAligned fails the test unless the counts of all rows end in one column.
func countsAligned(t *testing.T, s *termtest.Screen) {
	t.Helper()
	at := -1
	for _, row := range body(s) {
		m := counts.FindStringIndex(row)
		if !strings.Contains(row, "├") || m == nil {
			continue
		}
		end := ansi.StringWidth(row[:m[1]])
		if at >= 0 && end != at {
			t.Errorf("the counts end in column %d, and in %d above: %q", end, at, row)
		}
		at = end
	}
	if at < 0 {
		t.Errorf("there are no counts:\n%s", s.Golden())
	}
}

const (
	firstEvent  = `{"id":"a","date":"2024-01-01","title":"First","sources":[{"url":"https://a.example"}]}` + "\n"
	secondEvent = `{"id":"b","date":"2024-02-01","title":"Second","sources":[{"url":"https://b.example"}]}` + "\n"
	thirdEvent  = `{"id":"c","date":"2023-01-01","title":"Earlier","sources":[{"url":"https://c.example"}]}` + "\n"
)

// The viewer follows its file, however it is saved, and keeps the cursor on its
// event. A broken file changes nothing.
func TestViewerFollowsItsFile(t *testing.T) {
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
	at(t, term, "LIST 1/2")
	if err := term.Type("j", "m"); err != nil {
		t.Fatal(err)
	}
	wait(term, "Marked: must.")

	save(thirdEvent+firstEvent+secondEvent, true)
	wait(term, "Reloaded: 1 event added.")
	at(t, term, "LIST 3/3")
	wait(term, "1 marked")

	save(thirdEvent+strings.Replace(secondEvent, "Second", "Changed", 1), false)
	wait(term, "Reloaded: 1 event changed, 1 removed.")
	at(t, term, "LIST 2/2")

	save("{", true)
	wait(term, "the file cannot be reloaded: live.jsonl:1:")
	wait(term, "Changed")

	save(firstEvent+secondEvent, true)
	wait(term, "Reloaded: 1 event added, 1 changed, 1 removed.")
	if err := term.Type("R"); err != nil {
		t.Fatal(err)
	}
	wait(term, "Reloaded: nothing has changed.")
}

func TestLargeFileIsBrowsed(t *testing.T) {
	t.Parallel()
	path := fixture.WriteLarge(t, 30_000)
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

// A large file is opened again from the index that was kept of it, unless it has
// changed.
func TestLargeFileIsKept(t *testing.T) {
	t.Parallel()
	path := fixture.WriteLarge(t, 30_000)
	old := time.Now().Add(-time.Hour)
	cache := t.TempDir()
	kept := func() int {
		indexes, _ := filepath.Glob(filepath.Join(cache, "dateline", "*.index"))
		return len(indexes)
	}
	view := func(flags ...string) *termtest.Terminal {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		term := open(t, termtest.Options{Env: []string{"XDG_CACHE_HOME=" + cache, "HOME=" + t.TempDir()}}, append(flags, path)...)
		at(t, term, "LIST 1/30,000")
		return term
	}
	for _, flag := range []string{"--no-cache", "--no-state", ""} {
		term := view(strings.Fields(flag)...)
		if flag == "" {
			until(t, term, "an index", func(*termtest.Screen) bool { return kept() == 1 })
		}
		press(t, term, "q")
		exits(t, term, 0)
		if flag != "" && kept() > 0 {
			t.Errorf("%s: an index is kept", flag)
		}
	}
	term := view()
	press(t, term, "f", "actor:ann", "enter", "j")
	at(t, term, "LIST 2/300")
	press(t, term, "/", "number 4200", "enter")
	see(t, term, "“number 4200” 1/1")
	press(t, term, "q")
	exits(t, term, 0)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[bytes.Index(text, []byte("number 15000"))] = 'N' // the size and the time stay
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	term = view()
	see(t, term, "was read anew")
	press(t, term, "q")
	exits(t, term, 0)
}

// When a file is truncated while it is open, the viewer says so and leaves what it
// shows alone, since whoever writes the file may not be done. When the reader asks
// for what is left, the lost events disappear.
func TestTruncatedLargeFileIsReloaded(t *testing.T) {
	t.Parallel()
	path := fixture.WriteLarge(t, 30_000)
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
	s := until(t, term, "a file that is not reloaded", func(s *termtest.Screen) bool {
		return s.Contains("the file is not reloaded: ") && s.Contains("R loads the rest") && s.Contains("This event can no longer be read")
	})
	if !strings.Contains(s.Row(0), " 30,000 events") {
		t.Errorf("events are gone, though nobody asked:\n%s", s.Golden())
	}
	press(t, term, "R")
	s = until(t, term, "the rest of the events", func(s *termtest.Screen) bool {
		return strings.Contains(s.Row(0), " 24,0") && !s.Contains("can no longer be read")
	})
	if !s.Contains("removed") {
		t.Errorf("it is not said that events are gone:\n%s", s.Golden())
	}
	press(t, term, "g")
	see(t, term, "left out; p shows why")
	press(t, term, "p")
	see(t, term, "large.jsonl:24")
	press(t, term, "esc", "q")
	exits(t, term, 0)
}

// A file that is not a timeline is refused before the screen is touched, however
// large it is.
func TestLargeFileThatIsNotATimelineIsRefused(t *testing.T) {
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
