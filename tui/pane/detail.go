package pane

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Detail shows one event beside its sources. Lay wraps its lines, once for each
// event and width.
type Detail struct {
	Ruled bool // a rule above it has the date, the status and the count of sources

	shown  *Shown
	event  int // -1 shows nothing
	styles *Styles

	lines []string
	links []link // the events that it answers or that answer it
	link  int    // the one that Enter follows
	top   int
	w, h  int
	laid  detailKey
}

// A detailKey is all that the lines depend on.
type detailKey struct {
	t      *timeline.Timeline
	event  int
	w      int
	link   int
	ruled  bool
	needle string
	styles *Styles
}

// A link is the lines, from line to before end, that lead to another event.
type link struct{ line, end, event int }

// Show shows an event. Another event is shown from its top.
func (d *Detail) Show(s *Shown, event int) {
	d.shown = s
	if event != d.event {
		d.event, d.top, d.link = event, 0, 0
	}
}

func (d *Detail) Resize(w, h int) { d.w, d.h = w, h }

func (d *Detail) Height() int { return max(1, d.h-1) }

func (d *Detail) Move(lines int)    { d.top = max(0, min(d.top+lines, d.last())) }
func (d *Detail) MoveFar(down bool) { d.Move(far(down, len(d.lines))) }

// last is the furthest that the detail scrolls.
func (d *Detail) last() int { return max(0, len(d.lines)-d.h) }

// Link returns the event that Enter leads to.
func (d *Detail) Link() (event int, ok bool) {
	d.Lay(d.styles)
	if d.link >= len(d.links) {
		return 0, false
	}
	return d.links[d.link].event, true
}

// NextLink chooses the next claim or denial, and brings it into view.
func (d *Detail) NextLink() bool {
	d.Lay(d.styles)
	if len(d.links) == 0 {
		return false
	}
	d.link = (d.link + 1) % len(d.links)
	d.top = max(0, min(d.links[d.link].line-d.h/2, d.last()))
	return true
}

// LinkAt returns the event that the claim or answer on the y-th line in view
// leads to.
func (d *Detail) LinkAt(y int) (event int, ok bool) {
	for _, link := range d.links {
		if at := d.top + y; link.line <= at && at < link.end {
			return link.event, true
		}
	}
	return 0, false
}

// View draws the detail as it was laid out last.
func (d *Detail) View(s *Styles, focused bool) []string {
	end := min(len(d.lines), d.top+d.h)
	lines := pad(slices.Clone(d.lines[d.top:end]), d.w, d.h)
	if below := len(d.lines) - end; below > 0 && d.h > 2 {
		key := s.keyOf("scroll-down")
		if focused {
			key = s.keyOf("down")
		}
		lines[d.h-1] = row(d.w, span{fmt.Sprintf(" … %s below: %s scrolls", text.Counted(below+1, "line"), key), s.dim})
	}
	return lines
}

// Rule draws the rule above the detail, with the date, the status and the count of
// sources of its event. It is strong where the detail has the keys.
func (d *Detail) Rule(s *Styles, w int, strong bool) string {
	style := s.dim
	if strong {
		style = s.strong
	}
	spans := []span{{"─ ", style}}
	if d.event >= 0 {
		e := d.shown.Event(d.event)
		spans = append(spans, span{e.Date.Words(), s.date}, span{"   ", s.text}, span{e.Status.String(), s.stated[e.Status]}, span{"   " + e.Rests() + " ", s.text})
	}
	return row(w, append(spans, span{strings.Repeat("─", max(0, w-cells(spans))), style})...)
}

// Lay lays the event out, unless that is done.
func (d *Detail) Lay(s *Styles) {
	if d.shown == nil || s == nil {
		return
	}
	key := detailKey{d.shown.Timeline, d.event, d.w, d.link, d.Ruled, d.shown.Search.Needle, s}
	if d.laid != key {
		d.laid, d.styles = key, s
		d.lines, d.links = nil, nil
		if d.event >= 0 && d.w >= 4 {
			d.draw()
		}
	}
	d.Move(0) // no further than its new end
}

