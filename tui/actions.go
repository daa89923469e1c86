package tui

import (
	"math"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// An action is one thing that the viewer does when asked: by its keys, from the
// palette, or from the help. It is declared once, in actions, and all that the
// screen, the configuration file and the README say of keys comes from there.
type action struct {
	key.Binding        // its keys, and what it does in words
	name        string // in the configuration file
	group       string // the heading it has in the help
	in          scope  // where its keys mean it
	do          func(*model) tea.Cmd
}

// A scope is a set of the places in which keys have a meaning of their own.
type scope uint16

const (
	inBody   scope = 1 << iota // list and detail
	inPage                     // any page: the brief, what was left out, what was said
	inBrief                    // the brief alone
	inHelp                     // where letters narrow
	inPrompt                   // a line to type in
	inFilter                   // the one that completes
	inPicker                   // of the values of a facet
	inMenu                     // of anything else
	inFacets                   // the column of facets
	inPairs                    // who with whom
	inRange                    // selecting a stretch of time

	inTyping   = inHelp | inPrompt | inFilter | inPicker | inMenu // where letters are text
	inChoosing = inPicker | inMenu | inHelp
	anywhere   = inBody | inPage
)

// scope says where the reader is: the first place in which a key has a meaning
// counts.
func (m *model) scope() []scope {
	switch m.mode {
	case searching, going, asking:
		return []scope{inPrompt}
	case filtering:
		return []scope{inFilter, inPrompt}
	case picking:
		return []scope{inPicker}
	case choosing:
		return []scope{inMenu}
	case ranging:
		return []scope{inRange}
	case helping:
		return []scope{inHelp}
	case briefing:
		return []scope{inBrief, inPage}
	case telling:
		return []scope{inPage}
	case pairing:
		return []scope{inPairs, inPage}
	}
	switch {
	case m.layout.facetsOver():
		return []scope{inFacets, inPage}
	case m.focus == onFacets:
		return []scope{inFacets, inBody}
	}
	return []scope{inBody}
}

// does is an action's doing that asks nothing of the program.
func does(f func(*model)) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd { f(m); return nil }
}

// with is a doing that is told a number.
func with(f func(*model, int) tea.Cmd, n int) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd { return f(m, n) }
}

// moves is a doing that moves in whatever pane has the keys.
func moves(f func(mover)) func(*model) tea.Cmd {
	return does(func(m *model) { f(m.mover()); m.chosen() })
}

// ends is a doing that moves the end of what is being selected.
func ends(to func(selecting) int) func(*model) tea.Cmd {
	return does(func(m *model) { m.moveRange(to(m.strip.selecting)) })
}

