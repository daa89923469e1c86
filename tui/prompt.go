package tui

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A prompt is one line to type in. The editing is the textinput's; the drawing
// is ours, since it counts cells and the textinput runes.
type prompt struct {
	name  string
	input textinput.Model

	choices    []string // what Tab puts in, in turn
	choice     int
	start, end int // the runes that a choice stands for
}

func newPrompt() prompt {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.KeyMap.Paste.SetEnabled(false) // it would read this machine's clipboard; the terminal's arrives as a PasteMsg
	in.Focus()
	return prompt{input: in}
}

func (p *prompt) open(name, text string) {
	p.name, p.choices = name, nil
	p.input.SetValue(text)
	p.input.CursorEnd()
}

// complete puts in the next of the choices for the word at the cursor, or the
// one before.
func (p *prompt) complete(t *timeline.Timeline, step int) {
	runes := []rune(p.text())
	if p.choices == nil {
		before := string(runes[:p.input.Position()])
		start, end, choices := t.Complete(before, len(before))
		if len(choices) == 0 {
			return
		}
		p.choices, p.choice = choices, min(-step, 0) // so that the first step is to the first, or the last
		p.start, p.end = utf8.RuneCountInString(before[:start]), utf8.RuneCountInString(before[:end])
	}
	p.choice = (p.choice + step + len(p.choices)) % len(p.choices)
	in := p.choices[p.choice]
	p.input.SetValue(string(runes[:p.start]) + in + string(runes[p.end:]))
	p.end = p.start + utf8.RuneCountInString(in)
	p.input.SetCursor(p.end)
}

// clear erases what stands before the cursor.
func (p *prompt) clear() {
	p.choices = nil
	p.input.SetValue(string([]rune(p.text())[p.input.Position():]))
	p.input.CursorStart()
}

func (p *prompt) text() string { return p.input.Value() }

func (p *prompt) update(msg tea.Msg) (cmd tea.Cmd) {
	p.choices = nil
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, p.input.KeyMap.DeleteWordForward) && p.input.Position()+1 == len([]rune(p.text())) {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete} // the textinput reads past the end of a word of one last character
	}
	p.input, cmd = p.input.Update(msg)
	return cmd
}

// view draws the prompt in one row, and says in which cell the cursor is. A
// line too long is cut at its left, so that the cursor stays in view.
func (p *prompt) view(s *styles, w int) (line string, cursor int) {
	runes := []rune(p.text())
	at := min(p.input.Position(), len(runes))
	before, after := text.Clean(string(runes[:at])), text.Clean(string(runes[at:]))
	room := w - width(p.name) - 2
	if over := width(before) - room; over > 0 {
		before = "…" + ansi.TruncateLeft(before, over+1, "")
	}
	return row(w, span{p.name, s.strong}, span{before, s.text}, span{after, s.text}), width(p.name) + width(before)
}

// viewChoices shows what Tab puts in, the one at hand marked.
func (p *prompt) viewChoices(s *styles) []span {
	var spans []span
	for i, c := range p.choices {
		style := s.dim
		if i == p.choice {
			style = s.cursor
		}
		if i >= p.choice {
			spans = append(spans, span{" ", s.text}, span{text.Clean(c), style})
		}
	}
	return spans
}
