package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// The facets and the histogram narrow the filter. Each writes
// ordinary terms.

// toggleFacets shows the facets, or hides them.
func (m *model) toggleFacets() {
	if m.layout.facets.empty() {
		m.openFacets()
		return
	}
	if !m.layout.facetsOver() {
		m.column = folded
	}
	if m.focus == onFacets {
		m.focus = onList
	}
	m.arrange()
}

func (m *model) openFacets() {
	m.reading = false
	if m.turnTo(onFacets); !m.layout.facetsOver() {
		m.column = beside
	}
}

// countFacets has the facets counted, if their counts are of another filter.
func (m *model) countFacets() {
	if !m.loaded() || !m.facets.Stale() || m.unsure {
		return
	}
	s := m.shown
	m.start(jobFacets, s.Len(), func(ctx context.Context) func(*model) {
		counts := pane.CountFacets(ctx, s)
		return func(m *model) { m.facets.Fill(counts) }
	})
}

// markValue marks the value under the cursor, or unmarks it. On the last line of a
// facet it opens the picker.
func (m *model) markValue(as pane.Mark) tea.Cmd {
	if p, ok := m.top().(*storing); ok {
		return p.mark(m, as)
	}
	m.facets.Lay()
	switch line, ok := m.facets.Line(); {
	case !ok || line.Kind == pane.FacetHeading:
	case line.Kind == pane.FacetMore:
		m.pickFrom(line.Field)
	default:
		f := pane.FacetQuery{Timeline: m.shown.Timeline, Field: line.Field}
		m.setQuery(f.Toggle(m.query, line.Count.Value, as))
	}
	return nil
}

// noHistogram says why there is no histogram.
func (m *model) noHistogram() tea.Cmd {
	if _, _, ok := m.onScreen().Period(); !ok {
		return m.say("There is no histogram: no event has a date.")
	}
	if m.reading {
		return m.say("The histogram is hidden while you read; " + m.keys.first("back") + " shows it.")
	}
	return m.say("The histogram has no room: it needs 14 rows.")
}

// zoom zooms in or out, and says how wide a bar is now, or why it did not.
func (m *model) zoom(in bool) tea.Cmd {
	if !m.histogram.Drawn() {
		return m.noHistogram()
	}
	before := m.scene()
	for n := range m.times() {
		zoomed := in && m.histogram.ZoomIn() || !in && m.histogram.ZoomOut()
		switch {
		case zoomed || n > 0:
		case in:
			return m.say("A bar is " + m.histogram.BarWidth() + " already; " + m.keys.first("zoom-out") + " widens.")
		default:
			return m.say("The whole period is in view; " + m.keys.first("quit") + " quits.")
		}
		if !zoomed {
			break
		}
	}
	m.record(before)
	return m.say(fmt.Sprintf("A bar is %s; %s undoes.", m.histogram.BarWidth(), m.keys.first("undo")))
}

// ranging selects a period in the histogram.
type ranging struct {
	bare
	from  timeline.Selection // the events that it selects from
	shows int
	list  pane.List // as it was before the row of chips took some of its room
}

// openRange begins to select a period.
func (m *model) openRange() tea.Cmd {
	if !m.bars().Drawn() {
		return m.noHistogram()
	}
	m.bars().Select()
	p := &ranging{list: m.list}
	m.push(p)
	p.find(m)
	return nil
}

// find finds the events that a period is selected from, and counts those in it.
func (p *ranging) find(m *model) {
	if _, ok := in[*storing](m); ok {
		p.count(m)
		return
	}
	t, q := m.shown.Timeline, m.query.WithoutPeriod()
	m.start(jobRange, t.Len(), func(ctx context.Context) func(*model) {
		rows, _ := t.Search(ctx, q)
		return func(m *model) { p.extend(m, rows) }
	})
}

// extend selects from other events.
func (p *ranging) extend(m *model, from timeline.Selection) {
	p.from = from
	m.histogram.Extend(0)
	p.count(m)
}

// shown selects from the events of a result, or has them found if it was asked
// for before there was a selection. In a store that result is not on screen.
func (p *ranging) shown(m *model, r *result) {
	if _, ok := in[*storing](m); r.ranging && !ok {
		p.extend(m, r.ranged)
		return
	}
	p.find(m)
}

// count counts the events in the period selected.
func (p *ranging) count(m *model) {
	from, last := m.bars().Selected()
	if at, ok := in[*storing](m); ok {
		p.shows = at.shown.Between(from, last)
		return
	}
	p.shows = m.shown.Overlapping(p.from, from, last)
}

func (*ranging) about(*model) about {
	return about{"range", []scope{inRange}, []hint{{"range-back range-ahead", "move the end"}, {"range-swap", "other end"}, {"range-keep", "filter"}, {"range-leave", "let go"}, {"range-month-back range-month-ahead", "by months"}, {"help", "help"}}}
}

// spoken says which period is selected, and how many events are in it.
func (p *ranging) spoken(m *model) string {
	period := m.bars().PeriodWords()
	if m.running(jobRange) {
		return period + ": counting…"
	}
	return fmt.Sprintf("%s: %s", period, text.Counted(p.shows, "event"))
}

// footer says the period where the chips have no room.
func (p *ranging) footer(m *model, f *pane.Footer) {
	if m.layout.chips.empty() {
		f.Note = pane.Note{Text: p.spoken(m), Tone: pane.Strong}
		return
	}
	if _, ok := in[*storing](m); !ok {
		f.Where = m.where()
	}
}

func (p *ranging) leave(m *model) {
	m.cancel(jobRange)
	m.bars().Unselect()
	m.arrange()
	m.list.Scroll(p.list.Top())
}

// keepRange filters by the period selected, in the place of any other.
func (m *model) keepRange() {
	since, until := m.bars().Period()
	m.drop(m.top())
	m.setQuery(m.asks().Between(since, until))
}
