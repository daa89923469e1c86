package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline/timeline/text"
)

func TestFoldMakesSpellingsOfANameEqual(t *testing.T) {
	for want, spellings := range map[string][]string{
		"kim jong un": {"Kim Jong Un", "Kim Jong-un", "KIM JONG UN", "kim  jong un", " Kim\tJong\nUn ", "Kim\u00a0Jong\u00a0Un",
			"Kim Jong‐un", "Kim Jong\u2011un", "Kim Jong–un", "Kim Jong — un", "Kim Jong−un", "Ｋｉｍ　Ｊｏｎｇ　Ｕｎ", "Kím Jǒng Ün",
			"Kim\u200b Jong\u2060 Un", "K\u00adim Jong Un", "\ufeffKim Jong Un", "Kim Jong Un\x00", "Kim\u3164Jong\ufe0f Un", "Kim\u034f Jong\u115f\u17b4\u180b Un\U000e0100", "Kim Jong ‑ Un-"},
		"choe son hui":     {"Choe Son Hui", "Ch'oe Son-hui", "Ch’oe Sŏn-hŭi", "Ch‘oe Son-hui", "CH′OE SON-HUI", "Chʼoe Son‑hui"},
		"김정은":              {"김정은", norm.NFD.String("김정은"), norm.NFKD.String("김정은")},
		"한국":               {"한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
		"ガ":                {"ガ", "カ\u3099", "ｶﾞ"},
		"カ":                {"カ", "ｶ"},
		"の":                {"の"},
		"цои":              {"Цой", "цой", "Цои\u0306", "ЦОИ"},
		"еж":               {"Ёж", "еж", "ёж"},
		"ким чен ын":       {"Ким Чен Ын", "КИМ ЧЕН ЫН"},
		"strasse":          {"Straße", "STRASSE", "strasse"},
		"σοφοσ":            {"Σοφός", "σοφοσ", "ΣΟΦΌΣ"},
		"istanbul":         {"İstanbul", "Istanbul"},
		"office":           {"Oﬃce", "office"},
		"हिन्दी":           {"हिन्दी"},
		"ภาษาไทย":          {"ภาษาไทย"},
		"u.s.":             {"U.S."},
		"lodz":             {"Łódź", "łódź", "LODZ"},
		"duong dinh":       {"Đường Đình", "Dương Đình"},
		"diyarbakir":       {"Diyarbakır", "DİYARBAKIR", "diyarbakir"},
		"aro":              {"Åro", "årø"},
		"aero oeuvre":      {"Ærø œuvre", "ǼRØ ŒUVRE"},
		"thorshofn gudjon": {"Þórshöfn Guðjón"},
		"hamrun":           {"Ħamrun"},
		"ilham aliyev":     {"İlham Əliyev"},
		"казакстан":        {"Қазақстан", "Казакстан"},
		"улан бат":         {"Ұлан-Бат", "Үлан Бат"},
		"カイトフックハス":         {"カイトフックハス"},
		"ガイドブックパス":         {"ｶﾞｲﾄﾞﾌﾞｯｸﾊﾟｽ", "ガイドブックパス"},
		"می خواهم":         {"می خواهم"},
		"میخواهم":          {"می\u200cخواهم", "میخواهم"},
		"葛飾":               {"葛\U000e0100飾", "葛飾"},
		"":                 {"", " ", "-", "–—", "'", "’", "\u200b", "\u3164", "\ufe0f", "\u0301", "\x00", "\t\r\n"},
	} {
		for _, s := range spellings {
			if got := text.Fold(s); got != want {
				t.Errorf("%q folds to %q, want %q", s, got, want)
			}
		}
	}
}

func TestFoldKeepsDifferentNamesApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"カ", "ガ"}, {"は", "ぱ"}, {"कि", "क"}, {"김정은", "김정운"}, {"kim", "ким"}, {"KimJongUn", "Kim Jong Un"}, {"a.b", "ab"},
	} {
		if a, b := text.Fold(pair[0]), text.Fold(pair[1]); a == b {
			t.Errorf("%s and %s both fold to %s", pair[0], pair[1], a)
		}
	}
}

// A soft hyphen says nothing, but keeps Fold from its fast path.
const unsaid = "\u00ad"

func checkFast(t *testing.T, s string) {
	t.Helper()
	if fast, slow := text.Fold(s), text.Fold(s+unsaid); fast != slow {
		t.Errorf("%q folds to %q, by the slow path to %q", s, fast, slow)
	}
}

func TestFastFoldEqualsSlowFold(t *testing.T) {
	for a := range rune(utf8.RuneSelf) {
		for b := range rune(utf8.RuneSelf) {
			checkFast(t, string(a)+string(b))
		}
	}
	for r := range rune(0x10000) {
		if utf8.ValidRune(r) {
			checkFast(t, string(r))
			checkFast(t, "a "+string(r)+" b")
		}
	}
}

func TestFastFoldEqualsSlowFoldOnRandomText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aBz09 \t\n\v\x00\x1f\x7f-'.,_~ 김정은北朝鮮ЖжЙйЁёыЫ–—‘’“”")
	for range 20000 {
		s := make([]rune, random.IntN(24))
		for i := range s {
			s[i] = alphabet[random.IntN(len(alphabet))]
		}
		checkFast(t, string(s))
	}
	for range 50000 {
		s := make([]rune, 1+random.IntN(8))
		block := 0x80 + random.IntN(0xd700)&^0x3f
		for i := range s {
			if s[i] = rune(block + random.IntN(0x80)); random.IntN(8) == 0 {
				s[i] = alphabet[random.IntN(len(alphabet))]
			}
		}
		checkFast(t, string(s))
		f := text.NewFolder(nil, len(string(s)))
		if f.Add([]byte(string(s))) {
			if got, want := string(f.Bytes()), text.Fold(text.Clean(string(s))); got != want {
				t.Errorf("%q: the Folder has %q, want %q", string(s), got, want)
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Kim Jong-un", "ガ", "Ch’oe", "김정은", "Straße", "İ", "ΐ", "ﷺ", "\u0344", "क़", "a\u0308\u00ad-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		folded := text.Fold(s)
		if slow := text.Fold(s + unsaid); slow != folded {
			t.Errorf("%q folds to %q, with a soft hyphen to %q", s, folded, slow)
		}
		if strings.HasPrefix(folded, " ") || strings.HasSuffix(folded, " ") || strings.Contains(folded, "  ") {
			t.Errorf("%q folds to %q: blanks are left", s, folded)
		}
		if got := text.Fold(norm.NFD.String(s)); got != folded {
			t.Errorf("%q folds to %q, decomposed to %q", s, folded, got)
		}
	})
}

func TestRecentRemembersEachTextAsItIs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	var recent text.Recent[string]
	found := 0
	for range 100_000 {
		s := make([]byte, random.IntN(28))
		for i := range s {
			s[i] = "\x00ab"[random.IntN(2+len(s)%2)]
		}
		if got := recent.Of(s, func(s []byte) string { found++; return string(s) }); got != string(s) {
			t.Fatalf("got %q, want %q", got, s)
		}
	}
	if found > 90_000 {
		t.Errorf("%d of 100,000 texts were looked for", found)
	}
}
