package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline/text"
)

// Scope says in words, without a full stop, which events a query selects:
//
//	Events naming Vladimir Putin since June 2024, disputed or alleged
//
// A value that means one name is written as the register spells it; a value that
// means several is quoted as it was typed.
func (t *Timeline) Scope(q Query) string {
	if q.Empty() {
		return "All events"
	}
	said := t.scopeOf(q)
	if topic, ok := strings.CutPrefix(said, "about "); ok && len(q.terms) == 1 {
		return text.Clean("Topic: " + topic)
	}
	if first, _, _ := strings.Cut(strings.TrimPrefix(said, "not "), " "); !slices.Contains(strings.Fields(attributive), strings.TrimLeft(first, "(")) {
		said = "that are " + said
	}
	return text.Clean("Events " + said)
}

// attributive are the words that can follow "events" without "that are".
const attributive = "naming in about since until on within with without based mentioning called quoting from known before after of among either neither"

// scopeOf says which events a query selects, in words that follow "events". The
// first phrases, up to the dates, run on; commas separate the others.
func (t *Timeline) scopeOf(q Query) string {
	terms := slices.Clone(q.terms)
	slices.SortStableFunc(terms, func(a, b Term) int { return cmp.Compare(a.turn(), b.turn()) })
	var running, separate []string
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
		if said := strings.Trim(verb+" "+object, " "); terms[i-1].turn() <= datesTurn {
			running = append(running, said)
		} else {
			separate = append(separate, said)
		}
	}
	if len(running) > 0 {
		separate = slices.Insert(separate, 0, strings.Join(running, " "))
	}
	return strings.Join(separate, ", ")
}

// datesTurn is the turn of dates.
const datesTurn = 3

// turn orders the terms in a sentence.
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
	case SinceField, UntilField, BeforeField, AfterField, OnField:
		return datesTurn
	case StatusField:
		return 6
	}
	return 4
}

// phrase says a term as a verb and an object, so that terms with the same verb
// can share it.
func (t *Timeline) phrase(term Term) (verb, object string) {
	if term.group != nil {
		return t.alternatives(term)
	}
	verb = verbs[term.field]
	switch term.field {
	case SinceField, UntilField, BeforeField, AfterField, OnField, KnownField:
		object = t.datePhrase(term)
	case KindField:
		object = t.valuePhrases(term) + " sources"
	case SourcesField, OriginsField:
		object = term.numberPhrase()
	case IDField:
		const named = 2
		if n := len(term.values); n > named {
			return term.negate("among"), text.Grouped(n) + " chosen ones"
		}
		object = t.valuePhrases(term)
	default:
		object = t.valuePhrases(term)
		if rest, ok := strings.CutPrefix(object, "with "); ok && len(term.values) == 1 {
			verb, object = "with", rest
		}
	}
	return term.negate(verb), object
}

var verbs = [...]string{
	ActorField: "naming", PlaceField: "in", TopicField: "about", KindField: "with", PublisherField: "with sources from",
	OriginField: "with information from", SaidField: "quoting", SinceField: "since", UntilField: "until", BeforeField: "before", AfterField: "after",
	KnownField: "known from the sources published by", TitleField: "with a title that has", QuoteField: "with a quotation that has", RoleField: "naming an actor whose role is",
	URLField: "with a source at", FileField: "from the file", SourcesField: "based on", OriginsField: "based on", IDField: "called",
	MarkedField: "marked", TextField: "mentioning",
}

// negate turns a verb into its opposite if the term excludes.
func (t Term) negate(verb string) string {
	if !t.not {
		return verb
	}
	if rest, ok := strings.CutPrefix(verb, "with"); ok {
		return "without" + rest
	}
	return strings.TrimRight("not "+verb, " ")
}

// alternatives says a group.
func (t *Timeline) alternatives(term Term) (verb, object string) {
	var choices []string
	for _, q := range term.group {
		choice := t.scopeOf(q)
		if strings.Contains(choice, ",") {
			choice = "(" + choice + ")"
		}
		choices = append(choices, choice)
	}
	switch {
	case len(choices) == 1:
		return term.negate(""), "(" + strings.Trim(choices[0], "()") + ")"
	case term.not:
		return "neither", strings.Join(choices, " nor ")
	}
	return "either", strings.Join(choices, " or ")
}

// valuePhrases says the values of a term: "A, B or C".
func (t *Timeline) valuePhrases(term Term) string {
	var values []string
	for _, v := range term.values {
		values = append(values, t.valuePhrase(term.field, v))
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

func (t *Timeline) valuePhrase(f Field, v value) string {
	switch f {
	case StatusField:
		if v.status == NotStated {
			return "with no stated status"
		}
	case ActorField, PlaceField, TopicField, PublisherField, OriginField, SaidField:
		return t.namePhrase(f, v)
	case FileField, URLField:
		return v.text
	case KindField:
		if kind, _ := ParseKind(v.text); kind == UN || kind == NGO {
			return strings.ToUpper(v.text)
		}
		return strings.ReplaceAll(v.text, "-", " ")
	case HasField:
		return [...]string{
			hasAnswer: "answered or answering", hasCaveat: "with a caveat", hasQuote: "with a quotation",
			hasArchive: "with an archived source", hasNote: "with a note", hasUncertain: "with an uncertain date",
		}[v.feature]
	case IDField:
		if i, ok := t.Find(v.text); ok {
			return "“" + t.Event(i).Title + "”"
		}
		return "“" + v.text + "”"
	case RoleField:
		return "“" + v.text + "”"
	case TextField, TitleField, QuoteField:
		if v.regexp != nil {
			return "/" + v.text + "/"
		}
		return "“" + v.text + "”"
	}
	return v.text
}

// namePhrase spells a name as the timeline does if the value means one name, or
// one part of a place. Hyphens in topics become spaces.
func (t *Timeline) namePhrase(f Field, v value) string {
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
		if actor := t.Actor(names[0]); len(actor.Names()) > 1 {
			return actor.Name // the topic un is the United Nations
		}
		return strings.ReplaceAll(names[0], "-", " ")
	}
	return names[0]
}

// datePhrase says the dates of a term: the first day for since: and before:, the
// last for until:, after: and known:.
func (t *Timeline) datePhrase(term Term) string {
	var dates []string
	for _, v := range term.values {
		d := v.date.On(t.reference())
		switch term.field {
		case SinceField, BeforeField:
			dates = append(dates, cmp.Or(d.Starting().Words(), v.text))
		case UntilField, AfterField, KnownField:
			dates = append(dates, cmp.Or(d.Ending().Words(), v.text))
		default:
			preposition := "in "
			if from, to := d.Span(); from == to {
				preposition = "on "
			} else if d.Interval() {
				preposition = "within "
			}
			dates = append(dates, preposition+cmp.Or(d.Words(), v.text))
		}
	}
	return or(dates)
}

// numberPhrase says the numbers of sources or origins of a term.
func (t Term) numberPhrase() string {
	noun := strings.TrimSuffix(t.field.String(), "s")
	var numbers []string
	for _, v := range t.values {
		if v.op == ".." {
			numbers = append(numbers, fmt.Sprintf("%d to %s", v.number, text.Counted(v.most, noun)))
			continue
		}
		limit := map[string]string{"<": "fewer than ", "<=": "at most ", ">": "more than ", ">=": "at least "}[v.op]
		numbers = append(numbers, limit+text.Counted(v.number, noun))
	}
	return or(numbers)
}
