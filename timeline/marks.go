package timeline

import "slices"

// A Tier says how much an event matters to its reader: what must, should or
// could be said if there is time.
type Tier uint8

// An event that its reader has not marked has NoTier.
const (
	NoTier Tier = iota
	Could
	Should
	Must
)

var tiers = [...]string{NoTier: "none", Could: "could", Should: "should", Must: "must"}

// String returns the word that queries use.
func (r Tier) String() string { return tiers[r] }

// ParseTier finds a tier by its word.
func ParseTier(word string) (Tier, bool) {
	i := slices.Index(tiers[:], word)
	return Tier(max(i, 0)), i >= 0
}

// Letter returns one letter for a list, M, S or C, and a blank for none.
func (r Tier) Letter() string { return [...]string{" ", "C", "S", "M"}[r] }

// WithMarks returns the same timeline with its reader's marks, by event id, for
// queries that ask for what is marked. It shares all else with t.
func (t *Timeline) WithMarks(marks map[string]Tier) *Timeline {
	marked := *t
	marked.marks = make([]Tier, t.Len())
	for id, tier := range marks {
		if i, ok := t.byID[id]; ok {
			marked.marks[i] = tier
		}
	}
	return &marked
}

// Mark returns the mark of event i.
func (t *Timeline) Mark(i int) Tier {
	if t.marks == nil {
		return NoTier
	}
	return t.marks[i]
}
