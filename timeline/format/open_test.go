package format_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/export"
	"dateline/timeline/format"
)

// A form is a way of writing a large file.
type form struct{ open, event, between, end string }

const jsonEvent = `{"id":"e-%06d","date":"%04d","title":"Event %d","actors":["B"],"summary":"%s"}`

var (
	asLines = form{"", jsonEvent, "\n", ""}
	asArray = form{`{"title": "Large", "_by": "C", "actors": [{"name": "A", "aliases": ["B"]}], "events": [` + "\n", jsonEvent, ",\n", "]}"}
	asCSV   = form{"id,date,title,actors,summary\n", `e-%06d,%04d,"Event %d",B,%s`, "\n", "\n"}
)

// large writes a file that Open indexes, and opens it. It has n events of ten
// kilobytes, in order.
func large(t *testing.T, as form) (file format.File, f *os.File, n int) {
	t.Helper()
	n = format.Large/10_000 + 1
	var b strings.Builder
	b.WriteString(as.open)
	for i := range n {
		if i > 0 {
			b.WriteString(as.between)
		}
		fmt.Fprintf(&b, as.event, i, 1000+i, i, strings.Repeat("0123456789", 1000))
	}
	b.WriteString(as.end)
	path := filepath.Join(t.TempDir(), "large.json")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return format.File{Name: "large.json", Data: f, Size: int64(b.Len())}, f, n
}

// The file is cut short while it is open: what is gone says so, and nothing
// crashes.
func TestFileCutShortIsAnError(t *testing.T) {
	t.Parallel()
	t.Run("lines", func(t *testing.T) { checkCutShort(t, asLines) })
	t.Run("csv", func(t *testing.T) { checkCutShort(t, asCSV) })
}

func checkCutShort(t *testing.T, as form) {
	t.Parallel()
	file, f, n := large(t, as)
	tl, _, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	if got := tl.Event(n - 1).Title; got != fmt.Sprintf("Event %d", n-1) || tl.Err() != nil {
		t.Errorf("got %q, %v", got, tl.Err())
	}
	if err := f.Truncate(file.Size / 2); err != nil {
		t.Fatal(err)
	}
	if got := tl.Event(1).Title; got != "Event 1" || tl.Err() != nil {
		t.Errorf("got %q, %v", got, tl.Err())
	}
	const gone = "large.json: the file was cut short while it was read"
	if got := tl.Event(n - 2).Title; got != "This event can no longer be read: "+gone {
		t.Errorf("got %q", got)
	}
	if err := tl.Err(); err == nil || err.Error() != gone {
		t.Errorf("got error %v", err)
	}
	if _, _, err := format.Open(t.Context(), format.Watch{}, file); err == nil || err.Error() != gone {
		t.Errorf("opening it anew: got error %v", err)
	}
	if _, err := format.Check(file); err == nil || err.Error() != gone {
		t.Errorf("checking it: got error %v", err)
	}
}

// Something else is written over a row.
func TestRowWrittenOverIsAnError(t *testing.T) {
	t.Parallel()
	file, f, _ := large(t, asCSV)
	tl, _, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range map[int]string{3: `"`, 4: "e-999999", 5: "e-000005,never", 6: "e-000006,1006,\"Other"} {
		checkWrittenOver(t, tl, f, i, text)
	}
}

// Something else is written over an event. What is as long, and has its id, was
// shown as if nothing had happened.
func TestFileWrittenOverIsAnError(t *testing.T) {
	t.Parallel()
	file, f, _ := large(t, asLines)
	tl, r, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	checkWrittenOver(t, tl, f, 5, `{"id":"e-000005","date":"1005","title":"Other 5"`)
	if err := export.WriteJSONLines(io.Discard, tl, slices.Values([]int{5}), r.Original()); err == nil || err.Error() != changed {
		t.Errorf("exporting it: got error %v", err)
	}
	after, _, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := timeline.Diff(t.Context(), tl, after), (timeline.Difference{NewOrChanged: 1, GoneOrChanged: 1}); got != want {
		t.Errorf("reading it again: got %+v, want %+v", got, want)
	}
	for i, text := range map[int]string{3: `{"id":"e-999999"`, 4: "???"} {
		checkWrittenOver(t, tl, f, i, text)
	}
}

const changed = "large.json: the event has been changed since it was read"

// checkWrittenOver writes text over event i, and checks that it says so.
func checkWrittenOver(t *testing.T, tl *timeline.Timeline, f *os.File, i int, text string) {
	t.Helper()
	at := tl.Extent(i)
	if _, err := f.WriteAt([]byte(text), at.At); err != nil {
		t.Fatal(err)
	}
	if got := tl.Event(i).Title; got != "This event can no longer be read: "+changed {
		t.Errorf("%q: got %q", text, got)
	}
}

