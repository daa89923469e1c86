package format

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"dateline/timeline/edtf"
)

// markwhen reads the text of Markwhen: a line "date: title" for an event, and its
// description below. Of the many ways to write a date it reads those of ISO 8601,
// which mean the same to everybody at any time.
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
	about: markwhenAbout,
}

// isMarkwhen reports whether any of the first lines begins an event.
func isMarkwhen(h *head) bool {
	return h.any(func(line string) bool {
		date, _, ok := eventLine(line)
		_, _, iso := isoRange(date)
		return ok && iso
	})
}

// markwhenDate reads a date or a range of ISO 8601, its end included.
func markwhenDate(r *rowDecoder, c cell) {
	r.dated = true
	from, to, ok := isoRange(c.text)
	if !ok {
		r.reject(c, otherDate(c.text))
		return
	}
	start, end := r.looseDate(cell{c.column, from, c.at}), edtf.Date{}
	if to != "" {
		end = r.looseDate(cell{c.column, to, c.at + strings.LastIndex(c.text, to)})
	}
	if !r.rejected {
		r.event.Date = r.interval(c, start, end)
	}
}

// otherDate suggests a spelling for a date that is not read.
func otherDate(text string) string {
	if reason := yearLast(text); reason != "" {
		return reason
	}
	const reason = "only ISO 8601 dates are read in markwhen: "
	if _, err := edtf.Parse(text); err != nil {
		if better := err.(*edtf.Error).Suggestion(); better != "" {
			return reason + "write " + better
		}
	}
	return reason + "write 2024, 2024-03, 2024-03-12 or 2024-03-12/2024-03-14"
}

// eventLine splits a line that begins an event at the colon after its date.
func eventLine(line string) (date, title string, ok bool) {
	line = strings.TrimLeft(strings.TrimRight(line, " \t\r"), " \t")
	if _, _, n := isoPrefix(line); n > 0 && n < len(line) && line[n] == ':' {
		return strings.TrimSpace(line[:n]), line[n+1:], true
	}
	date, title, ok = strings.Cut(line+" ", ": ")
	return date, strings.TrimSpace(title), ok && isWhen(date)
}

// isoRange splits a range into its ends; of a single date the second is empty. It
// is false unless they are in ISO 8601.
func isoRange(text string) (from, to string, ok bool) {
	from, to, n := isoPrefix(text)
	return from, to, n > 0 && n == len(text)
}

// isoPrefix returns the date in ISO 8601, or the two of a range, at the beginning
// of a text, and their length with the blanks after them.
func isoPrefix(text string) (from, to string, length int) {
	from = text[:isoLength(text)]
	if from == "" {
		return "", "", 0
	}
	rest := strings.TrimLeft(text[len(from):], " ")
	for _, separator := range []string{"/", "-", "–", "to "} {
		if second, ok := strings.CutPrefix(rest, separator); ok {
			second = strings.TrimLeft(second, " ")
			if to = second[:isoLength(second)]; to != "" {
				rest = strings.TrimLeft(second[len(to):], " ")
			}
			break
		}
	}
	return from, to, len(text) - len(rest)
}

// isoLength returns the length of the date in ISO 8601 at the beginning of a text,
// 0 if there is none: a year, a month, or a day with or without a time of day.
func isoLength(text string) int {
	n := 0
	for _, pattern := range []string{"dddd", "-dd", "-dd"} {
		if !fits(text[n:], pattern) {
			break
		}
		n += len(pattern)
	}
	if n < len("2024") || n < len(text) && '0' <= text[n] && text[n] <= '9' {
		if n == len("2012-20") { // 2012-2013
			return len("2012")
		}
		return 0
	}
	if n == len("2024-03-12") && fits(text[n:], "Tdd:dd") {
		for n < len(text) && strings.IndexByte("0123456789T:.,Z+", text[n]) >= 0 {
			n++
		}
		if text[n-1] == ':' { // the colon before the title
			n--
		}
		if fits(text[n:], "-dd:dd") {
			n += len("-09:00")
		}
	}
	return n
}

// isWhen reports whether text is a date in another notation of markwhen: numbers,
// names of months and days, and words for relative dates. It needs more than words,
// except for now and the like.
func isWhen(text string) bool {
	definite := false
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return strings.ContainsRune(" /-–:,", c) }) {
		letters := strings.Trim(word, "0123456789")
		switch {
		case word[0] == '!', letters == "", slices.Contains([]string{"now", "today", "tomorrow", "yesterday"}, word):
			definite = true
		case !strings.Contains(whenWords, " "+letters+" ") && !strings.Contains(whenWords, " "+strings.TrimSuffix(letters, "s")+" "):
			return false
		}
	}
	return definite
}

const whenWords = " after before by to every for am pm st nd rd th second sec minute min hour day week weekday workday business work month year " +
	"january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
	"monday tuesday wednesday thursday friday saturday sunday "

// A markwhenSyntax has a record from each line that begins an event to the next
// such line, or to one that begins or ends a group.
type markwhenSyntax struct{}

func (markwhenSyntax) records(text string, from int) iter.Seq2[span, *fault] {
	return func(yield func(span, *fault) bool) {
		open, last := -1, 0
		for at := headerEnd(text, from); at < len(text); {
			end := lineEnd(text, at)
			line := strings.TrimSpace(text[at:end])
			_, _, begins := eventLine(line)
			if (begins || isGroup(line)) && open >= 0 {
				if !yield(span{start: open, end: last}, nil) {
					return
				}
				open = -1
			}
			if begins {
				open = at
			}
			if line != "" {
				last = end
			}
			at = end + 1
		}
		if open >= 0 {
			yield(span{start: open, end: last}, nil)
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

// headerEnd returns where the text begins after the header, which lies between two
// lines of hyphens.
func headerEnd(text string, from int) int {
	end := lineEnd(text, from)
	if strings.TrimSpace(text[from:end]) != "---" {
		return from
	}
	for at := end + 1; at < len(text); {
		end := lineEnd(text, at)
		if strings.TrimSpace(text[at:end]) == "---" {
			return min(end+1, len(text))
		}
		at = end + 1
	}
	return from
}

func (markwhenSyntax) values(r *rowDecoder) {
	inHead := true // properties may follow
	var description []string
	below := 0 // where the description begins
	for at := 0; at < len(r.record); {
		end := lineEnd(r.record, at)
		line := r.record[at:end]
		switch key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); {
		case at == 0:
			date, title, _ := eventLine(line)
			r.take("date", date, strings.Index(line, date))
			r.take("title", strings.Join(r.takeMarkup(title, end-len(title), true), " "), end-len(title))
		case strings.HasPrefix(strings.TrimSpace(line), "//"):
		case inHead && ok && isKey(key):
			r.take("property "+key, value, at+strings.Index(line, value))
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

// markwhenAbout reads the title in the header.
func markwhenAbout(text string) about {
	var a about
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.Lines(text[:headerEnd(text, 0)]) {
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			a.Title = strings.Trim(strings.TrimSpace(title), `"'`)
		}
	}
	return a
}
