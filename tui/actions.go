package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dateline/timeline"
	"dateline/tui/pane"
)

// An action is something the viewer does when asked, by a key, from the palette or
// from the help. It is declared once, in actions; the screen, the configuration
// file and the documents take its keys and its description from there.
type action struct {
	key.Binding        // its keys, and its description
	name        string // in the configuration file
	group       string // its heading in the help
	in          scope  // where its keys work
	do          func(*model) tea.Cmd
}

// A scope is a set of places in which keys have a meaning of their own.
type scope uint16

const (
	inBody      scope = 1 << iota // list and detail
	inPage                        // any page: the brief, the problems, the messages
	inBrief                       // the brief alone
	inHelp                        // the help
	inPrompt                      // a line to type in
	inFilter                      // the prompt that completes
	inPicker                      // of a field's values
	inMenu                        // of anything else
	inNarrowing                   // where letters narrow a menu or the help
	inFacets                      // the column of facets
	inPairs                       // who with whom
	inRange                       // selecting a period
	inText                        // a page of text: the brief, the problems, the messages
	inStore                       // what a database holds

	inTyping   = inPrompt | inFilter | inPicker | inNarrowing | inPairs // where letters without a key are text
	inChoosing = inPicker | inNarrowing
	anywhere   = inBody | inPage
)

// does returns what an action does from a function that asks nothing of the
// program.
func does(f func(*model)) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd { f(m); return nil }
}

// with gives a function what it asks for.
func with[T any](f func(*model, T) tea.Cmd, given T) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd { return f(m, given) }
}

// onEvent gives a function the event under the cursor, if there is one.
func onEvent(f func(m *model, event int) tea.Cmd) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd {
		if event := m.list.Event(); event >= 0 {
			return f(m, event)
		}
		return nil
	}
}

// mostBars is more than a screen has.
const mostBars = 1000

// extends moves the end of the period that is being selected.
func extends[T any](f func(*pane.Histogram, T), by T) func(*model) tea.Cmd {
	return does(func(m *model) {
		for range min(m.times(), mostBars) {
			f(m.bars(), by)
		}
		m.top().(*ranging).count(m)
	})
}

// moves moves whatever has the keys.
func moves(rows func(page int) int) func(*model) tea.Cmd {
	return does(func(m *model) {
		v := m.mover()
		page := v.Height()
		if m.Line {
			page = linesAPage
		}
		v.Move(rows(page) * m.times())
		m.moved()
	})
}

