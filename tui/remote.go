package tui

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/tui/pane"
)

// A Remote is the terminal of a reader at another machine. The files, programs and
// clipboard of this one are not the reader's: what is saved goes there by a command
// line, and what is opened or copied by the terminal.
type Remote struct {
	Size    Size
	Resized <-chan Size
	// Fetch returns the command line that has the output of a verb sent to the
	// reader's machine.
	Fetch func(verb string, args ...string) string
}

// A Size is that of a terminal, in cells.
type Size struct{ Width, Height int }

func (s Size) clipped() tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: min(cmp.Or(s.Width, 80), mostColumns), Height: min(cmp.Or(s.Height, 24), mostRows)}
}

// follow sends the program what the terminal sends, until ctx ends and the input
// with it. Bubble Tea's own reader would wait forever to deliver a key that comes
// after the last.
func (r *Remote) follow(ctx context.Context, p *tea.Program, in io.Reader, term string) {
	reader := uv.NewTerminalReader(in, term)
	reader.EscTimeout = time.Millisecond // in delivers whole sequences
	events, read := make(chan uv.Event), make(chan struct{})
	go func() {
		defer close(read)
		defer func() { recover() }() // the events so far stand
		reader.StreamEvents(ctx, events)
	}()
	for {
		select {
		case e := <-events:
			p.Send(e)
		case size := <-r.Resized:
			p.Send(size.clipped())
		case <-read:
			return
		}
	}
}

// An ended input is read until it is closed, and has nothing.
type ended struct{ closed chan struct{} }

func (e ended) Read([]byte) (int, error) {
	<-e.closed
	return 0, io.EOF
}

// fetchEvents copies the command line that saves the events shown.
func (m *model) fetchEvents() tea.Cmd {
	return m.copyText(m.Remote.Fetch("export", m.selecting()...)+" > events.json", "")
}

// fetchBrief copies the command line that saves the brief on screen.
func (m *model) fetchBrief() tea.Cmd {
	args, o := m.selecting(), &m.asked
	if o.Title != "" {
		args = append(args, "--title", o.Title)
	}
	if o.BottomLine != "" {
		args = append(args, "--bottom-line", o.BottomLine)
	}
	if o.Minutes > 0 {
		args = append(args, "--minutes", fmt.Sprint(o.Minutes))
	}
	if o.Annex {
		args = append(args, "--annex")
	}
	if o.Paper != brief.A4 {
		args = append(args, "--page", o.Paper.String())
	}
	return m.copyText(m.Remote.Fetch("brief", args...)+" > brief.txt", "")
}

// selecting are the flags that select the events shown.
func (m *model) selecting() (args []string) {
	if !m.shown.Query.Empty() || !m.Query.Empty() {
		args = append(args, "--filter", m.shown.Query.String())
	}
	if m.shown.Newest {
		args = append(args, "--order", "newest")
	}
	return args
}

// Shared is what the viewers of one process share, so that many of them take
// hardly more room and time than one: the events that a filter selects, and the
// processors.
type Shared struct {
	turn chan struct{} // whoever holds it does slow work
	mu   sync.Mutex
	kept []*pane.Shown // the last used last; of a timeline with any margin
}

// mostKept is how many results are shared. One of a million events takes up to 10
// MB.
const mostKept = 16

// rest is about as long as a filter takes over a million events.
const rest = 40 * time.Millisecond

// NewShared returns what no viewer has used yet.
func NewShared() *Shared { return &Shared{turn: make(chan struct{}, 1)} }

// await waits for the turn to do slow work. Between two turns there is a rest, which
// is left to keys and frames. It returns false if ctx ends first.
func (s *Shared) await(ctx context.Context) (done func(), ok bool) {
	if s == nil {
		return func() {}, true
	}
	select {
	case s.turn <- struct{}{}:
		return func() { time.AfterFunc(rest, func() { <-s.turn }) }, true
	case <-ctx.Done():
		return nil, false
	}
}

// show is pane.Show, or what it returned for another viewer.
func (s *Shared) show(ctx context.Context, t *timeline.Timeline, q timeline.Query, newest bool, text string) *pane.Shown {
	if s == nil || q.AsksMargin() {
		return pane.Show(ctx, t, q, newest, text)
	}
	found := s.find(t, q, newest)
	if found == nil {
		found = pane.Show(ctx, t, q, newest, "")
		if ctx.Err() == nil {
			s.keep(found)
		}
	}
	found = found.Of(t)
	if text != "" {
		found = found.Searched(found.SearchFor(ctx, text))
	}
	return found
}

func (s *Shared) find(t *timeline.Timeline, q timeline.Query, newest bool) *pane.Shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, found := range s.kept {
		if found.Newest == newest && found.Alike(t) && found.Query.String() == q.String() {
			s.kept = append(append(s.kept[:k:k], s.kept[k+1:]...), found)
			return found
		}
	}
	return nil
}

func (s *Shared) keep(found *pane.Shown) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept[max(0, len(s.kept)-mostKept+1):], found)
}

// Forget drops what is of another timeline than t.
func (s *Shared) Forget(t *timeline.Timeline) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kept []*pane.Shown
	for _, found := range s.kept {
		if found.Alike(t) {
			kept = append(kept, found)
		}
	}
	s.kept = kept
}
