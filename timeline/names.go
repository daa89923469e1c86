package timeline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A column holds the values of one list field over all events: every name
// once, the numbers of the names each event has, and for each name the events
// that have it, in order.
type column struct {
	names    []string
	folded   [][]string       // for each name, all the ways to say it, folded
	spelt    map[string]int   // by name as it is written
	id       map[string]int   // by name, alias or native name, folded
	said     map[string][]int // by any way to say it, folded: places also by what they lie in
	of       [][]uint32       // by event: numbers of names
	postings [][]uint32       // by name: events
}

// number returns the number of a name, giving it the next one if it is new.
// Names that fold to the same text are one; the first spelling is kept. A name
// that folds to nothing has no number: nobody could ask for it.
func (c *column) number(name string) (n int, ok bool) {
	if n, ok = c.spelt[name]; ok {
		return n, true
	}
	key := Fold(name)
	if key == "" {
		return 0, false
	}
	if n, ok = c.id[key]; !ok {
		n = c.add(name)
	}
	c.spelt[name] = n
	return n, true
}

// add gives a name the next number.
func (c *column) add(name string) int {
	n := len(c.names)
	c.names = append(c.names, name)
	c.folded = append(c.folded, nil)
	c.postings = append(c.postings, nil)
	c.claim(n, Fold(name))
	return n
}

// claim lets a folded name lead to a number, unless it leads to another.
func (c *column) claim(n int, way string) {
	if _, taken := c.id[way]; !taken && way != "" {
		c.id[way] = n
	}
	c.say(n, way)
}

// say notes a way to say a name.
func (c *column) say(n int, way string) {
	if way != "" && !slices.Contains(c.folded[n], way) {
		c.folded[n] = append(c.folded[n], way)
		c.said[way] = append(c.said[way], n)
		if solid := strings.ReplaceAll(way, " ", ""); solid != way {
			c.said[solid] = append(c.said[solid], n)
		}
	}
}

// post notes that event i has the names given, each counted once.
func (c *column) post(i int, names []string) {
	for _, name := range names {
		n, ok := c.number(name)
		if !ok || slices.Contains(c.of[i], uint32(n)) {
			continue
		}
		c.of[i] = append(c.of[i], uint32(n))
		c.postings[n] = append(c.postings[n], uint32(i))
	}
}

// find returns the numbers of the names that a value of a query means: those
// that it names in full, in any of their ways, blanks aside; if there are none,
// those in which its words occur.
func (c *column) find(value string) []int {
	want := Fold(value)
	if want == "" {
		return nil
	}
	if whole := c.said[want]; len(whole) > 0 {
		return whole
	}
	if whole := c.said[strings.ReplaceAll(want, " ", "")]; len(whole) > 0 {
		return whole
	}
	var part []int
	for n, ways := range c.folded {
		if slices.ContainsFunc(ways, func(way string) bool { return hasWords(way, want) }) {
			part = append(part, n)
		}
	}
	return part
}

// hasWords reports whether words occurs in text from the beginning of a word:
// "putin" and "vlad" in "vladimir putin", "min" not in "vladimir".
func hasWords(text, words string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		if at == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) || unspaced(before) {
			return true
		}
		at++
	}
}

// unspaced says that r is of a script which does not part words by blanks, or,
// as Korean, writes them together as often as not.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// indexNames fills the columns of the list fields. The register's actors come
// first, so that an alias in an event leads to its actor.
func (t *Timeline) indexNames() {
	n := len(t.events)
	for f := range t.names {
		t.names[f] = column{spelt: make(map[string]int), id: make(map[string]int), said: make(map[string][]int), of: make([][]uint32, n)}
	}
	actors := &t.names[ActorField]
	for i := range t.actors {
		actors.add(t.actors[i].Name)
	}
	// A name is its actor's before it is another's alias.
	for i := range t.actors {
		for _, name := range t.actors[i].Names() {
			actors.claim(i, Fold(name))
		}
	}
	for i := range t.events {
		e := &t.events[i]
		t.names[ActorField].post(i, e.Actors)
		t.names[PlaceField].post(i, e.Places)
		t.names[TopicField].post(i, e.Topics)
		for j := range e.Sources {
			s := &e.Sources[j]
			if s.Publisher != "" {
				t.names[PublisherField].post(i, []string{s.Publisher})
			}
			if s.Kind != NoKind {
				t.names[KindField].post(i, []string{s.Kind.String()})
			}
		}
	}
	places := &t.names[PlaceField]
	for n, name := range places.names {
		// "Khasan, Russia" is also Khasan, and Russia, which it lies in.
		for part := range strings.SplitSeq(name, ",") {
			places.say(n, Fold(part))
		}
	}
}

// Named lists the names of a list field that a value of a query means.
func (t *Timeline) Named(f Field, value string) []string {
	var names []string
	for _, n := range t.names[f].find(value) {
		names = append(names, t.names[f].names[n])
	}
	return names
}

// Actor returns the register's entry for an actor by any of its names. An
// actor that the register lacks is returned with its name alone.
func (t *Timeline) Actor(name string) Actor {
	if n, ok := t.names[ActorField].id[Fold(name)]; ok && n < len(t.actors) {
		return t.actors[n]
	}
	return Actor{Name: name}
}
