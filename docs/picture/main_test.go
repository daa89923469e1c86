package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPictureShowsTheScreenAfterTheKeys(t *testing.T) {
	out := filepath.Join(t.TempDir(), "screen.svg")
	p, err := parse([]string{"-w", "20", "-h", "3", "-light", "-keys", "hello enter", "-o", out,
		"sh", "-c", "stty -echo; echo ready; read x; echo got-$x; read x"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.draw(io.Discard); err != nil {
		t.Fatal(err)
	}
	svg, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`width="212"`, `fill="#ffffff"`, ">ready<", ">got-hello<"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("%s is missing in\n%s", want, svg)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(out), ".*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestWrongUsageIsExplained(t *testing.T) {
	for _, args := range [][]string{{}, {"-w", "0", "ls"}, {"-x", "ls"}} {
		var stderr strings.Builder
		if _, err := parse(args, &stderr); err == nil || !strings.Contains(stderr.String(), "usage: picture") {
			t.Errorf("%q: error %v, said %q", args, err, stderr.String())
		}
	}
}

func TestProgramThatCannotRunIsAnError(t *testing.T) {
	p, err := parse([]string{"./no-such-program"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.draw(io.Discard); err == nil || !strings.Contains(err.Error(), "no-such-program") {
		t.Errorf("got %v", err)
	}
}
