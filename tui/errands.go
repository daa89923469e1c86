package tui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// What takes its time on a large timeline is an errand: Update sends for it and
// goes on, and takes what was found when it is there. On a small timeline Update
// does it itself, before anything else happens.

// An errand is something to be found. Of each there is one on its way: who sends
// again wants the last no more.
type errand int

const (
	forRows      errand = iota // what the filter shows
	forHits                    // where a text is, while it is typed
	forCount                   // how many events a filter would show, while it is typed
	forRange                   // what a stretch of time is selected from
	forBrief                   // what is shown, fitted to paper
	forLines                   // the brief, laid out for the screen
	forText                    // the brief, to be copied
	forPairs                   // who is named with whom
	forChoices                 // what a picker chooses from
	forFacets                  // what the facets have
	forFollowing               // where an actor comes next
	errands
)

// large is how many events a timeline has to be large.
const large = 20_000

// An office keeps the errands that are on their way.
type office struct {
	large  int                         // how many events a timeline has for errands to be sent
	sent   [errands]int                // how often each was
	cancel [errands]context.CancelFunc // nil unless it is on its way
	due    []tea.Cmd                   // what Update is to return
}

// foundMsg tells that an errand is back.
type foundMsg struct {
	errand errand
	seq    int
	take   func(*model)
}

// send has something found, among so many events. What finds it must not touch
// the model, and may end early when its context is done; what it returns takes
// what was found to the model.
func (m *model) send(e errand, events int, find func(context.Context) (take func(*model))) {
	m.recall(e)
	if events < m.office.large {
		find(context.Background())(m)
		return
	}
	o := &m.office
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel[e] = cancel
	seq := o.sent[e]
	o.due = append(o.due, func() tea.Msg {
		if slices.Contains(patient, e) {
			select {
			case <-time.After(2 * time.Second / framesPerSecond):
			case <-ctx.Done():
				return nil
			}
		}
		return foundMsg{e, seq, find(ctx)}
	})
}

// patient errands follow what is typed. They let the frame go first that shows
// it, and are not begun if more is typed by then.
var patient = []errand{forHits, forCount}

// recall wants errands no more.
func (m *model) recall(all ...errand) {
	o := &m.office
	for _, e := range all {
		o.sent[e]++
		if o.cancel[e] != nil {
			o.cancel[e]()
			o.cancel[e] = nil
		}
	}
}

// awaits reports whether an errand is on its way.
func (m *model) awaits(e errand) bool { return m.office.cancel[e] != nil }

// found takes what an errand found, unless it is wanted no more.
func (m *model) found(msg foundMsg) {
	if msg.seq != m.office.sent[msg.errand] {
		return
	}
	m.recall(msg.errand)
	msg.take(m)
	m.do(m.catchUp())
}

// do has a command done after Update.
func (m *model) do(cmd tea.Cmd) {
	if cmd != nil {
		m.office.due = append(m.office.due, cmd)
	}
}

// commands returns what Update is to return, and cmd.
func (m *model) commands(cmd tea.Cmd) tea.Cmd {
	due := m.office.due
	m.office.due = nil
	if len(due) == 0 {
		return cmd
	}
	return tea.Batch(append([]tea.Cmd{cmd}, due...)...)
}
