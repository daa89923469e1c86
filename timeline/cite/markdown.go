package cite

import (
	"strings"

	"dateline/timeline"
)

// Markdown writes a source as a line of Markdown: its note, and its
// addresses as links.
func Markdown(s *timeline.Source) string {
	return MarkdownNote(Note(s), s.URL, s.Archived)
}

// MarkdownNote writes a note followed by its addresses, if any, as links.
func MarkdownNote(note, address, archived string) string {
	note = EscapeMarkdown(note)
	if address != "" {
		note += " <" + angled(address) + ">"
	}
	if archived != "" {
		note += " (archived: <" + angled(archived) + ">)"
	}
	return note
}

// angled escapes an address for use between angle brackets.
func angled(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(url)
}

// EscapeMarkdown keeps text from being read as Markdown or HTML.
func EscapeMarkdown(s string) string {
	return markdownEscaper.Replace(s)
}

var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "^", `\^`, "$", `\$`, "&", `\&`, "@", `\@`, "{", `\{`,
)
