package format

import (
	"html"
	"strings"
)

// stripHTML returns HTML as plain text, and the addresses of its links. It removes
// tags, comments, scripts and styles, decodes entities, and puts a blank where a
// tag separates words. Text that only looks like a tag, as in "1 < 2", stays.
func stripHTML(markup string) (text string, links []string) {
	if !strings.ContainsAny(markup, "<&") {
		return markup, nil
	}
	var b strings.Builder
	for rest := markup; rest != ""; {
		before, after, found := strings.Cut(rest, "<")
		b.WriteString(before)
		if !found {
			break
		}
		name, inside, next, ends := readTag(after)
		if name == "" || !ends {
			b.WriteByte('<')
			if rest = after; name != "" {
				b.WriteString(after) // no later tag can end either
				break
			}
			continue
		}
		rest = next
		switch name {
		case "script", "style":
			rest = afterClosing(next, name)
		case "a":
			if href := attribute(inside, "href"); href != "" {
				links = append(links, href)
			}
		}
		if !isWithinWords(name) {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " "), links
}

// isWithinWords reports whether a tag may stand within a word.
func isWithinWords(name string) bool {
	switch name {
	case "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr":
		return true
	}
	return false
}

// readTag reads a tag or a comment after its <. The name is in lower case, the
// same for an opening and a closing tag, and empty if this is no tag. The rest of
// the tag is inside.
func readTag(text string) (name, inside, next string, ends bool) {
	if comment, isComment := strings.CutPrefix(text, "!--"); isComment {
		_, next, _ = strings.Cut(comment, "-->")
		return "!", "", next, true
	}
	end := 0
	for end < len(text) && (text[end] == '/' && end == 0 || text[end] == '!' && end == 0 || isNameByte(text[end])) {
		end++
	}
	name = strings.ToLower(strings.TrimPrefix(text[:end], "/"))
	if name == "" || '0' <= name[0] && name[0] <= '9' {
		return "", "", "", false
	}
	// A > within quotation marks does not end the tag.
	var quote byte
	for i := end; i < len(text); i++ {
		switch c := text[i]; {
		case quote == 0 && c == '>':
			return name, text[end:i], text[i+1:], true
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return name, "", "", false
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// afterClosing returns the text after the closing tag of an element, nothing if
// there is none.
func afterClosing(text, name string) string {
	for {
		before, after, found := strings.Cut(text, "</")
		if !found {
			return ""
		}
		text = text[len(before)+len("</"):]
		if len(after) > len(name) && strings.EqualFold(after[:len(name)], name) && !isNameByte(after[len(name)]) {
			_, next, _ := strings.Cut(after, ">")
			return next
		}
	}
}

// attribute returns the value of an attribute of a tag.
func attribute(inside, name string) string {
	for rest := inside; rest != ""; {
		key, after, found := strings.Cut(rest, "=")
		if !found {
			return ""
		}
		fields := strings.Fields(key)
		after = strings.TrimLeft(after, " \t\r\n")
		value := after
		if after != "" && (after[0] == '"' || after[0] == '\'') {
			value, rest, _ = strings.Cut(after[1:], after[:1])
		} else {
			value, rest, _ = strings.Cut(after, " ")
		}
		if len(fields) > 0 && strings.EqualFold(fields[len(fields)-1], name) {
			return strings.TrimSpace(html.UnescapeString(value))
		}
	}
	return ""
}
