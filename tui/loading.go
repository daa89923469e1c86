package tui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A Loading is a timeline that is being read.
type Loading struct {
	Parts <-chan Part // how far it is; the last is the end
	Shown func()      // to be called when the first events are on screen
	Stop  func()      // stops reading: the last part has what was read by then
}

// A Part is how far the reading of a timeline is.
type Part struct {
	Done, Total int64 // bytes; Total is 0 if nobody knows it
	File        File  // as far as it has been read; without Timeline if that is hardly further than before
	Err         error // why it could not be read
	Last        bool
	Stopped     bool // Last, though not all has been read

	// Checking: the whole timeline is there, but it has not been compared with its
	// file yet. Until the next part without it, counts may be wrong.
	Checking bool
	Preview  bool   // File has the first and the last events of it alone: see timeline.Beyond
	Said     string // to be said when File is on screen
}

// loading is how far the timeline at hand has been read.
type loading struct {
	*Loading
	part  Part
	whole bool // one has been read to its end before
	again bool // the file has changed meanwhile
	asked bool // the reader asked for it

	// The reader has changed marks or notes since, or changes were not written yet:
	// those of the file may be from before that.
	edited bool
}

// partMsg brings a part, and changedMsg tells that the file may have changed.
type (
	partMsg    struct{ Part }
	changedMsg struct{}
)

func (l *loading) on() bool { return l.Loading != nil }

// partly reports whether only a part has been read, and the rest is being read.
func (l *loading) partly() bool { return l.on() && !l.whole && !l.part.Last }

// soFar ends what is said of no event while others may come.
func (m *model) soFar() string {
	if m.loading.partly() {
		return " so far"
	}
	return ""
}

// loaded reports whether a part of the timeline has been read.
func (m *model) loaded() bool { return m.file.Name != "" && m.shown.Beyond() == nil }

// reload reads the timeline, the first time and again.
func (m *model) reload() tea.Cmd {
	if m.loading.on() {
		m.loading.again = true
		return nil
	}
	load := m.Load
	if m.Store != nil && m.loading.whole {
		load = func() Loading { return m.Store.Open(m.scope) }
	}
	l := load()
	if m.loading.whole {
		l.Shown() // there is something on screen already
	}
	m.loading = loading{Loading: &l, whole: m.loading.whole, edited: m.unwritten()}
	return m.loading.await()
}

// reloadNow reads the timeline again because the reader asks.
func (m *model) reloadNow() tea.Cmd {
	if p, ok := m.top().(*storing); ok {
		p.count(m)
		return nil
	}
	if m.loading.on() {
		return m.say("The file is being read already.")
	}
	cmd := m.reload()
	m.loading.asked = true
	return cmd
}

// awaitChange waits for the file to change.
func awaitChange(changes <-chan struct{}) tea.Cmd {
	if changes == nil {
		return nil
	}
	return func() tea.Msg {
		if _, ok := <-changes; !ok {
			return nil
		}
		return changedMsg{}
	}
}

// await waits for the next part.
func (l *loading) await() tea.Cmd {
	parts := l.Parts
	return func() tea.Msg {
		part, ok := <-parts
		if !ok {
			return nil
		}
		return partMsg{part}
	}
}

