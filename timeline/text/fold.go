package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to a form for comparison, without compatibility characters,
// case, accents, strokes, dashes, apostrophes, runs of spaces and characters that
// cannot be seen, so that "Kim Jong-un", "KIM JONG UN" and "kim  jong un" are equal,
// and "lodz" finds "Łódź". Scripts do not fold into each other; an actor's aliases
// serve for that.
//
// The steps are NFKC, full case folding, NFD, dropping U+0300 to U+036F only
// (dropping all marks would damage kana and Indic text), replacing letters with
// strokes and the like by those that people type for them, and NFC.
func Fold(s string) string {
	var short [128]byte
	f := NewFolder(short[:0], len(s))
	if !f.Add([]byte(s)) {
		return foldFully(s)
	}
	if folded := f.Bytes(); string(folded) != s {
		return string(folded)
	}
	return s
}

func foldFully(s string) string {
	s = norm.NFD.String(cases.Fold().String(norm.NFKC.String(s)))
	return norm.NFC.String(squeeze(s))
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
		case unicode.IsSpace(r), isDash(r), isFiller(r):
			pending = b.Len() > 0
			continue
		case invisible(r), unicode.Is(unicode.Cc, r):
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		if plain := plainLetter(r); plain != "" {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainLetter returns what people type for a small letter that has a stroke, a
// hook, a tail or the like, which Unicode does not decompose; it is empty for any
// other. Latin letters are replaced as in Lucene's ASCIIFoldingFilter.
func plainLetter(r rune) string {
	if r < 0xe6 || r > 0x2c73 {
		return ""
	}
	switch r {
	case 'ə', 'ɐ', 'ɑ', 'ⱥ':
		return "a"
	case 'æ':
		return "ae"
	case 'ƀ', 'ƃ', 'ɓ':
		return "b"
	case 'ƈ', 'ȼ', 'ɕ':
		return "c"
	case 'ð', 'đ', 'ƌ', 'ɖ', 'ɗ', 'ȡ':
		return "d"
	case 'ǝ', 'ɇ', 'ɛ', 'ɘ', 'ɜ':
		return "e"
	case 'ƒ':
		return "f"
	case 'ǥ', 'ɠ', 'ɡ', 'ɣ':
		return "g"
	case 'ħ', 'ɦ', 'ⱨ':
		return "h"
	case 'ı', 'ɨ', 'ɩ':
		return "i"
	case 'ȷ', 'ɉ', 'ɟ', 'ʝ':
		return "j"
	case 'ƙ', 'ⱪ':
		return "k"
	case 'ł', 'ƚ', 'ɫ', 'ɬ', 'ɭ', 'ⱡ', 'ȴ':
		return "l"
	case 'ɱ', 'ɯ':
		return "m"
	case 'ŋ', 'ƞ', 'ɲ', 'ɳ', 'ȵ':
		return "n"
	case 'ø', 'ɵ', 'ɔ':
		return "o"
	case 'œ':
		return "oe"
	case 'ƥ', 'ᵽ':
		return "p"
	case 'ĸ', 'ɋ', 'ʠ':
		return "q"
	case 'ɍ', 'ɽ', 'ɾ':
		return "r"
	case 'ȿ', 'ʂ':
		return "s"
	case 'ŧ', 'ƫ', 'ƭ', 'ʈ', 'ȶ', 'ⱦ':
		return "t"
	case 'þ':
		return "th"
	case 'ʉ', 'ʊ':
		return "u"
	case 'ʋ', 'ⱴ':
		return "v"
	case 'ⱳ', 'ƿ':
		return "w"
	case 'ƴ', 'ɏ':
		return "y"
	case 'ƶ', 'ȥ', 'ɀ', 'ʐ', 'ʑ', 'ⱬ':
		return "z"
	case 'ґ', 'ғ', 'ҕ':
		return "г"
	case 'җ':
		return "ж"
	case 'ҙ':
		return "з"
	case 'қ', 'ҝ', 'ҟ', 'ҡ', 'ӄ':
		return "к"
	case 'ң', 'ҥ', 'ӈ':
		return "н"
	case 'ө':
		return "о"
	case 'ҫ':
		return "с"
	case 'ҭ':
		return "т"
	case 'ү', 'ұ':
		return "у"
	case 'ҳ':
		return "х"
	case 'ҷ', 'ҹ':
		return "ч"
	}
	return ""
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
	var from []int // where the letter of each folded byte begins in text
	for i, n := 0, 0; i < len(text); i += n {
		n = norm.NFKC.NextBoundaryInString(text[i:], true)
		r, _ := utf8.DecodeRuneInString(text[i:])
		f := Fold(text[i : i+n])
		if isDash(r) || unicode.IsSpace(r) || isFiller(r) {
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
	end = last + norm.NFKC.NextBoundaryInString(text[last:], true)
	for end < len(text) { // the marks on its last letter
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.Is(unicode.Mn, r) {
			break
		}
		end += size
	}
	return from[i], end, true
}
