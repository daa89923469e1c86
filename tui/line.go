package tui

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A speaker shows the viewer to those who hear it or feel it: it answers each key
// with a line of plain text, for a screen reader or a braille display, and sends
// the terminal nothing else. The places and their keys are those of the screen;
// each place says in words what is under its cursor.
//
// Letters typed into a prompt or a list are printed as they come. The line about
// them follows after a pause, or with the next key that is no letter. What a slow
// key leads to is said when it is there, and so is whatever happens by itself: a
// file that was read again, a page that a browser has opened.
type speaker struct {
	*model
	out     io.Writer
	lineEnd string
	echo    bool                  // letters are printed as they come
	guard   func(tea.Cmd) tea.Cmd // keeps a command from ending the program

	told       moment
	open       bool          // letters stand on a line that is not ended
	announced  bool          // the timeline has been announced
	begun      chan struct{} // closed then
	owed       bool          // a key waits for its line
	answered   func()        // called with that line; may be nil
	key        int           // how many keys were pressed
	awaitsRead bool          // a readMsg is on its way
	running    int           // commands that the last one began
	did        *action       // of the last key
}

// A moment is what there was to say at some time.
type moment struct {
	place  place
	name   string // of the place, or of the pane with the keys
	scope  string // the filter, the order and the counts
	row    int
	spoken string // by the place
	beside string // by the detail, beside a list
	aside  string // by the footer, about a prompt
	notice int
}

// Messages of the speaker to itself.
type (
	scriptMsg struct { // a line of a script
		line     string
		answered func()
	}
	doneMsg   struct{ key int } // a command that a key began
	pausedMsg struct{ key int } // no letter came after the key
	lateMsg   struct{ key int } // the key has had no answer for long
	readMsg   struct{}          // it may be time to say how far reading is
)

// How long a pause ends a word, an answer may take without a word, and reading
// goes on without one.
const (
	pause        = 700 * time.Millisecond
	patience     = 3 * time.Second
	betweenParts = 5 * time.Second
)

// linesAPage is how far the keys that turn a page move where there is no page.
const linesAPage = 10

func newSpeaker(m *model, out io.Writer, keyboard bool) *speaker {
	s := &speaker{model: m, out: out, lineEnd: "\n", echo: keyboard, begun: make(chan struct{}), guard: func(cmd tea.Cmd) tea.Cmd { return cmd }}
	if keyboard {
		s.lineEnd = "\r\n" // the terminal is raw
	}
	m.resize(pane.Unwrapped, linesAPage)
	return s
}

// speakTo has a program print lines in place of frames. Where the input is no
// terminal, it is a script, which the speaker follows.
func (g *guarded) speakTo(out io.Writer, in io.Reader) []tea.ProgramOption {
	f, ok := in.(term.File)
	g.lines = newSpeaker(g.model, out, ok && term.IsTerminal(f.Fd()))
	g.lines.guard = g.guard
	opts := []tea.ProgramOption{tea.WithOutput(io.Discard), tea.WithFPS(1)}
	if !g.lines.echo {
		opts = append(opts, tea.WithInput(nil))
	}
	return opts
}

func (s *speaker) Init() tea.Cmd { return s.guard(s.model.Init()) }

// View shows nothing: no frame is drawn.
func (s *speaker) View() tea.View { return tea.View{} }

// Update does what a message says, and prints a line if one is due.
func (s *speaker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmds []tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return s, nil // lines have any width
	case doneMsg:
		if msg.key == s.key {
			s.running--
		}
	case pausedMsg:
		s.owed = s.owed || msg.key == s.key && s.open
	case lateMsg:
		if msg.key == s.key && s.owed {
			s.answer("Still working; " + s.keys.first("back") + " cancels.")
		}
	case readMsg:
		s.awaitsRead = false
		if note, ok := s.progress(); ok {
			s.print(note.Text)
		}
	case scriptMsg:
		s.ask(nil)
		s.answered = msg.answered
		for _, key := range keysOf(msg.line) {
			cmds = append(cmds, s.press(key))
		}
	case tea.KeyPressMsg:
		if s.echo && s.types(msg) {
			if s.owed {
				s.answer(s.line(s.moment())) // about the prompt
			}
			return s, s.typed(msg)
		}
		s.ask(nil)
		cmds = append(cmds, s.press(msg))
	case tea.PasteMsg:
		s.ask(nil)
		cmds = append(cmds, s.update(msg))
	default:
		cmds = append(cmds, s.update(msg))
	}
	s.speak()
	if s.loading.on() && !s.awaitsRead {
		s.awaitsRead = true
		cmds = append(cmds, tea.Tick(betweenParts, func(time.Time) tea.Msg { return readMsg{} }))
	}
	if s.owed && s.echo {
		key := s.key
		cmds = append(cmds, tea.Tick(patience, func(time.Time) tea.Msg { return lateMsg{key} }))
	}
	return s, tea.Batch(cmds...)
}

