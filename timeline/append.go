package timeline

import (
	"cmp"
	"errors"
	"slices"
	"sort"

	"dateline/timeline/edtf"
)

// A timeline that was kept can take in what has been appended to its last file since,
// without the rest being read again. The result is what reading all of it makes; where
// that would change what the timeline tells of the events that it has, there is none.

// ErrReadAll means that the whole of the files must be read.
var ErrReadAll = errors.New("what was appended changes more than it adds")

// Append makes a timeline of one that was kept, which it uses up unless there is an
// error, and of what the index holds: records behind all others in the last file.
func (x *Index) Append(t *Timeline) (*Timeline, error) {
	sound := true
	b := newBuilder(x.parts, func(Issue) { sound = false })
	if b.n == 0 {
		return t, nil
	}
	if len(t.actors) > 0 {
		return nil, ErrReadAll // each file is told once which actors its register lacks
	}
	whens := make([]when, b.n)
	for _, p := range b.parts {
		for k := range p.at {
			whens[p.from+k] = p.when(k)
		}
	}
	more := new(Timeline)
	b.sortByDate(more)
	ids, same := b.identify(t.key)
	known, fresh := t.knownTo(b)
	if len(same) > 0 || !fresh {
		return nil, ErrReadAll
	}
	w := newWeave(t, b, whens)
	b.older = func(id string) (uint32, bool) {
		i, ok := known[id]
		return w.moved[i], ok
	}
	b.positions = make([]uint32, b.n)
	for k := range w.before {
		b.positions[b.record(k)] = w.position(k)
	}
	b.linkAnswers(more, &ids)
	if !sound || t.Err() != nil {
		return nil, ErrReadAll
	}
	b.fillColumns(more)
	return w.weave(x, b, more), nil
}

// record returns the record at a position among those of the builder.
func (b *builder) record(k int) int {
	if b.order == nil {
		return k
	}
	return int(b.order[k])
}

// knownTo finds the events of t that records answer. It returns false if t has an
// event with the id of a record, or one that answers a record.
func (t *Timeline) knownTo(b *builder) (known map[string]int, fresh bool) {
	unanswered := make(map[uint32]bool)
	for _, tag := range t.unanswered {
		unanswered[tag] = true
	}
	own := make(map[string]bool, b.n)
	for _, p := range b.parts {
		for k := range p.at {
			id := string(p.ids.of(k))
			own[id] = true
			if len(unanswered) == 0 {
				continue
			}
			if digest, derived := withoutDay(id); unanswered[t.tag(id)] || derived && unanswered[t.tag(digest)] {
				return nil, false
			}
		}
	}
	known = t.FindAll(func(yield func(string) bool) {
		for id := range own {
			if !yield(id) {
				return
			}
		}
		for _, p := range b.parts {
			for k := range p.answers.end {
				if id := string(p.answers.of(k)); !own[id] && !yield(id) {
					return
				}
			}
		}
	})
	for id := range known {
		if own[id] {
			return nil, false
		}
	}
	return known, true
}

// A weave puts further events among those of a timeline, in order.
type weave struct {
	t      *Timeline
	before []int    // by further event: how many of the timeline come before it
	moved  []uint32 // by event of the timeline: where it is now
}

func newWeave(t *Timeline, b *builder, whens []when) *weave {
	w := &weave{t: t, before: make([]int, b.n), moved: make([]uint32, t.Len())}
	zones := make(zones)
	from := 0
	for k := range w.before {
		next := t.after(whens[b.record(k)], from, zones)
		for i := from; i < next; i++ {
			w.moved[i] = uint32(i + k)
		}
		w.before[k], from = next, next
	}
	for i := from; i < t.Len(); i++ {
		w.moved[i] = uint32(i + b.n)
	}
	return w
}

// position returns where the k-th further event is now.
func (w *weave) position(k int) uint32 { return uint32(w.before[k] + k) }

// after returns the first event, from one on, that comes after what is appended with a
// date and a time: events of one class are in the order of the files.
func (t *Timeline) after(w when, from int, zones zones) int {
	follows := func(i int) bool {
		own := when{t.Date(i), untimed}
		if t.clocks != nil && t.clocks[i] > 0 {
			own.moment = w.moment + 1
			if w.moment != untimed && filed(own.date) == filed(w.date) {
				e := t.Event(i)
				clock, _ := e.Date.Clock()
				own.moment = zones.moment(e.Date, clock, e.TZ)
			}
		}
		return own.compare(w) > 0
	}
	if n := t.Len(); n > from && follows(n-1) {
		return from + sort.Search(n-1-from, func(k int) bool { return follows(from + k) })
	}
	return t.Len()
}

