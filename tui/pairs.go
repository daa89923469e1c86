package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/tui/pane"
)

// pairing shows who is named with whom.
type pairing struct {
	plain
	pane.Pairs
	asked     string // the actor whose company is being counted
	narrowing bool   // every letter is text
}

// togglePairs shows who is named with whom, or leaves that.
func (m *model) togglePairs() {
	if _, ok := m.top().(*pairing); ok {
		m.back()
		return
	}
	m.openPairs()
}

func (m *model) openPairs() {
	p := new(pairing)
	m.push(p)
	p.renew(m)
}

// renew counts the actors of the events shown.
func (p *pairing) renew(m *model) {
	p.Show(m.shown)
	p.count(m, "")
}

// follow counts the company of the actor under the cursor.
func (p *pairing) follow(m *model) {
	if actor, counted := p.Wanted(); !counted && actor != p.asked {
		p.count(m, actor)
	}
}

func (p *pairing) count(m *model, actor string) {
	s := m.shown
	p.asked = actor
	m.start(jobPairs, s.Len(), func(ctx context.Context) func(*model) {
		company := pane.CountCompany(ctx, s, actor)
		return func(m *model) {
			p.Fill(company)
			p.follow(m)
		}
	})
}

func (p *pairing) about(*model) about {
	hints := []hint{{"filter-pair", "filter on the pair"}, {"pair-left", "actor"}, {"pair-right", "with whom"}, {"narrow-pairs", "narrow"}, {"leave-pairs", "list"}, {"help", "help"}}
	if p.narrowing {
		hints = []hint{{"filter-pair", "filter on the pair"}, {"pair-other", "other list"}, {"erase", "erase"}, {"leave-pairs", "whole list"}}
	}
	return about{"pairs", []scope{inPairs, inPage}, hints}
}

// takes reports whether a key is text, whatever else it does here.
func (p *pairing) takes(msg tea.KeyPressMsg) bool { return p.narrowing && msg.Text != "" }

func (p *pairing) narrows() bool  { return true }
func (p *pairing) narrow(on bool) { p.narrowing = on }

// Narrow narrows the list that has the keys.
func (p *pairing) Narrow(typed string) {
	p.narrowing = p.narrowing || typed != ""
	p.Pairs.Narrow(typed)
}

func (p *pairing) turnTo(company bool) {
	p.Sideways(company)
	p.narrowing = p.Typed() != ""
}

// leavePairs shows the whole list again or, when it is whole, leaves.
func (m *model) leavePairs() {
	p := m.top().(*pairing)
	if !p.narrowing {
		m.back()
		return
	}
	p.Narrow("")
	p.narrowing = false
}

// waits lets the reader go on among the actors while the company is counted.
func (p *pairing) waits(m *model, a *action) bool {
	actor, counted := p.Wanted()
	switch {
	case a.is("help", "leave-pairs", "who", "quit"):
	case actor == "" && !counted, !counted && (p.InCompany() || a.is("filter-pair", "pair-right", "pair-other")):
		return true
	}
	return p.plain.waits(m, a)
}

func (p *pairing) spoken(*model) string { return p.Spoken() }

func (p *pairing) leave(m *model) { m.cancel(jobPairs) }

func (p *pairing) click(m *model, x, y int) tea.Cmd {
	if p.Click(x, y) {
		return m.filterPair()
	}
	return nil
}

// filterPair filters to the events that name both actors under the cursors.
func (m *model) filterPair() tea.Cmd {
	p := m.top().(*pairing)
	actor, with := p.Names()
	if actor == "" {
		return nil // the pairs say so
	}
	m.drop(p)
	q := m.query
	for _, name := range []string{actor, with} {
		term := timeline.Is(timeline.ActorField, name)
		if name != "" && !slices.ContainsFunc(q.Terms(), func(t timeline.Term) bool { return t.String() == term.String() }) {
			q = q.And(term)
		}
	}
	m.setQuery(q)
	return nil
}
