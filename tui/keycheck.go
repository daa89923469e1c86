package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A KeyFault is something wrong with a reader's bindings.
type KeyFault struct {
	Action string // the name of the action bound
	Other  string // the name of another with the same key in the same place, or ""
	Text   string // the fault, and how to mend it
}

// Faults lists the faults of the bindings. Without any, every place can be left,
// and no key means two things in one place.
func (k Keys) Faults() []KeyFault {
	var faults []KeyFault
	add := func(action, other, format string, args ...any) {
		faults = append(faults, KeyFault{action, other, fmt.Sprintf(format, args...)})
	}
	own := keyMap(actions())
	for name, keys := range k {
		if _, is := gone[name]; is {
			continue
		}
		if now, is := renamed[name]; is {
			name = now
		}
		a := own.named(name)
		if a == nil {
			add(name, "", "no action is called %s%s", name, own.meant(name))
			continue
		}
		if len(keys) == 0 && a.leaves() {
			add(name, "", "%s needs a key: without it some place cannot be left", name)
		}
		for _, key := range keys {
			switch wrong := misnamed(key); {
			case wrong != "":
				add(name, "", "%s: %s", name, wrong)
			case a.types(key) && !slices.Contains(a.Keys(), key):
				add(name, "", "%s: %s is text in that place; use a key that types nothing, such as \"ctrl+x\"", name, key)
			}
		}
	}
	for _, c := range k.bind().conflicts() {
		c.Action, c.Other = k.written(c.Action), k.written(c.Other)
		if _, ok := k[c.Action]; !ok {
			c.Action, c.Other = c.Other, c.Action
		}
		add(c.Action, c.Other, "%s", c.Text)
	}
	return faults
}

// written is the name of an action as the bindings have it.
func (k Keys) written(name string) string {
	for was, now := range renamed {
		if _, bound := k[was]; bound && now == name {
			return was
		}
	}
	return name
}

// leaves reports whether some place cannot be left without this action.
func (a *action) leaves() bool {
	return slices.Contains([]string{"quit-now", "back", "leave-prompt", "leave-choice", "range-leave"}, a.name)
}

// types reports whether a key is text where the action is pressed.
func (a *action) types(key string) bool {
	return a.in&(inTyping&^inPairs) != 0 && (key == "space" || utf8.RuneCountInString(key) == 1)
}

// meant names the action that a misspelt name was likely meant for.
func (k keyMap) meant(name string) string {
	var names []string
	for _, a := range k {
		names = append(names, a.name)
	}
	if near := text.Nearest(name, names); near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return "; docs/configuration.md lists them, and so does the palette"
}

// meets reports whether some place has both scopes. A filter is a prompt too.
func (s scope) meets(t scope) bool {
	if s&inFilter != 0 {
		s |= inPrompt
	}
	if t&inFilter != 0 {
		t |= inPrompt
	}
	return s&t != 0
}

// conflicts lists the keys that mean two things in one place.
func (k keyMap) conflicts() []KeyFault {
	var found []KeyFault
	for i, a := range k {
		for _, b := range k[:i] {
			if !a.in.meets(b.in) {
				continue
			}
			for _, key := range a.Keys() {
				if slices.Contains(b.Keys(), key) {
					found = append(found, KeyFault{b.name, a.name, fmt.Sprintf("%s means both %s and %s", key, b.name, a.name)})
				}
			}
		}
	}
	return found
}

// A key has the name that Bubble Tea gives it: the character it types, or a word
// such as enter or f5, after the ctrl+, alt+ and shift+ held with it, in this
// order. People write keys in other ways too, and are told the right one.

// keyWords are the keys that have a word instead of a character.
var keyWords = []string{
	"enter", "tab", "space", "backspace", "esc", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "insert", "delete",
	"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// otherWords are other names of these keys.
var otherWords = map[string]string{
	"escape": "esc", "return": "enter", "ret": "enter", "cr": "enter", "spacebar": "space", "spc": "space", " ": "space",
	"bs": "backspace", "del": "delete", "ins": "insert", "pageup": "pgup", "page-up": "pgup", "prior": "pgup",
	"pagedown": "pgdown", "page-down": "pgdown", "pgdn": "pgdown", "next": "pgdown",
	"↑": "up", "↓": "down", "←": "left", "→": "right",
}

// held are the names of the keys held with another.
var held = map[string]string{
	"ctrl": "ctrl", "control": "ctrl", "c": "ctrl", "alt": "alt", "option": "alt", "meta": "alt", "a": "alt", "m": "alt",
	"shift": "shift", "s": "shift",
}

// keyName returns the name of a key written in any usual way: Ctrl-C, C-c, <c-c>
// and ^C are ctrl+c. It is empty if there is no such key.
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
		if i < 0 || i == len(rest)-1 || held[strings.ToLower(rest[:i])] == "" {
			break
		}
		with[held[strings.ToLower(rest[:i])]] = true
		rest = rest[i+1:]
	}
	base := strings.ToLower(rest)
	if word, ok := otherWords[base]; ok {
		base = word
	}
	if !slices.Contains(keyWords, base) {
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

// character returns the name of a key that types a character, and corrects the
// keys held with it to those the terminal sends.
func character(text string, with map[string]bool) string {
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) || r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) || unicode.IsMark(r) {
		return ""
	}
	upper := unicode.IsUpper(r)
	if !with["ctrl"] && !with["alt"] {
		if with["shift"] && !unicode.IsLetter(r) {
			return "" // its character depends on the keyboard
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

// misnamed says what is wrong with a key's name, and which name is right; it is
// empty if nothing is.
func misnamed(key string) string {
	switch right := keyName(key); {
	case right == key:
		return ""
	case right != "":
		return fmt.Sprintf("write %q for %q", right, key)
	}
	if near := text.Nearest(key, keyWords); near != "" {
		return fmt.Sprintf("no key is called %q; did you mean %q?", key, near)
	}
	return fmt.Sprintf(`no key is called %q; a key is a character, or a name such as "enter", "f5", "ctrl+x", "alt+x" or "shift+tab"`, key)
}
