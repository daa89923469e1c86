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
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dateline/tui/termtest"
)

// A file that is no timeline is refused before the screen is touched.
func TestFileThatIsNoTimelineIsRefusedInOneLine(t *testing.T) {
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
				dir = write(t, tt.name, tt.text)
			}
			term := open(t, termtest.Options{Width: 200, Height: 10, Dir: dir}, tt.name)
			s := exits(t, term, failed)
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

// What writes to a pipe may ask for a password: it has the keyboard until there are
// events. What was typed before is not lost on who waits.
func TestStoryOfAPipeThatIsSlow(t *testing.T) {
	t.Parallel()
	for _, waits := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "slow.json")
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		term := open(t, termtest.Options{}, "--no-state", path)
		pipe, err := os.OpenFile(path, os.O_WRONLY, 0) // waits for who reads
		if err != nil {
			t.Fatal(err)
		}
		defer pipe.Close()
		if !waits {
			press(t, term, "ctrl+c") // for all that run in the pipeline
			exits(t, term, -1)
			if got := strings.TrimSpace(term.Screen().Golden()); !strings.HasPrefix(got, "^C") {
				t.Errorf("the screen was touched:\n%s", got)
			}
			continue
		}
		press(t, term, "j", "j")
		if _, err := pipe.WriteString(threeEvents); err != nil {
			t.Fatal(err)
		}
		pipe.Close()
		at(t, term, "LIST 2/2")
	}
}

func TestBrokenEventIsLeftOutAndSaidWhy(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{46, 20}, {80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			dir := write(t, "three.json", threeEvents)
			term := open(t, termtest.Options{Width: size[0], Height: size[1], Dir: dir}, "three.json")
			s := at(t, term, "LIST 1/2")
			if !s.Contains("First") || !s.Contains("Third") || s.Contains("Second") {
				t.Errorf("the sound events are not shown:\n%s", s.Golden())
			}
			if size[0] >= 80 && !strings.HasSuffix(statusRow(s), " 1 of 3 events left out; p shows why ") {
				t.Errorf("the status row is %q", statusRow(s))
			}
			press(t, term, "p")
			s = at(t, term, "PROBLEMS")
			if !s.Contains(`three.json:3:24: event "b": date`) || !s.Contains("there is no month 13") {
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
	cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor"}
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

func TestOutputThatIsNoTerminalGetsTheList(t *testing.T) {
	t.Parallel()
	all := len(insideEvents(t))
	silent, end, err := os.Pipe() // nothing ever comes on it
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	defer end.Close()
	for _, in := range []io.Reader{nil, strings.NewReader("not read"), silent} {
		out, errs, code := piped(t, in)
		if code != done || errs != "" {
			t.Errorf("exit code %d, errors %q", code, errs)
		}
		if lines := strings.Count(out, "\n"); lines != all {
			t.Errorf("%d lines, want one for each of %d events", lines, all)
		}
		plain(t, out)
	}
}

// plain fails the test if text would do anything to a terminal but print.
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
			s := exits(t, term, done)
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
				t.Errorf("%d bytes were written, want the %d of the list: is there an escape?", got, want)
			}
		})
	}
}

func TestStandardInputIsReadAndKeysStillWork(t *testing.T) {
	t.Parallel()
	for _, script := range []string{`"$DATELINE" - < three.json`, `cat three.json | "$DATELINE" -`} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			term := shell(t, termtest.Options{Dir: write(t, "three.json", threeEvents)}, script)
			at(t, term, "LIST 1/2")
			press(t, term, "j", "enter")
			s := at(t, term, "DETAIL 2/2")
			if !strings.HasPrefix(s.Row(4), " Third ") {
				t.Errorf("the detail is of %q, want the third", s.Row(4))
			}
			press(t, term, "q", "p")
			at(t, term, "PROBLEMS")
			see(t, term, "standard input:3:24: ")
			press(t, term, "q", "q")
			exits(t, term, done)
		})
	}
}

// wideEvents is a file whose titles and names are wide, combining, emoji and
// Cyrillic.
const wideEvents = `{"title":"조선과 로씨야 · 露朝関係","actors":[
{"name":"김정은","native":{"ru":"Ким Чен Ын"},"role":"조선민주주의인민공화국 국무위원장이며 조선로동당 총비서이며 무력 최고사령관"},
{"name":"Путин"}],"events":[
{"id":"a","date":"2024-01-01","title":"조선민주주의인민공화국 국무위원장 김정은동지께서 로씨야련방 대통령과 상봉하시였다","actors":["김정은","Путин"],"sources":[{"publisher":"조선중앙통신","title":"김정은동지께서 로씨야련방을 방문하시였다","quote":"조로친선은 영원하다","quote_by":"김정은"}]},
{"id":"b","date":"2024-01-02","title":"Владимир Владимирович Путин провёл переговоры с Председателем государственных дел","actors":["Путин"],"answers":["a"],"summary":"日本語の要約はとても長いので折り返さなければならないはずである。そうでなければ枠線がずれてしまうだろう [1].","sources":[{"publisher":"ТАСС","title":"Переговоры"}]},
{"id":"c","date":"2024-01-03","title":"é́́ 👨‍👩‍👧‍👦🇰🇵🇷🇺👍🏽 ½a日b本c語d｡ﾊﾝｶｸ ａｂｃ नमस्ते ไทยำ ①②③ ±§¶ family","actors":["👩‍🚀 astronaut"],"sources":[{"publisher":"🇰🇵","title":"旗"}]},
{"id":"d","date":"2024-01-04","title":"Plain","sources":[{"publisher":"P","title":"T"}]}
]}
`

