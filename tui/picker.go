package tui

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
)

// A picker chooses values of a facet: type to narrow by any name in any script,
// with the count of events that each choice would show. Space marks several, and
// ! marks what to exclude.
type picker struct {
	window
	keys    keyMap
	facet   facet
	typed   string
	choices []choice // all, most shown first
	held    []string // wanted, whatever else is chosen
	marked  bool     // the query had marks
	touched bool     // a mark was changed
}

// A choice is a value with its counts, its names and its mark.
type choice struct {
	timeline.Count
	actor timeline.Actor // if it is one
	names []string       // folded
	mark  mark
}

// open fills the picker with the facet's values under all other filters, marked
// as the query has them.
func (p *picker) open(f facet, q timeline.Query) {
	*p = picker{window: window{w: p.w, h: p.h}, keys: p.keys, facet: f}
	marks := f.marks(q)
	p.held, _ = f.wants(f.others(q))
	for _, c := range f.t.TallyUnder(f.field, f.others(q)) {
		ch := choice{Count: c, actor: timeline.Actor{Name: c.Value}, mark: marks[c.Value]}
		if f.field == timeline.ActorField {
			ch.actor = f.t.Actor(c.Value)
		}
		for _, name := range ch.actor.Names() {
			ch.names = append(ch.names, timeline.Fold(name))
		}
		p.choices = append(p.choices, ch)
	}
	p.marked = len(marks) > 0
	p.narrow()
}

// solid is a name folded and without blanks: "kimjongun" finds him too.
func solid(s string) string {
	return strings.ReplaceAll(timeline.Fold(s), " ", "")
}

// renew fills the picker from another timeline; what was typed and marked stays.
func (p *picker) renew(t *timeline.Timeline, q timeline.Query) {
	before := *p
	p.open(facet{t, p.facet.field}, q)
	if before.touched {
		marks := make(map[string]mark)
		for _, c := range before.choices {
			marks[c.Value] = c.mark
		}
		for i := range p.choices {
			p.choices[i].mark = marks[p.choices[i].Value]
		}
	}
	p.touched, p.typed = before.touched, before.typed
	p.narrow()
}

func (p *picker) typeText(s string) { p.typed += timeline.Clean(s); p.narrow() }

func (p *picker) erase() { p.typed = erased(p.typed); p.narrow() }
func (p *picker) clear() { p.typed = ""; p.narrow() }

// narrow finds the choices that have what was typed in a name: first those with
// a word that begins so.
func (p *picker) narrow() {
	want := solid(p.typed)
	p.found = p.found[:0]
	var within []int
	for i, c := range p.choices {
		switch {
		case want == "" || c.begins(want):
			p.found = append(p.found, i)
		case slices.ContainsFunc(c.names, func(name string) bool { return strings.Contains(strings.ReplaceAll(name, " ", ""), want) }):
			within = append(within, i)
		}
	}
	p.found = append(p.found, within...)
	p.restart()
}

// begins reports whether a name has want from the beginning of one of its
// words.
func (c choice) begins(want string) bool {
	for _, name := range c.names {
		for rest := name; rest != ""; {
			if strings.HasPrefix(strings.ReplaceAll(rest, " ", ""), want) {
				return true
			}
			_, rest, _ = strings.Cut(rest, " ")
		}
	}
	return false
}

// goesOn reports whether a blank would go on with what was typed: some name has
// another word there.
func (p *picker) goesOn() bool {
	typed := timeline.Fold(p.typed)
	if typed == "" {
		return false
	}
	return slices.ContainsFunc(p.choices, func(c choice) bool {
		return slices.ContainsFunc(c.names, func(name string) bool {
			return strings.HasPrefix(name, typed+" ") || strings.Contains(name, " "+typed+" ")
		})
	})
}

// toggle marks the choice under the cursor, or unmarks it.
func (p *picker) toggle(m mark) {
	if len(p.found) == 0 {
		return
	}
	c := &p.choices[p.found[p.cursor]]
	if c.mark == m {
		m = unmarked
	}
	c.mark = m
	p.touched = true
}

// apply returns the query with the picker's choice in it: what is marked or, if
// no mark was touched, the choice under the cursor. Where the query has marks
// and nothing was typed or touched, it stays as it is.
func (p *picker) apply(q timeline.Query) timeline.Query {
	if !p.touched && (p.marked && p.typed == "" && p.cursor == 0 || len(p.found) == 0) {
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
		in = append(slices.Clone(p.held), p.choices[at].Value)
	}
	for i, c := range p.choices {
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
	marked := 0
	for _, c := range p.choices {
		if c.mark != unmarked {
			marked++
		}
	}
	count := fmt.Sprintf("%d of %s", len(p.found), timeline.Counted(len(p.choices), p.facet.field.String()))
	if marked > 0 {
		count += fmt.Sprintf(", %d marked", marked)
	}
	lines := []string{
		between(w, []span{{p.prompt(), s.strong}, {p.typed, s.text}}, []span{{count + " ", s.dim}}),
		between(w, []span{{"     name", s.dim}}, []span{{"shown/all ", s.dim}}),
	}
	if len(p.found) == 0 {
		lines = append(lines, row(w, span{fmt.Sprintf(" there is no %s of this name; %s widens", p.facet.field, p.keys.first("erase")), s.text}))
	}
	for i := p.top; i < len(p.found) && i < p.top+p.height(); i++ {
		lines = append(lines, p.viewChoice(s, p.choices[p.found[i]], i == p.cursor, w))
	}
	return pad(lines, w, p.h)
}

func (p *picker) caret() int { return width(p.prompt() + p.typed) }

func (p *picker) prompt() string { return " " + p.facet.field.String() + ": " }

func (p *picker) viewChoice(s *styles, c choice, cursor bool, w int) string {
	names := []string{}
	for _, n := range c.actor.Native {
		names = append(names, n.Name)
	}
	about := strings.Join(names, ", ")
	if c.actor.Role != "" && w >= 70 {
		if about != "" {
			about += ", "
		}
		about += c.actor.Role
	}
	counts := fitLeft(timeline.Grouped(c.Shown)+"/"+timeline.Grouped(c.All), 10) + " "
	head := fmt.Sprintf(" %s %s", c.mark, c.Value)
	if cursor {
		head = fmt.Sprintf(">%s %s", c.mark, c.Value)
	}
	room := w - width(counts) - 1
	if cursor {
		return s.cursor.Render(fit(head+"  "+about, room) + " " + counts)
	}
	text := highlight(head, timeline.Fold(p.typed), s.text, s.match)
	body := row(room, append(text, span{"  " + about, s.dim})...)
	return body + " " + s.dim.Render(counts)
}
