package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"dateline/cli/state"
)

// Drafts are notes that are being written. Each lies in a folder of its own until
// it is saved, so that an editor that fails, a signal or a crash takes none away.
// The folder is held while the viewer lives; a draft that nobody holds was left
// behind, and is offered again.
//
//	notes/events.json-0123456789ab-fedcba98-1/note.txt
type drafts struct {
	dir    string   // of their folders; empty if they are not kept
	of     string   // begins their names: the marks file
	editor string   // of the reader, for a shell
	term   *os.File // both ends of it, for the editor
	in     *os.File

	editing atomic.Bool // the editor has the terminal
	mu      sync.Mutex
	held    map[string][]draft // by event id
}

// A draft is one of a note. It is open while the editor has it.
type draft struct {
	path  string
	open  bool
	note  string // that it began with
	letGo func()
}

// newDrafts returns the drafts of a timeline. Without a state folder they lie among
// the temporary files, and are not found again.
func (c *command) newDrafts(args []string, in, term *os.File) *drafts {
	d := &drafts{editor: cmp.Or(c.env("VISUAL"), c.env("EDITOR")), in: in, term: term, held: make(map[string][]draft)}
	dir, err := stateDir(c.env)
	if marks, unnamed := c.marksFile(args); err == nil && unnamed == nil {
		sum := sha256.Sum256([]byte(marks.path))
		d.of = strings.TrimSuffix(filepath.Base(marks.path), ".json") + "-" + hex.EncodeToString(sum[:6])
		d.dir = filepath.Join(dir, "notes")
	}
	return d
}

// folders are those that the drafts on an event may have.
func (d *drafts) folder(id string, n int) string {
	sum := sha256.Sum256([]byte(id))
	return filepath.Join(d.dir, fmt.Sprintf("%s-%s-%d", d.of, hex.EncodeToString(sum[:4]), n))
}

// mostDrafts is how many viewers can write a note on one event at a time.
const mostDrafts = 9

// find returns a draft on an event that was left behind, by this viewer or another
// that has ended, and not saved.
func (d *drafts) find(id string) (note string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, own := range d.held[id] {
		if text, err := state.Read(own.path); err == nil && !own.open {
			return strings.TrimSpace(string(text)), true
		}
	}
	for n := 1; n <= mostDrafts && d.dir != ""; n++ {
		dir := d.folder(id, n)
		letGo, free := state.Hold(dir)
		if !free {
			continue
		}
		path := filepath.Join(dir, "note.txt")
		if text, err := state.Read(path); err == nil && text != nil {
			d.held[id] = append(d.held[id], draft{path: path, letGo: letGo})
			return strings.TrimSpace(string(text)), true
		}
		letGo()
	}
	return "", false
}

// keep writes a draft.
func (d *drafts) keep(id, note string) (path string, err error) {
	dir, letGo := "", func() {}
	for n := 1; n <= mostDrafts && d.dir != "" && dir == ""; n++ {
		name := d.folder(id, n)
		if err := os.MkdirAll(name, 0o700); err != nil {
			break
		}
		if release, free := state.Hold(name); free {
			if _, err := os.Stat(filepath.Join(name, "note.txt")); err == nil { // it was left behind
				release()
				continue
			}
			dir, letGo = name, release
		}
	}
	if dir == "" {
		if dir, err = os.MkdirTemp("", "dateline-note-"); err != nil {
			return "", err
		}
	}
	path = filepath.Join(dir, "note.txt")
	text := note
	if text != "" {
		text += "\n" // editors expect the last line to end
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		letGo()
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held[id] = append(d.held[id], draft{path: path, note: note, letGo: letGo})
	return path, nil
}

// drop removes the drafts on an event: the note is saved.
func (d *drafts) drop(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var open []draft
	for _, own := range d.held[id] {
		if own.open {
			open = append(open, own)
			continue
		}
		os.RemoveAll(filepath.Dir(own.path)) // with what the editor left beside it
		own.letGo()
	}
	d.held[id] = open
}

// setOpen says whether the editor has a draft.
func (d *drafts) setOpen(id, path string, open bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.held[id] {
		if d.held[id][i].path == path {
			d.held[id][i].open = open
		}
	}
}

// left lists the drafts that hold what the reader wrote and did not save, and
// removes the others.
func (d *drafts) left() (said []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, all := range d.held {
		for _, own := range all {
			text, _ := state.Read(own.path)
			note := strings.TrimSpace(string(text))
			if beside, _ := os.ReadDir(filepath.Dir(own.path)); len(beside) > 1 || note != "" && note != strings.TrimSpace(own.note) {
				said = append(said, fmt.Sprintf("your note on %s is in %s", id, own.path))
				continue // an editor that was killed may have left more than the note
			}
			os.RemoveAll(filepath.Dir(own.path))
		}
	}
	return said
}

// edit has the reader edit a note, and returns it. The editor is run as git runs
// it: by a shell, with the file as the last argument. The viewer's output is held
// at first, so the editor gets the terminal itself.
func (d *drafts) edit(id, note string) (string, error) {
	path, err := d.keep(id, note)
	if err != nil {
		return "", err
	}
	d.setOpen(id, path, true)
	err = d.run(path)
	d.setOpen(id, path, false)
	text, unread := state.Read(path)
	if unread == nil && text == nil {
		unread = errors.New("the editor removed its file")
	}
	edited := strings.TrimSpace(string(text))
	switch {
	case err == nil && unread == nil:
		return edited, nil
	case unread == nil && edited == strings.TrimSpace(note):
		d.drop(id)
		return "", err
	}
	return "", fmt.Errorf("%w; your text is in %s, and is offered again", cmp.Or(err, unread), path)
}

// patience is how long an editor has to end after a signal.
const patience = time.Second

// run runs the editor. A signal that would end the viewer is passed to it, and ends
// the viewer even if the editor stays. An interrupt is the editor's own matter, as
// from the keyboard, from where all programs of the terminal get it.
func (d *drafts) run(path string) error {
	cmd := exec.Command("sh", "-c", d.editor+` "$@"`, d.editor, path)
	if _, err := exec.LookPath("sh"); err != nil {
		words := strings.Fields(d.editor)
		cmd = exec.Command(words[0], append(words[1:], path)...)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = d.in, d.term, d.term
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, endings()...)
	defer signal.Stop(signals)
	d.editing.Store(true)
	defer d.editing.Store(false)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var late <-chan time.Time
	passed := false // an interrupt, to all programs
	for {
		select {
		case err := <-ended:
			const notFound = 127 // of a shell
			if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() == notFound {
				return fmt.Errorf("editor %s not found; set VISUAL or EDITOR", d.editor)
			} else if err != nil {
				return fmt.Errorf("the editor ended with %w", err)
			}
			return nil
		case s := <-signals:
			switch {
			case s != os.Interrupt:
				cmd.Process.Signal(s)
				late = cmp.Or(late, time.After(patience))
			case passed:
				passed = false // this program has it from itself
			default:
				passed = interruptGroup()
			}
		case <-late:
			return errors.New("the editor did not end")
		}
	}
}

// endings are the signals that end the viewer.
func endings() []os.Signal {
	return []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}
}
