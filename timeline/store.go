package timeline

import (
	"fmt"
	"iter"
	"math/bits"
	"sync/atomic"

	"dateline/timeline/text"
)

// A store reads the events of a timeline again from where they are kept.
// Several goroutines may use it.
type store struct {
	decode Decoder
	glance Glance // or nil
	records
	order     []uint32 // by position: record; nil if they are the same
	positions []uint32 // by record: position; nil if they are the same
	tags      []uint32 // by record: part of the hash of its id

	recent [mostRecent]atomic.Pointer[recentEvent]
	err    atomic.Pointer[error]
}

// mostRecent is how many of the events read last are kept: several screens.
const mostRecent = 1 << 10

// A recentEvent is an event that has been read, and its position.
type recentEvent struct {
	event Event
	i     int
}

func (p *part) extent(k int) Extent {
	return Extent{p.file, p.first + int64(p.at[k]), int(p.len[k]), p.sum[k]}
}

func (s *store) record(i int) int {
	if s.order == nil {
		return i
	}
	return int(s.order[i])
}

// position returns the position of a record, or -1 if the timeline lacks it.
func (s *store) position(record int) int {
	if s.positions == nil {
		return record
	}
	if at := s.positions[record]; at != noPosition {
		return int(at)
	}
	return -1
}

func (s *store) extent(i int) Extent {
	p, k := s.at(s.record(i))
	return p.extent(k)
}

// event reads event i, unless it has been read lately.
func (s *store) event(t *Timeline, i int) *Event {
	slot := &s.recent[i%mostRecent]
	if r := slot.Load(); r != nil && r.i == i {
		return &r.event
	}
	r := &recentEvent{s.fetch(t, i, text.Clean), i}
	slot.Store(r)
	return &r.event
}

// fetch reads event i, and makes its texts clean or safe. If it cannot be read,
// fetch returns what the index knows of it and notes the error.
func (s *store) fetch(t *Timeline, i int, fit func(string) string) Event {
	e, err := s.read(t, i, fit)
	if err != nil {
		s.fail(err)
		return Event{Date: t.dates.date(i), Status: t.status[i], Title: text.Clean("This event can no longer be read: " + err.Error())}
	}
	return e
}

// fail notes the first error.
func (s *store) fail(err error) { s.err.CompareAndSwap(nil, &err) }

// titles reads the titles of the events at some positions, and of an event more only
// if it must.
func (s *store) titles(t *Timeline, at []int, titles []string) {
	for _, k := range s.glanceAt(t, at, true, func(k int, r *Record) { titles[k] = text.Safe(string(r.Title)) }) {
		titles[k] = s.fetch(t, at[k], text.Safe).Title
	}
}

// id reads the id of event i, and the whole event only if it must.
func (s *store) id(t *Timeline, i int) (id string) {
	if s.glanceAt(t, []int{i}, true, func(_ int, r *Record) { id = text.Clean(string(r.ID)) }) == nil {
		return id
	}
	return t.Event(i).ID
}

// glanceAt calls see with the records of the events at some positions, as a Glance
// does. It returns the indexes of those that must be decoded.
func (s *store) glanceAt(t *Timeline, at []int, onlyTitles bool, see func(k int, r *Record)) (others []int) {
	seen := make([]bool, len(at))
	if s.glance != nil {
		extents := make([]Extent, len(at))
		for k, i := range at {
			extents[k] = s.extent(i)
		}
		s.glance(extents, onlyTitles, func(k int, r *Record) {
			if seen[k] = t.tag(text.Clean(string(r.ID))) == s.tags[s.record(at[k])]; seen[k] {
				see(k, r)
			}
		})
	}
	for k, ok := range seen {
		if !ok {
			others = append(others, k)
		}
	}
	return others
}

// read reads event i, and compares it with the index.
func (s *store) read(t *Timeline, i int, fit func(string) string) (Event, error) {
	e, err := s.decode(s.extent(i))
	if err != nil {
		return e, err
	}
	e.make(fit)
	if t.tag(e.ID) != s.tags[s.record(i)] {
		return e, fmt.Errorf("another event, %s, has taken its place", e.ID)
	}
	return e, nil
}

// recentIDs returns the positions of the events that have been read lately, by
// id: an event that is looked for has likely just been seen.
func (s *store) recentIDs() map[string]int {
	at := make(map[string]int)
	for k := range s.recent {
		if r := s.recent[k].Load(); r != nil && r.event.ID != "" {
			at[r.event.ID] = r.i
		}
	}
	return at
}

func (t *Timeline) tag(id string) uint32 { return tag(t.key, id) }

// FindAll returns the positions of the events with these ids, by id. An id that
// no event has is left out. For many ids it takes hardly longer than for one.
func (t *Timeline) FindAll(ids iter.Seq[string]) map[string]int {
	found := make(map[string]int)
	s := t.store
	recent := s.recentIDs()
	wanted := make(map[uint32][]string)
	for id := range ids {
		if i, ok := recent[id]; ok {
			found[id] = i
			continue
		}
		n := t.tag(id)
		wanted[n] = append(wanted[n], id)
	}
	if len(wanted) == 0 {
		return found
	}
	some := make([]uint64, 1<<max(10, bits.Len(uint(len(wanted)/4)))) // a bit for each tag wanted, by its end: most tags are not
	words := uint32(len(some) - 1)
	for n := range wanted {
		some[n>>6&words] |= 1 << (n % 64)
	}
	for r, n := range s.tags {
		if some[n>>6&words]&(1<<(n%64)) == 0 {
			continue
		}
		for _, id := range wanted[n] {
			if _, known := found[id]; known {
				continue
			}
			if i := s.position(r); i >= 0 && s.id(t, i) == id {
				found[id] = i
			}
		}
	}
	return found
}
