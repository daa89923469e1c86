package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A detail shows one event beside the sources it rests on. Its lines are
// wrapped once for each event and width.
type detail struct {
	t      *timeline.Timeline
	event  int // position in the timeline; -1 shows nothing
	needle string
	keys   keyMap

	ruled bool // the rule above it says date, status and what the event rests on

	lines []string
	links []link // the events that it answers or that answer it
	link  int    // the one that Enter follows
	top   int
	w, h  int
	drawn detailKey
}

// A detailKey is all that the lines depend on.
type detailKey struct {
	t      *timeline.Timeline
	event  int
	w      int
	link   int
	ruled  bool
	needle string
	styles *styles
}

// A link is the lines, from line to before end, that lead to another event.
type link struct{ line, end, event int }

// set changes the event shown; a new event is shown from its top.
func (d *detail) set(event int) {
	if event != d.event {
		d.event, d.top, d.link = event, 0, 0
	}
}

func (d *detail) resize(w, h int) { d.w, d.h = w, h }

func (d *detail) scroll(lines int) { d.top += lines }

// target returns the event that Enter leads to.
func (d *detail) target(s *styles) (event int, ok bool) {
	d.draw(s)
	if d.link >= len(d.links) {
		return 0, false
	}
	return d.links[d.link].event, true
}

// nextLink chooses the next claim or denial, and brings it into view.
func (d *detail) nextLink(s *styles) bool {
	d.draw(s)
	if len(d.links) == 0 {
		return false
	}
	d.link = (d.link + 1) % len(d.links)
	d.top = max(0, d.links[d.link].line-d.h/2)
	return true
}

// last is the furthest that the detail scrolls.
func (d *detail) last() int { return max(0, len(d.lines)-d.h) }

// view draws the detail in exactly its size.
func (d *detail) view(s *styles, focused bool) []string {
	d.draw(s)
	d.top = max(0, min(d.top, d.last()))
	end := min(len(d.lines), d.top+d.h)
	lines := pad(slices.Clone(d.lines[d.top:end]), d.w, d.h)
	if below := len(d.lines) - end; below > 0 && d.h > 2 {
		key := d.keys.first("scroll-down")
		if focused {
			key = d.keys.first("down")
		}
		lines[d.h-1] = row(d.w, span{fmt.Sprintf(" … %s below: %s scrolls", text.Counted(below+1, "line"), key), s.dim})
	}
	return lines
}

// draw makes the lines, unless they are made.
func (d *detail) draw(s *styles) {
	key := detailKey{d.t, d.event, d.w, d.link, d.ruled, d.needle, s}
	if d.drawn == key {
		return
	}
	d.drawn = key
	d.lines, d.links = nil, nil
	if d.event < 0 || d.w < 4 {
		return
	}
	p := &pen{styles: s, width: d.w, text: min(d.w-2, widestText), needle: d.needle}
	e := d.t.Event(d.event)
	drawHead(p, e, d.ruled)
	name := "Note"
	for _, line := range strings.Split(d.t.Note(d.event), "\n") {
		if line = text.Clean(line); line != "" {
			p.field(name, line, s.strong)
			name = ""
		}
	}
	if mark := d.t.Mark(d.event); mark != timeline.NoTier {
		p.field("Marked", mark.String(), s.strong)
	}
	d.drawDispute(p)
	drawSources(p, e)
	d.lines = p.lines
}

func drawHead(p *pen, e *timeline.Event, ruled bool) {
	s := p.styles
	p.para(0, e.Title, s.strong)
	if e.TZ != "" {
		p.para(0, e.Date.Words()+" ("+e.TZ+")", s.date)
	} else if !ruled {
		p.para(0, e.Date.Words(), s.date)
	}
	if !e.Reported.IsZero() && e.Reported != e.Date {
		p.para(0, "reported "+e.Reported.Words(), s.text)
	}
	word := strings.ToUpper(e.Status.String())
	for i, line := range text.Wrap(word+": "+e.Status.Meaning(), p.text) {
		if i == 0 && strings.HasPrefix(line, word) {
			p.row(span{word, s.stated[e.Status]}, span{line[len(word):], s.dim})
			continue
		}
		p.row(span{line, s.dim})
	}
	if !ruled {
		p.para(0, "rests on "+e.Rests(), s.text)
	}
	if e.Summary != "" {
		p.blank()
		p.summary(e)
	}
	p.blank()
	p.field("Caveat", e.Caveat, s.text)
	p.field("Actors", strings.Join(e.Actors, ", "), s.actor)
	p.field("Places", strings.Join(e.Places, "; "), s.text)
	p.field("Topics", strings.Join(e.Topics, ", "), s.text)
	if e.Confidence != "" {
		p.field("Judged", "confidence "+e.Confidence, s.text)
	}
	if e.Credibility > 0 {
		p.field("Judged", fmt.Sprintf("credibility %d of 6 (Admiralty)", e.Credibility), s.text)
	}
}

