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

// Every screen appears at its time, and where motion is not wanted the first stays.
func TestFilmShowsEveryScreen(t *testing.T) {
	p, err := parse([]string{"-w", "20", "-h", "3", "-film", "-keys", "1s one enter 2s two enter",
		"sh", "-c", "stty -echo; echo ready; read x; echo got-$x; read y; echo and-$y; read x"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var svg strings.Builder
	if err := p.draw(&svg); err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, want := range []string{"animation:4s step-end infinite", "f2{0%{visibility:hidden}35.00%", "prefers-reduced-motion:reduce", ">ready<", `style="animation-name:f2"`, ">got-one<", "f4", ">and-two<"} {
		at := strings.Index(svg.String()[last:], want)
		if at < 0 {
			t.Fatalf("%s is missing, or too early, in\n%s", want, svg.String())
		}
		last += at
	}
	if n := strings.Count(svg.String(), ">ready<"); n != 1 {
		t.Errorf("a row that stays is drawn %d times", n)
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