// The first events come long before the last, with the register that stands
// before them, and more and more follow.
func TestLargeFileIsHandedOutAsItIsRead(t *testing.T) {
	t.Parallel()
	for _, as := range []form{asLines, asArray, asCSV} {
		file, _, n := large(t, as)
		ready := make(chan struct{})
		var last, shown, calls int64
		tl, _, err := format.Open(t.Context(), format.Watch{Ready: ready, Progress: func(p format.Progress) {
			if p.Total != file.Size || p.Done < last || p.Done > p.Total {
				t.Errorf("%d of %d bytes are read, after %d of %d", p.Done, p.Total, last, file.Size)
			}
			last = p.Done
			calls++
			if p.Timeline == nil {
				return
			}
			if shown++; shown == 1 {
				defer close(ready)
				if p.Done > 1<<20 {
					t.Errorf("the first events come after %d bytes", p.Done)
				}
			}
			some := p.Timeline
			if some.Len() == 0 || some.Len() >= n || some.Event(0).Title != "Event 0" || as == asArray && (some.Title != "Large" || some.Actor("B").Name != "A") {
				t.Errorf("after %d bytes: %d events of %q, the first %q", p.Done, some.Len(), some.Title, some.Event(0).Title)
			}
			q, err := timeline.ParseQuery("actor:B 0123")
			if err != nil || some.Select(q).Len() != some.Len() {
				t.Errorf("%d of %d events are found", some.Select(q).Len(), some.Len())
			}
		}}, file)
		if err != nil || tl.Len() != n || shown < 2 || calls <= shown {
			t.Errorf("%d of %d events, handed out %d times, told %d times: %v", tl.Len(), n, shown, calls, err)
		}
	}
}

func TestOpeningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for _, as := range []form{asLines, asArray, asCSV} {
		file, _, n := large(t, as)
		ctx, cancel := context.WithCancel(t.Context())
		tl, _, err := format.Open(ctx, format.Watch{Ready: ctx.Done(), Progress: func(format.Progress) { cancel() }}, file)
		if !errors.Is(err, context.Canceled) || tl == nil || tl.Len() == 0 || tl.Len() == n {
			t.Errorf("got %v; %d of %d events", err, tl.Len(), n)
		}
	}
}

func TestExportOfALargeFileIsAsRead(t *testing.T) {
	t.Parallel()
	file, _, _ := large(t, asArray)
	tl, r, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := export.WriteJSON(&b, tl, slices.Values([]int{7, 3}), r.Original()); err != nil {
		t.Fatal(err)
	}
	again, _, err := format.Read(format.File{Name: "again.json", Text: b.String()})
	if err != nil || again.Len() != 2 || again.Event(0).ID != "e-000003" || again.Actor("B").Name != "A" || again.Title != "Large" {
		t.Errorf("%v: got %.300s", err, b.String())
	}
}

// A crash: an export of what had been read so far knew no way to its events. It has
// the register too, if that comes first, and so has one of what was read until it
// was stopped.
func TestExportOfAPartIsAsRead(t *testing.T) {
	t.Parallel()
	for _, as := range []form{asLines, asArray, asCSV} {
		file, _, _ := large(t, as)
		ctx, cancel := context.WithCancel(t.Context())
		check := func(what string, tl *timeline.Timeline, r format.Report) {
			var b strings.Builder
			if err := export.WriteJSON(&b, tl, slices.Values([]int{1}), r.Original()); err != nil {
				t.Errorf("%s: %v", what, err)
				return
			}
			again, _, err := format.Read(format.File{Name: "again.json", Text: b.String()})
			if err != nil || again.Len() != 1 || again.Event(0).ID != "e-000001" {
				t.Errorf("%s: %v: got %.300s", what, err, b.String())
			}
			if as == asArray && (again.Actor("B").Name != "A" || !strings.Contains(b.String(), `"_by": "C"`)) {
				t.Errorf("%s: it lacks what stands before the events: %.300s", what, b.String())
			}
		}
		tl, r, err := format.Open(ctx, format.Watch{Ready: ctx.Done(), Progress: func(p format.Progress) {
			if p.Timeline != nil {
				check("a part", p.Timeline, p.Report)
				cancel()
			}
		}}, file)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		check("stopped", tl, r)
	}
}

// A file of a format that is read whole may be large too.
func TestLargeFileOfAnotherFormatIsRead(t *testing.T) {
	t.Parallel()
	text := `{"events": [{"start_date": {"year": "2024"}, "text": {"headline": "Large", "text": "` + strings.Repeat("long ", format.Large/5) + `"}}]}`
	file := format.File{Name: "large.json", Data: strings.NewReader(text), Size: int64(len(text))}
	tl, _, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil || tl.Len() != 1 || tl.Event(0).Title != "Large" {
		t.Errorf("got %v, %v", tl, err)
	}
}

