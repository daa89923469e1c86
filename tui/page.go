package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"dateline/timeline"
)

// A page is text to scroll through: the brief, the help, the problems of a
// file.
type page struct {
	title string
	lines func(width int) []pageLine
	drawn []string
	top   int
	w, h  int
}

// A pageLine is plain text, wrapped when it is drawn.
type pageLine struct {
	text   string
	strong bool
}

// fill gives the page other text, laid out for whatever width it has, and shows
// it from its top.
func (p *page) fill(title string, lines func(width int) []pageLine) {
	p.title, p.lines, p.top = title, lines, 0
	p.drawn = nil
}

func (p *page) resize(w, h int) {
	if w != p.w {
		p.drawn = nil
	}
	p.w, p.h = w, h
}

func (p *page) scroll(lines int) { p.top += lines }

// height is the number of lines of text in view, below the title.
func (p *page) height() int { return max(1, p.h-1) }

// view draws the page in exactly its size.
func (p *page) view(s *styles) []string {
	if p.drawn == nil {
		p.draw(s)
	}
	last := max(0, len(p.drawn)-p.height())
	p.top = max(0, min(p.top, last))
	where := "all"
	if last > 0 {
		where = fmt.Sprintf("%d%%", p.top*100/last)
	}
	lines := []string{between(p.w, []span{{"─ ", s.dim}, {p.title, s.strong}, {" ", s.dim}}, []span{{where + " ─", s.dim}})}
	end := min(len(p.drawn), p.top+p.height())
	return pad(append(lines, p.drawn[p.top:end]...), p.w, p.h)
}

func (p *page) draw(s *styles) {
	for _, line := range p.lines(p.w - 2) {
		style := s.text
		if line.strong {
			style = s.strong
		}
		indent := len(line.text) - len(strings.TrimLeft(line.text, " "))
		if width(line.text) <= p.w-2 {
			p.drawn = append(p.drawn, row(p.w, span{" " + line.text, style}))
			continue
		}
		for _, part := range timeline.Wrap(line.text, p.w-2-indent) {
			p.drawn = append(p.drawn, row(p.w, span{" " + strings.Repeat(" ", indent) + part, style}))
		}
	}
	if len(p.drawn) == 0 {
		p.drawn = []string{row(p.w)}
	}
}

// widestBrief is the width of a brief on paper.
const widestBrief = 80

// briefLines turns a brief's page into lines.
func briefLines(b *timeline.Brief, width int) []pageLine {
	var lines []pageLine
	for _, line := range b.Page(min(width, widestBrief)) {
		lines = append(lines, pageLine{line.Text, line.Heading})
	}
	return lines
}

// helpLines lists the bindings of the key map, in two columns where there is
// room, and what the words on screen mean.
func helpLines(groups []keyGroup, width int) []pageLine {
	var lines []pageLine
	columns := 1
	if width >= 100 {
		columns = 2
	}
	each := (width - 2) / columns
	for _, g := range groups {
		lines = append(lines, pageLine{g.title, true})
		rows := (len(g.keys) + columns - 1) / columns
		for i := range rows {
			text := ""
			for c := range columns {
				if n := i + c*rows; n < len(g.keys) {
					text += fit(helpText(g.keys[n]), each)
				}
			}
			lines = append(lines, pageLine{strings.TrimRight(text, " "), false})
		}
		lines = append(lines, pageLine{})
	}
	lines = append(lines, pageLine{"Status: what is known of an event's central claim", true})
	for _, st := range timeline.Statuses() {
		lines = append(lines, pageLine{fmt.Sprintf("  %s  %-11s %s", st.Short(), st, st.Meaning()), false})
	}
	lines = append(lines, pageLine{},
		pageLine{"On a row", true},
		pageLine{"  3s/2o       three sources of two origins: pages that repeat one agency have one origin", false},
		pageLine{"  ~11  20?    about the 11th; perhaps the 20th", false},
		pageLine{"  06-??       June, the day is not stated", false},
		pageLine{},
		pageLine{"Filter language", true},
	)
	for _, example := range filterExamples {
		lines = append(lines, pageLine{fmt.Sprintf("  %-34s %s", example[0], example[1]), false})
	}
	return lines
}

var filterExamples = [][2]string{
	{`actor:putin place:pyongyang`, "both must hold"},
	{`actor:"Kim Jong Un",putin`, "either will do"},
	{`-topic:missile`, "without these"},
	{`status:disputed,alleged`, "by status"},
	{`since:2024-06 until:2024-10`, "by date; a date matches by overlap"},
	{`kind:official publisher:kcna`, "by source"},
	{`sources:>=3 origins:>=2`, "by what it rests on"},
	{`has:answer`, "also caveat, quote, archive, uncertain"},
	{`"free text" /re.*gex/`, "title, summary, names, quotes"},
	{`(actor:kim | actor:choe) topic:un`, "groups"},
}

func helpText(b key.Binding) string {
	h := b.Help()
	return fmt.Sprintf("  %-12s %s", h.Key, h.Desc)
}

// problemLines lists what is wrong with the files.
func problemLines(leftOut string, problems []string) []pageLine {
	lines := slices.Grow([]pageLine(nil), len(problems)+2)
	if leftOut != "" {
		lines = append(lines, pageLine{leftOut + "; what an error is about is left out, what a warning is about is kept", true}, pageLine{})
	}
	for _, p := range problems {
		lines = append(lines, pageLine{p, false})
	}
	if len(lines) == 0 {
		lines = []pageLine{{"Nothing was left out, and nothing is wrong with the file.", false}}
	}
	return lines
}
