package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestNeedlesOfPatterns(t *testing.T) {
	for pattern, want := range map[string][]string{
		`sanction`:            {"sanction"},
		`(?im)sanc\w+tions?`:  {"sanc"},
		`foo+|bar`:            {"fo", "bar"},
		`gov(ernment|ernor)`:  {"gov"},
		`(?i)Łódź`:            {"lodz"},
		`ministry of defence`: {"ministry"},
		`(treaty)?`:           nil,
		`x*|treaty`:           nil,
		`\d{4}`:               nil,
		`a`:                   nil,
		`가나다`:                 nil, // its last syllable may take another letter
		`ｶﾞ`:                  nil,
		`ιιι`:                 nil, // its other case is a mark that vanishes
		`(ab){2,3}c`:          {"ab"},
		`(ab){0,3}c`:          nil,
	} {
		if got := Needles(pattern); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}

// What a pattern matches has one of its needles once it is folded.
func FuzzNeedles(f *testing.F) {
	for _, seed := range [][2]string{{"treaty", "The Treaty of Łódź"}, {"k.m", "Kim"}, {"(ss|ß)tra+", "Straße"}, {"ｶﾞ", "ｶﾞ"}, {"к.м", "КИМ"}, {"mass", "maß"}, {"ſecond", "SECOND"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		s = Clean(s)
		re, err := regexp.Compile("(?im)" + pattern)
		if err != nil || !re.MatchString(s) {
			return
		}
		some := Needles(re.String())
		if some != nil && !slices.ContainsFunc(some, func(needle string) bool { return strings.Contains(Fold(s), needle) }) {
			t.Errorf("%q matches %q, which has none of %q", pattern, s, some)
		}
	})
}
