package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

// A Footer is the last row: at its left the keys that work, a notice or a prompt,
// at its right a note and the reader's position.
type Footer struct {
	Said   string // a notice, shown whole even if it takes further rows
	Tone   Tone   // of the notice
	Note   Note
	Where  string // the position
	Count  string // typed for the next key
	Hints  []Hint
	Prompt *Prompt

	Bar     bool     // a bar of progress stands before the note
	Percent int      // of that bar
	Choices []string // completions, from the one chosen
}

// A Note is text that is left out where it does not fit, before the position.
type Note struct {
	Text string
	Long string // takes its place, where there is room
	Tone Tone
}

// A Tone says how text is meant.
type Tone byte

const (
	Plain Tone = iota
	Strong
	Dim
	Failure
)

func (s *Styles) tone(t Tone) ink { return [...]ink{s.text, s.strong, s.dim, s.failure}[t] }

// A Hint is a key with a word for what it does.
type Hint struct{ Key, Word string }

// View draws the footer in one row, or in more, up to most, if the notice needs
// them. It returns the cell of the prompt's cursor.
func (f *Footer) View(s *Styles, w, most int) (lines []string, caret int) {
	if f.Prompt != nil {
		return f.prompt(s, w, most)
	}
	right := f.right(s, w)
	switch said := width(f.Said); {
	case said == 0:
		left := f.hints(s, w-cells(right)-2)
		return []string{between(w, left, right)}, 0
	case said+cells(right)+3 <= w:
		return []string{between(w, []span{{" " + f.Said, s.tone(f.Tone)}}, right)}, 0
	}
	return f.said(s, f.Said, f.Tone, w, most), 0
}

// said draws text on as many rows as it takes, up to most.
func (f *Footer) said(s *Styles, said string, tone Tone, w, most int) []string {
	var lines []string
	for _, line := range text.Wrap(said, w-2) {
		lines = append(lines, row(w, span{" " + line, s.tone(tone)}))
	}
	return lines[:min(len(lines), most)]
}

// right draws the note and the position.
func (f *Footer) right(s *Styles, w int) []span {
	var spans []span
	where, count := f.Where, f.Count
	if where != "" {
		where = "  " + where
	}
	if count != "" {
		count = "  " + count
	}
	if note := f.note(w - width(where+count) - 2); note != "" {
		spans = append(spans, span{note + " ", s.tone(f.Note.Tone)})
	}
	return append(spans, span{where, s.dim}, span{count, s.strong}, span{" ", s.dim})
}

// prompt draws the prompt, and beside it a notice, a note or the keys. What finds
// no room there, but for the keys, stands above.
func (f *Footer) prompt(s *Styles, w, most int) (lines []string, caret int) {
	said, tone := f.Said, f.Tone
	if said == "" {
		said, tone = f.note(w-2), f.Note.Tone
	}
	if f.Choices != nil {
		spans := make([]span, 0, 2*len(f.Choices))
		for i, choice := range f.Choices {
			style := s.dim
			if i == 0 {
				style = s.cursor
			}
			spans = append(spans, span{" ", s.text}, span{text.Clean(choice), style})
		}
		lines = append(lines, row(w, spans...))
	}
	var right []span
	room := w - f.Prompt.width() - 4
	if said != "" && width(said) <= room {
		right = append(right, span{said, s.tone(tone)})
	} else if said != "" {
		lines = append(f.said(s, said, tone, w, most-1-len(lines)), lines...)
	}
	if f.Where != "" && cells(right)+width(f.Where)+2 <= room {
		right = append(right, span{"  " + f.Where, s.dim})
	}
	if hints := f.hints(s, room-cells(right)); len(hints) > 0 {
		right = append(hints, append([]span{{"  ", s.text}}, right...)...)
	}
	right = append(right, span{" ", s.text})
	line, caret := f.Prompt.View(s, w-cells(right))
	return append(lines, line+row(cells(right), right...)), caret
}

// barWidth is the width of a bar of progress.
const barWidth = 16

// note returns the note in at most room cells, where that is possible.
func (f *Footer) note(room int) string {
	said := f.Note.Text
	bar := ""
	if f.Bar {
		full := barWidth * f.Percent / 100
		bar = strings.Repeat("█", full) + strings.Repeat("░", barWidth-full) + " "
	}
	if long := f.Note.Long; long != "" && width(bar+long) <= room {
		said = long
	}
	if width(bar+said) <= room {
		return bar + said
	}
	return said
}

// hints draws as many hints as fit whole.
func (f *Footer) hints(s *Styles, w int) []span {
	spans := make([]span, 0, 3*len(f.Hints))
	used, before := 0, " "
	for _, h := range f.Hints {
		item := []span{{before, s.text}, {h.Key, s.key}, {" " + h.Word, s.dim}}
		if used += cells(item); used > w {
			break
		}
		spans = append(spans, item...)
		before = "  "
	}
	return spans
}

// A Prompt is a line to type in, with the text before and after its cursor.
type Prompt struct{ Name, Before, After string }

// width is the room for the whole line and its cursor.
func (p *Prompt) width() int {
	return width(p.Name) + width(text.Clean(p.Before)) + width(text.Clean(p.After)) + 1
}

// View draws the prompt in one row, and returns the cell of its cursor. A line too
// long is cut at its left, so that the cursor stays in view.
func (p *Prompt) View(s *Styles, w int) (line string, cursor int) {
	before, after := text.Clean(p.Before), text.Clean(p.After)
	room := w - width(p.Name) - 2
	if over := width(before) - room; over > 0 {
		before = "…" + ansi.TruncateLeft(before, over+1, "")
	}
	return row(w, span{p.Name, s.strong}, span{before, s.text}, span{after, s.text}), width(p.Name) + width(before)
}
