package text

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A needle finds the events that a pattern may match much sooner than the pattern
// does.

const (
	shortestNeedle = 2 // in runes
	mostNeedles    = 16
)

// Needles returns folded texts, one of which is in the folded text of whatever a
// pattern matches. There are none if the pattern does not promise any.
func Needles(pattern string) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return needlesOf(re)
}

func needlesOf(re *syntax.Regexp) (best []string) {
	switch re.Op {
	case syntax.OpLiteral:
		return needleIn(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return needlesOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needlesOf(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if some := needlesOf(sub); shortest(some) > shortest(best) {
				best = some
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			some := needlesOf(sub)
			if best = append(best, some...); some == nil || len(best) > mostNeedles {
				return nil
			}
		}
	}
	return best
}

// shortest returns the length of the shortest of some needles, 0 if there are none.
func shortest(needles []string) int {
	n := 0
	for i, needle := range needles {
		if i == 0 || len(needle) < n {
			n = len(needle)
		}
	}
	return n
}

// needleIn returns the longest part of a literal that folds alike wherever it
// stands.
func needleIn(literal []rune) []string {
	longest := ""
	for _, run := range strings.FieldsFunc(string(literal), func(r rune) bool { return !foldsAlone(r) }) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	if utf8.RuneCountInString(longest) < shortestNeedle {
		return nil
	}
	return []string{Fold(longest)}
}

// foldsAlone reports whether a letter or a digit folds to the same text whatever
// stands beside it and whatever its case: others combine with what follows, or
// vanish.
func foldsAlone(r rune) bool {
	if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han) && (r < '0' || r > '9') || unicode.Is(unicode.M, r) {
		return false
	}
	folded := Fold(string(r))
	if folded == "" {
		return false
	}
	for c := unicode.SimpleFold(r); c != r; c = unicode.SimpleFold(c) {
		if Fold(string(c)) != folded || unicode.Is(unicode.M, c) {
			return false
		}
	}
	return true
}
