package format_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline/format"
)

var update = flag.Bool("update", false, "write testdata anew")

// golden compares text with a file in testdata.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it anew); got\n%s\nwant\n%s", path, got, want)
	}
}

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
		golden(t, strings.TrimSuffix(path, filepath.Ext(path))+".txt", told(report, err))
	}
}
