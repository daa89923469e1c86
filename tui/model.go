// Package tui is the viewer: one tea.Model over plain panes. It reads no files,
// opens no programs and keeps no clock; Config gives it all it needs of the world.
//
// Update routes messages, press finds a key's action, the places on the stack
// (places.go) act, and View shows. Each thing changes in one function: open the
// timeline, setQuery the filter and the order, setMargin marks and notes,
// setSearch the search, resize the sizes, turnTo the pane that has the keys, push
// and drop the place, say the notice. Work that is slow on a large timeline is a
// job (jobs.go), so that no key waits for it in Update.
package tui

import (
	"cmp"
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

type model struct {
	Config
	file   File
	shown  *pane.Shown    // handed to all panes
	query  timeline.Query // asked for; until its events are found, shown.Query is on screen
	blank  *result        // what is shown, if that has no rows
	margin timeline.Margin
	unsure bool // whether the timeline is that of its file, or there is none yet

	unsaved, saving    timeline.MarginEdit // of the margin: not begun to be written, and on its way
	unsavedWhy         error               // why the last write of it failed
	keeping, exporting queue

	w, h    int
	layout  layout
	focus   focus
	reading bool   // the detail has the whole body
	column  column // whether the facets lie beside the list
	wished  wish   // laid out
	keys    keyMap
	styles  *pane.Styles
	aloud   paragraphs // the event at hand, where it is said

	list      pane.List
	detail    pane.Detail
	histogram pane.Histogram
	facets    pane.Facets
	places    []place // the top one, which has the keys, last

	asked     brief.Options // what the reader set for briefs
	jumps     jumpList
	astray    stray
	past      past // for undo
	following following
	pressed   tea.KeyPressMsg // the key at hand
	count     int             // typed before it; 0 if none was
	counted   bool            // the last key went to the first event, with a count
	touched   bool            // a key has been pressed
	serbian   bool            // the locale is Serbian
	colours   bool            // the environment allows colours
	wheel     wheel
	dragged   *edtf.Day // where in the histogram the button was pressed, if there
	ahead     []tea.Msg // keys, clicks and pastes that wait for what they act on
	notice    notice
	said      []string            // the last notices
	history   map[string][]string // of the prompts, by kind; nil until it is asked for
	unread    []string            // why the file could not be reloaded, if so
	err       error               // why the viewer ends, unless its reader quits

	loading  loading
	scope    timeline.Query // what was loaded from the store
	jobs     jobs
	arriving *arrival     // the timeline that replaces this one, or nil
	editing  bool         // a note is in the reader's editor
	waiting  bool         // the events asked for are still being found
	opening  bool         // the views are being read
	then     func(*model) // done when they are shown
}

// A notice is said once, and goes away by itself or with the next key.
type notice struct {
	text    string
	failure bool
	seq     int
}

// Messages, named for what has happened.
type (
	expiredMsg struct{ seq int } // a notice has been there long enough
	stoppedMsg struct{}          // another program asks that this one be suspended
	openedMsg  struct {          // a browser was started, or not
		url string
		err error
	}
)

// mostSaid is how many notices are kept to be read again.
const mostSaid = 100

// noticeTime is how long a notice stays.
const noticeTime = 4 * time.Second

func newModel(cfg Config) *model {
	m := &model{Config: cfg, keys: cfg.Keys.bind(), query: cfg.Query, scope: cfg.Query, places: []place{&browsing{}}, asked: brief.Options{Paper: brief.A4}}
	m.jobs.large = large
	m.restyle(cfg.Theme != Light) // until the terminal answers, if ever
	none := timeline.New(timeline.About{}, nil, nil)
	m.shown = pane.Show(context.Background(), none, cfg.Query, cfg.Newest, "")
	m.histogram.Show(m.shown, -1)
	m.histogram.ZoomTo(cfg.Saved.Zoom)
	m.open(arrival{file: File{Timeline: none}, unsure: true})
	return m
}

// Init has the timeline read, and asks the terminal for its background colour,
// which some never answer.
func (m *model) Init() tea.Cmd {
	for _, said := range m.Keys.goneActions() {
		m.do(m.say(said))
	}
	return m.commands(tea.Batch(m.askBackground(), m.reload(), makeWidths, awaitChange(m.Changes), awaitStop(m.Stops)))
}

// Update does what a message says, and prepares what View draws.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.lay()
	return m, m.commands(cmd)
}