// part shows a part of the timeline, the first time while the rest is still being
// read. A failure leaves what is shown alone.
func (m *model) part(p partMsg) tea.Cmd {
	l := &m.loading
	if p.Done > 0 {
		l.part = p.Part
	}
	l.part.Last = p.Last
	first := !l.whole
	if p.Last {
		defer m.ended(p.Stopped)
	}
	at, _ := in[*storing](m)
	loads := at != nil && at.loading
	switch file := p.File; {
	case p.Err != nil && loads && m.arriving == nil:
		at.failed(m, p.Err)
	case errors.Is(p.Err, ErrTooMuch) && first && !m.loaded():
		m.openStore(m.query)
	case p.Stopped && loads && file.Timeline.Len() == 0:
		at.loading = false
		m.do(m.say("Loading was stopped."))
	case p.Err != nil && first && !m.loaded() && m.arriving == nil:
		m.err = p.Err
		return tea.Quit
	case p.Err != nil && first:
		m.keepPart(p.Err)
	case p.Err != nil:
		m.unread = []string{text.Clean(p.Err.Error())}
		m.fail("the file cannot be reloaded: " + m.unread[0])
	case p.Stopped && !first:
		m.do(m.say("The file was not reloaded."))
	case p.Preview && (!m.query.Empty() || m.At != "" || m.Line || m.loaded()):
		l.Shown() // it would show too little
	case file.Timeline != nil && (first || p.Last):
		if loads {
			at.arriving(m)
		}
		if m.loaded() && (l.edited || file.SaveMargin == nil) {
			file.Margin = m.margin
		}
		if p.Stopped {
			file.cut(&l.part, "reading was stopped; "+m.keys.first("reload")+" reloads the file")
		}
		a := arrival{file: file, again: !first, asked: l.asked, worse: file.Faults > m.file.Faults || file.Lost > m.file.Lost, said: p.Said, unsure: p.Checking}
		if first && !p.Last {
			a.shown = l.Shown
		}
		m.open(a)
	}
	if !p.Last {
		return l.await()
	}
	return nil
}

// keepPart keeps the part of the timeline that was read before an error.
func (m *model) keepPart(err error) {
	m.fail("the rest of the file cannot be read: " + err.Error())
	m.file.cut(&m.loading.part, text.Clean(err.Error()))
	if m.arriving != nil {
		m.arriving.file.cut(&m.loading.part, text.Clean(err.Error()))
	}
}

// cut notes that only so much of a file was read, and why.
func (f *File) cut(at *Part, why string) {
	f.LeftOut = "only " + at.said() + " was read"
	f.Problems = append(slices.Clone(f.Problems), why)
}

// replace puts another timeline in the place of the one before. The cursor and the
// jump list stay on their events.
func (m *model) replace(file File, t *timeline.Timeline) {
	m.cancel(jobCount)
	m.unread = nil
	here, origin := m.list.Event(), -1
	search, searching := in[*searching](m)
	if searching {
		origin = search.origin
	}
	to := pass(m.shown.Timeline, t, slices.Concat(m.jumps.back, m.jumps.ahead, []int{here, origin}))
	here = m.astray.follow(here, to)
	if origin >= 0 {
		search.origin = to.eventOrNext(origin)
	}
	m.list.Leave(here, m.touched)
	m.jumps, m.following = jumpList{to.kept(m.jumps.back), to.kept(m.jumps.ahead)}, following{}
	m.file, m.margin = file, file.Margin
	m.file.Timeline = nil // it is shown, with the margin
}

// A stray is an event that was under the cursor and that a reload took away. The
// cursor goes back to it when a later one brings it back, unless it has moved.
type stray struct {
	id    string
	stand string // the event that the cursor stood on instead
}

// follow returns where the cursor goes from an event, or from none.
func (s *stray) follow(here int, to passage) int {
	id := ""
	if here >= 0 {
		id = to.from.Event(here).ID
	}
	if s.id == "" || s.stand != id {
		s.id = id // the cursor has moved
	}
	if there, ok := to.to.Find(s.id); ok {
		return there
	}
	if here >= 0 {
		return to.eventOrNext(here)
	}
	return -1
}

// A passage leads from events of one timeline to the same events in another.
type passage struct {
	from, to *timeline.Timeline
	at       map[int]int // by event: its position there, unless it is gone
}

// pass finds all of them at once. An event below 0 is none.
func pass(from, to *timeline.Timeline, events []int) passage {
	ids := make(map[int]string)
	for _, event := range events {
		if event >= 0 {
			ids[event] = from.Event(event).ID
		}
	}
	found := to.FindAll(maps.Values(ids))
	at := make(map[int]int)
	for event, id := range ids {
		if i, ok := found[id]; ok {
			at[event] = i
		}
	}
	return passage{from, to, at}
}

// kept returns the positions of those events that are not gone.
func (p passage) kept(events []int) (there []int) {
	for _, event := range events {
		if i, ok := p.at[event]; ok {
			there = append(there, i)
		}
	}
	return there
}

