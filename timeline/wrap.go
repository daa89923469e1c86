package timeline

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks text into lines of at most width cells, at blanks. Nothing else
// parts: no date at its hyphens, no address. A word wider than a line is broken
// where the line ends. There is at least one line.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(s) {
		w := ansi.StringWidth(word)
		if used > 0 && used+1+w <= width {
			line += " " + word
			used += 1 + w
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for w > width {
			head := ansi.Truncate(word, width, "")
			if head == "" { // a wide rune in a line of one cell
				head, _ = ansi.FirstGraphemeCluster(word, ansi.GraphemeWidth)
			}
			lines = append(lines, head)
			word = word[len(head):]
			w = ansi.StringWidth(word)
		}
		line, used = word, w
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}
