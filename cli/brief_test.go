package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/timeline"
)

// A desk keeps the state between runs of dateline brief.
type desk struct {
	t     *testing.T
	state string
}

func newDesk(t *testing.T) desk { return desk{t, filepath.Join(t.TempDir(), "state")} }

func (d desk) env() func(string) string { return env(map[string]string{"XDG_STATE_HOME": d.state}) }

// file is the marks file of the built-in timeline.
func (d desk) file() marksFile {
	d.t.Helper()
	s, err := marksOf(nil, d.env())
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

// mark marks events of the built-in timeline.
func (d desk) mark(marks map[string]timeline.Tier) {
	d.t.Helper()
	if err := d.file().write("events.json", timeline.Margin{Marks: marks}); err != nil {
		d.t.Fatal(err)
	}
}

// brief runs dateline brief, which must succeed, and returns its output.
func (d desk) brief(args ...string) (out, errs string) {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(append([]string{"brief"}, args...), d.env(), strings.NewReader(""), &stdout, &stderr); code != exitOK {
		d.t.Errorf("%v: exit code %d, errors %q", args, code, stderr.String())
	}
	return stdout.String(), stderr.String()
}

// says fails the test unless dateline brief prints text that matches a pattern.
func (d desk) says(want string, args ...string) {
	d.t.Helper()
	if out, errs := d.brief(args...); !like(out, "…"+want+"…") || errs != "" {
		d.t.Errorf("%v: errors %q, no %q in\n%s", args, errs, want, out)
	}
}

// save saves a brief to a file, and returns its text.
func (d desk) save(args ...string) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "brief.txt")
	d.brief(append(args, "--output", path)...)
	text, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// treaty is a timeline that changes between briefs.
func treaty(status, more string) string {
	return `{"title": "A treaty", "bottom_line": "It holds.", "events": [
{"id": "signed", "date": "2024-06-19", "title": "Signed", "status": "` + status + `", "summary": "It was signed [1].", "sources": [{"publisher": "KCNA", "title": "Treaty"}]},
{"id": "talks", "date": "2024-06-18", "title": "Talks", "topics": ["talks"], "sources": [{"publisher": "KCNA", "title": "Talks"}]}` + more + `]}`
}

const ratified = `,
{"id": "ratified", "date": "2024-10-24", "title": "Ratified", "sources": [{"publisher": "TASS", "title": "Duma"}]}`

func TestBriefListsChangesSinceTheLastSavedBrief(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "treaty.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	write(treaty("reported", ""))
	d.says(" · no earlier brief.\n", path)
	d.says(" · no earlier brief.\n", path) // a brief that is not saved is not recorded
	d.save(path, "--no-state")
	if _, err := os.Stat(d.state); err == nil {
		t.Error("state was saved despite --no-state")
	}

	if saved := d.save(path, "--filter", "id:talks"); !strings.Contains(saved, "no earlier brief") {
		t.Errorf("the first brief compares with another:\n%s", saved)
	}
	d.says("\nSINCE THE LAST BRIEF, …: nothing has changed\n", path)

	write(treaty("confirmed", ratified))
	d.says(": 1 new, 1 of another status\n  19 June 2024 · Signed: reported → confirmed\n…\n…24 Oct…  New: ", path)
	d.says(": nothing has changed\n", path, "--filter", "topic:talks")
	d.says("\nPUBLIC SINCE OCTOBER 2024: 1 event; only dates could be compared\n…\n…24 Oct…  New: ", path, "--since", "2024-10")
	for _, flags := range [][]string{{"--since", "never"}, {"--no-state"}} {
		out, _ := d.brief(append(flags, path)...)
		if strings.Contains(out, "SINCE") || strings.Contains(out, "NEW") || strings.Contains(out, "earlier") {
			t.Errorf("%v: it is compared all the same:\n%s", flags, out)
		}
	}
	d.save(path)
	d.says(": nothing has changed\n", path)

	write(treaty("confirmed", ""))
	d.says(": 1 withdrawn\n  24 October 2024 · Ratified: withdrawn\n", path)
}

