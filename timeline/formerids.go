package timeline

import (
	"iter"
	"maps"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// The id of a record without one is its day and a digest of its text. Where the
// date of the record is read otherwise than before, the digest still finds it, so
// that marks and notes stay with their events.

// derivedShape is the form of such ids. Those of repeated records end in a number.
var derivedShape = text.Pattern{Expr: `^(?:\d{4}-\d\d-\d\d-)?([0-9a-f]{10}(?:-\d+)?)$`}

// withoutDay returns an id that is made of a digest without the day.
func withoutDay(id string) (digest string, ok bool) {
	if len(id) < 10 || len(id) > 40 {
		return "", false
	}
	m := derivedShape.Regexp().FindStringSubmatch(id)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// formerly reports whether two ids are of one record.
func formerly(a, b string) bool {
	one, derived := withoutDay(a)
	other, _ := withoutDay(b)
	return derived && one == other
}

// The ids that an event may have by now are tried so many at once, and so many in
// all: that is fast enough to do whenever a file is opened.
const (
	triedAtOnce = 1 << 16
	mostTried   = 1 << 22
)

// FindFormer returns the positions of the events that had these ids when their
// dates were read otherwise. An id that an event has today is left out.
func (t *Timeline) FindFormer(ids iter.Seq[string]) map[string]int {
	digests := make(map[string]string) // by id
	for id := range ids {
		if digest, ok := withoutDay(id); ok {
			digests[id] = digest
		}
	}
	found := make(map[string]int)
	if len(digests) == 0 {
		return found
	}
	for id := range t.FindAll(maps.Keys(digests)) {
		delete(digests, id)
	}
	days := t.filedDays()
	former := make(map[string]string) // by the id that is tried
	try := func() {
		for id, i := range t.FindAll(maps.Keys(former)) {
			found[former[id]] = i
		}
		clear(former)
	}
	tried := 0
	for id, digest := range digests {
		if tried += len(days) + 1; tried > mostTried {
			break
		}
		former[digest] = id
		for _, day := range days {
			former[day+"-"+digest] = id
		}
		if len(former) >= triedAtOnce {
			try()
		}
	}
	try()
	return found
}

// filedDays are the days that events are filed under, as ids have them.
func (t *Timeline) filedDays() []string {
	var days []string
	last := edtf.Future
	for _, d := range t.dates.distinct {
		if day := filed(d); day != last {
			days, last = append(days, day.String()), day
		}
	}
	return days
}

// Current returns a margin with the present ids of its events.
func (t *Timeline) Current(m Margin) Margin {
	former := t.FindFormer(func(yield func(string) bool) {
		for _, ids := range []iter.Seq[string]{maps.Keys(m.Marks), maps.Keys(m.Notes)} {
			for id := range ids {
				if !yield(id) {
					return
				}
			}
		}
	})
	if len(former) == 0 {
		return m
	}
	m = Margin{maps.Clone(m.Marks), maps.Clone(m.Notes)}
	for id, i := range former {
		now := t.Event(i).ID
		Rename(m.Marks, id, now)
		Rename(m.Notes, id, now)
	}
	return m
}

// Rename gives a value another key, unless that has one.
func Rename[V any](values map[string]V, from, to string) {
	v, ok := values[from]
	if _, taken := values[to]; ok && !taken {
		values[to] = v
		delete(values, from)
	}
}
