package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A keyboard for another script sends its letters where the viewer's keys are
// meant. Most terminals send only the letter; some also the key.

// The letters of a Korean (two-set) and a Russian keyboard, and those of an
// American one on the same keys.
const (
	korean, onKorean   = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ", "qwertyuiopasdfghjklzxcvbnmQWERTOP"
	russian, onRussian = "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", `qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>`
	shifted, unshifted = `{}:"<>?`, `[];',./`
)

// latin is the same key on an American keyboard.
func latin(msg tea.KeyPressMsg) tea.KeyPressMsg {
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
	for _, board := range [][2]string{{korean, onKorean}, {russian, onRussian}} {
		if key, ok := counterpart(msg.Text, board[0], board[1]); ok {
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
