package termtest

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files in testdata anew")

// Golden compares got with testdata/name.golden and fails the test, with a
// diff by line, when they differ. Run with -update, the test writes the file
// instead; then it is the diff of the commit that must be read.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	want, err := os.ReadFile(path)
	switch {
	case *update:
		if err == nil && bytes.Equal(want, []byte(got)) {
			return
		}
		if err := writeGolden(path, got); err != nil {
			t.Error(err)
		}
	case err != nil:
		t.Errorf("%v (run the test with -update to write it); got:\n%s", err, got)
	case string(want) != got:
		t.Errorf("%s differs (run the test with -update to accept it):\n%s",
			path, diff(string(want), got))
	}
}

func writeGolden(path, got string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(got), 0o644)
}

// diff lists the lines that differ, those of want after "-" and those of got
// after "+", each with its number, and the unchanged line before each group.
func diff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	common := commonLines(a, b)
	var out strings.Builder
	i, j, changed := 0, 0, false
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i, j, changed = i+1, j+1, false
			continue
		}
		if !changed && i > 0 {
			fmt.Fprintf(&out, "  %4d %s\n", i, a[i-1])
		}
		changed = true
		if j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1] {
			fmt.Fprintf(&out, "- %4d %s\n", i+1, a[i])
			i++
		} else {
			fmt.Fprintf(&out, "+ %4d %s\n", j+1, b[j])
			j++
		}
	}
	return out.String()
}

// commonLines is the table of longest common subsequences: how many lines
// a[i:] and b[j:] have in common, in order.
func commonLines(a, b []string) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
