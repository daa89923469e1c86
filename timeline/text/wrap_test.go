package text_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

func TestWrapBreaksAtBlanks(t *testing.T) {
	const url = "https://example.org/2024/10"
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"  ", 10, []string{""}},
		{"one", 10, []string{"one"}},
		{"one two", 7, []string{"one two"}},
		{"one two", 6, []string{"one", "two"}},
		{"  one   two  ", 20, []string{"one two"}},
		{"on 2024-06-19 both", 12, []string{"on", "2024-06-19", "both"}}, // no date parts at its hyphens
		{"see " + url + " for more", 30, []string{"see", url, "for more"}},
		{"see " + url + " now", 20, []string{"see", url[:20], url[20:] + " now"}},
		{"abcdef", 3, []string{"abc", "def"}},
		{"abcdefg h", 3, []string{"abc", "def", "g h"}},
		{"abc de", 1, []string{"a", "b", "c", "d", "e"}},
		{"abc", 0, []string{"a", "b", "c"}},
		{"abc", -5, []string{"a", "b", "c"}},
		{"북한 김정은 위원장", 11, []string{"북한 김정은", "위원장"}}, // two cells each
		{"北朝鮮とロシアの関係", 8, []string{"北朝鮮と", "ロシアの", "関係"}},
		{"北朝鮮", 5, []string{"北朝", "鮮"}},
		{"a北", 2, []string{"a", "北"}},
		{"cafe\u0301 x\u0303y", 4, []string{"cafe\u0301", "x\u0303y"}},
	} {
		if got := text.Wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d cells: got %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestWrapFitsAndLosesNothing(t *testing.T) {
	words := []string{"a", "to", "Kim", "treaty,", "2024-06-19", "Ким", "김정은", "北朝鮮", "https://example.org/a/very/long/path?q=1", "e\u0301", "[12].", "“quoted”", "हिन्दी"}
	random := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		text := make([]string, random.IntN(20))
		for i := range text {
			text[i] = words[random.IntN(len(words))]
		}
		checkWrap(t, strings.Join(text, " "), 2+random.IntN(60))
	}
}

// checkWrap holds that lines fit, that whole words stay whole, and that all the
// text is there.
func checkWrap(t *testing.T, s string, width int) {
	t.Helper()
	lines := text.Wrap(s, width)
	whole := true
	for word := range strings.FieldsSeq(s) {
		whole = whole && ansi.StringWidth(word) <= width
	}
	joined := strings.Join(lines, " ")
	if whole && !slices.Equal(strings.Fields(joined), strings.Fields(s)) || solid(joined) != solid(s) {
		t.Errorf("%q in %d cells: got %q", s, width, lines)
	}
	for _, line := range lines {
		if ansi.StringWidth(line) > width {
			t.Errorf("%q in %d cells: %q has %d", s, width, line, ansi.StringWidth(line))
		}
	}
	if len(lines) == 0 {
		t.Errorf("%q in %d cells: got no line", s, width)
	}
}

func solid(s string) string { return strings.Join(strings.Fields(s), "") }

func FuzzWrap(f *testing.F) {
	f.Add("on 2024-06-19 both", 12)
	f.Add("北朝鮮とロシアの関係", 3)
	f.Add("👨\u200d👩\u200d👧 z\u0335\u0335", 2)
	f.Fuzz(func(t *testing.T, s string, width int) {
		checkWrap(t, text.Clean(s), 2+max(0, width%200))
	})
}

func TestWrapBreaksWideTextInOneCell(t *testing.T) {
	if got := strings.Join(text.Wrap("北abc", 1), "|"); got != "北|a|b|c" {
		t.Errorf("got %s, want 北|a|b|c", got)
	}
}
