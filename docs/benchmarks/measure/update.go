//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// mostBusy is the target of Update in milliseconds.
const mostBusy = 8

// update measures how long Update takes for a key, without the frame, by the
// benchmark of package tui.
func (m *measurer) update() (table, error) {
	test := filepath.Join(m.scratch, "tui.test")
	if out, err := exec.Command("go", "test", "-c", "-o", test, "./tui").CombinedOutput(); err != nil {
		return table{}, fmt.Errorf("%w: %s", err, out)
	}
	out, err := exec.Command(test, "-test.run", "^$", "-test.bench", "Update", "-test.benchtime", "3x", "-test.timeout", "30m").CombinedOutput()
	if err != nil {
		return table{}, fmt.Errorf("%w: %s", err, out)
	}
	m.log("%s", out)
	t := table{heads: []string{"keys", "Update, longest", "Update, 99th percentile", "View, longest", "target of Update", ""}}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		name, figures, ok := benchmark(lines.Text())
		if !ok {
			continue
		}
		milliseconds := func(unit string) string { return shown(time.Duration(figures[unit] * float64(time.Millisecond))) }
		verdict := "met"
		if figures["worst-ms"] > mostBusy {
			verdict = "**missed**"
		}
		t.rows = append(t.rows, []string{name, milliseconds("worst-ms"), milliseconds("p99-ms"), milliseconds("worst-view-ms"), fmt.Sprintf("%d ms", mostBusy), verdict})
	}
	if len(t.rows) == 0 {
		return t, fmt.Errorf("the benchmark printed nothing: %s", out)
	}
	return t, nil
}

// benchmark parses a line of a Go benchmark's output: its name without function
// and number of processors, and its figures by unit.
func benchmark(line string) (name string, figures map[string]float64, ok bool) {
	words := strings.Fields(line)
	if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
		return "", nil, false
	}
	_, name, _ = strings.Cut(words[0], "/")
	if k := strings.LastIndexByte(name, '-'); k >= 0 {
		name = name[:k]
	}
	figures = make(map[string]float64)
	for k := 2; k+1 < len(words); k += 2 {
		value, err := strconv.ParseFloat(words[k], 64)
		if err != nil {
			return "", nil, false
		}
		figures[words[k+1]] = value
	}
	return strings.NewReplacer("/", ": ", "_", " ").Replace(name), figures, true
}
