package tui

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"dateline/timeline/brief"
	"dateline/timeline/export"
	"dateline/tui/termtest"
)

// answers returns the line that each line of a script is answered with, after the
// one that announces the timeline.
func answers(t *testing.T, cfg Config, file File, script ...string) []string {
	t.Helper()
	cfg.Line, cfg.Plain, cfg.Today = true, export.Plain, today()
	cfg.Load = func() Loading {
		parts := make(chan Part, 1)
		parts <- Part{File: file, Last: true}
		return Loading{Parts: parts, Shown: func() {}, Stop: func() {}}
	}
	var out bytes.Buffer
	if err := Run(t.Context(), cfg, strings.NewReader(strings.Join(script, "\n")+"\n"), &out, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	for _, line := range lines {
		if why := unspeakable(line); why != "" {
			t.Errorf("%q: %s: %q", script, why, line)
		}
	}
	return lines
}

// TestLineModeTellsAMeeting filters the timeline by an actor, reads an event with its
// sources, looks through the brief, marks, notes and saves, all by ear. The
// transcript has each line of the script before its answer.
func TestLineModeTellsAMeeting(t *testing.T) {
	cfg := Config{
		Save:   func(string, bool, func(io.Writer) error) error { return nil },
		Briefs: []Writing[*brief.Brief]{{Suffix: ".txt"}, {Suffix: ".html"}},
	}
	file := inside(t)
	file.SaveMargin = new(savedMargin).save
	file.Exports = []Writing[Selection]{{Suffix: ".json"}, {Suffix: ".csv"}}
	script := []string{
		"a", "putin", "enter", // whom the meeting is with
		"t", "2024-06-19", "enter", "j", // when they met last
		"enter", "j", "j", "j", "G", "k", "esc", // what it rests on
		"s", "down", "esc",
		"m", "e", "Ask about Article 4", "enter",
		"B", "j", "j", "j", "j", "j", "x", "enter", "enter", "esc", // the page for the meeting
		"x", "ctrl+u", "treaty.csv", "enter",
		"ctrl+g", "esc",
	}
	lines := answers(t, cfg, file, script...)
	if len(lines) != 1+len(script) {
		t.Fatalf("%d lines for %d keys", len(lines), len(script))
	}
	transcript := lines[0] + "\n"
	for i, key := range script {
		transcript += "> " + key + "\n" + lines[i+1] + "\n"
	}
	termtest.Golden(t, "line", transcript)
}

// unspeakable says what is wrong with a line.
func unspeakable(line string) string {
	switch {
	case strings.TrimSpace(line) == "":
		return "an empty line"
	case strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || 0x7f <= r && r < 0xa0 }):
		return "a control character"
	}
	return ""
}

// waysInto lead to a place in which the keys of a scope work.
var waysInto = map[scope][]string{
	inBody: nil, inPage: {"B"}, inBrief: {"B"}, inText: {"B"}, inHelp: {"?"}, inPrompt: {"t"}, inFilter: {"f"},
	inPicker: {"a"}, inMenu: {":"}, inFacets: {"F"}, inPairs: {"w"}, inRange: {"v"},
}

func TestEveryActionIsAnsweredWithALine(t *testing.T) {
	t.Parallel()
	views := []View{{Name: "one"}}
	cfg := Config{
		Views: func() ([]View, error) { return views, nil }, SaveView: func(View) error { return nil }, RemoveView: func(string) error { return nil },
		Briefs: []Writing[*brief.Brief]{{Suffix: ".txt"}},
	}
	file := inside(t)
	file.Exports = []Writing[Selection]{{Suffix: ".json"}}
	for _, a := range actions() {
		for in, way := range waysInto {
			if a.in&in == 0 || a.is("suspend", "quit-now") || a.is("quit") && in == inBody {
				continue
			}
			script := slices.Clone(way)
			if len(a.Keys()) > 0 {
				script = append(script, a.Keys()[0])
			} else {
				script = append(script, ":", a.name, "enter")
			}
			if lines := answers(t, cfg, file, script...); len(lines) != 1+len(script) {
				t.Errorf("%s after %q: %d lines for %d keys:\n%s", a.name, way, len(lines), len(script), strings.Join(lines, "\n"))
			}
		}
	}
}

