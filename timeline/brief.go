package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dateline/timeline/edtf"
)

// A Brief is what a person takes into a meeting: the events that a query
// selects, with their footnotes. It says what the file says and
// judges nothing.
type Brief struct {
	BriefOptions
	Query Query

	Events    []BriefEvent
	Disputes  []Dispute
	People    []Mention
	OneOrigin []BriefEvent // those of Events that rest on one origin only
	Sources   []Source     // Sources[0] is footnote 1
	Total     int          // events in the timeline
	Uncertain int          // see Selection
}

// BriefOptions is what a brief is told, since a timeline does not know it.
type BriefOptions struct {
	Title      string
	BottomLine string // its author's; empty leaves a line to write on
	AsOf       string // the day it is made, for people
	File       string // the name of the file the events come from
	Digest     string // hexadecimal SHA-256 of that file
	LeftOut    string // what of the file could not be read; empty when all was
	Newest     bool   // newest first
}

// A BriefEvent is an event as a brief tells it.
type BriefEvent struct {
	*Event
	Text  string // the summary, its marks renumbered to the brief's footnotes
	Notes []int  // the footnotes of all its sources
}

// A Dispute is a claim beside the event that denies it or replies to it.
type Dispute struct{ Claim, Denial *Event }

// A Mention is an actor and the number of a brief's events that name it.
type Mention struct {
	Actor
	Events int
}

// mostPeople is how many actors a brief introduces.
const mostPeople = 12

// NewBrief makes a brief of the events that q selects.
func NewBrief(t *Timeline, q Query, opt BriefOptions) *Brief {
	selection := t.Select(q)
	b := &Brief{BriefOptions: opt, Query: q, Total: t.Len(), Uncertain: selection.Uncertain}
	if b.Title == "" {
		b.Title = t.Title
	}
	notes := make(map[string]int)
	order := selection.All()
	if b.Newest {
		slices.Reverse(order)
	}
	for _, i := range order {
		e := b.tell(t.Event(i), notes)
		b.Events = append(b.Events, e)
		if _, origins := t.Counts(i); origins == 1 {
			b.OneOrigin = append(b.OneOrigin, e)
		}
	}
	b.Disputes = disputes(t, selection)
	b.People = mentions(t, selection)
	return b
}

// tell numbers the event's sources among the brief's footnotes: a source that
// several events cite has one.
func (b *Brief) tell(e *Event, notes map[string]int) BriefEvent {
	told := BriefEvent{Event: e}
	for i := range e.Sources {
		s := &e.Sources[i]
		key := s.URL + " " + s.Note()
		n, known := notes[key]
		if !known {
			b.Sources = append(b.Sources, *s)
			n = len(b.Sources)
			notes[key] = n
		}
		told.Notes = append(told.Notes, n)
	}
	told.Text = renumber(e.Summary, told.Notes)
	return told
}

// renumber rewrites the source marks of a summary; a mark without a source
// goes, since in the brief its number is another source's.
func renumber(summary string, notes []int) string {
	var b strings.Builder
	at := 0
	for _, m := range Pointers(summary) {
		text := summary[at:m.Start]
		at = m.End
		if m.Source < 1 || m.Source > len(notes) {
			b.WriteString(strings.TrimRight(text, " "))
			continue
		}
		fmt.Fprintf(&b, "%s[%d]", text, notes[m.Source-1])
	}
	return b.String() + summary[at:]
}

// disputes pairs every selected event that is answered, or answers, with its
// counterpart, whether or not the counterpart is selected too.
func disputes(t *Timeline, s Selection) []Dispute {
	type pair struct{ claim, denial int }
	found := make(map[pair]bool)
	for _, i := range s.All() {
		for _, j := range t.Answers(i) {
			found[pair{j, i}] = true
		}
		for _, j := range t.AnsweredBy(i) {
			found[pair{i, j}] = true
		}
	}
	pairs := slices.SortedFunc(maps.Keys(found), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.claim, b.claim), cmp.Compare(a.denial, b.denial))
	})
	var disputes []Dispute
	for _, p := range pairs {
		disputes = append(disputes, Dispute{t.Event(p.claim), t.Event(p.denial)})
	}
	return disputes
}

// mentions lists the actors of the selected events that the register says
// something of, most named first.
func mentions(t *Timeline, s Selection) []Mention {
	count := make(map[uint32]int)
	column := &t.names[ActorField]
	for _, i := range s.All() {
		for _, n := range column.of[i] {
			count[n]++
		}
	}
	var people []Mention
	for n, events := range count {
		if int(n) < len(t.actors) && (t.actors[n].Role != "" || len(t.actors[n].Native) > 0) {
			people = append(people, Mention{t.actors[n], events})
		}
	}
	slices.SortFunc(people, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name))
	})
	return people[:min(len(people), mostPeople)]
}

// Scope says what the brief is about: the query's own text, or that it is all.
func (b *Brief) Scope() string {
	if b.Query.Empty() {
		return "all events"
	}
	return Clean(b.Query.String())
}

// Period says in words from when to when the brief's events are, no more
// exactly than they do.
func (b *Brief) Period() string {
	if len(b.Events) == 0 {
		return "no events"
	}
	first, last := b.Events[0].Date, b.Events[0].Date
	_, end := last.Span()
	for _, e := range b.Events {
		if edtf.Compare(e.Date, first) < 0 {
			first = e.Date
		}
		if _, to := e.Date.Span(); to > end {
			last, end = e.Date, to
		}
	}
	if first == last {
		return first.Words()
	}
	start, _ := first.Ends()
	_, stop := last.Ends()
	if strings.HasSuffix(last.String(), "/..") {
		return cmp.Or(start, first).Words() + " and on"
	}
	return cmp.Or(start, first).Words() + " to " + cmp.Or(stop, last).Words()
}

// Foot says what the brief was made from and what it does not show.
func (b *Brief) Foot() string {
	var parts []string
	if b.File != "" {
		parts = append(parts, b.File)
	}
	if b.Digest != "" {
		parts = append(parts, "sha256 "+b.Digest[:min(len(b.Digest), 16)])
	}
	parts = append(parts, fmt.Sprintf("%d of %d events shown", len(b.Events), b.Total))
	if b.LeftOut != "" {
		parts = append(parts, b.LeftOut)
	}
	if !b.Query.Empty() {
		parts = append(parts, "filters: "+Clean(b.Query.String()))
	}
	if b.Uncertain > 0 {
		parts = append(parts, fmt.Sprintf("%d by uncertain date", b.Uncertain))
	}
	return strings.Join(parts, " · ")
}

// Rests says on how many sources and origins an event rests.
func (e *Event) Rests() string {
	sources, origins := len(e.Sources), len(e.Origins())
	if sources == 0 {
		return "no sources"
	}
	return Counted(sources, "source") + ", " + Counted(origins, "origin")
}
