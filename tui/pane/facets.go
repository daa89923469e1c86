package pane

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Facets is a column of fields to filter by, each with its most frequent values.
// Beside a value stands how many events have it; under a filter, also how many the
// list would show if the value were the choice of its facet and all other terms
// stayed. Counting takes a while with many events, so no key waits for it: the
// counts are filled in when they are ready.
type Facets struct {
	Fields []timeline.Field // instead of all

	shown  *Shown
	counts [][]timeline.Count // of each field; nil until they are there
	stale  bool               // they are of another filter

	lines  []FacetLine // laid out for the counts, the filter and the height
	laid   bool
	cursor int // in lines; never on a heading
	top    int
	w, h   int
}

// facetFields are the facets, from the top.
var facetFields = []timeline.Field{
	timeline.StatusField, timeline.ActorField, timeline.PlaceField, timeline.TopicField, timeline.KindField, timeline.OriginsField, timeline.FileField,
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

func (p *Facets) fields() []timeline.Field {
	if p.Fields != nil {
		return p.Fields
	}
	return facetFields
}

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
		switch field {
		case timeline.OriginsField:
			slices.SortFunc(counts[i], func(a, b timeline.Count) int { return cmp.Compare(a.Value, b.Value) })
		case timeline.StatusField:
			// Below the first, "not stated" is the last.
			slices.SortFunc(counts[i], func(a, b timeline.Count) int { return cmp.Compare(statusNamed(a.Value)-1, statusNamed(b.Value)-1) })
		}
	}
	return counts
}

func statusNamed(word string) timeline.Status {
	status, _ := timeline.ParseStatus(word)
	return status
}

// Fill takes the counts.
func (p *Facets) Fill(counts [][]timeline.Count) { p.counts, p.laid = counts, false }

func (p *Facets) Resize(w, h int) {
	p.laid = p.laid && w == p.w && h == p.h
	p.w, p.h = w, h
}

// Height is the number of lines in view.
func (p *Facets) Height() int { return max(1, p.h) }

// Lay makes the lines, unless they are made. The cursor stays on its value.
func (p *Facets) Lay() {
	if p.laid || p.shown == nil {
		return
	}
	p.laid = true
	here, had := p.Line()
	p.lines = nil
	for i, n := range p.share() {
		if n > 0 {
			p.layFacet(p.fields()[i], p.counts[i], n)
		}
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

// share returns how many lines each facet has below its heading. The statuses are
// all listed, the actors and the others have a few at least, and share what room
// is left, a line each in turn.
func (p *Facets) share() []int {
	lines := make([]int, len(p.counts))
	left := p.Height()
	for i, counts := range p.counts {
		if len(counts) == 0 {
			continue
		}
		left-- // for the heading
		switch p.fields()[i] {
		case timeline.StatusField:
			lines[i] = len(counts)
		case timeline.ActorField:
			lines[i] = min(len(counts), 8)
		default:
			lines[i] = min(len(counts), 5)
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

// Click puts the cursor on the y-th line in view, and reports whether it was there
// already.
func (p *Facets) Click(y int) bool {
	at := p.top + y
	if y < 0 || at >= len(p.lines) || p.lines[at].Kind == FacetHeading {
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
	var lines []string
	w := min(p.w, widestFacets)
	margin := strings.Repeat(" ", p.w-w)
	for i := p.top; i < len(p.lines) && i < p.top+p.Height(); i++ {
		lines = append(lines, p.viewLine(s, i, focused && i == p.cursor, w)+margin)
	}
	if p.counts == nil {
		lines = append(lines, row(p.w, span{" Counting…", s.dim}))
	}
	return pad(lines, p.w, p.h)
}

func (p *Facets) viewLine(s *Styles, i int, cursor bool, w int) string {
	l, style := p.lines[i], s.text
	about, count := "", ""
	switch l.Kind {
	case FacetHeading:
		if i == p.top {
			about = countsOf(p.shown)
		}
		name := l.Field.String()
		return between(w, []span{{" " + strings.ToUpper(name[:1]) + name[1:], s.strong}}, []span{{about, s.dim}})
	case FacetMore:
		about, style = fmt.Sprintf("     %s more", text.Grouped(l.more)), s.dim
	default:
		count = p.number(l.Count.All) + " "
		if !p.shown.Query.Empty() {
			count = p.shownOf(l.Count) + "/" + count
		}
		about = " " + l.Mark.String() + " "
		about += p.label(l, w-width(about)-width(count)-1)
		switch doubt := statusNamed(l.Count.Value) >= timeline.Claimed; {
		case l.Count.Shown == 0:
			style = s.dim
		case l.Field == timeline.StatusField && doubt:
			style = s.status[statusNamed(l.Count.Value)]
		}
	}
	room := w - width(count) - 1
	if cursor {
		return s.cursor.Render(fit(">"+strings.TrimPrefix(about, " "), room) + " " + count)
	}
	return row(room, span{about, style}) + " " + s.dim.Render(count)
}

func originsWords(value string) string {
	switch value {
	case "1":
		return "1 origin"
	case ">=3":
		return "3 or more"
	}
	return value + " origins"
}

// label writes a value for people in so many cells. A place that is too long loses
// what follows its first comma, unless another then reads the same.
func (p *Facets) label(l FacetLine, room int) string {
	switch value := l.Count.Value; {
	case l.Field == timeline.OriginsField:
		return originsWords(value)
	case l.Field == timeline.FileField && width(value) > room:
		return ansi.TruncateLeft(value, width(value)-room+1, "…") // its end tells it from others
	case l.Field == timeline.PlaceField && width(value) > room:
		head, _, _ := strings.Cut(value, ",")
		same := func(other FacetLine) bool {
			return other.Field == l.Field && other.Count.Value != value && strings.HasPrefix(other.Count.Value+",", head+",")
		}
		if !slices.ContainsFunc(p.lines, same) {
			return head
		}
	}
	return strings.TrimRight(fitName(l.Count.Value, room), " ")
}

// shownOf writes how many of a value the list would show: -1 is not known yet.
func (p *Facets) shownOf(c timeline.Count) string {
	if c.Shown < 0 {
		return "…"
	}
	return p.number(c.Shown)
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
	at, n := 0, 0
	for i, l := range p.lines {
		switch {
		case l.Kind == FacetHeading:
			continue
		case i < p.cursor:
			at++
		}
		n++
	}
	field := l.Field.String()
	if l.Kind == FacetMore {
		return spoken(field, text.Grouped(l.more)+" more values", nth(at, n))
	}
	value := l.Count.Value
	if l.Field == timeline.OriginsField {
		value = originsWords(value)
	}
	return spoken(field+" "+value, l.Mark.Spoken(), fmt.Sprintf("%s of %s", p.shownOf(l.Count), text.Counted(l.Count.All, "event")), nth(at, n))
}
