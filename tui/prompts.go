package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// A prompt is one line to type in. The textinput edits it; the pane draws it,
// since it counts cells and the textinput runes.
type prompt struct {
	bare
	title string
	field textinput.Model
	check string // what is wrong with the text

	kind    string   // of its history; empty if it has none
	begun   string   // the text it began with
	stem    string   // the text that entries of the history begin with
	entries []string // of the history, while the reader goes through it
	entry   int      // the one in the prompt, or their number

	choices    []string // completions, in turn
	choice     int
	start, end int // the runes that the completion replaces
}

func newPrompt(title, kind, text string) *prompt {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.KeyMap.Paste.SetEnabled(false) // it would read this machine's clipboard; the terminal's arrives as a PasteMsg
	in.Focus()
	in.SetValue(text)
	in.CursorEnd()
	return &prompt{title: title, kind: kind, field: in, begun: text}
}

// A prompter is a place with a prompt.
type prompter interface {
	place
	line() *prompt
	typed(*model) // follows the text
	accept(*model) tea.Cmd
}

func (p *prompt) spoken(*model) string {
	switch {
	case p.text() == "":
		return "nothing typed"
	case strings.TrimSpace(p.text()) == "":
		return "only blanks"
	}
	return p.text()
}

func (p *prompt) line() *prompt { return p }
func (p *prompt) typed(*model)  { p.check = "" }
func (p *prompt) text() string  { return p.field.Value() }

// inPromptOf describes a prompt.
func inPromptOf(name string) about {
	return about{name, []scope{inPrompt}, []hint{{"accept", "keep"}, {"leave-prompt", "leave"}, {"clear-line", "erase"}}}
}

// clear erases the text before the cursor.
func (p *prompt) clear() {
	p.choices = nil
	p.field.SetValue(string([]rune(p.text())[p.field.Position():]))
	p.field.CursorStart()
}

// update edits the text of a place.
func (p *prompt) update(m *model, at prompter, msg tea.Msg) (cmd tea.Cmd) {
	p.choices, p.entries = nil, nil
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, p.field.KeyMap.DeleteWordForward) && p.field.Position()+1 == len([]rune(p.text())) {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete} // the textinput reads past the end when the word is one last character
	}
	p.field, cmd = p.field.Update(msg)
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		at.typed(m)
	}
	return cmd
}

// drawn is the prompt as its row draws it.
func (p *prompt) drawn() pane.Prompt {
	runes := []rune(p.text())
	at := min(p.field.Position(), len(runes))
	return pane.Prompt{Name: p.title, Before: string(runes[:at]), After: string(runes[at:])}
}

// footer draws the prompt, with what is wrong with the text.
func (p *prompt) footer(_ *model, f *pane.Footer) {
	drawn := p.drawn()
	f.Prompt = &drawn
	if p.check != "" {
		f.Said, f.Tone = p.check, pane.Failure
	}
}

// hint is footer with a hint where nothing is wrong.
func (p *prompt) hint(m *model, f *pane.Footer, hint string) {
	p.footer(m, f)
	f.Note = pane.Note{Text: hint, Tone: pane.Dim}
}

// accept takes the text, which its history keeps if nothing is wrong with it.
func (m *model) accept() tea.Cmd {
	p := m.top().(prompter)
	kind, typed := p.line().kind, strings.TrimSpace(p.line().text())
	cmd := p.accept(m)
	if kind != "" && typed != "" && (m.top() != place(p) || p.line().check == "") {
		m.remember(kind, typed)
	}
	return cmd
}

// The history has what was typed in the prompts of each kind, the last entry last.

// mostEntries is how many are kept of a kind.
const mostEntries = 200

// entriesOf returns the history of a kind.
func (m *model) entriesOf(kind string) []string {
	if m.history == nil {
		m.history = make(map[string][]string)
		if m.History != nil {
			m.history = m.History()
		}
	}
	return m.history[kind]
}

// remember adds an entry to a history, or moves it to its end.
func (m *model) remember(kind, typed string) {
	entries := m.entriesOf(kind)
	m.history[kind] = Remembered(entries, typed)
	if m.Remember != nil {
		m.Remember(kind, typed)
	}
}

