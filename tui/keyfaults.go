package tui

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"dateline/timeline/text"
)

// A KeyFault is one thing that is wrong with what a reader bound.
type KeyFault struct {
	Action string // the name of what was bound so
	Other  string // of what has the same key in the same place, or ""
	Text   string // what is wrong, and what would be right
}

// Faults lists all that is wrong with the bindings. A viewer with none can be
// left, and no key of it means two things in one place.
func (k Keys) Faults() []KeyFault {
	var faults []KeyFault
	add := func(action, other, format string, args ...any) {
		faults = append(faults, KeyFault{action, other, fmt.Sprintf(format, args...)})
	}
	own := keyMap(actions())
	for name, keys := range k {
		a := own.named(name)
		if a == nil {
			add(name, "", "there is no action %s%s", name, own.meant(name))
			continue
		}
		if len(keys) == 0 && a.leaves() {
			add(name, "", "%s needs a key: without it there is a place that nothing leaves", name)
		}
		for _, key := range keys {
			switch wrong := misnamed(key); {
			case wrong != "":
				add(name, "", "%s: %s", name, wrong)
			case a.types(key) && !slices.Contains(a.Keys(), key):
				add(name, "", "%s: %s is text where this is pressed; take a key that types nothing, such as \"ctrl+x\"", name, key)
			}
		}
	}
	for _, c := range k.bind().conflicts() {
		if _, ok := k[c.Action]; !ok {
			c.Action, c.Other = c.Other, c.Action
		}
		add(c.Action, c.Other, "%s", c.Text)
	}
	return faults
}

// leaves reports whether there is a place that nothing else leaves.
func (a *action) leaves() bool {
	return slices.Contains([]string{"quit-now", "back", "leave-prompt", "leave-choice", "range-leave"}, a.name)
}

// types reports whether a key is text in a place where the action is pressed.
func (a *action) types(key string) bool {
	return a.in&(inPrompt|inFilter|inPicker|inMenu) != 0 && (key == "space" || utf8.RuneCountInString(key) == 1)
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

// meets reports whether there is a place where both count. A filter is a prompt
// too.
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
