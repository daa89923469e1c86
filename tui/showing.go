package tui

import (
	"context"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A question is what is to be shown: what of a timeline, and in which order.
type question struct {
	t       *timeline.Timeline
	query   timeline.Query
	newest  bool
	text    string // searched for
	ranging bool   // a stretch of time is being selected
}

// An answer is all that the panes need to show it.
type answer struct {
	question
	rows      timeline.Selection
	stretches []stretch
	breaks    []listBreak
	hides     []timeline.Hidden
	find      search
	ranged    timeline.Selection
	rescues   []timeline.Rescue // where nothing is shown
	unknown   error             // a value that no event has
}

// answer finds it, or ends early when the context is done.
func (q question) answer(ctx context.Context) *answer {
	a := &answer{question: q}
	a.rows, _ = q.t.Search(ctx, q.query)
	l := list{t: q.t, rows: a.rows, newest: q.newest}
	a.stretches, a.breaks = l.findStretches(), l.findBreaks()
	if ctx.Err() != nil {
		return a
	}
	a.hides = q.t.Hides(q.query)
	a.find = look(ctx, q.t, q.query, q.text)
	if q.ranging {
		a.ranged, _ = q.t.Search(ctx, q.query.WithoutPeriod())
	}
	if a.rows.Len() == 0 {
		a.rescues, a.unknown = q.t.Rescues(q.query), q.t.Check(q.query)
	}
	return a
}

// An arrival is another timeline on its way to the screen.
type arrival struct {
	file  File
	again bool   // it was read before: what has changed is to be told
	shown func() // is to be told when it is on screen; nil if nobody is
}

// setQuery changes what is shown. Until that has been found the keys wait.
func (m *model) setQuery(q timeline.Query) {
	m.query, m.waiting = q, true
	m.inquire()
}

// setNewest changes the order on screen.
func (m *model) setNewest(newest bool) {
	m.Newest = newest
	m.setQuery(m.query)
}

// open shows another timeline, or the same one read again.
func (m *model) open(a arrival) {
	a.file.Name, a.file.LeftOut, a.file.Unkept = text.Clean(a.file.Name), text.Clean(a.file.LeftOut), text.Clean(a.file.Unkept)
	m.arriving = &a
	m.inquire()
}

// inquire has found what is to be shown, and shows it then.
func (m *model) inquire() {
	q := question{m.t, m.query, m.Newest, m.find.text, m.strip.selecting.on()}
	before := m.t
	var arriving *arrival // a copy, since its margin may change
	if m.arriving != nil {
		arriving = new(*m.arriving)
		q.t = arriving.file.Timeline
	}
	m.send(forRows, q.t.Len(), func(ctx context.Context) func(*model) {
		changed := ""
		if arriving != nil {
			if arriving.again {
				changed = difference(ctx, before, q.t)
			}
			q.t = q.t.WithMargin(arriving.file.Margin)
		}
		a := q.answer(ctx)
		return func(m *model) { m.show(a, changed) }
	})
}

// show gives the panes what has been found, and does what waited for it.
func (m *model) show(a *answer, changed string) {
	m.recall(forHits, forRange, forFollowing) // they looked among the rows before
	arrived := m.arriving
	m.arriving = nil
	if arrived != nil {
		m.replace(arrived.file, a.t)
	}
	if arrived != nil || a.query.String() != m.answered.query.String() || a.query.AsksMargin() {
		m.facets.set(a.t, a.query) // they do not depend on the order
	}
	m.waiting, m.answered = false, a.question
	m.list.set(a)
	m.strip.set(a.rows, a.stretches, m.list.event())
	m.chosen()
	m.hides, m.empty = a.hides, nil
	if a.rows.Len() == 0 {
		m.empty = m.whyEmpty(a)
	}
	if text := m.find.text; text == a.text {
		m.setSearch(a.find)
	} else { // something else has been searched for since
		m.seek(text, func(*model) {})
	}
	switch {
	case a.ranging && m.strip.selecting.on():
		m.ranged = a.ranged
		m.moveRange(m.strip.selecting.end)
	case m.strip.selecting.on(): // since it was asked
		m.countRange()
	}
	if arrived != nil {
		m.renew()
		m.arrived(arrived, changed)
	}
	if then := m.then; then != nil {
		m.then = nil
		then(m)
	}
	m.do(m.catchUp())
}

// giveUp leaves what is shown as it is, and forgets what was asked for instead
// and the keys that waited for it.
func (m *model) giveUp() {
	m.query, m.Newest, m.waiting, m.then, m.ahead = m.answered.query, m.answered.newest, false, nil, nil
	m.recall(forRows)
	if m.arriving != nil {
		m.inquire()
	}
}
