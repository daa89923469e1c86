package timeline

import (
	"cmp"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"dateline/timeline/text"
)

// A builder makes a timeline of the parts of an index. It numbers the records
// in the order of the parts; a timeline has them in the order of dates.
type builder struct {
	records
	order     []uint32 // by position: record; nil if they are the same
	positions []uint32 // by record: position; nil if they are the same
	tags      []uint32 // by record: part of the hash of its id
	issue     func(Issue)

	// older finds the event of a timeline, to which these records are appended, that
	// has an id; nil if there is no such timeline.
	older func(id string) (position uint32, ok bool)
}

// An Issue is something wrong with an event that shows only among all events.
type Issue struct {
	Kind  IssueKind
	Event Extent
	ID    string // of the event
	Other Extent // TakenID: the event that has the id already
	Name  string // the id that it answers, or the actor that it names
	Nth   int    // which of its answers and denials it is, from 0
}

// An IssueKind says what is wrong.
type IssueKind int

const (
	TakenID       IssueKind = iota // another event has this id; the timeline lacks this one
	AnswersItself                  // the event answers itself
	UnknownAnswer                  // no event has the id that it answers
	UnknownActor                   // the register has no such actor; the first event of a file that names it
)

// build makes a timeline of parts. It frees early what it no longer needs of
// them, to have room for what it makes.
func (x *Index) build(parts []*part, about About, actors []Actor, issue func(Issue)) *Timeline {
	b := newBuilder(parts, issue)
	b.freeMemory()
	t := &Timeline{About: about, actors: merge(actors), results: new(resultCache)}
	t.clean()
	for _, name := range x.Files {
		t.files = append(t.files, text.Clean(name))
	}
	var ids idTable
	var same []pair
	together(
		func() { b.sortByDate(t) },
		func() { ids, same = b.identify(newIDKey()) },
	)
	t.key = ids.key
	b.dropTaken(t, same)
	b.linkAnswers(t, &ids)
	b.checkActors(t)
	for _, p := range b.parts {
		p.ids, p.answers, p.replies = texts32{}, texts32{}, nil
	}
	b.freeMemory()
	b.fillColumns(t)
	b.freeMemory()
	t.indexReach(0)
	t.indexWide(0)
	b.fillNames(t)
	t.store = &store{decode: x.decode, glance: x.Glance, records: b.records, order: b.order, positions: b.positions, tags: b.tags}
	t.text = &haystack{spool: x.Spool, n: b.n, positions: b.positions, fail: t.store.fail}
	for _, p := range b.parts {
		for _, block := range p.blocks {
			block.first += p.from
			t.text.blocks = append(t.text.blocks, block)
		}
		p.blocks = nil
	}
	return t
}

// manyRecords is how many records are worth a garbage collection between steps.
const manyRecords = 1 << 18

// freeMemory gives back memory that is needed no longer. It lies in pieces
// between what stays, where the large arrays to come would not fit.
func (b *builder) freeMemory() {
	if b.n > manyRecords {
		debug.FreeOSMemory()
	}
}

// records finds the part that a record is in.
type records struct {
	parts []*part
	n     int      // how many records there are
	near  []uint32 // by 1<<nearness records: the part that the first is in
}

const nearness = 8

func newBuilder(parts []*part, issue func(Issue)) *builder {
	b := &builder{issue: issue}
	slices.SortStableFunc(parts, func(a, b *part) int { return cmp.Or(a.file-b.file, cmp.Compare(a.first, b.first)) })
	for n, p := range parts {
		p.from = b.n
		b.n += len(p.at)
		for len(b.near)<<nearness < b.n {
			b.near = append(b.near, uint32(n))
		}
	}
	b.parts = parts
	return b
}

// at returns the part of a record, and which of its records it is.
func (r *records) at(record int) (p *part, k int) {
	n := r.near[record>>nearness]
	for int(n)+1 < len(r.parts) && r.parts[n+1].from <= record {
		n++
	}
	return r.parts[n], record - r.parts[n].from
}

func (b *builder) id(record uint32) []byte {
	p, k := b.at(int(record))
	return p.ids.of(k)
}

func (b *builder) extent(record uint32) Extent {
	p, k := b.at(int(record))
	return p.extent(k)
}

// noPosition is the position of a record that the timeline lacks.
const noPosition = 1<<32 - 1

func (b *builder) position(record uint32) uint32 {
	if b.positions == nil {
		return record
	}
	return b.positions[record]
}

// each calls do for every position in order.
func (b *builder) each(do func(i int, p *part, k int)) {
	if b.order != nil {
		for i, r := range b.order {
			p, k := b.at(int(r))
			do(i, p, k)
		}
		return
	}
	for _, p := range b.parts {
		for k := range p.at {
			do(p.from+k, p, k)
		}
	}
}

