package cli

import (
	"errors"
	"io"
	"path/filepath"
	"strings"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui"
)

// What the viewer writes to files: what export, cite and brief write.

// save returns what writes files for the viewer. A path may begin with ~/, as no
// shell has seen it.
func save(env func(string) string) func(path string, over bool, write func(io.Writer) error) error {
	return func(path string, over bool, write func(io.Writer) error) error {
		if rest, ok := strings.CutPrefix(path, "~/"); ok && env("HOME") != "" {
			path = filepath.Join(env("HOME"), rest)
		}
		err := writeOutput(path, over, write)
		if errors.Is(err, errExists) {
			return tui.ErrExists
		}
		return err
	}
}

// exportForms are the forms in which the events of an opened timeline are written.
func (c *command) exportForms(o *opened) []tui.Writing[tui.Selection] {
	var forms []tui.Writing[tui.Selection]
	for _, f := range []struct{ suffix, format string }{
		{".json", "json"}, {".jsonl", "jsonl"}, {".csv", "csv"}, {".ics", "ics"}, {".timelinejs.json", "timelinejs"},
	} {
		export := c.export(f.format)
		forms = append(forms, tui.Writing[tui.Selection]{Suffix: f.suffix, Write: func(w io.Writer, s tui.Selection) (int, error) {
			return export(w, o, s.Events)
		}})
	}
	for _, f := range []struct{ suffix, format string }{
		{".bib", "biblatex"}, {".ris", "ris"}, {".csl.json", "csl"},
	} {
		forms = append(forms, tui.Writing[tui.Selection]{Suffix: f.suffix, ForReaders: true, Write: func(w io.Writer, s tui.Selection) (int, error) {
			return 0, writeCitations(w, f.format, s.Timeline, s.Events)
		}})
	}
	return forms
}

// briefForms are the forms in which a brief is written.
func briefForms() []tui.Writing[*timeline.Brief] {
	form := func(suffix string, write func(io.Writer, *timeline.Brief) error) tui.Writing[*timeline.Brief] {
		return tui.Writing[*timeline.Brief]{Suffix: suffix, Write: func(w io.Writer, b *timeline.Brief) (int, error) { return 0, write(w, b) }}
	}
	return []tui.Writing[*timeline.Brief]{
		form(".txt", writeText), form(".md", format.WriteMarkdown), form(".html", format.WriteHTML), form(".json", format.WriteBriefJSON),
	}
}
