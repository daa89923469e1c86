package format

import (
	"strings"
	"unicode"

	"dateline/timeline/edtf"
)

// What stands within a line of Markdown: dates, emphasis and links.

// longestDate is how long the text of a date may be, in bytes.
const longestDate = 80

// splitDate splits a date from the text behind it: **2024-06-19**: text,
// 19 June 2024 – text, [2024-06-19] text. A date may lack the year or the month
// that the headings around it state.
func splitDate(text string, around []string) (date, rest string, ok bool) {
	for _, marks := range []string{"****", "____", "**", "__", "``", "[]", "()"} {
		open, closing := marks[:len(marks)/2], marks[len(marks)/2:]
		inner, isMarked := strings.CutPrefix(text, open)
		if !isMarked {
			continue
		}
		inner, after, closed := strings.Cut(inner, closing)
		if date := whole(strings.TrimRight(inner, " :,.–—-"), around); closed && date != "" {
			return date, strings.TrimLeft(after, " \t:,.–—-|"), true
		}
		if closed && open != "[" && open != "(" {
			text = inner + after
		}
		break
	}
	best := -1
	for i := range text[:min(len(text), longestDate)] {
		before := strings.TrimRight(text[:i], " ")
		if !isBreak(text, i) || before == "" {
			continue
		}
		if d := whole(before, around); d != "" {
			date, best = d, i
		}
	}
	if d := whole(strings.TrimRight(text, " :.–—-"), around); d != "" {
		return d, "", true
	}
	if best >= 0 {
		return date, strings.TrimLeft(text[best:], " \t:,–—-|"), true
	}
	// A day may stand before its text without more than a blank.
	words := strings.Fields(text)
	for n := min(len(words)-1, 4); n > 0; n-- {
		before := strings.TrimRight(strings.Join(words[:n], " "), ",")
		if d := whole(before, nil); d != "" && isDay(d) {
			return d, strings.Join(words[n:], " "), true
		}
	}
	return "", "", false
}

// isBreak reports whether what parts a date from its text begins at an offset.
func isBreak(text string, at int) bool {
	rest := text[at:]
	for _, mark := range []string{": ", " – ", " — ", " - ", ", ", " | ", "\t", ":**", ": ", "– ", "— "} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

// whole returns the date that a text states, with what the headings around it
// state, or nothing. It returns the text itself if that can only be meant as a
// date, and is one with two meanings, or a mistaken one.
func whole(text string, around []string) string {
	if text == "" || len(text) > longestDate || !strings.ContainsFunc(text, unicode.IsDigit) && len(around) == 0 {
		return ""
	}
	if isDate(text) || isNumbered(text) {
		return text
	}
	if len(strings.Fields(text)) > 3 {
		return ""
	}
	for _, date := range around {
		if digits(strings.ReplaceAll(text, "-", "")) && isDate(date+"-"+text) {
			return date + "-" + text
		}
		for _, full := range []string{text + " " + date, text + ", " + date} {
			if isDate(full) {
				return full
			}
		}
	}
	return ""
}

// isNumbered reports whether text is three numbers, as dates are written.
func isNumbered(text string) bool {
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	return len(parts) == 3 && digits(strings.Join(parts, "")) && len(parts[0]) <= 4 && len(parts[1]) <= 2 && len(parts[2]) <= 4 && !strings.Contains(text, " ")
}

// isDay reports whether a text states a day.
func isDay(text string) bool {
	reading, err := edtf.ParseLoose(text)
	if err != nil {
		return isNumbered(text)
	}
	first, ok := reading.Date.Earliest()
	last, also := reading.Date.Latest()
	return ok && also && first == last
}

// plain returns Markdown as plain text, and its links as a cell cites them.
func (m *markdownReader) plain(s string) (text string, sources []string) {
	var b strings.Builder
	for i := 0; i < len(s); {
		c := s[i]
		rest := s[i:]
		switch {
		case c == '\\' && i+1 < len(s) && !isNameByte(s[i+1]) && s[i+1] != ' ':
			b.WriteByte(s[i+1])
			i += 2
		case c == '[' || strings.HasPrefix(rest, "!["):
			inner, target, length := m.link(strings.TrimPrefix(rest, "!"))
			if length == 0 {
				b.WriteByte(c)
				i++
				continue
			}
			i += length + strings.Index(rest, "[")
			if inner, _ = m.plain(inner); inner != "" {
				b.WriteString(inner)
				target = "[" + strings.NewReplacer("[", "(", "]", ")").Replace(inner) + "](" + target + ")"
			}
			sources = append(sources, target)
		case c == '<' && beginsAddress(rest[1:]) && strings.Contains(rest, ">"):
			address, _, _ := strings.Cut(rest[1:], ">")
			sources = append(sources, address)
			b.WriteString(address)
			i += len(address) + 2
		case strings.HasPrefix(rest, "**"), strings.HasPrefix(rest, "__") && !insideWord(s, i, 2), strings.HasPrefix(rest, "~~"):
			i += 2
		case c == '`', c == '*' && !besideBlanks(s, i), c == '_' && !insideWord(s, i, 1):
			i++
		case beginsAddress(rest):
			n := addressLength(rest, true)
			b.WriteString(rest[:n])
			i += max(n, 1)
		default:
			b.WriteByte(c)
			i++
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), sources
}

// link reads a link at the beginning of a text: [text](address), [text][label],
// [^note].
func (m *markdownReader) link(s string) (text, target string, length int) {
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return "", "", 0
	}
	text = s[1:end]
	after := s[end+1:]
	if note, isNote := strings.CutPrefix(text, "^"); isNote && m.notes[note] != "" {
		return "", m.notes[note], end + 1
	}
	if inner, _, ok := strings.Cut(after, ")"); ok && strings.HasPrefix(after, "(") {
		if open := strings.Count(inner, "(") - 1; open > 0 { // https://example.org/a_(b)
			if second, _, ok := strings.Cut(after[len(inner)+1:], ")"); ok {
				inner += ")" + second
			}
		}
		target, _, _ = strings.Cut(strings.TrimSpace(inner[1:]), " ")
		return text, strings.Trim(target, "<>"), end + 1 + len(inner) + 1
	}
	label, width := text, 0
	if inner, _, ok := strings.Cut(after, "]"); ok && strings.HasPrefix(after, "[") {
		if width = len(inner) + 1; len(inner) > 1 {
			label = inner[1:]
		}
	}
	if target = m.links[strings.ToLower(label)]; target != "" {
		target, _, _ = strings.Cut(target, " ")
		return text, strings.Trim(target, "<>"), end + 1 + width
	}
	return "", "", 0
}

func insideWord(s string, at, width int) bool {
	return at > 0 && at+width < len(s) && isWordByte(s[at-1]) && isWordByte(s[at+width])
}

func besideBlanks(s string, at int) bool {
	return (at == 0 || s[at-1] == ' ') && (at+1 == len(s) || s[at+1] == ' ')
}
