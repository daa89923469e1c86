package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A picker chooses values of a facet: type to narrow by any name in any script,
// with the count of events that each choice would show. Space marks several, and
// ! marks what to exclude. The choices are there when they are counted; what is
// typed before is not lost.
type picker struct {
	window
	keys  keyMap
	facet facet
	typed string
	choices
	marked   int  // how many choices are
	touched  bool // a mark was changed
	counting bool // the choices are
}

// choices are all there is to choose from, and what the query says of it.
type choices struct {
	all   []choice // most shown first
	names nameList
	held  []string // wanted, whatever else is chosen
	asked bool     // the query had marks
}

// A choice is a value with its counts and its mark.
type choice struct {
	timeline.Count
	mark mark
}

// open empties the picker, to be filled with a facet's values.
func (p *picker) open(f facet) {
	*p = picker{window: window{w: p.w, h: p.h}, keys: p.keys, facet: f}
}

// countChoices has the values of the facet counted under all other filters. What
// is typed and marked meanwhile stays.
func (m *model) countChoices() {
	f, q := m.picker.facet, m.query
	m.picker.counting = true
	m.send(forChoices, f.t.Len(), func(context.Context) func(*model) {
		counted := f.choices(q)
		return func(m *model) {
			m.picker.fill(counted)
		}
	})
}

// choices counts the values of the facet, marked as the query has them.
func (f facet) choices(q timeline.Query) choices {
	var c choices
	marks := f.marks(q)
	c.held, _ = f.wants(f.others(q))
	c.asked = len(marks) > 0
	var names [][]string
	for _, count := range f.t.TallyUnder(f.field, f.others(q)) {
		c.all = append(c.all, choice{count, marks[count.Value]})
		actor := f.actor(count.Value)
		names = append(names, actor.Names())
	}
	c.names = namesOf(names)
	return c
}

// actor is the register's entry of a value, or its name alone.
func (f facet) actor(value string) timeline.Actor {
	if f.field == timeline.ActorField {
		return f.t.Actor(value)
	}
	return timeline.Actor{Name: value}
}

// fill takes the choices. Marks that the reader changed stay.
func (p *picker) fill(c choices) {
	if p.touched {
		marks := make(map[string]mark)
		for _, c := range p.all {
			if c.mark != unmarked {
				marks[c.Value] = c.mark
			}
		}
		for i := range c.all {
			c.all[i].mark = marks[c.all[i].Value]
		}
	}
	here := ""
	if p.cursor < len(p.found) {
		here = p.all[p.found[p.cursor]].Value
	}
	p.choices, p.marked, p.counting = c, 0, false
	for _, c := range c.all {
		if c.mark != unmarked {
			p.marked++
		}
	}
	p.narrow()
	if n := slices.IndexFunc(p.found, func(i int) bool { return p.all[i].Value == here }); n > 0 {
		p.move(n)
	}
}

// solid is a name folded and without blanks: "kimjongun" finds him too.
func solid(s string) string {
	return strings.ReplaceAll(text.Fold(s), " ", "")
}

func (p *picker) typeText(s string) { p.typed += text.Clean(s); p.narrow() }

func (p *picker) erase() { p.typed = erased(p.typed); p.narrow() }
func (p *picker) clear() { p.typed = ""; p.narrow() }

// narrow finds the choices that have what was typed in a name: first those with
// a word that begins so.
func (p *picker) narrow() {
	p.found = p.found[:0]
	if want := solid(p.typed); want != "" {
		begun, within := p.names.find(want)
		p.found = append(append(p.found, begun...), within...)
	} else {
		for i := range p.all {
			p.found = append(p.found, i)
		}
	}
	p.restart()
}

// goesOn reports whether a blank would go on with what was typed: some name has
// another word there.
func (p *picker) goesOn() bool { return p.names.goesOn(solid(p.typed)) }

// toggle marks the choice under the cursor, or unmarks it.
func (p *picker) toggle(m mark) {
	if len(p.found) == 0 {
		return
	}
	c := &p.all[p.found[p.cursor]]
	if c.mark != unmarked {
		p.marked--
	}
	if c.mark == m {
		m = unmarked
	}
	if c.mark = m; m != unmarked {
		p.marked++
	}
	p.touched = true
}

// apply returns the query with the picker's choice in it: what is marked or, if
// no mark was touched, the choice under the cursor. Where the query has marks
// and nothing was typed or touched, it stays as it is.
func (p *picker) apply(q timeline.Query) timeline.Query {
	if !p.touched && (p.asked && p.typed == "" && p.cursor == 0 || len(p.found) == 0) {
		return q
	}
	in, out := p.chosen()
	return p.facet.write(q, in, out)
}

// chosen lists the values to want and those to exclude.
func (p *picker) chosen() (in, out []string) {
	at := -1
	if !p.touched {
		at = p.found[p.cursor]
		in = append(slices.Clone(p.held), p.all[at].Value)
	}
	for i, c := range p.all {
		switch {
		case i == at:
		case c.mark == excluded:
			out = append(out, c.Value)
		case c.mark == wanted && p.touched:
			in = append(in, c.Value)
		}
	}
	return in, out
}

// widestPicker keeps a name and its counts within one glance.
const widestPicker = 96

// view draws the picker in exactly its size.
func (p *picker) view(s *styles) []string {
	margin := strings.Repeat(" ", max(0, p.w-widestPicker))
	lines := p.draw(s, min(p.w, widestPicker))
	for i := range lines {
		lines[i] += margin
	}
	return lines
}

func (p *picker) draw(s *styles, w int) []string {
	count := fmt.Sprintf("%s of %s", text.Grouped(len(p.found)), text.Counted(len(p.all), p.facet.field.String()))
	if p.marked > 0 {
		count += fmt.Sprintf(", %s marked", text.Grouped(p.marked))
	}
	if p.counting {
		count = "counting…"
	}
	lines := []string{
		between(w, []span{{p.prompt(), s.strong}, {p.typed, s.text}}, []span{{count + " ", s.dim}}),
		between(w, []span{{"     name", s.dim}}, []span{{"shown/all ", s.dim}}),
	}
	if len(p.found) == 0 && !p.counting {
		lines = append(lines, row(w, span{fmt.Sprintf(" there is no %s of this name; %s widens", p.facet.field, p.keys.first("erase")), s.text}))
	}
	for i := p.top; i < len(p.found) && i < p.top+p.height(); i++ {
		lines = append(lines, p.viewChoice(s, p.all[p.found[i]], i == p.cursor, w))
	}
	return pad(lines, w, p.h)
}

func (p *picker) caret() int { return width(p.prompt() + p.typed) }

func (p *picker) prompt() string { return " " + p.facet.field.String() + ": " }

func (p *picker) viewChoice(s *styles, c choice, cursor bool, w int) string {
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
	most := width(text.Grouped(p.facet.t.Len()))
	counts := fitLeft(text.Grouped(c.Shown)+"/"+text.Grouped(c.All), max(10, 2*most+1)) + " "
	head := fmt.Sprintf(" %s %s", c.mark, c.Value)
	if cursor {
		head = fmt.Sprintf(">%s %s", c.mark, c.Value)
	}
	room := w - width(counts) - 1
	if cursor {
		return s.cursor.Render(fit(head+"  "+about, room) + " " + counts)
	}
	text := highlight(head, text.Fold(p.typed), s.text, s.match)
	body := row(room, append(text, span{"  " + about, s.dim})...)
	return body + " " + s.dim.Render(counts)
}