func TestLinesSayWhatHasChanged(t *testing.T) {
	file := inside(t)
	for _, c := range []struct {
		script []string
		want   []string // in the last line
	}{
		{[]string{"k"}, []string{"The beginning. 31 May 2023. ", "1 of 124."}},
		{[]string{"G", "j"}, []string{"The end. ", "124 of 124."}},
		{[]string{"f", "zzz", "enter"}, []string{"List. 0 of 124 events. No event matches this filter. No event contains “zzz”. Without zzz: 124 events. Esc drops the last term; f edits the filter."}},
		{[]string{"f", "status:odd"}, []string{"status:odd. filter, "}},
		{[]string{"f", "status:odd", "enter"}, []string{"Nothing has changed. status:odd. filter, "}},
		{[]string{"f", "act", "tab"}, []string{"actor:"}},
		{[]string{"S"}, []string{"124 events, newest first. "}},
		{[]string{"m"}, []string{"Marked: must. ", " marked must. 1 of 124."}},
		{[]string{"]"}, []string{"with no events. ", "2 of 124."}},
		{[]string{"a", "푸틴"}, []string{"“푸틴”. Vladimir Putin. President of Russia. ", "1 of 1."}},
		{[]string{"J"}, []string{"Status confirmed: ", "2 of "}},
		{[]string{"enter", "G"}, []string{"Source 3: "}},
		{[]string{"ctrl+g"}, []string{"events.json: 124 events; no filter; list, event 1 of 124."}},
		{[]string{"f", "actor:kim", "ctrl+g"}, []string{"filter, event 1 of 124."}},
		{[]string{"f", "actor:putin", "ctrl+l"}, []string{"Filter: 124 events. actor:putin. shows 24 of "}},
		{[]string{"~"}, []string{"~ does nothing here; ? lists the keys."}},
		{[]string{"y"}, []string{"There is no clipboard here to copy to: "}},
		{[]string{"t", "2024-06-19", "enter"}, []string{"June", "19 June 2024. "}},
		{[]string{`f`, `\enter`}, []string{"enter. shows 4 of "}},
		{[]string{"w"}, []string{"Pairs. "}},
		{[]string{"F", "enter"}, []string{"events. status confirmed. included. "}},
		{[]string{"e", " "}, []string{"only blanks."}},
		{[]string{"/", "satellite"}, []string{"satellite. “satellite” "}},
		{[]string{"f", "id:white-house-missiles", "enter"}, []string{"List. "}},
	} {
		lines := answers(t, Config{}, file, c.script...)
		last := lines[len(lines)-1]
		for _, want := range c.want {
			if !strings.Contains(last, want) {
				t.Errorf("%q: got %q, want %q", c.script, last, want)
			}
		}
	}
}

// A claim is answered elsewhere: c chooses the answer, and Enter goes to it.
func TestLineGoesFromAClaimToItsAnswer(t *testing.T) {
	file := inside(t)
	var claim int
	for i := range file.Timeline.Len() {
		if len(file.Timeline.AnsweredBy(i)) > 0 {
			claim = i
			break
		}
	}
	answer := file.Timeline.Event(file.Timeline.AnsweredBy(claim)[0])
	lines := answers(t, Config{At: file.Timeline.Event(claim).ID}, file, "enter", "c", "enter")
	if got := lines[2]; !strings.Contains(got, answer.Title) {
		t.Errorf("c says %q, want %q in it", got, answer.Title)
	}
	if got := lines[3]; !strings.HasPrefix(got, answer.Date.Words()+": "+answer.Title) {
		t.Errorf("Enter says %q, want %q", got, answer.Title)
	}
}

// A keyboard shows letters as they come, and says more after a pause.
func TestLettersArePrintedAsTheyCome(t *testing.T) {
	m := newModel(Config{Line: true, Plain: export.Plain, Load: func() Loading { return Loading{Shown: func() {}, Stop: func() {}} }})
	var out bytes.Buffer
	s := newSpeaker(m, &out, true)
	s.Update(partMsg{Part{File: inside(t), Last: true}})
	for _, key := range []string{"f", "a", "n", "d"} {
		s.Update(message(key))
	}
	if got, want := out.String(), "\r\nFilter: nothing typed. shows 124 of 124 events.\r\nand"; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s.Update(pausedMsg{s.key - 1})
	if got := out.String(); !strings.HasSuffix(got, "and") {
		t.Errorf("there was no pause: %q", got)
	}
	s.running = 0 // the prompt's own
	s.Update(pausedMsg{s.key})
	if got := out.String(); !strings.Contains(got, "and\r\nand. ") || !strings.HasSuffix(got, " events.\r\n") {
		t.Errorf("after a pause: %q", got)
	}
}

// What takes long is said to take long, and its result is said when it is there.
func TestSlowAnswersAreSaidWhenTheyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newModel(Config{Line: true, Plain: export.Plain, Browse: func(string) error { return nil }, Load: func() Loading { return Loading{Shown: func() {}, Stop: func() {}} }})
		var out bytes.Buffer
		s := newSpeaker(m, &out, true)
		s.Update(partMsg{Part{File: events(t, 3, "a", "b", "c"), Last: true}})
		said := func(want string) {
			t.Helper()
			if got := out.String(); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			out.Reset()
		}
		out.Reset()
		_, opened := s.Update(message("o"))
		said("")
		s.Update(lateMsg{s.key})
		said("Still working; Esc cancels.\r\n")
		s.Update(message("j"))
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "2 of 3.") {
			t.Errorf("another key is answered with %q", got)
		}
		out.Reset()
		for _, msg := range heard(opened) {
			s.Update(msg)
		}
		if got := out.String(); !strings.HasPrefix(got, "Opened https://") {
			t.Errorf("the page that was opened is told as %q", got)
		}
	})
}
