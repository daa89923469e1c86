package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// facets is a column of the fields by which the filter narrows what is shown,
// each with its most frequent values. Beside a value stands how many events have
// it: of those that all other terms leave, and of all. Since that takes its time
// with many events, no key waits for it: the counts are filled in when they are
// there.
type facets struct {
	t     *timeline.Timeline
	keys  keyMap
	query timeline.Query

	counts [][]timeline.Count // of each of facetFields; nil until they are there
	stale  bool               // they are to be counted anew, once they are on screen

	lines  []facetLine // laid out for the counts, the query and the height
	laid   bool
	cursor int // in lines; never on a heading
	top    int // of the lines in view
	w, h   int
}

// facetFields are the facets, from the top.
var facetFields = [...]timeline.Field{
	timeline.StatusField, timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.OriginsField,
}

// A facetLine is a line of the column.
type facetLine struct {
	field timeline.Field
	kind  facetKind
	count timeline.Count // of a value
	mark  mark
	more  int // how many values are not listed
}

type facetKind byte

const (
	headingLine facetKind = iota
	valueLine
	moreLine
)

// set changes what is counted.
func (p *facets) set(t *timeline.Timeline, q timeline.Query) {
	p.t, p.query, p.stale, p.laid = t, q, true, false
}

// tally counts the values of all facets under a query, or ends early when ctx is
// done.
func tally(ctx context.Context, t *timeline.Timeline, q timeline.Query) [][]timeline.Count {
	counts := make([][]timeline.Count, len(facetFields))
	for i, field := range facetFields {
		if ctx.Err() != nil {
			return nil
		}
		counts[i] = t.TallyUnder(field, facet{t, field}.others(q))
		if field == timeline.OriginsField {
			slices.SortFunc(counts[i], func(a, b timeline.Count) int { return cmp.Compare(a.Value, b.Value) })
		}
	}
	return counts
}

// fill takes the counts.
func (p *facets) fill(counts [][]timeline.Count) { p.counts, p.laid = counts, false }

func (p *facets) resize(w, h int) { p.w, p.h, p.laid = w, h, false }

// height is the number of lines in view, below the title.
func (p *facets) height() int { return max(1, p.h-1) }

// lay makes the lines, unless they are made. The cursor stays on its value.
func (p *facets) lay() {
	if p.laid {
		return
	}
	p.laid = true
	here, had := p.at()
	p.lines = nil
	for i, n := range p.share() {
		p.layFacet(facetFields[i], p.counts[i], n)
	}
	p.cursor = min(p.cursor, len(p.lines)-1)
	if i := slices.IndexFunc(p.lines, func(l facetLine) bool { return had && l.same(here) }); i >= 0 {
		p.cursor = i
	}
	p.step(0)
}

// same reports whether two lines stand for the same.
func (l facetLine) same(other facetLine) bool {
	return l.field == other.field && l.kind == other.kind && l.count.Value == other.count.Value
}

// leastValues is how many lines a facet has at least, if it has so many values.
const leastValues = 4

// share says how many lines each facet has below its heading: the statuses are
// all listed, and so are the numbers of origins, which are no more than
// leastValues; the others share what is left, a line each in turn.
func (p *facets) share() []int {
	lines := make([]int, len(p.counts))
	left := p.height() - len(p.counts) // for headings
	for i, counts := range p.counts {
		lines[i] = min(len(counts), leastValues)
		if facetFields[i] == timeline.StatusField {
			lines[i] = len(counts)
		}
		left -= lines[i]
	}
	for given := true; given && left > 0; {
		given = false
		for i, counts := range p.counts {
			if left > 0 && lines[i] < len(counts) {
				lines[i]++
				left--
				given = true
			}
		}
	}
	return lines
}

// layFacet makes a heading and n lines below it. Of many values it lists those
// that are marked, then the most frequent, and says how many more there are.
func (p *facets) layFacet(field timeline.Field, counts []timeline.Count, n int) {
	p.lines = append(p.lines, facetLine{field: field, kind: headingLine})
	if n < len(counts) {
		n-- // for the line that says so
	}
	marks := facet{p.t, field}.marks(p.query)
	listed := make(map[int]bool)
	for _, marked := range []bool{true, false} {
		for i, c := range counts {
			if len(listed) == n || marked && len(marks) == 0 {
				break
			}
			if !marked || marks[c.Value] != unmarked {
				listed[i] = true
			}
		}
	}
	for i, c := range counts {
		if listed[i] {
			p.lines = append(p.lines, facetLine{field: field, kind: valueLine, count: c, mark: marks[c.Value]})
		}
	}
	if more := len(counts) - n; more > 0 {
		p.lines = append(p.lines, facetLine{field: field, kind: moreLine, more: more})
	}
}