// checkActors finds the actors that the register lacks, if there is one.
func (b *builder) checkActors(t *Timeline) {
	if len(t.actors) == 0 {
		return
	}
	known := make(map[string]bool)
	for i := range t.actors {
		for _, name := range t.actors[i].Names() {
			known[name] = true
		}
	}
	fold := sync.OnceFunc(func() { // most files never need it
		for _, name := range slices.Collect(maps.Keys(known)) {
			known[text.Fold(name)] = true
		}
	})
	file := -1
	var named map[string]bool
	var seen map[int][]bool // by Indexer and word
	for _, p := range b.parts {
		if p.file != file {
			file, named, seen = p.file, make(map[string]bool), make(map[int][]bool)
		}
		of := append(seen[p.by], make([]bool, max(0, len(p.words)-len(seen[p.by])))...)
		seen[p.by] = of
		for k := range p.at {
			if b.position(uint32(p.from+k)) == noPosition {
				continue
			}
			for _, w := range p.names.of(k) {
				word := w >> fieldBits
				if Field(w&(1<<fieldBits-1)) != ActorField || of[word] {
					continue
				}
				of[word] = true
				name := p.words[word]
				if named[name] || known[name] {
					continue
				}
				if fold(); known[text.Fold(name)] {
					continue
				}
				named[name] = true
				b.issue(Issue{Kind: UnknownActor, Event: p.extent(k), ID: string(p.ids.of(k)), Name: name})
			}
		}
	}
}

// fillColumns puts the values that each event has one of in order.
func (b *builder) fillColumns(t *Timeline) {
	n := len(t.dates.numbers)
	t.status, t.importance, t.features = make([]Status, n), make([]Tier, n), make([]features, n)
	t.sources, t.origins = make([]uint16, n), make([]uint16, n)
	if slices.ContainsFunc(b.parts, func(p *part) bool { return p.clocks != nil }) {
		t.clocks = make([]uint32, n)
	}
	if slices.ContainsFunc(b.parts, func(p *part) bool { return p.weights != nil }) {
		t.weights = make([]uint32, n)
	}
	b.each(func(i int, p *part, k int) {
		if p.clocks != nil {
			t.clocks[i] = p.clocks[k]
		}
		if p.weights != nil {
			t.weights[i] = p.weights[k]
		}
		t.status[i], t.importance[i], t.features[i] = p.status[k], p.importance[k], p.features[k]
		t.sources[i], t.origins[i] = p.sources[k], p.origins[k]
	})
	for _, p := range b.parts {
		p.clocks, p.status, p.importance, p.weights = nil, nil, nil, nil
		p.features, p.sources, p.origins = nil, nil, nil
	}
}

// fillNames numbers the names of the list fields in the order of the events.
func (b *builder) fillNames(t *Timeline) {
	fields := t.nameBuilders(len(t.dates.numbers))
	for _, p := range b.parts {
		for f, n := range p.counts {
			fields[f].most += n
		}
	}
	// Events have their words in the order of the fields, and about as many in
	// the first as in the others.
	halves := [][2]Field{{0, TopicField}, {TopicField, listFields}}
	share(len(halves), func(k int) { b.numberNames(fields, halves[k][0], halves[k][1]) })
	for _, p := range b.parts {
		p.names = wordList{}
	}
	b.freeMemory()
	t.postNames()
}

// numberNames is fillNames for the fields from one to before another.
func (b *builder) numberNames(fields *[listFields]nameBuilder, from, to Field) {
	numbers := make(map[int]*[listFields][]uint32) // by Indexer, field and word: one more than the number of the name
	for _, p := range b.parts {
		of := numbers[p.by]
		if of == nil {
			of = new([listFields][]uint32)
			numbers[p.by] = of
		}
		for f := from; f < to; f++ {
			if len(p.words) > len(of[f]) {
				of[f] = make([]uint32, len(p.words))
			}
		}
	}
	var of *[listFields][]uint32
	var last *part
	number := func(p *part, words []uint32) {
		if p != last {
			of, last = numbers[p.by], p
		}
		for _, w := range words {
			word, f := w>>fieldBits, Field(w&(1<<fieldBits-1))
			if f < from {
				continue
			}
			if f >= to {
				break
			}
			c, n := &fields[f], &of[f][word]
			if *n == 0 {
				*n = unnumbered
				if number, ok := c.number(p.words[word]); ok {
					*n = uint32(number) + 1
				}
			}
			if *n != unnumbered {
				c.has(int(*n - 1))
			}
		}
		for f := from; f < to; f++ {
			fields[f].endList()
		}
	}
	// Where the events are in no order, the words of each lie elsewhere in memory.
	// Looking at many at once saves most of the waiting for them.
	type eventWords struct {
		part  *part
		words []uint32
		first uint32 // of the words
	}
	near := make([]eventWords, 0, 64)
	flush := func() {
		for k := range near {
			if e := &near[k]; len(e.words) > 0 {
				e.first = e.words[0]
			}
		}
		for _, e := range near {
			number(e.part, e.words)
		}
		near = near[:0]
	}
	b.each(func(_ int, p *part, k int) {
		if near = append(near, eventWords{part: p, words: p.names.of(k)}); len(near) == cap(near) {
			flush()
		}
	})
	flush()
}

// unnumbered stands for the number of a name that no query could ask for.
const unnumbered = 1<<32 - 1