// woven puts further entries among those of a column, whose memory it uses.
func woven[T any](w *weave, column, further []T) []T {
	end := len(column)
	column = slices.Grow(column, len(further))[:end+len(further)]
	for k, entry := range slices.Backward(further) {
		from := w.before[k]
		copy(column[from+k+1:], column[from:end])
		column[from+k], end = entry, from
	}
	return column
}

// wovenIf is woven for columns that are nil where no event has an entry.
func wovenIf[T any](w *weave, column, further []T) []T {
	switch {
	case column == nil && further == nil:
		return nil
	case column == nil:
		column = make([]T, len(w.moved))
	case further == nil:
		further = make([]T, len(w.before))
	}
	return woven(w, column, further)
}

// renumber puts positions right.
func (w *weave) renumber(positions []uint32) {
	for k, i := range positions {
		if int(i) >= w.before[0] && i != noPosition {
			positions[k] = w.moved[i]
		}
	}
}

// weave makes the timeline of both.
func (w *weave) weave(x *Index, b *builder, more *Timeline) *Timeline {
	t := *w.t
	t.results = new(resultCache)
	first := w.before[0]
	w.renumber(t.answers.from)
	w.renumber(t.answers.to)
	w.renumber(t.answeredBy.from)
	w.renumber(t.answeredBy.to)
	t.answers, t.answeredBy = t.answers.with(more.answers), t.answeredBy.with(more.answeredBy)
	w.dates(&t.dates, &more.dates)
	t.clocks, t.weights = wovenIf(w, t.clocks, more.clocks), wovenIf(w, t.weights, more.weights)
	t.status, t.importance, t.features = woven(w, t.status, more.status), woven(w, t.importance, more.importance), woven(w, t.features, more.features)
	t.sources, t.origins = woven(w, t.sources, more.sources), woven(w, t.origins, more.origins)
	t.reach.cut(first)
	t.indexReach(first)
	wide, _ := slices.BinarySearch(t.wide, uint32(first))
	t.wide = t.wide[:wide]
	t.indexWide(first)
	share(len(t.names), func(f int) { w.names(&t, b, Field(f)) })

	old := t.store
	records := newBuilder(slices.Concat(old.parts, b.parts), nil).records
	s := &store{decode: x.decode, glance: x.Glance, records: records, order: old.order, positions: old.positions, tags: append(old.tags, b.tags...)}
	if s.order != nil || b.order != nil || first < len(w.moved) {
		further := make([]uint32, b.n)
		for k := range further {
			further[k] = uint32(old.n + b.record(k))
		}
		if s.order == nil {
			s.order, s.positions = numbered(old.n), numbered(old.n)
		}
		s.order = woven(w, s.order, further)
		w.renumber(s.positions)
		s.positions = append(s.positions, b.positions...)
	}
	t.store = s
	h := &haystack{spool: t.text.spool, blocks: slices.Clip(t.text.blocks), n: records.n, positions: s.positions, fail: s.fail}
	for _, p := range b.parts {
		for _, block := range p.blocks {
			block.first += p.from
			h.blocks = append(h.blocks, block)
		}
		p.blocks = nil
	}
	t.text = h
	return &t
}

// numbered returns the numbers below n.
func numbered(n int) []uint32 {
	all := make([]uint32, n)
	for k := range all {
		all[k] = uint32(k)
	}
	return all
}

// with merges links.
func (l links) with(other links) links {
	all := links{make([]uint32, 0, len(l.from)+len(other.from)), make([]uint32, 0, len(l.from)+len(other.from))}
	a, b := 0, 0
	for a < len(l.from) || b < len(other.from) {
		of, k := &l, &a
		if a == len(l.from) || b < len(other.from) && cmp.Or(cmp.Compare(other.from[b], l.from[a]), cmp.Compare(other.to[b], l.to[a])) < 0 {
			of, k = &other, &b
		}
		all.from, all.to = append(all.from, of.from[*k]), append(all.to, of.to[*k])
		*k++
	}
	return all
}

