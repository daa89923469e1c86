package pane

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Pairs lists the actors of the events shown and, beside them, the company of the
// one under the cursor: everybody named with that actor, how often, in which
// months, and when last. Typing narrows the list that has the keys. Where there is
// no room for both lists, that one is drawn alone.
type Pairs struct {
	shown     *Shown
	actors    roll
	company   roll
	of        Company
	inCompany bool // the company has the keys
	w, h      int
}

// A roll is one of the two lists.
type roll struct {
	filterList
	rows    []timeline.Companion
	names   nameIndex
	counted bool
}

// A Company is everybody named together with an actor, most often first.
type Company struct {
	actor  string
	others []timeline.Companion
	names  nameIndex
	months months
}

// CountCompany counts everybody whom the events shown name together with an actor;
// with "", everybody whom they name. It ends early when ctx is done.
func CountCompany(ctx context.Context, s *Shown, actor string) Company {
	c := Company{actor: actor}
	if actor != "" {
		c.months = s.months()
	}
	c.others = s.Companions(ctx, s.Rows, actor, c.months.edges)
	names := make([][]string, len(c.others))
	for i := range c.others {
		other := s.Actor(c.others[i].Name)
		names[i] = other.Names()
	}
	c.names = indexNames(names)
	return c
}

// Show hands the pairs other events, whose actors are still to be counted.
func (p *Pairs) Show(s *Shown) {
	p.shown, p.actors.counted, p.of = s, false, Company{}
}

// Wanted is the actor whose company is still to be counted; counted is false
// while it is. It is "" where the actors are to be counted first.
func (p *Pairs) Wanted() (actor string, counted bool) {
	if !p.actors.counted {
		return "", false
	}
	actor = p.actors.name()
	return actor, actor == p.of.actor || actor == ""
}

// Fill takes what was counted. The cursor stays on its actor.
func (p *Pairs) Fill(c Company) {
	if c.actor == "" {
		p.actors.fill(c)
		if p.actors.name() == "" {
			p.company.fill(Company{}) // nobody's, and no longer of other events
		}
		return
	}
	if p.of.actor != "" && p.of.actor != c.actor {
		p.company.restart("")
	}
	p.of = c
	p.company.fill(c)
}

func (r *roll) fill(c Company) {
	here := r.name()
	r.rows, r.names, r.counted = c.others, c.names, true
	r.narrow(r.typed)
	if n := slices.IndexFunc(r.found, func(i int) bool { return r.rows[i].Name == here }); n > 0 {
		r.Move(n)
	}
}

// narrow finds the rows that have the text in a name, first those with a word that
// begins with it.
func (r *roll) narrow(typed string) {
	r.restart(typed)
	if want := solid(typed); want != "" {
		begun, within := r.names.find(want)
		r.found = append(append(r.found, begun...), within...)
		return
	}
	for i := range r.rows {
		r.found = append(r.found, i)
	}
}

// at is the row under the cursor, or nil.
func (r *roll) at() *timeline.Companion {
	if i, ok := r.Chosen(); ok {
		return &r.rows[i]
	}
	return nil
}

func (r *roll) name() string {
	if c := r.at(); c != nil {
		return c.Name
	}
	return ""
}

// keyed is the list that has the keys.
func (p *Pairs) keyed() *roll {
	if p.inCompany {
		return &p.company
	}
	return &p.actors
}

// Names returns the actor under the cursor and the other one, or "".
func (p *Pairs) Names() (actor, with string) {
	if actor = p.actors.name(); actor == p.of.actor {
		with = p.company.name()
	}
	return actor, with
}

// Sideways gives the keys to the company, or to the actors.
func (p *Pairs) Sideways(right bool) { p.inCompany = right }

// InCompany reports whether the company has the keys.
func (p *Pairs) InCompany() bool { return p.inCompany }

func (p *Pairs) Move(n int)          { p.keyed().Move(n) }
func (p *Pairs) MoveFar(down bool)   { p.Move(far(down, len(p.keyed().found))) }
func (p *Pairs) Height() int         { return p.keyed().Height() }
func (p *Pairs) Typed() string       { return p.keyed().typed }
func (p *Pairs) Narrow(typed string) { p.keyed().narrow(typed) }

// Caret is the cell in the first line where the next letter goes.
func (p *Pairs) Caret() int { return width(" " + p.prompt()) }

func (p *Pairs) prompt() string {
	if p.inCompany {
		return "with: " + p.company.typed
	}
	return "actor: " + p.actors.typed
}

// Resize gives the lists all rows but the title, the heads and the caption.
func (p *Pairs) Resize(w, h int) {
	p.w, p.h = w, h
	p.actors.Resize(w, h-1)
	p.company.Resize(w, h-1)
}

// split is the width of the actors beside their company, or 0 where one list is
// drawn alone.
func (p *Pairs) split() int {
	if p.w < 60 {
		return 0
	}
	return min(max(p.w*13/40, 27), 48)
}

