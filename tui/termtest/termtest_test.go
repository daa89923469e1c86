package termtest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDrawPutsEachLineInItsRow(t *testing.T) {
	s := Draw("one\n김정은 x\n\n\x1b[1;31mred\nstill\x1b[m plain", 10, 6, false)
	Golden(t, "draw", s.Golden())
	if x, y, ok := s.Find("정"); x != 2 || y != 1 || !ok {
		t.Errorf("Find = %d, %d, %t; want 2, 1, true", x, y, ok)
	}
	if got := s.Foreground(0, 4); got != "1" || !s.Bold(0, 4) {
		t.Errorf("a style must last over the end of its line: colour %q", got)
	}
	if s.Foreground(6, 4) != "" || !s.HasColor() {
		t.Errorf("the reset must end the colour")
	}
}

func TestDrawClipsWhatIsTooLarge(t *testing.T) {
	s := Draw("12345678\n1234김\n12345김\n\x1b[41m1234567\x1b[m8\n5\n6", 6, 5, false)
	want := "123456│\n1234김│\n12345 │\n123456│\n5     │\n"
	if got := s.Golden(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if s.Background(5, 3) != "1" || s.Background(0, 4) != "" {
		t.Error("the style of the clipped part must end where it ends")
	}
}

// A frame that queries the terminal blocked Draw for ever, because nobody reads
// the answer.
func TestDrawAnswersNobody(t *testing.T) {
	if s := Draw("\x1b[c\x1b[6n\x1b]11;?\x07done", 10, 1, false); !s.Contains("done") {
		t.Errorf("got %q", s.Row(0))
	}
}

// The bytes of М and 最 include 0x9c, which ends a command in 8-bit terminals
// and did so in x/vt: half of a link's address was then shown as text.
func TestLinkMayHaveAnyCharacter(t *testing.T) {
	url := "https://example.org/Мир;最近/%41\x7f"
	s := Draw("\x1b]8;id=1;"+url+"\x1b\\МИД\x1b]8;;\x1b\\.", 10, 1, false)
	if got := s.Row(0); got != "МИД.      " {
		t.Errorf("row %q", got)
	}
	if got := s.Link(2, 0); got != url || s.Link(3, 0) != "" {
		t.Errorf("link: got %q, want %q", got, url)
	}
}

func TestWideCharacterIsOneInBothItsCells(t *testing.T) {
	s := Draw("\x1b[7;38;5;208m김\x1b[m", 4, 1, false)
	for x := range 2 {
		if !s.Reversed(x, 0) || s.Foreground(x, 0) != "208" {
			t.Errorf("cell %d: reversed %t, colour %q", x, s.Reversed(x, 0), s.Foreground(x, 0))
		}
	}
	if s.Reversed(2, 0) || s.Reversed(-1, 0) || s.Reversed(0, 9) {
		t.Error("a cell beside the character, or outside the screen, is plain")
	}
}

// A crash of the emulator: a program wrote a frame for a screen that had shrunk.
func TestMarginBelowTheLastRowIsIgnored(t *testing.T) {
	if s := Draw("1\x1b[1;9r\x1b[1S\n2\n3", 4, 3, false); s.Row(0) != "    " || s.Row(1) != "2   " {
		t.Errorf("the screen is\n%s", s.Golden())
	}
}

// complaints is a test that collects its failures.
type complaints struct {
	testing.TB
	text string
}

func (c *complaints) Helper()           {}
func (c *complaints) Error(args ...any) { c.text += fmt.Sprintln(args...) }
func (c *complaints) Errorf(format string, args ...any) {
	c.text += fmt.Sprintf(format, args...)
}

// setUpdate sets the -update flag for one test.
func setUpdate(t *testing.T, on bool) {
	old := *update
	*update = on
	t.Cleanup(func() { *update = old })
}

func TestGoldenShowsTheLinesThatDiffer(t *testing.T) {
	t.Chdir(t.TempDir())
	setUpdate(t, false)
	if err := writeGolden("testdata/list.golden", "one\ntwo\nthree\nfour\nfive\n"); err != nil {
		t.Fatal(err)
	}
	var c complaints
	Golden(&c, "list", "one\ntwo\n3\nfour\nfive\nsix\n")
	want := "     2 two\n-    3 three\n+    3 3\n     5 five\n+    6 six\n"
	if !strings.HasSuffix(c.text, want) {
		t.Errorf("got\n%swant it to end in\n%s", c.text, want)
	}
}

func TestGoldenIsWrittenOnlyWhenAsked(t *testing.T) {
	t.Chdir(t.TempDir())
	setUpdate(t, false)
	var c complaints
	Golden(&c, "wide/list", "one\n")
	if !strings.Contains(c.text, "-update") || !strings.Contains(c.text, "one\n") {
		t.Errorf("got %q", c.text)
	}
	if _, err := os.Stat("testdata"); err == nil {
		t.Error("a file was written unasked")
	}

	setUpdate(t, true)
	Golden(t, "wide/list", "one\n")
	setUpdate(t, false)
	Golden(t, "wide/list", "one\n")
}
