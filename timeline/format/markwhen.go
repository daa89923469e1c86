package format

import (
	"cmp"
	"fmt"
	"iter"
	"strings"
	"unicode"

	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// markwhen reads the text of Markwhen: a line "date: title" for an event, and its
// description below.
// https://github.com/mark-when/docs
var markwhen = mapping{
	syntax: markwhenSyntax{},
	columns: []column{
		{"date", markwhenDate},
		{"title", (*rowDecoder).title},
		{"tag", (*rowDecoder).topic},
		{"id", (*rowDecoder).id},
		{"link", func(r *rowDecoder, c cell) { r.addLink(c.text) }},
		{"place", (*rowDecoder).place},
		{"description", (*rowDecoder).summary},
		{"property id", (*rowDecoder).id},
		{"property tz", (*rowDecoder).tz},
		{"property timezone", (*rowDecoder).tz},
		{"property location", (*rowDecoder).place},
		{"property locations", func(r *rowDecoder, c cell) { addUnique(&r.event.Places, flowList(c.text)...) }},
		{"property source", (*rowDecoder).url},
		{"property url", (*rowDecoder).url},
	},
}

// isMarkwhen reports whether any of the first lines begins an event with a date
// that can hardly be anything else, and the file is not Markdown.
func isMarkwhen(h *head) bool {
	is := h.any(func(line string) bool {
		date, title, ok := eventLine(line)
		if !ok || isComment(line) {
			return false
		}
		w, ok := markwhenSyntax{}.parseWhen(date)
		return ok && w.fault() == "" && !(len(date) < len("2024") && digits(date)) && !strings.HasPrefix(title, "//")
	})
	return is && !isMostlyMarkdown(h.text[:min(len(h.text), headSize)])
}

// isMostlyMarkdown reports whether most dates of a text stand in items, headings
// and tables of Markdown, or the first does in an item or a table.
func isMostlyMarkdown(text string) bool {
	if !mayBeMarkdown(text) {
		return false
	}
	plain, marked := 0, 0
	for _, r := range readMarkdown(text).found {
		line := strings.TrimSpace(text[r.start:lineEnd(text, r.start)])
		_, _, isItem := markdownItem(line)
		_, _, isHeading := markdownHeading(line)
		switch inList := isItem || strings.HasPrefix(line, "|"); {
		case inList && plain == 0:
			return true
		case inList, isHeading:
			marked++
		default:
			plain++
		}
	}
	return marked > plain
}

// longestWhen is how long the date of an event may be, in bytes.
const longestWhen = 120

// eventLine splits a line that begins an event at the colon after its date. The
// colon may stand in the time of day too: 18:30: title.
func eventLine(line string) (date, title string, ok bool) {
	line = strings.Trim(line, " \t\r")
	for at := 0; at < min(len(line), longestWhen); at++ {
		if line[at] != ':' {
			continue
		}
		text := strings.TrimSpace(line[:at])
		w, isWhen := markwhenSyntax{}.parseWhen(text)
		if !isWhen {
			isWhen = text != "" && strings.HasPrefix(line[at:], ": ") && isSpokenDate(text)
		}
		last := w.from
		if w.isRange {
			last = w.to
		}
		inClock := last.clock != "" && w.repeats == "" && fits(line[at:], ":dd") // 10:30 goes on
		if isWhen && !inClock && (at > 0 || w.repeats != "") {
			date, title, ok = text, line[at+1:], true
		}
	}
	return date, title, ok
}

// isSpokenDate reports whether a text is a date that people write and markwhen does
// not know: c. 1950, 12–15 June 2024. It has a number.
func isSpokenDate(text string) bool {
	_, err := edtf.ParseLoose(text)
	return err == nil && strings.ContainsAny(text, "0123456789")
}

func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "//") }

// A markwhenSyntax has a record from each line that begins an event to the next
// such line, or to one that begins or ends a group.
type markwhenSyntax struct {
	dayFirst bool   // the header says dateFormat: d/M/y
	zone     string // the time zone of the header
	header   about
}

func (markwhenSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		open, last, first := -1, 0, -1 // first: where text without an event begins
		inGroup := false               // a group's properties may follow
		end := func() bool {
			begun := open
			open = -1
			return begun < 0 || yield(span{start: begun, end: last}, nil)
		}
		stray := func() bool {
			begun := first
			first = -1
			return begun < 0 || yield(span{start: begun, end: last}, &fault{begun, fmt.Sprintf("this text belongs to no event and is not read: %q", shortened(oneLine(text[begun:last])))})
		}
		for at := headerEnd(text, from); at < len(text); {
			next := lineEnd(text, at)
			line := strings.TrimSpace(text[at:next])
			_, _, begins := eventLine(line)
			begins = begins && !isComment(line)
			switch {
			case begins || isGroup(line):
				if !stray() || !end() {
					return
				}
				if inGroup = !begins; begins {
					open = at
				}
			case line == "" || isComment(line):
			case open < 0 && !(inGroup && propertyLine.Regexp().MatchString(line)):
				if inGroup = false; first < 0 {
					first = at
				}
			}
			if line != "" {
				last = next
			}
			at = next + 1
		}
		if stray() {
			end()
		}
	}
}

// isGroup reports whether a line begins or ends a group of events.
func isGroup(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	switch word {
	case "section", "group", "endSection", "endGroup":
		return true
	}
	return word != "" && strings.Trim(word, "#") == ""
}

