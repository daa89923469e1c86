package timeline

import (
	"fmt"
	"hash/maphash"
	"iter"
	"sync/atomic"

	"dateline/timeline/text"
)

// A store is where a timeline finds its events. Several goroutines may read from
// it.
type store struct {
	decode Decoder
	glance Glancer // or nil
	records
	order  []uint32 // by position: record; nil if they are the same
	places []uint32 // by record: position; nil if they are the same
	tags   []uint32 // by record: hash of its id

	recent [mostRecent]atomic.Pointer[read]
	err    atomic.Pointer[error]
}

// mostRecent is how many events are kept that have been read: several screens.
const mostRecent = 1 << 10

// read is an event that has been read, and its position.
type read struct {
	event Event
	i     int
}

func (p *part) place(k int) Place {
	return Place{p.file, p.first + int64(p.at[k]), int(p.len[k]), p.sum[k]}
}

func (s *store) record(i int) int {
	if s.order == nil {
		return i
	}
	return int(s.order[i])
}

// position is where a record stands in order; it is -1 if the timeline does not
// hold it.
func (s *store) position(record int) int {
	if s.places == nil {
		return record
	}
	if at := s.places[record]; at != noPlace {
		return int(at)
	}
	return -1
}

func (s *store) place(i int) Place {
	p, k := s.at(s.record(i))
	return p.place(k)
}

// event reads event i, unless it has been read lately.
func (s *store) event(t *Timeline, i int) *Event {
	slot := &s.recent[i%mostRecent]
	if r := slot.Load(); r != nil && r.i == i {
		return &r.event
	}
	r := &read{s.fetch(t, i), i}
	slot.Store(r)
	return &r.event
}

// fetch reads event i. Of one that the file no longer has it returns what the
// index knows, and the error is noted.
func (s *store) fetch(t *Timeline, i int) Event {
	e, err := s.read(t, i)
	if err != nil {
		s.err.CompareAndSwap(nil, &err)
		return Event{Date: t.dates.date(i), Status: t.status[i], Title: text.Clean("This event can no longer be read: " + err.Error())}
	}
	return e
}

// title reads the title of event i, and no more if that will do.
func (s *store) title(t *Timeline, i int) string {
	if s.glance != nil {
		id, title, ok := s.glance(s.place(i))
		if ok && t.tagOf(text.Clean(id)) == s.tags[s.record(i)] {
			return text.Clean(title)
		}
	}
	return s.fetch(t, i).Title
}

// lately returns the positions of the events that have been read lately, by id:
// who asks for one has likely just seen it.
func (s *store) lately() map[string]int {
	at := make(map[string]int)
	for k := range s.recent {
		if r := s.recent[k].Load(); r != nil && r.event.ID != "" {
			at[r.event.ID] = r.i
		}
	}
	return at
}

// read reads event i, and holds it against the index.
func (s *store) read(t *Timeline, i int) (Event, error) {
	e, err := s.decode(s.place(i))
	if err != nil {
		return e, err
	}
	e.clean()
	if t.tagOf(e.ID) != s.tags[s.record(i)] {
		return e, fmt.Errorf("another event, %s, has taken its place", e.ID)
	}
	return e, nil
}

func (t *Timeline) tagOf(id string) uint32 { return tag(maphash.String(t.seed, id)) }

// FindAll returns the positions of the events with these ids, by id; of those that
// no event has it knows nothing. For many it takes hardly longer than for one.
func (t *Timeline) FindAll(ids iter.Seq[string]) map[string]int {
	found := make(map[string]int)
	s := t.store
	lately := s.lately()
	wanted := make(map[uint32][]string)
	var some [1 << 10]uint64 // a bit for each tag wanted, by its end: most tags are not
	for id := range ids {
		if i, ok := lately[id]; ok {
			found[id] = i
			continue
		}
		n := t.tagOf(id)
		wanted[n] = append(wanted[n], id)
		some[n>>6%(1<<10)] |= 1 << (n % 64)
	}
	if len(wanted) == 0 {
		return found
	}
	for r, n := range s.tags {
		if some[n>>6%(1<<10)]&(1<<(n%64)) == 0 {
			continue
		}
		i := s.position(r)
		for _, id := range wanted[n] {
			if _, known := found[id]; !known && i >= 0 && t.Event(i).ID == id {
				found[id] = i
			}
		}
	}
	return found
}
