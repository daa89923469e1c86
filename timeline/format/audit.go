package format

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Check reports every problem of the files, as Read does; its error is that one
// cannot be read. It holds no more of large files than it needs to: their
// registers, the names of their actors, and a few bytes an event.
func Check(files ...File) (Report, error) {
	if size(files) >= Large {
		if o, ok := newOpening(Watch{}, files); ok {
			return o.check()
		}
	}
	files, err := loaded(files)
	if err != nil {
		return Report{}, err
	}
	_, r, _ := Read(files...)
	return r, nil
}

// check checks the files.
func (o *opening) check() (Report, error) {
	o.audit = &audit{seed: maphash.MakeSeed()}
	stretches, err := o.stretches()
	if err == nil {
		err = o.read(context.Background(), stretches)
	}
	if err != nil {
		return Report{}, err
	}
	_, m := o.readFrames()
	r, _, err := o.report(o.audit.resolve(o, m))
	return r, err
}

// An audit remembers of events what shows only once all files are read.
type audit struct {
	seed maphash.Seed

	mu sync.Mutex
	ledger
}

// A ledger is what one goroutine adds to an audit.
type ledger struct {
	ids     []audited
	leftOut map[string]bool
	answers []answer
	actors  map[string]naming
}

// An audited event is known by the hash of its id, and where it is.
type audited struct {
	hash uint64
	timeline.Place
}

// An answer is an id that an event answers.
type answer struct {
	id       string
	from, at spot
	event    string
}

// A naming is where an actor is named first.
type naming struct {
	spot
	event string
}

// note remembers an event.
func (l *ledger) note(seed maphash.Seed, e *located, place timeline.Place, at func(offset int) int64) {
	l.ids = append(l.ids, audited{maphash.String(seed, e.ID), place})
	for k, id := range e.Answers {
		l.answers = append(l.answers, answer{id, spotOf(place), spot{place.File, at(e.places.answers[k])}, e.ID})
	}
	for k, name := range e.Actors {
		l.name(name, naming{spot{place.File, at(e.places.actors[k])}, e.ID})
	}
}

// leave remembers the id of an event that is left out.
func (l *ledger) leave(id string) {
	if l.leftOut == nil {
		l.leftOut = make(map[string]bool)
	}
	l.leftOut[id] = true
}

func (l *ledger) name(name string, where naming) {
	if first, known := l.actors[name]; known && first.compare(where.spot) <= 0 {
		return
	}
	if l.actors == nil {
		l.actors = make(map[string]naming)
	}
	l.actors[name] = where
}

// add takes over what a goroutine has noted.
func (a *audit) add(l ledger) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(a.ids, l.ids...)
	a.answers = append(a.answers, l.answers...)
	for name, where := range l.actors {
		a.name(name, where)
	}
	for id := range l.leftOut {
		a.leave(id)
	}
}

// resolve tells what shows only now, and returns events that have one id.
func (a *audit) resolve(o *opening, m *merger) []timeline.Twins {
	slices.SortFunc(a.ids, func(x, y audited) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), spotOf(x.Place).compare(spotOf(y.Place)))
	})
	var twins []timeline.Twins
	dropped := make(map[spot]bool)
	first := 0
	for k := 1; k < len(a.ids); k++ {
		if a.ids[k].hash != a.ids[first].hash {
			first = k
			continue
		}
		if e, err := o.decode(a.ids[k].Place); err == nil {
			twins = append(twins, timeline.Twins{ID: text.Clean(e.ID), First: a.ids[first].Place, Second: a.ids[k].Place})
			dropped[spotOf(a.ids[k].Place)] = true
		}
	}
	for _, w := range a.answers {
		if !dropped[w.from] {
			a.answered(o, w)
		}
	}
	known, names := m.register()
	for _, p := range m.problems {
		o.complaints.add(complaint{Problem: p.Problem, spot: spot{slices.IndexFunc(o.files, func(f File) bool { return f.Name == p.file.Name }), int64(p.at)}})
	}
	if len(m.actors) > 0 {
		a.unregistered(o, known, names)
	}
	return twins
}

func (a *audit) answered(o *opening, w answer) {
	p := Problem{Event: w.event, Field: fieldOf("answers", w.id)}
	if w.id == w.event {
		p.Text = "an event does not answer itself"
		o.complaints.add(complaint{Problem: p, spot: w.at})
	}
	hash := maphash.String(a.seed, text.Clean(w.id))
	if _, ok := slices.BinarySearchFunc(a.ids, hash, func(e audited, h uint64) int { return cmp.Compare(e.hash, h) }); ok {
		return
	}
	p.Text, p.Warning = "there is no event with this id", true
	if a.leftOut[w.id] {
		p.Text = "the event with this id is left out"
	}
	o.complaints.add(complaint{Problem: p, spot: w.at})
}

// unregistered warns of actors that the register lacks.
func (a *audit) unregistered(o *opening, known map[string]bool, names []string) {
	fold(known, names)
	type unknown struct {
		name string
		naming
	}
	var all []unknown
	for name, where := range a.actors {
		if !known[name] && !known[text.Fold(name)] {
			all = append(all, unknown{name, where})
		}
	}
	slices.SortFunc(all, func(a, b unknown) int { return a.compare(b.spot) })
	for k, u := range all {
		text := "the register has no such actor"
		if k < mostSuggested {
			text = unregistered(u.name, names)
		}
		o.complaints.add(complaint{Problem: Problem{Event: u.event, Field: fieldOf("actors", u.name), Text: text, Warning: true}, spot: u.spot})
	}
}
