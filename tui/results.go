package tui

import (
	"context"
	"errors"
	"fmt"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A request asks for events to be shown.
type request struct {
	t       *timeline.Timeline
	query   timeline.Query
	newest  bool
	search  string
	ranging bool // a period is being selected
}

// A result is what is found.
type result struct {
	*pane.Shown
	request
	ranged  timeline.Selection // the events that a period is selected from
	rescues []timeline.Rescue  // where nothing is shown
	why     error              // nothing is shown
}

// find finds it, or ends early when ctx is done.
func (q request) find(ctx context.Context, shared *Shared) *result {
	r := &result{Shown: shared.show(ctx, q.t, q.query, q.newest, q.search), request: q}
	if ctx.Err() != nil {
		return r
	}
	if q.ranging {
		r.ranged, _ = q.t.Search(ctx, q.query.WithoutPeriod())
	}
	if r.Rows.Len() == 0 {
		r.rescues, r.why = q.t.Rescues(q.query), q.t.Check(q.query)
	}
	return r
}

// An arrival is another timeline on its way to the screen.
type arrival struct {
	file  File
	again bool   // it was read before: the changes are to be told
	asked bool   // the reader asked for it
	worse bool   // it has more errors than the one shown
	shown func() // called when it is on screen; may be nil
	said  string // what the reader is told when it is; may be empty

	unsure bool // see Part.Checking
}

// setQuery changes what is shown. What is not loaded is asked of the store.
func (m *model) setQuery(q timeline.Query) {
	switch p, ok := in[*storing](m); {
	case ok:
		p.narrow(m, q)
	case m.Store != nil && !m.within(q):
		m.Newest, m.then, m.past.moving = m.shown.Newest, nil, false
		m.openStore(q)
	default:
		m.find(q)
	}
}

// find shows what a query selects. Until its events are found, keys wait.
func (m *model) find(q timeline.Query) {
	m.query, m.waiting = q, true
	m.request()
}

// setNewest changes the order on screen.
func (m *model) setNewest(newest bool) {
	m.Newest = newest
	m.find(m.query)
}

// open shows another timeline, or the same one read again.
func (m *model) open(a arrival) {
	a.file.Name, a.file.LeftOut, a.file.Unkept = text.Clean(a.file.Name), text.Clean(a.file.LeftOut), text.Clean(a.file.Unkept)
	m.arriving = &a
	m.request()
}

// request has the events found that are asked for, and shows them.
func (m *model) request() {
	_, selecting := in[*ranging](m)
	q := request{m.shown.Timeline, m.query, m.Newest, m.shown.Search.Text, selecting}
	before, shared := m.shown.Timeline, m.Shared
	var arriving *arrival // a copy, since its margin may change
	if m.arriving != nil {
		arriving = new(*m.arriving)
		q.t = arriving.file.Timeline
	}
	m.start(jobRows, q.t.Len(), func(ctx context.Context) func(*model) {
		changed, gone := "", false
		if arriving != nil {
			if arriving.again {
				changed, gone = difference(ctx, before, q.t)
			}
			if arriving.again && arriving.worse && !arriving.asked && gone {
				return (*model).refuse
			}
			q.t = q.t.WithMargin(arriving.file.Margin)
		}
		r := q.find(ctx, shared)
		return func(m *model) { m.show(r, changed) }
	})
}

// show hands the panes a result, and does what waited for it.
func (m *model) show(r *result, changed string) {
	m.cancel(jobHits, jobRange, jobFollow) // they look among the rows before
	search, before, arrived := m.shown.Search, m.scene(), m.arriving
	m.waiting, m.arriving = false, nil
	if arrived != nil {
		m.unsure = arrived.unsure
		m.replace(arrived.file, r.Timeline)
	}
	m.hand(r.Shown, arrived != nil || r.Query.String() != before.query.String() || r.Query.AsksMargin())
	if arrived != nil {
		if m.astray.stand = ""; m.list.Event() >= 0 {
			m.astray.stand = m.shown.Event(m.list.Event()).ID
		}
	}
	m.blank = nil
	if r.Rows.Len() == 0 {
		m.blank = r
	}
	if search.Text != r.search { // it was changed since
		m.seek(search.Text, func(*model) {})
	}
	if p, ok := in[*ranging](m); ok {
		p.shown(m, r)
	}
	if arrived != nil {
		for _, p := range append([]place(nil), m.places...) {
			p.renew(m)
		}
		m.arrived(arrived, changed)
	}
	if then := m.then; then != nil {
		m.then = nil
		then(m)
	}
	m.record(before)
	m.do(m.catchUp())
}

// giveUp keeps what is shown, and forgets what was asked for instead and the keys
// that wait for it.
func (m *model) giveUp() {
	m.query, m.Newest, m.waiting, m.then, m.ahead = m.shown.Query, m.shown.Newest, false, nil, nil
	m.past.moving = false
	m.cancel(jobRows)
	if m.arriving != nil {
		m.request()
	}
}

// whyEmpty says why nothing is shown, and which one term to drop.
func (m *model) whyEmpty() []string {
	r := m.blank
	switch {
	case r == nil || !m.loaded():
		return nil
	case m.shown.Len() == 0 && m.file.LeftOut != "":
		return []string{"No event could be read.", m.keys.first("problems") + " shows why."}
	case m.shown.Len() == 0:
		return []string{"This timeline has no events."}
	}
	lines := []string{"No event matches this filter" + m.soFar() + "."}
	if m.query.Asks(timeline.MarkedField) && m.shown.Marked().Len() == 0 {
		lines = append(lines, fmt.Sprintf("Nothing is marked: %s marks an event.", m.keys.first("mark")))
	}
	if bad := new(timeline.QueryError); errors.As(r.why, &bad) && !m.loading.partly() {
		lines = append(lines, text.Sentence(bad.Why()))
	}
	for _, rescue := range r.rescues[:min(len(r.rescues), 4)] {
		lines = append(lines, fmt.Sprintf("Without %s: %s.", text.Clean(rescue.Term.String()), text.Counted(rescue.Shown, "event")))
	}
	if len(r.rescues) == 0 {
		lines = append(lines, "Dropping one term is not enough.")
	}
	return append(lines, fmt.Sprintf("%s drops the last term; %s edits the filter.", m.keys.first("back"), m.keys.first("filter")))
}
