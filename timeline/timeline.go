// Package timeline holds a timeline: dated events with their sources, the actors
// that they name, and queries that select events.
//
// It knows no file format, no screen, no clock and no colour. Dates are those of
// package edtf.
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
	"hash/crc32"
	"slices"
	"sort"
	"strconv"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// About describes a file, in its own words.
type About struct {
	Title       string
	Description string
	Language    string // BCP 47
	Updated     string // as written
	License     string
	BottomLine  string // first line of a brief, by the author
}

// A Timeline is a set of events in order: by earliest day; within it those without
// a time of day before those with one, these by instant; then by latest day, the
// narrower first; then by place in the files, in the order of the files. A time
// without a zone is taken in the event's zone, else in UTC. A Timeline never changes
// once made, and may be shared without locks.
type Timeline struct {
	About

	store  *store
	key    idKey // of the hashes of ids
	actors []Actor

	answers, answeredBy links
	unanswered          []uint32 // tags of ids that events answer and no event has

	// One entry per event, in order.
	dates      dateColumn
	clocks     []uint32 // one more than the seconds since local midnight, 0 for no time; nil if there are none
	status     []Status
	importance []Tier
	weights    []uint32 // nil if no event has one
	sources    []uint16
	origins    []uint16
	features   []features
	wide       []uint32   // the events whose date covers more than a day, in order
	reach      runningMax // the latest day of each event and those before it

	names  [listFields]nameColumn
	files  []string // the names of the files, by number
	margin marginColumn
	today  edtf.Day // 0 if it is not known
	whole  *Whole   // nil if the timeline is no part of one
	beyond []Filed  // see Beyond

	text    *haystack
	results *resultCache // of queries
}

// New makes a timeline of events and of a register of actors, which it keeps in
// memory. It cleans every string (see text.Clean), so that whatever a Timeline
// hands out is fit for a terminal. Of events with one id it has the first.
func New(about About, actors []Actor, events []Event) *Timeline {
	events = slices.Clone(events)
	x := NewIndex(func(at Extent) (Event, error) { return events[at.At], nil })
	x.Files = []string{""}
	in := x.Indexer()
	var r Record
	var whole []byte
	for i := range events {
		e := &events[i]
		whole = fmt.Appendf(whole[:0], "%#v", *e) // so that Diff tells events apart
		r.Set(e, Extent{At: int64(i), Len: len(whole), Sum: crc32.ChecksumIEEE(whole)})
		date := e.Date
		if _, timed := date.Clock(); !timed {
			date = edtf.Date{}
		}
		in.add(&r, in.numberOf(e.Date), date)
	}
	in.Flush()
	return x.Timeline(about, actors)
}

// WithToday returns the timeline on a day, from which the dates of queries such as
// -30d are reckoned. Without it, that is the day of the last event.
func (t *Timeline) WithToday(day edtf.Day) *Timeline {
	other := *t
	other.today, other.results = day, new(resultCache)
	return &other
}

// Alike reports whether two timelines differ at most in their margin.
func (t *Timeline) Alike(other *Timeline) bool { return t.results == other.results }

// reference returns the days from which the dates of queries are reckoned: from
// today, and names of months from today or the last event.
func (t *Timeline) reference() edtf.Reference {
	today := t.today
	_, last, dated := t.Period()
	if whole := t.Whole(); whole != nil {
		last, dated = whole.Last, true
	}
	switch {
	case !dated:
		last = today
	case today == 0:
		today = last
	}
	return edtf.Reference{Here: today, Today: today, Last: min(today, last)}
}

func (t *Timeline) clean() {
	each(text.Clean, &t.Title, &t.Description, &t.Language, &t.Updated, &t.License, &t.BottomLine)
}

// mostCounted is how many sources or origins a column counts.
const mostCounted = 1<<16 - 1

func counted(n int) uint16 { return uint16(min(n, mostCounted)) }

// indexReach finds how far the events reach, from one on. An event with an open end
// reaches no further than its beginning; otherwise no gap would ever follow it.
func (t *Timeline) indexReach(from int) {
	for i := from; i < t.Len(); i++ {
		if i > 0 && t.dates.numbers[i] == t.dates.numbers[i-1] {
			continue
		}
		_, end := t.Span(i)
		if end == edtf.Future {
			end = t.Day(i)
		}
		t.reach.push(i, end)
	}
}

// Len is the number of events.
func (t *Timeline) Len() int { return len(t.dates.numbers) }

// Event returns the i-th event in order. The caller must not change it. Events
// are read again from where they are stored; the title of one that has been
// changed or is gone says so, and Err tells why.
func (t *Timeline) Event(i int) *Event { return t.store.event(t, i) }

