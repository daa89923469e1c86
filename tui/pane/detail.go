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
// event and width. Read on a wide screen it has two columns: the event, and its
// sources.
type Detail struct {
	Ruled   bool // its list and a rule above it have the title, date, status and counts
	Reading bool // it has the whole body
	Focused bool // it has the keys

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
	t                       *timeline.Timeline
	event                   int
	w                       int
	link                    int
	ruled, reading, focused bool
	needle                  string
	styles                  *Styles
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

// NextLink chooses the next claim or answer, and brings it into view.
func (d *Detail) NextLink() {
	d.link = (d.link + 1) % max(1, len(d.links))
	d.ShowLink()
}

// ShowLink brings the claim or answer chosen into view.
func (d *Detail) ShowLink() {
	if d.Lay(d.styles); d.link < len(d.links) {
		d.top = max(0, min(d.links[d.link].line-d.h/2, d.last()))
	}
}

// LinkAt returns the event that the claim or answer in a cell in view leads to.
func (d *Detail) LinkAt(x, y int) (event int, ok bool) {
	for _, link := range d.links {
		if at := d.top + y; link.line <= at && at < link.end && (x < d.split() || d.split() == 0) {
			return link.event, true
		}
	}
	return 0, false
}

// Free is how many rows below the event are empty.
func (d *Detail) Free() int { return max(0, d.h-len(d.lines)) }

// View draws the detail as it was laid out last.
func (d *Detail) View(s *Styles) []string {
	end := min(len(d.lines), d.top+d.h)
	lines := pad(slices.Clone(d.lines[d.top:end]), d.w, d.h)
	if below := len(d.lines) - end; below > 0 && d.h > 2 {
		key := s.keyOf("scroll-down")
		if d.Focused {
			key = s.keyOf("down")
		}
		lines[d.h-1] = row(d.w, span{fmt.Sprintf(" … %s below: %s scrolls", text.Counted(below+1, "line"), key), s.dim})
	}
	return lines
}

// Rule draws the rule between the list and the detail below it.
func (d *Detail) Rule(s *Styles, w int) string {
	style := s.dim
	if d.Focused {
		style = s.strong
	}
	spans := []span{{"─ ", style}}
	if d.shown != nil && d.event >= 0 {
		for i, about := range d.standing(s, d.shown.Event(d.event)) {
			if i > 0 {
				spans = append(spans, span{"   ", style})
			}
			spans = append(spans, about)
		}
		spans = append(spans, span{" ", style})
	}
	return row(w, append(spans, span{strings.Repeat("─", max(0, w-cells(spans))), style})...)
}

// Lay lays the event out, unless that is done.
func (d *Detail) Lay(s *Styles) {
	if d.shown == nil || s == nil {
		return
	}
	key := detailKey{d.shown.Timeline, d.event, d.w, d.link, d.Ruled, d.Reading, d.Focused, d.shown.Search.Needle, s}
	if d.laid != key {
		d.laid, d.styles = key, s
		d.lines, d.links = nil, nil
		if d.event >= 0 && d.w >= 4 {
			d.draw()
		}
	}
	d.Move(0) // no further than its new end
}

// labelMargin is the room for labels beside the text of a wide screen.
const labelMargin = 12

// split is the width of the left of two columns, or 0 where there is one.
func (d *Detail) split() int {
	switch wide := labelMargin + WidestText + 3; {
	case !d.Reading || d.w < 116 || d.event < 0 || len(d.shown.Event(d.event).Sources) == 0:
		return 0
	case d.w >= wide+1+WidestText+2:
		return wide
	}
	return min(d.w/2, WidestText+3)
}

func (d *Detail) draw() {
	e := d.shown.Event(d.event)
	left := d.split()
	if left == 0 {
		p := &pen{styles: d.styles, width: d.w, text: min(d.w-2, WidestText), needle: d.laid.needle}
		d.drawEvent(p, e)
		if len(e.Sources) > 0 {
			p.blank()
			p.drawSources(e, false)
		}
		d.lines = p.lines
		return
	}
	p := &pen{styles: d.styles, width: left, text: min(left-3, WidestText), needle: d.laid.needle}
	p.margin = left - 3 - p.text
	right := &pen{styles: d.styles, width: d.w - left - 1, text: d.w - left - 3, needle: p.needle}
	d.drawEvent(p, e)
	right.drawSources(e, true)
	height := max(len(p.lines), len(right.lines))
	d.lines = Beside(d.styles, pad(p.lines, p.width, height), pad(right.lines, right.width, height), false)
}

// drawEvent draws all but the sources.
func (d *Detail) drawEvent(p *pen, e *timeline.Event) {
	s := p.styles
	if !d.Ruled {
		p.para(0, e.Title, s.strong)
		p.standing(d.standing(s, e))
	}
	if !e.Reported.IsZero() && e.Reported != e.Date {
		p.para(0, "reported "+e.Reported.Words(), s.text)
	}
	if d.Reading && e.Status != timeline.NotStated {
		p.para(0, e.Status.String()+": "+e.Status.Meaning(), s.dim)
	}
	d.drawMargin(p)
	if e.Summary != "" {
		if len(p.lines) > 0 {
			p.blank()
		}
		p.summary(e)
	}
	if e.Caveat != "" {
		p.blank()
		p.field("Caveat", e.Caveat, s.text)
	}
	disputed := d.drawDispute(p)
	if named := len(e.Actors)+len(e.Places)+len(e.Topics) > 0; named && (e.Caveat == "" || disputed) {
		p.blank()
	}
	p.field("Actors", strings.Join(e.Actors, ", "), s.text)
	p.field("Places", strings.Join(e.Places, "; "), s.text)
	p.field("Topics", strings.Join(e.Topics, ", "), s.text)
	if e.Confidence != "" {
		p.field("Judged", "confidence "+e.Confidence, s.text)
	}
	if e.Credibility > 0 {
		p.field("Judged", fmt.Sprintf("credibility %d of 6 (Admiralty)", e.Credibility), s.text)
	}
}

// drawMargin draws the reader's mark and note.
func (d *Detail) drawMargin(p *pen) {
	if mark := d.shown.Mark(d.event); mark != timeline.NoTier {
		p.field("Marked", mark.String(), p.styles.strong)
	}
	name := "Note"
	for _, line := range strings.Split(d.shown.Note(d.event), "\n") {
		if line = text.Clean(line); line != "" {
			p.field(name, line, p.styles.strong)
			name = ""
		}
	}
}

// standing is the date, the status and the counts of an event.
func (d *Detail) standing(s *Styles, e *timeline.Event) []span {
	date := e.Date.Words()
	if e.TZ != "" {
		date += " (" + e.TZ + ")"
	}
	return []span{{date, s.date}, {e.Status.String(), s.stated[e.Status]}, {e.Rests(), s.text}}
}

// standing draws spans, as many in a line as fit.
func (p *pen) standing(spans []span) {
	var line []span
	for _, next := range spans {
		if len(line) > 0 && cells(line)+3+width(next.text) > p.text {
			p.row(line...)
			line = nil
		}
		if width(next.text) > p.text {
			p.para(0, next.text, next.style)
			continue
		}
		if len(line) > 0 {
			line = append(line, span{"   ", p.styles.text})
		}
		line = append(line, next)
	}
	if len(line) > 0 {
		p.row(line...)
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

// drawDispute lists what the event answers, the event itself, and what answers it,
// and reports whether there is anything.
func (d *Detail) drawDispute(p *pen) bool {
	answers, answered := d.shown.Answers(d.event), d.shown.AnsweredBy(d.event)
	if len(answers)+len(answered) == 0 {
		return false
	}
	here, denials := "said", 0
	if len(answers) > 0 {
		here = "answer"
	}
	type party struct {
		word  string
		event int
	}
	var parties []party
	for _, other := range answers {
		word := "said"
		if d.shown.Denies(d.event, other) {
			word, here = "claim", "denial"
			denials++
		}
		parties = append(parties, party{word, other})
	}
	at := len(parties)
	for _, other := range answered {
		word := "answer"
		if d.shown.Denies(other, d.event) {
			word = "denial"
			denials++
			if here == "said" {
				here = "claim"
			}
		}
		parties = append(parties, party{word, other})
	}
	name := "claims and answers"
	switch {
	case denials == 0:
		name = "said and answered"
	case len(parties) == 1:
		name = "claim and denial"
	case denials == len(parties):
		name = "claims and denials"
	}
	p.blank()
	p.rule(name)
	for n, other := range parties {
		if n == at {
			d.drawParty(p, here, d.event, false)
		}
		start := len(p.lines)
		d.drawParty(p, other.word, other.event, d.Focused && n == d.link)
		d.links = append(d.links, link{start, len(p.lines), other.event})
	}
	if at == len(parties) {
		d.drawParty(p, here, d.event, false)
	}
	return true
}

// drawParty draws an event of a dispute: its part in it, date and status and,
// unless it is the one at hand, its title.
func (d *Detail) drawParty(p *pen, word string, event int, chosen bool) {
	const indent = len("denial ")
	s, e, title := p.styles, d.shown.Event(event), p.styles.text
	if chosen {
		title = s.cursor
	}
	spans := []span{{fmt.Sprintf("%-*s", indent, word), s.text}, {e.Date.Words(), s.date}, {"  ", s.text}, {e.Status.String(), s.status[e.Status]}}
	if event == d.event {
		p.row(append(spans, span{"  this event", s.dim})...)
		return
	}
	if chosen {
		p.pointed(spans...)
	} else {
		p.row(spans...)
	}
	for _, line := range text.Wrap(e.Title, p.text-indent) {
		p.row(span{strings.Repeat(" ", indent), s.text}, span{line, title})
	}
}

// drawSources draws the sources, a blank line between them if they are apart.
func (p *pen) drawSources(e *timeline.Event, apart bool) {
	p.rule(e.Rests())
	for i := range e.Sources {
		if apart && i > 0 {
			p.blank()
		}
		p.drawSource(i+1, &e.Sources[i])
	}
}

func (p *pen) drawSource(n int, src *timeline.Source) {
	s := p.styles
	number := fmt.Sprintf("[%d] ", n)
	indent := len(number)
	publisher := cmp.Or(src.Publisher, src.Host(), src.Author, "no publisher")
	about := []string{publisher}
	add := func(before, text string) {
		if text != "" {
			about = append(about, before+text)
		}
	}
	if publisher != src.Author {
		add("", src.Author)
	}
	add("via ", src.Via)
	add("citing ", src.AttributedTo)
	if !src.Published.IsZero() {
		add("", src.Published.Words())
	}
	if src.Kind != timeline.NoKind {
		add("", src.Kind.String())
	}
	if src.Reliability != "" {
		add("reliability ", src.Reliability)
	}
	rest := strings.Join(strings.Fields(publisher), " ")
	for _, line := range text.Wrap(strings.Join(about, ", "), p.text-indent) {
		bold := 0
		if strings.HasPrefix(line, rest) {
			bold = len(rest)
		} else if strings.HasPrefix(rest, line) {
			bold = len(line)
		}
		rest = strings.TrimLeft(rest[bold:], " ")
		spans := append([]span{{number, s.mark}}, highlight(line[:bold], p.needle, s.strong, s.match)...)
		p.row(append(spans, highlight(line[bold:], p.needle, s.text, s.match)...)...)
		number = strings.Repeat(" ", indent)
	}
	said := func(before, about, after string, style ink) {
		if about != "" {
			p.para(indent, before+about+after, style)
		}
	}
	said("“", src.Title, "”", s.text)
	said("supports: ", src.Supports, "", s.dim)
	said(cmp.Or(src.QuoteBy, "said")+": “", src.Quote, "”", s.text)
	p.address(indent, src.URL, "", fmt.Sprintf("s%d", n))
	p.address(indent, src.Archived, "archived: ", fmt.Sprintf("a%d", n))
}
