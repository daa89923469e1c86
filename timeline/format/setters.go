package format

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"dateline/timeline"
)

// What a column sets that needs no more than its value.

func (r *rowDecoder) id(c cell)       { r.event.ID = cmp.Or(r.event.ID, c.text) }
func (r *rowDecoder) tz(c cell)       { r.event.TZ = c.text }
func (r *rowDecoder) title(c cell)    { r.event.Title = cmp.Or(r.event.Title, c.text) }
func (r *rowDecoder) summary(c cell)  { r.tell(c.text) }
func (r *rowDecoder) caveat(c cell)   { r.doubt(c.text) }
func (r *rowDecoder) actor(c cell)    { add(&r.event.Actors, c.text) }
func (r *rowDecoder) actors(c cell)   { addAll(&r.event.Actors, list(c.text)) }
func (r *rowDecoder) place(c cell)    { add(&r.event.Places, c.text) }
func (r *rowDecoder) places(c cell)   { addAll(&r.event.Places, list(c.text)) }
func (r *rowDecoder) topic(c cell)    { add(&r.event.Topics, c.text) }
func (r *rowDecoder) topics(c cell)   { addAll(&r.event.Topics, list(c.text)) }
func (r *rowDecoder) edtf(c cell)     { r.event.Date, r.dated = r.spelled(c), true }
func (r *rowDecoder) reported(c cell) { r.event.Reported = r.anyDate(c) }

// url adds a source that is an address and nothing more.
func (r *rowDecoder) url(c cell) {
	if fault := faultyAddress(c.text); fault != "" && c.text != "" {
		r.warn(c, fault+"; it is not read")
	}
	r.link(c.text)
}

// link adds a source by its address, unless it is there or no address.
func (r *rowDecoder) link(address string) {
	if !isAddress(address) {
		return
	}
	for i := range min(len(r.event.Sources), mostCompared) {
		if r.event.Sources[i].URL == address {
			return
		}
	}
	r.event.Sources = append(r.event.Sources, source{URL: address})
}

// cites adds a source that a data set names and says no more of: the record
// itself, which cites it.
func (r *rowDecoder) cites(dataset, record, name string) {
	if name != "" {
		r.event.Sources = append(r.event.Sources, source{Publisher: dataset, Title: record, AttributedTo: name, Kind: timeline.Dataset})
	}
}

// tell adds to the summary.
func (r *rowDecoder) tell(text string) { r.event.Summary = joined(r.event.Summary, text) }

// doubt adds to the caveat.
func (r *rowDecoder) doubt(text string) { r.event.Caveat = joined(r.event.Caveat, text) }

// joined is one text after the other, parted by a blank.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// mostCompared is with how many items of a list a new one is compared, so that a
// hostile list takes no hour.
const mostCompared = 1000

// add adds texts to a list, each once.
func add(to *[]string, texts ...string) { addAll(to, slices.Values(texts)) }

func addAll(to *[]string, texts iter.Seq[string]) {
	for text := range texts {
		if text != "" && !slices.Contains((*to)[:min(len(*to), mostCompared)], text) {
			*to = append(*to, text)
		}
	}
}

// list parts a value at semicolons and bars.
func list(text string) iter.Seq[string] {
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

// within is a place with what it lies in, each once.
func within(places ...string) string {
	var names []string
	add(&names, places...)
	return strings.Join(names, ", ")
}

// isAddress reports whether text is an address that a source may have.
func isAddress(text string) bool { return faultyAddress(text) == "" }

// numbered is a number with its noun, as a file has the number.
func numbered(n, one, many string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}
