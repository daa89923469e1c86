package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// A table is what a part has measured, in Markdown.
type table struct {
	heads []string
	rows  [][]string
}

// compared is the table of what dateline takes beside what another program takes.
func compared() table {
	return table{heads: []string{"what", "dateline", "beside it", "result", "at most", ""}}
}

// ratio adds a row: how much of what another takes dateline takes. What is
// promised of it may be 0, for nothing.
func (t *table) ratio(what string, ours time.Duration, other string, theirs time.Duration, atMost float64) {
	t.add(what, shown(ours), other+" "+shown(theirs), float64(ours)/float64(theirs), "×", atMost)
}

// add adds a row of something that is held against what is promised of it.
func (t *table) add(what, ours, theirs string, got float64, unit string, atMost float64) {
	promised, verdict := "", ""
	if atMost > 0 {
		promised, verdict = fmt.Sprintf("%v %s", atMost, unit), "met"
		if got > atMost {
			verdict = "**missed**"
		}
	}
	t.rows = append(t.rows, []string{what, ours, theirs, figures(got) + " " + unit, promised, verdict})
}

// figures writes three figures of a number, and all those before its point.
func figures(n float64) string {
	if n >= 100 {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.3g", n)
}

// shown writes a time as people read it.
func shown(d time.Duration) string {
	if d < time.Second {
		return figures(float64(d)/float64(time.Millisecond)) + " ms"
	}
	return figures(d.Seconds()) + " s"
}

func (t table) String() string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.heads)
	b.WriteString(strings.Repeat("| --- ", len(t.heads)) + "|\n")
	for _, cells := range t.rows {
		line(cells)
	}
	return b.String()
}

// writeInto writes the table of a part into its place on a page.
func writeInto(page, part string, t table) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+part+" -->\n", "<!-- end -->"
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ends := strings.Cut(rest, end)
	if !found || !ends {
		return fmt.Errorf("%s has no place for %s: a line %q, and %q after it", page, part, strings.TrimSpace(begin), end)
	}
	return os.WriteFile(page, []byte(before+begin+"\n"+t.String()+"\n"+end+after), 0o644)
}
