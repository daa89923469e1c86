package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"dateline/timeline/text"
)

var hostile = []struct{ name, text, want string }{
	{"nothing", "", ""},
	{"plain", "Kim Jong Un — Путин, 김정은 «a» …", "Kim Jong Un — Путин, 김정은 «a» …"},
	{"colour", "a\x1b[31mred\x1b[0m", "a[31mred[0m"},
	{"clear the screen", "\x1b[2J\x1b[Hgone", "[2J[Hgone"},
	{"title", "\x1b]0;owned\x07x", "]0;ownedx"},
	{"link", "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\", "]8;;https://evil.example\\x]8;;\\"},
	{"clipboard", "\x1b]52;c;cm0gLXJm\x07", "]52;c;cm0gLXJm"},
	{"device control", "\x1bP+q544e\x1b\\x", "P+q544e\\x"},
	{"answerback", "a\x05b", "ab"},
	{"C1 as UTF-8", "a\u009b31mb\u009d0;x\u009c", "a31mb0;x"},
	{"C1 as bytes", "a\x9b31mb", "a\ufffd31mb"},
	{"next line", "a\u0085b", "ab"},
	{"line and paragraph separator", "a\u2028b\u2029c", "a b c"},
	{"tab and line ends", "a\tb\r\nc\vd\fe", "a b  c d e"},
	{"backspace", "honest\b\b\b\b\b\bx", "honestx"},
	{"bell, null, delete", "a\x07b\x00c\x7fd", "abcd"},
	{"right-to-left override", "evil\u202egnp.exe", "evilgnp.exe"},
	{"embedding and isolates", "\u202aa\u202bb\u202cc\u2066d\u2067e\u2068f\u2069", "abcdef"},
	{"direction marks", "a\u200eb\u200fc\u061cd", "abcd"},
	{"Hebrew stays", "שלום", "שלום"},
	{"Arabic stays", "سلام", "سلام"},
	{"zero width", "a\u200bb\u2060c\ufeffd\u200ce", "abcde"},
	{"Hangul fillers", "a\u115fb\u1160c\u3164d\uffa0e", "a b c d e"},
	{"other characters that cannot be seen", "a\u034fb\u17b4c\u180bd\u2065e\ufff0f\U000e0fffg", "abcdefg"},
	{"variation selectors after letters", "a\ufe00b\ufe0fc\U000e0100d", "abcd"},
	{"Persian spelt with a non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
	{"a joiner that shapes a lone letter", "ه\u200d", "ه\u200d"},
	{"Mongolian variants", "ᠠ\u180bᠢ", "ᠠ\u180bᠢ"},
	{"half-width kana", "ｶﾞｲﾄﾞ ﾌﾞｯｸ ﾊﾟｽ", "ガｲド ブｯｸ パｽ"},
	{"half-width marks on nothing", "ﾞa ﾟ漢ﾞﾞ", "゛a ゜漢゛゛"},
	{"flag of England", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!", "🏴!"},
	{"byte order mark", "\ufeffid", "id"},
	{"soft hyphen", "co\u00adoperate", "cooperate"},
	{"interlinear annotation", "a\ufff9b\ufffac\ufffb", "abc"},
	{"tags", "a\U000e0001\U000e0061b", "ab"},
	{"Mongolian vowel separator", "a\u180eb", "ab"},
	{"no-break and other blanks", "a\u00a0b\u2003c\u3000d\u202fe", "a b c d e"},
	{"family", "👨\u200d👩\u200d👧\u200d👦!", "👨!"},
	{"skin", "👍🏽!", "👍!"},
	{"heart", "❤\ufe0f!", "❤!"},
	{"keycap", "1\ufe0f\u20e3!", "1!"},
	{"a flag is two letters, or one picture as wide", "🇷🇺!", "🇷🇺!"},
	{"decomposed", "Cafe\u0301 \u1112\u1161\u11ab", "Café 한"},
	{"one mark stays", "x\u0303!", "x\u0303!"},
	{"a mark on nothing", "\u0301a", "a"},
	{"smear", "z" + strings.Repeat("\u0335", 10000) + "!", "z!"},
	{"smears of many marks", "a" + strings.Repeat("\u0300\u0301\u0302", 50) + "b" + strings.Repeat("\u0489", 30) + "c", "àbc"},
	{"invalid UTF-8", "a\xffb\xc3(\xe2\x28\xa1", "a\ufffdb\ufffd(\ufffd(\ufffd"},
	{"overlong and surrogate", "\xc0\xaf\xed\xa0\x80", "\ufffd"},
	{"Hindi stays whole", "हिन्दी क्षत्रिय", "हिन्दी क्षत्रिय"},
	{"Thai stays whole", "ภาษาไทย น้ำ", "ภาษาไทย น้ำ"},
	{"lone joiner", "\u200d", ""},
	{"joiner after a digit", "٧\u200d", "٧"},
	{"joiner between letters", "a\u200db", "ab"},
	{"ideographic variation", "漢\U000e0100字", "漢\U000e0100字"},
	{"private use and noncharacter", "\ue000\ufffe", "\ue000"},
	{"replacement and object", "\ufffd\ufffc", "\ufffd\ufffc"},
}

func TestCleanDisarmsHostileText(t *testing.T) {
	for _, c := range hostile {
		got := text.Clean(c.text)
		if got != c.want {
			t.Errorf("%s: got %.60q, want %.60q", c.name, got, c.want)
		}
		checkClean(t, c.text)
	}
}

// checkClean holds what every terminal relies on: Clean is idempotent, leaves
// no control or format character, and all agree on the width of the rest.
func checkClean(t *testing.T, s string) {
	t.Helper()
	cleaned := text.Clean(s)
	if again := text.Clean(cleaned); again != cleaned {
		t.Errorf("%.80q is cleaned to %.80q, that to %.80q", s, cleaned, again)
	}
	if !utf8.ValidString(cleaned) {
		t.Errorf("%.80q is cleaned to %.80q, which is not UTF-8", s, cleaned)
	}
	vowelMarks, joining := false, false
	for _, r := range cleaned {
		joining = joining || r >= 0x600 && unicode.In(r, unicode.L, unicode.M)
		vowelMarks = vowelMarks || writesVowelsAsMarks(r)
		joins := (r == '\u200d' || r == '\u200c') && joining // text is spelt with them
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !joins || r == '\u2028' || r == '\u2029' {
			t.Errorf("%.80q is cleaned to %.80q, which keeps %U", s, cleaned, r)
		}
	}
	if graphemes, runes := ansi.StringWidth(cleaned), ansi.StringWidthWc(cleaned); graphemes != runes && !vowelMarks {
		t.Errorf("%.80q is cleaned to %.80q, %d cells wide or %d", s, cleaned, graphemes, runes)
	}
}

// writesVowelsAsMarks says that r is of the Indic scripts, Thai, Lao, Burmese
// or Khmer, which Clean leaves whole.
func writesVowelsAsMarks(r rune) bool {
	return 0x900 <= r && r <= 0xdff || 0xe00 <= r && r <= 0xeff || 0x1000 <= r && r <= 0x109f || 0x1780 <= r && r <= 0x17ff
}

func TestCleanOfEveryRune(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if utf8.ValidRune(r) && (r < 0x20000 || r > 0xe0000 && r < 0xe0200) {
			checkClean(t, "a"+string(r)+"b")
		}
	}
}

func TestCleanOfRunesThrownTogether(t *testing.T) {
	var pool []rune
	for _, c := range hostile {
		pool = append(pool, []rune(c.text)[:min(20, utf8.RuneCountInString(c.text))]...)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		s := make([]rune, 1+random.IntN(12))
		for i := range s {
			s[i] = pool[random.IntN(len(pool))]
		}
		checkClean(t, string(s))
	}
}

func FuzzClean(f *testing.F) {
	for _, c := range hostile {
		f.Add(c.text[:min(len(c.text), 200)])
	}
	f.Fuzz(checkClean)
}

func TestCleanLeavesNoHalfOfAFlag(t *testing.T) {
	for s, want := range map[string]string{"a🇷b": "ab", "🇷🇺🇰!": "🇷🇺!", "🇷🇺": "🇷🇺"} {
		if got := text.Clean(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestCleanLeavesNoMarkOnABlank(t *testing.T) {
	for s, want := range map[string]string{"a \u0335b": "a b", "x\t\u0301": "x ", "\u0301x": "x"} {
		if got := text.Clean(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestSafeKeepsWhatTextIsSpeltWith(t *testing.T) {
	for s, want := range map[string]string{
		"می\u200cخواهم":                                    "می\u200cخواهم",
		"क्\u200dष ශ්\u200dරී":                             "क्\u200dष ශ්\u200dරී",
		"👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥":                   "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥",
		"1\ufe0f\u20e3 ©\ufe0f":                            "1\ufe0f\u20e3 ©\ufe0f",
		"葛\U000e0100飾":                                     "葛\U000e0100飾",
		"ｶﾞｲﾄﾞ":                                            "ｶﾞｲﾄﾞ",
		"🏴\U000e0067\U000e0062\U000e007f!":                 "🏴!",
		"a\u200db\u200cc\x1b[31m\u202ed\u200f\ufe0f\u3164": "abc[31md ",
		"tab\tand\r\nline":                                 "tab and  line",
	} {
		got := text.Safe(s)
		if got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
		if again := text.Safe(got); again != got {
			t.Errorf("%q: safe text %q becomes %q", s, got, again)
		}
	}
}
