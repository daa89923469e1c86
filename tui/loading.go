package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A Loading is a timeline that is being read.
type Loading struct {
	Parts <-chan Part // how far it is; the last is the end
	Shown func()      // is to be called when the first events are on screen
	Stop  func()      // leaves off: the last part is what there is by then
}

// A Part is how far the reading of a timeline is.
type Part struct {
	Done, Total int64 // bytes
	File        File  // as far as it has been read; it has no Timeline if that is hardly further than before
	Err         error // why it could not be read
	Last        bool
	Stopped     bool // Last, though not all has been read
}

// loading is how far the timeline at hand has been read.
type loading struct {
	*Loading
	part  Part
	were  timeline.Margin // the marks and notes when it was asked for
	whole bool            // one has been read to its end before
	again bool            // the file has changed meanwhile
}

// partMsg tells how far the reading is.
type partMsg struct{ Part }

func (l *loading) on() bool { return l.Loading != nil }

// stop leaves off reading; it reports that it does.
func (l *loading) stop() bool {
	l.Stop()
	return true
}

// reload reads the timeline, also again.
func (m *model) reload() tea.Cmd {
	if m.loading.on() {
		m.loading.again = true
		return nil
	}
	l := m.Load()
	if m.loading.whole {
		l.Shown() // there is something on screen already
	}
	m.loading = loading{Loading: &l, were: m.margin, whole: m.loading.whole}
	return m.loading.await()
}

// readAgain reads the timeline again, as the reader wishes.
func (m *model) readAgain() tea.Cmd {
	if m.loading.on() {
		return m.say("It is being read already.")
	}
	return m.reload()
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

// part shows what has been read of the timeline, the first time already while
// the rest is being read. What cannot be read leaves what is shown alone.
func (m *model) part(p partMsg) tea.Cmd {
	l := &m.loading
	if p.Total > 0 {
		l.part = p.Part
	}
	l.part.Last = p.Last
	first := !l.whole
	if p.Last {
		defer m.ended(p.Stopped)
	}
	switch file := p.File; {
	case p.Err != nil && first && m.file.Name == "" && m.arriving == nil:
		m.err = p.Err
		return tea.Quit
	case p.Err != nil && first:
		m.leaveAPart(p.Err)
	case p.Err != nil:
		m.unread = text.Clean(p.Err.Error())
		m.fail("the file cannot be read again: " + m.unread)
	case p.Stopped && !first:
		m.do(m.say("The file was not read again."))
	case file.Timeline != nil && (first || p.Last):
		if file.SaveMargin == nil && m.loaded() || !maps.Equal(l.were.Marks, m.margin.Marks) || !maps.Equal(l.were.Notes, m.margin.Notes) {
			file.Margin = m.margin // nothing else keeps them, or they changed since it was read
		}
		if p.Last {
			m.unread = ""
		}
		if p.Stopped {
			file.leavePart(l.part.percent(), "reading was stopped; "+m.keys.first("reload")+" reads it again")
		}
		a := arrival{file: file, again: !first}
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

// leaveAPart keeps what has been read of the timeline, of which the rest cannot
// be read.
func (m *model) leaveAPart(err error) {
	m.fail("the rest of the file cannot be read: " + err.Error())
	m.file.leavePart(m.loading.part.percent(), text.Clean(err.Error()))
	if m.arriving != nil {
		m.arriving.file.leavePart(m.loading.part.percent(), text.Clean(err.Error()))
	}
}

// leavePart says that only so much of a file was read, and why.
func (f *File) leavePart(percent int64, why string) {
	f.LeftOut = fmt.Sprintf("only %d%% was read", percent)
	f.Problems = append(slices.Clone(f.Problems), why)
}

// arrived does what is to be done when another timeline is shown.
func (m *model) arrived(a *arrival, changed string) {
	switch {
	case !m.loaded():
	case a.again:
		m.do(m.say("Read again: " + changed + "."))
	case !m.touched:
		m.do(m.begin(a.shown == nil))
	}
	if a.shown != nil {
		m.do(tea.Tick(2*time.Second/framesPerSecond, func(time.Time) tea.Msg {
			a.shown()
			return nil
		}))
	}
}

// ended notes that reading has come to its end. A file that has changed meanwhile
// is read again, unless the reader stopped it.
func (m *model) ended(stopped bool) {
	again := m.loading.again && !stopped
	m.loading = loading{whole: true}
	if again {
		m.do(m.reload())
	}
}

func (p *Part) percent() int64 {
	if p.Total == 0 {
		return 0
	}
	return p.Done * 100 / p.Total
}

// viewProgress draws how far reading is, in at most w cells.
func (m *model) viewProgress(w int) string {
	p := &m.loading.part
	if !m.loading.on() || p.Total == 0 {
		return ""
	}
	percent := int(p.percent())
	stops := ""
	if m.mode == browsing && !m.reading && m.focus == onList { // elsewhere it leaves that
		stops = fmt.Sprintf(", %s stops", m.keys.first("back"))
	}
	said := fmt.Sprintf("%d%% read%s", percent, stops)
	if m.loading.whole {
		said = fmt.Sprintf("reading again, %d%%%s", percent, stops)
	} else if long := fmt.Sprintf("%d%% read, %s ready%s", percent, text.Counted(m.t.Len(), "event"), stops); width(long)+barWidth+1 <= w {
		said = long
	}
	full := barWidth * percent / 100
	if bar := strings.Repeat("█", full) + strings.Repeat("░", barWidth-full) + " "; width(bar+said) <= w {
		said = bar + said
	}
	return said
}

const barWidth = 16
