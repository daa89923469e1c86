package timeline

import (
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A nameColumn holds the values of a list field for all events. Each distinct
// name has a number.
type nameColumn struct {
	names      []string
	bySpelling map[string]int // number by exact spelling
	listColumn                // by event: numbers of its names
	firsts     []uint32       // by name: the first event that has it
	counts     []uint32       // by name: how many events have it
	postings   [][]uint32     // by name: these events, in order; nil if they are searched for
	spellings  *spellings
}

// post counts the events of each name and, if list is set, lists them.
func (c *nameColumn) post(list bool) {
	c.counts = make([]uint32, len(c.names))
	for k := range c.numbers.len() {
		c.counts[c.numbers.at(k)]++
	}
	if !list {
		return
	}
	all, end := make([]uint32, c.numbers.len()), make([]uint32, len(c.names))
	from := uint32(0)
	for n, count := range c.counts {
		end[n], from = from, from+count
	}
	for i := range c.starts.len() - 1 {
		for n := range c.list(i) {
			all[end[n]] = uint32(i)
			end[n]++
		}
	}
	c.cutPostings(all)
}

// cutPostings divides the events that are posted among the names.
func (c *nameColumn) cutPostings(posted []uint32) {
	c.postings = make([][]uint32, len(c.names))
	from := uint32(0)
	for n, count := range c.counts {
		c.postings[n] = posted[from : from+count : from+count]
		from += count
	}
}

// addEvents adds to set the events that have any of the names.
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

// spellings are the folded spellings of the names of a column. They are made when
// first needed: most runs of the program never do.
type spellings struct {
	once      sync.Once
	byName    [][]string
	names     map[string][]int // by spelling, with spaces and without
	ambiguous []int            // names whose own spelling means others too
}

// spellingsOf returns the spellings of the names of a list field. An actor has
// all names of its register entry, and so has somebody who is quoted. A place has the parts between its commas too,
// so that Khasan and Russia both mean "Khasan, Russia".
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
			case f == SaidField:
				t.addSpeaker(c.spellings, n, name)
			}
		}
		for n, spellings := range c.spellings.byName {
			if len(spellings) > 0 && len(c.spellings.names[spellings[0]]) > 1 {
				c.spellings.ambiguous = append(c.spellings.ambiguous, n)
			}
		}
	})
	return c.spellings
}

// addSpeaker adds the spellings of somebody who is quoted: the parts of "Kim Jong
// Un, via KCNA" and of "Foreign Ministry (Choe Son Hui)", each by all its names.
func (t *Timeline) addSpeaker(s *spellings, n int, name string) {
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(",;()", r) })
	for _, part := range append(parts, name) {
		s.add(n, part)
		if k, ok := t.nameNumber(ActorField, strings.TrimSpace(part)); ok && k < len(t.actors) {
			for _, name := range t.actors[k].Names() {
				s.add(n, name)
			}
		}
	}
}

// actorsWithRole returns the numbers of the actors in whose role a folded text
// occurs from the beginning of a word.
func (t *Timeline) actorsWithRole(folded string) []int {
	var actors []int
	for n := range t.actors {
		if containsFromWordStart(text.Fold(t.actors[n].Role), folded) {
			actors = append(actors, n)
		}
	}
	return actors
}

// filesMeant returns the files that a value means, by their numbers: those of that
// name or, if there are none, of that name without its folders, without its ending
// too, or with it from the beginning of a word.
func (t *Timeline) filesMeant(folded string) []int {
	for _, match := range []func(name string) bool{
		func(name string) bool { return name == folded },
		func(name string) bool { return path.Base(name) == folded },
		func(name string) bool { return strings.TrimSuffix(path.Base(name), path.Ext(name)) == folded },
		func(name string) bool { return containsFromWordStart(name, folded) },
	} {
		var files []int
		for n, name := range t.files {
			if match(text.Fold(name)) {
				files = append(files, n)
			}
		}
		if files != nil {
			return files
		}
	}
	return nil
}

