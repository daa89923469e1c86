package tui

import (
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
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
	m.loading = loading{Loading: &l, were: m.margin, whole: m.loading.whole}
	return m.loading.await()
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
	l.part = p.Part
	first := !l.whole
	if p.Last {
		defer m.ended()
	}
	switch file := p.File; {
	case p.Err != nil && first && m.file.Name == "" && m.arriving == nil:
		m.err = p.Err
		return tea.Quit
	case p.Err != nil:
		m.unread = timeline.Clean(p.Err.Error())
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
		taken := (*model).arrived
		if first {
			taken = m.begun(l.Loading, p.Last)
		}
		m.open(arrival{file, !first, taken})
	}
	if !p.Last {
		return l.await()
	}
	return nil
}

// begun returns what is done when the timeline, or what there is of it, is shown
// for the first time.
func (m *model) begun(l *Loading, last bool) func(*model, string) {
	return func(m *model, _ string) {
		if !m.touched {
			m.do(m.begin())
		}
		if last {
			return
		}
		m.do(tea.Tick(3*time.Second/framesPerSecond, func(time.Time) tea.Msg {
			l.Shown()
			return nil
		}))
	}
}

// arrived says what has changed when the timeline is shown again.
func (m *model) arrived(changed string) { m.do(m.say("Read again: " + changed + ".")) }

// ended notes that reading has come to its end.
func (m *model) ended() {
	again := m.loading.again
	m.loading = loading{whole: true}
	if again {
		m.do(m.reload())
	}
}

// viewProgress draws how far reading is, in at most w cells.
func (m *model) viewProgress(w int) string {
	p := &m.loading.part
	if !m.loading.on() || p.Total == 0 {
		return ""
	}
	percent := int(p.Done * 100 / p.Total)
	said := fmt.Sprintf("%d%% read, %s stops", percent, m.keys.first("back"))
	if m.loading.whole {
		said = fmt.Sprintf("reading again, %d%%", percent)
	} else if long := fmt.Sprintf("%d%% read, %s so far, %s stops", percent, timeline.Counted(m.t.Len(), "event"), m.keys.first("back")); width(long)+barWidth+1 <= w {
		said = long
	}
	full := barWidth * percent / 100
	if bar := strings.Repeat("█", full) + strings.Repeat("░", barWidth-full) + " "; width(bar+said) <= w {
		said = bar + said
	}
	return said
}

const barWidth = 16
