//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A command is a process to measure from start to end.
type command struct {
	label  string // in the table
	name   string
	args   []string
	says   string // part of the output that proves the work was done
	rounds int    // 0 means as often as the others
	home   string // a new one each time if there is none
	needs  string // a program that the command needs beside the one it names
}

// A record holds the times and the peak memory of a command's runs.
type record struct {
	command
	took   []time.Duration
	memory int64 // peak resident bytes
}

func (r *record) median() time.Duration { return median(r.took) }

func median(times []time.Duration) time.Duration { return quantile(times, 0.5) }

// installed reports whether the programs of a command are there.
func (c *command) installed() bool {
	_, err := exec.LookPath(c.name)
	if err == nil && c.needs != "" {
		_, err = exec.LookPath(c.needs)
	}
	return err == nil
}

// quantile returns the time that the given share of times does not exceed.
func quantile(times []time.Duration, share float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[int(share*float64(len(sorted)-1)+0.5)]
}

// inTurn runs the commands one after the other, several times. An uncounted first
// round warms the page cache and checks that each does its work.
func (m *measurer) inTurn(rounds int, commands ...command) ([]record, error) {
	records := make([]record, len(commands))
	for k, c := range commands {
		records[k].command = c
	}
	for round := range m.rounds(rounds) + 1 {
		for k := range records {
			r := &records[k]
			if !r.installed() {
				continue
			}
			if c := r.command; round == 0 && c.rounds == 0 {
				if err := m.try(c); err != nil {
					return nil, err
				}
			} else if round > 0 && (c.rounds == 0 || round <= c.rounds) {
				if err := m.time(r); err != nil {
					return nil, err
				}
				m.log("%-40s %8.3f s %6.0f MB", r.label, r.took[len(r.took)-1].Seconds(), float64(r.memory)/1e6)
			}
		}
	}
	return records, nil
}

// try runs a command and checks its output.
func (m *measurer) try(c command) error {
	cmd, err := m.command(c)
	if err != nil {
		return err
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", cmd, err, &errs)
	}
	if !strings.Contains(out.String(), c.says) {
		return fmt.Errorf("%s did not print %q but %.300q %.300q", cmd, c.says, &out, &errs)
	}
	return nil
}

// time runs a command and discards its output.
func (m *measurer) time(r *record) error {
	cmd, err := m.command(r.command)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", cmd, err)
	}
	r.took = append(r.took, time.Since(start))
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	r.memory = max(r.memory, usage.Maxrss<<10)
	return nil
}

// command prepares a command, mostly with a new home, because lnav remembers
// filters from one run to the next.
func (m *measurer) command(c command) (*exec.Cmd, error) {
	home := c.home
	if home == "" {
		var err error
		if home, err = m.newHome(); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(c.name, c.args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "XDG_CACHE_HOME=", "LANG=C.UTF-8")
	return cmd, nil
}

// newHome makes a home that holds only lnav's format of events.
func (m *measurer) newHome() (string, error) {
	home, err := os.MkdirTemp(m.scratch, "home-")
	if err != nil {
		return "", err
	}
	formats := filepath.Join(home, ".lnav", "formats", "dateline")
	if err := os.MkdirAll(formats, 0o755); err != nil {
		return "", err
	}
	return home, os.WriteFile(filepath.Join(formats, "format.json"), lnavFormat, 0o644)
}
