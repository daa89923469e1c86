// Package tui is how a timeline looks and moves in a terminal: one tea.Model
// and plain panes. It reads no files, opens no programs and keeps no clock; what
// it needs of the world it is given in Config.
//
// The model routes: Update to press, press to the panes, View to what they
// draw. The panes (list, detail, strip, facets, pairs, picker, menu, help, page)
// draw and move, and know nothing of each other; the prompt wraps a text input. Each thing
// changes in one place: open the timeline, setQuery what is shown, setMargin marks
// and notes, setSearch what is searched for, resize the sizes, turnTo the pane
// that has the keys, jump the place, say the notice. What takes long on a large
// timeline is an errand (errands.go): no key waits for it in Update.
package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// A mode is what the keys are for.
type mode int

const (
	browsing mode = iota
	searching
	filtering
	going  // to a date
	asking // for a line of text
	picking
	choosing // from a menu
	pairing  // who with whom
	ranging  // selecting a stretch of time
	briefing
	helping
	telling // what was left out, or said
)

type model struct {
	Config
	file  File
	t     *timeline.Timeline // file.Timeline, with what the reader wrote in its margin
	query timeline.Query
	hides []timeline.Hidden
	empty []string // why nothing is shown, and what would help
	check string   // what is wrong with what is being typed
	shows int      // or how many events it would show

	ranged timeline.Selection // what a stretch of time is selected from

	w, h    int
	layout  layout
	mode    mode
	focus   focus
	reading bool // the detail has the whole body
	folded  bool // the facets have no column beside the list
	keys    keyMap
	styles  *styles

	list      list
	detail    detail
	strip     strip
	facets    facets
	pairs     pairs
	picker    picker
	menu      menu
	page      page // the brief, or what was left out
	brief     *brief.Brief
	briefed   func() error // told when the brief is saved
	laid      laying
	paper     brief.Paper
	help      help
	prompt    prompt
	asked     func(*model, string) tea.Cmd // what is done with the answer typed
	askedIn   mode                         // what the question lies over
	hint      string                       // what may be typed
	yesOrNo   bool                         // that is y or n
	pressed   tea.KeyPressMsg              // the key at hand
	touched   bool                         // a key has been pressed
	find      search
	trail     trail
	following following
	margin    timeline.Margin
	origin    int    // the event that a search began on
	originTop int    // the first line of the list then
	before    string // what was searched for before it
	wheel     wheel
	dragged   *edtf.Day // where in the histogram the button was pressed, if there
	notice    notice
	said      []string  // the last notices
	unread    string    // why the file could not be read again, if so
	ahead     []tea.Msg // typed and pasted before there was what it acts on
	err       error     // why the viewer ends, if not by its reader's wish

	// What is on its way.
	loading  loading
	office   office
	arriving *arrival     // the timeline that takes the place of this one, or nil
	waiting  bool         // what is shown is not what was asked for yet
	answered question     // what is shown
	then     func(*model) // done when what was asked for is shown
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
	openedMsg  struct {          // a source was opened, or not
		url string
		err error
	}
)

// mostSaid is how many notices are kept to be read again.
const mostSaid = 100

// noticeTime is how long a notice stays.
const noticeTime = 4 * time.Second

func newModel(cfg Config) *model {
	styles := newStyles(cfg.Theme != Light) // until the terminal says otherwise, if ever
	m := &model{Config: cfg, keys: cfg.Keys.bind(), styles: &styles, prompt: newPrompt(), query: cfg.Query}
	m.office.large = large
	m.strip.zoom = zoomNamed(cfg.Saved.Zoom)
	m.paper = brief.A4
	m.detail.keys, m.picker.keys, m.facets.keys, m.pairs.keys = m.keys, m.keys, m.keys, m.keys
	m.t = timeline.New(timeline.About{}, nil, nil)
	m.open(arrival{file: File{Timeline: m.t}})
	return m
}

// Init has the timeline read, and asks the terminal for its background, which
// it may never say.
func (m *model) Init() tea.Cmd {
	return m.commands(tea.Batch(tea.RequestBackgroundColor, m.reload(), makeWidths, awaitChange(m.Changes)))
}

