package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// Ways to change what the histogram shows: narrower and wider bars, and a
// stretch of time selected in it, to filter by.

// A selecting is buckets of a strip being selected: from the one that it began
// with to the one that moves. The zero selecting selects none.
type selecting struct {
	step       step // of the buckets, which keep their width meanwhile
	begun, end int
}

func (s selecting) on() bool { return s.step != step{} }

func (s selecting) has(bucket int) bool {
	return s.on() && min(s.begun, s.end) <= bucket && bucket <= max(s.begun, s.end)
}

// days returns the first and the last day selected.
func (s selecting) days() (from, to edtf.Day) {
	return s.step.begin(min(s.begun, s.end)), s.step.begin(max(s.begun, s.end)+1) - 1
}

// period returns those days in EDTF, as finely as the buckets tell them apart.
func (s selecting) period() (since, until string) {
	from, to := s.days()
	p := s.step.precision()
	return from.Spell(p), to.Spell(p)
}

// monthBack returns the bucket that the month begins in or, at that, the month
// before.
func (s selecting) monthBack() int {
	year, month, _ := (s.step.begin(s.end) - 1).Civil()
	return s.step.number(edtf.DayOf(year, month, 1))
}

// monthAhead returns the bucket that the month ends in or, at that, the next
// month.
func (s selecting) monthAhead() int {
	year, month, _ := s.step.begin(s.end + 1).Civil()
	return s.step.number(edtf.DayOf(year, month+1, 0))
}

// startSelecting begins with the bucket that the reader is at.
func (p *strip) startSelecting() {
	at := p.here()
	p.selecting = selecting{p.step, at, at}
}

// stopSelecting shows the strip as it was.
func (p *strip) stopSelecting() {
	p.selecting = selecting{}
	p.count()
}

// moveEnd moves the end that moves, no further than the period goes.
func (p *strip) moveEnd(to int) {
	first, last, ok := p.t.Period()
	if !ok {
		return
	}
	step := p.selecting.step
	p.selecting.end = max(step.number(first), min(to, step.number(last)))
}

// noHistogram says why there is nothing to zoom or to select in.
func (m *model) noHistogram() tea.Cmd {
	if _, _, ok := m.t.Period(); !ok {
		return m.say("There is no histogram: no event has a date.")
	}
	return m.say("The histogram has no room here: it needs a screen of 14 rows.")
}

func (m *model) zoomIn() tea.Cmd  { return m.zoomed(m.strip.zoomIn, "No bar is narrower than a day.") }
func (m *model) zoomOut() tea.Cmd { return m.zoomed(m.strip.zoomOut, "The whole period is in view.") }

// zoomed zooms, and says how wide a bar is now, or why it did not.
func (m *model) zoomed(zoom func() bool, otherwise string) tea.Cmd {
	switch {
	case !m.strip.drawn():
		return m.noHistogram()
	case !zoom():
		return m.say(otherwise)
	}
	return m.say("A bar is " + m.strip.step.String() + ".")
}

// openRange begins to select a stretch of time.
func (m *model) openRange() tea.Cmd {
	if !m.strip.drawn() {
		return m.noHistogram()
	}
	m.strip.startSelecting()
	m.mode = ranging
	m.countRange()
	return nil
}

// countRange finds the events that a period would be chosen from, and how many
// lie in the one selected.
func (m *model) countRange() {
	t, q := m.t, m.query.WithoutPeriod()
	m.send(forRange, t.Len(), func(ctx context.Context) func(*model) {
		rows, _ := t.Search(ctx, q)
		return func(m *model) {
			m.ranged = rows
			m.moveRange(m.strip.selecting.end)
		}
	})
}

func (m *model) moveRange(to int) {
	m.strip.moveEnd(to)
	m.strip.scroll()
	m.countSelected()
}

// countSelected counts the events that lie in what is selected.
func (m *model) countSelected() {
	from, last := m.strip.selecting.days()
	m.shows = m.t.Overlapping(m.ranged, from, last)
}

// viewRange says what is selected, and how many events that is.
func (m *model) viewRange(w int) string {
	what, until := m.strip.selecting.period()
	if until != what {
		what += " to " + until
	}
	said := fmt.Sprintf(" %s: %s of %s", what, text.Grouped(m.shows), text.Counted(m.t.Len(), "event"))
	if m.awaits(forRange) {
		said = fmt.Sprintf(" %s: counting…", what)
	}
	keys := fmt.Sprintf("; %s filters, %s leaves", m.keys.first("range-keep"), m.keys.first("range-leave"))
	if width(said+keys) < w {
		said += keys // the hints say so too
	}
	return row(w, span{said, m.styles.strong})
}

// keepRange filters by what is selected, in the place of any other period.
func (m *model) keepRange() {
	since, until := m.strip.selecting.period()
	m.leaveRange()
	m.setQuery(m.query.Between(since, until))
}

func (m *model) leaveRange() {
	m.recall(forRange)
	m.strip.stopSelecting()
	m.mode = browsing
}
