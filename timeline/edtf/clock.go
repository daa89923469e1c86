package edtf

import "time"

// A Clock is a time of day as it is written, in the zone in which it is written.
type Clock struct {
	Since  time.Duration // since local midnight
	Offset time.Duration // of the zone from UTC, in whole minutes, if it is stated
	Zoned  bool          // the offset is stated
}

// Clock returns the time of day that d states; that of an interval is the time
// at which it starts. A fraction of a second is kept here alone, because EDTF has
// none. It is false where d states no time.
func (d Date) Clock() (Clock, bool) { return d.clock.unpacked(), d.clock != 0 }

// A packedClock is a Clock in eight bytes, 0 for none: from the lowest, a bit
// that is always set, one if it is zoned, eleven of the minutes of the offset
// above the westernmost, and the nanoseconds since midnight.
type packedClock uint64

const offsetBits = 11

func (c Clock) packed() packedClock {
	p := packedClock(c.Since)<<offsetBits | packedClock(c.Offset/time.Minute-westernmost)
	p <<= 2
	if c.Zoned {
		p |= 2
	}
	return p | 1
}

func (p packedClock) unpacked() Clock {
	if p == 0 {
		return Clock{}
	}
	return Clock{
		Since:  time.Duration(p >> (offsetBits + 2)),
		Offset: (time.Duration(p>>2&(1<<offsetBits-1)) + westernmost) * time.Minute,
		Zoned:  p&2 != 0,
	}
}