// Click puts the cursor on the row in a cell of the screen, and reports whether it
// was there already.
func (p *Pairs) Click(x, y int) bool {
	if split := p.split(); split > 0 && y >= 2 && y < p.h-1 {
		was := p.inCompany
		p.Sideways(x > split)
		return p.keyed().Click(y) && was == p.inCompany
	}
	return y < p.h-1 && p.keyed().Click(y)
}

func (p *Pairs) View(s *Styles) []string {
	lines := []string{p.viewTitle(s)}
	switch split := p.split(); {
	case !p.actors.counted:
		lines = append(lines, row(p.w, span{" Counting the events shown…", s.text}))
		return pad(lines, p.w, p.h)
	case len(p.actors.rows) == 0:
		lines = append(lines, row(p.w, span{" No event shown names an actor.", s.text}))
		return pad(lines, p.w, p.h)
	case split > 0:
		lines = append(lines, Beside(s, p.viewActors(s, split), p.viewCompany(s, p.w-split-1), false)...)
	case p.inCompany:
		lines = append(lines, p.viewCompany(s, p.w)...)
	default:
		lines = append(lines, p.viewActors(s, p.w)...)
	}
	if p.h > 4 {
		lines = append(lines[:min(len(lines), p.h-1)], p.viewCaption(s))
	}
	return pad(lines, p.w, p.h)
}

func (p *Pairs) viewTitle(s *Styles) string {
	if p.keyed().typed != "" {
		return row(p.w, span{" " + p.prompt(), s.strong})
	}
	years := ""
	if from, to := p.of.months.years(); from != "" {
		years = " " + from + " ─"
		if to != from {
			years = " " + from + " to " + to + " ─"
		}
	}
	return titled(p.w-width(years), s, s.dim, "who with whom") + s.dim.Render(years)
}

// roomForRows is how many rows of a list are drawn, below its head.
func (p *Pairs) roomForRows() int { return p.actors.Height() }

// viewRoll draws a head and the rows in view.
func (p *Pairs) viewRoll(s *Styles, r *roll, w int, head, tail string, keyed bool, draw func(*timeline.Companion) []span) []string {
	const counts = len("  events ")
	tailed := width(tail)
	lines := []string{row(w, span{fit(" "+head, w-counts-tailed), s.strong}, span{fitLeft("events ", counts) + tail, s.dim})}
	for n := r.top; n < len(r.found) && n < r.top+p.roomForRows(); n++ {
		c := &r.rows[r.found[n]]
		name := fitName(c.Name, w-3-counts-tailed)
		count := fitLeft(text.Grouped(c.Events)+" ", counts)
		switch {
		case n != r.cursor:
			spans := append([]span{{"   ", s.text}}, highlight(name, text.Fold(r.typed), s.text, s.match)...)
			lines = append(lines, row(w, append(append(spans, span{count, s.dim}), draw(c)...)...))
		case keyed:
			lines = append(lines, s.cursor.Render(row(w, plainly(append([]span{{" > " + name + count, s.text}}, draw(c)...))...)))
		default:
			lines = append(lines, s.strong.Render(row(w, plainly(append([]span{{" > " + name + count, s.text}}, draw(c)...))...)))
		}
	}
	return pad(lines, w, p.roomForRows()+1)
}

// plainly takes the styles off spans.
func plainly(spans []span) []span {
	for i := range spans {
		spans[i].style = ink{}
	}
	return spans
}

func (p *Pairs) viewActors(s *Styles, w int) []string {
	head := text.Counted(len(p.actors.rows), "actor")
	if p.actors.typed != "" {
		head = text.Grouped(len(p.actors.found)) + " of " + head
	}
	lines := p.viewRoll(s, &p.actors, w, head, "", !p.inCompany, func(*timeline.Companion) []span { return nil })
	if len(p.actors.found) == 0 {
		lines[1] = noMatch(s, w)
	}
	return lines
}

func (p *Pairs) viewCompany(s *Styles, w int) []string {
	actor, counted := p.Wanted()
	switch {
	case actor == "":
		return pad(nil, w, p.roomForRows()+1)
	case !counted:
		return pad([]string{row(w, span{" " + actor, s.strong}), row(w, span{"   counting…", s.text})}, w, p.roomForRows()+1)
	case len(p.of.others) == 0:
		return pad([]string{row(w, span{" " + actor, s.strong}), row(w, span{"   named with nobody", s.text})}, w, p.roomForRows()+1)
	}
	head := fmt.Sprintf("%s with %s", actor, text.Counted(len(p.of.others), "other"))
	if p.company.typed != "" {
		head = fmt.Sprintf("%s with %s of %s", actor, text.Grouped(len(p.company.found)), text.Counted(len(p.of.others), "other"))
	}
	lastly, last := "last together ", len("  last together ")
	if w < 50 {
		lastly, last = "last ", len("  30 Dec 2024 ")
	}
	room := w - 3 - len("  events ") - last - 24 // for the months, beside a name
	if w < 50 {
		room = 0
	}
	label, merged := p.of.months.label(room)
	tail := label
	if label != "" {
		tail = "   " + label
	}
	tail += fitLeft(lastly, last)
	lines := p.viewRoll(s, &p.company, w, head, tail, p.inCompany, func(c *timeline.Companion) []span {
		var spans []span
		if label != "" {
			spans = append(spans, span{"   " + bars(c.Bins, merged, width(label)), s.date})
		}
		day := ""
		if c.Last >= 0 {
			day = dayWords(p.shown.Day(c.Last))
		}
		return append(spans, span{fitLeft(day+" ", last), s.text})
	})
	if len(p.company.found) == 0 {
		lines[1] = noMatch(s, w)
	}
	return lines
}

