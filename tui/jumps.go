package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A jumpList is the events that jumps left, in which H and L go back and forward.
type jumpList struct{ back, ahead []int }

// mostJumps is how many jumps are kept.
const mostJumps = 100

// leave notes the event that a jump leaves.
func (j *jumpList) leave(event int) {
	if event < 0 || len(j.back) > 0 && j.back[len(j.back)-1] == event {
		return
	}
	j.back = append(j.back, event)
	j.back = j.back[max(0, len(j.back)-mostJumps):]
	j.ahead = nil
}

// jump goes to an event, if it is shown.
func (m *model) jump(event int) bool {
	from := m.list.Event()
	if !m.list.To(event) {
		return false
	}
	if event != from {
		m.jumps.leave(from)
	}
	m.moved()
	return true
}

// jumpTo goes to an event, or says that it is hidden.
func (m *model) jumpTo(event int) tea.Cmd {
	if m.jump(event) {
		return nil
	}
	return m.say(fmt.Sprintf("“%s” is hidden by the filter; %s drops a term.", m.shown.Event(event).Title, m.keys.first("back")))
}

func (m *model) jumpBack() tea.Cmd {
	return m.retrace(&m.jumps.back, &m.jumps.ahead, "earlier", "Back; %[2]s goes forward.")
}
func (m *model) jumpForward() tea.Cmd {
	return m.retrace(&m.jumps.ahead, &m.jumps.back, "later", "Forward again; %[1]s goes back.")
}

// retrace goes to the last event at one end of the jump list that is shown, and
// adds this one at the other.
func (m *model) retrace(from, to *[]int, which, went string) tea.Cmd {
	for n := range m.times() {
		if m.retraceOne(from, to) {
			continue
		}
		if n == 0 {
			return m.say("No " + which + " jump.")
		}
		break
	}
	return m.say(fmt.Sprintf(went, m.keys.first("jump-back"), m.keys.first("jump-forward")))
}

func (m *model) retraceOne(from, to *[]int) bool {
	here := m.list.Event()
	for i := len(*from) - 1; i >= 0; i-- {
		if event := (*from)[i]; event != here && m.list.To(event) {
			*from = (*from)[:i]
			*to = append(*to, here)
			m.moved()
			return true
		}
	}
	return false
}

// shareActor goes to the next event that shares an actor with this one.
func (m *model) shareActor(step int) tea.Cmd {
	here, shown, times := m.list.Event(), m.shown, min(m.times(), farthestJump)
	if here < 0 {
		return nil
	}
	m.start(jobFollow, shown.Len(), func(ctx context.Context) func(*model) {
		last := here
		for range times {
			next, after := shown.Sharing(here, last, shown.Rows)
			if step > 0 != shown.Newest {
				next = after
			}
			if next < 0 || ctx.Err() != nil {
				break
			}
			last = next
		}
		return func(m *model) {
			if last == here {
				m.do(m.say("No further event shares an actor with this one."))
				return
			}
			m.jump(last)
		}
	})
	return nil
}

// farthestJump is how far one key jumps.
const farthestJump = 1000

// month goes to the next month, or to the one before.
func (m *model) month(step int) tea.Cmd {
	from := m.list.Event()
	for n := range min(m.times(), farthestJump) {
		if m.list.Month(step) {
			continue
		}
		if n == 0 {
			return m.say("No further month.")
		}
		break
	}
	m.jumps.leave(from)
	m.moved()
	return nil
}

// newestEvent goes to the last event in time.
func (m *model) newestEvent() {
	if n := m.shown.Dated(); n > 0 {
		m.jump(m.shown.Rows.At(n - 1))
	}
}

// cursorDay is the day of the event under the cursor.
func (m *model) cursorDay() edtf.Day {
	if i := m.list.Event(); i >= 0 {
		return m.shown.Day(i)
	}
	return edtf.Past
}

// begin goes to where the reader asked to begin. That may be in a part of the
// timeline that is not read yet.
func (m *model) begin(whole bool) tea.Cmd {
	if m.At == "" {
		return nil
	}
	_, isEvent := m.shown.Find(m.At)
	day, _, err := m.typedDays(m.At)
	_, last, dated := m.shown.Period()
	if !whole && !isEvent && (err != nil || !dated || day > last) {
		said := fmt.Sprintf("%s is not read yet. The cursor will go there, unless you press a key first.", m.At)
		if m.notice.text == said {
			return nil
		}
		return m.say(said)
	}
	m.hush()
	return m.goToPlace(m.At)
}

