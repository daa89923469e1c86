package brief

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"dateline/timeline"
	"dateline/timeline/text"

	"github.com/charmbracelet/x/ansi"
)

// A Line is one line of a brief's page, in plain text.
type Line struct {
	Text    string
	Heading bool
}

// Page lays the brief out as plain text, at most width cells wide; an address
// that is wider is broken.
func (b *Brief) Page(width int) []Line { return b.lay(width).lines }

// WriteText writes the brief as plain text, PageWidth cells wide.
func WriteText(w io.Writer, b *Brief) error {
	for _, line := range b.Page(PageWidth) {
		if _, err := fmt.Fprintln(w, line.Text); err != nil {
			return err
		}
	}
	return nil
}

// A page is a brief as it is laid out.
type page struct {
	width int
	dense bool // no blank lines between sections
	lines []Line
	words int
}

func (b *Brief) lay(width int) *page {
	p := &page{width: max(width, 20), dense: b.dense}
	p.heading(strings.Replace(b.Heading(), "Brief", "BRIEF", 1))
	p.text(b.Scope+".", 0, 0)
	p.text(b.When(), 0, 0)

	p.section("BOTTOM LINE")
	if b.BottomLine == "" {
		p.line("  " + strings.Repeat("_", min(p.width-4, 74)))
	} else {
		p.text(b.BottomLine, 2, 2)
	}
	if b.Since != nil && b.Since.Since != "" {
		p.section(strings.ToUpper(b.Since.Heading()) + ": " + b.Since.Summary())
		for _, line := range b.Since.Lines() {
			p.text(line, 2, 4)
		}
	}
	p.section("EVENTS (" + b.Shown() + ")")
	for i := range b.Events {
		p.event(&b.Events[i])
	}
	if len(b.Disputes) > 0 {
		p.section("CLAIMED AND DENIED")
		for _, d := range b.Disputes {
			p.beside(d)
		}
	}
	if len(b.People) > 0 {
		p.section("WHO IS WHO")
		for _, m := range b.People {
			p.text(m.Introduction(), 2, 4)
		}
	}
	if len(b.OneOrigin) > 0 {
		p.section("RESTS ON ONE ORIGIN ONLY")
		for _, o := range b.OneOrigin {
			p.text(o.String(), 2, 4)
		}
	}
	words := p.words
	if left := b.NotShown(); left != "" {
		p.section("LEFT OUT TO FIT")
		p.text(left, 2, 2)
	}
	if len(b.Sources) > 0 {
		p.section("SOURCES")
		for i := range b.Sources {
			p.source(i+1, &b.Sources[i])
		}
	}
	p.blank()
	p.text(b.foot(words), 0, 0)
	p.words = words
	return p
}

func (p *page) line(s string) { p.lines = append(p.lines, Line{Text: s}) }

func (p *page) blank() {
	if !p.dense {
		p.line("")
	}
}

func (p *page) section(s string) {
	p.blank()
	p.heading(s)
}

func (p *page) heading(s string) {
	p.words += countWords(s)
	for _, s := range text.Wrap(s, p.width) {
		p.lines = append(p.lines, Line{s, true})
	}
}

// text sets a paragraph: its first line so far in, the others so far.
func (p *page) text(s string, in, then int) {
	p.words += countWords(s)
	for _, s := range text.Wrap(s, p.width-max(in, then)) {
		p.line(strings.Repeat(" ", in) + s)
		in = then
	}
}

// countWords counts what is read as a word: not the pointers, and not a dash.
func countWords(s string) int {
	n := 0
	for word := range strings.FieldsSeq(timeline.WithoutMarks(s, timeline.HighestMark)) {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

func (p *page) event(e *Entry) {
	head := fmt.Sprintf("%s · %s · %s (%s)", e.Date.Words(), strings.ToUpper(e.Status.String()), e.Title, e.Rests())
	if e.New {
		head = "NEW · " + head
	}
	see := ""
	if len(e.Beside) > 0 {
		see = " " + e.See() + pointers(e.Beside) + "."
	}
	if e.Text == "" {
		p.text(head+see, 0, 2)
	} else {
		p.text(head, 0, 2)
		p.text(e.Text+see, 2, 2)
	}
	if e.Caveat != "" {
		p.text("Caveat: "+e.Caveat, 2, 2)
	}
}

// beside sets a claim and its denial side by side.
func (p *page) beside(d Dispute) {
	half := (p.width - 5) / 2
	claim, denial := d.Claim.String(), d.Denial.String()
	p.words += countWords(claim) + countWords(denial)
	left, right := text.Wrap(claim, half), text.Wrap(denial, half)
	for i := range max(len(left), len(right)) {
		p.line(strings.TrimRight("  "+cell(left, i, half)+" | "+cell(right, i, half), " "))
	}
}

func cell(lines []string, i, width int) string {
	if i >= len(lines) {
		return strings.Repeat(" ", width)
	}
	return lines[i] + strings.Repeat(" ", max(0, width-ansi.StringWidth(lines[i])))
}

// source sets a source with its addresses. One that is wider than a line, and
// has to be broken anyway, begins on the line before if there is room.
func (p *page) source(n int, s *Footnote) {
	const indent, least = 4, 12
	width := p.width - indent
	note := fmt.Sprintf("[%d] %s", n, s.Note)
	add := func(address string) {
		lines := text.Wrap(note, width)
		room := width - ansi.StringWidth(lines[len(lines)-1]) - 1
		if ansi.StringWidth(address) > width && room >= least {
			n, _ := text.Head(address, room)
			address = address[:n] + " " + address[n:]
		}
		note += " " + address
	}
	if s.Address != "" {
		add(s.Address)
	}
	if s.Copy != "" {
		note += " archived:"
		add(s.Copy)
	}
	p.text(note, 0, indent)
}
