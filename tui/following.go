package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A following is an actor that * and # follow from event to event. It goes on
// from the event that they went to last, also where another actor leads that.
type following struct {
	actor  string
	events timeline.Selection // that name the actor
	at     int
}

func (m *model) followDown() tea.Cmd { return m.follow(1, "Next") }
func (m *model) followUp() tea.Cmd   { return m.follow(-1, "Previous") }

// follow goes to the next event that names the lead actor of this one.
func (m *model) follow(step int, which string) tea.Cmd {
	here := m.list.event()
	if here < 0 {
		return nil
	}
	f := &m.following
	if f.actor == "" || f.at != here {
		actor, events, ok := m.t.Lead(here)
		if !ok {
			return m.say("This event names no actor to follow.")
		}
		*f = following{actor, events, here}
	}
	actor, events, rows := f.actor, f.events, m.list.rows
	m.send(forFollowing, m.t.Len(), func(context.Context) func(*model) {
		shown := events.And(rows)
		return func(m *model) { m.do(m.followAmong(actor, shown, step, which)) }
	})
	return nil
}

// followAmong goes to the next of the shown events that name the actor.
func (m *model) followAmong(actor string, shown timeline.Selection, step int, which string) tea.Cmd {
	k, _ := shown.Has(m.list.event())
	next := k + step*m.forward()
	if next < 0 || next >= shown.Len() {
		return m.say(fmt.Sprintf("No further event with %s: this is %s.", actor, m.nth(k, shown.Len())))
	}
	m.following.at = shown.At(next)
	m.jump(m.following.at)
	return m.say(fmt.Sprintf("%s with %s: %s.", which, actor, m.nth(next, shown.Len())))
}

// nth says which the k-th of n events in time is on screen.
func (m *model) nth(k, n int) string {
	if m.list.newest {
		k = n - 1 - k
	}
	return fmt.Sprintf("%s of %s", text.Grouped(k+1), text.Grouped(n))
}