// goToPlace goes to an event by its id, or to a date.
func (m *model) goToPlace(text string) tea.Cmd {
	if event, ok := m.shown.Find(text); ok {
		return m.jumpTo(event)
	}
	if _, _, err := m.typedDays(text); err != nil {
		return m.fail(fmt.Sprintf("no action or event is called %s, and it is no date: %s", text, err))
	}
	return m.goToDate(text)
}

// goToDate goes to a date as people type it.
func (m *model) goToDate(text string) tea.Cmd {
	from, to, err := m.typedDays(text)
	if err != nil {
		return m.fail(err.Error())
	}
	return m.goToDays(from, to)
}

// typedDays returns the days that a date means as people type it, seen from the
// cursor: June 2024 is all days of that month.
func (m *model) typedDays(text string) (from, to edtf.Day, err error) {
	d, err := edtf.ParseTyped(text)
	if err != nil {
		return 0, 0, err
	}
	here := edtf.Reference{Here: m.cursorDay(), Today: edtf.Past, Last: edtf.Past}
	if today, ok := m.Today.Filed(); ok {
		here.Today = today
	}
	if _, last, dated := m.shown.Period(); dated {
		here.Last = last
	}
	meant := d.On(here)
	if from, ok := meant.Filed(); ok {
		_, to = meant.Span()
		return from, to, nil
	}
	return 0, 0, fmt.Errorf("%s has neither a start nor an end", text)
}

// goToDays goes to the first shown event filed under one of some days, or after
// them.
func (m *model) goToDays(from, to edtf.Day) tea.Cmd {
	n := m.shown.Dated()
	if n == 0 {
		return m.say("No event shown has a date.")
	}
	k := min(m.shown.Rows.Rank(m.shown.From(from)), n-1)
	m.jump(m.shown.Rows.At(k))
	switch landed := m.shown.Day(m.list.Event()); {
	case landed < from:
		return m.say("No event on that date or later" + m.soFar() + "; this is the last one.")
	case landed > to:
		return m.say("No event on that date; this is the next one.")
	}
	return nil
}

// A following is an actor that * and # follow from event to event. It continues
// from the event they went to last, even if another actor leads that.
type following struct {
	actor  string
	events timeline.Selection // that name the actor
	at     int
}

// follow goes to the next event that names the lead actor of this one.
func (m *model) follow(step int) tea.Cmd {
	here := m.list.Event()
	if here < 0 {
		return nil
	}
	f := &m.following
	if f.actor == "" || f.at != here {
		actor, events, ok := m.shown.Lead(here)
		if !ok {
			return m.say("This event names no actor to follow.")
		}
		*f = following{actor, events, here}
	}
	actor, events, rows := f.actor, f.events, m.shown.Rows
	step *= m.times()
	m.start(jobFollow, m.shown.Len(), func(context.Context) func(*model) {
		shown := events.And(rows)
		return func(m *model) { m.do(m.followAmong(actor, shown, step)) }
	})
	return nil
}

// followAmong goes to the next of the shown events that name the actor.
func (m *model) followAmong(actor string, shown timeline.Selection, step int) tea.Cmd {
	k, _ := shown.Has(m.list.Event())
	next := max(0, min(k+step*m.forward(), shown.Len()-1))
	if next == k {
		return m.say(fmt.Sprintf("No further event with %s: this is %s.", actor, m.nth(k, shown.Len())))
	}
	m.following.at = shown.At(next)
	m.jump(m.following.at)
	which := "Next"
	if step < 0 {
		which = "Previous"
	}
	return m.say(fmt.Sprintf("%s with %s: %s.", which, actor, m.nth(next, shown.Len())))
}

// nth is the place on screen of the k-th of n events in time.
func (m *model) nth(k, n int) string {
	if m.shown.Newest {
		k = n - 1 - k
	}
	return fmt.Sprintf("%s of %s", text.Grouped(k+1), text.Grouped(n))
}

// nextMarked goes to the next marked event that is shown, or the one before.
func (m *model) nextMarked(step int) tea.Cmd {
	marked := m.shown.Marked().And(m.shown.Rows)
	k, on := marked.Has(m.list.Event())
	if marked.Len() == 0 {
		return m.say("No event shown is marked; " + m.keys.first("mark") + " marks one.")
	}
	switch down := step * m.forward(); {
	case down < 0:
		k--
	case on:
		k++
	}
	if k < 0 || k >= marked.Len() {
		return m.say("No further marked event.")
	}
	k = max(0, min(k+(m.times()-1)*step*m.forward(), marked.Len()-1))
	m.jump(marked.At(k))
	return nil
}
