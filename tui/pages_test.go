package tui

import (
	"dateline/timeline/brief"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestBriefOnMoreThanCouldBeReadIsAskedFor(t *testing.T) {
	m := start(t, crowd(t, large, 100), 46, 20, "")
	press(m, "B")
	if s := frame(t, m); !is[*asking](m) || !s.Contains("brief on 20,000 events? y or n:") || !s.Contains("more than 10,000 are too many to read") {
		t.Fatalf("in %s:\n%s", m.top().about(m).name, s.Golden())
	}
	press(m, "enter")
	if want := "No brief was made; narrow the filter with f."; !is[*browsing](m) || m.notice.text != want {
		t.Errorf("in %s, said %q, want %q", m.top().about(m).name, m.notice.text, want)
	}
	settle(m, press(m, "B", "y", "enter"))
	if s := frame(t, m); !is[*briefing](m) || !s.Contains("A CROWD") {
		t.Fatalf("in %s:\n%s", m.top().about(m).name, s.Golden())
	}
	for range 2 {
		settle(m, press(m, "a"))
	}
	if m.asked.Paper != brief.A4 {
		t.Errorf("it is laid out on paper %v, want A4: all of it is too much", m.asked.Paper)
	}
}

func TestCitingMoreThanCouldBeReadIsAskedFor(t *testing.T) {
	m := start(t, crowd(t, brief.MostRead+1, 100), 80, 24, "")
	files := saver(m)
	do(m, press(m, "x", "enter"))
	if len(files) != 1 {
		t.Fatalf("an export is asked about: in %s, files %v", m.top().about(m).name, files)
	}
	press(m, "x", "ctrl+u", "all.bib", "enter")
	if s := frame(t, m); !is[*asking](m) || !s.Contains("cite 10,001 events? y or n:") {
		t.Fatalf("in %s:\n%s", m.top().about(m).name, s.Golden())
	}
	press(m, "n", "enter")
	if len(files) != 1 || m.notice.text != "Nothing was saved; narrow the filter with f." {
		t.Errorf("files %v, said %q", files, m.notice.text)
	}
	press(m, "x", "ctrl+u", "all.bib", "enter")
	if do(m, press(m, "y", "enter")); files["all.bib"] != "cited" {
		t.Errorf("y did not write it: files %v, said %q", files, m.notice.text)
	}
}

// Keys wait for the brief they act on; leaving it drops them.
func TestKeysTypedBeforeTheBriefIsMadeActOnIt(t *testing.T) {
	m := start(t, crowd(t, large, 100), 80, 24, "actor:a00000,b00001")
	saver(m)
	made := press(m, "B")
	press(m, "G", "p", "x")
	if s := frame(t, m); briefOf(m) != nil || !s.Contains("Making the brief…") {
		t.Fatalf("Update did not leave the brief to a command:\n%s", s.Golden())
	}
	settle(m, made)
	if !is[*asking](m) || len(m.places) != 3 || typed(m) != "brief.txtx" {
		t.Errorf("p and x came to in %s, %q", m.top().about(m).name, typed(m))
	}
	press(m, "esc", "esc")
	made = press(m, "B")
	press(m, "p", "esc")
	settle(m, made)
	if !is[*browsing](m) || briefOf(m) != nil || len(m.ahead) > 0 {
		t.Errorf("in %s: a brief that was left is made, and keys wait for it: %v", m.top().about(m).name, m.ahead)
	}
}

// A long brief is laid out again when the screen's width changes.
func TestLongBriefIsLaidOutForEachWidth(t *testing.T) {
	m := start(t, crowd(t, 2*large/heavy, 100), 80, 24, "")
	settle(m, press(m, "B"))
	settle(m, press(m, "a"))
	made := press(m, "a")
	if briefOf(m).Paper == brief.NoPaper {
		t.Error("Update did not leave a long brief to a command")
	}
	settle(m, made)
	wide := of[*briefing](m).Len()
	if wide < large/heavy {
		t.Fatalf("the whole brief has %d lines", wide)
	}
	_, laid := m.Update(tea.WindowSizeMsg{Width: 46, Height: 20})
	if of[*briefing](m).Len() != wide {
		t.Error("Update did not leave it to a command to lay it out")
	}
	settle(m, laid)
	if narrow := of[*briefing](m).Len(); narrow <= wide {
		t.Errorf("it has %d lines on a narrow screen, and %d on a wide one", narrow, wide)
	}
	frame(t, m)
}

// Such a brief had the placeholders of unreadable events, and the next brief was
// compared with them.
func TestNoBriefIsMadeOfWhatCanNoLongerBeRead(t *testing.T) {
	for _, n := range []int{200, large} {
		m := start(t, unreadable(n), 100, 24, "actor:ann")
		made := press(m, "B")
		if n == large {
			press(m, "p") // for the brief, not for the list
		}
		settle(m, made)
		if want := "no brief was made: many.jsonl: it ends here"; !is[*browsing](m) || m.notice.text != want || briefOf(m) != nil {
			t.Errorf("of %d events: in %s, said %q, want %q", n, m.top().about(m).name, m.notice.text, want)
		}
	}
}

// A brief made while the file was being read did not say so.
func TestBriefOfAPartOfTheFileSaysSo(t *testing.T) {
	m, _ := reads(t)
	for _, part := range []Part{{Done: 1, Total: 8, File: manyEvents(100)}, {File: manyEvents(200), Last: true}} {
		_, shown := m.Update(partMsg{part})
		settle(m, shown)
		if is[*browsing](m) {
			press(m, "B")
		}
		want := "only a part of the file had been read"
		if part.Last {
			want = ""
		}
		if briefOf(m).LeftOut != want || briefOf(m).Total != part.File.Timeline.Len() {
			t.Errorf("of %d events: %q, want %q", briefOf(m).Total, briefOf(m).LeftOut, want)
		}
	}
}
