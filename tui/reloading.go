package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
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
	if event := m.list.event(); event >= 0 {
		m.list.place = moved(event, m.t, t)
	}
	if m.mode == searching && m.origin >= 0 {
		m.origin = moved(m.origin, m.t, t)
	}
	m.list.begun = m.list.begun && m.touched // who has not moved yet begins at the top
	m.list.rows = timeline.Selection{}       // they are the other timeline's
	back, ahead := m.trail.in(m.t, t)
	m.trail, m.following = trail{back, ahead}, following{}
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
			m.leaveBrief() // there is nothing to brief on any more
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

// moved returns where an event of one timeline is in another or, if it is gone,
// what is filed on its day or next.
func moved(event int, from, to *timeline.Timeline) int {
	if i, ok := to.Find(from.Event(event).ID); ok {
		return i
	}
	return to.From(from.Day(event))
}

// difference says how one timeline differs from another, if it may take its time.
func difference(ctx context.Context, before, after *timeline.Timeline) string {
	d := timeline.Differ(ctx, before, after)
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{d.New, "new"}, {d.Changed, "changed"}, {d.Gone, "gone"}, {d.NewOrChanged, "new or changed"}, {d.GoneOrChanged, "gone or changed"}} {
		if part.n > 0 {
			parts = append(parts, timeline.Grouped(part.n)+" "+part.word)
		}
	}
	if len(parts) == 0 {
		return "nothing has changed"
	}
	return strings.Join(parts, ", ")
}
