package tui

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/format"
	"dateline/tui/termtest"
)

// reads is a viewer whose timeline arrives in parts.
func reads(t *testing.T) (m *model, stopped *bool) {
	t.Helper()
	stopped = new(bool)
	m = newModel(Config{Load: func() Loading { return Loading{Shown: func() {}, Stop: func() { *stopped = true }} }})
	m.resize(100, 24)
	m.Init()
	return m, stopped
}

func TestRowsAreThereWhileTheRestIsRead(t *testing.T) {
	m, _ := reads(t)
	press(m, "j", "j") // typed ahead
	_, cmd := m.Update(partMsg{Part{Done: 1 << 20, Total: 8 << 20, File: manyEvents(1000)}})
	settle(m, cmd)
	if s := frame(t, m); !s.Contains("█░░░░░░░░░░░░░░░ 12% read, 1,000 events ready, Esc stops") || m.list.Row() != 2 {
		t.Errorf("the cursor is on row %d of\n%s", m.list.Row(), s.Golden())
	}
	press(m, "j")
	id := m.shown.Event(m.list.Event()).ID
	_, cmd = m.Update(partMsg{Part{Done: 4 << 20, Total: 8 << 20, File: manyEvents(2 * large)}})
	press(m, "j")
	settle(m, cmd)
	if got := m.shown.Event(m.list.Event()).ID; got != "e0000004" || m.shown.Len() != 2*large {
		t.Errorf("on %s after %s, of %d", got, id, m.shown.Len())
	}
	m.Update(partMsg{Part{Done: 6 << 20, Total: 8 << 20}})
	if s := frame(t, m); !s.Contains("75% read, 40,000 events ready") {
		t.Errorf("no progress:\n%s", s.Golden())
	}
	_, cmd = m.Update(partMsg{Part{File: manyEvents(3 * large), Last: true}})
	settle(m, cmd)
	if s := frame(t, m); s.Contains("read,") || !s.Contains("60,000 events") {
		t.Errorf("all is read:\n%s", s.Golden())
	}
}

// What no event matches may match one that has not been read yet.
func TestNothingMatchesSoFar(t *testing.T) {
	m, _ := reads(t)
	_, cmd := m.Update(partMsg{Part{Done: 1 << 20, Total: 8 << 20, File: manyEvents(1000)}})
	settle(m, cmd)
	press(m, "f", "z", "z", "z")
	if s := frame(t, m); !s.Contains("No event matches all of this so far; without zzz") {
		t.Errorf("a part passes for the whole in the prompt:\n%s", s.Golden())
	}
	press(m, "enter")
	if s := frame(t, m); !s.Contains("No event matches this filter so far.") {
		t.Errorf("a part passes for the whole:\n%s", s.Golden())
	}
	_, cmd = m.Update(partMsg{Part{Done: 8 << 20, Total: 8 << 20, File: manyEvents(2000), Last: true}})
	settle(m, cmd)
	if s := frame(t, m); !s.Contains("No event matches this filter.") {
		t.Errorf("all has been read:\n%s", s.Golden())
	}
}

// Nor may a search or a date that has not come yet pass for one that is missing.
func TestNothingIsFoundSoFar(t *testing.T) {
	m, _ := reads(t)
	for _, c := range []struct {
		part  Part
		soFar string
	}{
		{Part{Done: 1 << 20, Total: 8 << 20, File: manyEvents(1000)}, " so far"},
		{Part{Done: 8 << 20, Total: 8 << 20, File: manyEvents(2000), Last: true}, ""},
	} {
		_, cmd := m.Update(partMsg{c.part})
		settle(m, cmd)
		press(m, "/", "zzz", "enter")
		if want := "No event shown contains “zzz”" + c.soFar + "."; m.notice.text != want {
			t.Errorf("the search says %q, want %q", m.notice.text, want)
		}
		press(m, "t", "2999", "enter")
		if want := "No event on that date or later" + c.soFar + "; this is the last one."; m.notice.text != want {
			t.Errorf("the date says %q, want %q", m.notice.text, want)
		}
	}
}

