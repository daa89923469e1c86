package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/text"
	"dateline/tui/pane"
)

// press does the action of a key in the place at hand; elsewhere it is text.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	scopes := m.top().about(m).scopes
	typing := scopes[0]&inTyping != 0
	a := m.keys.find(msg, scopes)
	if p, ok := m.top().(*pairing); ok && p.takes(msg) {
		a = nil
	}
	if a == nil && msg.String() == "ctrl+j" {
		msg = tea.KeyPressMsg{Code: tea.KeyEnter} // a terminal sends this for Enter until it is set up
		a = m.keys.find(msg, scopes)
	}
	if a == nil && !typing {
		msg = latin(msg, m.serbian)
		if a = m.keys.find(msg, scopes); a == nil && m.inCount(msg) {
			a = counting()
		}
	}
	if m.holds(msg, a) {
		return nil
	}
	m.pressed, m.touched = msg, true
	switch {
	case m.count > 0 && (msg.String() == "esc" || msg.String() == "ctrl+c"):
		m.count = 0
		return nil
	case a.is("count"):
		return a.do(m)
	case a != nil:
		counted := a.is("first") && m.count > 0
		cmd := a.do(m)
		m.count, m.counted = 0, counted
		return cmd
	case typing:
		return m.input(msg)
	}
	m.count = 0
	return m.say(m.meaningless(msg.String(), scopes))
}

// reflexes are keys of less, vi, fzf and lazygit that do nothing here, and the
// actions that whoever presses them may want.
var reflexes = map[string][]string{
	"=": {"where"}, "r": {"reload", "redraw"}, "i": {"note"}, "I": {"note"}, "A": {"note"}, "E": {"note"}, "C": {"clear-marks"}, "X": {"save"},
	"(": {"previous-with-actor", "previous-month"}, ")": {"next-with-actor", "next-month"}, "^": {"first"}, "$": {"last"}, ";": {"next-found"}, ",": {"previous-found"},
	".": {"redo"}, "_": {"zoom-out"}, "|": {"save"}, "!": {"palette"}, "@": {"palette"}, "ctrl+s": {"save"}, "ctrl+q": {"quit"}, "ctrl+x": {"quit"}, "ctrl+\\": {"quit-now"},
	"ctrl+w": {"next-pane"}, "ctrl+v": {"select-time"}, "ctrl+]": {"read"}, "ctrl+t": {"jump-back"}, "ctrl+a": {"first"}, "backspace": {"to-list"}, "delete": {"clear-marks"},
	"insert": {"note"}, "alt+x": {"palette"}, "ctrl+space": {"mark"},
}

// meaningless says of a key that it does nothing, and which keys may be meant.
func (m *model) meaningless(key string, scopes []scope) string {
	said := shownKey(key) + " does nothing here"
	for _, name := range reflexes[key] {
		if a := m.keys.named(name); slices.ContainsFunc(scopes, func(s scope) bool { return a.in&s != 0 }) {
			what, _, _ := strings.Cut(a.Help().Desc, ";")
			said += fmt.Sprintf("; %s: %s", m.keys.first(name), what)
		}
	}
	return said + fmt.Sprintf("; %s lists the keys.", m.keys.first("help"))
}

// A count is typed before a key: 5j moves down five events, 10G goes to the tenth.

// mostCount is the largest count.
const mostCount = 999_999_999

// inCount reports whether a key goes on with a count, or begins one.
func (m *model) inCount(msg tea.KeyPressMsg) bool {
	c := msg.Text
	return len(c) == 1 && (c >= "1" && c <= "9" || c == "0" && m.count > 0)
}

// counting is the action of a digit that is bound to no other.
func counting() *action {
	return &action{name: "count", do: does(func(m *model) {
		m.count = min(m.count*10+int(m.pressed.Text[0]-'0'), mostCount)
	})}
}

// times is how often a counted key is to be pressed.
func (m *model) times() int { return max(1, m.count) }

// chosenMsg is an action that was chosen by name and had to wait.
type chosenMsg struct{ *action }

// act does an action that was chosen by name, when its key would.
func (m *model) act(a *action) tea.Cmd {
	if m.holds(chosenMsg{a}, a) {
		return nil
	}
	return a.do(m)
}

