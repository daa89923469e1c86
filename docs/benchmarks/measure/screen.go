//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A start is a program with a text that is on the screen once its first rows are.
type start struct {
	command
	row  string
	took []time.Duration
}

// startsInTurn starts programs in turn and waits for their first rows.
func (m *measurer) startsInTurn(rounds int, starts ...*start) error {
	for round := range m.rounds(rounds) + 1 {
		for _, s := range starts {
			if !s.installed() {
				continue
			}
			took, err := m.firstRow(s)
			if err != nil {
				return err
			}
			if round > 0 { // the first one fills the page cache
				s.took = append(s.took, took)
			}
		}
	}
	for _, s := range starts {
		m.log("%-40s median %s, 90%% within %s", s.label, shown(median(s.took)), shown(quantile(s.took, 0.9)))
	}
	return nil
}

func (m *measurer) firstRow(s *start) (time.Duration, error) {
	home := s.home
	if home == "" {
		var err error
		if home, err = m.newHome(); err != nil {
			return 0, err
		}
	}
	t, err := open(home, width, s.command)
	if err != nil {
		return 0, err
	}
	defer t.close()
	return t.shows(s.row)
}

// smallest returns the smallest Bubble Tea program, the baseline.
func (m *measurer) smallest() *start {
	return &start{command: command{label: "the smallest program", name: m.program("smallest")}, row: "row   0"}
}

// startup measures the time to the first rows of the built-in timeline.
func (m *measurer) startup() (table, error) {
	inside := filepath.Join(m.scratch, "inside.jsonl")
	if out, err := exec.Command(m.program("dateline"), "export", "--format", "jsonl", "-o", inside).CombinedOutput(); err != nil {
		return table{}, fmt.Errorf("%w: %s", err, out)
	}
	row, err := firstTitle(inside)
	if err != nil {
		return table{}, err
	}
	dateline := &start{command: command{label: "dateline", name: m.program("dateline")}, row: row}
	smallest := m.smallest()
	last, err := lastTitle(inside) // lnav opens at the end
	if err != nil {
		return table{}, err
	}
	lnav := &start{command: command{label: "lnav", name: "lnav", args: []string{inside}}, row: last}
	if err := m.startsInTurn(100, smallest, dateline, lnav); err != nil {
		return table{}, err
	}
	t := compared()
	t.ratio("first rows of the built-in timeline", median(dateline.took), smallest.label, median(smallest.took), 0)
	t.later(dateline, smallest)
	t.ratio("", median(dateline.took), lnav.label, median(lnav.took), 0.3)
	return t, nil
}

// rows measures the time to the first rows of a large file.
func (m *measurer) rows() (table, error) {
	smallest := m.smallest()
	starts := []*start{smallest}
	for _, name := range []string{"ev1m.jsonl", "ev5m.jsonl"} {
		path := m.file(name)
		row, err := firstTitle(path)
		if err != nil {
			return table{}, err
		}
		starts = append(starts, &start{command: command{label: name, name: m.program("dateline"), args: []string{"--no-cache", path}}, row: row})
	}
	if err := m.startsInTurn(100, starts...); err != nil {
		return table{}, err
	}
	t := compared()
	for k, what := range []string{"first rows of 1 M events", "first rows of 5 M events"} {
		t.ratio(what, median(starts[k+1].took), smallest.label, median(smallest.took), 0)
		t.later(starts[k+1], smallest)
	}
	return t, nil
}

// mostLater is the target of first rows: how many milliseconds later than those of
// the smallest program, as the median of pairs.
const mostLater = 2

// later adds a row: how much later than another program one showed its rows.
func (t *table) later(one, other *start) {
	var differences []time.Duration
	for k := range one.took {
		differences = append(differences, one.took[k]-other.took[k])
	}
	d := median(differences)
	t.add("", fmt.Sprintf("%s later", shown(d)), fmt.Sprintf("median of %d pairs", len(differences)), float64(d)/float64(time.Millisecond), "ms", mostLater)
}

// firstTitle returns the beginning of the first event's title in a JSON Lines
// file, short enough for any screen.
func firstTitle(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadBytes('\n')
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return title(line)
}

// lastTitle does the same for the last event.
func lastTitle(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return title(lines[len(lines)-1])
}

