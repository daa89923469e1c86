package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A place is where the reader is: browsing the panes or, above them, in a prompt,
// a picker, the brief … Places lie on a stack, and the top one has the keys. A
// mover among them takes the movement keys, a filterer or a prompter text.
type place interface {
	about(*model) about
	waits(*model, *action) bool       // whether an action, or text if it is nil, must wait for a job
	Resize(w, h int)                  // gives it the room of the body
	View(*pane.Styles) []string       // the body, or nil where the place beneath is seen
	spoken(*model) string             // what the cursor is on, in words
	footer(*model, *pane.Footer)      // says more on the last row
	click(m *model, x, y int) tea.Cmd // in the body
	covers() bool                     // whether it has the body to itself
	leave(*model)                     // undoes what it began
	renew(*model)                     // shows another timeline
}

// An about describes a place.
type about struct {
	name   string
	scopes []scope // whose keys work here; the first scope counts first
	hints  []hint  // for the last row, the most useful first
}

// A mover moves a cursor, or scrolls.
type mover interface {
	Move(int)
	Height() int // a page
}

// plain is a place that does nothing of its own, and bare one without a body.
type (
	plain struct{}
	bare  struct{ plain }
)

func (plain) waits(m *model, _ *action) bool {
	return m.waiting || m.opening || m.running(jobFollow)
}
func (plain) footer(*model, *pane.Footer)    {}
func (plain) click(*model, int, int) tea.Cmd { return nil }
func (plain) covers() bool                   { return true }
func (plain) leave(*model)                   {}
func (plain) renew(*model)                   {}
func (bare) covers() bool                    { return false }
func (bare) Resize(int, int)                 {}
func (bare) View(*pane.Styles) []string      { return nil }

// top is the place that has the keys.
func (m *model) top() place { return m.places[len(m.places)-1] }

// in returns the topmost place of a type, if the reader is in one.
func in[P place](m *model) (p P, ok bool) {
	for _, at := range slices.Backward(m.places) {
		if p, ok = at.(P); ok {
			return p, true
		}
	}
	return p, false
}

// push puts a place on top.
func (m *model) push(p place) {
	m.places = append(m.places, p)
	m.lay()
	p.Resize(m.layout.body.w, m.layout.body.h)
}

// pop takes the top place off, with what it did.
func (m *model) pop() {
	m.places = m.places[:len(m.places)-1]
	m.lay()
}

// drop leaves a place and all above it.
func (m *model) drop(p place) {
	for slices.Contains(m.places[1:], p) {
		m.top().leave(m)
		m.pop()
	}
}

// back goes one layer back: from the top place, from reading, to the list, from a
// search, from the last term of the filter. At the bottom it does nothing.
func (m *model) back() {
	m.ahead = nil // keys that wait are not wanted either
	if p, ok := m.top().(*storing); ok && p.back(m) {
		return
	}
	switch {
	case len(m.places) > 1:
		m.drop(m.top())
	case m.opening:
		m.opening = false
	case m.waiting:
		m.giveUp()
	case m.reading:
		m.read(false)
	case m.focus != onList:
		m.turnTo(onList)
	case m.loading.on():
		m.loading.Stop()
	case m.shown.Search.Needle != "":
		m.setSearch(pane.Search{})
	case !m.query.Empty():
		terms := m.query.Terms()
		m.setQuery(m.query.Without(len(terms) - 1))
		m.do(m.say(fmt.Sprintf("Dropped %s; %s brings it back.", text.Clean(terms[len(terms)-1].String()), m.keys.first("undo"))))
	}
}

// quit leaves the top place or, when there is none, the viewer.
func (m *model) quit() tea.Cmd {
	if _, ok := m.top().(*storing); ok && m.shown.Len() == 0 || len(m.places) == 1 && !m.reading && !m.layout.facetsOver() {
		return tea.Quit
	}
	m.back()
	return nil
}

// home goes to the list, or to the detail beside it, from any other place.
func (m *model) home() {
	floor := 1
	if p, ok := in[*storing](m); ok && m.shown.Len() == 0 {
		floor = 1 + slices.Index(m.places, place(p)) // there is no list
	}
	if len(m.places) > floor {
		m.drop(m.places[floor])
	}
	if m.layout.facetsOver() {
		m.turnTo(onList)
	}
}

// browsing is the place at the bottom: list, detail and facets.
type browsing struct{ bare }

// A focus is the pane that has the keys.
type focus int

const (
	onList focus = iota
	onDetail
	onFacets
)

