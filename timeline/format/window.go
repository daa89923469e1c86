package format

import (
	"bytes"
	"strings"

	"dateline/timeline"
)

// A window moves over a file that is one JSON text, and indexes its events as it
// passes them. What else the file holds, its frame, it keeps: the frame of
//
//	{"title": "T", "events": [{…}, {…}]}
//
// is {"title": "T", "events": []}, which the decoder reads.
type window struct {
	*worker
	file int
	pos  int    // where in buf the window is
	text string // buf, for the decoder; empty if nothing odd was met
	full bool   // buf reaches the end of the file

	frame   strings.Builder
	framing bool  // what is passed belongs to the frame
	kept    int   // where in buf begins what is not in the frame yet
	hole    int64 // where in the frame the events were, from its beginning
	gap     int64 // how long they were
	over    bool  // what follows cannot be read
	told    int64 // how much has been told of
}

// secure makes sure that there is text ahead, unless the file ends. An event that
// is longer is read all the same, with more of the file at once.
func (w *window) secure() error {
	if w.full || int64(len(w.buf)-w.pos) >= w.firstBlock/2 {
		return nil
	}
	return w.slide()
}

// longestLead is how much of the line at hand a window keeps behind it.
const longestLead = 1 << 17

// slide reads on, and drops what lies before the line at hand.
func (w *window) slide() error {
	if w.framing {
		w.frame.Write(w.buf[w.kept:w.pos])
	}
	keep := max(0, bytes.LastIndexByte(w.buf[:w.pos], '\n'))
	if w.pos-keep > longestLead {
		keep = w.pos // it is all in one line
	}
	w.buf = w.buf[:copy(w.buf, w.buf[keep:])]
	w.base, w.pos, w.text = w.base+int64(keep), w.pos-keep, ""
	w.kept = w.pos
	old, at := len(w.buf), w.base+int64(len(w.buf))
	n := min(w.size(w.file)-at, max(w.block, int64(old)))
	if at == 0 {
		n = min(n, w.firstBlock)
	}
	w.buf = append(w.buf, make([]byte, n)...)
	w.full = at+n == w.size(w.file)
	w.in.Flush()
	if err := w.fill(w.file, w.buf[old:], at); err != nil {
		return err
	}
	before := w.told
	if w.told = w.base + int64(w.pos); w.told == before {
		return nil
	}
	return w.passed(w.told - before)
}

// pass indexes the events of the file.
func (w *window) pass() error {
	w.buf, w.base, w.framing, w.look.isLine = w.buf[:0], 0, true, false
	if err := w.slide(); err != nil {
		return err
	}
	if bytes.HasPrefix(w.buf, []byte("\ufeff")) {
		w.pos = len("\ufeff")
	}
	c, err := w.next()
	if err == nil && c == '[' {
		err = w.events("]")
	} else if err == nil && c == '{' {
		err = w.members()
	}
	for err == nil && !w.over {
		w.pos = len(w.buf)
		if w.full || w.frame.Len() > longestRecord {
			w.frame.Write(w.buf[w.kept:])
			return nil
		}
		err = w.slide()
	}
	return err
}

// members passes the members of the file's object, up to its events.
func (w *window) members() error {
	w.pos++
	for {
		if err := w.secure(); err != nil {
			return err
		}
		look := &w.look
		look.text, look.at, look.depth, look.cut = w.buf, w.pos, 0, false
		f, _, ok := look.name(eventsLabel)
		if ok && f == 0 && look.peek() == '[' {
			w.pos = look.at
			return w.events("]}")
		}
		switch {
		case ok && look.skip() && look.take(','):
			w.pos = look.at
		case look.cut && !w.full && len(w.buf) < longestRecord:
			if err := w.slide(); err != nil {
				return err
			}
		default:
			return nil // they end, or go wrong; reading the frame will tell
		}
	}
}

// events indexes the array of events at hand. The frame gets its brackets; if
// what follows the array cannot be read, it gets an end instead.
func (w *window) events(end string) error {
	w.pos++
	w.frame.Write(w.buf[w.kept:w.pos])
	w.framing, w.hole = false, int64(w.frame.Len())
	w.begun(w.frame.String() + end)
	from := w.base + int64(w.pos)
	closed, err := w.elements()
	if closed {
		w.pos--
	}
	if w.over {
		w.frame.WriteString(end)
	}
	w.framing, w.kept, w.gap = true, w.pos, w.base+int64(w.pos)-from
	return err
}

// elements indexes events up to the end of their array. That it has none, the
// frame will tell.
func (w *window) elements() (closed bool, err error) {
	c, err := w.next()
	if c == ']' {
		w.pos++
		return true, err
	}
	for err == nil && w.pos < len(w.buf) && !closed && !w.over {
		if err = w.secure(); err != nil {
			break
		}
		closed, err = w.element()
		if err == nil && !closed && !w.over {
			_, err = w.next()
		}
	}
	return closed, err
}

// next moves to the next byte that is not white space, or to the end of the file,
// and returns it.
func (w *window) next() (byte, error) {
	for {
		w.look.text, w.look.at = w.buf, w.pos
		c := w.look.peek()
		w.pos = w.look.at
		if w.pos < len(w.buf) || w.full {
			return c, nil
		}
		if err := w.slide(); err != nil {
			return 0, err
		}
	}
}

// element indexes the event at hand, and moves behind what follows it: the comma
// or the end of the array.
func (w *window) element() (closed bool, err error) {
	look := &w.look
	look.record.Place = timeline.Place{File: w.file, At: w.base + int64(w.pos)}
	if w.audit == nil && look.event(w.buf, w.pos) {
		c := look.peek()
		look.at++
		if (c == ']' || c == ',' && look.peek() != ']' && !look.cut) && w.in.Add(&look.record) {
			w.pos = look.at
			w.stat.found++
			w.stat.sound++
			return c == ']', nil
		}
	}
	look.at, look.depth, look.cut = w.pos, 0, false
	if look.skip() && look.take(',') {
		look.peek()
	}
	if look.cut && !w.full && len(w.buf) < longestRecord {
		return false, w.slide() // the event, or what follows it, lies further on
	}
	return w.strictly()
}

// farthest is how far a window looks for where to go on after a fault.
const farthest = 1 << 25

// strictly is element by the decoder.
func (w *window) strictly() (closed bool, err error) {
	if w.text == "" {
		w.text = string(w.buf)
	}
	d := newDecoder(w.text)
	d.at = w.pos
	d.readEvent()
	if d.peek(); d.fault == nil && d.at == len(d.text) && w.full {
		w.pos = d.at
		w.take(d, w.file, from(w.base))
		return false, nil
	}
	more := d.follow(w.pos, w.pos, 0)
	cut := d.fault != nil || more && d.at == len(d.text)
	if cut && !w.full && len(w.buf) < farthest {
		return false, w.slide() // the rest, or what follows it, lies further on
	}
	w.over = d.fault != nil
	d.tellFault()
	w.pos = d.at
	w.take(d, w.file, from(w.base))
	return !more && !w.over, nil
}
