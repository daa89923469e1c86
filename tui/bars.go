package tui

import (
	"fmt"
	"strings"

	"dateline/timeline"
)

// viewHeader says what is open, how much of it is shown, and what hid the rest.
func (m *model) viewHeader() string {
	s := m.styles
	shown, all := m.list.rows.Len(), m.t.Len()
	count := timeline.Grouped(shown) + " of " + timeline.Counted(all, "event")
	switch {
	case shown == all:
		count = timeline.Counted(all, "event")
	case m.layout.header.w < 60:
		count = timeline.Grouped(shown) + "/" + timeline.Grouped(all)
	}
	if m.rowsUncertain() > 0 {
		count += fmt.Sprintf(", %s by uncertain date", timeline.Grouped(m.rowsUncertain()))
	}
	if hidden := all - shown; hidden > 0 && m.layout.header.w >= 60 {
		count += " | " + timeline.Grouped(hidden) + " hidden"
		if why := m.whyHidden(); why != "" && m.layout.header.w >= 100 {
			count += ": " + why
		}
	}
	title := m.t.Title
	if title == "" {
		title = m.file.Name
	}
	left := []span{{" dateline  ", s.strong}, {title, s.text}}
	right := []span{{count + " ", s.strong}}
	// What is shown matters more than what it is called.
	if room := m.layout.header.w - cells(right) - 1; cells(left) > room {
		left = []span{{fit(" "+title, max(0, room)), s.text}}
	}
	return between(m.layout.header.w, left, right)
}

func (m *model) rowsUncertain() int { return m.list.rows.Uncertain }

// whyHidden counts what each term of the filter hid.
func (m *model) whyHidden() string {
	if len(m.hides) < 2 {
		return ""
	}
	var parts []string
	for _, h := range m.hides {
		name := "group"
		if f, ok := h.Term.Field(); ok {
			if name = f.String(); name == "" {
				name = "text"
			}
		}
		parts = append(parts, fmt.Sprintf("%s by %s", timeline.Grouped(h.N), name))
	}
	return strings.Join(parts, ", ")
}

// viewChips shows the filter as the text that it is, a chip a term; or the
// prompt, when something is typed.
func (m *model) viewChips(w int) string {
	s := m.styles
	spans := []span{{" ", s.text}}
	if m.query.Empty() {
		return row(w, span{" no filter: f types one, a picks actors", s.dim})
	}
	for _, t := range m.query.Terms() {
		spans = append(spans, span{timeline.Clean(" " + t.String() + " "), s.chip}, span{" ", s.text})
	}
	right := "Esc drops the last "
	if w < 60 {
		right = timeline.Grouped(m.t.Len()-m.list.rows.Len()) + " hidden "
	}
	return between(w, spans, []span{{right, s.dim}})
}

// viewStatus says where the reader is; a notice or an error takes its place
// from the right.
func (m *model) viewStatus() string {
	s := m.styles
	w := m.layout.status.w
	if m.mode == filtering {
		return m.viewFilterCheck(w)
	}
	where := fmt.Sprintf(" %s ", strings.ToUpper(m.modeName()))
	if n := m.list.rows.Len(); n > 0 {
		where += fmt.Sprintf("%s/%s %d%%", timeline.Grouped(m.list.cursor+1), timeline.Grouped(n), (m.list.cursor+1)*100/n)
	}
	if w >= 60 {
		order := "oldest first"
		if m.list.newest {
			order = "newest first"
		}
		where += "  " + order
	}
	if m.find.needle != "" {
		where += "  " + m.find.status(m.list.event())
	}
	if m.notice.text != "" {
		style := s.strong
		if m.notice.failure {
			style = s.failure
		}
		notice := span{m.notice.text + " ", style}
		if width(where)+cells([]span{notice})+2 > w {
			return row(w, span{" " + m.notice.text, style})
		}
		return between(w, []span{{where, s.text}}, []span{notice})
	}
	if m.file.LeftOut == "" {
		return row(w, span{where, s.text})
	}
	return between(w, []span{{where, s.text}}, []span{{m.file.LeftOut + " ", s.failure}})
}

func (m *model) modeName() string {
	switch m.mode {
	case picking:
		return "pick"
	case searching:
		return "search"
	case briefing:
		return "brief"
	case helping:
		return "help"
	case listing:
		return "problems"
	}
	if m.focus == onDetail || m.reading {
		return "detail"
	}
	return "list"
}

// viewFilterCheck says what the filter being typed would show, or what is wrong
// with it.
func (m *model) viewFilterCheck(w int) string {
	s := m.styles
	q, err := timeline.ParseQuery(m.prompt.text())
	if err != nil {
		return row(w, span{" " + err.Error(), s.failure})
	}
	if err := m.t.Check(q); err != nil {
		return row(w, span{" " + err.Error(), s.failure})
	}
	shows := fmt.Sprintf(" shows %s of %s ", timeline.Grouped(m.t.Select(q).Len()), timeline.Counted(m.t.Len(), "event"))
	return row(w, append([]span{{shows, s.text}}, m.prompt.viewChoices(s)...)...)
}

// viewHints shows the keys that work now, as many as fit whole.
func (m *model) viewHints() string {
	s := m.styles
	w := m.layout.hints.w
	spans := []span{{" ", s.text}}
	for _, h := range m.keys.hints(m.mode, m.focus == onDetail) {
		item := []span{{strings.Fields(h.key.Help().Key)[0], s.key}, {" ", s.text}}
		if w >= 60 {
			item = append(item, span{h.word + "  ", s.dim})
		}
		if cells(spans)+cells(item) > w+2 {
			break
		}
		spans = append(spans, item...)
	}
	return row(w, spans...)
}

// viewNothing says that the filter leaves nothing, and which one term to drop.
func (m *model) viewNothing(r rect) []string {
	s := m.styles
	lines := []string{row(r.w)}
	say := func(text string, strong bool) {
		style := s.text
		if strong {
			style = s.strong
		}
		for _, line := range timeline.Wrap(text, r.w-4) {
			lines = append(lines, row(r.w, span{"  " + line, style}))
		}
	}
	if m.file.Name == "" {
		return pad(lines, r.w, r.h) // still being read
	}
	if m.t.Len() == 0 {
		say("There are no events in this timeline.", true)
		return pad(lines, r.w, r.h)
	}
	say("No event matches this filter.", true)
	rescues := m.t.Rescues(m.query)
	for i, rescue := range rescues {
		if i == 4 {
			break
		}
		say(fmt.Sprintf("Without %s: %s.", timeline.Clean(rescue.Term.String()), timeline.Counted(rescue.Shown, "event")), false)
	}
	if len(rescues) == 0 {
		say("Dropping one term is not enough.", false)
	}
	say("Esc drops the last term; f edits the filter.", false)
	return pad(lines, r.w, r.h)
}