// addFiles adds to set the events of some files.
func (t *Timeline) addFiles(set bitset, files []int) {
	set.addWhere(func(i int) bool { return slices.Contains(files, t.store.extent(i).File) })
}

func (s *spellings) add(n int, name string) {
	folded := text.Fold(name)
	if folded == "" || slices.Contains(s.names[folded], n) && slices.Contains(s.byName[n], folded) {
		return
	}
	s.byName[n] = append(s.byName[n], folded)
	s.names[folded] = append(s.names[folded], n)
	if solid := strings.ReplaceAll(folded, " ", ""); solid != folded {
		s.names[solid] = append(s.names[solid], n)
	}
}

// namesMeant returns the numbers of the names that a value of a query means:
// those with that spelling, spaces aside; if there are none, those in which it
// occurs from the beginning of a word.
func (t *Timeline) namesMeant(f Field, value string) []int {
	folded := text.Fold(value)
	if folded == "" {
		return nil
	}
	spellings := t.spellingsOf(f)
	if whole := spellings.names[folded]; len(whole) > 0 {
		return whole
	}
	if whole := spellings.names[strings.ReplaceAll(folded, " ", "")]; len(whole) > 0 {
		return whole
	}
	return t.namesWhere(f, func(_ int, spelling string) bool { return containsFromWordStart(spelling, folded) })
}

// namesWith lists the names of a field that contain a folded text: an actor's in
// any spelling, any other only in its own.
func (t *Timeline) namesWith(f Field, needle string) []int {
	return t.namesWhere(f, func(k int, spelling string) bool {
		return (k == 0 || f == ActorField) && strings.Contains(spelling, needle)
	})
}

// namesWhere lists the names that have a spelling for which holds is true. Holds
// gets the spelling and its number k.
func (t *Timeline) namesWhere(f Field, holds func(k int, spelling string) bool) []int {
	var names []int
	for n, spellings := range t.spellingsOf(f).byName {
		for k, spelling := range spellings {
			if holds(k, spelling) {
				names = append(names, n)
				break
			}
		}
	}
	return names
}

// nameNumber returns the number of a name of an event: by exact spelling, else by
// folded spelling.
func (t *Timeline) nameNumber(f Field, name string) (n int, ok bool) {
	c := &t.names[f]
	if n, ok = c.bySpelling[name]; ok {
		return n, true
	}
	folded := text.Fold(name)
	meant := t.spellingsOf(f).names[folded]
	for _, n := range meant {
		if text.Fold(c.names[n]) == folded {
			return n, true // a name is its own before it is another's alias
		}
	}
	if f == ActorField && len(meant) > 0 {
		return meant[0], true
	}
	return 0, false
}

// containsFromWordStart reports whether words occurs in text from the beginning
// of a word: "putin" and "vlad" in "vladimir putin", but not "min" in "vladimir".
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

// unspaced reports whether r is of a script that does not separate words with
// spaces or, as Korean, often omits them.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// Sharing returns the events of a selection nearest to position i, before it and
// after it, that name an actor of event i under any of its names; -1 stands for none.
func (t *Timeline) Sharing(i, from int, among Selection) (before, after int) {
	c := &t.names[ActorField]
	before, after = -1, -1
	for n := range c.list(i) {
		events := Selection{rows: c.postings[n]}
		before = max(before, events.lastIn(among, from-1))
		if next := events.firstIn(among, from+1); after < 0 || next >= 0 && next < after {
			after = next
		}
	}
	return before, after
}

// Lead returns the first actor that event i names, and the events that name the
// same actor under any name; ok is false if the event names none.
func (t *Timeline) Lead(i int) (actor string, events Selection, ok bool) {
	c := &t.names[ActorField]
	for n := range c.list(i) {
		return c.names[n], Selection{rows: c.postings[n]}, true
	}
	return "", Selection{}, false
}

// First returns the first name of a list field that event i has, or nothing.
func (t *Timeline) First(f Field, i int) string {
	c := &t.names[f]
	for n := range c.list(i) {
		return c.names[n]
	}
	return ""
}

