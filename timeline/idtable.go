package timeline

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
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
