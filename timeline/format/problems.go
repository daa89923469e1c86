package format

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Problem is something wrong with a file, said so that it can be mended:
// where, what, and what would be right. Its text is clean (text.Clean).
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1
	Column  int    `json:"column"` // in characters, from 1
	Event   string `json:"event,omitempty"`
	Field   string `json:"field,omitempty"` // name and value, if one field has the problem
	Text    string `json:"text"`
	Warning bool   `json:"warning"`        // the event is kept
	Count   int    `json:"count"`          // how often it occurs; it is listed where it does first
	Also    []int  `json:"also,omitempty"` // some of the lines where it occurs again

	// Kind says what is wrong without the values of the case at hand. It is needed
	// only where Text has such values: otherwise the name of the field and Text say
	// it. Problems of one kind are listed as one if they are many.
	Kind string `json:"-"`

	// Lines and columns are counted only for problems that are listed.
	where location
	other *location  // the event that Text refers to
	also  []location // where it occurs again
	came  int        // when it was found
}

// A location is an offset in one of several files. A decoder, which knows one
// text, counts from the beginning of that.
type location struct {
	file int
	at   int64
}

func (l location) compare(other location) int {
	return cmp.Or(cmp.Compare(l.file, other.file), cmp.Compare(l.at, other.at))
}

// String is one line, as compilers write them:
//
//	events.json:41:12: event "kitty-hawk": date "1903-13": there is no month 13
func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: ", p.File, p.Line, p.Column)
	if p.Warning {
		b.WriteString("warning: ")
	}
	if p.Event != "" {
		fmt.Fprintf(&b, "event %q: ", p.Event)
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Text)
	if p.Count > 1 {
		fmt.Fprintf(&b, " (%s times%s)", text.Grouped(p.Count), p.again())
	}
	return text.Clean(b.String())
}

// again says where a problem occurs again.
func (p *Problem) again() string {
	var lines []string
	for _, line := range p.Also {
		lines = append(lines, strconv.Itoa(line))
	}
	switch more := p.Count-1 > len(lines); {
	case len(lines) == 0:
		return ""
	case more:
		return ", also on lines " + strings.Join(lines, ", ") + ", …"
	case len(lines) == 1:
		return ", also on line " + lines[0]
	default:
		return ", also on lines " + strings.Join(lines[:len(lines)-1], ", ") + " and " + lines[len(lines)-1]
	}
}

// A Report says how reading went.
type Report struct {
	Problems []Problem // in the order of the files, at most 1,000
	Found    int       // events in the files, with errors or without
	LeftOut  int       // of those, how many the timeline lacks
	Strays   []string  // which files of folders are no timelines, and why

	errors, warnings int   // listed or not
	refused          error // why a file is no timeline at all
	original         Original
	ingest           *ingest // that read the files, to keep its index
}

// Errors counts the problems that are errors, listed or not.
func (r Report) Errors() int { return r.errors }

// Warnings counts the problems that are warnings, listed or not.
func (r Report) Warnings() int { return r.warnings }

// Unlisted counts the problems beyond those listed.
func (r Report) Unlisted() int {
	n := r.errors + r.warnings
	for _, p := range r.Problems {
		n -= p.Count
	}
	return n
}

// Original returns what was read, as the files have it, for export.
func (r Report) Original() *Original { return &r.original }

// An Original is what was read, as the files have it.
type Original struct {
	further []member // of the files themselves, that the format does not know
	actors  []string
	read    func(timeline.Extent) (string, error)
}

// A member is one of a JSON object: its name, and its value as written.
type member struct{ name, value string }

// Event returns event i of the timeline that was read with it as JSON: as its file
// has it or, if that is another format, as dateline understands it.
func (o *Original) Event(t *timeline.Timeline, i int) (string, error) {
	if o.read == nil {
		return objectJSON(t.Event(i), eventFields), nil
	}
	return o.read(t.Extent(i))
}

// Actors returns the entries of the files' registers as JSON.
func (o *Original) Actors() []string { return o.actors }

// Members returns what the files say of themselves that the format does not know,
// private fields included: names, and values as JSON.
func (o *Original) Members() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, m := range o.further {
			if !yield(m.name, m.value) {
				return
			}
		}
	}
}

