package timeline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to the form in which it is compared: compatibility
// characters, case, accents, dashes, apostrophes and runs of blanks no longer
// matter, so that "Kim Jong-un", "KIM JONG UN" and "kim  jong un" are equal.
// Scripts never fold into each other: an actor's aliases do that.
//
// The steps are NFKC, full case folding, NFD, dropping U+0300 to U+036F only
// (dropping all marks would damage kana and Indic text), and NFC.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	s = norm.NFD.String(cases.Fold().String(norm.NFKC.String(s)))
	return norm.NFC.String(squeeze(s))
}

// foldASCII is Fold for text that is ASCII throughout.
func foldASCII(s string) (string, bool) {
	same := true
	blank := true // a blank here would be the first or follow another
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		switch {
		case 'A' <= c && c <= 'Z', c == '-', c == '\'', c < ' ', c == 0x7f, c == ' ' && blank:
			same = false
		}
		blank = c == ' '
	}
	if same && !(blank && s != "") {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\'' || c < ' ' && !isASCIISpace(c) || c == 0x7f:
			continue
		case c == '-' || isASCIISpace(c):
			pending = b.Len() > 0
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

func isASCIISpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r'
}

// squeeze drops what folding ignores and leaves single blanks.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range s {
		switch {
		case 0x300 <= r && r <= 0x36f, isApostrophe(r):
			continue
		case unicode.IsSpace(r), isDash(r):
			pending = b.Len() > 0
			continue
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isDash(r rune) bool {
	return r == '-' || 0x2010 <= r && r <= 0x2015 || r == 0x2212
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', 0x2018, 0x2019, 0x201b, 0x2b9, 0x2bb, 0x2bc, 0x2032:
		return true
	}
	return false
}

// Locate finds where in text something occurs that folds to needle, which is
// folded already. It returns the bytes text[start:end].
func Locate(text, needle string) (start, end int, ok bool) {
	if needle == "" {
		return 0, 0, false
	}
	var folded []byte
	var from []int // where the rune of each folded byte begins in text
	for i, r := range text {
		f := Fold(string(r))
		if isDash(r) || unicode.IsSpace(r) {
			f = " "
			if n := len(folded); n == 0 || folded[n-1] == ' ' {
				continue
			}
		}
		folded = append(folded, f...)
		for range len(f) {
			from = append(from, i)
		}
	}
	i := strings.Index(string(folded), needle)
	if i < 0 {
		return 0, 0, false
	}
	last := from[i+len(needle)-1]
	_, size := utf8.DecodeRuneInString(text[last:])
	return from[i], last + size, true
}
