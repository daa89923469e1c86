package tui

import (
	"context"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// The timeline is read again when its file changes, or when the reader asks.

// changedMsg tells that the file may have changed.
type changedMsg struct{}

// awaitChange waits for the file to change.
func awaitChange(changes <-chan struct{}) tea.Cmd {
	if changes == nil {
		return nil
	}
	return func() tea.Msg {
		if _, ok := <-changes; !ok {
			return nil
		}
		return changedMsg{}
	}
}

// replace takes a timeline that has arrived in the place of the one before. The
// cursor stays on its event, and so do the places that were left.
func (m *model) replace(file File, t *timeline.Timeline) {
	m.recall(forCount)
	here, origin := m.list.event(), -1
	if m.beneath() == searching {
		origin = m.origin
	}
	to := pass(m.t, t, slices.Concat(m.trail.back, m.trail.ahead, []int{here, origin}))
	if here >= 0 {
		m.list.place = to.eventOrNext(here)
	}
	if origin >= 0 {
		m.origin = to.eventOrNext(origin)
	}
	m.list.begun = m.list.begun && m.touched // who has not moved yet begins at the top
	m.list.rows = timeline.Selection{}       // they are the other timeline's
	m.trail, m.following = m.trail.in(to), following{}
	m.file, m.margin = file, file.Margin
	m.setTimeline(t)
}

// renew makes anew what was made of the timeline before.
func (m *model) renew() {
	switch m.beneath() {
	case searching:
		m.typed()
	case pairing:
		m.countPairs()
	case filtering:
		m.checkFilter()
	case picking:
		m.picker.facet.t = m.t
		m.countChoices()
	case briefing:
		if m.list.rows.Len() == 0 {
			m.leavePage() // there is nothing to brief on any more
			return
		}
		m.makeBrief("")
	}
}

// leftOut says what is not as the file has it now; it is empty when all is.
func (m *model) leftOut() string {
	switch {
	case m.unread != "":
		return "the file cannot be read again"
	case m.t.Err() != nil:
		return "events can no longer be read"
	}
	return m.file.LeftOut
}

// A passage leads from events of one timeline to the same in another.
type passage struct {
	from, to *timeline.Timeline
	at       map[int]int // by event: where it is there, unless it is gone
}

// pass finds all of them at once. An event below 0 is none.
func pass(from, to *timeline.Timeline, events []int) passage {
	ids := make(map[int]string)
	for _, event := range events {
		if event >= 0 {
			ids[event] = from.Event(event).ID
		}
	}
	found := to.FindAll(maps.Values(ids))
	at := make(map[int]int)
	for event, id := range ids {
		if i, ok := found[id]; ok {
			at[event] = i
		}
	}
	return passage{from, to, at}
}

// eventOrNext returns the event's position or, if it is gone, that of the next
// event filed on its day or later. If there is none it returns the last position,
// which is -1 when no event is left.
func (p passage) eventOrNext(event int) int {
	if i, ok := p.at[event]; ok {
		return i
	}
	return min(p.to.From(p.from.Day(event)), p.to.Len()-1)
}

// difference says how one timeline differs from another, if it may take its time.
func difference(ctx context.Context, before, after *timeline.Timeline) string {
	d := timeline.Diff(ctx, before, after)
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{d.New, "new"}, {d.Changed, "changed"}, {d.Gone, "gone"}, {d.NewOrChanged, "new or changed"}, {d.GoneOrChanged, "gone or changed"}} {
		if part.n > 0 {
			parts = append(parts, text.Grouped(part.n)+" "+part.word)
		}
	}
	if len(parts) == 0 {
		return "nothing has changed"
	}
	return strings.Join(parts, ", ")
}
