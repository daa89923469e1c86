package pane

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Header draws the title, how many of the events are shown, and which terms of
// the filter hide the others.
func Header(s *Styles, title string, shown *Shown, w int) string {
	n, all := shown.Rows.Len(), shown.Len()
	count := text.Grouped(n) + " of " + text.Counted(all, "event")
	switch {
	case n == all:
		count = text.Counted(all, "event")
	case w < 60:
		count = text.Grouped(n) + "/" + text.Grouped(all)
	}
	if n := shown.Rows.Uncertain; n > 0 {
		count += fmt.Sprintf(", %s of uncertain date", text.Grouped(n))
	}
	if hidden := all - n; hidden > 0 && w >= 60 {
		count += " | " + text.Grouped(hidden) + " hidden"
		if w >= 100 {
			count += hiders(shown.Hides)
		}
	}
	left := []span{{" dateline  ", s.strong}, {title, s.text}}
	right := []span{{count + " ", s.strong}}
	// The counts matter more than the title.
	if room := w - cells(right) - 1; cells(left) > room {
		left = []span{{fit(" "+title, max(0, room)), s.text}}
	}
	return between(w, left, right)
}

// hiders says how many events each of several terms hides.
func hiders(hides []timeline.Hidden) string {
	if len(hides) < 2 {
		return ""
	}
	var names []string
	by := make(map[string]int)
	for _, h := range hides {
		name := "group"
		if f, ok := h.Term.Field(); ok {
			if name = f.String(); name == "" {
				name = "text"
			}
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		by[name] += h.N
	}
	if len(names) == 1 {
		return fmt.Sprintf(" by the %s filters", names[0])
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s by %s", text.Grouped(by[name]), name)
	}
	return ": " + strings.Join(names, ", ")
}

// Chips draws a filter's terms as the text they are, a chip each. It hides so
// many events.
func Chips(s *Styles, q timeline.Query, hidden, w int) string {
	spans := []span{{" ", s.text}}
	if q.Empty() {
		return row(w, span{fmt.Sprintf(" no filter: %s types one, %s picks actors", s.keyOf("filter"), s.keyOf("pick-actors")), s.dim})
	}
	right := s.keyOf("back") + " drops the last term "
	if w < 60 {
		right = text.Grouped(hidden) + " hidden "
	}
	// The last term is the one dropped: where not all fit, the first give way.
	terms := q.Terms()
	var chips []span
	for i := len(terms) - 1; i >= 0; i-- {
		chip := span{text.Clean(" " + terms[i].String() + " "), s.chip}
		if len(chips) > 0 && cells(chips)+width(chip.text)+width(right)+5 > w {
			chips = append([]span{{"… ", s.dim}}, chips...)
			break
		}
		chips = append([]span{chip, {" ", s.text}}, chips...)
	}
	return between(w, append(spans, chips...), []span{{right, s.dim}})
}

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