// Remembered is a history with another entry at its end.
func Remembered(entries []string, typed string) []string {
	others := slices.DeleteFunc(slices.Clone(entries), func(e string) bool { return e == typed })
	return append(others[max(0, len(others)-mostEntries+1):], typed)
}

// recall puts an earlier entry that begins with the text typed in the prompt, or a
// later one, as a shell does.
func (m *model) recall(step int) tea.Cmd {
	at := m.top().(prompter)
	p := at.line()
	if p.entries == nil {
		p.entries, p.stem = m.entriesOf(p.kind), p.text()
		if p.entry = len(p.entries); p.stem == p.begun {
			p.stem = ""
		}
	}
	put := func(s string) tea.Cmd {
		entries := p.entries
		p.choices = nil
		p.field.SetValue(s)
		p.field.CursorEnd()
		at.typed(m)
		p.entries = entries
		return nil
	}
	for i := p.entry + step; 0 <= i && i < len(p.entries); i += step {
		if strings.HasPrefix(p.entries[i], p.stem) && p.entries[i] != p.text() {
			p.entry = i
			return put(p.entries[i])
		}
	}
	switch {
	case step > 0 && p.entry < len(p.entries):
		p.entry = len(p.entries)
		return put(cmp.Or(p.stem, p.begun))
	case step > 0:
		return nil
	case p.kind == "":
		return m.say("This prompt keeps no history.")
	case p.stem != "":
		return m.say(fmt.Sprintf("No earlier entry begins with “%s”.", p.stem))
	}
	return m.say("No earlier entry.")
}

// searching follows the text with the cursor.
type searching struct {
	*prompt
	origin int       // the event that the search began on
	top    pane.Spot // the first line of the list then
	before string    // the text searched for before
}

func (m *model) openSearch() {
	if p, ok := m.top().(texted); ok {
		m.push(&finding{newPrompt("/", "search", ""), p.pager(), p.pager().Sought()})
		return
	}
	m.push(&searching{newPrompt("/", "search", ""), m.list.Event(), m.list.Top(), m.shown.Search.Text})
}

func (*searching) about(*model) about { return inPromptOf("search") }

func (p *searching) waits(m *model, a *action) bool {
	return a.is("accept") && m.running(jobHits) || p.plain.waits(m, a)
}

func (p *searching) spoken(m *model) string {
	if p.text() == "" {
		return p.prompt.spoken(m)
	}
	return sentences(p.text(), m.shown.Search.Status(m.list.Event(), m.shown.Newest), m.list.Spoken())
}

func (p *searching) footer(m *model, f *pane.Footer) {
	p.prompt.footer(m, f)
	f.Where = m.where()
}

func (p *searching) typed(m *model) {
	m.seek(p.text(), func(m *model) {
		at := p.origin
		if event, ok := m.shown.Search.From(p.origin, m.forward(), true); ok {
			at = event
		}
		m.list.To(at)
		m.moved()
	})
}

func (p *searching) accept(m *model) tea.Cmd {
	m.pop()
	if m.list.Event() != p.origin {
		m.jumps.leave(p.origin)
	}
	return m.notFound()
}

// leave goes back to where the search began, and to the search before.
func (p *searching) leave(m *model) {
	m.cancel(jobHits)
	m.list.To(p.origin)
	m.list.Scroll(p.top)
	m.moved()
	m.seek(p.before, func(*model) {})
}

func (p *searching) renew(m *model) { p.typed(m) }

// seek searches for a text, and then calls then.
func (m *model) seek(typed string, then func(*model)) {
	s := m.shown
	m.setSearch(pane.Search{Text: typed, Needle: text.Fold(typed)})
	m.start(jobHits, s.Len(), func(ctx context.Context) func(*model) {
		found := s.SearchFor(ctx, typed)
		return func(m *model) {
			m.setSearch(found)
			then(m)
		}
	})
}

