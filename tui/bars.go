package tui

import (
	"fmt"
	"slices"
	"strings"

	"dateline/timeline"
	"dateline/timeline/text"
)

// viewHeader says what is open, how much of it is shown, and what hid the rest.
func (m *model) viewHeader() string {
	s := m.styles
	shown, all := m.list.rows.Len(), m.t.Len()
	count := text.Grouped(shown) + " of " + text.Counted(all, "event")
	switch {
	case shown == all:
		count = text.Counted(all, "event")
	case m.layout.header.w < 60:
		count = text.Grouped(shown) + "/" + text.Grouped(all)
	}
	if n := m.list.rows.Uncertain; n > 0 {
		count += fmt.Sprintf(", %s of uncertain date", text.Grouped(n))
	}
	if hidden := all - shown; hidden > 0 && m.layout.header.w >= 60 {
		count += " | " + text.Grouped(hidden) + " hidden"
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

// whyHidden counts what each term of the filter hid.
func (m *model) whyHidden() string {
	if len(m.hides) < 2 {
		return ""
	}
	var names []string
	by := make(map[string]int)
	for _, h := range m.hides {
		name := "group"
		if f, ok := h.Term.Field(); ok {
			if name = f.String(); name == "" {
				name = "text"
			}
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		by[name] += h.N
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s by %s", text.Grouped(by[name]), name)
	}
	return strings.Join(names, ", ")
}

// viewChips shows the filter as the text that it is, a chip a term; or the
// prompt, when something is typed.
func (m *model) viewChips(w int) string {
	s := m.styles
	spans := []span{{" ", s.text}}
	if m.query.Empty() {
		return row(w, span{fmt.Sprintf(" no filter: %s types one, %s picks actors", m.keys.first("filter"), m.keys.first("pick-actors")), s.dim})
	}
	right := m.keys.first("back") + " drops the last term "
	if w < 60 {
		right = text.Grouped(m.t.Len()-m.list.rows.Len()) + " hidden "
	}
	// The last term is what is dropped: where not all fit, the first give way.
	terms := m.query.Terms()
	var chips []span
	for i := len(terms) - 1; i >= 0; i-- {
		chip := span{text.Clean(" " + terms[i].String() + " "), s.chip}
		if len(chips) > 0 && cells(chips)+width(chip.text)+width(right)+5 > w {
			chips = append([]span{{"… ", s.dim}}, chips...)
			break
		}
		chips = append([]span{chip, {" ", s.text}}, chips...)
	}
	return between(w, append(spans, chips...), []span{{right, s.dim}})
}

// viewFoot draws the status row and the row of hints. What is said, and is too
// long for one, takes both and, if it must, lies over the end of the body.
func (m *model) viewFoot() []string {
	said, style := m.notice.text, m.styles.strong
	if m.notice.failure {
		style = m.styles.failure
	}
	switch m.mode {
	case filtering, going, asking:
		if said, style = m.check, m.styles.failure; m.mode == asking && said == "" {
			said, style = m.hint, m.styles.dim
		}
	}
	rows := m.layout.status.h + m.layout.hints.h
	if w := m.layout.status.w; width(said) > w-2 && rows > 1 {
		var lines []string
		for _, line := range text.Wrap(said, w-2) {
			lines = append(lines, row(w, span{" " + line, style}))
		}
		return pad(lines, w, max(rows, min(len(lines), rows+m.layout.body.h/2)))
	}
	if m.layout.hints.empty() {
		return []string{m.viewStatus()}
	}
	return []string{m.viewStatus(), m.viewHints()}
}

// viewStatus says where the reader is; a notice takes its place from the right.
func (m *model) viewStatus() string {
	s := m.styles
	w := m.layout.status.w
	switch m.mode {
	case filtering:
		return m.viewFilterCheck(w)
	case asking:
		if m.check != "" {
			return row(w, span{" " + m.check, s.failure})
		}
		return row(w, span{" " + m.hint, s.dim})
	case ranging:
		if m.notice.text == "" {
			return m.viewRange(w)
		}
	case going:
		if m.check != "" {
			return row(w, span{" " + m.check, s.failure})
		}
		return row(w, span{" 2024-06, 2024-06-19, -30d, +2w, 1m, -1y or fri", s.dim})
	}
	where := m.place(w)
	said, style := m.notice.text, s.strong
	if m.notice.failure {
		style = s.failure
	}
	if said == "" && (m.waiting || m.arriving != nil && !m.loading.on()) {
		said = "looking for what matches"
		if m.waiting {
			said += "; " + m.keys.first("back") + " gives up"
		}
	}
	if said == "" {
		if progress := m.viewProgress(w - width(where) - 2); progress != "" {
			return between(w, []span{{where, s.text}}, []span{{progress + " ", s.strong}})
		}
	}
	switch {
	case said == "" && m.leftOut() == "":
		var view []span
		if name := m.viewName(); name != "" {
			view = []span{{"view: " + name + " ", s.text}}
		}
		return between(w, []span{{where, s.text}}, view)
	case said == "":
		said, style = m.leftOut()+"; "+m.keys.first("problems")+" shows why", s.failure
	case width(where)+width(said)+3 > w:
		return row(w, span{" " + said, style})
	}
	return between(w, []span{{where, s.text}}, []span{{said + " ", style}})
}

// place says where the reader is, in a row of w cells.
func (m *model) place(w int) string {
	where := fmt.Sprintf(" %s ", strings.ToUpper(m.modeName()))
	switch {
	case m.mode == briefing && m.brief != nil:
		return where + fmt.Sprintf("%s of %s  %s", text.Grouped(len(m.brief.Events)), text.Counted(m.brief.Selected, "event"), m.brief.Meter())
	case slices.Contains([]mode{briefing, helping, telling, picking, choosing, pairing}, m.mode):
		return where
	}
	if m.focus == onFacets {
		return where
	}
	if n := m.list.rows.Len(); n > 0 {
		where += fmt.Sprintf("%s/%s %d%%", text.Grouped(m.list.cursor+1), text.Grouped(n), (m.list.cursor+1)*100/n)
	}
	if w >= 60 {
		order := "oldest first"
		if m.list.newest {
			order = "newest first"
		}
		where += "  " + order
	}
	if n := m.t.Marked().Len(); n > 0 && w >= 60 {
		where += fmt.Sprintf("  %s marked", text.Grouped(n))
	}
	if m.Mouse && w >= 60 {
		where += "  mouse"
	}
	if m.find.needle != "" {
		where += "  " + m.find.status(m.list.event(), m.list.newest)
	}
	return where
}

func (m *model) modeName() string {
	switch m.mode {
	case picking:
		return "pick"
	case searching:
		return "search"
	case filtering:
		return "filter"
	case going:
		return "go"
	case asking:
		return "ask"
	case choosing:
		return "choose"
	case pairing:
		return "who"
	case ranging:
		return "range"
	case briefing:
		return "brief"
	case helping:
		return "help"
	case telling:
		return m.page.title
	}
	switch {
	case m.focus == onDetail || m.reading:
		return "detail"
	case m.focus == onFacets:
		return "facets"
	}
	return "list"
}

// viewFilterCheck says what the filter being typed would show, or what is wrong
// with it.
func (m *model) viewFilterCheck(w int) string {
	s := m.styles
	if m.check != "" {
		return row(w, span{" " + m.check, s.failure})
	}
	shows := fmt.Sprintf(" shows %s of %s ", text.Grouped(m.shows), text.Counted(m.t.Len(), "event"))
	if m.awaits(forCount) {
		shows = " counting… "
	}
	return row(w, append([]span{{shows, s.text}}, m.prompt.viewChoices(s)...)...)
}

// viewHints shows the keys that work now, as many as fit whole.
func (m *model) viewHints() string {
	s := m.styles
	w := m.layout.hints.w
	hints := m.hints()
	spans := make([]span, 0, 3*len(hints))
	used, before := 0, " "
	for _, h := range hints {
		keys := strings.Fields(m.keys.named(h.action).Help().Key)
		if len(keys) == 0 {
			continue // it has none any more
		}
		item := []span{{before, s.text}, {keys[0], s.key}, {" " + h.word, s.dim}}
		if used += cells(item); used > w {
			break
		}
		spans = append(spans, item...)
		before = "  "
	}
	return row(w, spans...)
}

// whyEmpty says why nothing is shown, and which one term to drop.
func (m *model) whyEmpty(a *answer) []string {
	switch {
	case !m.loaded():
		return nil
	case m.t.Len() == 0 && m.file.LeftOut != "":
		return []string{"None of the events could be read.", m.keys.first("problems") + " shows why."}
	case m.t.Len() == 0:
		return []string{"There are no events in this timeline."}
	}
	lines := []string{"No event matches this filter."}
	if m.query.Asks(timeline.MarkedField) && m.t.Marked().Len() == 0 {
		lines = append(lines, fmt.Sprintf("Nothing is marked: %s marks an event.", m.keys.first("mark")))
	}
	if a.unknown != nil {
		lines = append(lines, a.unknown.Error())
	}
	for _, rescue := range a.rescues[:min(len(a.rescues), 4)] {
		lines = append(lines, fmt.Sprintf("Without %s: %s.", text.Clean(rescue.Term.String()), text.Counted(rescue.Shown, "event")))
	}
	if len(a.rescues) == 0 {
		lines = append(lines, "Dropping one term is not enough.")
	}
	return append(lines, fmt.Sprintf("%s drops the last term; %s edits the filter.", m.keys.first("back"), m.keys.first("filter")))
}

// loaded reports whether the timeline has been read.
func (m *model) loaded() bool { return m.file.Name != "" }

// viewEmpty draws why nothing is shown.
func (m *model) viewEmpty(r rect) []string {
	lines := []string{row(r.w)}
	style := m.styles.strong
	for _, s := range m.empty {
		for _, line := range text.Wrap(s, r.w-4) {
			lines = append(lines, row(r.w, span{"  " + line, style}))
		}
		style = m.styles.text
	}
	return pad(lines, r.w, r.h)
}
