package format

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"dateline/timeline/edtf"
)

// A jsonLineSyntax has a JSON object a line.
type jsonLineSyntax struct{}

func (f jsonLineSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return inOrder(f, text, from)
}

func (jsonLineSyntax) next(text string, at int, whole bool) (record span, next int) {
	end := lineEnd(text, at)
	switch {
	case end == len(text) && !whole:
		return record, -1
	case strings.TrimSpace(text[at:end]) == "":
		return record, end + 1
	}
	return span{start: at, end: end}, end + 1
}

func (jsonLineSyntax) values(r *rowDecoder) {
	recordValues(r, &scanner{text: r.record, isLine: true}, nil)
}

// A jsonRecords is JSON that is not dateline's own: its records are in a bare list,
// or in the value that a path of names leads to.
type jsonRecords struct {
	path   []string
	layout layout
	header []string // of rows
	key    string   // what the keys of records are: their date, their id, or no more than a key
	base   int      // where the text begins in the file
	mu     sync.Mutex
	keys   map[int]string // the keys of records that share them, by offset from there
	dated  bool           // a value is named as a date is
}

// A layout is how records lie in a JSON value.
type layout int

const (
	listed  layout = iota // [{…}, {…}]
	inRows                // [["date", "title"], ["2024", "T"]]
	keyed                 // {"2024": {…}, "2025": "T"}
	grouped               // {"2024": [{…}, {…}], "2025": {…}}
	alone                 // {…}
)

func (j *jsonRecords) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		// A mistake within a string spoils only its record; values reports it.
		s := &scanner{text: text, at: from, badString: func(int, string) {}}
		stopped := false
		element := func(from int) {
			if s.skip(); s.fault == nil && !yield(span{start: from, end: s.at}, nil) {
				stopped = true
				s.fail(s.at, "")
			}
		}
		shared := func(key string) {
			s.peek()
			j.mu.Lock()
			if j.keys == nil {
				j.keys = make(map[int]string)
			}
			j.keys[s.at-from] = key
			j.mu.Unlock()
			element(s.at)
		}
		j.descend(s, j.path, func() {
			switch j.layout {
			case listed:
				if !s.elements(yield) {
					stopped = true
					s.fail(s.at, "")
				}
			case inRows:
				isHeader := true
				s.array(func() {
					if s.peek(); isHeader {
						isHeader = false
						s.skip()
						return
					}
					element(s.at)
				})
			case keyed:
				s.object(func(_ string, at int) { element(at) })
			case grouped:
				s.object(func(key string, _ int) {
					if s.peek() == '[' {
						s.array(func() { shared(key) })
					} else {
						shared(key)
					}
				})
			default:
				element(s.at)
			}
		})
		if s.peek(); s.fault == nil && s.at < len(text) {
			s.fail(s.at, "there is %s after the end of the timeline", s.found())
		}
		if s.fault != nil && !stopped {
			yield(span{}, s.fault)
		}
	}
}

// list returns where in a text the first record begins of a list that holds the
// records, in how many objects the list lies, and false if there is no such list.
func (j *jsonRecords) list(text string, from int) (at, depth int, ok bool) {
	s := &scanner{text: text, at: from, badString: func(int, string) {}}
	j.descend(s, j.path, func() {
		if ok = j.layout == listed && s.peek() == '['; ok {
			at, depth = s.at+1, s.depth
		}
		s.fail(s.at, "")
	})
	return at, depth, ok
}

// descend calls visit at the value that a path leads to, and skips all others.
func (j *jsonRecords) descend(s *scanner, path []string, visit func()) {
	if c := s.peek(); len(path) == 0 || c == '[' {
		visit()
		return
	}
	found := false
	s.object(func(name string, _ int) {
		if found || name != path[0] {
			s.skip()
			return
		}
		found = true
		j.descend(s, path[1:], visit)
	})
}

func (j *jsonRecords) values(r *rowDecoder) {
	s := scanner{text: r.record}
	switch j.layout {
	case keyed:
		s.peek()
		at := s.at + 1
		key := s.string()
		if s.peek() == ':' {
			s.at++
		}
		r.take(j.key, key, at)
	case grouped:
		j.mu.Lock()
		key := j.keys[int(r.at)-j.base]
		j.mu.Unlock()
		r.take(j.key, key, 0)
	}
	recordValues(r, &s, j.header)
}

// recordValues splits a record that is a JSON object, a text, or a row below a
// header.
func recordValues(r *rowDecoder, s *scanner, header []string) {
	r.filled = true
	w := jsonWalk{r, s, 0}
	switch c := s.peek(); {
	case c == '{':
		w.members("")
	case c == '[' && header != nil:
		i := 0
		s.array(func() {
			if i < len(header) {
				w.value(header[i])
			} else if value := s.skip(); value != "null" && value != `""` {
				s.fail(s.at-len(value), "this row has more values than the header, which has %d", len(header))
			}
			i++
		})
	case c == '"' && r.joins && !s.isLine:
		w.value("text")
	default:
		at, found := s.at, s.found()
		s.skip()
		if s.fault == nil {
			s.fail(at, "an event is an object, { … }, not %s", found)
		}
	}
	if s.peek(); s.fault == nil && s.at < len(s.text) {
		s.fail(s.at, "there is %s after the end of the event", s.found())
	}
	if s.fault != nil {
		r.malformed(s.fault.at, s.fault.reason)
	}
}

