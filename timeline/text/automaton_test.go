package text

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// agrees checks that an automaton and regexp give one answer for each text.
func agrees(t *testing.T, expression string, texts ...string) {
	t.Helper()
	re, err := regexp.Compile(expression)
	if err != nil {
		return
	}
	a := NewExpression(re).Automaton()
	for _, s := range texts {
		if got, want := a.Match([]byte(s)), re.MatchString(s); got != want {
			t.Errorf("%q matches %q: got %t, want %t", expression, s, got, want)
		}
	}
}

// atoms and pieces make random expressions and texts that are likely to meet.
var (
	atoms = []string{
		"a", "b", "k", "ſ", "가", "Ж", "é", " ", "\\n", ".", "[ab]", "[^a]", "\\w", "\\W", "\\s", "\\d", "\\S", "\\pL", "\\PL", "[[:upper:]]", "[a-k가-힣]", "\\x{1F600}", "\\x{FFFD}", "\\x{D800}",
		"^", "$", "\\A", "\\z", "\\b", "\\B", "(?s:.)", "(?-i:k)", "(?-m:^)", "(?-m:$)", "(?:)", "[^\\x00-\\x{10FFFF}]",
	}
	pieces = []string{"a", "A", "b", "k", "K", "\u212a", "s", "ſ", "가", "ж", "Ж", "É", "e", " ", "\n", "1", "_", "-", "😀", "\ufffd", "\xff", "\xed\xa0\x80"}
)

func randomExpression(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(4) == 0 {
		return atoms[r.IntN(len(atoms))]
	}
	one := func() string { return randomExpression(r, depth-1) }
	switch r.IntN(6) {
	case 0:
		return "(" + one() + ")" + []string{"*", "+", "?", "*?", "{2}", "{1,3}", "{0,2}"}[r.IntN(7)]
	case 1:
		return "(?:" + one() + "|" + one() + ")"
	default:
		return one() + one()
	}
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func TestAutomatonAgreesWithRegexp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := 20_000
	if testing.Short() {
		n = 3_000
	}
	for range n {
		expression := []string{"", "(?im)", "(?i)", "(?s)"}[r.IntN(4)] + randomExpression(r, 4)
		agrees(t, expression, "", randomText(r), randomText(r), randomText(r), randomText(r), randomText(r), randomText(r))
	}
}

func FuzzAutomaton(f *testing.F) {
	f.Add(`(?im)\b\w+ed\b.{0,9}$`, "He signed it.\nNo")
	f.Add(`[\p{Hangul}]{2,4}`, "평양 and Kim")
	f.Add(`(?i)ſ|\x{212a}`, "S and k")
	f.Fuzz(func(t *testing.T, expression, s string) {
		agrees(t, expression, s, strings.ToUpper(s), s+s)
		agrees(t, "(?im)"+expression, s)
	})
}

// Such an expression has a state for each way in which the last letters were a.
func TestAutomatonOfTooManyStatesAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var texts []string
	for range 20 {
		var b strings.Builder
		for range 4000 {
			b.WriteByte("ab"[r.IntN(2)])
		}
		texts = append(texts, b.String())
	}
	agrees(t, `a[ab]{15}c`, texts...)
	agrees(t, `a[ab]{15}c`, strings.Join(slices.Repeat(texts, 6), ""))
	agrees(t, `a[ab]{15}c`, append(slices.Repeat([]string{strings.Repeat("b", 1000)}, 500), texts...)...)
}

func BenchmarkAutomaton(b *testing.B) {
	line := []byte(strings.Repeat("Vou got keteat sosmourthen sot 2014 kaskousvoun pous Temundas. ", 5) + "\n")
	for _, expression := range []string{`[0-9]{4}-[0-9]{2}`, `\b[a-z]+ed\b.*\b[a-z]+ing\b`, `[^ ]+ \pL+ \d{3}$`} {
		re := regexp.MustCompile("(?im)" + expression)
		for name, match := range map[string]func([]byte) bool{"automaton": NewExpression(re).Automaton().Match, "regexp": re.Match} {
			b.Run(fmt.Sprintf("%s/%s", expression, name), func(b *testing.B) {
				b.SetBytes(int64(len(line)))
				for range b.N {
					match(line)
				}
			})
		}
	}
}
