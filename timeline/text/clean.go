// Package text makes text from a file fit for a terminal, and compares it as a
// person would: it cleans, folds, wraps and counts, and finds the nearest of
// several words. It knows nothing of timelines.
//
//	text.Clean("\x1b[31mred")       // "[31mred": the escape is gone
//	text.Fold("Kim Jong-un")        // "kim jong un"
//	text.Nearest("statis", fields)  // "status"
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// Clean makes text from outside fit for a terminal. A Timeline cleans every string
// of its events; other text (a file name, an error, a paste) is cleaned where it is
// shown.
//
// Clean does what Safe does. Besides, if terminals disagree on the width of a
// cluster, such as an emoji family, it is cut to its first rune, so that a border
// after it stays straight; half-width kana with a voicing mark become full-width.
// Indic and Thai text, which a cut would garble, is left whole. Clean is
// idempotent.
func Clean(s string) string {
	return settle(s, func(s string) string { return cutClusters(disarm(s)) })
}

// Safe makes text from outside safe to write to a file or a terminal, where its
// width does not matter: clusters stay whole.
//
// Safe drops control characters, including C1, bidirectional controls, and other
// characters that cannot be seen. It keeps the joiners of scripts and emoji that
// need them, and the variation selectors of Han, Mongolian and emoji. Tabs, line
// ends and fillers of Hangul become spaces; the rest is composed (NFC). Safe is idempotent.
func Safe(s string) string { return settle(s, disarm) }

// settle repeats a step of cleaning until it changes nothing.
func settle(s string, step func(string) string) string {
	if Plain(s) {
		return s
	}
	for {
		cleaned := step(s)
		if cleaned == s {
			return s
		}
		s = cleaned
	}
}

// Plain quickly reports that s needs no cleaning: it has only printable ASCII and
// common letters and marks that every terminal draws in the same width.
func Plain[S string | []byte](s S) bool {
	i := 0
	for i+8 <= len(s) && printable(s[i:i+8]) {
		i += 8
	}
	for ; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return plainRunes(s[i:])
		}
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// Words of eight equal bytes.
const (
	ones = 0x0101010101010101
	high = 0x80 * ones
)

// printable reports whether eight characters are printable ASCII. See "Determine
// if a word has a zero byte" and "… a byte less than n" of
// https://graphics.stanford.edu/~seander/bithacks.html.
func printable[S string | []byte](s S) bool {
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	delete := w ^ ones*0x7f
	return (w|(w-ones*' ')&^w|(delete-ones)&^delete)&high == 0
}

func plainRunes[S string | []byte](s S) bool {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
		s = s[size:]
		switch {
		case ' ' <= r && r < 0x7f, 0xa1 <= r && r <= 0x17f && r != 0xad:
		case 0x400 <= r && r <= 0x45f:
		case 0xac00 <= r && r <= 0xd7a3, 0x4e00 <= r && r <= 0x9fff:
		case 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30fa, 0x1ea0 <= r && r <= 0x1ef9:
		case 0x2013 <= r && r <= 0x2014, 0x2018 <= r && r <= 0x201d, r == 0x2026:
		default:
			return false
		}
	}
	return true
}

