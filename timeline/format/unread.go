package format

import (
	"regexp"
	"slices"
	"strings"
)

// An otherKind is a kind of file that is no timeline.
type otherKind struct {
	name   string // as people call it
	known  func(text string) bool
	advice string
}

const (
	saveTable = "save the table in it as CSV"
	writeList = "write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title"
)

// otherKinds are compared with a file in no known format, in this order.
var otherKinds = []otherKind{
	{"a PDF document", begins("%PDF-"), saveTable},
	{"a Word document", zipWith("word/"), saveTable},
	{"a presentation", zipWith("ppt/"), saveTable},
	{"a text document of OpenDocument", zipWith("opendocument.text"), saveTable},
	{"a book", zipWith("epub+zip"), ""},
	{"an old Office document", begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), saveTable},
	{"an RTF document", begins(`{\rtf`), saveTable},
	{"an image", begins("\x89PNG", "\xff\xd8\xff", "GIF87a", "GIF89a", "BM6", "II*\x00", "MM\x00*"), ""},
	{"an image", riff("WEBP"), ""},
	{"a sound or a film", begins("ID3", "OggS", "fLaC", "\x1aE\xdf\xa3"), ""},
	{"a sound or a film", riff("WAVE", "AVI "), ""},
	{"a sound or a film", func(text string) bool { return len(text) > 8 && text[4:8] == "ftyp" }, ""},
	{"an SQLite database", begins("SQLite format 3\x00"), "export the table of events as CSV"},
	{"a Parquet file", begins("PAR1"), "export it as CSV"},
	{"an Arrow file", begins("ARROW1"), "export it as CSV"},
	{"a program", begins("\x7fELF", "MZ\x90\x00", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe"), ""},
	{"a packed file", begins("7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "BZh", "\xfd7zXZ\x00", "PK\x05\x06"), "unpack it first"},
	{"a tar archive", func(text string) bool { return len(text) > 262 && text[257:262] == "ustar" }, "unpack it first"},
	{"binary data", isBinary, ""},

	{"a script", begins("#!"), ""},
	{"an e-mail", matches(`(?i)^(return-path|delivered-to|received|from|date|message-id|mime-version|x-[a-z-]+): .*\n([\w-]+:|[ \t])`), ""},
	{"a contact card", begins("BEGIN:VCARD"), ""},
	{"part of a calendar", begins("BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL"), "write BEGIN:VCALENDAR above it and END:VCALENDAR below"},
	{"a BibTeX bibliography", matches(`^@[A-Za-z]+\s*\{`), ""},
	{"an RIS bibliography", matches(`^TY  - `), ""},
	{"subtitles", matches(`^(WEBVTT|\d+\s*\n\d\d:\d\d:\d\d)`), ""},
	{"SQL", matches(`(?i)^(--.*\n\s*|/\*.*\*/;?\s*)*(create|insert into|select|begin|set|drop|pragma)\s`), "export the table of events as CSV"},
	{"LaTeX", matches(`^(%.*\n)*\\(documentclass|begin|section)`), writeList},
	{"JavaScript", matches(`^(//.*\n|/\*(?s:.*?)\*/\s*)*(["']use strict|(var|let|const|export|import|function|window|module|define)\b|[\w.$]+\s*\(\s*[{\[]|[\w.$]+\s*=\s*[{\[])`), "save the part in brackets as JSON"},
	{"Python", matches(`^(#.*\n)*(import|from|def|class) \w+`), ""},
	{"Org", matches(`(?i)^(#\+\w+:|\*+ TODO )`), writeList},
	{"Markdown", matches(`^(#{1,6} |[-*+] |> |\*\*|!?\[[^\]\n]+\]\(|.+\n(=+|-{3,})\s*\n)`), writeList},
	{"YAML", matches(`^(---\s*\n|#.*\n)*[\w-]+:( .*)?\n([\w-]+:|[ \t]|- )`), writeList},
	{"a file of settings", matches(`^(\[[\w .-]+\]\s*\n|[\w.-]+\s*=\s*\S)`), ""},
}

// notATimeline says what a file in no known format is, or nothing if it seems to be
// JSON.
func (h *head) notATimeline() string {
	start := h.text[:min(headSize, len(h.text))]
	if isBracket := start[0] == '{' || start[0] == '['; isBracket {
		if rest := strings.TrimLeft(start[1:], " \t\r\n"); rest == "" || rest[0] != '\\' && !isLetter(rest[0]) {
			return ""
		}
	}
	if i := slices.IndexFunc(otherKinds, func(k otherKind) bool { return k.known(start) }); i >= 0 {
		k := &otherKinds[i]
		reason := "this is not a timeline but " + k.name
		if k.advice != "" {
			reason += "; " + k.advice
		}
		return reason
	}
	if start[0] == '{' || start[0] == '[' {
		return ""
	}
	if s := (scanner{text: h.text}); len(start) == len(h.text) {
		if s.skip(); s.fault == nil && s.peek() == 0 && s.at == len(s.text) {
			return "" // a string or a number
		}
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(start, "\r", "\n"), "\n")
	if mark := h.otherSeparator(line); mark != "" {
		return "this is a table with " + mark + " between its cells; write sep=" + mark + " on a line above the header"
	}
	if name := strings.TrimSpace(line); name != "" && fieldOfColumn(name) {
		return "this is a table with one column, " + name + "; an event needs a date and a title"
	}
	return "this is not a timeline but plain text; " + writeList
}

// otherSeparator returns the separator of a header that no other table has.
func (h *head) otherSeparator(line string) string {
	for _, mark := range []string{"^", "~", ":", "#", "\x1f"} {
		if names := strings.Split(line, mark); len(names) > 1 {
			for i := range names {
				names[i] = strings.TrimSpace(names[i])
			}
			if h.isHeader(names) {
				return mark
			}
		}
	}
	return ""
}

// fieldOfColumn reports whether a column of this name is read.
func fieldOfColumn(name string) bool {
	return slices.ContainsFunc(csvFields, func(f csvField) bool { return newHeader([]string{name}).find(f.names...) >= 0 })
}

func begins(texts ...string) func(string) bool {
	return func(text string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return strings.HasPrefix(text, t) })
	}
}

func matches(pattern string) func(string) bool {
	return func(text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
}

// zipWith returns a function that reports whether a file is a zip archive with a
// text in one of its first names.
func zipWith(name string) func(string) bool {
	return func(text string) bool { return strings.HasPrefix(text, "PK\x03\x04") && strings.Contains(text, name) }
}

func riff(kinds ...string) func(string) bool {
	return func(text string) bool {
		return len(text) > 12 && text[:4] == "RIFF" && slices.Contains(kinds, text[8:12])
	}
}

// isBinary reports whether a text has characters that no text has.
func isBinary(text string) bool {
	odd := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1a' {
			odd++
		}
	}
	return odd > 0 && odd*50 > len(text)
}
