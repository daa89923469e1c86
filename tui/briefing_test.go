package tui

import (
	"io"
	"strings"
	"testing"

	"dateline/timeline"
	"dateline/timeline/brief"
)

func pageOf(m *model) string {
	var b strings.Builder
	for _, line := range briefOf(m).Page(brief.PageWidth) {
		b.WriteString(line.Text + "\n")
	}
	return b.String()
}

// What the reader sets for a brief is on its page at once, and on later ones.
func TestBriefIsEditedWhereItStands(t *testing.T) {
	m := start(t, inside(t), 80, 24, "topic:treaty")
	of := briefOf
	press(m, "B", "G", "l", "Ask for the text.", "enter")
	if f := frame(t, m); of(m).BottomLine != "Ask for the text." || !f.Contains("  Ask for the text.") {
		t.Errorf("the bottom line is %q:\n%s", of(m).BottomLine, f.Golden())
	}
	if press(m, "l"); typed(m) != "Ask for the text." {
		t.Errorf("the prompt begins with %q", typed(m))
	}
	press(m, "esc", "t", "ctrl+u", "For Monday", "enter")
	if f := frame(t, m); of(m).Title != "For Monday" || !f.Contains("FOR MONDAY") {
		t.Errorf("the title is %q:\n%s", of(m).Title, f.Golden())
	}
	press(m, "esc", "B")
	if of(m).Title != "For Monday" || of(m).BottomLine != "Ask for the text." {
		t.Errorf("the next brief has the title %q and the bottom line %q", of(m).Title, of(m).BottomLine)
	}
	press(m, "t", "ctrl+u", "enter", "l", "ctrl+u", "enter")
	if of(m).Title != m.shown.Title || of(m).BottomLine != m.shown.BottomLine {
		t.Errorf("emptied, the title is %q and the bottom line %q", of(m).Title, of(m).BottomLine)
	}
	if press(m, "A"); !strings.Contains(pageOf(m), "ANNEX: SOURCES IN FULL") {
		t.Error("A added no annex")
	}
	if press(m, "A"); strings.Contains(pageOf(m), "ANNEX: SOURCES IN FULL") {
		t.Error("A again did not take the annex away")
	}
	press(m, "a", "a", "A")
	if want := "The whole brief has its sources in full already."; of(m).Annex || m.notice.text != want {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
}

func TestBriefIsFittedToMinutes(t *testing.T) {
	m := start(t, inside(t), 80, 24, "")
	press(m, "B", "r")
	for _, wrong := range []string{"0", "-1", "two", "1e9", "NaN"} {
		if press(m, "ctrl+u", wrong, "enter"); !is[*asking](m) || !strings.HasPrefix(check(m), "type a number of minutes above 0") {
			t.Errorf("%s is taken, or it is not said what is wrong: %q", wrong, check(m))
		}
	}
	press(m, "ctrl+u", "1,5", "enter")
	if _, aloud := briefOf(m).Seconds(); aloud > 90 || m.notice.text != "Fitted to 1.5 min of reading aloud." {
		t.Errorf("it takes %d s to read aloud, said %q", aloud, m.notice.text)
	}
	if press(m, "r"); typed(m) != "1.5" {
		t.Errorf("the prompt begins with %q", typed(m))
	}
	press(m, "ctrl+u", "enter")
	if _, aloud := briefOf(m).Seconds(); aloud <= 90 {
		t.Errorf("without a limit it takes %d s", aloud)
	}
}

func TestPagesOfTextAreSearched(t *testing.T) {
	m := start(t, inside(t), 80, 24, "actor:putin")
	press(m, "B", "/", "sources")
	p := of[*briefing](m)
	if f := frame(t, m); !f.Contains("“sources” 1/") || p.Sought().Top == 0 {
		t.Fatalf("typing does not go to the first match:\n%s", f.Golden())
	}
	press(m, "esc")
	if p.Sought().Text != "" || p.Sought().Top != 0 {
		t.Errorf("Esc left the search %q at line %d", p.Sought().Text, p.Sought().Top)
	}
	press(m, "/", "putin", "enter")
	first := foot(m)
	press(m, "n")
	second := foot(m)
	press(m, "N")
	if !strings.Contains(first, "“putin” 1/") || !strings.Contains(second, "“putin” 2/") || foot(m) != first {
		t.Errorf("n and N went from %s to %s and %s", first, second, foot(m))
	}
	press(m, "/", "xyzzy", "enter")
	if want := "This page does not contain “xyzzy”."; m.notice.text != want || !m.notice.failure {
		t.Errorf("said %q, want %q", m.notice.text, want)
	}
	if press(m, "esc", "p", "n"); m.notice.text != "No search yet; press / to search." {
		t.Errorf("the search of one page is that of another: %q", m.notice.text)
	}
	press(m, "/", "problems", "enter")
	if s := foot(m); !strings.Contains(s, "“problems” 1/1") {
		t.Errorf("the problems: %s", s)
	}
}

func TestFootnoteOpensItsSource(t *testing.T) {
	m := start(t, inside(t), 80, 24, "actor:putin")
	var opened string
	m.Browse = func(url string) error { opened = url; return nil }
	press(m, "B")
	sources := briefOf(m).Sources
	if len(sources) < 12 {
		t.Fatalf("the brief has %d sources", len(sources))
	}
	if do(m, press(m, "12o")); opened != sources[11].URL || !is[*briefing](m) {
		t.Errorf("12o opened %q, want %q", opened, sources[11].URL)
	}
	if do(m, press(m, "o")); opened != sources[0].URL {
		t.Errorf("o opened %q, want %q", opened, sources[0].URL)
	}
	if press(m, "99o"); !strings.HasPrefix(m.notice.text, "There is no source 99") {
		t.Errorf("said %q", m.notice.text)
	}
}

func TestWhyIsShownOverTheBrief(t *testing.T) {
	m := start(t, inside(t), 80, 24, "topic:treaty")
	press(m, "B", "W")
	why := briefOf(m).Why()
	if f := frame(t, m); !is[*reasons](m) || !f.Contains("point 1") || of[*reasons](m).Len() < len(why) {
		t.Errorf("in %s:\n%s", m.top().about(m).name, f.Golden())
	}
	if press(m, "esc"); !is[*briefing](m) {
		t.Errorf("Esc goes to %s", m.top().about(m).name)
	}
}

// A mark changes the page at once, also where the filter asks for marks.
func TestMarkChangesTheBriefAtOnce(t *testing.T) {
	m := start(t, inside(t), 80, 24, "since:2024")
	press(m, "B")
	marked := briefOf(m).Events[0].ID
	if briefOf(m).Events[0].Point != 1 {
		t.Fatal("the first entry is not point 1")
	}
	press(m, "m", "1", "enter")
	if m.margin.Marks[marked] != timeline.Must || !strings.HasPrefix(m.notice.text, "Marked: must.") || !strings.Contains(strings.Join(briefOf(m).Why(), "\n"), "you marked it must") {
		t.Errorf("marked %v, said %q; why: %s", m.margin.Marks, m.notice.text, briefOf(m).Why()[0])
	}
	for _, wrong := range []string{"", "99", "1 maybe", "x"} {
		if press(m, "m", wrong, "enter"); !is[*asking](m) || check(m) == "" {
			t.Errorf("%q is taken", wrong)
		}
		press(m, "esc")
	}
	press(m, "esc", "f", "ctrl+u", "marked", "enter", "B", "m", "1 none", "enter")
	if !is[*browsing](m) || len(m.margin.Marks) != 0 {
		t.Errorf("in %s with %v: the brief of no events is still open", m.top().about(m).name, m.margin.Marks)
	}
	press(m, "esc", "f", "since:2024", "enter", "m", "esc", "B")
	if !strings.Contains(strings.Join(briefOf(m).Why(), "\n"), "you marked it must") {
		t.Error("a mark set in the list is not used")
	}
}

// The reader's notes are private.
func TestNotesAreSavedWithABriefOnlyIfAskedFor(t *testing.T) {
	m := start(t, inside(t), 120, 36, "topic:treaty")
	files := saver(m)
	m.Briefs[0].Write = func(w io.Writer, b *brief.Brief) (int, error) { return 0, brief.WriteText(w, b) }
	press(m, "e", "ask Kim", "enter", "B")
	for _, c := range []struct {
		answer string
		with   bool
	}{{"", false}, {"n", false}, {"yes?", false}, {"y", true}} {
		clear(files)
		press(m, "x")
		if f := frame(t, m); !f.Contains("with your notes? y or n:") || !f.Contains("1 note of yours on its events") {
			t.Fatalf("it does not ask:\n%s", f.Golden())
		}
		press(m, c.answer, "enter")
		do(m, press(m, "enter"))
		if text := files["brief.txt"]; text == "" || strings.Contains(text, "ask Kim") != c.with {
			t.Errorf("answered %q, the file is\n%s", c.answer, text)
		}
	}
	if text := copied(t, m, press(m, "y")); strings.Contains(text, "ask Kim") {
		t.Error("the copy has the note")
	}
	press(m, "esc", "e", "ctrl+u", "enter", "B", "x")
	if f := frame(t, m); !f.Contains("save the brief as:") {
		t.Errorf("without notes it asks:\n%s", f.Golden())
	}
}