// actions is every action there is, in the order of the help.
func actions() []action {
	const (
		move, read, find   = "Move", "Read", "Find"
		mark, show, leave  = "Mark", "Show", "Leave"
		write, pick, inAny = "Write", "Choose", anywhere
	)
	act := func(name, group string, in scope, what string, do func(*model) tea.Cmd, keys ...string) action {
		return action{key.NewBinding(key.WithKeys(keys...), key.WithHelp(shownKeys(keys), what)), name, group, in, do}
	}
	return []action{
		act("down", move, inAny, "next event, or a line down", moves(func(v mover) { v.move(1) }), "j", "down"),
		act("up", move, inAny, "previous event, or a line up", moves(func(v mover) { v.move(-1) }), "k", "up"),
		act("page-down", move, inAny, "page down", moves(func(v mover) { v.move(v.page) }), "space", "pgdown", "ctrl+f"),
		act("page-up", move, inAny, "page up", moves(func(v mover) { v.move(-v.page) }), "b", "pgup", "ctrl+b"),
		act("half-page-down", move, inAny, "half a page down", moves(func(v mover) { v.move(max(1, v.page/2)) }), "d", "ctrl+d"),
		act("half-page-up", move, inAny, "half a page up", moves(func(v mover) { v.move(-max(1, v.page/2)) }), "u", "ctrl+u"),
		act("first", move, inAny, "first", moves(func(v mover) { v.top() }), "g", "home"),
		act("last", move, inAny, "last", moves(func(v mover) { v.bottom() }), "G", "end"),
		act("previous-month", move, inBody, "previous month", with((*model).month, -1), "["),
		act("next-month", move, inBody, "next month", with((*model).month, 1), "]"),
		act("go-to", move, inBody, "go to a date, a distance or a weekday", does((*model).openGoing), "t"),
		act("newest", move, inBody, "go to the newest event", does((*model).newestEvent), "T"),
		act("next-with-actor", move, inBody, "next event that shares an actor", with((*model).kin, 1), "}"),
		act("previous-with-actor", move, inBody, "previous event that shares an actor", with((*model).kin, -1), "{"),
		act("follow-down", move, inBody, "next event that names this one's lead actor", (*model).followDown, "*"),
		act("follow-up", move, inBody, "previous event that names this one's lead actor", (*model).followUp, "#"),
		act("jump-back", move, inBody, "back to where a jump began", (*model).retraceBack, "H"),
		act("jump-forward", move, inBody, "forward again", (*model).retraceAhead, "L"),

		act("read", read, inBody, "read at full height; while reading, go to the claim or answer", (*model).enter, "enter", "l", "right"),
		act("to-list", read, inBody, "from the detail to the list", does((*model).leaveDetail), "h", "left"),
		act("next-pane", read, inBody, "to the next pane", with((*model).switchPane, 1), "tab"),
		act("previous-pane", read, inBody, "to the pane before", with((*model).switchPane, -1), "shift+tab"),
		act("scroll-down", read, inBody, "scroll the detail down; while reading, next event", does((*model).otherDown), "J", "ctrl+e"),
		act("scroll-up", read, inBody, "scroll the detail up; while reading, previous event", does((*model).otherUp), "K", "ctrl+y"),
		act("next-claim", read, inBody, "choose the next claim or answer", (*model).chooseClaim, "c"),
		act("sources", read, inBody, "list the sources, to open one", (*model).openSources, "s"),
		act("open-numbered", read, inBody, "open source n", (*model).openNumbered, "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		act("open-first", read, inBody, "open the first source", with((*model).openSource, 1), "o"),
		act("open-archived", read, inBody, "open the first archived copy", (*model).openArchived, "O"),
		act("copy-citation", read, inBody, "copy the first source's citation", (*model).copyCitation, "y"),
		act("copy", read, inBody, "copy a source: address, citation, quotation", (*model).openCopying, "Y"),

		act("search", find, inBody, "search", does((*model).openSearch), "/"),
		act("next-found", find, inBody, "next found", with((*model).findNext, 1), "n"),
		act("previous-found", find, inBody, "previous found", with((*model).findNext, -1), "N"),
		act("filter", find, inBody, "filter", does((*model).openFilter), "f"),
		act("views", find, inBody, "saved views: show, save or remove one", (*model).openViews, "V"),
		act("save-view", find, inBody, "save filter, order and zoom under a name", (*model).saveView),
		act("pick-actors", find, inBody|inFacets, "pick actors", does((*model).openPicker), "a"),
		act("facets", find, inBody|inFacets, "facets: what there is, to want or exclude", does((*model).toggleFacets), "F"),
		act("want-value", find, inFacets, "want the value, or no more; on the last row, pick from all", does((*model).wantValue), "space", "enter"),
		act("exclude-value", find, inFacets, "exclude the value, or no more", does((*model).excludeValue), "!"),
		act("leave-facets", find, inFacets, "from the facets to the list", does((*model).leaveFacets), "l", "right"),
		act("who", find, inBody|inPairs, "who is named with whom", does((*model).togglePairs), "w"),
		act("filter-pair", find, inPairs, "filter to the two", (*model).filterPair, "enter"),
		act("pair-left", find, inPairs, "to the left", with((*model).pairSideways, -1), "h", "left"),
		act("pair-right", find, inPairs, "to the right", with((*model).pairSideways, 1), "l", "right"),
		act("select-time", find, inBody, "select a stretch of time in the histogram", (*model).openRange, "v"),
		act("order", find, inBody, "oldest or newest first", does((*model).flip), "S"),

		act("mark", mark, inBody, "mark: must, should, could, none", (*model).cycleMark, "m"),
		act("clear-marks", mark, inBody, "clear all marks, having asked", (*model).clearMarks, "M"),
		act("next-marked", mark, inBody, "next marked event", with((*model).nextMarked, 1), "'"),
		act("previous-marked", mark, inBody, "previous marked event", with((*model).nextMarked, -1), "\""),

		act("note", mark, inBody, "write a note on the event", (*model).openNote, "e"),

		act("zoom-in", show, inBody, "narrower bars in the histogram", (*model).zoomIn, "z", "+"),
		act("zoom-out", show, inBody, "wider bars, to the whole period", (*model).zoomOut, "Z", "-"),
		act("brief", show, inBody, "brief of what is shown", (*model).openBrief, "B"),
		act("save", show, inBody, "save, or export, what is shown to a file", (*model).saveEvents, "x"),
		act("save-brief", show, inBrief, "save it to a file: text, Markdown, HTML, JSON", (*model).saveBrief, "x", "p"),
		act("copy-brief", show, inBrief, "copy it", (*model).copyBrief, "y"),
		act("paper", show, inBrief, "fit it to A4, to Letter, or take all of it", (*model).changePaper, "a"),
		act("problems", show, inBody, "what was left out, and why", does((*model).openProblems), "p"),
		act("messages", show, inBody, "what was said at the bottom, again", does((*model).openMessages), "P"),
		act("reload", show, inBody, "read the file again", (*model).readAgain, "R", "f5"),
		act("mouse", show, anywhere|inTyping|inRange, "mouse on or off", (*model).toggleMouse, "f2"),
		act("palette", show, anywhere|inRange, "every action, by name", does((*model).openPalette), ":", "ctrl+p"),
		act("help", show, anywhere|inRange, "help; F1 works in prompts too", does((*model).openHelp), "?", "f1"),
		act("help-here", show, inPrompt|inPicker|inMenu, "help", does((*model).openHelp), "f1"),

		act("back", leave, anywhere|inHelp, "one layer back", does((*model).back), "esc"),
		act("quit", leave, anywhere, "back, or quit", (*model).quit, "q"),
		act("close-help", leave, inHelp, "close the help, as what quits does unless something is typed", does((*model).back), "?", "f1", "ctrl+c"),
		act("quit-now", leave, anywhere, "quit", func(*model) tea.Cmd { return tea.Quit }, "Q", "ctrl+c"),

		act("accept", write, inPrompt, "accept", (*model).accept, "enter"),
		act("complete", write, inFilter, "complete the word; again for the next choice", does((*model).completeNext), "tab"),
		act("complete-back", write, inFilter, "the choice before", does((*model).completePrevious), "shift+tab"),
		act("clear-line", write, inPrompt|inPicker|inMenu|inHelp, "erase to the beginning", (*model).clearLine, "ctrl+u"),
		act("leave-prompt", write, inPrompt, "leave as it was", does((*model).cancel), "esc", "ctrl+c"),

		act("pick", pick, inPicker, "accept", does((*model).pick), "enter"),
		act("pick-mark", pick, inPicker, "mark; Space goes on with a name that has more words", does((*model).pickMark), "tab", "space"),
		act("pick-exclude", pick, inPicker, "exclude", does((*model).pickExclude), "!"),
		act("choose", pick, inMenu, "do it", (*model).choose, "enter"),
		act("choose-down", pick, inChoosing, "next", does((*model).chooseDown), "down", "ctrl+n"),
		act("choose-up", pick, inChoosing, "previous", does((*model).chooseUp), "up", "ctrl+p"),
		act("choose-page-down", pick, inChoosing, "page down", does((*model).choosePageDown), "pgdown"),
		act("choose-page-up", pick, inChoosing, "page up", does((*model).choosePageUp), "pgup"),
		act("erase", pick, inChoosing, "erase", does((*model).erase), "backspace", "ctrl+h"),
		act("leave-choice", pick, inPicker|inMenu, "leave as it was", does((*model).cancel), "esc", "ctrl+c"),

		act("range-back", pick, inRange, "move the end a bar back", ends(func(s selecting) int { return s.end - 1 }), "h", "left"),
		act("range-ahead", pick, inRange, "move the end a bar ahead", ends(func(s selecting) int { return s.end + 1 }), "l", "right"),
		act("range-month-back", pick, inRange, "move the end to the beginning of the month, then of the one before", ends(selecting.monthBack), "["),
		act("range-month-ahead", pick, inRange, "move the end to the end of the month, then of the next", ends(selecting.monthAhead), "]"),
		act("range-first", pick, inRange, "move the end to the first bar", ends(func(selecting) int { return math.MinInt }), "g", "home"),
		act("range-last", pick, inRange, "move the end to the last bar", ends(func(selecting) int { return math.MaxInt }), "G", "end"),
		act("range-keep", pick, inRange, "filter by what is selected", does((*model).keepRange), "enter"),
		act("range-leave", pick, inRange, "leave as it was", does((*model).leaveRange), "esc", "q", "ctrl+c"),

		act("suspend", leave, anywhere|inTyping|inRange, "suspend", func(*model) tea.Cmd { return tea.Suspend }, "ctrl+z"),
		act("redraw", leave, anywhere|inTyping|inRange, "redraw", func(*model) tea.Cmd { return tea.ClearScreen }, "ctrl+l"),
	}
}