func disarm(s string) string {
	runes := []rune(norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")))
	var b strings.Builder
	b.Grow(len(s))
	before := rune(0) // the last rune written
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r) && r != 0x85, isFiller(r):
			r = ' '
		case unicode.Is(unicode.Cc, r), invisible(r) && !meant(before, r, runes[i+1:]):
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

const (
	nonJoiner = 0x200c
	joiner    = 0x200d
)

// isFiller reports whether r is a filler of Hangul, which is drawn as a blank.
func isFiller(r rune) bool {
	return 0x115f <= r && r <= 0x1160 || r == 0x3164 || r == 0xffa0
}

// invisible reports whether r is a format character or default-ignorable: see
// DerivedCoreProperties.txt of Unicode.
func invisible(r rune) bool {
	switch {
	case r < 0x34f:
		return r == 0xad
	case r == 0x34f, 0x115f <= r && r <= 0x1160, 0x17b4 <= r && r <= 0x17b5, 0x180b <= r && r <= 0x180f,
		r == 0x3164, 0xfe00 <= r && r <= 0xfe0f, r == 0xffa0, 0xfff0 <= r && r <= 0xfff8, 0xe0000 <= r && r <= 0xe0fff, r == 0x2065:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// meant reports whether an invisible character changes how the text around it is
// drawn, as writers of its script intend: joiners and variation selectors. It is
// not so of tags, which could hide any text behind a flag.
func meant(before, r rune, after []rune) bool {
	isSymbol := unicode.In(before, unicode.So, unicode.Sk, unicode.Sm, unicode.Po) && before > 0x7f || before == 'ℹ'
	switch {
	case r == nonJoiner:
		return joins(before)
	case r == joiner:
		return joins(before) || isSymbol || before == 0xfe0f
	case 0xfe00 <= r && r <= 0xfe02 && unicode.Is(unicode.Han, before), 0xe0100 <= r && r <= 0xe01ef:
		return unicode.Is(unicode.Han, before)
	case r == 0xfe0e, r == 0xfe0f:
		return isSymbol || len(after) > 0 && after[0] == 0x20e3
	case 0x180b <= r && r <= 0x180d, r == 0x180f:
		return 0x1800 <= before && before <= 0x18af
	}
	return false
}

// joins reports whether r is a letter or a mark of a script whose letters join,
// where joiners spell words: Arabic, Syriac, N'Ko, those of India and their like,
// Mongolian.
func joins(r rune) bool {
	switch {
	case !unicode.In(r, unicode.L, unicode.M):
	case 0x600 <= r && r <= 0x109f, 0x1780 <= r && r <= 0x18af, 0x1900 <= r && r <= 0x1cff, 0xa800 <= r && r <= 0xabff:
		return true
	case 0xfb50 <= r && r <= 0xfdff, 0xfe70 <= r && r <= 0xfefc, 0x10a00 <= r && r <= 0x11fff, 0x1e900 <= r && r <= 0x1e95f:
		return true
	}
	return false
}

// longestCluster is the most runes in a cluster: more than any orthography needs,
// and too few to smear a row.
const longestCluster = 8

// cutClusters cuts every cluster of disputed width to its first rune, and drops
// the joiners of emoji, which by then only join clusters it has cut.
func cutClusters(s string) string {
	s = widen(s)
	// A mark without a base would combine with the character drawn before it.
	for s != "" {
		if cluster, _ := ansi.FirstGraphemeCluster(" "+s, ansi.GraphemeWidth); cluster == " " {
			break
		}
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if cluster == "" {
			break
		}
		s = s[len(cluster):]
		first, size := utf8.DecodeRuneInString(cluster)
		switch {
		case first == joiner, first == nonJoiner:
		case first == ' ':
			b.WriteByte(' ') // without its marks, which need a base
		case width == 0:
		case utf8.RuneCountInString(cluster) > longestCluster:
			b.WriteString(cluster[:size])
		case keepsCluster(first):
			b.WriteString(cluster)
		case width != ansi.StringWidthWc(cluster):
			// Half a flag is of disputed width by itself.
			if head := cluster[:size]; ansi.StringWidth(head) == ansi.StringWidthWc(head) {
				b.WriteString(head)
			}
		case joins(first):
			b.WriteString(cluster)
		default:
			b.WriteString(strings.Map(withoutJoiners, cluster))
		}
	}
	return b.String()
}

func withoutJoiners(r rune) rune {
	if r == joiner || r == nonJoiner {
		return -1
	}
	return r
}

// widen replaces half-width voicing marks, which some terminals draw in a cell of
// their own and some in none, and the kana before them by their full-width forms.
func widen(s string) string {
	if !strings.ContainsAny(s, "ﾞﾟ") {
		return s
	}
	var b strings.Builder
	base := ""
	for _, r := range s {
		switch {
		case r != 'ﾞ' && r != 'ﾟ':
			b.WriteString(base)
			base = string(r)
			continue
		case unicode.In([]rune(base + " ")[0], unicode.Katakana, unicode.Hiragana):
			b.WriteString(norm.NFKC.String(base + string(r)))
		default:
			b.WriteString(base + string(r-'ﾞ'+'゛'))
		}
		base = ""
	}
	return b.String() + base
}

// keepsCluster reports whether r begins a cluster of a script that writes vowels as
// marks.
func keepsCluster(r rune) bool {
	return 0x900 <= r && r <= 0xdff || 0xe00 <= r && r <= 0xeff || 0x1000 <= r && r <= 0x109f || 0x1780 <= r && r <= 0x17ff
}
