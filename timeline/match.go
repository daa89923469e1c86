package timeline

import (
	"slices"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Match reports whether event i of a timeline is selected. It is the slow,
// obvious truth, read straight off the event; Timeline.Select is the fast path
// and equals it.
func (q Query) Match(t *Timeline, i int) bool {
	for _, term := range q.terms {
		if !term.match(t, i) {
			return false
		}
	}
	return true
}

func (term Term) match(t *Timeline, i int) bool {
	holds := false
	if term.group != nil {
		holds = slices.ContainsFunc(term.group, func(q Query) bool { return q.Match(t, i) })
	} else {
		holds = slices.ContainsFunc(term.values, func(v value) bool { return v.match(t, i, term.field) })
	}
	return holds != term.not
}

func (v value) match(t *Timeline, i int, f Field) bool {
	e := t.Event(i)
	switch f {
	case ActorField:
		return v.matchNames(t, f, e.Actors)
	case PlaceField:
		return v.matchNames(t, f, e.Places)
	case TopicField:
		return v.matchNames(t, f, e.Topics)
	case PublisherField:
		return slices.ContainsFunc(e.Sources, func(s Source) bool { return v.matchNames(t, f, []string{s.Publisher}) })
	case KindField:
		return slices.ContainsFunc(e.Sources, func(s Source) bool { return s.Kind.String() == v.text })
	case StatusField:
		return e.Status == v.status
	case SinceField, UntilField, OnField:
		from, to := v.days(f)
		return e.Date.Overlaps(from, to)
	case SourcesField:
		return v.compare(len(e.Sources))
	case OriginsField:
		return v.compare(len(e.Origins()))
	case HasField:
		return v.feature.of(t, i)
	case MarkedField:
		return v.marks(t.Mark(i))
	case IDField:
		return e.ID == v.text
	}
	all := t.textOf(i)
	if v.regexp != nil {
		return v.regexp.MatchString(all)
	}
	return slices.ContainsFunc(strings.Split(all, "\n"), func(s string) bool { return strings.Contains(text.Fold(s), v.folded) })
}

// matchNames reports whether one of an event's names is one that v means.
func (v value) matchNames(t *Timeline, f Field, names []string) bool {
	meant := t.namesMeant(f, v.text)
	return slices.ContainsFunc(names, func(name string) bool {
		n, ok := t.nameNumber(f, name)
		return ok && slices.Contains(meant, n)
	})
}

// days returns the stretch of days that a date means after since:, until: or
// on:. Of since and until only the near end counts.
func (v value) days(f Field) (from, to edtf.Day) {
	from, to = v.date.Span()
	switch f {
	case SinceField:
		return from, edtf.Future
	case UntilField:
		return edtf.Past, to
	}
	return from, to
}

// marks reports whether a mark is one that v means: any, if it names none.
func (v value) marks(tier Tier) bool {
	if v.text == "" {
		return tier != NoTier
	}
	return tier == v.tier
}

func (v value) compare(n int) bool {
	switch v.op {
	case "<":
		return n < v.number
	case "<=":
		return n <= v.number
	case ">":
		return n > v.number
	case ">=":
		return n >= v.number
	}
	return n == v.number
}

func (f feature) of(t *Timeline, i int) bool {
	e := t.Event(i)
	switch f {
	case hasAnswer:
		return len(t.AnsweredBy(i)) > 0 || len(t.Answers(i)) > 0
	case hasNote:
		return t.Note(i) != ""
	case hasUncertain:
		return e.Date.Uncertain() || e.Date.Approximate()
	}
	return e.traits()&f.trait() != 0
}

// traits are what an event has besides the fields it must have, for has:.
type traits uint8

const (
	caveat traits = 1 << iota
	quote
	archive
)

// trait is the one that a feature asks for, if it asks for one.
func (f feature) trait() traits {
	return [...]traits{hasCaveat: caveat, hasQuote: quote, hasArchive: archive, hasUncertain: 0}[f]
}

func (e *Event) traits() traits {
	var has traits
	if e.Caveat != "" {
		has |= caveat
	}
	for i := range e.Sources {
		if e.Sources[i].Quote != "" {
			has |= quote
		}
		if e.Sources[i].Archived != "" {
			has |= archive
		}
	}
	return has
}

// textOf returns what free text searches, a line a field: title, summary,
// actors by all their names, places, publishers and quotations.
func (t *Timeline) textOf(i int) string {
	var b strings.Builder
	t.writeText(i, func(s string) {
		b.WriteString(s)
		b.WriteByte('\n')
	})
	return b.String()
}

func (t *Timeline) writeText(i int, line func(string)) {
	e := t.Event(i)
	line(e.Title)
	line(WithoutPointers(e.Summary))
	for _, name := range e.Actors {
		actor := t.Actor(name)
		for _, way := range actor.Names() {
			line(way)
		}
	}
	for _, place := range e.Places {
		line(place)
	}
	for j := range e.Sources {
		line(e.Sources[j].Publisher)
	}
	for j := range e.Sources {
		line(e.Sources[j].Quote)
	}
}
