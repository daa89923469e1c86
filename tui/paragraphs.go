package tui

import (
	"fmt"
	"slices"

	"dateline/timeline"
)

// Paragraphs are an event as plain text, one of them said at a time.
type paragraphs struct {
	of    *timeline.Timeline
	event int
	id    string
	lines []string
	at    int
	link  int   // the paragraph of the first claim or answer
	links []int // the events that these lead to
}

// paragraphs returns the event under the cursor in paragraphs.
func (m *model) paragraphs() *paragraphs {
	r, event := &m.aloud, m.list.Event()
	if r.of == m.shown.Timeline && r.event == event {
		return r
	}
	before := *r
	*r = paragraphs{of: m.shown.Timeline, event: event}
	if event < 0 || m.Plain == nil {
		return r
	}
	r.id = m.shown.Event(event).ID
	r.lines = m.Plain(r.of, event)
	r.links = slices.Concat(m.shown.Answers(event), m.shown.AnsweredBy(event))
	r.link = len(r.lines) - len(m.shown.Event(event).Sources) - len(r.links)
	if note := m.shown.Note(event); note != "" {
		r.lines = append(r.lines, "Your note: "+note)
	}
	if mark := m.shown.Mark(event); mark != timeline.NoTier {
		r.lines = append(r.lines, "Marked "+mark.String())
	}
	if r.id == before.id { // its mark or note is another
		r.Move(before.at)
	}
	return r
}

func (r *paragraphs) Move(n int) { r.at = max(0, min(r.at+n, len(r.lines)-1)) }
func (r *paragraphs) MoveFar(down bool) {
	r.Move(map[bool]int{true: len(r.lines), false: -len(r.lines)}[down])
}
func (r *paragraphs) Height() int { return linesAPage }

func (r *paragraphs) spoken() string {
	if len(r.lines) == 0 {
		return "No event"
	}
	return sentences(r.lines[r.at], fmt.Sprintf("%d of %d", r.at+1, len(r.lines)))
}

// Link returns the event of the claim or answer at hand, or else of the first.
func (r *paragraphs) Link() (event int, ok bool) {
	if len(r.links) == 0 {
		return 0, false
	}
	if n := r.at - r.link; 0 <= n && n < len(r.links) {
		return r.links[n], true
	}
	return r.links[0], true
}

// NextLink goes to the next claim or answer.
func (r *paragraphs) NextLink() {
	next := r.at - r.link + 1
	if next < 0 || next >= len(r.links) {
		next = 0
	}
	r.at = r.link + next
}