// locate returns problems with their lines and columns, for which it reads the
// files up to the last of them.
func locate(files []File, problems []Problem) ([]Problem, error) {
	var locations []location
	for _, p := range problems {
		locations = append(locations, p.where)
		if p.other != nil {
			locations = append(locations, *p.other)
		}
		locations = append(locations, p.also...)
	}
	slices.SortFunc(locations, location.compare)
	found := make(map[location]lineColumn, len(locations))
	for len(locations) > 0 {
		n := 1
		for n < len(locations) && locations[n].file == locations[0].file {
			n++
		}
		f := &files[locations[0].file]
		if err := locateIn(f.Contents(), locations[:n], found); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		locations = locations[n:]
	}
	var located []Problem
	for _, p := range problems {
		at := found[p.where]
		p.File, p.Line, p.Column = files[p.where.file].Name, at.line, at.column
		if p.other != nil {
			other := found[*p.other]
			p.Text += fmt.Sprintf(": see %s:%d:%d", files[p.other.file].Name, other.line, other.column)
			p.other = nil
		}
		p.came = 0
		last := at.line
		for _, again := range p.also {
			if line := found[again].line; line > last {
				p.Also, last = append(p.Also, line), line
			}
		}
		p.also = nil
		for _, s := range []*string{&p.File, &p.Event, &p.Field, &p.Text} {
			*s = text.Clean(*s)
		}
		located = append(located, p)
	}
	return located, nil
}

// A lineColumn is a line, and a character in it, from 1.
type lineColumn struct {
	line, column int
	halfEnd      bool // the last character is a CR, which an LF may follow
}

// locateIn finds the lines and columns of locations, which are in order, in one
// pass over their file.
func locateIn(r io.Reader, locations []location, found map[location]lineColumn) error {
	buf := make([]byte, 1<<18)
	here := lineColumn{line: 1, column: 1}
	var at int64
	kept := 0 // bytes of a character that is not read whole
	for len(locations) > 0 {
		n, err := io.ReadFull(r, buf[kept:])
		block := buf[:kept+n]
		if err == nil {
			block = block[:wholeRunes(block)]
		}
		rest := buf[len(block) : kept+n]
		for len(locations) > 0 && locations[0].at <= at+int64(len(block)) {
			k := int(locations[0].at - at)
			here = here.after(block[:k], at == 0)
			block, at = block[k:], locations[0].at
			found[locations[0]] = here
			locations = locations[1:]
		}
		here = here.after(block, at == 0)
		at += int64(len(block))
		kept = copy(buf, rest)
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			for _, l := range locations {
				found[l] = here
			}
			return nil
		case err != nil:
			return err
		}
	}
	return nil
}

// wholeRunes returns how much of text there is without what may be the beginning
// of a character at its end.
func wholeRunes[T string | []byte](text T) int {
	for n := len(text) - 1; n >= max(0, len(text)-utf8.UTFMax); n-- {
		if utf8.RuneStart(text[n]) {
			if !utf8.FullRuneInString(string(text[n:])) {
				return n
			}
			break
		}
	}
	return len(text)
}