// ask owes the next key a line. What older keys began is no longer waited for.
func (s *speaker) ask(did *action) {
	s.owed, s.did, s.running = true, did, 0
	s.key++
}

func (s *speaker) press(msg tea.KeyPressMsg) tea.Cmd {
	s.did = s.keys.find(msg, s.top().about(s.model).scopes)
	if s.did.is("redraw") {
		s.told = moment{notice: s.told.notice}
		return nil
	}
	return s.update(msg)
}

// update has the model updated, and counts the commands that a key leads to.
func (s *speaker) update(msg tea.Msg) tea.Cmd {
	_, cmd := s.model.Update(msg)
	cmd = s.guard(cmd)
	switch msg.(type) {
	case changedMsg, partMsg, stoppedMsg:
		return cmd // they await the next of their kind, not what a key led to
	}
	if cmd == nil {
		return nil
	}
	s.running++
	key := s.key
	return tea.Sequence(cmd, func() tea.Msg { return doneMsg{key} })
}

// types reports whether a key is a letter for the text at hand.
func (s *speaker) types(msg tea.KeyPressMsg) bool {
	scopes := s.top().about(s.model).scopes
	return msg.Text != "" && scopes[0]&inTyping != 0 && s.keys.find(msg, scopes) == nil
}

// typed takes a letter and prints it.
func (s *speaker) typed(msg tea.KeyPressMsg) tea.Cmd {
	s.key++
	s.running = 0
	cmd := s.update(msg)
	io.WriteString(s.out, text.Safe(msg.Text))
	s.open = true
	key := s.key
	return tea.Batch(cmd, tea.Tick(pause, func(time.Time) tea.Msg { return pausedMsg{key} }))
}

// settled reports whether all has come of the keys that is to come of them soon. A
// script waits until the file is read.
func (s *speaker) settled() bool {
	if !s.echo && s.loading.on() {
		return false
	}
	return s.running == 0 && !s.waiting && s.arriving == nil && len(s.ahead) == 0 && !s.editing && !s.awaitsAny()
}

// speak prints the line that is owed, or what has happened by itself.
func (s *speaker) speak() {
	if !s.settled() {
		return
	}
	switch now := s.moment(); {
	case !s.announced && s.loaded():
		s.announced = true
		close(s.begun)
		s.told = moment{notice: s.told.notice}
		s.answer(s.announcement(now))
	case s.owed:
		s.answer(s.line(now))
	case s.announced && !s.open && (now.place != s.told.place || now.scope != s.told.scope && !s.loading.on() || now.notice != s.told.notice && s.notice.text != ""):
		s.did = nil
		s.print(s.line(now))
	}
}

// answer prints a line and owes no other.
func (s *speaker) answer(line string) {
	s.owed = false
	s.print(line)
	if answered := s.answered; answered != nil {
		s.answered = nil
		answered()
	}
}

// print prints a line.
func (s *speaker) print(line string) {
	line = strings.Join(strings.Fields(text.Safe(line)), " ")
	if s.ASCII {
		line = asciiOnly.Replace(line)
	}
	s.endLine()
	io.WriteString(s.out, line+s.lineEnd)
}

// endLine ends the line that letters stand on.
func (s *speaker) endLine() {
	if s.open {
		io.WriteString(s.out, s.lineEnd)
	}
	s.open = false
}

// announcement is the first line: the timeline, what is missing of it, and the
// event that the cursor begins on.
func (s *speaker) announcement(now moment) string {
	left := s.leftOut()
	if left != "" {
		left += "; " + s.keys.first("problems") + " shows why"
	}
	return sentences(cmp.Or(s.shown.Title, s.file.Name), left, s.line(now), s.keys.first("help")+" lists the keys")
}

// moment is what there is to say now.
func (s *speaker) moment() moment {
	top := s.top()
	now := moment{place: top, name: s.placeName(), scope: s.query.String() + ": " + s.counts(), row: s.list.Row(), spoken: top.spoken(s.model), notice: s.notice.seq}
	if len(s.places) == 1 && s.focus == onList {
		now.beside = s.paragraphs().spoken()
	}
	switch top.(type) {
	case *searching, *finding: // they say it themselves
	case prompter:
		now.aside = s.aside()
	}
	return now
}