// A jsonWalk passes the values of a JSON record to a row decoder. A value within a
// nested object has both names, start_date.year; the values of a list have its
// name, and those of one object in it belong together.
type jsonWalk struct {
	r     *rowDecoder
	s     *scanner
	items int
}

func (w *jsonWalk) members(prefix string) {
	w.s.object(func(name string, _ int) { w.value(prefix + name) })
}

func (w *jsonWalk) value(name string) {
	switch c := w.s.peek(); {
	case c == '{':
		w.members(name + ".")
	case c == '[':
		w.s.array(func() {
			isItem := w.s.peek() == '{' && w.r.item == 0
			if isItem {
				w.items++
				w.r.item = w.items
			}
			if w.value(name); isItem {
				w.r.item = 0
			}
		})
	case c == '"':
		at := w.s.at + 1
		w.r.take(name, w.s.string(), at)
	default:
		at := w.s.at
		if value := w.s.skip(); value != "null" {
			w.r.take(name, value, at)
		}
	}
}

// isOtherJSON reports whether a file is JSON with records that are not dateline's
// own. Dateline's own says its version, or has an id, a date and a title in its
// first event.
func isOtherJSON(h *head) bool {
	start := h.text[:min(len(h.text), longestHead)]
	if isOwn(h.names) {
		return false
	}
	if first, ok := firstLine(start); ok {
		h.syntax = jsonLineSyntax{}
		return !isOwn(fieldsOf(first))
	}
	j, at := findJSON(start)
	if j == nil || !j.dated && strings.Contains(start, `"events"`) {
		return false
	}
	s := scanner{text: start, at: at}
	if s.skip(); s.fault != nil && s.fault.at < len(start) {
		names := recordNames(start, at)
		if isOwn(names) || !slices.ContainsFunc(names, isForeign) {
			return false // a mistake hides what its first record is
		}
	}
	j.base = h.from
	h.syntax = j
	return true
}

// isForeign reports whether a name is not that of a field of dateline's own events.
func isForeign(name string) bool {
	return !slices.Contains(eventFieldNames, name) && !strings.Contains(name, ".") && !strings.HasPrefix(name, "_")
}

// isOwn reports whether the names of fields are those of dateline's own JSON.
func isOwn(names []string) bool {
	if slices.Contains(names, "schemaVersion") {
		return true
	}
	return slices.ContainsFunc([]string{"", "events."}, func(prefix string) bool {
		return slices.Contains(names, prefix+"id") && slices.Contains(names, prefix+"date") && slices.Contains(names, prefix+"title")
	})
}

// firstLine returns the first line of JSON Lines that is a whole object; it may be
// the second, if there is a mistake in the first.
func firstLine(text string) (line string, ok bool) {
	first, rest, _ := strings.Cut(text, "\n")
	second, _, _ := strings.Cut(strings.TrimLeft(rest, " \t\r\n"), "\n")
	if !strings.HasPrefix(first, "{") || !strings.HasPrefix(second, "{") {
		return "", false
	}
	for _, line := range []string{first, second} {
		s := scanner{text: strings.TrimSpace(line), badString: func(int, string) {}}
		switch s.skip(); {
		case s.fault == nil && s.peek() == 0:
			return line, true
		case s.fault == nil || s.cut:
			return "", false // it is the beginning of an object, or of a list
		}
	}
	return "", false
}

// A jsonFinder looks for the value that holds the records of a JSON text.
type jsonFinder struct {
	scanner
	best  *jsonRecords
	first int // where the first record of the best begins
	score int
}

// findJSON finds the records of a JSON text, of which there may be only the
// beginning, and where the first begins. It returns nil if there are none.
func findJSON(text string) (*jsonRecords, int) {
	f := jsonFinder{scanner: scanner{text: text, badString: func(int, string) {}}}
	f.value(nil)
	return f.best, f.first
}

// usualNames are names of values that hold records, the likeliest first.
var usualNames = []string{"events", "timeline", "date", "records", "items", "entries", "features", "@graph", "itemListElement", "bindings", "values", "results", "data", "rows", "list"}

// propose proposes a value as the one that holds the records, the first of which has
// these names.
func (f *jsonFinder) propose(path []string, l layout, at int, names []string) *jsonRecords {
	score := 4*len(path) + 16*int(l)
	if i := slices.Index(usualNames, append(path, "")[max(len(path)-1, 0)]); i >= 0 {
		score -= len(usualNames) - i
	}
	dated := l == keyed || l == grouped || hasDate(names)
	if dated {
		score -= 1000
	}
	if f.best != nil && f.score <= score {
		return nil
	}
	f.best, f.score, f.first = &jsonRecords{path: slices.Clone(path), layout: l, dated: dated}, score, at
	return f.best
}

