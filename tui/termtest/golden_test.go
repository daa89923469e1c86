package termtest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// complaints is a test that remembers what went wrong.
type complaints struct {
	testing.TB
	text string
}

func (c *complaints) Helper()           {}
func (c *complaints) Error(args ...any) { c.text += fmt.Sprintln(args...) }
func (c *complaints) Errorf(format string, args ...any) {
	c.text += fmt.Sprintf(format, args...)
}

// setUpdate is the -update flag for one test.
func setUpdate(t *testing.T, on bool) {
	old := *update
	*update = on
	t.Cleanup(func() { *update = old })
}

func TestGoldenShowsTheLinesThatDiffer(t *testing.T) {
	t.Chdir(t.TempDir())
	setUpdate(t, false)
	if err := writeGolden("testdata/list.golden", "one\ntwo\nthree\nfour\nfive\n"); err != nil {
		t.Fatal(err)
	}
	var c complaints
	Golden(&c, "list", "one\ntwo\n3\nfour\nfive\nsix\n")
	want := "     2 two\n-    3 three\n+    3 3\n     5 five\n+    6 six\n"
	if !strings.HasSuffix(c.text, want) {
		t.Errorf("got\n%swant it to end in\n%s", c.text, want)
	}
}

func TestGoldenIsWrittenOnlyWhenAsked(t *testing.T) {
	t.Chdir(t.TempDir())
	setUpdate(t, false)
	var c complaints
	Golden(&c, "wide/list", "one\n")
	if !strings.Contains(c.text, "-update") || !strings.Contains(c.text, "one\n") {
		t.Errorf("got %q", c.text)
	}
	if _, err := os.Stat("testdata"); err == nil {
		t.Error("a file was written unasked")
	}

	setUpdate(t, true)
	Golden(t, "wide/list", "one\n")
	setUpdate(t, false)
	Golden(t, "wide/list", "one\n")
}
