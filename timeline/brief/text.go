package brief

import (
	"fmt"
	"io"
	"strconv"
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
func (b *Brief) Page(width int) []Line {
	return b.lay(&page{width: max(width, 20), dense: b.of.blanks == 0}).lines
}

// Spoken is the brief with each item on a line of its own, however long, to be read
// aloud. It has no drawing.
func (b *Brief) Spoken() []Line { return b.lay(&page{width: 1 << 20, dense: true, spoken: true}).lines }

// WriteText writes a brief as plain text, PageWidth cells wide.
func WriteText(w io.Writer, b *Brief) error {
	lines := each(b.Page(PageWidth), func(l Line) string { return l.Text + "\n" })
	_, err := io.WriteString(w, strings.Join(lines, ""))
	return err
}

// A page is a brief laid out as plain text.
type page struct {
	width  int
	dense  bool // no blank lines between sections
	spoken bool // each item on a line of its own
	lines  []Line
}

func (b *Brief) lay(p *page) *page {
	p.heading(p.capitals(b.Heading()))
	p.text(plain(b.Scope+". "+b.When()+"."), 0, 0)
	if !p.spoken {
		for _, line := range b.strip().text(p.width) {
			p.line(line)
		}
	}
	for _, s := range b.sections() {
		p.section(&s)
	}
	if len(b.Sources) > 0 {
		p.blank()
		p.heading(p.capitals("Sources"))
		p.sources(b)
	}
	p.blank()
	p.text(plain(b.Foot()), 0, 0)
	return p
}

func (p *page) section(s *section) {
	heading := p.capitals(s.name)
	if s.aside != "" {
		heading += ": " + s.aside
	}
	p.blank()
	p.heading(heading)
	switch {
	case s.blank && p.spoken:
		p.line("not written")
	case s.blank:
		p.line("  " + strings.Repeat("_", min(p.width-4, 74)))
	}
	p.text(s.paragraph, 2, 2)
	p.rows(s.points)
	p.rows(s.rows)
	for _, item := range s.items {
		p.text(item, 2, 4)
	}
	for _, pair := range s.pairs {
		p.pair(pair)
	}
	p.text(s.more, 2, 4)
}

// narrow is the width below which dates stand above what is told, not beside it.
const narrow = 60

// rows adds events, with their numbers, dates and statuses in columns on the left.
func (p *page) rows(rows []row) {
	date, number := 0, 0
	for _, r := range rows {
		date = min(max(date, ansi.StringWidth(r.when), ansi.StringWidth(r.status)), 13)
		if r.number > 0 {
			number = len(strconv.Itoa(len(rows)))
		}
	}
	for _, r := range rows {
		n := ""
		if r.number > 0 {
			n = strconv.Itoa(r.number)
		}
		if p.width < narrow || p.spoken {
			head := strings.TrimSpace(n + " " + p.capitals(r.status))
			p.text(append(plain(strings.TrimSpace(head+" "+r.when)+": "), r.text...), 0, 2)
			continue
		}
		left := text.Wrap(r.when, date)
		if r.status != "" {
			left = append(left, text.Wrap(strings.ToUpper(r.status), date)...)
		}
		indent := 2 + number + date
		if number > 0 {
			indent++
		}
		right := text.Wrap(r.text.String(), p.width-indent-1)
		for k := range max(len(left), len(right)) {
			line := cell(left, k, date) + "  " + cell(right, k, 0)
			if number > 0 {
				line = cell([]string{n}, k, number) + " " + line
			} else {
				line = " " + line
			}
			p.line(strings.TrimRight(line, " "))
		}
	}
}

// capitals writes what stands out in capitals, but not where it is spoken: a screen
// reader may spell them.
func (p *page) capitals(s string) string {
	if p.spoken {
		return s
	}
	return strings.ToUpper(s)
}

func (p *page) line(s string) { p.lines = append(p.lines, Line{Text: s}) }

func (p *page) blank() {
	if !p.dense {
		p.line("")
	}
}

func (p *page) heading(s string) {
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
	for _, s := range text.Wrap(rs.String(), p.width-max(first, others)) {
		p.line(strings.Repeat(" ", first) + s)
		first = others
	}
}

// pair adds a claim and its denial side by side.
func (p *page) pair(pair [2]runs) {
	if p.spoken {
		p.text(pair[0], 0, 0)
		p.text(pair[1], 0, 0)
		return
	}
	half := (p.width - 5) / 2
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

// sources adds the sources: in a paragraph if the brief is to fit, else each in
// full on lines of its own. The annex has them in full too.
func (p *page) sources(b *Brief) {
	if !b.fitted() {
		p.citations(b)
		return
	}
	var all []string
	for i := range b.Sources {
		all = append(all, fmt.Sprintf("[%d] %s", i+1, b.Sources[i].Short))
	}
	if !p.spoken {
		all = []string{strings.Join(all, "   ")}
	}
	for _, s := range all {
		p.text(plain(s), 2, 2)
	}
	if b.Annex {
		p.line("")
		p.heading(p.capitals("Annex: sources in full"))
		p.citations(b)
	}
}

// citations adds each source in full, with its addresses. An address wider than a
// line has to be broken anyway, so it begins on the line before it if there is
// room.
func (p *page) citations(b *Brief) {
	const indent, least = 4, 12
	width := p.width - indent
	for i := range b.Sources {
		s := &b.Sources[i]
		note := fmt.Sprintf("[%d] %s", i+1, s.Note)
		add := func(address string) {
			lines := text.Wrap(note, width)
			room := width - ansi.StringWidth(lines[len(lines)-1]) - 1
			if ansi.StringWidth(address) > width && room >= least {
				n, _ := text.Head(address, room)
				address = address[:n] + " " + address[n:]
			}
			note += " " + address
		}
		if s.URL != "" {
			add(s.URL)
		}
		if s.Archived != "" {
			note += " archived:"
			add(s.Archived)
		}
		p.text(plain(note), 0, indent)
	}
}
