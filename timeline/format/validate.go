package format

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/text"
)

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
		if _, host := timeline.Disguise(a.address); host != "" {
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
