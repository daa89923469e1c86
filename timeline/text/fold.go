package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to a form for comparison, without compatibility characters,
// case, accents, dashes, apostrophes and runs of spaces, so that "Kim Jong-un",
// "KIM JONG UN" and "kim  jong un" are equal. Scripts do not fold into each other;
// an actor's aliases serve for that.
//
// The steps are NFKC, full case folding, NFD, dropping U+0300 to U+036F only
// (dropping all marks would damage kana and Indic text), and NFC.
func Fold(s string) string {
	if folded, ok := foldSimple(s); ok {
		return folded
	}
	return foldFully(s)
}

func foldFully(s string) string {
	s = norm.NFD.String(cases.Fold().String(norm.NFKC.String(s)))
	return norm.NFC.String(squeeze(s))
}

// foldSimple is Fold for text of ASCII, Hangul syllables, common Han and
// Russian letters, which is most text. It needs no tables.
func foldSimple(s string) (folded string, ok bool) {
	same, blank := true, true
	for _, r := range s {
		f, ok := foldRune(r)
		if !ok {
			return "", false
		}
		same = same && f == r && r != 0 && !(r == ' ' && blank)
		blank = r == ' '
	}
	if same && !blank || s == "" {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range s {
		switch f, _ := foldRune(r); f {
		case 0:
		case ' ':
			pending = b.Len() > 0
		default:
			if pending {
				b.WriteByte(' ')
				pending = false
			}
			b.WriteRune(f)
		}
	}
	return b.String(), true
}

// foldRune folds a rune that foldSimple knows, to 0 if it is dropped.
func foldRune(r rune) (folded rune, ok bool) {
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return r, true
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A', true
	case r < utf8.RuneSelf:
		switch {
		case r == '-' || r == ' ' || '\t' <= r && r <= '\r':
			return ' ', true
		case r == '\'' || r < ' ' || r == 0x7f:
			return 0, true
		}
		return r, true
	case 0xac00 <= r && r <= 0xd7a3, 0x4e00 <= r && r <= 0x9fff:
		return r, true
	case r == 'й', r == 'Й':
		return 'и', true
	case r == 'ё', r == 'Ё':
		return 'е', true
	case 'А' <= r && r <= 'Я':
		return r + 'а' - 'А', true
	case 'а' <= r && r <= 'я':
		return r, true
	case r == 0x2013, r == 0x2014:
		return ' ', true
	case r == 0x2018, r == 0x2019:
		return 0, true
	case r == 0x201c, r == 0x201d:
		return r, true
	}
	return 0, false
}

// squeeze drops the characters that folding ignores, and leaves single spaces.
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

// Locate finds text[start:end], the first part of text that folds to needle, which
// is folded already.
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
	end = last + size
	for end < len(text) { // the marks on its last letter
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.Is(unicode.Mn, r) {
			break
		}
		end += size
	}
	return from[i], end, true
}
