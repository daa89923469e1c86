package timeline

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A horizon is the last day of a known: term. Within its query, sources that are
// published later do not count, nor those without a date. A date that states no
// day counts as its last, so that nothing is called known too early.
type horizon struct {
	day     edtf.Day
	limited bool // false only in the zero horizon, which is none
}

// horizonOf returns the horizon of a value of known:.
func (t *Timeline) horizonOf(v value) horizon {
	_, last := v.date.On(t.reference()).Span()
	return horizon{last, true}
}

// horizonOf returns the horizon that a query sets, the earliest of its terms; nil
// if it sets none.
func (t *Timeline) horizonIn(q Query) *horizon {
	var earliest *horizon
	for _, term := range q.terms {
		if term.group != nil || term.not || term.field != KnownField {
			continue
		}
		latest := t.horizonOf(term.values[0])
		for _, v := range term.values[1:] {
			latest.day = max(latest.day, t.horizonOf(v).day)
		}
		if earliest == nil || latest.day < earliest.day {
			earliest = &latest
		}
	}
	return earliest
}

// Remark says which sources a query does not count; it is empty if it counts all.
func (t *Timeline) Remark(q Query) string {
	h := t.horizonIn(q)
	if h == nil || h.day == edtf.Past || h.day == edtf.Future {
		return ""
	}
	return fmt.Sprintf("known by %s: sources published later, or without a date, are not counted", wordsOf(h.day))
}

// under is e within a query.
func (e evaluation) under(q Query) evaluation {
	if h := e.horizonIn(q); h != nil && (e.horizon == nil || h.day < e.horizon.day) {
		e.horizon = h
	}
	return e
}

// limits reports whether the horizon limits the sources that v is about.
func (e evaluation) limits(f Field, v value) bool {
	return e.horizon != nil && (f.aboutSources() || f == HasField && (v.feature == hasQuote || v.feature == hasArchive))
}

// aboutSources reports whether the field is about an event's sources.
func (f Field) aboutSources() bool {
	switch f {
	case KindField, PublisherField, OriginField, SaidField, SourcesField, OriginsField, QuoteField, URLField:
		return true
	}
	return false
}

// publicBy returns the events that were public, and had a source, by a day.
func (e evaluation) publicBy(h horizon) bitset {
	key := cacheKey{field: KnownField, horizon: h}
	set, ok := e.results.get(key)
	if ok {
		return set
	}
	set = newBitset(e.Len())
	for i, event := range e.readAll(nil) {
		if event.publicBy(h.day) && len(publishedBy(event.Sources, h)) > 0 {
			set.add(i)
		}
	}
	if e.ctx.Err() == nil {
		e.results.put(cachedResult{cacheKey: key, set: set})
	}
	return set
}

// publicBy reports whether the event was public by a day.
func (e *Event) publicBy(day edtf.Day) bool {
	from, ok := e.publicFrom()
	return ok && from <= day
}

// publicFrom returns the day from which on the event was public: reported or, where
// no report is stated, over. Of an event whose end is open or unknown, the beginning
// counts.
func (e *Event) publicFrom() (day edtf.Day, ok bool) {
	public := e.Date
	if !e.Reported.IsZero() {
		public = e.Reported
	}
	day, ok = public.Latest()
	if !ok {
		start, _ := public.Ends()
		day, ok = start.Latest()
	}
	return day, ok
}

// publishedBy returns the sources that a horizon leaves.
func publishedBy(sources []Source, h horizon) []Source {
	if !h.limited {
		return sources
	}
	var left []Source
	for i := range sources {
		if last, ok := sources[i].Published.Latest(); ok && last <= h.day {
			left = append(left, sources[i])
		}
	}
	return left
}

// addSources adds to set those of some events whose sources match v. It reads each
// event.
func (e evaluation) addSources(set, among bitset, f Field, v value) {
	h := horizon{}
	if e.horizon != nil {
		h = *e.horizon
	}
	var meant []int
	if f < listFields {
		meant = e.namesMeant(f, v.text)
	}
	for i, event := range e.readAll(&among) {
		if e.sourcesMatch(publishedBy(event.Sources, h), f, v, meant) {
			set.add(i)
		}
	}
}

// sourcesMatch reports whether sources match v, which means some names if the field
// is a list.
func (t *Timeline) sourcesMatch(sources []Source, f Field, v value, meant []int) bool {
	switch f {
	case SourcesField:
		return v.matchesNumber(min(len(sources), mostCounted))
	case OriginsField:
		return v.matchesNumber(min(len((&Event{Sources: sources}).Origins()), mostCounted))
	}
	return slices.ContainsFunc(sources, func(s Source) bool {
		switch {
		case f < listFields:
			n, ok := t.nameNumber(f, s.name(f))
			return ok && slices.Contains(meant, n)
		case f == QuoteField && v.regexp != nil:
			return s.Quote != "" && v.regexp.MatchString(s.Quote)
		case f == QuoteField:
			return strings.Contains(text.Fold(s.Quote), v.folded)
		case f == URLField:
			return containsFromWordStart(strings.ToLower(s.URL), v.folded)
		case f == HasField && v.feature == hasQuote:
			return s.Quote != ""
		}
		return s.Archived != "" // has:archive
	})
}

// name returns the name that the source gives its event in a list field.
func (s *Source) name(f Field) string {
	switch {
	case f == PublisherField:
		return s.Publisher
	case f == OriginField:
		return s.Origin()
	case f == SaidField:
		return s.QuoteBy
	case s.Kind != NoKind:
		return s.Kind.String()
	}
	return ""
}

// readAll reads some events, or all, until the evaluation ends.
func (e evaluation) readAll(some *bitset) func(yield func(int, *Event) bool) {
	return func(yield func(int, *Event) bool) {
		positions := func(yield func(int) bool) {
			for i := range e.Len() {
				if (some == nil || some.has(i)) && !yield(i) {
					return
				}
			}
		}
		for i, event := range Ahead(e.Timeline, positions, func(i int) Event { return e.store.fetch(e.Timeline, i, text.Clean) }) {
			if e.ctx.Err() != nil || !yield(i, event) {
				return
			}
		}
	}
}
