package timeline

import (
	"iter"
	"maps"
	"slices"
)

// A Tier says how much an event matters, to its author or to a reader: whether it
// must, should or could be mentioned if there is time.
type Tier uint8

// An event of which nobody has said so has NoTier.
const (
	NoTier Tier = iota
	Could
	Should
	Must
)

var tiers = [...]string{NoTier: "none", Could: "could", Should: "should", Must: "must"}

// Tiers lists every tier that a file can state, the highest first.
func Tiers() []Tier { return []Tier{Must, Should, Could} }

// String returns the word that files and queries use.
func (r Tier) String() string { return tiers[r] }

// ParseTier finds a tier by its word.
func ParseTier(word string) (Tier, bool) {
	i := slices.Index(tiers[:], word)
	return Tier(max(i, 0)), i >= 0
}

// Letter returns one letter for a list, M, S or C, and a space for none.
func (r Tier) Letter() string { return [...]string{" ", "C", "S", "M"}[r] }

// A Margin is what a reader writes beside the events of a timeline, by event id.
// It is kept apart from the timeline, and belongs to the reader.
type Margin struct {
	Marks map[string]Tier
	Notes map[string]string
}

// marginColumn is a Margin by the positions of its events. Events that the
// timeline lacks are left out.
type marginColumn struct {
	at     map[string]int // by id
	marks  map[int]Tier
	marked []uint32 // in order
	notes  map[int]string
}

// WithMargin returns the timeline with a reader's marks and notes, for queries
// about them. It shares all else with t.
func (t *Timeline) WithMargin(m Margin) *Timeline {
	margin := marginColumn{at: make(map[string]int), marks: make(map[int]Tier), notes: make(map[int]string)}
	unknown := make(map[string]bool)
	for _, ids := range []iter.Seq[string]{maps.Keys(m.Marks), maps.Keys(m.Notes)} {
		for id := range ids {
			if i, known := t.margin.at[id]; known {
				margin.at[id] = i
			} else {
				unknown[id] = true
			}
		}
	}
	maps.Copy(margin.at, t.FindAll(maps.Keys(unknown)))
	for id, i := range margin.at {
		if mark := m.Marks[id]; mark != NoTier {
			margin.marks[i] = mark
			margin.marked = append(margin.marked, uint32(i))
		}
		if note := m.Notes[id]; note != "" {
			margin.notes[i] = note
		}
	}
	slices.Sort(margin.marked)
	other := *t
	other.margin = margin
	return &other
}

// Mark returns the mark of event i.
func (t *Timeline) Mark(i int) Tier { return t.margin.marks[i] }

// Marked selects the events that are marked.
func (t *Timeline) Marked() Selection { return Selection{rows: t.margin.marked} }

// Note returns the reader's note on event i as it was written: it may have
// several lines, and is not cleaned.
func (t *Timeline) Note(i int) string { return t.margin.notes[i] }
