package timeline

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"runtime/debug"
	"slices"

	"dateline/timeline/edtf"
)

// SoFar makes a timeline of what the index holds, which may go on being filled.
func (x *Index) SoFar(about About, actors []Actor) *Timeline {
	x.mu.Lock()
	parts := make([]*part, len(x.parts))
	for n, p := range x.parts {
		copied := *p
		parts[n] = &copied
	}
	x.mu.Unlock()
	t, _ := x.assemble(parts, about, actors)
	return t
}

// Timeline makes a timeline of what the index holds, as New would of the same
// events, the first of those with one id. It uses the index up.
func (x *Index) Timeline(about About, actors []Actor) (*Timeline, []Twins) {
	return x.assemble(x.parts, about, actors)
}

// assemble makes a timeline of parts. What of them it needs no longer it lets
// go, so that there is room for what it makes of it.
func (x *Index) assemble(parts []*part, about About, actors []Actor) (*Timeline, []Twins) {
	a := newAssembly(parts)
	t := &Timeline{About: about, actors: merge(actors), text: new(haystack), results: new(resultCache)}
	t.clean()
	var found identified
	together(
		func() { a.date(t) },
		func() { found = a.identify() },
	)
	twins := a.link(t, found)
	a.columns(t)
	a.letGo()
	t.indexReach()
	t.indexWide()
	a.name(t)
	for _, p := range a.parts {
		t.text.passages = append(t.text.passages, passages{p.from, p.text.all, p.text.end})
	}
	t.text.place, t.text.order = a.place, a.order
	t.store = &store{decode: x.decode, glance: x.Glance, records: a.records, order: a.order, places: a.place, tags: a.tags}
	return t, twins
}

// plenty is how many records are worth tidying up after.
const plenty = 1 << 18

// letGo gives back the memory of what is needed no longer. It lies in pieces
// between what is kept, where the large arrays to come would not fit.
func (a *assembly) letGo() {
	if a.n > plenty {
		debug.FreeOSMemory()
	}
}

// An assembly is the making of a timeline of the parts of an index. Records are
// numbered as they come, part by part; the timeline has them in order.
type assembly struct {
	records
	order []uint32 // by position: record; nil if they are the same
	place []uint32 // by record: position; nil if they are the same
	tags  []uint32 // by record: hash of its id
}

// records finds the part that a record is in.
type records struct {
	parts []*part
	n     int      // how many there are
	near  []uint32 // by 1<<nearness records: the part that the first is in
}

const nearness = 8

func newAssembly(parts []*part) *assembly {
	a := &assembly{}
	slices.SortFunc(parts, func(a, b *part) int { return cmp.Or(a.file-b.file, cmp.Compare(a.first, b.first)) })
	for n, p := range parts {
		p.from = a.n
		a.n += len(p.at)
		for len(a.near)<<nearness < a.n {
			a.near = append(a.near, uint32(n))
		}
	}
	a.parts = parts
	return a
}

// at returns the part of a record, and which of its records it is.
func (r *records) at(record int) (p *part, k int) {
	n := r.near[record>>nearness]
	for int(n)+1 < len(r.parts) && r.parts[n+1].from <= record {
		n++
	}
	return r.parts[n], record - r.parts[n].from
}

// each calls do for every position in order.
func (a *assembly) each(do func(i int, p *part, k int)) {
	if a.order != nil {
		for i, r := range a.order {
			p, k := a.at(int(r))
			do(i, p, k)
		}
		return
	}
	for _, p := range a.parts {
		for k := range p.at {
			do(p.from+k, p, k)
		}
	}
}

// date puts the dates together, and the records in order.
func (a *assembly) date(t *Timeline) {
	var dates []edtf.Date
	known := make(map[int][]edtf.Date) // by Indexer
	for _, p := range a.parts {
		if len(p.dates) > len(known[p.by]) {
			known[p.by] = p.dates
		}
	}
	for _, of := range known {
		dates = append(dates, of...)
	}
	slices.SortFunc(dates, func(a, b edtf.Date) int {
		return cmp.Or(edtf.Compare(a, b), cmp.Compare(a.String(), b.String()))
	})
	dates = slices.Compact(dates)
	number := make(map[edtf.Date]uint32, len(dates))
	class := make([]uint32, len(dates)) // those that go in the order of ids have the same
	for k, d := range dates {
		number[d] = uint32(k)
		if k > 0 {
			class[k] = class[k-1]
			if edtf.Compare(dates[k-1], d) != 0 {
				class[k]++
			}
		}
	}
	numbers := make(map[int][]uint32) // by Indexer
	for by, of := range known {
		for _, d := range of {
			numbers[by] = append(numbers[by], number[d])
		}
	}
	t.dates = dateColumn{distinct: dates, numbers: make([]uint32, a.n)}
	for _, p := range a.parts {
		of := numbers[p.by]
		for k, d := range p.date {
			t.dates.numbers[p.from+k] = of[d]
		}
		p.date, p.dates = nil, nil
	}
	if !a.sorted(t.dates.numbers, class) {
		a.sort(t.dates.numbers, class)
		inOrder := make([]uint32, a.n)
		for i, r := range a.order {
			inOrder[i] = t.dates.numbers[r]
		}
		t.dates.numbers = inOrder
	}
}

