package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
)

// A prompt is one line to type in. The editing is the textinput's; the drawing
// is ours, since it counts cells and the textinput runes.
type prompt struct {
	name  string
	input textinput.Model
}

func newPrompt() prompt {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.KeyMap.Paste.SetEnabled(false) // it would read this machine's clipboard; the terminal's arrives as a PasteMsg
	in.Focus()
	return prompt{input: in}
}

func (p *prompt) open(name, text string) {
	p.name = name
	p.input.SetValue(text)
	p.input.CursorEnd()
}

func (p *prompt) text() string { return p.input.Value() }

func (p *prompt) update(msg tea.Msg) (cmd tea.Cmd) {
	p.input, cmd = p.input.Update(msg)
	return cmd
}

// view draws the prompt in one row, and says in which cell the cursor is. A
// line too long is cut at its left, so that the cursor stays in view.
func (p *prompt) view(s *styles, w int) (line string, cursor int) {
	runes := []rune(p.text())
	at := min(p.input.Position(), len(runes))
	before, after := timeline.Clean(string(runes[:at])), timeline.Clean(string(runes[at:]))
	room := w - width(p.name) - 2
	if over := width(before) - room; over > 0 {
		before = "…" + ansi.TruncateLeft(before, over+1, "")
	}
	return row(w, span{p.name, s.strong}, span{before, s.text}, span{after, s.text}), width(p.name) + width(before)
}