// A kept timeline is there before it is known to be that of its file: nothing is
// counted until then.
func TestCountsWaitForTheCheck(t *testing.T) {
	m, _ := reads(t)
	arrive := func(p Part) *termtest.Screen {
		if _, cmd := m.Update(partMsg{p}); p.File.Timeline != nil {
			settle(m, cmd)
		}
		return frame(t, m)
	}
	arrive(Part{Total: 8, File: manyEvents(2 * large), Checking: true})
	press(m, "j")
	s := arrive(Part{Done: 4, Total: 8, Checking: true})
	if !s.Contains("50% checked") || !s.Contains("… events") || !s.Contains("2/…") || s.Contains("40,000") {
		t.Errorf("while it is checked:\n%s", s.Golden())
	}
	m.setMargin(m.margin)               // hands the panes the same events
	s = arrive(Part{Done: 1, Total: 8}) // the check has failed: the file is read
	if !s.Contains("12% read") || !s.Contains("2/…") || s.Contains("40,000") {
		t.Errorf("while it is read anew:\n%s", s.Golden())
	}
	s = arrive(Part{File: manyEvents(3 * large), Last: true, Said: "It was read anew."})
	if !s.Contains("60,000 events") || !s.Contains("It was read anew.") || s.Contains("…") {
		t.Errorf("when it is read:\n%s", s.Golden())
	}
}

// A preview is there in the first frame. What is pressed then is about the whole.
func TestKeysWaitForMoreThanAPreview(t *testing.T) {
	var lines strings.Builder
	for i := range 2 * large {
		fmt.Fprintf(&lines, `{"id":"e%07d","date":"20%02d-06-01","title":"Event %d"}`+"\n", i, i*20/large, i)
	}
	in := format.File{Name: "f.jsonl", Text: lines.String()}
	whole, report, err := format.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	var index bytes.Buffer
	if err := format.Keep(&index, whole, report, nil); err != nil {
		t.Fatal(err)
	}
	k, err := format.OpenKept(bytes.NewReader(index.Bytes()), int64(index.Len()))
	if err != nil {
		t.Fatal(err)
	}
	preview, err := k.Preview(in)
	if err != nil || preview == nil {
		t.Fatalf("no preview: %v", err)
	}
	m, _ := reads(t)
	_, cmd := m.Update(partMsg{Part{Total: 8, File: File{Timeline: preview, Name: in.Name}, Checking: true, Preview: true}})
	settle(m, cmd)
	before := frame(t, m)
	press(m, "G")
	if m.list.Row() != 0 || !before.Contains("Event 0 ") || !before.Contains("… events") {
		t.Errorf("on row %d of\n%s", m.list.Row(), before.Golden())
	}
	_, cmd = m.Update(partMsg{Part{Total: 8, File: File{Timeline: whole, Name: in.Name}, Checking: true}})
	settle(m, cmd)
	if m.list.Row() != 2*large-1 {
		t.Errorf("G goes to row %d", m.list.Row())
	}
	press(m, "g", "g")
	if s := frame(t, m); s.Golden() != before.Golden() {
		t.Errorf("the preview is\n%s\nthe whole is\n%s", before.Golden(), s.Golden())
	}

	m, _ = reads(t)
	shown := false
	m.loading.Shown = func() { shown = true }
	m.query = timeline.Query{}.And(timeline.Is(timeline.TextField, "39999"))
	m.Update(partMsg{Part{Total: 8, File: File{Timeline: preview, Name: in.Name}, Checking: true, Preview: true}})
	if m.loaded() || m.shown.Len() > 0 || !shown {
		t.Error("a preview is filtered, or waited for")
	}
}

// A reader who has pressed nothing stays at the top, whatever arrives.
func TestNewestComesFirstWhileReading(t *testing.T) {
	m, _ := reads(t)
	m.Newest = true
	for _, n := range []int{100, 1000} {
		_, cmd := m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(n)}})
		settle(m, cmd)
		if m.list.Row() != 0 || m.list.Event() != n-1 {
			t.Errorf("of %d the cursor is on row %d, event %d", n, m.list.Row(), m.list.Event())
		}
	}
}

