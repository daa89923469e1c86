package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A keyboard for another script sends its letters where the viewer's keys are
// meant. Most terminals send only the letter; some also the key.

// A keyboard is the letters of a layout and, for each, the character on the same
// key of an American one.
type keyboard struct{ letters, american string }

// keyboards are the layouts. Where two have a letter on different keys, the first
// counts; in a Serbian locale that is the Serbian.
var keyboards = []keyboard{
	{ // Korean, two-set
		"ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
		"qwertyuiopasdfghjklzxcvbnmQWERTOP",
	},
	{ // Russian, and the letters that Ukrainian has instead
		"йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮіїєІЇЄ",
		`qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>s]'S}"`,
	},
	serbian,
	{ // Greek
		"ςερτυθιοπασδφγηξκλζχψωβνμΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ",
		"wertyuiopasdfghjklzxcvbnmERTYUIOPASDFGHJKLZXCVBNM",
	},
	{ // Hebrew, which has no capitals
		"קראטוןםפשדגכעיחלךףזסבהנמצתץ",
		"ertyuiopasdfghjkl;zxcvbnm,.",
	},
	{ // Arabic
		"ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ",
		`qwertyuiop[]asdfghjkl;'zxcvnm,./`,
	},
}

var serbian = keyboard{
	"љњертзуиопшђасдфгхјклчћжѕџцвбнмЉЊЕРТЗУИОПШЂАСДФГХЈКЛЧЋЖЅЏЦВБНМ",
	`qwertyuiop[]asdfghjkl;'\zxcvbnmQWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM`,
}

// The characters of keys that have no letter, with Shift and without.
const shifted, unshifted = `{}:"<>?`, `[];',./`

// latin is the same key on an American keyboard.
func latin(msg tea.KeyPressMsg, inSerbian bool) tea.KeyPressMsg {
	if len(msg.Text) < 2 || msg.Mod&^tea.ModShift != 0 {
		return msg // it is Latin already, or no letter
	}
	if msg.BaseCode > ' ' && msg.BaseCode < 0x7f {
		key := string(msg.BaseCode)
		if msg.Mod == tea.ModShift {
			if up, ok := counterpart(key, unshifted, shifted); ok {
				key = up
			} else {
				key = strings.ToUpper(key)
			}
		}
		return letter(key)
	}
	boards := keyboards
	if inSerbian {
		boards = append([]keyboard{serbian}, boards...)
	}
	for _, board := range boards {
		if key, ok := counterpart(msg.Text, board.letters, board.american); ok {
			return letter(key)
		}
	}
	return msg
}

// counterpart finds the rune of to that stands where the text is in from.
func counterpart(text, from, to string) (string, bool) {
	for i, r := range []rune(from) {
		if string(r) == text {
			return string([]rune(to)[i]), true
		}
	}
	return "", false
}

func letter(text string) tea.KeyPressMsg {
	return tea.KeyPressMsg{Text: text, Code: unicode.ToLower([]rune(text)[0])}
}
