package timeline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
	_ "time/tzdata" // so that zones are the same on every machine that has none

	"dateline/timeline/edtf"
)

// A moment is the time of day at which a list orders an event: nanoseconds from
// midnight of its local day in UTC. An event that states no time has untimed, and
// comes first.
type moment int64

const untimed moment = math.MinInt64

// A when is what orders the events of a timeline, apart from their places in the
// files.
type when struct {
	date   edtf.Date
	moment moment
}

// compare orders events by the day that they are filed under; within it those
// without a time of day before those with one, these by moment; then by the latest
// day. It returns -1, 0 or +1.
func (w when) compare(other when) int {
	return cmp.Or(cmp.Compare(filed(w.date), filed(other.date)), cmp.Compare(w.moment, other.moment), edtf.Compare(w.date, other.date))
}

// when returns what orders the k-th event of a part.
func (p *part) when(k int) when {
	w := when{p.dates[p.date[k]], untimed}
	if p.moments != nil {
		w.moment = p.moments[k]
	}
	return w
}

// time adds the time of day of the event at hand, whose date is zero if it states
// none.
func (in *Indexer) time(date edtf.Date, tz []byte) {
	p := &in.part
	clock, timed := date.Clock()
	if !timed && p.moments == nil {
		return
	}
	for len(p.moments) < len(p.date)-1 {
		p.moments, p.clocks = append(p.moments, untimed), append(p.clocks, 0)
	}
	if !timed {
		p.moments, p.clocks = append(p.moments, untimed), append(p.clocks, 0)
		return
	}
	p.moments = append(p.moments, in.zones.moment(date, clock, string(tz)))
	p.clocks = append(p.clocks, uint32(clock.Since/time.Second)+1)
}

// zones are the zones that events name; one that nobody knows is UTC.
type zones map[string]*time.Location

// moment returns when an event starts whose date states a time in a zone.
func (z zones) moment(date edtf.Date, clock edtf.Clock, tz string) moment {
	if !clock.Zoned && tz != "" {
		clock.Offset = z.offset(tz, date, clock.Since)
	}
	return moment(clock.Since - clock.Offset)
}

// offset returns how far a zone is from UTC at a local time.
func (z zones) offset(name string, date edtf.Date, since time.Duration) time.Duration {
	zone, known := z[name]
	if !known {
		zone = Zone(name)
		z[name] = zone
	}
	day, ok := date.Filed()
	if !ok || zone == nil {
		return 0
	}
	y, m, d := day.Civil()
	_, seconds := time.Date(y, time.Month(m), d, 0, 0, 0, int(since), zone).Zone()
	return time.Duration(seconds) * time.Second
}

// Zone returns the zone of an IANA name, nil if there is none.
func Zone(name string) *time.Location {
	if name == "" || name == "Local" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// Timed reports whether any event states a time of day.
func (t *Timeline) Timed() bool { return t.clocks != nil }

// Hour returns the hour at which event i starts, on the clocks at the place, or 0
// if it states none.
func (t *Timeline) Hour(i int) int {
	if t.clocks == nil || t.clocks[i] == 0 {
		return 0
	}
	return int(t.clocks[i]-1) / 3600
}

// Time returns the time of day at which event i starts, on the clocks at the place:
// "14:30", or "14:30:05" if there are odd seconds. It is empty if the event states
// none.
func (t *Timeline) Time(i int) string {
	if t.clocks == nil || t.clocks[i] == 0 {
		return ""
	}
	s := t.clocks[i] - 1
	if s%60 == 0 {
		return fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
	}
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
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