// placeName is the name of the place that has the keys: a prompt or a menu is
// called by its title.
func (s *speaker) placeName() string {
	name := s.top().about(s.model).name
	switch p := s.top().(type) {
	case *searching, *finding:
		name += ":"
	case prompter:
		name = strings.TrimSpace(p.line().title)
	case *choosing:
		name = p.Title()
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// aside is what the footer says about a prompt: what is wrong with the text, a
// completion, a count or a hint.
func (s *speaker) aside() string {
	f := s.footer()
	said := f.Said
	if said == "" {
		said = f.Note.Text
	}
	if len(f.Choices) > 0 {
		said = fmt.Sprintf("%s: %s", f.Choices[0], said)
	}
	return said
}

// line says what has changed since the last line: what was said, where the reader
// is now, the events shown, and what the cursor is on.
func (s *speaker) line(now moment) string {
	was := s.told
	s.told = now
	var parts []string
	if now.notice != was.notice && s.notice.text != "" {
		parts = append(parts, s.notice.text)
	}
	moved := now.place != was.place || now.name != was.name
	if moved {
		parts = append(parts, now.name)
	}
	if now.scope != was.scope {
		parts = append(parts, s.counts())
	}
	_, listed := now.place.(*browsing)
	listed = listed && s.focus == onList
	switch said := len(parts) > 0; {
	case moved || now.scope != was.scope || now.spoken != was.spoken || now.aside != was.aside:
		if listed && !moved && now.scope == was.scope {
			parts = append(parts, s.list.Crossed(was.row))
		}
		parts = append(parts, now.spoken)
		if moved || now.aside != was.aside {
			parts = append(parts, now.aside)
		}
	case said:
	case listed && now.beside != was.beside:
		parts = append(parts, now.beside)
	case s.did.is("down", "page-down", "half-page-down", "last", "choose-down", "choose-page-down"):
		parts = append(parts, "The end", now.spoken)
	case s.did.is("up", "page-up", "half-page-up", "first", "choose-up", "choose-page-up"):
		parts = append(parts, "The beginning", now.spoken)
	case s.did.is("reload") && s.loading.on():
		parts = append(parts, "Reading the file again")
	default:
		parts = append(parts, "Nothing has changed", now.spoken, now.aside)
	}
	return sentences(parts...)
}

// sentences writes texts as sentences of one line.
func sentences(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		if !strings.ContainsAny(part[len(part)-1:], ".!?:…”\"") && !strings.HasSuffix(part, "”") {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// counts says how many events are shown, and in which order.
func (m *model) counts() string {
	n, all := m.shown.Rows.Len(), m.shown.Len()
	counts := text.Counted(all, "event")
	if n < all {
		counts = text.Grouped(n) + " of " + counts
	}
	if n := m.shown.Rows.Uncertain; n > 0 {
		counts += fmt.Sprintf(", %s of uncertain date", text.Grouped(n))
	}
	if m.shown.Newest {
		counts += ", newest first"
	}
	return counts
}

// position says where the reader is, in the file and on screen.
func (m *model) position() string {
	filter := "no filter"
	if !m.query.Empty() {
		filter = "filter " + m.query.String()
	}
	where := m.top().about(m).name
	if n := m.shown.Rows.Len(); n > 0 {
		where += fmt.Sprintf(", event %s of %s", text.Grouped(m.list.Row()+1), text.Grouped(n))
	}
	parts := []string{m.file.Name + ": " + m.counts(), filter, where}
	if m.shown.Search.Needle != "" {
		parts = append(parts, m.shown.Search.Status(m.list.Event(), m.shown.Newest))
	}
	if left := m.leftOut(); left != "" {
		parts = append(parts, left)
	}
	return strings.Join(parts, "; ") + "."
}

// lineLayout gives each pane the room it needs to say a line. Pages have one line,
// so that their top line is the one that is said.
func lineLayout(wish wish) layout {
	const height = 60
	l := layout{histogram: rect{0, 0, 120, 4}, body: rect{0, 0, pane.Unwrapped, 2}}
	at := rect{0, 0, 80, height}
	switch {
	case wish.reading || wish.on == onDetail:
		l.detail = at
	case wish.on == onFacets:
		l.facets, l.list = at, at
	default:
		l.list = at
	}
	return l
}

// keysOf returns the keys of a line of a script. The name of a key, such as esc or
// ctrl+u, is that key, an empty line is Enter, and other text is typed letter by
// letter; so is all that follows a backslash.
func keysOf(line string) (keys []tea.KeyPressMsg) {
	if line == "" {
		line = "enter"
	}
	if key, ok := keyNamed(line); ok {
		return []tea.KeyPressMsg{key}
	}
	for _, c := range strings.TrimPrefix(line, `\`) {
		keys = append(keys, tea.KeyPressMsg{Code: c, Text: string(c)})
	}
	return keys
}

// follow presses the keys of a script, each line when the one before has been
// answered, and then ends the program.
func (s *speaker) follow(script io.Reader, p *tea.Program, ended <-chan struct{}) {
	lines := bufio.NewScanner(script)
	lines.Buffer(nil, 1<<20)
	for answered := s.begun; ; {
		select {
		case <-answered:
		case <-ended:
			return
		}
		if !lines.Scan() {
			break
		}
		told := make(chan struct{})
		answered = told
		p.Send(scriptMsg{strings.TrimSuffix(lines.Text(), "\r"), func() { close(told) }})
	}
	p.Quit()
}