// route sends a message to where it belongs.
func (m *model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changedMsg:
		return tea.Batch(m.reload(), awaitChange(m.Changes))
	case partMsg:
		return m.part(msg)
	case finishedMsg:
		m.finished(msg)
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.EnvMsg:
		m.colours = colored(msg)
		m.serbian = strings.HasPrefix(cmp.Or(msg.Getenv("LC_ALL"), msg.Getenv("LC_CTYPE"), msg.Getenv("LANG")), "sr")
		return wholeFrames(msg)
	case tea.BackgroundColorMsg:
		if m.auto() {
			m.restyle(msg.IsDark())
		}
	case uv.DarkColorSchemeEvent, uv.LightColorSchemeEvent:
		return tea.RequestBackgroundColor // which decides
	case stoppedMsg:
		return tea.Batch(m.suspend(), awaitStop(m.Stops))
	case tea.KeyPressMsg:
		m.hush()
		return m.press(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	case turnedMsg:
		m.turned()
	case tea.PasteMsg:
		return m.paste(msg)
	case chosenMsg:
		return m.act(msg.action)
	case expiredMsg:
		if msg.seq == m.notice.seq {
			m.hush()
		}
	case openedMsg:
		if msg.err != nil {
			return m.copyText(msg.url, " ("+msg.err.Error()+")")
		}
		return m.say("Opened " + msg.url)
	case copiedMsg:
		return m.copied(msg)
	case wroteMsg:
		m.wrote(msg)
	case notedMsg:
		return m.noted(msg)
	default:
		return m.input(msg)
	}
	return nil
}

// hand hands other events to the panes. The facets are counted anew if their
// filter is another.
func (m *model) hand(s *pane.Shown, recount bool) {
	s = s.Checked(!m.unsure)
	m.shown = s
	m.list.Show(s)
	m.histogram.Show(s, m.list.Event())
	m.detail.Show(s, m.list.Event())
	m.facets.Show(s, recount)
}

// setSearch changes the search that n and N move in and that stands out.
func (m *model) setSearch(f pane.Search) { m.hand(m.shown.Searched(f), false) }

// moved tells the other panes which event the list's cursor has moved to.
func (m *model) moved() {
	m.detail.Show(m.shown, m.list.Event())
	m.histogram.Follow(m.list.Event())
}

// resize gives everything its size.
func (m *model) resize(w, h int) {
	m.w, m.h = w, h
	m.arrange()
	if m.focus == onDetail && m.layout.detail.empty() && !m.layout.list.empty() {
		m.read(true) // it has no room beside the list any more
	}
}

// arrange gives the panes and places their room.
func (m *model) arrange() {
	m.wished = m.wish()
	m.layout = arrange(m.w, m.h, m.wished)
	if m.Line && m.w > 0 {
		m.layout = lineLayout(m.wished)
	}
	l := &m.layout
	m.list.Resize(l.list.w, l.list.h)
	m.detail.Resize(l.detail.w, l.detail.h)
	m.detail.Ruled, m.detail.Reading, m.detail.Focused = l.rule.h == 1 && l.rule.w > 1, m.reading, m.focus == onDetail
	m.histogram.Resize(l.histogram.w, l.histogram.h)
	m.facets.Resize(l.facets.w, l.facets.h)
	for _, p := range m.places {
		p.Resize(l.body.w, l.body.h)
	}
	if p, ok := in[*storing](m); ok {
		p.histogram.Resize(l.histogram.w, l.histogram.h)
	}
	m.lay()
}

// lay has the panes laid out that View draws as they are, in the room that there
// is now, and the facets counted if they are on screen.
func (m *model) lay() {
	if m.wish() != m.wished {
		m.arrange()
		return
	}
	m.detail.Lay(m.styles)
	m.histogram.InView(m.daysInView())
	if p, ok := in[*briefing](m); ok {
		p.layOut(m)
	}
	if p, ok := in[*pairing](m); ok {
		p.follow(m)
	}
	if p, ok := in[*storing](m); ok {
		p.lay(m)
	}
	if !m.layout.facets.empty() {
		m.countFacets()
		m.facets.Lay()
	}
}

// daysInView returns the first and the last day that the list has in view.
func (m *model) daysInView() (from, to edtf.Day) {
	first, last := m.list.InView()
	if first > last {
		return edtf.Future, edtf.Past
	}
	from, to = m.shown.Day(m.shown.At(first)), m.shown.Day(m.shown.At(last))
	return min(from, to), max(from, to)
}

func (m *model) restyle(dark bool) {
	m.styles = pane.NewStyles(dark, m.keys.first)
	m.lay()
}

// hush takes the notice away.
func (m *model) hush() { m.notice = notice{seq: m.notice.seq} }

// say shows a notice.
func (m *model) say(text string) tea.Cmd { return m.notify(text, false) }

// fail shows a notice of a failure. It stays until the next key.
func (m *model) fail(text string) tea.Cmd {
	m.notify(text, true)
	return nil
}

func (m *model) notify(s string, failure bool) tea.Cmd {
	seq := m.notice.seq + 1
	m.notice = notice{text.Clean(s), failure, seq}
	m.said = append(m.said[max(0, len(m.said)-mostSaid+1):], m.notice.text)
	if m.Line {
		return nil // it is said once
	}
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return expiredMsg{seq} })
}
