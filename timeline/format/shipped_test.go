package format_test

import (
	"os"
	"testing"

	"dateline/timeline"
	"dateline/timeline/format"
)

// shipped is a frozen copy of the timeline that the program ships with, as text
// and as read.
func shipped(t *testing.T) (string, *timeline.Timeline) {
	t.Helper()
	text, err := os.ReadFile("../testdata/frozen.json")
	if err != nil {
		t.Fatal(err)
	}
	tl, report, err := format.Read(format.File{Name: "events.json", Text: string(text)})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(told(report, err))
	}
	return string(text), tl
}
