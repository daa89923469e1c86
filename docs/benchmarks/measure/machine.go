//go:build unix

package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine lists the machine and the versions of the programs.
func (m *measurer) machine() (table, error) {
	t := table{heads: []string{"property", "value"}}
	say := func(what, which string) { t.rows = append(t.rows, []string{what, which}) }
	say("processor", afterColon("/proc/cpuinfo", "model name"))
	say("processors used", strings.TrimSpace(printed("nproc")))
	say("memory", afterColon("/proc/meminfo", "MemTotal"))
	say("system", strings.TrimSpace(printed("uname", "-sr")))
	say("load at the start", strings.TrimSpace(contents("/proc/loadavg")))
	say("Go", runtime.Version())
	say("packages", strings.Join(strings.Fields(printed("dpkg-query", "-W", "-f", "${Package}=${Version} ", "lnav", "visidata", "fzf", "jq", "ripgrep", "coreutils")), ", "))
	return t, nil
}

// printed returns the output of a program, empty if it is not installed.
func printed(name string, args ...string) string {
	out, _ := exec.Command(name, args...).Output()
	return string(out)
}

func contents(path string) string {
	text, _ := os.ReadFile(path)
	return string(text)
}

// afterColon returns the value on the first line of a file that begins with key.
func afterColon(path, name string) string {
	for line := range strings.Lines(contents(path)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
