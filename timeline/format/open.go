package format

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Large is how many bytes files have, in all, for Open to index them. What is
// smaller is read at once, with every problem told.
const Large = 16 << 20

// A Watch follows the opening of large files. The zero Watch does not.
type Watch struct {
	// Ready, unless it is nil, is to be closed when the first events have been
	// shown. One goroutine reads until there are some, and then waits for that.
	Ready <-chan struct{}
	// Progress, unless it is nil, is told how far reading is. It is called from
	// the goroutines that read, one at a time, and should return soon.
	Progress func(Progress)
}

// Progress is how far reading is.
type Progress struct {
	Done, Total int64 // bytes
	// Timeline holds the events that have been read so far, of each file some
	// stretches, and is never empty. It is nil if little has come since the last.
	Timeline *timeline.Timeline
	Report   Report // for exports of Timeline: no problem is told before all is read
}

// Open makes one timeline of the files given, as Read does. When they are large,
// and dateline's own JSON or tables with a record a line, it reads them once,
// keeps an index, and leaves the events where they are: the timeline reads those
// that are asked for again, so that the files must stay open. Of JSON it leaves
// out what it cannot place, and tells errors of that alone; all problems are told
// by Check.
//
// When ctx is done it returns what it has read so far, and the context's error.
func Open(ctx context.Context, watch Watch, files ...File) (*timeline.Timeline, Report, error) {
	if size(files) >= Large {
		if o, ok := newOpening(watch, files); ok {
			return o.timeline(ctx)
		}
	}
	files, err := loaded(files)
	if err != nil {
		return nil, Report{}, err
	}
	return Read(files...)
}

// size is how many bytes files have in all.
func size(files []File) int64 {
	total := int64(0)
	for i := range files {
		_, size := files[i].reader()
		total += size
	}
	return total
}

// loaded returns files, which are small, with their texts.
func loaded(files []File) ([]File, error) {
	o := opening{files: slices.Clone(files)}
	for i := range o.files {
		if f := &o.files[i]; f.Data != nil {
			text := make([]byte, f.Size)
			if err := o.fill(i, text, 0); err != nil {
				return nil, err
			}
			f.Text, f.Data = string(text), nil
		}
	}
	return o.files, nil
}

// report says how reading went. It returns an error too if one of the files is
// no timeline at all.
func (o *opening) report(twins []timeline.Twins) (r Report, refused, err error) {
	for _, s := range o.stats {
		r.Found += s.found
		r.LeftOut += s.leftOut
	}
	for _, twin := range twins {
		if twin.First.File != twin.Second.File && o.same(twin) {
			r.Found--
			continue
		}
		r.LeftOut++
		text := "this id is taken; ids must be unique"
		if twin.First.File != twin.Second.File {
			text = "another file has this id with other content"
		}
		o.complaints.add(complaint{Problem{Event: twin.ID, Text: text}, spotOf(twin.Second), new(spotOf(twin.First))})
	}
	if r.Problems, err = o.complaints.listed(o.files); err != nil {
		return r, nil, err
	}
	r.errors, r.warnings = o.complaints.errors, o.complaints.warnings
	for i, s := range o.stats {
		if !s.broken || s.sound > 0 {
			continue
		}
		k := slices.IndexFunc(r.Problems, func(p Problem) bool { return p.File == text.Clean(o.files[i].Name) })
		return r, errors.New(r.Problems[max(k, 0)].String()), nil
	}
	return r, nil, nil
}

func spotOf(p timeline.Place) spot { return spot{p.File, p.At} }

// same reports whether two events of different files have the same content.
func (o *opening) same(t timeline.Twins) bool {
	if o.feeds[t.First.File] == nil && o.feeds[t.Second.File] == nil {
		first, err := o.text(t.First)
		if err != nil {
			return false
		}
		if second, err := o.text(t.Second); err != nil || second == first {
			return err == nil
		}
	}
	first, err := o.decode(t.First)
	if err != nil {
		return false
	}
	second, err := o.decode(t.Second)
	return err == nil && reflect.DeepEqual(first, second)
}

// text reads the text of an event, unless it has been changed.
func (o *opening) text(at timeline.Place) (string, error) {
	buf := make([]byte, at.Len)
	if err := o.fill(at.File, buf, at.At); err != nil {
		return "", err
	}
	before := uint32(0)
	if f := o.feeds[at.File]; f != nil {
		before = f.headed
	}
	if checksum(before, buf) != at.Sum {
		return "", fmt.Errorf("%s: the event has been changed since it was read", o.files[at.File].Name)
	}
	return string(buf), nil
}

// written reads an event as it is exported: as dateline's own JSON has it.
func (o *opening) written(at timeline.Place) (string, error) {
	if o.feeds[at.File] == nil {
		return o.text(at)
	}
	e, err := o.decode(at)
	return objectJSON(&e, eventFields), err
}

func (o *opening) decode(at timeline.Place) (timeline.Event, error) {
	text, err := o.text(at)
	if err != nil {
		return timeline.Event{}, err
	}
	var e timeline.Event
	if f := o.feeds[at.File]; f != nil {
		e, err = f.decode(at, text)
	} else {
		e, err = decode(text)
	}
	if err != nil {
		return e, fmt.Errorf("%s: %w", o.files[at.File].Name, err)
	}
	return e, nil
}

// glance reads the id and the title of an event that is JSON, and written as most
// are.
func (o *opening) glance(at timeline.Place) (id, title string, ok bool) {
	if o.feeds[at.File] != nil {
		return "", "", false
	}
	g, known := o.glancers.Get().(*fastScanner)
	if !known {
		g = new(fastScanner)
	}
	defer o.glancers.Put(g)
	g.text = slices.Grow(g.text[:0], at.Len)[:at.Len]
	if o.fill(at.File, g.text, at.At) != nil || !g.event(g.text, 0) || g.at < at.Len || g.record.Sum != at.Sum {
		return "", "", false
	}
	return string(g.record.ID), string(g.record.Title), true
}

// decode reads an event that is JSON, whatever else is wrong with it.
func decode(text string) (timeline.Event, error) {
	d := newDecoder(text)
	var e timeline.Event
	members(d, eventFields, &e)
	if d.fault == nil && d.at < len(text) {
		d.fail(d.at, "there is more than an event")
	}
	if d.fault != nil {
		return e, errors.New(d.fault.reason)
	}
	return e, nil
}