// eventOrNext returns the event's position or, if it is gone, that of the next
// event filed on its day or later; else the last position, which is -1 when no
// event is left.
func (p passage) eventOrNext(event int) int {
	if i, ok := p.at[event]; ok {
		return i
	}
	return min(p.to.From(p.from.Day(event)), p.to.Len()-1)
}

// difference says how one timeline differs from another, and whether events are
// gone.
func difference(ctx context.Context, before, after *timeline.Timeline) (said string, gone bool) {
	d := timeline.Diff(ctx, before, after)
	gone = d.Gone > 0 || d.GoneOrChanged > 0 && after.Len() < before.Len()
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{d.New, "added"}, {d.Changed, "changed"}, {d.Gone, "removed"}, {d.NewOrChanged, "added or changed"}, {d.GoneOrChanged, "removed or changed"}} {
		switch {
		case part.n > 0 && len(parts) == 0:
			parts = append(parts, text.Counted(part.n, "event")+" "+part.word)
		case part.n > 0:
			parts = append(parts, text.Grouped(part.n)+" "+part.word)
		}
	}
	if len(parts) == 0 {
		return "nothing has changed", gone
	}
	return strings.Join(parts, ", "), gone
}

// refuse keeps the timeline that is shown: with more faults than before, the file
// lacks some of its events.
func (m *model) refuse() {
	a := m.arriving
	m.arriving = nil
	if m.unread = a.file.Problems; len(m.unread) == 0 {
		m.unread = []string{text.Clean(a.file.Fault)}
	}
	m.fail(fmt.Sprintf("the file is not reloaded: %s; %s loads the rest", a.file.Fault, m.keys.first("reload")))
	for _, p := range append([]place(nil), m.places...) {
		if p, ok := p.(*telling); ok {
			p.renew(m)
		}
	}
	if m.waiting {
		m.request()
	}
}

// arrived does what is due when another timeline is on screen.
func (m *model) arrived(a *arrival, changed string) {
	switch {
	case !m.loaded():
	case a.again && a.worse:
		m.fail("Reloaded: " + changed + "; " + a.file.Fault)
	case a.again:
		m.do(m.say("Reloaded: " + changed + "."))
	case !m.touched:
		m.do(m.begin(a.shown == nil))
	}
	if a.said != "" {
		m.do(m.say(a.said))
	}
	if a.shown != nil {
		m.do(tea.Tick(2*time.Second/framesPerSecond, func(time.Time) tea.Msg {
			a.shown()
			return nil
		}))
	}
}

// ended notes that reading has ended. A file that has changed meanwhile is read
// again, unless the reader stopped it.
func (m *model) ended(stopped bool) {
	again := m.loading.again && !stopped
	m.loading = loading{whole: true}
	if again {
		m.do(m.reload())
	}
}

func (p *Part) percent() int {
	if p.Total == 0 {
		return 0
	}
	return int(p.Done * 100 / p.Total)
}

// said says how much has been read.
func (p *Part) said() string {
	if p.Total == 0 {
		return text.Grouped(int(p.Done/1e6)) + " MB"
	}
	return fmt.Sprintf("%d%%", p.percent())
}

// progress says how far reading is, if a file is being read.
func (m *model) progress() (note pane.Note, ok bool) {
	p := &m.loading.part
	if !m.loading.on() || p.Done == 0 {
		return note, false
	}
	stops := ""
	if len(m.places) == 1 && !m.reading && m.focus == onList { // elsewhere the key leaves that
		stops = fmt.Sprintf(", %s stops", m.keys.first("back"))
	}
	note.Tone = pane.Strong
	if p.Checking {
		note.Text = fmt.Sprintf("%d%% checked", p.percent())
		return note, true
	}
	if m.loading.whole {
		note.Text = "reloading, " + p.said() + stops
		return note, true
	}
	note.Text = p.said() + " read" + stops
	note.Long = fmt.Sprintf("%s read, %s ready%s", p.said(), m.shown.Counted(m.shown.Len(), "event"), stops)
	return note, true
}

// leftOut says how the screen differs from the file; it is empty when it does not.
func (m *model) leftOut() string {
	switch {
	case m.unread != nil:
		return "the file cannot be reloaded"
	case m.shown.Err() != nil:
		return "events can no longer be read"
	}
	return m.file.LeftOut
}
