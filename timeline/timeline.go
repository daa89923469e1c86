// Package timeline is what a timeline is: dated events with the sources they
// rest on, the actors they name, queries that select among them, and briefs
// made of what was selected.
//
// It is pure. It knows no file format, no screen, no clock and no colour; the
// packages format and tui know those. Dates are package edtf's.
//
//	t := timeline.New(about, actors, events)
//	q, err := timeline.ParseQuery(`actor:putin since:2024-06`)
//	for _, i := range t.Select(q).All() {
//		fmt.Println(t.Event(i).Title)
//	}
package timeline

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"
	"sort"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// About is what a file says of itself.
type About struct {
	Title       string
	Description string
	Language    string // BCP 47
	Updated     string // as written
	License     string
	BottomLine  string // what its author would have a brief say first
}

// A Timeline is a set of events in the order of their dates: by earliest day,
// then by latest (the narrower first), then by id. It never changes once made,
// and may be shared without locks.
type Timeline struct {
	About

	events []Event        // nil if they are stored
	byID   map[string]int // nil if they are stored
	stored *stored
	seed   maphash.Seed // of the hashes in stored
	actors []Actor

	// For each event that answers or is answered, the others, each once.
	answers, answeredBy links

	// One entry an event, in order.
	dates   dateColumn
	status  []Status
	sources []uint16
	origins []uint16
	traits  []traits
	wide    []uint32   // the events whose date covers more than a day, in order
	reach   runningMax // the latest day of this event and those before it

	names  [listFields]nameColumn
	margin positionedMargin // what the reader wrote

	text *lazyText
}

