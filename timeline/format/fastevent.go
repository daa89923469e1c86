package format

import (
	"bytes"
	"hash/crc32"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A fastScanner reads from an event what the index needs, several times as fast
// as the decoder. It checks every field: an event with an error, or with
// anything it does not know, it leaves to the decoder, which is the truth. It
// counts the warnings that the decoder would give.
type fastScanner struct {
	text   []byte
	at     int
	depth  int
	isLine bool // the event ends with its line
	cut    bool // the text ended too early

	// onlyTitles ends an event behind its id and its title. It is for events that were
	// checked before: none has a field twice.
	onlyTitles bool

	record   timeline.Record
	warnings []int          // of the event, by their place in known
	known    []knownWarning // the first are those of fixedWarnings

	scratch                   []byte // strings that were written with escapes
	eventHabits, sourceHabits habits
	recent                    text.Recent[dateRange]
	dates                     map[string]dateRange
	reported                  dateRange
	published                 []dateRange
}

// A dateRange is the first and the last day of a date, as far as they are known.
type dateRange struct {
	from, to           edtf.Day
	hasFrom, hasTo, ok bool // ok: the date is valid
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
	importanceField
	weightField
	caveatField
	answersField
	deniesField
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
	quoteByField
	reliabilityField
)

var (
	statusWords      = wordsOf(timeline.Statuses())
	importanceWords  = wordsOf(timeline.Tiers())
	kindWords        = wordsOf(timeline.Kinds())
	confidenceWords  = wordsOf(confidences)
	reliabilityWords = wordsOf(reliabilities)

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

// event reads the event that begins at an offset. It returns false if the
// decoder has to read the event; cut then says that more text might help. The
// record's strings are valid until the next call.
func (f *fastScanner) event(text []byte, at int) bool {
	return f.fields(text, at) && utf8.Valid(text[f.at-f.record.Len:f.at]) && f.checked()
}

// fields is event without the checks that concern the whole event.
func (f *fastScanner) fields(text []byte, at int) bool {
	f.text, f.at, f.depth, f.cut = text, at, 0, false
	f.scratch, f.published, f.reported, f.warnings = f.scratch[:0], f.published[:0], dateRange{}, f.warnings[:0]
	r := &f.record
	r.ID, r.Date, r.TZ, r.Title, r.Summary, r.Caveat, r.Status, r.Importance = nil, nil, nil, nil, nil, nil, timeline.NotStated, timeline.NoTier
	r.Actors, r.Places, r.Topics, r.Answers, r.Denies, r.Sources = r.Actors[:0], r.Places[:0], r.Topics[:0], r.Answers[:0], r.Denies[:0], r.Sources[:0]
	f.peek()
	start := f.at
	f.depth++
	m := objectScan{labels: eventLabels, habits: &f.eventHabits, before: '{'}
	for f.next(&m) {
		ok := false
		switch m.field {
		case idField:
			ok = f.string(&r.ID)
		case eventDateField:
			ok = f.string(&r.Date)
		case tzField:
			ok = f.string(&r.TZ)
		case reportedField:
			ok = f.date(&f.reported)
		case titleField:
			ok = f.string(&r.Title)
		case summaryField:
			ok = f.string(&r.Summary)
		case caveatField:
			ok = f.string(&r.Caveat)
		case actorsField:
			ok = f.strings(&r.Actors)
		case placesField:
			ok = f.strings(&r.Places)
		case topicsField:
			ok = f.strings(&r.Topics)
		case answersField:
			ok = f.strings(&r.Answers)
		case deniesField:
			ok = f.strings(&r.Denies)
		case statusField:
			var n int
			n, ok = f.word(statusWords)
			r.Status = timeline.Status(n + 1)
		case importanceField:
			var n int
			n, ok = f.word(importanceWords)
			r.Importance = timeline.Must - timeline.Tier(n)
		case confidenceField:
			_, ok = f.word(confidenceWords)
		case weightField:
			r.Weight, ok = f.weight()
		case credibilityField:
			ok = f.credibility()
		case sourcesField:
			ok = f.sources()
		default:
			ok = f.skip()
		}
		if !ok {
			return false
		}
		if f.onlyTitles && r.ID != nil && r.Title != nil {
			return true
		}
	}
	r.Len, r.Sum = f.at-start, checksum(0, text[start:f.at])
	return m.ended
}

// checksum continues a checksum with the text of an event.
func checksum(before uint32, text []byte) uint32 {
	return crc32.Update(before, crc32.IEEETable, text)
}

// checked counts the warnings that concern the whole event. It returns false if
// the event has no date that is one.
func (f *fastScanner) checked() bool {
	r := &f.record
	date := f.dateOf(r.Date)
	if !isKebab(r.ID) && !kebab(text.Clean(string(r.ID))) {
		f.warn(notKebab)
	}
	if len(r.Sources) == 0 {
		f.warn(noSource)
	}
	if i := bytes.IndexByte(r.Summary, '['); i >= 0 {
		for range timeline.Unsourced(r.Summary[i:], len(r.Sources)) {
			f.warn(noSuchSource)
		}
	}
	if !date.hasFrom {
		return date.ok
	}
	if f.reported.hasTo && f.reported.to < date.from {
		f.warn(reportedBefore)
	}
	for _, published := range f.published {
		if published.hasTo && published.to < date.from-earliestSource {
			f.warn(publishedBefore)
		}
	}
	return date.ok
}

// A knownWarning is a kind of warning that the fast scanner may count without the
// decoder.
type knownWarning struct {
	Problem
	name   string   // of the unknown field that it is about
	labels *label   // the first of those that name is not among
	count  int      // how often it was only counted, in the file at hand
	behind location // where it need only be counted, if is
	is     bool
}

// in returns a problem of the kind.
func (k *knownWarning) in(where location) *Problem {
	p := k.Problem
	p.where = where
	return &p
}

// warn notes a warning of one of the fixed kinds.
func (f *fastScanner) warn(kind int) {
	if f.known == nil {
		for _, p := range fixedWarnings {
			f.known = append(f.known, knownWarning{Problem: p})
		}
	}
	f.warnings = append(f.warnings, kind)
}

// mostUnknown is how many names of unknown fields the fast scanner remembers.
const mostUnknown = 100

// warnUnknown notes a field that the format does not have. It returns false if
// there are so many names that the decoder must read the event.
func (f *fastScanner) warnUnknown(name []byte, labels []label) bool {
	f.warn(0)
	f.warnings = f.warnings[:len(f.warnings)-1]
	i := slices.IndexFunc(f.known, func(k knownWarning) bool { return k.labels == &labels[0] && k.name == string(name) })
	if i < 0 {
		if len(f.known) > mostUnknown {
			return false
		}
		var names []string
		for _, l := range labels {
			names = append(names, l.name)
		}
		i = len(f.known)
		f.known = append(f.known, knownWarning{Problem: unknownField(string(name), text.Nearest(string(name), names)), name: string(name), labels: &labels[0]})
	}
	f.warnings = append(f.warnings, i)
	return true
}

// isKebab is kebab for an id as the file has it.
func isKebab(id []byte) bool {
	before := byte('-')
	for _, c := range id {
		switch {
		case c >= utf8.RuneSelf:
			return kebab(string(id))
		case c == '-' && before == '-' || c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z'):
			return false
		}
		before = c
	}
	return before != '-'
}

// sources reads a list of sources.
func (f *fastScanner) sources() bool {
	if !f.open('[') {
		return false
	}
	if f.closed(']') {
		return true
	}
	for f.source() {
		if !f.take(',') {
			return f.closed(']')
		}
	}
	return false
}

func (f *fastScanner) source() bool {
	f.record.Sources = append(f.record.Sources, timeline.SourceRecord{})
	r := &f.record.Sources[len(f.record.Sources)-1]
	hasURL, hasTitle := false, false
	var published dateRange
	f.peek()
	f.depth++
	m := objectScan{labels: sourceLabels, habits: &f.sourceHabits, before: '{'}
	for f.next(&m) {
		ok := false
		switch m.field {
		case urlField:
			hasURL = true
			ok = f.address(&r.URL)
		case archivedField:
			ok = f.address(&r.Archived)
		case headlineField:
			var title []byte
			ok = f.string(&title)
			hasTitle = len(title) > 0
		case publisherField:
			ok = f.string(&r.Publisher)
		case attributedField:
			ok = f.string(&r.AttributedTo)
		case authorField, viaField, languageField, supportsField:
			ok = f.anyString()
		case quoteByField:
			ok = f.string(&r.QuoteBy)
		case quoteField:
			ok = f.string(&r.Quote)
			if isLong(r.Quote) {
				f.warn(longQuotation)
			}
		case kindField:
			var n int
			n, ok = f.word(kindWords)
			r.Kind = timeline.Kind(n + 1)
		case reliabilityField:
			_, ok = f.word(reliabilityWords)
		case publishedField:
			ok = f.date(&published)
			f.published = append(f.published, published)
		case accessedField:
			var accessed dateRange
			ok = f.date(&accessed)
		default:
			ok = f.skip()
		}
		if !ok {
			return false
		}
	}
	return m.ended && (hasURL || hasTitle && len(r.Publisher) > 0)
}

// isLong reports whether a quotation has too many words. Most are so short that
// their blanks tell.
func isLong(quote []byte) bool {
	blanks := 0
	for _, c := range quote {
		if c <= ' ' || c >= utf8.RuneSelf {
			blanks++
		}
	}
	return blanks >= longestQuote && len(strings.Fields(string(quote))) > longestQuote
}

// strings reads a list of strings, without those that are empty.
func (f *fastScanner) strings(into *[][]byte) bool {
	if !f.open('[') {
		return false
	}
	if f.closed(']') {
		return true
	}
	all := *into
	for {
		var s []byte
		if !f.string(&s) {
			return false
		}
		if len(s) > 0 {
			all = append(all, s)
		}
		if !f.take(',') {
			*into = all
			return f.closed(']')
		}
	}
}

// anyString reads a string that the index has no use for.
func (f *fastScanner) anyString() bool {
	if f.peek() != '"' {
		return false
	}
	f.at++
	return f.skipString()
}

// word reads one of a few words.
func (f *fastScanner) word(words []string) (n int, ok bool) {
	var s []byte
	if !f.string(&s) {
		return 0, false
	}
	for n, word := range words {
		if string(s) == word {
			return n, true
		}
	}
	return 0, false
}

// weight reads a whole number of up to nine digits.
func (f *fastScanner) weight() (n int, ok bool) {
	f.peek()
	from := f.at
	for f.at < len(f.text) && f.at-from < 10 && '0' <= f.text[f.at] && f.text[f.at] <= '9' {
		n = 10*n + int(f.text[f.at]-'0')
		f.at++
	}
	digits := f.at - from
	return n, 0 < digits && digits < 10 && (digits == 1 || f.text[from] != '0') && f.at < len(f.text) && strings.IndexByte(",} \t\r\n", f.text[f.at]) >= 0
}

// credibility reads a number from 1 to 6.
func (f *fastScanner) credibility() bool {
	c := f.peek()
	f.at++
	return '1' <= c && c <= '6' && f.at < len(f.text) && strings.IndexByte(",} \t\r\n", f.text[f.at]) >= 0
}

// date reads a date. It returns false if there is none.
func (f *fastScanner) date(into *dateRange) bool {
	var s []byte
	if !f.string(&s) {
		return false
	}
	*into = f.dateOf(s)
	return into.ok
}

// mostDates is how many dates are remembered.
const mostDates = 1 << 16

func (f *fastScanner) dateOf(s []byte) dateRange { return f.recent.Of(s, f.findDate) }

func (f *fastScanner) findDate(text []byte) dateRange {
	if d, known := f.dates[string(text)]; known {
		return d
	}
	var d dateRange
	if date, err := edtf.Parse(string(text)); err == nil {
		d.ok = true
		d.from, d.hasFrom = date.Earliest()
		d.to, d.hasTo = date.Latest()
	}
	if f.dates == nil || len(f.dates) >= mostDates {
		f.dates = make(map[string]dateRange)
	}
	f.dates[string(text)] = d
	return d
}

// address reads an address that the decoder accepts without a warning.
func (f *fastScanner) address(into *[]byte) bool {
	escaped := len(f.scratch)
	if !f.string(into) || len(f.scratch) > escaped {
		return false
	}
	s := *into
	rest, ok := bytes.CutPrefix(s, []byte("https://"))
	if !ok {
		rest, ok = bytes.CutPrefix(s, []byte("http://"))
	}
	return len(s) == 0 || ok && len(rest) > 0 && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' && bytes.IndexByte(rest, ' ') < 0 && bytes.IndexByte(rest, '@') < 0
}
