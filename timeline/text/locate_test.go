package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline/internal/fixture"
	"dateline/timeline/text"
)

func TestLocateFindsTheSpellingOfTheText(t *testing.T) {
	for _, c := range []struct{ text, sought, want string }{
		{"Kim Jong-un visits", "kim jong un", "Kim Jong-un"},
		{"Then KIM JONG UN left", "Kim Jong-un", "KIM JONG UN"},
		{"Kim Jong Un", "jong-un", "Jong Un"},
		{"Kim  Jong – Un", "kim jong un", "Kim  Jong – Un"},
		{"— Kim", "kim", "Kim"},
		{"a state-media report", "state media", "state-media"},
		{"Ch’oe Sŏn-hŭi said", "choe son hui", "Ch’oe Sŏn-hŭi"},
		{"Choe Son Hui said", "Ch'oe Sŏn-hŭi", "Choe Son Hui"},
		{"북한 김정은 위원장", "김정은", "김정은"},
		{"북한 김정은 위원장", "정은 위", "정은 위"},
		{"министр Цой Сон Хи", "цои сон", "Цой Сон"},
		{"ЧВЭ СОН ХИ", "чвэ", "ЧВЭ"},
		{"die Straße", "strasse", "Straße"},
		{"die Straße", "s", "S"},
		{"an oﬃce", "ff", "ﬃ"},
		{"ガス", "ガ", "ガ"},
		{"ガス", "カ", ""},
		{"Пу\u0301тин", "путин", "Пу\u0301тин"},
		{"ｶﾞｲﾄﾞﾌﾞｯｸ", "ガイド", "ｶﾞｲﾄﾞ"},
		{"w Łodzi", "lodz", "Łodz"},
		{"die Ærø", "aero", "Ærø"},
		{"می\u200cخواهم", "میخواهم", "می\u200cخواهم"},
		{"Putin", "vladimir", ""},
		{"Putin", "", ""},
		{"", "putin", ""},
		{"aab", "ab", "ab"},
		{"said twice, said", "said", "said"}, // the first
	} {
		start, end, ok := text.Locate(c.text, text.Fold(c.sought))
		if got := c.text[start:end]; got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %q: got %q, %t, want %q", c.sought, c.text, got, ok, c.want)
		}
	}
	if start, _, _ := text.Locate("said twice, said", "said"); start != 0 {
		t.Errorf("got the occurrence at %d, want the first", start)
	}
}

// What a search finds, the screen must be able to show.
func TestLocateFindsEveryWordOfTheTimeline(t *testing.T) {
	tl := fixture.Shipped(t)
	for i := range tl.Len() {
		e := tl.Event(i)
		texts := append([]string{e.Title, e.Summary, e.Caveat}, e.Actors...)
		for _, s := range e.Sources {
			texts = append(texts, s.Title, s.Quote, s.Publisher)
		}
		for _, s := range texts {
			words := strings.Fields(s)
			for j, word := range words {
				checkFound(t, s, text.Fold(word))
				checkFound(t, s, text.Fold(strings.Join(words[j:min(j+3, len(words))], " ")))
			}
		}
	}
}

func TestLocateTakesMarksWithTheirLetters(t *testing.T) {
	for _, c := range []struct{ text, sought, want string }{
		{"x\u0303y", "x", "x\u0303"},
		{"Кита\u0301й", "кита", "Кита\u0301"},
	} {
		start, end, _ := text.Locate(c.text, text.Fold(c.sought))
		if got := c.text[start:end]; got != c.want {
			t.Errorf("%q in %q: got %q, want %q", c.sought, c.text, got, c.want)
		}
	}
}

func checkFound(t *testing.T, s, needle string) {
	t.Helper()
	if needle == "" {
		return
	}
	start, end, ok := text.Locate(s, needle)
	if !ok || !strings.Contains(text.Fold(s[start:end]), needle) {
		t.Errorf("%q in %q: got %q, %t", needle, s, s[start:end], ok)
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("Kim Jong-un", "jong un")
	f.Add("북한 김정은", "김정은")
	f.Add("Straße", "ss")
	f.Add("a\xff\u0301b", "\xff")
	f.Add("\u1112\u1161\u11ab", "한")
	f.Add("a\u00b4b — ﷺ", "a b")
	f.Fuzz(func(t *testing.T, s, word string) {
		start, end, ok := text.Locate(s, text.Fold(word))
		if !ok {
			return
		}
		if start < 0 || start >= end || end > len(s) {
			t.Fatalf("%q in %q: got %d to %d", word, s, start, end)
		}
		if !utf8.RuneStart(s[start]) && utf8.ValidString(s) || end < len(s) && !utf8.RuneStart(s[end]) && utf8.ValidString(s) {
			t.Errorf("%q in %q: %d to %d cuts a character", word, s, start, end)
		}
	})
}