// dates puts further dates in a column.
func (w *weave) dates(column, further *dateColumn) {
	a, b := column.distinct, further.distinct
	all := make([]edtf.Date, 0, len(a)+len(b))
	ofA, ofB := make([]uint32, 0, len(a)), make([]uint32, 0, len(b)) // their numbers
	for len(a) > 0 || len(b) > 0 {
		first := len(a) > 0 && (len(b) == 0 || compareDates(a[0], b[0]) <= 0)
		second := len(b) > 0 && (!first || a[0] == b[0])
		n := uint32(len(all))
		if first {
			all, a, ofA = append(all, a[0]), a[1:], append(ofA, n)
		}
		if second {
			all, b, ofB = append(all[:n], b[0]), b[1:], append(ofB, n)
		}
	}
	if n := len(ofA); n > 0 && int(ofA[n-1]) >= n {
		for i, d := range column.numbers {
			column.numbers[i] = ofA[d]
		}
	}
	for i, d := range further.numbers {
		further.numbers[i] = ofB[d]
	}
	column.distinct, column.numbers = all, woven(w, column.numbers, further.numbers)
}

// names puts the names that further events have of a field in the column of t.
// Names are numbered in the order in which events have them.
func (w *weave) names(t *Timeline, b *builder, f Field) {
	c := &t.names[f]
	c.spellings = new(spellings)
	w.renumber(c.firsts)
	for _, events := range c.postings {
		w.renumber(events)
	}
	first := w.before[0]
	at := c.starts.at(first)
	starts, numbers := make([]int, 0, len(w.moved)-first+1), make([]uint32, 0, c.numbers.len()-at)
	for i := first; i <= len(w.moved); i++ {
		starts = append(starts, c.starts.at(i)-at)
	}
	for k := at; k < c.numbers.len(); k++ {
		numbers = append(numbers, c.numbers.at(k))
	}
	c.cut(first)
	from := first // of the events before
	old := func(to int) {
		for ; from < to; from++ {
			for _, n := range numbers[starts[from-first]:starts[from-first+1]] {
				c.numbers.add(n, 0)
			}
			c.endList()
		}
	}
	nb := nameBuilder{nameColumn: c, last: make([]int, len(c.names)), byFolded: make(map[string]int)}
	nb.register = func() {
		for n, name := range c.names {
			nb.claim(n, name)
		}
	}
	turn := make([]int, len(c.names)) // among names that one event has first
	for n := range turn {
		turn[n] = n
	}
	nth := len(turn)
	added := make([][]uint32, len(c.names)) // by name: the further events that have it
	for k, before := range w.before {
		old(before)
		i := w.position(k)
		p, r := b.at(b.record(k))
		for _, word := range p.names.of(r) {
			if Field(word&(1<<fieldBits-1)) != f {
				continue
			}
			name := p.words[word>>fieldBits]
			n, ok := nb.number(name)
			if !ok {
				continue
			}
			nb.has(n)
			if n == len(turn) {
				turn, added, c.counts = append(turn, nth), append(added, nil), append(c.counts, 0)
				nth++
			} else if c.firsts[n] > i { // the first event to have a name spells it
				c.names[n], c.firsts[n], turn[n] = name, i, nth
				nth++
			}
		}
		for at := c.starts.at(int(i)); at < c.numbers.len(); at++ {
			n := c.numbers.at(at)
			added[n] = append(added[n], i)
		}
		c.endList()
	}
	old(len(w.moved))
	for n, events := range added {
		c.counts[n] += uint32(len(events))
		if !isPosted(f) || len(events) == 0 {
			continue
		}
		if n == len(c.postings) {
			c.postings = append(c.postings, nil)
		}
		c.postings[n] = merged(c.postings[n], events)
	}
	if !slices.IsSorted(c.firsts) {
		c.reorder(turn)
	}
}

// merged returns the numbers of two ascending lists.
func merged(a, b []uint32) []uint32 {
	all := make([]uint32, 0, len(a)+len(b))
	for _, n := range b {
		at, _ := slices.BinarySearch(a, n)
		all, a = append(append(all, a[:at]...), n), a[at:]
	}
	return append(all, a...)
}

// reorder numbers names in the order of their first events, and of their turns.
func (c *nameColumn) reorder(turn []int) {
	order := make([]int, len(c.names))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.firsts[a], c.firsts[b]), cmp.Compare(turn[a], turn[b]))
	})
	names, firsts, counts := slices.Clone(c.names), slices.Clone(c.firsts), slices.Clone(c.counts)
	postings := slices.Clone(c.postings)
	number := make([]int, len(order))
	for to, n := range order {
		number[n] = to
		c.names[to], c.firsts[to], c.counts[to] = names[n], firsts[n], counts[n]
		if postings != nil {
			c.postings[to] = postings[n]
		}
	}
	for name, n := range c.bySpelling {
		c.bySpelling[name] = number[n]
	}
	renumbered := packed{}
	for k := range c.numbers.len() {
		renumbered.add(uint32(number[c.numbers.at(k)]), c.numbers.len())
	}
	c.numbers = renumbered
}
