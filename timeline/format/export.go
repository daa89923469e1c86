package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode"
	"unicode/utf16"

	"dateline/timeline"
)

// WriteLines writes events of a timeline as JSON Lines. Each is as its file has
// it, private fields included, but for white space, and for characters that a
// terminal might act on, which are written as escapes. An event of another
// format is written as dateline understands it.
func WriteLines(w io.Writer, t *timeline.Timeline, events iter.Seq[int], r Report) error {
	for i := range events {
		text, err := r.original.text(t, i)
		if err != nil {
			return err
		}
		line, err := asRead(text)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// WriteJSON writes events of a timeline as a JSON object, with what the file says
// of itself, its whole register, and the fields that the format does not know,
// private ones included. Each event is as WriteLines has it. Of several files
// that have such a field, the first one's is written, even where they differ.
func WriteJSON(w io.Writer, t *timeline.Timeline, events iter.Seq[int], r Report) error {
	o := &objectWriter{w: w}
	o.say("{\n  \"schemaVersion\": \"1.0\"")
	for _, field := range []struct{ name, text string }{
		{"title", t.Title}, {"description", t.Description}, {"language", t.Language}, {"bottom_line", t.BottomLine}, {"updated", t.Updated}, {"license", t.License},
	} {
		if field.text != "" {
			o.say(",\n  ", quoted(field.name), ": ", quoted(field.text))
		}
	}
	for _, f := range r.original.further {
		o.say(",\n  ", quoted(f.name), ": ")
		o.value(f.value, "  ")
	}
	o.list("actors", func(record func(string, error) bool) {
		for _, actor := range r.original.actors {
			if !record(actor, nil) {
				return
			}
		}
	})
	o.list("events", func(record func(string, error) bool) {
		for i := range events {
			if !record(r.original.text(t, i)) {
				return
			}
		}
	})
	o.say("\n}\n")
	return o.err
}

// An objectWriter writes a JSON object piece by piece, and nothing more after an
// error.
type objectWriter struct {
	w   io.Writer
	err error
}

func (o *objectWriter) say(texts ...string) {
	for _, text := range texts {
		if o.err == nil {
			_, o.err = io.WriteString(o.w, text)
		}
	}
}

// value writes a value that was read; prefix begins its lines but the first.
func (o *objectWriter) value(text, prefix string) {
	if o.err != nil {
		return
	}
	line, err := asRead(text)
	var b bytes.Buffer
	if err == nil {
		err = json.Indent(&b, []byte(line), prefix, "  ")
	}
	if o.err == nil {
		o.err = err
	}
	o.say(b.String())
}

// list writes a member that is a list of records.
func (o *objectWriter) list(name string, records iter.Seq2[string, error]) {
	o.say(",\n  ", quoted(name), ": [")
	before, end := "\n    ", "]"
	for text, err := range records {
		if o.err == nil {
			o.err = err
		}
		if o.err != nil {
			return
		}
		o.say(before)
		o.value(text, "    ")
		before, end = ",\n    ", "\n  ]"
	}
	o.say(end)
}

// asRead is a record on one line.
func asRead(record string) (string, error) {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(record)); err != nil {
		return "", fmt.Errorf("format: a record that was read is not JSON: %w", err)
	}
	return escaped(b.String()), nil
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic("format: a string is not JSON: " + err.Error())
	}
	return escaped(string(b))
}

// escaped writes control and format characters, which in JSON stand only in
// strings, as escapes.
func escaped(s string) string {
	unsafe := func(r rune) bool {
		return r < ' ' || r >= 0x7f && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r))
	}
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !unsafe(r) {
			b.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, u)
		}
	}
	return b.String()
}