// viewCaption says what the cursors are on, and how far the lists go.
func (p *Pairs) viewCaption(s *Styles) string {
	r := p.keyed()
	rows := ""
	if n := len(r.found); n > p.roomForRows() {
		rows = fmt.Sprintf("rows %s–%s of %s ", text.Grouped(r.top+1), text.Grouped(min(n, r.top+p.roomForRows())), text.Grouped(n))
	}
	return between(p.w, []span{{" " + p.Caption(), s.strong}}, []span{{rows, s.dim}})
}

// Caption describes the pair under the cursors.
func (p *Pairs) Caption() string {
	actor, with := p.Names()
	c, who := p.company.at(), actor+" with "+with
	if with == "" {
		c, who = p.actors.at(), actor
	}
	if c == nil {
		return ""
	}
	said := who + ": " + text.Counted(c.Events, "event")
	if c.Last >= 0 {
		said += ", last " + dayWords(p.shown.Day(c.Last))
	}
	return said
}

// Spoken says in words which pair the cursors are on.
func (p *Pairs) Spoken() string {
	typed, r := "", p.keyed()
	if r.typed != "" {
		typed = "“" + r.typed + "”"
	}
	_, counted := p.Wanted()
	switch {
	case !counted:
		return spoken(typed, "Counting the events shown…")
	case len(p.actors.rows) == 0:
		return "No event shown names an actor"
	case len(r.found) == 0:
		return spoken(typed, "No match")
	}
	return spoken(typed, p.Caption(), nth(r.cursor, len(r.found)))
}

// dayWords writes a day with a short month.
func dayWords(d edtf.Day) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%d %s %s", day, time.Month(month).String()[:3], yearName(year))
}

// months divide the time of the events shown into bins of so many months each.
type months struct {
	each  int
	edges []edtf.Day // where each bin begins, and where the last ends
}

// mostBins is how many bins there are at most.
const mostBins = 36

func (s *Shown) months() months {
	n := s.Dated()
	if n == 0 {
		return months{}
	}
	month := func(k int) int {
		year, month, _ := s.Day(s.Rows.At(k)).Civil()
		return year*12 + month - 1
	}
	first, last := month(0), month(n-1)
	m := months{each: 1}
	for _, each := range []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600} {
		m.each = each
		if (last-first)/each < mostBins-1 {
			break
		}
	}
	for (last-first)/m.each >= mostBins-1 {
		m.each *= 10
	}
	for at := first - ((first%m.each)+m.each)%m.each; ; at += m.each {
		m.edges = append(m.edges, edtf.DayOf(0, at+1, 1))
		if at > last {
			return m
		}
	}
}

// years are the first and the last year, or "".
func (m months) years() (first, last string) {
	if len(m.edges) == 0 {
		return "", ""
	}
	from, _, _ := m.edges[0].Civil()
	to, _, _ := (m.edges[len(m.edges)-1] - 1).Civil()
	return yearName(from), yearName(to)
}

// label heads the bins in at most room cells, so many bins merged into one cell:
// the months' initials, or the first and the last year. It is empty without room.
func (m months) label(room int) (label string, merged int) {
	bins := len(m.edges) - 1
	if bins < 1 || room < 9 {
		return "", 0
	}
	merged = (bins + room - 1) / room
	n := (bins + merged - 1) / merged
	if m.each*merged == 1 {
		_, first, _ := m.edges[0].Civil()
		for k := range n {
			label += time.Month((first+k-1)%12 + 1).String()[:1]
		}
		return label, merged
	}
	first, last := m.years()
	return first + strings.Repeat(" ", max(1, n-width(first)-width(last))) + last, merged
}

// bars draws the events in bins, so many of them a cell, in w cells: each twice as
// many are an eighth more.
func bars(bins []int, merged, w int) string {
	var b strings.Builder
	for each := range slices.Chunk(bins, merged) {
		n := 0
		for _, events := range each {
			n += events
		}
		b.WriteString([...]string{" ", "▂", "▃", "▄", "▅", "▆", "▇", "█"}[min(bits.Len(uint(n)), 7)])
	}
	return fit(b.String(), w)
}