// propertyLine is a line of a header or below an event: key: value.
var propertyLine = text.Pattern{Expr: `^\s*[#\w.][\w.-]*:(\s|$)`}

// headerEnd returns where the text begins after the header, which lies between two
// lines of hyphens, or is the lines of properties at the beginning.
func headerEnd(text string, from int) int {
	at := from
	for at < len(text) {
		end := lineEnd(text, at)
		if line := strings.TrimSpace(text[at:end]); line != "" && !isComment(line) {
			break
		}
		at = end + 1
	}
	fenced, after := false, at // after: the last property
	for at < len(text) {
		end := lineEnd(text, at)
		line := strings.TrimRight(text[at:end], " \t\r")
		_, _, begins := eventLine(line)
		switch {
		case fenced && line == "---":
			return min(end+1, len(text))
		case fenced:
		case line == "---" && strings.Contains(text[end:], "\n---"):
			fenced = true
		case begins && !isComment(line):
			return after
		case propertyLine.Regexp().MatchString(line), isComment(line), after > from && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "- ")):
			after = min(end+1, len(text))
		default:
			return after
		}
		at = end + 1
	}
	return min(after, len(text))
}

// ofHeader returns the syntax of a text, by what its header says.
func (s markwhenSyntax) ofHeader(text string) markwhenSyntax {
	text = strings.TrimPrefix(text, "\ufeff")
	end := headerEnd(text, 0)
	for line := range strings.Lines(text[:end]) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.Trim(strings.TrimSpace(value), `"'`); key {
		case "dateFormat":
			s.dayFirst = value == "d/M/y"
		case "timezone", "tz":
			s.zone = value
		case "title":
			s.header.Title = value
		case "description":
			s.header.Description = value
		}
	}
	s.header.Title = cmp.Or(s.header.Title, onlyHeading(text[end:]))
	return s
}

func (s markwhenSyntax) about(text string) (a about, unread []string) {
	return s.ofHeader(text).header, nil
}

func (s markwhenSyntax) values(r *rowDecoder) {
	inHead := true // properties may follow
	var description []string
	below := 0 // where the description begins
	for at := 0; at < len(r.record); {
		end := lineEnd(r.record, at)
		line := r.record[at:end]
		switch key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); {
		case at == 0:
			if s.zone != "" {
				r.event.TZ = s.zone
			}
			date, title, _ := eventLine(line)
			if r.take("date", date, strings.Index(line, date)); date == "" {
				r.filled, r.dated = true, true
				r.reject(cell{column: "date"}, "this date depends on another event or on the day of reading; write the day")
			}
			r.take("title", strings.Join(r.takeMarkup(title, end-len(title), true), " "), end-len(title))
		case isComment(line):
		case inHead && ok && isKey(key):
			name := "property " + key
			if _, known := r.index[name]; !known {
				r.warn(cell{key, value, at}, "this property is not read")
			}
			r.take(name, value, at+strings.Index(line, value))
		default:
			if inHead {
				inHead, below = false, at
			}
			description = append(description, r.takeMarkup(line, at, false)...)
		}
		at = end + 1
	}
	r.take("description", strings.Join(description, " "), below)
}

// isKey reports whether text can be the name of a property or a tag.
func isKey(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-'
	})
}

// takeMarkup takes the links, places and tags of a text and, in a title, the id.
// It returns the words of the rest.
func (r *rowDecoder) takeMarkup(text string, at int, isTitle bool) (words []string) {
	for _, word := range strings.Fields(r.takeLinks(text, at)) {
		tag, isTag := strings.CutPrefix(strings.TrimRight(word, ".,;"), "#")
		id, isID := strings.CutPrefix(word, "!")
		switch {
		case isTag && isKey(tag):
			r.take("tag", tag, at)
		case isID && isKey(id) && isTitle:
			r.take("id", id, at)
		default:
			words = append(words, word)
		}
	}
	return words
}

// takeLinks takes the addresses of a text's links, [label](address), and its
// places, [Northport](location). It returns the text with the labels alone.
func (r *rowDecoder) takeLinks(text string, at int) string {
	var plain strings.Builder
	for {
		before, label, target, rest, ok := cutLink(text)
		if !ok {
			plain.WriteString(text)
			return plain.String()
		}
		picture := strings.HasSuffix(before, "!")
		switch {
		case target == "location":
			r.take("place", label, at)
		case !picture:
			r.take("link", target, at)
		}
		plain.WriteString(strings.TrimSuffix(before, "!") + label)
		text = rest
	}
}

func cutLink(text string) (before, label, target, rest string, ok bool) {
	head, tail, ok := strings.Cut(text, "](")
	open := strings.LastIndexByte(head, '[')
	target, rest, closed := strings.Cut(tail, ")")
	if !ok || !closed || open < 0 {
		return "", "", "", "", false
	}
	return head[:open], head[open+1:], target, rest, true
}

// flowList splits a list that YAML writes on one line: [Northport, "Southport"].
func flowList(text string) []string {
	parts := strings.Split(strings.Trim(text, "[]"), ",")
	for i := range parts {
		parts[i] = strings.Trim(parts[i], ` "'`)
	}
	return parts
}

// onlyHeading returns the heading "# …" above the events, if there is no other.
func onlyHeading(text string) (title string) {
	begun := false
	for line := range strings.Lines(text) {
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			if begun || title != "" {
				return ""
			}
			title = strings.TrimSpace(heading)
		} else if !begun {
			_, _, begun = eventLine(line)
		}
	}
	return title
}