// Named lists the values of a field, as Tally has them, that a value of a query
// means: the one with that very name or, if there is none, all that it matches.
func (t *Timeline) Named(f Field, value string) []string {
	var names []string
	switch f {
	case StatusField:
		return []string{value}
	case FileField:
		for _, n := range t.filesMeant(text.Fold(value)) {
			names = append(names, t.files[n])
		}
		return names
	case OriginsField:
		v, _, _ := readValue(f, value, false)
		for _, class := range originClasses {
			if v.matchesNumber(class.least) && v.matchesNumber(class.most) {
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

// Registered lists the actors of event i that the register has, by their indexes
// in Register.
func (t *Timeline) Registered(i int) []int {
	var actors []int
	for n := range t.names[ActorField].list(i) {
		if int(n) < len(t.actors) {
			actors = append(actors, int(n))
		}
	}
	return actors
}

// A nameBuilder fills a column event by event.
type nameBuilder struct {
	*nameColumn
	last     []int          // by name: the event that had it last
	byFolded map[string]int // number by folded spelling
	register func()         // adds the register's names; called before the first unknown spelling
	most     int            // names of all events, repeated, if known
}

// postNames finishes the columns. Actors and places are asked for most and have
// many names, so their events are listed; for the other fields a scan is fast.
func (t *Timeline) postNames() {
	share(len(t.names), func(f int) { t.names[f].post(isPosted(Field(f))) })
}

// isPosted reports whether the events of each name of a field are listed.
func isPosted(f Field) bool { return f == ActorField || f == PlaceField }

// nameBuilders begins the columns of the list fields. The register's actors come
// first, so that an alias in an event leads to its actor.
func (t *Timeline) nameBuilders(events int) *[listFields]nameBuilder {
	fields := new([listFields]nameBuilder)
	for f := range t.names {
		t.names[f] = nameColumn{bySpelling: make(map[string]int), spellings: new(spellings)}
		t.names[f].starts.off = make([]uint16, 0, events+1)
		t.names[f].endList()
		fields[f] = nameBuilder{nameColumn: &t.names[f], byFolded: make(map[string]int)}
	}
	actors := &fields[ActorField]
	for i := range t.actors {
		n := actors.append(t.actors[i].Name)
		if text.Fold(t.actors[i].Name) != "" {
			actors.bySpelling[t.actors[i].Name] = n
		}
	}
	actors.register = func() { actors.claimRegister(t.actors) }
	return fields
}

// claimRegister gives the names of the register the numbers of its actors.
func (b *nameBuilder) claimRegister(actors []Actor) {
	for i := range actors {
		b.claim(i, actors[i].Name)
	}
	for i := range actors {
		if text.Fold(actors[i].Name) == "" {
			continue // no query could ask for this actor
		}
		for _, name := range actors[i].Names() {
			b.claim(i, name)
		}
	}
}

// has records, once, that the current event has a name.
func (b *nameBuilder) has(n int) {
	if b.last[n] != b.starts.len() {
		b.last[n] = b.starts.len()
		b.numbers.add(uint32(n), b.most)
	}
}

// number returns the number of a name, a new one if no name folds to the same.
// A name that folds to nothing has none.
func (b *nameBuilder) number(name string) (n int, ok bool) {
	if n, ok = b.bySpelling[name]; ok {
		return n, true
	}
	if b.register != nil {
		b.register()
		b.register = nil
	}
	folded := text.Fold(name)
	if folded == "" {
		return 0, false
	}
	if n, ok = b.byFolded[folded]; !ok {
		n = b.append(name)
		b.byFolded[folded] = n
	}
	b.bySpelling[name] = n
	return n, true
}

// append gives a name the next number.
func (b *nameBuilder) append(name string) int {
	b.names, b.firsts = append(b.names, name), append(b.firsts, uint32(b.starts.len()-1))
	b.last = append(b.last, 0)
	return len(b.names) - 1
}

// claim gives a name a number, unless it has one.
func (b *nameBuilder) claim(n int, name string) {
	folded := text.Fold(name)
	if _, taken := b.byFolded[folded]; !taken && folded != "" {
		b.byFolded[folded] = n
	}
}
