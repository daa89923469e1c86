package tui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A keyMap is every action with its keys.
type keyMap []action

// find returns the action of a key in the first of the scopes that has one.
func (k keyMap) find(msg tea.KeyPressMsg, scopes []scope) *action {
	for _, in := range scopes {
		for i := range k {
			if k[i].in&in != 0 && key.Matches(msg, k[i].Binding) {
				return &k[i]
			}
		}
	}
	return nil
}

// reaching lists the keys of an action that no earlier scope takes.
func (k keyMap) reaching(a *action, scopes []scope) []string {
	var before scope
	for _, in := range scopes {
		if a.in&in != 0 {
			break
		}
		before |= in
	}
	return slices.DeleteFunc(slices.Clone(a.Keys()), func(name string) bool {
		return slices.ContainsFunc(k, func(b action) bool { return b.in&before != 0 && slices.Contains(b.Keys(), name) })
	})
}

// named returns the action of that name, nil if there is none.
func (k keyMap) named(name string) *action {
	i := slices.IndexFunc(k, func(a action) bool { return a.name == name })
	if i < 0 {
		return nil
	}
	return &k[i]
}

// first returns the first key of an action, as the screen shows it. An action
// without keys is called by its name in the palette.
func (k keyMap) first(name string) string {
	if keys := strings.Fields(k.named(name).Help().Key); len(keys) > 0 {
		return keys[0]
	}
	return ":" + name
}

// A keyGroup is the actions of one purpose, under a title.
type keyGroup struct {
	title   string
	actions []*action
}

// groups lists the actions of some scopes, as the help shows them.
func (k keyMap) groups(scopes []scope) []keyGroup {
	var in scope
	for _, s := range scopes {
		in |= s
	}
	var groups []keyGroup
	for i := range k {
		a := &k[i]
		if a.in&in == 0 {
			continue
		}
		n := slices.IndexFunc(groups, func(g keyGroup) bool { return g.title == a.group })
		if n < 0 {
			n = len(groups)
			groups = append(groups, keyGroup{title: a.group})
		}
		groups[n].actions = append(groups[n].actions, a)
	}
	return groups
}

// shownKeys writes the first two keys as the screen shows them.
func shownKeys(keys []string) string {
	var shown []string
	for _, k := range keys[:min(len(keys), 2)] {
		shown = append(shown, shownKey(k))
	}
	return strings.Join(shown, " ")
}

// keyCaps are the names of keys on their caps, where they differ in more than a
// capital.
var keyCaps = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "PgUp", "pgdown": "PgDn"}

// shownKey writes a key as its cap does.
func shownKey(name string) string {
	if mod, rest, ok := strings.Cut(name, "+"); ok && mod != "" && rest != "" {
		if utf8.RuneCountInString(rest) == 1 {
			rest = strings.ToUpper(rest)
		}
		return strings.ToUpper(mod[:1]) + mod[1:] + "-" + shownKey(rest)
	}
	if shown, ok := keyCaps[name]; ok {
		return shown
	}
	if len(name) > 1 && name[0] < 0x80 {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

// Keys are the keys that a reader binds to actions, by the action's name. An
// action with an empty list has no key; one that is not named keeps its own.
type Keys map[string][]string

// Actions of earlier versions that have another name now, or none.
var (
	renamed = map[string]string{"open-first": "open-source"}
	gone    = map[string]string{"open-numbered": "digits are counts now, and 3o opens source 3"}
)

// recent are keys that actions have had by themselves only since a later version.
// They give way to a reader's binding from before.
var recent = []string{"U", "ctrl+_", "ctrl+r", "ctrl+o", "&", "%", "<", ">", "ctrl+e", "ctrl+y", "ctrl+n", "ctrl+k", "ctrl+j", "ctrl+w", "alt+backspace"}

// bind returns the key map with the reader's bindings.
func (k Keys) bind() keyMap {
	all := keyMap(actions())
	bound := make(map[int][]string) // by action
	for name, keys := range k {
		if now, is := renamed[name]; is {
			name = now
		}
		if i := slices.IndexFunc(all, func(a action) bool { return a.name == name }); i >= 0 {
			bound[i] = keys
		}
	}
	for i := range all {
		keys, ok := bound[i]
		if !ok {
			keys = slices.DeleteFunc(slices.Clone(all[i].Keys()), func(key string) bool {
				if !slices.Contains(recent, key) {
					return false
				}
				for n, taken := range bound {
					if all[n].in.meets(all[i].in) && slices.Contains(taken, key) {
						return true
					}
				}
				return false
			})
		}
		all[i].SetKeys(keys...)
		all[i].SetHelp(shownKeys(keys), all[i].Help().Desc)
	}
	return all
}

// keyNamed returns the press of a key by the name that Bubble Tea gives it.
func keyNamed(name string) (key tea.KeyPressMsg, ok bool) {
	for _, mod := range []struct {
		name string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if rest, cut := strings.CutPrefix(name, mod.name); cut && rest != "" {
			name, key.Mod = rest, key.Mod|mod.mod
		}
	}
	switch n := utf8.RuneCountInString(name); {
	case n == 1:
		key.Code, _ = utf8.DecodeRuneInString(name)
	case n > 1:
		for _, codes := range [][2]rune{{tea.KeyUp, tea.KeyEnd}, {tea.KeyF1, tea.KeyF12}, {tea.KeyEnter, tea.KeyEnter}, {tea.KeyEscape, tea.KeyEscape}, {tea.KeyTab, tea.KeyTab}, {tea.KeyBackspace, tea.KeyBackspace}, {tea.KeySpace, tea.KeySpace}} {
			for code := codes[0]; code <= codes[1] && key.Code == 0; code++ {
				if (tea.Key{Code: code}).String() == name {
					key.Code = code
				}
			}
		}
	}
	if key.Mod == 0 && (utf8.RuneCountInString(name) == 1 || name == "space") {
		key.Text = string(key.Code)
	}
	return key, key.Code != 0
}

// goneActions says what takes the place of actions that are bound and no longer
// there.
func (k Keys) goneActions() []string {
	var said []string
	for name := range k {
		if word, is := gone[name]; is {
			said = append(said, name+" is gone: "+word+".")
		}
	}
	return said
}
