package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/edtf"
)

// Ways to go to an event other than row by row. Each leaves a trail, on which H
// and L go back and forward.

// A trail is the events that were left by a jump.
type trail struct{ back, ahead []int }

// in returns the trail in another timeline, without what is gone there.
func (t trail) in(to passage) trail {
	still := func(events []int) (there []int) {
		for _, event := range events {
			if i, ok := to.at[event]; ok {
				there = append(there, i)
			}
		}
		return there
	}
	return trail{still(t.back), still(t.ahead)}
}

// longestTrail is how many places are kept.
const longestTrail = 100

// leave notes the event that a jump leaves.
func (t *trail) leave(event int) {
	if event < 0 || len(t.back) > 0 && t.back[len(t.back)-1] == event {
		return
	}
	t.back = append(t.back, event)
	t.back = t.back[max(0, len(t.back)-longestTrail):]
	t.ahead = nil
}

// jump goes to an event, if it is shown.
func (m *model) jump(event int) bool {
	from := m.list.event()
	if !m.list.show(event) {
		return false
	}
	if event != from {
		m.trail.leave(from)
	}
	m.chosen()
	return true
}

func (m *model) retraceBack() tea.Cmd  { return m.retrace(&m.trail.back, &m.trail.ahead) }
func (m *model) retraceAhead() tea.Cmd { return m.retrace(&m.trail.ahead, &m.trail.back) }

// retrace goes to the last place of one end of the trail that is shown, and adds
// the one at hand to the other.
func (m *model) retrace(from, to *[]int) tea.Cmd {
	here := m.list.event()
	for i := len(*from) - 1; i >= 0; i-- {
		if event := (*from)[i]; event != here && m.list.show(event) {
			*from = (*from)[:i]
			*to = append(*to, here)
			m.chosen()
			return nil
		}
	}
	return m.say("There is no other place to go to.")
}

// kin goes to the next event that shares an actor with this one.
func (m *model) kin(step int) tea.Cmd {
	if m.list.event() < 0 {
		return nil
	}
	here := m.list.event()
	for row := m.list.cursor + step; row >= 0 && row < m.list.rows.Len(); row += step {
		if event := m.list.at(row); m.t.ShareActor(here, event) {
			m.jump(event)
			return nil
		}
	}
	return m.say("No further event shares an actor with this one.")
}

// month goes to the next month, or to the one before.
func (m *model) month(step int) tea.Cmd {
	from := m.list.event()
	if !m.list.month(step) {
		return m.say("There is no further month.")
	}
	m.trail.leave(from)
	m.chosen()
	return nil
}

// newestEvent goes to the last event in time.
func (m *model) newestEvent() {
	if n := m.dated(); n > 0 {
		m.jump(m.list.rows.At(n - 1))
	}
}

// dated is how many of the shown events have a day to be filed under; those that
// have none come last.
func (m *model) dated() int { return m.list.rows.Rank(m.t.From(edtf.Future)) }

// begin goes to where the reader asked to begin. While there is but a part of the
// timeline it may have to wait for that, and says so.
func (m *model) begin(whole bool) tea.Cmd {
	_, isEvent := m.t.Find(m.At)
	day, err := edtf.ParseTyped(m.At, m.cursorDay())
	_, last, dated := m.t.Period()
	if m.At == "" {
		return nil
	}
	if !whole && !isEvent && (err != nil || !dated || day > last) {
		said := fmt.Sprintf("%s is not read yet: the cursor goes there once it is, unless you press a key before.", m.At)
		if m.notice.text == said {
			return nil
		}
		return m.say(said)
	}
	m.hush()
	return m.goToPlace(m.At)
}

func (m *model) openGoing() {
	m.check = ""
	m.prompt.open("go to: ", "")
	m.mode = going
}

// goTo goes to the date typed, or says what is wrong with it.
func (m *model) goTo() tea.Cmd {
	if _, err := edtf.ParseTyped(m.prompt.text(), m.cursorDay()); err != nil {
		m.check = err.Error()
		return nil
	}
	m.mode = browsing
	return m.goToDate(m.prompt.text())
}

// goToDate goes to a date as a person types it.
func (m *model) goToDate(text string) tea.Cmd {
	day, err := edtf.ParseTyped(text, m.cursorDay())
	if err != nil {
		return m.fail(err.Error())
	}
	return m.goToDay(day)
}

// goToDay goes to the first shown event filed under a day, or after it.
func (m *model) goToDay(day edtf.Day) tea.Cmd {
	n := m.dated()
	if n == 0 {
		return m.say("Nothing that is shown has a date to go to.")
	}
	k := min(m.list.rows.Rank(m.t.From(day)), n-1)
	m.jump(m.list.rows.At(k))
	switch landed := m.t.Day(m.list.event()); {
	case landed < day:
		return m.say("Nothing is shown from then on; this is the last.")
	case landed > day:
		return m.say("This is the next from then on.")
	}
	return nil
}
