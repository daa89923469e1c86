package format_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// golden compares text with a file in testdata.
// told says what a person is told of reading a file.
func told(report format.Report, err error) string {
	var b strings.Builder
	for _, p := range report.Problems {
		fmt.Fprintln(&b, p)
	}
	if err != nil {
		fmt.Fprintln(&b, "error:", err)
	}
	fmt.Fprintf(&b, "%d of %d events left out\n", report.LeftOut, report.Found)
	return b.String()
}

func TestBrokenFilesAreExplained(t *testing.T) {
	paths, err := filepath.Glob("testdata/broken/*.json*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no broken files:", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tl, report, err := format.Read(format.File{Name: filepath.Base(path), Text: string(text)})
		if err == nil && len(report.Problems) == 0 {
			t.Errorf("%s: nothing is wrong with it", path)
		}
		if err == nil && tl.Len() != report.Found-report.LeftOut {
			t.Errorf("%s: %d found, %d left out, %d there", path, report.Found, report.LeftOut, tl.Len())
		}
		fixture.Golden(t, strings.TrimSuffix(path, filepath.Ext(path))+".txt", told(report, err))
	}
}
