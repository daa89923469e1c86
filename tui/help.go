package tui

import (
	"fmt"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// A help says what the keys of a place do and what the words on screen mean.
// Typing narrows it.
type help struct {
	page
	place  string
	topics []helpTopic
	typed  string
	widen  string // the key that erases
	below  mode   // what it lies over
}

// A helpTopic explains words, each under what it is called.
type helpTopic struct {
	title   string
	entries [][2]string // a word or a key, and what it means
	brief   bool        // two entries fit on a line of 100 cells
}

func (m *model) openHelp() {
	var topics []helpTopic
	for _, g := range m.keys.groups(m.scope()) {
		t := helpTopic{title: g.title, brief: true}
		for _, a := range g.actions {
			if keys := m.keys.reaching(a, m.scope()); len(keys) > 0 {
				t.entries = append(t.entries, [2]string{shownKeys(keys), a.Help().Desc})
			}
		}
		topics = append(topics, t)
	}
	m.help.place, m.help.topics, m.help.typed = m.modeName(), append(topics, m.wordsOnScreen()...), ""
	m.help.widen, m.help.below, m.mode = m.keys.first("erase"), m.mode, helping
	m.help.narrow()
}

func (p *help) typeText(s string) { p.typed += text.Clean(s); p.narrow() }
func (p *help) erase()            { p.typed = erased(p.typed); p.narrow() }
func (p *help) clear()            { p.typed = ""; p.narrow() }
func (p *help) move(lines int)    { p.scroll(lines) }

func (p *help) caret() int { return width("─ " + p.title) }

// narrow shows the entries that have every word typed.
func (p *help) narrow() {
	var topics []helpTopic
	for _, t := range p.topics {
		left := t
		left.entries = nil
		for _, e := range t.entries {
			if hasAll(t.title+" "+e[0]+" "+e[1], p.typed) {
				left.entries = append(left.entries, e)
			}
		}
		if len(left.entries) > 0 {
			topics = append(topics, left)
		}
	}
	title := fmt.Sprintf("help: %s, type to narrow: %s", p.place, p.typed)
	p.fill(title, func(width int) []pageLine { return helpLines(topics, width, p.widen) })
}

// helpLines lays topics out, in two columns where there is room.
func helpLines(topics []helpTopic, width int, widen string) []pageLine {
	if len(topics) == 0 {
		return []pageLine{{"Nothing here is called so; " + widen + " widens.", false}}
	}
	var lines []pageLine
	for i, t := range topics {
		if i > 0 {
			lines = append(lines, pageLine{})
		}
		lines = append(lines, pageLine{t.title, true})
		columns := 1
		if t.brief && width >= 100 {
			columns = 2
		}
		rows := (len(t.entries) + columns - 1) / columns
		for i := range rows {
			text := ""
			for n := i; n < len(t.entries); n += rows {
				text += fit(t.entry(n), (width-2)/columns)
			}
			lines = append(lines, pageLine{strings.TrimRight(text, " "), false})
		}
	}
	return lines
}

func (t *helpTopic) entry(n int) string {
	wide := 0
	for _, e := range t.entries {
		wide = max(wide, width(e[0]))
	}
	return "  " + fit(t.entries[n][0], wide) + "  " + t.entries[n][1]
}

// wordsOnScreen explains what is not a key.
func (m *model) wordsOnScreen() []helpTopic {
	statuses := helpTopic{title: "Status: what is known of an event's central claim"}
	for _, st := range timeline.Statuses() {
		statuses.entries = append(statuses.entries, [2]string{fmt.Sprintf("%s  %s", st.Short(), st), st.Meaning()})
	}
	return []helpTopic{
		statuses,
		{title: "On a row", entries: [][2]string{
			{"3s/2o", "three sources of two origins: pages that repeat one agency have one origin"},
			{"~11  20?", "about the 11th; perhaps the 20th"},
			{"06-??", "June, the day is not stated"},
			{"╟", "days on end; ╓ and ╙ tie them to the events that fall within"},
			{"22/91", "in facets and pickers: events that the value has beside the other filters, of all that it has"},
			{"M  S  C", "marked as a must, a should, a could; n: has a note of yours"},
		}},
		{title: "In the histogram", entries: [][2]string{
			{"▁ █", "events by the day they begin, or that they state first"},
			{"░", "hidden by the filter"},
			{"═", "nothing begins, and an interval goes on"},
			{"?", "some time then: the event under the cursor states no day"},
			{"‹ ›", "there is more on that side"},
		}},
		{title: "Filter language", entries: [][2]string{
			{`actor:putin place:pyongyang`, "both must hold"},
			{`actor:"Kim Jong Un",putin`, "either will do"},
			{`-topic:missile`, "without these"},
			{`status:disputed,alleged`, "by status"},
			{`since:2024-06 until:2024-10`, "by date; a date matches by overlap"},
			{`kind:official publisher:kcna`, "by source"},
			{`sources:>=3 origins:>=2`, "by what it rests on"},
			{`has:answer`, "also caveat, quote, archive, note (yours), uncertain"},
			{`marked`, "what you marked with " + m.keys.first("mark") + "; marked:must,should by how much it matters"},
			{`"free text" /re.*gex/`, "title, summary, names, quotes"},
			{`(actor:kim | actor:choe) topic:un`, "groups"},
		}},
	}
}
