package format

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"dateline/timeline"
)

// The functions of this file read events again when they are asked for.

// decode reads the event of an extent.
func (in *ingest) decode(at timeline.Extent) (timeline.Event, error) {
	record, err := in.text(at)
	if err != nil {
		return timeline.Event{}, err
	}
	var e timeline.Event
	if t := in.tables[at.File]; t != nil {
		e, err = t.decode(at, record)
	} else {
		e, err = decodeEvent(record)
	}
	if err != nil {
		return e, fmt.Errorf("%s: %w", in.files[at.File].Name, err)
	}
	return e, nil
}

// decodeEvent reads an event that is JSON, whatever else is wrong with it.
func decodeEvent(record string) (timeline.Event, error) {
	d := newDecoder(record)
	var e timeline.Event
	members(d, eventFields, &e)
	if d.fault == nil && d.at < len(record) {
		d.fail(d.at, "there is more than an event")
	}
	if d.fault != nil {
		return e, errors.New(d.fault.reason)
	}
	return e, nil
}

// text reads the text of an extent, unless it has been changed.
func (in *ingest) text(at timeline.Extent) (string, error) {
	buf := make([]byte, at.Len)
	if err := in.files[at.File].read(buf, at.At); err != nil {
		return "", err
	}
	before, events := uint32(0), uint32(1)
	if t := in.tables[at.File]; t != nil {
		before = t.headSum
		if t.lines == nil {
			events = mostInstances // the sum says which of the record's events this is
		}
	}
	if at.Sum-checksum(before, buf) >= events {
		return "", fmt.Errorf("%s: the event has been changed since it was read", in.files[at.File].Name)
	}
	return string(buf), nil
}

// title reads the id and the title of an event that is JSON, if the fast scanner
// can. The event was checked when it was indexed.
func (in *ingest) title(at timeline.Extent) (id, title string, ok bool) {
	if in.tables[at.File] != nil {
		return "", "", false
	}
	f, known := in.scanners.Get().(*fastScanner)
	if !known {
		f = new(fastScanner)
	}
	defer in.scanners.Put(f)
	f.text = slices.Grow(f.text[:0], at.Len)[:at.Len]
	if in.files[at.File].read(f.text, at.At) != nil || !f.fields(f.text, 0) || f.at < at.Len || f.record.Sum != at.Sum {
		return "", "", false
	}
	return string(f.record.ID), string(f.record.Title), true
}

// written reads an event as it is exported: as dateline's own JSON has it.
func (in *ingest) written(at timeline.Extent) (string, error) {
	if in.tables[at.File] == nil {
		return in.text(at)
	}
	e, err := in.decode(at)
	return objectJSON(&e, eventFields), err
}

// same reports whether two events with one id are one: if they are of different
// files and have the same content, or as their format says.
func (in *ingest) same(a, b timeline.Extent) bool {
	one := func(first, second *timeline.Event) bool { return reflect.DeepEqual(first, second) }
	if t := in.tables[a.File]; t != nil && t.row.same != nil {
		one = t.row.same
	} else if a.File == b.File {
		return false
	}
	if in.tables[a.File] == nil && in.tables[b.File] == nil {
		first, err := in.text(a)
		if err != nil {
			return false
		}
		if second, err := in.text(b); err != nil || second == first {
			return err == nil
		}
	}
	first, err := in.decode(a)
	if err != nil {
		return false
	}
	second, err := in.decode(b)
	return err == nil && one(&first, &second)
}