// after returns where a text ends that begins here. A byte order mark, with
// which a file may begin, is no character. A line ends with LF, CRLF or CR.
func (l lineColumn) after(text []byte, isFirst bool) lineColumn {
	if isFirst {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if len(text) == 0 {
		return l
	}
	if l.halfEnd {
		text = bytes.TrimPrefix(text, []byte("\n")) // the CR has been counted
	}
	l.halfEnd = bytes.HasSuffix(text, []byte("\r"))
	lines := bytes.Count(text, []byte("\n"))
	if returns := bytes.Count(text, []byte("\r")); returns > 0 {
		lines += returns - bytes.Count(text, []byte("\r\n"))
	}
	if lines > 0 {
		l.line += lines
		l.column = 1
		text = text[max(bytes.LastIndexByte(text, '\n'), bytes.LastIndexByte(text, '\r'))+1:]
	}
	l.column += utf8.RuneCount(text)
	return l
}

const (
	// mostProblems is how many problems a report lists.
	mostProblems = 1000
	// mostAlike is how many errors of a kind are listed one by one, since each is to
	// be mended, and how many warnings that differ. If there are more, the first is
	// listed, with their number and the lines of some.
	mostAlike = 10
)

// problems gathers problems from several goroutines, by kind. It counts all and
// keeps the first of each kind that a report may list. What it lists does not
// depend on the order in which the problems come.
type problems struct {
	mu               sync.Mutex
	kinds            map[kindKey]*kind
	dropped          map[kindKey]int // how often kinds occurred that are not listed
	seed             maphash.Seed
	full             bool // problems behind last are not listed
	last             location
	firstError       map[int]Problem // by file
	errors, warnings int
	came             int // how many problems have been kept
}

// A kindKey tells the kinds of problems of a file apart, by hash.
type kindKey struct {
	file int
	hash uint64
}

// A kind of problem is said once if it is frequent.
type kind struct {
	count int
	first []Problem // at most mostAlike, in order
}

func newProblems() problems {
	return problems{kinds: make(map[kindKey]*kind), dropped: make(map[kindKey]int), seed: maphash.MakeSeed(), firstError: make(map[int]Problem)}
}

func (c *problems) keyOf(p *Problem) kindKey {
	var h maphash.Hash
	h.SetSeed(c.seed)
	if p.Kind != "" {
		h.WriteByte(2)
		h.WriteString(p.Kind)
	} else {
		field, _, _ := strings.Cut(p.Field, ` "`)
		h.WriteString(field)
		h.WriteByte(0)
		h.WriteString(p.Text)
	}
	if p.Warning {
		h.WriteByte(1)
	}
	return kindKey{p.where.file, h.Sum64()}
}

func (c *problems) add(p Problem) {
	key := c.keyOf(&p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.Warning {
		c.warnings++
	} else {
		c.errors++
		if first, known := c.firstError[p.where.file]; !known || p.where.at < first.where.at {
			c.firstError[p.where.file] = p
		}
	}
	k := c.kinds[key]
	if k == nil {
		if c.full && c.last.compare(p.where) < 0 {
			c.dropped[key]++
			return
		}
		k = &kind{count: c.dropped[key]}
		delete(c.dropped, key)
		c.kinds[key] = k
	}
	k.count++
	n := len(k.first)
	if n == mostAlike && k.first[n-1].where.compare(p.where) <= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(k.first, p.where, func(q Problem, l location) int {
		if q.where.compare(l) <= 0 {
			return -1 // of those at one place, the last to come is the last
		}
		return 1
	})
	c.came++
	p.came = c.came
	k.first = slices.Insert(k.first, i, p)
	if n == mostAlike {
		k.first = k.first[:n]
	}
	if len(c.kinds) >= 4*mostProblems {
		c.cut()
	}
}

// cut drops the kinds that no report lists.
func (c *problems) cut() {
	if len(c.kinds) < mostProblems {
		return
	}
	var firsts []location
	for _, k := range c.kinds {
		firsts = append(firsts, k.first[0].where)
	}
	slices.SortFunc(firsts, location.compare)
	c.full, c.last = true, firsts[mostProblems-1]
	for key, k := range c.kinds {
		if c.last.compare(k.first[0].where) < 0 {
			c.dropped[key] = k.count
			delete(c.kinds, key)
		}
	}
}

// countOnly adds to the number of warnings of a kind, which is settled.
func (c *problems) countOnly(key kindKey, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.warnings += n
	if k := c.kinds[key]; k != nil {
		k.count += n
	} else {
		c.dropped[key] += n
	}
}

// settled returns the location behind which problems of a kind need only be
// counted, if there is one yet. It may come nearer.
func (c *problems) settled(key kindKey) (behind location, is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.kinds[key]; k != nil && len(k.first) == mostAlike {
		return k.first[mostAlike-1].where, true
	}
	return c.last, c.full
}

// list returns the problems that a report lists, in order.
func (c *problems) list() []Problem {
	c.cut()
	var list []Problem
	for _, k := range c.kinds {
		if c.full {
			for n := len(k.first); c.last.compare(k.first[n-1].where) < 0; n-- {
				k.first = k.first[:n-1] // others may have been dropped before it
			}
		}
		list = append(list, k.list()...)
	}
	// Those at one place come from one goroutine.
	slices.SortFunc(list, func(a, b Problem) int { return cmp.Or(a.where.compare(b.where), cmp.Compare(a.came, b.came)) })
	return list[:min(len(list), mostProblems)]
}

// list returns the problems of a kind that a report lists.
func (k *kind) list() []Problem {
	var list []Problem
	for _, p := range k.first {
		i := slices.IndexFunc(list, func(q Problem) bool {
			return k.count > mostAlike || p.Warning && q.Field == p.Field && q.Text == p.Text
		})
		if i < 0 {
			p.Count = 1
			list = append(list, p)
			continue
		}
		list[i].Count++
		list[i].also = append(list[i].also, p.where)
	}
	if k.count > mostAlike {
		list[0].Count = k.count
	}
	return list
}
