package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"dateline/timeline"
)

// A state file keeps what a reader does with a timeline: its marks, by event id.
// It lies under the XDG state directory, one for each file, and is written only
// when the reader marks.
type stateFile struct{ path string }

// state is what a state file holds.
type state struct {
	Of    string            `json:"of"`    // the file it belongs to, for people
	Marks map[string]string `json:"marks"` // must, should or could, by event id
}

// stateOf returns the state file of a timeline, by the files that were named;
// none is the timeline inside.
func stateOf(args []string, env func(string) string) (stateFile, error) {
	dir, err := stateDir(env)
	if err != nil {
		return stateFile{}, err
	}
	names := []string{"inside"}
	if len(args) > 0 {
		names = nil
		for _, name := range args {
			path, err := filepath.Abs(name)
			if err != nil {
				return stateFile{}, err
			}
			names = append(names, path)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	name := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '-'
	}, filepath.Base(names[0]))
	const longest = 80 // file systems have limits
	name = name[:min(len(name), longest)]
	return stateFile{filepath.Join(dir, "dateline", name+"-"+hex.EncodeToString(sum[:6])+".json")}, nil
}

// stateDir is where programs keep state: see the XDG Base Directory
// Specification.
func stateDir(env func(string) string) (string, error) {
	if dir := env("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if runtime.GOOS == "windows" {
		if dir := env("LocalAppData"); dir != "" {
			return dir, nil
		}
	}
	if home := env("HOME"); home != "" {
		return filepath.Join(home, ".local", "state"), nil
	}
	return "", errors.New("there is no home directory to keep marks in")
}

// marks reads the reader's marks; a file that is not there has none.
func (s stateFile) marks() (map[string]timeline.Tier, error) {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var st state
	if err := json.Unmarshal(text, &st); err != nil {
		return nil, fmt.Errorf("%s: the marks cannot be read: %w", s.path, err)
	}
	marks := make(map[string]timeline.Tier)
	for id, word := range st.Marks {
		if tier, ok := timeline.ParseTier(word); ok && tier != timeline.NoTier {
			marks[id] = tier
		}
	}
	return marks, nil
}

// save writes the reader's marks, all or nothing.
func (s stateFile) save(of string, marks map[string]timeline.Tier) error {
	st := state{Of: of, Marks: make(map[string]string)}
	for _, id := range slices.Sorted(maps.Keys(marks)) {
		st.Marks[id] = marks[id].String()
	}
	text, err := json.MarshalIndent(st, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(s.path, append(text, '\n'))
}

// keeper returns a function that keeps marks as they change. It writes only what
// has changed since they were read, so that what another viewer marks meanwhile
// stays.
func (s stateFile) keeper(of string, read map[string]timeline.Tier) func(map[string]timeline.Tier) error {
	before := maps.Clone(read)
	return func(marks map[string]timeline.Tier) error {
		kept, err := s.marks()
		if err != nil {
			return err
		}
		if kept == nil {
			kept = make(map[string]timeline.Tier)
		}
		for id, tier := range marks {
			if before[id] != tier {
				kept[id] = tier
			}
		}
		for id := range before {
			if marks[id] == timeline.NoTier {
				delete(kept, id)
			}
		}
		if err := s.save(of, kept); err != nil {
			return err
		}
		before = maps.Clone(marks)
		return nil
	}
}

// writeFile writes a file atomically: it is there whole, or as it was.
func writeFile(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".dateline-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
