package timeline

import "hash/maphash"

// An idTable finds records by tags, parts of the hashes of their ids. Its two
// halves may be filled at once.
type idTable struct {
	seed   maphash.Seed
	halves [2][]uint32 // one more than the record
	tags   []uint32    // by record
}

func newIDTable(seed maphash.Seed, tags []uint32) idTable {
	size := 16
	for size <= len(tags) {
		size *= 2
	}
	return idTable{seed, [2][]uint32{make([]uint32, size), make([]uint32, size)}, tags}
}

// tagOf is the part of an id's hash that is kept.
func tagOf(hash uint64) uint32 { return uint32(hash >> 32) }

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