// paste takes pasted text.
func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	if m.holds(msg, nil) {
		return nil
	}
	msg.Content = text.Clean(msg.Content)
	return m.input(msg)
}

// A filterer is a place in which typing narrows a list.
type filterer interface {
	place
	narrows() bool  // letters are text now
	narrow(on bool) // makes them so, or not
	Typed() string
	Narrow(typed string)
	Caret() int // the cell in the body's first row where the next letter goes
}

// input takes a key or a paste as text, and gives a prompt any other message.
func (m *model) input(msg tea.Msg) tea.Cmd {
	typed := ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		typed = msg.Text
	case tea.PasteMsg:
		typed = strings.TrimSpace(msg.Content)
	}
	switch p := m.top().(type) {
	case filterer:
		if typed != "" && p.narrows() {
			m.narrowTo(p, p.Typed()+text.Clean(typed))
		}
	case prompter:
		return p.line().update(m, p, msg)
	}
	return nil
}

// erase deletes the last letter typed.
func (m *model) erase() {
	p := m.top().(filterer)
	if r := []rune(p.Typed()); len(r) > 0 {
		m.narrowTo(p, string(r[:len(r)-1]))
	}
}

// eraseWord deletes the last word typed.
func (m *model) eraseWord() {
	p := m.top().(filterer)
	left := strings.TrimRight(p.Typed(), " ")
	m.narrowTo(p, left[:strings.LastIndex(left, " ")+1])
}

// narrowTo narrows a list to what has a text.
func (m *model) narrowTo(p filterer, typed string) {
	p.Narrow(typed)
	if p, ok := p.(*choosing); ok {
		p.narrowed(m)
	}
}

// clearLine erases the text typed, in a prompt up to the cursor.
func (m *model) clearLine() {
	switch p := m.top().(type) {
	case filterer:
		m.narrowTo(p, "")
	case prompter:
		p.line().clear()
		p.typed(m)
	}
}

// Some keys never wait. Others leave a place, and drop all that waits.
var (
	atAnyTime = []string{"quit-now", "suspend", "redraw"}
	leaving   = []string{"back", "leave-prompt", "leave-choice", "quit"}
)

// holds puts a key, a click, a paste or a chosen action in the queue if it must
// wait for what it acts on, or if another waits already: none overtakes. Text has
// no action, and a click one without a name.
func (m *model) holds(msg tea.Msg, a *action) bool {
	switch {
	case a.is(atAnyTime...):
		return false
	case a.is(leaving...):
		if m.loaded() || a.is("back", "quit") {
			return false
		}
	case len(m.ahead) == 0 && m.loaded() && !m.top().waits(m, a):
		return false
	}
	if n := len(m.ahead) - 1; n >= 0 && isMotion(msg) && isMotion(m.ahead[n]) {
		m.ahead[n] = msg // only the last counts
		return true
	}
	m.ahead = append(m.ahead, msg)
	return true
}

func isMotion(msg tea.Msg) bool {
	_, is := msg.(tea.MouseMotionMsg)
	return is
}

// catchUp does what waited.
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

// The mouse is off until it is asked for: a terminal whose mouse a program takes
// no longer selects text.

// toggleMouse turns the mouse on or off.
func (m *model) toggleMouse() tea.Cmd {
	if m.Line {
		return m.say("The mouse works on the screen alone.")
	}
	if m.Mouse = !m.Mouse; m.Mouse {
		return m.say("Mouse on. Most terminals select text with Shift; " + m.keys.first("mouse") + " turns it off.")
	}
	return m.say("Mouse off: the terminal selects text again.")
}

func (m *model) mouse(msg tea.MouseMsg) tea.Cmd {
	switch msg.(type) {
	case tea.MouseClickMsg:
		m.hush()
		m.count = 0
	case tea.MouseReleaseMsg:
		return nil
	}
	if m.holds(msg, new(action)) {
		return nil
	}
	switch at := msg.Mouse(); msg.(type) {
	case tea.MouseClickMsg:
		return m.click(at)
	case tea.MouseMotionMsg:
		m.drag(at)
	case tea.MouseWheelMsg:
		return m.turn(at)
	}
	return nil
}