// Update does what a message says, and has the facets counted if they are to show
// something else then.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.tallyFacets()
	return m, m.commands(cmd)
}

// route routes a message to whoever it is for.
func (m *model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changedMsg:
		return tea.Batch(m.reload(), awaitChange(m.Changes))
	case partMsg:
		return m.part(msg)
	case foundMsg:
		m.found(msg)
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		if m.Theme == Auto || m.Theme == "" {
			m.restyle(msg.IsDark())
		}
	case tea.KeyPressMsg:
		m.hush()
		return m.press(msg)
	case tea.MouseClickMsg:
		m.hush()
		return m.click(msg.Mouse())
	case tea.MouseMotionMsg:
		m.drag(msg.Mouse())
	case tea.MouseWheelMsg:
		return m.turn(msg.Mouse())
	case turnedMsg:
		m.turned()
	case tea.PasteMsg:
		return m.paste(msg)
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
	case savedMsg:
		return m.saved(msg)
	case notedMsg:
		return m.noted(msg)
	case chosenMsg:
		return m.act(msg.action)
	default:
		if m.typing() {
			return m.prompt.update(msg)
		}
	}
	return nil
}

// setSearch changes what n and N move among, and what is made visible.
func (m *model) setSearch(f search) {
	m.find = f
	m.list.needle, m.detail.needle = f.needle, f.needle
}

// chosen tells the other panes which event the list's cursor is on.
func (m *model) chosen() {
	m.detail.set(m.list.event())
	m.strip.follow(m.list.event())
}

// resize gives everything its size.
func (m *model) resize(w, h int) {
	m.w, m.h = w, h
	m.arrange()
	if m.focus == onDetail && m.layout.detail.empty() && !m.layout.list.empty() {
		m.read(true) // it has no room beside the list any more
	}
	m.layBrief()
}

func (m *model) arrange() {
	m.layout = arrange(m.w, m.h, wish{m.focus, m.reading, m.folded})
	l := &m.layout
	m.list.resize(l.list.w, l.list.h)
	m.detail.resize(l.detail.w, l.detail.h)
	m.strip.resize(l.strip.w, l.strip.h)
	m.facets.resize(l.facets.w, l.facets.h)
	m.pairs.resize(l.body.w, l.body.h)
	m.picker.resize(l.body.w, l.body.h)
	m.menu.resize(l.body.w, l.body.h)
	m.page.resize(l.body.w, l.body.h)
	m.help.resize(l.body.w, l.body.h)
	m.detail.ruled = l.rule.h == 1 && l.rule.w > 1
}

// beneath is the mode that a question, a menu and the help lie over.
func (m *model) beneath() mode {
	in := m.mode
	if in == helping {
		in = m.help.below
	}
	if in == asking {
		in = m.askedIn
	}
	if in == choosing {
		in = m.menu.below
	}
	return in
}

// typing reports whether a prompt is open.
func (m *model) typing() bool {
	return m.mode == searching || m.mode == filtering || m.mode == going || m.mode == asking
}

// catchUp does what was typed ahead.
func (m *model) catchUp() tea.Cmd {
	var cmds []tea.Cmd
	ahead := m.ahead
	m.ahead = nil
	for _, msg := range ahead {
		_, cmd := m.Update(msg)
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

func (m *model) restyle(dark bool) {
	styles := newStyles(dark)
	m.styles = &styles
}

// hush takes the notice away.
func (m *model) hush() { m.notice = notice{seq: m.notice.seq} }

// say shows a notice.
func (m *model) say(text string) tea.Cmd { return m.notify(text, false) }

// fail shows a notice of something that did not work. It stays until the next
// key.
func (m *model) fail(text string) tea.Cmd {
	m.notify(text, true)
	return nil
}

func (m *model) notify(s string, failure bool) tea.Cmd {
	seq := m.notice.seq + 1
	m.notice = notice{text.Clean(s), failure, seq}
	m.said = append(m.said[max(0, len(m.said)-mostSaid+1):], m.notice.text)
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return expiredMsg{seq} })
}
