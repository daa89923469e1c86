package brief

import (
	"fmt"
	"io"
	"strings"

	"dateline/timeline/cite"
	"dateline/timeline/text"
)

// WriteMarkdown writes a brief as CommonMark with the footnotes and tables that
// pandoc reads.
func WriteMarkdown(w io.Writer, b *Brief) error {
	b = b.Printed()
	m := new(markdown)
	m.say("# %s\n", cite.EscapeMarkdown(b.Heading()))
	m.say("%s.\n", cite.EscapeMarkdown(b.Scope))
	m.say("%s\n", cite.EscapeMarkdown(b.When()))
	for _, s := range b.sections() {
		m.section(&s)
	}
	m.say("---\n\n%s\n", paragraph(cite.EscapeMarkdown(b.Foot())))
	for i := range b.Sources {
		s := &b.Sources[i]
		m.say("[^%d]: %s\n", i+1, cite.MarkdownNote(s.Note, s.URL, s.Archived))
	}
	_, err := io.WriteString(w, m.String())
	return err
}

type markdown struct{ strings.Builder }

func (m *markdown) say(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdown) section(s *section) {
	heading := cite.EscapeMarkdown(s.name)
	if s.aside != "" {
		heading += ": " + cite.EscapeMarkdown(s.aside)
	}
	m.say("## %s\n", heading)
	if s.blank {
		m.say("%s\n", strings.Repeat(`\_`, 24))
	}
	m.paragraph(s.paragraph)
	for _, r := range s.points {
		m.say("%d. **%s**%s\n", r.number, cite.EscapeMarkdown(r.when), status(r))
		m.say("   %s\n", paragraph(markdownRuns(r.text)))
	}
	for _, r := range s.rows {
		m.say("- %s%s: %s", paragraph(cite.EscapeMarkdown(r.when)), status(r), markdownRuns(r.text))
	}
	for _, item := range s.items {
		m.say("- %s", paragraph(markdownRuns(item)))
	}
	if len(s.rows)+len(s.items) > 0 {
		m.say("")
	}
	if len(s.pairs) > 0 {
		m.say("| %s | %s |\n|---|---|", s.sides[0], s.sides[1])
		for _, pair := range s.pairs {
			m.say("| %s | %s |", markdownRuns(pair[0]), markdownRuns(pair[1]))
		}
		m.say("")
	}
	m.paragraph(s.more)
}

func (m *markdown) paragraph(rs runs) {
	if len(rs) > 0 {
		m.say("%s\n", paragraph(markdownRuns(rs)))
	}
}

func status(r row) string {
	if r.status == "" {
		return ""
	}
	return " (" + r.status + ")"
}

// markdownRuns writes runs, with leads strong and caveats emphasised. A footnote
// mark stands directly after the text.
func markdownRuns(rs runs) string {
	var b strings.Builder
	for i, r := range rs {
		written := cite.EscapeMarkdown(trimmed(rs, i))
		bare := strings.TrimSpace(written)
		before, after, _ := strings.Cut(written, bare)
		switch {
		case r.role == noteRun:
			fmt.Fprintf(&b, "[^%d]", r.note)
		case r.role == leadRun && bare != "":
			b.WriteString(before + "**" + bare + "**" + after)
		case r.role == caveatRun && bare != "":
			b.WriteString(before + "*" + bare + "*" + after)
		default:
			b.WriteString(written)
		}
	}
	return b.String()
}

// listed is the beginning of an item of a list, as pandoc has them too: 1. (1) a) iv.
var listed = text.Pattern{Expr: `^(\(?)([0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|\\?#)([.)])(\s|$)`}

// paragraph keeps escaped text from being read as another kind of block because
// of how it begins: a list, a heading's rule, a definition.
func paragraph(s string) string {
	s = strings.TrimLeft(s, " ")
	switch m := listed.Regexp().FindStringSubmatchIndex(s); {
	case s == "":
	case m != nil && m[3] > m[2]:
		return `\` + s
	case m != nil:
		return s[:m[6]] + `\` + s[m[6]:]
	case strings.ContainsRune("-+=:", rune(s[0])):
		return `\` + s
	}
	return s
}