func (*browsing) about(m *model) about {
	switch {
	case m.focus == onFacets:
		scopes := []scope{inFacets, inBody}
		if m.layout.facetsOver() {
			scopes[1] = inPage
		}
		return about{"facets", scopes, []hint{{"back", "list"}, {"want-value", "include"}, {"exclude-value", "exclude"}, {"pick-actors", "actors"}, {"facets", "hide"}, {"help", "help"}}}
	case m.focus == onDetail:
		hints := []hint{{"back", "list"}, {"down up", "scroll"}, {"scroll-down scroll-up", "next, previous event"}, {"open-source", "open a source"}, {"copy-citation", "cite"}}
		if _, disputed := m.detail.Link(); disputed {
			hints = append(hints, hint{"next-claim", "claim, answer"}, hint{"read", "go there"})
		}
		return about{"detail", []scope{inBody}, append(hints, hint{"mark", "mark"}, hint{"brief", "brief"}, hint{"help", "help"})}
	}
	return about{"list", []scope{inBody}, []hint{
		{"read", "read"}, {"filter", "filter"}, {"pick-actors", "actors"}, {"search", "search"}, {"brief", "brief"}, {"help", "help"}, {"copy-citation", "cite"},
		{"facets", "facets"}, {"who", "who with whom"}, {"select-time", "select time"}, {"zoom-in", "zoom"}, {"order", "order"}, {"quit", "quit"},
	}}
}

func (p *browsing) waits(m *model, a *action) bool {
	switch {
	case a.is("help"):
		return false
	case m.focus == onFacets && !m.facets.Counted() && m.running(jobFacets):
		return true
	case m.running(jobHits) && a.is("next-found", "previous-found"):
		return true
	}
	return p.plain.waits(m, a)
}

// viewBody draws the panes.
func (m *model) viewBody() []string {
	l := &m.layout
	if l.facets.empty() {
		return m.viewPanes()
	}
	facets := m.facets.View(m.styles, m.focus == onFacets)
	if l.facetsOver() {
		return facets
	}
	return pane.Beside(m.styles, facets, m.viewPanes(), m.focus == onFacets)
}

// viewPanes draws list and detail.
func (m *model) viewPanes() []string {
	l := &m.layout
	var list []string
	if !l.list.empty() {
		if m.shown.Rows.Len() == 0 {
			list = pane.Paragraphs(m.styles, m.whyEmpty(), l.list.w, l.list.h)
		} else {
			list = m.list.View(m.styles, m.focus == onList)
		}
	}
	if l.detail.empty() {
		return list
	}
	detail := m.detail.View(m.styles)
	switch {
	case l.list.empty():
		if around, y := m.around(); around != nil {
			copy(detail[y:], around.View(m.styles, false))
		}
		blank := make([]string, l.detail.y-l.body.y)
		for i := range blank {
			blank[i] = strings.Repeat(" ", l.detail.w)
		}
		return append(blank, detail...)
	case l.rule.h == 1:
		return append(append(list, m.detail.Rule(m.styles, l.rule.w)), detail...)
	}
	return pane.Beside(m.styles, list, detail, m.focus == onDetail)
}

// leastAround is the least height of the list that fills the rows below an event
// that is read.
const leastAround = 7

// around is the list around the event that is read, and the row of the detail on
// which it begins; it is nil where there is no room for it.
func (m *model) around() (list *pane.List, y int) {
	h := m.detail.Free() - 1 // below a blank row
	if !m.reading || h < leastAround || m.shown.Rows.Len() == 0 {
		return nil, 0
	}
	return m.list.Around(m.layout.detail.w, h), m.layout.detail.h - h
}

func (p *browsing) footer(m *model, f *pane.Footer) {
	f.Where = m.where()
	if f.Note.Text == "" && m.w >= 100 && !m.layout.list.empty() && m.shown.Unsaid() {
		f.Note = pane.Note{Text: "no status word: confirmed", Tone: pane.Dim}
	}
}

// spoken is what the pane with the keys has under its cursor.
func (*browsing) spoken(m *model) string {
	switch {
	case m.focus == onFacets:
		return m.facets.Spoken()
	case m.focus == onDetail:
		return m.paragraphs().spoken()
	case m.shown.Rows.Len() == 0:
		return strings.Join(m.whyEmpty(), " ")
	}
	return m.list.Spoken()
}

// where says where in the list the reader is.
func (m *model) where() string {
	var parts []string
	if s := &m.shown.Search; s.Needle != "" {
		parts = append(parts, s.Status(m.list.Event(), m.shown.Newest))
	}
	if m.w >= 60 {
		if n := m.shown.Marked().Len(); n > 0 {
			parts = append(parts, text.Grouped(n)+" marked")
		}
		if m.Mouse {
			parts = append(parts, "mouse")
		}
	}
	if n := m.shown.Rows.Len(); n > 0 {
		parts = append(parts, text.Grouped(m.list.Row()+1)+"/"+m.shown.Number(n))
	}
	if m.w >= 60 && !m.reading {
		parts = append(parts, orderName(m.shown.Newest))
	}
	return strings.Join(parts, "  ")
}

// mover returns whatever the movement keys move; it is nil in a prompt.
func (m *model) mover() mover {
	switch {
	case len(m.places) > 1:
		v, _ := m.top().(mover)
		return v
	case m.focus == onDetail && m.Line:
		return m.paragraphs()
	case m.focus == onDetail:
		return &m.detail
	case m.focus == onFacets:
		return &m.facets
	}
	return &m.list
}

