package format

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline"
)

// The setters that a column can name, for fields that need no more than its value.

func (r *rowDecoder) id(c cell)      { r.event.ID = cmp.Or(r.event.ID, c.text) }
func (r *rowDecoder) tz(c cell)      { r.event.TZ = c.text }
func (r *rowDecoder) title(c cell)   { r.event.Title = cmp.Or(r.event.Title, c.text) }
func (r *rowDecoder) summary(c cell) { r.addSummary(c.text) }
func (r *rowDecoder) actor(c cell)   { addUnique(&r.event.Actors, c.text) }
func (r *rowDecoder) actors(c cell)  { addEach(&r.event.Actors, splitList(c.text)) }
func (r *rowDecoder) place(c cell)   { addUnique(&r.event.Places, c.text) }
func (r *rowDecoder) places(c cell)  { addEach(&r.event.Places, splitList(c.text)) }
func (r *rowDecoder) topic(c cell)   { addUnique(&r.event.Topics, c.text) }
func (r *rowDecoder) topics(c cell)  { addEach(&r.event.Topics, splitList(c.text)) }
func (r *rowDecoder) edtf(c cell)    { r.event.Date, r.dated = r.strictDate(c), true }

// url adds a source that is no more than an address.
func (r *rowDecoder) url(c cell) {
	if fault := faultyAddress(c.text); fault != "" && c.text != "" {
		r.warn(c, fault+"; it is ignored")
	}
	r.addLink(c.text)
}

// addLink adds a source by its address, if it is one.
func (r *rowDecoder) addLink(address string) {
	if isAddress(address) {
		r.addSource(source{URL: address})
	}
}

// addSource adds a source, unless one has its address.
func (r *rowDecoder) addSource(s source) {
	for i := range min(len(r.event.Sources), mostCompared) {
		if r.event.Sources[i].URL == s.URL {
			return
		}
	}
	r.event.Sources = append(r.event.Sources, s)
}

// addCited adds a source that a data set only names. The page to read is the data
// set's record, which cites it.
func (r *rowDecoder) addCited(dataset, record, name string) {
	if name != "" {
		r.event.Sources = append(r.event.Sources, source{Publisher: dataset, Title: record, AttributedTo: name, Kind: timeline.Dataset})
	}
}

// addSummary appends to the summary.
func (r *rowDecoder) addSummary(text string) { r.event.Summary = joined(r.event.Summary, text) }

// addCaveat appends to the caveat.
func (r *rowDecoder) addCaveat(text string) { r.event.Caveat = joined(r.event.Caveat, text) }

// weigh sets how much an event weighs, if the text is a number.
func (r *rowDecoder) weigh(number string) {
	if n, err := strconv.ParseUint(number, 10, 32); err == nil {
		r.event.Weight = int(n)
	}
}

// joined joins two texts with a blank.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// mostCompared is how many items of a list a new one is compared with, so that a
// hostile list does not take hours.
const mostCompared = 1000

// addUnique appends texts to a list, each once.
func addUnique(to *[]string, texts ...string) { addEach(to, slices.Values(texts)) }

func addEach(to *[]string, texts iter.Seq[string]) {
	for text := range texts {
		if text != "" && !slices.Contains((*to)[:min(len(*to), mostCompared)], text) {
			*to = append(*to, text)
		}
	}
}

// splitList splits a value at semicolons and bars, or a list in the notation of
// JSON or Python, ['a', 'b'].
func splitList(text string) iter.Seq[string] {
	if items, ok := bracketed(text); ok {
		return slices.Values(items)
	}
	return func(yield func(string) bool) {
		for rest, more := text, true; more; {
			end := strings.IndexByte(rest, ';')
			if end < 0 {
				end = len(rest)
			}
			if bar := strings.IndexByte(rest[:end], '|'); bar >= 0 {
				end = bar
			}
			part := strings.TrimSpace(rest[:end])
			if more = end < len(rest); more {
				rest = rest[end+1:]
			}
			if part != "" && !yield(part) {
				return
			}
		}
	}
}

// bracketed reads a list in the notation of JSON or Python. Brackets around a single
// text without quotation marks are no list.
func bracketed(text string) (items []string, ok bool) {
	if len(text) < 2 || text[0] != '[' || text[len(text)-1] != ']' {
		return nil, false
	}
	rest := strings.TrimSpace(text[1 : len(text)-1])
	if rest == "" {
		return nil, true
	}
	if c := rest[0]; c != '"' && c != '\'' {
		if strings.ContainsAny(rest, "[]|;") || !strings.Contains(rest, ",") {
			return nil, false
		}
		for item := range strings.SplitSeq(rest, ",") {
			addUnique(&items, strings.TrimSpace(item))
		}
		return items, true
	}
	for {
		c := rest[0]
		if c != '"' && c != '\'' {
			return nil, false
		}
		end := 1
		for end < len(rest) && (rest[end] != c || rest[end-1] == '\\') {
			end++
		}
		if end == len(rest) {
			return nil, false
		}
		addUnique(&items, strings.TrimSpace(strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\\`, `\`).Replace(rest[1:end])))
		rest = strings.TrimSpace(rest[end+1:])
		if rest == "" {
			return items, true
		}
		more, ok := strings.CutPrefix(rest, ",")
		if rest = strings.TrimSpace(more); !ok || rest == "" {
			return nil, false
		}
	}
}

// placeWithin joins a place with those around it, each once.
func placeWithin(places ...string) string {
	var names []string
	addUnique(&names, places...)
	return strings.Join(names, ", ")
}

// isAddress reports whether text is a valid address of a source.
func isAddress(text string) bool { return faultyAddress(text) == "" }

// counted returns a number, as a file spells it, with its noun.
func counted(n, one, many string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}