// New makes a timeline of events and of a register of actors. It cleans every
// string (see Clean), so that whatever a Timeline hands out is fit for a
// terminal. Ids are taken to be unique; of two events with one id, Find knows
// the last.
func New(about About, actors []Actor, events []Event) *Timeline {
	t := &Timeline{About: about, events: slices.Clone(events), actors: merge(actors), text: new(lazyText)}
	t.clean()
	for i := range t.events {
		t.events[i].clean()
	}
	slices.SortStableFunc(t.events, func(a, b Event) int {
		if c := edtf.Compare(a.Date, b.Date); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	t.index()
	return t
}

func (t *Timeline) clean() {
	cleanAll(&t.Title, &t.Description, &t.Language, &t.Updated, &t.License, &t.BottomLine)
}

func (t *Timeline) index() {
	n := len(t.events)
	t.byID = make(map[string]int, n)
	t.dates.numbers = make([]uint32, n)
	t.status, t.traits = make([]Status, n), make([]traits, n)
	t.sources, t.origins = make([]uint16, n), make([]uint16, n)
	for i := range t.events {
		e := &t.events[i]
		t.byID[e.ID] = i
		if k := len(t.dates.distinct); k == 0 || t.dates.distinct[k-1] != e.Date {
			t.dates.distinct = append(t.dates.distinct, e.Date)
		}
		t.dates.numbers[i] = uint32(len(t.dates.distinct) - 1)
		t.status[i] = e.Status
		t.sources[i] = counted(len(e.Sources))
		t.origins[i] = counted(len(e.Origins()))
		t.traits[i] = e.traits()
	}
	t.indexReach()
	t.indexSpans()
	t.indexAnswers()
	t.indexNames()
}

// mostCounted is how many sources or origins a column counts.
const mostCounted = 1<<16 - 1

func counted(n int) uint16 { return uint16(min(n, mostCounted)) }

// indexReach finds how far the events reach; one that is still going on reaches
// no further than its beginning, or no gap would ever follow it.
func (t *Timeline) indexReach() {
	for i, date := range t.dates.numbers {
		if i > 0 && date == t.dates.numbers[i-1] {
			continue
		}
		_, end := t.Span(i)
		if end == edtf.Future {
			end = t.Day(i)
		}
		t.reach.push(i, end)
	}
}

func (t *Timeline) indexAnswers() {
	var from, to []uint32
	for i := range t.events {
		for k, id := range t.events[i].Answers {
			j, ok := t.byID[id]
			if ok && i != j && !slices.Contains(t.events[i].Answers[:k], id) {
				from, to = append(from, uint32(i)), append(to, uint32(j))
			}
		}
	}
	t.answers, t.answeredBy = newLinks(from, to), newLinks(to, from)
}

// Len is the number of events.
func (t *Timeline) Len() int { return len(t.dates.numbers) }

// Event returns the i-th event in order. The caller must not change it. Events
// that are stored in a file are read from it; of one that the file no longer
// has, the title says so, and Err tells why.
func (t *Timeline) Event(i int) *Event {
	if t.stored != nil {
		return t.stored.event(t, i)
	}
	return &t.events[i]
}

// Err returns the first error in reading an event that is stored in a file: the
// file has been cut short, or something else written over it. Reading it anew is
// the remedy.
func (t *Timeline) Err() error {
	if t.stored == nil {
		return nil
	}
	if err := t.stored.err.Load(); err != nil {
		return *err
	}
	return nil
}

// Place returns where event i is stored; ok is false if the timeline keeps its
// events itself.
func (t *Timeline) Place(i int) (at Place, ok bool) {
	if t.stored == nil {
		return Place{}, false
	}
	return t.stored.place(i), true
}

// Find returns the position of the event with this id.
func (t *Timeline) Find(id string) (i int, ok bool) {
	if t.stored == nil {
		i, ok = t.byID[id]
		return i, ok
	}
	i, ok = t.FindAll(slices.Values([]string{id}))[id]
	return i, ok
}

// Day returns the day that event i is filed under: the earliest its date
// allows, else the latest, else edtf.Future.
func (t *Timeline) Day(i int) edtf.Day { return t.dates.day(i) }

// Date returns the date of event i; of events that are stored, without the time
// of day.
func (t *Timeline) Date(i int) edtf.Date { return t.dates.date(i) }

// Status returns the standing of event i.
func (t *Timeline) Status(i int) Status { return t.status[i] }

// Span returns the days that the date of event i covers: see edtf.Date.Span.
func (t *Timeline) Span(i int) (from, to edtf.Day) { return t.dates.date(i).Span() }

// From returns the position of the first event filed under day or later, or
// Len if there is none.
func (t *Timeline) From(day edtf.Day) int {
	return sort.Search(t.Len(), func(i int) bool { return t.Day(i) >= day })
}

// Counts returns the number of sources and of origins of event i.
func (t *Timeline) Counts(i int) (sources, origins int) {
	return int(t.sources[i]), int(t.origins[i])
}

// Reach returns the latest day of event i and of all events before it: no event
// before the next begins later than that, or lasts longer.
func (t *Timeline) Reach(i int) edtf.Day { return t.reach.at(i) }

// Rests says in few characters what event i rests on: "3s/2o" is three sources
// of two origins.
func (t *Timeline) Rests(i int) string {
	return fmt.Sprintf("%ds/%do", t.sources[i], t.origins[i])
}

// Answers lists the events that event i denies or replies to.
func (t *Timeline) Answers(i int) []int { return t.answers.targets(i) }

// AnsweredBy lists the events that deny event i or reply to it.
func (t *Timeline) AnsweredBy(i int) []int { return t.answeredBy.targets(i) }

// Period returns the first and the last day that any event is filed under;
// ok is false when no event has one.
func (t *Timeline) Period() (first, last edtf.Day, ok bool) {
	n := t.From(edtf.Future)
	if n == 0 {
		return 0, 0, false
	}
	return t.Day(0), t.Day(n - 1), true
}

// merge makes one of the entries whose names are the same, as when several
// files have a register each; what one lacks another may know.
func merge(actors []Actor) []Actor {
	var merged []Actor
	at := make(map[string]int)
	for _, a := range actors {
		a.clean()
		key := cmp.Or(text.Fold(a.Name), a.Name)
		i, known := at[key]
		if !known {
			at[key] = len(merged)
			merged = append(merged, a)
			continue
		}
		m := &merged[i]
		m.Aliases = append(slices.Clone(m.Aliases), a.Aliases...)
		m.Native = append(slices.Clone(m.Native), a.Native...)
		m.Kind, m.Role, m.Wikidata = cmp.Or(m.Kind, a.Kind), cmp.Or(m.Role, a.Role), cmp.Or(m.Wikidata, a.Wikidata)
	}
	return merged
}

func (e *Event) clean() {
	cleanAll(&e.ID, &e.TZ, &e.Title, &e.Summary, &e.Caveat, &e.Confidence)
	e.Actors, e.Places, e.Topics, e.Answers = cleaned(e.Actors), cleaned(e.Places), cleaned(e.Topics), cleaned(e.Answers)
	e.Sources = slices.Clone(e.Sources)
	for i := range e.Sources {
		s := &e.Sources[i]
		cleanAll(&s.URL, &s.Title, &s.Publisher, &s.Author, &s.Via, &s.AttributedTo,
			&s.Archived, &s.Language, &s.Supports, &s.Quote, &s.QuoteBy, &s.Reliability)
	}
}

func (a *Actor) clean() {
	cleanAll(&a.Name, &a.Kind, &a.Role, &a.Wikidata)
	a.Aliases = cleaned(a.Aliases)
	a.Native = slices.Clone(a.Native)
	for i := range a.Native {
		cleanAll(&a.Native[i].Language, &a.Native[i].Name)
	}
}

func cleanAll(texts ...*string) {
	for _, s := range texts {
		*s = text.Clean(*s)
	}
}

// cleaned returns texts cleaned, without those of which nothing is left, and the
// same slice when nothing needed it.
func cleaned(texts []string) []string {
	if !slices.ContainsFunc(texts, func(s string) bool { return s == "" || !text.Plain(s) }) {
		return texts
	}
	var clean []string
	for _, s := range texts {
		if s = text.Clean(s); s != "" {
			clean = append(clean, s)
		}
	}
	return clean
}
