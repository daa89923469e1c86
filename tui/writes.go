package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
)

// What the reader makes is written beside the screen, so that no key waits for a
// disk. The last write is awaited when the viewer ends.

// A queue makes writes one after another, in the order in which they were asked
// for.
type queue struct {
	waiting []write
	now     *writing // the one on its way, or nil
}

// A write is made when its turn comes: begin returns the work, which must not
// touch the model, or nil if nothing is left to do, and done takes its result.
type write struct {
	begin func(*model) (work func() error)
	done  func(*model, error)
}

// A writing is a write on its way.
type writing struct {
	done  func(*model, error)
	ended chan struct{} // closed when err is known
	err   error
}

// wroteMsg tells that a write has ended.
type wroteMsg struct {
	queue *queue
	*writing
}

// write adds a write to a queue.
func (m *model) write(q *queue, w write) {
	q.waiting = append(q.waiting, w)
	m.advance(q)
}

// advance begins the next write, unless one is on its way.
func (m *model) advance(q *queue) {
	for q.now == nil && len(q.waiting) > 0 {
		next := q.waiting[0]
		q.waiting = q.waiting[1:]
		work := next.begin(m)
		if work == nil {
			continue
		}
		now := &writing{done: next.done, ended: make(chan struct{})}
		q.now = now
		go func() { // a command might not begin before the viewer ends
			defer close(now.ended)
			defer func() {
				if fault := recover(); fault != nil {
					now.err = fmt.Errorf("internal error in %s: %v", panicked(), fault)
				}
			}()
			now.err = work()
		}()
		m.do(func() tea.Msg {
			<-now.ended
			return wroteMsg{q, now}
		})
	}
}

// wrote takes the result of a write.
func (m *model) wrote(msg wroteMsg) {
	q := msg.queue
	if q.now != msg.writing {
		return
	}
	q.now = nil
	msg.done(m, msg.err)
	m.advance(q)
	m.do(m.catchUp())
}

// farewell is how long the viewer waits for its last writes when it ends.
const farewell = 8 * time.Second

// finish ends all writes, and tries once more what failed. The viewer has ended. It
// returns what could not be written.
func (m *model) finish() (unwritten []string) {
	m.ahead = nil
	late := time.After(farewell)
	await := func(q *queue, what string) bool {
		for q.now != nil {
			select {
			case <-q.now.ended:
				m.wrote(wroteMsg{q, q.now})
			case <-late:
				unwritten = append(unwritten, what+" may not be saved: the disk does not answer")
				return false
			}
		}
		return true
	}
	if !await(&m.keeping, "marks, notes and views") {
		return unwritten
	}
	if !m.unsaved.Empty() && m.file.SaveMargin != nil {
		m.keepMargin()
		if await(&m.keeping, "marks and notes") && !m.unsaved.Empty() {
			unwritten = append(unwritten, "marks and notes are not saved: "+m.unsavedWhy.Error())
			for id, note := range m.unsaved.Notes {
				unwritten = append(unwritten, m.keepDraft(id, note.To)...)
			}
		}
	}
	await(&m.exporting, "the last file")
	return unwritten
}
