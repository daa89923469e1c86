package tui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Work that is slow on a large timeline is a job: Update starts it, goes on, and
// takes its result when it arrives. On a small timeline Update does the work
// itself, before anything else happens.

// A job is a kind of work. At most one job of each kind runs; starting another
// cancels it.
type job int

const (
	jobRows    job = iota // the events that the filter selects
	jobHits               // of the search, as it is typed
	jobCount              // of the events that a filter would show, as it is typed
	jobRange              // the events that a period is selected from
	jobBrief              // the brief, fitted to paper
	jobLines              // the brief, laid out for the screen
	jobText               // the brief, to be copied
	jobWhy                // why events are where they are in it
	jobPairs              // who is named with whom
	jobChoices            // of a picker
	jobPlaces             // events, actors and places that the palette finds
	jobFacets             // the counts of the facets
	jobFollow             // the events of an actor, or of those that an event names
	jobStore              // the counts of a store
	jobKinds
)

// large is how many events make a timeline large.
const large = 20_000

// jobs are the jobs that run.
type jobs struct {
	large   int                          // events from which work is a job
	started [jobKinds]int                // how often
	cancels [jobKinds]context.CancelFunc // nil unless it runs
	due     []tea.Cmd                    // for Update to return
}

// finishedMsg brings the result of a job.
type finishedMsg struct {
	job  job
	seq  int
	take func(*model)
}

// start starts a job over so many events. It must not touch the model, and may
// end early when its context is done; the function it returns takes its result to
// the model.
func (m *model) start(j job, events int, work func(context.Context) (take func(*model))) {
	m.cancel(j)
	if events < m.jobs.large {
		work(context.Background())(m)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.jobs.cancels[j] = cancel
	seq, shared := m.jobs.started[j], m.Shared
	m.do(func() tea.Msg {
		if slices.Contains(debounced, j) {
			select {
			case <-time.After(2 * time.Second / framesPerSecond):
			case <-ctx.Done():
				return nil
			}
		}
		done, ok := shared.await(ctx)
		if !ok {
			return nil
		}
		defer done()
		return finishedMsg{j, seq, work(ctx)}
	})
}

// Debounced jobs follow typing. They start after the frame that shows the text,
// and not at all if more is typed by then.
var debounced = []job{jobHits, jobCount, jobPlaces}

// cancel cancels jobs.
func (m *model) cancel(all ...job) {
	for _, j := range all {
		m.jobs.started[j]++
		if cancel := m.jobs.cancels[j]; cancel != nil {
			cancel()
			m.jobs.cancels[j] = nil
		}
	}
}

// running reports whether a job runs.
func (m *model) running(j job) bool { return m.jobs.cancels[j] != nil }

// awaitsAny reports whether any job or write runs.
func (m *model) awaitsAny() bool {
	return m.keeping.now != nil || m.exporting.now != nil ||
		slices.ContainsFunc(m.jobs.cancels[:], func(cancel context.CancelFunc) bool { return cancel != nil })
}

// finished takes the result of a job, unless it was cancelled.
func (m *model) finished(msg finishedMsg) {
	if msg.seq != m.jobs.started[msg.job] {
		return
	}
	m.cancel(msg.job)
	msg.take(m)
	m.do(m.catchUp())
}

// do has Update return a command.
func (m *model) do(cmd tea.Cmd) {
	if cmd != nil {
		m.jobs.due = append(m.jobs.due, cmd)
	}
}

// commands returns cmd with all that are due.
func (m *model) commands(cmd tea.Cmd) tea.Cmd {
	due := m.jobs.due
	m.jobs.due = nil
	if len(due) == 0 {
		return cmd
	}
	return tea.Batch(append([]tea.Cmd{cmd}, due...)...)
}
