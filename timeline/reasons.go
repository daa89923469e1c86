package timeline

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Check returns an error, a *QueryError, if a query has a name that no event has or
// selects no event, and says why. The query is valid nonetheless, and can be
// selected.
func (t *Timeline) Check(q Query) error {
	if bad := t.unknownName(q); bad != nil {
		return bad
	}
	e := t.evaluation()
	if bad := e.clash(q, e.periodsClash); bad != nil {
		return bad // although an event of both years may match
	}
	if t.Len() == 0 || e.query(q, byOverlap).count() > 0 {
		return nil
	}
	return e.whyNone(q)
}

// unknownName finds the first name in a query that no event has.
func (t *Timeline) unknownName(q Query) *QueryError {
	for _, term := range q.terms {
		for _, g := range term.group {
			if bad := t.unknownName(g); bad != nil {
				return bad
			}
		}
		if term.group != nil || term.field >= listFields || term.field == KindField {
			continue
		}
		for _, v := range term.values {
			if len(t.namesMeant(term.field, v.text)) > 0 {
				continue
			}
			reason := fmt.Sprintf("unknown %s %s", term.field, v.text)
			if term.field == SaidField {
				reason = "nobody called " + v.text + " is quoted"
			}
			return &QueryError{max(1, v.column), reason, t.meantInstead(term.field, v)}
		}
	}
	return nil
}

// meantInstead proposes what an unknown name was meant to be: a name of another
// field, or the nearest of its own.
func (t *Timeline) meantInstead(f Field, v value) string {
	if other, ok := t.elsewhere(f, v, true); ok {
		return other
	}
	if near := t.nearestName(f, v.text); near != "" {
		return didYouMean(near)
	}
	other, _ := t.elsewhere(f, v, false)
	return other
}

// elsewhere proposes another field that has the name, or a status or a kind; not
// only a part of one if it must be whole.
func (t *Timeline) elsewhere(f Field, v value, whole bool) (advice string, ok bool) {
	for _, g := range []Field{StatusField, KindField, ActorField, PlaceField, TopicField, SaidField, PublisherField, OriginField} {
		meant := g != f
		switch {
		case g == f:
		case g == StatusField:
			_, meant = ParseStatus(v.text)
		case g == KindField:
			_, meant = ParseKind(v.text)
		case whole:
			meant = len(t.spellingsOf(g).names[v.folded]) > 0
		default:
			meant = len(t.namesMeant(g, v.text)) > 0
		}
		if meant {
			return fmt.Sprintf("%s is %s: write %s", v.text, articles[g], Term{field: g, values: []value{v}}), true
		}
	}
	return "", false
}

var articles = map[Field]string{
	StatusField: "a status", KindField: "a kind of source", ActorField: "an actor", PlaceField: "a place", TopicField: "a topic",
	SaidField: "somebody quoted", PublisherField: "a publisher", OriginField: "an origin",
}

// nearestName returns the name with a spelling, or a word of one, nearest to a
// value.
func (t *Timeline) nearestName(f Field, value string) string {
	var words []string
	names := make(map[string]string) // by word
	for n, spellings := range t.spellingsOf(f).byName {
		for _, spelling := range spellings {
			for _, w := range append(strings.Fields(spelling), spelling) {
				if _, known := names[w]; !known && utf8.RuneCountInString(w) > 2 {
					names[w] = t.names[f].names[n]
					words = append(words, w)
				}
			}
		}
	}
	return names[text.Nearest(value, words)]
}

// whyNone says why a query selects no event: one term does not, or two do not
// together.
func (e evaluation) whyNone(q Query) *QueryError {
	e = e.under(q)
	sets := make([]bitset, len(q.terms))
	for i, term := range q.terms {
		if sets[i] = e.term(term, byOverlap); sets[i].count() == 0 {
			return e.whyNoneOf(term)
		}
	}
	if bad := e.clash(q, whyNotBoth); bad != nil {
		return bad
	}
	for j, b := range q.terms {
		for i, a := range q.terms[:j] {
			both := newBitset(e.Len())
			both.or(sets[i])
			if both.and(sets[j]); both.count() == 0 {
				return &QueryError{b.column(), fmt.Sprintf("no event matches both %s and %s", a, b), ""}
			}
		}
	}
	return &QueryError{q.terms[0].column(), "each term has events, but none matches them all", ""}
}

// column is where the term is in its query's text.
func (t Term) column() int {
	switch {
	case t.group != nil && len(t.group[0].terms) > 0:
		return t.group[0].terms[0].column()
	case len(t.values) > 0:
		return max(1, t.values[0].column)
	}
	return 1
}