func TestBordersStandStraightBesideWideText(t *testing.T) {
	t.Parallel()
	dir := write(t, "wide.json", wideEvents)
	for _, args := range [][]string{nil, {"wide.json"}} {
		term := open(t, termtest.Options{Dir: dir}, args...)
		s := at(t, term, "LIST 1/")
		bar := columns(s.Row(4), "│")[0]
		for range 4 {
			whole(t, s)
			upright(t, body(s), "│", bar)
			countsAligned(t, s)
			press(t, term, "j")
			s = term.Settle()
		}
		press(t, term, "a")
		s = at(t, term, "PICK ")
		whole(t, s)
		for _, row := range body(s)[2:] { // below what is typed and the head
			if end := ansi.StringWidth(strings.TrimRight(row, " ")); end != 0 && end != 95 {
				t.Errorf("the counts end in column %d, want 95: %q", end, row)
			}
		}
		press(t, term, "esc", "g", "enter")
		s = at(t, term, "DETAIL 1/")
		whole(t, s)
		parted := 0
		for _, row := range body(s) {
			if strings.Contains(row, "│") {
				parted++
				upright(t, []string{row}, "│", 38)
			}
		}
		if args != nil && parted < 3 {
			t.Errorf("no claim stands beside its answer:\n%s", s.Golden())
		}
		press(t, term, "esc")
		upright(t, body(at(t, term, "LIST ")), "│", bar)
	}
}

var counts = regexp.MustCompile(`\d+s/\d+o`)

// countsAligned fails the test unless the counts of all rows end in the same
// column.
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

// hostileEvents returns a file whose every text tries to act on the terminal:
// set the clipboard and the title, clear the screen, turn the text around, and
// smear a row with marks.
func hostileEvents() string {
	attack := `\u001b]52;c;aGFja2Vk\u0007\u001b]0;hacked\u0007\u001b[2J\u001b[31m\u009b2J\u009d0;hacked\u009c\u202e\u2066\u0000\u0008\u007f\r\n\ufeff`
	marks := strings.Repeat(`\u0301`, 10_000)
	source := fmt.Sprintf(`{"publisher":"Publisher%[1]s","title":"Source%[1]s","author":"Author%[1]s","quote":"Quote%[1]s","url":"https://example.org/"}`, attack)
	event := func(id, title string) string {
		return fmt.Sprintf(`{"id":"%[1]s","date":"2024-01-0%[1]s","title":"%[2]s","summary":"Summary%[3]s [1]","caveat":"Caveat%[3]s","actors":["Actor%[3]s"],"places":["Place%[3]s"],"topics":["Topic%[3]s"],"sources":[%[4]s]}`, id, title, attack, source)
	}
	events := []string{event("1", "Title"+attack+"end"), event("2", "Marks e"+marks+" end"), event("3", attack+"x"), event("4", "Plain")}
	broken := fmt.Sprintf(`{"id":"5%[1]s","date":"2024-13%[1]s","title":"Broken%[1]s","status":"%[1]s"}`, attack)
	return fmt.Sprintf(`{"title":"Hostile%s","events":[%s]}`, attack, strings.Join(append(events, broken), ",\n"))
}

func TestHostileTextOnlyPrints(t *testing.T) {
	t.Parallel()
	dir := write(t, "hostile.json", hostileEvents())
	term := open(t, termtest.Options{Dir: dir}, "hostile.json")
	s := at(t, term, "LIST 1/4")
	bar := columns(s.Row(4), "│")[0]
	for range 4 {
		unharmed(t, term, s)
		upright(t, body(s), "│", bar)
		press(t, term, "j")
		s = term.Settle()
	}
	for _, next := range []struct {
		keys  []string
		where string
	}{
		{[]string{"a"}, "PICK"},
		{[]string{"esc", "enter"}, "DETAIL"},
		{[]string{"esc", "B"}, "BRIEF"},
		{[]string{"esc", "p"}, "PROBLEMS"},
	} {
		press(t, term, next.keys...)
		at(t, term, next.where)
		unharmed(t, term, term.Settle())
	}

	// What is pasted is no safer, and what is copied must be.
	press(t, term, "esc", "f")
	see(t, term, "filter: ")
	if err := term.Paste("\x1b]0;hacked\x07\u202eactor:x"); err != nil {
		t.Fatal(err)
	}
	unharmed(t, term, see(t, term, "actor:x"))
	press(t, term, "esc", "y")
	see(t, term, "Sent to the terminal's clipboard")
	citation := copied(t, term)
	plain(t, citation)
	if !strings.Contains(citation, "Publisher") {
		t.Errorf("the clipboard holds %q", citation)
	}
}

// unharmed fails the test if something in the file has acted.
func unharmed(t *testing.T, term *termtest.Terminal, s *termtest.Screen) {
	t.Helper()
	whole(t, s)
	plain(t, s.Text())
	if got := term.Clipboard(); got != "" {
		t.Errorf("the file put %q on the clipboard", got)
	}
	if got := term.Title(); !strings.HasPrefix(got, "dateline: Hostile") {
		t.Errorf("the file set the title to %q", got)
	}
	if header := s.Row(0); !s.AltScreen || !headerEnd.MatchString(header) {
		t.Errorf("the header is gone or cut: %q", header)
	}
	if x, y, ok := s.Find("hacked"); ok && s.Foreground(x, y) == "1" {
		t.Errorf("the file set a colour:\n%s", s.Golden())
	}
}

func TestHostileTextOnlyPrintsWithoutATerminal(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list", "-"}, {"brief", "-"}, {"brief", "--format", "markdown", "-"}, {"check", "-"}, {"list", "--strict", "-"}} {
		out, errs, _ := piped(t, strings.NewReader(hostileEvents()), args...)
		plain(t, out)
		plain(t, errs)
		if out+errs == "" {
			t.Errorf("%v printed nothing", args)
		}
	}
}
