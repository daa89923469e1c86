package timeline

import (
	"iter"
	"maps"
	"slices"
	"strings"
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

// A MarginEdit is the marks and notes that were changed, by event id.
type MarginEdit struct {
	Marks map[string]Swap[Tier]
	Notes map[string]Swap[string]
}

// A Swap is a value and the one that took its place.
type Swap[V comparable] struct{ From, To V }

// EditTo returns what changes m to another margin.
func (m Margin) EditTo(now Margin) MarginEdit {
	return MarginEdit{swaps(m.Marks, now.Marks), swaps(m.Notes, now.Notes)}
}

func swaps[V comparable](from, to map[string]V) map[string]Swap[V] {
	found := make(map[string]Swap[V])
	for _, ids := range []map[string]V{from, to} {
		for id := range ids {
			if from[id] != to[id] {
				found[id] = Swap[V]{from[id], to[id]}
			}
		}
	}
	return found
}

// Empty reports whether nothing is changed.
func (e MarginEdit) Empty() bool { return len(e.Marks)+len(e.Notes) == 0 }

// Back returns the edit that takes e back.
func (e MarginEdit) Back() MarginEdit { return MarginEdit{turned(e.Marks), turned(e.Notes)} }

func turned[V comparable](by map[string]Swap[V]) map[string]Swap[V] {
	all := make(map[string]Swap[V])
	for id, s := range by {
		all[id] = Swap[V]{s.To, s.From}
	}
	return all
}

// Then joins two edits, of which the other comes later.
func (e MarginEdit) Then(later MarginEdit) MarginEdit {
	return MarginEdit{joined(e.Marks, later.Marks), joined(e.Notes, later.Notes)}
}

func joined[V comparable](first, later map[string]Swap[V]) map[string]Swap[V] {
	all := make(map[string]Swap[V])
	maps.Copy(all, first)
	for id, s := range later {
		if before, ok := first[id]; ok {
			s.From = before.From
		}
		all[id] = s
	}
	return all
}

// With returns the margin after an edit. A mark takes the place of any other, but
// a note that somebody else has changed meanwhile is joined with the edited one,
// and not removed.
func (m Margin) With(e MarginEdit) Margin {
	last := func(_ Tier, s Swap[Tier]) Tier { return s.To }
	return Margin{edited(m.Marks, e.Marks, last), edited(m.Notes, e.Notes, mergedNote)}
}

func edited[V comparable](of map[string]V, by map[string]Swap[V], merged func(V, Swap[V]) V) map[string]V {
	all := make(map[string]V)
	maps.Copy(all, of)
	for id, s := range by {
		if all[id] = merged(of[id], s); all[id] == *new(V) {
			delete(all, id)
		}
	}
	return all
}

// mergedNote is a note after an edit of what may have been another one.
func mergedNote(is string, s Swap[string]) string {
	switch {
	case is == s.From, is == "", strings.Contains(s.To, is):
		return s.To
	case strings.Contains(is, s.To):
		return is
	}
	return is + "\n" + s.To
}

// Equal reports whether two margins hold the same.
func (m Margin) Equal(o Margin) bool {
	return maps.Equal(m.Marks, o.Marks) && maps.Equal(m.Notes, o.Notes)
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
