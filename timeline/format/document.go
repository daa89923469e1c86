package format

import (
	"strings"

	"dateline/timeline"
)

// A file of dateline's own JSON as a whole: which form it has, where its events
// begin, and where the next one begins behind a fault.

// readDocument reads a file that is one JSON text: an object with events, or an
// array of events.
func (d *decoder) readDocument(about *timeline.About) {
	if at := afterComments(d.text, d.at); d.peek() != 0 && at > d.at {
		d.report(d.at, Problem{Text: "JSON has no comments"})
		d.at = at
	}
	switch c := d.peek(); c {
	case '[':
		d.readEvents()
	case '{':
		d.readMembers(about)
		if !d.hasEvents && d.fault == nil && !d.malformed {
			d.report(d.at, Problem{Text: "this is not a timeline: the object has no \"events\""})
			d.refused = true
			return
		}
	default:
		d.fail(d.at, "this is not a timeline: expected an object or an array of events, found %s", d.found())
	}
	d.finish("the timeline")
}

// mostSlips is after how many mistakes between the members of a file's object the
// rest is given up.
const mostSlips = 16

// readMembers reads the members of the file's object. After a mistake it goes on
// with the next that it knows.
func (d *decoder) readMembers(about *timeline.About) {
	start := d.at
	var has fieldSet
	read := memberReader(d, fileFields, about, &has)
	d.object(read)
	for at, slips := start, 0; d.fault != nil && slips < mostSlips; slips++ {
		at = nextMember(d.text, max(d.fault.at, at+1), fieldNames(fileFields))
		if at < 0 {
			return
		}
		d.reportFault()
		d.at, d.depth = at, 1
		d.rest(start, '}', "an object", func() { d.member(read) })
	}
}

// finish reports a mistake in the JSON itself, or text that follows the end.
func (d *decoder) finish(of string) {
	if d.peek(); d.fault == nil && d.at < len(d.text) {
		d.fail(d.at, "there is %s after the end of %s", d.found(), of)
	}
	d.reportFault()
}

// readEvents reads an array of events.
func (d *decoder) readEvents() {
	if d.expect('[', "events", "a list, [ … ]") {
		d.readElements(d.readEvent)
	}
}

// readElements reads the array at hand, whose elements are objects. After one that
// is not JSON it goes on with the next.
func (d *decoder) readElements(read func()) {
	open := d.at
	d.at++
	if d.peek() == ']' {
		d.at++
		return
	}
	for more := true; more; {
		if d.peek(); d.at >= len(d.text) {
			d.id = ""
			d.fail(open, "the array that begins here is not closed")
			return
		}
		start, depth := d.at, d.depth
		d.element(read)
		more, _ = d.follow(open, start, depth, true)
	}
}

// element reads what stands where an object is due in an array.
func (d *decoder) element(read func()) {
	c := d.peek()
	switch d.id = ""; {
	case c == '"' && isName(d.text[d.at:]):
		d.fail(d.at, "this field stands outside the objects; is there a '}' too many before it?")
	case c == ',':
		d.fail(d.at, "there is nothing between two commas")
	case c == '{' || isValue(d.text[d.at:]):
		read()
	default:
		at, found := d.at, d.found()
		if len(d.text)-at < len("false") {
			d.at = len(d.text)
		}
		d.fail(at, "expected an object, found %s", found)
	}
}

// isName reports whether text begins with a string and a colon.
func isName(text string) bool {
	s := scanner{text: text, badString: func(int, string) {}}
	s.string()
	return s.peek() == ':' && s.fault == nil
}

// isValue reports whether text begins as a JSON value does.
func isValue(text string) bool {
	return strings.IndexByte(`[{"-0123456789`, text[0]) >= 0 ||
		strings.HasPrefix(text, "true") || strings.HasPrefix(text, "false") || strings.HasPrefix(text, "null")
}

const notClosed = "the object that begins here is not closed before the next; is a '}', ']' or quotation mark missing?"

// follow reads what follows the element that begins at start, in the array that
// begins at open, and reports whether it is another element. After a fault it goes
// on where it can; where it cannot, the fault stays. If the text is not the whole,
// it may be cut too early to tell.
func (d *decoder) follow(open, start, depth int, whole bool) (more, cut bool) {
	within := d.fault != nil
	if d.fault == nil {
		d.id = ""
		switch c := d.peek(); {
		case c == ',':
			d.at++
			if d.peek() != ']' {
				return true, d.at >= len(d.text)
			}
			d.fail(d.at, "there is nothing between the comma and this ']'")
		case c == ']':
			d.at++
			return false, false
		case d.at >= len(d.text):
			d.fail(open, "the array that begins here is not closed")
			return false, true
		default:
			d.fail(d.at, "expected a comma or ']', found %s", d.found())
		}
	}
	if d.cut && !whole {
		return false, true
	}
	next := resumption{at: d.fault.at, found: true} // only a comma is missing between objects
	if within || d.text[start] != '{' || !strings.HasPrefix(d.text[d.fault.at:], "{") {
		next = resume(d.text, start, whole)
	}
	switch {
	case next.cut:
		return false, true
	case !next.found:
		if strings.Contains(d.text[min(d.fault.at+1, len(d.text)):], "{") {
			d.fault.reason += "; the rest of this file was not read"
		}
		return false, false
	case within && next.at <= d.fault.at:
		d.fault.at, d.fault.reason = start, notClosed
	}
	d.reportFault()
	d.at, d.depth = next.at, depth
	if next.ended {
		d.at++
	}
	return !next.ended, false
}

// isLines reports whether the text is JSON Lines: its first line is a whole
// object with the makings of an event or, if that line is malformed, one of the
// next. It may have a comma behind it, which is an error of that line.
// It is not known if the text is only the beginning of a file and too short.
func (d *decoder) isLines(whole bool) (is, known bool) {
	if d.peek() != '{' {
		return false, true
	}
	first, rest, ended := strings.Cut(d.text[d.at:], "\n")
	isObject, isEvent, isTimeline := lineOf(first)
	switch {
	case isTimeline:
		return false, true
	case !ended && !whole:
		return false, false
	case isObject:
		return isEvent, true
	}
	for range mostFaultyLines {
		line, after, ended := strings.Cut(rest, "\n")
		isObject, isEvent, isTimeline = lineOf(line)
		switch {
		case isTimeline:
			return false, true
		case !ended && !whole:
			return false, false
		case isObject && isEvent && line[0] == '{':
			return true, true
		case len(line) < len("{}") || line[0] != '{':
			return false, true // it is an object in lines
		}
		rest = after
	}
	return false, true
}

// mostFaultyLines is behind how many faulty lines JSON Lines are still recognised.
const mostFaultyLines = 20

// lineOf reports whether a line is a whole object, has a field that events need,
// and has events of its own.
func lineOf(line string) (isObject, isEvent, isTimeline bool) {
	s := scanner{text: line}
	s.object(func(name string, _ int) {
		isTimeline = isTimeline || name == "events"
		isEvent = isEvent || name == "id" || name == "date"
		s.skip()
	})
	if s.peek() == ',' {
		s.at++
		s.peek()
	}
	return s.fault == nil && s.at == len(line), isEvent, isTimeline
}

func (d *decoder) version(name string) {
	d.peek()
	at := d.at
	v := d.textOf(name)
	if v == "" || v == "1" || v == "1.0" {
		return
	}
	field := fieldOf(name, v)
	if strings.HasPrefix(v, "1.") {
		d.warn(at, field, "this program reads version 1.0 and ignores newer fields")
		return
	}
	d.reject(at, field, "this program reads version 1.0")
}
