package tui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A keyMap is every action with the keys that it has now.
type keyMap []action

// find returns what a key means in the first of the scopes that knows it.
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

// reaching lists the keys of an action that nothing takes in a scope that is
// asked before its own.
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

// first returns the first key of an action, as the screen shows it. One that has
// none is called by its name in the palette.
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
	at := make(map[string]int)
	for i := range k {
		a := &k[i]
		if a.in&in == 0 {
			continue
		}
		n, known := at[a.group]
		if !known {
			n = len(groups)
			at[a.group] = n
			groups = append(groups, keyGroup{title: a.group})
		}
		groups[n].actions = append(groups[n].actions, a)
	}
	return groups
}

// A hint is an action on the bottom row, with a word for what it does.
type hint struct{ action, word string }

// hints lists the few actions that the bottom row shows, most useful first.
func (m *model) hints() []hint {
	switch m.mode {
	case picking:
		return []hint{{"pick", "choose"}, {"pick-mark", "mark several"}, {"pick-exclude", "exclude"}, {"leave-choice", "leave"}}
	case choosing:
		return []hint{{"choose", "do it"}, {"choose-down", "next"}, {"leave-choice", "leave"}, {"help-here", "help"}}
	case pairing:
		return []hint{{"filter-pair", "filter to them"}, {"back", "back"}, {"down", "down"}, {"pair-right", "right"}, {"help", "help"}}
	case searching, going, asking:
		if m.mode == asking && m.yesOrNo {
			return []hint{{"accept", "answer"}, {"leave-prompt", "no"}}
		}
		return []hint{{"accept", "keep"}, {"leave-prompt", "leave"}, {"clear-line", "erase"}}
	case filtering:
		return []hint{{"accept", "keep"}, {"complete", "complete"}, {"leave-prompt", "leave"}, {"clear-line", "erase"}}
	case ranging:
		return []hint{{"range-keep", "filter"}, {"range-leave", "leave"}, {"range-back", "back"}, {"range-ahead", "ahead"}, {"range-month-ahead", "month"}, {"help", "help"}}
	case helping:
		return []hint{{"back", "back"}, {"choose-down", "down"}, {"choose-page-down", "page"}, {"erase", "widen"}}
	case briefing:
		return []hint{{"back", "back"}, {"save-brief", "save"}, {"copy-brief", "copy"}, {"paper", "paper"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}
	case telling:
		return []hint{{"back", "back"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}
	}
	switch m.focus {
	case onFacets:
		return []hint{{"help", "help"}, {"back", "back"}, {"want-value", "want"}, {"exclude-value", "exclude"}, {"pick-actors", "actors"}, {"facets", "hide"}}
	case onDetail:
		hints := []hint{{"help", "help"}, {"back", "back"}, {"down", "scroll"}, {"scroll-down", "next event"}, {"open-numbered", "open source"}, {"copy-citation", "cite"}}
		if _, disputed := m.detail.target(m.styles); disputed {
			hints = append(hints, hint{"read", "to the other side"}, hint{"next-claim", "choose"})
		}
		return append(hints, hint{"brief", "brief"})
	}
	return []hint{
		{"help", "help"}, {"filter", "filter"}, {"pick-actors", "actors"}, {"search", "search"}, {"read", "read"}, {"brief", "brief"}, {"quit", "quit"},
		{"copy-citation", "cite"}, {"open-first", "open"}, {"order", "order"}, {"next-pane", "pane"}, {"palette", "more"},
		{"facets", "facets"}, {"who", "who with whom"}, {"zoom-in", "zoom"}, {"select-time", "select time"},
	}
}

// shownKeys writes keys as the screen shows them: the first two will do.
func shownKeys(keys []string) string {
	if len(keys) == 9 && keys[0] == "1" && keys[8] == "9" {
		return "1–9"
	}
	var shown []string
	for _, k := range keys[:min(len(keys), 2)] {
		shown = append(shown, shownKey(k))
	}
	return strings.Join(shown, " ")
}

// shownKey writes a key's name as it stands on the key.
func shownKey(name string) string {
	if mod, rest, ok := strings.Cut(name, "+"); ok && mod != "" && rest != "" {
		if utf8.RuneCountInString(rest) == 1 {
			rest = strings.ToUpper(rest)
		}
		return strings.ToUpper(mod[:1]) + mod[1:] + "-" + shownKey(rest)
	}
	switch name {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	if len(name) > 1 && name[0] < 0x80 {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

// Keys are what a reader binds actions to: names of keys, by the name of the
// action. An action that has none keeps no key; one that is not named keeps its
// own.
type Keys map[string][]string

// bind returns the key map with the reader's bindings in it.
func (k Keys) bind() keyMap {
	all := keyMap(actions())
	for i := range all {
		if keys, ok := k[all[i].name]; ok {
			all[i].SetKeys(keys...)
			all[i].SetHelp(shownKeys(keys), all[i].Help().Desc)
		}
	}
	return all
}