// notFound says so if the search has no hits.
func (m *model) notFound() tea.Cmd {
	if f := &m.shown.Search; f.Needle != "" && f.Hits.Len() == 0 {
		return m.fail(fmt.Sprintf("No event shown contains “%s”%s.", f.Text, m.soFar()))
	}
	return nil
}

func (m *model) findNext(step int) tea.Cmd {
	if p, ok := m.top().(texted); ok {
		return m.findInText(p.pager(), step)
	}
	if m.shown.Search.Needle == "" {
		past := m.entriesOf("search")
		if len(past) == 0 {
			return m.say("No search yet; press " + m.keys.first("search") + " to search.")
		}
		m.seek(past[len(past)-1], func(m *model) { m.do(m.findNext(step)) })
		return nil
	}
	event, ok := m.shown.Search.From(m.list.Event(), step*m.times()*m.forward(), false)
	if !ok {
		return m.notFound()
	}
	row := m.list.Row()
	m.jump(event)
	switch {
	case step > 0 && m.list.Row() <= row:
		return m.say("The search goes on from the first event.")
	case step < 0 && m.list.Row() >= row:
		return m.say("The search goes on from the last event.")
	}
	return nil
}

// filtering counts the events that the text would show.
type filtering struct {
	*prompt
	shows int
	told  string // what the store says of it
}

func (m *model) openFilter() {
	text := m.asks().String()
	if text != "" {
		text += " "
	}
	p := &filtering{prompt: newPrompt("filter: ", "filter", text)}
	m.push(p)
	p.typed(m)
}

func (*filtering) about(*model) about {
	return about{"filter", []scope{inFilter, inPrompt}, []hint{{"accept", "keep"}, {"complete", "complete"}, {"leave-prompt", "leave"}, {"clear-line", "erase"}}}
}

func (*filtering) leave(m *model)   { m.cancel(jobCount) }
func (p *filtering) renew(m *model) { p.typed(m) }

func (p *filtering) footer(m *model, f *pane.Footer) {
	p.prompt.footer(m, f)
	f.Note = pane.Note{Text: fmt.Sprintf("shows %s of %s", text.Grouped(p.shows), text.Counted(m.shown.Len(), "event"))}
	if _, ok := in[*storing](m); ok {
		f.Note.Text = p.told
	}
	if m.running(jobCount) {
		f.Note.Text = "counting…"
	}
	if p.check == "" && p.choices != nil {
		f.Choices = p.choices[p.choice:]
	}
}

// typed finds what is wrong with the filter, or how many events it would show.
func (p *filtering) typed(m *model) {
	p.check = ""
	q, err := timeline.ParseQuery(p.text())
	if err != nil {
		m.cancel(jobCount)
		p.check = err.Error()
		return
	}
	if at, ok := in[*storing](m); ok {
		at.estimate(m, p, q)
		return
	}
	t, partly := m.shown.Timeline, m.loading.partly()
	m.start(jobCount, t.Len(), func(ctx context.Context) func(*model) {
		rows, err := t.Search(ctx, q)
		if err == nil && !partly {
			err = t.Check(q)
		}
		var rescues []timeline.Rescue
		if rows.Len() == 0 && err == nil && ctx.Err() == nil {
			rescues = t.Rescues(q)
		}
		return func(m *model) {
			p.shows = rows.Len()
			switch {
			case err != nil:
				p.check = err.Error()
			case len(rescues) > 0:
				p.check = fmt.Sprintf("No event matches all of this%s; without %s it shows %s.", m.soFar(), rescues[0].Term, text.Grouped(rescues[0].Shown))
			case p.shows == 0 && t.Len() > 0:
				p.check = "No event matches this" + m.soFar() + "."
			}
		}
	})
}

