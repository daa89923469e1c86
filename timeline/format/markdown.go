package format

import (
	"fmt"
	"io"
	"strings"

	"dateline/timeline"
)

// WriteMarkdown writes a brief as Markdown (CommonMark with footnotes and
// tables, as pandoc reads it).
func WriteMarkdown(w io.Writer, b *timeline.Brief) error {
	m := &markdown{}
	m.say("# Brief: %s\n", escape(b.Title))
	m.say("- **Scope:** %s", escape(b.Scope()))
	m.say("- **Period:** %s", escape(b.Period()))
	if b.AsOf != "" {
		m.say("- **As of:** %s", escape(b.AsOf))
	}
	m.say("- **Shown:** %d of %d events\n", len(b.Events), b.Total)
	m.say("## Bottom line\n")
	if b.BottomLine == "" {
		m.say("\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n")
	} else {
		m.say("%s\n", paragraph(escape(b.BottomLine)))
	}
	m.say("## Events\n")
	for i := range b.Events {
		m.event(&b.Events[i])
	}
	m.disputes(b.Disputes)
	if len(b.People) > 0 {
		m.say("## Who is who\n")
		for _, p := range b.People {
			m.say("- %s", escape(p.Introduction()))
		}
		m.say("")
	}
	if len(b.OneOrigin) > 0 {
		m.say("## Rests on one origin only\n")
		for i := range b.OneOrigin {
			e := &b.OneOrigin[i]
			m.say("- %s: %s (%s)", escape(e.Date.Words()), escape(e.Title), escape(strings.Join(e.Origins(), ", ")))
		}
		m.say("")
	}
	m.say("---\n\n%s\n", escape(b.Foot()))
	for i := range b.Sources {
		m.say("[^%d]: %s\n", i+1, markdownSource(&b.Sources[i]))
	}
	_, err := io.WriteString(w, m.String())
	return err
}

type markdown struct{ strings.Builder }

func (m *markdown) say(format string, args ...any) {
	fmt.Fprintf(m, format+"\n", args...)
}

func (m *markdown) event(e *timeline.BriefEvent) {
	m.say("**%s** · %s · **%s**\n", escape(e.Date.Words()), strings.ToUpper(e.Status.String()), escape(e.Title))
	m.say("%s\n", paragraph(footnoted(e.Text)))
	if e.Caveat != "" {
		m.say("*Caveat: %s*\n", escape(e.Caveat))
	}
	notes := ""
	for _, n := range e.Notes {
		notes += fmt.Sprintf("[^%d]", n)
	}
	m.say("%s %s\n", e.Rests(), notes)
}

func (m *markdown) disputes(disputes []timeline.Dispute) {
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

func disputed(e *timeline.Event) string {
	return fmt.Sprintf("%s %s %s", escape(e.Date.Words()), e.Status.Short(), escape(e.Title))
}

// footnoted turns the marks of a summary into Markdown's footnotes.
func footnoted(text string) string {
	var b strings.Builder
	at := 0
	for _, m := range timeline.Pointers(text) {
		b.WriteString(escape(strings.TrimRight(text[at:m.Start], " ")))
		fmt.Fprintf(&b, "[^%d]", m.Source)
		at = m.End
	}
	b.WriteString(escape(text[at:]))
	return b.String()
}

func markdownSource(s *timeline.Source) string {
	note := escape(s.Note())
	if s.URL != "" {
		note += " <" + angled(s.URL) + ">"
	}
	if s.Archived != "" {
		note += " (archived: <" + angled(s.Archived) + ">)"
	}
	return note
}

// angled makes an address fit to stand between angle brackets.
func angled(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(url)
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

// escape keeps text from being read as Markdown or HTML.
func escape(s string) string {
	return markdownEscaper.Replace(s)
}

var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "^", `\^`, "$", `\$`, "&", `\&`, "@", `\@`, "{", `\{`,
)
