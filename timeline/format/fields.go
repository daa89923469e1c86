package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A field of the format: its name, what it takes, what it means, how its value is
// read into a record, and how that is written. These tables are the format: the
// reader, the writer, the names that mistakes are compared with, and the JSON
// Schema are made of them.
type field[T any] struct {
	name  string
	takes shape
	means string
	read  func(*decoder, string, *T)
	write func(*T) string // as JSON, empty if the record does not state it; nil where nothing asks for it
}

type (
	event  = timeline.Event
	source = timeline.Source
	actor  = timeline.Actor
	about  = timeline.About
)

var eventFields = []field[event]{
	{"id", anyText, "Stable name of the event, unique in the file, in kebab-case.",
		func(d *decoder, name string, e *event) { e.ID = text.Clean(d.textOf(name)) }, // ids are compared as they are shown
		func(e *event) string { return stringJSON(e.ID) }},
	dateField("date", "Local date at the place, in EDTF (ISO 8601-2, levels 0 and 1): 2024-06-19, 2024-06~, 2024-06-12/2024-06-17.", func(e *event) *edtf.Date { return &e.Date }),
	textField("tz", "IANA time zone of the date, such as Asia/Pyongyang, when it matters.", func(e *event) *string { return &e.TZ }),
	dateField("reported", "When the event became public, in EDTF, if not the same day.", func(e *event) *edtf.Date { return &e.Reported }),
	textField("title", "One line.", func(e *event) *string { return &e.Title }),
	textField("summary", "Two to four sentences that attribute every claim. [1] points at the first source.", func(e *event) *string { return &e.Summary }),
	{"actors", texts, "Who took part: any name, alias or native name of the register, or another name.",
		func(d *decoder, name string, e *event) { e.Actors, d.offsets.actors = d.texts(name) },
		func(e *event) string { return stringsJSON(e.Actors) }},
	textsField("places", "Where. “Khasan, Russia” is found by Khasan and by Russia.", func(e *event) *[]string { return &e.Places }),
	textsField("topics", "What about.", func(e *event) *[]string { return &e.Topics }),
	wordField("status", "The standing of the event's central claim.", timeline.Statuses(), timeline.Status.Meaning,
		func(e *event) *timeline.Status { return &e.Status }),
	wordField("importance", "What the author would tell with two minutes, with five, with ten.", timeline.Tiers(), nil,
		func(e *event) *timeline.Tier { return &e.Importance }),
	{"weight", aCount, "Mentions, deaths or priority, as a data set states it: the more, the more important.",
		func(d *decoder, name string, e *event) { e.Weight = d.weight(name) },
		func(e *event) string { return numberJSON(e.Weight) }},
	textField("caveat", "What could be wrong, in a sentence.", func(e *event) *string { return &e.Caveat }),
	{"answers", texts, "Ids of the events that this one replies to or debates.",
		func(d *decoder, name string, e *event) { e.Answers, d.offsets.answers = d.texts(name) },
		func(e *event) string { return stringsJSON(e.Answers) }},
	{"denies", texts, "Ids of the events whose claim this one rejects.",
		func(d *decoder, name string, e *event) { e.Denies, d.offsets.denies = d.texts(name) },
		func(e *event) string { return stringsJSON(e.Denies) }},
	wordField("confidence", "A person's confidence, as ICD 203 has it; never computed.", confidences, nil,
		func(e *event) *word { return (*word)(&e.Confidence) }),
	{"credibility", oneToSix, "A person's judgment of the information, 1 to 6, as the Admiralty code has it; never computed.",
		func(d *decoder, name string, e *event) { e.Credibility = d.credibility(name) },
		func(e *event) string { return numberJSON(e.Credibility) }},
	{"sources", sourceList, "What the event rests on.",
		func(d *decoder, name string, e *event) { e.Sources, d.offsets.sources = d.sources(name) },
		func(e *event) string { return objectsJSON(e.Sources, sourceFields) }},
}

