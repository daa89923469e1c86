package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"dateline/timeline"
)

// WriteLines writes events of a timeline as JSON Lines. Each is as its file has
// it, private fields included, but for white space, and for characters that a
// terminal might act on, which are written as escapes.
func WriteLines(w io.Writer, t *timeline.Timeline, events []int, r Report) error {
	for _, i := range events {
		line, err := asRead(r.original.events[t.Event(i).ID])
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
// of itself and its whole register. Each is as WriteLines has it.
func WriteJSON(w io.Writer, t *timeline.Timeline, events []int, r Report) error {
	var b strings.Builder
	b.WriteString(`{"schemaVersion":"1.0"`)
	for _, field := range []struct{ name, text string }{
		{"title", t.Title}, {"description", t.Description}, {"language", t.Language}, {"updated", t.Updated}, {"license", t.License},
	} {
		if field.text != "" {
			fmt.Fprintf(&b, `,%q:%s`, field.name, quoted(field.text))
		}
	}
	records := make([]string, len(events))
	for k, i := range events {
		records[k] = r.original.events[t.Event(i).ID]
	}
	for _, list := range []struct {
		name    string
		records []string
	}{{"actors", r.original.actors}, {"events", records}} {
		fmt.Fprintf(&b, `,%q:[`, list.name)
		for k, record := range list.records {
			if k > 0 {
				b.WriteByte(',')
			}
			line, err := asRead(record)
			if err != nil {
				return err
			}
			b.WriteString(line)
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(b.String()), "", "  "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	_, err := w.Write(indented.Bytes())
	return err
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
	unsafe := func(r rune) bool { return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) }
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
