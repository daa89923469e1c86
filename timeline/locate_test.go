package timeline_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/timeline"
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
		{"Putin", "vladimir", ""},
		{"Putin", "", ""},
		{"", "putin", ""},
		{"aab", "ab", "ab"},
		{"said twice, said", "said", "said"}, // the first
	} {
		start, end, ok := timeline.Locate(c.text, timeline.Fold(c.sought))
		if got := c.text[start:end]; got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %q: got %q, %t, want %q", c.sought, c.text, got, ok, c.want)
		}
	}
	if start, _, _ := timeline.Locate("said twice, said", "said"); start != 0 {
		t.Errorf("got the occurrence at %d, want the first", start)
	}
}

// What a search finds, the screen must be able to show.
func TestLocateFindsEveryWordOfTheTimeline(t *testing.T) {
	tl := shipped(t)
	for i := range tl.Len() {
		e := tl.Event(i)
		texts := append([]string{e.Title, e.Summary, e.Caveat}, e.Actors...)
		for _, s := range e.Sources {
			texts = append(texts, s.Title, s.Quote, s.Publisher)
		}
		for _, text := range texts {
			words := strings.Fields(text)
			for j, word := range words {
				checkFound(t, text, timeline.Fold(word))
				checkFound(t, text, timeline.Fold(strings.Join(words[j:min(j+3, len(words))], " ")))
			}
		}
	}
}

func checkFound(t *testing.T, text, needle string) {
	t.Helper()
	if needle == "" {
		return
	}
	start, end, ok := timeline.Locate(text, needle)
	if !ok || !strings.Contains(timeline.Fold(text[start:end]), needle) {
		t.Errorf("%q in %q: got %q, %t", needle, text, text[start:end], ok)
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("Kim Jong-un", "jong un")
	f.Add("북한 김정은", "김정은")
	f.Add("Straße", "ss")
	f.Add("a\xff\u0301b", "\xff")
	f.Add("\u1112\u1161\u11ab", "한")
	f.Add("a\u00b4b — ﷺ", "a b")
	f.Fuzz(func(t *testing.T, text, word string) {
		start, end, ok := timeline.Locate(text, timeline.Fold(word))
		if !ok {
			return
		}
		if start < 0 || start >= end || end > len(text) {
			t.Fatalf("%q in %q: got %d to %d", word, text, start, end)
		}
		if !utf8.RuneStart(text[start]) && utf8.ValidString(text) || end < len(text) && !utf8.RuneStart(text[end]) && utf8.ValidString(text) {
			t.Errorf("%q in %q: %d to %d cuts a character", word, text, start, end)
		}
	})
}