// A row longer than the blocks that a file is read in is a row still.
func TestLongRowIsIndexed(t *testing.T) {
	t.Parallel()
	rows := "a,2024-06-19,\"" + strings.Repeat("long ", format.Large/10) + "\",\"A\nB\"\nb,2024-06-20,B,\nc,2024-06-21," + strings.Repeat("long ", format.Large/5) + ","
	file := format.File{Name: "large.csv", Text: "id,date,title,summary\n" + rows}
	tl, _, err := format.Open(t.Context(), format.Watch{}, file)
	if err != nil || tl.Len() != 3 || tl.Event(0).Summary != "A B" || tl.Event(1).Title != "B" || len(tl.Event(2).Title) < format.Large-5 {
		t.Fatalf("got %v, %v", tl, err)
	}
}

// Columns are mapped of large files too, and where there is nothing to map, that
// is refused.
func TestColumnsOfLargeFilesAreMapped(t *testing.T) {
	t.Parallel()
	csv, _, n := large(t, asCSV)
	json, _, _ := large(t, asLines)
	csv.Columns = map[string]string{"places": "actors"}
	json.Columns = csv.Columns
	tl, _, err := format.Open(t.Context(), format.Watch{}, csv)
	if err != nil || tl.Len() != n || !slices.Equal(tl.Event(7).Places, []string{"B"}) {
		t.Errorf("got %v", err)
	}
	if _, _, err = format.Open(t.Context(), format.Watch{}, json); err == nil || !strings.Contains(err.Error(), "there is nothing to map") {
		t.Errorf("got %v", err)
	}
}

func TestFileReadAgainDiffersInWhatWasChanged(t *testing.T) {
	t.Parallel()
	for _, as := range []form{asLines, asCSV} {
		file, f, n := large(t, as)
		before, _, err := format.Open(t.Context(), format.Watch{}, file)
		if err != nil {
			t.Fatal(err)
		}
		text := make([]byte, file.Size)
		if _, err := f.ReadAt(text, 0); err != nil {
			t.Fatal(err)
		}
		differ := func(text string, want timeline.Difference) {
			t.Helper()
			after, _, err := format.Open(t.Context(), format.Watch{}, format.File{Name: "large", Data: strings.NewReader(text), Size: int64(len(text))})
			if err != nil {
				t.Fatal(err)
			}
			if got := timeline.Diff(t.Context(), before, after); got != want {
				t.Errorf("%s: got %+v, want %+v", as.event, got, want)
			}
		}
		differ(string(text), timeline.Difference{})
		lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
		lines[9] = strings.Replace(lines[9], "Event", "Other", 1) // as long as it was
		lines = append(slices.Delete(lines, 3, 4), fmt.Sprintf(as.event, n, 1000+n, n, ""))
		differ(strings.Join(lines, "\n"), timeline.Difference{New: 1, Changed: 1, Gone: 1})
		if as == asCSV {
			lines = strings.Split(string(text), "\n")
			lines[0] = strings.Replace(lines[0], "actors", "places", 1)
			differ(strings.Join(lines, "\n"), timeline.Difference{Changed: n})
		}
	}
}

// Titles are read many at once, and from the file only as far as the title.
func TestTitlesReadTogetherAreThoseOfTheEvents(t *testing.T) {
	var one, two strings.Builder
	for i := range 3000 {
		b := &one
		if i%7 == 0 {
			b = &two
		}
		fill := strings.Repeat("x", i%50*i%4000)
		event := []string{
			`{"id":"e%[1]d","date":"2024-06-%02[2]d","title":"No. %[1]d","summary":"%[3]s","sources":[{"url":"https://a.example","title":"Not this"}]}`,
			`{"summary":"%[3]s","sources":[{"url":"https://a.example","title":"Not this"}],"title":"\u004eo. \"%[1]d\"","date":"2024-06-%02[2]d","id":"e%[1]d"}`,
			`{"id":"e%[1]d", "_title":"%[3]s", "date":"2024-06-%02[2]d", "sources":[{"url":"https://a.example"}], "title":"제%[1]d호"}`,
		}[i%3]
		fmt.Fprintf(b, event+"\n", i, 1+i*7%30, fill)
	}
	tl, _, err := format.Read(format.File{Name: "one.jsonl", Text: one.String()}, format.File{Name: "two.jsonl", Text: two.String()})
	if err != nil || tl.Len() != 3000 {
		t.Fatalf("%d events, %v", tl.Len(), err)
	}
	all := tl.Select(timeline.Query{})
	for _, newest := range []bool{false, true} {
		for i, title := range tl.Titles(all.Ordered(newest)) {
			if want := tl.Event(i).Title; title != want {
				t.Fatalf("event %d: got %q, want %q", i, title, want)
			}
		}
	}
}
