package timeline

import (
	"cmp"
	"slices"
	"strings"

	"dateline/timeline/text"
)

// Scope says in words, without a stop, what a query selects:
//
//	Events naming Vladimir Putin since June 2024, disputed or alleged
//
// A value that means one name is said as the register spells it; one that means
// several is quoted as it was written.
func (t *Timeline) Scope(q Query) string {
	if q.Empty() {
		return "All events"
	}
	said := t.scope(q)
	if first, _, _ := strings.Cut(said, " "); !slices.Contains(strings.Fields(attached), first) {
		said = "that are " + said
	}
	return text.Clean("Events " + said)
}

// attached are the words that "events" takes after it as it is.
const attached = "naming in about since until on within with without resting mentioning called of among either neither"

// scope says what a query selects, after "events". What an event is about runs
// on; how it is told of stands apart, by commas.
func (t *Timeline) scope(q Query) string {
	terms := slices.Clone(q.terms)
	slices.SortStableFunc(terms, func(a, b Term) int { return cmp.Compare(a.turn(), b.turn()) })
	var near, apart []string
	for i := 0; i < len(terms); {
		verb, object := t.phrase(terms[i])
		i++
		for ; i < len(terms); i++ {
			again, more := t.phrase(terms[i])
			if again != verb || terms[i].field != terms[i-1].field || strings.Contains(object+more, " or ") {
				break
			}
			object += " and " + more
		}
		if said := strings.Trim(verb+" "+object, " "); terms[i-1].turn() <= lastNear {
			near = append(near, said)
		} else {
			apart = append(apart, said)
		}
	}
	if len(near) > 0 {
		apart = slices.Insert(apart, 0, strings.Join(near, " "))
	}
	return strings.Join(apart, ", ")
}

// lastNear is the turn of the last terms that run on, the dates.
const lastNear = 3

// turn is the place of a term in a sentence.
func (t Term) turn() int {
	if t.group != nil {
		return 5
	}
	switch t.field {
	case ActorField:
		return 0
	case PlaceField:
		return 1
	case TopicField:
		return 2
	case SinceField, UntilField, OnField:
		return lastNear
	case StatusField:
		return 6
	}
	return 4
}

// phrase says one term as a verb and its object, so that several of one verb can
// share it.
func (t *Timeline) phrase(term Term) (verb, object string) {
	if term.group != nil {
		return t.either(term)
	}
	verb, object = verbs[term.field], ""
	switch term.field {
	case SinceField, UntilField, OnField:
		object = term.dates()
	case KindField:
		object = t.anyOf(term) + " sources"
	case SourcesField, OriginsField:
		object = term.numbers()
	case IDField:
		const named = 2
		if n := len(term.values); n > named {
			return term.verb("among"), text.Grouped(n) + " chosen ones"
		}
		object = t.anyOf(term)
	default:
		object = t.anyOf(term)
		if rest, ok := strings.CutPrefix(object, "with "); ok && len(term.values) == 1 {
			verb, object = "with", rest
		}
	}
	return term.verb(verb), object
}

var verbs = [...]string{
	ActorField: "naming", PlaceField: "in", TopicField: "about", KindField: "with", PublisherField: "with sources of",
	SinceField: "since", UntilField: "until", SourcesField: "resting on", OriginsField: "resting on", IDField: "called",
	MarkedField: "marked", TextField: "mentioning",
}

// verb says the opposite for a term that excludes.
func (t Term) verb(verb string) string {
	if !t.not {
		return verb
	}
	if rest, ok := strings.CutPrefix(verb, "with"); ok {
		return "without" + rest
	}
	return strings.TrimRight("not "+verb, " ")
}

// either says a group of queries of which any may hold.
func (t *Timeline) either(term Term) (verb, object string) {
	var choices []string
	for _, q := range term.group {
		choice := t.scope(q)
		if strings.Contains(choice, ",") {
			choice = "(" + choice + ")"
		}
		choices = append(choices, choice)
	}
	switch {
	case len(choices) == 1:
		return term.verb(""), "(" + strings.Trim(choices[0], "()") + ")"
	case term.not:
		return "neither", strings.Join(choices, " nor ")
	}
	return "either", strings.Join(choices, " or ")
}

// anyOf says the values of a term: "A, B or C".
func (t *Timeline) anyOf(term Term) string {
	var values []string
	for _, v := range term.values {
		values = append(values, t.say(term.field, v))
	}
	return or(values)
}

func or(values []string) string {
	last := len(values) - 1
	if last < 1 {
		return strings.Join(values, "")
	}
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// say says a value of a field.
func (t *Timeline) say(f Field, v value) string {
	switch f {
	case StatusField:
		if v.status == NotStated {
			return "of no stated status"
		}
	case ActorField, PlaceField, TopicField, PublisherField:
		return t.sayName(f, v)
	case KindField:
		if kind := Kind(slices.Index(kinds[:], v.text)); kind == UN || kind == NGO {
			return strings.ToUpper(v.text)
		}
		return strings.ReplaceAll(v.text, "-", " ")
	case HasField:
		return [...]string{
			hasAnswer: "answered or answering", hasCaveat: "with a caveat", hasQuote: "with a quotation",
			hasArchive: "with an archived source", hasNote: "with a note", hasUncertain: "of uncertain date",
		}[v.feature]
	case IDField:
		if i, ok := t.Find(v.text); ok {
			return "“" + t.Event(i).Title + "”"
		}
		return "“" + v.text + "”"
	case TextField:
		if v.regexp != nil {
			return "/" + v.text + "/"
		}
		return "“" + v.text + "”"
	}
	return v.text
}

// sayName spells a name as the timeline does, if the value means one name, or
// one part of a place; topics are words joined by hyphens.
func (t *Timeline) sayName(f Field, v value) string {
	names := t.Named(f, v.text)
	if f == PlaceField {
		for _, name := range names {
			for part := range strings.SplitSeq(name, ",") {
				if text.Fold(part) == v.folded {
					return strings.TrimSpace(part)
				}
			}
		}
	}
	if len(names) != 1 {
		return "“" + v.text + "”"
	}
	if f == TopicField {
		return strings.ReplaceAll(names[0], "-", " ")
	}
	return names[0]
}

// dates says the dates of a term; of since and until only the near end counts.
func (t Term) dates() string {
	var dates []string
	for _, v := range t.values {
		switch t.field {
		case SinceField:
			dates = append(dates, v.date.Starting().Words())
		case UntilField:
			dates = append(dates, v.date.Ending().Words())
		default:
			on := "in "
			if from, to := v.date.Span(); from == to {
				on = "on "
			} else if v.date.Interval() {
				on = "within "
			}
			dates = append(dates, on+v.date.Words())
		}
	}
	return or(dates)
}

// numbers says what a number of sources or of origins is to be.
func (t Term) numbers() string {
	noun := strings.TrimSuffix(t.field.String(), "s")
	var numbers []string
	for _, v := range t.values {
		limit := map[string]string{"<": "fewer than ", "<=": "at most ", ">": "more than ", ">=": "at least "}[v.op]
		numbers = append(numbers, limit+text.Counted(v.number, noun))
	}
	return or(numbers)
}
