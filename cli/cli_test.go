package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/cli/internal/fixture"
	"dateline/timeline/brief"
)

// invoke runs the command line without a terminal.
func invoke(in string, args ...string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	code = run(args, homed(), strings.NewReader(in), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

// doubtful is a file with a warning and no error.
const doubtful = `[{"id":"a","date":"2024","title":"Rests on nothing"}]`

// unplaced is a file with an event whose date does not fit a calendar.
const unplaced = `[{"id":"once","date":"2024","title":"Once","sources":[{"publisher":"P","title":"T"}]},
{"id":"never","date":"../..","title":"Never","sources":[{"publisher":"P","title":"T"}]}]`

func TestCommandLine(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"one.json": fixture.OneEvent, "three.json": fixture.ThreeEvents, "doubtful.json": doubtful,
		"empty.json": "", "prose.json": "hello", "unplaced.json": unplaced,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	const first = "2024-01-01  ---  1s/1o   First\n"
	const third = "2024-03-01  ---  1s/1o   Third\n"
	const oneLeftOut = "dateline: 1 of 3 events left out; dateline check shows why\n"
	const broken = `three.json:3:24: event "b": date "2024-13": there is no month 13` + "\n"
	for _, tt := range []struct {
		args string // separated by blanks
		in   string
		code int
		out  string // all of it; "…" stands for anything
		errs string // all of it
	}{
		{args: "one.json", out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "list one.json", out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "list -", in: fixture.OneEvent, out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "-", in: fixture.OneEvent, out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "list one.json one.json", out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "list three.json", out: first + third, errs: oneLeftOut},
		{args: "list three.json --order newest", out: third + first, errs: oneLeftOut},
		{args: "list three.json --filter until:2024-02", out: first, errs: oneLeftOut},
		{args: "list one.json --filter id:nothing", errs: "dateline: 0 events: no event has the id nothing\n"},
		{args: "list three.json --strict", code: exitFailed, errs: broken},
		{args: "--strict three.json", code: exitFailed, errs: broken},
		{args: "list doubtful.json --strict", out: "2024  ---  0s/0o   Rests on nothing\n"},

		{args: "cite one.json", out: "“The Wright Brothers,” Smithsonian, n.d.\n"},
		{args: "cite one.json one.json --format apa", out: "Smithsonian. (n.d.). The Wright Brothers.\n"},
		{args: "cite one.json --format csl", out: "[\n  {\n    \"id\": \"smithsonian-wright-…\n]\n"},
		{args: "cite - --format biblatex", in: fixture.OneEvent, out: "@misc{smithsonian-wright-…}\n"},
		{args: "cite doubtful.json", out: ""},
		{args: "cite three.json", out: "“T,” P, n.d.\n", errs: oneLeftOut},

		{args: "check one.json", out: "one.json: 1 event…, 0 errors, 0 warnings\n"},
		{args: "check three.json", code: exitFailed, out: broken + "three.json: 3 events (1 left out), 1 error, 0 warnings\n"},
		{args: "check -", in: fixture.ThreeEvents, code: exitFailed, out: "standard input:3:24: event \"b\": …there is no month 13\nstandard input: 3 events (1 left out), …\n"},
		{args: "check doubtful.json", out: "doubtful.json:1:2: warning: event \"a\": sources: the event has no source\n…1 warning…\n"},
		{args: "check doubtful.json --strict", code: exitFailed, out: "doubtful.json:1:2: warning: …1 warning…\n"},
		{args: "check", out: "events.json: …, 0 errors, 0 warnings\n"},
		{args: "check --strict", out: "events.json: …, 0 errors, 0 warnings\n"},

		{args: "missing.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "list missing.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "brief one.json missing.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "check missing.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "list folder", code: exitFailed, errs: "dateline: folder: this folder has no files\n"},
		{args: "list prose.json", code: exitFailed, errs: "dateline: prose.json:1:1: this is not a timeline but plain text; write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title\n"},
		{args: "check prose.json", code: exitFailed, out: "prose.json:1:1: this is not a timeline but plain text; write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title\nprose.json: 0 events, 1 error, 0 warnings\n"},
		{args: "list empty.json", code: exitFailed, errs: "dateline: empty.json:1:1: the file is empty; a timeline is a JSON object with \"events\"\n"},
		{args: "list -", in: "", code: exitFailed, errs: "dateline: standard input:1:1: the file is empty; a timeline is a JSON object with \"events\"\n"},
		{args: "cite missing.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "mising\x1b[2J\u009b1m\u202e\n.json", code: exitFailed, errs: "dateline: mising[2J1m .json: no such file\n"},

		{args: "--plain --line one.json", code: exitUsage, errs: "dateline: --plain prints all events and --line opens the viewer; leave one out; see dateline help\n"},
		{args: "list --filter actr:putin", code: exitUsage, errs: "dateline: --filter, column 1: unknown field actr; did you mean actor?; see dateline help\n"},
		{args: "--filter status:no", code: exitUsage, errs: "dateline: --filter, column 8: …; see dateline help\n"},
		{args: "brief --filter topic:un)", code: exitUsage, errs: "dateline: --filter, column 9: …; see dateline help\n"},
		{args: "list --order sideways", code: exitUsage, errs: "dateline: --order must be oldest or newest, not sideways; see dateline help\n"},
		{args: "cite --format mla", code: exitUsage, errs: "dateline: --format must be chicago, apa, csl, ris, biblatex or markdown, not mla; see dateline help\n"},
		{args: "export --format pdf", code: exitUsage, errs: "dateline: --format must be json, jsonl, csv, ics, timelinejs or html, not pdf; see dateline help\n"},
		{args: "export --format csv one.json", out: "id,date,earliest,…\r\nkitty-hawk,1903-12-17,…\r\n"},
		{args: "export --format ics one.json", out: "BEGIN:VCALENDAR\r\n…DTSTART;VALUE=DATE:19031217\r\n…END:VCALENDAR\r\n"},
		{args: "export --format ics unplaced.json", out: "BEGIN:VCALENDAR\r\n…SUMMARY:Once\r\n…", errs: "dateline: 1 of 2 events left out: their dates do not fit ics\n"},
		{args: "export --format timelinejs unplaced.json --filter id:never", out: "{\n\"scale\": \"human\",\n\"events\": [\n]\n}\n", errs: "dateline: 1 of 1 event left out: their dates do not fit timelinejs\n"},
		{args: "export --format html one.json", out: "<!DOCTYPE html>\n…<article id=\"kitty-hawk\"…</html>\n"},
		{args: "export --format jsonl unplaced.json --order newest", out: "{\"id\":\"never\",…\n{\"id\":\"once\",…\n"},

		{args: "list one.json --output three.json", code: exitFailed, errs: "dateline: three.json: file exists; use --force to overwrite\n"},
		{args: "schema -o folder", code: exitFailed, errs: "dateline: folder: this is a folder; name a file in it\n"},
		{args: "check one.json -o missing/out", code: exitFailed, errs: "dateline: missing/out: folder missing does not exist\n"},
		{args: "export one.json -o /dev/full --format csv", code: exitFailed, errs: "dateline: /dev/full: no space left on device\n"},
		{args: "brief one.json -o", code: exitUsage, errs: "dateline: --output needs a value: --output FILE; see dateline help\n"},
		{args: "list one.json --output=", code: exitUsage, errs: "dateline: --output needs a file, or - for standard output; see dateline help\n"},
		{args: "missing.json -o three.json", code: exitFailed, errs: "dateline: three.json: file exists; use --force to overwrite\n"},
		{args: "missing.json -o new.json", code: exitFailed, errs: "dateline: missing.json: no such file\n"},
		{args: "list one.json --view mine", code: exitUsage, errs: "dateline: --view: there are no saved views; save one in the viewer; see dateline help\n"},
		{args: "one.json --config none.toml", code: exitUsage, errs: "dateline: --config: none.toml: no such file; see dateline help\n"},
		{args: "one.json --view=", code: exitUsage, errs: "dateline: --view: there are no saved views; save one in the viewer; see dateline help\n"},
		{args: "one.json --config=", code: exitUsage, errs: "dateline: --config: \"\": no such file; see dateline help\n"},
		{args: "one.json --config folder", code: exitUsage, errs: "dateline: …folder: is a directory; see dateline help\n"},
		{args: "list one.json --config prose.json", code: exitUsage, errs: "dateline: prose.json:1:5: unexpected EOF; expected key separator '='\n"},
		{args: "list one.json --config empty.json", out: "1903-12-17  CNF  1s/1o   First flight\n"},

		{args: "brief --format pdf", code: exitUsage, errs: "dateline: --format must be text, markdown, html or json, not pdf; see dateline help\n"},
		{args: "brief --page a5", code: exitUsage, errs: "dateline: --page must be a4, letter or none, not a5; see dateline help\n"},
		{args: "brief --minutes 0", code: exitUsage, errs: "dateline: --minutes must be above 0, not 0; see dateline help\n"},
		{args: "brief --since 2024-13", code: exitUsage, errs: "dateline: --since must be last, never or a date: …there is no month 13…; see dateline help\n"},
		{args: "__complete brief --page l", out: "a4\nletter\nnone\n:4\n", errs: "Completion ended with directive: ShellCompDirectiveNoFileComp\n"},
		{args: "__complete one.json --filter status:con", out: "status:confirmed\n:6\n", errs: "Completion ended with directive: ShellCompDirectiveNoSpace, ShellCompDirectiveNoFileComp\n"},
		{args: "__complete --theme d", out: "auto\nlight\ndark\nmono\n:4\n", errs: "Completion ended with directive: ShellCompDirectiveNoFileComp\n"},
		{args: "--no-such-flag", code: exitUsage, errs: "dateline: there is no flag --no-such-flag; see dateline help\n"},
		{args: "--fliter x", code: exitUsage, errs: "dateline: there is no flag --fliter; did you mean --filter?; see dateline help\n"},
		{args: "list -x", code: exitUsage, errs: "dateline: there is no flag -x; see dateline help\n"},
		{args: "list --page a4", code: exitUsage, errs: "dateline: --page is a flag of dateline brief, not of dateline list; see dateline help\n"},
		{args: "--all", code: exitUsage, errs: "dateline: --all is a flag of dateline brief and dateline cite, not of dateline; see dateline help\n"},
		{args: "cite --theme dark", code: exitUsage, errs: "dateline: --theme is a flag of dateline, not of dateline cite; see dateline help\n"},
		{args: "brief --minutes x", code: exitUsage, errs: "dateline: --minutes x: this is no number; see dateline help\n"},
		{args: "brief --minutes 1e999", code: exitUsage, errs: "dateline: --minutes 1e999: this number is too large; see dateline help\n"},
		{args: "--ascii=perhaps", code: exitUsage, errs: "dateline: --ascii perhaps: this must be true or false, or be left out; see dateline help\n"},
		{args: "--filter", code: exitUsage, errs: "dateline: --filter needs a value: --filter QUERY; see dateline help\n"},
		{args: "list --filter", code: exitUsage, errs: "dateline: --filter needs a value: --filter QUERY; see dateline help\n"},

		{args: "one.json --at 1903", out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "one.json --at kitty-hawk", out: "1903-12-17  CNF  1s/1o   First flight\n"},
		{args: "one.json --at kitty", code: exitUsage, errs: "dateline: --at kitty: no event has this id; date \"kitty\", column 1: this is no date; write …; see dateline help\n"},
		{args: "--at ../..", code: exitUsage, errs: "dateline: --at ../..: no event has this id; ../.. has neither a start nor an end; see dateline help\n"},
		{args: "missing.json --at kitty", code: exitFailed, errs: "dateline: missing.json: no such file\n"},

		{args: "__complete export --format i", out: "json\njsonl\ncsv\nics\ntimelinejs\nhtml\n:4\n", errs: "Completion ended with directive: ShellCompDirectiveNoFileComp\n"},
		{args: "__complete list --order n", out: "oldest\nnewest\n:4\n", errs: "Completion ended with directive: ShellCompDirectiveNoFileComp\n"},

		{args: "--version", out: "dateline …\n"},
		{args: "help", out: "Dateline is a terminal viewer…Usage:…--filter…"},
		{args: "--help", out: "Dateline is a terminal viewer…Usage:…--filter…"},
		{args: "help brief", out: "Brief prints…--bottom-line…"},
		{args: "check --help", out: "Check prints the problems…"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			out, errs, code := invoke(tt.in, strings.Split(tt.args, " ")...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			if !like(out, tt.out) {
				t.Errorf("printed\n%s\nwant\n%s", out, tt.out)
			}
			if !like(errs, tt.errs) {
				t.Errorf("errors\n%s\nwant\n%s", errs, tt.errs)
			}
			if strings.Count(errs, "\n") > 1 {
				t.Errorf("errors are more than one line:\n%s", errs)
			}
			plain(t, strings.ReplaceAll(out, "\r\n", "\n")) // CSV and iCalendar end lines with CRLF
			plain(t, errs)
		})
	}
}

// like reports whether text matches a pattern, in which "…" stands for anything.
func like(text, pattern string) bool {
	parts := strings.Split(pattern, "…")
	if len(parts) == 1 {
		return text == pattern
	}
	rest, ok := strings.CutPrefix(text, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return ok && strings.HasSuffix(rest, parts[len(parts)-1])
}

func TestListOfTheBuiltInTimeline(t *testing.T) {
	events := fixture.Events(t)
	out, _, _ := invoke("", "list")
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != len(events) {
		t.Errorf("%d lines for %d events", len(lines), len(events))
	}
	for _, e := range events {
		if !strings.Contains(out, "  "+e.Title+"\n") {
			t.Errorf("%s is missing", e.ID)
		}
	}
	if bare, _, _ := invoke("", "--order", "oldest"); bare != out {
		t.Error("dateline without a terminal does not print the same as dateline list")
	}

	newest, _, _ := invoke("", "list", "--order", "newest")
	slices.Reverse(lines)
	if got, want := strings.Split(strings.TrimSuffix(newest, "\n"), "\n"), lines; !slices.Equal(got, want) {
		t.Error("newest first is not the reverse of oldest first")
	}
}

func TestFilteredListHasOnlyMatchingEvents(t *testing.T) {
	disputed := slices.DeleteFunc(fixture.Events(t), func(e fixture.Event) bool { return e.Status != "disputed" })
	if len(disputed) == 0 {
		t.Fatal("this needs a disputed event")
	}
	out, _, _ := invoke("", "list", "--filter", "status:disputed")
	if lines := strings.Count(out, "\n"); lines != len(disputed) || strings.Count(out, "  DSP  ") != lines {
		t.Errorf("want the %d disputed events, got\n%s", len(disputed), out)
	}
	for _, e := range disputed {
		if !strings.Contains(out, e.Title) {
			t.Errorf("%s is missing", e.ID)
		}
	}
}

func TestBriefInText(t *testing.T) {
	events := fixture.Events(t)
	his := fixture.Involving(events, "Vladimir Putin")
	out, errs, code := invoke("", "brief", "--page", "none", "--filter", "actor:putin", "--title", "Before\x1b[2J the visit", "--bottom-line", "Watch the ports.")
	if code != exitOK || errs != "" {
		t.Errorf("exit code %d, errors %q", code, errs)
	}
	for _, want := range []string{
		"BEFORE[2J THE VISIT\n", "\nEvents naming Vladimir Putin. ", "BOTTOM LINE\n  Watch the ports.\n", "\nSOURCES\n[1] ",
		"\nKEY POINTS", fmt.Sprintf("%d of %d events shown · of %d in all", len(his), len(his), len(events)), "· sha256 ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out[:1000])
		}
	}
	for line := range strings.Lines(out) {
		if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > brief.PageWidth {
			t.Errorf("%d cells wide: %q", w, line)
		}
	}
	plain(t, out)
}

func TestBriefInMarkdown(t *testing.T) {
	out, errs, code := invoke("", "brief", "--format", "markdown", "--filter", "id:2024-02-18-aurus-car-gift")
	if code != exitOK || errs != "" {
		t.Errorf("exit code %d, errors %q", code, errs)
	}
	for _, want := range []string{"# Russia and North Korea", "\n## Key points\n", "[^1]", "\n[^1]: ", "<https://", "Aurus"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for n := 1; strings.Contains(out, fmt.Sprintf("[^%d]: ", n)); n++ {
		if strings.Count(out, fmt.Sprintf("[^%d]", n)) < 2 {
			t.Errorf("footnote %d is not referred to", n)
		}
	}
	plain(t, out)
}

func TestFullDiskIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, args := range [][]string{{"list"}, {"check"}, {"brief"}, {"brief", "--format", "markdown"}, {"cite"}} {
		var errs bytes.Buffer
		if code := run(args, homed(), strings.NewReader(""), full, &errs); code != exitFailed || !like(errs.String(), "dateline: …no space left on device\n") {
			t.Errorf("%v: exit code %d, errors %q", args, code, errs.String())
		}
	}
}

// run runs dateline with the built-in timeline of the tests.
func run(args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	return Run(fixture.BuiltIn, args, env, in, out, errs)
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
