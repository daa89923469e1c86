package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkFirstFrame measures the time from starting the program to the first
// of its text on the terminal, beside that of the smallest Bubble Tea program,
// in turn. It reports the median of each in milliseconds, and their ratio.
//
//	go test -run '^$' -bench FirstFrame -benchtime 40x .
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	dateline := build(b, filepath.Join(dir, "dateline"), ".")
	smallest := build(b, filepath.Join(dir, "smallest"), "./docs/benchmarks/smallest")
	var ours, theirs []float64
	for b.Loop() {
		ours = append(ours, firstText(b, dateline, "Malligyong"))
		theirs = append(theirs, firstText(b, smallest, "ready"))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ours), "ms/dateline")
	b.ReportMetric(median(theirs), "ms/smallest")
	b.ReportMetric(median(ours)/median(theirs), "ratio")
}

func build(b *testing.B, to, pkg string) string {
	b.Helper()
	if out, err := exec.Command("go", "build", "-o", to, pkg).CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
	return to
}

// firstText starts a program on a terminal of 120 by 36 cells and returns the
// milliseconds until text has been written. The terminal answers nothing.
func firstText(b *testing.B, program, text string) float64 {
	b.Helper()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "TMUX=", "NO_COLOR=",
		"HOME=/nowhere", "XDG_CONFIG_HOME=", "XDG_STATE_HOME=")
	start := time.Now()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 36, Cols: 120})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	defer cmd.Wait()
	defer cmd.Process.Kill()
	timeout := time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() })
	defer timeout.Stop()
	var seen []byte
	buf := make([]byte, 1<<16)
	for {
		n, err := f.Read(buf)
		if seen = append(seen, buf[:n]...); bytes.Contains(seen, []byte(text)) {
			return float64(time.Since(start).Microseconds()) / 1000
		}
		if err != nil {
			b.Fatalf("%s: %q was never written: %v", program, text, err)
		}
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
