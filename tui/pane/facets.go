package pane

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Facets is a column of fields to filter by, each with its most frequent values.
// Beside a value stands how many events have it: among those that all other terms
// leave, and in all. Counting takes a while with many events, so no key waits for
// it: the counts are filled in when they are ready.
type Facets struct {
	shown  *Shown
	counts [][]timeline.Count // of each of facetFields; nil until they are there
	stale  bool               // they are of another filter

	lines  []FacetLine // laid out for the counts, the filter and the height
	laid   bool
	cursor int // in lines; never on a heading
	top    int
	w, h   int
}

// facetFields are the facets, from the top.
var facetFields = [...]timeline.Field{
	timeline.StatusField, timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.OriginsField,
}

// A FacetLine is a line of the column.
type FacetLine struct {
	Field timeline.Field
	Kind  FacetKind
	Count timeline.Count // of a value
	Mark  Mark
	more  int // values that are not listed
}

// A FacetKind says what a line of the facets is.
type FacetKind byte

const (
	FacetHeading FacetKind = iota
	FacetValue
	FacetMore // stands for the values that are not listed
)

// Show hands the facets other events. If they are counted under another filter,
// the counts are stale.
func (p *Facets) Show(s *Shown, recount bool) {
	p.shown, p.stale, p.laid = s, p.stale || recount, p.laid && !recount
}

// Counted reports whether there are counts.
func (p *Facets) Counted() bool { return p.counts != nil }

// Stale reports, once, that the counts are of another filter.
func (p *Facets) Stale() bool {
	stale := p.stale
	p.stale = false
	return stale
}

// CountFacets counts the values of all facets, or ends early when ctx is done.
func CountFacets(ctx context.Context, s *Shown) [][]timeline.Count {
	counts := make([][]timeline.Count, len(facetFields))
	for i, field := range facetFields {
		if ctx.Err() != nil {
			return nil
		}
		counts[i] = s.TallyUnder(field, FacetQuery{s.Timeline, field}.Others(s.Query))
		if field == timeline.OriginsField {
			slices.SortFunc(counts[i], func(a, b timeline.Count) int { return cmp.Compare(a.Value, b.Value) })
		}
	}
	return counts
}

// Fill takes the counts.
func (p *Facets) Fill(counts [][]timeline.Count) { p.counts, p.laid = counts, false }

func (p *Facets) Resize(w, h int) {
	p.laid = p.laid && w == p.w && h == p.h
	p.w, p.h = w, h
}

// Height is the number of lines in view, below the title.
func (p *Facets) Height() int { return max(1, p.h-1) }

// Lay makes the lines, unless they are made. The cursor stays on its value.
func (p *Facets) Lay() {
	if p.laid || p.shown == nil {
		return
	}
	p.laid = true
	here, had := p.Line()
	p.lines = nil
	for i, n := range p.share() {
		p.layFacet(facetFields[i], p.counts[i], n)
	}
	p.cursor = min(p.cursor, len(p.lines)-1)
	if i := slices.IndexFunc(p.lines, func(l FacetLine) bool { return had && l.same(here) }); i >= 0 {
		p.cursor = i
	}
	p.step(0)
}

// same reports whether two lines stand for the same thing.
func (l FacetLine) same(other FacetLine) bool {
	return l.Field == other.Field && l.Kind == other.Kind && l.Count.Value == other.Count.Value
}

// leastValues is how many lines a facet has at least, if it has so many values.
const leastValues = 4

