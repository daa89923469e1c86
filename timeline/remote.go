package timeline

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A store with many more events than fit a Timeline selects them by itself: it
// keeps a Row of each, and is asked for Clauses. This file holds what both sides
// must agree on, so that a query selects the same events in a store and here.

// A Row is what a store keeps of an event, beside its text, to select it.
type Row struct {
	ID          string
	Filed       edtf.Day // see Timeline.Day
	First, Last edtf.Day // the span of its date
	Public      edtf.Day // from which day on it was public; edtf.Future if never
	Published   edtf.Day // when its first source was published; edtf.Future if no source says
	Status      Status
	Sources     int
	Origins     int
	Has         int       // a bit for each feature: see Test
	Names       []Name    // of the list fields
	Text        [3]string // the folded title, summary and quotations, these a line each
	Addresses   string    // of its sources, in small letters, a line each
	Answers     []string  // ids of the events that it answers or denies
}

// A Name is a name of a list field, folded, and as it is written. The written one
// is empty where it does not matter.
type Name struct {
	Field           Field
	Folded, Written string
}

// Row returns the row of event i.
func (t *Timeline) Row(i int) Row {
	e := t.Event(i)
	r := Row{ID: e.ID, Filed: t.Day(i), Status: e.Status, Public: edtf.Future, Published: edtf.Future, Answers: slices.Concat(e.Answers, e.Denies)}
	r.First, r.Last = t.Span(i)
	r.Sources, r.Origins = t.Counts(i)
	if day, ok := e.publicFrom(); ok {
		r.Public = day
	}
	record := NewRecord(e, Extent{})
	r.Has = int(record.features())
	if e.Date.Uncertain() || e.Date.Approximate() {
		r.Has |= 1 << hasUncertain
	}
	title, rest, _ := strings.Cut(string(record.appendText(nil)), "\n")
	summary, quotes, _ := strings.Cut(rest, "\n")
	r.Text = [3]string{title, summary, quotes}
	add := func(f Field, name string) {
		if folded := text.Fold(name); folded != "" && !slices.ContainsFunc(r.Names, func(n Name) bool { return n.Field == f && n.Folded == folded }) {
			if n, ok := t.nameNumber(f, name); ok && (f != ActorField || n >= len(t.actors)) {
				name = t.names[f].names[n] // of several spellings, the one that is shown
			}
			r.Names = append(r.Names, Name{f, folded, name})
		}
	}
	for f, names := range [...][]string{ActorField: e.Actors, PlaceField: e.Places, TopicField: e.Topics} {
		for _, name := range names {
			add(Field(f), name)
		}
	}
	for k := range e.Sources {
		s := &e.Sources[k]
		for _, f := range []Field{KindField, PublisherField, OriginField, SaidField} {
			add(f, s.name(f))
		}
		r.Addresses += strings.ToLower(s.URL) + "\n"
		if day, ok := s.Published.Latest(); ok {
			r.Published = min(r.Published, day)
		}
	}
	return r
}

// A Clause is a term of a query as a store evaluates it. An event matches if it
// passes any of the tests or all clauses of any of the groups; if Not is set, if it
// does not.
type Clause struct {
	Not    bool
	Tests  []Test
	Groups [][]Clause
}

// A Test is one value of a term, with all that depends on other events resolved:
// names, days, files, marks.
type Test struct {
	Field       Field
	Names       []Name         // of list fields, role and text: an event passes that has any
	Folded      string         // of text, title, quote and url: it passes if this occurs in its text
	Regexp      *regexp.Regexp // instead of Folded
	IDs         []string       // of id, marked and has:note
	Files       []string       // of file
	From, To    edtf.Day       // of dates; known until To
	Least, Most int            // of numbers
	Status      Status
	Has         int    // of has: the bit of Row.Has; 0 for answer and note
	Feature     string // of has
	Limited     bool   // of fields about sources: only those published by a day count
}

// Clauses returns the terms of a query. The timeline need have no events: it
// stands for a store whose files, names and register it has (see PartOf), and m
// for the reader's margin.
func (t *Timeline) Clauses(q Query, m Margin) []Clause { return t.clauses(q, m, false) }

func (t *Timeline) clauses(q Query, m Margin, limited bool) []Clause {
	limited = limited || t.horizonIn(q) != nil
	var all []Clause
	for _, term := range q.terms {
		c := Clause{Not: term.not}
		for _, g := range term.group {
			c.Groups = append(c.Groups, t.clauses(g, m, limited))
		}
		if term.group == nil {
			for _, v := range term.values {
				c.Tests = append(c.Tests, t.test(term.field, v, m, limited))
			}
		}
		all = append(all, c)
	}
	return all
}

