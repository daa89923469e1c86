package format

import (
	"strings"

	"dateline/timeline"
)

// readOwn reads dateline's own JSON in whichever of the three forms it has.
func (d *decoder) readOwn(about *timeline.About) error {
	switch c := d.peek(); {
	case c == '[':
		d.readEvents()
		d.finish("the timeline")
	case c == '{' && d.isLines():
		d.readLines()
	case c == '{':
		members(d, fileFields, about)
		if !d.whole && d.fault == nil {
			return d.refuse("this is not a timeline: the object has no \"events\"")
		}
		d.finish("the timeline")
	default:
		d.fail(d.at, "this is not a timeline: there is %s where an object or an array of events belongs", d.found())
		d.finish("the timeline")
	}
	if d.broken && d.sound == 0 {
		return d.firstError()
	}
	return nil
}

// finish reports a mistake in the JSON itself, or what follows the end.
func (d *decoder) finish(of string) {
	if d.peek(); d.fault == nil && d.at < len(d.text) {
		d.fail(d.at, "there is %s after the end of %s", d.found(), of)
	}
	d.tellFault()
}

// tellFault reports a mistake in the JSON itself, if there is one, and lets the
// scanner move again.
func (d *decoder) tellFault() {
	f := d.fault
	if f == nil {
		return
	}
	d.fault, d.broken = nil, true
	d.say(f.at, Problem{Event: d.id, Text: f.reason})
}

// mar reports a mistake within a string, which spoils the record at hand.
func (d *decoder) mar(at int, reason string) { d.spoil(at, "", reason) }

// readEvents reads an array of events. After an event that is not JSON it goes
// on with the next line that begins as that event's line did.
func (d *decoder) readEvents() {
	if !d.expect('[', "events", "a list, [ … ]") {
		return
	}
	open := d.at
	d.at++
	if d.peek() == ']' {
		d.at++
		return
	}
	for more := true; more; {
		d.peek()
		start, depth := d.at, d.depth
		if start >= len(d.text) {
			d.id = ""
			d.fail(open, "the array that begins here is not closed")
			return
		}
		d.readEvent()
		more = d.follow(open, start, depth)
	}
}

// follow reads what follows the event that begins at start, in the array that
// begins at open, and reports whether it is another event. After a fault it goes
// on where it can; where it cannot, the fault stays.
func (d *decoder) follow(open, start, depth int) (more bool) {
	if d.fault == nil {
		d.id = ""
		switch c := d.peek(); {
		case c == ',':
			d.at++
			if d.peek() != ']' {
				return true
			}
			d.fail(d.at, "there is nothing between the comma and this ']'")
		case c == ']':
			d.at++
			return false
		case d.at >= len(d.text):
			d.fail(open, "the array that begins here is not closed")
			return false
		default:
			d.fail(d.at, "there is %s where a comma or ']' belongs", d.found())
		}
	}
	next, ok := d.resume(start)
	if !ok {
		if strings.Contains(d.text[min(d.fault.at+1, len(d.text)):], "{") {
			d.fault.reason += "; what follows in this file was not read"
		}
		return false
	}
	d.tellFault()
	d.at, d.depth = next, depth
	return true
}

// resume finds where to go on after a fault in or behind the event that begins
// at start: at the next line that is indented as the event's line and begins an
// object too.
func (d *decoder) resume(start int) (next int, ok bool) {
	line := strings.LastIndexByte(d.text[:start], '\n') + 1
	lead := d.text[line:start]
	indent := lead[:len(lead)-len(strings.TrimLeft(lead, " \t"))]
	if line == 0 || strings.Trim(lead, " \t},") != "" {
		return 0, false
	}
	from := max(start, strings.LastIndexByte(d.text[:min(d.fault.at, len(d.text))], '\n'))
	for {
		i := strings.Index(d.text[from:], "\n"+indent)
		if i < 0 {
			return 0, false
		}
		from += i + 1 + len(indent)
		// The line may close the event before: "}, {".
		rest := strings.TrimLeft(strings.TrimPrefix(d.text[from:], "}"), ", \t")
		if strings.HasPrefix(rest, "{") {
			return len(d.text) - len(rest), true
		}
	}
}

// isLines reports whether the text is JSON Lines: its first line is a whole
// object with the makings of an event or, if that line is broken, its second.
func (d *decoder) isLines() bool {
	first, rest, _ := strings.Cut(d.text[d.at:], "\n")
	if whole, isEvent := isObject(first); whole {
		return isEvent
	}
	second, _, _ := strings.Cut(rest, "\n")
	whole, isEvent := isObject(second)
	return strings.HasPrefix(second, "{") && whole && isEvent
}

// isObject reports whether a line is a whole object, and one that has a field
// which events need and no events of its own.
func isObject(line string) (whole, isEvent bool) {
	s := scanner{text: line}
	isTimeline := false
	s.object(func(name string, _ int) {
		isTimeline = isTimeline || name == "events"
		isEvent = isEvent || name == "id" || name == "date"
		s.skip()
	})
	s.peek()
	return s.fault == nil && s.at == len(line), isEvent && !isTimeline
}

func (d *decoder) readLines() {
	text := d.text
	for start := d.at; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		d.scanner = scanner{text: text[:end], at: start, blemish: d.mar, isLine: true}
		if d.peek() != 0 || d.at < end {
			d.readEvent()
			d.finish("the event")
		}
		start = end + 1
	}
}