var sourceFields = []field[source]{
	addressField("url", "Address of the page.", func(s *source) *string { return &s.URL }),
	textField("title", "Headline, as printed.", func(s *source) *string { return &s.Title }),
	textField("publisher", "Who published it.", func(s *source) *string { return &s.Publisher }),
	textField("author", "Who wrote it.", func(s *source) *string { return &s.Author }),
	textField("via", "Who carried it, such as KCNA Watch.", func(s *source) *string { return &s.Via }),
	textField("attributed_to", "Whom the page itself cites: its origin. Without it, the publisher is.", func(s *source) *string { return &s.AttributedTo }),
	wordField("kind", "What sort of publication it is.", timeline.Kinds(), nil, func(s *source) *timeline.Kind { return &s.Kind }),
	dateField("published", "When it was published, in EDTF. Left out if the page does not say.", func(s *source) *edtf.Date { return &s.Published }),
	dateField("accessed", "When it was read, in EDTF.", func(s *source) *edtf.Date { return &s.Accessed }),
	addressField("archived", "Address of an archived copy.", func(s *source) *string { return &s.Archived }),
	textField("language", "Language of the page, as BCP 47 has it: ko, ru, en.", func(s *source) *string { return &s.Language }),
	textField("supports", "Which fact it supports.", func(s *source) *string { return &s.Supports }),
	textField("quote", "Spoken or written words, at most 20.", func(s *source) *string { return &s.Quote }),
	textField("quote_by", "Who spoke or wrote them.", func(s *source) *string { return &s.QuoteBy }),
	wordField("reliability", "A person's judgment of the source, A to F, as the Admiralty code has it; never computed.", reliabilities, nil,
		func(s *source) *word { return (*word)(&s.Reliability) }),
}

var actorFields = []field[actor]{
	textField("name", "The name that events use and the screen shows.", func(a *actor) *string { return &a.Name }),
	wordField("kind", "What sort of actor it is.", plain("person", "state", "organisation"), nil, func(a *actor) *word { return (*word)(&a.Kind) }),
	textsField("aliases", "Other spellings and short forms.", func(a *actor) *[]string { return &a.Aliases }),
	{"native", names, `The name in other languages, by BCP 47 tag: {"ko": "김정은"}.`,
		func(d *decoder, name string, a *actor) { a.Native = d.native(name) }, nil},
	textField("role", "Office or description, as of the time covered.", func(a *actor) *string { return &a.Role }),
	textField("wikidata", "Wikidata item, such as Q56226.", func(a *actor) *string { return &a.Wikidata }),
}

// The fields of a file in its object form.
var fileFields = []field[about]{
	{"$schema", anyText, "Address of this schema, for editors.", func(d *decoder, _ string, _ *about) { d.skip() }, nil},
	{"schemaVersion", anyText, "Version of the format: 1.0.", func(d *decoder, name string, _ *about) { d.version(name) }, nil},
	textField("title", "What the timeline is called.", func(a *about) *string { return &a.Title }),
	textField("description", "What it covers.", func(a *about) *string { return &a.Description }),
	textField("language", "Language of its text, as BCP 47 has it.", func(a *about) *string { return &a.Language }),
	textField("updated", "When it was last changed.", func(a *about) *string { return &a.Updated }),
	textField("bottom_line", "What its author would have a brief say first.", func(a *about) *string { return &a.BottomLine }),
	textField("license", "Its licence, as SPDX has it.", func(a *about) *string { return &a.License }),
	{"actors", actorList, "The register: who the actors are, and by what names they go.",
		func(d *decoder, name string, _ *about) {
			if d.expect('[', name, "a list, [ … ]") {
				d.readElements(d.readActor)
			}
		}, nil},
	{"events", eventList, "The events, in any order.",
		func(d *decoder, name string, _ *about) { d.hasEvents = true; d.readEvents() }, nil},
}

func textField[T any](name, means string, in func(*T) *string) field[T] {
	return field[T]{name, anyText, means,
		func(d *decoder, name string, v *T) { *in(v) = d.textOf(name) },
		func(v *T) string { return stringJSON(*in(v)) }}
}

func textsField[T any](name, means string, in func(*T) *[]string) field[T] {
	return field[T]{name, texts, means,
		func(d *decoder, name string, v *T) { *in(v), _ = d.texts(name) },
		func(v *T) string { return stringsJSON(*in(v)) }}
}

func dateField[T any](name, means string, in func(*T) *edtf.Date) field[T] {
	return field[T]{name, date, means,
		func(d *decoder, name string, v *T) { *in(v) = d.date(name) },
		func(v *T) string { return stringJSON(in(v).String()) }}
}

func addressField[T any](name, means string, in func(*T) *string) field[T] {
	return field[T]{name, address, means,
		func(d *decoder, name string, v *T) { *in(v) = d.address(name) },
		func(v *T) string { return stringJSON(*in(v)) }}
}

