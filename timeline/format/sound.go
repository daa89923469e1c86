package format

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dateline/timeline"
)

var kebab = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$`)

// The limits that a warning names.
const (
	longestQuote   = 20 // words
	earliestSource = 60 // days before the event
)

func (d *decoder) checkEvent(e *timeline.Event, has func(string) bool, said int) {
	if d.fault != nil {
		return
	}
	at := d.places.event
	for _, required := range []struct {
		name  string
		empty bool
	}{
		{"id", strings.TrimSpace(e.ID) == ""},
		{"date", false}, // an empty one has been told
		{"title", strings.TrimSpace(e.Title) == ""},
	} {
		if !has(required.name) || required.empty && !d.told(said, required.name) {
			d.spoil(at, required.name, "an event needs one")
		}
	}
	if e.ID != "" && !kebab.MatchString(e.ID) {
		d.warn(at, fieldOf("id", e.ID), "ids are in kebab-case, such as 2024-06-19-treaty-signed")
	}
	if len(e.Sources) == 0 && !d.told(said, "sources") {
		d.warn(at, "sources", "the event rests on nothing")
	}
	for _, m := range timeline.Pointers(e.Summary) {
		if m.Source < 1 || m.Source > len(e.Sources) {
			d.warn(at, fmt.Sprintf("summary [%d]", m.Source), fmt.Sprintf("there is no such source; the event has %d", len(e.Sources)))
		}
	}
	from, known := e.Date.Earliest()
	if !known {
		return
	}
	if reported, ok := e.Reported.Latest(); ok && reported < from {
		d.warn(at, fieldOf("reported", e.Reported.String()), fmt.Sprintf("this is before the event's own date, %s", e.Date))
	}
	for i := range e.Sources {
		s := &e.Sources[i]
		if published, ok := s.Published.Latest(); ok && published < from-earliestSource {
			d.warn(d.places.sources[i], fieldOf("published", s.Published.String()), fmt.Sprintf("this is %d days before the event", from-published))
		}
	}
}

// told reports whether a problem has been told of a field, since so many were
// said.
func (d *decoder) told(said int, field string) bool {
	return slices.ContainsFunc(d.out.problems[said:], func(p pending) bool { return p.Field == field })
}