// complete puts in the next completion of the word at the cursor, or the one
// before.
func (m *model) complete(step int) tea.Cmd {
	p := m.top().(*filtering)
	runes := []rune(p.text())
	if p.choices == nil {
		before := string(runes[:p.field.Position()])
		start, end, choices := m.onScreen().Complete(before, len(before))
		if len(choices) == 0 {
			return nil
		}
		p.choices, p.choice = choices, min(-step, 0) // the first step leads to the first choice, or to the last
		p.start, p.end = utf8.RuneCountInString(before[:start]), utf8.RuneCountInString(before[:end])
	}
	p.choice = (p.choice + step + len(p.choices)) % len(p.choices)
	in := p.choices[p.choice]
	p.field.SetValue(string(runes[:p.start]) + in + string(runes[p.end:]))
	p.end = p.start + utf8.RuneCountInString(in)
	p.field.SetCursor(p.end)
	p.typed(m)
	return nil
}

func (p *filtering) accept(m *model) tea.Cmd {
	q, err := timeline.ParseQuery(p.text())
	if err != nil {
		return nil // the last row says what is wrong
	}
	m.drop(p)
	m.setQuery(q)
	if _, ok := in[*storing](m); ok {
		return nil
	}
	if remark := m.shown.Remark(q); remark != "" {
		return m.say(text.Sentence(remark))
	}
	return nil
}

// going asks for a date to go to.
type going struct{ *prompt }

func (m *model) openGoing() { m.push(&going{newPrompt("go to: ", "go", "")}) }

func (*going) about(*model) about { return inPromptOf("go") }

func (p *going) footer(m *model, f *pane.Footer) {
	p.hint(m, f, "2024-06-19, june, fri, today, -30d or +2w")
}

func (p *going) accept(m *model) tea.Cmd {
	if _, _, err := m.typedDays(p.text()); err != nil {
		p.check = err.Error()
		return nil
	}
	m.pop()
	return m.goToDate(p.text())
}

// asking asks for a line of text, and does something with it. If that returns an
// error, it asks again and says why.
type asking struct {
	*prompt
	help    string
	yesOrNo bool
	note    string // the id of the event that the text is the note on
	do      func(*model, string) (tea.Cmd, error)
}

// ask asks for a line of text.
func (m *model) ask(name, text, hint string, do func(*model, string) (tea.Cmd, error)) {
	m.push(&asking{prompt: newPrompt(name, "", text), help: hint, do: do})
}

// askFor is ask with a history.
func (m *model) askFor(kind, name, text, hint string, do func(*model, string) (tea.Cmd, error)) {
	m.push(&asking{prompt: newPrompt(name, kind, text), help: hint, do: do})
}

// askYesOrNo asks a question. Anything but y is no.
func (m *model) askYesOrNo(question, hint string, do func(m *model, yes bool) tea.Cmd) {
	m.push(&asking{prompt: newPrompt(question+" y or n: ", "", ""), help: hint, yesOrNo: true, do: func(m *model, answer string) (tea.Cmd, error) {
		return do(m, strings.EqualFold(strings.TrimSpace(answer), "y")), nil
	}})
}

// confirm asks whether to do something, and otherwise says that it was not done.
func (m *model) confirm(question, hint, no string, do func(*model) tea.Cmd) {
	m.askYesOrNo(question, hint, func(m *model, yes bool) tea.Cmd {
		if !yes {
			return m.say(no)
		}
		return do(m)
	})
}

// confirmMany asks whether to do something with more events than anybody could
// read.
func (m *model) confirmMany(what string, events int, no string, do func(*model) tea.Cmd) {
	hint := fmt.Sprintf("more than %s are too many to read", text.Grouped(brief.MostRead))
	m.confirm(fmt.Sprintf("%s %s?", what, text.Counted(events, "event")), hint, no+"; narrow the filter with "+m.keys.first("filter")+".", do)
}

func (p *asking) about(*model) about {
	a := inPromptOf("ask")
	if p.yesOrNo {
		a.hints = []hint{{"accept", "answer"}, {"leave-prompt", "no"}}
	}
	return a
}

func (p *asking) footer(m *model, f *pane.Footer) { p.hint(m, f, p.help) }

func (p *asking) accept(m *model) tea.Cmd {
	m.pop() // do may ask something else
	cmd, err := p.do(m, p.text())
	if err != nil {
		p.check = text.Clean(err.Error())
		m.push(p)
	}
	return cmd
}
