package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dateline/cli/state"
	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/text"
)

// The events of the last saved brief are recorded beside the marks of the
// timeline, so that the next brief can say what has changed.

// recordVersion is the version of the record, and of the hashes in it.
const recordVersion = 2

// mostRecorded is how many events a recorded timeline may have: each is read for
// it, and takes about 200 bytes.
const mostRecorded = 100_000

var errTooLarge = errors.New("too many to compare the next one with; use --since DATE")

// briefRecord is the content of the record.
type briefRecord struct {
	Version int    `json:"version"`
	Of      string `json:"of"` // the file, for people
	brief.Snapshot
}

func (f marksFile) recordPath() string { return strings.TrimSuffix(f.path, ".json") + ".brief.json" }

// readRecord reads the record; ok is false if there is none.
func (f marksFile) readRecord() (last brief.Snapshot, ok bool, err error) {
	var record briefRecord
	text, err := state.Read(f.recordPath())
	if text == nil {
		return last, false, err
	}
	if err := json.Unmarshal(text, &record); err != nil {
		return last, false, fmt.Errorf("%s: the record of the last brief cannot be read: %w", f.recordPath(), err)
	}
	if record.Version == 1 {
		return last, false, fmt.Errorf("%s: the last brief was saved by an earlier version, and cannot be compared; the next brief that you save can", f.recordPath())
	}
	if record.Version != recordVersion {
		return last, false, fmt.Errorf("%s: the record of the last brief has version %d, not %d", f.recordPath(), record.Version, recordVersion)
	}
	return record.Snapshot, true, nil
}

// writeRecord replaces the record.
func (f marksFile) writeRecord(of string, now brief.Snapshot) error {
	text, err := json.Marshal(briefRecord{recordVersion, of, now})
	if err != nil {
		return err
	}
	return state.Change(f.recordPath(), func([]byte) ([]byte, error) { return append(text, '\n'), nil })
}

// sinceLast compares the events that a query selects with the last saved brief.
// It returns nil if nothing is saved, the record cannot be read, or the timeline
// is too large for one.
func (c *command) sinceLast(o *opened, q timeline.Query) (*brief.Changes, error) {
	marks, ok := c.marks(o)
	if !ok || o.Len() > mostRecorded {
		return nil, nil
	}
	last, ok, err := marks.readRecord()
	if err != nil {
		return nil, err
	}
	if !ok {
		return new(brief.Changes), nil
	}
	return last.Compare(o.Timeline, q), nil
}

// recordBrief records the events of a brief that was just saved. The error of a
// timeline that is too large is errTooLarge.
func (c *command) recordBrief(o *opened) error {
	marks, ok := c.marks(o)
	if !ok {
		return nil
	}
	if o.Len() > mostRecorded {
		return fmt.Errorf("the brief is saved, but its %s are %w", text.Counted(o.Len(), "event"), errTooLarge)
	}
	now := brief.NewSnapshot(o.Timeline, c.date())
	err := o.Err() // an event that could not be read is missing from now
	if err == nil {
		err = marks.writeRecord(text.Clean(o.name), now)
	}
	if err != nil {
		return fail(fmt.Errorf("the brief is saved, but the next one cannot be compared with it: %w", err))
	}
	return nil
}
