package pane

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Picker chooses values of a field. Typing narrows them by any name in any
// script, and each has the count of events that choosing it would show. Several
// can be included, or excluded. The last row says what accepting would do. The
// choices appear when they are counted; text typed before that is kept.
type Picker struct {
	filterList
	Counting bool // the choices are being counted

	shown *Shown

	facet FacetQuery
	Choices
	named   int   // choices found by a name
	marked  []int // choices that are marked, in order
	touched bool  // a mark was changed
}

// Choices are all there is to choose from, with the filter's marks.
type Choices struct {
	all   []choice // marked first, then most shown first
	names nameIndex
	roles []string // folded, after a blank
	held  []string // included, whatever else is chosen
	asked bool     // the filter has marks
}

// A choice is a value with its counts and its mark.
type choice struct {
	timeline.Count
	mark Mark
}

// NewPicker returns a picker for the values of a field, without its choices.
func NewPicker(s *Shown, field timeline.Field) Picker {
	return Picker{filterList: filterList{label: field.String()}, shown: s, facet: FacetQuery{s.Timeline, field}, Counting: true}
}

// Hand hands the picker other events, whose choices are still to be counted.
func (p *Picker) Hand(s *Shown) { p.shown, p.facet.Timeline, p.Counting = s, s.Timeline, true }

// Resize leaves the last row to what accepting would do.
func (p *Picker) Resize(w, h int) { p.filterList.Resize(w, max(1, h-1)) }

// Field is the field whose values are chosen.
func (p *Picker) Field() timeline.Field { return p.facet.Field }

// CountChoices counts the values of a field under all other terms of the filter.
func CountChoices(s *Shown, field timeline.Field) Choices {
	f := FacetQuery{s.Timeline, field}
	var c Choices
	marks := f.marks(s.Query)
	c.held, _ = f.values(f.Others(s.Query))
	c.asked = len(marks) > 0
	var names [][]string
	for _, count := range f.TallyUnder(field, f.Others(s.Query)) {
		c.all = append(c.all, choice{count, marks[count.Value]})
	}
	slices.SortStableFunc(c.all, func(a, b choice) int { return cmp.Compare(a.mark-1, b.mark-1) }) // below the first, unmarked is the last
	for _, count := range c.all {
		actor := f.actor(count.Value)
		names = append(names, actor.Names())
		c.roles = append(c.roles, " "+text.Fold(actor.Role))
	}
	c.names = indexNames(names)
	return c
}

// actor is the register's entry for a value, or its name alone.
func (f FacetQuery) actor(value string) timeline.Actor {
	if f.Field == timeline.ActorField {
		return f.Actor(value)
	}
	return timeline.Actor{Name: value}
}

// Fill takes the choices. Marks that the reader changed stay.
func (p *Picker) Fill(c Choices) {
	if p.touched {
		marks := make(map[string]Mark)
		for _, i := range p.marked {
			marks[p.all[i].Value] = p.all[i].mark
		}
		for i := range c.all {
			c.all[i].mark = marks[c.all[i].Value]
		}
	}
	here := ""
	if i, ok := p.Chosen(); ok {
		here = p.all[i].Value
	}
	p.Choices, p.marked, p.Counting = c, nil, false
	for i, c := range c.all {
		if c.mark != Unmarked {
			p.marked = append(p.marked, i)
		}
	}
	p.Narrow(p.typed)
	if n := slices.IndexFunc(p.found, func(i int) bool { return p.all[i].Value == here }); n > 0 {
		p.Move(n)
	}
}

// Narrow finds the choices that have the text in a name, first those with a word
// that begins with it, and last those that have every word of it in their role.
func (p *Picker) Narrow(typed string) {
	p.restart(typed)
	p.named = 0
	if want := solid(p.typed); want != "" {
		begun, within := p.names.find(want)
		p.found = append(append(p.found, begun...), within...)
		p.named = len(p.found)
		named := slices.Sorted(slices.Values(p.found))
		words := strings.Fields(text.Fold(p.typed))
		for i, role := range p.roles {
			if _, is := slices.BinarySearch(named, i); !is && hasWords(role, words) {
				p.found = append(p.found, i)
			}
		}
	} else {
		for i := range p.all {
			p.found = append(p.found, i)
		}
	}
}

// hasWords reports whether each word begins a word of a role.
func hasWords(role string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(role, " "+word) })
}

// GoesOn reports whether a blank would continue the text: some name has another
// word there or, where no name has the text, some role.
func (p *Picker) GoesOn() bool {
	words := strings.Fields(text.Fold(p.typed))
	if p.named > 0 || len(p.found) == 0 || len(words) == 0 {
		return p.names.goesOn(solid(p.typed))
	}
	return slices.ContainsFunc(p.found, func(i int) bool { return strings.Contains(p.roles[i], " "+words[len(words)-1]+" ") })
}

// Toggle marks the choice under the cursor, or unmarks it.
func (p *Picker) Toggle(m Mark) {
	i, ok := p.Chosen()
	if !ok {
		return
	}
	c := &p.all[i]
	if c.mark == m {
		m = Unmarked
	}
	at, was := slices.BinarySearch(p.marked, i)
	switch {
	case was && m == Unmarked:
		p.marked = slices.Delete(p.marked, at, at+1)
	case !was:
		p.marked = slices.Insert(p.marked, at, i)
	}
	c.mark, p.touched = m, true
}

// Empty reports whether there is nothing to apply: no match, and no mark changed.
func (p *Picker) Empty() bool { return len(p.found) == 0 && !p.touched }

// keeps reports whether accepting leaves the filter as it is: it has marks, and
// nothing was typed, moved or changed.
func (p *Picker) keeps() bool {
	return !p.touched && (p.asked && p.typed == "" && p.cursor == 0 || len(p.found) == 0)
}

