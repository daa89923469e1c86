package tui

import (
	"charm.land/bubbles/v2/key"
)

// A keyMap is every key there is, each declared once with its help. What the
// screen says of keys comes from here.
type keyMap struct {
	down, up, top, bottom, pageDown, pageUp, halfDown, halfUp key.Binding
	scrollDown, scrollUp, monthBack, monthOn                  key.Binding
	goTo, newest, kinOn, kinBack, placeBack, placeOn          key.Binding
	cycleMark, clearMarks, markedOn, markedBack               key.Binding
	open, back, otherPane                                     key.Binding
	search, next, previous                                    key.Binding
	filter, pickActor, order                                  key.Binding
	openSource, openFirst, copyCitation, nextClaim            key.Binding
	brief, problems, help, quit, quitNow, suspend, redraw     key.Binding
	leave, helpAnywhere, reload                               key.Binding

	// In a prompt or a picker.
	accept, cancel, complete, completeBack, mark, exclude, erase, clearLine key.Binding
	pickDown, pickUp, pickPageDown, pickPageUp                              key.Binding
}

// bind declares a binding: the keys, and how the help shows and explains them.
func bind(shown, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, what))
}

func newKeyMap() keyMap {
	return keyMap{
		down:       bind("j ↓", "next event", "j", "down"),
		up:         bind("k ↑", "previous event", "k", "up"),
		top:        bind("g Home", "first", "g", "home"),
		bottom:     bind("G End", "last", "G", "end"),
		pageDown:   bind("Space PgDn", "page down", "space", "pgdown", "ctrl+f"),
		pageUp:     bind("b PgUp", "page up", "b", "pgup", "ctrl+b"),
		halfDown:   bind("d", "half a page down", "d", "ctrl+d"),
		halfUp:     bind("u", "half a page up", "u", "ctrl+u"),
		scrollDown: bind("J", "scroll the detail down; while reading, next event", "J", "ctrl+e"),
		scrollUp:   bind("K", "scroll the detail up; while reading, previous event", "K", "ctrl+y"),
		monthBack:  bind("[", "previous month", "["),
		monthOn:    bind("]", "next month", "]"),

		goTo:      bind("t", "go to a date, a distance or a weekday", "t"),
		newest:    bind("T", "go to the newest event", "T"),
		kinOn:     bind("}", "next event that shares an actor", "}"),
		kinBack:   bind("{", "previous event that shares an actor", "{"),
		placeBack: bind("H", "back to where a jump began", "H"),
		placeOn:   bind("L", "forward again", "L"),

		cycleMark:  bind("m", "mark: must, should, could, none", "m"),
		clearMarks: bind("M", "clear all marks, when pressed twice", "M"),
		markedOn:   bind("'", "next marked event", "'"),
		markedBack: bind("\"", "previous marked event", "\""),

		open:      bind("Enter l →", "read at full height; while reading, go to the claim or answer", "enter", "l", "right"),
		leave:     bind("h ←", "from the detail to the list", "h", "left"),
		back:      bind("Esc", "one layer back", "esc"),
		otherPane: bind("Tab", "to the other pane", "tab", "shift+tab"),

		search:   bind("/", "search", "/"),
		next:     bind("n", "next found", "n"),
		previous: bind("N", "previous found", "N"),

		filter:    bind("f", "filter", "f"),
		pickActor: bind("a", "pick actors", "a"),
		order:     bind("S", "oldest or newest first", "S"),

		openSource:   bind("1–9", "open source n", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		openFirst:    bind("o", "open the first source", "o"),
		copyCitation: bind("y", "copy the first source's citation", "y"),
		nextClaim:    bind("c", "choose the next claim or answer", "c"),

		brief:        bind("B", "brief of what is shown", "B"),
		problems:     bind("p", "what was left out, and why", "p"),
		help:         bind("? F1", "help; F1 works in prompts too", "?", "f1"),
		helpAnywhere: bind("F1", "help", "f1"),
		reload:       bind("R F5", "read the file again", "R", "f5"),
		quit:         bind("q", "back, or quit", "q"),
		quitNow:      bind("Q Ctrl-C", "quit", "Q", "ctrl+c"),
		suspend:      bind("Ctrl-Z", "suspend", "ctrl+z"),
		redraw:       bind("Ctrl-L", "redraw", "ctrl+l"),

		accept:       bind("Enter", "accept", "enter"),
		cancel:       bind("Esc", "leave as it was", "esc", "ctrl+c"),
		complete:     bind("Tab", "complete the word; again for the next choice", "tab"),
		completeBack: bind("Shift-Tab", "the choice before", "shift+tab"),
		mark:         bind("Tab Space", "mark; Space goes on with a name that has more words", "tab", "space"),
		exclude:      bind("!", "exclude", "!"),
		erase:        bind("Backspace", "erase", "backspace", "ctrl+h"),
		clearLine:    bind("Ctrl-U", "erase to the beginning", "ctrl+u"),
		pickDown:     bind("↓", "next", "down", "ctrl+n"),
		pickUp:       bind("↑", "previous", "up", "ctrl+p"),
		pickPageDown: bind("PgDn", "page down", "pgdown"),
		pickPageUp:   bind("PgUp", "page up", "pgup"),
	}
}

// A keyGroup is the bindings of one purpose, under a title.
type keyGroup struct {
	title string
	keys  []key.Binding
}

// groups lists the bindings of a mode, as the help shows them.
func (k *keyMap) groups(m mode) []keyGroup {
	leave := keyGroup{"Leave", []key.Binding{k.back, k.quit, k.quitNow, k.suspend, k.redraw}}
	moving := keyGroup{"Move", []key.Binding{k.down, k.up, k.pageDown, k.pageUp, k.halfDown, k.halfUp, k.top, k.bottom}}
	switch m {
	case picking:
		return []keyGroup{{"Pick", []key.Binding{k.accept, k.mark, k.exclude, k.pickDown, k.pickUp, k.pickPageDown, k.pickPageUp, k.erase, k.clearLine, k.helpAnywhere, k.cancel}}}
	case searching, going:
		return []keyGroup{{"Prompt", []key.Binding{k.accept, k.clearLine, k.helpAnywhere, k.cancel}}}
	case filtering:
		return []keyGroup{{"Filter", []key.Binding{k.accept, k.complete, k.completeBack, k.clearLine, k.helpAnywhere, k.cancel}}}
	case briefing, listing, helping:
		return []keyGroup{moving, leave}
	}
	return []keyGroup{
		{"Move", append(moving.keys, k.monthBack, k.monthOn, k.goTo, k.newest, k.kinOn, k.kinBack, k.placeBack, k.placeOn)},
		{"Read", []key.Binding{k.open, k.leave, k.otherPane, k.scrollDown, k.scrollUp, k.nextClaim, k.openSource, k.openFirst, k.copyCitation}},
		{"Find", []key.Binding{k.search, k.next, k.previous, k.filter, k.pickActor, k.order}},
		{"Mark", []key.Binding{k.cycleMark, k.clearMarks, k.markedOn, k.markedBack}},
		{"Show", []key.Binding{k.brief, k.problems, k.reload, k.help}},
		leave,
	}
}

// A hint is a binding on the bottom row, with a word for what it does.
type hint struct {
	key  key.Binding
	word string
}

// hints lists the few bindings that the bottom row shows, most useful first.
func (k *keyMap) hints(m mode, inDetail, disputed bool) []hint {
	switch m {
	case picking:
		return []hint{{k.accept, "choose"}, {k.mark, "mark several"}, {k.exclude, "exclude"}, {k.cancel, "leave"}}
	case searching, going:
		return []hint{{k.accept, "keep"}, {k.cancel, "leave"}, {k.clearLine, "erase"}}
	case filtering:
		return []hint{{k.accept, "keep"}, {k.complete, "complete"}, {k.cancel, "leave"}, {k.clearLine, "erase"}}
	case briefing, listing, helping:
		return []hint{{k.back, "back"}, {k.down, "down"}, {k.pageDown, "page"}, {k.bottom, "end"}}
	}
	if inDetail {
		hints := []hint{{k.help, "help"}, {k.back, "back"}, {k.down, "scroll"}, {k.scrollDown, "next event"}, {k.openSource, "open source"}, {k.copyCitation, "cite"}}
		if disputed {
			hints = append(hints, hint{k.open, "to the other side"}, hint{k.nextClaim, "choose"})
		}
		return append(hints, hint{k.brief, "brief"})
	}
	return []hint{
		{k.help, "help"}, {k.filter, "filter"}, {k.pickActor, "actors"}, {k.search, "search"}, {k.open, "read"}, {k.brief, "brief"}, {k.quit, "quit"},
		{k.copyCitation, "cite"}, {k.openFirst, "open"}, {k.order, "order"}, {k.otherPane, "pane"},
	}
}
