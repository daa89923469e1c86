package brief

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A Snapshot is what is remembered of a timeline when a brief of it is saved, so
// that the next brief can say what has changed. It holds the whole timeline,
// not only what the brief selected.
type Snapshot struct {
	Day    string                `json:"day"` // of the brief, for people
	Events map[string]Remembered `json:"events"`
}

// A Remembered event is enough of one to tell whether it changed and, when it
// is gone, what it was.
type Remembered struct {
	Title   string          `json:"title"`
	Date    string          `json:"date"` // EDTF
	Status  timeline.Status `json:"status"`
	Text    string          `json:"text"`    // hash of all but the status and the sources
	Sources []string        `json:"sources"` // hashes: eight digits of the source's identity, eight of its content
}

// TakeSnapshot remembers the timeline as of a day.
func TakeSnapshot(t *timeline.Timeline, day string) Snapshot {
	s := Snapshot{Day: day, Events: make(map[string]Remembered, t.Len())}
	for i := range t.Len() {
		e := t.Event(i)
		s.Events[e.ID] = remember(e)
	}
	return s
}

// Compare says what has changed of the events that q selects, and which events
// are in the timeline no more; whether q would select those nobody knows. What
// moved comes first, then what is gone, what is new and what else changed.
func (s Snapshot) Compare(t *timeline.Timeline, q timeline.Query) *Changes {
	c := &Changes{Since: text.Clean(s.Day)}
	for _, i := range t.Select(q).All() {
		e := t.Event(i)
		change := Change{ID: e.ID, Date: e.Date, Title: e.Title, From: e.Status, To: e.Status}
		before, known := s.Events[e.ID]
		if known {
			now := remember(e)
			change.From = before.Status
			change.Added = len(without(now.Sources, before.Sources, whichSource))
			change.Removed = len(without(before.Sources, now.Sources, whichSource))
			says := without(now.Sources, before.Sources, wholeHash)
			change.Text = now.Text != before.Text || len(says) > change.Added
		}
		change.New = !known
		c.add(change)
	}
	still := t.FindAll(maps.Keys(s.Events))
	for _, id := range slices.Sorted(maps.Keys(s.Events)) {
		if _, known := still[id]; !known {
			gone := s.Events[id]
			date, _ := edtf.Parse(gone.Date)
			c.add(Change{ID: text.Clean(id), Date: date, Title: text.Clean(gone.Title), Withdrawn: true, From: gone.Status, To: gone.Status})
		}
	}
	slices.SortStableFunc(c.List, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.turn(), b.turn()), edtf.Compare(a.Date, b.Date))
	})
	return c
}

// turn is the place of a kind of change among the others.
func (c Change) turn() int {
	switch {
	case c.From != c.To:
		return 0
	case c.Withdrawn:
		return 1
	case c.New:
		return 2
	}
	return 3
}

// Of a source's hash, which source it is, and all of it.
const (
	whichSource = 8
	wholeHash   = 16
)

// without lists the hashes that are not among others, each as often as it is
// more often here than there, going by their first digits.
func without(hashes, others []string, digits int) []string {
	left := make(map[string]int)
	for _, h := range others {
		left[h[:min(digits, len(h))]]++
	}
	var rest []string
	for _, h := range hashes {
		h = h[:min(digits, len(h))]
		if left[h]--; left[h] < 0 {
			rest = append(rest, h)
		}
	}
	return rest
}

func remember(e *timeline.Event) Remembered {
	r := Remembered{Title: e.Title, Date: e.Date.String(), Status: e.Status}
	parts := []string{e.Date.String(), e.TZ, e.Reported.String(), e.Title, e.Summary, e.Caveat, e.Confidence, strconv.Itoa(e.Credibility)}
	for _, list := range [][]string{e.Actors, e.Places, e.Topics, e.Answers} {
		parts = append(append(parts, list...), "")
	}
	r.Text = fmt.Sprintf("%016x", hash(parts...))
	for i := range e.Sources {
		s := &e.Sources[i]
		which := []string{s.URL}
		if s.URL == "" {
			which = []string{"", s.Publisher, s.Title}
		}
		says := hash(s.Title, s.Publisher, s.Author, s.Via, s.AttributedTo, s.Kind.String(), s.Published.String(), s.Accessed.String(),
			s.Archived, s.Language, s.Supports, s.Quote, s.QuoteBy, s.Reliability)
		r.Sources = append(r.Sources, fmt.Sprintf("%08x%08x", uint32(hash(which...)), uint32(says)))
	}
	return r
}

// hash is FNV-1a of texts, which hold no zero bytes: see Clean.
func hash(texts ...string) uint64 {
	h := fnv.New64a()
	for _, text := range texts {
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
