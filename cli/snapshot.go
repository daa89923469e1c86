package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// What the last saved brief knew of a timeline lies beside its marks, so that
// the next can say what is new.

// snapshotVersion is the version of the file, and of what is hashed and how.
const snapshotVersion = 1

// mostRemembered is how many events a timeline may have to be remembered: each is
// read for it, and takes some two hundred bytes.
const mostRemembered = 100_000

var errUnremembered = errors.New("too many to be remembered for the next one; --since DATE compares dates")

// snapshot is what the file holds.
type snapshot struct {
	Version int                   `json:"version"`
	Of      string                `json:"of"`  // the file it belongs to, for people
	Day     string                `json:"day"` // of the brief, for people
	Events  map[string]remembered `json:"events"`
}

// remembered is timeline.Remembered as it is written down.
type remembered struct {
	Title   string          `json:"title"`
	Date    string          `json:"date"`
	Status  timeline.Status `json:"status"`
	Text    string          `json:"text"`
	Sources []string        `json:"sources"`
}

func (s stateFile) snapshotPath() string { return strings.TrimSuffix(s.path, ".json") + ".brief.json" }

// snapshot reads what the last saved brief knew; known is false if there is
// none.
func (s stateFile) snapshot() (last timeline.Snapshot, known bool, err error) {
	text, err := os.ReadFile(s.snapshotPath())
	if errors.Is(err, fs.ErrNotExist) {
		return last, false, nil
	}
	if err != nil {
		return last, false, err
	}
	var read snapshot
	if err := json.Unmarshal(text, &read); err != nil {
		return last, false, fmt.Errorf("%s: what the last brief knew cannot be read: %w", s.snapshotPath(), err)
	}
	if read.Version != snapshotVersion {
		return last, false, fmt.Errorf("%s: what the last brief knew is of version %d, not %d", s.snapshotPath(), read.Version, snapshotVersion)
	}
	last = timeline.Snapshot{Day: read.Day, Events: make(map[string]timeline.Remembered, len(read.Events))}
	for id, e := range read.Events {
		last.Events[id] = timeline.Remembered(e)
	}
	return last, true, nil
}

// saveSnapshot remembers a timeline, all or nothing.
func (s stateFile) saveSnapshot(of string, now timeline.Snapshot) error {
	written := snapshot{Version: snapshotVersion, Of: of, Day: now.Day, Events: make(map[string]remembered, len(now.Events))}
	for id, e := range now.Events {
		written.Events[id] = remembered(e)
	}
	text, err := json.Marshal(written)
	if err != nil {
		return err
	}
	return writeState(s.snapshotPath(), text)
}

// state returns the state file of an opened timeline; ok is false where nothing
// is to be kept or there is nowhere to keep it, and for what came on standard
// input, which has no name to keep it by.
func (c *command) state(o *opened) (s stateFile, ok bool) {
	if c.noState || slices.Contains(o.args, "-") {
		return s, false
	}
	s, err := stateOf(o.args, c.env)
	return s, err == nil
}

// remind gives an opened timeline its reader's marks and notes.
func (c *command) remind(o *opened) {
	s, ok := c.state(o)
	if !ok {
		return
	}
	margin, err := s.margin()
	if err != nil {
		c.complain(err)
		return
	}
	o.Timeline = o.WithMargin(margin)
}

// sinceLast compares what a query selects with what the last saved brief knew. It
// returns nil where nothing is kept, or what is kept cannot be read, and of a
// timeline too large to be remembered.
func (c *command) sinceLast(o *opened, q timeline.Query) (*timeline.Changes, error) {
	s, ok := c.state(o)
	if !ok || o.Len() > mostRemembered {
		return nil, nil
	}
	last, known, err := s.snapshot()
	if err != nil {
		return nil, err
	}
	if !known {
		return new(timeline.Changes), nil
	}
	return last.Compare(o.Timeline, q), nil
}

// snapshot remembers what a brief that was just saved knew. Of a timeline that is
// too large it returns errUnremembered.
func (c *command) snapshot(o *opened) error {
	s, ok := c.state(o)
	if !ok {
		return nil
	}
	if o.Len() > mostRemembered {
		return fmt.Errorf("the brief is saved, but %s are %w", text.Counted(o.Len(), "event"), errUnremembered)
	}
	now := o.Snapshot(c.date())
	err := o.Err() // of an event that could not be read, now knows nothing
	if err == nil {
		err = s.saveSnapshot(text.Clean(o.name), now)
	}
	if err != nil {
		return fail(fmt.Errorf("the brief is saved, but not what the next one is to be compared with: %w", err))
	}
	return nil
}

// saves reports whether what was written is in a file, and stays.
func (c *command) saves() bool {
	if c.output == standardOutput {
		return false
	}
	info, err := os.Stat(c.output)
	return err == nil && info.Mode().IsRegular()
}

// complain tells of an error that does not stop the work.
func (c *command) complain(err error) {
	fmt.Fprintln(c.errs, "dateline: "+text.Clean(err.Error()))
}
