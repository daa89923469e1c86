package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
)

// Ways to a filter by looking at what there is: the facets, and who is named
// with whom. Each writes ordinary terms.

// toggleFacets shows the facets, or hides them.
func (m *model) toggleFacets() {
	if m.layout.facets.empty() {
		m.openFacets()
		return
	}
	m.folded = m.folded || !m.layout.facetsOver()
	if m.focus == onFacets {
		m.focus = onList
	}
	m.arrange()
}

func (m *model) openFacets() {
	m.reading, m.folded = false, false
	m.turnTo(onFacets)
}

// tallyFacets has the facets counted, if they are on screen and show the counts
// of another filter.
func (m *model) tallyFacets() {
	p := &m.facets
	if m.layout.facets.empty() || !p.stale || !m.loaded() {
		return
	}
	p.stale = false
	t, q := p.t, p.query
	m.send(forFacets, t.Len(), func(ctx context.Context) func(*model) {
		counts := tally(ctx, t, q)
		return func(m *model) { m.facets.fill(counts) }
	})
}

func (m *model) wantValue()    { m.markValue(wanted) }
func (m *model) excludeValue() { m.markValue(excluded) }

// markValue marks the value under the cursor, or unmarks it. On the line below
// the values it picks from all.
func (m *model) markValue(as mark) {
	m.facets.lay()
	switch line, ok := m.facets.at(); {
	case !ok || line.kind == headingLine:
	case line.kind == moreLine:
		m.pickFrom(line.field)
	default:
		m.setQuery(facet{m.t, line.field}.toggle(m.query, line.count.Value, as))
	}
}

// togglePairs shows who is named with whom, or leaves that.
func (m *model) togglePairs() {
	if m.mode == pairing {
		m.back()
		return
	}
	m.openPairs()
}

func (m *model) openPairs() {
	m.pairs.open()
	m.mode = pairing
	m.countPairs()
}

// countPairs has it counted who is named with whom in the events shown.
func (m *model) countPairs() {
	t, rows := m.t, m.list.rows
	m.pairs.counting = true
	m.send(forPairs, t.Len(), func(context.Context) func(*model) {
		counted := t.Pairs(rows, mostPaired)
		return func(m *model) { m.pairs.fill(t, counted) }
	})
}

func (m *model) pairSideways(n int) tea.Cmd {
	m.pairs.sideways(n)
	return nil
}

// filterPair filters to the events that name both actors under the cursor.
func (m *model) filterPair() tea.Cmd {
	p := &m.pairs
	switch {
	case p.empty():
		return nil // the pane says so
	case p.Of(p.row, p.col).Events == 0:
		return m.say("No event that is shown names both.")
	}
	m.mode = browsing
	q := m.query
	a, b := p.names()
	for _, name := range []string{a, b} {
		term := timeline.Is(timeline.ActorField, name)
		if !slices.ContainsFunc(q.Terms(), func(t timeline.Term) bool { return t.String() == term.String() }) {
			q = q.And(term)
		}
	}
	m.setQuery(q)
	return nil
}
