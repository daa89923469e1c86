//go:build unix

package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// A table holds the results of a part and prints itself as Markdown.
type table struct {
	heads []string
	rows  [][]string
}

// compared returns a table that compares dateline with other programs.
func compared() table {
	return table{heads: []string{"task", "dateline", "compared with", "result", "target", ""}}
}

// ratio adds a row: dateline's time divided by another program's. A target of 0
// means none.
func (t *table) ratio(what string, ours time.Duration, other string, theirs time.Duration, atMost float64) {
	if theirs == 0 {
		t.rows = append(t.rows, []string{what, shown(ours), other + ", not installed", "", "", ""})
		return
	}
	t.add(what, shown(ours), other+" "+shown(theirs), float64(ours)/float64(theirs), "×", atMost)
}

// add adds a row with its target.
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

// figures writes a number with three significant digits, or as an integer.
func figures(n float64) string {
	if n >= 100 {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.3g", n)
}

// shown writes a time in milliseconds or seconds.
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

// writeInto writes the table of a part between its marks on a page.
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
