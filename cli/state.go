package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"dateline/timeline"
)

// A state file keeps what a reader writes in the margin of a timeline: marks and
// notes, by event id. It lies under the XDG state directory, one for each file,
// and is written only when the reader writes.
type stateFile struct{ path string }

// state is what a state file holds.
type state struct {
	Of    string            `json:"of"`    // the file it belongs to, for people
	Marks map[string]string `json:"marks"` // must, should or could, by event id
	Notes map[string]string `json:"notes,omitempty"`
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

// stateDir is where programs keep state.
func stateDir(env func(string) string) (string, error) {
	return xdg(env, "XDG_STATE_HOME", "LocalAppData", filepath.Join(".local", "state"))
}

// configDir is where programs keep what their user tells them.
func configDir(env func(string) string) (string, error) {
	return xdg(env, "XDG_CONFIG_HOME", "AppData", ".config")
}

// xdg returns a directory of the XDG Base Directory Specification: the one that a
// variable names, or else a place below the home directory. On Windows another
// variable names that place.
func xdg(env func(string) string, name, windows, below string) (string, error) {
	if dir := env(name); filepath.IsAbs(dir) {
		return dir, nil
	}
	if runtime.GOOS == "windows" {
		if dir := env(windows); dir != "" {
			return dir, nil
		}
	}
	if home := env("HOME"); home != "" {
		return filepath.Join(home, below), nil
	}
	return "", errors.New("there is no home directory")
}

// margin reads what the reader wrote; a file that is not there has nothing.
func (s stateFile) margin() (timeline.Margin, error) {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return timeline.Margin{}, nil
	}
	if err != nil {
		return timeline.Margin{}, err
	}
	var st state
	if err := json.Unmarshal(text, &st); err != nil {
		return timeline.Margin{}, fmt.Errorf("%s: the marks cannot be read: %w", s.path, err)
	}
	m := timeline.Margin{Marks: make(map[string]timeline.Tier), Notes: st.Notes}
	for id, word := range st.Marks {
		if tier, ok := timeline.ParseTier(word); ok && tier != timeline.NoTier {
			m.Marks[id] = tier
		}
	}
	return m, nil
}

// save writes a margin, all or nothing.
func (s stateFile) save(of string, m timeline.Margin) error {
	st := state{Of: of, Marks: make(map[string]string), Notes: m.Notes}
	for id, tier := range m.Marks {
		st.Marks[id] = tier.String()
	}
	text, err := json.MarshalIndent(st, "", "  ") // which sorts by id
	if err != nil {
		return err
	}
	return writeState(s.path, text)
}

// writeState writes a file of the reader's own, all or nothing.
func writeState(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeFile(path, 0o600, true, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s\n", text)
		return err
	})
}

// keepTyped adds text that the viewer could not take any more to a file for it,
// and returns the name of the file.
func keepTyped(text string, env func(string) string) (name string, err error) {
	dir, err := stateDir(env)
	if err != nil {
		return "", err
	}
	name = filepath.Join(dir, "dateline", "typed.txt")
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", err
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintln(f, text)
	return name, errors.Join(err, f.Close())
}

// keeper returns a function that keeps a margin as it changes. It writes only
// what has changed since it was read, so that what another viewer writes
// meanwhile stays.
func (s stateFile) keeper(of string, read timeline.Margin) func(timeline.Margin) error {
	before := cloned(read)
	return func(now timeline.Margin) error {
		kept, err := s.margin()
		if err != nil {
			return err
		}
		kept = timeline.Margin{Marks: changed(kept.Marks, before.Marks, now.Marks), Notes: changed(kept.Notes, before.Notes, now.Notes)}
		if err := s.save(of, kept); err != nil {
			return err
		}
		before = cloned(now)
		return nil
	}
}

func cloned(m timeline.Margin) timeline.Margin {
	return timeline.Margin{Marks: maps.Clone(m.Marks), Notes: maps.Clone(m.Notes)}
}

// changed is what is kept, with what has changed from before to now.
func changed[V comparable](kept, before, now map[string]V) map[string]V {
	merged := make(map[string]V)
	maps.Copy(merged, kept)
	for id, v := range now {
		if old, was := before[id]; !was || old != v {
			merged[id] = v
		}
	}
	for id := range before {
		if _, is := now[id]; !is {
			delete(merged, id)
		}
	}
	return merged
}
