package format_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/export"
	"dateline/timeline/format"
	"dateline/timeline/internal/fixture"
)

// files lists the files in a folder of testdata, without goldens.
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

// inFull prints everything read from a file, a field a line.
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

// testdata/formats has, beside each file, what is read from it.
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

// testdata/formats-broken has, beside each file, the problems of its faulty rows
// and what is read from the others.
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

// The error for a format that is not read names it and what to open instead.
func TestUnreadFormatsAreNamed(t *testing.T) {
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

// FuzzTables reads any text in the format that it looks like. Problems lie within
// the text, and the timeline is valid: written as JSON, it is read again without
// an error and is the same.
func FuzzTables(f *testing.F) {
	for _, folder := range []string{"formats", "formats-broken", "unread"} {
		paths, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			f.Add(fixture.File(f, path), strings.Contains(path, "no-"))
		}
	}
	f.Add("{\"_x\": \"\xff\", \"events\": []}", false)                                           // was exported as it is
	f.Add("{\"events\": [{\"date\": \"3/12/2024\", \"\xe9\": 1}], \"associations\": []}", false) // was exported as TimeMap
	f.Fuzz(func(t *testing.T, text string, mapped bool) {
		file := format.File{Name: "fuzz.json", Text: text}
		if mapped {
			file.Columns = map[string]string{"date": "a", "title": "b"}
		}
		tl, report, err := format.Read(file)
		checkReport(t, report)
		lines := strings.Split(strings.NewReplacer("\r\n", "\r\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff")), "\n")
		for _, p := range report.Problems {
			if p.Line > len(lines) || p.Column > utf8.RuneCountInString(lines[p.Line-1])+1 {
				t.Errorf("%s: the text ends before", p)
			}
		}
		if err != nil {
			return
		}
		if tl.Len() != report.Found-report.LeftOut {
			t.Errorf("%d found, %d left out, %d there", report.Found, report.LeftOut, tl.Len())
		}
		var out strings.Builder
		if err := export.WriteJSON(&out, tl, tl.Select(timeline.Query{}).Ordered(false), report.Original()); err != nil {
			t.Fatal(err)
		}
		again, second, err := format.Read(format.File{Name: "fuzz.json", Text: out.String()})
		if err != nil || second.Errors() > 0 {
			t.Fatalf("it is not read again: %s\n%s", told(second, err), out.String())
		}
		for i := range tl.Len() {
			if got, want := again.Event(i), inEDTF(tl.Event(i)); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
	})
}

// inEDTF returns an event whose dates say no more than their spelling, which has
// no fractions of seconds and no times in intervals.
func inEDTF(e *timeline.Event) *timeline.Event {
	spelled := *e
	spelled.Date, _ = edtf.Parse(e.Date.String())
	spelled.Reported, _ = edtf.Parse(e.Reported.String())
	return &spelled
}

func TestEveryFormatIsExportedAsJSON(t *testing.T) {
	for _, path := range files(t, "formats") {
		for _, as := range []string{"json", "jsonl"} {
			tl, out, _ := fixture.Exported(t, as, fixture.File(t, path))
			again, report, err := format.Read(format.File{Name: "out.json", Text: out})
			if err != nil || report.Errors() > 0 || again.Len() != tl.Len() {
				t.Fatalf("%s as %s: %s\n%s", path, as, told(report, err), out)
			}
			for i := range tl.Len() {
				if got, want := again.Event(i), inEDTF(tl.Event(i)); !reflect.DeepEqual(got, want) {
					t.Errorf("%s as %s: got %+v, want %+v", path, as, got, want)
				}
			}
		}
	}
}

// Exports are read again, with everything that the format holds.
func TestExportsAreReadAgain(t *testing.T) {
	for as, holds := range map[string]func(e, original timeline.Event) bool{
		"csv": func(e, o timeline.Event) bool {
			return e.Date == o.Date && e.Reported == o.Reported && e.Status == o.Status && e.Title == o.Title && e.Summary == o.Summary &&
				slices.Equal(e.Actors, o.Actors) && slices.Equal(e.Places, o.Places) && slices.Equal(e.Topics, o.Topics) && len(e.Sources) == len(o.Sources)
		},
		"ics": func(e, o timeline.Event) bool {
			return e.Date == o.Date && e.Title == o.Title && slices.Equal(e.Places, o.Places) && slices.Equal(e.Topics, o.Topics) && e.Sources[0].URL == o.Sources[0].URL
		},
		"timelinejs": func(e, o timeline.Event) bool {
			from, to := e.Date.Span()
			first, last := o.Date.Span()
			return from <= first && last <= to && e.Title == o.Title && len(e.Sources) == len(o.Sources)
		},
	} {
		tl, out, _ := fixture.Exported(t, as, fixture.File(t, "../testdata/frozen.json"))
		again, report, err := format.Read(format.File{Name: "out", Text: out})
		if err != nil || report.Errors() > 0 || again.Len() != tl.Len() {
			t.Fatalf("%s: %s", as, told(report, err))
		}
		for i := range tl.Len() {
			original := tl.Event(i)
			j, ok := again.Find(original.ID)
			if !ok {
				t.Fatalf("%s: %s is not there", as, original.ID)
			}
			if e := again.Event(j); !holds(*e, *original) {
				t.Errorf("%s: got %+v, want %+v", as, e, original)
			}
		}
	}
}

func TestFilesOfSeveralFormatsAreOneTimeline(t *testing.T) {
	var all []format.File
	want := 0
	for _, path := range append(files(t, "formats"), "../brief/testdata/brief.json") {
		file := format.File{Name: path, Text: fixture.File(t, path)}
		tl, _, err := format.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(filepath.Base(path), "gdelt-1") { // which 2.0 has too, and other days for
			all = append(all, file, file)
			want += tl.Len()
		}
	}
	tl, report, err := format.Read(all...)
	if err != nil || report.Errors() > 0 {
		t.Fatal(told(report, err))
	}
	if tl.Len() != want || report.Found != want || report.LeftOut != 0 {
		t.Errorf("every file twice gives %d events, %d found, %d left out; want %d", tl.Len(), report.Found, report.LeftOut, want)
	}
	for _, p := range report.Problems {
		if strings.Contains(p.Text, "register") {
			t.Errorf("%s: what has no register is held to that of another file", p)
		}
	}
}

// A mistake in one record affects no other.
func TestRecordsAreDecodedByThemselves(t *testing.T) {
	for _, path := range files(t, "formats") {
		text := fixture.File(t, path)
		tl, report, err := format.Read(format.File{Name: path, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		again, second, err := format.Read(format.File{Name: path, Text: text + "\n" + strings.Repeat("?,", 3)})
		if err != nil || again.Len() < tl.Len() || second.LeftOut > report.LeftOut+1 {
			t.Errorf("%s: with a line that is none at the end: %s", path, told(second, err))
		}
	}
}

func TestIDsStayWhenRowsAreAdded(t *testing.T) {
	const rows = "2024,A\n2025,B\n2024,A\n"
	want := read(t, "date,title\n"+rows)
	got := read(t, "date,title\n2023,Earlier\n"+rows+"2026,Later\n")
	for i := range want.Len() {
		if _, ok := got.Find(want.Event(i).ID); !ok {
			t.Errorf("%s is not there any more", want.Event(i).ID)
		}
	}
	if want.Len() != 3 || want.Event(0).ID == want.Event(1).ID {
		t.Errorf("two rows that are the same are %s", ids(want))
	}
}
