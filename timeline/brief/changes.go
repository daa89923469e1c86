package brief

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Changes are the changes to a timeline since an earlier brief or, if only dates
// could be compared, since a day. Zero Changes mean that there is no earlier brief.
type Changes struct {
	Since string // the day, in words
	Dated bool   // only dates could be compared
	List  []Change
	More  int // changes beyond those listed
	Counts
}

// Counts are the numbers of changed events. An event may change in several ways.
type Counts struct{ New, Moved, Sources, Text, Withdrawn int }

// A Change is the change to one event.
type Change struct {
	ID        string
	Date      edtf.Date
	Title     string
	New       bool
	Withdrawn bool            // no longer in the timeline
	From, To  timeline.Status // they differ if its status moved
	Added     int             // sources
	Removed   int             // sources
	Text      bool            // text, a date, or the content of a source changed
}

// Since lists the selected events that became public on a day or later, or may
// have, judging by their dates.
func Since(t *timeline.Timeline, day edtf.Date, q timeline.Query) *Changes {
	c := &Changes{Since: day.Starting().Words(), Dated: true}
	from, _ := day.Span()
	for _, i := range t.Select(q).All() {
		e := t.Event(i)
		public := e.Reported
		if public.IsZero() {
			public = e.Date
		}
		if public.Starting().Overlaps(from, edtf.Future) {
			c.add(Change{ID: e.ID, Date: e.Date, Title: e.Title, New: true, From: e.Status, To: e.Status})
		}
	}
	return c
}

// add counts and lists a change, if anything changed.
func (c *Changes) add(change Change) {
	counted := false
	for _, way := range []struct {
		is    bool
		count *int
	}{
		{change.New, &c.New}, {change.Withdrawn, &c.Withdrawn}, {change.From != change.To, &c.Moved},
		{change.Added+change.Removed > 0, &c.Sources}, {change.Text, &c.Text},
	} {
		if way.is {
			*way.count++
			counted = true
		}
	}
	if counted {
		c.List = append(c.List, change)
	}
}

// first returns the changes with n of them listed. New events that the brief
// shows are not listed.
func (c Changes) first(n int, shown map[string]bool) *Changes {
	var list []Change
	left := len(c.List)
	for _, change := range c.List {
		if len(list) == n {
			break
		}
		if !change.New || !shown[change.ID] {
			list = append(list, change)
		}
	}
	c.More = left - len(list) - len(shown)
	c.List = list
	return &c
}

// Heading is the heading of the section of changes.
func (c *Changes) Heading() string {
	if c.Dated {
		return "Public since " + c.Since
	}
	return "Since the last brief, " + c.Since
}

// Summary counts the changes in a line.
func (c *Changes) Summary() string {
	if c.Dated {
		return text.Counted(c.New, "event") + "; only dates could be compared"
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{c.New, "new"}, {c.Moved, "of another status"}, {c.Sources, "with other sources"}, {c.Text, "with other text"}, {c.Withdrawn, "withdrawn"}} {
		if part.n > 0 {
			parts = append(parts, text.Grouped(part.n)+" "+part.what)
		}
	}
	if len(parts) == 0 {
		return "nothing has changed"
	}
	return strings.Join(parts, ", ")
}

// Lines describes the changes, a line for each event, and counts the rest.
func (c *Changes) Lines() []string {
	var lines []string
	for _, change := range c.List {
		line := change.Date.Words() + " · " + clip(change.Title, longestTitle)
		if !c.Dated {
			line += ": " + change.String()
		}
		lines = append(lines, line)
	}
	if c.More > 0 && len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", text.Grouped(c.More)))
	}
	return lines
}