// Err returns the first error in reading an event again: the file has been cut
// short or overwritten. Opening it again is the remedy.
func (t *Timeline) Err() error {
	if err := t.store.err.Load(); err != nil {
		return *err
	}
	return nil
}

// Extent returns where event i is stored.
func (t *Timeline) Extent(i int) Extent { return t.store.extent(i) }

// Find returns the position of the event that has this id, or had it when its date
// was read otherwise.
func (t *Timeline) Find(id string) (i int, ok bool) {
	one := slices.Values([]string{id})
	if i, ok = t.FindAll(one)[id]; !ok {
		i, ok = t.FindFormer(one)[id]
	}
	return i, ok
}

// Day returns the day that event i is filed under: the earliest its date
// allows, else the latest, else edtf.Future.
func (t *Timeline) Day(i int) edtf.Day { return t.dates.day(i) }

// Date returns the date of event i, without the time of day.
func (t *Timeline) Date(i int) edtf.Date { return t.dates.date(i) }

// Status returns the standing of event i.
func (t *Timeline) Status(i int) Status { return t.status[i] }

// Weight returns the weight of event i as its format states it, 0 if it does not.
func (t *Timeline) Weight(i int) int {
	if t.weights == nil {
		return 0
	}
	return int(t.weights[i])
}

// Importance returns how much event i matters, as its author sees it.
func (t *Timeline) Importance(i int) Tier { return t.importance[i] }

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

// Reach returns the latest day of event i and all events before it. If the next
// event begins later, there is a gap between them.
func (t *Timeline) Reach(i int) edtf.Day { return t.reach.at(i) }

// Rests counts the sources and origins of event i in few characters: "3s/2o" is
// three sources of two origins.
func (t *Timeline) Rests(i int) string {
	return strconv.Itoa(int(t.sources[i])) + "s/" + strconv.Itoa(int(t.origins[i])) + "o"
}

// Answers lists the events that event i replies to or denies.
func (t *Timeline) Answers(i int) []int { return t.answers.targets(i) }

// AnsweredBy lists the events that reply to event i or deny it.
func (t *Timeline) AnsweredBy(i int) []int { return t.answeredBy.targets(i) }

// Denies reports whether event i, one of those that answer event j, rejects what
// that claims.
func (t *Timeline) Denies(i, j int) bool {
	denied := t.Event(j).ID
	return slices.ContainsFunc(t.Event(i).Denies, func(id string) bool { return id == denied || formerly(id, denied) })
}

// Period returns the first and the last day that an event is filed under; ok is
// false if no event has one.
func (t *Timeline) Period() (first, last edtf.Day, ok bool) {
	n := t.From(edtf.Future)
	if n == 0 {
		return 0, 0, false
	}
	return t.Day(0), t.Day(n - 1), true
}

// merge joins the entries of the same name, since several files may each have a
// register.
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

// make makes the texts of an event clean, or only safe. Its ids are always clean,
// as the index has them.
func (e *Event) make(fit func(string) string) {
	each(text.Clean, &e.ID)
	e.Answers, e.Denies = eachOf(text.Clean, e.Answers), eachOf(text.Clean, e.Denies)
	each(fit, &e.TZ, &e.Title, &e.Summary, &e.Caveat, &e.Confidence)
	e.Actors, e.Places, e.Topics = eachOf(fit, e.Actors), eachOf(fit, e.Places), eachOf(fit, e.Topics)
	e.Sources = slices.Clone(e.Sources)
	for i := range e.Sources {
		s := &e.Sources[i]
		each(fit, &s.URL, &s.Title, &s.Publisher, &s.Author, &s.Via, &s.AttributedTo,
			&s.Archived, &s.Language, &s.Supports, &s.Quote, &s.QuoteBy, &s.Reliability)
	}
}

func (a *Actor) clean() {
	each(text.Clean, &a.Name, &a.Kind, &a.Role, &a.Wikidata)
	a.Aliases = eachOf(text.Clean, a.Aliases)
	a.Native = slices.Clone(a.Native)
	for i := range a.Native {
		each(text.Clean, &a.Native[i].Language, &a.Native[i].Name)
	}
}

// each makes texts fit for a use: clean or safe.
func each(fit func(string) string, texts ...*string) {
	for _, s := range texts {
		*s = fit(*s)
	}
}

// eachOf makes texts fit for a use, and drops those that become empty. It returns
// the same slice if all are plain.
func eachOf(fit func(string) string, texts []string) []string {
	if !slices.ContainsFunc(texts, func(s string) bool { return s == "" || !text.Plain(s) }) {
		return texts
	}
	var kept []string
	for _, s := range texts {
		if s = fit(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
