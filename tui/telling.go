package tui

import (
	"slices"

	"dateline/timeline/text"
)

// Pages of what the program has to tell: what is wrong with the file, and what was
// said at the bottom of the screen.

func (m *model) openProblems() {
	left, problems := m.file.LeftOut, m.file.Problems
	if m.unread != "" {
		problems = append([]string{"what is shown was read before; since then the file cannot be read: " + m.unread}, problems...)
	}
	if err := m.t.Err(); err != nil {
		problems = append([]string{"the file is not what it was, reading it again helps: " + text.Clean(err.Error())}, problems...)
	}
	m.page.fill("problems", func(int) []pageLine { return problemLines(left, problems) })
	m.mode = telling
}

// openMessages lists what was said, the last first.
func (m *model) openMessages() {
	said := slices.Clone(m.said)
	slices.Reverse(said)
	m.page.fill("messages", func(int) []pageLine {
		lines := []pageLine{}
		for _, text := range said {
			lines = append(lines, pageLine{text, false})
		}
		if len(lines) == 0 {
			lines = append(lines, pageLine{"Nothing was said yet.", false})
		}
		return lines
	})
	m.mode = telling
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