// wordField is a field that takes one of a few words; explain says what each
// means, or is nil. The zero word states none.
func wordField[T any, W interface {
	comparable
	fmt.Stringer
}](name, means string, values []W, explain func(W) string, in func(*T) *W) field[T] {
	var words []string
	var choices []any
	for _, v := range values {
		choice := shape{"const": v.String()}
		if explain != nil {
			choice["description"] = explain(v)
		}
		choices = append(choices, choice)
		words = append(words, v.String())
	}
	return field[T]{name, shape{"type": "string", "oneOf": choices}, means, func(d *decoder, name string, v *T) {
		if i := d.choice(name, words); i >= 0 {
			*in(v) = values[i]
		}
	}, func(v *T) string {
		var none W
		if *in(v) == none {
			return ""
		}
		return stringJSON((*in(v)).String())
	}}
}

var (
	confidences   = plain("high", "moderate", "low")
	reliabilities = plain("A", "B", "C", "D", "E", "F")
)

// A word is a value that is nothing but its name.
type word string

func (w word) String() string { return string(w) }

func plain(words ...word) []word { return words }

func fieldNames[T any](fields []field[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// A shape is what a field takes, as JSON Schema says it.
type shape map[string]any

var (
	anyText    = shape{"type": "string"}
	texts      = shape{"type": "array", "items": anyText}
	date       = shape{"type": "string", "pattern": `^[-0-9TXYZ:+?~%./]+$`}
	address    = shape{"type": "string", "pattern": `^https?://`}
	aCount     = shape{"type": "integer", "minimum": 0, "maximum": math.MaxUint32}
	oneToSix   = shape{"type": "integer", "minimum": 1, "maximum": 6}
	names      = shape{"type": "object", "additionalProperties": anyText}
	sourceList = shape{"type": "array", "items": shape{"$ref": "#/definitions/source"}}
	actorList  = shape{"type": "array", "items": shape{"$ref": "#/definitions/actor"}}
	eventList  = shape{"type": "array", "items": shape{"$ref": "#/definitions/event"}}
)

// objectJSON is a record as a JSON object of what it states.
func objectJSON[T any](record *T, fields []field[T]) string {
	var members []string
	for _, f := range fields {
		if value := f.write(record); value != "" {
			members = append(members, text.QuoteJSON(f.name)+":"+value)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// Of what a record does not state, the following write nothing.

func objectsJSON[T any](records []T, fields []field[T]) string {
	var items []string
	for i := range records {
		items = append(items, objectJSON(&records[i], fields))
	}
	return listJSON(items)
}

func stringsJSON(texts []string) string {
	var items []string
	for _, s := range texts {
		items = append(items, text.QuoteJSON(s))
	}
	return listJSON(items)
}

func listJSON(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "[" + strings.Join(items, ",") + "]"
}

func stringJSON(s string) string {
	if s == "" {
		return ""
	}
	return text.QuoteJSON(s)
}

func numberJSON(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// SchemaID names the schema of the format, version 1.
const SchemaID = "urn:dateline:events:1"

// Schema is the JSON Schema of the file format. It declares 2020-12 and uses
// only what means the same in draft-07, which editors know best. What a schema
// cannot say, such as whether a day exists or an id is taken, Read checks.
func Schema() []byte {
	event := object(eventFields, "An event: one dated thing that happened, or is said to have happened.")
	event["required"] = []string{"id", "date", "title"}
	source := object(sourceFields, "A source: one publication that bears on an event.")
	source["anyOf"] = []any{shape{"required": []string{"url"}}, shape{"required": []string{"publisher", "title"}}}
	actor := object(actorFields, "An actor of the register: a person, a state or an organisation.")
	actor["required"] = []string{"name"}
	file := object(fileFields, "A timeline: events, and what the file says of itself.")
	file["required"] = []string{"events"}
	schema := shape{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         SchemaID,
		"title":       "A timeline of sourced events",
		"description": "A timeline, or a bare array of its events. In JSON Lines every line is an event.",
		"oneOf":       []any{shape{"$ref": "#/definitions/file"}, eventList},
		"definitions": shape{"file": file, "event": event, "source": source, "actor": actor},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		panic("format: the schema cannot be written: " + err.Error())
	}
	return b.Bytes()
}

// object is the shape of a record by a table of fields. Private fields begin
// with an underscore and may hold anything.
func object[T any](fields []field[T], means string) shape {
	properties := shape{}
	for _, f := range fields {
		p := shape{"description": f.means}
		for k, v := range f.takes {
			p[k] = v
		}
		properties[f.name] = p
	}
	return shape{
		"type":                 "object",
		"description":          means,
		"properties":           properties,
		"patternProperties":    shape{"^_": shape{"description": "A private field: kept, not shown."}},
		"additionalProperties": false,
	}
}

// kebab reports whether an id is in kebab-case: words of small letters and
// digits, of any script, joined by single hyphens.
func kebab(id string) bool {
	before := '-'
	for _, r := range id {
		if r == '-' && before == '-' || r != '-' && !unicode.IsDigit(r) && (!unicode.IsLetter(r) || unicode.IsUpper(r)) {
			return false
		}
		before = r
	}
	return before != '-'
}

// The limits that a warning names.
const (
	longestQuote   = 20 // words
	earliestSource = 60 // days before the event
)

// The warnings that the fast scanner gives too, which only counts them where they
// are frequent. Those that have no text have values in it.
const (
	notKebab = iota
	noSource
	noSuchSource
	reportedBefore
	publishedBefore
	longQuotation
)

var fixedWarnings = []Problem{
	notKebab:        {Field: "id", Text: "ids are in kebab-case, such as 2024-06-19-treaty-signed", Warning: true},
	noSource:        {Field: "sources", Text: "the event has no source", Warning: true},
	noSuchSource:    {Kind: "no such source", Warning: true},
	reportedBefore:  {Kind: "reported before", Warning: true},
	publishedBefore: {Kind: "published before", Warning: true},
	longQuotation:   {Kind: "long quotation", Warning: true},
}

func (d *decoder) checkEvent(e *timeline.Event, has fieldSet, before int) {
	if d.fault != nil {
		return
	}
	at := d.offsets.event
	for _, required := range []struct {
		name  string
		empty bool
	}{
		{"id", strings.TrimSpace(e.ID) == ""},
		{"date", false}, // an empty one has been told
		{"title", strings.TrimSpace(text.Clean(e.Title)) == ""},
	} {
		if !has.names(required.name, eventFieldNames) || required.empty && !d.reported(before, required.name) {
			d.reject(at, required.name, "an event needs one")
		}
	}
	if e.ID != "" && !kebab(e.ID) {
		d.warn(at, fieldOf("id", e.ID), fixedWarnings[notKebab].Text)
	}
	if len(e.Sources) == 0 && !d.reported(before, "sources") {
		d.warn(at, "sources", fixedWarnings[noSource].Text)
	}
	for _, n := range timeline.Unsourced(e.Summary, len(e.Sources)) {
		d.warnOf(noSuchSource, at, fmt.Sprintf("summary [%d]", n), fmt.Sprintf("there is no such source; the event has %d", len(e.Sources)))
	}
	for i := range e.Sources {
		for _, p := range disguised(&e.Sources[i]) {
			d.report(d.offsets.sources[i], p)
		}
	}
	from, known := e.Date.Earliest()
	if !known {
		return
	}
	if early := reportedEarly(e); early != "" {
		d.warnOf(reportedBefore, at, fieldOf("reported", e.Reported.String()), early)
	}
	for i := range e.Sources {
		s := &e.Sources[i]
		if published, ok := s.Published.Latest(); ok && published < from-earliestSource {
			d.warnOf(publishedBefore, d.offsets.sources[i], fieldOf("published", s.Published.String()), fmt.Sprintf("this is %d days before the event", from-published))
		}
	}
}

// disguised warns of addresses of a source with user information, which may pass
// for the host.
func disguised(s *timeline.Source) (problems []Problem) {
	for _, a := range [...]struct{ name, address string }{{"url", s.URL}, {"archived", s.Archived}} {
		if _, host := text.Disguise(a.address); host != "" {
			problems = append(problems, Problem{
				Field: fieldOf(a.name, a.address), Text: fmt.Sprintf("what is before the @ is a user name; the host is %s", host),
				Kind: "an address with a user name", Warning: true,
			})
		}
	}
	return problems
}

// reportedEarly says so of an event that was reported before it happened.
func reportedEarly(e *timeline.Event) string {
	from, known := e.Date.Earliest()
	if reported, ok := e.Reported.Latest(); known && ok && reported < from {
		return fmt.Sprintf("this is before the event's own date, %s", e.Date)
	}
	return ""
}

// reported reports whether a problem with a field has been reported, after so
// many problems before.
func (d *decoder) reported(before int, field string) bool {
	return slices.ContainsFunc(d.problems[before:], func(p Problem) bool { return p.Field == field })
}
