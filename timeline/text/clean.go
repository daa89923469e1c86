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
// Clean drops control characters, including C1, and invisible format characters,
// including bidirectional ones; tabs and line ends become spaces; the rest is
// composed (NFC). If terminals disagree on the width of a cluster, such as an emoji
// family, it is cut to its first rune, so that a border after it stays straight;
// Indic and Thai text, which such a cut would garble, is left whole. Clean is
// idempotent.
func Clean(s string) string {
	if Plain(s) {
		return s
	}
	for {
		cleaned := cleanOnce(s)
		if cleaned == s {
			return s
		}
		s = cleaned
	}
}

// Plain quickly reports that s needs no cleaning: it has only printable ASCII and
// common letters and marks that every terminal draws in the same width.
func Plain(s string) bool {
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
func printable(s string) bool {
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	delete := w ^ ones*0x7f
	return (w|(w-ones*' ')&^w|(delete-ones)&^delete)&high == 0
}

func plainRunes(s string) bool {
	for _, r := range s {
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

func cleanOnce(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")) {
		switch {
		case unicode.IsSpace(r) && r != 0x85:
			b.WriteByte(' ')
		case unicode.Is(unicode.Cc, r):
		case unicode.Is(unicode.Cf, r) && r != 0x200d:
		default:
			b.WriteRune(r)
		}
	}
	return cutClusters(b.String())
}

// longestCluster is the most runes in a cluster: more than any orthography needs,
// and too few to smear a row.
const longestCluster = 8

// cutClusters cuts every cluster of disputed width to its first rune, and
// drops zero-width joiners, which by then only join clusters it has cut.
func cutClusters(s string) string {
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
		case first == 0x200d:
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
		default:
			b.WriteString(strings.ReplaceAll(cluster, "\u200d", ""))
		}
	}
	return b.String()
}

// keepsCluster reports whether r begins a cluster of a script that writes vowels as
// marks.
func keepsCluster(r rune) bool {
	return 0x900 <= r && r <= 0xdff || 0xe00 <= r && r <= 0xeff || 0x1000 <= r && r <= 0x109f || 0x1780 <= r && r <= 0x17ff
}
