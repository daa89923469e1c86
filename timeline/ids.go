package timeline

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"slices"
)

// Twins are two events with one id, of which a timeline holds the first.
type Twins struct {
	ID            string
	First, Second Place
}

// identify finds the records by their ids, and those whose id another has.
func (a *assembly) identify() identified {
	f := identified{seed: maphash.MakeSeed()}
	a.tag(f.seed)
	f.ids = newIDs(a.n, a.tags)
	var alike [len(f.ids.halves)][]pair
	share(len(alike), func(half int) {
		for r, tag := range a.tags {
			if halfOf(tag) != half {
				continue
			}
			same := func(other uint32) bool { return bytes.Equal(a.id(other), a.id(uint32(r))) }
			if first, found := f.ids.add(tag, uint32(r), same); found {
				alike[half] = append(alike[half], pair{first, uint32(r)})
			}
		}
	})
	f.alike = slices.Concat(alike[:]...)
	slices.SortFunc(f.alike, func(a, b pair) int { return cmp.Compare(a.second, b.second) })
	return f
}

// identified is what identify finds.
type identified struct {
	seed  maphash.Seed
	ids   *ids
	alike []pair
}

// A pair of records has one id.
type pair struct{ first, second uint32 }

// link drops the second of records with one id, and resolves the answers.
func (a *assembly) link(t *Timeline, found identified) []Twins {
	t.seed = found.seed
	var twins []Twins
	gone := make(map[uint32]bool)
	for _, pair := range found.alike {
		gone[pair.second] = true
		twins = append(twins, Twins{string(a.id(pair.first)), a.written(pair.first), a.written(pair.second)})
	}
	if len(gone) > 0 {
		a.drop(t, gone)
	}
	a.answer(t, found)
	for _, p := range a.parts {
		p.ids, p.answers, p.replies = texts32{}, texts32{}, nil
	}
	return twins
}

// tag notes the tags of the ids.
func (a *assembly) tag(seed maphash.Seed) {
	a.tags = make([]uint32, a.n)
	share(len(a.parts), func(n int) {
		p := a.parts[n]
		for k := range p.at {
			a.tags[p.from+k] = tag(maphash.Bytes(seed, p.ids.of(k)))
		}
	})
}

// written is where a record is written down.
func (a *assembly) written(record uint32) Place {
	p, k := a.at(int(record))
	return p.place(k)
}

// drop takes records out of the order.
func (a *assembly) drop(t *Timeline, gone map[uint32]bool) {
	var order, of []uint32
	for i := range a.n {
		r := uint32(i)
		if a.order != nil {
			r = a.order[i]
		}
		if !gone[r] {
			order, of = append(order, r), append(of, t.dates.numbers[i])
		}
	}
	a.order, t.dates.numbers = order, of
	a.place = make([]uint32, a.n)
	for r := range a.place {
		a.place[r] = noPlace
	}
	for i, r := range order {
		a.place[r] = uint32(i)
	}
}

// noPlace is the position of a record that the timeline does not hold.
const noPlace = 1<<32 - 1

func (a *assembly) position(record uint32) uint32 {
	if a.place == nil {
		return record
	}
	return a.place[record]
}

func (a *assembly) answer(t *Timeline, found identified) {
	type link struct{ from, to uint32 }
	var all []link
	for _, p := range a.parts {
		var said []uint32 // by the event at hand: those it has answered
		for k, reply := range p.replies {
			if k == 0 || p.replies[k-1] != reply {
				said = said[:0]
			}
			id := p.answers.of(k)
			from := a.position(uint32(p.from) + reply)
			r, _, ok := found.ids.find(tag(maphash.Bytes(found.seed, id)), func(other uint32) bool { return bytes.Equal(a.id(other), id) })
			if !ok || from == noPlace {
				continue
			}
			if to := a.position(r); to != from && !slices.Contains(said, to) {
				said = append(said, to)
				all = append(all, link{from, to})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b link) int { return cmp.Compare(a.from, b.from) })
	from, to := make([]uint32, len(all)), make([]uint32, len(all))
	for k, l := range all {
		from[k], to[k] = l.from, l.to
	}
	t.answers, t.answeredBy = newLinks(from, to), newLinks(to, from)
}

// ids finds records by the tags of their ids. It has two halves, which may be
// filled at once.
type ids struct {
	halves [2][]uint32 // one more than the record
	tags   []uint32    // by record
}

func newIDs(records int, tags []uint32) *ids {
	size := 16
	for size <= records {
		size *= 2
	}
	return &ids{[2][]uint32{make([]uint32, size), make([]uint32, size)}, tags}
}

// tag is what is kept of the hash of an id.
func tag(hash uint64) uint32 { return uint32(hash >> 32) }

func halfOf(tag uint32) int { return int(tag >> 31) }

// find returns the record with a tag for which same holds, and the slot for it.
func (t *ids) find(tag uint32, same func(record uint32) bool) (record uint32, slot *uint32, ok bool) {
	slots := t.halves[halfOf(tag)]
	at := int(tag) & (len(slots) - 1)
	for ; slots[at] != 0; at = (at + 1) & (len(slots) - 1) {
		if r := slots[at] - 1; t.tags[r] == tag && same(r) {
			return r, nil, true
		}
	}
	return 0, &slots[at], false
}

// add puts a record in, unless there is another for which same holds.
func (t *ids) add(tag, record uint32, same func(record uint32) bool) (first uint32, found bool) {
	first, slot, found := t.find(tag, same)
	if !found {
		*slot = record + 1
	}
	return first, found
}
