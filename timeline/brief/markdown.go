package brief

import (
	"fmt"
	"io"
	"strings"

	"dateline/timeline"
	"dateline/timeline/cite"
)

// WriteMarkdown writes a brief as Markdown (CommonMark with footnotes and
// tables, as pandoc reads it).
func WriteMarkdown(w io.Writer, b *Brief) error {
	m := &markdown{sources: len(b.Sources)}
	m.say("# %s\n", cite.EscapeMarkdown(b.Heading()))
	m.say("%s.\n", cite.EscapeMarkdown(b.Scope))
	m.say("%s\n", cite.EscapeMarkdown(b.When()))
	m.say("## Bottom line\n")
	if b.BottomLine == "" {
		m.say("%s\n", strings.Repeat(`\_`, 24))
	} else {
		m.say("%s\n", paragraph(cite.EscapeMarkdown(b.BottomLine)))
	}
	m.changes(b.Since)
	m.say("## Events (%s)\n", b.Shown())
	for i := range b.Events {
		m.event(&b.Events[i])
	}
	m.disputes(b.Disputes)
	if len(b.People) > 0 {
		m.say("## Who is who\n")
		for _, p := range b.People {
			m.say("- %s", cite.EscapeMarkdown(p.Introduction()))
		}
		m.say("")
	}
	if len(b.OneOrigin) > 0 {
		m.say("## Rests on one origin only\n")
		for _, o := range b.OneOrigin {
			m.say("- %s", cite.EscapeMarkdown(o.String()))
		}
		m.say("")
	}
	if left := b.NotShown(); left != "" {
		m.say("## Left out to fit\n\n%s\n", paragraph(cite.EscapeMarkdown(left)))
	}
	m.say("---\n\n%s\n", paragraph(cite.EscapeMarkdown(b.Foot())))
	for i := range b.Sources {
		m.say("[^%d]: %s\n", i+1, markdownSource(&b.Sources[i]))
	}
	_, err := io.WriteString(w, m.String())
	return err
}

type markdown struct {
	strings.Builder
	sources int // the number of footnotes
}

func (m *markdown) say(format string, args ...any) {
	fmt.Fprintf(m, format+"\n", args...)
}

func (m *markdown) changes(c *Changes) {
	if c == nil || c.Since == "" {
		return
	}
	m.say("## %s\n\n%s\n", cite.EscapeMarkdown(c.Heading()), paragraph(c.Summary()))
	for _, line := range c.Lines() {
		m.say("- %s", cite.EscapeMarkdown(line))
	}
	if len(c.List) > 0 {
		m.say("")
	}
}

func (m *markdown) event(e *Entry) {
	if e.New {
		m.WriteString("NEW · ")
	}
	see := ""
	if len(e.Beside) > 0 {
		see = " " + e.See() + notes(e.Beside) + "."
	}
	head := fmt.Sprintf("**%s** · %s · **%s** (%s)", cite.EscapeMarkdown(e.Date.Words()), strings.ToUpper(e.Status.String()), cite.EscapeMarkdown(e.Title), e.Rests())
	if e.Text == "" {
		m.say("%s%s\n", head, see)
	} else {
		m.say("%s\n\n%s%s\n", head, paragraph(footnoted(e.Text, m.sources)), see)
	}
	if e.Caveat != "" {
		m.say("*Caveat: %s*\n", cite.EscapeMarkdown(e.Caveat))
	}
}

func notes(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&b, "[^%d]", n)
	}
	return b.String()
}

func (m *markdown) disputes(disputes []Dispute) {
	if len(disputes) == 0 {
		return
	}
	m.say("## Claimed and denied\n")
	m.say("| Claimed | Denied |\n|---|---|")
	for _, d := range disputes {
		m.say("| %s | %s |", disputed(d.Claim), disputed(d.Denial))
	}
	m.say("")
}

func disputed(s Side) string {
	return fmt.Sprintf("%s, %s: %s%s", cite.EscapeMarkdown(s.Date.Words()), s.Status, cite.EscapeMarkdown(s.Title), notes(s.Notes))
}

// footnoted turns the marks of a summary into Markdown's footnotes.
func footnoted(text string, sources int) string {
	var b strings.Builder
	for seg := range timeline.Segments(text, sources) {
		if seg.Mark == "" {
			b.WriteString(cite.EscapeMarkdown(seg.Text))
			continue
		}
		fmt.Fprintf(&b, "%s[^%d]", cite.EscapeMarkdown(strings.TrimRight(seg.Text, " ")), seg.Source)
	}
	return b.String()
}

// markdownSource writes a footnote: its note, and its addresses as links.
func markdownSource(s *Footnote) string {
	archived := ""
	if s.Copy != "" {
		archived = s.Archived
	}
	return cite.MarkdownNote(s.Note, s.URL, archived)
}

// paragraph keeps escaped text from being read as a block of another kind by
// how it begins: a list, a heading's rule, a definition.
func paragraph(s string) string {
	s = strings.TrimLeft(s, " ")
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch rest := s[digits:]; {
	case rest == "":
	case digits > 0 && (rest[0] == '.' || rest[0] == ')'), digits == 0 && strings.ContainsRune("-+=:", rune(rest[0])):
		return s[:digits] + `\` + rest
	}
	return s
}