// hasDate reports whether a field with one of these names states the date.
func hasDate(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		field := fieldNamed(meaning(strings.Split(name, ".")))
		return field == "date" || field == "year"
	})
}

// deepestRecords is in how many objects the records may lie.
const deepestRecords = 4

// value looks into the value at hand.
func (f *jsonFinder) value(path []string) {
	switch c := f.peek(); {
	case len(path) > 0 && strings.HasPrefix(path[len(path)-1], "_"):
		f.skip()
	case c == '[':
		f.list(path)
	case c == '{' && len(path) <= deepestRecords:
		f.members(path)
	default:
		f.skip()
	}
}

func (f *jsonFinder) list(path []string) {
	s := scanner{text: f.text, at: f.at + 1}
	switch c := s.peek(); c {
	case '{', '"':
		if c == '{' || isName(f.text[s.at:]) { // its brace is missing
			f.propose(path, listed, s.at, recordNames(f.text, s.at))
		}
	case '[':
		at := s.at
		var header []string
		s.array(func() {
			if s.peek() == '"' {
				header = append(header, strings.TrimSpace(s.string()))
			} else {
				s.skip()
			}
		})
		if j := f.propose(path, inRows, at, header); j != nil {
			j.header = header
		}
	}
	f.skip()
}

// namesAt lists the fields of the object at an offset.
func namesAt(text string, at int) []string { return fieldsOf(text[at:min(len(text), at+headSize)]) }

// recordNames lists the fields of the record at an offset. If a mistake hides them,
// they are those of one that follows.
func recordNames(text string, at int) (names []string) {
	for range 3 {
		if names = namesAt(text, at); hasDate(names) && hasTitle(names) {
			return names
		}
		s := scanner{text: text, at: at, badString: func(int, string) {}}
		if s.skip(); s.fault == nil {
			return names
		}
		next := resume(text, at, false)
		if !next.found || next.ended {
			return names
		}
		at = next.at
	}
	return names
}

// mostMembers is into how many members of an object a jsonFinder looks.
const mostMembers = 20

func (f *jsonFinder) members(path []string) {
	start, n := f.at, 0
	var kinds string // the first bytes of the values
	dates, dated, titled := true, true, true
	f.object(func(name string, at int) {
		c := f.peek()
		if n++; n > mostMembers {
			f.skip()
			return
		}
		kinds += string(rune(c))
		dates = dates && isDate(name)
		if c == '{' && n <= 3 {
			names := namesAt(f.text, f.at)
			dated = dated && hasDate(names)
			titled = titled && hasTitle(names)
		}
		f.value(append(path, name))
	})
	objects := kinds != "" && strings.Trim(kinds, "{") == ""
	key := "key"
	switch {
	case dates && !dated:
		key = "date"
	case !dates:
		key = "id"
	}
	switch {
	case objects && (dates || dated && titled && n > 1), dates && kinds != "" && strings.Trim(kinds, `{"`) == "":
		if j := f.propose(path, keyed, start+1, nil); j != nil {
			j.key = key
		}
	case dates && kinds != "" && strings.Trim(kinds, `{["`) == "":
		if j := f.propose(path, grouped, start+1, nil); j != nil {
			j.key = "date"
		}
	}
	if names := namesAt(f.text, start); hasTitle(names) && hasDate(slices.DeleteFunc(names, func(name string) bool { return strings.Contains(name, ".") })) {
		f.propose(path, alone, start, names)
	}
}

// hasTitle reports whether a field with one of these names has a text.
func hasTitle(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		field := fieldNamed(meaning(strings.Split(name, ".")))
		return field == "title" || field == "summary"
	})
}

// isDate reports whether a name is a date.
func isDate(name string) bool {
	_, err := edtf.ParseLoose(name)
	return err == nil
}

// about reads the title of the file from the objects that hold its records, and
// names the members of these that are not read.
func (j *jsonRecords) about(text string) (a about, unread []string) {
	path := j.path
	s := scanner{text: strings.TrimPrefix(text, "\ufeff"), badString: func(int, string) {}}
	said := map[string]*string{"title": &a.Title, "name": &a.Title, "headline": &a.Title, "description": &a.Description, "text": &a.Description}
	var read func(name string, at int)
	read = func(name string, _ int) {
		c, says := s.peek(), said[alike(name)]
		switch {
		case says != nil && c == '"' && *says == "":
			*says, _ = stripHTML(s.string())
			return
		case says != nil && c == '{': // the title slide of TimelineJS
			s.object(read)
			return
		case c == '{' && len(path) > 1 && name == path[0]:
			path = path[1:]
			s.object(read)
			return
		}
		if value := s.skip(); (len(path) == 0 || name != path[0]) && value != "null" && !strings.HasPrefix(name, "$") && name != "@context" {
			addUnique(&unread, name)
		}
	}
	if j.layout != alone && s.peek() == '{' && len(path) > 0 {
		s.object(read)
	}
	return a, unread
}
