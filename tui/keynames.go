package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A key has the name that Bubble Tea gives it: the character that it types, or a
// word such as enter or f5; before it ctrl+, alt+ and shift+, in this order, for
// those held with it. People write keys in other ways too, and are told this one.

// keyWords are the keys that have a word instead of a character.
func keyWords() []string {
	words := []string{
		"enter", "tab", "space", "backspace", "esc", "up", "down", "left", "right",
		"home", "end", "pgup", "pgdown", "insert", "delete",
	}
	for n := 1; n <= 12; n++ {
		words = append(words, fmt.Sprintf("f%d", n))
	}
	return words
}

// otherWords are what else those keys are called.
func otherWords() map[string]string {
	return map[string]string{
		"escape": "esc", "return": "enter", "ret": "enter", "cr": "enter", "spacebar": "space", "spc": "space", " ": "space",
		"bs": "backspace", "del": "delete", "ins": "insert", "pageup": "pgup", "page-up": "pgup", "prior": "pgup",
		"pagedown": "pgdown", "page-down": "pgdown", "pgdn": "pgdown", "next": "pgdown",
		"↑": "up", "↓": "down", "←": "left", "→": "right",
	}
}

// held are the keys that are held with another, each with what it is called.
func held() map[string]string {
	return map[string]string{
		"ctrl": "ctrl", "control": "ctrl", "c": "ctrl", "alt": "alt", "option": "alt", "meta": "alt", "a": "alt", "m": "alt",
		"shift": "shift", "s": "shift",
	}
}

// keyName returns the name of a key that is written in any usual way: Ctrl-C,
// C-c, <c-c> and ^C are ctrl+c. It is empty if there is no such key.
func keyName(written string) string {
	rest := written
	if inner, ok := strings.CutPrefix(rest, "<"); ok && strings.HasSuffix(inner, ">") {
		rest = strings.TrimSuffix(inner, ">")
	}
	with := make(map[string]bool)
	if r, ok := strings.CutPrefix(rest, "^"); ok && r != "" {
		with["ctrl"], rest = true, r
	}
	for {
		i := strings.IndexAny(rest, "+-")
		if i < 0 || i == len(rest)-1 || held()[strings.ToLower(rest[:i])] == "" {
			break
		}
		with[held()[strings.ToLower(rest[:i])]] = true
		rest = rest[i+1:]
	}
	base := strings.ToLower(rest)
	if word, ok := otherWords()[base]; ok {
		base = word
	}
	if !slices.Contains(keyWords(), base) {
		if base = character(rest, with); base == "" {
			return ""
		}
	}
	name := ""
	for _, key := range []string{"ctrl", "alt", "shift"} {
		if with[key] {
			name += key + "+"
		}
	}
	return name + base
}

// character is the name of a key that types a character, and changes what is
// held with it to what the terminal sends.
func character(text string, with map[string]bool) string {
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) || r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) || unicode.IsMark(r) {
		return ""
	}
	upper := unicode.IsUpper(r)
	if !with["ctrl"] && !with["alt"] {
		if with["shift"] && !unicode.IsLetter(r) {
			return "" // what it types depends on the keyboard
		}
		if with["shift"] {
			r = unicode.ToUpper(r)
		}
		with["shift"] = false
		return string(r)
	}
	with["shift"] = with["shift"] || upper && !with["ctrl"]
	if with["ctrl"] && !with["alt"] && !with["shift"] {
		// Terminals send one byte for both.
		if same, ok := map[rune]string{'i': "tab", 'm': "enter", '[': "esc", 'I': "tab", 'M': "enter"}[r]; ok {
			with["ctrl"] = false
			return same
		}
	}
	return string(unicode.ToLower(r))
}

// misnamed says what is wrong with a key's name, and which name would be right;
// it is empty if nothing is.
func misnamed(key string) string {
	switch right := keyName(key); {
	case right == key:
		return ""
	case right != "":
		return fmt.Sprintf("write %q for %q", right, key)
	}
	if near := text.Nearest(key, keyWords()); near != "" {
		return fmt.Sprintf("no key is called %q; did you mean %q?", key, near)
	}
	return fmt.Sprintf(`no key is called %q; a key is a character, or a name such as "enter", "f5", "ctrl+x", "alt+x" or "shift+tab"`, key)
}
