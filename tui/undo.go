package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A scene is how the reader has chosen to see the timeline, and the event under
// the cursor. It names that by its id, so that it outlasts a reload.
type scene struct {
	query  timeline.Query
	newest bool
	zoom   pane.Zoom
	saved  View
	event  string
	day    edtf.Day // of the event
}

// scene returns what is on screen.
func (m *model) scene() scene {
	s := scene{query: m.shown.Query, newest: m.shown.Newest, zoom: m.histogram.Zoom(), saved: m.Saved, day: m.cursorDay()}
	if i := m.list.Event(); i >= 0 {
		s.event = m.shown.Event(i).ID
	}
	return s
}

// shows reports whether two scenes differ in no more than their place.
func (s *scene) shows(other *scene) bool {
	return s.newest == other.newest && s.zoom == other.zoom && s.query.String() == other.query.String()
}

// A change is one step of undo: from one scene to another, or of marks and notes.
type change struct {
	from, to scene
	edit     timeline.MarginEdit
}

// back is the change that takes this one back.
func (c change) back() change { return change{c.to, c.from, c.edit.Back()} }

// past is the changes that can be undone and, behind these, those that can be
// redone. Whatever changes a scene or the margin adds one with record.
type past struct {
	changes []change
	done    int  // of the changes
	moving  bool // one of them is being undone or redone
}

// mostChanges is how many changes are kept.
const mostChanges = 1000

func (p *past) add(c change) {
	p.changes = append(p.changes[max(0, p.done-mostChanges+1):p.done:p.done], c)
	p.done = len(p.changes)
}

// record notes that the scene has changed, if it has.
func (m *model) record(from scene) {
	to := m.scene()
	switch p := &m.past; {
	case p.moving:
		p.moving = false
	case !from.shows(&to):
		p.add(change{from: from, to: to})
	}
}

func (m *model) undo() tea.Cmd {
	if at, ok := m.top().(*storing); ok {
		return at.undo(m)
	}
	p := &m.past
	if p.done == 0 {
		return m.say("Nothing to undo.")
	}
	return m.apply(p.changes[p.done-1].back(), p.done-1, "Undone: ")
}

func (m *model) redo() tea.Cmd {
	p := &m.past
	if p.done == len(p.changes) {
		return m.say("Nothing to redo.")
	}
	return m.apply(p.changes[p.done], p.done+1, "Redone: ")
}

// apply makes a change of the past, of which then so many are done.
func (m *model) apply(c change, done int, word string) tea.Cmd {
	p := &m.past
	arrive := func(m *model) {
		p.done = done
		m.Saved = c.to.saved
		m.histogram.Rezoom(c.to.zoom)
		m.returnTo(c.to)
		m.renewBrief()
		m.do(m.say(word + m.described(&c) + "."))
	}
	if c.edit.Empty() {
		p.moving = true
		m.Newest, m.then = c.to.newest, arrive
		m.setQuery(c.to.query)
		return nil
	}
	p.done = done
	m.putMargin(m.margin.With(c.edit))
	if then := m.then; m.waiting { // the filter asks for marks or notes
		m.then = func(m *model) { then(m); m.returnTo(c.to) }
	} else {
		m.returnTo(c.to)
	}
	return m.saveMargin(word + m.described(&c) + ".")
}

// returnTo puts the cursor where it was or, where that event is not shown, near
// its day.
func (m *model) returnTo(s scene) {
	n := m.shown.Rows.Len()
	if s.event == "" || n == 0 {
		return
	}
	event, ok := m.shown.Find(s.event)
	if _, shown := m.shown.Rows.Has(event); !ok || !shown {
		event = m.shown.Rows.At(min(m.shown.Rows.Rank(m.shown.From(s.day)), n-1))
	}
	m.jump(event)
}

// described says what a change has brought back.
func (m *model) described(c *change) string {
	var said []string
	if from, to := &c.from, &c.to; !from.shows(to) {
		switch q := text.Clean(to.query.String()); {
		case q == from.query.String():
		case q == "":
			said = append(said, "no filter again")
		default:
			said = append(said, "filter "+q+" is back")
		}
		if from.newest != to.newest {
			said = append(said, orderName(to.newest)+" again")
		}
		if from.zoom != to.zoom {
			said = append(said, "a bar is "+m.histogram.BarWidth()+" again")
		}
	}
	for id, s := range c.edit.Marks {
		switch {
		case len(c.edit.Marks) > 1:
		case s.To == timeline.NoTier:
			said = append(said, m.titled(id)+" has no mark again")
		default:
			said = append(said, m.titled(id)+" is marked "+s.To.String()+" again")
		}
	}
	if n := len(c.edit.Marks); n > 1 {
		are := "are back"
		for _, s := range c.edit.Marks {
			if s.To == timeline.NoTier {
				are = "are gone again"
			}
		}
		said = append(said, text.Counted(n, "mark")+" "+are)
	}
	for id, s := range c.edit.Notes {
		is := "is as it was"
		if s.To == "" {
			is = "is gone again"
		} else if s.From == "" {
			is = "is back"
		}
		said = append(said, "the note on "+m.titled(id)+" "+is)
	}
	return strings.Join(slices.Compact(said), "; ")
}

// titled is the title of an event, or its id if the file no longer has it.
func (m *model) titled(id string) string {
	if i, ok := m.shown.Find(id); ok {
		return "“" + m.shown.Event(i).Title + "”"
	}
	return text.Clean(id)
}

// orderName names an order.
func orderName(newest bool) string {
	if newest {
		return "newest first"
	}
	return "oldest first"
}
