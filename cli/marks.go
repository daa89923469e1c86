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
	"slices"
	"strings"
	"syscall"

	"dateline/timeline"
)

// A marksFile holds the marks and notes of one timeline, by event id. It lies in
// the XDG state directory, and is written only when a mark or a note changes.
type marksFile struct{ path string }

// savedMarks is the content of a marksFile.
type savedMarks struct {
	Of    string            `json:"of"`    // the file, for people
	Marks map[string]string `json:"marks"` // must, should or could, by event id
	Notes map[string]string `json:"notes,omitempty"`
}

// marksOf returns the marks file of the timeline in the named files, or of the
// built-in one.
func marksOf(args []string, env func(string) string) (marksFile, error) {
	dir, err := stateDir(env)
	if err != nil {
		return marksFile{}, err
	}
	names := []string{"inside"} // the built-in timeline
	if len(args) > 0 {
		names = nil
		for _, name := range args {
			path, err := filepath.Abs(name)
			if err != nil {
				return marksFile{}, err
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
	return marksFile{filepath.Join(dir, name+"-"+hex.EncodeToString(sum[:6])+".json")}, nil
}

// stateDir is the folder of the files that dateline writes.
func stateDir(env func(string) string) (string, error) {
	return xdg(env, "XDG_STATE_HOME", "LocalAppData", filepath.Join(".local", "state"))
}

// configDir is the folder of the configuration.
func configDir(env func(string) string) (string, error) {
	return xdg(env, "XDG_CONFIG_HOME", "AppData", ".config")
}

// xdg returns dateline's folder in a directory of the XDG Base Directory
// Specification: the one that a variable names, or else one below the home
// directory. On Windows another variable names that.
func xdg(env func(string) string, name, windows, below string) (string, error) {
	if dir := env(name); filepath.IsAbs(dir) {
		return filepath.Join(dir, "dateline"), nil
	}
	if runtime.GOOS == "windows" {
		if dir := env(windows); dir != "" {
			return filepath.Join(dir, "dateline"), nil
		}
	}
	if home := env("HOME"); home != "" {
		return filepath.Join(home, below, "dateline"), nil
	}
	return "", errors.New("there is no home directory; set HOME")
}

// isMissing reports whether a file does not exist. Its folder may be no folder
// either, since services often have HOME=/dev/null.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// read returns the marks and notes; a missing file has none.
func (f marksFile) read() (timeline.Margin, error) {
	var saved savedMarks
	if found, err := readState(f.path, "the marks", &saved); !found {
		return timeline.Margin{}, err
	}
	m := timeline.Margin{Marks: make(map[string]timeline.Tier), Notes: saved.Notes}
	for id, word := range saved.Marks {
		if tier, ok := timeline.ParseTier(word); ok && tier != timeline.NoTier {
			m.Marks[id] = tier
		}
	}
	return m, nil
}

// write replaces the marks and notes.
func (f marksFile) write(of string, m timeline.Margin) error {
	saved := savedMarks{Of: of, Marks: make(map[string]string), Notes: m.Notes}
	for id, tier := range m.Marks {
		saved.Marks[id] = tier.String()
	}
	text, err := json.MarshalIndent(saved, "", "  ")
	if err != nil {
		return err
	}
	return writeState(f.path, text)
}

// readState reads a file of dateline's own, which has some content. It is not an
// error if the file is missing.
func readState(path, content string, to any) (found bool, err error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s: %s are no regular file", path, content)
	}
	text, err := readOwn(path)
	switch {
	case isMissing(err):
		return false, nil
	case err != nil:
		return false, err
	}
	if err := json.Unmarshal(text, to); err != nil {
		return false, fmt.Errorf("%s: %s cannot be read: %w", path, content, err)
	}
	return true, nil
}

// mostOwn is how large a file may be that dateline keeps or is configured by.
const mostOwn = 64 << 20

// readOwn reads such a file.
func readOwn(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostOwn+1))
	if err == nil && len(text) > mostOwn {
		err = fmt.Errorf("%s: this is larger than %d MiB", path, mostOwn>>20)
	}
	return text, err
}

// writeState writes a file of dateline's own, all or nothing. A symbolic link to
// it stays one.
func writeState(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return writeFile(path, 0o600, true, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s\n", text)
		return err
	})
}

// saver returns a function that saves a margin as it changes. It applies only the
// changes made since the margin was read, so that those of another viewer stay.
func (f marksFile) saver(of string, read timeline.Margin) func(timeline.Margin) error {
	before := cloned(read)
	return func(now timeline.Margin) error {
		saved, err := f.read()
		if err != nil {
			return err
		}
		saved = timeline.Margin{Marks: merged(saved.Marks, before.Marks, now.Marks), Notes: merged(saved.Notes, before.Notes, now.Notes)}
		if err := f.write(of, saved); err != nil {
			return err
		}
		before = cloned(now)
		return nil
	}
}

func cloned(m timeline.Margin) timeline.Margin {
	return timeline.Margin{Marks: maps.Clone(m.Marks), Notes: maps.Clone(m.Notes)}
}

// merged is saved with the changes from before to now.
func merged[V comparable](saved, before, now map[string]V) map[string]V {
	merged := make(map[string]V)
	maps.Copy(merged, saved)
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

// unkept says why a file cannot be kept, if it is known: a part of its path is no
// folder.
func unkept(path string) error {
	for dir := filepath.Dir(path); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil {
			if !info.IsDir() {
				return fmt.Errorf("%s is not a folder", dir)
			}
			return nil
		}
	}
	return nil
}

// marks returns the marks file of an opened timeline; ok is false if nothing is
// saved. Standard input has no name to save marks under.
func (c *command) marks(o *opened) (f marksFile, ok bool) {
	if c.noState || slices.Contains(o.args, "-") {
		return f, false
	}
	f, err := marksOf(o.args, c.env)
	return f, err == nil
}

// addMargin adds the saved marks and notes to an opened timeline.
func (c *command) addMargin(o *opened) {
	f, ok := c.marks(o)
	if !ok {
		return
	}
	margin, err := f.read()
	if errors.Is(err, fs.ErrPermission) {
		c.noState = true // said once
		err = fmt.Errorf("marks and notes are neither read nor saved: %w", err)
	}
	if err != nil {
		c.say("%s", err)
		return
	}
	o.Timeline = o.WithMargin(o.Current(margin))
}

// keepTyped appends text that was being typed when the viewer failed to a file,
// and returns the name of the file.
func keepTyped(text string, env func(string) string) (name string, err error) {
	dir, err := stateDir(env)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name = filepath.Join(dir, "typed.txt")
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintln(f, text)
	return name, errors.Join(err, f.Close())
}