// A farMover moves to its last row, or to its first.
type farMover interface {
	mover
	MoveFar(down bool)
}

// moveFar moves to the last event or line, to the first, or to that of the count.
func (m *model) moveFar(down bool) tea.Cmd {
	if m.counted && !down && m.count == 0 {
		return nil // the second g of 10gg
	}
	m.goTo(func(v farMover) {
		v.MoveFar(down && m.count == 0)
		v.Move(max(0, m.count-1))
	})
	return nil
}

// goTo moves, and notes the event it leaves as a jump.
func (m *model) goTo(move func(farMover)) {
	from := m.list.Event()
	move(m.mover().(farMover))
	if m.moved(); m.list.Event() != from {
		m.jumps.leave(from)
	}
}

// percent moves so far into the list or the text as the count says.
func (m *model) percent() tea.Cmd {
	n := m.shown.Rows.Len()
	if p, ok := m.mover().(interface{ Len() int }); ok {
		n = p.Len()
	}
	if m.count == 0 {
		return m.say(m.pressed.Text + " needs a number before it: 50% goes halfway.")
	}
	m.goTo(func(v farMover) {
		v.MoveFar(false)
		v.Move((n*min(m.count, 100)+99)/100 - 1)
	})
	return nil
}

// scroll scrolls a line without the cursor, as long as that stays in view.
func (m *model) scroll(step int) tea.Cmd {
	step *= min(m.times(), mostBars)
	if m.mover() != mover(&m.list) {
		m.mover().Move(step)
		m.moved()
		return nil
	}
	m.list.ScrollBy(step)
	m.moved()
	return nil
}

// endSearch ends the search, which n takes up again.
func (m *model) endSearch() { m.setSearch(pane.Search{}) }

// halfPage moves half a page, or by the count.
func (m *model) halfPage(step int) tea.Cmd {
	v := m.mover()
	rows := max(1, v.Height()/2)
	if m.count > 0 {
		rows = m.count
	}
	from := m.list.Event()
	v.Move(step * rows)
	m.moved()
	if step < 0 && len(m.places) == 1 && m.focus == onList && m.list.Event() == from {
		return m.say("This is the first event; " + m.keys.first("undo") + " undoes.")
	}
	return nil
}

// turnTo gives the keys to a pane, which may bring it on screen.
func (m *model) turnTo(pane focus) {
	m.focus = pane
	m.arrange()
}

// read gives the detail the whole body, or gives the list its room back.
func (m *model) read(reading bool) {
	m.reading = reading
	if reading {
		m.turnTo(onDetail)
		return
	}
	m.turnTo(onList)
}

// switchPane gives the keys to the next pane on screen, or to the one before.
// Where list or detail is there alone, it shows the other.
func (m *model) switchPane(step int) tea.Cmd {
	panes := []focus{onList, onDetail}
	switch {
	case m.reading || m.layout.detail.empty() && m.layout.facets.empty():
		m.read(!m.reading)
		return nil
	case m.layout.detail.empty():
		panes = []focus{onFacets, onList}
	case !m.layout.facets.empty():
		panes = []focus{onFacets, onList, onDetail}
	}
	here := slices.Index(panes, m.focus)
	m.turnTo(panes[(here+step+len(panes))%len(panes)])
	return nil
}

func (m *model) leaveDetail() {
	if m.focus == onDetail {
		m.back()
	}
}

// enter reads the event at full height or, when it is read already, goes to the
// claim or the answer chosen.
func (m *model) enter(int) tea.Cmd {
	if m.focus != onDetail {
		m.read(true)
		return nil
	}
	event, ok := m.linked().Link()
	if !ok {
		return m.say("No claim or denial is linked to this event.")
	}
	return m.jumpTo(event)
}

// linked is what claims and answers are chosen in.
func (m *model) linked() interface {
	Link() (event int, ok bool)
} {
	if m.Line {
		return m.paragraphs()
	}
	return &m.detail
}

// chooseClaim gives the keys to the detail, with its first claim or answer chosen;
// there, it chooses the next.
func (m *model) chooseClaim() tea.Cmd {
	i := m.list.Event()
	switch {
	case i < 0 || len(m.shown.Answers(i))+len(m.shown.AnsweredBy(i)) == 0:
		return m.say("No claim or denial is linked to this event.")
	case m.Line:
		m.paragraphs().NextLink()
		return nil
	case m.focus == onDetail:
		m.detail.NextLink()
		return nil
	}
	if m.turnTo(onDetail); m.layout.detail.empty() {
		m.read(true)
	}
	m.detail.ShowLink()
	return nil
}

// scrollOther moves the pane without the keys: it scrolls the detail or, while
// that is read, goes to another event.
func (m *model) scrollOther(n int) tea.Cmd {
	n *= m.times()
	if m.focus != onDetail && m.Line {
		m.paragraphs().Move(n)
		return nil
	}
	if m.focus != onDetail {
		m.detail.Move(n)
		return nil
	}
	m.list.Move(n)
	m.moved()
	return nil
}
