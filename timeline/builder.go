package timeline

import (
	"bytes"
	"cmp"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"dateline/timeline/edtf"
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

// sortByDate merges the dates, and puts the records in order.
func (b *builder) sortByDate(t *Timeline) {
	var dates []edtf.Date
	known := make(map[int][]edtf.Date) // by Indexer
	for _, p := range b.parts {
		if len(p.dates) > len(known[p.by]) {
			known[p.by] = p.dates
		}
	}
	for _, of := range known {
		dates = append(dates, of...)
	}
	slices.SortFunc(dates, compareDates)
	dates = slices.Compact(dates)
	number := make(map[edtf.Date]uint32, len(dates))
	for k, d := range dates {
		number[d] = uint32(k)
	}
	numbers := make(map[int][]uint32) // by Indexer
	for by, of := range known {
		for _, d := range of {
			numbers[by] = append(numbers[by], number[d])
		}
	}
	sorted := b.sorted()
	t.dates = dateColumn{distinct: dates, numbers: make([]uint32, b.n)}
	timed := false
	for _, p := range b.parts {
		of := numbers[p.by]
		for k, d := range p.date {
			t.dates.numbers[p.from+k] = of[d]
		}
		timed = timed || p.moments != nil
		p.date, p.dates = nil, nil
	}
	if !sorted {
		b.sort(t.dates.numbers, newClasses(dates, timed))
		inOrder := make([]uint32, b.n)
		for i, r := range b.order {
			inOrder[i] = t.dates.numbers[r]
		}
		t.dates.numbers = inOrder
	}
	for _, p := range b.parts {
		p.moments = nil
	}
}

// sorted reports whether the records are in order already.
func (b *builder) sorted() bool {
	for n, p := range b.parts {
		if !p.sorted {
			return false
		}
		if n == 0 {
			continue
		}
		before := b.parts[n-1]
		if b.overlap(n) || before.when(len(before.at)-1).compare(p.when(0)) > 0 {
			return false
		}
	}
	return true
}

// overlap reports whether the n-th part begins in its file before the end of the
// part before. Few files have such parts: those that are read in pieces.
func (b *builder) overlap(n int) bool {
	p, before := b.parts[n], b.parts[n-1]
	return p.file == before.file && p.first < before.first+int64(before.at[len(before.at)-1])
}

// classes tell how dates are ordered. Records of one class are in the order of the
// file or, if they state times of day, of these.
type classes struct {
	untimed, timed []uint32 // by date: the class of records without a time, and with one
	n              int
	isTimed        []bool // by class
}

// newClasses makes the classes of dates, which are in order. Those of records with a
// time, if there are any, follow all others of their day.
func newClasses(dates []edtf.Date, timed bool) classes {
	c := classes{untimed: make([]uint32, len(dates)), timed: make([]uint32, len(dates))}
	next := func(isTimed bool) { c.isTimed = append(c.isTimed, isTimed) }
	for k := 0; k < len(dates); {
		first := k
		for ; k < len(dates) && filed(dates[k]) == filed(dates[first]); k++ {
			if k == first || edtf.Compare(dates[k-1], dates[k]) != 0 {
				next(false)
			}
			c.untimed[k] = uint32(len(c.isTimed) - 1)
		}
		if timed {
			next(true)
		}
		for d := first; d < k; d++ {
			c.timed[d] = uint32(len(c.isTimed) - 1)
		}
	}
	c.n = len(c.isTimed)
	return c
}

// sort finds the order by counting the records of each class.
func (b *builder) sort(date []uint32, c classes) {
	class := func(p *part, k int) uint32 {
		d := date[p.from+k]
		if p.moments != nil && p.moments[k] != untimed {
			return c.timed[d]
		}
		return c.untimed[d]
	}
	end := make([]uint32, c.n)
	for _, p := range b.parts {
		for k := range p.at {
			end[class(p, k)]++
		}
	}
	sum := uint32(0)
	for k, n := range end {
		end[k] = sum
		sum += n
	}
	b.order = make([]uint32, b.n)
	overlap := false
	for n, p := range b.parts {
		overlap = overlap || n > 0 && b.overlap(n)
		for k := range p.at {
			of := class(p, k)
			b.order[end[of]] = uint32(p.from + k)
			end[of]++
		}
	}
	share(c.n, func(k int) {
		start := uint32(0)
		if k > 0 {
			start = end[k-1]
		}
		if records := b.order[start:end[k]]; len(records) > 1 && (c.isTimed[k] || overlap) {
			b.sortByTime(records, date, c)
		}
	})
	b.positions = make([]uint32, b.n)
	for i, r := range b.order {
		b.positions[r] = uint32(i)
	}
}

// sortByTime sorts records of one class by time of day, then by latest day, then by
// place in the files.
func (b *builder) sortByTime(records, date []uint32, c classes) {
	type timed struct {
		moment moment
		class  uint32
		file   int
		at     int64
		record uint32
	}
	all := make([]timed, len(records))
	for i, r := range records {
		p, k := b.at(int(r))
		all[i] = timed{untimed, c.untimed[date[r]], p.file, p.first + int64(p.at[k]), r}
		if p.moments != nil {
			all[i].moment = p.moments[k]
		}
	}
	slices.SortFunc(all, func(a, b timed) int {
		return cmp.Or(cmp.Compare(a.moment, b.moment), cmp.Compare(a.class, b.class), a.file-b.file, cmp.Compare(a.at, b.at), cmp.Compare(a.record, b.record))
	})
	for i := range all {
		records[i] = all[i].record
	}
}

// A pair of records has one id.
type pair struct{ first, second uint32 }

// identify makes a table of the ids, and finds records whose id another has.
func (b *builder) identify(key idKey) (ids idTable, same []pair) {
	b.tags = make([]uint32, b.n)
	share(len(b.parts), func(n int) {
		p := b.parts[n]
		for k := range p.at {
			b.tags[p.from+k] = tag(key, p.ids.of(k))
		}
	})
	ids = newIDTable(key, b.tags)
	var found [len(ids.halves)][]pair
	share(len(found), func(half int) {
		for r, tag := range b.tags {
			if halfOf(tag) != half {
				continue
			}
			isSame := func(other uint32) bool { return bytes.Equal(b.id(other), b.id(uint32(r))) }
			if first, taken := ids.add(tag, uint32(r), isSame); taken {
				found[half] = append(found[half], pair{first, uint32(r)})
			}
		}
	})
	same = slices.Concat(found[:]...)
	slices.SortFunc(same, func(a, b pair) int { return cmp.Compare(a.second, b.second) })
	return ids, same
}

// dropTaken takes records whose id another has out of the order.
func (b *builder) dropTaken(t *Timeline, same []pair) {
	if len(same) == 0 {
		return
	}
	gone := make(map[uint32]bool)
	for _, pair := range same {
		gone[pair.second] = true
		b.issue(Issue{Kind: TakenID, Event: b.extent(pair.second), ID: string(b.id(pair.first)), Other: b.extent(pair.first)})
	}
	var order, of []uint32
	for i := range b.n {
		r := uint32(i)
		if b.order != nil {
			r = b.order[i]
		}
		if !gone[r] {
			order, of = append(order, r), append(of, t.dates.numbers[i])
		}
	}
	b.order, t.dates.numbers = order, of
	b.positions = make([]uint32, b.n)
	for r := range b.positions {
		b.positions[r] = noPosition
	}
	for i, r := range order {
		b.positions[r] = uint32(i)
	}
}

// digests finds the records whose ids are made of digests, by these.
func (b *builder) digests() map[string]uint32 {
	digests := make(map[string]uint32)
	for _, p := range b.parts {
		for k := range p.at {
			digest, ok := withoutDay(string(p.ids.of(k)))
			if _, taken := digests[digest]; ok && !taken {
				digests[digest] = uint32(p.from + k)
			}
		}
	}
	return digests
}

// linkAnswers links events to those that they answer.
func (b *builder) linkAnswers(t *Timeline, ids *idTable) {
	type link struct{ from, to uint32 }
	var all []link
	var digests map[string]uint32
	for _, p := range b.parts {
		first := 0                        // of the answers of the event at hand
		linked := make(map[uint32]uint32) // to one more than the last of its answers that links to the event
		for k, reply := range p.replies {
			if k == 0 || p.replies[k-1] != reply {
				first = k
			}
			from := b.position(uint32(p.from) + reply)
			if from == noPosition {
				continue
			}
			id := p.answers.of(k)
			r, _, known := ids.find(tag(ids.key, id), func(other uint32) bool { return bytes.Equal(b.id(other), id) })
			digest, derived := withoutDay(string(id))
			if !known && derived && b.older == nil {
				if digests == nil {
					digests = b.digests()
				}
				r, known = digests[digest]
			}
			to := uint32(noPosition)
			if known {
				to = b.position(r)
			} else if b.older != nil {
				to, known = b.older(string(id))
			} else if t.unanswered = append(t.unanswered, tag(ids.key, id)); derived {
				t.unanswered = append(t.unanswered, tag(ids.key, digest))
			}
			switch {
			case !known || to == from:
				kind := UnknownAnswer
				if known {
					kind = AnswersItself
				}
				b.issue(Issue{Kind: kind, Event: p.extent(int(reply)), ID: string(p.ids.of(int(reply))), Name: string(id), Nth: k - first})
			case linked[to] <= uint32(first):
				linked[to] = uint32(k) + 1
				all = append(all, link{from, to})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b link) int { return cmp.Compare(a.from, b.from) })
	from, to := make([]uint32, len(all)), make([]uint32, len(all))
	for k, l := range all {
		from[k], to[k] = l.from, l.to
	}
	t.answers, t.answeredBy = newLinks(from, to), newLinks(to, from)
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
