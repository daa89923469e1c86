package timeline

import (
	"cmp"
	"fmt"
	"math"
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
