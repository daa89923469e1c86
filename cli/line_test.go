package cli

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"dateline/tui/termtest"
)

// printed is the part of a brief that changes from day to day.
var printed = regexp.MustCompile(`printed \d+ \w+ \d+, [\d,]+ days later`)

// TestLineModeTellsAMeeting opens the timeline, filters it by an actor, reads an
// event with its sources, looks through the brief, marks and saves, all by ear. The
// transcript has each line of the script before its answer.
func TestLineModeTellsAMeeting(t *testing.T) {
	keys := []string{
		"a", "putin", "enter", // whom the meeting is with
		"t", "2024-06-19", "enter", "j", // when they met last
		"enter", "j", "j", "j", "G", "k", "esc", // what it rests on
		"s", "down", "esc",
		"m", "e", "Ask about Article 4", "enter",
		"B", "j", "j", "j", "j", "j", "x", "enter", "enter", "esc", // the page for the meeting
		"x", "ctrl+u", "treaty.csv", "enter",
		"ctrl+g", "esc",
	}
	script := strings.Join(keys, "\n") + "\n"
	var out, errs bytes.Buffer
	t.Run("meeting", func(t *testing.T) {
		t.Chdir(t.TempDir())
		if code := run([]string{"--line"}, newDesk(t).env(), strings.NewReader(script), &out, &errs); code != exitOK || errs.Len() > 0 {
			t.Fatalf("exit code %d, errors %q", code, errs.String())
		}
		for _, name := range []string{"brief.txt", "treaty.csv"} {
			if text, err := os.ReadFile(name); err != nil || len(text) == 0 {
				t.Errorf("%s has %d bytes, %v", name, len(text), err)
			}
		}
	})
	answers := strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(answers) != 1+len(keys) {
		t.Fatalf("%d lines for %d keys:\n%s", len(answers), len(keys), out.String())
	}
	var transcript strings.Builder
	transcript.WriteString(answers[0])
	for i, key := range keys {
		transcript.WriteString("> " + key + "\n" + answers[i+1])
	}
	transcript.WriteByte('\n')
	termtest.Golden(t, "line", printed.ReplaceAllString(transcript.String(), "printed TODAY"))
}
