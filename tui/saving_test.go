package tui

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dateline/timeline/brief"
)

// saver gives a model files to save to, and formats.
func saver(m *model) map[string]string {
	files := map[string]string{}
	m.Save = func(path string, over bool, write func(io.Writer) error) error {
		if _, taken := files[path]; taken && !over {
			return ErrExists
		}
		var b bytes.Buffer
		err := write(&b)
		files[path] = b.String()
		return err
	}
	m.file.Exports = []Writing[Selection]{
		{Suffix: ".json", Write: func(w io.Writer, s Selection) (int, error) {
			_, err := fmt.Fprint(w, len(slices.Collect(s.Events)))
			return 0, err
		}},
		{Suffix: ".timeline.json", Write: func(w io.Writer, s Selection) (int, error) { _, err := fmt.Fprint(w, "timeline"); return 2, err }},
		{Suffix: ".bib", ForReaders: true, Write: func(w io.Writer, s Selection) (int, error) { _, err := fmt.Fprint(w, "cited"); return 0, err }},
	}
	m.Briefs = []Writing[*brief.Brief]{{Suffix: ".txt", Write: func(w io.Writer, b *brief.Brief) (int, error) {
		_, err := fmt.Fprint(w, b.Title)
		return 0, err
	}}}
	return files
}

// do runs a command, and updates the model with its messages.
func do(m *model, cmd tea.Cmd) {
	for _, msg := range messages(cmd) {
		if msg != nil {
			m.Update(msg)
		}
	}
}

func TestEventsShownAreSaved(t *testing.T) {
	m := start(t, inside(t), 120, 36, "topic:treaty")
	files := saver(m)
	shown := fmt.Sprint(m.shown.Rows.Len())
	do(m, press(m, "x", "ctrl+u", "treaty.json", "enter"))
	if files["treaty.json"] != shown || m.notice.text != "Saved treaty.json." {
		t.Fatalf("saved %q, said %q; want %s events", files, m.notice.text, shown)
	}
	do(m, press(m, "x", "ctrl+u", "x.TIMELINE.json", "enter"))
	if want := "Saved x.TIMELINE.json; 2 events left out (their dates do not fit the format)."; files["x.TIMELINE.json"] != "timeline" || m.notice.text != want {
		t.Errorf("the longest end of a name does not win: %q; said %q, want %q", files, m.notice.text, want)
	}
}

func TestSavingManyEventsIsSaidWhileItLasts(t *testing.T) {
	m := start(t, manyEvents(large), 120, 36, "")
	files := saver(m)
	press(m, "x", "ctrl+u", "all.json")
	m.Update(named["enter"])
	if m.notice.text != "Saving all.json…" {
		t.Errorf("said %q", m.notice.text)
	}
	written(m)
	if files["all.json"] != fmt.Sprint(large) || m.notice.text != "Saved all.json." {
		t.Errorf("said %q, saved %q", m.notice.text, files)
	}
}

func TestNothingIsWrittenOverWithoutAsking(t *testing.T) {
	m := start(t, inside(t), 120, 36, "topic:treaty")
	files := saver(m)
	files["events.json"] = "mine"
	do(m, press(m, "x", "enter"))
	if !is[*asking](m) || files["events.json"] != "mine" {
		t.Fatalf("it did not ask; the file holds %q", files["events.json"])
	}
	press(m, "enter")
	if files["events.json"] != "mine" || m.notice.text != "Nothing was saved." {
		t.Errorf("anything but y wrote it: %q, said %q", files["events.json"], m.notice.text)
	}
	do(m, press(m, "x", "enter"))
	do(m, press(m, "y", "enter"))
	if files["events.json"] == "mine" || m.notice.text != "Saved events.json." {
		t.Errorf("y did not write it: %q, said %q", files["events.json"], m.notice.text)
	}
}

func TestNameWithoutAFormIsAskedForAgain(t *testing.T) {
	m := start(t, inside(t), 120, 36, "topic:treaty")
	files := saver(m)
	press(m, "x", "ctrl+u", "events.doc", "enter")
	if !is[*asking](m) || typed(m) != "events.doc" || len(files) > 0 {
		t.Errorf("in %s, prompt %q, files %v", m.top().about(m).name, typed(m), files)
	}
	if s := frame(t, m); !s.Contains("Unknown extension. Use .json, .timeline.json or .bib.") {
		t.Errorf("it is not said why:\n%s", s.Golden())
	}
}

func TestBriefIsSavedAndCopiedFromTheScreen(t *testing.T) {
	m := start(t, inside(t), 120, 36, "topic:treaty")
	files := saver(m)
	told := 0
	m.file.Briefed = func() error { told++; return nil }
	press(m, "B", "p")
	if s := frame(t, m); !s.Contains("KEY POINTS") || !s.Contains("save the brief as: brief.txt") {
		t.Errorf("the question does not lie over the brief:\n%s", s.Golden())
	}
	do(m, press(m, "enter"))
	if files["brief.txt"] != m.shown.Title || told != 1 || !is[*briefing](m) {
		t.Errorf("saved %q, told %d times, in %s", files, told, m.top().about(m).name)
	}
	if text := copied(t, m, press(m, "y")); len(text) < 1000 {
		t.Errorf("%d bytes of the brief are copied", len(text))
	}
	press(m, "p", "esc")
	if !is[*briefing](m) {
		t.Error("leaving the question leaves the brief")
	}
}
