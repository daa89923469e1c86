package tui

import (
	"strings"

	"dateline/timeline/brief"
	"dateline/timeline/edtf"

	"github.com/charmbracelet/x/ansi"
)

// is reports whether the top place is a P.
func is[P place](m *model) bool {
	_, ok := m.top().(P)
	return ok
}

// of returns the topmost P, or the zero P.
func of[P place](m *model) P {
	p, _ := in[P](m)
	return p
}

// typed is the text of the prompt.
func typed(m *model) string {
	if p, ok := in[prompter](m); ok {
		return p.line().text()
	}
	return ""
}

// check is what is wrong with the text of the prompt.
func check(m *model) string {
	if p, ok := in[prompter](m); ok {
		return p.line().check
	}
	return ""
}

// foot is the last row, or as many as its text takes.
func foot(m *model) string {
	f := m.footer()
	lines, _ := f.View(m.styles, m.w, m.h/2)
	return ansi.Strip(strings.Join(lines, "\n"))
}

// briefOf is the brief on screen, or nil.
func briefOf(m *model) *brief.Brief {
	if p, ok := in[*briefing](m); ok {
		return p.brief
	}
	return nil
}

// today is the day on which the tests make briefs.
func today() edtf.Date {
	d, err := edtf.Parse("2024-10-08")
	if err != nil {
		panic(err)
	}
	return d
}
