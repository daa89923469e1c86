package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

// A Footer is the status row and the row of hints below it.
type Footer struct {
	Where string // the place and the position in it, at the left
	Said  string // a notice, shown whole even if it takes further rows
	Tone  Tone   // of the notice
	Note  Note   // shown where nothing is said

	Bar     bool     // a bar of progress stands before the note
	Percent int      // of that bar
	Choices []string // completions, from the one chosen
	Hints   []Hint
}

// A Note is text that is cut where it does not fit.
type Note struct {
	Text string
	More string // goes on with it, or
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

// View draws the footer in so many rows, or in more, up to most, if the notice
// needs them.
func (f *Footer) View(s *Styles, w, rows, most int) []string {
	if width(f.Said) > w-2 && rows > 1 {
		var lines []string
		for _, line := range text.Wrap(f.Said, w-2) {
			lines = append(lines, row(w, span{" " + line, s.tone(f.Tone)}))
		}
		return pad(lines, w, max(rows, min(len(lines), most)))
	}
	return []string{f.status(s, w), f.hints(s, w)}[:rows]
}

func (f *Footer) status(s *Styles, w int) string {
	where := []span{{f.Where, s.text}}
	room := w - width(f.Where) - 2
	said, style := f.Said, s.tone(f.Tone)
	if said == "" {
		said, style = f.note(room), s.tone(f.Note.Tone)
	}
	if f.Where == "" {
		spans := []span{{" " + said, style}}
		for i, choice := range f.Choices {
			style := s.dim
			if i == 0 {
				style = s.cursor
			}
			spans = append(spans, span{" ", s.text}, span{text.Clean(choice), style})
		}
		return row(w, spans...)
	}
	switch {
	case said == "":
		return between(w, where, nil)
	case f.Said != "" && width(f.Where)+width(said)+3 > w:
		return row(w, span{" " + said, style})
	}
	return between(w, where, []span{{said + " ", style}})
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
	switch long := f.Note.Long; {
	case long != "" && ansi.StringWidth(bar+long) <= room:
		said = long
	case ansi.StringWidth(said+f.Note.More) <= room:
		said += f.Note.More
	}
	if ansi.StringWidth(bar+said) <= room {
		return bar + said
	}
	return said
}

// hints draws as many hints as fit whole.
func (f *Footer) hints(s *Styles, w int) string {
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
	return row(w, spans...)
}

// A Prompt is a line to type in, with the text before and after its cursor.
type Prompt struct{ Name, Before, After string }

// View draws the prompt in one row, and returns the cell of its cursor. A line too
// long is cut at its left, so that the cursor stays in view.
func (p Prompt) View(s *Styles, w int) (line string, cursor int) {
	before, after := text.Clean(p.Before), text.Clean(p.After)
	room := w - width(p.Name) - 2
	if over := width(before) - room; over > 0 {
		before = "…" + ansi.TruncateLeft(before, over+1, "")
	}
	return row(w, span{p.Name, s.strong}, span{before, s.text}, span{after, s.text}), width(p.Name) + width(before)
}
