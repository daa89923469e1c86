package timeline

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// An idKey is the secret of a hash, so that nobody makes ids that hash alike. It
// can be kept, as that of hash/maphash cannot.
type idKey [2]uint64

func newIDKey() idKey { return idKey{rand.Uint64() | 1, rand.Uint64() | 1} }

// tag is the part of an id's hash that is kept.
func tag[S string | []byte](key idKey, id S) uint32 {
	hash := key[1] ^ uint64(len(id))
	for len(id) > 0 {
		var word [8]byte
		n := copy(word[:], id)
		id = id[n:]
		high, low := bits.Mul64(hash^binary.LittleEndian.Uint64(word[:]), key[0])
		hash = high ^ low ^ key[1]
	}
	high, low := bits.Mul64(hash^key[1], 0x9e3779b97f4a7c15) // 2⁶⁴ by the golden ratio
	return uint32((high ^ low) >> 32)
}

// An idTable finds records by tags, parts of the hashes of their ids. Its two
// halves may be filled at once.
type idTable struct {
	key    idKey
	halves [2][]uint32 // one more than the record
	tags   []uint32    // by record
}

func newIDTable(key idKey, tags []uint32) idTable {
	size := 16
	for size <= len(tags) {
		size *= 2
	}
	return idTable{key, [2][]uint32{make([]uint32, size), make([]uint32, size)}, tags}
}

func halfOf(tag uint32) int { return int(tag >> 31) }

// find returns the record with a tag for which same holds, and the slot for it.
func (t *idTable) find(tag uint32, same func(record uint32) bool) (record uint32, slot *uint32, ok bool) {
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
func (t *idTable) add(tag, record uint32, same func(record uint32) bool) (first uint32, taken bool) {
	first, slot, taken := t.find(tag, same)
	if !taken {
		*slot = record + 1
	}
	return first, taken
}

// A pair of records has one id.
type pair struct{ first, second uint32 }

// identify makes a table of the ids, and finds records whose id another has.
func (b *builder) identify(key idKey) (ids idTable, same []pair) {
	b.tags = make([]uint32, b.n)
	share(len(b.parts), func(n int) {
		p := b.parts[n]
		for k := range p.at {
			b.tags[p.from+k] = tag(key, p.ids.of(k))
		}
	})
	ids = newIDTable(key, b.tags)
	var found [len(ids.halves)][]pair
	share(len(found), func(half int) {
		for r, tag := range b.tags {
			if halfOf(tag) != half {
				continue
			}
			isSame := func(other uint32) bool { return bytes.Equal(b.id(other), b.id(uint32(r))) }
			if first, taken := ids.add(tag, uint32(r), isSame); taken {
				found[half] = append(found[half], pair{first, uint32(r)})
			}
		}
	})
	same = slices.Concat(found[:]...)
	slices.SortFunc(same, func(a, b pair) int { return cmp.Compare(a.second, b.second) })
	return ids, same
}

// dropTaken takes records whose id another has out of the order.
func (b *builder) dropTaken(t *Timeline, same []pair) {
	if len(same) == 0 {
		return
	}
	gone := make(map[uint32]bool)
	for _, pair := range same {
		gone[pair.second] = true
		b.issue(Issue{Kind: TakenID, Event: b.extent(pair.second), ID: string(b.id(pair.first)), Other: b.extent(pair.first)})
	}
	var order, of []uint32
	for i := range b.n {
		r := uint32(i)
		if b.order != nil {
			r = b.order[i]
		}
		if !gone[r] {
			order, of = append(order, r), append(of, t.dates.numbers[i])
		}
	}
	b.order, t.dates.numbers = order, of
	b.positions = make([]uint32, b.n)
	for r := range b.positions {
		b.positions[r] = noPosition
	}
	for i, r := range order {
		b.positions[r] = uint32(i)
	}
}

// digests finds the records whose ids are made of digests, by these.
func (b *builder) digests() map[string]uint32 {
	digests := make(map[string]uint32)
	for _, p := range b.parts {
		for k := range p.at {
			digest, ok := withoutDay(string(p.ids.of(k)))
			if _, taken := digests[digest]; ok && !taken {
				digests[digest] = uint32(p.from + k)
			}
		}
	}
	return digests
}

// linkAnswers links events to those that they answer.
func (b *builder) linkAnswers(t *Timeline, ids *idTable) {
	type link struct{ from, to uint32 }
	var all []link
	var digests map[string]uint32
	for _, p := range b.parts {
		first := 0                        // of the answers of the event at hand
		linked := make(map[uint32]uint32) // to one more than the last of its answers that links to the event
		for k, reply := range p.replies {
			if k == 0 || p.replies[k-1] != reply {
				first = k
			}
			from := b.position(uint32(p.from) + reply)
			if from == noPosition {
				continue
			}
			id := p.answers.of(k)
			r, _, known := ids.find(tag(ids.key, id), func(other uint32) bool { return bytes.Equal(b.id(other), id) })
			digest, derived := withoutDay(string(id))
			if !known && derived && b.older == nil {
				if digests == nil {
					digests = b.digests()
				}
				r, known = digests[digest]
			}
			to := uint32(noPosition)
			if known {
				to = b.position(r)
			} else if b.older != nil {
				to, known = b.older(string(id))
			} else if t.unanswered = append(t.unanswered, tag(ids.key, id)); derived {
				t.unanswered = append(t.unanswered, tag(ids.key, digest))
			}
			switch {
			case !known || to == from:
				kind := UnknownAnswer
				if known {
					kind = AnswersItself
				}
				b.issue(Issue{Kind: kind, Event: p.extent(int(reply)), ID: string(p.ids.of(int(reply))), Name: string(id), Nth: k - first})
			case linked[to] <= uint32(first):
				linked[to] = uint32(k) + 1
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