// drawDispute sets the event beside each that it answers or that answers it:
// the claim on the left and the denial on the right, or above and below where
// there is no room.
func (d *detail) drawDispute(p *pen) {
	type pair struct{ claim, denial, other int }
	var pairs []pair
	for _, j := range d.t.Answers(d.event) {
		pairs = append(pairs, pair{j, d.event, j})
	}
	for _, j := range d.t.AnsweredBy(d.event) {
		pairs = append(pairs, pair{d.event, j, j})
	}
	if len(pairs) == 0 {
		return
	}
	name := fmt.Sprintf("claim and answer (%s goes there)", d.keys.first("read"))
	if len(pairs) > 1 {
		name = fmt.Sprintf("claims and answers (%s chooses, %s goes there)", d.keys.first("next-claim"), d.keys.first("read"))
	}
	p.rule(name)
	for n, pr := range pairs {
		start := len(p.lines)
		chosen := n == d.link
		claim, denial := d.side("claim", pr.claim, pr.claim == pr.other && chosen), d.side("answer", pr.denial, pr.denial == pr.other && chosen)
		if p.text < 60 {
			drawSide(p, claim, p.text)
			p.row(span{"   answered by", p.styles.dim})
			drawSide(p, denial, p.text)
		} else {
			p.beside(claim, denial)
		}
		d.links = append(d.links, link{start, len(p.lines), pr.other})
	}
}

// A side is one half of a dispute, as it will be drawn.
type side struct {
	head, title string
	status      timeline.Status
	chosen      bool
}

func (d *detail) side(name string, event int, chosen bool) side {
	e := d.t.Event(event)
	return side{
		head:   fmt.Sprintf("%s %s", name, e.Date.Words()),
		title:  e.Title,
		status: e.Status,
		chosen: chosen,
	}
}

func (s side) lines(p *pen, width int) []string {
	mark, style := "  ", p.styles.text
	if s.chosen {
		mark, style = "> ", p.styles.cursor
	}
	status := " " + strings.ToUpper(s.status.String())
	lines := []string{row(width, span{mark, p.styles.strong}, span{s.head, p.styles.date}, span{status, p.styles.status[s.status]})}
	for _, line := range text.Wrap(s.title, width-3) {
		lines = append(lines, row(width, span{"  ", p.styles.text}, span{line, style}))
	}
	return lines
}

func drawSide(p *pen, s side, width int) {
	for _, line := range s.lines(p, width) {
		p.whole(line, width)
	}
}

func drawSources(p *pen, e *timeline.Event) {
	if len(e.Sources) == 0 {
		return
	}
	p.rule(e.Rests())
	for i := range e.Sources {
		drawSource(p, i+1, &e.Sources[i])
	}
}

func drawSource(p *pen, n int, src *timeline.Source) {
	s := p.styles
	number := fmt.Sprintf("[%d] ", n)
	var about []string
	add := func(before, text string) {
		if text != "" {
			about = append(about, before+text)
		}
	}
	add("", src.Author)
	add("", cmp.Or(src.Publisher, src.Host()))
	add("via ", src.Via)
	if src.Published.IsZero() {
		about = append(about, "no date")
	} else {
		about = append(about, src.Published.Words())
	}
	if src.Kind != timeline.NoKind {
		add("", src.Kind.String())
	}
	if src.Reliability != "" {
		add("reliability ", src.Reliability)
	}
	indent := len(number)
	for j, line := range text.Wrap(strings.Join(about, ", "), p.text-indent) {
		head := strings.Repeat(" ", indent)
		if j == 0 {
			head = number
		}
		p.row(append([]span{{head, s.mark}}, highlight(line, p.needle, s.strong, s.match)...)...)
	}
	if src.Title != "" {
		p.para(indent, "“"+src.Title+"”", s.text)
	}
	if src.AttributedTo != "" {
		p.para(indent, "cites "+src.AttributedTo, s.text)
	}
	if src.Supports != "" {
		p.para(indent, "supports: "+src.Supports, s.text)
	}
	if src.Quote != "" {
		quote := "said: “" + src.Quote + "”"
		if src.QuoteBy != "" {
			quote = src.QuoteBy + ": “" + src.Quote + "”"
		}
		p.para(indent, quote, s.quote)
	}
	p.address(indent, src.URL, "", fmt.Sprintf("s%d", n))
	p.address(indent, src.Archived, "archived:", fmt.Sprintf("a%d", n))
}
