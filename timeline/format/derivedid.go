package format

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"strconv"

	"dateline/timeline/edtf"
)

// derivedID makes an id of the day of an event and of a digest of its record: as
// long as the record stays as it is, so does the id.
func derivedID(date edtf.Date, record string) string {
	digest := sha256.Sum256([]byte(record))
	id := hex.EncodeToString(digest[:5])
	if day, ok := date.Filed(); ok && kebab(day.String()) {
		return day.String() + "-" + id
	}
	return id
}

// idCounter counts how often ids have been made of rows.
type idCounter struct {
	seed maphash.Seed
	seen map[uint64]uint32 // by hash, of which millions take little
}

func newIDCounter() *idCounter { return &idCounter{maphash.MakeSeed(), make(map[uint64]uint32)} }

// count returns how often an id has been made, this time included.
func (ids *idCounter) count(id string) int {
	hash := maphash.String(ids.seed, id)
	ids.seen[hash]++
	return int(ids.seen[hash])
}

// repeatedID is the id of a row of which so many are the same, itself included.
func repeatedID(id string, times int) string {
	if times < 2 {
		return id
	}
	return id + "-" + strconv.Itoa(times)
}