func (d *Detail) draw() {
	s := d.styles
	p := &pen{styles: s, width: d.w, text: min(d.w-2, WidestText), needle: d.laid.needle}
	e := d.shown.Event(d.event)
	drawHead(p, e, d.Ruled)
	name := "Note"
	for _, line := range strings.Split(d.shown.Note(d.event), "\n") {
		if line = text.Clean(line); line != "" {
			p.field(name, line, s.strong)
			name = ""
		}
	}
	if mark := d.shown.Mark(d.event); mark != timeline.NoTier {
		p.field("Marked", mark.String(), s.strong)
	}
	d.drawDispute(p)
	drawSources(p, e)
	d.lines = p.lines
}

// WidestText is the widest that text is drawn: longer lines are hard to read.
const WidestText = 76

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

// summary draws an event's summary with its footnote marks.
func (p *pen) summary(e *timeline.Event) {
	for _, line := range text.Wrap(e.Summary, p.text) {
		var spans []span
		for seg := range timeline.Segments(line, len(e.Sources)) {
			spans = append(spans, highlight(seg.Text, p.needle, p.styles.text, p.styles.match)...)
			spans = append(spans, span{seg.Mark, p.styles.mark})
		}
		p.row(spans...)
	}
}

// drawDispute sets the event beside each that it answers or that answers it: the
// claim on the left and the denial on the right or, where there is no room, above
// and below.
func (d *Detail) drawDispute(p *pen) {
	answers := d.shown.Answers(d.event)
	others := slices.Concat(answers, d.shown.AnsweredBy(d.event))
	if len(others) == 0 {
		return
	}
	goes := p.styles.keyOf("read") + " goes there"
	name := fmt.Sprintf("claim and answer (%s)", goes)
	if len(others) > 1 {
		name = fmt.Sprintf("claims and answers (%s chooses, %s)", p.styles.keyOf("next-claim"), goes)
	}
	p.rule(name)
	for n, other := range others {
		start, w := len(p.lines), p.text
		if p.text >= 60 {
			w = (p.text - 3) / 2
		}
		claim, denial := d.event, other
		if n < len(answers) {
			claim, denial = other, d.event
		}
		chosen := func(event int) bool { return n == d.link && event == other }
		name, by := "answer", "   answered by"
		if d.shown.Denies(denial, claim) {
			name, by = "denial", "   denied by"
		}
		left, right := d.side(p, w, "claim", claim, chosen(claim)), d.side(p, w, name, denial, chosen(denial))
		if w == p.text {
			answered := row(w, span{by, p.styles.dim})
			for _, line := range slices.Concat(left, []string{answered}, right) {
				p.whole(line, w)
			}
		} else {
			height, bar := max(len(left), len(right)), p.styles.dim.Render(" │ ")
			left, right = pad(left, w, height), pad(right, w, height)
			for i := range left {
				p.whole(left[i]+bar+right[i], 2*w+3)
			}
		}
		d.links = append(d.links, link{start, len(p.lines), other})
	}
}

// side draws one half of a dispute.
func (d *Detail) side(p *pen, w int, name string, event int, chosen bool) []string {
	e := d.shown.Event(event)
	mark, style := "  ", p.styles.text
	if chosen {
		mark, style = "> ", p.styles.cursor
	}
	status := " " + strings.ToUpper(e.Status.String())
	lines := []string{row(w, span{mark, p.styles.strong}, span{name + " " + e.Date.Words(), p.styles.date}, span{status, p.styles.status[e.Status]})}
	for _, line := range text.Wrap(e.Title, w-3) {
		lines = append(lines, row(w, span{"  ", p.styles.text}, span{line, style}))
	}
	return lines
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
	said := func(before, about, after string) {
		if about != "" {
			p.para(indent, before+about+after, s.text)
		}
	}
	said("“", src.Title, "”")
	said("cites ", src.AttributedTo, "")
	said("supports: ", src.Supports, "")
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
