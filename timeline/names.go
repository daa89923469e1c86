package timeline

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A column holds the values of one list field over all events: every name
// once, and the numbers of the names each event has.
type nameColumn struct {
	names      []string
	bySpelling map[string]int // by name as it is written
	listColumn                // by event: numbers of names
	counts     []uint32       // by name: how many events have it
	postings   [][]uint32     // by name: those events in order; nil where they are looked for
	spellings  *spellings
}

// post counts the events of each name and, if it is asked often enough which
// they are, lists them.
func (c *nameColumn) post(list bool) {
	c.counts = make([]uint32, len(c.names))
	for _, n := range c.numbers {
		c.counts[n]++
	}
	if !list {
		return
	}
	all, end := make([]uint32, len(c.numbers)), make([]uint32, len(c.names))
	from := uint32(0)
	for n, count := range c.counts {
		end[n], from = from, from+count
	}
	for i := range len(c.starts) - 1 {
		for _, n := range c.list(i) {
			all[end[n]] = uint32(i)
			end[n]++
		}
	}
	c.postings = make([][]uint32, len(c.names))
	for n, count := range c.counts {
		c.postings[n] = all[end[n]-count : end[n] : end[n]]
	}
}

// addTo adds to set the events that have any of the names.
func (c *nameColumn) addEvents(set bitset, names []int) {
	if c.postings != nil {
		for _, n := range names {
			for _, i := range c.postings[n] {
				set.add(int(i))
			}
		}
		return
	}
	if len(names) == 0 {
		return
	}
	wanted := make([]uint8, len(c.names))
	for _, n := range names {
		wanted[n] = 1
	}
	addListMatches(set, &c.listColumn, wanted)
}

// ways are all the ways to say the names of a column, folded. They are found
// when first asked for: most runs of the program never do.
type spellings struct {
	once      sync.Once
	byName    [][]string       // by name
	names     map[string][]int // names, by any way to say them, with blanks or without
	ambiguous []int            // the names of which asking for one finds others too
}

// waysOf returns the ways to say the names of a list field: an actor by any name
// of the register's, a place also by what it lies in, so that "Khasan, Russia"
// is found by Khasan and by Russia.
func (t *Timeline) spellingsOf(f Field) *spellings {
	c := &t.names[f]
	c.spellings.once.Do(func() {
		c.spellings.byName, c.spellings.names = make([][]string, len(c.names)), make(map[string][]int)
		for n, name := range c.names {
			c.spellings.add(n, name)
			switch {
			case f == ActorField && n < len(t.actors):
				for _, name := range t.actors[n].Names() {
					c.spellings.add(n, name)
				}
			case f == PlaceField:
				for part := range strings.SplitSeq(name, ",") {
					c.spellings.add(n, part)
				}
			}
		}
		for n, of := range c.spellings.byName {
			if len(of) > 0 && len(c.spellings.names[of[0]]) > 1 {
				c.spellings.ambiguous = append(c.spellings.ambiguous, n)
			}
		}
	})
	return c.spellings
}

// say notes a way to say a name.
func (w *spellings) add(n int, name string) {
	way := text.Fold(name)
	if way == "" || slices.Contains(w.byName[n], way) {
		return
	}
	w.byName[n] = append(w.byName[n], way)
	w.names[way] = append(w.names[way], n)
	if solid := strings.ReplaceAll(way, " ", ""); solid != way {
		w.names[solid] = append(w.names[solid], n)
	}
}

// find returns the numbers of the names that a value of a query means: those
// that it names in full, in any of their ways, blanks aside; if there are none,
// those in which its words occur.
func (t *Timeline) namesMeant(f Field, value string) []int {
	want := text.Fold(value)
	if want == "" {
		return nil
	}
	ways := t.spellingsOf(f)
	if whole := ways.names[want]; len(whole) > 0 {
		return whole
	}
	if whole := ways.names[strings.ReplaceAll(want, " ", "")]; len(whole) > 0 {
		return whole
	}
	var part []int
	for n, of := range ways.byName {
		if slices.ContainsFunc(of, func(way string) bool { return containsFromWordStart(way, want) }) {
			part = append(part, n)
		}
	}
	return part
}

// number returns the number of a name that an event may have: as it is spelt
// or, failing that, as it folds.
func (t *Timeline) nameNumber(f Field, name string) (n int, ok bool) {
	c := &t.names[f]
	if n, ok = c.bySpelling[name]; ok {
		return n, true
	}
	key := text.Fold(name)
	meant := t.spellingsOf(f).names[key]
	for _, n := range meant {
		if text.Fold(c.names[n]) == key {
			return n, true // a name is its own before it is another's alias
		}
	}
	if f == ActorField && len(meant) > 0 {
		return meant[0], true
	}
	return 0, false
}