func (t *Timeline) test(f Field, v value, m Margin, limited bool) Test {
	test := Test{Field: f, Folded: v.folded, Regexp: v.regexp, Status: v.status}
	test.Limited = limited && (f.aboutSources() || f == HasField && (v.feature == hasQuote || v.feature == hasArchive))
	switch {
	case f < listFields:
		test.Names = t.foldedNames(f, t.namesMeant(f, v.text))
	case f == RoleField:
		test.Names = t.foldedNames(ActorField, t.actorsWithRole(v.folded))
	case f == TextField && v.regexp == nil:
		for _, f := range []Field{ActorField, PlaceField, PublisherField} {
			test.Names = append(test.Names, t.foldedNames(f, t.namesWith(f, v.folded))...)
		}
	case f.isDate():
		test.From, test.To = t.days(v, f)
	case f.isNumber():
		test.Least, test.Most = v.numbers()
	case f == FileField:
		for _, n := range t.filesMeant(v.folded) {
			test.Files = append(test.Files, t.files[n])
		}
	case f == IDField:
		test.IDs = []string{v.text}
	case f == MarkedField:
		for id, mark := range m.Marks {
			if v.matchesMark(mark) {
				test.IDs = append(test.IDs, id)
			}
		}
	case f == HasField:
		test.Feature = featureNames[v.feature]
		switch v.feature {
		case hasNote:
			for id, note := range m.Notes {
				if note != "" {
					test.IDs = append(test.IDs, id)
				}
			}
		case hasAnswer:
		default:
			test.Has = 1 << v.feature
		}
	}
	slices.Sort(test.IDs)
	return test
}

// numbers returns the least and the most of the numbers that v matches, which follow
// each other; the least is greater if there are none.
func (v value) numbers() (least, most int) {
	least = mostCounted + 1
	for n := range mostCounted + 1 {
		if v.matchesNumber(n) {
			least, most = min(least, n), n
		}
	}
	return least, most
}

// foldedNames returns, folded, the names by which events have names of a list
// field: an actor of the register has several.
func (t *Timeline) foldedNames(f Field, numbers []int) []Name {
	var names []Name
	for _, n := range numbers {
		written := []string{t.names[f].names[n]}
		if f == ActorField && n < len(t.actors) {
			written = t.actors[n].Names()
		}
		for _, name := range written {
			if k, ok := t.nameNumber(f, name); ok && k == n {
				names = append(names, Name{Field: f, Folded: text.Fold(name)})
			}
		}
	}
	return names
}

// Sought lists the folded texts of a query for which a store should look among its
// names: a name that has none of them, spaces aside, means nothing to the query.
func (t *Timeline) Sought(q Query) []string {
	var sought []string
	for _, term := range q.terms {
		for _, g := range term.group {
			sought = append(sought, t.Sought(g)...)
		}
		if term.group != nil || term.field >= listFields && term.field != TextField {
			continue
		}
		for _, v := range term.values {
			if v.regexp != nil {
				continue
			}
			sought = append(sought, text.Fold(v.text))
			for _, n := range t.foldedNames(ActorField, t.namesMeant(ActorField, v.text)) {
				sought = append(sought, n.Folded)
			}
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(sought)))
}

// A Whole is what is known of the store that a timeline's events came from, so
// that a part of it reads as the whole would: names mean the same, days are
// reckoned from the same last event, and a brief knows of how many it tells.
type Whole struct {
	Events int
	Months map[edtf.Day]int // how many events are filed in each month, by its first day
	First  edtf.Day         // on which an event is filed
	Last   edtf.Day
	Reach  edtf.Day // on which an event ends
	Names  [listFields][]string
}

// PartOf returns the timeline as a part of a whole.
func (t *Timeline) PartOf(w *Whole) *Timeline {
	other := *t
	other.whole, other.results = w, new(resultCache)
	for f, names := range w.Names {
		c := &other.names[f]
		*c = nameColumn{slices.Clone(c.names), maps.Clone(c.bySpelling), c.listColumn, c.firsts, slices.Clip(c.counts), c.postings, c.spellings}
		added := false
		for _, name := range names {
			n, known := t.nameNumber(Field(f), name)
			switch {
			case known && text.Fold(c.names[n]) == text.Fold(name) && (Field(f) != ActorField || n >= len(t.actors)):
				c.names[n] = name // as the whole shows it
				continue
			case known, text.Fold(name) == "":
				continue
			}
			c.bySpelling[name] = len(c.names)
			c.names, c.counts, added = append(c.names, name), append(c.counts, 0), true
		}
		if c.postings != nil {
			c.postings = append(slices.Clip(c.postings), make([][]uint32, len(c.names)-len(c.postings))...)
		}
		if added {
			c.spellings = new(spellings)
		}
	}
	return &other
}

// Total counts the events of the whole that the timeline is a part of.
func (t *Timeline) Total() int {
	if t.whole == nil {
		return t.Len()
	}
	return cmp.Or(t.whole.Events, t.Len())
}

// Whole returns what the timeline is a part of, nil if it is all there is.
func (t *Timeline) Whole() *Whole {
	if t.whole == nil || len(t.whole.Months) == 0 {
		return nil
	}
	return t.whole
}