// whyNoneOf says why a term selects no event.
func (e evaluation) whyNoneOf(term Term) *QueryError {
	if term.group != nil && !term.not {
		return e.whyNone(term.group[0])
	}
	bad := &QueryError{Column: term.column()}
	if term.not {
		bad.Reason = term.String() + " excludes every event"
		return bad
	}
	v, values := term.values[0], e.valuePhrases(term)
	switch f := term.field; {
	case e.limits(f, v):
		bad.Reason = fmt.Sprintf("no event has %s among the sources published by then", term)
	case f == StatusField:
		bad.Reason, bad.Try = "no event is "+values, "the statuses here are "+e.valuesHere(f)
	case f == KindField:
		bad.Reason, bad.Try = "no source is of the kind "+values, "the kinds here are "+e.valuesHere(f)
	case f == KnownField:
		bad.Reason, bad.Try = fmt.Sprintf("no event was known by %s", e.datePhrase(term)), "it must be over or reported by then, and have a source published by then"
	case f.isDate():
		bad.Reason, bad.Try = e.whyNoDate(term)
	case f.isNumber():
		least, most := e.mostAndLeast(f)
		bad.Reason = fmt.Sprintf("events here have %d to %s", least, text.Counted(most, strings.TrimSuffix(f.String(), "s")))
		if least == most {
			bad.Reason = "events here have " + text.Counted(most, strings.TrimSuffix(f.String(), "s"))
		}
	case f == HasField && v.feature == hasNote:
		bad.Reason = "you have written no note"
	case f == HasField && v.feature == hasAnswer:
		bad.Reason = "no event here answers another"
	case f == HasField:
		bad.Reason = "no event here has " + strings.TrimPrefix(values, "with ")
	case term.anyMark():
		bad.Reason = "you have marked no event"
	case f == MarkedField:
		bad.Reason = "no event is marked " + values
	case f == RoleField:
		bad.Reason, bad.Try = "no actor here has the role "+v.text, didYouMean(text.Nearest(v.text, e.roles()))
	case f == FileField:
		if bad.Reason = "no file is called " + v.text; len(e.files) > 1 {
			bad.Try = "the files are " + strings.Join(e.files, ", ")
		}
	case f == IDField:
		bad.Reason = "no event has the id " + v.text
	case f == TitleField:
		bad.Reason = "no title contains " + values
	case f == QuoteField:
		bad.Reason = "no quotation contains " + values
	case f == URLField:
		bad.Reason = "no source has an address with " + v.text
	default:
		bad.Reason = "no event contains " + values
		if v.regexp == nil && len(term.values) == 1 {
			bad.Try, _ = e.elsewhere(TextField, v, true)
		}
	}
	return bad
}

// valuesHere lists the values of a field that events have.
func (t *Timeline) valuesHere(f Field) string {
	var values []string
	for _, c := range t.Tally(f, Query{}) {
		values = append(values, c.Value)
	}
	return strings.Join(values, ", ")
}

// roles lists the roles of the register.
func (t *Timeline) roles() []string {
	var roles []string
	for i := range t.actors {
		if role := t.actors[i].Role; role != "" && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

func (t *Timeline) mostAndLeast(f Field) (least, most int) {
	column := t.sources
	if f == OriginsField {
		column = t.origins
	}
	return int(slices.Min(column)), int(slices.Max(column))
}

// whyNoDate says why a term about dates selects no event.
func (t *Timeline) whyNoDate(term Term) (reason, try string) {
	if term.values[0].date.On(t.reference()).IsZero() {
		return term.values[0].text + " is no day here", ""
	}
	reason = strings.TrimSpace("no event is dated " + verbs[term.field] + " " + t.datePhrase(term))
	first, last, dated := t.Period()
	if !dated {
		return reason, "no event here has a date"
	}
	for i := range t.wide {
		if _, to := t.Span(int(t.wide[i])); to != edtf.Future {
			last = max(last, to)
		}
	}
	return reason, fmt.Sprintf("the dates here reach from %s to %s", wordsOf(first), wordsOf(last))
}

func wordsOf(day edtf.Day) string {
	d, _ := edtf.Parse(day.String())
	return d.Words()
}

// clash finds two terms of a query that no event can match, and says why not.
func (t *Timeline) clash(q Query, why func(a, b Term) (reason, try string)) *QueryError {
	for j, b := range q.terms {
		for _, a := range q.terms[:j] {
			if a.group != nil || b.group != nil {
				continue
			}
			if reason, try := why(a, b); reason != "" {
				return &QueryError{b.column(), reason, try}
			}
		}
	}
	return nil
}

// periodsClash says that no day is in the periods of two terms.
func (t *Timeline) periodsClash(a, b Term) (reason, try string) {
	if !a.field.isDate() || !b.field.isDate() || a.field == KnownField || b.field == KnownField || a.not || b.not || len(a.values)+len(b.values) > 2 {
		return "", ""
	}
	aFrom, aTo := t.days(a.values[0], a.field)
	bFrom, bTo := t.days(b.values[0], b.field)
	if aFrom <= bTo && bFrom <= aTo {
		return "", ""
	}
	if a.field.bounds() && b.field.bounds() {
		try = "exchange the dates"
	}
	said := func(term Term) string { return strings.TrimSpace(verbs[term.field] + " " + t.datePhrase(term)) }
	return fmt.Sprintf("no day is both %s and %s", said(a), said(b)), try
}

// whyNotBoth says why no event can match two terms.
func whyNotBoth(a, b Term) (reason, try string) {
	opposite := b
	opposite.not = !b.not
	switch {
	case a.String() == opposite.String():
		return fmt.Sprintf("%s and %s exclude each other", a, b), ""
	case a.field == b.field && (a.field == StatusField || a.field == FileField || a.field == IDField) && !a.not && !b.not:
		either := a
		either.values = slices.Concat(a.values, b.values)
		return fmt.Sprintf("an event has only one %s", a.field), fmt.Sprintf("write %s for either", either)
	}
	return "", ""
}