// share returns how many lines each facet has below its heading. The statuses are
// all listed, and so are the numbers of origins, which are no more than
// leastValues; the others share the rest, a line each in turn.
func (p *Facets) share() []int {
	lines := make([]int, len(p.counts))
	left := p.Height() - len(p.counts) // for headings
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
// that are marked, then the most frequent, and counts the others.
func (p *Facets) layFacet(field timeline.Field, counts []timeline.Count, n int) {
	p.lines = append(p.lines, FacetLine{Field: field, Kind: FacetHeading})
	if n < len(counts) {
		n-- // for the line that counts the others
	}
	marks := FacetQuery{p.shown.Timeline, field}.marks(p.shown.Query)
	listed := make(map[int]bool)
	for _, marked := range []bool{true, false} {
		for i, c := range counts {
			if len(listed) == n || marked && len(marks) == 0 {
				break
			}
			if !marked || marks[c.Value] != Unmarked {
				listed[i] = true
			}
		}
	}
	for i, c := range counts {
		if listed[i] {
			p.lines = append(p.lines, FacetLine{Field: field, Kind: FacetValue, Count: c, Mark: marks[c.Value]})
		}
	}
	if more := len(counts) - n; more > 0 {
		p.lines = append(p.lines, FacetLine{Field: field, Kind: FacetMore, more: more})
	}
}

// Lines are the lines as they are laid out.
func (p *Facets) Lines() []FacetLine { return p.lines }

// Line returns the line under the cursor, if there is one.
func (p *Facets) Line() (FacetLine, bool) {
	if p.cursor < 0 || p.cursor >= len(p.lines) {
		return FacetLine{}, false
	}
	return p.lines[p.cursor], true
}

func (p *Facets) Move(n int) { p.Lay(); p.step(n) }

// MoveFar moves the cursor to the last line, or to the first.
func (p *Facets) MoveFar(down bool) { p.Move(far(down, len(p.lines))) }

// step moves the cursor over headings.
func (p *Facets) step(n int) {
	var stops []int
	here := 0
	for i, l := range p.lines {
		if l.Kind == FacetHeading {
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
	if p.lines[first-1].Kind == FacetHeading {
		first-- // a value is seen under its heading
	}
	p.top = max(0, min(p.top, first, len(p.lines)-p.Height()))
	p.top = max(p.top, p.cursor-p.Height()+1)
}

// Click puts the cursor on the y-th line in view, below the title, and reports
// whether it was there already.
func (p *Facets) Click(y int) bool {
	at := p.top + y - 1
	if y < 1 || at >= len(p.lines) || p.lines[at].Kind == FacetHeading {
		return false
	}
	was := p.cursor
	p.cursor = at
	return at == was
}

// widestFacets keeps a name and its counts within one glance.
const widestFacets = 60

// View draws the facets as they were laid out last.
func (p *Facets) View(s *Styles, focused bool) []string {
	rule := s.dim
	if focused {
		rule = s.strong
	}
	lines := []string{titled(p.w, s, rule, fmt.Sprintf("facets (%s)", s.keyOf("facets")))}
	w := min(p.w, widestFacets)
	margin := strings.Repeat(" ", p.w-w)
	for i := p.top; i < len(p.lines) && i < p.top+p.Height(); i++ {
		lines = append(lines, p.viewLine(s, i, focused && i == p.cursor, w)+margin)
	}
	return pad(lines, p.w, p.h)
}

func (p *Facets) viewLine(s *Styles, i int, cursor bool, w int) string {
	l := p.lines[i]
	about, count := "", ""
	switch l.Kind {
	case FacetHeading:
		if i == 0 {
			about = "shown/all "
		}
		name := l.Field.String()
		return between(w, []span{{" " + strings.ToUpper(name[:1]) + name[1:], s.strong}}, []span{{about, s.dim}})
	case FacetMore:
		key := "Enter"
		if l.Field == timeline.ActorField {
			key = s.keyOf("pick-actors")
		}
		about = fmt.Sprintf("     … %s more: %s lists all", text.Grouped(l.more), key)
	default:
		about = " " + l.Mark.String() + " " + l.label()
		count = p.number(l.Count.Shown) + "/" + p.number(l.Count.All) + " "
	}
	if cursor {
		return s.cursor.Render(fit(">"+about, w-width(count)-1) + " " + count)
	}
	return row(w-width(count)-1, l.spans(s, " "+about)...) + " " + s.dim.Render(count)
}

// label writes a value for people.
func (l FacetLine) label() string {
	switch l.Field {
	case timeline.StatusField:
		return l.status().Short() + " " + l.Count.Value
	case timeline.OriginsField:
		switch l.Count.Value {
		case "1":
			return "1 origin"
		case ">=3":
			return "3 or more"
		}
		return l.Count.Value + " origins"
	}
	return l.Count.Value
}

func (l FacetLine) status() timeline.Status {
	status, _ := timeline.ParseStatus(l.Count.Value)
	return status
}

// spans styles a line: a value that no shown event has is pale, and a status has
// its colour.
func (l FacetLine) spans(s *Styles, text string) []span {
	switch {
	case l.Count.Shown == 0:
		return []span{{text, s.dim}}
	case l.Field == timeline.StatusField:
		head, word, _ := strings.Cut(text, l.status().Short())
		return []span{{head, s.text}, {l.status().Short(), s.status[l.status()]}, {word, s.text}}
	}
	return []span{{text, s.text}}
}

// number writes a count, in few digits where there is little room.
func (p *Facets) number(n int) string {
	switch {
	case p.w >= 45 || n < 10_000:
		return text.Grouped(n)
	case n < 10_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%dM", n/1_000_000)
}

// Spoken says in words which line the cursor is on.
func (p *Facets) Spoken() string {
	l, ok := p.Line()
	if !ok {
		return "Counting…"
	}
	field := l.Field.String()
	if l.Kind == FacetMore {
		return spoken(field, text.Grouped(l.more)+" more values", nth(p.cursor, len(p.lines)))
	}
	value := l.Count.Value
	if l.Field == timeline.OriginsField {
		value = l.label()
	}
	return spoken(field+" "+value, l.Mark.Spoken(), fmt.Sprintf("%s of %s", text.Grouped(l.Count.Shown), text.Counted(l.Count.All, "event")), nth(p.cursor, len(p.lines)))
}
