package timeline

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Line is one line of a brief's page, in plain text.
type Line struct {
	Text    string
	Heading bool
}

// Page lays the brief out as plain text, at most width cells wide, but for
// addresses, which are never broken and stand on lines of their own.
func (b *Brief) Page(width int) []Line {
	p := &page{width: max(width, 20)}
	p.heading("BRIEF: " + b.Title)
	p.field("Scope", b.Scope())
	p.field("Period", b.Period())
	asOf := fmt.Sprintf("%d of %d events", len(b.Events), b.Total)
	if b.AsOf != "" {
		asOf = "as of " + b.AsOf + ", " + asOf
	}
	p.field("Shown", asOf)

	p.section("BOTTOM LINE")
	if b.BottomLine == "" {
		p.line(strings.Repeat("_", min(p.width, 76)))
	} else {
		p.text(b.BottomLine)
	}
	p.section("EVENTS")
	for i := range b.Events {
		p.event(&b.Events[i])
	}
	if len(b.Disputes) > 0 {
		p.section("CLAIMED AND DENIED")
		for i, d := range b.Disputes {
			if i > 0 {
				p.blank()
			}
			p.beside(d)
		}
	}
	if len(b.People) > 0 {
		p.section("WHO IS WHO")
		for _, m := range b.People {
			p.text(m.Introduction())
		}
	}
	if len(b.OneOrigin) > 0 {
		p.section("RESTS ON ONE ORIGIN ONLY")
		for i := range b.OneOrigin {
			e := &b.OneOrigin[i]
			p.text(fmt.Sprintf("%s · %s: %s", e.Date.Words(), e.Title, strings.Join(e.Origins(), ", ")))
		}
	}
	p.section("SOURCES")
	for i := range b.Sources {
		p.source(i+1, &b.Sources[i])
	}
	p.blank()
	p.text(b.Foot())
	return p.lines
}

type page struct {
	width int
	lines []Line
}

func (p *page) line(s string)    { p.lines = append(p.lines, Line{Text: s}) }
func (p *page) blank()           { p.line("") }
func (p *page) section(s string) { p.blank(); p.heading(s) }

func (p *page) heading(s string) {
	for _, s := range Wrap(s, p.width) {
		p.lines = append(p.lines, Line{s, true})
	}
}

func (p *page) text(s string) {
	for i, s := range Wrap(s, p.width-2) {
		if i > 0 {
			s = "  " + s
		}
		p.line(s)
	}
}

func (p *page) field(name, s string) {
	for i, s := range Wrap(s, p.width-8) {
		if i > 0 {
			name = ""
		}
		p.line(fmt.Sprintf("%-8s%s", name, s))
	}
}

func (p *page) event(e *BriefEvent) {
	head := fmt.Sprintf("%s · %s · %s", e.Date.Words(), strings.ToUpper(e.Status.String()), e.Title)
	p.text(head)
	if e.Text != "" {
		for _, s := range Wrap(e.Text, p.width-4) {
			p.line("    " + s)
		}
	}
	if e.Caveat != "" {
		for _, s := range Wrap("Caveat: "+e.Caveat, p.width-4) {
			p.line("    " + s)
		}
	}
	rests := e.Rests()
	for _, n := range e.Notes {
		rests += fmt.Sprintf(" [%d]", n)
	}
	for _, s := range Wrap(rests, p.width-4) {
		p.line("    " + s)
	}
}

// beside sets a claim and its denial side by side.
func (p *page) beside(d Dispute) {
	half := (p.width - 3) / 2
	left, right := Wrap(disputeText(d.Claim), half), Wrap(disputeText(d.Denial), half)
	for i := range max(len(left), len(right)) {
		p.line(strings.TrimRight(cell(left, i, half)+" | "+cell(right, i, half), " "))
	}
}

func disputeText(e *Event) string {
	return fmt.Sprintf("%s %s %s", e.Date.Words(), e.Status.Short(), e.Title)
}

func cell(lines []string, i, width int) string {
	if i >= len(lines) {
		return strings.Repeat(" ", width)
	}
	return lines[i] + strings.Repeat(" ", max(0, width-ansi.StringWidth(lines[i])))
}

// Introduction says who an actor is, by every name a reader may meet in print,
// and how often the brief names it.
func (m Mention) Introduction() string {
	s := m.Name
	var native []string
	for _, n := range m.Native {
		native = append(native, n.Name)
	}
	if len(native) > 0 {
		s += " (" + strings.Join(native, ", ") + ")"
	}
	if m.Role != "" {
		s += ", " + m.Role
	}
	return s + ": " + Counted(m.Events, "event")
}

func (p *page) source(n int, s *Source) {
	p.text(fmt.Sprintf("[%d] %s", n, s.Note()))
	if s.URL != "" {
		p.line("    " + s.URL)
	}
	if s.Archived != "" {
		p.line("    archived: " + s.Archived)
	}
}