// hasWords reports whether words occurs in text from the beginning of a word:
// "putin" and "vlad" in "vladimir putin", "min" not in "vladimir".
func containsFromWordStart(text, words string) bool {
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

// A numberer numbers the names of a column as the events bring them.
type numberer struct {
	*nameColumn
	seen  []int          // by name: which event had it last
	id    map[string]int // by name folded
	known func()         // called before the first name that is not spelt as one known
	most  int            // how many names the events have in all, if that is known
}

// post finishes the columns. Actors and places are what is asked for most, and
// have many names; of the rest, to look at each event is quick enough.
func (t *Timeline) post() {
	share(len(t.names), func(f int) { t.names[f].post(Field(f) == ActorField || Field(f) == PlaceField) })
}

// numberers begins the columns of the list fields. The register's actors come
// first, so that an alias in an event leads to its actor.
func (t *Timeline) numberers(events int) *[listFields]numberer {
	fields := new([listFields]numberer)
	for f := range t.names {
		t.names[f] = nameColumn{bySpelling: make(map[string]int), listColumn: newListColumn(events), spellings: new(spellings)}
		fields[f] = numberer{nameColumn: &t.names[f], id: make(map[string]int)}
	}
	actors := &fields[ActorField]
	for i := range t.actors {
		n := actors.append(t.actors[i].Name)
		if text.Fold(t.actors[i].Name) != "" {
			actors.bySpelling[t.actors[i].Name] = n
		}
	}
	actors.known = func() {
		for i := range t.actors {
			actors.claim(i, t.actors[i].Name)
		}
		for i := range t.actors {
			if text.Fold(t.actors[i].Name) == "" {
				continue // events could not be found by the name they would lead to
			}
			for _, name := range t.actors[i].Names() {
				actors.claim(i, name)
			}
		}
	}
	return fields
}

// note notes that the event at hand has a name, once.
func (c *numberer) note(n int) {
	if c.seen[n] != len(c.starts) {
		c.seen[n] = len(c.starts)
		c.numbers = append(c.numbers, uint32(n))
	}
}

func (c *numberer) number(name string) (n int, ok bool) {
	if n, ok = c.bySpelling[name]; ok {
		return n, true
	}
	if c.known != nil {
		c.known()
		c.known = nil
	}
	key := text.Fold(name)
	if key == "" {
		return 0, false
	}
	if n, ok = c.id[key]; !ok {
		n = c.append(name)
		c.id[key] = n
	}
	c.bySpelling[name] = n
	return n, true
}

// append gives a name the next number.
func (c *numberer) append(name string) int {
	c.names = append(c.names, name)
	c.seen = append(c.seen, 0)
	return len(c.names) - 1
}

// claim lets a name lead to a number, unless it leads to another.
func (c *numberer) claim(n int, name string) {
	key := text.Fold(name)
	if _, taken := c.id[key]; !taken && key != "" {
		c.id[key] = n
	}
}

// ShareActor reports whether two events name an actor in common, by whatever
// names.
func (t *Timeline) ShareActor(i, j int) bool {
	c := &t.names[ActorField]
	return slices.ContainsFunc(c.list(i), func(n uint32) bool { return slices.Contains(c.list(j), n) })
}

// Lead returns the first actor that event i names, and the events that name the
// same one by whatever name. It is false if the event names none.
func (t *Timeline) Lead(i int) (actor string, events Selection, ok bool) {
	c := &t.names[ActorField]
	named := c.list(i)
	if len(named) == 0 {
		return "", Selection{}, false
	}
	n := named[0]
	return c.names[n], Selection{rows: c.postings[n]}, true
}

// Named lists the values of a field, as Tally has them, that a value of a query
// means: the one that it names in full or, if there is none, all that it finds.
func (t *Timeline) Named(f Field, value string) []string {
	var names []string
	switch f {
	case StatusField:
		return []string{value}
	case OriginsField:
		v, _, _ := readValue(f, value, false)
		for _, class := range originClasses {
			if v.compare(class.least) && v.compare(class.most) {
				names = append(names, class.value)
			}
		}
		return names
	}
	if n, ok := t.nameNumber(f, value); ok {
		return []string{t.names[f].names[n]}
	}
	for _, n := range t.namesMeant(f, value) {
		names = append(names, t.names[f].names[n])
	}
	return names
}

// Actor returns the register's entry for an actor by any of its names. An
// actor that the register lacks is returned with its name alone.
func (t *Timeline) Actor(name string) Actor {
	if n, ok := t.nameNumber(ActorField, name); ok && n < len(t.actors) {
		return t.actors[n]
	}
	return Actor{Name: name}
}

// Register returns the actors that the timeline's file describes. The caller must
// not change it.
func (t *Timeline) Register() []Actor { return t.actors }

// Registered lists the actors of event i that the register has, by their places
// in Register.
func (t *Timeline) Registered(i int) []int {
	var actors []int
	for _, n := range t.names[ActorField].list(i) {
		if int(n) < len(t.actors) {
			actors = append(actors, int(n))
		}
	}
	return actors
}