// actions returns every action, in the order of the help.
func actions() []action {
	const (
		move, read, find   = "Move", "Read", "Find"
		mark, show, leave  = "Mark", "Show", "Leave"
		write, pick, inAny = "Write", "Choose", anywhere
	)
	act := func(name, group string, in scope, about string, do func(*model) tea.Cmd, keys ...string) action {
		return action{key.NewBinding(key.WithKeys(keys...), key.WithHelp(shownKeys(keys), about)), name, group, in, do}
	}
	down, up := moves(func(int) int { return 1 }), moves(func(int) int { return -1 })
	pageDown, pageUp := moves(func(page int) int { return page }), moves(func(page int) int { return -page })
	return []action{
		act("down", move, inAny, "next event, or a line down; 5j five", down, "j", "down", "ctrl+n"),
		act("up", move, inAny, "previous event, or a line up; 5k five", up, "k", "up", "ctrl+k"),
		act("page-down", move, inAny, "page down", pageDown, "space", "pgdown", "ctrl+f"),
		act("page-up", move, inAny, "page up", pageUp, "b", "pgup", "ctrl+b"),
		act("half-page-down", move, inAny, "half a page down; 5d five rows", with((*model).halfPage, 1), "d", "ctrl+d"),
		act("half-page-up", move, inAny, "half a page up; 5u five rows", with((*model).halfPage, -1), "u", "ctrl+u"),
		act("line-down", move, inAny, "scroll a line down", with((*model).scroll, 1), "ctrl+e"),
		act("line-up", move, inAny, "scroll a line up", with((*model).scroll, -1), "ctrl+y"),
		act("first", move, inAny, "first event or line; 10g the tenth", with((*model).moveFar, false), "g", "home", "<"),
		act("last", move, inAny, "last event or line; 10G the tenth", with((*model).moveFar, true), "G", "end", ">"),
		act("percent", move, inAny, "50% halfway, and so on", (*model).percent, "%"),
		act("previous-month", move, inBody, "previous month", with((*model).month, -1), "["),
		act("next-month", move, inBody, "next month", with((*model).month, 1), "]"),
		act("go-to", move, inBody, "go to a date, a distance or a weekday", does((*model).openGoing), "t"),
		act("newest", move, inBody, "go to the newest event", does((*model).newestEvent), "T"),
		act("next-with-actor", move, inBody, "next event that shares an actor", with((*model).shareActor, 1), "}"),
		act("previous-with-actor", move, inBody, "previous event that shares an actor", with((*model).shareActor, -1), "{"),
		act("follow-down", move, inBody, "next event with this one's lead actor", with((*model).follow, 1), "*"),
		act("follow-up", move, inBody, "previous event with this one's lead actor", with((*model).follow, -1), "#"),
		act("jump-back", move, inBody, "back to before the last jump", (*model).jumpBack, "ctrl+o", "H"),
		act("jump-forward", move, inBody, "forward again", (*model).jumpForward, "L"),

		act("read", read, inBody, "read at full height; then go to the claim or answer", onEvent((*model).enter), "enter", "l", "right"),
		act("to-list", read, inBody, "from the detail to the list", does((*model).leaveDetail), "h", "left"),
		act("next-pane", read, inBody, "next pane", with((*model).switchPane, 1), "tab"),
		act("previous-pane", read, inBody, "previous pane", with((*model).switchPane, -1), "shift+tab"),
		act("scroll-down", read, inBody, "scroll the detail down; while reading, next event", with((*model).scrollOther, 1), "J"),
		act("scroll-up", read, inBody, "scroll the detail up; while reading, previous event", with((*model).scrollOther, -1), "K"),
		act("next-claim", read, inBody, "choose the next claim or answer", (*model).chooseClaim, "c"),
		act("sources", read, inBody, "list the sources, to open one", onEvent((*model).openSources), "s"),
		act("open-source", read, inBody|inBrief, "open the first source; 3o the third", onEvent((*model).openSource), "o"),
		act("open-archived", read, inBody, "open the first archived copy; 3O the third source's", onEvent((*model).openArchived), "O"),
		act("copy-citation", read, inBody, "copy the first source's citation; 3y the third's", (*model).copyCitation, "y"),
		act("copy", read, inBody, "copy a source: address, citation, quotation", (*model).openCopying, "Y"),

		act("search", find, inBody|inText, "search", does((*model).openSearch), "/"),
		act("next-found", find, inBody|inText, "next match", with((*model).findNext, 1), "n"),
		act("previous-found", find, inBody|inText, "previous match", with((*model).findNext, -1), "N"),
		act("filter", find, inBody, "filter", does((*model).openFilter), "f", "&"),
		act("views", find, inBody, "saved views: show, save or remove", (*model).openViews, "V"),
		act("save-view", find, inBody, "save filter, order and zoom as a view", (*model).saveView),
		act("pick-actors", find, inBody|inFacets, "pick actors", does(func(m *model) { m.pickFrom(timeline.ActorField) }), "a"),
		act("facets", find, inBody|inFacets, "facets: filter by status, actor, place …", does((*model).toggleFacets), "F"),
		act("want-value", find, inFacets, "include this value (again: stop); last row: choose from all", with((*model).markValue, pane.Included), "space", "enter"),
		act("exclude-value", find, inFacets|inStore, "exclude this value (again: stop)", with((*model).markValue, pane.Excluded), "!"),
		act("leave-facets", find, inFacets, "from the facets to the list", does(func(m *model) { m.turnTo(onList) }), "l", "right"),
		act("database", find, inBody, "what the database holds, to load another part", (*model).showStore, "D"),
		act("store-include", find, inStore, "include this value (again: stop); last row: type another", with((*model).markValue, pane.Included), "space"),
		act("load", read, inStore, "load the events; while they are too many, include this value", func(m *model) tea.Cmd { return m.top().(*storing).enter(m) }, "enter"),
		act("store-filter", find, inStore, "filter", does((*model).openFilter), "f", "&", "/"),
		act("store-left", find, inStore, "to the column at the left", does(func(m *model) { m.top().(*storing).sideways(-1) }), "h", "left", "shift+tab"),
		act("store-right", find, inStore, "to the column at the right", does(func(m *model) { m.top().(*storing).sideways(1) }), "l", "right", "tab"),
		act("who", find, inBody|inPairs, "who is named with whom", does((*model).togglePairs), "w"),
		act("filter-pair", find, inPairs, "filter on this pair", (*model).filterPair, "enter"),
		act("pair-left", find, inPairs, "to the actors", does(func(m *model) { m.top().(*pairing).turnTo(false) }), "h", "left"),
		act("pair-right", find, inPairs, "to those named with the actor", does(func(m *model) { m.top().(*pairing).turnTo(true) }), "l", "right"),
		act("pair-other", find, inPairs, "to the other list", does(func(m *model) { p := m.top().(*pairing); p.turnTo(!p.InCompany()) }), "tab", "shift+tab"),
		act("narrow-pairs", find, inPairs, "narrow the list by typing; a capital letter begins too", does(func(m *model) { m.top().(*pairing).narrowing = true }), "/"),
		act("leave-pairs", find, inPairs, "erase the text typed, or leave", does((*model).leavePairs), "esc"),
		act("select-time", find, inBody|inStore, "select a period in the histogram", (*model).openRange, "v"),
		act("order", find, inBody, "oldest or newest first", does(func(m *model) { m.setNewest(!m.Newest) }), "S"),

		act("mark", mark, inBody, "mark: must, should, could, none", onEvent((*model).cycleMark), "m"),
		act("clear-marks", mark, inBody, "clear all marks (asks first)", (*model).clearMarks, "M"),
		act("next-marked", mark, inBody, "next marked event", with((*model).nextMarked, 1), "'"),
		act("previous-marked", mark, inBody, "previous marked event", with((*model).nextMarked, -1), "\""),

		act("note", mark, inBody, "write a note on the event", onEvent((*model).openNote), "e"),

		act("undo", show, inBody|inBrief|inStore, "undo a change of filter, order, zoom, mark or note", (*model).undo, "U", "ctrl+_"),
		act("redo", show, inBody|inBrief, "redo it", (*model).redo, "ctrl+r"),
		act("zoom-in", show, inBody, "narrower bars in the histogram", with((*model).zoom, true), "z", "+"),
		act("zoom-out", show, inBody, "wider bars, up to the whole period", with((*model).zoom, false), "Z", "-"),
		act("brief", show, inBody, "brief of the events shown", (*model).openBrief, "B"),
		act("save", show, inBody, "save or export the events shown", (*model).saveEvents, "x"),
		act("save-brief", show, inBrief, "save the brief: text, Markdown, HTML, JSON", (*model).saveBrief, "x", "p"),
		act("copy-brief", show, inBrief, "copy the brief", (*model).copyBrief, "y"),
		act("paper", show, inBrief, "fit the brief to A4, to Letter, or show all of it", (*model).changePaper, "a"),
		act("annex", show, inBrief, "add the sources in full, or leave them out", (*model).toggleAnnex, "A"),
		act("brief-title", write, inBrief, "write a title", (*model).writeTitle, "t"),
		act("bottom-line", write, inBrief, "write the bottom line", (*model).writeBottomLine, "l"),
		act("minutes", write, inBrief, "limit the minutes to read it aloud", (*model).limitMinutes, "r"),
		act("mark-point", mark, inBrief, "mark a key point: must, should, could, none", (*model).markPoint, "m"),
		act("why", read, inBrief, "show why each event is where it is", does((*model).openWhy), "W"),
		act("problems", show, inBody, "problems in the file", does((*model).openProblems), "p"),
		act("messages", show, inBody, "show past messages", does((*model).openMessages), "P"),
		act("reload", show, inBody|inStore, "reload the file; ask the database again", (*model).reloadNow, "R", "f5"),
		act("mouse", show, anywhere|inTyping|inRange, "mouse on or off", (*model).toggleMouse, "f2"),
		act("palette", show, anywhere|inRange, "every action, by name", does((*model).openPalette), ":", "ctrl+p"),
		act("help", show, anywhere|inRange, "help (F1 in prompts too)", does((*model).openHelp), "?", "f1"),
		act("theme", show, anywhere, "colours: auto, light, dark or mono", does((*model).openThemes)),
		act("end-search", find, inBody, "end the search", does((*model).endSearch)),
		act("help-here", show, inPrompt|inPicker|inNarrowing, "help", does((*model).openHelp), "f1"),

		act("back", leave, anywhere, "one layer back", does((*model).back), "esc"),
		act("quit", leave, anywhere, "back, or quit", (*model).quit, "q"),
		act("close-help", leave, inHelp, "close the help", does((*model).back), "?", "f1", "ctrl+c"),
		act("quit-now", leave, anywhere, "quit", func(*model) tea.Cmd { return tea.Quit }, "Q", "ctrl+c"),

		act("accept", write, inPrompt, "accept", (*model).accept, "enter"),
		act("complete", write, inFilter, "complete the word; again for the next choice", with((*model).complete, 1), "tab"),
		act("complete-back", write, inFilter, "previous choice", with((*model).complete, -1), "shift+tab"),
		act("earlier", write, inPrompt, "an earlier entry that begins with the text", with((*model).recall, -1), "up", "ctrl+p"),
		act("later", write, inPrompt, "a later one", with((*model).recall, 1), "down", "ctrl+n"),
		act("clear-line", write, inPrompt|inPicker|inNarrowing|inPairs, "erase to the beginning", does((*model).clearLine), "ctrl+u"),
		act("leave-prompt", write, inPrompt, "cancel", does((*model).back), "esc", "ctrl+c"),

		act("pick", pick, inPicker, "accept", does((*model).pick), "enter"),
		act("pick-mark", pick, inPicker, "mark; Space also continues a name of several words", does((*model).pickMark), "tab", "space"),
		act("pick-exclude", pick, inPicker, "exclude", does(func(m *model) { m.top().(*picking).Toggle(pane.Excluded) }), "!"),
		act("choose", pick, inMenu|inNarrowing, "choose; 3 Enter the third", (*model).choose, "enter"),
		act("narrow", pick, inMenu|inHelp, "narrow by typing", does((*model).narrow), "/"),
		act("choose-down", pick, inChoosing, "next", down, "down", "ctrl+n", "ctrl+j"),
		act("choose-up", pick, inChoosing, "previous", up, "up", "ctrl+p", "ctrl+k"),
		act("choose-page-down", pick, inChoosing, "page down", pageDown, "pgdown"),
		act("choose-page-up", pick, inChoosing, "page up", pageUp, "pgup"),
		act("erase", pick, inChoosing|inPairs, "erase", does((*model).erase), "backspace", "ctrl+h"),
		act("erase-word", pick, inChoosing|inPairs, "erase the last word", does((*model).eraseWord), "ctrl+w", "alt+backspace"),
		act("leave-choice", pick, inPicker|inMenu|inNarrowing, "cancel", does((*model).leaveChoice), "esc", "ctrl+c"),

		act("range-back", pick, inRange, "move the end a bar back", extends((*pane.Histogram).Extend, -1), "h", "left"),
		act("range-ahead", pick, inRange, "move the end a bar forward", extends((*pane.Histogram).Extend, 1), "l", "right"),
		act("range-month-back", pick, inRange, "move the end to the start of the month, then of the one before", extends((*pane.Histogram).ExtendMonth, false), "["),
		act("range-month-ahead", pick, inRange, "move the end to the end of the month, then of the next", extends((*pane.Histogram).ExtendMonth, true), "]"),
		act("range-first", pick, inRange, "move the end to the first bar", extends((*pane.Histogram).ExtendFar, false), "g", "home"),
		act("range-last", pick, inRange, "move the end to the last bar", extends((*pane.Histogram).ExtendFar, true), "G", "end"),
		act("range-swap", pick, inRange, "move the other end", does(func(m *model) { m.bars().SwapEnds() }), "o"),
		act("range-keep", pick, inRange, "filter to the selected period", does((*model).keepRange), "enter"),
		act("range-leave", pick, inRange, "cancel", does((*model).back), "esc", "q", "ctrl+c"),

		act("suspend", leave, anywhere|inTyping|inRange, "suspend", (*model).suspend, "ctrl+z"),
		act("where", move, anywhere|inTyping|inRange, "say where you are: file, filter, place", func(m *model) tea.Cmd { return m.say(m.position()) }, "ctrl+g"),
		act("redraw", leave, anywhere|inTyping|inRange, "redraw; in line mode, say it again", func(*model) tea.Cmd { return tea.ClearScreen }, "ctrl+l"),
	}
}