func TestEscStopsReadingAndKeepsWhatIsThere(t *testing.T) {
	m, stopped := reads(t)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(100)}})
	press(m, "f", "number", "esc")
	if *stopped {
		t.Error("Esc that leaves a prompt stops reading")
	}
	press(m, "esc")
	if !*stopped {
		t.Fatal("Esc does not stop reading")
	}
	file := manyEvents(200)
	file.LeftOut = "only 12% was read"
	m.Update(partMsg{Part{Done: 1, Total: 8, File: file, Last: true, Stopped: true}})
	press(m, "j")
	if s := frame(t, m); !s.Contains("200 events") || !s.Contains("only 12% was read; p shows why") {
		t.Errorf("what is there is not kept, or not said to be a part:\n%s", s.Golden())
	}
	*stopped = false
	if press(m, "esc"); *stopped {
		t.Error("nothing is being read")
	}
}

// While a large file is read again, what was read before stays.
func TestPartsOfAnotherReadingDoNotReplaceTheWhole(t *testing.T) {
	m, _ := reads(t)
	m.Update(partMsg{Part{File: manyEvents(1000), Last: true}})
	press(m, "R")
	m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(100)}})
	if s := frame(t, m); m.shown.Len() != 1000 || !s.Contains("reloading, 12%") {
		t.Errorf("%d events:\n%s", m.shown.Len(), s.Golden())
	}
	m.Update(partMsg{Part{Last: true, Stopped: true, File: manyEvents(500)}})
	if m.shown.Len() != 1000 || m.notice.text != "The file was not reloaded." {
		t.Errorf("%d events, said %q", m.shown.Len(), m.notice.text)
	}
}

func TestMarkMadeWhileAPartArrivesStays(t *testing.T) {
	m, _ := reads(t)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(100)}})
	_, cmd := m.Update(partMsg{Part{Done: 4, Total: 8, File: manyEvents(2 * large)}})
	late := cmd
	cmd = press(m, "m")
	settle(m, cmd)
	settle(m, late)
	if m.shown.Len() != 2*large || m.shown.Mark(m.list.Event()) == timeline.NoTier {
		t.Errorf("the mark is gone: %d events", m.shown.Len())
	}
}

// unreadable is a file whose events can no longer be read.
func unreadable(n int) File {
	file := manyEvents(n)
	x := timeline.NewIndex(func(at timeline.Extent) (timeline.Event, error) {
		return timeline.Event{}, errors.New("many.jsonl: it ends here")
	})
	in := x.Indexer()
	for i := range n {
		r := timeline.NewRecord(file.Timeline.Event(i), timeline.Extent{At: int64(i), Len: 1})
		in.Add(&r)
	}
	in.Flush()
	file.Timeline = x.Timeline(timeline.About{}, nil)
	return file
}

func TestEventsThatCanNoLongerBeReadAreToldOf(t *testing.T) {
	m := start(t, unreadable(200), 100, 24, "")
	press(m, "j")
	s := frame(t, m)
	for _, want := range []string{"This event can no longer be read", "events can no longer be read; p shows why"} {
		if !s.Contains(want) {
			t.Errorf("%q is not said:\n%s", want, s.Golden())
		}
	}
	press(m, "p")
	if s := frame(t, m); !s.Contains("many.jsonl: it ends here") {
		t.Errorf("p does not say why:\n%s", s.Golden())
	}
}

func TestRestThatCannotBeReadIsToldOf(t *testing.T) {
	m, _ := reads(t)
	m.Update(partMsg{Part{Done: 3, Total: 8, File: manyEvents(100)}})
	m.Update(partMsg{Part{Err: errors.New("many.jsonl: it was cut short"), Last: true}})
	if want := "the rest of the file cannot be read: many.jsonl: it was cut short"; m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
	press(m, "j")
	if s := frame(t, m); !s.Contains("only 37% was read; p shows why") || m.shown.Len() != 100 {
		t.Errorf("a part passes for the whole:\n%s", s.Golden())
	}
}

