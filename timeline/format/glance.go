package format

import (
	"bytes"
	"hash/crc32"

	"dateline/timeline"
)

// A glancer reads of an event only what an index wants. It takes the common
// road fast and leaves whatever is odd to the decoder: a mistake, a field twice,
// a word that it does not know. What it reads, the decoder reads alike.
type glancer struct {
	text   []byte
	at     int
	depth  int
	isLine bool // the event ends with its line
	cut    bool // the text ended too early
	record timeline.Record

	scratch                   []byte // texts that were written with escapes
	eventHabits, sourceHabits habits
}

// The fields of an event and of a source, in the order of their tables: a test
// holds that they are the same.
const (
	idField = iota
	eventDateField
	tzField
	reportedField
	titleField
	summaryField
	actorsField
	placesField
	topicsField
	statusField
	caveatField
	answersField
	confidenceField
	credibilityField
	sourcesField
)

const (
	urlField = iota
	headlineField
	publisherField
	authorField
	viaField
	attributedField
	kindField
	publishedField
	accessedField
	archivedField
	languageField
	supportsField
	quoteField
)

var (
	statusWords = wordsOf(timeline.Statuses())
	kindWords   = wordsOf(timeline.Kinds())

	eventLabels  = labelsOf(eventFieldNames)
	eventsLabel  = labelsOf([]string{"events"})
	sourceLabels = labelsOf(sourceFieldNames)
)

func wordsOf[W interface{ String() string }](values []W) []string {
	var words []string
	for _, v := range values {
		words = append(words, v.String())
	}
	return words
}

// event reads the event that begins at an offset. It reports false if the event
// is not one that the glancer knows how to read; cut then says that more text
// might help. Its texts are the text's, until the next call.
func (g *glancer) event(text []byte, at int) bool {
	g.text, g.at, g.depth, g.cut = text, at, 0, false
	g.scratch = g.scratch[:0]
	r := &g.record
	r.ID, r.Date, r.Title, r.Summary, r.Caveat, r.Status = nil, nil, nil, nil, nil, timeline.NotStated
	r.Actors, r.Places, r.Topics, r.Answers, r.Sources = r.Actors[:0], r.Places[:0], r.Topics[:0], r.Answers[:0], r.Sources[:0]
	g.peek()
	start := g.at
	g.depth++
	s := stroll{labels: eventLabels, habits: &g.eventHabits, before: '{'}
	for g.next(&s) {
		ok := false
		switch s.field {
		case idField:
			ok = g.string(&r.ID)
		case eventDateField:
			ok = g.string(&r.Date)
		case titleField:
			ok = g.string(&r.Title)
		case summaryField:
			ok = g.string(&r.Summary)
		case caveatField:
			ok = g.string(&r.Caveat)
		case actorsField:
			ok = g.strings(&r.Actors)
		case placesField:
			ok = g.strings(&r.Places)
		case topicsField:
			ok = g.strings(&r.Topics)
		case answersField:
			ok = g.strings(&r.Answers)
		case statusField:
			var n int
			n, ok = g.word(statusWords)
			r.Status = timeline.Status(n + 1)
		case sourcesField:
			ok = g.sources()
		default:
			ok = g.skip()
		}
		if !ok {
			return false
		}
	}
	r.Len, r.Sum = g.at-start, sum(0, text[start:g.at])
	return s.ended
}

// sum is a sum of the text of an event, that goes on with another.
func sum(before uint32, text []byte) uint32 { return crc32.Update(before, crc32.IEEETable, text) }

// sources reads a list of sources.
func (g *glancer) sources() bool {
	if !g.open('[') {
		return false
	}
	if g.closed(']') {
		return true
	}
	for g.source() {
		if !g.take(',') {
			return g.closed(']')
		}
	}
	return false
}

func (g *glancer) source() bool {
	g.record.Sources = append(g.record.Sources, timeline.SourceRecord{})
	r := &g.record.Sources[len(g.record.Sources)-1]
	addressed, titled := false, false
	g.peek()
	g.depth++
	s := stroll{labels: sourceLabels, habits: &g.sourceHabits, before: '{'}
	for g.next(&s) {
		ok := false
		switch s.field {
		case urlField:
			addressed = true
			ok = g.address(&r.URL)
		case archivedField:
			ok = g.address(&r.Archived)
		case headlineField:
			var title []byte
			ok = g.string(&title)
			titled = len(title) > 0
		case publisherField:
			ok = g.string(&r.Publisher)
		case attributedField:
			ok = g.string(&r.AttributedTo)
		case quoteField:
			ok = g.string(&r.Quote)
		case kindField:
			var n int
			n, ok = g.word(kindWords)
			r.Kind = timeline.Kind(n + 1)
		default:
			ok = g.skip()
		}
		if !ok {
			return false
		}
	}
	return s.ended && (addressed || titled && len(r.Publisher) > 0)
}

// strings reads a list of strings.
func (g *glancer) strings(into *[][]byte) bool {
	if !g.open('[') {
		return false
	}
	if g.closed(']') {
		return true
	}
	all := *into
	for {
		var s []byte
		if !g.string(&s) {
			return false
		}
		all = append(all, s)
		if !g.take(',') {
			*into = all
			return g.closed(']')
		}
	}
}

// word reads one of a few words.
func (g *glancer) word(words []string) (n int, ok bool) {
	var s []byte
	if !g.string(&s) {
		return 0, false
	}
	for n, word := range words {
		if string(s) == word {
			return n, true
		}
	}
	return 0, false
}

// address reads an address that the decoder will not complain of.
func (g *glancer) address(into *[]byte) bool {
	escaped := len(g.scratch)
	if !g.string(into) || len(g.scratch) > escaped {
		return false
	}
	s := *into
	rest, ok := bytes.CutPrefix(s, []byte("https://"))
	if !ok {
		rest, ok = bytes.CutPrefix(s, []byte("http://"))
	}
	return len(s) == 0 || ok && len(rest) > 0 && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' && bytes.IndexByte(rest, ' ') < 0
}
