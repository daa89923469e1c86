package timeline

import (
	"slices"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Match reports whether event i of a timeline is selected. It is the slow,
// obvious definition, read straight off the event; Timeline.Select must equal it.
func (q Query) Match(t *Timeline, i int) bool { return q.match(t, *t.Event(i), i) }

// match matches an event, of which a known: above may have left some sources.
func (q Query) match(t *Timeline, e Event, i int) bool {
	for _, term := range q.terms {
		if term.field == KnownField && term.group == nil && !term.not {
			until := edtf.Past
			for _, v := range term.values {
				_, to := v.date.On(t.reference()).Span()
				until = max(until, to)
			}
			if !knownBy(e, until) {
				return false
			}
			e.Sources = slices.DeleteFunc(slices.Clone(e.Sources), func(s Source) bool { return !endsBy(s.Published, until) })
		}
	}
	for _, term := range q.terms {
		if !term.match(t, e, i) {
			return false
		}
	}
	return true
}

// knownBy reports whether an event was public by a day, and a source says so.
func knownBy(e Event, day edtf.Day) bool {
	public := e.Date
	if e.Reported.String() != "" {
		public = e.Reported
	}
	if strings.HasSuffix(public.String(), "/..") || strings.HasSuffix(public.String(), "/") {
		public, _ = public.Ends()
	}
	return endsBy(public, day) && slices.ContainsFunc(e.Sources, func(s Source) bool { return endsBy(s.Published, day) })
}

func endsBy(d edtf.Date, day edtf.Day) bool {
	last, known := d.Latest()
	return known && last <= day
}

func (term Term) match(t *Timeline, e Event, i int) bool {
	holds := false
	if term.group != nil {
		holds = slices.ContainsFunc(term.group, func(q Query) bool { return q.match(t, e, i) })
	} else {
		holds = slices.ContainsFunc(term.values, func(v value) bool { return v.match(t, e, i, term.field) })
	}
	return holds != term.not
}

func (v value) match(t *Timeline, e Event, i int, f Field) bool {
	anySource := func(holds func(s Source) bool) bool { return slices.ContainsFunc(e.Sources, holds) }
	switch f {
	case ActorField:
		return v.matchNames(t, f, e.Actors)
	case PlaceField:
		return v.matchNames(t, f, e.Places)
	case TopicField:
		return v.matchNames(t, f, e.Topics)
	case PublisherField:
		return anySource(func(s Source) bool { return v.matchNames(t, f, []string{s.Publisher}) })
	case OriginField:
		return v.matchNames(t, f, e.Origins())
	case SaidField:
		return anySource(func(s Source) bool { return v.matchNames(t, f, []string{s.QuoteBy}) })
	case KindField:
		return anySource(func(s Source) bool { return s.Kind.String() == v.text })
	case TitleField:
		return v.matchText(e.Title)
	case QuoteField:
		return anySource(func(s Source) bool { return s.Quote != "" && v.matchText(s.Quote) })
	case URLField:
		return anySource(func(s Source) bool { return containsFromWordStart(strings.ToLower(s.URL), strings.ToLower(v.text)) })
	case RoleField:
		return slices.ContainsFunc(e.Actors, func(name string) bool {
			actor := t.Actor(name)
			return containsFromWordStart(text.Fold(actor.Role), text.Fold(v.text))
		})
	case FileField:
		n := t.Extent(i).File
		return n < len(t.files) && slices.Contains(t.Named(FileField, v.text), t.files[n])
	case KnownField:
		_, day := v.date.On(t.reference()).Span()
		return knownBy(e, day)
	case StatusField:
		return e.Status == v.status
	case SinceField, UntilField, BeforeField, AfterField, OnField:
		from, to := t.days(v, f)
		return e.Date.Overlaps(from, to)
	case SourcesField:
		return v.matchesNumber(len(e.Sources))
	case OriginsField:
		return v.matchesNumber(len(e.Origins()))
	case HasField:
		return v.feature.match(t, e, i)
	case MarkedField:
		return v.matchesMark(t.Mark(i))
	case IDField:
		return e.ID == v.text
	}
	return v.matchText(t.textOf(i))
}

// textOf is the text of event i that free text searches, a line a field: title,
// summary, actors by all their names, places, publishers and quotations.
func (t *Timeline) textOf(i int) string {
	e := t.Event(i)
	lines := []string{e.Title, WithoutMarks(e.Summary, len(e.Sources))}
	for _, name := range e.Actors {
		actor := t.Actor(name)
		lines = append(lines, actor.Names()...)
	}
	lines = append(lines, e.Places...)
	for j := range e.Sources {
		lines = append(lines, e.Sources[j].Publisher)
	}
	for j := range e.Sources {
		lines = append(lines, e.Sources[j].Quote)
	}
	return strings.Join(lines, "\n") + "\n"
}

func (v value) matchText(all string) bool {
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

func (f feature) match(t *Timeline, e Event, i int) bool {
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
func TextOf(t *Timeline) string { return string(t.text.read(&t.text.blocks[0], new([]byte))) }

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