// A search typed while a part arrives is repeated in that part.
func TestSearchAndSelectionSurviveAnArrival(t *testing.T) {
	m, _ := reads(t)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(100)}})
	_, cmd := m.Update(partMsg{Part{Done: 4, Total: 8, File: manyEvents(2 * large)}})
	press(m, "/", "number 3", "enter", "v")
	settle(m, cmd)
	_, cmd = m.Update(nil)
	settle(m, cmd)
	if m.shown.Search.Text != "number 3" || m.shown.Search.Hits.Len() < 1000 {
		t.Errorf("%q is searched for, found %d times", m.shown.Search.Text, m.shown.Search.Hits.Len())
	}
	if of[*ranging](m).from.Len() != 2*large {
		t.Errorf("a period is selected from %d events, want %d", of[*ranging](m).from.Len(), 2*large)
	}
}

func TestDateToBeginAtIsGoneToOnceItIsThere(t *testing.T) {
	m, _ := reads(t)
	m.At = "2023-06-01"
	some := manyEvents(100)
	early := timeline.Query{}.Between("2014", "2015")
	var events []timeline.Event
	for _, i := range some.Timeline.Select(early).All() {
		events = append(events, *some.Timeline.Event(i))
	}
	some.Timeline = timeline.New(timeline.About{}, nil, events)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: some}})
	if m.list.Row() != 0 || !strings.HasPrefix(m.notice.text, "2023-06-01 is not read yet. ") {
		t.Errorf("on row %d, said %q, before there is such a date", m.list.Row(), m.notice.text)
	}
	m.Update(partMsg{Part{File: manyEvents(100), Last: true}})
	if got := m.shown.Date(m.list.Event()).String(); got < "2023-06-01" || m.list.Row() == 99 || strings.Contains(m.notice.text, "not read yet") {
		t.Errorf("began at %s, said %q", got, m.notice.text)
	}
}

// The format and the events are of one timeline, whatever arrives meanwhile.
func TestSavingWritesTheTimelineThatIsShownByThen(t *testing.T) {
	m, _ := reads(t)
	export := func(n int) File {
		file := manyEvents(n)
		file.Exports = []Writing[Selection]{{Suffix: ".json", Write: func(_ io.Writer, s Selection) (int, error) {
			if s.Timeline.Len() != n {
				t.Errorf("the form of %d events writes some of %d", n, s.Timeline.Len())
			}
			return 0, nil
		}}}
		return file
	}
	files := saver(m)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: export(100)}})
	press(m, "x")
	m.Update(partMsg{Part{File: export(200), Last: true}})
	do(m, press(m, "enter"))
	if _, ok := files["events.json"]; !ok {
		t.Errorf("nothing is written: %q", m.notice.text)
	}
}

func TestPickerKeepsItsCursorWhenMoreIsRead(t *testing.T) {
	m, _ := reads(t)
	m.Update(partMsg{Part{Done: 1, Total: 8, File: manyEvents(100)}})
	press(m, "a", "down")
	m.Update(partMsg{Part{File: manyEvents(200), Last: true}})
	press(m, "enter")
	if got := m.query.String(); got != "actor:Ann" {
		t.Errorf("Enter wrote %q, want the second name", got)
	}
}

// Text typed before the terminal is set up has line feeds for Enter.
func TestLineFeedIsEnter(t *testing.T) {
	m := start(t, inside(t), 120, 36, "")
	press(m, "f", "topic:treaty")
	m.Update(tea.KeyPressMsg{Code: 'j', Mod: tea.ModCtrl})
	if !is[*browsing](m) || m.query.String() != "topic:treaty" {
		t.Errorf("in in %s with %q", m.top().about(m).name, m.query)
	}
}

// Nothing is said of a timeline before any of it has come.
func TestNoCountIsShownBeforeTheFirstEvents(t *testing.T) {
	m := newModel(Config{})
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	frame, _ := m.frame()
	if got := ansi.Strip(frame); strings.Contains(got, "0 events") || !strings.Contains(got, "… events") {
		t.Errorf("got\n%s", got)
	}
}
