package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine says what it was measured on, and with which versions.
func (m *measurer) machine() (table, error) {
	t := table{heads: []string{"what", "which"}}
	say := func(what, which string) { t.rows = append(t.rows, []string{what, which}) }
	say("processor", afterColon("/proc/cpuinfo", "model name"))
	say("processors used", strings.TrimSpace(printed("nproc")))
	say("memory", afterColon("/proc/meminfo", "MemTotal"))
	say("system", strings.TrimSpace(printed("uname", "-sr")))
	say("load when it began", strings.TrimSpace(contents("/proc/loadavg")))
	say("Go", runtime.Version())
	say("packages", strings.Join(strings.Fields(printed("dpkg-query", "-W", "-f", "${Package}=${Version} ", "lnav", "visidata", "fzf", "jq", "ripgrep", "coreutils")), ", "))
	return t, nil
}

// printed is what a program prints; nothing if it is not there.
func printed(name string, args ...string) string {
	out, _ := exec.Command(name, args...).Output()
	return string(out)
}

func contents(path string) string {
	text, _ := os.ReadFile(path)
	return string(text)
}

// afterColon is the value of the first line of a file that begins with a name.
func afterColon(path, name string) string {
	for line := range strings.Lines(contents(path)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
