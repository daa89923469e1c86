package format_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// files lists the files of a folder in testdata that are no goldens.
func files(t *testing.T, folder string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, path := range all {
		if filepath.Ext(path) != ".golden" {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		t.Fatalf("there are no files in %s", folder)
	}
	return paths
}

// inFull says all that was read of a file, a line a field.
func inFull(tl *timeline.Timeline) string {
	var b strings.Builder
	say := func(indent, name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, name, value)
		}
	}
	say("", "timeline", tl.Title)
	say("", "description", tl.Description)
	for i := range tl.Len() {
		e := tl.Event(i)
		fmt.Fprintf(&b, "\n%s  %s\n", e.Date, e.ID)
		say("  ", "tz", e.TZ)
		say("  ", "reported", e.Reported.String())
		if e.Status != timeline.NotStated {
			say("  ", "status", e.Status.String())
		}
		say("  ", "title", e.Title)
		say("  ", "summary", e.Summary)
		say("  ", "actors", strings.Join(e.Actors, " | "))
		say("  ", "places", strings.Join(e.Places, " | "))
		say("  ", "topics", strings.Join(e.Topics, " | "))
		say("  ", "caveat", e.Caveat)
		for _, s := range e.Sources {
			b.WriteString("  source\n")
			say("    ", "url", s.URL)
			say("    ", "title", s.Title)
			say("    ", "publisher", s.Publisher)
			say("    ", "author", s.Author)
			say("    ", "attributed to", s.AttributedTo)
			say("    ", "published", s.Published.String())
			if s.Kind != timeline.NoKind {
				say("    ", "kind", s.Kind.String())
			}
		}
	}
	return b.String()
}

// What is read of every format is in testdata/formats, beside the file.
func TestFormatsAreRead(t *testing.T) {
	for _, path := range files(t, "formats") {
		tl, report, err := format.Read(format.File{Name: filepath.Base(path), Text: fixture.File(t, path)})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		fixture.Golden(t, path+".golden", told(report, err)+"\n"+inFull(tl))
	}
}

// What is said of rows that are not sound is in testdata/formats-broken, beside
// the file, with what is read of the others.
func TestBrokenRowsAreExplained(t *testing.T) {
	for _, path := range files(t, "formats-broken") {
		tl, report, err := format.Read(format.File{Name: filepath.Base(path), Text: fixture.File(t, path)})
		got := told(report, err)
		if err == nil {
			got += "\n" + inFull(tl)
		}
		if len(report.Problems) == 0 {
			t.Errorf("%s: nothing is wrong with it", path)
		}
		fixture.Golden(t, path+".golden", got)
	}
}

// Formats that are known and not read are named, with what would be right.
func TestFormatsThatAreNotReadAreNamed(t *testing.T) {
	var b strings.Builder
	for _, path := range files(t, "unread") {
		_, _, err := format.Read(format.File{Name: filepath.Base(path), Text: fixture.File(t, path)})
		if err == nil {
			t.Errorf("%s is read", path)
		}
		fmt.Fprintln(&b, err)
	}
	fixture.Golden(t, "testdata/unread/all.golden", b.String())
}