// sorted reports whether the records are in order as they come.
func (a *assembly) sorted(date, class []uint32) bool {
	for n, p := range a.parts {
		if !p.sorted {
			return false
		}
		if n == 0 {
			continue
		}
		before := a.parts[n-1]
		last, first := class[date[p.from-1]], class[date[p.from]]
		if last > first || last == first && bytes.Compare(before.ids.of(len(before.at)-1), p.ids.of(0)) >= 0 {
			return false
		}
	}
	return true
}

// sort finds the order by counting how many records each date has; those whose
// dates are alike go by id.
func (a *assembly) sort(date, class []uint32) {
	end := make([]uint32, class[len(class)-1]+1)
	for _, d := range date {
		end[class[d]]++
	}
	sum := uint32(0)
	for c, n := range end {
		end[c] = sum
		sum += n
	}
	a.order = make([]uint32, a.n)
	for r, d := range date {
		c := class[d]
		a.order[end[c]] = uint32(r)
		end[c]++
	}
	share(len(end), func(c int) {
		start := uint32(0)
		if c > 0 {
			start = end[c-1]
		}
		a.sortByID(a.order[start:end[c]])
	})
	a.place = make([]uint32, a.n)
	for i, r := range a.order {
		a.place[r] = uint32(i)
	}
}

func (a *assembly) id(record uint32) []byte {
	p, k := a.at(int(record))
	return p.ids.of(k)
}

// sortByID sorts records by their ids, those with the same as they come. Ids
// mostly begin alike; they are compared by what comes then.
func (a *assembly) sortByID(records []uint32) {
	if slices.IsSortedFunc(records, func(r, s uint32) int { return bytes.Compare(a.id(r), a.id(s)) }) {
		return
	}
	type keyed struct {
		key    uint64
		id     []byte
		record uint32
	}
	all := make([]keyed, len(records))
	alike := a.id(records[0])
	for k, r := range records {
		all[k] = keyed{id: a.id(r), record: r}
		n := 0
		for n < len(alike) && n < len(all[k].id) && alike[n] == all[k].id[n] {
			n++
		}
		alike = alike[:n]
	}
	for k := range all {
		var key [8]byte
		copy(key[:], all[k].id[len(alike):])
		all[k].key = binary.BigEndian.Uint64(key[:])
	}
	slices.SortFunc(all, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Or(bytes.Compare(a.id, b.id), cmp.Compare(a.record, b.record))
	})
	for k := range all {
		records[k] = all[k].record
	}
}

// columns puts what each event has one of in order.
func (a *assembly) columns(t *Timeline) {
	n := len(t.dates.numbers)
	t.status, t.features = make([]Status, n), make([]features, n)
	t.sources, t.origins = make([]uint16, n), make([]uint16, n)
	a.each(func(i int, p *part, k int) {
		t.status[i], t.features[i] = p.status[k], p.features[k]
		t.sources[i], t.origins[i] = p.sources[k], p.origins[k]
	})
	for _, p := range a.parts {
		p.status, p.features, p.sources, p.origins = nil, nil, nil, nil
	}
}

// name numbers the names of the list fields as the events bring them in order.
func (a *assembly) name(t *Timeline) {
	fields := t.numberers(len(t.dates.numbers))
	for _, p := range a.parts {
		for f, n := range p.counts {
			fields[f].most += n
		}
	}
	// Events have their words in the order of the fields, and about as many in
	// the first as in the others.
	halves := [][2]Field{{0, TopicField}, {TopicField, listFields}}
	share(len(halves), func(k int) { a.nameFields(fields, halves[k][0], halves[k][1]) })
	for _, p := range a.parts {
		p.names = listColumn{}
	}
	a.letGo()
	t.post()
}

// nameFields is name for the fields from one to before another.
func (a *assembly) nameFields(fields *[listFields]numberer, from, to Field) {
	numbers := make(map[int]*[listFields][]uint32) // by Indexer, field and word: one more than the number of the name
	for _, p := range a.parts {
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
	for f := from; f < to; f++ {
		fields[f].numbers = make([]uint32, 0, fields[f].most)
	}
	var of *[listFields][]uint32
	var last *part
	a.each(func(_ int, p *part, k int) {
		if p != last {
			of, last = numbers[p.by], p
		}
		for _, w := range p.names.list(k) {
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
				c.note(int(*n - 1))
			}
		}
		for f := from; f < to; f++ {
			fields[f].endList()
		}
	})
}

// unnumbered is in place of a number for a name that nobody could ask for.
const unnumbered = 1<<32 - 1
