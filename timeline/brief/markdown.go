package brief

import (
	"fmt"
	"io"
	"strings"

	"dateline/timeline/cite"
)

// WriteMarkdown writes a brief as CommonMark with the footnotes and tables that
// pandoc reads.
func WriteMarkdown(w io.Writer, b *Brief) error {
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
		archived := ""
		if s.Copy != "" {
			archived = s.Archived
		}
		m.say("[^%d]: %s\n", i+1, cite.MarkdownNote(s.Note, s.URL, archived))
	}
	_, err := io.WriteString(w, m.String())
	return err
}

type markdown struct{ strings.Builder }

func (m *markdown) say(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdown) section(s *section) {
	m.say("## %s%s\n", cite.EscapeMarkdown(s.name), s.aside)
	if s.summary != "" {
		m.say("%s\n", paragraph(s.summary))
	}
	if s.blank {
		m.say("%s\n", strings.Repeat(`\_`, 24))
	}
	if len(s.paragraph) > 0 {
		m.say("%s\n", paragraph(markdownRuns(s.paragraph, "")))
	}
	for _, e := range s.entries {
		m.say("%s\n", markdownRuns(e.head, "**"))
		if len(e.text) > 0 {
			m.say("%s\n", paragraph(markdownRuns(e.text, "")))
		}
		if len(e.caveat) > 0 {
			m.say("*%s*\n", markdownRuns(e.caveat, ""))
		}
	}
	for _, item := range s.items {
		m.say("- %s", markdownRuns(item, ""))
	}
	if len(s.items) > 0 {
		m.say("")
	}
	if len(s.pairs) > 0 {
		m.say("| Claimed | Denied |\n|---|---|")
		for _, pair := range s.pairs {
			m.say("| %s | %s |", markdownRuns(pair[0], ""), markdownRuns(pair[1], ""))
		}
		m.say("")
	}
}

// markdownRuns writes runs with dates and titles between marks of emphasis. A
// footnote mark stands directly after the text.
func markdownRuns(rs runs, emphasis string) string {
	var b strings.Builder
	for i, r := range rs {
		text := r.text
		if i+1 < len(rs) && rs[i+1].role == noteRun {
			text = strings.TrimRight(text, " ")
		}
		switch text = cite.EscapeMarkdown(text); r.role {
		case noteRun:
			fmt.Fprintf(&b, "[^%d]", r.note)
		case dateRun, titleRun:
			b.WriteString(emphasis + text + emphasis)
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}

// paragraph keeps escaped text from being read as another kind of block because
// of how it begins: a list, a heading's rule, a definition.
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
