package timeline

import (
	"slices"
	"strings"

	"dateline/timeline/text"
)

// Match reports whether event i of a timeline is selected. It is the slow,
// obvious definition, read straight off the event; Timeline.Select must equal it.
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
		return v.matchesNumber(len(e.Sources))
	case OriginsField:
		return v.matchesNumber(len(e.Origins()))
	case HasField:
		return v.feature.match(t, i)
	case MarkedField:
		return v.matchesMark(t.Mark(i))
	case IDField:
		return e.ID == v.text
	}
	all := t.textOf(i)
	if v.regexp != nil {
		return v.regexp.MatchString(all)
	}
	return slices.ContainsFunc(strings.Split(all, "\n"), func(s string) bool { return strings.Contains(text.Fold(s), v.folded) })
}

// matchNames reports whether v means one of an event's names.
func (v value) matchNames(t *Timeline, f Field, names []string) bool {
	meant := t.namesMeant(f, v.text)
	return slices.ContainsFunc(names, func(name string) bool {
		n, ok := t.nameNumber(f, name)
		return ok && slices.Contains(meant, n)
	})
}

func (f feature) match(t *Timeline, i int) bool {
	e := t.Event(i)
	switch f {
	case hasAnswer:
		return len(t.AnsweredBy(i)) > 0 || len(t.Answers(i)) > 0
	case hasCaveat:
		return e.Caveat != ""
	case hasQuote:
		return slices.ContainsFunc(e.Sources, func(s Source) bool { return s.Quote != "" })
	case hasArchive:
		return slices.ContainsFunc(e.Sources, func(s Source) bool { return s.Archived != "" })
	case hasNote:
		return t.Note(i) != ""
	}
	return e.Date.Uncertain() || e.Date.Approximate()
}

// TextOf is the folded text of a timeline of one event.
func TextOf(t *Timeline) string { return string(t.text.passages[0].text) }

// Share and Split do work from several goroutines.
var (
	Share     = share
	Split     = split
	Stretches = stretches
)

// ParallelMin is how many events Split shares out.
const ParallelMin = parallelMin

// MaxCached is how many results are cached, and Cached how many there are.
const MaxCached = maxCached

func Cached(t *Timeline) int { return len(t.results.results) }
