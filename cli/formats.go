package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/cite"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
	"dateline/timeline/text"
	"dateline/tui"
)

// A fileFormat is a format in which something is written. The tables below are
// the only lists of formats: flags, help, errors and the viewer's menus read them.
type fileFormat[Of any] struct {
	name   string // of --format
	about  string
	suffix string // of files that the viewer saves; empty if it saves none
	write  func(w io.Writer, of Of) (leftOut int, err error)
}

// whole adapts a write that never leaves anything out.
func whole[Of any](write func(io.Writer, Of) error) func(io.Writer, Of) (int, error) {
	return func(w io.Writer, of Of) (int, error) { return 0, write(w, of) }
}

// An eventList is some events of an opened timeline.
type eventList struct {
	*opened
	events    iter.Seq[int]
	withNotes bool
}

func (l eventList) records() export.Records {
	if l.withNotes {
		return notedRecords{l.report.Original()}
	}
	return l.report.Original()
}

// exportFormats are the formats of dateline export.
func exportFormats() []fileFormat[eventList] {
	return []fileFormat[eventList]{
		{"json", "the events as in their file, private fields included, and the actors", ".json", whole(func(w io.Writer, l eventList) error {
			return export.WriteJSON(w, l.Timeline, l.events, l.records())
		})},
		{"jsonl", "the events as in their file, one per line", ".jsonl", whole(func(w io.Writer, l eventList) error {
			return export.WriteJSONLines(w, l.Timeline, l.events, l.records())
		})},
		{"csv", "one row per event, for a spreadsheet", ".csv", whole(func(w io.Writer, l eventList) error {
			return export.WriteCSV(w, l.Timeline, l.events)
		})},
		{"ics", "all-day entries of a calendar (iCalendar)", ".ics", func(w io.Writer, l eventList) (int, error) {
			year, month, day := l.today.Date()
			return export.WriteICalendar(w, l.Timeline, l.events, edtf.DayOf(year, int(month), day))
		}},
		{"timelinejs", "the slides of a TimelineJS timeline", ".timelinejs.json", func(w io.Writer, l eventList) (int, error) {
			return export.WriteTimelineJS(w, l.Timeline, l.events)
		}},
		{"html", "a page for any browser, with filters, sources and keys, that prints well", ".html", whole(func(w io.Writer, l eventList) error {
			year, month, day := l.today.Date()
			return export.WriteHTML(w, l.Timeline, l.events, export.Provenance{
				Query: l.query, File: text.Clean(l.name), Digest: l.digest(), LeftOut: l.leftOut(""), On: edtf.DayOf(year, int(month), day),
			})
		})},
	}
}

// citationFormats are the formats of dateline cite.
func citationFormats() []fileFormat[iter.Seq[timeline.Source]] {
	var formats []fileFormat[iter.Seq[timeline.Source]]
	for _, f := range cite.Formats() {
		formats = append(formats, fileFormat[iter.Seq[timeline.Source]]{f.Name, f.About, f.Suffix, whole(f.Write)})
	}
	return formats
}

// briefFormats are the formats of dateline brief.
func briefFormats() []fileFormat[*brief.Brief] {
	return []fileFormat[*brief.Brief]{
		{"text", "", ".txt", whole(brief.WriteText)},
		{"markdown", "", ".md", whole(brief.WriteMarkdown)},
		{"html", "", ".html", whole(brief.WriteHTML)},
		{"json", "", ".json", whole(brief.WriteJSON)},
	}
}

// addFormatFlag adds --format, whose default is the first format, and its
// completion in the shell.
func addFormatFlag[Of any](cmd *cobra.Command, name *string, formats []fileFormat[Of]) {
	names := names(formats)
	cmd.Flags().StringVar(name, "format", names[0], "print as `FORMAT`: "+choice(names))
	cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// findFormat returns the format that --format names.
func findFormat[Of any](formats []fileFormat[Of], name string) (fileFormat[Of], error) {
	for _, f := range formats {
		if f.name == name {
			return f, nil
		}
	}
	return fileFormat[Of]{}, fmt.Errorf("--format must be %s, not %s", choice(names(formats)), name)
}

func names[Of any](formats []fileFormat[Of]) []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// formatTable lists formats for the help, one per line.
func formatTable[Of any](formats []fileFormat[Of]) string {
	var b strings.Builder
	for _, f := range formats {
		fmt.Fprintf(&b, "\n  %-10s  %s", f.name, f.about)
	}
	return b.String()
}

// choice joins alternatives: "a, b or c".
func choice(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// exportForms are the formats in which the viewer saves events and their sources.
func exportForms(o *opened) []tui.Writing[tui.Selection] {
	var forms []tui.Writing[tui.Selection]
	for _, f := range exportFormats() {
		forms = append(forms, tui.Writing[tui.Selection]{Suffix: f.suffix, Write: func(w io.Writer, s tui.Selection) (int, error) {
			shown := *o
			shown.query = s.Query
			return f.write(w, eventList{&shown, s.Events, false})
		}})
	}
	for _, f := range citationFormats() {
		if f.suffix != "" {
			forms = append(forms, tui.Writing[tui.Selection]{Suffix: f.suffix, ForReaders: true, Write: func(w io.Writer, s tui.Selection) (int, error) {
				return 0, writeSources(w, f, s.Timeline, s.Events)
			}})
		}
	}
	return forms
}

// briefForms are the formats in which the viewer saves briefs.
func briefForms() []tui.Writing[*brief.Brief] {
	var forms []tui.Writing[*brief.Brief]
	for _, f := range briefFormats() {
		forms = append(forms, tui.Writing[*brief.Brief]{Suffix: f.suffix, Write: f.write})
	}
	return forms
}

// citationForms are the formats in which the viewer copies sources.
func citationForms() []tui.Form {
	var forms []tui.Form
	for _, f := range citationFormats() {
		forms = append(forms, tui.Form{Name: f.name, About: f.about, Write: func(sources []timeline.Source) (string, error) {
			var b strings.Builder
			_, err := f.write(&b, slices.Values(sources))
			return strings.TrimRight(b.String(), "\r\n"), err
		}})
	}
	return forms
}

// writeSources writes the sources of events.
func writeSources(w io.Writer, f fileFormat[iter.Seq[timeline.Source]], t *timeline.Timeline, events iter.Seq[int]) error {
	_, err := f.write(w, func(yield func(timeline.Source) bool) {
		for _, e := range t.Events(events) {
			for _, s := range e.Sources {
				if !yield(s) {
					return
				}
			}
		}
	})
	return cmp.Or(err, t.Err())
}

// save returns the Save function of tui.Config. No shell expands the ~/ of a path.
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