// Apply returns the query with the picker's choice in it: the marks or, if none
// was changed, the choice under the cursor.
func (p *Picker) Apply(q timeline.Query) timeline.Query {
	if p.keeps() {
		return q
	}
	in, out := p.chosen()
	return p.facet.write(q, in, out)
}

// chosen lists the values to include and to exclude.
func (p *Picker) chosen() (in, out []string) {
	at := -1
	if !p.touched {
		at = p.found[p.cursor]
		in = append(slices.Clone(p.held), p.all[at].Value)
	}
	for _, i := range p.marked {
		switch c := p.all[i]; {
		case i == at:
		case c.mark == Excluded:
			out = append(out, c.Value)
		case p.touched:
			in = append(in, c.Value)
		}
	}
	return in, out
}

// outcome says what the filter on the field will be once it is accepted.
func (p *Picker) outcome() string {
	if p.keeps() {
		return "no change"
	}
	in, out := p.chosen()
	q := p.facet.write(p.shown.Query, in, out)
	if q.String() == p.shown.Query.String() {
		return "no change"
	}
	held := keep(p.held, in)
	wanted := slices.Clone(held)
	if rest := drop(in, held); len(rest) > 0 {
		wanted = append(wanted, listed(rest, "or"))
	}
	said := "any " + p.facet.Field.String()
	if len(wanted) > 0 {
		said = "only " + strings.Join(wanted, " together with ")
	}
	if len(out) > 0 {
		said += ", not " + listed(out, "or")
	}
	before, _ := p.facet.values(p.shown.Query)
	if gone := drop(before, in); len(gone) > 0 && len(in) > 0 {
		said += ", instead of " + listed(gone, "and")
	}
	return said
}

// listed joins values, and counts them if they are many.
func listed(values []string, word string) string {
	switch n := len(values); {
	case n == 1:
		return values[0]
	case n > 3:
		return fmt.Sprintf("%s, %s %s %d more", values[0], values[1], word, n-2)
	default:
		return strings.Join(values[:n-1], ", ") + " " + word + " " + values[n-1]
	}
}

// viewOutcome says what accepting would do and, where it has room, what marking the
// choice under the cursor would do.
func (p *Picker) viewOutcome(s *Styles, w int) string {
	if p.Counting || p.Empty() {
		return row(w)
	}
	spans := []span{{" ", s.text}, {s.keyOf("pick"), s.key}, {": " + p.outcome(), s.text}}
	if i, ok := p.Chosen(); ok {
		does := "adds " + p.all[i].Value
		switch {
		case p.all[i].mark == Included:
			does = "drops " + p.all[i].Value
		case len(p.marked) == 0:
			does = "choose several"
		}
		if mark := []span{{"   ", s.text}, {s.keyOf("pick-mark"), s.key}, {": " + does, s.text}}; cells(spans)+cells(mark) <= w {
			spans = append(spans, mark...)
		}
	}
	return row(w, spans...)
}

// widestPicker keeps a name and its counts within one glance.
const widestPicker = 96

func (p *Picker) View(s *Styles) []string {
	w := min(p.w, widestPicker)
	count := fmt.Sprintf("%s of %s", text.Grouped(len(p.found)), text.Counted(len(p.all), p.facet.Field.String()))
	if n := len(p.marked); n > 0 {
		count += fmt.Sprintf(", %s marked", text.Grouped(n))
	}
	if p.Counting {
		count = "counting…"
	}
	heading := between(w, []span{{"     name", s.dim}}, []span{{countsOf(p.shown), s.dim}})
	var none []string
	if !p.Counting {
		none = []string{noMatch(s, w)}
	}
	lines := p.view(s, w, count, heading, none, func(i int, cursor bool) string { return p.viewChoice(s, p.all[i], cursor, w) })
	margin := strings.Repeat(" ", p.w-w)
	for i := range lines {
		lines[i] += margin
	}
	return append(lines, p.viewOutcome(s, p.w))
}

func (p *Picker) viewChoice(s *Styles, c choice, cursor bool, w int) string {
	names := []string{}
	actor := p.facet.actor(c.Value)
	for _, n := range actor.Native {
		names = append(names, n.Name)
	}
	about := strings.Join(names, ", ")
	if actor.Role != "" && w >= 70 {
		if about != "" {
			about += ", "
		}
		about += actor.Role
	}
	counts := text.Grouped(c.All)
	if !p.shown.Query.Empty() {
		counts = text.Grouped(c.Shown) + "/" + counts
	}
	counts = fitLeft(counts, max(10, 2*width(text.Grouped(p.facet.Len()))+1)) + " "
	head := fmt.Sprintf("%s %s", c.mark, c.Value)
	room := w - width(counts) - 1
	if cursor {
		return s.cursor.Render(fit(">"+head+"  "+about, room) + " " + counts)
	}
	spans := highlight(" "+head, text.Fold(p.typed), s.text, s.match)
	return row(room, append(spans, span{"  " + about, s.dim})...) + " " + s.dim.Render(counts)
}

// Spoken says in words which choice the cursor is on.
func (p *Picker) Spoken() string {
	typed := ""
	if p.typed != "" {
		typed = "“" + p.typed + "”"
	}
	i, ok := p.Chosen()
	switch {
	case p.Counting:
		return spoken(typed, "Counting…")
	case !ok:
		return spoken(typed, "No match")
	}
	c := p.all[i]
	return spoken(typed, c.Value, p.facet.actor(c.Value).Role, c.mark.Spoken(), "accepting: "+p.outcome(),
		fmt.Sprintf("%s of %s", text.Grouped(c.Shown), text.Counted(c.All, "event")), nth(p.cursor, len(p.found)))
}
