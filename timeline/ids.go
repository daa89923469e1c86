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

// identify finds records with one id, of which the first stays, and resolves the
// answers.
func (a *assembly) identify(t *Timeline) []Twins {
	seed := maphash.MakeSeed()
	t.seed = seed
	a.tags = make([]uint32, a.n)
	ids := newIDs(a.n, a.tags)
	var twins []Twins
	var gone []bool
	for _, p := range a.parts {
		for k := range p.at {
			id, r := p.ids.of(k), uint32(p.from+k)
			hash := maphash.Bytes(seed, id)
			a.tags[r] = tag(hash)
			first, found := ids.add(hash, r, func(other uint32) bool { return bytes.Equal(a.id(other), id) })
			if !found {
				continue
			}
			if gone == nil {
				gone = make([]bool, a.n)
			}
			gone[r] = true
			other, o := a.at(int(first))
			twins = append(twins, Twins{string(id), other.place(o), p.place(k)})
		}
	}
	if gone != nil {
		a.drop(t, gone)
	}
	a.answer(t, seed, ids)
	for _, p := range a.parts {
		p.ids, p.answers, p.replies = texts32{}, texts32{}, nil
	}
	return twins
}

// drop takes records out of the order.
func (a *assembly) drop(t *Timeline, gone []bool) {
	var order, of []uint32
	for i := range a.n {
		r := uint32(i)
		if a.order != nil {
			r = a.order[i]
		}
		if !gone[r] {
			order, of = append(order, r), append(of, t.when.of[i])
		}
	}
	a.order, t.when.of = order, of
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

func (a *assembly) answer(t *Timeline, seed maphash.Seed, ids *ids) {
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
			r, _, ok := ids.find(maphash.Bytes(seed, id), func(other uint32) bool { return bytes.Equal(a.id(other), id) })
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

// ids finds records by the hashes of their ids.
type ids struct {
	slots []uint32 // one more than the record
	tags  []uint32 // by record
}

func newIDs(records int, tags []uint32) *ids {
	size := 16
	for size < records+records/2 {
		size *= 2
	}
	return &ids{make([]uint32, size), tags}
}

// tag is the part of a hash that tells ids apart in one slot.
func tag(hash uint64) uint32 { return uint32(hash >> 32) }

// find returns the record with a hash for which same holds, and the slot for it.
func (t *ids) find(hash uint64, same func(record uint32) bool) (record uint32, slot int, ok bool) {
	slot = int(hash) & (len(t.slots) - 1)
	for ; t.slots[slot] != 0; slot = (slot + 1) & (len(t.slots) - 1) {
		if r := t.slots[slot] - 1; t.tags[r] == tag(hash) && same(r) {
			return r, slot, true
		}
	}
	return 0, slot, false
}

// add puts a record in, unless there is another for which same holds.
func (t *ids) add(hash uint64, record uint32, same func(record uint32) bool) (first uint32, found bool) {
	first, slot, found := t.find(hash, same)
	if !found {
		t.slots[slot] = record + 1
	}
	return first, found
}
