// Command notices writes the licences of everything that is linked into dateline,
// on any system for which it is built:
//
//	go run ./docs/notices > THIRD_PARTY_NOTICES
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	text, err := notices()
	if err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
	os.Stdout.WriteString(text)
}

var systems = []string{"linux", "darwin", "windows", "freebsd"}

// A file with a licence or a notice that must go with the program.
var legal = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-_.].*)?$`)

// notices returns the licences by module. Those of the Go standard library stand
// with a module that has the same, because not every system keeps the library's.
func notices() (string, error) {
	var b strings.Builder
	b.WriteString("Dateline contains the following software, under the licences given here.\n")
	modules := make(map[string]string) // name and version, to folder
	for _, system := range systems {
		list := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}	{{.Dir}}{{end}}{{end}}`, "dateline")
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return "", err
		}
		for line := range strings.Lines(string(out)) {
			if name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				modules[name] = dir
			}
		}
	}
	var names []string
	for name := range modules {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		title := name
		if strings.HasPrefix(name, "golang.org/x/text ") {
			title += ", and the Go standard library, whose licence is the same"
		}
		if err := write(&b, title, modules[name]); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// write writes the licences that lie in the folder of a module.
func write(b *strings.Builder, name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		if e.IsDir() || !legal.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		fmt.Fprintf(b, "\n%s\n%s (%s)\n\n%s\n", strings.Repeat("=", 80), name, e.Name(), bytes.TrimSpace(text))
		found = true
	}
	if !found {
		return fmt.Errorf("%s: there is no licence in %s", name, dir)
	}
	return nil
}