// at returns the line that the cursor is on, if there is any.
func (p *facets) at() (facetLine, bool) {
	if p.cursor < 0 || p.cursor >= len(p.lines) {
		return facetLine{}, false
	}
	return p.lines[p.cursor], true
}

// move moves the cursor by so many lines.
func (p *facets) move(n int) {
	p.lay()
	p.step(n)
}

// step moves the cursor over headings.
func (p *facets) step(n int) {
	var stops []int
	here := 0
	for i, l := range p.lines {
		if l.kind == headingLine {
			continue
		}
		if i <= p.cursor {
			here = len(stops)
		}
		stops = append(stops, i)
	}
	if len(stops) == 0 {
		return
	}
	p.cursor = stops[max(0, min(here+n, len(stops)-1))]
	first := p.cursor
	if p.lines[first-1].kind == headingLine {
		first-- // a value is seen under its heading
	}
	p.top = max(0, min(p.top, first, len(p.lines)-p.height()))
	p.top = max(p.top, p.cursor-p.height()+1)
}

// clicked puts the cursor on the y-th line in view, below the title, and reports
// whether it was there already.
func (p *facets) clicked(y int) bool {
	at := p.top + y - 1
	if y < 1 || at >= len(p.lines) || p.lines[at].kind == headingLine {
		return false
	}
	was := p.cursor
	p.cursor = at
	return at == was
}

// widestFacets keeps a name and its counts within one glance.
const widestFacets = 60

// view draws the facets in exactly their size.
func (p *facets) view(s *styles, focused bool) []string {
	p.lay()
	rule := s.dim
	if focused {
		rule = s.strong
	}
	name := fmt.Sprintf("facets (%s)", p.keys.first("facets"))
	lines := []string{row(p.w, span{"─ ", rule}, span{name, s.strong}, span{" " + strings.Repeat("─", max(0, p.w-width(name)-3)), rule})}
	w := min(p.w, widestFacets)
	margin := strings.Repeat(" ", p.w-w)
	for i := p.top; i < len(p.lines) && i < p.top+p.height(); i++ {
		lines = append(lines, p.viewLine(s, i, focused && i == p.cursor, w)+margin)
	}
	return pad(lines, p.w, p.h)
}

func (p *facets) viewLine(s *styles, i int, cursor bool, w int) string {
	l := p.lines[i]
	about, count := "", ""
	switch l.kind {
	case headingLine:
		if i == 0 {
			about = "shown/all "
		}
		name := l.field.String()
		return between(w, []span{{" " + strings.ToUpper(name[:1]) + name[1:], s.strong}}, []span{{about, s.dim}})
	case moreLine:
		picks := "Enter"
		if l.field == timeline.ActorField {
			picks = p.keys.first("pick-actors")
		}
		about = fmt.Sprintf("     … %s more: %s picks", text.Grouped(l.more), picks)
	default:
		about = " " + l.mark.String() + " " + l.label()
		count = p.number(l.count.Shown) + "/" + p.number(l.count.All) + " "
	}
	if cursor {
		return s.cursor.Render(fit(">"+about, w-width(count)-1) + " " + count)
	}
	return row(w-width(count)-1, l.spans(s, " "+about)...) + " " + s.dim.Render(count)
}

// label is how a value is written for people.
func (l facetLine) label() string {
	switch l.field {
	case timeline.StatusField:
		return l.status().Short() + " " + l.count.Value
	case timeline.OriginsField:
		switch l.count.Value {
		case "1":
			return "1 origin"
		case ">=3":
			return "3 or more"
		}
		return l.count.Value + " origins"
	}
	return l.count.Value
}

func (l facetLine) status() timeline.Status {
	status, _ := timeline.ParseStatus(l.count.Value)
	return status
}

// spans styles the text of a line: a value that no event shown has is pale, and
// a status has its colour.
func (l facetLine) spans(s *styles, text string) []span {
	switch {
	case l.count.Shown == 0:
		return []span{{text, s.dim}}
	case l.field == timeline.StatusField:
		head, word, _ := strings.Cut(text, l.status().Short())
		return []span{{head, s.text}, {l.status().Short(), s.status[l.status()]}, {word, s.text}}
	}
	return []span{{text, s.text}}
}

// number writes a count, in few digits where there is little room.
func (p *facets) number(n int) string {
	switch {
	case p.w >= 45 || n < 10_000:
		return text.Grouped(n)
	case n < 10_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%dM", n/1_000_000)
}
