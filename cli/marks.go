package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"dateline/cli/state"
	"dateline/timeline"
	"dateline/timeline/postgres"
)

// A marksFile holds the marks and notes of one timeline, by event id. It lies in
// the XDG state directory, or where --state says, and is written only when a mark
// or a note changes.
//
//	{"of": "events.json", "marks": {"id": "must"}, "notes": {"id": "Ask them."}}
type marksFile struct{ path string }

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
			if postgres.IsURL(name) {
				names = append(names, postgres.Name(name))
				continue
			}
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

// read returns the marks and notes; a missing file has none.
func (f marksFile) read() (timeline.Margin, error) {
	text, err := state.Read(f.path)
	if err != nil {
		return timeline.Margin{}, err
	}
	_, margin, err := f.parse(text)
	return margin, err
}

// parse returns the fields of the file, with the marks and notes among them.
func (f marksFile) parse(text []byte) (fields object, m timeline.Margin, err error) {
	if fields, err = parseObject(text); err == nil {
		m, err = fields.margin()
	}
	if err != nil {
		err = fmt.Errorf("%s: the marks cannot be read: %w", f.path, err)
	}
	return fields, m, err
}

// edit changes marks and notes, and returns all there are then. It changes only
// those, so that what another viewer writes meanwhile stays. The file is that of t,
// whose events may have had other ids when they were marked.
func (f marksFile) edit(of string, t *timeline.Timeline, e timeline.MarginEdit) (m timeline.Margin, err error) {
	err = state.Change(f.path, func(before []byte) ([]byte, error) {
		fields, saved, err := f.parse(before)
		if err != nil {
			return nil, err
		}
		m = t.Current(saved).With(e)
		return fields.withMargin(of, saved, m)
	})
	return m, err
}

// An object is a JSON object. Fields that this version does not know are kept.
type object map[string]json.RawMessage

func parseObject(text []byte) (object, error) {
	fields := make(object)
	if len(bytes.TrimSpace(text)) == 0 {
		return fields, nil
	}
	err := json.Unmarshal(text, &fields)
	return fields, err
}

// child returns the object in a field.
func (o object) child(name string) (object, error) { return parseObject(o[name]) }

// set sets a field to what encoding it cannot fail for.
func (o object) set(name string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic("cli: not JSON: " + err.Error())
	}
	o[name] = text
}

// text returns the object as a file has it.
func (o object) text() ([]byte, error) {
	text, err := json.MarshalIndent(o, "", "  ")
	return append(text, '\n'), err
}

// margin reads the marks and notes, as far as this version knows them.
func (o object) margin() (m timeline.Margin, err error) {
	m = timeline.Margin{Marks: make(map[string]timeline.Tier), Notes: make(map[string]string)}
	marks, err := o.child("marks")
	if err != nil {
		return m, err
	}
	notes, err := o.child("notes")
	if err != nil {
		return m, err
	}
	for id, mark := range marks {
		var word string
		if json.Unmarshal(mark, &word) == nil {
			if tier, ok := timeline.ParseTier(word); ok && tier != timeline.NoTier {
				m.Marks[id] = tier
			}
		}
	}
	for id, note := range notes {
		var text string
		if json.Unmarshal(note, &text) == nil && text != "" {
			m.Notes[id] = text
		}
	}
	return m, nil
}

// withMargin returns the file's text with other marks and notes.
func (o object) withMargin(of string, before, now timeline.Margin) ([]byte, error) {
	marks, _ := o.child("marks") // margin has read them
	notes, _ := o.child("notes")
	e := before.EditTo(now)
	for id, s := range e.Marks {
		if marks.set(id, s.To.String()); s.To == timeline.NoTier {
			delete(marks, id)
		}
	}
	for id, s := range e.Notes {
		if notes.set(id, s.To); s.To == "" {
			delete(notes, id)
		}
	}
	o.set("of", of)
	o.set("marks", marks)
	if o.set("notes", notes); len(notes) == 0 {
		delete(o, "notes")
	}
	return o.text()
}

// unkept says why a file cannot be kept, as far as its folders tell.
func unkept(path string) error {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case errors.Is(err, fs.ErrPermission):
			return fmt.Errorf("%s: permission denied", dir)
		case state.IsMissing(err) && dir != filepath.Dir(dir):
			continue
		case err != nil:
			return err
		case !info.IsDir():
			return fmt.Errorf("%s is not a folder", dir)
		}
		if err := writable(dir); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		return nil
	}
}

// sayUnkept says once why nothing is kept, if that is not what the reader asked for.
func (c *command) sayUnkept() {
	if c.noState || c.stateFile != "" || c.toldUnkept {
		return
	}
	dir, err := stateDir(c.env)
	if err == nil {
		err = unkept(filepath.Join(dir, "marks.json"))
	}
	if err != nil {
		c.toldUnkept = true
		c.say("marks, notes and views are not kept: %s", err)
	}
}

// marks returns the marks file of an opened timeline; ok is false if nothing is
// saved. Standard input has no name to save marks under.
func (c *command) marks(o *opened) (f marksFile, ok bool) {
	f, err := c.marksFile(o.args)
	return f, err == nil
}

// Why the marks of a timeline are not kept, where the reader wants it so.
var (
	errNoState = errors.New("--no-state")
	errNoName  = errors.New("standard input has no name; --state FILE keeps them")
)

// marksFile returns the marks file of the timeline in the named files.
func (c *command) marksFile(args []string) (marksFile, error) {
	switch {
	case c.noState:
		return marksFile{}, errNoState
	case c.stateFile != "":
		return marksFile{c.stateFile}, nil
	case slices.Contains(args, "-"):
		return marksFile{}, errNoName
	}
	return marksOf(args, c.env)
}

// addMargin adds the saved marks and notes to an opened timeline.
func (c *command) addMargin(o *opened) {
	f, ok := c.marks(o)
	if !ok {
		return
	}
	margin, err := f.read()
	if err != nil {
		if !c.toldUnkept || !errors.Is(err, fs.ErrPermission) {
			c.say("%s", err)
		}
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