// A wheel gathers its turns until a frame is due, so that a storm of turns is one
// move.
type wheel struct {
	lines int
	over  rect // the pane under the pointer
}

// turnedMsg tells that a frame is due.
type turnedMsg struct{}

// linesATurn is how far one turn of the wheel goes.
const linesATurn = 3

// turn notes a turn of the wheel; the first one asks for the move.
func (m *model) turn(mouse tea.Mouse) tea.Cmd {
	lines := linesATurn
	switch mouse.Button {
	case tea.MouseWheelUp:
		lines = -lines
	case tea.MouseWheelDown:
	default:
		return nil // nothing moves sideways
	}
	waiting := m.wheel.lines != 0
	if over := m.paneAt(mouse.X, mouse.Y); over != m.wheel.over {
		m.turned()
		m.wheel.over = over
	}
	m.wheel.lines += lines
	if waiting {
		return nil
	}
	return tea.Tick(time.Second/framesPerSecond, func(time.Time) tea.Msg { return turnedMsg{} })
}

// turned moves the pane under the pointer by the turns of the wheel.
func (m *model) turned() {
	lines, over, l := m.wheel.lines, m.wheel.over, &m.layout
	m.wheel = wheel{}
	switch {
	case lines == 0 || over.empty():
	case len(m.places) > 1:
		if v := m.mover(); v != nil {
			v.Move(lines)
		}
	case over == l.facets:
		m.facets.Move(lines)
	case over == l.detail:
		m.detail.Move(lines)
	case over == l.list:
		m.list.Move(lines)
		m.moved()
	}
}

// paneAt returns the part of the screen that a cell is in.
func (m *model) paneAt(x, y int) rect {
	l := &m.layout
	for _, r := range []rect{l.list, l.detail, l.facets, l.histogram, l.body} {
		if r.has(x, y) {
			return r
		}
	}
	return rect{}
}

// click puts the cursor on the row clicked; on the row that has it already, it
// does the same as Enter.
func (m *model) click(mouse tea.Mouse) tea.Cmd {
	m.dragged = nil
	over := m.layout.body
	if len(m.places) == 1 {
		over = m.paneAt(mouse.X, mouse.Y)
	}
	if mouse.Button != tea.MouseLeft || !over.has(mouse.X, mouse.Y) {
		return nil
	}
	x, y := mouse.X-over.x, mouse.Y-over.y
	if len(m.places) > 1 {
		return m.top().click(m, x, y)
	}
	switch l := &m.layout; over {
	case l.facets:
		m.turnTo(onFacets)
		if m.facets.Click(y) {
			return m.markValue(pane.Included)
		}
	case l.list:
		m.turnTo(onList)
		if row, ok := m.list.RowAt(y); ok && row == m.list.Row() {
			m.read(true)
		} else if ok {
			m.list.ToRow(row)
			m.moved()
		}
	case l.detail:
		m.turnTo(onDetail)
		if event, ok := m.detail.LinkAt(x, y); ok {
			return m.jumpTo(event)
		}
		if around, top := m.around(); around != nil && y >= top {
			if row, ok := around.RowAt(y - top); ok {
				m.list.ToRow(row)
				m.moved()
			}
		}
	case l.histogram:
		if from, to, ok := m.histogram.DaysAt(x); ok {
			m.dragged = &from
			return m.goToDays(from, to)
		}
	}
	return nil
}

// drag selects time in the histogram from where the button was pressed.
func (m *model) drag(mouse tea.Mouse) {
	day, _, ok := m.histogram.DaysAt(mouse.X - m.layout.histogram.x)
	if m.dragged == nil || mouse.Button != tea.MouseLeft || !ok {
		return
	}
	if len(m.places) == 1 {
		m.openRange()
		m.histogram.SelectFrom(*m.dragged)
	}
	if p, selecting := m.top().(*ranging); selecting {
		m.histogram.Drag(day) // the bin under the pointer stays there
		p.count(m)
	}
}

// forward is the step in the order of time that goes down the screen.
func (m *model) forward() int {
	if m.shown.Newest {
		return -1
	}
	return 1
}

// is reports whether the action has one of the names. No action has none.
func (a *action) is(names ...string) bool { return a != nil && slices.Contains(names, a.name) }
