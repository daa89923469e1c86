package timeline

import (
	"maps"
	"slices"
)

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

// A Margin is what a reader writes beside the events of a timeline, by event id.
// It is kept apart from the timeline, and belongs to the reader.
type Margin struct {
	Marks map[string]Tier
	Notes map[string]string
}

// WithMargin returns the same timeline with what its reader wrote beside it, for
// queries that ask for what is marked or has a note. It shares all else with t.
func (t *Timeline) WithMargin(m Margin) *Timeline {
	beside := *t
	beside.marks, beside.notes = nil, make(map[int]string)
	if len(m.Marks) > 0 {
		beside.marks = make([]Tier, t.Len())
	}
	for id, i := range t.positions(maps.Keys(m.Marks)) {
		beside.marks[i] = m.Marks[id]
	}
	for id, i := range t.positions(maps.Keys(m.Notes)) {
		if note := m.Notes[id]; note != "" {
			beside.notes[i] = note
		}
	}
	return &beside
}

// Mark returns the mark of event i.
func (t *Timeline) Mark(i int) Tier {
	if t.marks == nil {
		return NoTier
	}
	return t.marks[i]
}

// Note returns the reader's note on event i, as it was written: it may have
// several lines, and is not cleaned.
func (t *Timeline) Note(i int) string { return t.notes[i] }
