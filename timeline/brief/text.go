package brief

import (
	"fmt"
	"io"
	"strings"

	"dateline/timeline/text"

	"github.com/charmbracelet/x/ansi"
)

// A Line is one line of a brief in plain text.
type Line struct {
	Text    string
	Heading bool
}

// Page lays the brief out as plain text, at most width cells wide; an address
// that is wider is broken.
func (b *Brief) Page(width int) []Line { return b.lay(width).lines }

// WriteText writes a brief as plain text, PageWidth cells wide.
func WriteText(w io.Writer, b *Brief) error {
	for _, line := range b.Page(PageWidth) {
		if _, err := fmt.Fprintln(w, line.Text); err != nil {
			return err
		}
	}
	return nil
}

// A page is a brief laid out as plain text.
type page struct {
	width int
	dense bool // no blank lines between sections
	lines []Line
	words int
}

func (b *Brief) lay(width int) *page {
	p := &page{width: max(width, 20), dense: b.dense}
	p.heading(strings.Replace(b.Heading(), "Brief", "BRIEF", 1))
	p.text(plain(b.Scope+"."), 0, 0)
	p.text(plain(b.When()), 0, 0)
	words := 0
	for _, s := range b.sections() {
		p.section(&s)
		if !s.uncounted {
			words = p.words
		}
	}
	if len(b.Sources) > 0 {
		p.blank()
		p.heading("SOURCES")
		for i := range b.Sources {
			p.source(i+1, &b.Sources[i])
		}
	}
	p.blank()
	p.text(plain(b.foot(words)), 0, 0)
	p.words = words
	return p
}

func (p *page) section(s *section) {
	heading := strings.ToUpper(s.name) + s.aside
	if s.summary != "" {
		heading += ": " + s.summary
	}
	p.blank()
	p.heading(heading)
	if s.blank {
		p.line("  " + strings.Repeat("_", min(p.width-4, 74)))
	}
	p.text(s.paragraph, 2, 2)
	for _, e := range s.entries {
		p.text(e.head, 0, 2)
		p.text(e.text, 2, 2)
		p.text(e.caveat, 2, 2)
	}
	for _, item := range s.items {
		p.text(item, 2, 4)
	}
	for _, pair := range s.pairs {
		p.pair(pair)
	}
}

func (p *page) line(s string) { p.lines = append(p.lines, Line{Text: s}) }

func (p *page) blank() {
	if !p.dense {
		p.line("")
	}
}

func (p *page) heading(s string) {
	p.words += plain(s).words()
	for _, s := range text.Wrap(s, p.width) {
		p.lines = append(p.lines, Line{s, true})
	}
}

// text adds a paragraph, unless it is empty: its first line indented by one
// number of cells, the others by another.
func (p *page) text(rs runs, first, others int) {
	if len(rs) == 0 {
		return
	}
	p.words += rs.words()
	for _, s := range text.Wrap(rs.String(), p.width-max(first, others)) {
		p.line(strings.Repeat(" ", first) + s)
		first = others
	}
}

// pair adds a claim and its denial side by side.
func (p *page) pair(pair [2]runs) {
	half := (p.width - 5) / 2
	p.words += pair[0].words() + pair[1].words()
	left, right := text.Wrap(pair[0].String(), half), text.Wrap(pair[1].String(), half)
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

// source adds a source with its addresses. An address wider than a line has to be
// broken anyway, so it begins on the line before it if there is room.
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
	p.text(plain(note), 0, indent)
}
