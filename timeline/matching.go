package timeline

import (
	"bytes"
	"slices"
	"strings"
	"sync/atomic"

	"dateline/timeline/text"
)

// A reading finds the events whose passages of a kind a regular expression matches.
// It matches text as written, which has to be read again. One goroutine uses it.
type reading struct {
	evaluation
	*text.Automaton
	kind  passageKind
	names map[string]string // by name of an actor as written: all its names, a line each
	text  []byte            // of the event at hand
}

// atOnce is how many events a goroutine reads at once: a multiple of 64, so that no
// two share a word of a bitset.
const atOnce = 1 << 10

// addMatching adds to set the events that a regular expression matches in passages of
// a kind.
func (e evaluation) addMatching(set bitset, v value, kind passageKind) {
	among := e.candidates(v, kind)
	p := text.NewExpression(v.regexp)
	var next atomic.Int64
	share(e.workers, func(int) {
		r := &reading{evaluation: e, Automaton: p.Automaton(), kind: kind, names: make(map[string]string)}
		for from := int(next.Add(atOnce)) - atOnce; from < set.n && e.ctx.Err() == nil; from = int(next.Add(atOnce)) - atOnce {
			var at []int
			for i := from; i < min(from+atOnce, set.n); i++ {
				if among.has(i) {
					at = append(at, i)
				}
			}
			r.add(set, at)
		}
	})
}

// candidates returns the events that a regular expression may match.
func (e evaluation) candidates(v value, kind passageKind) bitset {
	set := newBitset(e.Len())
	needles := text.Needles(v.regexp.String())
	if needles == nil {
		set.fill()
	}
	for _, needle := range needles {
		if kind == inText {
			e.addWith(set, needle)
		} else {
			e.addPassages(set, needle, kind)
		}
	}
	if kind == inQuotes {
		quoted := newBitset(e.Len())
		e.addFeature(quoted, hasQuote)
		set.and(quoted)
	}
	return set
}

// add adds to set those of the events at some positions that match.
func (r *reading) add(set bitset, at []int) {
	others := r.store.glanceAt(r.Timeline, at, r.kind == inTitle, func(k int, record *Record) {
		if r.matches(record) {
			set.add(at[k])
		}
	})
	var record Record
	for _, k := range others {
		if r.ctx.Err() != nil {
			return
		}
		e := r.store.fetch(r.Timeline, at[k], text.Clean)
		record.Set(&e, Extent{})
		if r.matches(&record) {
			set.add(at[k])
		}
	}
}

// matches reports whether the expression matches a record.
func (r *reading) matches(record *Record) bool {
	r.text = r.text[:0]
	switch r.kind {
	case inTitle:
		r.clean(record.Title)
	case inQuotes:
		return slices.ContainsFunc(record.Sources, func(s SourceRecord) bool {
			r.text = r.text[:0]
			r.clean(s.Quote)
			return len(r.text) > 0 && r.Match(r.text)
		})
	default:
		r.all(record)
	}
	return r.Match(r.text)
}

// clean adds a text, cleaned.
func (r *reading) clean(s []byte) {
	if text.Plain(s) {
		r.text = append(r.text, s...)
	} else {
		r.text = append(r.text, text.Clean(string(s))...)
	}
}

// line adds a text, cleaned, and ends its line.
func (r *reading) line(s []byte) {
	r.clean(s)
	r.text = append(r.text, '\n')
}

// all adds the text of an event that free text searches, a line a field: title,
// summary, actors by all their names, places, publishers and quotations.
func (r *reading) all(record *Record) {
	r.line(record.Title)
	if text.Plain(record.Summary) {
		for seg := range Segments(record.Summary, len(record.Sources)) {
			if len(seg.Mark) > 0 {
				seg.Text = bytes.TrimRight(seg.Text, " ")
			}
			r.text = append(r.text, seg.Text...)
		}
	} else {
		r.text = append(r.text, WithoutMarks(text.Clean(string(record.Summary)), len(record.Sources))...)
	}
	r.text = append(r.text, '\n')
	for _, name := range record.Actors {
		lines, known := r.names[string(name)]
		if !known {
			if cleaned := text.Clean(string(name)); cleaned != "" {
				actor := r.Actor(cleaned)
				lines = strings.Join(actor.Names(), "\n") + "\n"
			}
			r.names[string(name)] = lines
		}
		r.text = append(r.text, lines...)
	}
	for _, place := range record.Places {
		if !empty(place) {
			r.line(place)
		}
	}
	for i := range record.Sources {
		r.line(record.Sources[i].Publisher)
	}
	for i := range record.Sources {
		r.line(record.Sources[i].Quote)
	}
}