func TestBottomLineIsThatOfTheFileUnlessGiven(t *testing.T) {
	path := filepath.Join(t.TempDir(), "treaty.json")
	if err := os.WriteFile(path, []byte(treaty("reported", "")), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	d.says("\nBOTTOM LINE\n  It holds.\n", path)
	d.says("\nBOTTOM LINE\n  It will not.\n", path, "--bottom-line", "It will not.")
}

func TestStandardInputIsNotRecorded(t *testing.T) {
	d := newDesk(t)
	brief := filepath.Join(t.TempDir(), "brief.txt")
	for range 2 {
		var out, errs bytes.Buffer
		code := run([]string{"brief", "-", "--force", "--output", brief}, d.env(), strings.NewReader(treaty("reported", "")), &out, &errs)
		text, err := os.ReadFile(brief)
		if code != exitOK || errs.Len() > 0 || err != nil || strings.Contains(string(text), "brief,") || strings.Contains(string(text), "earlier brief") {
			t.Errorf("exit code %d, errors %q, %v:\n%s", code, errs.String(), err, text)
		}
	}
	if _, err := os.Stat(d.state); err == nil {
		t.Error("state was saved for standard input")
	}
}

func TestBrokenRecordIsReportedAndIgnored(t *testing.T) {
	d := newDesk(t)
	d.save()
	for text, want := range map[string]string{
		"{":              "dateline: …: the record of the last brief cannot be read: …\n",
		`{"version": 7}`: "dateline: …: the record of the last brief has version 7, not 2\n",
		`{"version": 1}`: "dateline: …: the last brief was saved by an earlier version, and cannot be compared; …\n",
		`{"version":2,"events":{"a":{"status":"odd"}}}`: "dateline: …unknown status \"odd\"\n",
	} {
		if err := os.WriteFile(d.file().recordPath(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, errs := d.brief(); !like(errs, want) || !strings.HasPrefix(out, "RUSSIA AND NORTH KOREA") {
			t.Errorf("%s: errors %q, want %q", text, errs, want)
		}
	}
}

// The tiers of a brief are the marks made in the viewer.
func TestBriefHeedsTheMarks(t *testing.T) {
	d := newDesk(t)
	const oldest, second = "2023-05-31-malligyong-first-failure", "2023-08-24-malligyong-second-failure"
	d.mark(map[string]timeline.Tier{oldest: timeline.Must, second: timeline.Should})
	tiers := func(args ...string) map[string]string {
		out, errs := d.brief(append(args, "--format", "json")...)
		var brief struct{ Events []struct{ ID, Tier string } }
		if err := json.Unmarshal([]byte(out), &brief); err != nil || errs != "" {
			t.Fatal(err, errs)
		}
		tiers := make(map[string]string)
		for _, e := range brief.Events {
			tiers[e.ID] = e.Tier
		}
		return tiers
	}
	if got := tiers(); got[oldest] != "must" || got[second] != "should" || len(got) < 3 {
		t.Errorf("got %v", got)
	}
	if got := tiers("--filter", "marked:must"); len(got) != 1 {
		t.Errorf("got %v, want one event", got)
	}
	if got := tiers("--no-state"); got[oldest] != "" {
		t.Errorf("got %v despite --no-state", got)
	}
}

func TestMustThatDoesNotFitIsReported(t *testing.T) {
	d := newDesk(t)
	all := make(map[string]timeline.Tier)
	for _, e := range fixture.Events(t) {
		all[e.ID] = timeline.Must
	}
	d.mark(all)
	out, errs := d.brief()
	if !like(errs, "dateline: … events that must be told do not fit\n") || !strings.Contains(out, " that must be told do not fit\n") {
		t.Errorf("errors %q:\n%s", errs, out)
	}
}

// The record of a million events took a minute to make, and more space than most
// files.
func TestTimelineTooLargeForARecordHasNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var b strings.Builder
	for i := range mostRecorded + 1 {
		fmt.Fprintf(&b, `{"id":"e%d","date":"2024","title":"T","sources":[{"publisher":"P","title":"T"}]}`+"\n", i)
	}
	path := filepath.Join(t.TempDir(), "large.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{path, "--filter", "id:e7"}
	if _, errs := d.brief(append(args, "--output", filepath.Join(t.TempDir(), "brief.txt"))...); errs !=
		"dateline: the brief is saved, but its 100,001 events are too many to compare the next one with; use --since DATE\n" {
		t.Errorf("errors %q", errs)
	}
	if left, err := os.ReadDir(d.state); err == nil && len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
	if out, errs := d.brief(args...); strings.Contains(out, "no earlier brief") || errs != "" {
		t.Errorf("errors %q; it claims that there was no earlier brief:\n%s", errs, out)
	}
}
