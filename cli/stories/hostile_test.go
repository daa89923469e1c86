package stories

import (
	"fmt"
	"strings"
	"testing"

	"dateline/cli/internal/fixture"
	"dateline/tui/termtest"
)

func TestHostileTextOnlyPrints(t *testing.T) {
	t.Parallel()
	dir := fixture.Write(t, "hostile.json", hostileEvents())
	term := open(t, termtest.Options{Dir: dir}, "hostile.json")
	s := at(t, term, "LIST 1/4")
	bar := columns(body(s)[0], "│")[0]
	for range 4 {
		unharmed(t, term, s)
		aligned(t, body(s), "│", bar)
		press(t, term, "j")
		s = term.Settle()
	}
	for _, next := range []struct {
		keys  []string
		where string
	}{
		{[]string{"a"}, "ACTORS"},
		{[]string{"esc", "enter"}, "DETAIL"},
		{[]string{"esc", "B"}, "BRIEF"},
		{[]string{"esc", "p"}, "PROBLEMS"},
	} {
		press(t, term, next.keys...)
		at(t, term, next.where)
		unharmed(t, term, term.Settle())
	}

	// Pasted text is no safer, and copied text must be clean.
	press(t, term, "esc", "f")
	see(t, term, "filter: ")
	if err := term.Paste("\x1b]0;hacked\x07\u202eactor:x"); err != nil {
		t.Fatal(err)
	}
	unharmed(t, term, see(t, term, "actor:x"))
	press(t, term, "esc", "y")
	see(t, term, "Sent to the terminal's clipboard")
	citation := copied(t, term)
	plain(t, citation)
	if !strings.Contains(citation, "Publisher") {
		t.Errorf("the clipboard holds %q", citation)
	}
}

func TestHostileTextOnlyPrintsWithoutATerminal(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list", "-"}, {"brief", "-"}, {"brief", "--format", "markdown", "-"}, {"check", "-"}, {"list", "--strict", "-"}} {
		out, errs, _ := piped(t, strings.NewReader(hostileEvents()), args...)
		plain(t, out)
		plain(t, errs)
		if out+errs == "" {
			t.Errorf("%v printed nothing", args)
		}
	}
}

// hostileEvents returns a file in which every text tries to act on the terminal: to
// set the clipboard and the title, clear the screen, reverse the text, and fill a
// row with combining marks.
func hostileEvents() string {
	attack := `\u001b]52;c;aGFja2Vk\u0007\u001b]0;hacked\u0007\u001b[2J\u001b[31m\u009b2J\u009d0;hacked\u009c\u202e\u2066\u0000\u0008\u007f\r\n\ufeff`
	marks := strings.Repeat(`\u0301`, 10_000)
	source := fmt.Sprintf(`{"publisher":"Publisher%[1]s","title":"Source%[1]s","author":"Author%[1]s","quote":"Quote%[1]s","url":"https://example.org/"}`, attack)
	event := func(id, title string) string {
		return fmt.Sprintf(`{"id":"%[1]s","date":"2024-01-0%[1]s","title":"%[2]s","summary":"Summary%[3]s [1]","caveat":"Caveat%[3]s","actors":["Actor%[3]s"],"places":["Place%[3]s"],"topics":["Topic%[3]s"],"sources":[%[4]s]}`, id, title, attack, source)
	}
	events := []string{event("1", "Title"+attack+"end"), event("2", "Marks e"+marks+" end"), event("3", attack+"x"), event("4", "Plain")}
	broken := fmt.Sprintf(`{"id":"5%[1]s","date":"2024-13%[1]s","title":"Broken%[1]s","status":"%[1]s"}`, attack)
	return fmt.Sprintf(`{"title":"Hostile%s","events":[%s]}`, attack, strings.Join(append(events, broken), ",\n"))
}

// unharmed fails the test if something in the file has acted on the terminal.
func unharmed(t *testing.T, term *termtest.Terminal, s *termtest.Screen) {
	t.Helper()
	fullWidth(t, s)
	plain(t, s.Text())
	if got := term.Clipboard(); got != "" {
		t.Errorf("the file put %q on the clipboard", got)
	}
	if got := term.Title(); !strings.HasPrefix(got, "dateline: Hostile") {
		t.Errorf("the file set the title to %q", got)
	}
	if header := s.Row(0); !s.AltScreen || !headerEnd.MatchString(header) {
		t.Errorf("the header is gone or cut: %q", header)
	}
	if x, y, ok := s.Find("hacked"); ok && s.Foreground(x, y) == "1" {
		t.Errorf("the file set a colour:\n%s", s.Golden())
	}
}

// TestNothingHostileActs pages through a file with every hostile text.
func TestNothingHostileActs(t *testing.T) {
	path := fixture.EventOfEach(t, fixture.Hostile(t))
	term := open(t, termtest.Options{Width: 100, Height: 30}, path)
	if _, err := term.WaitText("June 2024"); err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if err := term.Type("pgdown"); err != nil {
			t.Fatal(err)
		}
		screen := term.Settle()
		if !screen.AltScreen || term.Clipboard() != "" || strings.Contains(screen.Title, "owned\a") {
			t.Fatalf("alternate screen %v, clipboard %q, title %q", screen.AltScreen, term.Clipboard(), screen.Title)
		}
	}
}