func title(line []byte) (string, error) {
	var event struct{ Title string }
	err := json.Unmarshal(line, &event)
	title := []rune(event.Title)
	return string(title[:min(len(title), 16)]), err
}

// keys measures the time from a key to the output it causes, at a million events,
// and the bytes of that output when the list scrolls.
func (m *measurer) keys() (table, error) {
	home, err := m.newHome()
	if err != nil {
		return table{}, err
	}
	path := m.file("ev1m.jsonl")
	row, err := firstTitle(path)
	if err != nil {
		return table{}, err
	}
	smallest, err := m.open(m.smallest(), home, width)
	if err != nil {
		return table{}, err
	}
	defer smallest.close()
	dateline, err := m.open(&start{command: command{name: m.program("dateline"), args: []string{"--no-state", path}}, row: row}, home, width)
	if err != nil {
		return table{}, err
	}
	defer dateline.close()

	t := compared()
	for _, c := range []struct {
		what   string
		before string // typed first
		keys   string
		rest   time.Duration // enough for the key's job to finish
	}{
		{"next event", "", strings.Repeat("j", m.rounds(600)), 25 * time.Millisecond},
		{"a letter of a filter", "f", strings.Repeat("government\x15the ministry\x15amber corridor\x15-quick\x15", m.rounds(6)), 200 * time.Millisecond},
	} {
		if c.before != "" {
			if _, err := dateline.press(c.before); err != nil {
				return t, err
			}
			dateline.settle(quiet)
		}
		ours, theirs, err := pressInTurn(c.keys, c.rest, dateline, smallest)
		if err != nil {
			return t, err
		}
		for _, q := range []struct {
			name          string
			share, atMost float64
		}{{"median", 0.5, 1.2}, {"99th percentile", 0.99, 1.3}} {
			t.ratio(fmt.Sprintf("%s, %s of %d", c.what, q.name, len(ours)), quantile(ours, q.share), "the smallest program", quantile(theirs, q.share), q.atMost)
		}
	}
	for _, of := range []struct {
		what  string
		width int
	}{{"bytes a step, the list alone (59 columns, two rows an event)", 59}, {"bytes a step, the list beside the detail (120 columns)", width}} {
		n, err := m.bytesAStep(home, of.width, path, row)
		if err != nil {
			return t, err
		}
		t.add(of.what, fmt.Sprintf("%.0f", n), "", n, "bytes", 200)
	}
	return t, nil
}

// quiet is how long a program writes nothing once it is at rest.
const quiet = 400 * time.Millisecond

// open starts a program and waits until it is at rest.
func (m *measurer) open(s *start, home string, w int) (*terminal, error) {
	t, err := open(home, w, s.command)
	if err != nil {
		return nil, err
	}
	if _, err := t.shows(s.row); err != nil {
		t.close()
		return nil, err
	}
	t.settle(quiet)
	return t, nil
}

// between is the time between two frames in both programs.
const between = time.Second / 120

// pressInTurn types keys into two programs and returns the time of each key. A key
// is pressed once the program is at rest, after a random wait of up to three
// frames, so that every moment between two frames is equally likely.
func pressInTurn(keys string, rest time.Duration, one, other *terminal) (ofOne, ofOther []time.Duration, err error) {
	for _, key := range keys {
		for _, program := range []struct {
			*terminal
			took *[]time.Duration
		}{{one, &ofOne}, {other, &ofOther}} {
			program.settle(rest + rand.N(3*between))
			took, err := program.press(string(key))
			if err != nil {
				return nil, nil, err
			}
			*program.took = append(*program.took, took)
		}
	}
	return ofOne, ofOther, nil
}

// bytesAStep scrolls a list from its lower edge, and returns the bytes written a
// step.
func (m *measurer) bytesAStep(home string, w int, path, row string) (float64, error) {
	t, err := m.open(&start{command: command{name: m.program("dateline"), args: []string{"--no-state", path}}, row: row}, home, w)
	if err != nil {
		return 0, err
	}
	defer t.close()
	const steps = 200
	written := 0
	for n := range height + steps {
		if _, err := t.file.WriteString("j"); err != nil {
			return 0, err
		}
		if wrote := t.settle(25 * time.Millisecond); n >= height {
			written += wrote
		}
	}
	return float64(written) / steps, nil
}