// String says how the event changed.
func (c Change) String() string {
	var parts []string
	add := func(is bool, format string, args ...any) {
		if is {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(c.New, "new")
	add(c.Withdrawn, "withdrawn")
	add(c.From != c.To, "%s → %s", c.From, c.To)
	add(c.Added > 0, "%s added", text.Counted(c.Added, "source"))
	add(c.Removed > 0, "%s withdrawn", text.Counted(c.Removed, "source"))
	add(c.Text, "text changed")
	return strings.Join(parts, ", ")
}

// A Snapshot records a timeline when a brief of it is saved, so that the next
// brief can list the changes. It covers all events, not only the selected ones.
type Snapshot struct {
	Day    string                 `json:"day"` // of the brief, for people
	Events map[string]Fingerprint `json:"events"`
}

// A Fingerprint is enough of an event to detect changes and, if the event is gone,
// to name it.
type Fingerprint struct {
	Title   string          `json:"title"`
	Date    string          `json:"date"` // EDTF
	Status  timeline.Status `json:"status"`
	Text    string          `json:"text"`    // hash of what a reader reads but the status and the sources
	Sources []string        `json:"sources"` // hashes: eight digits of the source's identity, eight of its content
}

// NewSnapshot records the timeline as of a day.
func NewSnapshot(t *timeline.Timeline, day string) Snapshot {
	s := Snapshot{Day: day, Events: make(map[string]Fingerprint, t.Len())}
	for i := range t.Len() {
		e := t.Event(i)
		s.Events[e.ID] = fingerprint(e)
	}
	return s
}

// Compare lists the changes to the events that q selects, and all events that are
// no longer in the timeline, since q cannot be tried on those. Changes of status
// come first, then withdrawn, new and otherwise changed events; of each, the newest.
func (s Snapshot) Compare(t *timeline.Timeline, q timeline.Query) *Changes {
	c := &Changes{Since: text.Clean(s.Day)}
	if former := t.FindFormer(maps.Keys(s.Events)); len(former) > 0 {
		s.Events = maps.Clone(s.Events)
		for id, i := range former {
			timeline.Rename(s.Events, id, t.Event(i).ID)
		}
	}
	for _, i := range t.Select(q).All() {
		e := t.Event(i)
		change := Change{ID: e.ID, Date: e.Date, Title: e.Title, From: e.Status, To: e.Status}
		before, known := s.Events[e.ID]
		if known {
			now := fingerprint(e)
			change.From = before.Status
			change.Added = len(without(now.Sources, before.Sources, identity))
			change.Removed = len(without(before.Sources, now.Sources, identity))
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
		return cmp.Or(cmp.Compare(a.kind(), b.kind()), edtf.Compare(b.Date, a.Date))
	})
	return c
}

// kind orders changes.
func (c Change) kind() int {
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

// Digits of a source's hash: its identity, and all of it.
const (
	identity  = 8
	wholeHash = 16
)

// without subtracts one multiset of hashes from another, comparing their first
// digits.
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

// fingerprint hashes what a reader would call the event: not when a source was last
// looked at, how its address is spelled, the order of names, or where footnote marks
// stand.
func fingerprint(e *timeline.Event) Fingerprint {
	r := Fingerprint{Title: e.Title, Date: e.Date.String(), Status: e.Status}
	summary := timeline.WithoutMarks(e.Summary, len(e.Sources))
	parts := []string{e.Date.String(), e.TZ, e.Reported.String(), e.Title, summary, e.Caveat, e.Confidence, strconv.Itoa(e.Credibility)}
	for _, list := range [][]string{e.Actors, e.Places, e.Topics, slices.Concat(e.Answers, e.Denies)} {
		parts = append(append(parts, slices.Sorted(slices.Values(list))...), "")
	}
	r.Text = fmt.Sprintf("%016x", hash(parts...))
	for i := range e.Sources {
		s := &e.Sources[i]
		which := []string{samePage(s.URL)}
		if s.URL == "" {
			which = []string{"", s.Publisher, s.Title}
		}
		says := hash(s.Title, s.Publisher, s.Author, s.Via, s.AttributedTo, s.Published.String(), s.Quote, s.QuoteBy, s.Reliability)
		r.Sources = append(r.Sources, fmt.Sprintf("%08x%08x", uint32(hash(which...)), uint32(says)))
	}
	return r
}

// samePage is what addresses of one page share: their letters and digits, without
// scheme, www., a final slash or a fragment.
func samePage(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	rest, _, _ = strings.Cut(strings.TrimPrefix(strings.ToLower(rest), "www."), "#")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, rest)
}

// hash is FNV-1a of texts, which have no zero bytes: see text.Clean.
func hash(texts ...string) uint64 {
	h := fnv.New64a()
	for _, text := range texts {
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
