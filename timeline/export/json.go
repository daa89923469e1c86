package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"dateline/timeline"
	"dateline/timeline/text"
)

// Records are the events, actors and other members of a timeline's files, in JSON as
// it was read.
type Records interface {
	Event(t *timeline.Timeline, i int) (string, error)
	Actors() []string
	Members() iter.Seq2[string, string] // of the files themselves, unknown to the format: names and values
}

// WriteJSONLines writes events of a timeline as JSON Lines. Each is as its file has
// it, private fields included, but for white space, and for characters that a
// terminal might act on, which are written as escapes. An event of another
// format is written as dateline understands it.
func WriteJSONLines(w io.Writer, t *timeline.Timeline, events iter.Seq[int], from Records) error {
	for line, err := range records(t, events, from) {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// records goes through the records of events, each as one line.
func records(t *timeline.Timeline, events iter.Seq[int], from Records) iter.Seq2[string, error] {
	type result struct {
		text string
		err  error
	}
	return func(yield func(string, error) bool) {
		for _, r := range timeline.Ahead(t, events, func(i int) (r result) {
			if r.text, r.err = from.Event(t, i); r.err == nil {
				r.text, r.err = asRead(r.text)
			}
			return r
		}) {
			if !yield(r.text, r.err) {
				return
			}
		}
	}
}

// WriteJSON writes events of a timeline as a JSON object, with what the file says
// of itself, its whole register, and the fields that the format does not know,
// private ones included. Each event is as WriteJSONLines has it. Of several files
// that have such a field, the first one's is written, even where they differ.
func WriteJSON(w io.Writer, t *timeline.Timeline, events iter.Seq[int], from Records) error {
	o := &objectWriter{w: w}
	o.say("{\n  \"schemaVersion\": \"1.0\"")
	for _, field := range []struct{ name, value string }{
		{"title", t.Title}, {"description", t.Description}, {"language", t.Language}, {"bottom_line", t.BottomLine}, {"updated", t.Updated}, {"license", t.License},
	} {
		if field.value != "" {
			o.say(",\n  ", text.QuoteJSON(field.name), ": ", text.QuoteJSON(field.value))
		}
	}
	for name, value := range from.Members() {
		o.say(",\n  ", text.QuoteJSON(name), ": ")
		line, err := asRead(value)
		o.fail(err)
		o.value(line, "  ")
	}
	o.list("actors", func(record func(string, error) bool) {
		for _, actor := range from.Actors() {
			if !record(asRead(actor)) {
				return
			}
		}
	})
	o.list("events", records(t, events, from))
	o.say("\n}\n")
	return o.err
}

// An objectWriter writes a JSON object piece by piece, until the first error.
type objectWriter struct {
	w   io.Writer
	err error
}

func (o *objectWriter) say(texts ...string) {
	for _, s := range texts {
		if o.err == nil {
			_, o.err = io.WriteString(o.w, s)
		}
	}
}

func (o *objectWriter) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

// value writes a value; prefix begins all lines but the first.
func (o *objectWriter) value(line, prefix string) {
	if o.err != nil {
		return
	}
	var b bytes.Buffer
	b.Grow(2 * len(line))
	o.err = json.Indent(&b, []byte(line), prefix, "  ")
	o.say(b.String())
}

// list writes a member with a list of records.
func (o *objectWriter) list(name string, records iter.Seq2[string, error]) {
	o.say(",\n  ", text.QuoteJSON(name), ": [")
	before, end := "\n    ", "]"
	for record, err := range records {
		if o.fail(err); o.err != nil {
			return
		}
		o.say(before)
		o.value(record, "    ")
		before, end = ",\n    ", "\n  ]"
	}
	o.say(end)
}

// asRead returns a record as one line.
func asRead(record string) (string, error) {
	var b bytes.Buffer
	b.Grow(len(record))
	if err := json.Compact(&b, []byte(record)); err != nil {
		return "", fmt.Errorf("format: a record that was read is not JSON: %w", err)
	}
	return text.EscapeJSON(b.String()), nil
}
